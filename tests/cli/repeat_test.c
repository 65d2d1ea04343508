#include "cli/repeat.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

void cli_repeat_suite(void);

static char heard[1024];

static void hear(void *context, const char *words)
{
    (void)context;
    strncat(heard, words, sizeof heard - strlen(heard) - 2);
    strcat(heard, "\n");
}

static struct httplint_text text(const char *string)
{
    return (struct httplint_text){ string, strlen(string) };
}

static bool admit(struct repeats *repeats, const char *id, const char *server, const char *url)
{
    struct httplint_rule rule = { .id = text(id) };
    struct httplint_exchange exchange = { .server = text(server), .method = text("GET"), .url = text(url) };
    struct httplint_finding finding = { .rule = &rule, .severity = HTTPLINT_ERROR, .status = 200 };

    return repeats_admit(repeats, &exchange, &finding);
}

static void test_first(void)
{
    struct repeats *repeats = repeats_new(REPEAT_FIRST, 100, hear, NULL);

    heard[0] = '\0';
    CU_ASSERT_TRUE(admit(repeats, "a", "1:80", "http://h/x/1"));
    CU_ASSERT_FALSE(admit(repeats, "a", "1:80", "http://h/x/1"));
    CU_ASSERT_FALSE(admit(repeats, "a", "1:80", "http://h/x/2345?q"));
    CU_ASSERT_TRUE(admit(repeats, "b", "1:80", "http://h/x/1"));
    CU_ASSERT_TRUE(admit(repeats, "a", "2:80", "http://h/x/1"));
    CU_ASSERT_TRUE(admit(repeats, "a", "1:80", "http://h/y"));
    CU_ASSERT_STRING_EQUAL(heard, "");
    repeats_tell(repeats);
    CU_ASSERT_STRING_EQUAL(heard, "2 more: error a, GET h/x/<digits> -> 200\n");
    repeats_tell(repeats);
    CU_ASSERT_STRING_EQUAL(heard, "2 more: error a, GET h/x/<digits> -> 200\n");
    CU_ASSERT_FALSE(admit(repeats, "a", "1:80", "http://h/x/3"));
    repeats_free(repeats);
}

static void test_interval(void)
{
    struct repeats *repeats = repeats_new(REPEAT_INTERVAL, 100, hear, NULL);

    CU_ASSERT_TRUE(admit(repeats, "a", "1:80", "http://h/"));
    CU_ASSERT_FALSE(admit(repeats, "a", "1:80", "http://h/"));
    repeats_tell(repeats);
    CU_ASSERT_TRUE(admit(repeats, "a", "1:80", "http://h/"));
    CU_ASSERT_FALSE(admit(repeats, "a", "1:80", "http://h/"));
    repeats_free(repeats);
}

static void test_all(void)
{
    struct repeats *repeats = repeats_new(REPEAT_ALL, 100, hear, NULL);

    heard[0] = '\0';
    CU_ASSERT_TRUE(admit(repeats, "a", "1:80", "http://h/"));
    CU_ASSERT_TRUE(admit(repeats, "a", "1:80", "http://h/"));
    repeats_tell(repeats);
    CU_ASSERT_STRING_EQUAL(heard, "");
    repeats_free(repeats);
}

/* The longest unseen goes first, its count is told, and it is told again when it comes back. */
static void test_bounds(void)
{
    struct repeats *repeats = repeats_new(REPEAT_FIRST, 2, hear, NULL);
    char path[64];

    heard[0] = '\0';
    CU_ASSERT_TRUE(admit(repeats, "a", "1:80", "http://h/a"));
    CU_ASSERT_TRUE(admit(repeats, "b", "1:80", "http://h/b"));
    CU_ASSERT_FALSE(admit(repeats, "a", "1:80", "http://h/a"));
    CU_ASSERT_TRUE(admit(repeats, "c", "1:80", "http://h/c"));
    CU_ASSERT_FALSE(admit(repeats, "a", "1:80", "http://h/a"));
    CU_ASSERT_TRUE(admit(repeats, "b", "1:80", "http://h/b"));
    CU_ASSERT_STRING_EQUAL(heard, "");
    CU_ASSERT_TRUE(admit(repeats, "d", "1:80", "http://h/d"));
    CU_ASSERT_STRING_EQUAL(heard, "2 more: error a, GET h/a -> 200\n");
    for (char c = 'a'; c <= 'z'; c++)
        for (char d = 'a'; d <= 'z'; d++) {
            snprintf(path, sizeof path, "http://h/%c%c", c, d);
            CU_ASSERT_TRUE(admit(repeats, "e", "1:80", path));
        }
    repeats_free(repeats);
    repeats = repeats_new(REPEAT_FIRST, 1, hear, NULL);
    CU_ASSERT_TRUE(admit(repeats, "a", "1:80", "http://h/a"));
    CU_ASSERT_FALSE(admit(repeats, "a", "1:80", "http://h/a"));
    CU_ASSERT_TRUE(admit(repeats, "b", "1:80", "http://h/a"));
    CU_ASSERT_TRUE(admit(repeats, "a", "1:80", "http://h/a"));
    repeats_free(repeats);
    repeats_free(NULL);
}

/* Whatever the wire has put there is no danger to a terminal, and bounded. */
static void test_hostile(void)
{
    struct repeats *repeats = repeats_new(REPEAT_FIRST, 2, hear, NULL);
    static char url[5000] = "http://h/\033[31m";

    memset(url + 14, 'y', sizeof url - 15);
    heard[0] = '\0';
    admit(repeats, "a", "", url);
    admit(repeats, "a", "", url);
    repeats_tell(repeats);
    CU_ASSERT_PTR_NULL(strchr(heard, '\033'));
    CU_ASSERT_TRUE(strlen(heard) < 300);
    CU_ASSERT_TRUE(admit(repeats, "a", "3:80", ""));
    CU_ASSERT_FALSE(admit(repeats, "a", "3:80", ""));
    repeats_free(repeats);
}

void cli_repeat_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/repeat", NULL, NULL);

    CU_add_test(suite, "first", test_first);
    CU_add_test(suite, "interval", test_interval);
    CU_add_test(suite, "all", test_all);
    CU_add_test(suite, "bounds", test_bounds);
    CU_add_test(suite, "hostile octets", test_hostile);
}
