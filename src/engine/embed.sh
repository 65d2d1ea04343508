#!/bin/sh
# Makes a C file of the rules files named as arguments, on standard output: what ruleset_builtin gives.
set -eu
export LC_ALL=C

echo '/* Made by src/engine/embed.sh. */'
echo '#include "engine/ruleset.h"'
n=0
for file in "$@"; do
    echo
    echo "static const unsigned char octets_$n[] = {"
    od -An -v -tu1 "$file" | sed 's/  *\([0-9][0-9]*\)/\1,/g'
    echo '0 };'
    n=$((n + 1))
done
echo
echo 'static const struct rules_text texts[] = {'
n=0
for file in "$@"; do
    echo "    { \"$file\", { (const char *)octets_$n, sizeof octets_$n - 1 }, true },"
    n=$((n + 1))
done
cat <<'END'
    { 0, { 0, 0 }, false }
};

const struct rules_text *ruleset_builtin(size_t *count)
{
    *count = sizeof texts / sizeof *texts - 1;
    return texts;
}
END
