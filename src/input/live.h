/*
 * live.h - packets of network interfaces as they pass; with pcap.h behind the door to libpcap.
 *
 * Interfaces are read in turns that never block, merged by time as far as their packets are there. One that goes down or
 * vanishes is waited for, and its socket is bound anew. Frames are numbered through all interfaces, as a capture file of
 * them would number them. Kernel losses, and interfaces that come and go, are told as remarks. Live knows neither TCP nor HTTP, and no signals:
 * its owner calls again and again. One thread.
 */
#ifndef HTTPLINT_INPUT_LIVE_H
#define HTTPLINT_INPUT_LIVE_H

#include "base/errors.h"
#include "base/out.h"
#include "httplint.h"

enum { LIVE_SNAPLEN = 262144, LIVE_BUFFER_KIB = 64 << 10, LIVE_INTERFACES_MAX = 64, LIVE_WAIT_MS = 100 };

/* Read during live_open and later, while interfaces are waited for. */
struct live_options {
    const char *const *interfaces;       /* "any" is one too; each once */
    size_t ninterfaces;                  /* 1 .. LIVE_INTERFACES_MAX */
    const char *filter;                  /* pcap-filter expression, or NULL */
    bool is_modest;                      /* not promiscuous */
    uint32_t snaplen;                    /* octets of a packet at most */
    uint32_t buffer_kib;                 /* of the kernel's buffers, all together */
    /* Binds the socket of an interface, by its place in the options, to it again: as binding_renew. */
    int (*bind)(void *context, size_t interface);
    void *context;
};

struct live_sink {
    void *context;
    /* `interface` is a place in the options. The octets die when it returns. */
    void (*packet)(void *context, const struct httplint_packet *, size_t interface);
    void (*remark)(void *context, const char *code, const char *words);
    /* Nothing came, and no packet before this time is to come. */
    void (*silence)(void *context, int64_t now_us);
};

struct live;

/* Opens all interfaces, or none as long as one of them is down. NULL with errors if one does not exist or may not be read, or
 * the filter does not fit it. Freed by live_free; `options` must outlive it. */
struct live *live_open(const struct live_options *, const struct live_sink *, struct errors *errors);
void live_free(struct live *);

/* Once they are open only `bind` is needed for those that go away. Until then live_await, again and again: waits a while,
 * which a signal ends, and tries to open them; false with errors where that cannot be any more. */
bool live_is_open(const struct live *);
bool live_await(struct live *, struct errors *errors);

/* The packet socket of an interface, by its place in the options. It stays live's. */
int live_socket(const struct live *, size_t interface);

/* Waits for packets, LIVE_WAIT_MS at most, and hands on what there is, but no more than `most`. A signal ends the wait. */
void live_turn(struct live *, uint64_t most);

/* Packets that the kernel has dropped so far, as it said at most a second ago. */
uint64_t live_dropped(const struct live *);

/* An interface by its place in the options, as it is now; false past the last one. */
struct live_interface {
    const char *name;
    uint64_t dropped;                    /* its part of live_dropped */
    bool is_up;                          /* it is there, and neither down nor waited for */
};
bool live_interface(const struct live *, size_t place, struct live_interface *);

/* Asks the kernel once more and tells what was lost since; before the end. */
void live_settle(struct live *);

/* The command --list-interfaces: a line each. False with an error. */
bool live_list(struct out *, struct errors *errors);

#endif
