#include "engine/yaml.h"

#include <stdio.h>

#include "base/memory.h"
#include "tests/support/loaded.h"

/* Writes a tree as text, so that a row can say what it should be. */
static size_t write_node(const struct node *node, char *to, size_t room)
{
    static const char opens[] = { 0, '[', '{' }, closes[] = { 0, ']', '}' };
    size_t len = 0;

    if (node->key.len > 0)
        len += (size_t)snprintf(to, room, "%.*s@%u:%u=", (int)node->key.len, node->key.at, node->key_line,
                                node->key_column);
    if (node->kind == NODE_SCALAR)
        return len + (size_t)snprintf(to + len, room - len, "%.*s@%u:%u", (int)node->text.len, node->text.at,
                                      node->line, node->column);
    to[len++] = opens[node->kind];
    for (const struct node *member = node->first; member; member = member->next) {
        len += write_node(member, to + len, room - len);
        if (member->next)
            to[len++] = ' ';
    }
    to[len++] = closes[node->kind];
    to[len] = '\0';
    return len;
}

static const struct {
    const char *name, *yaml, *tree;
} trees[] = {
    { "empty", "", "{}" },
    { "only a comment", "# nothing\n", "{}" },
    { "mapping", "a: 1\nbb: two words\n", "{a@1:1=1@1:4 bb@2:1=two words@2:5}" },
    { "nested", "a:\n  - b: { c: d }\n  - e\n", "{a@1:1=[{b@2:5={c@2:10=d@2:13}} e@3:5]}" },
    { "quoted", "a: \"*.x\\n\"\nb: 'it''s'\n", "{a@1:1=*.x\n@1:4 b@2:1=it's@2:4}" },
    { "folded", "a: >-\n  one\n  two\nb: c\n", "{a@1:1=one two@1:4 b@4:1=c@4:4}" },
    { "words of other YAML are text", "on: off\nyes: ~\n", "{on@1:1=off@1:5 yes@2:1=~@2:6}" },
    { "columns are characters", "\xc3\xa4: \xe2\x82\xac x\n", "{\xc3\xa4@1:1=\xe2\x82\xac x@1:4}" },
    { "patterns of rules", "a: [bytes <digits>-*, /x/*, <hex>?]", "{a@1:1=[bytes <digits>-*@1:5 /x/*@1:23 <hex>?@1:29]}" },
};

static void yaml_trees(void)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);

    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
        struct errors errors = { 0 };
        char words[1024] = "";
        const struct node *root = yaml_read(arena, "t", text_of(trees[i].yaml), &errors);

        ROW_TRUE(trees[i].name, root && errors.count == 0);
        if (root)
            write_node(root, words, sizeof words);
        ROW_STRING(trees[i].name, words, trees[i].tree);
        errors_clear(&errors);
    }
    arena_free(arena);
    arena_pool_free(pool);
}

static const struct {
    const char *name;
    struct text yaml;
    unsigned line, column;
    const char *words;         /* a part of them */
} wrong[] = {
    { "alias", { "a: *b\n", 6 }, 1, 4, "aliases are not allowed" },
    { "a star that is no alias", { "a: *.internal\n", 14 }, 1, 4, "begins with '*' needs quotes" },
    { "star and slash", { "a:\n  - */<digits>\n", 18 }, 2, 5, "begins with '*' needs quotes" },
    { "anchor", { "a: &b c\n", 8 }, 1, 4, "anchors are not allowed" },
    { "anchor of a list", { "a: &b [c]\n", 10 }, 1, 4, "anchors are not allowed" },
    { "tag", { "a: !!str c\n", 11 }, 1, 4, "tags are not allowed" },
    { "key given twice", { "a: 1\nb: 2\na: 3\n", 15 }, 3, 1, "'a' is given twice (before in line 1)" },
    { "inner key given twice", { "a: { c: 1, c: 2 }\n", 18 }, 1, 12, "'c' is given twice (before in line 1)" },
    { "a key that is a list", { "? [a]\n: b\n", 10 }, 1, 3, "a key must be text" },
    { "a second document", { "a: 1\n---\nb: 2\n", 14 }, 2, 1, "one file is one document" },
    { "not closed", { "a: [b\n", 6 }, 2, 1, "not YAML" },
    { "tab for indentation", { "a:\n\tb: 1\n", 9 }, 2, 1, "not YAML" },
    { "NUL", { "a: b\0c\n", 7 }, 1, 5, "NUL" },
    { "not UTF-8", { "a: 1\nb: \xff\n", 10 }, 2, 4, "not UTF-8" },
    { "UTF-8 in a longer form", { "a: \xc0\xaf\n", 6 }, 1, 4, "not UTF-8" },
    { "byte order mark", { "\xEF\xBB\xBF" "a: 1\n", 8 }, 1, 1, "byte order mark" },
    { "UTF-16", { "\xFF\xFE" "a\0", 4 }, 1, 1, "byte order mark" },
    { "control character", { "a: \x01\n", 5 }, 0, 0, "control characters" },
};

