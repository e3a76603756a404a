#!/usr/bin/env bash
# Redraw of a chart with 730 days in four lines, a 60th of a second at most: while the mouse goes over 500 places,
# and of everything as after a change of the figures. Offscreen, software rendering.
set -euo pipefail
QT_QPA_PLATFORM=offscreen exec "$(dirname "$0")/../../build/tests/charts_bench"
