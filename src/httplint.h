/*
 * httplint.h - the one public header: captured octets go in, exchanges with their findings come out.
 *
 * Rules are loaded once (httplint_rules), immutable, and shared by any number of sessions and
 * threads. A session (httplint) lints one input: it is fed through one of its doors and hands each
 * exchange, once it is over and judged, to the sink. All records and the views in them are valid
 * during the sink call only. A session serves one thread at a time, whatever helpers it has. Where memory runs out the
 * process aborts, unless httplint_on_exhaustion says otherwise.
 */
#ifndef HTTPLINT_H
#define HTTPLINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Of the library, as "0.1.0". */
const char *httplint_version(void);

/* Called when memory runs out, to end the process well; where it returns, or is NULL, abort() is called. One for the
 * whole process. */
void httplint_on_exhaustion(void (*hook)(void *context), void *context);

/* A view of octets: not owned, not NUL-terminated, any octet may occur. */
struct httplint_text {
    const char *at;
    size_t len;
};

enum httplint_severity { HTTPLINT_OFF, HTTPLINT_INFO, HTTPLINT_WARNING, HTTPLINT_ERROR };
enum httplint_side { HTTPLINT_REQUEST, HTTPLINT_RESPONSE, HTTPLINT_CONNECTION };
enum httplint_party { HTTPLINT_PARTY_UNKNOWN, HTTPLINT_PARTY_CLIENT, HTTPLINT_PARTY_SERVER };

/* ---- rules ---- */

typedef struct httplint_rules httplint_rules;

/* Called for each mistake in the rules; `file` may be NULL, line and column 0. */
struct httplint_complaint {
    void (*mistake)(void *context, const char *file, unsigned line, unsigned column, const char *words);
    void *context;
};

struct httplint_rules_request {
    const char *const *files;            /* the user's rule files, in order; read during the call */
    size_t nfiles;
    bool without_builtin;                /* leave the built-in rules out */
    const char *const *select;           /* globs over ids, comma lists; none: all */
    size_t nselect;
    const char *const *ignore;
    size_t nignore;
    int64_t today_us;                    /* for `until` dates; microseconds since 1970 */
    /* Opens these files and those that they extend: a descriptor, which is closed once it was read, or -1 with errno.
     * NULL: open(2). */
    int (*open)(void *context, const char *path);
    void *open_context;
};

/* NULL if anything is wrong; then every mistake was reported. Where it gives rules, what was reported are remarks: an
 * adjustment past its date. Without a request (NULL) they are the built-in ones, without a complaint nothing is
 * reported. Freed by httplint_rules_free, after its sessions. */
httplint_rules *httplint_rules_new(const struct httplint_rules_request *, const struct httplint_complaint *);
void httplint_rules_free(httplint_rules *);

/* What has to be seen for a rule to be decided, as bits; what was not seen never breaks a rule. */
enum httplint_evidence {
    HTTPLINT_NEEDS_REQUEST = 1,
    HTTPLINT_NEEDS_RESPONSE = 2,
    HTTPLINT_NEEDS_BODY = 4,             /* how many octets there are, or which */
    HTTPLINT_NEEDS_TRAILERS = 8,
    HTTPLINT_NEEDS_HISTORY = 16          /* earlier exchanges */
};

/* Exchanges that show a rule at work: a `.http` text, and the line in its rule's source where the value stands. */
struct httplint_example {
    struct httplint_text text;
    unsigned line;
};

/* One rule as a person reads it; lives as long as its rules. */
struct httplint_rule {
    struct httplint_text id, family, message, why, level, since, source;
    struct httplint_text when, unless, require, forbid;  /* its conditions in words; empty: it has none */
    const char *check;                   /* what decides it besides; NULL: nothing */
    unsigned evidence;                   /* enum httplint_evidence bits */
    const struct httplint_example *examples;
    size_t nexamples;
    const struct httplint_text *spec;    /* sections, as "RFC9110 15.5.6" */
    size_t nspec;
    const char *scope;                   /* "request", "response", "message" (either), "exchange", "connection",
                                          * "history" */
    enum httplint_severity severity;
    enum httplint_party party;
    unsigned line;                       /* in `source` */
    bool is_builtin;
};

/* The rules by number, 0 .. count - 1, in the order of their ids. */
size_t httplint_rules_count(const httplint_rules *);
const struct httplint_rule *httplint_rules_get(const httplint_rules *, size_t number);

/* A value of a key of a rules file that says what a flag of the command says, as `fail-on`. */
struct httplint_setting {
    struct httplint_text value;
    const char *file;                    /* where it stands */
    unsigned line, column;
};

/* The values, by number, that the last file which has the key gives; false past the last one. They live as long as the
 * rules. `select` and `ignore` were obeyed where the request had none; the rest is the caller's. */
bool httplint_rules_setting(const httplint_rules *, const char *key, size_t number, struct httplint_setting *);

