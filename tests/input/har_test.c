#include <stdio.h>

#include "base/memory.h"
#include "input/har.h"
#include "tests/support/capture_seen.h"
#include "tests/support/capture_writer.h"

#define AT "\"startedDateTime\":\"2026-01-01T00:00:00Z\""
#define GET "\"request\":{\"method\":\"GET\",\"url\":\"http://a/\",\"httpVersion\":\"HTTP/1.1\"," \
      "\"headers\":[{\"name\":\"Host\",\"value\":\"a\"}]}"
#define OK "\"response\":{\"status\":200,\"statusText\":\"OK\",\"httpVersion\":\"HTTP/1.1\"," \
      "\"headers\":[{\"name\":\"A\",\"value\":\"b\"}],\"headersSize\":30}"

/* One entry, and what becomes of it. `creator` "" is nobody that is known. */
static const struct {
    const char *name, *creator, *entry, *log;
} entries[] = {
    { "as it should be", "", "{" AT "," GET "," OK "}",
      "1 GET http://a/ 200 OK\n  11 all ?0'' +0-0\n    Host: a|\n  11 all ?0'' +0-0\n    A: b|\n" },
    { "times", "",
      "{\"startedDateTime\":\"2026-01-01T01:00:00.5+01:00\",\"timings\":{\"blocked\":1,\"dns\":-1,\"connect\":2,"
      "\"send\":0.5,"
      "\"wait\":10,\"receive\":1}," GET "," OK "}",
      "1 GET http://a/ 200 OK\n  11 all ?0'' +503000-503500\n    Host: a|\n  11 all ?0'' +513500-514500\n    A: b|\n" },
    { "a request without its host is what was to be sent", "",
      "{" AT ",\"request\":{\"method\":\"GET\",\"url\":\"http://a/\",\"headers\":[]}," OK "}",
      "1 GET http://a/ 200 OK\n  0 ?0'' +0-0\n  11 all ?0'' +0-0\n    A: b|\n" },
    { "a head without its size", "", "{" AT "," GET ",\"response\":{\"status\":200,\"headers\":[{\"name\":\"A\","
      "\"value\":\"b\"}]}}",
      "1 GET http://a/ 200 \n  11 all ?0'' +0-0\n    Host: a|\n  0 ?0'' +0-0\n    A: b|\n" },
    { "a head without its size, by Chromium", "WebInspector",
      "{" AT "," GET ",\"response\":{\"status\":200,\"headers\":[{\"name\":\"A\",\"value\":\"b\"}]}}",
      "1 GET http://a/ 200 \n  11 all ?0'' +0-0\n    Host: a|\n  0 all ?0'' +0-0\n    A: b|\n" },
    { "a head without fields", "WebInspector", "{" AT "," GET ",\"response\":{\"status\":200,\"headers\":[]}}",
      "1 GET http://a/ 200 \n  11 all ?0'' +0-0\n    Host: a|\n  0 ?0'' +0-0\n" },
    { "HTTP/2", "",
      "{" AT ",\"request\":{\"method\":\"GET\",\"url\":\"https://a/b?c#d\",\"httpVersion\":\"h2\",\"headers\":["
      "{\"name\":\":authority\",\"value\":\"a\"},{\"name\":\"x\",\"value\":\"y\\nz\"}]},"
      "\"response\":{\"status\":404,\"httpVersion\":\"http/2.0\",\"headersSize\":9,"
      "\"headers\":[{\"name\":\":status\",\"value\":\"404\"},{\"name\":\"b\",\"value\":\"\"}]}}",
      "1 GET https://a/b?c 404 \n  20 all ?0'' +0-0\n    x: y|\n    x: z|\n  20 all ?0'' +0-0\n    b: |\n" },
    { "a text", "", "{" AT "," GET ",\"response\":{\"status\":200,\"content\":{\"size\":2,\"text\":\"hi\"}}}",
      "1 GET http://a/ 200 \n  11 all ?0'' +0-0\n    Host: a|\n  0 +2'hi' +0-0\n" },
    { "a text of another size", "", "{" AT "," GET ",\"response\":{\"status\":200,\"content\":{\"size\":9,"
      "\"text\":\"hi\"}}}",
      "1 GET http://a/ 200 \n  11 all ?0'' +0-0\n    Host: a|\n  0 +2'' +0-0\n" },
    { "a text that was decoded", "", "{" AT "," GET ",\"response\":{\"status\":200,"
      "\"content\":{\"text\":\"h\\u00e4\"}}}",
      "1 GET http://a/ 200 \n  11 all ?0'' +0-0\n    Host: a|\n  0 +3'' +0-0\n" },
    { "base64", "", "{" AT "," GET ",\"response\":{\"status\":200,\"content\":{\"size\":2,\"text\":\"w6Q=\","
      "\"encoding\":\"base64\"}}}",
      "1 GET http://a/ 200 \n  11 all ?0'' +0-0\n    Host: a|\n  0 +2'\xc3\xa4' +0-0\n" },
    { "no base64", "", "{" AT "," GET ",\"response\":{\"status\":200,\"content\":{\"text\":\"?\","
      "\"encoding\":\"base64\"}}}",
      "1 GET http://a/ 200 \n  11 all ?0'' +0-0\n    Host: a|\n  0 ?0'' +0-0\n" },
    { "a size alone", "", "{" AT "," GET ",\"response\":{\"status\":200,\"content\":{\"size\":70}}}",
      "1 GET http://a/ 200 \n  11 all ?0'' +0-0\n    Host: a|\n  0 +70'' +0-0\n" },
    { "what was posted", "",
      "{" AT ",\"request\":{\"method\":\"POST\",\"url\":\"http://a/\",\"headers\":[],\"bodySize\":3,"
      "\"postData\":{\"text\":\"a=1\"}},\"response\":{\"status\":200}}",
      "1 POST http://a/ 200 \n  0 +3'a=1' +0-0\n  0 ?0'' +0-0\n" },
    { "a WebSocket", "",
      "{" AT ",\"request\":{\"method\":\"GET\",\"url\":\"wss://a/\",\"headersSize\":9},\"response\":{\"status\":101}}",
      "1 GET https://a/ 101 \n  0 all ?0'' +0-0\n  0 ?0'' +0-0\n" },
    { "CONNECT", "",
      "{" AT ",\"request\":{\"method\":\"CONNECT\",\"url\":\"https://a:443/\",\"headersSize\":9},"
      "\"response\":{\"status\":200}}",
      "1 CONNECT a:443 200 \n  0 all ?0'' +0-0\n  0 ?0'' +0-0\n" },
    { "no answer", "", "{" AT "," GET ",\"response\":{\"status\":0}}",
      "1 GET http://a/ 0 \n  11 all ?0'' +0-0\n    Host: a|\n" },
    { "an interim answer is not the answer", "", "{" AT "," GET ",\"response\":{\"status\":103}}",
      "1 GET http://a/ 0 \n  11 all ?0'' +0-0\n    Host: a|\n" },
    { "never sent", "", "{" AT ",\"request\":{\"method\":\"GET\",\"url\":\"http://a/\"},"
      "\"response\":{\"status\":0}}", NULL },
    { "out of a cache", "", "{" AT ",\"_fromCache\":\"disk\"," GET "," OK "}", NULL },
    { "nothing transferred", "", "{" AT "," GET ",\"response\":{\"status\":200,\"_transferSize\":0}}", NULL },
    { "out of Firefox's cache", "Firefox", "{" AT ",\"cache\":{\"afterRequest\":null}," GET "," OK "}", NULL },
    { "out of Safari's cache", "", "{" AT ",\"_fetchType\":\"Memory Cache\"," GET "," OK "}", NULL },
    { "not out of Safari's cache", "", "{" AT ",\"_fetchType\":\"Network Load\"," GET "," OK "}",
      "1 GET http://a/ 200 OK\n  11 all ?0'' +0-0\n    Host: a|\n  11 all ?0'' +0-0\n    A: b|\n" },
    { "made up by a worker", "", "{" AT "," GET ",\"response\":{\"status\":200,"
      "\"_fetchedViaServiceWorker\":true}}", NULL },
    { "a redirection that no server sent", "WebInspector", "{" AT "," GET ",\"response\":{\"status\":307,\"headers\":["
      "{\"name\":\"Location\",\"value\":\"https://a/\"},{\"name\":\"Non-Authoritative-Reason\","
      "\"value\":\"HSTS\"}]}}", NULL },
    { "not made up by a worker", "", "{" AT "," GET ",\"response\":{\"status\":200,"
      "\"_fetchedViaServiceWorker\":false}}",
      "1 GET http://a/ 200 \n  11 all ?0'' +0-0\n    Host: a|\n  0 ?0'' +0-0\n" },
    { "data:", "", "{\"request\":{\"url\":\"data:,x\"},\"response\":{}}", NULL },
    { "a 304 of a browser", "Firefox",
      "{" AT "," GET ",\"response\":{\"status\":304,\"headersSize\":9,\"headers\":[{\"name\":\"ETag\","
      "\"value\":\"x\"}]}}",
      "1 GET http://a/ 304 \n  11 all ?0'' +0-0\n    Host: a|\n  0 ?0'' +0-0\n" },
    { "a 304 of a proxy", "mitmproxy",
      "{" AT "," GET ",\"response\":{\"status\":304,\"headersSize\":9,\"headers\":[{\"name\":\"ETag\","
      "\"value\":\"x\"}]}}",
      "1 GET http://a/ 304 \n  11 all ?0'' +0-0\n    Host: a|\n  0 all ?0'' +0-0\n    ETag: x|\n" },
    { "a 200 that was a 304", "Playwright",
      "{" AT ",\"request\":{\"method\":\"GET\",\"url\":\"http://a/\",\"headers\":[{\"name\":\"Host\","
      "\"value\":\"a\"},{\"name\":\"if-none-match\",\"value\":\"x\"}]}," OK "}",
      "1 GET http://a/ 0 OK\n  0 all ?0'' +0-0\n    Host: a|\n    if-none-match: x|\n" },
    { "secrets", "",
      "{" AT ",\"request\":{\"method\":\"GET\",\"url\":\"http://a/\",\"headersSize\":9,\"headers\":["
      "{\"name\":\"Cookie\",\"value\":\"\"},{\"name\":\"authorization\","
      "\"value\":\"[removed]\"},{\"name\":\"Cookie\",\"value\":\"a=REDACTED\"},"
      "{\"name\":\"Authorization\",\"value\":\"Basic YTpi\"}]},\"response\":{\"status\":200,"
      "\"headers\":[{\"name\":\"Set-Cookie\",\"value\":\"a=1, b=2\"}]}}",
      "1 GET http://a/ 200 \n  0 all ?0'' +0-0\n    Authorization: Basic YTpi|\n  0 ?0'' +0-0\n" },
    { "no numbers that mean anything", "",
      "{" AT ",\"timings\":{\"wait\":1e308,\"send\":-1e300}," GET ",\"response\":{\"status\":200,"
      "\"content\":{\"size\":1e300}}}",
      "1 GET http://a/ 200 \n  11 all ?0'' +0-0\n    Host: a|\n  0 ?0'' +0-0\n" },
};

