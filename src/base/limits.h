/*
 * limits.h - every bound on what a hostile capture can make us hold or do, in one place.
 *
 * Reaching a limit is a counted note, never a finding about a peer. A session carries its own
 * struct limits, so that tests and flags can lower each of them.
 */
#ifndef HTTPLINT_BASE_LIMITS_H
#define HTTPLINT_BASE_LIMITS_H

#include <stdint.h>

/* LIMIT(member, default, what it bounds) */
#define LIMITS(LIMIT)                                                                              \
    LIMIT(memory_octets, 256u << 20, "octets that queues and open exchanges may hold")             \
    LIMIT(layers, 16, "headers between the link and TCP in one packet")                            \
    LIMIT(datagrams, 4096, "IP datagrams in reassembly")                                           \
    LIMIT(datagram_octets, 16u << 20, "octets of IP fragments held")                               \
    LIMIT(datagram_us, 30000000, "microseconds that an IP fragment waits for the rest")            \
    LIMIT(connections, 65536, "open TCP connections")                                              \
    LIMIT(handshake_us, 30000000, "microseconds that a connection without data stays open")        \
    LIMIT(idle_us, 600000000, "microseconds that an idle connection stays open")                   \
    LIMIT(closed_us, 10000000, "microseconds that a closed connection is remembered")              \
    LIMIT(queue_octets, 1u << 20, "out-of-order octets held for one direction")                    \
    LIMIT(queue_segments, 2048, "out-of-order segments held for one direction")                    \
    LIMIT(wait_segments, 64, "later segments of the connection before a hole is a gap")            \
    LIMIT(wait_us, 1000000, "microseconds before a hole is a gap")                                 \
    LIMIT(head_octets, 256u << 10, "octets of one message head")                                   \
    LIMIT(line_octets, 64u << 10, "octets of one line of a head")                                  \
    LIMIT(known_heads, 256, "shapes of heads that are known again (fewer than 4: none)")           \
    LIMIT(fields, 1024, "field lines of one head")                                                 \
    LIMIT(chunk_line_octets, 4096, "octets of one chunk-size line")                                \
    LIMIT(trailer_octets, 64u << 10, "octets of one trailer section")                              \
    LIMIT(trailer_fields, 256, "field lines of one trailer section")                               \
    LIMIT(sample_octets, 64u << 10, "octets of a body kept for rules that read it")                \
    LIMIT(decoded_octets, 1u << 20, "octets that a decoded body may have")                         \
    LIMIT(settle_us, 1000000, "microseconds after its last octet until a whole exchange is judged")  \
    LIMIT(waiting_requests, 256, "requests of a connection that wait for their response")          \
    LIMIT(interim_responses, 32, "1xx responses kept for one request")                             \
    LIMIT(history_exchanges, 16384, "exchanges that are remembered for those that follow")        \
    LIMIT(history_octets, 1u << 20, "octets of their redirections that are remembered")            \
    LIMIT(findings_per_message, 64, "findings about one message")                                  \
    LIMIT(findings_per_connection, 1024, "findings about one connection")                          \
    LIMIT(repeats, 8192, "different findings that --repeat counts")                               \
    LIMIT(recent_octets, 16u << 20, "octets of packets held for --evidence")                       \
    LIMIT(evidence_octets, 256, "octets quoted in a finding")

struct limits {
#define LIMIT(member, value, words) uint64_t member;
    LIMITS(LIMIT)
#undef LIMIT
};

/* The defaults above. */
extern const struct limits limits_default;

#endif
