#!/usr/bin/env bash
# Key stroke in the editor to changed pixels in the preview on the screen, 200 edits, software rendering.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/with_demo_service.sh"
xvfb-run -a -s "-screen 0 1600x1000x24" "$root/build/tests/edit_bench" "$operator_url" "$bench_folder/workspace/media" 200
