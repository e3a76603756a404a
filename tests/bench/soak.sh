#!/usr/bin/env bash
# Memory over ten minutes at half load with 2,000 tenants, and whether every acknowledged event is in the database.
# SOAK_MINUTES (10), SOAK_TENANTS (2000).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/visitors.sh"
visitors soak