/* An entry of `suppress`: findings that are known and not told, only counted. */
struct httplint_suppression {
    struct httplint_text reason;
    const char *file;                    /* where it stands */
    unsigned line, column;
    bool is_idle;                        /* none of its rules is on, so it can take nothing away */
};

/* By number; false past the last one. They live as long as the rules. */
bool httplint_rules_suppression(const httplint_rules *, size_t number, struct httplint_suppression *);

/* ---- what comes out ---- */

/* What a finding is beside what was known before. A session knows nothing of that and says HTTPLINT_STATE_UNKNOWN; who
 * compares, fills it in. */
enum httplint_state { HTTPLINT_STATE_UNKNOWN, HTTPLINT_NEW, HTTPLINT_UNCHANGED, HTTPLINT_FIXED };

struct httplint_exchange {
    uint64_t number;                     /* in this session, from 1 */
    int64_t stream;                      /* TCP connection, from 0 in the order of first packets; -1: none */
    uint64_t frame;                      /* of the first octet of the request, or of the response without one */
    int64_t begun_us, ended_us;          /* capture time, since 1970 */
    struct httplint_text client, server; /* "198.18.0.2:40001", "[2001:db8::1]:80"; empty: unknown */
    struct httplint_text method, url;    /* empty: the request was not seen */
    const char *version;                 /* of the final response, else of the request: "1.0", "1.1"; "" unknown */
    unsigned status;                     /* 0: no final response was seen */
    const unsigned *interim;             /* 1xx status codes before it */
    size_t ninterim;
    uint64_t request_octets, response_octets;    /* content octets seen */
    bool has_request, has_response;
    bool is_complete;                    /* request and final response were seen whole */
    struct httplint_text request_head, response_head;
};

struct httplint_finding {
    const struct httplint_rule *rule;
    enum httplint_severity severity;     /* after adjustments and softening */
    enum httplint_side side;
    enum httplint_party party;           /* who is at fault */
    struct httplint_text message;        /* holes filled, not escaped */
    struct httplint_text field;          /* name of the field at fault; empty: none */
    struct httplint_text evidence;       /* octets at fault, cut to a bounded length; empty: none */
    unsigned status;                     /* of the response that is looked at (an interim one has its own); 0: none */
    uint64_t frame, offset;              /* frame and stream offset of the octets it is about */
    uint64_t file_at, file_octets;       /* where these stand in the file, and how many in a row; 0: not known */
    int64_t time_us;                     /* when that message began */
    bool is_uncertain;
    bool is_baselined, is_expected;      /* known and accepted; likewise: false from a session */
    enum httplint_state state;
};

struct httplint_note {
    const char *code;                    /* "gap", "midstream", ... static */
    const char *message;
    uint64_t frame;                      /* 0: none */
    int64_t stream;                      /* -1: none */
};

struct httplint_sink {
    /* An exchange is over: it and its findings (which may be none), by message and offset. */
    void (*exchange)(void *context, const struct httplint_exchange *, const struct httplint_finding *,
                     size_t nfindings);
    void (*note)(void *context, const struct httplint_note *);
    void *context;
};

/* ---- a session ---- */

typedef struct httplint httplint;

struct httplint_limit {
    const char *name;                    /* a member of limits.h, as "queue_octets" */
    uint64_t value;                      /* at least 1 */
};

struct httplint_options {
    const struct httplint_limit *limits; /* those that differ from the defaults */
    size_t nlimits;
    bool counts_rules;                   /* keep httplint_rule_counts */
    bool tells_findings_only;            /* exchanges without findings do not go to the sink; they are in the totals */
    /* Threads that the session may begin, to read connections beside the caller's; 0: none. The sink is called all the same by
     * the caller's, from calls of the session, and told the same in the same order, octet for octet; but later: all of it at
     * the latest by httplint_finish. Until then neither httplint_totals nor httplint_rule_counts may be asked. Those that would have
     * nothing to do are not begun. */
    unsigned helpers;
    /* The capture has no end: where open connections and what waits for them would take more than the limit memory_octets,
     * whichever is idle for longest is dropped, with a note. Else each of the two is bounded alone. Without helpers only. */
    bool is_endless;
};

/* Owned by the caller; freed by httplint_free. NULL only if a limit is unknown or 0 (its name goes to `complaint`). All
 * but the rules may be NULL: no options, no sink (only the totals are of interest), nobody to complain to. */
httplint *httplint_new(const httplint_rules *, const struct httplint_options *, const struct httplint_sink *,
                       const struct httplint_complaint *);
void httplint_free(httplint *);

/* From now on exchanges are judged by other rules, those that are open too; the old rules may be freed. Counts of rules and
 * suppressions begin anew. */
void httplint_adopt(httplint *, const httplint_rules *);

/* Door 1: a captured frame. Frame numbers ascend; octets are read during the call. */
struct httplint_packet {
    const void *octets;
    uint32_t captured, length;           /* octets here; octets on the wire */
    int link;                            /* LINKTYPE_ value of the capture file */
    uint64_t frame;                      /* from 1 */
    int64_t time_us;                     /* since 1970 */
    uint64_t file_at;                    /* where in the file the octets stand; 0: not known */
};
void httplint_packet(httplint *, const struct httplint_packet *);

