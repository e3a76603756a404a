#!/usr/bin/env bash
# How much longer `./dev run` takes to the window than the studio alone: with everything built, the workspace made and
# stopped, ten rounds after one that makes the workspace. One line of JSON; exit 1 where it is two seconds or more.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
trap 'exit 143' TERM INT
export XDG_DATA_HOME=$folder/data XDG_CONFIG_HOME=$folder/config
measure=(python3 "$root/tests/bench/run.py" "$root" "$folder/workspace" "${1:-10}")
if [ -n "${DISPLAY:-}" ]; then
    "${measure[@]}"
else
    xvfb-run -a -s "-screen 0 1280x800x24" "${measure[@]}"
fi
