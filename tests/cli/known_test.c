/* --baseline, --write-baseline, --strict-baseline and --compare as a user meets them. */
#include <stdio.h>
#include <unistd.h>

#include "cli/baseline.h"
#include "tests/support/command.h"
#include "tests/support/loaded.h"

static struct command ran;

static void write_file(const char *name, const char *text)
{
    CU_ASSERT_EQUAL_FATAL(command_write(name, text, strlen(text)), 0);
}

/* The octets of a file of the folder, NUL-terminated and cut. */
static void read_back(const char *name, char *octets, size_t size)
{
    FILE *file = fopen(command_path(name), "rb");
    size_t len = file ? fread(octets, 1, size - 1, file) : 0;

    octets[len] = '\0';
    if (file)
        fclose(file);
}

#define EXCHANGE(path, fields, status) \
    "=== a\n>>>\nGET " path " HTTP/1.1\nHost: shop.example" fields "\n\n<<<\nHTTP/1.1 " status " x\nContent-Length: 0\n\n"

static const char two_bad[] = EXCHANGE("/a/1", "", "405") EXCHANGE("/a/2", "", "405");
static const char three_bad[] = EXCHANGE("/a/7?x", ":8080", "405") EXCHANGE("/a/8", "", "405") EXCHANGE("/a/9", "", "405");
static const char other_bad[] = EXCHANGE("/a/3", "", "405") EXCHANGE("/b", "", "405");

static void baseline_is_kept(void)
{
    char written[1024];

    write_file("two.http", two_bad);
    write_file("three.http", three_bad);
    command_lint("--write-baseline %/b.json %/two.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "405 without Allow (baseline) [own-allow]"));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "2 written to the baseline\n"));
    read_back("b.json", written, sizeof written);
    ROW_STRING("the file", written,
               "{\"version\":1,\"findings\":[\n"
               "{\"rule\":\"own-allow\",\"host\":\"shop.example\",\"method\":\"GET\",\"path\":\"/a/<digits>\",\"status\":405,"
               "\"count\":2,\"fingerprint\":\"528e50c1d4727eeb4431a26d1a226a5f\"}\n]}\n");
    command_lint("--baseline %/b.json --strict-baseline %/two.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "2 known by the baseline\n"));
    command_lint("-q --format jsonl --baseline %/b.json %/two.http", &ran);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "\"baselined\":true"));
}

/* Another order, other connections, times and ports, and exchanges that were not there: the same findings. */
static void baseline_survives(void)
{
    static const char later[] =
        "=== a\n>>> [conn 3] [+90s]\nGET /else HTTP/1.1\nHost: other.example\n\n"
        "<<<\nHTTP/1.1 200 x\nContent-Length: 0\n\n"
        ">>> [conn 2]\nGET /a/77?page=2 HTTP/1.1\nHost: SHOP.example:8443\n\n"
        ">>> [conn 1] [+5s]\nGET http://shop.example:81/a/12345678901 HTTP/1.1\nHost: shop.example:81\n\n"
        "<<< [conn 1]\nHTTP/1.1 405 Other Reason\nContent-Length: 2\n\nno\\\n"
        "<<< [conn 2]\nHTTP/1.1 405 x\nContent-Length: 0\n\n";

    write_file("later.http", later);
    command_lint("-q --baseline %/b.json --strict-baseline --fail-on info %/later.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    ROW_STRING("errors", ran.err, "");
    command_lint("--compare %/two.http %/later.http", &ran);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "0 new, 0 fixed, 2 unchanged since "));
}

/* The third is one more than is known. */
static void baseline_counts(void)
{
    command_lint("--baseline %/b.json %/three.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "405 without Allow [own-allow]\n    GET http://shop.example/a/9"));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "2 known by the baseline\n"));
}

static void baseline_is_strict(void)
{
    write_file("other.http", other_bad);
    command_lint("--baseline %/b.json %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "0 known by the baseline; of its entries 1 no longer occurs as often"));
    command_lint("-q --baseline %/b.json --strict-baseline --fail-on never %/other.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "b.json: own-allow: GET shop.example/a/<digits> -> 405: known 2 times, found 1 time\n"));
    command_lint("-q --baseline %/b.json --strict-baseline %/clean.http %/cut.pcap", &ran);
    CU_ASSERT_EQUAL(ran.status, 3);
    CU_ASSERT_PTR_NULL(strstr(ran.err, "found 0 times"));
}

static void baseline_by_key(void)
{
    write_file("folder/b.yaml", "baseline: ../b.json\n");
    command_lint("-q --config %/folder/b.yaml %/two.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    command_lint("-q --config %/folder/b.yaml --strict-baseline %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 1);
    command_run("--config %/folder/b.yaml --print-config", &ran);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "/folder/../b.json\"  # "));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "/folder/b.yaml:1\n"));
    command_run("--config %/folder/b.yaml --print-config --baseline x.json", &ran);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "baseline: \"x.json\"  # --baseline\n"));
}

