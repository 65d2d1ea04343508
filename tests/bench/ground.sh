#!/bin/bash
# Two namespaces joined by a veth pair of MTU 1500 without offloads, nginx in one of them with a site to load, and what wrk asks
# for. Sourced by record.sh and live.sh; ground_begin makes it all and sees that it is gone at the end. Needs root: no packet leaves
# this machine, and no server of the system is touched.
#
# small    nearly all head: requests of 500 octets with cookies, responses with
#          a dozen fields and small bodies or none (200, 204, 301, 304, 404)
# bodies   files of 10 to 500 kB
# mix      of both, half the octets each, on the same connections

SERVER_IP=198.18.0.1 # RFC 2544: addresses set aside for such tests
CLIENT_IP=198.18.0.2
SERVER_NS=httplint-bench-server-$$
CLIENT_NS=httplint-bench-client-$$
WORK=           # temp folder: config, site, logs
PIDS=()

die() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

end_process() { # PID SIGNAL
  local i
  kill -"$2" "$1" 2>/dev/null || return 0
  for i in {1..30}; do
    kill -0 "$1" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

clean_up() {
  local pid ns
  trap - EXIT INT TERM HUP
  set +e
  for pid in "${PIDS[@]}"; do end_process "$pid" TERM; done
  for ns in "$SERVER_NS" "$CLIENT_NS"; do
    for pid in $(ip netns pids "$ns" 2>/dev/null); do kill -KILL "$pid" 2>/dev/null; done
    ip netns del "$ns" 2>/dev/null
  done
  [ -z "$WORK" ] || rm -rf "$WORK"
}

# ---- the network ------------------------------------------------------------

make_network() {
  local ns
  for ns in "$SERVER_NS" "$CLIENT_NS"; do
    ip netns add "$ns"
    ip -n "$ns" link set lo up
  done
  ip -n "$SERVER_NS" link add veth0 mtu 1500 type veth peer name veth0 mtu 1500 netns "$CLIENT_NS"
  for ns in "$SERVER_NS" "$CLIENT_NS"; do
    # Without this the capture would show segments of up to 64 KB and
    # checksums that nobody has computed.
    ip netns exec "$ns" ethtool -K veth0 tx off rx off sg off tso off gso off gro off >/dev/null
    ip -n "$ns" link set veth0 up
  done
  ip -n "$SERVER_NS" addr add $SERVER_IP/24 dev veth0
  ip -n "$CLIENT_NS" addr add $CLIENT_IP/24 dev veth0
}

# ---- the server -------------------------------------------------------------

# Octets that do not compress, the same in each run.
noise() { # COUNT
  openssl enc -aes-128-ctr -K 00 -iv 00 -in /dev/zero 2>/dev/null | head -c "$1" || true
}

make_site() {
  local size
  mkdir -p "$WORK/site/static"
  for size in 10 20 40 80 160 500; do noise ${size}000 >"$WORK/site/static/$size.bin"; done
  noise 300 >"$WORK/site/static/icon.png"
  find "$WORK/site" -exec touch -d '2024-03-01 10:00:00 UTC' {} +
}

make_config() {
  cat >"$WORK/conf" <<END
daemon off;
master_process off;
user root;
pid $WORK/pid;
error_log $WORK/error.log crit;
events { worker_connections 512; }
http {
  access_log off;
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  client_body_temp_path $WORK/body;
  proxy_temp_path $WORK/proxy;
  fastcgi_temp_path $WORK/fastcgi;
  uwsgi_temp_path $WORK/uwsgi;
  scgi_temp_path $WORK/scgi;
  sendfile on;
  keepalive_requests 500;
  server {
    listen $SERVER_IP:80;
    root $WORK/site;
    add_header Vary "Accept-Encoding" always;
    add_header X-Request-Id \$request_id always;
    add_header X-Content-Type-Options nosniff always;
    add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always;
    add_header Content-Security-Policy "default-src 'self'; img-src 'self' data:; object-src 'none'" always;
    add_header Referrer-Policy strict-origin-when-cross-origin always;
    add_header Cache-Control "\$caching" always;
    set \$caching "private, max-age=0, must-revalidate";
    location /static/ { set \$caching "public, max-age=86400"; }
    location /api/items/ { default_type application/json; return 200 '{"id":17,"name":"lamp","price":12.5,"stock":[3,0,7]}\n'; }
    location /api/beacon { return 204; }
    location /old/ { return 301 http://shop.example/api/items/17; }
  }
}
END
}

start_server() {
  local i
  ip netns exec "$SERVER_NS" nginx -e "$WORK/error.log" -p "$WORK" -c "$WORK/conf" >"$WORK/server.log" 2>&1 </dev/null &
  PIDS+=($!)
  for i in {1..50}; do
    # In /proc, so that no packet is seen: port 80 in state LISTEN.
    if ip netns exec "$SERVER_NS" grep -q ":0050 .* 0A " /proc/net/tcp; then return; fi
    sleep 0.1
  done
  cat "$WORK/server.log" >&2
  die "nginx does not start"
}

# ---- the load ---------------------------------------------------------------

# For wrk: all requests are made once, so that it keeps up with the server. A
# round of ten small exchanges is 14 kB with its packets, the six files 880 kB:
# 60 rounds and all files make halves.
make_script() { # WORKLOAD
  local rounds files
  case $1 in
  small) rounds=60 files= ;;
  bodies) rounds=0 files='10, 20, 40, 80, 160, 500' ;;
  mix) rounds=60 files='10, 20, 40, 80, 160, 500' ;;
  esac
  cat >"$WORK/$1.lua" <<END
