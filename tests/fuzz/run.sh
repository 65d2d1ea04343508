#!/bin/sh
# Runs fuzz targets: `run.sh SECONDS [NAME...]`, all by default; 0 seconds: a fixed number of runs, the same each time. Each
# begins with the kept inputs, tests/fuzz/seeds/NAME, where one that was a finding is called found-*. New coverage is kept for
# the next run in build/fuzz/corpus/NAME. Fails at the first finding.
cd "$(dirname "$0")/../.." || exit 2
seconds=$1
shift
[ $# -gt 0 ] || set -- $(ls tests/fuzz/*_fuzz.c | sed 's|.*/||; s|_fuzz\.c||')
for name; do
    corpus=build/fuzz/corpus/$name
    if [ "$seconds" = 0 ]; then
        corpus=build/fuzz/short/$name
        rm -rf "$corpus"
        length='-runs=1000 -seed=1'
    else
        length="-max_total_time=$seconds"
        echo "fuzz $name for $seconds s"
    fi
    mkdir -p "$corpus"
    # shellcheck disable=SC2086
    "build/fuzz/tests/fuzz/${name}_fuzz" $length -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/$name-" "$corpus" "tests/fuzz/seeds/$name" > "build/fuzz/$name.log" 2>&1 ||
        { tail -n 40 "build/fuzz/$name.log"; exit 1; }
    [ "$seconds" = 0 ] || grep 'number_of_executed_units' "build/fuzz/$name.log"
done
[ "$seconds" != 0 ] || echo "fuzz: ok"
