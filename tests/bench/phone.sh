#!/usr/bin/env bash
# Every demo site as Lighthouse's phone sees it on a first visit, beside a plain page in the same rounds: medians of
# performance, largest paint, total blocking time and layout shift, and the bytes by kind. Exit 1 where a site misses a limit.
# Needs Chromium and the packages of package.json. PHONE_BENCH_ROUNDS (5) makes it shorter or longer.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/with_demo_service.sh"
node "$root/tests/bench/phone.mjs" "$public_url"
