#include "service/scrape.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"

enum {
    CONNECTIONS_MAX = 16,
    CONNECTIONS_EACH_MAX = 8, /* of one address */
    CONNECTION_OCTETS = 8192, /* of memory: a request is short */
    IDLE_SECONDS = 10,
    BACKLOG = 16,
    SENT_OCTETS = 128 << 10,  /* of the kernel's for a client that does not read */
    FRESH_MS = 1000,          /* so long a text is given again */
    PLACE_MAX = 64,
};

enum answer { WITHOUT_HOST, MISSING, REFUSED, ANSWERS };

static const struct {
    unsigned status;
    struct text words;
} fixed[ANSWERS] = {
    [WITHOUT_HOST] = { MHD_HTTP_BAD_REQUEST, TEXT_INIT("one Host, please\n") },
    [MISSING] = { MHD_HTTP_NOT_FOUND, TEXT_INIT("there is /metrics, and nothing else\n") },
    [REFUSED] = { MHD_HTTP_METHOD_NOT_ALLOWED, TEXT_INIT("GET or HEAD\n") },
};

struct scrape {
    struct MHD_Daemon *daemon;
    struct scrape_source source;
    struct MHD_Response *fresh;                    /* NULL: none was asked for yet */
    int64_t written_ms;
    struct MHD_Response *answers[ANSWERS];         /* those that are always the same */
    char url[PLACE_MAX + 32];
};

/* ---- where ---- */

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
};

/* An address without its brackets, the first `len` octets at `at`. */
static bool read_address(const char *at, size_t len, bool is_bracketed, union address *address)
{
    char written[INET6_ADDRSTRLEN];

    if (len >= sizeof written)
        return false;
    memcpy(written, at, len);
    written[len] = '\0';
    address->any.sa_family = is_bracketed ? AF_INET6 : AF_INET;
    return is_bracketed ? inet_pton(AF_INET6, written, &address->six.sin6_addr) == 1
                        : inet_pton(AF_INET, written, &address->four.sin_addr) == 1;
}

static bool read_place(const char *place, union address *address)
{
    const char *colon = strrchr(place, ':');
    const char *digits = colon ? colon + 1 : place;
    size_t len = colon ? (size_t)(colon - place) : 0;
    bool is_bracketed = len >= 2 && place[0] == '[' && place[len - 1] == ']';
    uint64_t port;

    *address = (union address){ .four = { .sin_addr.s_addr = htonl(INADDR_LOOPBACK) } };
    address->any.sa_family = AF_INET;
    if (!text_number(text_of(digits), &port) || port > UINT16_MAX)
        return false;
    if (is_bracketed && !read_address(place + 1, len - 2, true, address))
        return false;
    if (colon && !is_bracketed && !read_address(place, len, false, address))
        return false;
    if (address->any.sa_family == AF_INET6)
        address->six.sin6_port = htons((uint16_t)port);
    else
        address->four.sin_port = htons((uint16_t)port);
    return true;
}

bool scrape_check(const char *flag, const char *place, struct errors *errors)
{
    union address address;

    if (read_place(place, &address))
        return true;
    return errors_add(errors, NULL, 0, 0,
                      "--%s: '%.200s' is not PORT, ADDRESS:PORT or [ADDRESS]:PORT; an address is one of numbers, "
                      "0.0.0.0 or [::] stands for all of this machine", flag, place);
}

static int listen_at(const union address *address)
{
    socklen_t len = address->any.sa_family == AF_INET6 ? sizeof address->six : sizeof address->four;
    int listener = socket(address->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    /* Where a run before has just ended, its port is free. What is accepted inherits the size. */
    if (listener >= 0 && setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof(int)) == 0 &&
        setsockopt(listener, SOL_SOCKET, SO_SNDBUF, &(int){ SENT_OCTETS }, sizeof(int)) == 0 &&
        bind(listener, &address->any, len) == 0 && listen(listener, BACKLOG) == 0)
        return listener;
    int error = errno;

    if (listener >= 0)
        close(listener);
    errno = error;
    return -1;
}

/* What it came to, if the port was for the kernel to choose. */
static void write_url(struct scrape *scrape, int listener)
{
    union address address = { 0 };
    socklen_t len = sizeof address;
    char written[INET6_ADDRSTRLEN] = "";

    getsockname(listener, &address.any, &len);
    bool is_six = address.any.sa_family == AF_INET6;

    inet_ntop(address.any.sa_family, is_six ? (void *)&address.six.sin6_addr : (void *)&address.four.sin_addr, written,
              sizeof written);
    snprintf(scrape->url, sizeof scrape->url, is_six ? "http://[%s]:%u/metrics" : "http://%s:%u/metrics", written,
             (unsigned)ntohs(is_six ? address.six.sin6_port : address.four.sin_port));
}