local function format(method, path, more, body)
  local fields = {
    ["Host"] = "shop.example",
    ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0",
    ["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    ["Accept-Language"] = "en-GB,en;q=0.7,de;q=0.3",
    ["Accept-Encoding"] = "gzip, deflate",
    ["Referer"] = "http://shop.example/catalogue?page=3&sort=price",
    ["Connection"] = "keep-alive",
    ["Cookie"] = "session=4f1d2c3b5a69788796a5b4c3d2e1f00f; theme=dark; consent=2024-03-01.1.1.0",
  }
  for name, value in pairs(more or {}) do fields[name] = value end
  return wrk.format(method, path, fields, body)
end

local json = { ["Content-Type"] = "application/json", ["Origin"] = "http://shop.example" }
local known = { ["If-Modified-Since"] = "Fri, 01 Mar 2024 10:00:00 GMT" }
local requests, turn = {}, 0

function init(args)
  for round = 1, $rounds do
    for _, made in ipairs({
      format("GET", "/api/items/" .. round .. "?fields=name,price"),
      format("GET", "/static/icon.png", known),
      format("GET", "/api/items/17"),
      format("POST", "/api/beacon", json, '{"event":"view","item":17}'),
      format("GET", "/static/icon.png"),
      format("GET", "/old/" .. round),
      format("GET", "/api/items/18?page=2"),
      format("GET", "/static/icon.png", known),
      format("GET", "/api/items/19"),
      format("GET", "/missing/" .. round),
    }) do table.insert(requests, made) end
  end
  -- Spread evenly among the small ones.
  for number, size in ipairs({ $files }) do
    table.insert(requests, number + (number - 1) * $rounds * 10 / 6, format("GET", "/static/" .. size .. ".bin"))
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end
END
}

# ---- all of it --------------------------------------------------------------

ground_begin() { # FOLDER
  local tool
  PATH=$PATH:/usr/sbin:/sbin
  export LC_ALL=C TZ=UTC
  umask 022
  for tool in nginx wrk ab tcpdump ip ethtool openssl; do
    command -v $tool >/dev/null || die "missing tool $tool (packages: nginx-light wrk apache2-utils tcpdump iproute2 ethtool openssl)"
  done
  [ "$(id -u)" = 0 ] || die "must be run as root (it makes network namespaces)"
  mkdir -p "$1"
  trap clean_up EXIT
  trap 'clean_up; exit 130' INT
  trap 'clean_up; exit 143' TERM HUP
  WORK=$(mktemp -d "$1/record.XXXXXX")
  WORK=$(cd "$WORK" && pwd)
  make_network
  make_site
  make_config
  start_server
}
