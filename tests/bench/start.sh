#!/usr/bin/env bash
# Process start to a main window that shows its companions, with the workspace already up: 25 starts after one that
# warms the file cache. One line of JSON; exit 1 where p95 is over the limit of 1.5 s.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/with_demo_service.sh"
studio="$root/build/bin/companion-studio"
[ -x "$studio" ] || fail "build companion-studio first"
measure=(python3 "$root/tests/bench/start.py" "$studio" "$bench_folder/workspace" "$public_url" 25)
if [ -n "${DISPLAY:-}" ]; then
    "${measure[@]}"
else
    xvfb-run -a -s "-screen 0 1280x800x24" "${measure[@]}"
fi