/* ---- answers ---- */

static struct MHD_Response *response_of(const char *type, struct text octets)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(octets.len, (void *)(uintptr_t)octets.at, MHD_RESPMEM_MUST_COPY);

    if (response)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    return response;
}

/* Those who are still sent the text of before hold on to it. */
static void freshen(struct scrape *scrape)
{
    if (scrape->fresh && clock_ms() - scrape->written_ms < FRESH_MS)
        return;
    struct out *text = out_new_memory();

    scrape->source.write(scrape->source.context, text);
    if (scrape->fresh)
        MHD_destroy_response(scrape->fresh);
    scrape->fresh = response_of(scrape->source.type, out_held(text));
    scrape->written_ms = clock_ms();
    out_free(text);
}

static enum MHD_Result answer_fixed(const struct scrape *scrape, struct MHD_Connection *connection, enum answer which)
{
    return MHD_queue_response(connection, fixed[which].status, scrape->answers[which]);
}

/* What is wrong with the head is said at once, and the connection closed. The library says so of a missing Host too,
 * if asked to be strict, but sends the head of that answer twice (0.9.75). */
static enum MHD_Result look_at_head(const struct scrape *scrape, struct MHD_Connection *connection, const char *method,
                                    const char *version)
{
    if (strcmp(version, MHD_HTTP_VERSION_1_1) == 0 &&
        !MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST))
        return answer_fixed(scrape, connection, WITHOUT_HOST);
    if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_HEAD) != 0)
        return answer_fixed(scrape, connection, REFUSED);
    return MHD_YES;
}

/* Called once for the head, for each piece of content, and again when there is no more to come. */
static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *octets, size_t *len, void **request)
{
    static char is_begun;
    struct scrape *scrape = context;

    (void)octets;
    if (!*request) {
        *request = &is_begun;
        return look_at_head(scrape, connection, method, version);
    }
    if (*len > 0) {
        *len = 0;
        return MHD_YES;
    }
    if (strcmp(url, "/metrics") != 0)
        return answer_fixed(scrape, connection, MISSING);
    freshen(scrape);
    return scrape->fresh ? MHD_queue_response(connection, MHD_HTTP_OK, scrape->fresh) : MHD_NO;
}

/* ---- its life ---- */

static bool prepare_answers(struct scrape *scrape)
{
    for (int i = 0; i < ANSWERS; i++)
        if (!(scrape->answers[i] = response_of("text/plain", fixed[i].words)))
            return false;
    return MHD_add_response_header(scrape->answers[REFUSED], MHD_HTTP_HEADER_ALLOW, "GET, HEAD") == MHD_YES;
}

struct scrape *scrape_open(const char *place, const struct scrape_source *source, struct errors *errors)
{
    struct scrape *scrape = memory_new(sizeof *scrape);
    union address address;
    int listener;

    scrape->source = *source;
    if (!read_place(place, &address) || (listener = listen_at(&address)) < 0) {
        errors_add(errors, place, 0, 0, "metrics cannot be served there: %s", strerror(errno));
        memory_free(scrape);
        return NULL;
    }
    write_url(scrape, listener);
    if (prepare_answers(scrape))
        scrape->daemon = MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, answer, scrape,
                                          MHD_OPTION_LISTEN_SOCKET, listener,
                                          MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
                                          MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_EACH_MAX,
                                          MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_OCTETS,
                                          MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
                                          MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
    if (scrape->daemon)
        return scrape;
    close(listener);
    scrape_close(scrape);
    errors_add(errors, place, 0, 0, "metrics cannot be served there: libmicrohttpd does not start");
    return NULL;
}

void scrape_close(struct scrape *scrape)
{
    if (!scrape)
        return;
    if (scrape->daemon)
        MHD_stop_daemon(scrape->daemon);
    if (scrape->fresh)
        MHD_destroy_response(scrape->fresh);
    for (int i = 0; i < ANSWERS; i++)
        if (scrape->answers[i])
            MHD_destroy_response(scrape->answers[i]);
    memory_free(scrape);
}

const char *scrape_url(const struct scrape *scrape)
{
    return scrape->url;
}

void scrape_serve(struct scrape *scrape)
{
    MHD_run(scrape->daemon);
}
