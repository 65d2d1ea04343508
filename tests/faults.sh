#!/bin/sh
# What the command meets on bad days, as a process of its own: few descriptors, a small stack, odd surroundings, input that
# comes an octet at a time, breaks off or grows, output that has no room. The report stays the same, or ends well.
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
failed=0
one=captures/faulty-origin.pcap

fail() {
    echo "faults: $*" >&2
    failed=1
}

# skip WHAT: this system does not allow it.
skip() {
    echo "faults: skipped: $*"
}

lint() {
    ./httplint --no-config --format jsonl --fail-on never "$@" 2> "$work/errors"
}

# same WHAT EXPECTED: what was written to $work/out is that file.
same() {
    cmp -s "$work/out" "$2" || fail "$1: another report ($(head -n 1 "$work/errors"))"
}

# ends_well WHAT: whole lines, the last one a summary.
ends_well() {
    tail -n 1 "$work/out" | grep -q '^{"type":"summary".*}$' || fail "$1: the report does not end with its summary"
}

lint "$one" > "$work/one"
lint -j 2 captures > "$work/all"
[ -s "$work/one" ] && [ -s "$work/all" ] || fail "nothing is reported at all"

(ulimit -n 32 && lint -j 2 captures > "$work/out")
same "32 descriptors" "$work/all"

(ulimit -s 256 && lint -j 2 captures > "$work/out")
same "a stack of 256 KiB" "$work/all"

for surroundings in "LC_ALL=tr_TR.UTF-8 LANG=tr_TR" "LC_ALL=no-such-place" "TZ=Pacific/Kiritimati" "TZ=:/dev/null" \
                    "TERM=dumb COLUMNS=1" "HOME=/nowhere XDG_CONFIG_HOME=relative" "TMPDIR=/nowhere"; do
    # shellcheck disable=SC2086
    env $surroundings ./httplint --no-config --format jsonl --fail-on never "$one" > "$work/out" 2> "$work/errors"
    same "$surroundings" "$work/one"
done
env -i ./httplint --no-config --format jsonl --fail-on never "$one" > "$work/out" 2> "$work/errors"
same "no environment" "$work/one"

# From a pipe the input has another name.
lint - < "$one" > "$work/stdin"
sed "s|\"file\":\"[^\"]*\"|\"file\":\"\"|" "$work/one" > "$work/nameless"
sed "s|\"file\":\"[^\"]*\"|\"file\":\"\"|" "$work/stdin" > "$work/out"
same "standard input" "$work/nameless"
dd if="$one" bs=1 2> "$work/dd" | lint - > "$work/out"
same "an octet at a time" "$work/stdin"

# A capture that another program is still writing, and one that breaks off anywhere.
size=$(($(wc -c < "$one")))
for part in 1 3 7 20 23 24 30 41 100 $((size / 3)) $((size / 2)) $((size - 1)); do
    head -c "$part" "$one" > "$work/part"
    lint "$work/part" > "$work/out"
    [ $? -le 3 ] || fail "the first $part octets: it dies"
    [ "$part" -lt 41 ] || ends_well "the first $part octets"
done
head -c 100 "$one" > "$work/growing"
(for i in 1 2 3 4 5 6 7 8; do tail -c +$((i * 100 + 1)) "$one" | head -c 100; done >> "$work/growing") &
lint "$work/growing" > "$work/out"
wait
ends_well "a file that grows"

if [ -w /dev/full ]; then
    lint "$one" > /dev/full
    [ $? -eq 3 ] && grep -q 'No space left' "$work/errors" || fail "a full disk is not told"
else
    skip "a full disk: no /dev/full"
fi
{ lint --exchanges -j 2 captures; echo $? > "$work/status"; } | head -c 1 > "$work/out"
[ "$(cat "$work/status")" -le 3 ] || fail "a reader that goes away kills it"

if unshare -rm true 2> "$work/errors"; then
    unshare -rm sh -c 'mount -t tmpfs none /proc && exec ./httplint --no-config --format jsonl --fail-on never -j 2 captures' \
        > "$work/out" 2> "$work/errors"
    same "no /proc" "$work/all"
else
    skip "no /proc: unshare is not allowed here"
fi
[ "$failed" = 0 ] && echo 'faults: ok'
exit "$failed"
