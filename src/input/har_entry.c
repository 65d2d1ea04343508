#include <stdio.h>

#include "base/base64.h"
#include "base/memory.h"
#include "input/har.h"

struct har_reader {
    struct har_entry *out;
    struct har_fault *fault;
    struct har_writer writer;
    bool is_made_up;                         /* the response is one that Chromium gave itself, to go on by https */
};

/* ---- who wrote it ---- */

static const struct {
    struct text begin;
    struct har_writer writer;
} writers[] = {
    { TEXT_INIT("mitmproxy"), { .is_proxy = true } },
    { TEXT_INIT("Charles"), { .is_proxy = true } },
    { TEXT_INIT("Fiddler"), { .is_proxy = true } },
    { TEXT_INIT("BrowserMob"), { .is_proxy = true } },
    { TEXT_INIT("BrowserUp"), { .is_proxy = true } },
    { TEXT_INIT("Proxyman"), { .is_proxy = true } },
    { TEXT_INIT("HTTP Toolkit"), { .is_proxy = true } },
    /* No size of heads in HTTP/2, whose fields they have as they came. */
    { TEXT_INIT("WebInspector"), { .tells_all_fields = true } },           /* Chromium */
    { TEXT_INIT("Playwright"), { .tells_all_fields = true } },
};

struct har_writer har_writer(struct text name)
{
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        if (text_starts(name, writers[i].begin))
            return writers[i].writer;
    return (struct har_writer){ false, false };
}

/* ---- members ---- */

static bool wrong(struct har_reader *reader, const char *within, const char *key, const char *words)
{
    snprintf(reader->fault->path, sizeof reader->fault->path, "%s%s", within, key);
    reader->fault->words = words;
    return false;
}

/* A member that has to be there, of that kind, unless `is_optional`: then none or null will do. `within` ends in a
 * dot. */
static bool member(struct har_reader *reader, const struct json *object, const char *within, const char *key,
                   enum json_kind kind, bool is_optional, const struct json **found)
{
    static const char *const lacks[] = { [JSON_TEXT] = "a text is missing", [JSON_NUMBER] = "a number is missing",
                                         [JSON_LIST] = "a list is missing", [JSON_MAP] = "an object is missing" };
    static const char *const wants[] = { [JSON_TEXT] = "is no text", [JSON_NUMBER] = "is no number",
                                         [JSON_LIST] = "is no list", [JSON_MAP] = "is no object" };

    *found = json_get(object, key);
    if (json_kind(*found) == kind)
        return true;
    if (is_optional && (json_kind(*found) == JSON_NOTHING || json_kind(*found) == JSON_WORD)) {
        *found = NULL;
        return true;
    }
    return wrong(reader, within, key, *found ? wants[kind] : lacks[kind]);
}

/* True, a text that is not empty, or a number other than 0. */
static bool is_set(const struct json *json)
{
    return json_text(json).len > 0 || json_double(json) != 0.0 || json_is_yes(json);
}

/* ---- the URL ---- */

static const struct {
    struct text begin;
    struct text becomes;                     /* what is sent first */
} schemes[] = {
    { TEXT_INIT("http://"), TEXT_INIT("http://") },
    { TEXT_INIT("https://"), TEXT_INIT("https://") },
    { TEXT_INIT("ws://"), TEXT_INIT("http://") },
    { TEXT_INIT("wss://"), TEXT_INIT("https://") },
};

static struct httplint_text view(struct text text)
{
    return (struct httplint_text){ text.at, text.len };
}

/* The target URI: no fragment is sent (RFC 9110 7.1), and a WebSocket begins in HTTP (RFC 6455 4.1). */
static enum har_result read_url(struct har_entry *out, struct text url)
{
    size_t i = 0;

    url = text_until(url, '#', NULL);
    while (i < sizeof schemes / sizeof *schemes &&
           !text_equal_nocase(text_part(url, 0, schemes[i].begin.len), schemes[i].begin))
        i++;
    if (i == sizeof schemes / sizeof *schemes)
        return HAR_OTHER_SCHEME;

    struct text rest = text_part(url, schemes[i].begin.len, url.len), begin = schemes[i].becomes;

    out->url = memory_new(begin.len + rest.len + 1);
    memcpy(out->url, begin.at, begin.len);
    memcpy(out->url + begin.len, rest.at, rest.len);
    out->entry.url = (struct httplint_text){ out->url, begin.len + rest.len };
    return HAR_TELLS;
}

/* CONNECT names an authority and nothing else (RFC 9112 3.2.3). */
static void read_connect(struct httplint_entry *entry)
{
    const char *slashes = memchr(entry->url.at, '/', entry->url.len);
    struct text url = { slashes + 2, entry->url.len - (size_t)(slashes + 2 - entry->url.at) };

    entry->url = view(text_until(url, '/', NULL));
}