static void har_around(struct capture *har, const char *creator, const char *inside)
{
    char begin[128];
    int len = snprintf(begin, sizeof begin, "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"%s\"},"
      "\"entries\":[\n", creator);

    capture_octets(har, begin, (size_t)len);
    capture_octets(har, inside, strlen(inside));
    capture_octets(har, "\n]}}\n", 5);
}

static void har_entries(void)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        struct capture har = { 0 };
        struct capture_seen seen;

        har_around(&har, entries[i].creator, entries[i].entry);
        capture_read(capture_text(&har), NULL, &seen);
        CAPTURE_ROW(entries[i].name, seen.result == INPUT_READ && seen.is_sane);
        CAPTURE_ROW(entries[i].name, (seen.log == NULL) == (seen.nplaced == 0));
        CAPTURE_ROW(entries[i].name, strcmp(capture_words(&seen), "") == 0);
        CAPTURE_ROW(entries[i].name, (seen.log == NULL) == (entries[i].log == NULL));
        CAPTURE_ROW(entries[i].name, (seen.log == NULL) == (seen.nremarks == 1));
        if (seen.log && entries[i].log && strcmp(seen.log, entries[i].log) != 0) {
            fprintf(stderr, "%s:\n%s", entries[i].name, seen.log);
            CU_FAIL("the entry is read otherwise");
        }
        capture_forget(&seen);
        capture_clear(&har);
    }
}

