#!/usr/bin/env bash
# Booking requests a second, CPU per booking (renderer and PostgreSQL together) and p99 under load, each from another
# address over 32 connections. BOOKINGS_BENCH_ROUNDS (5), BOOKINGS_BENCH_SECONDS (4).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/visitors.sh"
install_reference
visitors bookings
