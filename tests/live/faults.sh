#!/bin/sh
# Bad networks and bad company: what is found live never accuses without proof. `sh tests/live/faults.sh [HTTPLINT]`.
httplint=$(realpath "${1:-./httplint}") || exit 2
here=$(dirname "$0")
. "$here/ground.sh"
ground_begin
command -v python3 >/dev/null || ground_lacks python3

# Exchanges without a fault, in many forms.
fair_traffic() {
    for path in /a.txt /large.txt /none /moved; do
        in_client curl -s -m 20 -o /dev/null "http://198.18.7.1$path"
        in_client curl -s -m 20 -o /dev/null -I "http://198.18.7.1$path"
    done
    in_client curl -s -m 20 -o /dev/null -d "$(seq 400)" http://198.18.7.1/moved
    in_client curl -s -m 20 -o /dev/null --http1.0 -r 5-99 http://198.18.7.1/large.txt
    in_client curl -s -m 20 -o /dev/null -H 'Connection: close' http://198.18.7.1/a.txt
    in_client curl -s -m 60 "http://198.18.7.1/a.txt?[1-60]" "http://198.18.7.1/large.txt?[1-30]" >"$folder/got" &
    in_client curl -m 60 -Z --no-progress-meter --parallel-max 10 "http://198.18.7.1/large.txt?parallel[1-40]" >"$folder/got.too"
    wait $!
}

# The run is over, and nothing was found that is not so.
over() { # NAME
    sleep 1
    stop TERM
    [ $status -le 1 ] || fail "$1: the exit status is $status"
    tail -1 "$folder/$1.out" | grep -q '"type":"summary"' || fail "$1: the report does not end well"
    grep '"severity":"error"' "$folder/$1.out" >"$folder/errors" && fail "$1: a false error: $(head -3 "$folder/errors")"
    findings "$folder/$1.out" >"$folder/a"
    [ -s "$folder/a" ] || fail "$1: nothing was seen"
}

# Moreover what was kept shows the same.
judge() { # NAME
    over "$1"
    "$httplint" --no-config -q --exchanges --format jsonl "$folder/$1.pcap" >"$folder/later.out" 2>"$folder/later.err"
    findings "$folder/later.out" >"$folder/b"
    cmp -s "$folder/a" "$folder/b" || fail "$1: the packets kept show something else: $(diff "$folder/a" "$folder/b" | head -5)"
}

listen() { # NAME INTERFACE [MEMORY]
    watch "$1" -i "$2" --repeat all --exchanges --format jsonl --max-memory "${3:-32M}" -B 8192 -w "$folder/$1.pcap"
}

# Memory at its peak, in KiB.
peak() { sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$watcher/status"; }

company() {
    for kind in flood half slow garbage scan; do
        in_client python3 "$here/noise.py" $kind 198.18.7.1 2>"$folder/noise-$kind.err" &
        others="$others $!"
    done
    fair_traffic
    for other in $others; do
        wait "$other" || fail "the noise ends early"
    done
    others=
}

echo "  in bad company: a SYN flood, half-open and slow connections, garbage, a scanner"
listen company s0
company
judge company

echo "  the same, so short of memory that connections have to make room"
listen short s0 512K
company
# Rules, earlier exchanges and the kernel's buffer of 8 MiB come on top.
[ "$(peak)" -lt 32768 ] || fail "$(peak) KiB of memory were taken"
over short
grep -q '"code":"limit","message":"memory is short' "$folder/short.out" || fail "no connection had to make room"

ground_part
while read -r name faults; do
    echo "  over a network that is: $name"
    forward "$faults"
    listening=$server
    listen "end-$name" s0
    others=$watcher
    listening=$middle
    listen "between-$name" m1
    fair_traffic
    judge "between-$name"
    watcher=$others others=
    judge "end-$name"
    forward_end
done <<EOF
losing lose=3
doubling double=10
late swap=10,delay=5
half-blind blind=5,twist=5
all lose=1,double=3,swap=5,delay=3,blind=2,twist=5
EOF
echo "  faults: all is well"
