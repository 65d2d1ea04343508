#!/bin/bash
# Records the workloads that make bench measures with: nginx served to wrk and ab.
#
#   record.sh FOLDER [MEGABYTES]   makes FOLDER/{small,bodies,mix}.pcap and the
#                                  slices FOLDER/slice-{small,bodies,mix}.pcap;
#                                  the mix of MEGABYTES (default 500), the two
#                                  others of half of it, each slice of 8
#
# Files that are there already are kept. It needs root, because it makes two
# network namespaces of its own and runs everything in there.
set -euo pipefail

CONNECTIONS=50
SLICE_MEGABYTES=8
SECONDS_MAX=120 # no load runs longer
. "$(dirname "$0")/ground.sh"

# ---- the load ---------------------------------------------------------------

# Some clients open a connection for each request: ab does, by HTTP/1.0.
# -t comes first, as it sets a number of its own.
run_ab() { # MEGABYTES
  ip netns exec "$CLIENT_NS" ab -q -t $SECONDS_MAX -n $(($1 * 20)) -c 10 "http://$SERVER_IP/api/items/17" >"$WORK/ab.log" 2>&1 ||
    die "ab fails: $(tail -n 1 "$WORK/ab.log")"
}

# Until the capture is large enough.
run_wrk() { # WORKLOAD FILE MEGABYTES
  local pid i
  ip netns exec "$CLIENT_NS" wrk -t 1 -c $CONNECTIONS -d $SECONDS_MAX -s "$WORK/$1.lua" \
    "http://$SERVER_IP/" >"$WORK/wrk.log" 2>&1 &
  pid=$!
  PIDS+=("$pid")
  for ((i = 0; i < SECONDS_MAX * 20; i++)); do
    [ "$(stat -c %s "$2")" -lt $(($3 * 1000000)) ] || break
    kill -0 "$pid" 2>/dev/null || die "wrk fails: $(cat "$WORK/wrk.log")"
    sleep 0.05
  done
  end_process "$pid" INT
}

# ---- captures ---------------------------------------------------------------

record() { # WORKLOAD FILE MEGABYTES
  local file=$WORK/capture.pcap log=$WORK/capture.log pid i
  [ ! -e "$2" ] || return 0
  : >"$log"
  # -Z root: else tcpdump gives up its rights and cannot write to the folder.
  ip netns exec "$CLIENT_NS" tcpdump -i veth0 -Z root -n -B 524288 -s 262144 -w "$file" tcp 2>"$log" &
  pid=$!
  PIDS+=("$pid")
  for i in {1..50}; do
    if grep -q "listening on" "$log"; then break; fi
    sleep 0.1
  done
  sleep 0.2
  [ "$1" = bodies ] || run_ab "$3"
  run_wrk "$1" "$file" "$3"
  sleep 1 # the last packets are still on their way
  end_process "$pid" INT
  grep -q "^0 packets dropped by kernel" "$log" || die "packets were dropped: $(tr '\n' ' ' <"$log")"
  trim "$file" "$3" "$(sed -n 's/ packets\{0,1\} captured$//p' "$log")"
  mv "$file" "$2"
  printf '%-40s %4d MB\n' "$2" $(($(stat -c %s "$2") / 1000000))
}

# A short load is over its size before it is stopped.
trim() { # FILE MEGABYTES PACKETS
  local size
  size=$(stat -c %s "$1")
  [ $((size * 10)) -gt $(($2 * 12000000)) ] || return 0
  tcpdump -r "$1" -Z root -n -c $(($3 * $2 * 1000000 / size)) -w "$1.cut" 2>/dev/null
  mv "$1.cut" "$1"
}

# ---- main -------------------------------------------------------------------

# ---- main -------------------------------------------------------------------

[ $# -ge 1 ] || {
  sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"
  exit 2
}
FOLDER=$1 MEGABYTES=${2:-500}
ground_begin "$FOLDER"
for workload in small bodies mix; do
  megabytes=$MEGABYTES
  [ $workload = mix ] || megabytes=$((MEGABYTES / 2))
  make_script $workload
  record $workload "$FOLDER/slice-$workload.pcap" $SLICE_MEGABYTES
  record $workload "$FOLDER/$workload.pcap" "$megabytes"
done
