#!/bin/sh
# action.yml and docs/gitlab-ci.yml, run as the services would run them, as far as one machine goes.
. tests/shipped/common.sh

python3 -c 'import yaml' 2>/dev/null || set -- missing
if [ $# -gt 0 ]; then
    have python3-yaml python3-yaml
    finish
fi
here=$PWD
mkdir "$made/project" "$made/project/fixtures" "$made/project/some more" "$made/temp"
cp captures/faulty-origin.pcap "$made/project/fixtures/faulty.pcap"
cat >"$made/project/some more/good.http" <<END
=== 405 with Allow
>>>
PUT /a HTTP/1.1
Host: shop.example
Content-Length: 0

<<<
HTTP/1.1 405 Method Not Allowed
Allow: GET
Date: Thu, 26 Nov 2026 11:00:00 GMT
Content-Type: text/plain
Content-Length: 3

no
END
cd "$made/project" || exit 2

# step STATUS INPUT=VALUE...: the action with these inputs
step() {
    wanted=$1
    shift
    rm -f "$made/output" "$made/summary" "$made/path" httplint.sarif
    : >"$made/summary"
    RUNNER_TEMP="$made/temp" GITHUB_OUTPUT="$made/output" GITHUB_STEP_SUMMARY="$made/summary" GITHUB_PATH="$made/path" \
        python3 "$here/tests/shipped/runner.py" action "$here/action.yml" "$@" >"$made/log" 2>"$made/said"
    got=$?
    [ "$got" = "$wanted" ] || fail "action $*: status $got, not $wanted: $(head -c 2000 "$made/said")"
}

step 1 inputs=fixtures
holds annotations "$made/log" '::error file=fixtures/faulty.pcap,line='
holds 'the status as an output' "$made/output" 'status=1'
holds 'the report as an output' "$made/output" 'sarif=httplint.sarif'
holds SARIF httplint.sarif '"2.1.0"'
holds 'a summary' "$made/summary" '### httplint: '

step 0 "inputs=fixtures/*.pcap
some more/good.http" fail-on=never
holds 'a pattern' "$made/log" 'file=fixtures/faulty.pcap'

step 0 'inputs=some more' annotations=false summary=false sarif=
same 'no summary' "$(cat "$made/summary")" ''
[ -e httplint.sarif ] && fail 'SARIF, although none is wanted'
same 'the log without annotations' "$(sed -n 's/::[0-9a-f]*::/::token::/; s/commands::.*/commands::token/; /^::/p' "$made/log")" \
    '::stop-commands::token
::token::'

step 1 inputs=fixtures annotations=false 'flags=--select=status-405-*
--no-config'
holds 'text' "$made/log" 'fixtures/faulty.pcap:'
grep -v 405 "$made/log" | grep -q ': error: ' && fail 'flags are not obeyed'

step 3 'inputs=fixtures/none.pcap'
holds 'an input that is not there' "$made/said" 'none.pcap: cannot be read'
step 2 inputs=fixtures 'flags=--no-such-flag'
holds 'a wrong flag' "$made/output" 'status=2'
step 2 'inputs=none/*.pcap'
holds 'a pattern without a match' "$made/said" 'no input'
step 1 working-directory=fixtures inputs=faulty.pcap 'baseline='
holds 'a working directory' "$made/log" 'file=faulty.pcap'
rm -f fixtures/httplint.sarif

# Commands of the shell in a value are a value.
# shellcheck disable=SC2016
step 3 'inputs=$(touch pwned); `touch pwned`'
[ -e pwned ] && fail 'an input was run as a command'

# Where httplint is not installed, it is built and found by later steps.
RUNNER_TEMP="$made/temp" GITHUB_PATH="$made/path" PATH="${PATH#"$here:"}" bash "$here/ci/action.sh" build >"$made/log" 2>&1 ||
    fail "action.sh build: $(tail -3 "$made/log")"
same 'the path for later steps' "$(cat "$made/path")" "$made/temp/httplint"
same 'the program that was built' "$("$made/temp/httplint/httplint" --version)" "$(httplint --version)"

python3 "$here/tests/shipped/runner.py" gitlab "$here/docs/gitlab-ci.yml" httplint >"$made/log" 2>"$made/said"
same 'the status of the GitLab job' $? 1
holds 'the GitLab job' "$made/log" '[status-405-allow-missing]'
holds 'Code Quality' gl-code-quality-report.json '"fingerprint"'
holds 'JUnit' httplint.xml '<testsuite'
finish
