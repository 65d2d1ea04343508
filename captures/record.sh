#!/bin/bash
# Records captures of real HTTP servers and clients into this folder.
#
#   ./record.sh                    records every situation
#   ./record.sh NAME...            records the named situations
#   ./record.sh --list             names the situations
#   ./record.sh --packages         names the Debian packages it needs
#   ./record.sh --table            describes the recorded captures, as tshark
#                                  sees them, in rows for README.md
#
# It needs root, because it makes two network namespaces of its own (a server
# side and a client side, joined by a veth pair) and runs everything in there:
# no packet leaves this machine, and no server of the system is touched.
set -euo pipefail

# The Debian packages that hold the tools, server modules included.
PACKAGES="nginx-light libnginx-mod-http-dav-ext libnginx-mod-http-brotli-filter
  apache2 apache2-utils lighttpd lighttpd-mod-webdav lighttpd-mod-deflate
  haproxy curl wget netcat-openbsd socat openssl tcpdump tshark wireshark-common
  iproute2 ethtool gzip
  nodejs npm chromium-headless-shell mitmproxy"

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

SERVER_IP=198.18.0.1 # RFC 2544: addresses set aside for such tests
CLIENT_IP=198.18.0.2
SERVER_IP6=2001:db8::1 # RFC 3849: addresses set aside for documentation
CLIENT_IP6=2001:db8::2

SERVER_NS=httplint-server-$$
CLIENT_NS=httplint-client-$$
WORK= # temp folder: configs, sites, logs, the capture being made
SERVER_PIDS=()
CAPTURE_PID=
NAME= # the situation being recorded

die() {
  echo "record.sh: ${NAME:+$NAME: }$*" >&2
  exit 1
}

# ---- what must be there -----------------------------------------------------

need_tool() { # TOOL PACKAGE
  command -v "$1" >/dev/null || die "missing tool $1: install the package $2"
}

need_file() { # FILE PACKAGE
  [ -e "$1" ] || die "missing file $1: install the package $2"
}

need_tools() {
  [ "$(id -u)" = 0 ] || die "must be run as root (it makes network namespaces)"
  need_tool nginx nginx-light
  need_tool apache2 apache2
  need_tool ab apache2-utils
  need_tool lighttpd lighttpd
  need_tool haproxy haproxy
  need_tool curl curl
  need_tool wget wget
  need_tool nc netcat-openbsd
  nc -h 2>&1 | grep -q OpenBSD || die "nc is not OpenBSD's: install the package netcat-openbsd"
  need_tool socat socat
  need_tool openssl openssl
  need_tool tcpdump tcpdump
  need_tool tshark tshark
  need_tool dumpcap wireshark-common
  need_tool ip iproute2
  need_tool ethtool ethtool
  need_tool gzip gzip
  need_file /usr/lib/nginx/modules/ngx_http_dav_ext_module.so libnginx-mod-http-dav-ext
  need_file /usr/lib/nginx/modules/ngx_http_brotli_filter_module.so libnginx-mod-http-brotli-filter
  need_file /usr/lib/lighttpd/mod_webdav.so lighttpd-mod-webdav
  need_file /usr/lib/lighttpd/mod_deflate.so lighttpd-mod-deflate
}

# ---- the two namespaces -----------------------------------------------------

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
  # nodad: else the addresses can't be used for the first second or two.
  ip -n "$SERVER_NS" addr add $SERVER_IP6/64 dev veth0 nodad
  ip -n "$CLIENT_NS" addr add $CLIENT_IP6/64 dev veth0 nodad

  cat >"$WORK/hosts" <<END
127.0.0.1 localhost
$SERVER_IP shop.example api.example files.example proxy.example
$SERVER_IP6 six.example
END
}

# Runs a command in a namespace with our own /etc/hosts. "ip netns exec" gives
# the command a mount namespace of its own, so the mount is seen by it alone.
in_ns() { # NAMESPACE COMMAND...
  # shellcheck disable=SC2016 # expanded by the inner shell
  ip netns exec "$1" bash -c 'mount --bind "$0" /etc/hosts; exec "$@"' "$WORK/hosts" "${@:2}"
}

client() { in_ns "$CLIENT_NS" "$@"; }

# The end of a server or a capture: ask, then insist after three seconds.
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

