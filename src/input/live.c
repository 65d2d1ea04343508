#include "input/live.h"

#include <errno.h>
#include <inttypes.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "input/pcap.h"

enum {
    WORDS_MAX = 512,
    TURN_MAX = 4096,                         /* packets of one turn: signals and clocks are looked at in between */
    RETRY_MS = 500,                          /* between attempts to open, or bind to, an interface that is away */
    ASK_MS = 1000,                           /* between questions for the kernel's losses */
    TELL_MS = 10000,                         /* between remarks about them */
    SILENT_TURNS = 4,                        /* in which the kernel hands over a block that is not full, several times over */
};

struct device {
    const char *name;
    pcap_t *pcap;                            /* NULL: not open yet */
    int link;
    bool is_away;                            /* it has vanished: its socket hears nothing until it is bound again */
    bool is_other;                           /* what has its name is of another type */
    int64_t retry_ms;                        /* not bound before */
    bool has_failed;                         /* poll(2) says so; why is libpcap's to find out */
    bool is_down;                            /* it is still there: libpcap waits for it, and we for its packets */
    struct pcap_pkthdr *header;              /* of a packet that is not handed on yet; NULL: none */
    const u_char *octets;
    uint64_t dropped;                        /* by the kernel, as last asked */
    uint32_t counter;                        /* what the handle counted by then: 32 bits, which wrap */
    bool is_told;                            /* that it is waited for before it was open */
};

struct live {
    const struct live_options *options;
    struct live_sink sink;
    struct device devices[LIVE_INTERFACES_MAX];
    size_t count;
    bool is_open;
    uint64_t frames;
    uint64_t told;                           /* losses that were remarked on */
    int64_t ask_ms, tell_ms;
    int64_t clocks[SILENT_TURNS];            /* when the last turns began, by the clock that stamps packets; the oldest first */
    unsigned silent;                         /* turns without packets */
};

