#!/usr/bin/env python3
"""Runs what a CI service would run, as far as our files need it.

runner.py action FILE [INPUT=VALUE...]   the steps of a composite action
runner.py gitlab FILE JOB                the script of a job, after which its artifacts have to be there

Leaves with the status of the first step that fails.
"""
import os
import re
import subprocess
import sys

import yaml


def action(path, given):
    with open(path, encoding="utf-8") as file:
        document = yaml.safe_load(file)
    inputs = {name: entry.get("default", "") for name, entry in document["inputs"].items()}
    assert all(isinstance(value, str) for value in inputs.values()), "a default that is no string"
    unknown = set(given) - set(inputs)
    assert not unknown, f"no such input: {unknown}"
    inputs.update(given)
    for output in document["outputs"].values():
        step = re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.\w+ \}\}", output["value"])[1]
        assert step in [s.get("id") for s in document["runs"]["steps"]], f"an output of no step: {step}"

    def fill(text):
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: inputs[match[1]], text)

    for step in document["runs"]["steps"]:
        assert "${{" not in step["run"], "an expression in a script: whoever sets it could add commands"
        environment = dict(os.environ, GITHUB_ACTION_PATH=os.path.dirname(os.path.abspath(path)))
        environment.update({name: fill(value) for name, value in step.get("env", {}).items()})
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        status = subprocess.run(shell, env=environment, cwd=fill(step.get("working-directory", ".")), check=False).returncode
        if status != 0:
            return status
    return 0


def gitlab(path, name):
    with open(path, encoding="utf-8") as file:
        job = yaml.safe_load(file)[name]
    environment = dict(os.environ, **job["variables"])
    script = "\n".join(job["script"])
    status = subprocess.run(["bash", "-eo", "pipefail", "-c", script], env=environment, check=False).returncode
    for report in job["artifacts"]["reports"].values():
        assert os.path.exists(report), f"the script wrote no {report}"
    return status


if sys.argv[1] == "action":
    sys.exit(action(sys.argv[2], dict(word.split("=", 1) for word in sys.argv[3:])))
sys.exit(gitlab(sys.argv[2], sys.argv[3]))
