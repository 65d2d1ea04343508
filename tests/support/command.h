/*
 * command.h - the command as a shell would run it, in this process, with what it writes.
 *
 * Its files lie in a temporary folder, made by command_begin and removed by command_end:
 *   own.yaml   rules own-allow (error, 405), own-cookie (warning), own-server (info)
 *   bad.yaml   with a mistake in line 2
 *   bad.http   breaks own-allow and own-cookie
 *   warn.http  breaks own-cookie;  info.http  breaks own-server;  clean.http  breaks none
 *   empty.pcap no packets;  cut.pcap  breaks off;  text.txt  no capture
 *   config/    empty: $XDG_CONFIG_HOME, so that no configuration file of the user's is found
 *   folder/    bad.http, empty.pcap, text.txt;  barren/  text.txt alone
 */
#ifndef HTTPLINT_TESTS_COMMAND_H
#define HTTPLINT_TESTS_COMMAND_H

#include <stddef.h>

enum { COMMAND_MAX = 256 << 10 };

struct command {
    char out[COMMAND_MAX], err[COMMAND_MAX];
    int status;
};

/* CUnit's initialiser and cleaner of a suite. */
int command_begin(void);
int command_end(void);

/* Writes a file into the folder. 0: done. */
int command_write(const char *name, const char *octets, size_t len);

/* The path of a file in the folder; valid until the next call. */
const char *command_path(const char *name);

/* Runs `httplint` with the words of `line`, which are separated by blanks; `%` stands for the folder. */
void command_run(const char *line, struct command *);

/* The same with own.yaml as the only rules. */
void command_lint(const char *line, struct command *);

/* The same in a process of its own, which goes into the sandbox. */
void command_run_confined(const char *line, struct command *);

/* The same with descriptors of the caller's. */
int command_run_to(const char *line, int out, int err);

#endif
