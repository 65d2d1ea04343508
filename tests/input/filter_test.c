#include "input/filter.h"

#include "base/memory.h"
#include "tests/support/capture_seen.h"
#include "tests/support/capture_writer.h"

/* An Ethernet frame with TCP between two ports. */
static struct text tcp(uint8_t octets[54], uint8_t port)
{
    static const uint8_t frame[54] = {
        [12] = 8, [14] = 0x45, [17] = 40, [22] = 64, [23] = 6, [26] = 10, [30] = 10, [46] = 0x50
    };

    memcpy(octets, frame, sizeof frame);
    octets[37] = port;
    return (struct text){ (const char *)octets, sizeof frame };
}

static void filter_keeps_numbers(void)
{
    struct input_options options = { .filter = "tcp dst port 80" };
    struct capture file = { 0 };
    struct capture_seen seen;
    uint8_t octets[54];

    capture_pcap(&file, 0xa1b2c3d4, 1);
    for (uint8_t i = 0; i < 10; i++)
        capture_pcap_record(&file, i, 0, tcp(octets, i % 3 == 0 ? 80 : 81));
    capture_read(capture_text(&file), &options, &seen);
    CU_ASSERT(seen.result == INPUT_READ);
    CU_ASSERT_FATAL(seen.npackets == 4);
    CU_ASSERT(seen.packets[1].frame == 4);
    CU_ASSERT(seen.packets[3].frame == 10);
    capture_forget(&seen);
    capture_clear(&file);
}

static void filter_unfit(void)
{
    struct input_options options = { .filter = "tcp dst port 80" };
    struct capture file = { 0 };
    struct capture_seen seen;

    capture_pcap(&file, 0xa1b2c3d4, 9999);
    capture_pcap_record(&file, 1, 0, TEXT("octets"));
    capture_read(capture_text(&file), &options, &seen);
    CU_ASSERT(seen.result == INPUT_REFUSED);
    CU_ASSERT(seen.npackets == 0 && seen.errors.count == 1);
    CU_ASSERT(strstr(capture_words(&seen), "does not fit packets of link type 9999: ") != NULL);
    capture_forget(&seen);
    capture_clear(&file);
}

static const struct {
    const char *filter;
    bool is_valid;
} filters[] = {
    { "", true },
    { "tcp port 80 or tcp port 8080", true },
    { "vlan and host 10.0.0.1", true },
    { "tcp prt 80", false },
    { "port 99999", false },
    { "((tcp", false },
};

static void filter_check(void)
{
    struct errors errors = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        CAPTURE_ROW(filters[i].filter, input_check_filter(filters[i].filter, &errors) == filters[i].is_valid);
        count += !filters[i].is_valid;
        CAPTURE_ROW(filters[i].filter, errors.count == count);
    }
    errors_clear(&errors);
}

static void filter_long(void)
{
    enum { LEN = 1 << 20 };
    struct errors errors = { 0 };
    char *filter = memory_new(LEN + 1);

    memset(filter, '(', LEN);
    CU_ASSERT(!input_check_filter(filter, &errors));
    CU_ASSERT_FATAL(errors.count == 1);
    CU_ASSERT(strstr(errors.items[0].words, "more than 4096 octets") != NULL);
    filter[4096] = '\0';
    CU_ASSERT(!input_check_filter(filter, &errors));
    errors_clear(&errors);
    memory_free(filter);
}

void input_filter_suite(void);
void input_filter_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/filter", NULL, NULL);

    CU_add_test(suite, "the frame numbers stay", filter_keeps_numbers);
    CU_add_test(suite, "one that does not fit", filter_unfit);
    CU_add_test(suite, "checked", filter_check);
    CU_add_test(suite, "long ones", filter_long);
}
