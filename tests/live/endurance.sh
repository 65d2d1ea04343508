#!/bin/sh
# Mixed traffic without end: memory stays flat and no descriptor is lost. `sh tests/live/endurance.sh [HTTPLINT [PACKETS]]`; make
# test does with 200,000 packets, an hour of a thousand a second are 3,600,000.
httplint=$(realpath "${1:-./httplint}") || exit 2
packets=${2:-200000}
here=$(dirname "$0")
. "$here/ground.sh"
ground_begin
mkdir "$folder/proof" "$folder/kept"

# One client: kept and new connections, small and large, found and missing, with findings and without.
client_forever() { # NUMBER
    while [ -e "$folder/go" ]; do
        in_client curl -s -m 60 "http://198.18.7.1/a.txt?$1-[1-400]" "http://198.18.7.1/large.txt?$1-[1-60]"
        in_client curl -s -m 60 -I "http://198.18.7.1/none/$1/[1-40]"
        in_client curl -s -m 60 -d "$(seq 300)" "http://198.18.7.1/moved?[1-40]"
        in_client curl -s -m 60 -H 'Connection: close' "http://198.18.7.1/a.txt?close-[1-40]"
        in_client curl -s -m 60 -X DELETE "http://198.18.7.1/bad/$(date +%s%N)/{a,b,c,d}"
        in_client curl -s -m 0.2 "http://198.18.7.1/slow.txt"
    done >/dev/null
}

seen() { sed -n 's/^1 input, \([0-9]*\) packets.*/\1/p' "$folder/long.err" | tail -1; }
resident() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$watcher/status"; }
# The fewest of several looks: files of evidence are open for a moment.
descriptors() { for look in 1 2 3 4 5; do ls "/proc/$watcher/fd" | wc -l; done | sort -n | head -1; }
processor() { awk '{ print ($14 + $15) / 100 }' "/proc/$watcher/stat"; }

# Waits until so many packets were seen; SIGUSR1 has them told.
until_seen() { # PACKETS
    while kill -USR1 "$watcher" && sleep 1 && kill -0 "$watcher" 2>/dev/null; do
        now=$(seen)
        [ "${now:-0}" -lt "$1" ] || return 0
    done
    fail "httplint is gone"
}

# Low bounds, so that what fills up to one is full by half of the packets.
watch long -i s0 --format jsonl="$folder/long.jsonl" --repeat-interval 5 -B 8192 --evidence "$folder/proof" --evidence-size 300K \
    -w "$folder/kept/k.pcap" -C 20M -W 2 --limit connections=1000 --limit history_exchanges=1000 --limit history_octets=16384 \
    --limit recent_octets=1000000
touch "$folder/go"
for number in 1 2 3; do
    client_forever $number &
    others="$others $!"
done
until_seen $((packets / 4))
kill -HUP "$watcher"
until_seen $((packets / 2))
before=$(resident) opened=$(descriptors)
for part in 6 7 8 9 10; do
    until_seen $((packets * part / 10))
    kill -HUP "$watcher"
    sleep 0.5
    echo "  $now packets, $(resident) KiB, $(descriptors) descriptors, $(processor) s"
done
until_seen $((packets + 1000))
after=$(resident) left=$(descriptors)
rm "$folder/go"
wait $others
others=
[ "$left" -le "$opened" ] || fail "descriptors are lost: there were $opened, there are $left"
[ "$after" -le $((before + 1024)) ] || fail "memory grows: it was $before KiB, it is $after KiB"
[ "$(du -sk "$folder/proof" | cut -f 1)" -le 2000 ] || fail "evidence grows over its limit"
[ "$(ls "$folder/kept" | wc -l)" -le 2 ] || fail "files that are kept grow over their number"
stop TERM
[ $status = 1 ] || fail "the exit status is $status"
tail -1 "$folder/long.jsonl" | grep -q '"type":"summary"' || fail "the report does not end well"
[ "$(grep '"severity":"error"' "$folder/long.jsonl" | grep -vc status-405-allow-missing)" = 0 ] || fail "a false error"
echo "  endurance: all is well"
