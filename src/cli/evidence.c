#include "cli/evidence.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/out.h"
#include "input/capture_out.h"
#include "input/live.h"
#include "input/recent.h"
#include "report/mask.h"
#include "report/words.h"

enum { STAMP_LEN = sizeof "20261126T123000Z" - 1, FILES_MAX = 10000, NAME_LEN = 255, ID_MAX = 100, SNAPLEN = LIVE_SNAPLEN };

struct file {
    char *name;
    uint64_t octets;
};

/* A finding, or the first of an exchange: the words of its comment stand in `words`. */
struct comment {
    uint64_t frame;
    size_t at, len;
};

struct waiting {
    int64_t stream, begun_us, until_us;
    uint64_t frame;
    char rule[ID_MAX + 1];
    size_t first, count;                 /* comments */
};

struct evidence {
    const struct evidence_options *options;
    struct opener *opener;
    struct recent *recent;
    struct file *files;                  /* the oldest first */
    size_t nfiles;
    uint64_t octets;                     /* of the files */
    uint64_t numbers;
    struct waiting *waiting;
    size_t nwaiting, room_waiting;
    struct comment *comments;
    size_t ncomments, room_comments;
    struct out *words, *scratch, *file;
    bool is_described[LIVE_INTERFACES_MAX];
    uint32_t interfaces[LIVE_INTERFACES_MAX];
    uint32_t ninterfaces, npackets;
    const struct waiting *written;
    bool has_failed;
};

/* ---- the folder ---- */

/* "YYYYMMDDThhmmssZ-", digits, '-', and at the end ".pcapng". */
bool evidence_is_name(const char *name)
{
    static const char shape[] = "ddddddddTddddddZ-dddddd";
    size_t len = strlen(name);

    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? name[i] < '0' || name[i] > '9' : name[i] != shape[i])
            return false;
    return len > 7 && len <= NAME_LEN && strcmp(name + len - 7, ".pcapng") == 0;
}

static void add_file(struct evidence *evidence, const char *name, uint64_t octets)
{
    evidence->files = memory_grow(evidence->files, evidence->nfiles + 1, sizeof *evidence->files);
    evidence->files[evidence->nfiles++] = (struct file){ memory_string(name), octets };
    evidence->octets += octets;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

static void remove_oldest(struct evidence *evidence)
{
    struct file *oldest = &evidence->files[0];

    opener_remove(evidence->opener, oldest->name);
    evidence->octets -= oldest->octets;
    memory_free(oldest->name);
    memmove(evidence->files, evidence->files + 1, --evidence->nfiles * sizeof *evidence->files);
}

static void make_room(struct evidence *evidence, uint64_t octets)
{
    while (evidence->nfiles > 0 &&
           (evidence->nfiles >= FILES_MAX || evidence->octets + octets > evidence->options->octets_max))
        remove_oldest(evidence);
}

/* What earlier runs have left counts too. */
static void read_folder(struct evidence *evidence, DIR *folder)
{
    struct dirent *entry;
    struct stat status;

    while ((entry = readdir(folder)) != NULL)
        if (evidence_is_name(entry->d_name) && fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode))
            add_file(evidence, entry->d_name, (uint64_t)status.st_size);
    if (evidence->nfiles > 0)
        qsort(evidence->files, evidence->nfiles, sizeof *evidence->files, by_name);
    make_room(evidence, 0);
}

struct evidence *evidence_new(const struct evidence_options *options, struct opener *opener, struct errors *errors)
{
    DIR *folder = opendir(options->folder);

    if (!folder || faccessat(dirfd(folder), ".", W_OK, AT_EACCESS) != 0) {
        errors_add(errors, options->folder, 0, 0, "evidence cannot be written there: %s", strerror(errno));
        if (folder)
            closedir(folder);
        return NULL;
    }
    struct evidence *evidence = memory_new(sizeof *evidence);

    evidence->options = options;
    evidence->opener = opener;
    evidence->recent = recent_new((size_t)options->recent_octets);
    evidence->words = out_new_memory();
    evidence->scratch = out_new_memory();
    evidence->file = out_new_memory();
    read_folder(evidence, folder);
    closedir(folder);
    return evidence;
}

void evidence_free(struct evidence *evidence)
{
    if (!evidence)
        return;
    for (size_t i = 0; i < evidence->nfiles; i++)
        memory_free(evidence->files[i].name);
    memory_free(evidence->files);
    memory_free(evidence->waiting);
    memory_free(evidence->comments);
    recent_free(evidence->recent);
    out_free(evidence->words);
    out_free(evidence->scratch);
    out_free(evidence->file);
    memory_free(evidence);
}

/* ---- what waits ---- */

static void add_comment(struct evidence *evidence, const struct httplint_exchange *exchange, const struct httplint_finding *finding)
{
    size_t at = out_held(evidence->words).len;

    if (evidence->ncomments == evidence->room_comments) {
        evidence->room_comments = 2 * evidence->room_comments + 16;
        evidence->comments = memory_grow(evidence->comments, evidence->room_comments, sizeof *evidence->comments);
    }
    out_string(evidence->words, words_severity(finding->severity));
    out_string(evidence->words, ": ");
    out_clear(evidence->scratch);
    if (evidence->options->shows_secrets)
        out_text(evidence->scratch, words_text(finding->message));
    else
        mask_message(evidence->scratch, exchange, finding);
    out_visible(evidence->words, text_part(out_held(evidence->scratch), 0, MESSAGE_MAX));
    out_string(evidence->words, " [");
    out_visible(evidence->words, words_text(finding->rule->id));
    out_string(evidence->words, "]");
    evidence->comments[evidence->ncomments++] =
        (struct comment){ finding->frame, at, out_held(evidence->words).len - at };
}

