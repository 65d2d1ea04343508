/*
 * Writes captures whose cost could grow faster than their size: `generate SHAPE N` writes a classic pcap file to standard
 * output in which what the shape is about occurs N times, or in a run of length N; `generate --list` prints each shape
 * with the N that the bench starts from. Addresses are from 198.18.0.0/15 (RFC 2544), checksums are right.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CLIENT, SERVER };
enum { FIN = 1, SYN = 2, PSH = 8, ACK = 16 };
enum { MSS = 1460, HEADERS = 14 + 20 + 20 };

/* ---- packets ---- */

struct talk {
    uint32_t client;           /* its number: makes address and port */
    uint32_t seq[2];           /* the next octet of each side */
};

static uint64_t now_us = UINT64_C(1709287200000000);

static void put(uint8_t *at, unsigned octets, uint32_t value)
{
    while (octets-- > 0) {
        at[octets] = (uint8_t)value;
        value >>= 8;
    }
}

static uint32_t sum(const uint8_t *at, size_t len, uint32_t so_far)
{
    for (size_t i = 0; i < len; i++)
        so_far += (uint32_t)at[i] << (i % 2 ? 0 : 8);
    while (so_far >> 16)
        so_far = (so_far & 0xffff) + (so_far >> 16);
    return so_far;
}

static void number(uint32_t value)
{
    fwrite(&value, sizeof value, 1, stdout);
}

static void record(const uint8_t *packet, size_t len)
{
    number((uint32_t)(now_us / 1000000));
    number((uint32_t)(now_us % 1000000));
    number((uint32_t)len);
    number((uint32_t)len);
    fwrite(packet, len, 1, stdout);
    now_us += 10;
}

static void begin_file(void)
{
    number(0xa1b2c3d4);
    number(2 | 4u << 16);
    number(0);
    number(0);
    number(262144);
    number(1);
}

/* Ethernet and IPv4 before what lies in `packet` from octet 34 on. */
static void ip(uint8_t *packet, size_t len, const uint32_t ends[2], uint32_t fragment)
{
    static const uint8_t ethernet[14] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0 };

    memcpy(packet, ethernet, sizeof ethernet);
    memset(packet + 14, 0, 20);
    packet[14] = 0x45;
    put(packet + 16, 2, (uint32_t)(len - 14));
    put(packet + 18, 4, fragment);
    packet[22] = 64;
    packet[23] = 6;
    put(packet + 26, 4, ends[0]);
    put(packet + 30, 4, ends[1]);
    put(packet + 24, 2, ~sum(packet + 14, 20, 0));
}

static void segment(const struct talk *t, int side, unsigned flags, uint32_t seq, const char *data, size_t len)
{
    static uint8_t packet[HEADERS + MSS];
    uint32_t client = 0xc6120100 + t->client / 50000, server = 0xc6130001, port = 10000 + t->client % 50000;
    uint32_t ends[2] = { side == CLIENT ? client : server, side == CLIENT ? server : client };
    uint8_t *tcp = packet + 34;

    memset(tcp, 0, 20);
    put(tcp, 2, side == CLIENT ? port : 80);
    put(tcp + 2, 2, side == CLIENT ? 80 : port);
    put(tcp + 4, 4, seq);
    put(tcp + 8, 4, flags & ACK ? t->seq[!side] : 0);
    put(tcp + 12, 2, 5u << 12 | flags);
    put(tcp + 14, 2, 65535);
    if (len > 0)
        memcpy(tcp + 20, data, len);
    ip(packet, HEADERS + len, ends, 0x4000);
    put(tcp + 16, 2, ~sum(tcp, 20 + len, sum(packet + 26, 8, 6 + 20 + (uint32_t)len)));
    record(packet, HEADERS + len);
}

/* ---- conversations ---- */

static struct talk begin(uint32_t client)
{
    struct talk t = { client, { 1000, 5000 } };

    segment(&t, CLIENT, SYN, t.seq[CLIENT]++, NULL, 0);
    segment(&t, SERVER, SYN | ACK, t.seq[SERVER]++, NULL, 0);
    segment(&t, CLIENT, ACK, t.seq[CLIENT], NULL, 0);
    return t;
}

static void end(struct talk *t)
{
    segment(t, SERVER, FIN | ACK, t->seq[SERVER]++, NULL, 0);
    segment(t, CLIENT, FIN | ACK, t->seq[CLIENT]++, NULL, 0);
    segment(t, SERVER, ACK, t->seq[SERVER], NULL, 0);
}

/* In pieces of `size` octets. */
static void say_in(struct talk *t, int side, const char *data, size_t len, size_t size)
{
    for (size_t at = 0, here; at < len; at += here) {
        here = len - at < size ? len - at : size;
        segment(t, side, PSH | ACK, t->seq[side], data + at, here);
        t->seq[side] += (uint32_t)here;
    }
}

