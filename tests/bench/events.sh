#!/usr/bin/env bash
# Acknowledged events a second and CPU per event, renderer and PostgreSQL together: batches of ten over 64 connections,
# synchronous_commit on; then every acknowledged event is looked for. EVENTS_BENCH_ROUNDS (5), EVENTS_BENCH_SECONDS (5).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/visitors.sh"
install_reference
visitors events