/* What was not read whole is no baseline, and one that is there stays. */
static void baseline_is_not_written(void)
{
    char before[1024], after[1024];

    read_back("b.json", before, sizeof before);
    command_lint("--write-baseline %/b.json %/clean.http %/cut.pcap", &ran);
    CU_ASSERT_EQUAL(ran.status, 3);
    CU_ASSERT_PTR_NULL(strstr(ran.err, "written to the baseline"));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "b.json: the baseline is not written: not all that was named could be read"));
    command_lint("-q --write-baseline %/b.json %/empty.pcap", &ran);
    CU_ASSERT_EQUAL(ran.status, 3);
    read_back("b.json", after, sizeof after);
    ROW_STRING("the file stays", after, before);
    command_lint("-q --write-baseline %/none/b.json %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "none/b.json: cannot write the baseline"));
    command_lint("-q --write-baseline %/clean.http %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "clean.http: is an input"));
    command_lint("-q --baseline %/b.json --format text=%/b.json %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "b.json: is the baseline"));
}

#define PRINT "528e50c1d4727eeb4431a26d1a226a5f"
#define ENTRY "{\"fingerprint\":\"" PRINT "\",\"count\":1}"

static const struct {
    const char *name, *json, *words;
} broken[] = {
    { "nothing", "", "x.json:1: is not JSON: " },
    { "no JSON", "{\"version\":1,\n  findings", "x.json:2:10: is not JSON: " },
    { "a key twice", "{\"version\":1,\"version\":1}", "is not JSON: duplicate object key" },
    { "a list", "[]", "x.json: is no baseline: it has no 'version'" },
    { "a number", "1", "x.json: is no baseline: it has no 'version'" },
    { "a version of text", "{\"version\":\"1\"}", "x.json: is no baseline: it has no 'version'" },
    { "a later version", "{\"version\":2,\"findings\":{}}", "x.json: is a baseline of version 2, and this httplint reads version 1" },
    { "no findings", "{\"version\":1}", "x.json: is no baseline: it has no list 'findings'" },
    { "an entry of text", "{\"version\":1,\"findings\":[\"" PRINT "\"]}", "findings[0]: 'fingerprint' must be 32 hex" },
    { "a short fingerprint", "{\"version\":1,\"findings\":[{\"fingerprint\":\"4da8\"}]}", "findings[0]: 'fingerprint' must be" },
    { "capitals", "{\"version\":1,\"findings\":[{\"fingerprint\":\"4DA8B1B2C3D5D5B1FB3A4A7AE14A9D5C\"}]}", "in lower case" },
    { "no count", "{\"version\":1,\"findings\":[" ENTRY ",{\"fingerprint\":\"00000000000000000000000000000000\"}]}",
      "findings[1]: 'count' must be a number of at least 1" },
    { "a count of none", "{\"version\":1,\"findings\":[{\"fingerprint\":\"" PRINT "\",\"count\":0}]}", "'count' must be" },
    { "a count below", "{\"version\":1,\"findings\":[{\"fingerprint\":\"" PRINT "\",\"count\":-1}]}", "'count' must be" },
    { "a huge count", "{\"version\":1,\"findings\":[{\"fingerprint\":\"" PRINT "\",\"count\":99999999999999999999}]}",
      "is not JSON: too big integer" },
    { "the same twice", "{\"version\":1,\"findings\":[" ENTRY "," ENTRY "]}", "findings[1]: the fingerprint is there already" },
};

static void baseline_is_broken(void)
{
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        write_file("x.json", broken[i].json);
        command_lint("-q --baseline %/x.json %/bad.http", &ran);
        ROW_TRUE(broken[i].name, ran.status == 2 && ran.out[0] == '\0');
        ROW_TRUE(broken[i].name, strstr(ran.err, broken[i].words) != NULL);
        if (!strstr(ran.err, broken[i].words))
            fprintf(stderr, "    %s", ran.err);
    }
    command_lint("-q --baseline %/none.json %/bad.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "none.json: cannot be read"));
}

/* Deep nesting ends in words, not in the end of the stack. */
static void baseline_is_deep(void)
{
    enum { DEPTH = 1 << 20 };
    static char octets[DEPTH];

    memset(octets, '[', sizeof octets);
    CU_ASSERT_EQUAL_FATAL(command_write("x.json", octets, sizeof octets), 0);
    command_lint("-q --baseline %/x.json %/bad.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "is not JSON: maximum parsing depth reached"));
}

/* Octets of the wire in every text of an entry are read back as the same finding. */
static void baseline_of_hostile_octets(void)
{
    static const char octets[] = "=== a\n>>>\nG\"T /\\x01\"\\xff<b>\\\\ HTTP/1.1\nHost: \"\\xe2\\x80\\xae\\x1b[0m\n\n"
                                 "<<<\nHTTP/1.1 405 x\nContent-Length: 0\n\n";

    write_file("hostile.http", octets);
    command_lint("-q --write-baseline %/h.json %/hostile.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    command_lint("-q --baseline %/h.json --strict-baseline %/hostile.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "(baseline)"));
    command_lint("-q --baseline %/h.json --strict-baseline %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 1);
    for (const char *at = ran.err; *at; at++)
        CU_ASSERT(*at == '\n' || (*at >= ' ' && *at < 0x7f));
}

static void compare_tells(void)
{
    command_lint("--compare %/two.http %/other.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "other.http:7: error: 405 without Allow (unchanged) [own-allow]\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "(new) [own-allow]\n    GET http://shop.example/b"));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "(fixed) [own-allow]\n    GET http://shop.example/a/2"));
    CU_ASSERT_PTR_NULL(strstr(ran.out, "(fixed) [own-allow]\n    GET http://shop.example/a/1"));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "1 input, "));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "2 errors, 0 warnings, 0 info\n1 new, 1 fixed, 1 unchanged since "));
    command_lint("-q --compare %/three.http %/two.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    command_lint("-q --format jsonl --compare %/folder %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "\"state\":\"fixed\""));
    CU_ASSERT_PTR_NULL(strstr(ran.out, "\"type\":\"note\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "\"findings\":{\"error\":0,\"warning\":0,\"info\":0}"));
}

