#include "tests/support/decided.h"

void decided_open(struct decided *decided, const char *request, const char *responses)
{
    *decided = (struct decided){ .pool = arena_pool_new(), .names = names_new() };
    decided->arena = arena_new(decided->pool);
    names_add(decided->names, TEXT("X-Text"), SHAPE_TEXT);
    names_add(decided->names, TEXT("X-Number"), SHAPE_NUMBER);
    names_add(decided->names, TEXT("X-List"), SHAPE_LIST);
    names_add(decided->names, TEXT("X-Media"), SHAPE_MEDIA);
    decided->exchange = made_exchange(decided->arena, decided->names, request, responses);
    decided->exchange->response = exchange_final(decided->exchange);
    decided->view.exchange = decided->exchange;
    decided->view.of[WHOSE_REQUEST] = decided->exchange->request;
    decided->view.of[WHOSE_RESPONSE] = decided->exchange->response;
    decided->view.of[WHOSE_MESSAGE] = decided->exchange->response ? decided->exchange->response
                                                                  : decided->exchange->request;
    decided->view.room = regex_room_new();
    decided->loading = (struct loading){ .arena = decided->arena, .errors = &decided->errors, .names = decided->names,
                                         .file = "t.yaml" };
}

void decided_close(struct decided *decided)
{
    for (struct regex_link *link = decided->loading.regexes; link; link = link->next)
        regex_free(link->regex);
    regex_room_free(decided->view.room);
    errors_clear(&decided->errors);
    names_free(decided->names);
    arena_free(decided->arena);
    arena_pool_free(decided->pool);
}

struct message *decided_request(struct decided *decided)
{
    return (struct message *)(uintptr_t)decided->exchange->request;
}

struct message *decided_response(struct decided *decided)
{
    return (struct message *)(uintptr_t)decided->exchange->response;
}

bool decided_compile(struct decided *decided, const char *yaml, struct cond *cond)
{
    const struct node *root = yaml_read(decided->arena, "t.yaml", text_of(yaml), &decided->errors);

    return root && cond_compile(&decided->loading, root, cond);
}

const char *decided_truth(struct decided *decided, const char *yaml)
{
    static const char *const names[] = { [NO] = "no", [UNKNOWN] = "unknown", [YES] = "yes" };
    struct cond cond;

    if (!decided_compile(decided, yaml, &cond))
        return decided->errors.items[0].words;
    return names[cond_decide(&cond, &decided->view)];
}
