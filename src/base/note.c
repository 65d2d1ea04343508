#include "base/note.h"

#include <assert.h>

static const struct {
    const char *name;
    const char *words;
} codes[] = {
#define NOTE(enumerator, code, words) { code, words },
    NOTE_CODES(NOTE)
#undef NOTE
};

const char *note_code_name(enum note_code code)
{
    assert(code < NOTE_CODE_COUNT);
    return codes[code].name;
}

const char *note_code_words(enum note_code code)
{
    assert(code < NOTE_CODE_COUNT);
    return codes[code].words;
}
