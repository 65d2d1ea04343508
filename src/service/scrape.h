/*
 * scrape.h - the door to libmicrohttpd: GET /metrics is answered, with whatever text its owner gives.
 *
 * No thread of its own: its owner calls scrape_serve now and then from the thread that reads packets, which does what
 * can be done at once and never waits, for no client. All sockets but those of clients, which are accepted, are
 * opened by scrape_open. Connections, their number for an address, their time and their memory are bounded; the text
 * is asked for once a second at most, so however many ask, little is done for them.
 */
#ifndef HTTPLINT_SERVICE_SCRAPE_H
#define HTTPLINT_SERVICE_SCRAPE_H

#include "base/errors.h"
#include "base/out.h"

struct scrape;

struct scrape_source {
    void *context;
    void (*write)(void *context, struct out *);    /* the text of now */
    const char *type;                              /* its Content-Type */
};

/* "PORT" (127.0.0.1), "ADDRESS:PORT" or "[ADDRESS]:PORT" with an IPv6 address; port 0: one that is free. False with
 * an error of `flag` if it is none of these. */
bool scrape_check(const char *flag, const char *place, struct errors *errors);

/* Listens at a place that scrape_check likes. NULL with an error. */
struct scrape *scrape_open(const char *place, const struct scrape_source *, struct errors *errors);
void scrape_close(struct scrape *);

/* "http://127.0.0.1:9464/metrics", with the port that it came to. */
const char *scrape_url(const struct scrape *);

/* Accepts, reads and answers as far as nothing has to be waited for. To be called several times a second. */
void scrape_serve(struct scrape *);

#endif