/* ---- fields ---- */

/* Secrets that were blotted out, or lines of Set-Cookie that were joined (RFC 9110 5.3), are no values to judge. */
static bool is_blotted_out(struct text name, struct text value)
{
    static const struct text secrets[] = { TEXT_INIT("Cookie"), TEXT_INIT("Set-Cookie"), TEXT_INIT("Authorization"),
                                           TEXT_INIT("Proxy-Authorization") };
    bool is_secret = false;

    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        is_secret |= text_equal_nocase(name, secrets[i]);
    if (!is_secret || value.len == 0 || memchr("*[<", value.at[0], 3))
        return is_secret;
    if (text_equal_nocase(name, TEXT("Set-Cookie")) && memchr(value.at, ',', value.len))
        return true;
    for (size_t at = 0; at < value.len; at++)
        if (text_equal_nocase(text_part(value, at, 8), TEXT("redacted")))
            return true;
    return false;
}

static void add_field(struct har_entry *out, struct text name, struct text value)
{
    if (is_blotted_out(name, value))
        return;
    if (out->nfields == out->room_fields) {
        out->room_fields = out->room_fields > 0 ? 2 * out->room_fields : 32;
        out->fields = memory_grow(out->fields, out->room_fields, sizeof *out->fields);
    }
    out->fields[out->nfields++] = (struct httplint_field){ view(name), view(value) };
}

/* Chromium joins lines of one name with LF. */
static void add_lines(struct har_entry *out, struct text name, struct text value)
{
    struct text rest = value;

    do {
        struct text line = text_until(rest, '\n', &rest);

        add_field(out, name, line);
    } while (rest.len > 0);
}

/* What is known of the fields of a message besides themselves. */
struct listed {
    bool is_whole;                           /* a head was there, not only what was to be sent */
    bool has_host;
};

static bool read_fields(struct har_reader *reader, const struct json *message, const char *within,
                        struct listed *listed)
{
    const struct json *headers, *name, *value, *size;

    *listed = (struct listed){ false, false };
    if (!member(reader, message, within, "headers", JSON_LIST, true, &headers) ||
        !member(reader, message, within, "headersSize", JSON_NUMBER, true, &size))
        return false;
    listed->is_whole = json_double(size) > 0;
    for (size_t i = 0; i < json_count(headers); i++) {
        char item[48];

        snprintf(item, sizeof item, "%sheaders[%zu].", within, i);
        if (!member(reader, json_at(headers, i), item, "name", JSON_TEXT, false, &name) ||
            !member(reader, json_at(headers, i), item, "value", JSON_TEXT, false, &value))
            return false;
        struct text text = json_text(name);

        listed->has_host |= text_equal_nocase(text, TEXT("Host")) || text_equal(text, TEXT(":authority"));
        reader->is_made_up |= text_equal_nocase(text, TEXT("Non-Authoritative-Reason"));
        if (text.len > 0 && text.at[0] != ':')           /* RFC 9113 8.3: pseudo-header fields are no fields */
            add_lines(reader->out, text, json_text(value));
    }
    return true;
}

/* ---- versions and times ---- */

static const struct {
    struct text begin;                       /* in lower case */
    unsigned version;
} versions[] = {
    { TEXT_INIT("http/1.1"), 11 }, { TEXT_INIT("http/1.0"), 10 }, { TEXT_INIT("http/2"), 20 }, { TEXT_INIT("h2"), 20 },
    { TEXT_INIT("http/3"), 30 },   { TEXT_INIT("h3"), 30 },       { TEXT_INIT("quic"), 30 },
};

static unsigned version_of(const struct json *message)
{
    struct text words = json_text(json_get(message, "httpVersion"));

    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        if (text_equal_nocase(text_part(words, 0, versions[i].begin.len), versions[i].begin))
            return versions[i].version;
    return 0;
}

/* Milliseconds; what is not known is -1 or left out. */
static int64_t phase_us(const struct json *timings, const char *key)
{
    double ms = json_double(json_get(timings, key));

    return ms > 0 && ms < 1e12 ? (int64_t)(ms * 1000) : 0;
}

