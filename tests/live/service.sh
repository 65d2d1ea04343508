#!/bin/sh
# A live capture as a service, seen by those who look after it: `sh tests/live/service.sh [HTTPLINT]`.
httplint=$(realpath "${1:-./httplint}") || exit 2
. "$(dirname "$0")/ground.sh"
ground_begin
command -v python3 >/dev/null || ground_lacks python3
chmod 755 "$folder"    # what is started as root may become somebody else

# What comes to the socket is added to the file, until it is heard no more.
hear() {
    python3 "$(dirname "$0")/hear.py" "$1" >>"$2" &
    listener=$!
    await "a socket" test -S "$1"
}
deafen() {
    kill "$listener"
    wait "$listener" 2>/dev/null
    listener=
    rm "$1"
}

echo "  metrics, while it runs"
metrics() { in_server curl -s -m 10 "$url" >"$folder/metrics"; }
has() { metrics && grep -qxF "$1" "$folder/metrics"; }
echo 'rules: {}' >"$folder/own.yaml"
watch metrics -i s0 --metrics 0 --rules "$folder/own.yaml" --format jsonl
await "word of where they are" grep -q 'metrics: http://127.0.0.1:' "$folder/metrics.err"
url=$(sed -n 's/^httplint: metrics: //p' "$folder/metrics.err")
has 'httplint_findings_total{rule="status-405-allow-missing",severity="error"} 0' || fail "a rule that found nothing has no count"
for i in 1 2 3; do in_client curl -s -o /dev/null -X DELETE http://198.18.7.1/bad/$i; done
fetch /a.txt
grep -q '^process_resident_memory_bytes [1-9]' "$folder/metrics" || fail "its memory is not known"
await "findings by rule" has 'httplint_findings_total{rule="status-405-allow-missing",severity="error"} 3'
await "exchanges by class" has 'httplint_exchanges_total{class="2xx"} 1'
await "all exchanges" has 'httplint_exchanges_total{class="4xx"} 3'
kill -HUP "$watcher"
await "word of new rules" grep -q 'the rules were read again' "$folder/metrics.err"
await "count of reloads" has 'httplint_reloads_total{result="success"} 1'
has 'httplint_findings_total{rule="status-405-allow-missing",severity="error"} 3' || fail "counts do not outlive a reload"
echo 'rules: [' >"$folder/own.yaml"
kill -HUP "$watcher"
await "a reload that failed" has 'httplint_last_reload_successful 0'
ip -n "$server" link set s0 down
await "an interface that is down" has 'httplint_interface_up{interface="s0"} 0'
ip -n "$server" link set s0 up
in_server "$httplint" --no-config -i lo --metrics "$(echo "$url" | cut -d / -f 3)" 2>"$folder/wrong.err"
[ $? = 3 ] || fail "a port that somebody has"
grep -q 'metrics cannot be served there: Address already in use' "$folder/wrong.err" || fail "no word about it"
stop TERM

echo "  the answers to scrapes break no rule"
watch self -i lo --metrics 0 --exchanges --repeat all
await "word of where they are" grep -q 'metrics: http' "$folder/self.err"
url=$(sed -n 's/^httplint: metrics: //p' "$folder/self.err")
for flags in '' '-I' '-X POST' '-d a=b' '--http1.0' '-H Host:'; do in_server curl -s -m 10 -o /dev/null $flags "$url"; done
in_server curl -s -m 10 -o /dev/null "$url/none"
sleep 1
stop TERM
[ $status = 0 ] || fail "the exit status is $status: $(grep error: "$folder/self.out")"
[ "$(grep -c '^lo:[0-9]*: [245]0[0-9] [A-Z]* http' "$folder/self.out")" = 7 ] || fail "not all scrapes were heard: $(cat "$folder/self.out")"
grep -E '^lo:[0-9]+: (error|warning|info)' "$folder/self.out" && fail "findings about its own answers"

