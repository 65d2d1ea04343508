/* docs/schema/config.json names what the loader's tables do, no more and no less. tests/schema.py tries both on
 * files. */
#include <CUnit/CUnit.h>
#include <jansson.h>
#include <stdio.h>

#include "engine/adjust.h"
#include "engine/rule_compile.h"
#include "engine/ruleset.h"
#include "engine/test.h"
#include "tests/support/loaded.h"

static json_t *schema;

static int begin(void)
{
    schema = json_load_file("docs/schema/config.json", JSON_REJECT_DUPLICATES, NULL);
    return schema == NULL;
}

static int end(void)
{
    json_decref(schema);
    return 0;
}

static struct text adjust_key_of(size_t number)
{
    return adjustment_key(ADJUST, number);
}

static struct text suppress_key_of(size_t number)
{
    return adjustment_key(SUPPRESS, number);
}

/* The properties below a definition (NULL: of the whole) are the keys. */
static void compare(const char *definition, json_t *properties, struct text (*key)(size_t number))
{
    size_t count = 0;

    CU_ASSERT_PTR_NOT_NULL_FATAL(properties);
    for (; key(count).len > 0; count++) {
        char name[64];

        snprintf(name, sizeof name, "%.*s", (int)key(count).len, key(count).at);
        ROW_TRUE(name, json_object_get(properties, name) != NULL);
    }
    ROW_TRUE(definition, json_object_size(properties) == count);
}

static json_t *definition(const char *name)
{
    return json_object_get(json_object_get(schema, "$defs"), name);
}

static void keys_of_mappings(void)
{
    compare("file", json_object_get(schema, "properties"), ruleset_key);
    compare("rule", json_object_get(definition("rule"), "properties"), rule_key);
    compare("adjustment", json_object_get(definition("adjustment"), "properties"), adjust_key_of);
    compare("suppression", json_object_get(definition("suppression"), "properties"), suppress_key_of);
}

static void keys_of_tests(void)
{
    json_t *choices = json_object_get(definition("field-test"), "anyOf");

    compare("field-test", json_object_get(json_array_get(choices, 1), "properties"), test_key);
}

/* Facts without a prefix are properties beside any, all and not; those with one are patterns, beside that of the
 * fields. */
static void subjects(void)
{
    json_t *condition = json_array_get(json_object_get(definition("condition"), "anyOf"), 1);
    json_t *properties = json_object_get(condition, "properties");
    json_t *patterns = json_object_get(condition, "patternProperties");
    size_t plain = 0, prefixed = 0;

    for (const struct fact *fact; (fact = subject_fact(plain + prefixed)) != NULL;) {
        char pattern[128];

        snprintf(pattern, sizeof pattern, "^(request|response|message)\\.%s$", fact->name);
        ROW_TRUE(fact->name, json_object_get(fact->has_prefix ? patterns : properties,
                                             fact->has_prefix ? pattern : fact->name) != NULL);
        plain += !fact->has_prefix;
        prefixed += fact->has_prefix;
    }
    CU_ASSERT_EQUAL(json_object_size(properties), plain + 3);
    CU_ASSERT_EQUAL(json_object_size(patterns), prefixed + 1);
}

void engine_schema_suite(void);
void engine_schema_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/schema", begin, end);

    CU_add_test(suite, "keys of mappings", keys_of_mappings);
    CU_add_test(suite, "keys of tests", keys_of_tests);
    CU_add_test(suite, "subjects", subjects);
}
