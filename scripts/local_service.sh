# Sourced by ./dev: the local workspace together with the public service, for run, serve and screenshots.
# Needs: root, say, fail. Sets: workspace, public_port, public_url, metrics_url, media, logins (JSON).

studio_bin() { printf '%s/build/bin/%s' "$root" "$1"; }

port_in_use() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the range from which the kernel takes the ports of outgoing connections.
free_port() {
    local port
    while true; do
        port=$((12000 + RANDOM % 20000))
        port_in_use "$port" || { printf '%d\n' "$port"; return; }
    done
}

# json_field FILE EXPRESSION: an expression over the parsed file, called v.
json_field() { node -e 'const v=JSON.parse(require("fs").readFileSync(process.argv[1]));const r=eval(process.argv[2]);console.log(typeof r==="string"?r:JSON.stringify(r))' "$1" "$2"; }

workspace_started_here=
renderer_pid=
studio_pid=
scratch=

# start_workspace WORKSPACE [companionctl words…]
start_workspace() {
    workspace=$1
    shift
    scratch=$(mktemp -d)
    local running
    running=$("$(studio_bin companionctl)" workspace status --workspace "$workspace" --json)
    [[ $running == *'"running":true'* ]] || workspace_started_here=yes
    "$(studio_bin companionctl)" workspace start --workspace "$workspace" --json "$@" >"$scratch/workspace.json" \
        2>"$scratch/problem.json" || fail "$(json_field "$scratch/problem.json" v.error 2>/dev/null \
        || { cat "$scratch/problem.json"; echo "the local workspace at $workspace did not start"; })"
    { read -r media; read -r logins; read -r renderer_database; } \
        < <(json_field "$scratch/workspace.json" '[v.media, JSON.stringify(v.logins), v.logins.renderer].join("\n")')
}

# start_public_service PORT: returns at once; wait_for_public_service waits until it answers.
start_public_service() {
    local port=$1 metrics_port secret="$workspace/session-secret"
    [ -s "$secret" ] || (umask 077 && od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n' >"$secret")
    metrics_port=$(free_port)
    public_port=$port
    public_url=http://localhost:$port
    metrics_url=http://127.0.0.1:$metrics_port
    mkdir -p "$workspace/log"
    DATABASE_URL=$renderer_database LISTEN_ADDRESS=127.0.0.1:$port \
        METRICS_ADDRESS=127.0.0.1:$metrics_port PLATFORM_DOMAIN=localhost LIMIT_FACTOR=${LIMIT_FACTOR:-10000} SESSION_SECRET=$(cat "$secret") \
        MEDIA_ROOT=$media "$(studio_bin companion-renderer)" >>"$workspace/log/renderer.log" 2>&1 8>&- &
    renderer_pid=$!
}

public_service_ready() {
    local status=
    { exec 3<>"/dev/tcp/127.0.0.1/$public_port"; } 2>/dev/null || return 1
    printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
    read -r -t 5 status <&3 || true
    exec 3>&-
    [[ $status == "HTTP/1.1 200"* ]]
}

wait_for_public_service() {
    local deadline=$((SECONDS + 30))
    until public_service_ready; do
        kill -0 "$renderer_pid" 2>/dev/null || { tail -n 3 "$workspace/log/renderer.log" >&2; fail "the public service stopped"; }
        [ $SECONDS -lt $deadline ] \
            || fail "the public service did not become ready; its log is $workspace/log/renderer.log"
        sleep 0.05
    done
}

# start_local_service WORKSPACE PORT [companionctl words…]
start_local_service() {
    local folder=$1 port=$2
    shift 2
    start_workspace "$folder" "$@"
    start_public_service "$port"
    wait_for_public_service
}

# end_child PID: asks it to end and waits for that.
end_child() {
    [ -n "$1" ] || return 0
    kill -TERM "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

stop_local_service() {
    end_child "$studio_pid"
    end_child "$renderer_pid"
    studio_pid= renderer_pid=
    if [ -n "$workspace_started_here" ]; then
        "$(studio_bin companionctl)" workspace stop --workspace "$workspace" >/dev/null || true
        workspace_started_here=
    fi
    [ -z "$scratch" ] || rm -rf "$scratch"
}
