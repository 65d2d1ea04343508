#!/usr/bin/env python3
"""validate.py SCHEMA FILE...: JSON documents against a JSON Schema; schemas beside SCHEMA may be referred to by file name.

Prints what is wrong; status 1 if anything is.
"""
import json
import pathlib
import sys

import jsonschema


def strict(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f"a key twice in {keys}")
    return dict(pairs)


def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"), object_pairs_hook=strict)


def main(schema_path, *paths):
    schema = load(schema_path)
    resolver = jsonschema.RefResolver(pathlib.Path(schema_path).resolve().as_uri(), schema)
    kind = jsonschema.validators.validator_for(schema)
    checker = kind(schema, resolver=resolver, format_checker=jsonschema.FormatChecker())
    found = 0
    for path in paths:
        for error in checker.iter_errors(load(path)):
            place = "/".join(str(part) for part in error.absolute_path)
            print(f"{path}: {place}: {error.message[:300]}")
            found += 1
    return found > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
