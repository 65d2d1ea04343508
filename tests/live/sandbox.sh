#!/bin/sh
# What a live capture gives up, and that it does all it should without: `sh tests/live/sandbox.sh [HTTPLINT]`.
httplint=$(realpath "${1:-./httplint}") || exit 2
. "$(dirname "$0")/ground.sh"
ground_begin
in_server "$httplint" --no-config -i lo --duration 1 --sandbox require 2>"$folder/layers.err" ||
    ground_skip "this system lacks a layer of the sandbox: $(grep -v listening "$folder/layers.err" | head -1)"

# helper: the process that opens files for the watcher.
find_helper() { helper=$(cat "/proc/$watcher/task/$watcher/children"); helper=${helper%% *}; }
says() { grep -q "^$2:[[:space:]]*$3\$" "/proc/$1/status" || fail "$4: $(grep "^$2:" "/proc/$1/status")"; }
owner() { stat -c %U "$1"; }
own_rule() { printf '  own-a: { severity: error, message: %s, why: w, spec: RFC9110 5, forbid: response.Server }\n' "$1"; }

echo "  nothing is left of root"
nobody=$(id -u nobody)
watch rights -i s0 --sandbox require --exchanges -w "$folder/rights.pcap"
find_helper
for process in "$watcher" "$helper"; do
    for line in "NoNewPrivs 1" "Seccomp 2" "CapBnd 0000000000000000" "CapInh 0000000000000000" "CapAmb 0000000000000000"; do
        says "$process" ${line% *} "${line#* }" "process $process"
    done
done
for set in CapPrm CapEff; do says "$watcher" $set 0000000000000000 "the capture"; done
id httplint >/dev/null 2>&1 && nobody=$(id -u httplint)
says "$watcher" Uid "$nobody[[:space:]]$nobody[[:space:]]$nobody[[:space:]]$nobody" "the capture"
# CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: files of whatever owner, in folders that it was told of.
for set in CapPrm CapEff; do says "$helper" $set 0000000000000006 "who opens files"; done
# Standard descriptors, the folder of the packets, a packet socket, and one to the capture.
[ "$(ls "/proc/$helper/fd" | wc -l)" -le 6 ] || fail "who opens files holds: $(ls -l "/proc/$helper/fd")"
fetch /a.txt
await "an exchange" grep -q 'GET http://198.18.7.1/a.txt' "$folder/rights.out"
stop TERM
[ $status = 0 ] || fail "the exit status is $status"
[ -e "/proc/$helper" ] && fail "who opens files is still there"
[ "$(owner "$folder/rights.pcap")" = root ] || fail "the packets kept are not of who asked for them"

