#!/usr/bin/env bash
# Every question of the dashboards against roll-ups, at growing sizes, and the same questions asked of the raw rows as a
# tool without roll-ups asks them: dashboard.sh [EVENTS…], by default 1 and 10 million, with STUDIO_BENCH_LARGE=1 also 100
# million. 24 months, 50 tenants, the largest with half of the events. Each size is a private database of its own, removed at
# the end; the disk is that of TMPDIR.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
ctl="$root/build/bin/companionctl"
sizes=("$@")
if [ ${#sizes[@]} = 0 ]; then
    sizes=(1000000 10000000)
    [ -z "${STUDIO_BENCH_LARGE:-}" ] || sizes+=(100000000)
fi
folder=$(mktemp -d)
chmod 755 "$folder"
stop() { for one in "$folder"/*/; do "$ctl" workspace stop --workspace "$one" >/dev/null 2>&1 || true; done; rm -rf "$folder"; }
trap stop EXIT
trap 'exit 143' TERM INT
for events in "${sizes[@]}"; do
    workspace=$folder/$events
    "$ctl" workspace start --empty --workspace "$workspace" --json >"$folder/$events.json"
    "$root/build/tests/traffic_generator" --workspace "$workspace" --tenants 50 --events "$events" --months 24 >"$folder/truth.json"
    url=$(node -e 'console.log(JSON.parse(require("fs").readFileSync(process.argv[1])).logins.operator)' "$folder/$events.json")
    "$root/build/tests/dashboard_bench" "$url" "$folder/truth.json" "$events"
    "$ctl" workspace stop --workspace "$workspace" >/dev/null
    rm -rf "$workspace"
done
