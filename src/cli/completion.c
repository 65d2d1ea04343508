#include "cli/completion.h"

#include <string.h>

#include "base/limits.h"
#include "cli/status.h"
#include "cli/store.h"
#include "cli/tell.h"

/* ---- what an argument may be ---- */

enum kind { KIND_ANY, KIND_FILE, KIND_RULE, KIND_RULES, KIND_WORDS };

static void put_levels(struct out *out, const struct flag *flag)
{
    out_string(out, flag->value == FAIL_ON_NEVER ? "error warning info never" : "error warning info");
}

static void put_occasions(struct out *out, const struct flag *flag)
{
    out_string(out, flag->store == store_sandbox ? "auto require off" : "auto always never");
}

static void put_formats(struct out *out, const struct flag *flag)
{
    (void)flag;
    for (size_t i = 0; reporters[i]; i++) {
        out_string(out, i > 0 ? " " : "");
        out_string(out, reporters[i]->name);
    }
}

static void put_limits(struct out *out, const struct flag *flag)
{
    static const char *const names[] = {
#define LIMIT(member, value, words) #member "=",
        LIMITS(LIMIT)
#undef LIMIT
    };

    (void)flag;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        out_string(out, i > 0 ? " " : "");
        out_string(out, names[i]);
    }
}

static void put_shells(struct out *out, const struct flag *flag);

/* By its word in the table of flags; any other word has no candidates. */
static const struct argument {
    const char *word;
    enum kind kind;
    void (*put)(struct out *, const struct flag *); /* candidates with blanks between; of KIND_WORDS */
} arguments[] = {
    { "FILE", KIND_FILE, NULL },
    { "OLD", KIND_FILE, NULL },
    { "RULE", KIND_RULE, NULL },
    { "RULE=N", KIND_RULE, NULL },
    { "GLOB", KIND_RULES, NULL },
    { "LEVEL", KIND_WORDS, put_levels },
    { "WHEN", KIND_WORDS, put_occasions },
    { "FORMAT[=FILE]", KIND_WORDS, put_formats },
    { "NAME=VALUE", KIND_WORDS, put_limits },
    { "SHELL", KIND_WORDS, put_shells },
};

static struct argument argument_of(const struct flag *flag)
{
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++)
        if (strcmp(arguments[i].word, flag->argument) == 0)
            return arguments[i];
    return (struct argument){ flag->argument, KIND_ANY, NULL };
}

static bool is_repeatable(const struct flag *flag)
{
    return flag->store == store_word || flag->store == store_format || flag->store == store_limit;
}

/* ---- escaping ---- */

/* `text` inside single quotes of a shell, which are written as `quote`; a backslash before each of `special`. */
static void put_quoted(struct out *out, struct text text, const char *special, const char *quote)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\'') {
            out_string(out, quote);
            continue;
        }
        if (strchr(special, text.at[i]))
            out_repeat(out, '\\', 1);
        out_repeat(out, text.at[i], 1);
    }
}

/* The help of a flag without what stands in parentheses at its end: there is little room. */
static struct text brief(const struct flag *flag)
{
    struct text help = text_of(flag->help);
    const char *remark = strstr(flag->help, " (");

    return remark && help.at[help.len - 1] == ')' ? text_part(help, 0, (size_t)(remark - help.at)) : help;
}

/* ---- bash ---- */

static void put_bash_flag(struct out *out, const struct flag *flag)
{
    struct argument argument = argument_of(flag);

    out_string(out, "    --");
    out_string(out, flag->name);
    if (flag->letter) {
        out_string(out, " | -");
        out_repeat(out, flag->letter, 1);
    }
    out_string(out, ") ");
    switch (argument.kind) {
    case KIND_FILE:
        break;
    case KIND_ANY:
        out_string(out, "compopt +o default ");
        break;
    case KIND_RULE:
    case KIND_RULES:
        out_string(out, "_httplint_rules \"$word\" ");
        break;
    case KIND_WORDS:
        out_string(out, "_httplint_words '");
        argument.put(out, flag);
        out_string(out, "' \"$word\" ");
    }
    out_string(out, ";;\n");
}

static void put_bash(struct out *out)
{
    out_string(out,
               "# Completes httplint in bash; written by: httplint --completion bash\n"
               "_httplint_words()\n"
               "{\n"
               "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$2\")\n"
               "    compopt +o default\n"
               "    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n"
               "}\n"
               "\n"
               "# The last of a list with commas.\n"
               "_httplint_rules()\n"
               "{\n"
               "    local last=${1##*,} ids\n"
               "    ids=$(httplint --list-rules 2>/dev/null | cut -d ' ' -f 1)\n"
               "    mapfile -t COMPREPLY < <(compgen -P \"${1%\"$last\"}\" -W \"$ids\" -- \"$last\")\n"
               "    compopt +o default\n"
               "}\n"
               "\n"
               "_httplint()\n"
               "{\n"
               "    # The equals sign of --flag=value is a word of its own.\n"
               "    local word=$2 at=$((COMP_CWORD - 1))\n"
               "    [[ ${COMP_WORDS[COMP_CWORD]} == = ]] && word=\n"
               "    [[ ${COMP_WORDS[at]} == = ]] && at=$((at - 1))\n"
               "    COMPREPLY=()\n"
               "    case ${COMP_WORDS[at]} in\n");
    for (const struct flag *flag = flags; flag->name; flag++)
        if (flag->help && flag->argument)
            put_bash_flag(out, flag);
    out_string(out, "    *) [[ $word == -* ]] && _httplint_words '");
    for (const struct flag *flag = flags; flag->name; flag++) {
        if (!flag->help)
            continue;
        out_string(out, flag == flags ? "--" : " --");
        out_string(out, flag->name);
    }
    out_string(out, "' \"$word\" ;;\n"
                    "    esac\n"
                    "}\n"
                    "complete -o default -F _httplint httplint\n");
}

