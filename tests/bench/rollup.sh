#!/usr/bin/env bash
# What keeping the figures costs the intake of events: rounds of the events bench with the queue of touched visits and the
# upkeep job, alternating with rounds without. ROLLUP_BENCH_ROUNDS (5) of EVENTS_BENCH_SECONDS (5) each; afterwards how long the
# job took to process the rest of the queue.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/visitors.sh"
visitors rollup
