#include "input/annotate.h"

#include <sys/stat.h>

#include "input/block.h"
#include "input/pcap.h"
#include "input/reading.h"

enum { COMMENTS_OCTETS_MAX = 1 << 20 };      /* on one packet: readers bound the length of blocks */
enum { OPTION_END = 0, OPTION_COMMENT = 1, OPTION_PROGRAM = 4, OPTION_RESOLUTION = 9, OPTION_FCS_LEN = 13 };
enum { PACKET_FIXED = 20, SECTION_FIXED = 16, SIMPLE_FIXED = 4, INTERFACE_SNAPLEN_AT = 4 };

struct copy {
    const struct annotate_comments *comments;
    size_t next;                             /* the first comment that is not written */
    uint64_t frame;
    struct out *out, *options;               /* what is written; options of the block that is made */
    uint32_t snaplen;                        /* of the section's first interface; 0: unlimited */
    bool has_section, has_interface;
    int resolution;                          /* of a classic file: decimal places of seconds */
};

/* ---- comments ---- */

/* The comments on the frame as options. False if there are none. */
static bool put_comments(struct copy *copy, bool is_big)
{
    const struct annotate_comments *comments = copy->comments;
    size_t left_out = 0;

    out_clear(copy->options);
    while (copy->next < comments->count && comments->items[copy->next].frame < copy->frame)
        copy->next++;
    for (; copy->next < comments->count && comments->items[copy->next].frame == copy->frame; copy->next++) {
        if (out_held(copy->options).len < COMMENTS_OCTETS_MAX)
            block_put_option(copy->options, is_big, OPTION_COMMENT, comments->items[copy->next].words);
        else
            left_out++;
    }
    if (left_out > 0)
        block_put_option(copy->options, is_big, OPTION_COMMENT,
                         TEXT("more findings in this packet are not shown here"));
    return out_held(copy->options).len > 0;
}

/* Options follow those that were there; alone they need an end. */
static void end_options(struct copy *copy, bool is_big, size_t others)
{
    if (others == 0)
        block_put_option(copy->options, is_big, OPTION_END, (struct text){ "", 0 });
}

/* ---- pcapng ---- */

static struct text body_part(const struct block *block, size_t from, size_t to)
{
    return text_part((struct text){ (const char *)block->body, block->len }, from, to - from);
}

/* The block with the options put before those that it has from `at` on. */
static void write_with_options(struct copy *copy, const struct block *block, size_t at)
{
    end_options(copy, block->is_big, block->len - at);
    const struct text parts[] = { body_part(block, 0, at), out_held(copy->options), body_part(block, at, block->len) };

    block_write(copy->out, block->type, block->is_big, parts, 3);
}

static void write_as_it_is(struct copy *copy, const struct block *block)
{
    const struct text body = body_part(block, 0, block->len);

    block_write(copy->out, block->type, block->is_big, &body, 1);
}

/* 4.1: its length would not be right any more, so it is left open. */
static void on_section(struct copy *copy, const struct block *block)
{
    const struct text fixed = body_part(block, 0, 8), open = TEXT("\xff\xff\xff\xff\xff\xff\xff\xff");

    out_clear(copy->options);
    if (!copy->has_section) {
        block_put_option(copy->options, block->is_big, OPTION_COMMENT, copy->comments->section);
        end_options(copy, block->is_big, block->len - SECTION_FIXED);
    }
    copy->has_section = true;
    copy->has_interface = false;
    const struct text parts[] = { fixed, open, out_held(copy->options), body_part(block, SECTION_FIXED, block->len) };

    block_write(copy->out, block->type, block->is_big, parts, 4);
}

static size_t padded(size_t len)
{
    return (len + 3) / 4 * 4;
}

/* 4.3, appendix A: options stand behind the octets of the packet. */
static void on_packet(struct copy *copy, const struct block *block)
{
    size_t at = PACKET_FIXED + padded(block_u32(block, 12));

    if (at <= block->len && put_comments(copy, block->is_big))
        write_with_options(copy, block, at);
    else
        write_as_it_is(copy, block);
}

