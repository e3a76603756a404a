# Sourced by the benches of events, bookings and soak: the demo service, told to believe a proxy on this machine, so
# that each visitor has an address of its own.
export TRUSTED_PROXIES=127.0.0.1
source "$(dirname "${BASH_SOURCE[0]}")/with_demo_service.sh"
owner_url=$(json_field "$scratch/workspace.json" v.logins.owner)
visitors() { node "$root/tests/bench/visitors.mjs" "$1" "$public_url" "$metrics_url" "$renderer_pid" "$operator_url" "$owner_url"; }
# What events and bookings are measured against.
install_peer() {
    local folder="$root/tests/bench/peer"
    cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed" && return 0
    (cd "$folder" && npm ci --no-progress --loglevel=error >&2 && cp package-lock.json node_modules/.installed)
}
