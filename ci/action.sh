#!/usr/bin/env bash
# The steps of action.yml: `action.sh build` makes httplint from this folder's sources if it is not installed, `action.sh lint`
# runs it as HTTPLINT_* say. The runner's files are named by GITHUB_*.
set -euo pipefail

build() {
    local root
    root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
    if command -v httplint >/dev/null; then
        echo "httplint is installed: $(command -v httplint)"
        return
    fi
    if ! command -v make >/dev/null; then
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends make
    fi
    make -C "$root" deps
    make -C "$root" -j"$(nproc)" httplint
    mkdir -p "$RUNNER_TEMP/httplint"
    cp "$root/httplint" "$RUNNER_TEMP/httplint/httplint"
    echo "$RUNNER_TEMP/httplint" >>"$GITHUB_PATH"
}

# The lines of a value, as the array `lines`; blank ones are none.
split() {
    local line
    lines=()
    while IFS= read -r line; do
        [[ $line == *[![:space:]]* ]] && lines+=("$line")
    done <<<"$1"
    return 0
}

# The same, with what matches in place of patterns.
expand() {
    local line IFS=
    local found=()
    split "$1"
    shopt -s globstar nullglob
    for line in "${lines[@]}"; do
        # shellcheck disable=SC2206
        if [[ -e $line || $line != *[*?[]* ]]; then found+=("$line"); else found+=($line); fi
    done
    lines=("${found[@]}")
}

# Octets of the wire must not give commands to the runner, which looks for them in each line of the log.
without_commands() {
    local token status=0
    token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    echo "::stop-commands::$token"
    "$@" || status=$?
    echo "::$token::"
    return "$status"
}

lint() {
    local flags=() summary="" run=() status=0
    split "$HTTPLINT_FLAGS"
    flags+=("${lines[@]}")
    [[ -z $HTTPLINT_FAIL_ON ]] || flags+=("--fail-on=$HTTPLINT_FAIL_ON")
    [[ -z $HTTPLINT_BASELINE ]] || flags+=("--baseline=$HTTPLINT_BASELINE")
    [[ -z $HTTPLINT_SARIF ]] || flags+=("--format=sarif=$HTTPLINT_SARIF")
    if [[ $HTTPLINT_ANNOTATIONS == true ]]; then
        flags+=(--format=github)
    else
        flags+=(--format=text)
        run=(without_commands)
    fi
    if [[ $HTTPLINT_SUMMARY == true ]]; then
        summary=$(mktemp)
        flags+=("--format=markdown=$summary")
    fi
    expand "$HTTPLINT_INPUTS"
    "${run[@]}" httplint "${flags[@]}" -- "${lines[@]}" || status=$?
    if [[ -n $summary ]]; then
        cat "$summary" >>"$GITHUB_STEP_SUMMARY"
        rm -f "$summary"
    fi
    [[ -f $HTTPLINT_SARIF ]] || HTTPLINT_SARIF=
    printf 'status=%s\nsarif=%s\n' "$status" "$HTTPLINT_SARIF" >>"$GITHUB_OUTPUT"
    return "$status"
}

case ${1:-} in
build | lint) "$1" ;;
*) echo 'usage: action.sh build|lint' >&2 && exit 2 ;;
esac