static void remark(struct live *live, const char *code, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void remark(struct live *live, const char *code, const char *format, ...)
{
    char words[WORDS_MAX];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    live->sink.remark(live->sink.context, code, words);
}

/* ---- an interface is opened ---- */

enum opening { OPENED, OPENING_DOWN, OPENING_GONE, OPENING_REFUSED };

static bool prepare(pcap_t *pcap, const struct live_options *options)
{
    uint64_t octets = ((uint64_t)options->buffer_kib << 10) / options->ninterfaces;

    /* Blocks that are not full are handed over after the wait; where the link is silent nothing is, hence our own poll(2). */
    return pcap_set_snaplen(pcap, (int)options->snaplen) == 0 && pcap_set_promisc(pcap, !options->is_modest) == 0 &&
           pcap_set_timeout(pcap, LIVE_WAIT_MS) == 0 &&
           pcap_set_buffer_size(pcap, octets < INT32_MAX ? (int)octets : INT32_MAX) == 0 &&
           pcap_set_tstamp_precision(pcap, PCAP_TSTAMP_PRECISION_MICRO) == 0;
}

static enum opening explain(pcap_t *pcap, int error, char words[WORDS_MAX])
{
    const char *detail = pcap_geterr(pcap);

    if (error == PCAP_ERROR_IFACE_NOT_UP) {
        snprintf(words, WORDS_MAX, "is down");
        return OPENING_DOWN;
    }
    if (error == PCAP_ERROR_NO_SUCH_DEVICE) {
        snprintf(words, WORDS_MAX, "there is no such interface; httplint --list-interfaces names them");
        return OPENING_GONE;
    }
    if (error == PCAP_ERROR_PERM_DENIED || error == PCAP_ERROR_PROMISC_PERM_DENIED)
        snprintf(words, WORDS_MAX, "may not be read: run as root or with the capability CAP_NET_RAW");
    else
        snprintf(words, WORDS_MAX, "cannot be opened: %s", *detail ? detail : pcap_statustostr(error));
    return OPENING_REFUSED;
}

/* Non-blocking before the filter is set: libpcap asks the kernel for its version then. */
static bool set_up(struct device *device, pcap_t *pcap, const char *filter, char words[WORDS_MAX])
{
    char problem[PCAP_ERRBUF_SIZE] = "";
    struct bpf_program program;

    if (pcap_setnonblock(pcap, 1, problem) != 0) {
        snprintf(words, WORDS_MAX, "cannot be read: %s", problem);
        return false;
    }
    if (filter) {
        bool is_set = pcap_compile(pcap, &program, filter, 1, PCAP_NETMASK_UNKNOWN) == 0;

        if (is_set) {
            is_set = pcap_setfilter(pcap, &program) == 0;
            pcap_freecode(&program);
        }
        if (!is_set) {
            snprintf(words, WORDS_MAX, "filter '%.200s' does not fit: %.200s", filter, pcap_geterr(pcap));
            return false;
        }
    }
    device->link = pcap_link(pcap_datalink(pcap));
    return true;
}

static enum opening open_device(struct live *live, struct device *device, char words[WORDS_MAX])
{
    char problem[PCAP_ERRBUF_SIZE] = "";
    pcap_t *pcap = pcap_create(device->name, problem);
    enum opening opening = OPENED;
    int error;

    if (!pcap) {
        snprintf(words, WORDS_MAX, "cannot be opened: %s", problem);
        return OPENING_REFUSED;
    }
    error = prepare(pcap, live->options) ? pcap_activate(pcap) : PCAP_ERROR;
    if (error < 0)
        opening = explain(pcap, error, words);
    else if (!set_up(device, pcap, live->options->filter, words))
        opening = OPENING_REFUSED;
    if (opening != OPENED) {
        pcap_close(pcap);
        return opening;
    }
    device->pcap = pcap;
    return OPENED;
}

static void close_all(struct live *live)
{
    for (size_t i = 0; i < live->count; i++) {
        if (live->devices[i].pcap)
            pcap_close(live->devices[i].pcap);
        live->devices[i].pcap = NULL;
    }
}

static void tell_waiting(struct live *live, struct device *device)
{
    if (!device->is_told)
        remark(live, "interface", "%s is down: waiting for it, nothing is read before", device->name);
    device->is_told = true;
}

/* All or none: what is held back for one that is open would be lost while another is waited for. One that was there and
 * now is not may come back. */
static bool open_all(struct live *live, struct errors *errors)
{
    char words[WORDS_MAX];
    bool is_good = true;

    live->is_open = true;
    for (size_t i = 0; i < live->count; i++) {
        struct device *device = &live->devices[i];
        enum opening opening = open_device(live, device, words);

        live->is_open &= opening == OPENED;
        if (opening == OPENING_DOWN)
            tell_waiting(live, device);
        else if (opening != OPENED && !(opening == OPENING_GONE && device->is_told))
            is_good = errors_add(errors, device->name, 0, 0, "%s", words);
    }
    if (!live->is_open)
        close_all(live);
    return is_good;
}

struct live *live_open(const struct live_options *options, const struct live_sink *sink, struct errors *errors)
{
    struct live *live = memory_new(sizeof *live);

    live->options = options;
    live->sink = *sink;
    live->ask_ms = live->tell_ms = clock_ms();
    for (; live->count < options->ninterfaces; live->count++)
        live->devices[live->count] = (struct device){ .name = options->interfaces[live->count], .link = -1 };
    if (open_all(live, errors))
        return live;
    live_free(live);
    return NULL;
}

bool live_is_open(const struct live *live)
{
    return live->is_open;
}

bool live_await(struct live *live, struct errors *errors)
{
    return poll(NULL, 0, RETRY_MS) != 0 || open_all(live, errors);
}

int live_socket(const struct live *live, size_t interface)
{
    return pcap_fileno(live->devices[interface].pcap);
}

void live_free(struct live *live)
{
    if (!live)
        return;
    close_all(live);
    memory_free(live);
}

/* ---- losses ---- */

static void ask_device(struct device *device)
{
    struct pcap_stat stat;

    if (!device->pcap || pcap_stats(device->pcap, &stat) != 0)
        return;
    device->dropped += (uint32_t)(stat.ps_drop - device->counter);
    device->counter = stat.ps_drop;
}

static void tell_losses(struct live *live)
{
    uint64_t all = live_dropped(live);

    live->tell_ms = clock_ms() + TELL_MS;
    if (all > live->told)
        remark(live, "dropped-by-kernel", "%" PRIu64 " packets were dropped by the kernel: a larger buffer (-B) or a filter (-f) helps",
               all - live->told);
    live->told = all;
}

static void ask(struct live *live)
{
    int64_t now = clock_ms();

    if (now < live->ask_ms)
        return;
    live->ask_ms = now + ASK_MS;
    for (size_t i = 0; i < live->count; i++)
        ask_device(&live->devices[i]);
    if (now >= live->tell_ms)
        tell_losses(live);
}

void live_settle(struct live *live)
{
    for (size_t i = 0; i < live->count; i++)
        ask_device(&live->devices[i]);
    tell_losses(live);
}

uint64_t live_dropped(const struct live *live)
{
    uint64_t all = 0;

    for (size_t i = 0; i < live->count; i++)
        all += live->devices[i].dropped;
    return all;
}

bool live_interface(const struct live *live, size_t place, struct live_interface *state)
{
    if (place >= live->count)
        return false;
    const struct device *device = &live->devices[place];

    *state = (struct live_interface){ device->name, device->dropped, device->pcap && !device->is_away && !device->is_down };
    return true;
}

/* ---- interfaces come and go ---- */

static void lose(struct live *live, struct device *device)
{
    remark(live, "interface", "%s went away (%s): waiting for it", device->name, pcap_geterr(device->pcap));
    device->is_away = true;
    device->is_down = device->has_failed = device->is_other = false;
    device->retry_ms = clock_ms() + RETRY_MS;
}

/* Ring, filter and losses are those of the socket, so they are as they were. */
static void seek(struct live *live, struct device *device)
{
    if (clock_ms() < device->retry_ms)
        return;
    device->retry_ms = clock_ms() + RETRY_MS;
    int error = live->options->bind(live->options->context, (size_t)(device - live->devices));

    if (error == 0) {
        device->is_away = false;
        remark(live, "interface", "%s is there again", device->name);
    } else if (error == EMEDIUMTYPE && !device->is_other) {
        device->is_other = true;
        remark(live, "interface", "%s is there again, but of another type: still waiting", device->name);
    }
}

/* ---- packets ---- */

/* The next packet of an interface, which lives until the one after is asked for. */
static bool peek(struct live *live, struct device *device)
{
    if (device->is_away)
        return false;
    if (!device->header) {
        int got = pcap_next_ex(device->pcap, &device->header, &device->octets);

        if (got != 1)
            device->header = NULL;
        if (got < 0)
            lose(live, device);
    }
    return device->header != NULL;
}

static bool is_earlier(const struct device *a, const struct device *b)
{
    const struct timeval *x = &a->header->ts, *y = &b->header->ts;

    return x->tv_sec != y->tv_sec ? x->tv_sec < y->tv_sec : x->tv_usec < y->tv_usec;
}

static bool hand_on(struct live *live)
{
    struct device *first = NULL;

    for (size_t i = 0; i < live->count; i++)
        if (peek(live, &live->devices[i]) && (!first || is_earlier(&live->devices[i], first)))
            first = &live->devices[i];
    if (!first)
        return false;
    if (first->is_down)
        remark(live, "interface", "%s is there again", first->name);
    first->is_down = false;
    const struct pcap_pkthdr *header = first->header;
    const struct httplint_packet packet = {
        .octets = first->octets,
        .captured = header->caplen < LIVE_SNAPLEN ? header->caplen : LIVE_SNAPLEN,
        .length = header->len < header->caplen ? header->caplen : header->len,
        .link = first->link,
        .frame = ++live->frames,
        .time_us = (int64_t)header->ts.tv_sec * 1000000 + header->ts.tv_usec,
    };

    live->sink.packet(live->sink.context, &packet, (size_t)(first - live->devices));
    first->header = NULL;
    return true;
}

static void wait_for_packets(struct live *live)
{
    struct pollfd polled[LIVE_INTERFACES_MAX];

    for (size_t i = 0; i < live->count; i++) {
        const struct device *device = &live->devices[i];

        polled[i] = (struct pollfd){ .fd = device->is_away ? -1 : pcap_get_selectable_fd(device->pcap), .events = POLLIN };
    }
    if (poll(polled, live->count, LIVE_WAIT_MS) <= 0)
        return;
    for (size_t i = 0; i < live->count; i++)
        live->devices[i].has_failed |= (polled[i].revents & POLLERR) != 0;
}

/* After the packets were asked for: what is not there any more is known by then. */
static void tell_down(struct live *live)
{
    for (size_t i = 0; i < live->count; i++) {
        struct device *device = &live->devices[i];

        if (device->has_failed && !device->is_down)
            remark(live, "interface", "%s is down: waiting for it", device->name);
        device->is_down |= device->has_failed;
        device->has_failed = false;
    }
}

/* Packets bear the time at which they came, and may wait in the kernel until their block is handed over. So silence is known
 * only of the time before the last few turns, none of which saw a packet: wherever the clock jumps, these turns took place. */
static void tell_silence(struct live *live, int64_t began_us, bool is_silent)
{
    live->silent = is_silent ? live->silent + 1 : 0;
    if (live->silent > SILENT_TURNS)
        live->sink.silence(live->sink.context, live->clocks[0]);
    memmove(live->clocks, live->clocks + 1, sizeof live->clocks - sizeof *live->clocks);
    live->clocks[SILENT_TURNS - 1] = began_us;
}

void live_turn(struct live *live, uint64_t most)
{
    int64_t began_us = clock_us(CLOCK_REALTIME);
    uint64_t before = live->frames;

    wait_for_packets(live);
    for (size_t i = 0; i < live->count; i++)
        if (live->devices[i].is_away)
            seek(live, &live->devices[i]);
    if (most > TURN_MAX)
        most = TURN_MAX;
    while (live->frames - before < most && hand_on(live))
        ;
    tell_down(live);
    tell_silence(live, began_us, live->frames == before);
    ask(live);
}

/* ---- the list ---- */

static void put_device(struct out *out, const pcap_if_t *device)
{
    size_t len = strlen(device->name);

    out_visible(out, text_of(device->name));
    out_repeat(out, ' ', len < 16 ? 16 - len : 1);
    out_string(out, device->flags & PCAP_IF_UP ? "up" : "down");
    if (device->flags & PCAP_IF_LOOPBACK)
        out_string(out, ", loopback");
    if (device->flags & PCAP_IF_WIRELESS)
        out_string(out, ", wireless");
    if (device->description) {
        out_string(out, ", ");
        out_visible(out, text_of(device->description));
    }
    out_string(out, "\n");
}

bool live_list(struct out *out, struct errors *errors)
{
    char problem[PCAP_ERRBUF_SIZE] = "";
    pcap_if_t *all;

    if (pcap_findalldevs(&all, problem) != 0)
        return errors_add(errors, NULL, 0, 0, "the interfaces cannot be listed: %s", problem);
    for (const pcap_if_t *device = all; device; device = device->next)
        put_device(out, device);
    pcap_freealldevs(all);
    return true;
}
