#!/usr/bin/env bash
# The studio's page of photos with 1,000 of them (LIBRARY_BENCH_PHOTOS): first screen, frames while scrolling, memory.
# Software rendering.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/with_demo_service.sh"
xvfb-run -a -s "-screen 0 1600x1000x24" "$root/build/tests/library_bench" "$operator_url" "${LIBRARY_BENCH_PHOTOS:-1000}"
