#!/bin/sh
# The manual page: whole, and without a complaint of those who read such pages.
. tests/shipped/common.sh

./httplint --no-config --manual >"$made/httplint.1" || fail 'it is not written'
for flag in $(./httplint --help | grep -oE -e '--[a-z-]+'); do
    holds flags "$made/httplint.1" "$(echo "$flag" | sed 's/-/\\-/g')"
done
for rule in $(./httplint --no-config --list-rules | cut -d ' ' -f 1); do
    holds rules "$made/httplint.1" "$(echo "$rule" | sed 's/-/\\-/g')"
done
if have mandoc mandoc; then
    mandoc -T lint "$made/httplint.1" >"$made/said" || true
    same mandoc "$(cat "$made/said")" ''
fi
if have groff groff; then
    groff -man -ww -Tutf8 -z "$made/httplint.1" >"$made/said" 2>&1
    same groff "$(cat "$made/said")" ''
fi
if have man man-db; then
    MANWIDTH=80 man --warnings -l "$made/httplint.1" >"$made/page" 2>"$made/said"
    same man "$(cat "$made/said")" ''
    holds 'what man shows' "$made/page" "httplint --select 'status-*,cache-*' --fail-on warning captures/"
fi
finish
