#include "http/value/target.h"

/* `example.org:80` could be a scheme with a path of digits; nobody means that. */
static bool looks_like_authority(struct text value)
{
    struct text port, host = text_until(value, ':', &port);

    if (cursor_is(value, '[')) {
        text_until(value, ']', &port);
        return cursor_is(port, ':');
    }
    return port.len > 0 && cursor_digits(&port).len > 0 && port.len == 0 && host.len > 0 &&
           host.at[0] != '/';
}

static enum target_form form_of(struct text value, bool is_connect)
{
    struct uri uri;

    if (text_equal(value, TEXT("*")))
        return TARGET_ASTERISK;
    if (is_connect)
        return TARGET_AUTHORITY;
    if (cursor_is(value, '/'))
        return TARGET_ORIGIN;
    if (looks_like_authority(value))
        return TARGET_AUTHORITY;
    uri_read(value, &uri, NULL);
    return uri.has_scheme ? TARGET_ABSOLUTE : TARGET_NONE;
}

static bool read_authority(struct text value, struct uri *uri, struct text *culprit)
{
    *uri = (struct uri){ .authority = value, .has_authority = true };
    if (!host_read(value, &uri->host, culprit))
        return false;
    return uri->host.has_port || cursor_fault(text_part(value, value.len, 0), culprit);
}

static bool read_form(struct text value, struct target *target, struct text *culprit)
{
    switch (target->form) {
    case TARGET_ASTERISK:
        return true;
    case TARGET_AUTHORITY:
        return read_authority(value, &target->uri, culprit);
    case TARGET_ORIGIN:
        return uri_read_path(value, &target->uri, culprit);
    case TARGET_ABSOLUTE:
        return uri_read(value, &target->uri, culprit);
    case TARGET_NONE:
        break;
    }
    uri_read(value, &target->uri, NULL);
    return cursor_fault(value, culprit);
}

bool target_read(struct text value, bool is_connect, struct target *target, struct text *culprit)
{
    *target = (struct target){ .form = form_of(value, is_connect) };
    if (!read_form(value, target, culprit))
        return false;
    if (!target->uri.has_fragment)
        return true;
    size_t fragment = target->uri.fragment.len + 1;

    return cursor_fault(text_part(value, value.len - fragment, fragment), culprit);
}
