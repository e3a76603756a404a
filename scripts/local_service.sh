# Sourced by ./dev: the local workspace together with the public service, for run, serve and screenshots.
# Needs: root, say, fail, build. Sets: workspace, public_url, metrics_url, media, logins (JSON).

studio_bin() { printf '%s/build/bin/%s' "$root" "$1"; }

free_port() {
    node -e 'const s=require("net").createServer();s.listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
}

port_in_use() {
    node -e 'const c=require("net").connect(+process.argv[1],"127.0.0.1");c.on("connect",()=>process.exit(0));c.on("error",()=>process.exit(1))' "$1"
}

# json_field FILE EXPRESSION: an expression over the parsed file, called v.
json_field() { node -e 'const v=JSON.parse(require("fs").readFileSync(process.argv[1]));const r=eval(process.argv[2]);console.log(typeof r==="string"?r:JSON.stringify(r))' "$1" "$2"; }

workspace_started_here=
renderer_pid=
studio_pid=
scratch=

# start_local_service WORKSPACE PORT [companionctl words…]
start_local_service() {
    workspace=$1
    local port=$2
    shift 2
    scratch=$(mktemp -d)
    "$(studio_bin companionctl)" workspace status --workspace "$workspace" --json >"$scratch/status.json"
    [ "$(json_field "$scratch/status.json" v.running)" = true ] || workspace_started_here=yes
    "$(studio_bin companionctl)" workspace start --workspace "$workspace" --json "$@" >"$scratch/workspace.json" \
        2>"$scratch/problem.json" || fail "$(json_field "$scratch/problem.json" v.error 2>/dev/null \
        || { cat "$scratch/problem.json"; echo "the local workspace at $workspace did not start"; })"
    media=$(json_field "$scratch/workspace.json" v.media)
    logins=$(json_field "$scratch/workspace.json" v.logins)
    local metrics_port secret="$workspace/session-secret"
    [ -s "$secret" ] || (umask 077 && node -e 'console.log(require("crypto").randomBytes(32).toString("hex"))' >"$secret")
    metrics_port=$(free_port)
    public_url=http://localhost:$port
    metrics_url=http://127.0.0.1:$metrics_port
    mkdir -p "$workspace/log"
    DATABASE_URL=$(json_field "$scratch/workspace.json" v.logins.renderer) LISTEN_ADDRESS=127.0.0.1:$port \
        METRICS_ADDRESS=127.0.0.1:$metrics_port PLATFORM_DOMAIN=localhost LIMIT_FACTOR=${LIMIT_FACTOR:-10000} SESSION_SECRET=$(cat "$secret") \
        MEDIA_ROOT=$media "$(studio_bin companion-renderer)" >>"$workspace/log/renderer.log" 2>&1 8>&- &
    renderer_pid=$!
    local try
    for try in $(seq 200); do
        kill -0 "$renderer_pid" 2>/dev/null || { tail -n 3 "$workspace/log/renderer.log" >&2; fail "the public service stopped"; }
        node -e 'fetch(process.argv[1]).then(r=>process.exit(r.ok?0:1),()=>process.exit(1))' "$public_url/readyz" && return 0
        sleep 0.1
    done
    fail "the public service did not become ready; its log is $workspace/log/renderer.log"
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
