#!/bin/sh
# A live capture as a user runs it: `sh tests/live/live.sh [HTTPLINT]`.
httplint=$(realpath "${1:-./httplint}") || exit 2
. "$(dirname "$0")/ground.sh"
ground_begin

mixed_traffic() {
    fetch /a.txt /large.txt /none /moved
    in_client curl -s -o /dev/null -X DELETE http://198.18.7.1/bad/12
    in_client curl -s -o /dev/null -X DELETE http://198.18.7.1/bad/13 -H 'X-Odd : y' -H 'Host: a'
    in_client curl -s -o /dev/null --http1.0 http://198.18.7.1/large.txt
}

echo "  what is found live is what is found in the packets kept"
watch kept -i s0 --repeat all -f 'tcp port 80' -w "$folder/kept.pcap" --exchanges --format jsonl
mixed_traffic
await "findings while it runs" grep -q '"rule":"status-405-allow-missing"' "$folder/kept.out"
mixed_traffic
sleep 1
stop TERM
[ $status = 1 ] || fail "errors were found, yet the exit status is $status"
tail -1 "$folder/kept.out" | grep -q '"type":"summary"' || fail "the report does not end well"
"$httplint" --no-config -q --exchanges --format jsonl "$folder/kept.pcap" >"$folder/later.out" 2>"$folder/later.err"
findings "$folder/kept.out" >"$folder/a" && findings "$folder/later.out" >"$folder/b"
[ -s "$folder/a" ] || fail "nothing was found"
cmp -s "$folder/a" "$folder/b" || fail "the packets kept show something else: $(diff "$folder/a" "$folder/b" | head -5)"

echo "  a silent link: findings come all the same"
watch silent -i s0 --exchanges
fetch /a.txt
await "an exchange" grep -q 'GET http://198.18.7.1/a.txt' "$folder/silent.out"
stop INT
[ $status = 0 ] || fail "nothing wrong was found, yet the exit status is $status"
watch alone -i lo --exchanges
in_server curl -s -o /dev/null http://127.0.0.1/a.txt
await "an exchange without checksums" grep -q 'GET http://127.0.0.1/a.txt' "$folder/alone.out"
stop INT

echo "  it ends by count, and by time"
watch count -i s0 -n 5
mixed_traffic
ended
[ $status = 0 ] || fail "5 packets were enough, yet the exit status is $status"
in_server "$httplint" --no-config -i s0 --duration 1 2>"$folder/duration.err" || fail "silence is no fault, yet the exit status is $?"
grep -q "^1 input, .* 0 exchanges" "$folder/duration.err" || fail "no summary after the time"

echo "  the same finding is told once, then counted"
watch repeat -i s0 --format jsonl --repeat-interval 1
for i in 1 2 3 4 5; do in_client curl -s -m 10 -o /dev/null -X DELETE http://198.18.7.1/bad/$i; done
await "its count" grep -q '4 more: error status-405-allow-missing, DELETE 198.18.7.1/bad/<digits> -> 405' "$folder/repeat.out"
[ "$(grep -c '"rule":"status-405-allow-missing"' "$folder/repeat.out")" = 1 ] || fail "it is not told once"
stop TERM
[ $status = 1 ] || fail "the exit status is $status"
tail -1 "$folder/repeat.out" | grep -q '"error":5' || fail "not all are counted: $(tail -1 "$folder/repeat.out")"

echo "  rules are read again, files are opened anew, connections go on"
rules() { printf 'rules:\n  own-a: { severity: error, message: %s, why: w, spec: RFC9110 5, forbid: response.Server }\n' "$1" >"$folder/own.yaml"; }
rules before
watch again -i s0 --no-default-rules --rules "$folder/own.yaml" --repeat all --exchanges --format jsonl="$folder/again.jsonl" \
    -w "$folder/again.pcap"
in_client curl -s -o /dev/null http://198.18.7.1/slow.txt &
slow=$!
fetch /a.txt
await "a finding" grep -q '"message":"before"' "$folder/again.jsonl"
mv "$folder/again.jsonl" "$folder/old.jsonl"
mv "$folder/again.pcap" "$folder/old.pcap"
echo 'rules: [' >"$folder/own.yaml"
kill -HUP "$watcher"
await "word of a mistake" grep -q 'the rules stay as they were' "$folder/again.err"
fetch /a.txt
await "a finding of the old rules" grep -q '"message":"before"' "$folder/again.jsonl"
rules after
kill -HUP "$watcher"
await "word of new rules" grep -q 'the rules were read again' "$folder/again.err"
wait $slow
await "a finding of the new rules" grep -q '"message":"after".*slow.txt' "$folder/again.jsonl"
kill -USR1 "$watcher"
await "statistics" grep -q '^1 input' "$folder/again.err"
stop TERM
tail -1 "$folder/again.jsonl" | grep -q '"type":"summary"' || fail "the report does not end well"
grep -q '"code":"\(gap\|midstream\)"' "$folder/again.jsonl" && fail "connections were lost"
for file in old again; do tcpdump -n -r "$folder/$file.pcap" >"$folder/tcpdump.out" 2>&1 || fail "$file.pcap is no capture"; done