static void compare_with_nothing(void)
{
    command_lint("-q --compare %/none %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 3);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "none: cannot be read"));
    command_lint("-q --compare %/empty.pcap %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 3);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "empty.pcap: no HTTP to compare with"));
    command_lint("-q --compare %/empty.pcap --allow-empty %/bad.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "405 without Allow (new)"));
    command_lint("-q --compare - %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 2);
}

static void flags_exclude_each_other(void)
{
    command_lint("--baseline a --write-baseline b %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 2);
    command_lint("--strict-baseline --write-baseline b %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 2);
    command_lint("--strict-baseline %/clean.http", &ran);
    CU_ASSERT_EQUAL(ran.status, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.err, "there is no baseline; name it with --baseline FILE"));
}

/* What is read and written beside the inputs is so in the sandbox too: links in a folder to compare with lead out of it. */
static void known_in_the_sandbox(void)
{
    static const char rules[] = "--no-default-rules --rules %/own.yaml -q ";
    char line[512];

    CU_ASSERT_EQUAL_FATAL(symlink("../two.http", command_path("folder/link.http")), 0);
    snprintf(line, sizeof line, "%s--compare %%/folder %%/clean.http", rules);
    command_run_confined(line, &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "(fixed) [own-allow]\n    GET http://shop.example/a/2"));
    snprintf(line, sizeof line, "%s--write-baseline %%/barren/b.json %%/two.http", rules);
    command_run_confined(line, &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    snprintf(line, sizeof line, "%s--baseline %%/barren/b.json --strict-baseline %%/two.http", rules);
    command_run_confined(line, &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    write_file("expect.yaml", "two.http: [{ rule: own-allow, count: 2 }]\n");
    snprintf(line, sizeof line, "%s%%/two.http", rules);
    command_run_confined(line, &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    unlink(command_path("expect.yaml"));
    unlink(command_path("folder/link.http"));
}

/* The same for any number of threads. */
static void known_in_any_order(void)
{
    static struct command first;

    command_lint("-j 1 --baseline %/b.json --compare %/other.http %/three.http %/two.http %/bad.http %/folder", &first);
    CU_ASSERT_EQUAL(first.status, 1);
    for (int i = 0; i < 10; i++) {
        command_lint("-j 8 --baseline %/b.json --compare %/other.http %/three.http %/two.http %/bad.http %/folder", &ran);
        ROW_STRING("output", ran.out, first.out);
        ROW_STRING("summary", ran.err, first.err);
    }
}

void cli_known_suite(void);
void cli_known_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/known", command_begin, command_end);

    CU_add_test(suite, "a baseline is kept", baseline_is_kept);
    CU_add_test(suite, "a baseline survives", baseline_survives);
    CU_add_test(suite, "what is more than known is new", baseline_counts);
    CU_add_test(suite, "a strict baseline", baseline_is_strict);
    CU_add_test(suite, "a baseline by its key", baseline_by_key);
    CU_add_test(suite, "a baseline is not written", baseline_is_not_written);
    CU_add_test(suite, "a broken baseline", baseline_is_broken);
    CU_add_test(suite, "a deep baseline", baseline_is_deep);
    CU_add_test(suite, "hostile octets in a baseline", baseline_of_hostile_octets);
    CU_add_test(suite, "new, fixed, unchanged", compare_tells);
    CU_add_test(suite, "nothing to compare with", compare_with_nothing);
    CU_add_test(suite, "flags that exclude each other", flags_exclude_each_other);
    CU_add_test(suite, "in the sandbox", known_in_the_sandbox);
    CU_add_test(suite, "any number of threads", known_in_any_order);
}
