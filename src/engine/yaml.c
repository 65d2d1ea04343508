#include "engine/yaml.h"

#include <stdlib.h>
#include <yaml.h>

#include "base/utf8.h"

struct reader {
    struct arena *arena;
    const char *name;
    struct errors *errors;
    struct node *open[YAML_DEPTH_MAX];     /* the lists and mappings that are not yet at their end */
    struct node *key;                      /* the key that waits for its value, in the innermost mapping */
    struct node *keys[YAML_DEPTH_MAX];     /* the same of the mappings around it */
    unsigned depth;
    size_t nodes;
    struct node *root;
    bool has_document, is_over;
};

/* libyaml would take UTF-16 for what it is and skip a BOM; two texts that look alike must be alike. */
static bool check_octets(const char *name, struct text octets, struct errors *errors)
{
    unsigned line = 1, column = 1;

    if (octets.len > YAML_OCTETS_MAX)
        return errors_add(errors, name, 0, 0, "larger than 1 MiB");
    if (text_starts(octets, TEXT("\xEF\xBB\xBF")) || text_starts(octets, TEXT("\xFF\xFE")) ||
        text_starts(octets, TEXT("\xFE\xFF")))
        return errors_add(errors, name, 1, 1, "begins with a byte order mark; save it as UTF-8 without one");
    while (octets.len > 0) {
        size_t len = utf8_character(octets, NULL);

        if (octets.at[0] == '\0')
            return errors_add(errors, name, line, column, "holds a NUL octet");
        if (len == 0)
            return errors_add(errors, name, line, column, "not UTF-8");
        column = octets.at[0] == '\n' ? 1 : column + 1;
        line += octets.at[0] == '\n';
        octets = text_part(octets, len, octets.len);
    }
    return true;
}

static void complain(struct reader *reader, yaml_mark_t mark, const char *words)
{
    errors_add(reader->errors, reader->name, (unsigned)mark.line + 1, (unsigned)mark.column + 1, "%s", words);
}

/* What libyaml says of a `*` or `&` at the start of a value helps nobody: who writes one means the character. */
static void complain_syntax(struct reader *reader, const yaml_parser_t *parser)
{
    const char *problem = parser->problem ? parser->problem : "not YAML";

    if (parser->context && strstr(parser->context, "alias")) {
        complain(reader, parser->context_mark, "a value that begins with '*' needs quotes");
    } else if (parser->context && strstr(parser->context, "anchor")) {
        complain(reader, parser->context_mark, "a value that begins with '&' needs quotes");
    } else if (parser->error == YAML_READER_ERROR) {
        errors_add(reader->errors, reader->name, 0, 0, "%s", problem);
    } else {
        errors_add(reader->errors, reader->name, (unsigned)parser->problem_mark.line + 1,
                   (unsigned)parser->problem_mark.column + 1, "not YAML: %s%s%s", problem, parser->context ? " " : "",
                   parser->context ? parser->context : "");
    }
}

static void complain_extras(struct reader *reader, yaml_mark_t mark, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor)
        complain(reader, mark, "anchors are not allowed (a value that begins with '&' needs quotes)");
    if (tag)
        complain(reader, mark, "tags are not allowed (a value that begins with '!' needs quotes)");
}

static struct node *new_node(struct reader *reader, enum node_kind kind, yaml_mark_t mark)
{
    struct node *node = arena_zero(reader->arena, sizeof *node);

    node->kind = kind;
    node->line = (unsigned)mark.line + 1;
    node->column = (unsigned)mark.column + 1;
    reader->nodes++;
    return node;
}

static void append(struct node *parent, struct node *node)
{
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    parent->count++;
}

/* In a mapping nodes come in turn: a key, its value. */
static void place(struct reader *reader, struct node *node)
{
    struct node *parent = reader->depth > 0 ? reader->open[reader->depth - 1] : NULL;

    if (!parent) {
        reader->root = node;
    } else if (parent->kind == NODE_LIST) {
        append(parent, node);
    } else if (!reader->key) {
        if (node->kind != NODE_SCALAR)
            errors_add(reader->errors, reader->name, node->line, node->column, "a key must be text");
        reader->key = node;
    } else {
        node->key = reader->key->text;
        node->key_line = reader->key->line;
        node->key_column = reader->key->column;
        reader->key = NULL;
        append(parent, node);
    }
}

static void open_node(struct reader *reader, enum node_kind kind, yaml_mark_t mark)
{
    struct node *node = new_node(reader, kind, mark);

    place(reader, node);
    if (reader->depth == YAML_DEPTH_MAX) {
        errors_add(reader->errors, reader->name, node->line, node->column, "nested more than %d deep", YAML_DEPTH_MAX);
        reader->is_over = true;
        return;
    }
    reader->keys[reader->depth] = reader->key;
    reader->open[reader->depth++] = node;
    reader->key = NULL;
}

