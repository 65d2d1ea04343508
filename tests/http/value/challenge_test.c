#include "http/value/challenge.h"

#include <stdio.h>

#include "tests/support/made.h"
#include "tests/support/values.h"

static bool read_credentials(struct text value, struct text *culprit)
{
    struct challenge part;

    return challenge_read_credentials(value, &part, culprit);
}

static bool read_parameter(struct text value, struct text *culprit)
{
    struct parameter part;

    return challenge_read_parameter(value, &part, culprit);
}

static bool read(struct text value, struct text *culprit)
{
    return challenge_check(list_of(value), culprit);
}

static const struct values_row rows[] = {
    { "Basic realm=\"simple\", Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\"",
      VALUES_GOOD },
    { "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"",
      VALUES_GOOD },
    { "Basic realm=\"foo\"", VALUES_GOOD },
    { "Negotiate", VALUES_GOOD },
    { "Negotiate, NTLM", VALUES_GOOD },
    { "Negotiate YIIabc==", VALUES_GOOD },
    { "Basic , realm=\"a\"", VALUES_GOOD },
    { ", Basic realm=a ,,charset=\"UTF-8\"", VALUES_GOOD },
    { "Basic realm = \"a\"", VALUES_GOOD },
    { "Basic  realm=\"a\"", VALUES_GOOD },
    { "Digest realm=\"a\",	nonce=b", VALUES_GOOD },
    { "", VALUES_GOOD },
    { "Bearer a", VALUES_GOOD },
    { "Negotiate abc=, Basic realm=x", VALUES_GOOD },
    { "Digest realm=\"a\",\r\n nonce=\"b\"", VALUES_GOOD },
    { "Basic realm=\"a, b=c, Digest d\"", VALUES_GOOD },
    { "A a=b, C, D e=f", VALUES_GOOD },
    { "realm=\"x\"", 0 },
    { "Basic realm=a b", 14 },
    { "Basic realm=\"a\" charset=\"b\"", 16 },
    { "Basic realm=\"a", 12 },
    { "Basic realm=", VALUES_GOOD },
    { "Basic/a", 5 },
    { "Basic a b", 8 },
    { "\"Basic\"", 0 },
    { "Negotiate abc==, realm=\"x\"", 17 },
    { "Basic realm=\"a\", charset", VALUES_GOOD },
    { "Basic a=b, c=\"d", 13 },
    { "Basic a=b, c=", 13 },
    { "Basic a=b, c=d/e", 14 },
    { "Basic realm:x", 11 },
    { "Basic\trealm=a", 5 },
    { "Basic a=b=c", 9 },
};
static const struct values_row credentials[] = {
    { "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", VALUES_GOOD },
    { "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", nc=00000001, qop=auth",
      VALUES_GOOD },
    { "Bearer mF_9.B5f-4.1JqM", VALUES_GOOD },
    { "Negotiate", VALUES_GOOD },
    { "", 0 },
    { "Basic abc def", 10 },
    { "Digest a=b, Basic realm=\"c\"", 12 },
    { "AWS4 Credential=a/b, Signature=c", 17 },
    { "=a", 0 },
    { "Basic abc==, b=c", 13 },
};
static const struct values_row parameters[] = {
    { "nextnonce=\"abc\"", VALUES_GOOD },
    { "a = b", VALUES_GOOD },
    { "a", 1 },
    { "a=", 2 },
    { "a=b c", 4 },
    { "=b", 0 },
};

/* Each as "scheme[:token68][;name=value]...|" */
static const struct {
    const char *value, *wanted;
} challenges[] = {
    { "Basic realm=\"simple\", Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\"",
      "Basic;realm=simple|Newauth;realm=apps;type=1;title=Login to \\\"apps\\\"|" },
    { "Negotiate, NTLM", "Negotiate|NTLM|" },
    { "Negotiate YII==, Basic realm=x", "Negotiate:YII==|Basic;realm=x|" },
    { "Basic, realm=x,, charset=y ,Bearer", "Basic;realm=x;charset=y|Bearer|" },
    { "A a=\"x, B b=c\", C d=e", "A;a=x, B b=c|C;d=e|" },
    { "Basic realm = x", "Basic;realm=x|" },
    { "a=b, Basic c=d, e f=g", "Basic;c=d|e;f=g|" },
    { "Basic a=b c, d=e, X", "Basic;d=e|X|" },
    { "", "" },
};