/* 4.4: it has no options, so it becomes an enhanced one, of the first interface and without a time. */
static void on_simple(struct copy *copy, const struct block *block)
{
    uint32_t length = block_u32(block, 0), captured = length;

    if (copy->snaplen > 0 && captured > copy->snaplen)
        captured = copy->snaplen;
    if (padded(captured) + SIMPLE_FIXED > block->len || !copy->has_interface || !put_comments(copy, block->is_big)) {
        write_as_it_is(copy, block);
        return;
    }
    struct out *fixed = out_new_memory();

    end_options(copy, block->is_big, 0);
    block_put_number(fixed, block->is_big, 0, 4);        /* interface */
    block_put_number(fixed, block->is_big, 0, 8);        /* time */
    block_put_number(fixed, block->is_big, captured, 4);
    block_put_number(fixed, block->is_big, length, 4);
    const struct text parts[] = { out_held(fixed), body_part(block, SIMPLE_FIXED, SIMPLE_FIXED + padded(captured)),
                                  out_held(copy->options) };

    block_write(copy->out, BLOCK_ENHANCED, block->is_big, parts, 3);
    out_free(fixed);
}

static void on_interface(struct copy *copy, const struct block *block)
{
    if (!copy->has_interface)
        copy->snaplen = block_u32(block, INTERFACE_SNAPLEN_AT);
    copy->has_interface = true;
    write_as_it_is(copy, block);
}

static void on_block(struct copy *copy, const struct block *block)
{
    copy->frame += block_is_frame(block->type);
    if (block->type == BLOCK_SECTION && block->len >= SECTION_FIXED)
        on_section(copy, block);
    else if (block->type == BLOCK_INTERFACE)
        on_interface(copy, block);
    else if ((block->type == BLOCK_ENHANCED || block->type == BLOCK_PACKET) && block->len >= PACKET_FIXED)
        on_packet(copy, block);
    else if (block->type == BLOCK_SIMPLE && block->len >= SIMPLE_FIXED)
        on_simple(copy, block);
    else
        write_as_it_is(copy, block);
}

static enum input_result copy_pcapng(struct reading *reading, struct copy *copy)
{
    struct block_reader blocks = { .source = reading->source };
    enum input_result result = INPUT_READ;
    enum block_state state;
    struct block block;

    while ((state = block_next(&blocks, &block)) == BLOCK_READ)
        on_block(copy, &block);
    if (state != BLOCK_END)
        result = reading_breaks(reading, blocks.at, state == BLOCK_CUT, "%s", blocks.words);
    block_reader_clear(&blocks);
    return result;
}

/* ---- classic files ---- */

static void put_section(struct copy *copy)
{
    struct out *fixed = out_new_memory();

    block_put_number(fixed, false, 0x1a2b3c4d, 4);
    block_put_number(fixed, false, 1, 2);                /* version 1.0 */
    block_put_number(fixed, false, 0, 2);
    block_put_number(fixed, false, UINT64_MAX, 8);       /* length: open */
    block_put_option(fixed, false, OPTION_COMMENT, copy->comments->section);
    block_put_option(fixed, false, OPTION_PROGRAM, TEXT("httplint " HTTPLINT_VERSION));
    block_put_option(fixed, false, OPTION_END, (struct text){ "", 0 });
    const struct text body = out_held(fixed);

    block_write(copy->out, BLOCK_SECTION, false, &body, 1);
    out_free(fixed);
}

static void put_interface(struct copy *copy, const struct pcap_description *pcap)
{
    const char resolution = (char)copy->resolution, fcs = (char)pcap->fcs_octets;
    struct out *fixed = out_new_memory();

    block_put_number(fixed, false, (uint64_t)pcap->link, 2);
    block_put_number(fixed, false, 0, 2);
    block_put_number(fixed, false, pcap->snaplen, 4);
    block_put_option(fixed, false, OPTION_RESOLUTION, (struct text){ &resolution, 1 });
    if (pcap->fcs_octets > 0)
        block_put_option(fixed, false, OPTION_FCS_LEN, (struct text){ &fcs, 1 });
    block_put_option(fixed, false, OPTION_END, (struct text){ "", 0 });
    const struct text body = out_held(fixed);

    block_write(copy->out, BLOCK_INTERFACE, false, &body, 1);
    out_free(fixed);
}

