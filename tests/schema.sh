#!/bin/sh
# The schemas of what people write, held against the program. Run from the root of the project with ./httplint built.
if ! python3 -c 'import jsonschema, yaml; jsonschema.Draft202012Validator' 2>/dev/null; then
    echo 'schema: skipped: install the packages python3-jsonschema and python3-yaml'
    [ "${HTTPLINT_NO_SKIP:-}" = 1 ] || exit 0
    echo 'schema: and HTTPLINT_NO_SKIP is 1' >&2
    exit 1
fi
exec python3 tests/schema.py
