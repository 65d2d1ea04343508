#!/bin/sh
# Sizes, as docs/architecture.md has aims for them: lines of files, and of functions (from the opening to the closing
# brace, both in the first column).
cd "$(dirname "$0")/.." || exit 2
echo "files over 500 lines:"
find src -name '*.[ch]' -exec wc -l {} + | awk '$2 != "total" && $1 > 500 { print "    " $2 " " $1 }'
find src -name '*.c' -exec awk '
    FNR == 1 { open = 0 }
    /^{/ { open = FNR; name = last }
    /^}/ { if (open) print FNR - open + 1, FILENAME ":" open, name; open = 0 }
    !/^{/ { last = $0 }' {} + | sort -n > /tmp/httplint-stats.$$
awk '{ n[NR] = $1 } END { printf "%d functions: median %d lines, p95 %d, most %d\n", NR, n[int((NR + 1) / 2)], n[int(NR * 0.95)], n[NR] }' \
    /tmp/httplint-stats.$$
echo "the longest:"
tail -n 8 /tmp/httplint-stats.$$ | sed 's/^/    /'
rm -f /tmp/httplint-stats.$$
printf 'lines over 120 columns: '
grep -rE '^.{121,}' src --include='*.[ch]' | wc -l
