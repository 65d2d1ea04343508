#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"

enum { MEMORY_MAX = 1 << 20, BLOCK_OCTETS = 4096 };

/* The file holds the beginning, memory what came after it. */
struct spool {
    struct out *held;
    int descriptor;   /* -1: no file could be made */
    uint64_t in_file; /* octets */
    int error;        /* errno of what the file did not take or give back; 0: none */
};

void spool_free(struct spool *spool)
{
    if (!spool)
        return;
    if (spool->descriptor >= 0)
        close(spool->descriptor);
    out_free(spool->held);
    memory_free(spool);
}

/* Linux gives files that never had a name; elsewhere, and on file systems that cannot, the name goes at once. */
static int open_nameless(void)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];

    if (!folder || !*folder)
        folder = "/tmp";
    int descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    if (descriptor >= 0 || snprintf(path, sizeof path, "%s/httplint-XXXXXX", folder) >= (int)sizeof path)
        return descriptor;
    descriptor = mkostemp(path, O_CLOEXEC);
    if (descriptor >= 0)
        unlink(path);
    return descriptor;
}

/* The file is made at once: later the sandbox would not let us. */
struct spool *spool_new(void)
{
    struct spool *spool = memory_new(sizeof *spool);

    spool->held = out_new_memory();
    spool->descriptor = open_nameless();
    return spool;
}

static void to_file(struct spool *spool)
{
    struct text held = out_held(spool->held);

    if (spool->descriptor < 0)
        return;
    while (held.len > 0 && spool->error == 0) {
        ssize_t written = pwrite(spool->descriptor, held.at, held.len, (off_t)spool->in_file);

        if (written >= 0) {
            spool->in_file += (uint64_t)written;
            held = text_part(held, (size_t)written, held.len);
        } else if (errno != EINTR) {
            spool->error = errno;
        }
    }
    out_clear(spool->held);
}

void spool_text(struct spool *spool, struct text octets)
{
    if (spool->error == 0)
        out_text(spool->held, octets);
    if (out_held(spool->held).len > MEMORY_MAX)
        to_file(spool);
}

uint64_t spool_octets(const struct spool *spool)
{
    return spool->in_file + out_held(spool->held).len;
}

static void write_file(struct spool *spool, uint64_t octets, struct out *to)
{
    char block[BLOCK_OCTETS];
    uint64_t done = 0;

    while (done < octets && spool->error == 0) {
        size_t want = octets - done < sizeof block ? (size_t)(octets - done) : sizeof block;
        ssize_t got = pread(spool->descriptor, block, want, (off_t)done);

        if (got > 0) {
            out_text(to, (struct text){ block, (size_t)got });
            done += (uint64_t)got;
        } else if (got == 0 || errno != EINTR) {
            spool->error = got == 0 ? EIO : errno;
        }
    }
}

void spool_write_first(struct spool *spool, uint64_t octets, struct out *to)
{
    bool is_in_file = octets <= spool->in_file;
    uint64_t rest = is_in_file ? 0 : octets - spool->in_file;

    write_file(spool, is_in_file ? octets : spool->in_file, to);
    if (spool->error != 0)
        out_fail(to, spool->error);
    out_text(to, text_part(out_held(spool->held), 0, rest < SIZE_MAX ? (size_t)rest : SIZE_MAX));
}

void spool_write(struct spool *spool, struct out *to)
{
    spool_write_first(spool, UINT64_MAX, to);
}

void spool_clear(struct spool *spool)
{
    out_clear(spool->held);
    spool->in_file = 0;
}
