#!/usr/bin/env bash
# Commit of a publish to the first changed byte from the public service, 200 rounds.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/with_demo_service.sh"
"$root/build/tests/publish_bench" "$operator_url" "$public_port" 200
