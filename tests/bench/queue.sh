#!/usr/bin/env bash
# The studio's page of bookings with 100,000 of them (QUEUE_BENCH_BOOKINGS): first rows, filters, frames while scrolling,
# memory, a month of the calendar. Software rendering.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/with_demo_service.sh"
staff_url=$(json_field "$scratch/workspace.json" v.logins.staff)
owner_url=$(json_field "$scratch/workspace.json" v.logins.owner)
xvfb-run -a -s "-screen 0 1600x1000x24" "$root/build/tests/queue_bench" "$owner_url" "$staff_url" "${QUEUE_BENCH_BOOKINGS:-100000}"