static void on_record(void *context, const struct pcap_record *record)
{
    struct copy *copy = context;
    uint64_t ticks = (uint64_t)record->seconds * (copy->resolution == 9 ? 1000000000 : 1000000) + record->fraction;
    struct out *fixed = out_new_memory();
    const struct text octets = { (const char *)record->octets, record->captured };

    copy->frame++;
    block_put_number(fixed, false, 0, 4);                /* interface */
    block_put_number(fixed, false, ticks >> 32, 4);
    block_put_number(fixed, false, ticks & UINT32_MAX, 4);
    block_put_number(fixed, false, record->captured, 4);
    block_put_number(fixed, false, record->length, 4);
    if (put_comments(copy, false))
        end_options(copy, false, 0);
    const struct text parts[] = { out_held(fixed), octets, { "\0\0\0", padded(octets.len) - octets.len },
                                  out_held(copy->options) };

    block_write(copy->out, BLOCK_ENHANCED, false, parts, 4);
    out_free(fixed);
}

static enum input_result copy_pcap(struct reading *reading, struct copy *copy, const struct pcap_description *pcap)
{
    copy->resolution = pcap->is_nano ? 9 : 6;
    put_section(copy);
    put_interface(copy, pcap);
    return pcap_each(reading, pcap->is_nano, (struct pcap_sink){ on_record, copy });
}

/* ---- the input ---- */

static void no_remark(void *context, const char *code, const char *words, uint64_t frame)
{
    (void)context, (void)code, (void)words, (void)frame;
}

bool annotate_check(const char *path, struct errors *errors)
{
    struct stat status;

    if (strcmp(path, "-") == 0)
        return errors_add(errors, path, 0, 0, "--annotate reads the capture twice, and standard input can be read only "
                                              "once: name a file");
    if (stat(path, &status) != 0)
        return true;
    if (S_ISDIR(status.st_mode))
        return errors_add(errors, path, 0, 0, "is a folder: --annotate copies one capture");
    if (!S_ISREG(status.st_mode))
        return errors_add(errors, path, 0, 0, "is no regular file, so that it can be read only once: --annotate "
                                              "reads it twice");
    struct errors unheeded = { 0 };
    struct source *source = source_open(path, NULL, &unheeded);
    struct text begin = source ? source_peek(source, SOURCE_PEEK_MAX) : (struct text){ "", 0 };
    bool has_packets = !transcript_reader.sniff(begin) && !har_reader.sniff(begin);

    source_free(source);
    errors_clear(&unheeded);
    return has_packets ||
           errors_add(errors, path, 0, 0, "has no packets to comment on: --annotate copies pcap and pcapng");
}

enum input_result annotate_copy(const char *path, const struct annotate_comments *comments, struct out *out,
                                struct errors *errors)
{
    struct reading reading = { .name = path, .source = source_open(path, NULL, errors), .errors = errors,
                               .sink = { .remark = no_remark } };
    struct copy copy = { .comments = comments, .out = out };
    struct pcap_description pcap;
    enum input_result result;

    if (!reading.source)
        return INPUT_REFUSED;
    copy.options = out_new_memory();
    struct text begin = source_peek(reading.source, SOURCE_PEEK_MAX);

    if (pcap_describe(begin, &pcap))
        result = copy_pcap(&reading, &copy, &pcap);
    else if (pcapng_reader.sniff(begin))
        result = copy_pcapng(&reading, &copy);
    else
        result = reading_refuses(&reading, "is no capture that can be copied");
    out_free(copy.options);
    source_free(reading.source);
    return result;
}
