#include "cli/progress.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"

enum { PATIENCE_MS = 1000, INTERVAL_MS = 200 };

struct progress {
    int descriptor;
    uint64_t whole, read;
    int64_t next_ms; /* not drawn before */
    bool is_shown;
    pthread_mutex_t lock;
};

struct progress *progress_new(int descriptor, uint64_t whole)
{
    struct progress *progress;

    if (!isatty(descriptor))
        return NULL;
    progress = memory_new(sizeof *progress);
    progress->descriptor = descriptor;
    progress->whole = whole;
    progress->next_ms = clock_ms() + PATIENCE_MS;
    pthread_mutex_init(&progress->lock, NULL);
    return progress;
}

/* Decoration: what of it cannot be written is not missed. */
static void draw(struct progress *progress, const char *line)
{
    ssize_t ignored = write(progress->descriptor, line, strlen(line));

    (void)ignored;
}

void progress_free(struct progress *progress)
{
    if (!progress)
        return;
    progress_hide(progress);
    pthread_mutex_destroy(&progress->lock);
    memory_free(progress);
}

static void draw_bar(struct progress *progress)
{
    char bar[41], line[96];
    unsigned percent = (unsigned)((double)progress->read / (double)progress->whole * 100);
    size_t filled;

    if (percent > 100)
        percent = 100;
    filled = percent * (sizeof bar - 1) / 100;
    memset(bar, '.', sizeof bar - 1);
    memset(bar, '#', filled);
    bar[sizeof bar - 1] = '\0';
    snprintf(line, sizeof line, "\rreading [%s] %3u %%", bar, percent);
    draw(progress, line);
}

static void draw_octets(struct progress *progress)
{
    char line[64];

    snprintf(line, sizeof line, "\rreading: %.1f MB", (double)progress->read / 1e6);
    draw(progress, line);
}

void progress_add(struct progress *progress, uint64_t octets)
{
    if (!progress)
        return;
    pthread_mutex_lock(&progress->lock);
    progress->read += octets;
    if (clock_ms() >= progress->next_ms) {
        progress->next_ms = clock_ms() + INTERVAL_MS;
        progress->is_shown = true;
        if (progress->whole > 0)
            draw_bar(progress);
        else
            draw_octets(progress);
    }
    pthread_mutex_unlock(&progress->lock);
}

bool progress_is_due(struct progress *progress)
{
    if (!progress)
        return false;
    pthread_mutex_lock(&progress->lock);
    bool is_due = clock_ms() >= progress->next_ms;

    pthread_mutex_unlock(&progress->lock);
    return is_due;
}

void progress_show(struct progress *progress, const char *line)
{
    if (!progress)
        return;
    pthread_mutex_lock(&progress->lock);
    progress->next_ms = clock_ms() + INTERVAL_MS;
    progress->is_shown = true;
    draw(progress, "\r");
    draw(progress, line);
    draw(progress, "\033[K");
    pthread_mutex_unlock(&progress->lock);
}

void progress_hide(struct progress *progress)
{
    if (!progress)
        return;
    pthread_mutex_lock(&progress->lock);
    if (progress->is_shown)
        draw(progress, "\r\033[K");
    progress->is_shown = false;
    pthread_mutex_unlock(&progress->lock);
}
