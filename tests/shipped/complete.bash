# complete.bash FILE LINE: prints what bash makes of LINE and a tab, with the completions in FILE.
typed=$(mktemp)
trap 'rm -f "$typed"' EXIT
{
    printf "PS1=; bind -x '\"\\\\C-x\": echo \"<told>\$READLINE_LINE</told>\"'; . %q\n" "$1"
    printf '%s\t\x18\nexit\n' "$2"
} >"$typed"
seen=$(TERM=dumb script -qec 'bash --noprofile --norc -i' /dev/null <"$typed")
seen=${seen##*<told>}
printf '%s\n' "${seen%%</told>*}"