static void acknowledge(const struct talk *t, int side)
{
    segment(t, side, ACK, t->seq[side], NULL, 0);
}

static void say(struct talk *t, int side, const char *data)
{
    say_in(t, side, data, strlen(data), MSS);
    acknowledge(t, !side);
}

/* ---- text ---- */

struct text {
    char *at;
    size_t len, room;
};

static void add(struct text *text, const char *format, ...)
{
    va_list arguments;

    if (text->room - text->len < 1024) {
        text->room = 2 * text->room + 4096;
        text->at = realloc(text->at, text->room);
        if (!text->at)
            abort();
    }
    va_start(arguments, format);
    text->len += (size_t)vsnprintf(text->at + text->len, 1024, format, arguments);
    va_end(arguments);
}

static void add_times(struct text *text, size_t n, const char *words)
{
    while (n-- > 0)
        add(text, "%s", words);
}

#define GET  "GET /item HTTP/1.1\r\nHost: shop.example\r\n"
#define POST "POST /item HTTP/1.1\r\nHost: shop.example\r\n"
#define OK   "HTTP/1.1 200 OK\r\nDate: Fri, 01 Mar 2024 10:00:00 GMT\r\nContent-Type: text/plain\r\n"
#define HI   OK "Content-Length: 2\r\n\r\nhi"

/* One connection on which the client says what `text` holds, in pieces, and is answered. Frees the text. */
static void ask(struct text *text, size_t size)
{
    struct talk t = begin(0);

    say_in(&t, CLIENT, text->at, text->len, size);
    say(&t, SERVER, HI);
    end(&t);
    free(text->at);
}

static void answer(struct text *text)
{
    struct talk t = begin(0);

    say(&t, CLIENT, GET "\r\n");
    say_in(&t, SERVER, text->at, text->len, MSS);
    end(&t);
    free(text->at);
}

/* ---- shapes: connections and exchanges ---- */

static void connections(size_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct talk t = begin(i);

        say(&t, CLIENT, GET "\r\n");
        say(&t, SERVER, HI);
        end(&t);
    }
}

/* All open at once, each in the middle of a response. */
static void open_connections(size_t n)
{
    struct talk t;

    for (uint32_t i = 0; i < n; i++) {
        t = begin(i);
        say(&t, CLIENT, GET "\r\n");
        say(&t, SERVER, OK "Content-Length: 100\r\n\r\nhalf");
    }
}

/* All open at once, each in the middle of a request head. */
static void open_heads(size_t n)
{
    struct talk t;

    for (uint32_t i = 0; i < n; i++) {
        t = begin(i);
        say(&t, CLIENT, GET "Cookie: session=4f1d2c3b5a69788796a5b4c3");
    }
}

static void handshakes(size_t n)
{
    for (uint32_t i = 0; i < n; i++)
        segment(&(struct talk){ i, { 0, 0 } }, CLIENT, SYN, 1000, NULL, 0);
}

