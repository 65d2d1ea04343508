/*
 * status.h - what the exit status of the command means.
 */
#ifndef HTTPLINT_CLI_STATUS_H
#define HTTPLINT_CLI_STATUS_H

enum status {
    STATUS_CLEAN = 0, /* all input was read and nothing found reaches --fail-on */
    STATUS_FOUND = 1, /* something found reaches --fail-on */
    STATUS_USAGE = 2, /* usage, configuration or rules are wrong: nothing was linted */
    STATUS_INPUT = 3  /* not all that was named could be read or written; wins over STATUS_FOUND */
};

#endif