static void put(char line[256], const char *before, struct text text)
{
    size_t len = strlen(line);

    snprintf(line + len, 256 - len, "%s%.*s", before, (int)text.len, text.len > 0 ? text.at : "");
}

static void challenge_lists(void)
{
    for (size_t i = 0; i < VALUES_COUNT(challenges); i++) {
        struct challenge_reader reader = challenge_over(list_of(text_of(challenges[i].value)));
        struct challenge challenge;
        struct parameter parameter;
        char line[256] = "";

        while (challenge_next(&reader, &challenge)) {
            put(line, "", challenge.scheme);
            if (challenge.token68.len > 0)
                put(line, ":", challenge.token68);
            while (challenge_parameter(&challenge, &parameter)) {
                put(line, ";", parameter.name);
                put(line, "=", parameter.value);
            }
            put(line, "|", TEXT(""));
        }
        ROW_STRING(challenges[i].value, line, challenges[i].wanted);
    }
}

static void challenge_searches(void)
{
    struct challenge_reader reader = challenge_over(list_of(TEXT("A a=1, b=2, A=3, B a=4")));
    struct challenge challenge;
    struct parameter parameter;
    struct text culprit;

    CU_ASSERT_FATAL(challenge_next(&reader, &challenge));
    CU_ASSERT(challenge_find(&challenge, TEXT("B"), &parameter));
    CU_ASSERT(parameter_is(&parameter, TEXT("2")));
    CU_ASSERT(challenge_find(&challenge, TEXT("a"), &parameter));
    CU_ASSERT(parameter_is(&parameter, TEXT("1")));
    CU_ASSERT_FALSE(challenge_find(&challenge, TEXT("c"), &parameter));
    CU_ASSERT(challenge_repeats(&challenge, &culprit));
    CU_ASSERT(text_equal(culprit, TEXT("A=3")));
    CU_ASSERT_FATAL(challenge_next(&reader, &challenge));
    CU_ASSERT_FALSE(challenge_repeats(&challenge, &culprit));
    CU_ASSERT_FALSE(challenge_next(&reader, &challenge));
}

static void challenge_lines(void)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct names *names = names_new();
    const struct message *message =
        made_message(arena, names,
                     "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\n"
                     "Date: x\r\nWWW-Authenticate: realm=a, Digest nonce=b\r\n\r\n");
    struct challenge_reader reader = challenge_over(list_over(message, FIELD_WWW_AUTHENTICATE));
    struct challenge challenge;
    struct parameter parameter;

    CU_ASSERT_FATAL(challenge_next(&reader, &challenge));
    CU_ASSERT(challenge_find(&challenge, TEXT("realm"), &parameter));
    CU_ASSERT_FATAL(challenge_next(&reader, &challenge));
    CU_ASSERT(text_equal(challenge.scheme, TEXT("Digest")));
    CU_ASSERT_FALSE(challenge_next(&reader, &challenge));
    CU_ASSERT_FALSE(reader.is_faulty);
    arena_free(arena);
    arena_pool_free(pool);
    names_free(names);
}

static void challenge_grammar(void)
{
    values_check(rows, VALUES_COUNT(rows), read);
}

static void challenge_credentials(void)
{
    values_check(credentials, VALUES_COUNT(credentials), read_credentials);
}

static void challenge_parameters(void)
{
    values_check(parameters, VALUES_COUNT(parameters), read_parameter);
}

static void challenge_laws(void)
{
    values_keep_laws("challenge", rows, VALUES_COUNT(rows));
}

void http_value_challenge_suite(void);
void http_value_challenge_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/value/challenge", NULL, NULL);

    CU_add_test(suite, "grammar", challenge_grammar);
    CU_add_test(suite, "credentials", challenge_credentials);
    CU_add_test(suite, "parameters", challenge_parameters);
    CU_add_test(suite, "lists", challenge_lists);
    CU_add_test(suite, "searches", challenge_searches);
    CU_add_test(suite, "lines", challenge_lines);
    CU_add_test(suite, "laws", challenge_laws);
}
