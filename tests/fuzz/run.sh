#!/bin/sh
# Runs fuzz targets: `run.sh SECONDS [NAME...]`, all by default. Found inputs stay in tests/fuzz/found/NAME, which every run
# begins with; new coverage is kept for the next run in build/fuzz/corpus/NAME. Fails at the first finding.
cd "$(dirname "$0")/../.." || exit 2
seconds=$1
shift
[ $# -gt 0 ] || set -- $(ls tests/fuzz/*_fuzz.c | sed 's|.*/||; s|_fuzz\.c||')
for name; do
    seeds=
    for folder in tests/fuzz/found/$name tests/fuzz/seeds/$name; do
        [ -d "$folder" ] && seeds="$seeds $folder"
    done
    mkdir -p "build/fuzz/corpus/$name"
    echo "fuzz $name for $seconds s"
    # shellcheck disable=SC2086
    "build/fuzz/tests/fuzz/${name}_fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/$name-" "build/fuzz/corpus/$name" $seeds > "build/fuzz/$name.log" 2>&1 ||
        { tail -n 40 "build/fuzz/$name.log"; exit 1; }
    grep 'number_of_executed_units' "build/fuzz/$name.log"
done
