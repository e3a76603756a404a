# Sourced by the benches of events, bookings and soak: the demo service, told to believe a proxy on this machine, so
# that each visitor has an address of its own.
export TRUSTED_PROXIES=127.0.0.1
source "$(dirname "${BASH_SOURCE[0]}")/with_demo_service.sh"
visitors() { node "$root/tests/bench/visitors.mjs" "$1" "$public_url" "$metrics_url" "$renderer_pid" "$operator_url"; }
