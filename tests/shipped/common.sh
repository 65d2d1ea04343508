# shellcheck shell=sh
# What the tests beside it share: each is run from the root of the project with ./httplint built, sources this file, and
# ends by `finish`. What it makes lies in $made, which is removed.
set -u
export LC_ALL=C.UTF-8 PATH="$PWD:$PATH" XDG_CONFIG_HOME=/nonexistent
failures=0
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

fail() {
    echo "$(basename "$0"): $*" >&2
    failures=$((failures + 1))
}

# have TOOL PACKAGE: true if the tool is here; else says that what needs it is skipped, which CI does not forgive.
have() {
    command -v "$1" >/dev/null 2>&1 && return 0
    echo "$(basename "$0"): skipped what needs $1: install the package $2"
    [ "${HTTPLINT_NO_SKIP:-}" = 1 ] && fail "$1 is missing, and HTTPLINT_NO_SKIP is 1"
    return 1
}

# same NAME GOT WANTED
same() {
    [ "$2" = "$3" ] || fail "$1: got '$2', not '$3'"
}

# holds NAME FILE STRING
holds() {
    grep -qF -e "$3" "$2" || fail "$1: no '$3' in: $(head -c 2000 "$2")"
}

finish() {
    [ "$failures" = 0 ] && exit 0
    echo "$(basename "$0"): $failures failed" >&2
    exit 1
}
