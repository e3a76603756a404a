#!/usr/bin/env bash
# A visitor's form to the row in an open queue, while nine other studios are connected and show their bookings: 100 rounds.
# NOTIFY_BENCH_ROUNDS, NOTIFY_BENCH_STUDIOS (9).
set -euo pipefail
export TRUSTED_PROXIES=127.0.0.1 # each visitor has an address of its own
source "$(dirname "${BASH_SOURCE[0]}")/with_demo_service.sh"
staff_url=$(json_field "$scratch/workspace.json" v.logins.staff)
studios=${NOTIFY_BENCH_STUDIOS:-9}
others=()
trap 'for other in "${others[@]}"; do kill "$other" 2>/dev/null || true; done; wait "${others[@]}" 2>/dev/null || true; stop_local_service; rm -rf "$bench_folder"' EXIT
export XDG_DATA_HOME=$bench_folder/data XDG_CONFIG_HOME=$bench_folder/config
for number in $(seq "$studios"); do # each person has a login, which may hold sixteen connections
    "$root/build/bin/companionctl" account add --workspace "$bench_folder/workspace" --role staff --name "Staff $number" --json \
        >"$bench_folder/account-$number.json"
    node -e 'const [account, url] = process.argv.slice(1); const { login, password } = JSON.parse(require("fs").readFileSync(account));
        const own = new URL(url); own.username = login; own.password = password; console.log(own.href)' \
        "$bench_folder/account-$number.json" "$staff_url" >"$bench_folder/url-$number"
    COMPANION_STUDIO_START_TRACE=1 QT_QPA_PLATFORM=offscreen "$root/build/bin/companion-studio" --database "@$bench_folder/url-$number" \
        --public-url "$public_url" --page bookings >/dev/null 2>"$bench_folder/studio-$number.log" &
    others+=($!)
done
deadline=$((SECONDS + 120))
until [ "$(cat "$bench_folder"/studio-*.log | grep -c '"event":"usable"')" = "$studios" ]; do
    [ $SECONDS -lt $deadline ] || { cat "$bench_folder"/studio-*.log >&2; fail "not all studios became usable"; }
    sleep 0.2
done
xvfb-run -a -s "-screen 0 1280x800x24" "$root/build/tests/notify_bench" "$staff_url" "$public_port" "${NOTIFY_BENCH_ROUNDS:-100}" "$studios"
