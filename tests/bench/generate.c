/*
 * Writes captures whose cost could grow faster than their size: `generate SHAPE N` writes a pcap file to standard
 * output in which what the shape is about occurs N times, or in a run of length N; `generate --list` prints the shapes
 * whose growth is measured, with the N to start from.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "talk.h"

#define GET  "GET /item HTTP/1.1\r\nHost: shop.example\r\n"
#define POST "POST /item HTTP/1.1\r\nHost: shop.example\r\n"
#define OK   "HTTP/1.1 200 OK\r\nDate: Fri, 01 Mar 2024 10:00:00 GMT\r\nContent-Type: text/plain\r\n"
#define HI   OK "Content-Length: 2\r\n\r\nhi"

/* One connection on which the client says what `text` holds, in pieces, and is answered. Frees the text. */
static void ask(struct text *text, size_t size)
{
    struct talk t = talk_begin(0);

    talk_say_in(&t, CLIENT, text->at, text->len, size);
    talk_say(&t, SERVER, HI);
    talk_end(&t);
    free(text->at);
}

static void answer(struct text *text)
{
    struct talk t = talk_begin(0);

    talk_say(&t, CLIENT, GET "\r\n");
    talk_say_in(&t, SERVER, text->at, text->len, MSS);
    talk_end(&t);
    free(text->at);
}

/* ---- shapes: connections and exchanges ---- */

static void connections(size_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct talk t = talk_begin(i);

        talk_say(&t, CLIENT, GET "\r\n");
        talk_say(&t, SERVER, HI);
        talk_end(&t);
    }
}

/* All open at once, each in the middle of a response. */
static void open_connections(size_t n)
{
    struct talk t;

    for (uint32_t i = 0; i < n; i++) {
        t = talk_begin(i);
        talk_say(&t, CLIENT, GET "\r\n");
        talk_say(&t, SERVER, OK "Content-Length: 100\r\n\r\nhalf");
    }
}

/* All open at once, each in the middle of a request head. */
static void open_heads(size_t n)
{
    struct talk t;

    for (uint32_t i = 0; i < n; i++) {
        t = talk_begin(i);
        talk_say(&t, CLIENT, GET "Cookie: session=4f1d2c3b5a69788796a5b4c3");
    }
}

static void handshakes(size_t n)
{
    for (uint32_t i = 0; i < n; i++)
        talk_segment(&(struct talk){ i, { 0, 0 } }, CLIENT, SYN, 1000, NULL, 0);
}

static void exchanges_over(size_t n, uint32_t over)
{
    struct talk *talks = calloc(over, sizeof *talks);

    if (!talks)
        abort();
    for (uint32_t i = 0; i < over; i++)
        talks[i] = talk_begin(i);
    for (size_t i = 0; i < n; i++) {
        talk_say(&talks[i % over], CLIENT, GET "\r\n");
        talk_say(&talks[i % over], SERVER, HI);
    }
    for (uint32_t i = 0; i < over; i++)
        talk_end(&talks[i]);
    free(talks);
}

static void exchanges(size_t n)
{
    exchanges_over(n, 1);
}

/* Four packets an exchange. */
static void fifty(size_t n)
{
    exchanges_over(n, 50);
}

/* Heads as browsers and servers write them; `is_unlike`: each with a field name of its own, late in the head, so that none is
 * like one before. */