echo "  evidence: the packets of an exchange with a finding"
mkdir "$folder/proof"
watch proof -i s0 --evidence "$folder/proof"
fetch /a.txt /large.txt
in_client curl -s -m 10 -o /dev/null -X DELETE -u me:hidden http://198.18.7.1/bad/secret
await "a file of evidence" sh -c "ls $folder/proof | grep -q 'status-405-allow-missing.pcapng$'"
stop TERM
[ "$(ls "$folder/proof" | wc -l)" = 1 ] || fail "not one file: $(ls "$folder/proof")"
"$httplint" --no-config -q --exchanges "$folder"/proof/* >"$folder/proof.out" 2>&1
grep -q 'DELETE http://198.18.7.1/bad/secret' "$folder/proof.out" || fail "the evidence is not that of the exchange"
grep -q 'a.txt' "$folder/proof.out" && fail "the evidence has packets of others"
grep -aq '405 .*\[status-405-allow-missing\]' "$folder"/proof/* || fail "the evidence has no comment"

echo "  several interfaces, and any"
watch several -i s0 -i lo -w "$folder/several.pcapng" --exchanges --format jsonl
fetch /a.txt
in_server curl -s -o /dev/null http://127.0.0.1/large.txt
sleep 1
stop TERM
grep -q '"server":"127.0.0.1:80"' "$folder/several.out" && grep -q '"server":"198.18.7.1:80"' "$folder/several.out" ||
    fail "not both interfaces were heard"
"$httplint" --no-config -q --exchanges --format jsonl "$folder/several.pcapng" >"$folder/later.out" 2>"$folder/later.err"
findings "$folder/several.out" >"$folder/a" && findings "$folder/later.out" >"$folder/b"
cmp -s "$folder/a" "$folder/b" || fail "the packets of several interfaces show something else"
watch any -i any --exchanges
fetch /a.txt
await "an exchange on any" grep -q 'GET http://198.18.7.1/a.txt' "$folder/any.out"
stop TERM

echo "  files follow each other, the oldest are removed"
mkdir "$folder/ring"
watch ring -i s0 -w "$folder/ring/k.pcap" -C 10000 -W 3
for i in 1 2 3 4 5 6; do fetch /large.txt; done
sleep 1
stop TERM
[ "$(ls "$folder/ring" | wc -l)" = 3 ] || fail "3 files were asked for, there are: $(ls "$folder/ring")"
for file in "$folder"/ring/*; do
    [ "$(stat -c %s "$file")" -le 10000 ] || fail "$file is too large"
    tcpdump -n -r "$file" >"$folder/ring.out" 2>&1 || fail "$file is no capture"
done

echo "  an interface goes down and comes up, vanishes and returns"
watch gone -i s0 --exchanges -v
fetch /a.txt
ip -n "$server" link set s0 down
await "word of it" grep -q 's0 is down' "$folder/gone.err"
ip -n "$server" link set s0 up
await "nginx" in_client curl -s -m 1 -o /dev/null http://198.18.7.1/a.txt?up
await "an exchange behind it" grep -q 'a.txt?up' "$folder/gone.out"
grep -q 's0 is there again' "$folder/gone.err" || fail "no word of its return"
ip -n "$server" link del s0
await "word of its loss" grep -q 's0 went away' "$folder/gone.err"
ground_join
await "word of its second return" sh -c "[ \$(grep -c 's0 is there again' $folder/gone.err) -ge 2 ]"
await "nginx" in_client curl -s -m 1 -o /dev/null http://198.18.7.1/a.txt?back
await "an exchange behind its return" grep -q 'a.txt?back' "$folder/gone.out"
grep -q '\[interface\]' "$folder/gone.out" || fail "no note about it"
stop TERM
[ $status = 0 ] || fail "the exit status is $status"

echo "  what is asked for wrongly"
in_server "$httplint" --no-config -i none 2>"$folder/wrong.err"
[ $? = 3 ] || fail "an interface that is none"
grep -q "none: there is no such interface" "$folder/wrong.err" || fail "no word about it"
in_server "$httplint" --no-config -i s0 -f '(((' 2>"$folder/wrong.err"
[ $? = 3 ] || fail "a filter that is none"
echo "  live: all is well"