/* What is wrong with one entry: the second of three, which begins in line 3. */
static const struct {
    const char *entry, *words;
} mistakes[] = {
    { "7", "entry 2 is left out: log.entries[1]: is no object" },
    { "{}", "entry 2 is left out: log.entries[1].request: an object is missing" },
    { "{\"request\":[]}", "entry 2 is left out: log.entries[1].request: is no object" },
    { "{" GET "}", "entry 2 is left out: log.entries[1].response: an object is missing" },
    { "{" GET "," OK "}", "entry 2 is left out: log.entries[1].startedDateTime: a text is missing" },
    { "{\"startedDateTime\":\"yesterday\"," GET "," OK "}",
      "entry 2 is left out: log.entries[1].startedDateTime: is no time of ISO 8601" },
    { "{" AT ",\"request\":{\"url\":\"http://a/\"}," OK "}",
      "entry 2 is left out: log.entries[1].request.method: a text is missing" },
    { "{" AT ",\"request\":{\"url\":9}," OK "}", "entry 2 is left out: log.entries[1].request.url: is no text" },
    { "{" AT "," GET ",\"response\":{\"status\":\"200\"}}", "entry 2 is left out: log.entries[1].response.status: is no number" },
    { "{" AT "," GET ",\"response\":{\"status\":200.5}}", "entry 2 is left out: log.entries[1].response.status: is no status code" },
    { "{" AT "," GET ",\"response\":{\"status\":1e99}}", "entry 2 is left out: log.entries[1].response.status: is no status code" },
    { "{" AT "," GET ",\"response\":{\"status\":200,\"headers\":{}}}",
      "entry 2 is left out: log.entries[1].response.headers: is no list" },
    { "{" AT "," GET ",\"response\":{\"status\":200,\"headers\":[{\"name\":\"a\",\"value\":\"b\"},{\"name\":\"a\"}]}}",
      "entry 2 is left out: log.entries[1].response.headers[1].value: a text is missing" },
    { "{" AT "," GET ",\"response\":{\"status\":200,\"content\":{\"text\":5}}}",
      "entry 2 is left out: log.entries[1].response.content.text: is no text" },
};

