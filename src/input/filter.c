#include "input/filter.h"

#include <pcap/pcap.h>

#include "base/memory.h"
#include "input/pcap.h"

enum { FILTER_MAX = 4096, FILTER_OPTIMISED_MAX = 1024 };

struct program {
    int link;
    bool is_valid;
    struct bpf_program code;
};

struct filter {
    const char *expression, *name;
    struct errors *errors;
    struct program *programs;
    size_t count;
    bool has_failed;
};

struct filter *filter_new(const char *expression, const char *name, struct errors *errors)
{
    struct filter *filter = memory_new(sizeof *filter);

    filter->expression = expression;
    filter->name = name;
    filter->errors = errors;
    return filter;
}

void filter_free(struct filter *filter)
{
    if (!filter)
        return;
    for (size_t i = 0; i < filter->count; i++)
        pcap_freecode(&filter->programs[i].code);
    memory_free(filter->programs);
    memory_free(filter);
}

static bool filter_fail(struct filter *filter, int link, const char *words)
{
    return errors_add(filter->errors, filter->name, 0, 0,
                      "filter '%.200s' does not fit packets of link type %d: %s",
                      filter->expression, link, words);
}

static bool program_compile(struct filter *filter, struct program *program)
{
    /* libpcap compiles recursively, in time that grows with the square of the length or worse. */
    size_t len = strnlen(filter->expression, FILTER_MAX + 1);

    if (len > FILTER_MAX)
        return filter_fail(filter, program->link, "it has more than 4096 octets");
    pcap_t *dead = pcap_open_dead(pcap_dlt(program->link), INPUT_CAPTURED_MAX);

    if (!dead)
        return filter_fail(filter, program->link, "libpcap has no memory");
    program->is_valid = pcap_compile(dead, &program->code, filter->expression,
                                     len <= FILTER_OPTIMISED_MAX, PCAP_NETMASK_UNKNOWN) == 0;
    if (!program->is_valid)
        filter_fail(filter, program->link, pcap_geterr(dead));
    pcap_close(dead);
    return program->is_valid;
}

/* Captures hold a handful of link types: the list is short. */
static struct program *filter_program(struct filter *filter, int link)
{
    for (size_t i = 0; i < filter->count; i++)
        if (filter->programs[i].link == link)
            return &filter->programs[i];
    filter->programs = memory_grow(filter->programs, filter->count + 1, sizeof *filter->programs);

    struct program *program = &filter->programs[filter->count++];

    *program = (struct program){ .link = link };
    if (!program_compile(filter, program))
        filter->has_failed = true;
    return program;
}

bool filter_prepare(struct filter *filter, int link)
{
    return filter_program(filter, link)->is_valid;
}

bool filter_passes(struct filter *filter, const struct httplint_packet *packet)
{
    struct program *program = filter_program(filter, packet->link);
    struct pcap_pkthdr header = { .caplen = packet->captured, .len = packet->length };

    return program->is_valid && pcap_offline_filter(&program->code, &header, packet->octets) != 0;
}

bool filter_has_failed(const struct filter *filter)
{
    return filter->has_failed;
}

bool input_check_filter(const char *expression, struct errors *errors)
{
    struct filter *filter = filter_new(expression, NULL, errors);
    bool is_valid = filter_prepare(filter, DLT_EN10MB);

    filter_free(filter);
    return is_valid;
}