static void exchanges_over(size_t n, uint32_t over)
{
    struct talk *talks = calloc(over, sizeof *talks);

    if (!talks)
        abort();
    for (uint32_t i = 0; i < over; i++)
        talks[i] = begin(i);
    for (size_t i = 0; i < n; i++) {
        say(&talks[i % over], CLIENT, GET "\r\n");
        say(&talks[i % over], SERVER, HI);
    }
    for (uint32_t i = 0; i < over; i++)
        end(&talks[i]);
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

static void body(size_t n)
{
    struct text text = { 0 };

    add(&text, OK "Content-Length: %zu\r\n\r\n", n);
    add_times(&text, n / 10, "0123456789");
    answer(&text);
}

static void pipelined(size_t n)
{
    struct talk t = begin(0);

    for (size_t i = 0; i < n; i++)
        say(&t, CLIENT, GET "\r\n");
    for (size_t i = 0; i < n; i++)
        say(&t, SERVER, HI);
    end(&t);
}

static void unmatched(size_t n)
{
    struct talk t = begin(0);

    for (size_t i = 0; i < n; i++)
        say(&t, SERVER, HI);
    end(&t);
}

static void interim(size_t n)
{
    struct text text = { 0 };

    add_times(&text, n, "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
    add(&text, HI);
    answer(&text);
}

/* ---- shapes: heads ---- */

static void one_name(size_t n)
{
    struct text text = { 0 };

    for (int i = 0; i < 50; i++) {
        add(&text, GET);
        add_times(&text, n, "Accept: text/html;q=0.5\r\n");
        add(&text, "\r\n");
    }
    ask(&text, MSS);
}

static void many_names(size_t n)
{
    struct text text = { 0 };

    for (int i = 0; i < 50; i++) {
        add(&text, GET);
        for (size_t k = 0; k < n; k++)
            add(&text, "X-Field-%zu: %zu\r\n", k, k);
        add(&text, "\r\n");
    }
    ask(&text, MSS);
}

/* A line of a request, ten times; the middle is repeated. */
static void lines(size_t n, const char *first, const char *middle, const char *last)
{
    struct text text = { 0 };

    for (int i = 0; i < 10; i++) {
        add(&text, "%s", first);
        add_times(&text, n, middle);
        add(&text, "%s\r\n\r\n", last);
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

    add(&text, "%s", first);
    add_times(&text, n, middle);
    add(&text, "%s", last);
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

    add_times(&text, n, "\r\n");
    add(&text, GET "\r\n");
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
    one_answer_line(n, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "HTTP/1.1 2", "");
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

    add(&text, GET "Cookie: a=");
    add_times(&text, n, "b");
    add(&text, "\r\n\r\n");
    ask(&text, 1);
}

static void octets_of_body(size_t n)
{
    struct text text = { 0 };

    add(&text, POST "Content-Length: %zu\r\n\r\n", n);
    add_times(&text, n, "b");
    ask(&text, 1);
}

/* A body whose octets come one by one, the last of each `window` first. */
static void reversed_in(size_t n, uint32_t window)
{
    struct text text = { 0 };
    struct talk t = begin(0);

    add(&text, POST "Content-Length: %zu\r\n\r\n", n);
    say(&t, CLIENT, text.at);
    for (size_t done = 0; done < n; done += window) {
        for (uint32_t i = window; i-- > 0;)
            segment(&t, CLIENT, PSH | ACK, t.seq[CLIENT] + i, "b", 1);
        t.seq[CLIENT] += window;
        acknowledge(&t, SERVER);
    }
    say(&t, SERVER, HI);
    end(&t);
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
    struct talk t = begin(0);

    add(&text, POST "Content-Length: %zu\r\n\r\n", n + 99);
    say(&t, CLIENT, text.at);
    add_times(&text, 100, "b");
    for (uint32_t i = 0; i < n; i++)
        segment(&t, CLIENT, PSH | ACK, t.seq[CLIENT] + i, text.at + text.len - 100, 100);
    t.seq[CLIENT] += (uint32_t)n + 99;
    say(&t, SERVER, HI);
    end(&t);
    free(text.at);
}

static void gaps(size_t n)
{
    struct talk t = begin(0);

    for (size_t i = 0; i < n; i++) {
        say(&t, CLIENT, GET "\r\n");
        t.seq[SERVER] += 100;
        say(&t, SERVER, HI);
    }
    end(&t);
}

static void twice(size_t n)
{
    struct talk t = begin(0);

    for (size_t i = 0; i < n; i++)
        for (int side = CLIENT; side <= SERVER; side++) {
            const char *words = side == CLIENT ? GET "\r\n" : HI;
            uint32_t seq = t.seq[side];

            say(&t, side, words);
            segment(&t, side, PSH | ACK, seq, words, strlen(words));
        }
    end(&t);
}

/* Fragments of N datagrams that never come whole. */
static void fragments(size_t n)
{
    static const uint32_t ends[2] = { 0xc6120100, 0xc6130001 };
    uint8_t packet[34 + 8] = { 0 };

    for (uint32_t i = 0; i < n; i++) {
        ip(packet, sizeof packet, ends, i << 16 | 0x2000 | (i >> 16));
        record(packet, sizeof packet);
    }
}

/* ---- the list ---- */

static const struct shape {
    const char *name;
    size_t n;
    void (*write)(size_t n);
} shapes[] = {
    { "connections", 1000, connections },
    { "open-connections", 1000, open_connections },
    { "open-heads", 1000, open_heads },
    { "handshakes", 5000, handshakes },
    { "exchanges", 2000, exchanges },
    { "exchanges-over-50", 2000, fifty },
    { "pipelined", 2000, pipelined },
    { "unmatched-responses", 2000, unmatched },
    { "interim-responses", 2000, interim },
    { "fields-of-one-name", 400, one_name },
    { "fields-of-many-names", 400, many_names },
    { "folds", 3000, folds },
    { "empty-members", 15000, commas },
    { "members", 10000, members },
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
    { "chunks-of-1-octet", 20000, chunks },
    { "chunk-extensions", 500, extensions },
    { "trailers", 100, trailers },
    { "upgraded-octets", 200000, upgraded },
    { "noise", 20000, noise },
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
            printf("%s %zu\n", shapes[i].name, shapes[i].n);
        return 0;
    }
    for (size_t i = 0; i < SHAPES && argc == 3; i++)
        if (strcmp(argv[1], shapes[i].name) == 0) {
            begin_file();
            shapes[i].write(strtoul(argv[2], NULL, 10));
            return fflush(stdout) != 0;
        }
    fprintf(stderr, "usage: generate --list | SHAPE N\n");
    return 2;
}
