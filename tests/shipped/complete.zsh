# complete.zsh FOLDER LINE: prints what zsh makes of LINE and a tab, with the completions in FOLDER.
# The terminal echoes what it is given, once or twice, as it likes: so no line holds a mark as the shell prints it, and
# ready is said by the line editor itself, which then reads the keys.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PS1=; unsetopt beep prompt_cr prompt_sp; setopt no_list_beep; stty -echo'
zpty -w shell "fpath=(${(q)1} \$fpath); autoload -Uz compinit && compinit -u -D; bindkey '^I' complete-word"
zpty -w shell 'told() { print -r -- "<to""ld>$BUFFER</to""ld>"; BUFFER=; zle accept-line }; zle -N told; bindkey "^X" told'
zpty -w shell 'ready() { print -r -- "<rea""dy>" }; zle -N zle-line-init ready'
zpty -r shell seen '*<ready>*'
zpty -w -n shell "$2"$'\t\x18'
zpty -r shell seen '*</told>*'
zpty -d shell
print -r -- ${${seen##*<told>}%%</told>*}