echo "  the service manager is told, and the watchdog kept quiet"
hear "$folder/notify" "$folder/told"
export NOTIFY_SOCKET="$folder/notify" WATCHDOG_USEC=1000000
watch notify -i s0
unset NOTIFY_SOCKET WATCHDOG_USEC
await "word that it is ready" grep -qx 'READY=1' "$folder/told"
await "its counts" grep -q '^STATUS=[0-9]* packets, ' "$folder/told"
await "three beats" sh -c "[ \$(grep -cx WATCHDOG=1 $folder/told) -ge 3 ]"
kill -HUP "$watcher"
await "word of a reload" grep -qx 'RELOADING=1' "$folder/told"
grep -q '^MONOTONIC_USEC=[0-9]*$' "$folder/told" || fail "the reload has no time"
await "word that it is ready again" sh -c "[ \$(grep -cx READY=1 $folder/told) = 2 ]"
grep -q STOPPING "$folder/told" && fail "it does not stop yet"
stop TERM
await "word that it stops" grep -qx 'STOPPING=1' "$folder/told"
rm "$folder/told"
deafen "$folder/notify"
hear "$folder/notify" "$folder/told"
ip -n "$server" link set s0 down
export NOTIFY_SOCKET="$folder/notify" WATCHDOG_USEC=1000000
ip netns exec "$server" env --default-signal=INT,HUP "$httplint" --no-config -i s0 --metrics 0 >"$folder/waiting.out" 2>"$folder/waiting.err" &
watcher=$!
unset NOTIFY_SOCKET WATCHDOG_USEC
await "word that it waits" grep -qx 'STATUS=waiting for an interface that is down' "$folder/told"
grep -qx READY=1 "$folder/told" || fail "whoever waits for an interface is ready"
await "three beats while it waits" sh -c "[ \$(grep -cx WATCHDOG=1 $folder/told) -ge 3 ]"
ip -n "$server" link set s0 up
await "word that it listens" grep -q 'listening on s0' "$folder/waiting.err"
await "its counts" grep -q '^STATUS=[0-9]* packets, ' "$folder/told"
stop TERM
deafen "$folder/notify"

echo "  a log daemon hears of findings, also after it was started again"
# Where /dev is what the test makes it, for this process alone.
logged() {
    ip netns exec "$server" sh -c 'mount -t tmpfs none /dev && mknod -m 666 /dev/null c 1 3 && mknod -m 666 /dev/urandom c 1 9 &&
        chmod 755 /dev && ln -s "$0" /dev/log && exec env --default-signal=INT,HUP "$@"' "$folder/log" "$httplint" --no-config "$@" \
        >"$folder/logged.out" 2>"$folder/logged.err" &
    watcher=$!
}
daemon_begin() { hear "$folder/log" "$folder/lines"; }
daemon_end() { deafen "$folder/log"; }
daemon_begin
logged -i s0 --syslog local3 --format jsonl
await "word that httplint listens" grep -q 'listening on' "$folder/logged.err"
in_client curl -s -o /dev/null -X DELETE http://198.18.7.1/bad/1
await "a line" grep -q '^<155>[A-Z].* httplint\[[0-9]*\]: error: .*\[status-405-allow-missing\] DELETE http://198.18.7.1/bad/1 -> 405, s0:' "$folder/lines"
daemon_end
daemon_begin
in_client curl -s -o /dev/null -X PUT http://198.18.7.1/bad/other
await "a line to the daemon that was started again" grep -q ' PUT http://198.18.7.1/bad/other -> 405, ' "$folder/lines"
grep -q '"url":"http://198.18.7.1/bad/other"' "$folder/logged.out" || fail "the other report lacks it"
stop TERM
await "the totals" grep -q '^<158>.*: 2 exchanges: 2 errors, ' "$folder/lines"
grep -q 'were not taken' "$folder/logged.err" && fail "lines were lost"
[ $status = 1 ] || fail "errors were found, yet the exit status is $status"
daemon_end
logged -i s0 --syslog local3
ended
[ $status = 2 ] && grep -q 'no log daemon hears there' "$folder/logged.err" || fail "there is no daemon, and nobody says so: status $status"

echo "  logrotate: a report that was moved away is begun anew, one that was copied and emptied goes on"
watch rotated -i s0 --repeat all --format jsonl="$folder/report"
in_client curl -s -o /dev/null -X DELETE http://198.18.7.1/bad/1
await "a finding" grep -q 'bad/1"' "$folder/report"
cp "$folder/report" "$folder/report.2" && : >"$folder/report"
in_client curl -s -o /dev/null -X DELETE http://198.18.7.1/bad/2
await "a finding in the emptied file" grep -q 'bad/2"' "$folder/report"
[ "$(tr -d '\0' <"$folder/report" | wc -c)" = "$(wc -c <"$folder/report")" ] || fail "the emptied file has a hole"
mv "$folder/report" "$folder/report.1"
kill -HUP "$watcher"
await "a new file" test -f "$folder/report"
in_client curl -s -o /dev/null -X DELETE http://198.18.7.1/bad/3
await "a finding in it" grep -q 'bad/3"' "$folder/report"
grep -q 'bad/3"' "$folder/report.1" && fail "the old file is written on"
stop TERM
cat "$folder/report.2" "$folder/report.1" "$folder/report" | grep -c '"type":"finding".*status-405' | grep -qx 3 || fail "findings were lost"
echo "  service: all is well"
