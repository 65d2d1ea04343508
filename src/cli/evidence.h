/*
 * evidence.h - for each exchange with findings that are told, a small pcapng with just its packets, each finding a comment.
 *
 * Files are called 20261126T123000Z-000001-status-405-allow-missing.pcapng: the time of the exchange, a number, the first rule;
 * nothing that the wire has said. They are readable by their owner alone. Together they keep within a number of octets: the
 * oldest are removed first, those of earlier runs too. Packets wait in a ring (recent.h); of an exchange that lasted longer
 * than the ring reaches back the beginning is lacking. One thread.
 */
#ifndef HTTPLINT_CLI_EVIDENCE_H
#define HTTPLINT_CLI_EVIDENCE_H

#include "base/errors.h"
#include "cli/opener.h"
#include "httplint.h"

struct evidence_options {
    const char *folder;
    const char *const *interfaces;       /* names */
    size_t ninterfaces;
    uint64_t octets_max;                 /* of all files */
    uint64_t recent_octets;              /* of the ring */
    bool shows_secrets;                  /* in comments; the packets hold them anyway */
};

struct evidence;

/* NULL with an error if the folder is none that can be written to. The opener makes and removes files in it; it and `options`
 * must outlive it. Freed by evidence_free. */
struct evidence *evidence_new(const struct evidence_options *, struct opener *, struct errors *errors);
void evidence_free(struct evidence *);

/* True if a file of ours may be called that; opener_allow_folder asks. */
bool evidence_is_name(const char *name);

/* An exchange with the findings that are told of it. Its last packet may not be known yet, so it is written with the next
 * call of evidence_write. */
void evidence_exchange(struct evidence *, const struct httplint_exchange *, const struct httplint_finding *, size_t nfindings);

/* A packet that was linted, and its connection. */
void evidence_packet(struct evidence *, const struct httplint_packet *, int64_t stream, size_t interface);

/* Writes what waits. False with an error the first time that it cannot. */
bool evidence_write(struct evidence *, struct errors *errors);

#endif
