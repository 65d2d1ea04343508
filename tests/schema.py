#!/usr/bin/env python3
"""docs/schema/config.json and expect.json beside the program: what the schema says of a file, httplint says too.

Run from the root of the project with ./httplint built; tests/schema.sh does.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

failures = 0


class Core(yaml.SafeLoader):
    """YAML 1.2, as editors and httplint read it: `on` is no truth value and a date is text."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers
            if tag in ("tag:yaml.org,2002:null",)]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))

RULE = "severity: info, message: m"

# A configuration file, and whether it is right.
CONFIGS = [
    ("", True),
    ("{}", True),
    ("rules:", True),
    ("extends: strict", True),
    ("extends: [strict, default]", True),
    ("extends: { a: b }", False),
    ("headers: { X-A: text, X-B: list, X-C: number, X-D: media }", True),
    ("headers: { X-A: texts }", False),
    ("headers: { 'X A': text }", False),
    ("headers: [X-A]", False),
    ("rules: { a-b: { %s, require: response.Age } }" % RULE, True),
    ("rules: { a-b: { %s, forbid: { status: 404 } } }" % RULE, True),
    ("rules: { A-b: { %s, require: response.Age } }" % RULE, False),
    ("rules: { a--b: { %s, require: response.Age } }" % RULE, False),
    ("rules: { a-: { %s, require: response.Age } }" % RULE, False),
    ("rules: { a-b: { message: m, require: response.Age } }", False),
    ("rules: { a-b: { severity: info, require: response.Age } }", False),
    ("rules: { a-b: { severity: loud, message: m, require: response.Age } }", False),
    ("rules: { a-b: { %s } }" % RULE, False),
    ("rules: { a-b: { %s, require: response.Age, color: red } }" % RULE, False),
    ("rules: { a-b: [] }", False),
    ("rules: { a-b: { %s, require: response.Age, level: MUST, party: client, since: 1, why: w } }" % RULE, True),
    ("rules: { a-b: { %s, require: response.Age, level: must } }" % RULE, False),
    ("rules: { a-b: { %s, require: response.Age, party: proxy } }" % RULE, False),
    ("rules: { a-b: { %s, require: response.Age, spec: [RFC9110 1, RFC9110 2] } }" % RULE, True),
    ("rules: { a-b: { %s, require: response.Age, spec: [] } }" % RULE, False),
    ("rules: { a-b: { %s, require: response.Age, on: response.Age } }" % RULE, False),
    ("rules: { a-b: { %s, require: { any: [method, { status: 2xx }] } } }" % RULE, True),
    ("rules: { a-b: { %s, require: { any: method } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { any: [] } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { not: { all: [host, path, query, scheme] } } } }" % RULE, True),
    ("rules: { a-b: { %s, require: {} } }" % RULE, False),
    ("rules: { a-b: { %s, require: [method] } }" % RULE, False),
    ("rules: { a-b: { %s, require: colour } }" % RULE, False),
    ("rules: { a-b: { %s, require: { colour: red } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { status: [404, 5xx, '..99', 200..299, 600..] } } }" % RULE, True),
    ("rules: { a-b: { %s, require: { status: ok } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { status: [] } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { status: [present] } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { status: present } } }" % RULE, True),
    ("rules: { a-b: { %s, require: { status: { matches: 4 } } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { method: [GET, 'P*'] } } }" % RULE, True),
    ("rules: { a-b: { %s, require: { method: [GET, absent] } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { path: { matches: '^/a' } } } }" % RULE, True),
    ("rules: { a-b: { %s, require: { path: { count: 1 } } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { path: { raw: a, matches: b } } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { path: {} } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { request.version: 1.1, response.framing: chunked } } }" % RULE, True),
    ("rules: { a-b: { %s, require: { request.version: { raw: '1.*' }, response.body: 10.. } } }" % RULE, True),
    ("rules: { a-b: { %s, require: { message.anomaly: obs-fold, request.body: { matches: x } } } }" % RULE, True),
    ("rules: { a-b: { %s, require: { response.body: { count: 1 } } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { response.anomaly: { raw: obs-fold } } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { response.body: large } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { response.trailer.Digest: absent, message.Host: { count: 1 } } } }" % RULE, True),
    ("rules: { a-b: { %s, require: { response.Age: { colour: red } } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { response.Allow: { count: many } } } }" % RULE, False),
    ("rules: { a-b: { %s, require: { response.Allow: { raw: [a, b] } } } }" % RULE, True),
    ("rules: { a-b: { %s, require: { response.Allow: { raw: [] } } } }" % RULE, False),
    ("adjust:", True),
    ("adjust: [{ rules: status-*, severity: off }]", True),
    ("adjust: [{ rules: [status-*, 'spec:RFC9110 *'], severity: error, where: { host: a }, reason: r, until: 2099-01-31 }]",
     True),
    ("adjust: [{ rules: status-* }]", False),
    ("adjust: [{ severity: off }]", False),
    ("adjust: [{ rules: [], severity: off }]", False),
    ("adjust: [{ rules: status-*, severity: off, until: soon }]", False),
    ("adjust: { rules: status-*, severity: off }", False),
    ("suppress:", True),
    ("suppress: [{ rules: status-*, reason: r }]", True),
    ("suppress: [{ rules: status-*, where: { method: GET, status: 4xx, path: /a* }, reason: r, until: 2099-01-31 }]", True),
    ("suppress: [{ rules: status-* }]", False),
    ("suppress: [{ rules: status-*, reason: r, severity: off }]", False),
    ("suppress: [status-*]", False),
    ("select: status-*", True),
    ("select: { a: b }", False),
    ("ignore: [status-*, cache-*]", True),
    ("min-severity: warning", True),
    ("min-severity: never", False),
    ("fail-on: never", True),
    ("fail-on: always", False),
    ("inputs: [a.pcap, b]", True),
    ("inputs: []", True),
    ("formats: [text, jsonl=x]", True),
    ("formats: { jsonl: x }", False),
    ("baseline: b.json", True),
    ("baseline: [a, b]", False),
    ("basline: b.json", False),
    ("- a", False),
]

