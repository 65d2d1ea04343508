#include "report/formats.h"

#include <string.h>

const struct reporter *const reporters[] = { &text_reporter, &jsonl_reporter, &json_reporter, &sarif_reporter,
                                             &junit_reporter, &github_reporter, &gitlab_reporter, &checkstyle_reporter,
                                             &markdown_reporter, &syslog_reporter, NULL };

const struct reporter *reporter_find(const char *name)
{
    for (const struct reporter *const *reporter = reporters; *reporter; reporter++)
        if (strcmp((*reporter)->name, name) == 0)
            return *reporter;
    return NULL;
}
