/* Every example of docs/language.md is a file of rules that can be loaded beside the built-in ones. */
#include <stdio.h>

#include "checks/families.h"
#include "tests/support/loaded.h"

enum { DOCUMENT_MAX = 1 << 18, RULES_MAX = 256 };

static void load_block(struct text block, unsigned line)
{
    struct rules_text texts[RULES_MAX];
    size_t count;
    const struct rules_text *builtin = ruleset_builtin(&count);
    char words[LOADED_WORDS_MAX], name[64];

    CU_ASSERT_FATAL(count < RULES_MAX);
    memcpy(texts, builtin, count * sizeof *texts);
    snprintf(name, sizeof name, "docs/language.md, the block in line %u", line);
    texts[count] = (struct rules_text){ name, block, false };

    struct ruleset *ruleset = loaded_request(
        &(struct ruleset_request){ .texts = texts, .ntexts = count + 1, .checks = check_families }, words);

    ROW_STRING(name, words, "");
    ROW_TRUE(name, ruleset != NULL);
    ruleset_free(ruleset);
}

static void language_blocks(void)
{
    static char document[DOCUMENT_MAX];
    FILE *file = fopen("docs/language.md", "rb");
    unsigned line = 1, blocks = 0;
    const char *start = NULL;

    CU_ASSERT_FATAL(file != NULL);
    struct text rest = { document, fread(document, 1, sizeof document, file) };

    fclose(file);
    CU_ASSERT_FATAL(rest.len > 0 && rest.len < sizeof document);
    for (; rest.len > 0; line++) {
        struct text words = text_until(rest, '\n', &rest);

        if (text_equal(words, TEXT("```yaml"))) {
            start = rest.at;
        } else if (start && text_equal(words, TEXT("```"))) {
            load_block((struct text){ start, (size_t)(words.at - start) }, line);
            start = NULL;
            blocks++;
        }
    }
    CU_ASSERT(blocks >= 8);
}

void engine_language_suite(void);
void engine_language_suite(void)
{
    CU_add_test(CU_add_suite("engine/language", NULL, NULL), "blocks", language_blocks);
}
