/*
 * capture_seen.h - runs an input from memory through its reader and keeps what came out.
 */
#ifndef HTTPLINT_TESTS_CAPTURE_SEEN_H
#define HTTPLINT_TESTS_CAPTURE_SEEN_H

#include <CUnit/CUnit.h>

#include "input/reading.h"

/* A failure names the row, which may be made up for the moment: CUnit copies it. */
#define CAPTURE_ROW(row, condition)                                                                \
    CU_assertImplementation((condition) ? CU_TRUE : CU_FALSE, __LINE__,                            \
                            capture_row((row), #condition), __FILE__, "", CU_FALSE)

const char *capture_row(const char *row, const char *condition);

struct capture_packet {
    uint64_t frame;
    int64_t time_us;
    uint32_t captured, length;
    int link;
    uint8_t first;             /* octet; 0 in an empty packet */
};

/* Octets in memory, given out at most `step` at a time (0: all). */
struct capture_door {
    struct text rest;
    size_t step;
    int error;                 /* errno where the octets end; 0: a proper end */
    unsigned interruptions;    /* reads that fail with EINTR first */
};

struct source_door capture_door(struct capture_door *);

/* Emptied by capture_forget. */
struct capture_seen {
    enum input_result result;
    struct capture_packet *packets;
    size_t npackets;
    size_t nremarks;
    char remark[128];          /* the last one: code, frame, words */
    char *log;                 /* chunks and events, a line each; entries, with a line a field */
    size_t log_len, log_room;
    struct errors errors;
    bool is_sane;              /* frames ascend, lengths and times are within bounds, and places in the file are right */
    size_t nplaced;            /* packets, chunks and entries whose place in the file is told */
    struct text file;
};

void capture_read_door(struct capture_door *, const struct input_options *, struct capture_seen *);
void capture_read(struct text file, const struct input_options *, struct capture_seen *);
void capture_forget(struct capture_seen *);

/* The words of the first error, or "". */
const char *capture_words(const struct capture_seen *);

#endif
