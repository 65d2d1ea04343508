#!/bin/sh
# Every capture and every case under valgrind: no error, no leak. Needs the release program, and valgrind.
cd "$(dirname "$0")/.." || exit 2
command -v valgrind > /dev/null || { echo 'valgrind is not installed (package valgrind)' >&2; exit 2; }
status=0
for input in captures/*.pcap captures/*.pcapng captures/*.pcap.gz tests/cases/*/*.http; do
    valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect \
        ./httplint -q --sandbox off --fail-on never --allow-empty --format jsonl "$input" > /dev/null || { echo "$input" >&2; status=1; }
done
exit $status
