#!/bin/sh
# What our pages tell people to type, typed. Blocks of ```sh are run, in order, in one folder a page; the commands of
# README.md's list too. Findings (status 1) are no fault, wrong usage (2) and what could not be read (3) are.
. tests/shipped/common.sh

here=$PWD
export CC="${CC:-cc}" HERE="$here"

# block KIND PAGE: the blocks of a kind, each ended by a line of NUL
blocks() {
    awk -v kind="\`\`\`$1" '$0 == kind { on = 1; next } /^```/ { if (on) printf "%c\n", 0; on = 0 } on' "$2"
}

# What pages take for granted.
scene() {
    mkdir -p "$1/fixtures" "$1/captures" && cp "$here/docs/example.c" "$1"
    for name in fixtures/a captures/a capture before after old new api in; do
        cp "$here/captures/faulty-origin.pcap" "$1/$name.pcap"
    done
    gzip -c "$1/capture.pcap" >"$1/big.pcap.gz"
    echo 'rules: {}' >"$1/mine.yaml"
    echo 'inputs: fixtures' >"$1/.httplint.yaml"
    ./httplint --no-config -q --write-baseline "$1/known.json" "$1/fixtures" >/dev/null
    cat >"$1/run-tests" <<'END'
#!/bin/sh
python3 -m http.server --bind 127.0.0.1 8080 >/dev/null 2>&1 &
until curl -s -o /dev/null http://127.0.0.1:8080/; do sleep 0.1; done
kill $!
END
    chmod +x "$1/run-tests"
}

# A shell whose commands may find something, and whose sudo needs no password.
mkdir "$made/bin"
printf '#!/bin/sh\nexec "$@"\n' >"$made/bin/sudo"
chmod +x "$made/bin/sudo"
export PATH="$made/bin:$PATH"
cat >"$made/prelude" <<'END'
set -u
found_or_killed() { [ "$1" = 1 ] || [ "$1" -ge 128 ]; }
trap 'status=$?; found_or_killed $status || { echo "status $status: $BASH_COMMAND" >&2; exit $status; }' ERR
END

# run PAGE FOLDER SCRIPT
run() {
    (cd "$2" && timeout 120 bash -c ". '$made/prelude'; . '$3'") >"$made/log" 2>"$made/said" </dev/null || {
        status=$?
        [ $status = 1 ] || fail "$1: status $status of: $(cat "$3"): $(tail -3 "$made/said")"
    }
}

# Pages with a record of traffic need a network of their own; pages about the library, an installation.
PREFIX_OF_DOCS=$made/prefix
for page in docs/*.md; do
    blocks sh "$page" >"$made/all"
    [ -s "$made/all" ] || continue
    folder=$made/$(basename "$page" .md)
    scene "$folder"
    grep -q pkg-config "$made/all" &&
        ${MAKE:-make} -s install-library PREFIX="$PREFIX_OF_DOCS" >/dev/null 2>&1
    export PKG_CONFIG_PATH="$PREFIX_OF_DOCS/lib/pkgconfig"
    awk -v start="$folder/block" 'BEGIN { n = 1 } /^\0$/ { n++; next } { print > (start n) }' "$made/all"
    for block in $(ls "$folder"/block* | sort -V); do
        if grep -q tcpdump "$block"; then
            have tcpdump tcpdump && have curl curl || continue
            if ! unshare -n true 2>/dev/null; then
                echo "$(basename "$0"): skipped the recording of $page: it needs a network namespace (root)"
                [ "${HTTPLINT_NO_SKIP:-}" = 1 ] && fail 'no network namespace, and HTTPLINT_NO_SKIP is 1'
                continue
            fi
            printf 'ip link set lo up\n' | cat - "$block" >"$block.alone"
            echo "unshare -n bash -c '. $made/prelude; . $block.alone'" >"$block.outside"
            block=$block.outside
        fi
        run "$page" "$folder" "$block"
    done
    blocks make "$page" | tr -d '\0' >"$folder/Makefile"
    for target in $(sed -n 's/^\([a-z-]*\):.*/\1/p' "$folder/Makefile"); do
        ${MAKE:-make} -s -C "$folder" "$target" >"$made/log" 2>&1
        grep -qE 'Error [13]$' "$made/log" || [ ! -s "$made/log" ] || fail "$page: make $target: $(tail -3 "$made/log")"
    done
done

# "command      what it does"; live captures do not end by themselves, and are typed by tests/live
scene "$made/readme"
blocks '' README.md | tr -d '\0' | grep -E '^(httplint|tcpdump) ' | grep -v -- ' -i ' | sed 's/  .*//' >"$made/lines"
[ -s "$made/lines" ] || fail 'README.md has no commands'
while IFS= read -r line; do
    printf 'tcpdump() { cat capture.pcap; }\n%s\n' "$line" >"$made/readme/line"
    run README.md "$made/readme" "$made/readme/line"
done <"$made/lines"

# A link to a file of ours leads to one.
for page in *.md docs/*.md captures/*.md; do
    for link in $(grep -oE '\]\([^)#: ]+' "$page" | cut -c 3-); do
        [ -e "$(dirname "$page")/$link" ] || fail "$page: no $link"
    done
done

if python3 -c 'import yaml' 2>/dev/null; then
    for page in docs/*.md; do
        python3 - "$page" <<'END' || fail "$page: a block of YAML is none"
import re, sys, yaml
for block in re.findall(r"^```yaml\n(.*?)^```", open(sys.argv[1], encoding="utf-8").read(), re.S | re.M):
    yaml.safe_load(block)
END
    done
else
    have python3-yaml python3-yaml
fi
finish
