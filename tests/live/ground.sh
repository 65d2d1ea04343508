# Two namespaces of our own, joined by a veth pair of MTU 1500 without offloads, nginx in one of them. Sourced by the tests of
# this folder; `ground_begin` makes it, whatever happens it is gone at the end.
#   client 198.18.7.2 on $client:c0, server 198.18.7.1:80 on $server:s0

name=httplint-$$
client=$name-c server=$name-s middle=$name-m
listening=$server  # where httplint listens
folder=$(mktemp -d /tmp/httplint-live-XXXXXX) || exit 2
nginx= watcher= forwarder= others= listener=    # processes that still run

ground_end() {
    for child in $watcher $listener $others $forwarder $nginx; do kill "$child" 2>/dev/null; wait "$child" 2>/dev/null; done
    ip netns del "$client" 2>/dev/null
    ip netns del "$server" 2>/dev/null
    ip netns del "$middle" 2>/dev/null
    rm -rf "$folder"
}
trap ground_end EXIT
trap 'exit 130' INT TERM HUP PIPE

# Says in clear words why nothing is tested: a right that nobody can install.
ground_skip() {
    echo "SKIPPED: live captures are not tested: $1"
    exit 0
}

# A tool is missing; HTTPLINT_NO_SKIP makes that a failure.
ground_lacks() {
    [ -z "$HTTPLINT_NO_SKIP" ] && ground_skip "$1 is missing (make tools)"
    echo "live captures are not tested: $1 is missing" >&2
    exit 1
}

ground_begin() {
    [ "$(id -u)" = 0 ] || ground_skip "needs root, to make network namespaces"
    for tool in ip nginx curl tcpdump ethtool; do
        command -v $tool >/dev/null || ground_lacks "$tool"
    done
    ip netns add "$server" 2>/dev/null || ground_skip "this system makes no network namespaces"
    ip netns add "$client" || exit 2
    ip netns exec "$client" true 2>/dev/null || ground_skip "this system enters no network namespaces"
    ground_join
    nginx_begin
}

ground_join() {
    ip -n "$client" link add c0 mtu 1500 type veth peer name s0 mtu 1500 netns "$server" || exit 2
    for end in "$client c0 198.18.7.2/24" "$server s0 198.18.7.1/24"; do
        set -- $end
        plain_end "$1" "$2"
        ip -n "$1" addr add "$3" dev "$2" && ip -n "$1" link set lo up || exit 2
    done
}

# Without offloads: each packet is one of the wire, with the checksum it has there.
plain_end() { # NAMESPACE INTERFACE
    ip netns exec "$1" ethtool -K "$2" rx off tx off sg off tso off gso off gro off >/dev/null 2>&1
    ip -n "$1" link set "$2" up || exit 2
}

# Client and server are joined no more but by a forwarder between f0 and f1 in a namespace of its own; what it lets an observer see
# comes out of m1 there.
ground_part() {
    ip netns add "$middle" && ip -n "$client" link del c0 || exit 2
    ip -n "$client" link add c0 mtu 1500 type veth peer name f0 mtu 1500 netns "$middle" || exit 2
    ip -n "$server" link add s0 mtu 1500 type veth peer name f1 mtu 1500 netns "$middle" || exit 2
    ip -n "$middle" link add m0 mtu 1500 type veth peer name m1 mtu 1500 || exit 2
    for end in "$client c0" "$server s0" "$middle f0" "$middle f1" "$middle m0" "$middle m1"; do plain_end $end; done
    ip -n "$client" addr add 198.18.7.2/24 dev c0 && ip -n "$server" addr add 198.18.7.1/24 dev s0 || exit 2
}

# Between client and server, with faults as forward.py has them.
forward() {
    ip netns exec "$middle" python3 "$(dirname "$0")/forward.py" "$1" f0 f1 m0 >"$folder/forward.out" 2>"$folder/forward.err" &
    forwarder=$!
    await "a forwarder" grep -q forwarding "$folder/forward.out"
}

forward_end() {
    kill "$forwarder"
    wait "$forwarder" 2>/dev/null
    forwarder=
}

nginx_begin() {
    mkdir "$folder/root" && head -c 20000 /dev/zero | tr '\0' x >"$folder/root/large.txt" &&
        cp "$folder/root/large.txt" "$folder/root/slow.txt" && echo hello >"$folder/root/a.txt"
    cat >"$folder/nginx.conf" <<EOF
daemon off; pid $folder/nginx.pid; error_log $folder/nginx.log; worker_processes 1; user root;
events { worker_connections 512; }
http {
    access_log off; client_body_temp_path $folder; proxy_temp_path $folder; fastcgi_temp_path $folder;
    uwsgi_temp_path $folder; scgi_temp_path $folder; keepalive_requests 100000;
    server {
        listen 80; root $folder/root;
        location /bad/ { return 405; }
        location /slow.txt { limit_rate 5000; }
        location /moved { return 301 /a.txt; }
    }
}
EOF
    ip netns exec "$server" nginx -c "$folder/nginx.conf" &
    nginx=$!
    await "nginx" in_client curl -s -o /dev/null http://198.18.7.1/a.txt
}

# Fetches each of these paths of the server.
fetch() {
    for path in "$@"; do in_client curl -s -m 10 -o /dev/null "http://198.18.7.1$path"; done
}

in_client() { ip netns exec "$client" "$@"; }
in_server() { ip netns exec "$server" "$@"; }

# Findings and exchanges of a report as jsonl, without the name of the input.
findings() { grep '"type":"\(finding\|exchange\)"' "$1" | sed 's/"file":"[^"]*",//'; }

# Tries a command until it succeeds, for 30 seconds.
await() {
    what=$1
    shift
    for try in $(seq 150); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.2
    done
    fail "in vain waited for: $what"
}

fail() {
    echo "FAILED: $1" >&2
    for log in "$folder"/*.err; do [ -s "$log" ] && { echo "--- $log"; head -20 "$log"; } >&2; done
    exit 1
}

# Starts httplint with these arguments where $listening says; its output in $folder/$run.out and .err, its process $watcher.
watch() {
    run=$1
    shift
    # A shell's background jobs ignore SIGINT, those of nohup SIGHUP.
    ip netns exec "$listening" env --default-signal=INT,HUP "$httplint" --no-config "$@" >"$folder/$run.out" 2>"$folder/$run.err" &
    watcher=$!
    await "word that httplint listens" grep -q 'listening on' "$folder/$run.err"
}

# Ends the watcher with a signal; its status in $status.
stop() {
    kill "-$1" "$watcher"
    ended
}

# The watcher ends by itself, within a minute.
ended() {
    for try in $(seq 300); do
        kill -0 "$watcher" 2>/dev/null || break
        sleep 0.2
    done
    kill -0 "$watcher" 2>/dev/null && kill -KILL "$watcher" && fail "httplint does not end"
    wait "$watcher"
    status=$?
    watcher=
}
