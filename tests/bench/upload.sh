#!/usr/bin/env bash
# 200 files of 4 MB to an S3 server on this machine: our upload against rclone with as many at once, in interleaved rounds. Each round
# has a bucket of its own. Throughput, processor time and peak memory as ratios. UPLOAD_BENCH_FILES, UPLOAD_BENCH_ROUNDS.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
exec python3 "$root/tests/bench/upload.py" "$root/build/tests/upload_bench" "${UPLOAD_BENCH_FILES:-200}" "${UPLOAD_BENCH_ROUNDS:-5}"
