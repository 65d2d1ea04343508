#include "input/keep.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/out.h"
#include "input/capture_out.h"
#include "input/live.h"

enum { RECORD_OCTETS = 64 /* of a packet besides its own, at most */ };

struct keep {
    const struct keep_options *options;
    struct out *out;                     /* NULL: no file is open */
    uint64_t octets;                     /* of the open file, about */
    int64_t begun_us;                    /* its first packet; 0: none yet */
    bool has_header;                     /* of pcap */
    bool is_described[LIVE_INTERFACES_MAX];
    uint32_t numbers[LIVE_INTERFACES_MAX];   /* of the interfaces in the open file */
    uint32_t ninterfaces;
    int error;
};

static bool is_rotating(const struct keep *keep)
{
    return keep->options->octets_max > 0 || keep->options->seconds > 0;
}

static bool is_pcapng(const struct keep *keep)
{
    return keep->options->ninterfaces > 1;
}

static void fail(struct keep *keep, int error)
{
    if (keep->error == 0)
        keep->error = error;
}

/* ---- files ---- */

static void close_file(struct keep *keep)
{
    if (keep->out)
        fail(keep, out_close(keep->out));
    keep->out = NULL;
}

static void open_file(struct keep *keep, int64_t time_us)
{
    struct stat status;
    int descriptor = keep->options->next(keep->options->context, time_us);

    if (descriptor < 0) {
        fail(keep, errno);
        return;
    }
    keep->out = out_new(descriptor);
    keep->has_header = fstat(descriptor, &status) == 0 && status.st_size > 0;
    keep->octets = 0;
    keep->begun_us = 0;
    keep->ninterfaces = 0;
    memset(keep->is_described, 0, sizeof keep->is_described);
}

struct keep *keep_open(const struct keep_options *options, struct errors *errors)
{
    struct keep *keep = memory_new(sizeof *keep);

    keep->options = options;
    if (!is_rotating(keep))
        open_file(keep, 0);
    if (keep->error == 0)
        return keep;
    keep_close(keep, errors);
    return NULL;
}

/* ---- packets ---- */

/* Either way: a clock that was set back must not make a file without end. */
static bool is_apart(int64_t now_us, int64_t begun_us, int64_t us)
{
    return now_us - begun_us >= us || begun_us - now_us >= us;
}

static bool is_full(const struct keep *keep, const struct httplint_packet *packet)
{
    const struct keep_options *options = keep->options;

    if (keep->begun_us == 0)
        return false;
    return (options->octets_max > 0 && keep->octets + packet->captured + RECORD_OCTETS > options->octets_max) ||
           (options->seconds > 0 && is_apart(packet->time_us, keep->begun_us, (int64_t)options->seconds * 1000000));
}

static void describe(struct keep *keep, int link, size_t interface)
{
    const struct keep_options *options = keep->options;

    if (!keep->has_header && !is_pcapng(keep))
        capture_out_header(keep->out, link, options->snaplen);
    keep->has_header = true;
    if (keep->begun_us == 0 && is_pcapng(keep))
        capture_out_section(keep->out, (struct text){ 0 });
    if (!is_pcapng(keep) || keep->is_described[interface])
        return;
    keep->is_described[interface] = true;
    keep->numbers[interface] = keep->ninterfaces++;
    capture_out_interface(keep->out, link, options->snaplen, text_of(options->interfaces[interface]));
}

void keep_packet(struct keep *keep, const struct httplint_packet *packet, size_t interface)
{
    if (keep->error != 0)
        return;
    if (is_rotating(keep) && keep->out && is_full(keep, packet))
        close_file(keep);
    if (!keep->out)
        open_file(keep, packet->time_us);
    if (!keep->out)
        return;
    describe(keep, packet->link, interface);
    if (keep->begun_us == 0)
        keep->begun_us = packet->time_us != 0 ? packet->time_us : 1;
    if (is_pcapng(keep))
        capture_out_packet(keep->out, keep->numbers[interface], packet, (struct text){ 0 });
    else
        capture_out_record(keep->out, packet);
    keep->octets += packet->captured + (is_pcapng(keep) ? 36 : 16);
    if (out_error(keep->out) != 0)
        fail(keep, out_error(keep->out));
}

void keep_flush(struct keep *keep)
{
    if (keep->out && !out_flush(keep->out))
        fail(keep, out_error(keep->out));
}

void keep_begin_anew(struct keep *keep)
{
    close_file(keep);
}

int keep_error(const struct keep *keep)
{
    return keep->error;
}

bool keep_close(struct keep *keep, struct errors *errors)
{
    bool is_written;

    if (!keep)
        return true;
    if (keep->out && !keep->has_header && !is_pcapng(keep))
        capture_out_header(keep->out, 1, keep->options->snaplen);    /* no packet came: an empty capture is one too */
    else if (keep->out && keep->begun_us == 0)
        capture_out_section(keep->out, (struct text){ 0 });
    close_file(keep);
    is_written = keep->error == 0 ||
                 errors_add(errors, keep->options->path, 0, 0, "not all packets were kept: %s", strerror(keep->error));
    memory_free(keep);
    return is_written;
}
