#!/bin/sh
# Writes docs/rules anew from the program, and the links of docs/status-codes.md; `generate.sh check` compares instead and
# fails where they are stale. Run from the root of the repository, with ./httplint built.
set -eu
export LC_ALL=C
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

mkdir "$made/rules"
./httplint --no-config --rule-pages "$made/rules"

# In the tables of the statements a rule that exists is a link; one that does not is plain.
awk -v folder="$made/rules" '
    function exists(id,   line, found) {
        found = (getline line < (folder "/" id ".md")) > 0
        close(folder "/" id ".md")
        return found
    }
    /^\| [0-9][0-9][0-9]\.[0-9]/ {
        n = split($0, cell, " \\| ")
        sub(/ *\|$/, "", cell[n])
        gsub(/\[|\]\([^)]*\)/, "", cell[n])
        if (cell[n] ~ /^[a-z0-9]+-[a-z0-9-]+(, [a-z0-9-]+)*$/) {
            m = split(cell[n], id, ", ")
            $0 = cell[1]
            for (i = 2; i < n; i++)
                $0 = $0 " | " cell[i]
            for (i = 1; i <= m; i++)
                $0 = $0 (i == 1 ? " | " : ", ") (exists(id[i]) ? "[" id[i] "](rules/" id[i] ".md)" : id[i])
            $0 = $0 " |"
        }
    }
    { print }
' docs/status-codes.md > "$made/status-codes.md"

if [ "${1:-}" = check ]; then
    if ! diff -r -q "$made/rules" docs/rules >&2 || ! diff -q "$made/status-codes.md" docs/status-codes.md >&2; then
        echo 'docs/rules or docs/status-codes.md are stale: run make docs' >&2
        exit 1
    fi
    exit 0
fi
rm -f docs/rules/*.md
cp "$made"/rules/*.md docs/rules/
cp "$made/status-codes.md" docs/status-codes.md
