#include "lint/put.h"

#include <CUnit/CUnit.h>
#include <string.h>

#include "tests/support/loaded.h"

void lint_put_suite(void);

/* What the client (-) and the server (+) send, a segment each. */
static const struct {
    const char *name, *segments[6];
    bool is_seen;
} rows[] = {
    { "nothing", { NULL }, false },
    { "a PUT", { "-PUT /a HTTP/1.1" }, true },
    { "another method", { "-GET /PUT HTTP/1.1" }, false },
    { "its beginning is not enough", { "-PUT" }, false },
    { "in pieces", { "-P", "-U", "-T", "- ", "-/" }, true },
    { "in pieces, with the other side between", { "-PU", "+HTTP/1.1 200", "-T /" }, true },
    { "of two sides", { "-PU", "+T " }, false },
    { "begun, and broken off", { "-PU", "-RGE /", "-T /" }, false },
    { "broken off by the real one", { "-PU", "-PUT /" }, true },
    { "after octets of another message", { "-GET / HTTP/1.1\r\n\r\n", "-PUT / HTTP/1.1" }, true },
    { "behind another message in its segment", { "-GET / HTTP/1.1\r\n\r\nPUT / HTTP/1.1" }, false },
    { "empty segments do not matter", { "-PU", "-", "-T " }, true },
};

static void put_seen(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct connection connection = { 0 };
        struct put put = { 0 };

        for (const char *const *segment = rows[i].segments; *segment; segment++)
            put_watch(&put, &connection, **segment == '+',
                      &(struct piece){ .octets = (const uint8_t *)*segment + 1, .len = strlen(*segment) - 1 });
        ROW_TRUE(rows[i].name, put.is_seen == rows[i].is_seen);
    }
}

void lint_put_suite(void)
{
    CU_add_test(CU_add_suite("lint/put", NULL, NULL), "seen", put_seen);
}
