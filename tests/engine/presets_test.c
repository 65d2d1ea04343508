/* The presets load, and what they promise is so. */
#include <stdio.h>

#include "checks/families.h"
#include "tests/support/loaded.h"

enum { RULES_MAX = 256, DOCUMENT_MAX = 1 << 18 };

static struct ruleset *load(const char *preset, char words[LOADED_WORDS_MAX])
{
    struct rules_text texts[RULES_MAX];
    char yaml[64];
    size_t count;
    const struct rules_text *builtin = ruleset_builtin(&count);

    CU_ASSERT_FATAL(count < RULES_MAX);
    memcpy(texts, builtin, count * sizeof *texts);
    snprintf(yaml, sizeof yaml, "extends: %s\n", preset);
    texts[count] = (struct rules_text){ "t.yaml", text_of(yaml), false };
    return loaded_request(&(struct ruleset_request){ .texts = texts, .ntexts = count + 1, .checks = check_families },
                          words);
}

static size_t count_on(const struct ruleset *ruleset)
{
    size_t count, on = 0;
    const struct rule *const *rules = ruleset_rules(ruleset, &count);

    for (size_t i = 0; i < count; i++)
        on += rules[i]->severity != SEVERITY_OFF;
    return on;
}

static void presets_load(void)
{
    static const char *const names[] = { "default", "document", "rfc9110", "strict" };
    size_t count;

    ruleset_presets(&count);
    CU_ASSERT_EQUAL(count, 4);
    for (size_t i = 0; i < 4; i++) {
        char words[LOADED_WORDS_MAX];
        struct ruleset *ruleset = load(names[i], words);

        ROW_STRING(names[i], words, "");
        ROW_TRUE(names[i], ruleset && count_on(ruleset) > 50);
        ruleset_free(ruleset);
    }
}

static void presets_strict(void)
{
    char words[LOADED_WORDS_MAX];
    struct ruleset *ruleset = load("strict", words);
    size_t count;
    const struct rule *const *rules = ruleset_rules(ruleset, &count);

    for (size_t i = 0; i < count; i++)
        if (text_equal(rules[i]->level, TEXT("SHOULD")))
            CU_ASSERT(rules[i]->severity >= SEVERITY_WARNING);
    CU_ASSERT(text_equal(ruleset_setting(ruleset, "fail-on")->values[0], TEXT("warning")));
    ruleset_free(ruleset);
}

/* True if the document has the words with no letter, digit or dash beside them. */
static bool has_word(const char *document, struct text word)
{
    char words[128];

    snprintf(words, sizeof words, "%.*s", (int)word.len, word.at);
    for (const char *at = document; (at = strstr(at, words)) != NULL; at += word.len)
        if (at > document && !strchr("-/", at[-1]) && strchr(" ,|]", at[word.len]))
            return true;
    return false;
}

/* The preset selects the rules that docs/status-codes.md names, and each of them is there. */
static void presets_document(void)
{
    static char document[DOCUMENT_MAX];
    char words[LOADED_WORDS_MAX];
    struct ruleset *ruleset = load("document", words);
    FILE *file = fopen("docs/status-codes.md", "rb");
    size_t count;

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    document[fread(document, 1, sizeof document - 1, file)] = '\0';
    fclose(file);
    const struct rule *const *rules = ruleset_rules(ruleset, &count);
    const struct setting *select = ruleset_setting(ruleset, "select");

    for (size_t i = 0; i < count; i++) {
        snprintf(words, sizeof words, "%.*s", (int)rules[i]->id.len, rules[i]->id.at);
        ROW_TRUE(words, has_word(document, rules[i]->id) == (rules[i]->severity != SEVERITY_OFF));
    }
    for (size_t i = 0; i < select->count; i++) {
        snprintf(words, sizeof words, "%.*s", (int)select->values[i].len, select->values[i].at);
        ROW_TRUE(words, ruleset_find(ruleset, select->values[i]) != NULL);
    }
    ruleset_free(ruleset);
}

void engine_presets_suite(void);
void engine_presets_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/presets", NULL, NULL);

    CU_add_test(suite, "load", presets_load);
    CU_add_test(suite, "strict", presets_strict);
    CU_add_test(suite, "document", presets_document);
}
