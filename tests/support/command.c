#include "tests/support/command.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/run.h"

enum { WORDS_MAX = 64, LINE_MAX_OCTETS = 4096 };

static char folder[64];

#define REQUEST(fields) "GET /a HTTP/1.1\nHost: shop.example\n" fields "\n"
#define CASE(request, response) "=== a case\n>>>\n" request "<<<\n" response
#define COOKIE "Cookie: id=secret\n"

static const char pcap_header[] = "\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0";
static const char pcap_cut[] = "\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0\1\2\3";

#define TEXT_FILE(name, text) { name, text, sizeof(text) - 1 }

static const struct {
    const char *name, *octets;
    size_t len;
} files[] = {
    TEXT_FILE("own.yaml",
              "rules:\n"
              "  own-allow:\n"
              "    severity: error\n"
              "    message: 405 without Allow\n"
              "    why: It is required.\n"
              "    spec: RFC9110 15.5.6\n"
              "    when: { status: 405 }\n"
              "    require: response.Allow\n"
              "  own-cookie:\n"
              "    severity: warning\n"
              "    message: got <request.Cookie>\n"
              "    forbid: request.Cookie\n"
              "  own-server:\n"
              "    severity: info\n"
              "    message: the server names itself\n"
              "    forbid: response.Server\n"),
    TEXT_FILE("bad.yaml", "rules:\n  own-bad: { severity: loud }\n"),
    TEXT_FILE("bad.http", CASE(REQUEST(COOKIE), "HTTP/1.1 405 No\nContent-Length: 0\n\n")),
    TEXT_FILE("warn.http", CASE(REQUEST(COOKIE), "HTTP/1.1 200 OK\nContent-Length: 0\n\n")),
    TEXT_FILE("info.http", CASE(REQUEST(""), "HTTP/1.1 200 OK\nServer: x\nContent-Length: 0\n\n")),
    TEXT_FILE("clean.http", CASE(REQUEST(""), "HTTP/1.1 200 OK\nContent-Length: 0\n\n")),
    { "empty.pcap", pcap_header, sizeof pcap_header - 1 },
    { "cut.pcap", pcap_cut, sizeof pcap_cut - 1 },
    TEXT_FILE("text.txt", "no capture\n"),
    TEXT_FILE("folder/bad.http", CASE(REQUEST(COOKIE), "HTTP/1.1 405 No\nContent-Length: 0\n\n")),
    { "folder/empty.pcap", pcap_header, sizeof pcap_header - 1 },
    TEXT_FILE("folder/text.txt", "no capture\n"),
    TEXT_FILE("barren/text.txt", "no capture\n"),
};

const char *command_path(const char *name)
{
    static char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

int command_write(const char *name, const char *octets, size_t len)
{
    FILE *file = fopen(command_path(name), "wb");

    if (!file)
        return -1;
    size_t written = fwrite(octets, 1, len, file);

    return fclose(file) == 0 && written == len ? 0 : -1;
}

int command_begin(void)
{
    strcpy(folder, "/tmp/httplint-test-XXXXXX");
    if (!mkdtemp(folder) || mkdir(command_path("folder"), 0700) || mkdir(command_path("barren"), 0700) ||
        mkdir(command_path("config"), 0700) || setenv("XDG_CONFIG_HOME", command_path("config"), 1))
        return -1;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (command_write(files[i].name, files[i].octets, files[i].len) != 0)
            return -1;
    return 0;
}

static int discard(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

int command_end(void)
{
    return nftw(folder, discard, 8, FTW_DEPTH | FTW_PHYS);
}

/* `line` with the folder in place of each `%`. */
static void expand(const char *line, char expanded[LINE_MAX_OCTETS])
{
    size_t len = 0;

    for (; *line && len + sizeof folder < LINE_MAX_OCTETS; line++) {
        if (*line == '%')
            len += (size_t)snprintf(expanded + len, LINE_MAX_OCTETS - len, "%s", folder);
        else
            expanded[len++] = *line;
    }
    expanded[len] = '\0';
}

static int run(const char *line, int out, int err, bool is_ours)
{
    char expanded[LINE_MAX_OCTETS], name[] = "httplint", *words[WORDS_MAX] = { name }, *rest = NULL;
    int count = 1;

    expand(line, expanded);
    for (char *word = strtok_r(expanded, " ", &rest); word && count < WORDS_MAX - 1;
         word = strtok_r(NULL, " ", &rest))
        words[count++] = word;
    return cli_run(count, words, out, err, is_ours);
}

int command_run_to(const char *line, int out, int err)
{
    return run(line, out, err, false);
}

static void read_back(int file, char octets[COMMAND_MAX])
{
    ssize_t len = pread(file, octets, COMMAND_MAX - 1, 0);

    octets[len > 0 ? len : 0] = '\0';
    close(file);
}

void command_run(const char *line, struct command *command)
{
    int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC);

    command->status = command_run_to(line, out, err);
    read_back(out, command->out);
    read_back(err, command->err);
}

void command_run_confined(const char *line, struct command *command)
{
    int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC), status = -1;
    pid_t child = fork();

    if (child == 0)
        _exit(run(line, out, err, true));
    if (child > 0)
        waitpid(child, &status, 0);
    command->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    read_back(out, command->out);
    read_back(err, command->err);
}

void command_lint(const char *line, struct command *command)
{
    char whole[LINE_MAX_OCTETS];

    snprintf(whole, sizeof whole, "--no-default-rules --rules %%/own.yaml %s", line);
    command_run(whole, command);
}
