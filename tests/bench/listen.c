/* The floor of a live capture: what libpcap takes to hand on each packet, and nothing is done with it.
 *
 *   listen INTERFACE    until SIGTERM; then prints "PACKETS packets, DROPPED dropped"
 */
#include <pcap/pcap.h>
#include <signal.h>
#include <stdio.h>

static pcap_t *pcap;

static void stop(int number)
{
    (void)number;
    pcap_breakloop(pcap);
}

static void count(u_char *context, const struct pcap_pkthdr *header, const u_char *octets)
{
    (void)header;
    (void)octets;
    ++*(unsigned long *)(void *)context;
}

int main(int argc, char **argv)
{
    char problem[PCAP_ERRBUF_SIZE] = "";
    unsigned long packets = 0;
    struct pcap_stat stat;

    if (argc != 2 || !(pcap = pcap_create(argv[1], problem)) || pcap_set_snaplen(pcap, 262144) || pcap_set_timeout(pcap, 100) ||
        pcap_set_buffer_size(pcap, 64 << 20) || pcap_activate(pcap) < 0) {
        fprintf(stderr, "listen: %s\n", pcap ? pcap_geterr(pcap) : problem);
        return 1;
    }
    sigaction(SIGTERM, &(struct sigaction){ .sa_handler = stop }, NULL);
    fprintf(stderr, "listening on %s\n", argv[1]);
    while (pcap_dispatch(pcap, -1, count, (u_char *)&packets) >= 0)
        ;
    pcap_stats(pcap, &stat);
    printf("%lu packets, %u dropped\n", packets, stat.ps_drop);
    return 0;
}
