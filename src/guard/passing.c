#include "guard/passing.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Room for one descriptor, aligned as its header. */
union ancillary {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int))];
};

bool passing_pair(int sockets[2])
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) == 0;
}

bool passing_send(int socket, const void *octets, size_t len, int descriptor)
{
    struct iovec part = { .iov_len = len };
    union ancillary ancillary = { 0 };
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
    ssize_t sent;

    memcpy(&part.iov_base, &octets, sizeof octets);      /* sendmsg(2) does not write there */
    if (descriptor >= 0) {
        message.msg_control = ancillary.room;
        message.msg_controllen = sizeof ancillary.room;
        ancillary.header = (struct cmsghdr){ .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS,
                                             .cmsg_len = CMSG_LEN(sizeof descriptor) };
        memcpy(CMSG_DATA(&ancillary.header), &descriptor, sizeof descriptor);
    }
    do {
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)len;
}

static int descriptor_of(struct msghdr *message)
{
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    int descriptor = -1;

    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
        header->cmsg_len == CMSG_LEN(sizeof descriptor))
        memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    return descriptor;
}

bool passing_receive(int socket, void *octets, size_t len, int *descriptor)
{
    struct iovec part = { octets, len };
    union ancillary ancillary;
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = ancillary.room,
                              .msg_controllen = sizeof ancillary.room };
    ssize_t got;

    *descriptor = -1;
    do {
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got <= 0) {
        errno = got == 0 || errno == ECONNRESET ? EPIPE : errno;
        return false;
    }
    *descriptor = descriptor_of(&message);
    if (got == (ssize_t)len && !(message.msg_flags & MSG_TRUNC))
        return true;
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
    errno = EPROTO;
    return false;
}

bool passing_is_open(int socket)
{
    struct pollfd polled = { .fd = socket };

    return poll(&polled, 1, 0) >= 0 && !(polled.revents & (POLLHUP | POLLERR | POLLNVAL));
}