static void har_mistakes(void)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct capture har = { 0 };
        struct capture_seen seen;
        char inside[2048];

        snprintf(inside, sizeof inside, "{" AT "," GET "," OK "},\n  %s,\n{" AT "," GET "," OK "}", mistakes[i].entry);
        har_around(&har, "", inside);
        capture_read(capture_text(&har), NULL, &seen);
        CAPTURE_ROW(mistakes[i].words, seen.result == INPUT_BROKEN);
        CAPTURE_ROW(mistakes[i].words, seen.errors.count == 1 && seen.errors.items[0].line == 3 && seen.errors.items[0].column == 3);
        CAPTURE_ROW(capture_words(&seen), strcmp(capture_words(&seen), mistakes[i].words) == 0);
        CAPTURE_ROW(mistakes[i].words, seen.log && strstr(seen.log, "1 GET") && strstr(seen.log, "\n3 GET"));
        capture_forget(&seen);
        capture_clear(&har);
    }
}

/* Where the text breaks; the entry before it is read all the same. */
static const struct {
    const char *rest, *words;
    unsigned line, column;
} breaks[] = {
    { "", "breaks off after entry 1: ',' is missing", 3, 1 },
    { ",", "breaks off after entry 1: ", 3, 2 },
    { ",{\"a\":", "breaks off after entry 1: ", 3, 7 },
    { ",{\"a\":1,\"a\":2}]}}", "is damaged after entry 1: duplicate object key", 3, 0 },
    { ",1e999]}}", "is damaged after entry 1: real number overflow", 3, 0 },
    { ",{}x]}}", "is damaged after entry 2: ',' is missing", 3, 4 },
    { "]}", "breaks off after entry 1: ',' is missing", 3, 3 },
    { "]}}x", "is damaged after entry 1: something follows the end of the log", 3, 4 },
    { "],7:7}}", "is damaged after entry 1: a key is missing before this", 3, 4 },
    { ",\"\xff\"]}}", "is damaged after entry 1: unable to decode byte 0xff", 3, 0 },
};

static void har_breaks(void)
{
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        const struct error *last;
        struct capture_seen seen;
        char text[1024];
        int len = snprintf(text, sizeof text, "{ \"log\" : { \"entries\" : [\n{" AT "," GET "," OK "}\n%s", breaks[i].rest);

        capture_read((struct text){ text, (size_t)len }, NULL, &seen);
        CAPTURE_ROW(breaks[i].rest, seen.result == INPUT_BROKEN);
        CAPTURE_ROW(breaks[i].rest, seen.log && strstr(seen.log, "1 GET"));
        CU_ASSERT_FATAL(seen.errors.count > 0);
        last = &seen.errors.items[seen.errors.count - 1];
        CAPTURE_ROW(last->words, strncmp(last->words, breaks[i].words, strlen(breaks[i].words)) == 0);
        CAPTURE_ROW(breaks[i].rest, last->line == breaks[i].line);
        CAPTURE_ROW(breaks[i].rest, breaks[i].column == 0 || last->column == breaks[i].column);
        CAPTURE_ROW(breaks[i].rest, seen.nremarks == 1);
        capture_forget(&seen);
    }
}

