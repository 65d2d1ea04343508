#include "engine/subject.h"

#include "tests/support/decided.h"

static const struct {
    const char *name, *words, *fact, *wrong, *meant;   /* fact NULL: none, and why */
    bool is_name;
} rows[] = {
    { "method", "method", "method", "", "", false },
    { "field", "request.host", "field", "", "", false },
    { "added field", "message.x-text", "field", "", "", false },
    { "trailer", "response.trailer.ETag", "trailer", "", "", false },
    { "body", "request.body", "body", "", "", false },
    { "body without side", "body", NULL, "body", "", false },
    { "status with side", "response.status", "field", "", "", false },
    { "method with side", "request.method", NULL, "method", "", true },
    { "nothing behind the side", "request.", NULL, "", "", true },
    { "near", "metod", NULL, "metod", "method", false },
    { "field that is near", "response.Alow", NULL, "Alow", "Allow", true },
    { "nothing", "", NULL, "", "", false },
};

static void subject_rows(void)
{
    struct names *names = names_new();

    names_add(names, TEXT("X-Text"), SHAPE_TEXT);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct subject subject;
        struct subject_error error = { 0 };
        bool is_good = subject_parse(text_of(rows[i].words), names, &subject, &error);

        ROW_TRUE(rows[i].name, is_good == (rows[i].fact != NULL));
        if (is_good) {
            ROW_STRING(rows[i].name, subject.fact->name, rows[i].fact);
            continue;
        }
        ROW_TRUE(rows[i].name, error.is_name == rows[i].is_name);
        ROW_TRUE(rows[i].name, text_equal(error.wrong, text_of(rows[i].wrong)));
        ROW_TRUE(rows[i].name, rows[i].meant[0] == '\0' || text_equal(error.meant, text_of(rows[i].meant)));
    }
    names_free(names);
}

/* How a response is framed is known without its request only where no request matters. */
static const struct {
    const char *name, *response, *truth;
} framings[] = {
    { "100", "HTTP/1.1 100 x\r\n\r\n\fHTTP/1.1 100 x\r\n\r\n", "unknown" },
    { "101", "HTTP/1.1 101 x\r\n\r\n", "yes" },
    { "200", "HTTP/1.1 200 x\r\n\r\n", "unknown" },
    { "204", "HTTP/1.1 204 x\r\n\r\n", "unknown" },
    { "304", "HTTP/1.1 304 x\r\n\r\n", "yes" },
};

static void subject_framings(void)
{
    for (size_t i = 0; i < sizeof framings / sizeof *framings; i++) {
        struct decided decided;

        decided_open(&decided, NULL, framings[i].response);
        ROW_STRING(framings[i].name, decided_truth(&decided, "response.framing: none"), framings[i].truth);
        decided_close(&decided);
    }
}

void engine_subject_suite(void);
void engine_subject_suite(void)
{
    CU_pSuite suite = CU_add_suite("engine/subject", NULL, NULL);

    CU_add_test(suite, "rows", subject_rows);
    CU_add_test(suite, "framings", subject_framings);
}