echo "  by --relinquish-privileges it is somebody, whose the packets are"
mkdir -m 700 "$folder/proof"
watch user -i s0 --sandbox require -Z daemon -w "$folder/user.pcap" -C 10000 --evidence "$folder/proof" --evidence-size 20K --repeat all
says "$watcher" Uid "$(id -u daemon)[[:space:]].*" "the capture"
says "$watcher" Groups ".*$(id -g daemon).*" "the capture"
fetch /large.txt
await "a second file" sh -c "ls $folder/user_00002_*"
in_client curl -s -o /dev/null -X DELETE http://198.18.7.1/bad/a
await "evidence" sh -c "ls $folder/proof/*-000001-*"
# More than there is room for: the oldest is removed.
for i in $(seq 30); do in_client curl -s -o /dev/null -X DELETE http://198.18.7.1/bad/a; done
await "the end of the oldest evidence" sh -c "! ls $folder/proof/*-000001-*"
stop TERM
for file in "$folder"/user_* "$folder"/proof/*; do [ "$(owner "$file")" = daemon ] || fail "$file is of $(owner "$file")"; done
watch off -i s0 --sandbox off -Z daemon
says "$watcher" Uid "$(id -u daemon)[[:space:]].*" "the capture"
stop TERM
in_server "$httplint" --no-config -i s0 -Z no-such-user 2>"$folder/user.err"
[ $? = 3 ] && grep -q "no user 'no-such-user'" "$folder/user.err" || fail "a user that is none"

echo "  without: root stays root, and alone"
watch whole -i s0 --sandbox off --exchanges --format jsonl="$folder/whole.jsonl" -w "$folder/whole.pcap"
says "$watcher" Uid "0[[:space:]].*" "the capture"
says "$watcher" Seccomp 0 "the capture"
find_helper
[ -z "$helper" ] || fail "there is a process more"
mv "$folder/whole.jsonl" "$folder/whole.old"
kill -HUP "$watcher"
await "a new report" test -e "$folder/whole.jsonl"
ip -n "$server" link del s0
await "word of its loss" grep -q 's0 went away' "$folder/whole.err"
ground_join
await "word of its return" grep -q 's0 is there again' "$folder/whole.err"
await "nginx" in_client curl -s -m 1 -o /dev/null http://198.18.7.1/a.txt
await "an exchange" grep -q 'a.txt' "$folder/whole.jsonl"
stop TERM
tcpdump -n -r "$folder/whole.pcap" 2>/dev/null | grep -q '198.18.7.1.80' || fail "no packets are kept"

echo "  packets go to a pipe"
ip netns exec "$client" sh -c 'for i in $(seq 60); do sleep 0.5; curl -s -m 1 -o /dev/null http://198.18.7.1/a.txt; done' &
watcher=$!
in_server "$httplint" --no-config -q -i s0 -n 8 -f 'tcp port 80' --sandbox require --format text=/dev/null -w /dev/stdout \
    2>"$folder/pipe.err" | tcpdump -n -r - >"$folder/pipe.out" 2>&1
kill "$watcher"
wait "$watcher" 2>/dev/null
watcher=
[ "$(grep -c '198.18.7.1.80' "$folder/pipe.out")" -gt 3 ] || fail "no packets come through a pipe"

echo "  what root alone can read and write is read again and opened anew"
mkdir -m 700 "$folder/private" "$folder/logs" "$folder/ring"
{ echo 'extends: [more.yaml]'; echo 'fail-on: error'; } >"$folder/private/config.yaml"
{ echo 'rules:'; own_rule before; } >"$folder/private/more.yaml"
chmod 600 "$folder"/private/*
ip netns exec "$server" env --default-signal=INT,HUP "$httplint" --no-default-rules --config "$folder/private/config.yaml" -i s0 \
    --sandbox require --repeat all --format jsonl="$folder/logs/a.jsonl" -w "$folder/ring/k.pcap" -C 10000 -W 2 2>"$folder/again.err" &
watcher=$!
await "word that httplint listens" grep -q 'listening on' "$folder/again.err"
fetch /a.txt
await "a finding" grep -q '"message":"before"' "$folder/logs/a.jsonl"
mv "$folder/logs/a.jsonl" "$folder/logs/old.jsonl"
{ echo 'extends: [more.yaml]'; echo 'fail-on: never'; } >"$folder/private/new.yaml" && mv "$folder/private/new.yaml" "$folder/private/config.yaml"
{ echo 'rules:'; own_rule after; } >"$folder/private/more.yaml"
kill -HUP "$watcher"
await "word of new rules" grep -q 'the rules were read again' "$folder/again.err"
fetch /a.txt
await "a finding of the new rules" grep -q '"message":"after"' "$folder/logs/a.jsonl"
echo 'extends: [more.yaml, ../late.yaml]' >"$folder/private/config.yaml"
{ echo 'rules:'; own_rule late; } >"$folder/late.yaml"
kill -HUP "$watcher"
await "word of a file that was not named" grep -q 'late.yaml.*Operation not permitted' "$folder/again.err"
await "what to do" grep -q 'start httplint again' "$folder/again.err"
for i in 1 2 3 4 5; do fetch /large.txt; done
await "files that follow" sh -c "ls $folder/ring | tail -1 | grep -q 'k_000\(0[89]\|1\)'"
[ "$(ls "$folder/ring" | wc -l)" = 2 ] || fail "2 files were asked for, there are: $(ls "$folder/ring")"
stop TERM
[ $status = 0 ] || fail "fail-on was changed to never, yet the exit status is $status"
tail -1 "$folder/logs/a.jsonl" | grep -q '"type":"summary"' || fail "the report does not end well"
mkdir -m 700 "$folder/base"
watch baseline -i s0 -n 12 -f 'tcp port 80' --sandbox require --write-baseline "$folder/base/b.json"
in_client curl -s -o /dev/null -X DELETE http://198.18.7.1/bad/1
fetch /large.txt
ended
grep -q status-405-allow-missing "$folder/base/b.json" || fail "no baseline is written"

echo "  an interface vanishes and returns, of its type and of another"
watch gone -i s0 --sandbox require --exchanges -v
ip -n "$server" link del s0
await "word of its loss" grep -q 's0 went away' "$folder/gone.err"
if ip -n "$server" link add s0 type ipip local 198.18.8.1 remote 198.18.8.2 2>/dev/null; then
    ip -n "$server" link set s0 up
    await "word of its type" grep -q 's0 is there again, but of another type' "$folder/gone.err"
    ip -n "$server" link del s0
fi
for turn in 1 2 3; do
    ground_join
    # A packet that came just before it went brings such a word too.
    await "word of its return" sh -c "[ \$(grep -c 's0 is there again\$' $folder/gone.err) -ge $turn ]"
    await "promiscuous mode" sh -c "ip -d -n $server link show s0 | grep -q 'promiscuity 1'"
    await "nginx" in_client curl -s -m 1 -o /dev/null "http://198.18.7.1/a.txt?$turn"
    await "an exchange behind its return" grep -q "a.txt?$turn" "$folder/gone.out"
    [ $turn = 3 ] || ip -n "$server" link del s0
    [ $turn = 3 ] || await "word of its loss" sh -c "[ \$(grep -c 's0 went away' $folder/gone.err) -gt $turn ]"
done
stop TERM
[ $status = 0 ] || fail "the exit status is $status"

echo "  an interface that is down at first is waited for"
ip -n "$server" link set s0 down
ip netns exec "$server" env --default-signal=INT,HUP "$httplint" --no-config -i lo -i s0 --sandbox require --exchanges \
    >"$folder/down.out" 2>"$folder/down.err" &
watcher=$!
await "word of it" grep -q 's0 is down: waiting for it' "$folder/down.err"
grep -q 'listening' "$folder/down.err" && fail "it listens before all interfaces are up"
ip -n "$server" link set s0 up
await "word that it listens" grep -q 'listening on lo,s0' "$folder/down.err"
await "nginx" in_client curl -s -m 1 -o /dev/null http://198.18.7.1/a.txt
await "an exchange" grep -q 'GET http://198.18.7.1/a.txt' "$folder/down.out"
stop INT
[ $status = 0 ] || fail "the exit status is $status"
ip -n "$server" link set s0 down
in_server timeout 20 "$httplint" --no-config -i s0 --duration 1 2>"$folder/down.err" || fail "waiting has no end"
ip netns exec "$server" env --default-signal=INT,HUP "$httplint" --no-config -i s0 2>"$folder/down.err" &
watcher=$!
await "word of it" grep -q 's0 is down: waiting for it' "$folder/down.err"
stop TERM
[ $status = 0 ] || fail "the exit status is $status"
ip -n "$server" link set s0 up

echo "  one process ends without the other"
watch alone -i s0 --sandbox require --exchanges --format jsonl="$folder/alone.jsonl"
find_helper
kill -TERM "$helper"; kill -HUP "$helper"; kill -INT "$helper"
kill -HUP "$watcher"
await "word of rules" grep -q 'the rules were read again' "$folder/alone.err"
kill -KILL "$helper"
await "word of its end" grep -q 'the process that opens files has ended' "$folder/alone.err"
await "nginx" in_client curl -s -m 1 -o /dev/null http://198.18.7.1/a.txt
await "an exchange" grep -q 'a.txt' "$folder/alone.jsonl"
kill -HUP "$watcher"
await "word of a file" grep -q 'alone.jsonl: cannot be opened again' "$folder/alone.err"
stop TERM
[ $status = 0 ] || fail "the exit status is $status"
tail -1 "$folder/alone.jsonl" | grep -q '"type":"summary"' || fail "the report does not end well"
watch killed -i s0 --sandbox require
find_helper
stop KILL
await "the end of who opens files" sh -c "[ ! -e /proc/$helper ]"

echo "  a user without any right but to capture"
if command -v setpriv >/dev/null && cp "$httplint" "$folder/httplint" && chmod 755 "$folder" "$folder/httplint"; then
    mkdir -m 777 "$folder/theirs"
    ip netns exec "$server" setpriv --reuid=daemon --regid=daemon --clear-groups --inh-caps=-all,+net_raw --ambient-caps=-all,+net_raw \
        "$folder/httplint" --no-config -i s0 --sandbox require --exchanges -w "$folder/theirs/k.pcap" >"$folder/plain.out" 2>"$folder/plain.err" &
    watcher=$!
    await "word that it listens" grep -q 'listening on s0' "$folder/plain.err"
    find_helper
    for process in "$watcher" "$helper"; do says "$process" CapEff 0000000000000000 "process $process"; done
    ip -n "$server" link del s0
    await "word of its loss" grep -q 's0 went away' "$folder/plain.err"
    ground_join
    await "word of its return" grep -q 's0 is there again' "$folder/plain.err"
    await "nginx" in_client curl -s -m 1 -o /dev/null http://198.18.7.1/a.txt
    await "an exchange" grep -q 'a.txt' "$folder/plain.out"
    stop TERM
    [ $status = 0 ] || fail "the exit status is $status"
fi
echo "  live sandbox: all is well"
