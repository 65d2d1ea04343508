/*
 * binding.h - a packet socket is bound to its interface again, once that is back: packet(7). What the socket has besides, a
 * ring and a filter, stays as it is. None of this needs a right; to make such a socket does.
 */
#ifndef HTTPLINT_INPUT_BINDING_H
#define HTTPLINT_INPUT_BINDING_H

#include <stdbool.h>

struct binding {
    int socket;
    const char *interface;
    int hardware;                        /* its type when it was opened, ARPHRD_...; -1: it has none, as "any" */
    bool is_modest;                      /* not promiscuous */
};

/* The type of an interface now, -1: there is none of that name. Any socket will do. */
int binding_hardware(int socket, const char *interface);

/* 0, or errno: ENODEV the interface is not there, ENETDOWN it is down, EMEDIUMTYPE it is of another type than before. */
int binding_renew(const struct binding *);

#endif
