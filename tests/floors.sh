#!/bin/sh
# Who includes whom: a folder of src/ may include itself and those on lower floors, and each foreign library has one
# door. Inputs, reporters, the guard and services see httplint.h and base/ only. Prints every breach; fails if there is one.
cd "$(dirname "$0")/.." || exit 2

floor() {
    case $1 in
    base) echo 0 ;; wire) echo 1 ;; flow) echo 2 ;; http) echo 3 ;; engine) echo 4 ;; checks) echo 5 ;; lint) echo 6 ;;
    input | report | guard | service) echo 7 ;; cli) echo 8 ;; *) echo none ;;
    esac
}

breaches=$(
    grep -n '^#include "' src/*/*.[ch] src/*/*/*.[ch] 2>/dev/null | while IFS= read -r line; do
        file=${line%%:*}
        from=$(echo "$file" | cut -d/ -f2)
        what=$(echo "$line" | sed 's/.*#include "\([^"]*\)".*/\1/')
        to=${what%%/*}
        [ "$what" = httplint.h ] && continue
        if [ "$(floor "$to")" = none ]; then
            echo "$file includes $what, which is on no floor"
        elif [ "$from" != "$to" ] && [ "$(floor "$to")" -ge "$(floor "$from")" ]; then
            echo "$file includes $what: $to is not below $from"
        elif [ "$(floor "$from")" = 7 ] && [ "$to" != base ] && [ "$to" != "$from" ]; then
            echo "$file includes $what: $from sees httplint.h and base/ only"
        fi
    done
    # library header, and the one file that may include it
    while read -r header door; do
        grep -lE "^#include <$header" src/*/*.[ch] src/*/*/*.[ch] 2>/dev/null | grep -vxF "$door" | sed "s|\$| includes <$header>, whose door is $door|"
    done <<DOORS
llhttp src/http/judge.c
yaml src/engine/yaml.c
pcre2 src/base/regex.c
jansson src/base/json.c
xxhash src/base/hash.c
zlib src/base/inflate.c
zstd src/base/inflate.c
lz4 src/base/inflate.c
brotli src/base/inflate.c
expat src/base/xml.c
seccomp src/guard/syscalls.c
microhttpd src/service/scrape.c
DOORS
    grep -lE '^#include <pcap' src/*/*.[ch] | grep -v '^src/input/' | sed 's/$/ includes <pcap>, whose door is src\/input\//'
)
[ -z "$breaches" ] && exit 0
echo "$breaches"
exit 1
