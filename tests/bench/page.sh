#!/usr/bin/env bash
# Requests a second of claire's cached page, 64 connections, against nginx with the same bytes from disk in interleaved
# rounds, with claire's running tests: first without a cookie, then as a visitor who accepted, whose cookie, assignment and user
# agent are part of every request. Then memory and rate with 1,000 more tenants. Needs nginx and wrk (cmake/packages-bench.txt).
# PAGE_BENCH_ROUNDS (8) and PAGE_BENCH_SECONDS (3) make it shorter or longer.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/with_demo_service.sh"
node "$root/tests/bench/page.mjs" "$public_url" "$metrics_url" "$renderer_pid" "$bench_folder" "$operator_url"
