#include "service/scrape.h"

#include <CUnit/CUnit.h>
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void service_scrape_suite(void);

enum { ANSWER_MAX = 1 << 16, PATIENCE = 200, WAIT_MS = 50 };

static unsigned asked;                   /* how often the text was */

static void write_text(void *context, struct out *out)
{
    (void)context;
    asked++;
    out_string(out, "a_total 1\n");
}

static const struct scrape_source source = { NULL, write_text, "text/plain; version=0.0.4" };

static struct scrape *opened(const char *place)
{
    struct errors errors = { 0 };
    struct scrape *scrape = scrape_open(place, &source, &errors);

    if (!scrape)
        printf("\n    %s ", errors.items[0].words);
    errors_clear(&errors);
    return scrape;
}

/* A client of it; -1 if it does not get that far. */
static int client_of(const struct scrape *scrape)
{
    unsigned port = 0;
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    sscanf(scrape_url(scrape), "http://127.0.0.1:%u/metrics", &port);
    address.sin_port = htons((uint16_t)port);
    if (connect(client, (struct sockaddr *)&address, sizeof address) == 0)
        return client;
    close(client);
    return -1;
}

/* What the client is told until it is closed, NUL-terminated. */
static void hear(struct scrape *scrape, int client, char answer[ANSWER_MAX])
{
    struct pollfd polled = { .fd = client, .events = POLLIN };
    size_t len = 0;

    for (int i = 0; i < PATIENCE; i++) {
        scrape_serve(scrape);
        if (poll(&polled, 1, WAIT_MS) <= 0)
            continue;
        ssize_t got = recv(client, answer + len, ANSWER_MAX - 1 - len, MSG_DONTWAIT);

        if (got <= 0)
            break;
        len += (size_t)got;
    }
    answer[len] = '\0';
}

static void ask(struct scrape *scrape, const char *request, char answer[ANSWER_MAX])
{
    int client = client_of(scrape);

    answer[0] = '\0';
    if (client < 0)
        return;
    send(client, request, strlen(request), MSG_NOSIGNAL);
    hear(scrape, client, answer);
    close(client);
}

static size_t count(const char *text, const char *word)
{
    size_t times = 0;

    for (; (text = strstr(text, word)) != NULL; text++)
        times++;
    return times;
}