void evidence_exchange(struct evidence *evidence, const struct httplint_exchange *exchange,
                       const struct httplint_finding *findings, size_t nfindings)
{
    if (nfindings == 0)
        return;
    if (evidence->nwaiting == evidence->room_waiting) {
        evidence->room_waiting = 2 * evidence->room_waiting + 16;
        evidence->waiting = memory_grow(evidence->waiting, evidence->room_waiting, sizeof *evidence->waiting);
    }
    struct waiting *waiting = &evidence->waiting[evidence->nwaiting++];
    struct httplint_text id = findings[0].rule->id;
    bool is_back = exchange->ended_us < exchange->begun_us;    /* the clock was set back meanwhile */

    *waiting = (struct waiting){ .stream = exchange->stream, .begun_us = exchange->begun_us, .frame = exchange->frame,
                                 .until_us = is_back ? INT64_MAX : exchange->ended_us, .first = evidence->ncomments,
                                 .count = nfindings };
    snprintf(waiting->rule, sizeof waiting->rule, "%.*s", (int)(id.len < ID_MAX ? id.len : ID_MAX), id.at);
    for (size_t i = 0; i < nfindings; i++)
        add_comment(evidence, exchange, &findings[i]);
}

void evidence_packet(struct evidence *evidence, const struct httplint_packet *packet, int64_t stream, size_t interface)
{
    if (stream >= 0)
        recent_add(evidence->recent, &(struct recent_packet){ *packet, stream, interface });
}

/* ---- a file ---- */

/* All findings about the packet, a line each. */
static struct text comment_on(struct evidence *evidence, uint64_t frame)
{
    const struct waiting *waiting = evidence->written;

    out_clear(evidence->scratch);
    for (size_t i = waiting->first; i < waiting->first + waiting->count; i++) {
        const struct comment *comment = &evidence->comments[i];

        if (comment->frame != frame)
            continue;
        out_string(evidence->scratch, out_held(evidence->scratch).len > 0 ? "\n" : "");
        out_text(evidence->scratch, text_part(out_held(evidence->words), comment->at, comment->at + comment->len));
    }
    return out_held(evidence->scratch);
}

static void put_packet(void *context, const struct recent_packet *kept)
{
    struct evidence *evidence = context;
    size_t interface = kept->interface;

    if (!evidence->is_described[interface]) {
        evidence->is_described[interface] = true;
        evidence->interfaces[interface] = evidence->ninterfaces++;
        capture_out_interface(evidence->file, kept->packet.link, SNAPLEN,
                              text_of(evidence->options->interfaces[interface]));
    }
    evidence->npackets++;
    capture_out_packet(evidence->file, evidence->interfaces[interface], &kept->packet,
                       comment_on(evidence, kept->packet.frame));
}

static void compose(struct evidence *evidence, const struct waiting *waiting)
{
    out_clear(evidence->file);
    evidence->written = waiting;
    evidence->ninterfaces = evidence->npackets = 0;
    memset(evidence->is_described, 0, sizeof evidence->is_described);
    capture_out_section(evidence->file, text_of("httplint: the packets of one exchange; its findings are comments on them"));
    recent_each(evidence->recent, waiting->stream, waiting->frame, waiting->until_us, put_packet, evidence);
}

static void name_file(struct evidence *evidence, const struct waiting *waiting, char name[NAME_LEN + 1])
{
    time_t seconds = (time_t)(waiting->begun_us / 1000000);
    struct tm utc = { 0 };
    char stamp[64];

    gmtime_r(&seconds, &utc);
    strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc);
    snprintf(name, NAME_LEN + 1, "%.*s-%06llu-%s.pcapng", STAMP_LEN, stamp, (unsigned long long)(++evidence->numbers % 1000000),
             waiting->rule);
}

/* Gives errno, 0: it is written. Half a file is none. */
static int write_file(struct evidence *evidence, const char *name, struct text octets)
{
    int descriptor = opener_make(evidence->opener, name);

    if (descriptor < 0)
        return errno;
    struct out *out = out_new(descriptor);

    out_text(out, octets);
    int error = out_close(out);

    if (error != 0)
        opener_remove(evidence->opener, name);
    return error;
}

static int write_one(struct evidence *evidence, const struct waiting *waiting)
{
    char name[NAME_LEN + 1];

    compose(evidence, waiting);
    struct text octets = out_held(evidence->file);

    if (evidence->npackets == 0 || octets.len > evidence->options->octets_max)
        return 0;
    make_room(evidence, octets.len);
    name_file(evidence, waiting, name);
    int error = write_file(evidence, name, octets);

    if (error == 0)
        add_file(evidence, name, octets.len);
    return error;
}

bool evidence_write(struct evidence *evidence, struct errors *errors)
{
    int error = 0;

    for (size_t i = 0; i < evidence->nwaiting && error == 0; i++)
        error = write_one(evidence, &evidence->waiting[i]);
    evidence->nwaiting = evidence->ncomments = 0;
    out_clear(evidence->words);
    if (error == 0 || evidence->has_failed)
        return true;
    evidence->has_failed = true;
    return errors_add(errors, evidence->options->folder, 0, 0, "evidence cannot be written: %s", strerror(error));
}
