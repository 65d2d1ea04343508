#include "tests/support/packets.h"

#include <CUnit/CUnit.h>
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/guard.h"
#include "wire/wire.h"

static unsigned packets_nibble(char digit)
{
    return (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

size_t packets_read(const char *hex, uint8_t *octets, size_t room)
{
    size_t len = 0;

    for (; *hex; hex++) {
        if (*hex == ' ')
            continue;
        assert(len < room && hex[1]);
        octets[len++] = (uint8_t)(packets_nibble(hex[0]) << 4 | packets_nibble(hex[1]));
        hex++;
    }
    return len;
}

void packets_expect(bool is_kept, const char *row, const char *law)
{
    char words[256];

    if (!is_kept)
        snprintf(words, sizeof words, "%s: %s", row, law);
    CU_assertImplementation(is_kept, 0, is_kept ? "" : words, row, law, CU_FALSE);
}

static void seen_segment(void *context, const struct segment *segment)
{
    struct seen *seen = context;
    uint32_t len = segment->data_len < SEEN_MAX ? segment->data_len : SEEN_MAX;

    seen->nsegments++;
    seen->segment = *segment;
    if (len > 0)
        memcpy(seen->data, segment->data, len);
}

static void seen_note(void *context, const struct note *note)
{
    struct seen *seen = context;

    seen->nnotes++;
    seen->note = note->code;
    seen->note_frame = note->frame;
}

struct wire *packets_wire(const struct limits *limits, struct seen *seen)
{
    memset(seen, 0, sizeof *seen);
    return wire_new(limits ? limits : &limits_default, (struct segment_sink){ seen_segment, seen },
                    (struct note_sink){ seen_note, seen });
}

void packets_see(const struct packet *packet, const struct limits *limits, struct seen *seen)
{
    struct wire *wire = packets_wire(limits, seen);

    wire_feed(wire, packet);
    wire_free(wire);
}

static bool seen_is_get(const struct seen *seen, uint8_t family)
{
    static const struct endpoint ends[2][2] = {
        { { { 10, 0, 0, 1 }, 8080, 4, { 0 } }, { { 10, 0, 0, 2 }, 80, 4, { 0 } } },
        { { { 0x20, 1, 0x0d, 0xb8, [15] = 1 }, 8080, 6, { 0 } },
          { { 0x20, 1, 0x0d, 0xb8, [15] = 2 }, 80, 6, { 0 } } },
    };
    const struct endpoint *expected = ends[family == 6];
    const struct segment *segment = &seen->segment;

    return seen->nsegments == 1 &&
           memcmp(&segment->from, &expected[0], sizeof segment->from) == 0 &&
           memcmp(&segment->to, &expected[1], sizeof segment->to) == 0 && segment->seq == 1 &&
           segment->ack == 2 && segment->flags == (TCP_PSH | TCP_ACK) &&
           segment->window == 0x1000 && !segment->is_checksum_bad && segment->data_len == 3 &&
           segment->wire_len == 3 && memcmp(seen->data, "GET", 3) == 0;
}

static void packets_check_whole(const struct packet_row *row, const struct seen *seen)
{
    switch (row->sees) {
    case SEES_NOTHING:
        packets_expect(seen->nsegments == 0, row->name, "no segment");
        break;
    case SEES_IPV4:
    case SEES_IPV6:
        packets_expect(seen_is_get(seen, row->sees == SEES_IPV4 ? 4 : 6), row->name,
                       "the usual segment");
        break;
    case SEES_OTHER:
        packets_expect(seen->nsegments == 1, row->name, "one segment");
        break;
    }
    packets_expect(seen->nnotes == (row->note == NO_NOTE ? 0 : 1), row->name, "one note or none");
    packets_expect(row->note == NO_NOTE || (int)seen->note == row->note, row->name,
                   "the note's code");
}

/* The snap length takes octets away and adds or changes none; what it hides is said. */
static void packets_check_cut(const struct packet_row *row, const struct seen *whole,
                              const struct packet *packet)
{
    struct seen seen;

    packets_see(packet, NULL, &seen);
    packets_expect(seen.nsegments <= whole->nsegments, row->name, "a cut adds no segment");
    packets_expect(seen.nnotes <= 1, row->name, "one note a packet at most");
    if (seen.nsegments == 0) {
        packets_expect(whole->nsegments == 0 || (seen.nnotes == 1 && seen.note == NOTE_SNAPLEN),
                       row->name, "a cut header is a note");
        return;
    }
    const struct segment *cut = &seen.segment, *full = &whole->segment;

    packets_expect(memcmp(&cut->from, &full->from, sizeof cut->from) == 0 &&
                       memcmp(&cut->to, &full->to, sizeof cut->to) == 0 && cut->seq == full->seq &&
                       cut->flags == full->flags,
                   row->name, "a cut changes no header");
    packets_expect(cut->wire_len == full->wire_len && cut->data_len <= full->data_len, row->name,
                   "a cut changes no length but that of what is here");
    packets_expect(memcmp(seen.data, whole->data, cut->data_len) == 0, row->name,
                   "a cut changes no data");
}

/* Whatever an octet says, nothing is read that is not there (guard page, sanitizers), and data lies
 * in the packet. */
static void packets_check_changed(const struct packet_row *row, const struct packet *packet)
{
    struct seen seen;

    packets_see(packet, NULL, &seen);
    packets_expect(seen.nnotes <= 1, row->name, "one note a changed packet at most");
    if (seen.nsegments == 0)
        return;
    const struct segment *segment = &seen.segment;

    packets_expect(segment->data_len <= segment->wire_len, row->name,
                   "not more data here than there was");
    packets_expect(segment->data >= packet->octets &&
                       segment->data + segment->data_len <= packet->octets + packet->captured,
                   row->name, "data lies in the packet");
    packets_expect(segment->data_len == 0 ||
                       segment->file_at == packet->file_at + (uint64_t)(segment->data - packet->octets),
                   row->name, "the place in the file is that of the data");
}

static void packets_check_row(const struct packet_row *row, struct guard *guard)
{
    static const uint8_t changes[] = { 0xff, 0x01, 0x10, 0x80, 0x40 };
    uint8_t octets[PACKET_MAX];
    uint32_t len = (uint32_t)packets_read(row->octets, octets, sizeof octets);
    struct packet packet = { guard_lay(guard, octets, len), len, len, row->link, 1, 1, 24 };
    struct seen whole;

    packets_see(&packet, NULL, &whole);
    packets_check_whole(row, &whole);
    for (packet.captured = 0; packet.captured < len; packet.captured++) {
        packet.octets = guard_lay(guard, octets, packet.captured);
        packets_check_cut(row, &whole, &packet);
    }
    for (size_t at = 0; at < len * sizeof changes; at++) {
        octets[at / sizeof changes] ^= changes[at % sizeof changes];
        packet.octets = guard_lay(guard, octets, len);
        packets_check_changed(row, &packet);
        octets[at / sizeof changes] ^= changes[at % sizeof changes];
    }
}

void packets_check(const struct packet_row *rows, size_t nrows)
{
    struct guard *guard = guard_new(PACKET_MAX);

    for (size_t at = 0; at < nrows; at++)
        packets_check_row(&rows[at], guard);
    guard_free(guard);
}