static void heads(size_t n, bool is_unlike)
{
    struct talk t = talk_begin(0);

    for (size_t i = 0; i < n; i++) {
        struct text request = { 0 }, response = { 0 };
        size_t name = is_unlike ? 1000000 + i : 1000000;

        text_add(&request, "GET /items/%zu HTTP/1.1\r\nHost: shop.example\r\n"
                 "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0\r\n"
                 "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
                 "Accept-Language: en-GB,en;q=0.7,de;q=0.3\r\nAccept-Encoding: gzip, deflate\r\n"
                 "Referer: http://shop.example/items/%zu\r\nCookie: session=4f1d2c3b5a69788796a5b4c3d2e1f00f\r\n"
                 "X-Trace-%zu: 1\r\n\r\n", i, i / 2, name);
        text_add(&response, "HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Fri, 01 Mar 2024 10:%02zu:%02zu GMT\r\n"
                 "Content-Type: application/json\r\nVary: Accept-Encoding\r\nCache-Control: private, max-age=0\r\n"
                 "Connection: keep-alive\r\nX-Content-Type-Options: nosniff\r\nETag: \"%zx\"\r\n"
                 "Content-Length: 2\r\nX-Request-%zu: 1\r\n\r\n{}", i / 600 % 60, i / 10 % 60, i, name);
        talk_say_in(&t, CLIENT, request.at, request.len, MSS);
        talk_say_in(&t, SERVER, response.at, response.len, MSS);
        free(request.at);
        free(response.at);
    }
    talk_end(&t);
}

static void heads_alike(size_t n)
{
    heads(n, false);
}

static void heads_unlike(size_t n)
{
    heads(n, true);
}

static void body(size_t n)
{
    struct text text = { 0 };

    text_add(&text, OK "Content-Length: %zu\r\n\r\n", n);
    text_add_times(&text, n / 10, "0123456789");
    answer(&text);
}

/* About 50 MB of responses whose bodies have N octets. */
static void bodies_of(size_t n)
{
    enum { WHOLE = 50000000, HEADS = 400 };
    struct text text = { 0 };
    struct talk t = talk_begin(0);

    text_add(&text, OK "Content-Length: %zu\r\n\r\n", n);
    text_add_times(&text, n, "b");
    for (size_t i = 0; i < WHOLE / (n + HEADS) + 1; i++) {
        talk_say(&t, CLIENT, GET "\r\n");
        talk_say_in(&t, SERVER, text.at, text.len, MSS);
        talk_acknowledge(&t, CLIENT);
    }
    talk_end(&t);
    free(text.at);
}

static void pipelined(size_t n)
{
    struct talk t = talk_begin(0);

    for (size_t i = 0; i < n; i++)
        talk_say(&t, CLIENT, GET "\r\n");
    for (size_t i = 0; i < n; i++)
        talk_say(&t, SERVER, HI);
    talk_end(&t);
}

static void unmatched(size_t n)
{
    struct talk t = talk_begin(0);

    for (size_t i = 0; i < n; i++)
        talk_say(&t, SERVER, HI);
    talk_end(&t);
}

