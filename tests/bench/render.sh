#!/usr/bin/env bash
# Microseconds to render one page from its JSON documents, for each layout: at most 2 ms (median).
set -euo pipefail
exec "$(dirname "$0")/../../build/tests/render_bench"