/* ---- zsh ---- */

static void put_zsh_name(struct out *out, const struct flag *flag)
{
    if (flag->letter) {
        out_string(out, "'(-");
        out_repeat(out, flag->letter, 1);
        out_string(out, " --");
        out_string(out, flag->name);
        out_string(out, ")'{-");
        out_repeat(out, flag->letter, 1);
        out_string(out, flag->argument ? "+,--" : ",--");
        out_string(out, flag->name);
        out_string(out, flag->argument ? "=}'[" : "}'[");
        return;
    }
    out_string(out, is_repeatable(flag) ? "'*--" : "'--");
    out_string(out, flag->name);
    out_string(out, flag->argument ? "=[" : "[");
}

static void put_zsh_flag(struct out *out, const struct flag *flag)
{
    out_string(out, "        ");
    put_zsh_name(out, flag);
    put_quoted(out, brief(flag), "[]\\:", "'\\''");
    out_string(out, "]");
    if (flag->argument) {
        struct argument argument = argument_of(flag);

        out_string(out, ":");
        put_quoted(out, text_of(flag->argument), "[]\\:", "'\\''");
        out_string(out, argument.kind == KIND_FILE    ? ":_files"
                        : argument.kind == KIND_RULE  ? ":_httplint_rules"
                        : argument.kind == KIND_RULES ? ":_sequence _httplint_rules"
                        : argument.kind == KIND_WORDS ? ":("
                                                      : ": ");
        if (argument.kind == KIND_WORDS) {
            argument.put(out, flag);
            out_string(out, ")");
        }
    }
    out_string(out, "' \\\n");
}

static void put_zsh(struct out *out)
{
    out_string(out,
               "#compdef httplint\n"
               "# Completes httplint in zsh; written by: httplint --completion zsh\n"
               "_httplint_rules()\n"
               "{\n"
               "    local -a ids\n"
               "    ids=(${(f)\"$(httplint --list-rules 2>/dev/null | cut -d ' ' -f 1)\"})\n"
               "    compadd \"$@\" -a ids\n"
               "}\n"
               "\n"
               "_httplint()\n"
               "{\n"
               "    _arguments -s -S \\\n");
    for (const struct flag *flag = flags; flag->name; flag++)
        if (flag->help)
            put_zsh_flag(out, flag);
    out_string(out, "        '*:input:_files'\n"
                    "}\n"
                    "\n"
                    "# Found in $fpath, or read by a start-up file.\n"
                    "if [[ $funcstack[1] == _httplint ]]; then\n"
                    "    _httplint \"$@\"\n"
                    "else\n"
                    "    compdef _httplint httplint\n"
                    "fi\n");
}

/* ---- fish ---- */

static void put_fish_flag(struct out *out, const struct flag *flag)
{
    struct argument argument = flag->argument ? argument_of(flag) : (struct argument){ 0 };

    out_string(out, "complete -c httplint -l ");
    out_string(out, flag->name);
    if (flag->letter) {
        out_string(out, " -s ");
        out_repeat(out, flag->letter, 1);
    }
    if (flag->argument)
        out_string(out, argument.kind == KIND_FILE ? " -r -F" : " -x");
    if (argument.kind == KIND_RULE)
        out_string(out, " -a '(__httplint_rules)'");
    if (argument.kind == KIND_RULES)
        out_string(out, " -a '(__fish_append , (__httplint_rules))'");
    if (argument.kind == KIND_WORDS) {
        out_string(out, " -a '");
        argument.put(out, flag);
        out_string(out, "'");
    }
    out_string(out, " -d '");
    put_quoted(out, brief(flag), "\\", "\\'");
    out_string(out, "'\n");
}

static void put_fish(struct out *out)
{
    out_string(out, "# Completes httplint in fish; written by: httplint --completion fish\n"
                    "function __httplint_rules\n"
                    "    httplint --list-rules 2>/dev/null | string match -r '^[^ ]+'\n"
                    "end\n"
                    "\n");
    for (const struct flag *flag = flags; flag->name; flag++)
        if (flag->help)
            put_fish_flag(out, flag);
}

/* ---- the command ---- */

static const struct shell {
    const char *name;
    void (*put)(struct out *);
} shells[] = { { "bash", put_bash }, { "zsh", put_zsh }, { "fish", put_fish } };

static void put_shells(struct out *out, const struct flag *flag)
{
    (void)flag;
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        out_string(out, i > 0 ? " " : "");
        out_string(out, shells[i].name);
    }
}

int completion_write(const struct options *options, int out, struct out *err)
{
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(options->explained, shells[i].name) != 0)
            continue;
        struct out *answer = out_new(out);

        shells[i].put(answer);
        bool is_written = out_flush(answer);

        out_free(answer);
        return is_written ? STATUS_CLEAN : STATUS_INPUT;
    }
    tell(err, options->explained, "no completions for this shell, there are: bash, zsh, fish");
    return STATUS_USAGE;
}