static void yaml_errors(void)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct errors errors = { 0 };

        ROW_TRUE(wrong[i].name, !yaml_read(arena, "t", wrong[i].yaml, &errors));
        ROW_TRUE(wrong[i].name, errors.count == 1);
        if (errors.count > 0) {
            char place[64], wanted[64];

            snprintf(place, sizeof place, "%u:%u", errors.items[0].line, errors.items[0].column);
            snprintf(wanted, sizeof wanted, "%u:%u", wrong[i].line, wrong[i].column);
            ROW_STRING(wrong[i].name, place, wanted);
            if (!strstr(errors.items[0].words, wrong[i].words))
                ROW_STRING(wrong[i].name, errors.items[0].words, wrong[i].words);
        }
        errors_clear(&errors);
    }
    arena_free(arena);
    arena_pool_free(pool);
}

/* Repeats `piece` and says what becomes of it. */
static const char *read_many(const char *piece, size_t times, size_t *nodes)
{
    static char words[256];
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct errors errors = { 0 };
    size_t len = strlen(piece);
    char *octets = memory_new(len * times + 1);

    for (size_t i = 0; i < times; i++)
        memcpy(octets + i * len, piece, len);
    const struct node *root = yaml_read(arena, "t", (struct text){ octets, len * times }, &errors);

    *nodes = root ? root->count : 0;
    snprintf(words, sizeof words, "%s", errors.count > 0 ? errors.items[0].words : "");
    errors_clear(&errors);
    memory_free(octets);
    arena_free(arena);
    arena_pool_free(pool);
    return words;
}

static void yaml_limits(void)
{
    size_t nodes;

    ROW_STRING("as deep as may be", read_many("- ", YAML_DEPTH_MAX, &nodes), "");
    ROW_STRING("too deep", read_many("- ", YAML_DEPTH_MAX + 1, &nodes), "nested more than 32 deep");
    ROW_STRING("far too deep", read_many("[", 100000, &nodes), "nested more than 32 deep");
    ROW_STRING("mappings too deep", read_many("{a: ", 100000, &nodes), "nested more than 32 deep");
    ROW_STRING("as many as may be", read_many("- a\n", YAML_NODES_MAX - 1, &nodes), "");
    CU_ASSERT_EQUAL(nodes, YAML_NODES_MAX - 1);
    ROW_STRING("too many", read_many("- a\n", YAML_NODES_MAX + 1, &nodes), "more than 100000 values");
    ROW_STRING("too large", read_many("# comment\n", YAML_OCTETS_MAX / 10 + 1, &nodes), "larger than 1 MiB");
}

void engine_yaml_suite(void);
void engine_yaml_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/yaml", NULL, NULL);

    CU_add_test(suite, "trees", yaml_trees);
    CU_add_test(suite, "errors", yaml_errors);
    CU_add_test(suite, "limits", yaml_limits);
}