stop_servers() {
  local pid
  for pid in "${SERVER_PIDS[@]}"; do end_process "$pid" TERM; done
  SERVER_PIDS=()
  # Whatever a server has left behind (a CGI script asleep) lives in our
  # namespace, and nothing else does.
  for pid in $(ip netns pids "$SERVER_NS" 2>/dev/null); do kill -KILL "$pid" 2>/dev/null || true; done
}

clean_up() {
  local ns pid
  trap - EXIT INT TERM HUP
  set +e
  [ -z "$CAPTURE_PID" ] || end_process "$CAPTURE_PID" INT
  stop_servers
  for ns in "$SERVER_NS" "$CLIENT_NS"; do
    for pid in $(ip netns pids "$ns" 2>/dev/null); do kill -KILL "$pid" 2>/dev/null; done
    ip netns del "$ns" 2>/dev/null
  done
  [ -z "$WORK" ] || rm -rf "$WORK"
}

# ---- servers ----------------------------------------------------------------

# Starts a server in the foreground of its namespace and waits for its port.
start() { # PORT COMMAND...
  local port=$1 i
  shift
  in_ns "$SERVER_NS" "$@" >>"$WORK/server.log" 2>&1 </dev/null &
  SERVER_PIDS+=($!)
  for i in {1..50}; do
    # In /proc, so that no packet is seen: the port in hex, in state LISTEN.
    if ip netns exec "$SERVER_NS" grep -hq ":$(printf %04X "$port") .* 0A " \
      /proc/net/tcp /proc/net/tcp6; then return; fi
    sleep 0.1
  done
  cat "$WORK/server.log" >&2
  die "$1 does not listen on port $port"
}

# ---- captures ---------------------------------------------------------------

# Starts recording; the options are tcpdump's. Only TCP is kept: neighbour
# discovery is no part of the situations.
capture() { # [NAMESPACE [TCPDUMP-OPTION...]]
  local ns=${1:-$CLIENT_NS} i
  OUT=$WORK/$NAME.pcap
  [ $# -gt 1 ] || set -- "$ns" -i veth0
  # -Z root: else tcpdump gives up its rights and cannot write to the folder.
  ip netns exec "$ns" tcpdump -Z root -n -U -B 16384 -s 262144 -w "$OUT" "${@:2}" tcp 2>"$WORK/capture.log" &
  CAPTURE_PID=$!
  wait_for_capture "listening on"
}

# The same in pcapng, which tcpdump does not write.
capture_pcapng() { # NAMESPACE INTERFACE...
  local ns=$1 i options=()
  OUT=$WORK/$NAME.pcapng
  for i in "${@:2}"; do options+=(-i "$i" -f tcp); done
  touch "$OUT"
  ip netns exec "$ns" dumpcap -q -B 16 -w "$OUT" "${options[@]}" 2>"$WORK/capture.log" &
  CAPTURE_PID=$!
  wait_for_capture "File:"
}

wait_for_capture() { # what it says when it is ready
  local i
  for i in {1..50}; do
    if grep -q "$1" "$WORK/capture.log" 2>/dev/null; then
      sleep 0.2
      return
    fi
    sleep 0.1
  done
  cat "$WORK/capture.log" >&2
  die "the capture does not start"
}

stop_capture() {
  sleep 1 # the last packets (FIN, ACK) are still on their way
  end_process "$CAPTURE_PID" INT
  CAPTURE_PID=
  # tcpdump: "0 packets dropped by kernel"; dumpcap: "received/dropped on
  # interface 'veth0': 10/0 (pcap:0/...)".
  if grep -Eq "^[1-9][0-9]* packets? dropped|: [0-9]+/[1-9][0-9]* \(pcap" "$WORK/capture.log"; then
    cat "$WORK/capture.log" >&2
    die "packets were dropped: record it again"
  fi
}

# tshark leaves checksums alone unless told.
matches() { tshark -o tcp.check_checksum:TRUE -o ip.check_checksum:TRUE -r "$1" -Y "$2" 2>/dev/null; }
count() { matches "$@" | wc -l; }

# What every capture must be: readable, with whole handshakes, with answers.
# A situation that starts in mid-connection says so by MIDSTREAM=1, one with the
# loopback, where the kernel fills in no checksums, by LOOPBACK=1.
check_capture() { # FILE
  local syn synack bad
  tcpdump -n -r "$1" >/dev/null 2>&1 || die "tcpdump can't read it"
  syn=$(count "$1" "tcp.flags.syn == 1 && tcp.flags.ack == 0")
  synack=$(count "$1" "tcp.flags.syn == 1 && tcp.flags.ack == 1")
  [ "$syn" = "$synack" ] || die "$syn SYN but $synack SYN-ACK"
  [ "$syn" -gt 0 ] || [ "$MIDSTREAM" ] || die "no handshake"
  [ "$(count "$1" "http.response")" -gt 0 ] || die "no response"
  if [ -z "$LOOPBACK" ]; then
    bad=$(matches "$1" "tcp.checksum.status != 1 || ip.checksum.status == 0")
    [ -z "$bad" ] || die "bad checksums:"$'\n'"$bad"
  fi
}

record() { # SITUATION
  local file
  NAME=$1 OUT='' MIDSTREAM='' LOOPBACK=''
  mkdir "$WORK/$NAME"
  : >"$WORK/server.log"
  rm -f "$WORK"/raw/*
  "situation-$NAME"
  stop_capture
  stop_servers
  check_capture "$OUT"
  if [ "$NAME" = container-gzip ]; then
    gzip -9n "$OUT"
    OUT=$OUT.gz
  fi
  file=$HERE/${OUT##*/}
  install -m 644 "$OUT" "$file"
  rm -rf "${WORK:?}/$NAME" "$OUT"
  printf '%-24s %7d bytes  %s\n' "$NAME" "$(stat -c %s "$file")" "$(histogram "$file")"
  NAME=
}