static const struct {
    const char *text, *words;
    enum input_result result;
} logs[] = {
    { "\xef\xbb\xbf{\"log\":{\"entries\":[]}}", "", INPUT_READ },
    { " \r\n{\t\"log\" : {\"entries\":[],\"creator\":{\"name\":5}} , \"x\":[] }\n", "", INPUT_READ },
    { "{\"log\":{}}", "is no HAR: log.entries is missing", INPUT_REFUSED },
    { "{\"log\":{\"entries\":{}}}", "is damaged after entry 0: '[' is missing", INPUT_REFUSED },
    { "{\"log\":[]}", "is damaged after entry 0: '{' is missing", INPUT_REFUSED },
};

static void har_logs(void)
{
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++) {
        struct capture_seen seen;

        capture_read(text_of(logs[i].text), NULL, &seen);
        CAPTURE_ROW(logs[i].text, seen.result == logs[i].result);
        CAPTURE_ROW(logs[i].text, strcmp(capture_words(&seen), logs[i].words) == 0);
        capture_forget(&seen);
    }
}

static void har_filter(void)
{
    struct input_options options = { .filter = "tcp" };
    struct capture_seen seen;

    capture_read(TEXT("{\"log\":{\"entries\":[]}}"), &options, &seen);
    CU_ASSERT(seen.result == INPUT_REFUSED);
    CU_ASSERT_STRING_EQUAL(capture_words(&seen), "is a HAR: it has no packets for a filter");
    capture_forget(&seen);
}

/* Only so many mistakes are told one by one. */
static void har_many_mistakes(void)
{
    struct capture har = { 0 };
    struct capture_seen seen;

    capture_octets(&har, "{\"log\":{\"entries\":[", 19);
    for (unsigned i = 0; i < 200; i++)
        capture_octets(&har, "7,", 2);
    capture_octets(&har, "7]}}", 4);
    capture_read(capture_text(&har), NULL, &seen);
    CU_ASSERT(seen.result == INPUT_BROKEN && seen.errors.count == 51);
    CU_ASSERT_STRING_EQUAL(seen.errors.items[50].words, "151 more mistakes are not shown");
    capture_forget(&seen);
    capture_clear(&har);
}

static const struct {
    const char *text;
    int64_t us;                /* -1: none */
} times[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "1970-01-01T00:00:00.000001Z", 1 },
    { "1970-01-01T00:00:01.1234567Z", 1123456 },
    { "1970-01-01T01:00:00+01:00", 0 },
    { "1970-01-01T00:00:00-0130", 5400000000 },
    { "1970-01-01T00:00Z", 0 },
    { "1970-01-01 00:00:02", 2000000 },
    { "2024-02-29T12:00:00+05", 1709190000000000 },
    { "1970-13-01T00:00:00Z", -1 },
    { "1970-01-32T00:00:00Z", -1 },
    { "1970-01-01T24:00:00Z", -1 },
    { "1970-01-01", -1 },
    { "1970-01-01T00:00:00Zx", -1 },
    { "1970-01-01T00:00:00+1", -1 },
    { "+970-01-01T00:00:00Z", -1 },
    { "", -1 },
};

static void har_times(void)
{
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        int64_t us = -1;
        bool is_time = har_time(text_of(times[i].text), &us);

        CAPTURE_ROW(times[i].text, is_time == (times[i].us >= 0));
        CAPTURE_ROW(times[i].text, !is_time || us == times[i].us);
    }
}

void input_har_suite(void);
void input_har_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/har", NULL, NULL);

    CU_add_test(suite, "entries", har_entries);
    CU_add_test(suite, "mistakes in entries", har_mistakes);
    CU_add_test(suite, "texts that break", har_breaks);
    CU_add_test(suite, "logs", har_logs);
    CU_add_test(suite, "a filter", har_filter);
    CU_add_test(suite, "many mistakes", har_many_mistakes);
    CU_add_test(suite, "times", har_times);
}
