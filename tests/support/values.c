#include "tests/support/values.h"

#include <stdlib.h>

#include "tests/support/guard.h"

enum { LONG_OCTETS = 1 << 20, SHORTER_OCTETS = 1 << 17, VISIBLE_MAX = 200 };

/* The value as a C string. */
static const char *visible(struct text value, char line[VISIBLE_MAX + 1])
{
    size_t len = value.len < VISIBLE_MAX ? value.len : VISIBLE_MAX;

    for (size_t i = 0; i < len; i++)
        line[i] = value.at[i] >= ' ' && value.at[i] < 0x7F ? value.at[i] : '.';
    line[len] = '\0';
    return line;
}

void values_check(const struct values_row *rows, size_t count,
                  bool (*read)(struct text value, struct text *culprit))
{
    char line[VISIBLE_MAX + 1];

    for (size_t i = 0; i < count; i++) {
        struct text value = text_of(rows[i].value), culprit = { NULL, 0 };
        bool is_good = read(value, &culprit);
        int at = is_good ? VALUES_GOOD : (int)(culprit.at - value.at);

        ROW_TRUE(visible(value, line), at == rows[i].at);
        ROW_TRUE(visible(value, line), is_good == (culprit.at == NULL));
    }
}

static void (*drive_of(const char *name))(struct text)
{
    for (const struct values_drive *drive = values_drives; drive->name; drive++)
        if (strcmp(drive->name, name) == 0)
            return drive->drive;
    return NULL;
}

static struct text lay(struct guard *guard, struct text value)
{
    return (struct text){ (const char *)guard_lay(guard, (const uint8_t *)value.at, value.len),
                          value.len };
}

static void drive_cut(void (*drive)(struct text), struct guard *guard, struct text sample)
{
    for (size_t len = 0; len <= sample.len; len++)
        drive(lay(guard, text_part(sample, 0, len)));
}

static void drive_changed(void (*drive)(struct text), struct guard *guard, struct text sample)
{
    struct text laid = lay(guard, sample);
    char *octets = (char *)guard_lay(guard, (const uint8_t *)sample.at, sample.len);

    for (size_t at = 0; at < sample.len; at++) {
        for (int octet = 0; octet < 256; octet++) {
            octets[at] = (char)octet;
            drive(laid);
        }
        octets[at] = sample.at[at];
    }
}

static void drive_long(void (*drive)(struct text), struct text piece, size_t size)
{
    char *octets = malloc(size);
    size_t len = 0;

    if (!octets || piece.len == 0)
        abort();
    for (; len + piece.len <= size; len += piece.len)
        memcpy(octets + len, piece.at, piece.len);
    drive((struct text){ octets, len });
    free(octets);
}

void values_keep_laws(const char *name, const struct values_row *rows, size_t count)
{
    static const char *const pieces[] = { ",", "\"", "\\", ";", "=", "a=\"", "<,", ", " };
    static const char *const others[] = { " ",        "(",  "<",  "[",  "%",   "\r\n ", "a",
                                          "; ",       "/",  "..", "(,", "\",", "a=b,",  "a b,",
                                          ";a=\"b\"", "\n", ":",  "-",  "\n--" };
    void (*drive)(struct text) = drive_of(name);
    struct guard *guard = guard_new(4096);

    CU_ASSERT_PTR_NOT_NULL_FATAL(drive);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].at != VALUES_GOOD)
            continue;
        drive_cut(drive, guard, text_of(rows[i].value));
        drive_changed(drive, guard, text_of(rows[i].value));
    }
    if (count > 0)
        drive_long(drive, text_of(rows[0].value), LONG_OCTETS);
    for (size_t i = 0; i < VALUES_COUNT(pieces); i++)
        drive_long(drive, text_of(pieces[i]), LONG_OCTETS);
    for (size_t i = 0; i < VALUES_COUNT(others); i++)
        drive_long(drive, text_of(others[i]), SHORTER_OCTETS);
    guard_free(guard);
}
