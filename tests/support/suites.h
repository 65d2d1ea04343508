/*
 * suites.h - the list of all suites, made by the Makefile from the names of the test files.
 */
#ifndef HTTPLINT_TESTS_SUITES_H
#define HTTPLINT_TESTS_SUITES_H

struct suite_entry {
    const char *name;
    void (*add)(void);         /* adds one suite to CUnit's registry */
};

extern const struct suite_entry suites[];   /* ends with a NULL name */

#endif