/* The TCP connection that the last packet was of, as in struct httplint_exchange; -1: of none that is known. */
int64_t httplint_stream(const httplint *);

/* Capture time has come to `now_us`: no packet before it is to come. What is fed to the doors says so by itself, so it is needed
 * only while nothing comes and somebody waits; when it is called changes nothing of what comes out, nor its order. */
void httplint_tick(httplint *, int64_t now_us);

/* Door 2: octets of a connection in order, from somebody who has no packets. */
struct httplint_chunk {
    uint64_t connection;                 /* any number; a new one opens a connection */
    uint64_t hosts;                      /* new connections with the same number here join the same client and server;
                                          * 0: this one has its own */
    enum httplint_side side;             /* HTTPLINT_REQUEST: sent by the client; HTTPLINT_RESPONSE: by the server */
    const void *octets;
    size_t len;
    uint64_t frame;                      /* what stands for a frame: a line number, say */
    int64_t time_us;
    uint64_t file_at;                    /* where in the file these octets stand; 0: not known, or not as they are */
};
void httplint_octets(httplint *, const struct httplint_chunk *);

/* How a direction of such a connection ends or is interrupted. */
enum httplint_event {
    HTTPLINT_FIN,                        /* the side closed its direction */
    HTTPLINT_RST,                        /* the side reset the connection */
    HTTPLINT_GAP,                        /* octets of the side were lost: chunk.len of them */
    HTTPLINT_CUT                         /* the recording of the side ends here */
};
void httplint_event(httplint *, const struct httplint_chunk *where, enum httplint_event);

/* Door 3: an entry of a log, an exchange as fields, from somebody who has no octets. What is not told is unknown, never
 * absent: how the messages were written and framed, interim responses, what passed before and after. */
struct httplint_field {
    struct httplint_text name, value;
};

enum httplint_content { HTTPLINT_CONTENT_UNKNOWN, HTTPLINT_CONTENT_NONE, HTTPLINT_CONTENT_SOME };

struct httplint_told {
    const struct httplint_field *fields;
    size_t nfields;
    bool has_all_fields;                 /* no others were sent, but perhaps such as logs leave out: credentials, those about
                                          * transfer and connection */
    unsigned version;                    /* 10, 11, 20, 30; 0: unknown */
    enum httplint_content content;
    uint64_t octets;                     /* of content, with its codings undone; 0: unknown */
    struct httplint_text sample;         /* all these octets; empty: not known */
    int64_t begun_us, ended_us;
};

struct httplint_entry {
    uint64_t frame;                      /* what stands for a frame: the number of the entry, say */
    uint64_t file_at, file_octets;       /* where in the file it stands; 0: not known */
    struct httplint_text method, url;    /* the URL whole */
    unsigned status;                     /* 100 to 999; 0: no response is told */
    struct httplint_text reason;
    struct httplint_told request, response;
};
void httplint_entry(httplint *, const struct httplint_entry *);

/* A note of the input itself: octets missing in the file, packets that the kernel dropped. `code` as in note.h. */
void httplint_remark(httplint *, const char *code, const char *words, uint64_t frame);

/* The input is over: everything open is judged and handed out. Afterwards only the totals may be asked. */
void httplint_finish(httplint *);

/* ---- totals ---- */

enum { HTTPLINT_NOTE_CODES = 32, HTTPLINT_STATUSES = 1000 };

struct httplint_summary {
    uint64_t packets, entries, octets, streams, requests, responses, exchanges;
    uint64_t statuses[HTTPLINT_STATUSES];        /* by status code; 0: none of three digits */
    uint64_t findings[HTTPLINT_ERROR + 1];       /* by severity */
    uint64_t suppressed;                         /* findings that are not among these */
    uint64_t notes[HTTPLINT_NOTE_CODES];         /* by number of the code */
};

/* What was seen so far. Adding the totals of several sessions gives those of all inputs. */
const struct httplint_summary *httplint_totals(const httplint *);
void httplint_summary_add(struct httplint_summary *sum, const struct httplint_summary *);

/* The code of a note by its number, NULL past the last one. */
const char *httplint_note_code(size_t number);

/* Findings that a suppression took away, by its number; several may fit the same finding. */
uint64_t httplint_suppressed(const httplint *, size_t suppression);

/* How often a rule was decided, and how; all zero without options.counts_rules. */
enum { HTTPLINT_LACKS = 8 };

struct httplint_rule_counts {
    uint64_t kept, broken, not_applicable;
    uint64_t undecidable[HTTPLINT_LACKS];        /* by number of what was lacking */
};

/* What was lacking, by its number, as "request-unseen"; NULL past the last one. */
const char *httplint_lack_name(size_t number);
struct httplint_rule_counts httplint_rule_counts(const httplint *, size_t rule);

#ifdef __cplusplus
}
#endif

#endif
