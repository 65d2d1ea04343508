#include "engine/wording.h"

#include "tests/support/decided.h"

static const struct {
    const char *name, *message, *words;
} rows[] = {
    { "no hole", "plain words", "plain words" },
    { "one hole", "<method>", "POST" },
    { "holes and words", "<path> answered with <response.Content-Type>.", "/a answered with text/html." },
    { "holes side by side", "<method><status>", "POST404" },
    { "culprit", "got <culprit>", "got CULPRIT" },
    { "absent", "<response.Location>", "(none)" },
    { "first line", "<response.Allow>", "GET" },
    { "octets", "<response.body> octets", "12 octets" },
    { "escaped", "a \\< b \\\\ <status>", "a < b \\ 404" },
    { "escaped within", "\\<x> <status>", "<x> 404" },
    { "version and framing", "<request.version> <response.framing>", "1.1 none" },
    { "anomalies", "<response.anomaly>", "(none)" },
};

static void fill(const char *name, const char *message, const char *request, size_t max, const char *wanted)
{
    struct decided decided;
    char words[256];

    decided_open(&decided, request, "HTTP/1.1 404 x\r\nContent-Type: text/html\r\nAllow: GET\r\nAllow: PUT\r\n\r\n");
    decided_response(&decided)->body.octets = 12;

    struct node node = { .kind = NODE_SCALAR, .text = text_of(message) };
    const struct wording *wording = wording_compile(&decided.loading, &node);

    ROW_TRUE(name, wording != NULL);
    if (wording) {
        struct text filled = wording_fill(wording, &decided.view, TEXT("CULPRIT"), max, decided.arena);

        memcpy(words, filled.at, filled.len);
        words[filled.len] = '\0';
        ROW_STRING(name, words, wanted);
    }
    decided_close(&decided);
}

static void wording_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        fill(rows[i].name, rows[i].message, "POST /a HTTP/1.1\r\n\r\n", 256, rows[i].words);
    fill("unknown", "<method> <request.Host>", NULL, 256, "(unknown) (unknown)");
    fill("cut", "<response.Content-Type>|<culprit>", NULL, 7, "text/ht...|CULPRIT");
}

void engine_wording_suite(void);
void engine_wording_suite(void)
{
    CU_add_test(CU_add_suite("engine/wording", NULL, NULL), "rows", wording_rows);
}
