/*
 * note.h - what limits the evidence: a gap, a limit, a layer that is not understood.
 *
 * A note is never about a peer's conduct; findings are. Every stage says what it could not see
 * through one notes_sink, and the session counts them by code.
 */
#ifndef HTTPLINT_BASE_NOTE_H
#define HTTPLINT_BASE_NOTE_H

#include <stdint.h>

/* NOTE(enumerator, code as callers see it, the usual words) */
#define NOTE_CODES(NOTE)                                                                           \
    NOTE(GAP, "gap", "octets are missing from the stream")                                         \
    NOTE(MIDSTREAM, "midstream", "the capture begins in the middle of this connection")            \
    NOTE(SNAPLEN, "snaplen", "packets are cut short by the capture's snap length")                 \
    NOTE(ENCRYPTED, "encrypted", "encrypted (TLS, 802.11): what is inside was not seen")           \
    NOTE(NOT_HTTP, "not-http", "not HTTP/1")                                                       \
    NOTE(RESYNCHRONISED, "resynchronised", "taken up again at a start line")                       \
    NOTE(FRAMING_LOST, "framing-lost", "where the messages end cannot be told")                    \
    NOTE(ONE_SIDED, "one-sided", "only one direction of this connection was captured")             \
    NOTE(CONFLICTING_DATA, "conflicting-data", "the same octets were sent twice and differ")       \
    NOTE(LIMIT, "limit", "a limit was reached")                                                    \
    NOTE(CHECKSUM, "checksum", "segments whose checksum fails or is left to the network card")     \
    NOTE(DROPPED_BY_KERNEL, "dropped-by-kernel", "packets were lost before they were captured")    \
    NOTE(TRUNCATED, "truncated", "the input breaks off")                                           \
    NOTE(CORRUPT, "corrupt", "the input is damaged")                                               \
    NOTE(LINK_TYPE, "link-type", "packets of a link type that is not understood")                  \
    NOTE(MALFORMED, "malformed", "packets whose headers contradict themselves")                    \
    NOTE(FRAGMENT, "fragment", "IP fragments without the rest of their datagram")                  \
    NOTE(URGENT, "urgent", "urgent data was read in line")                                         \
    NOTE(HEAD_CUT, "head-cut", "a message whose head was not seen whole")                          \
    NOTE(TUNNEL, "tunnel", "octets after a switch of protocols are not HTTP")                      \
    NOTE(NOT_CAPTURE, "not-a-capture", "not a capture")                                            \
    NOTE(REPEATED, "repeated", "findings like one that was told before were counted")             \
    NOTE(INTERFACE, "interface", "an interface went away or came back")                            \
    NOTE(EMPTY, "no-http", "no HTTP in this input")                                                \
    NOTE(NOT_SENT, "not-sent", "entries of a log that tell of nothing that was sent")

enum note_code {
#define NOTE(name, code, words) NOTE_##name,
    NOTE_CODES(NOTE)
#undef NOTE
    NOTE_CODE_COUNT
};

enum { NOTE_NO_STREAM = -1 };

struct note {
    enum note_code code;
    const char *words;         /* NULL: the usual words of the code; alive during the call only */
    uint64_t frame;            /* 0: no frame */
    int64_t stream;            /* NOTE_NO_STREAM: none */
};

struct note_sink {
    void (*note)(void *context, const struct note *);
    void *context;
};

/* The code and the usual words, as static strings. */
const char *note_code_name(enum note_code);
const char *note_code_words(enum note_code);

#endif
