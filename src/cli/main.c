#include <fcntl.h>
#include <unistd.h>

#include "cli/run.h"

/* A standard descriptor that came closed would become that of the next file opened, say a capture.
 * In its place stands one that fails at use as the closed one would. */
static void hold_standard_descriptors(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0)
            open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* The sanitizers' own calls of the kernel have no place in a sandbox. */
#ifdef __has_feature
#define IS_SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer))
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED true
#else
#define IS_SANITIZED false
#endif

int main(int argc, char **argv)
{
    hold_standard_descriptors();
    return cli_run(argc, argv, STDOUT_FILENO, STDERR_FILENO, !IS_SANITIZED);
}
