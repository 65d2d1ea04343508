/*
 * folder.h - a temporary folder for a suite that makes files, one at a time.
 */
#ifndef HTTPLINT_TESTS_FOLDER_H
#define HTTPLINT_TESTS_FOLDER_H

/* Of the folder that there is. */
extern char folder_path[];

/* CUnit's initialiser and cleaner of a suite. folder_end fails where something was left in it. */
int folder_begin(void);
int folder_end(void);

/* The path of what has this name in it; good until the next call. */
const char *below(const char *name);

#endif