# ---- descriptions -----------------------------------------------------------

# The status codes of a capture with their counts: "200x3 404"; "-" stands for
# a response that tshark finds no code in.
histogram() { # FILE
  tshark -r "$1" -Y http.response -T fields -e http.response.code 2>/dev/null |
    tr ',' '\n' | sort | uniq -c |
    awk '{ printf "%s%s", (NR > 1 ? " " : ""), (NF > 1 ? $2 : "-"); if ($1 > 1) printf "x%d", $1 }'
}

table() {
  local file link requests responses
  echo '| capture | bytes | link layer | packets | connections | requests | responses | status codes |'
  echo '| --- | --- | --- | --- | --- | --- | --- | --- |'
  for file in "$HERE"/*.pcap*; do
    link=$(capinfos -T -r -E "$file" | cut -f 2)
    requests=$(tshark -r "$file" -Y http.request -T fields -e http.request.method 2>/dev/null | tr ',' '\n' | wc -l)
    responses=$(tshark -r "$file" -Y http.response -T fields -e http.response.code 2>/dev/null | tr ',' '\n' | wc -l)
    echo "| ${file##*/} | $(stat -c %s "$file") | $link | $(capinfos -T -r -c "$file" | cut -f 2) |" \
      "$(tshark -r "$file" -T fields -e tcp.stream 2>/dev/null | sort -u | wc -l) |" \
      "$requests | $responses | $(histogram "$file") |"
  done
}

# ---- main -------------------------------------------------------------------

# shellcheck source=servers.sh
. "$HERE/servers.sh"
# shellcheck source=situations.sh
. "$HERE/situations.sh"

situations() { declare -F | sed -n 's/^declare -f situation-//p'; }

PATH=$PATH:/usr/sbin:/sbin
export LC_ALL=C TZ=UTC
umask 022

case ${1-} in
-h | --help)
  sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"
  exit
  ;;
--list)
  situations
  exit
  ;;
--packages)
  echo "$PACKAGES" | xargs
  exit
  ;;
--table)
  need_tool tshark tshark
  table
  exit
  ;;
-*) die "unknown option $1 (see --help)" ;;
esac

for name in "$@"; do
  declare -F "situation-$name" >/dev/null || die "no situation $name (see --list)"
done
need_tools

trap clean_up EXIT
trap 'clean_up; exit 130' INT
trap 'clean_up; exit 143' TERM HUP
WORK=$(mktemp -d "${TMPDIR:-/tmp}/httplint-captures.XXXXXX")
chmod 755 "$WORK" # the servers' workers are not root
make_network
make_site

if [ $# = 0 ]; then
  # shellcheck disable=SC2046 # one word a situation
  set -- $(situations)
fi
for name in "$@"; do record "$name"; done
