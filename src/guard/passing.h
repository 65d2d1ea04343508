/*
 * passing.h - messages between two processes, with which open files may pass: unix(7), SCM_RIGHTS.
 */
#ifndef HTTPLINT_GUARD_PASSING_H
#define HTTPLINT_GUARD_PASSING_H

#include <stdbool.h>
#include <stddef.h>

/* Two sockets that are joined and keep messages apart. False with errno. */
bool passing_pair(int sockets[2]);

/* Sends a message, with a copy of the descriptor (-1: none). False with errno: EPIPE if there is nobody at the other end. */
bool passing_send(int socket, const void *octets, size_t len, int descriptor);

/* Waits for a message of this length; the descriptor that came with it is the caller's, -1: none. False with errno: EPIPE if
 * the other end is closed, EPROTO if the message is none of these. */
bool passing_receive(int socket, void *octets, size_t len, int *descriptor);

/* True while the other end is open. */
bool passing_is_open(int socket);

#endif
