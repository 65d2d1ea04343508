/*
 * targets.h - the fuzz targets in this process, made by the Makefile from the names of their files.
 */
#ifndef HTTPLINT_TESTS_TARGETS_H
#define HTTPLINT_TESTS_TARGETS_H

#include <stddef.h>
#include <stdint.h>

struct fuzz_target {
    const char *name;
    int (*run)(const uint8_t *octets, size_t len);
};

extern const struct fuzz_target fuzz_targets[];     /* ends with a NULL name */

#endif
