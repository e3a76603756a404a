#!/usr/bin/env bash
# What keeping the figures costs the intake of events: rounds of the events bench with the marks, the index on the visit and
# the upkeep job, turn about with rounds without. ROLLUP_BENCH_ROUNDS (5) of EVENTS_BENCH_SECONDS (5) each; afterwards how long
# the last marks took to be worked off. ROLLUP_BENCH_FILTERS (0, at most 4): so many filters of each tenant are kept, too.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/visitors.sh"
visitors rollup
