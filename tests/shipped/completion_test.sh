#!/bin/sh
# A tab in each shell, with the completions that the command prints.
. tests/shipped/common.sh

# What is typed, and what the tab makes of it (but for the blank or sign that it leaves for more).
rows="
httplint --expl                             |httplint --explain
httplint --format sa                        |httplint --format sarif
httplint --fail-on=nev                      |httplint --fail-on=never
httplint --min-severity wa                  |httplint --min-severity warning
httplint --color al                         |httplint --color always
httplint --limit idle                       |httplint --limit idle_us=
httplint --explain host-bad-not-rej         |httplint --explain host-bad-not-rejected
httplint --select a,host-bad-not-rej        |httplint --select a,host-bad-not-rejected
httplint --completion fi                    |httplint --completion fish
httplint --rules LICEN                      |httplint --rules LICENSE
httplint -q LICEN                           |httplint -q LICENSE
httplint --no-such                          |httplint --no-such
"

in_bash() { timeout 30 bash tests/shipped/complete.bash "$made/httplint.bash" "$1"; }
in_zsh() { timeout 30 zsh -f tests/shipped/complete.zsh "$made" "$1"; }

# fish tells the last word that it would make; none: the line stays.
in_fish() {
    last=$(fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$made/httplint.fish" "$1" | head -1 | cut -f 1)
    case $last in
    '') echo "$1" ;;
    *) echo "${1% *} $last" ;;
    esac
}

export HOME="$made"
for shell in bash zsh fish; do
    have $shell $shell || continue
    ./httplint --completion $shell >"$made/httplint.$shell" || fail "$shell: none are printed"
    cp "$made/httplint.$shell" "$made/_httplint"
    $shell -n "$made/httplint.$shell" || fail "$shell: it does not parse them"
    for flag in $(./httplint --help | grep -oE '^ .{5}--[a-z-]+' | sed 's/.*--//'); do
        grep -qE -e "(-|-l )$flag([^a-z-]|\$)" "$made/httplint.$shell" || fail "$shell: --$flag is not completed"
    done
    echo "$rows" | while IFS='|' read -r typed wanted; do
        [ -n "$typed" ] || continue
        typed=$(echo "$typed" | sed 's/ *$//')
        # shellcheck disable=SC2086
        got=$(in_$shell "$typed" </dev/null | sed 's/[ =,]*$//')
        [ "$got" = "${wanted%=}" ] || echo "$shell: '$typed' became '$got', not '$wanted'"
    done >"$made/differences"
    [ -s "$made/differences" ] && fail "$(cat "$made/differences")"
done
if command -v shellcheck >/dev/null; then
    shellcheck -s bash "$made/httplint.bash" || fail 'bash: shellcheck has something to say'
fi
finish
