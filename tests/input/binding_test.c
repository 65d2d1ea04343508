#include "input/binding.h"

#include <CUnit/CUnit.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guard/rights.h"

void input_binding_suite(void);

enum { DONE, NO_RIGHT };

static int bring_up(int socket)
{
    struct ifreq flags = { .ifr_name = "lo", .ifr_flags = IFF_UP };

    return ioctl(socket, SIOCSIFFLAGS, &flags);
}

/* Octets that the socket hears within a moment. */
static bool hears(int listener, int talker)
{
    struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_ifindex = 1, .sll_halen = 6 };
    static const char frame[60] = { 0 };
    char octets[64];

    return sendto(talker, frame, sizeof frame, 0, (struct sockaddr *)&to, sizeof to) > 0 &&
           recv(listener, octets, sizeof octets, MSG_DONTWAIT) == sizeof frame;
}

#define EXPECT(claim) \
    do { \
        if (!(claim)) { \
            fprintf(stderr, "\n  %s\n", #claim); \
            return 10; \
        } \
    } while (0)

/* In a process and a namespace of its own, where `lo` is down at first. */
static int bind_without_rights(void)
{
    struct errors errors = { 0 };
    int listener = -1, talker = -1;

    if (unshare(CLONE_NEWNET) != 0 || (listener = socket(AF_PACKET, SOCK_RAW, 0)) < 0 ||
        (talker = socket(AF_PACKET, SOCK_RAW, 0)) < 0)
        return NO_RIGHT;
    struct binding lo = { .socket = listener, .interface = "lo", .hardware = binding_hardware(listener, "lo") };

    EXPECT(lo.hardware >= 0);
    EXPECT(binding_hardware(listener, "none") == -1 && binding_hardware(listener, "a name that no interface has") == -1);
    EXPECT(binding_renew(&lo) == ENETDOWN);
    EXPECT(bring_up(listener) == 0);
    EXPECT(!hears(listener, talker));
    EXPECT(rights_drop(0, &errors));
    EXPECT(socket(AF_PACKET, SOCK_RAW, 0) < 0);
    EXPECT(binding_renew(&lo) == 0);
    EXPECT(hears(listener, talker));
    lo.hardware++;
    EXPECT(binding_renew(&lo) == EMEDIUMTYPE);
    lo.hardware = -1;
    EXPECT(binding_renew(&lo) == ENODEV);
    return DONE;
}

static void bound_again(void)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0)
        _exit(bind_without_rights());
    CU_ASSERT_EQUAL_FATAL(waitpid(child, &status, 0), child);
    CU_ASSERT_TRUE_FATAL(WIFEXITED(status));
    if (WEXITSTATUS(status) == NO_RIGHT)
        printf("\n    skipped: needs root, to make a network namespace ");
    else
        CU_ASSERT_EQUAL(WEXITSTATUS(status), DONE);
}

void input_binding_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/binding", NULL, NULL);

    CU_add_test(suite, "a socket bound again without any right", bound_again);
}