static int compare_keys(const void *left, const void *right)
{
    const struct node *a = *(const struct node *const *)left, *b = *(const struct node *const *)right;
    size_t len = a->key.len < b->key.len ? a->key.len : b->key.len;
    int order = len > 0 ? memcmp(a->key.at, b->key.at, len) : 0;

    if (order == 0)
        order = (a->key.len > b->key.len) - (a->key.len < b->key.len);
    if (order == 0)
        order = (a->key_line > b->key_line) - (a->key_line < b->key_line);
    if (order == 0)
        order = (a->key_column > b->key_column) - (a->key_column < b->key_column);
    return order;
}

/* libyaml lets a key pass that is given twice. Sorted, so that a mapping of many keys costs no more than it should. */
static void check_keys(struct reader *reader, const struct node *map)
{
    const struct node **members = arena_alloc(reader->arena, map->count * sizeof(const struct node *) + 1);
    size_t count = 0;

    for (const struct node *member = map->first; member; member = member->next)
        members[count++] = member;
    qsort(members, count, sizeof *members, compare_keys);
    for (size_t i = 1; i < count; i++)
        if (text_equal(members[i]->key, members[i - 1]->key))
            errors_add(reader->errors, reader->name, members[i]->key_line, members[i]->key_column,
                       "'%.*s' is given twice (before in line %u)", (int)members[i]->key.len, members[i]->key.at,
                       members[i - 1]->key_line);
}

static void close_node(struct reader *reader)
{
    struct node *node = reader->open[--reader->depth];

    reader->key = reader->keys[reader->depth];
    /* A mapping in the place of a key was complained about when it began, and waits as that key. */
    if (node->kind == NODE_MAP && node->count > 1)
        check_keys(reader, node);
}

static void read_scalar(struct reader *reader, const yaml_event_t *event)
{
    struct node *node = new_node(reader, NODE_SCALAR, event->start_mark);

    complain_extras(reader, event->start_mark, event->data.scalar.anchor, event->data.scalar.tag);
    node->text = arena_text(reader->arena,
                            (struct text){ (const char *)event->data.scalar.value, event->data.scalar.length });
    place(reader, node);
}

static void read_event(struct reader *reader, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (reader->has_document) {
            complain(reader, event->start_mark, "a second document begins here; one file is one document");
            reader->is_over = true;
        }
        reader->has_document = true;
        break;
    case YAML_ALIAS_EVENT:
        complain(reader, event->start_mark, "aliases are not allowed (a value that begins with '*' needs quotes)");
        place(reader, new_node(reader, NODE_SCALAR, event->start_mark));
        break;
    case YAML_SCALAR_EVENT:
        read_scalar(reader, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        complain_extras(reader, event->start_mark, event->data.sequence_start.anchor, event->data.sequence_start.tag);
        open_node(reader, NODE_LIST, event->start_mark);
        break;
    case YAML_MAPPING_START_EVENT:
        complain_extras(reader, event->start_mark, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        open_node(reader, NODE_MAP, event->start_mark);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_node(reader);
        break;
    case YAML_STREAM_END_EVENT:
        reader->is_over = true;
        break;
    default:
        break;
    }
    if (reader->nodes > YAML_NODES_MAX) {
        complain(reader, event->start_mark, "more than 100000 values");
        reader->is_over = true;
    }
}

struct node *yaml_read(struct arena *arena, const char *name, struct text octets, struct errors *errors)
{
    struct reader reader = { .arena = arena, .name = name, .errors = errors };
    size_t before = errors->count;
    yaml_parser_t parser;
    yaml_event_t event;

    if (!check_octets(name, octets, errors))
        return NULL;
    if (!yaml_parser_initialize(&parser)) {
        errors_add(errors, name, 0, 0, "no memory to read it");
        return NULL;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)octets.at, octets.len);
    while (!reader.is_over) {
        if (!yaml_parser_parse(&parser, &event)) {
            complain_syntax(&reader, &parser);
            break;
        }
        read_event(&reader, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    if (errors->count > before)
        return NULL;
    return reader.root ? reader.root : new_node(&reader, NODE_MAP, (yaml_mark_t){ 0 });
}

const struct node *node_get(const struct node *map, const char *key)
{
    for (const struct node *member = map->kind == NODE_MAP ? map->first : NULL; member; member = member->next)
        if (text_equal(member->key, text_of(key)))
            return member;
    return NULL;
}

const char *node_kind_name(enum node_kind kind)
{
    static const char *const names[] = { "text", "a list", "a mapping" };

    return names[kind];
}
