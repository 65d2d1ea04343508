/*
 * The measure that httplint's speed is given in: what the parsers alone would cost. libpcap's walk over a classic
 * Ethernet capture, one strict llhttp parser a direction without callbacks, started afresh at the next payload after an
 * error. No reassembly, no rules, no reports: `measure FILE` prints packets, payload octets and messages begun anew.
 */
#include <llhttp.h>
#include <pcap/pcap.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ETHERNET = 14, SLOTS = 1 << 18 };

struct direction {
    uint64_t key[2];
    llhttp_t parser;
    char is_used, is_response;
};

static uint64_t mix(uint64_t value)
{
    value ^= value >> 33;
    value *= 0xFF51AFD7ED558CCDu;
    return value ^ value >> 29;
}

static struct direction *direction_of(struct direction *table, const uint64_t key[2])
{
    size_t slot = mix(key[0] ^ mix(key[1])) % SLOTS;

    while (table[slot].is_used && memcmp(table[slot].key, key, sizeof table[slot].key) != 0)
        slot = (slot + 1) % SLOTS;
    return &table[slot];
}

int main(int argc, char **argv)
{
    char words[PCAP_ERRBUF_SIZE];
    pcap_t *file = argc == 2 ? pcap_open_offline(argv[1], words) : NULL;
    struct direction *table = calloc(SLOTS, sizeof *table);
    unsigned long long packets = 0, octets = 0, restarts = 0;
    llhttp_settings_t settings;
    struct pcap_pkthdr *header;
    const u_char *frame;

    if (!file || !table || pcap_datalink(file) != DLT_EN10MB) {
        fprintf(stderr, "usage: measure ETHERNET-CAPTURE\n");
        return 2;
    }
    llhttp_settings_init(&settings);
    while (pcap_next_ex(file, &header, &frame) == 1) {
        packets++;
        if (header->caplen < ETHERNET + 40 || frame[12] != 8 || frame[13] != 0 || frame[ETHERNET + 9] != 6)
            continue;
        const u_char *ip = frame + ETHERNET, *tcp = ip + (ip[0] & 15) * 4;
        uint32_t total = (uint32_t)ip[2] << 8 | ip[3];
        const u_char *data = tcp + (tcp[12] >> 4) * 4, *end = ip + total;
        uint64_t key[2] = { 0, 0 };

        if (end > frame + header->caplen || data >= end)
            continue;
        memcpy(key, ip + 12, 8);
        memcpy(key + 1, tcp, 4);
        struct direction *direction = direction_of(table, key);
        if (!direction->is_used) {
            direction->is_used = 1;
            memcpy(direction->key, key, sizeof key);
            direction->is_response = end - data > 5 && memcmp(data, "HTTP/", 5) == 0;
            llhttp_init(&direction->parser, direction->is_response ? HTTP_RESPONSE : HTTP_REQUEST, &settings);
        }
        octets += (size_t)(end - data);
        if (llhttp_execute(&direction->parser, (const char *)data, (size_t)(end - data)) != HPE_OK) {
            restarts++;
            llhttp_init(&direction->parser, direction->is_response ? HTTP_RESPONSE : HTTP_REQUEST, &settings);
        }
    }
    printf("%llu packets, %llu octets of payload, %llu restarts\n", packets, octets, restarts);
    pcap_close(file);
    free(table);
    return 0;
}
