#!/bin/sh
# The findings of each recorded capture, beside it in NAME.jsonl (of a HAR: NAME.har.jsonl): `golden.sh check` compares,
# `golden.sh write` writes them anew, to be reviewed by a person before they are committed.
cd "$(dirname "$0")/.." || exit 2
status=0
for capture in captures/*.pcap captures/*.pcapng captures/*.pcap.gz captures/*.har; do
    expected=captures/$(basename "$capture" | sed 's/\.pcap.*//').jsonl
    if [ "$1" = write ]; then
        ./httplint --no-config --fail-on never --format jsonl -q "$capture" > "$expected"
    elif ! ./httplint --no-config --fail-on never --format jsonl -q "$capture" | diff -u "$expected" - >&2; then
        echo "$capture: the findings are not those of $expected" >&2
        status=1
    fi
done
exit $status
