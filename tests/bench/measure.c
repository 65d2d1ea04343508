/*
 * The measure that httplint's speed is given in: what the parsers alone would cost. libpcap's walk over a classic
 * Ethernet capture of IPv4, one strict llhttp parser a direction without callbacks, started afresh at a SYN and, after
 * an error, at the next payload. No order, no heads kept, no rules, no reports: `measure FILE` prints packets, octets
 * of payload, and how often a parser met an error (in a fair capture: hardly ever). `measure -i INTERFACE` does so with
 * packets as they pass, until SIGTERM, and prints how many the kernel dropped, too.
 */
#include <llhttp.h>
#include <pcap/pcap.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ETHERNET = 14, HEADERS_MIN = 40, TCP = 6, SYN = 2, SLOTS = 1 << 19, DIRECTIONS_MAX = SLOTS / 4 * 3 };

struct direction {
    uint64_t key[2];           /* both addresses, both ports; 0 in the table: free */
    bool has_parser;
    llhttp_t parser;
};

struct measure {
    llhttp_settings_t settings;
    struct direction *table;
    size_t directions;
    uint64_t packets, octets, errors;
};

static uint64_t mix(uint64_t value)
{
    value ^= value >> 33;
    value *= 0xFF51AFD7ED558CCDu;
    return value ^ value >> 29;
}

/* NULL: the table is full. */
static struct direction *direction_of(struct measure *m, const uint64_t key[2])
{
    size_t slot = mix(key[0] ^ mix(key[1])) % SLOTS;

    while (m->table[slot].key[0] != 0 && memcmp(m->table[slot].key, key, sizeof m->table[slot].key) != 0)
        slot = (slot + 1) % SLOTS;
    if (m->table[slot].key[0] == 0) {
        if (m->directions++ == DIRECTIONS_MAX)
            return NULL;
        memcpy(m->table[slot].key, key, sizeof m->table[slot].key);
    }
    return &m->table[slot];
}

static void parse(struct measure *m, struct direction *direction, const u_char *data, size_t len)
{
    m->octets += len;
    if (!direction->has_parser) {
        bool is_response = len > 5 && memcmp(data, "HTTP/", 5) == 0;

        llhttp_init(&direction->parser, is_response ? HTTP_RESPONSE : HTTP_REQUEST, &m->settings);
        direction->has_parser = true;
    }
    if (llhttp_execute(&direction->parser, (const char *)data, len) != HPE_OK) {
        m->errors++;
        direction->has_parser = false;
    }
}

/* False: more directions than the table has room for. */
static bool packet(struct measure *m, const u_char *frame, size_t len)
{
    const u_char *ip = frame + ETHERNET, *tcp, *data, *end;
    uint64_t key[2] = { 0, 0 };

    m->packets++;
    if (len < ETHERNET + HEADERS_MIN || frame[12] != 8 || frame[13] != 0 || ip[9] != TCP)
        return true;
    tcp = ip + (ip[0] & 15) * 4;
    end = ip + ((size_t)ip[2] << 8 | ip[3]);
    if (end > frame + len || end - tcp < 20)
        return true;
    data = tcp + (tcp[12] >> 4) * 4;
    if (data >= end && !(tcp[13] & SYN))
        return true;
    memcpy(key, ip + 12, 8);
    memcpy(key + 1, tcp, 4);
    struct direction *direction = direction_of(m, key);

    if (!direction)
        return false;
    if (tcp[13] & SYN)
        direction->has_parser = false;
    else
        parse(m, direction, data, (size_t)(end - data));
    return true;
}

static pcap_t *input;

static void stop(int number)
{
    (void)number;
    pcap_breakloop(input);
}

/* Buffer and wait as httplint has them. */
static pcap_t *listen_on(const char *interface, char words[PCAP_ERRBUF_SIZE])
{
    pcap_t *live = pcap_create(interface, words);

    if (!live || pcap_set_snaplen(live, 262144) || pcap_set_timeout(live, 100) || pcap_set_buffer_size(live, 64 << 20) ||
        pcap_activate(live) < 0)
        return NULL;
    sigaction(SIGTERM, &(struct sigaction){ .sa_handler = stop }, NULL);
    fprintf(stderr, "listening on %s\n", interface);
    return live;
}

int main(int argc, char **argv)
{
    char words[PCAP_ERRBUF_SIZE];
    bool is_live = argc == 3 && strcmp(argv[1], "-i") == 0;
    struct measure m = { .table = calloc(SLOTS, sizeof *m.table) };
    struct pcap_stat stat = { 0 };
    struct pcap_pkthdr *header;
    const u_char *frame;
    int got;

    input = is_live ? listen_on(argv[2], words) : argc == 2 ? pcap_open_offline(argv[1], words) : NULL;
    if (!input || !m.table || pcap_datalink(input) != DLT_EN10MB) {
        fprintf(stderr, "usage: measure ETHERNET-CAPTURE | measure -i ETHERNET-INTERFACE\n");
        return 2;
    }
    llhttp_settings_init(&m.settings);
    while ((got = pcap_next_ex(input, &header, &frame)) >= 0)
        if (got == 1 && !packet(&m, frame, header->caplen)) {
            fprintf(stderr, "measure: more than %d directions\n", DIRECTIONS_MAX);
            return 2;
        }
    printf("%llu packets, %llu octets, %llu errors", (unsigned long long)m.packets, (unsigned long long)m.octets,
           (unsigned long long)m.errors);
    if (is_live && pcap_stats(input, &stat) == 0)
        printf(", %u dropped", stat.ps_drop);
    printf("\n");
    pcap_close(input);
    free(m.table);
    return 0;
}
