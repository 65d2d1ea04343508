#include "input/binding.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/* False with errno. */
static bool ask(int socket, unsigned long question, const char *interface, struct ifreq *answer)
{
    *answer = (struct ifreq){ 0 };
    if (snprintf(answer->ifr_name, sizeof answer->ifr_name, "%s", interface) >= (int)sizeof answer->ifr_name) {
        errno = ENODEV;
        return false;
    }
    return ioctl(socket, question, answer) == 0;
}

int binding_hardware(int socket, const char *interface)
{
    struct ifreq answer;

    return ask(socket, SIOCGIFHWADDR, interface, &answer) ? answer.ifr_hwaddr.sa_family : -1;
}

static int bind_to(const struct binding *binding, int index)
{
    const struct sockaddr_ll address = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = index };
    const struct packet_mreq all = { .mr_ifindex = index, .mr_type = PACKET_MR_PROMISC };

    if (bind(binding->socket, (const struct sockaddr *)&address, sizeof address) != 0)
        return errno;
    /* The old interface has taken this with it. Without it less is seen, no more. */
    if (!binding->is_modest)
        setsockopt(binding->socket, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all, sizeof all);
    return 0;
}

int binding_renew(const struct binding *binding)
{
    struct ifreq flags, index;

    if (binding->hardware < 0 || !ask(binding->socket, SIOCGIFFLAGS, binding->interface, &flags))
        return ENODEV;
    if (binding_hardware(binding->socket, binding->interface) != binding->hardware)
        return EMEDIUMTYPE;
    if (!(flags.ifr_flags & IFF_UP))
        return ENETDOWN;
    return ask(binding->socket, SIOCGIFINDEX, binding->interface, &index) ? bind_to(binding, index.ifr_ifindex) : errno;
}
