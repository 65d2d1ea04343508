#include "http/names.h"

#include "base/memory.h"

enum { SLOTS = 2048, STATUS_COUNT = 600 };

struct names {
    struct name names[NAMES_MAX];      /* by id */
    uint16_t slots[SLOTS];             /* open addressing over ids; 0: free */
    uint16_t count;
};

/* Length and three letters tell nearly all names apart, and touch few octets. */
static unsigned hash(struct text name)
{
    unsigned first = (unsigned char)name.at[0] | 0x20u;
    unsigned middle = (unsigned char)name.at[name.len / 2] | 0x20u;
    unsigned last = (unsigned char)name.at[name.len - 1] | 0x20u;

    return ((unsigned)name.len * 0x9E5u + first * 0x1F3u + middle * 0x5Du + last * 0x2B1u) % SLOTS;
}

static uint16_t insert(struct names *names, const struct name *name)
{
    unsigned slot = hash(name->text);

    while (names->slots[slot])
        slot = (slot + 1) % SLOTS;
    names->slots[slot] = names->count;
    names->names[names->count] = *name;
    return names->count++;
}

struct names *names_new(void)
{
    static const struct name known[] = {
#define NAME(enumerator, name, shape, side, spec) { TEXT_INIT(name), SHAPE_##shape, SIDE_##side, spec },
#include "http/names.def"
#undef NAME
    };
    struct names *names = memory_new(sizeof *names);

    names->count = 1;                  /* 0 is FIELD_UNKNOWN */
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        insert(names, &known[i]);
    return names;
}

void names_free(struct names *names)
{
    if (!names)
        return;
    for (unsigned id = FIELD_FIRST_ADDED; id < names->count; id++)
        memory_free((void *)(uintptr_t)names->names[id].text.at);
    memory_free(names);
}

uint16_t names_add(struct names *names, struct text name, enum field_shape shape)
{
    uint16_t id = names_find(names, name);

    if (id != FIELD_UNKNOWN || names->count == NAMES_MAX || name.len == 0)
        return id;
    char *copy = memory_new(name.len);
    memcpy(copy, name.at, name.len);
    return insert(names, &(struct name){ { copy, name.len }, shape, SIDE_BOTH, NULL });
}

uint16_t names_find(const struct names *names, struct text name)
{
    if (name.len == 0)
        return FIELD_UNKNOWN;
    for (unsigned slot = hash(name); names->slots[slot]; slot = (slot + 1) % SLOTS) {
        struct text known = names->names[names->slots[slot]].text;

        /* Most senders write names as the specification does: the cheap comparison first. */
        if (known.len == name.len && (memcmp(known.at, name.at, name.len) == 0 || text_equal_nocase(known, name)))
            return names->slots[slot];
    }
    return FIELD_UNKNOWN;
}

const struct name *names_get(const struct names *names, uint16_t id)
{
    return &names->names[id];
}

uint16_t names_count(const struct names *names)
{
    return names->count;
}

static const struct text methods[METHOD_COUNT] = {
    [METHOD_UNKNOWN] = { "", 0 },
#define METHOD(name) [METHOD_##name] = TEXT_INIT(#name),
    METHODS(METHOD)
#undef METHOD
};

enum method method_find(struct text method)
{
    for (int known = METHOD_UNKNOWN + 1; known < METHOD_COUNT; known++)
        if (text_equal(methods[known], method))
            return (enum method)known;
    return METHOD_UNKNOWN;
}

const char *method_name(enum method method)
{
    return methods[method].at;
}

const char *status_phrase(unsigned status)
{
    static const char *const phrases[STATUS_COUNT] = {
        [100] = "Continue", [101] = "Switching Protocols", [102] = "Processing", [103] = "Early Hints",
        [104] = "Upload Resumption Supported",
        [200] = "OK", [201] = "Created", [202] = "Accepted", [203] = "Non-Authoritative Information",
        [204] = "No Content", [205] = "Reset Content", [206] = "Partial Content", [207] = "Multi-Status",
        [208] = "Already Reported", [226] = "IM Used",
        [300] = "Multiple Choices", [301] = "Moved Permanently", [302] = "Found", [303] = "See Other",
        [304] = "Not Modified", [305] = "Use Proxy", [307] = "Temporary Redirect", [308] = "Permanent Redirect",
        [400] = "Bad Request", [401] = "Unauthorized", [402] = "Payment Required", [403] = "Forbidden",
        [404] = "Not Found", [405] = "Method Not Allowed", [406] = "Not Acceptable",
        [407] = "Proxy Authentication Required", [408] = "Request Timeout", [409] = "Conflict", [410] = "Gone",
        [411] = "Length Required", [412] = "Precondition Failed", [413] = "Content Too Large",
        [414] = "URI Too Long", [415] = "Unsupported Media Type", [416] = "Range Not Satisfiable",
        [417] = "Expectation Failed", [421] = "Misdirected Request", [422] = "Unprocessable Content",
        [423] = "Locked", [424] = "Failed Dependency", [425] = "Too Early", [426] = "Upgrade Required",
        [428] = "Precondition Required", [429] = "Too Many Requests", [431] = "Request Header Fields Too Large",
        [451] = "Unavailable For Legal Reasons",
        [500] = "Internal Server Error", [501] = "Not Implemented", [502] = "Bad Gateway",
        [503] = "Service Unavailable", [504] = "Gateway Timeout", [505] = "HTTP Version Not Supported",
        [506] = "Variant Also Negotiates", [507] = "Insufficient Storage", [508] = "Loop Detected",
        [510] = "Not Extended", [511] = "Network Authentication Required",
    };

    return status < STATUS_COUNT && phrases[status] ? phrases[status] : "";
}
