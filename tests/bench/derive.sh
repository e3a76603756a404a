#!/usr/bin/env bash
# Photos of 24 megapixels to the files that pages show, against ImageMagick making the same JPEG and WebP files: alternating
# rounds, wall and processor time as ratios, the peak of the memory, and AVIF's cost apart. Lines of JSON; exit 1 where it is
# not twice as fast at half the processor time within 300 MB.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 143' TERM INT
python3 "$root/tests/bench/derive.py" "$root/build/tests/derive_bench" "$folder" "${1:-6}" "${2:-3}"