static bool read_times(struct har_reader *reader, const struct json *json)
{
    struct httplint_told *request = &reader->out->entry.request, *response = &reader->out->entry.response;
    const struct json *started, *timings;

    if (!member(reader, json, "", "startedDateTime", JSON_TEXT, false, &started) ||
        !member(reader, json, "", "timings", JSON_MAP, true, &timings))
        return false;
    if (!har_time(json_text(started), &request->begun_us))
        return wrong(reader, "", "startedDateTime", "is no time of ISO 8601");
    request->begun_us += phase_us(timings, "blocked") + phase_us(timings, "dns") + phase_us(timings, "connect");
    request->ended_us = request->begun_us + phase_us(timings, "send");
    response->begun_us = request->ended_us + phase_us(timings, "wait");
    response->ended_us = response->begun_us + phase_us(timings, "receive");
    return true;
}

/* ---- contents ---- */

static bool is_ascii(struct text text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

/* `is_exact`: these are the octets. */
static void set_octets(struct httplint_told *told, struct text octets, double size, bool is_exact)
{
    told->content = HTTPLINT_CONTENT_SOME;
    told->octets = octets.len;
    if (is_exact && (size <= 0 || size == (double)octets.len))
        told->sample = view(octets);
}

/* Texts were decoded from their charset: only of ASCII it is known what the octets were. */
static void set_text(struct httplint_told *told, struct text text, double size)
{
    if (text.len > 0)
        set_octets(told, text, size, is_ascii(text));
}

static void set_base64(struct har_entry *out, struct text text, double size)
{
    size_t len;

    out->octets = memory_new(BASE64_ROOM(text.len));
    if (base64_decode(text, out->octets, &len) && len > 0)
        set_octets(&out->entry.response, (struct text){ out->octets, len }, size, true);
}

/* A size of 0 says nothing: it is what many write who did not keep the content. */
static void set_size(struct httplint_told *told, double size)
{
    if (told->content == HTTPLINT_CONTENT_SOME || !(size >= 1 && size < 1e18))
        return;
    told->content = HTTPLINT_CONTENT_SOME;
    told->octets = (uint64_t)size;
}

static bool read_content(struct har_reader *reader, const struct json *response)
{
    struct httplint_told *told = &reader->out->entry.response;
    const struct json *content, *text, *size, *encoding;

    if (!member(reader, response, "response.", "content", JSON_MAP, true, &content) ||
        !member(reader, content, "response.content.", "text", JSON_TEXT, true, &text) ||
        !member(reader, content, "response.content.", "size", JSON_NUMBER, true, &size) ||
        !member(reader, content, "response.content.", "encoding", JSON_TEXT, true, &encoding))
        return false;
    if (text_equal_nocase(json_text(encoding), TEXT("base64")))
        set_base64(reader->out, json_text(text), json_double(size));
    else if (json_text(encoding).len == 0)
        set_text(told, json_text(text), json_double(size));
    set_size(told, json_double(size));
    return true;
}

static bool read_posted(struct har_reader *reader, const struct json *request)
{
    struct httplint_told *told = &reader->out->entry.request;
    const struct json *posted, *text, *size;

    if (!member(reader, request, "request.", "postData", JSON_MAP, true, &posted) ||
        !member(reader, posted, "request.postData.", "text", JSON_TEXT, true, &text) ||
        !member(reader, request, "request.", "bodySize", JSON_NUMBER, true, &size))
        return false;
    set_text(told, json_text(text), json_double(size));
    set_size(told, json_double(size));
    return true;
}

/* ---- the messages ---- */

static bool read_request(struct har_reader *reader, const struct json *request, struct listed *listed)
{
    struct httplint_entry *entry = &reader->out->entry;
    const struct json *method;

    if (!member(reader, request, "request.", "method", JSON_TEXT, false, &method) ||
        !read_fields(reader, request, "request.", listed) || !read_posted(reader, request))
        return false;
    entry->method = view(json_text(method));
    entry->request.version = version_of(request);
    entry->request.nfields = reader->out->nfields;
    /* A browser shows what it was about to send where it does not know what was sent: then the host is missing. */
    entry->request.has_all_fields = listed->is_whole || listed->has_host;
    return true;
}

static bool read_status(struct har_reader *reader, const struct json *response)
{
    const struct json *status;
    double code;

    if (!member(reader, response, "response.", "status", JSON_NUMBER, true, &status))
        return false;
    code = json_double(status);
    if (code < -1 || code > 999 || code != (int)code)
        return wrong(reader, "response.", "status", "is no status code");
    /* Of interim responses 101 alone is the last one. */
    reader->out->entry.status = code == 101 || code >= 200 ? (unsigned)code : 0;
    return true;
}

/* RFC 9110 13.1: names that begin so. */
static bool is_conditional(const struct har_entry *out)
{
    for (size_t i = 0; i < out->entry.request.nfields; i++) {
        struct text name = { out->fields[i].name.at, out->fields[i].name.len };

        if (text_equal_nocase(text_part(name, 0, 3), TEXT("If-")))
            return true;
    }
    return false;
}

/* A browser that has its copy confirmed shows the 304 as the 200 that it has, with the fields of either or both. */
static void part_mixed(struct har_reader *reader)
{
    struct httplint_entry *entry = &reader->out->entry;

    if (reader->writer.is_proxy || (entry->status != 304 && !is_conditional(reader->out)))
        return;
    entry->response.nfields = 0;
    if (entry->status == 200)
        entry->status = 0;
}

static bool read_response(struct har_reader *reader, const struct json *response)
{
    struct har_entry *out = reader->out;
    struct httplint_told *told = &out->entry.response;
    struct listed listed;

    if (!read_status(reader, response) || !read_fields(reader, response, "response.", &listed) ||
        !read_content(reader, response))
        return false;
    out->entry.reason = view(json_text(json_get(response, "statusText")));
    told->version = version_of(response);
    told->nfields = out->nfields - out->entry.request.nfields;
    part_mixed(reader);
    told->has_all_fields = told->nfields > 0 && (listed.is_whole || reader->writer.tells_all_fields);
    return true;
}

/* ---- entries that tell nothing of what was sent ---- */

/* Members of the entry or of its response, which are set where that is so; with a `usual` text it is so where another one
 * stands. */
static const struct {
    const char *key;
    enum har_result result;
    struct text usual;
} marks[] = {
    { "_fromCache", HAR_FROM_CACHE, { "", 0 } },               /* Chromium */
    { "_fromMemoryCache", HAR_FROM_CACHE, { "", 0 } },
    { "_fromDiskCache", HAR_FROM_CACHE, { "", 0 } },
    { "_servedFromCache", HAR_FROM_CACHE, { "", 0 } },
    { "_fetchedViaServiceWorker", HAR_NOT_SENT, { "", 0 } },         /* Chromium */
    { "_wasFulfilled", HAR_NOT_SENT, { "", 0 } },                    /* Playwright */
    { "_wasAborted", HAR_NOT_SENT, { "", 0 } },
    { "_fetchType", HAR_FROM_CACHE, TEXT_INIT("Network Load") },     /* Safari */
};

static enum har_result marked(const struct json *json, const struct json *response)
{
    const struct json *transferred = json_get(response, "_transferSize");

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const struct json *here = json_get(json, marks[i].key), *mark = here ? here : json_get(response, marks[i].key);

        if (is_set(mark) && !(marks[i].usual.len > 0 && text_equal(json_text(mark), marks[i].usual)))
            return marks[i].result;
    }
    if (json_kind(json_get(json_get(json, "cache"), "afterRequest")) != JSON_NOTHING)
        return HAR_FROM_CACHE;               /* Firefox */
    if (json_kind(transferred) == JSON_NUMBER && json_double(transferred) == 0.0)
        return HAR_FROM_CACHE;
    return HAR_TELLS;
}