# expect.yaml, and whether it is right.
EXPECTS = [
    ("", True),
    ("a.pcap: none", True),
    ("a.pcap: []", True),
    ("a.pcap: [status-405-allow-missing, 'cache-*']", True),
    ("a.pcap: [{ rule: 'cache-*', count: 2, exchange: 3 }, { rule: 'a*', count: 0.. }, { rule: 'b*', count: ..3 }]", True),
    ("a.pcap: [{ rule: 'cache-*', count: 1..3 }]", True),
    ("a.pcap: some", False),
    ("a.pcap: { rule: a }", False),
    ("a.pcap: [{ count: 2 }]", False),
    ("a.pcap: [{ rule: 'cache-*', count: many }]", False),
    ("a.pcap: [{ rule: 'cache-*', count: .. }]", False),
    ("a.pcap: [{ rule: 'cache-*', exchange: 0 }]", False),
    ("a.pcap: [{ rule: 'cache-*', colour: red }]", False),
    ("a.pcap: [[a]]", False),
    ("[a.pcap]", False),
]

TRANSCRIPT = """=== a
>>>
GET / HTTP/1.1
Host: a.example

<<<
HTTP/1.1 204 No Content
Date: Sat, 01 Jan 2022 00:00:00 GMT

"""


def fail(words):
    global failures
    failures += 1
    print("schema:", words, file=sys.stderr)


def validator(name):
    with open("docs/schema/" + name, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def run(*words):
    return subprocess.run(["./httplint", *words], capture_output=True, text=True, check=False)


def agree(what, schema, text, is_good, ran):
    """The schema and the program think of the text what is written beside it here."""
    found = next(schema.iter_errors(yaml.load(text, Loader=Core)), None)
    if (found is None) != is_good:
        fail("%s: the schema %s: %s %s" % (what, "accepts" if found is None else "refuses", text, found.message if found else ""))
    if (ran.returncode != 2) != is_good:
        fail("%s: httplint ends with %d: %s %s" % (what, ran.returncode, text, ran.stderr))


def check_files(schema):
    for path in sorted(glob.glob("rules/*.yaml") + glob.glob("rules/presets/*.yaml")):
        with open(path, encoding="utf-8") as file:
            for found in schema.iter_errors(yaml.load(file, Loader=Core)):
                fail("%s: %s: %s" % (path, "/".join(map(str, found.path)), found.message))


def check_language(schema):
    """The examples of docs/language.md, which the tests load, are files too."""
    with open("docs/language.md", encoding="utf-8") as file:
        examples = re.findall(r"```yaml\n(.*?)```", file.read(), re.DOTALL)
    if not examples:
        fail("docs/language.md has no example")
    for example in examples:
        for found in schema.iter_errors(yaml.load(example, Loader=Core)):
            fail("docs/language.md: %s: %s" % ("/".join(map(str, found.path)), found.message))


def main():
    config, expect = validator("config.json"), validator("expect.json")

    check_files(config)
    check_language(config)
    with tempfile.TemporaryDirectory() as folder:
        path, beside = os.path.join(folder, "c.yaml"), os.path.join(folder, "expect.yaml")
        capture = os.path.join(folder, "clean.http")
        with open(capture, "w", encoding="utf-8") as file:
            file.write(TRANSCRIPT)
        for text, is_good in CONFIGS:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            agree("configuration", config, text, is_good, run("--config", path, "--print-config"))
        for text, is_good in EXPECTS:
            with open(beside, "w", encoding="utf-8") as file:
                file.write(text)
            agree("expectations", expect, text, is_good, run("--no-config", capture))
    return failures > 0


sys.exit(main())
