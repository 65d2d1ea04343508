/*
 * formats.h - the reporters that formats.c lists, each defined in the file of its name.
 */
#ifndef HTTPLINT_REPORT_FORMATS_H
#define HTTPLINT_REPORT_FORMATS_H

#include "report/report.h"

extern const struct reporter text_reporter, jsonl_reporter, json_reporter, sarif_reporter, junit_reporter,
    github_reporter, gitlab_reporter, checkstyle_reporter, markdown_reporter, syslog_reporter;

#endif
