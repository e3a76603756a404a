# Sourced by the benches of events, bookings and soak: the demo service, told to believe a proxy on this machine, so
# that each visitor has an address of its own.
export TRUSTED_PROXIES=127.0.0.1
source "$(dirname "${BASH_SOURCE[0]}")/with_demo_service.sh"
owner_url=$(json_field "$scratch/workspace.json" v.logins.owner)
reference_url=
visitors() {
    node "$root/tests/bench/visitors.mjs" "$1" "$public_url" "$metrics_url" "$renderer_pid" "$operator_url" "$owner_url" "$reference_url"
}
# What events and bookings are measured against, with a PostgreSQL of its own, so that neither pays for what the other leaves
# to be written or vacuumed. It speaks TLS with its database, as the first implementation did.
start_reference_database() {
    "$(studio_bin companionctl)" workspace start --empty --workspace "$bench_folder/reference" --json >"$bench_folder/reference.json"
    trap '"$(studio_bin companionctl)" workspace stop --workspace "$bench_folder/reference" >/dev/null || true; stop_local_service; rm -rf "$bench_folder"' EXIT
    reference_url=$(json_field "$bench_folder/reference.json" v.logins.owner)
    local data="$bench_folder/reference/cluster/data"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout "$data/server.key" -out "$data/server.crt" 2>/dev/null
    chown --reference="$data" "$data/server.key" "$data/server.crt"
    chmod 600 "$data/server.key"
    printf 'ssl = on\n' >>"$data/postgresql.conf"
    kill -HUP "$(head -n 1 "$data/postmaster.pid")"
}
install_reference() {
    start_reference_database
    local folder="$root/tests/bench/reference"
    cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed" && return 0
    (cd "$folder" && npm ci --no-progress --loglevel=error >&2 && cp package-lock.json node_modules/.installed)
}
