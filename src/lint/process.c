#include "base/memory.h"
#include "httplint.h"

#ifndef HTTPLINT_VERSION
#define HTTPLINT_VERSION "unknown"
#endif

const char *httplint_version(void)
{
    return HTTPLINT_VERSION;
}

void httplint_on_exhaustion(void (*hook)(void *context), void *context)
{
    memory_on_exhaustion(hook, context);
}
