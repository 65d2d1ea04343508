#!/bin/bash
# Measures live captures and prints a table: `live.sh FOLDER TOOLS [WORKLOAD...]`.
#
# nginx and wrk share one core at full speed, those that listen the other. In one run a bare loop of libpcap (listen.c) and the
# measure (measure.c), both built into TOOLS, and httplint without rules hear the same packets as tcpdump, in another one httplint
# with its rules does, with buffers of the same size. tshark has a run of its own, since the others would starve beside it. FOLDER is for what is needed meanwhile.
# Needs root.
# Environment: HTTPLINT, the program to measure (./httplint); LIVE_SECONDS of load in each run (10).
set -euo pipefail

CONNECTIONS=50
HTTPLINT=$(realpath "${HTTPLINT:-./httplint}")
LOAD_SECONDS=${LIVE_SECONDS:-10}
TSHARK_PACKETS=100000
HERTZ=$(getconf CLK_TCK)
. "$(dirname "$0")/ground.sh"
declare -A HEARD # processes by name

# A process on the other core, which says "listening on" when it hears. None else goes before it there (SCHED_FIFO), so that what
# is measured is not what else the machine does.
hear() { # NAME COMMAND...
  local name=$1
  shift
  # ip netns exec, taskset and chrt become the program.
  ip netns exec "$SERVER_NS" taskset -c 1 chrt --fifo 1 "$@" >"$WORK/$name.out" 2>"$WORK/$name.err" &
  PIDS+=("$!")
  HEARD[$name]=$!
  for _ in {1..100}; do
    ! grep -qs "listening on" "$WORK/$name.err" || return 0
    sleep 0.1
  done
  die "$name does not listen: $(cat "$WORK/$name.err")"
}

# Processor time so far, user and system.
ticks() { # NAME
  local stat
  stat=$(cat "/proc/${HEARD[$1]}/stat")
  # shellcheck disable=SC2086 # words behind the name of the program
  set -- ${stat##*) }
  echo $((${12} + ${13}))
}

start_load() { # WORKLOAD SECONDS
  ip netns exec "$CLIENT_NS" taskset -c 0 wrk -t 1 -c $CONNECTIONS -d "$2" -s "$WORK/$1.lua" "http://$SERVER_IP/" >"$WORK/wrk.log" 2>&1 &
  LOAD=$!
  PIDS+=("$LOAD")
}

# Ticks of each of those that hear, while the load lasts, into a file named by it.
load() { # WORKLOAD
  local name
  local -A before
  sleep 0.5
  for name in "${!HEARD[@]}"; do before[$name]=$(ticks "$name"); done
  start_load "$1" "$LOAD_SECONDS"
  wait "$LOAD" || die "wrk fails: $(cat "$WORK/wrk.log")"
  sleep 1.5 # the last packets are still on their way
  for name in "${!HEARD[@]}"; do echo $(($(ticks "$name") - ${before[$name]})) >"$WORK/$name.ticks"; done
  for name in "${!HEARD[@]}"; do end_process "${HEARD[$name]}" TERM; done
}

# What stands before these words in what a program said last, 0 if it did not.
number() { # FILE WORDS
  sed -n "s/^\(.*[^0-9]\)\{0,1\}\([0-9][0-9]*\) $2.*/\2/p" "$WORK/$1" | awk '{ n += $1 } END { print n + 0 }'
}

microseconds() { # TICKS PACKETS
  awk -v ticks="$1" -v hertz="$HERTZ" -v packets="$2" 'BEGIN { printf "%.3f", ticks / hertz * 1e6 / (packets ? packets : 1) }'
}

row() { # WORKLOAD NAME PACKETS DROPPED MICROSECONDS TCPDUMPS-MICROSECONDS
  awk -v workload="$1" -v name="$2" -v packets="$3" -v dropped="$4" -v each="$5" -v base="$6" \
    'BEGIN { printf "| %s | %s | %d | %s | %.2f | %.1f |\n", workload, name, packets, dropped, each, each / base }'
}

row_of() { # WORKLOAD NAME PACKETS DROPPED
  row "$@" "$(microseconds "$(cat "$WORK/$2.ticks")" "$3")" "$BASE"
}

row_of_httplint() { # WORKLOAD WORDS
  local packets
  packets=$(sed -n '/"type":"summary"/s/.*"packets":\([0-9]*\).*/\1/p' "$WORK/httplint.out")
  row "$1" "$2" "$packets" "$(number httplint.err 'packets were dropped')" \
    "$(microseconds "$(cat "$WORK/httplint.ticks")" "$packets")" "$BASE"
}

# Its processor time with that of the dumpcap that it starts.
with_tshark() { # WORKLOAD
  command -v tshark >/dev/null || return 0
  start_load "$1" 60
  ip netns exec "$SERVER_NS" taskset -c 1 chrt --fifo 1 /usr/bin/time -o "$WORK/time" -f '%U %S' \
    tshark -n -Q -i veth0 -c $TSHARK_PACKETS -Y http >"$WORK/tshark.out" 2>"$WORK/tshark.err" || die "tshark: $(cat "$WORK/tshark.err")"
  end_process "$LOAD" INT
  row "$1" tshark $TSHARK_PACKETS - \
    "$(awk -v packets=$TSHARK_PACKETS 'END { print ($1 + $2) * 1e6 / packets }' "$WORK/time")" "$BASE"
}

hear_tcpdump() {
  hear tcpdump tcpdump -i veth0 -Z root -n -B 65536 -w /dev/null
}

load_all() { # WORKLOAD
  load "$1"
  TCPDUMPS=$(number tcpdump.err 'packets* captured')
  BASE=$(microseconds "$(cat "$WORK/tcpdump.ticks")" "$TCPDUMPS")
}

floors() { # WORKLOAD
  HEARD=()
  hear libpcap "$TOOLS/listen" veth0
  hear measure "$TOOLS/measure" -i veth0
  hear httplint "$HTTPLINT" --no-config --no-default-rules -i veth0 --format jsonl
  hear_tcpdump
  load_all "$1"
  row_of "$1" libpcap "$(number libpcap.out packets)" "$(number libpcap.out dropped)"
  row_of "$1" measure "$(number measure.out packets)" "$(number measure.out dropped)"
  row_of_httplint "$1" 'httplint, no rules'
}

compare() { # WORKLOAD
  HEARD=()
  hear_tcpdump
  hear httplint "$HTTPLINT" --no-config -i veth0 --format jsonl
  load_all "$1"
  row_of "$1" tcpdump "$TCPDUMPS" "$(number tcpdump.err 'packets* dropped by kernel')"
  row_of_httplint "$1" httplint
}

[ $# -ge 2 ] || {
  sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"
  exit 2
}
FOLDER=$1 TOOLS=$2
shift 2
[ $# -gt 0 ] || set -- small mix bodies
[ "$(nproc)" -ge 2 ] || die "needs two cores"
ground_begin "$FOLDER"
taskset -acp 0 "${PIDS[0]}" >/dev/null
echo '| traffic | program | packets | dropped | processor time a packet, µs | times tcpdump |'
echo '| --- | --- | ---: | ---: | ---: | ---: |'
for workload in "$@"; do
  make_script "$workload"
  floors "$workload"
  compare "$workload"
  with_tshark "$workload"
done
