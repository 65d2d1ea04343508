#include "lint/entry.h"

#include "base/memory.h"

static struct text text_from(struct httplint_text text)
{
    return (struct text){ text.at, text.len };
}

static enum told_content content_from(enum httplint_content content)
{
    return content == HTTPLINT_CONTENT_NONE ? TOLD_NONE : content == HTTPLINT_CONTENT_SOME ? TOLD_SOME : TOLD_UNKNOWN;
}

static struct told_message message_from(const struct httplint_told *told, struct told_field *fields)
{
    for (size_t i = 0; i < told->nfields; i++)
        fields[i] = (struct told_field){ text_from(told->fields[i].name), text_from(told->fields[i].value) };
    return (struct told_message){ .fields = fields, .nfields = told->nfields, .has_all_fields = told->has_all_fields,
                                  .version = (uint8_t)told->version, .content = content_from(told->content),
                                  .octets = told->octets, .sample = text_from(told->sample),
                                  .begun_us = told->begun_us, .ended_us = told->ended_us };
}

void entry_tell(struct http *http, uint64_t connection, const struct httplint_entry *entry)
{
    struct told_field *fields = memory_new((entry->request.nfields + entry->response.nfields + 1) * sizeof *fields);
    const struct told told = { .method = text_from(entry->method), .target = text_from(entry->url),
                               .status = (uint16_t)entry->status, .reason = text_from(entry->reason),
                               .frame = entry->frame, .file_at = entry->file_at, .file_octets = entry->file_octets,
                               .connection = connection,
                               .request = message_from(&entry->request, fields),
                               .response = message_from(&entry->response, fields + entry->request.nfields) };

    http_told(http, &told);
    memory_free(fields);
}