static void interim(size_t n)
{
    struct text text = { 0 };

    text_add_times(&text, n, "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
    text_add(&text, HI);
    answer(&text);
}

/* ---- shapes: heads ---- */

static void one_name(size_t n)
{
    struct text text = { 0 };

    for (int i = 0; i < 50; i++) {
        text_add(&text, GET);
        text_add_times(&text, n, "Accept: text/html;q=0.5\r\n");
        text_add(&text, "\r\n");
    }
    ask(&text, MSS);
}

static void many_names(size_t n)
{
    struct text text = { 0 };

    for (int i = 0; i < 50; i++) {
        text_add(&text, GET);
        for (size_t k = 0; k < n; k++)
            text_add(&text, "X-Field-%zu: %zu\r\n", k, k);
        text_add(&text, "\r\n");
    }
    ask(&text, MSS);
}

/* A line of a request, ten times; the middle is repeated. */
static void lines(size_t n, const char *first, const char *middle, const char *last)
{
    struct text text = { 0 };

    for (int i = 0; i < 10; i++) {
        text_add(&text, "%s", first);
        text_add_times(&text, n, middle);
        text_add(&text, "%s\r\n\r\n", last);
    }
    ask(&text, MSS);
}

static void folds(size_t n)
{
    lines(n, GET "Accept: a/b", "\r\n a", "");
}

static void commas(size_t n)
{
    lines(n, GET "Accept: a/b", ",", "");
}

static void angles(size_t n)
{
    lines(n, GET "Connection: a", ",<", "");
}

static void members(size_t n)
{
    lines(n, GET "Connection: a", ",b", "");
}

static void quotes(size_t n)
{
    lines(n, GET "Accept: a/b;c=\"", "\\\"", "\"");
}

static void parameters(size_t n)
{
    lines(n, POST "Content-Type: a/b", ";c=d", "");
}

static void ranges(size_t n)
{
    lines(n, GET "Range: bytes=0-1", ",5-6", "");
}

static void etags(size_t n)
{
    lines(n, GET "If-None-Match: \"x\"", ",\"x\"", "");
}

static void cookies(size_t n)
{
    lines(n, GET "Cookie: a=b", "; a=b", "");
}

static void target(size_t n)
{
    lines(n, "GET /", "a/../%41", " HTTP/1.1\r\nHost: shop.example");
}

static void one_answer_line(size_t n, const char *first, const char *middle, const char *last)
{
    struct text text = { 0 };

    text_add(&text, "%s", first);
    text_add_times(&text, n, middle);
    text_add(&text, "%s", last);
    answer(&text);
}

static void directives(size_t n)
{
    one_answer_line(n, OK "Cache-Control: max-age=1", ", max-age=1", "\r\nContent-Length: 2\r\n\r\nhi");
}

static void challenges(size_t n)
{
    one_answer_line(n, "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=a", ", Basic realm=a",
                    "\r\nContent-Length: 2\r\n\r\nhi");
}

static void set_cookies(size_t n)
{
    one_answer_line(n, OK, "Set-Cookie: a=b; Path=/\r\n", "Content-Length: 2\r\n\r\nhi");
}

static void blank_lines(size_t n)
{
    struct text text = { 0 };

    text_add_times(&text, n, "\r\n");
    text_add(&text, GET "\r\n");
    ask(&text, MSS);
}

/* ---- shapes: bodies ---- */

static void chunks(size_t n)
{
    one_answer_line(n, OK "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n", "0\r\n\r\n");
}

static void extensions(size_t n)
{
    one_answer_line(n, OK "Transfer-Encoding: chunked\r\n\r\n1", ";a=b", "\r\na\r\n0\r\n\r\n");
}

static void trailers(size_t n)
{
    one_answer_line(n, OK "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", "X-Trailer: 1\r\n", "\r\n");
}

static void upgraded(size_t n)
{
    one_answer_line(n, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
                    "HTTP/1.1 2", "");
}

/* Start lines that lead nowhere. */
static void noise(size_t n)
{
    one_answer_line(n, "", "HTTP/1.1 2\nGET / HTTP\n", "");
}

/* ---- shapes: segments ---- */

static void octets(size_t n)
{
    struct text text = { 0 };

    text_add(&text, GET "Cookie: a=");
    text_add_times(&text, n, "b");
    text_add(&text, "\r\n\r\n");
    ask(&text, 1);
}

static void octets_of_body(size_t n)
{
    struct text text = { 0 };

    text_add(&text, POST "Content-Length: %zu\r\n\r\n", n);
    text_add_times(&text, n, "b");
    ask(&text, 1);
}

/* A body whose octets come one by one, the last of each `window` first. */
static void reversed_in(size_t n, uint32_t window)
{
    struct text text = { 0 };
    struct talk t = talk_begin(0);

    text_add(&text, POST "Content-Length: %zu\r\n\r\n", n);
    talk_say(&t, CLIENT, text.at);
    for (size_t done = 0; done < n; done += window) {
        for (uint32_t i = window; i-- > 0;)
            talk_segment(&t, CLIENT, PSH | ACK, t.seq[CLIENT] + i, "b", 1);
        t.seq[CLIENT] += window;
        talk_acknowledge(&t, SERVER);
    }
    talk_say(&t, SERVER, HI);
    talk_end(&t);
    free(text.at);
}

static void reversed(size_t n)
{
    reversed_in(n, 50);
}

static void reversed_all(size_t n)
{
    reversed_in(n, (uint32_t)n);
}

/* Every octet comes a hundred times, each time with others. */
static void overlapping(size_t n)
{
    struct text text = { 0 };
    struct talk t = talk_begin(0);

    text_add(&text, POST "Content-Length: %zu\r\n\r\n", n + 99);
    talk_say(&t, CLIENT, text.at);
    text_add_times(&text, 100, "b");
    for (uint32_t i = 0; i < n; i++)
        talk_segment(&t, CLIENT, PSH | ACK, t.seq[CLIENT] + i, text.at + text.len - 100, 100);
    t.seq[CLIENT] += (uint32_t)n + 99;
    talk_say(&t, SERVER, HI);
    talk_end(&t);
    free(text.at);
}

static void gaps(size_t n)
{
    struct talk t = talk_begin(0);

    for (size_t i = 0; i < n; i++) {
        talk_say(&t, CLIENT, GET "\r\n");
        t.seq[SERVER] += 100;
        talk_say(&t, SERVER, HI);
    }
    talk_end(&t);
}

static void twice(size_t n)
{
    struct talk t = talk_begin(0);

    for (size_t i = 0; i < n; i++)
        for (int side = CLIENT; side <= SERVER; side++) {
            const char *words = side == CLIENT ? GET "\r\n" : HI;
            uint32_t seq = t.seq[side];

            talk_say(&t, side, words);
            talk_segment(&t, side, PSH | ACK, seq, words, strlen(words));
        }
    talk_end(&t);
}

/* Fragments of N datagrams that never come whole. */
static void fragments(size_t n)
{
    for (size_t i = 0; i < n; i++)
        talk_fragment((uint16_t)i);
}

/* ---- the list ---- */

static const struct shape {
    const char *name;
    size_t n;                  /* 0: not for growth */
    void (*write)(size_t n);
} shapes[] = {
    { "connections", 1000, connections },
    { "open-connections", 1000, open_connections },
    { "open-heads", 1000, open_heads },
    { "handshakes", 5000, handshakes },
    { "exchanges", 2000, exchanges },
    { "exchanges-over-50", 2000, fifty },
    { "heads-alike", 2000, heads_alike },
    { "heads-unlike", 2000, heads_unlike },
    { "pipelined", 2000, pipelined },
    { "unmatched-responses", 2000, unmatched },
    { "interim-responses", 2000, interim },
    { "fields-of-one-name", 400, one_name },
    { "fields-of-many-names", 400, many_names },
    { "folds", 3000, folds },
    { "empty-members", 15000, commas },
    { "members", 10000, members },
    { "open-angles", 10000, angles },
    { "escaped-quotes", 10000, quotes },
    { "parameters", 5000, parameters },
    { "ranges", 5000, ranges },
    { "entity-tags", 5000, etags },
    { "cookies", 5000, cookies },
    { "dot-segments", 2500, target },
    { "cache-directives", 2500, directives },
    { "challenges", 2000, challenges },
    { "set-cookies", 400, set_cookies },
    { "blank-lines", 20000, blank_lines },
    { "body-octets", 5000000, body },
    { "bodies-of", 0, bodies_of },
    { "chunks-of-1-octet", 20000, chunks },
    { "chunk-extensions", 500, extensions },
    { "trailers", 100, trailers },
    { "upgraded-octets", 200000, upgraded },
    { "noise", 80000, noise },
    { "head-by-octets", 10000, octets },
    { "body-by-octets", 10000, octets_of_body },
    { "reversed-by-50", 10000, reversed },
    { "reversed", 1000, reversed_all },
    { "overlapping", 5000, overlapping },
    { "gaps", 2000, gaps },
    { "retransmitted", 2000, twice },
    { "fragments", 2000, fragments },
};

enum { SHAPES = sizeof shapes / sizeof *shapes };

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        for (size_t i = 0; i < SHAPES; i++)
            if (shapes[i].n > 0)
                printf("%s %zu\n", shapes[i].name, shapes[i].n);
        return 0;
    }
    for (size_t i = 0; i < SHAPES && argc == 3; i++)
        if (strcmp(argv[1], shapes[i].name) == 0) {
            talk_file();
            shapes[i].write(strtoul(argv[2], NULL, 10));
            return fflush(stdout) != 0;
        }
    fprintf(stderr, "usage: generate --list | SHAPE N\n");
    return 2;
}
