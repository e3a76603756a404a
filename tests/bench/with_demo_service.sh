# Sourced by a bench that needs the demo workspace and the public service: starts both in a scratch folder on free
# ports and removes them at the end. Sets operator_url, public_port, public_url and workspace.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
say() { printf '%s\n' "$*" >&2; }
fail() { say "bench: $*"; exit 1; }
source "$root/scripts/local_service.sh"
bench_folder=$(mktemp -d)
chmod 755 "$bench_folder"
trap 'stop_local_service; rm -rf "$bench_folder"' EXIT
trap 'exit 143' TERM INT
public_port=$(free_port)
start_local_service "$bench_folder/workspace" "$public_port"
operator_url=$(json_field "$scratch/workspace.json" v.logins.operator)