static bool read_messages(struct har_reader *reader, const struct json *json, const struct json *request,
                          const struct json *response, struct listed *listed)
{
    return read_times(reader, json) && read_request(reader, request, listed) && read_response(reader, response);
}

enum har_result har_read(const struct json *json, struct har_writer writer, struct har_entry *out,
                         struct har_fault *fault)
{
    struct har_reader reader = { out, fault, writer, false };
    const struct json *request, *response, *url;
    struct listed listed;

    *out = (struct har_entry){ .entry = { .status = 0 } };
    if (json_kind(json) != JSON_MAP) {
        wrong(&reader, "", "", "is no object");
        return HAR_WRONG;
    }
    if (!member(&reader, json, "", "request", JSON_MAP, false, &request) ||
        !member(&reader, json, "", "response", JSON_MAP, false, &response) ||
        !member(&reader, request, "request.", "url", JSON_TEXT, false, &url))
        return HAR_WRONG;

    enum har_result result = read_url(out, json_text(url));

    if (result == HAR_TELLS)
        result = marked(json, response);
    if (result != HAR_TELLS)
        return result;
    if (!read_messages(&reader, json, request, response, &listed))
        return HAR_WRONG;
    if (reader.is_made_up || (out->entry.status == 0 && !out->entry.request.has_all_fields))
        return HAR_NOT_SENT;
    if (text_equal(json_text(json_get(request, "method")), TEXT("CONNECT")))
        read_connect(&out->entry);
    out->entry.request.fields = out->fields;
    out->entry.response.fields = out->fields ? out->fields + out->entry.request.nfields : NULL;
    return HAR_TELLS;
}

void har_clear(struct har_entry *out)
{
    memory_free(out->fields);
    memory_free(out->url);
    memory_free(out->octets);
    *out = (struct har_entry){ .entry = { .status = 0 } };
}