/* How a request is answered. */
static void test_requests(void)
{
    static const struct {
        const char *request, *status, *has, *lacks;
    } rows[] = {
        { "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "200", "a_total 1\n", "Allow" },
        { "GET /metrics?a=b HTTP/1.0\r\n\r\n", "200", "Content-Type: text/plain; version=0.0.4", "Allow" },
        { "HEAD /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "200", "Content-Length: 10\r\n", "a_total" },
        { "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "404", "/metrics", "a_total" },
        { "GET /metrics/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "404", "/metrics", "a_total" },
        { "GET /%6detrics/.. HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "404", "/metrics", "a_total" },
        { "POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na=b", "405", "Allow: GET, HEAD\r\n", "a_total" },
        { "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", "405", "Allow: GET, HEAD\r\n", "a_total" },
        { "GET /metrics HTTP/1.1\r\n\r\n", "400", "Host", "a_total" },
        { "GET /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc", "200", "a_total 1\n", "Allow" },
    };
    static char answer[ANSWER_MAX];
    struct scrape *scrape = opened("0");

    CU_ASSERT_PTR_NOT_NULL_FATAL(scrape);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ask(scrape, rows[i].request, answer);
        bool is_good = strncmp(answer, "HTTP/1.1 ", 9) == 0 && strncmp(answer + 9, rows[i].status, 3) == 0 &&
                       strstr(answer, rows[i].has) && !strstr(answer, rows[i].lacks) && count(answer, "HTTP/1.") == 1;

        if (!is_good)
            printf("\n    %s    is answered %s", rows[i].request, answer);
        CU_ASSERT_TRUE(is_good);
    }
    scrape_close(scrape);
}

/* Two requests on one connection, and the text that is fresh enough for both. */
static void test_connection(void)
{
    static char answer[ANSWER_MAX];
    struct scrape *scrape = opened("127.0.0.1:0");

    CU_ASSERT_PTR_NOT_NULL_FATAL(scrape);
    asked = 0;
    ask(scrape, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\nGET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", answer);
    CU_ASSERT_EQUAL(count(answer, "HTTP/1.1 200"), 2);
    CU_ASSERT_EQUAL(count(answer, "a_total 1\n"), 2);
    CU_ASSERT_TRUE(asked >= 1 && asked <= 2);
    scrape_close(scrape);
}

/* Clients that send nothing, half a request or garbage hold up nobody, and no more of them are heard than there may
 * be. */
static void test_crowd(void)
{
    static char answer[ANSWER_MAX];
    static const char *const said[] = { "", "GET /metr", "\x16\x03\x01 garbage\r\n\r\n" };
    struct scrape *scrape = opened("0");
    int crowd[30];

    CU_ASSERT_PTR_NOT_NULL_FATAL(scrape);
    for (size_t i = 0; i < 30; i++) {
        crowd[i] = client_of(scrape);
        send(crowd[i], said[i % 3], strlen(said[i % 3]), MSG_NOSIGNAL);
        scrape_serve(scrape);
    }
    int late = client_of(scrape);

    hear(scrape, late, answer);
    CU_ASSERT_STRING_EQUAL(answer, "");              /* it was closed: too many of one address */
    close(late);
    for (size_t i = 0; i < 30; i++)
        close(crowd[i]);
    for (int i = 0; i < PATIENCE && answer[0] == '\0'; i++)
        ask(scrape, "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", answer);
    CU_ASSERT_PTR_NOT_NULL(strstr(answer, "a_total 1\n"));
    scrape_close(scrape);
}

static void test_places(void)
{
    static const struct {
        const char *place;
        bool is_good;
    } rows[] = {
        { "9464", true },       { "0", true },           { "127.0.0.1:9464", true }, { "0.0.0.0:1", true },
        { "[::1]:9464", true }, { "[::]:65535", true },  { "", false },              { ":9464", false },
        { "a:9464", false },    { "localhost:1", false }, { "127.0.0.1", false },    { "127.0.0.1:", false },
        { "::1:9464", false },  { "[::1]", false },      { "[127.0.0.1]:1", false }, { "1.2.3:4", false },
        { "65536", false },     { "-1", false },         { "[::1:9464", false },     { "9464 ", false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct errors errors = { 0 };
        bool is_good = scrape_check("metrics", rows[i].place, &errors);

        if (is_good != rows[i].is_good)
            printf("\n    '%s' ", rows[i].place);
        CU_ASSERT_EQUAL(is_good, rows[i].is_good);
        CU_ASSERT_EQUAL(errors.count, rows[i].is_good ? 0 : 1);
        errors_clear(&errors);
    }
}

/* A port that somebody has, an address that is none of ours. */
static void test_refusals(void)
{
    struct scrape *scrape = opened("0");
    struct errors errors = { 0 };
    char place[64];

    CU_ASSERT_PTR_NOT_NULL_FATAL(scrape);
    snprintf(place, sizeof place, "%.*s", (int)strcspn(scrape_url(scrape) + 7, "/"), scrape_url(scrape) + 7);
    CU_ASSERT_PTR_NULL(scrape_open(place, &source, &errors));
    CU_ASSERT_PTR_NULL(scrape_open("192.0.2.1:0", &source, &errors));
    CU_ASSERT_EQUAL_FATAL(errors.count, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(errors.items[0].words, strerror(EADDRINUSE)));
    CU_ASSERT_PTR_NOT_NULL(strstr(errors.items[1].words, strerror(EADDRNOTAVAIL)));
    errors_clear(&errors);
    scrape_close(scrape);
}

void service_scrape_suite(void)
{
    CU_pSuite suite = CU_add_suite("service/scrape", NULL, NULL);

    CU_add_test(suite, "requests and their answers", test_requests);
    CU_add_test(suite, "a connection that stays", test_connection);
    CU_add_test(suite, "a crowd", test_crowd);
    CU_add_test(suite, "places", test_places);
    CU_add_test(suite, "what cannot be had", test_refusals);
}
