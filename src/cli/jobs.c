#include "cli/jobs.h"

#include <pthread.h>
#include <signal.h>

#include "base/memory.h"

struct jobs {
    void (*work)(void *context, struct jobs *, size_t piece);
    void *context;
    size_t count;
    size_t begun, turn;   /* the next piece to begin; the piece whose turn it is */
    pthread_mutex_t lock; /* guards the line above */
    pthread_cond_t turned;
};

static bool take(struct jobs *jobs, size_t *piece)
{
    pthread_mutex_lock(&jobs->lock);
    bool is_one_left = jobs->begun < jobs->count;

    if (is_one_left)
        *piece = jobs->begun++;
    pthread_mutex_unlock(&jobs->lock);
    return is_one_left;
}

static void pass_turn(struct jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->turn++;
    pthread_cond_broadcast(&jobs->turned);
    pthread_mutex_unlock(&jobs->lock);
}

static void *labour(void *context)
{
    struct jobs *jobs = context;
    size_t piece;

    while (take(jobs, &piece)) {
        jobs->work(jobs->context, jobs, piece);
        pass_turn(jobs);
    }
    return NULL;
}

/* Signals are the first thread's: there a waiting read(2) is interrupted. Threads that cannot be
 * had are done without. */
static size_t start(struct jobs *jobs, pthread_t *threads, size_t count)
{
    sigset_t all, before;
    size_t started = 0;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (started < count && pthread_create(&threads[started], NULL, labour, jobs) == 0)
        started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

void jobs_run(size_t count, size_t threads,
              void (*work)(void *context, struct jobs *, size_t piece), void *context)
{
    struct jobs jobs = { .work = work, .context = context, .count = count };
    size_t helpers = threads > 1 ? threads - 1 : 0, started;
    pthread_t *others = memory_new(helpers * sizeof *others);

    pthread_mutex_init(&jobs.lock, NULL);
    pthread_cond_init(&jobs.turned, NULL);
    started = start(&jobs, others, helpers);
    labour(&jobs);
    for (size_t i = 0; i < started; i++)
        pthread_join(others[i], NULL);
    pthread_cond_destroy(&jobs.turned);
    pthread_mutex_destroy(&jobs.lock);
    memory_free(others);
}

bool jobs_is_turn(struct jobs *jobs, size_t piece)
{
    pthread_mutex_lock(&jobs->lock);
    bool is_turn = jobs->turn == piece;

    pthread_mutex_unlock(&jobs->lock);
    return is_turn;
}

void jobs_await_turn(struct jobs *jobs, size_t piece)
{
    pthread_mutex_lock(&jobs->lock);
    while (jobs->turn != piece)
        pthread_cond_wait(&jobs->turned, &jobs->lock);
    pthread_mutex_unlock(&jobs->lock);
}
