#!/bin/sh
# Makes a C file of the cases named as arguments, on standard output: for each rule that they show a case that shows it, the
# first one that shows it alone and is short, and the case behind it (else before it) in the same file that shows nothing.
set -eu
export LC_ALL=C
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

awk '
    function close_case(   ids, i, n) {
        if (count == 0)
            return
        n = split(expect[count], ids, /[ ,\t\r]+/)
        for (i = 1; i <= n; i++)
            if (ids[i] != "" && is_better(ids[i], n))
                best[ids[i]] = count
        alone[count] = n
    }
    function is_better(id, n,   old) {
        if (!(id in best))
            return 1
        old = best[id]
        if ((n == 1) != (alone[old] == 1))
            return n == 1
        return length(text[old]) > 1200 && length(text[count]) < length(text[old])
    }
    function silent_near(at,   i) {
        for (i = at + 1; i <= count && of[i] == of[at]; i++)
            if (is_silent(i))
                return i
        for (i = at - 1; i >= 1 && of[i] == of[at]; i--)
            if (is_silent(i))
                return i
        return 0
    }
    function is_silent(i) {
        return has_expect[i] && expect[i] == "" && length(text[i]) <= 1200
    }
    FNR == 1 || /^=== / {
        close_case()
        is_open = 0
    }
    /^=== / {
        count++
        of[count] = FILENAME
        is_open = is_head = 1
    }
    is_open {
        text[count] = text[count] $0 "\n"
    }
    is_open && is_head && /^expect:/ {
        has_expect[count] = 1
        expect[count] = $0
        sub(/^expect:[ \t]*/, "", expect[count])
        sub(/[ \t\r]+$/, "", expect[count])
    }
    is_open && !/^===/ {
        is_head = 0
    }
    END {
        close_case()
        for (id in best) {
            if (length(text[best[id]]) > 4000)
                continue
            i = silent_near(best[id])
            file = folder "/rule." id
            print id > (folder "/ids")
            printf("\001%s\n%s%s", id, text[best[id]], (i > 0 ? text[i] : "")) > file
            close(file)
        }
    }
' folder="$folder" "$@"
touch "$folder/ids"
sort "$folder/ids" | while read -r id; do cat "$folder/rule.$id"; done | gzip -9n > "$folder/packed"

cat <<'END'
/* Made by src/cli/examples.sh. */
#include "cli/examples.h"

static const unsigned char octets[] = {
END
od -An -v -tu1 "$folder/packed" | sed 's/  *\([0-9][0-9]*\)/\1,/g'
cat <<'END'
0 };

struct text examples_packed(void)
{
    return (struct text){ (const char *)octets, sizeof octets - 1 };
}
END
