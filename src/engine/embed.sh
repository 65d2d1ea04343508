#!/bin/sh
# Makes a C file of the rules files named as arguments, on standard output: what ruleset_builtin gives, and of those
# in a folder `presets` what ruleset_presets gives.
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

# table NAME yes|no FILE...: a table of those files that are presets, or of the others.
table() {
    name=$1 is_preset=$2 n=0
    shift 2
    echo
    echo "static const struct rules_text $name[] = {"
    for file in "$@"; do
        case $file in */presets/*) found=yes ;; *) found=no ;; esac
        if [ $found = $is_preset ]; then
            echo "    { \"$file\", { (const char *)octets_$n, sizeof octets_$n - 1 }, true },"
        fi
        n=$((n + 1))
    done
    cat <<END
    { 0, { 0, 0 }, false }
};

const struct rules_text *ruleset_$name(size_t *count)
{
    *count = sizeof $name / sizeof *$name - 1;
    return $name;
}
END
}
table builtin no "$@"
table presets yes "$@"
