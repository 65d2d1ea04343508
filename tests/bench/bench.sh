#!/bin/sh
# Measures httplint and prints the figures as Markdown tables: `bench.sh [--write] [PART...]`.
#
#   time         processor time of httplint and of the measure (measure.c) on recorded traffic, and what memory it takes
#   cores        elapsed time on one core and on two, beside that of the measure, which has one
#   instructions the same on slices of it, counted by callgrind: exact, whatever else the machine does
#   growth       instructions for twice the input, for each shape of generate.c
#   memory       for a million packets over 50 connections, for 65,536 open connections, for one long body
#   curve        speed and memory by size of the capture, number of connections, size of the messages; others beside it
#   folder       instructions for a thousand small captures in a folder, beside one capture of the same packets
#   live         processor time a packet of live captures at full speed, beside tcpdump and tshark (live.sh)
#   others       tshark, tcpflow and httpry on the same traffic, where they are installed
#
# Without PART all of them. --write puts the tables into docs/performance.md. Environment: BENCH_MB, the size of the
# recorded mix (500); HTTPLINT, the program to measure (./httplint). The traffic is recorded once, into build/bench.
set -eu
cd "$(dirname "$0")/../.."
export LC_ALL=C

HTTPLINT=${HTTPLINT:-./httplint}
TOOLS=build/release/bench
DATA=build/bench
RUNS=5
LLHTTP_DIR=${LLHTTP_DIR:-/usr/share}

say() {
    printf '%s\n' "$*"
}

build_tools() {
    mkdir -p $TOOLS $DATA
    flags="-std=c11 -O2 -g -D_GNU_SOURCE -DLLHTTP_STRICT_MODE=1 -I$LLHTTP_DIR/include/llhttp"
    # llhttp as in httplint itself. The flags are several words.
    # shellcheck disable=SC2086
    ${CC:-cc} $flags -o $TOOLS/measure tests/bench/measure.c build/release/llhttp/*.o -lpcap
    # shellcheck disable=SC2086
    ${CC:-cc} $flags -o $TOOLS/listen tests/bench/listen.c -lpcap
    # shellcheck disable=SC2086
    ${CC:-cc} $flags -o $TOOLS/generate tests/bench/generate.c tests/bench/talk.c
}

has_traffic() {
    for name in small bodies mix slice-small slice-bodies slice-mix; do
        [ -e $DATA/$name.pcap ] || return 1
    done
}

# ---- what is measured -------------------------------------------------------

# "PROCESSOR-SECONDS ELAPSED-SECONDS PEAK-KILOBYTES" of a command whose output goes nowhere.
cost() { # COMMAND...
    /usr/bin/time -o $DATA/cost -f '%U %S %e %M' "$@" >/dev/null 2>&1 || true
    tail -n 1 $DATA/cost | awk '{ print $1 + $2, $3, $4 }'
}

cost_of_lint() { # FILE [THREADS]
    cost "$HTTPLINT" -q -j "${2:-1}" --allow-empty --allow-truncated --fail-on never "$1"
}

median() { # of the numbers in column $1 of standard input
    cut -d ' ' -f "$1" | sort -n | awk '{ n[NR] = $1 } END { print n[int((NR + 1) / 2)] }'
}

instructions() { # COMMAND...
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'
}

# What httplint does before the first packet: it compiles its rules.
startup() {
    [ -s $DATA/startup ] || {
        $TOOLS/generate exchanges 0 | head -c 24 >$DATA/empty.pcap
        lint_instructions $DATA/empty.pcap >$DATA/startup
    }
    cat $DATA/startup
}

lint_instructions() { # FILE
    instructions "$HTTPLINT" -q --sandbox off -j 1 --allow-empty --allow-truncated --fail-on never "$1"
}

megabytes() { # FILE
    echo $(($(stat -c %s "$1") / 1000000))
}

generated() { # SHAPE N
    $TOOLS/generate "$1" "$2" >$DATA/generated.pcap
    echo $DATA/generated.pcap
}

packets_of() { # FILE
    $TOOLS/measure "$1" 2>/dev/null | sed 's/ packets.*//'
}

# ---- parts ------------------------------------------------------------------

part_time() {
    say '| traffic | MB | packets | measure, s | httplint, s | ratio | MB/s | packets/s | peak memory, MiB |'
    say '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |'
    for name in small bodies mix; do
        file=$DATA/$name.pcap
        cat $file >/dev/null
        rm -f $DATA/ours $DATA/theirs
        # By turns, so that what else the machine does meets both.
        for _ in $(seq $RUNS); do
            cost $TOOLS/measure $file >>$DATA/theirs
            cost_of_lint $file >>$DATA/ours
        done
        paste -d ' ' $DATA/theirs $DATA/ours | awk '{ print $4 / ($1 > 0 ? $1 : 0.01) }' >$DATA/ratios
        awk -v name=$name -v mb="$(megabytes $file)" -v packets="$(packets_of $file)" -v ratio="$(median 1 <$DATA/ratios)" \
            -v theirs="$(median 1 <$DATA/theirs)" -v ours="$(median 1 <$DATA/ours)" -v peak="$(median 3 <$DATA/ours)" \
            'BEGIN { printf "| %s | %d | %d | %.2f | %.2f | %.1f | %d | %d | %.0f |\n",
                     name, mb, packets, theirs, ours, ratio, mb / ours, packets / ours, peak / 1024 }'
    done
}

part_cores() {
    say '| traffic | measure, elapsed s | one thread | two threads | two to the measure | processor time: one, two |'
    say '| --- | ---: | ---: | ---: | ---: | ---: |'
    for name in small bodies mix; do
        file=$DATA/$name.pcap
        cat $file >/dev/null
        rm -f $DATA/theirs $DATA/one $DATA/two
        for _ in $(seq $RUNS); do
            cost $TOOLS/measure $file >>$DATA/theirs
            cost_of_lint $file 1 >>$DATA/one
            cost_of_lint $file 2 >>$DATA/two
        done
        awk -v name=$name -v theirs="$(median 2 <$DATA/theirs)" -v one="$(median 2 <$DATA/one)" \
            -v two="$(median 2 <$DATA/two)" -v one_busy="$(median 1 <$DATA/one)" -v two_busy="$(median 1 <$DATA/two)" \
            'BEGIN { printf "| %s | %.2f | %.2f | %.2f | %.2f | %.2f, %.2f |\n",
                     name, theirs, one, two, two / (theirs > 0 ? theirs : 0.01), one_busy, two_busy }'
    done
}

part_instructions() {
    start=$(startup)
    say "Before its first packet httplint executes $((start / 1000000)) million instructions, mostly to compile the rules; they are not in this table."
    say
    say '| slice | packets | measure, million | httplint, million | ratio | aim |'
    say '| --- | ---: | ---: | ---: | ---: | ---: |'
    for name in small bodies mix; do
        file=$DATA/slice-$name.pcap
        case $name in small) aim=3 ;; mix) aim=2 ;; *) aim=- ;; esac
        awk -v name=$name -v packets="$(packets_of $file)" -v start="$start" -v aim=$aim \
            -v theirs="$(instructions $TOOLS/measure $file)" -v ours="$(lint_instructions $file)" \
            'BEGIN { printf "| %s | %d | %.1f | %.1f | %.2f | %s |\n",
                     name, packets, theirs / 1e6, (ours - start) / 1e6, (ours - start) / theirs, aim }'
    done
    heads_rows
}

# Heads that repeat each other, and heads of which no two are alike, both as long.
heads_rows() {
    for shape in heads-alike heads-unlike; do
        file=$(generated $shape 2000)
        awk -v name=$shape -v packets="$(packets_of $file)" -v start="$start" \
            -v theirs="$(instructions $TOOLS/measure $file)" -v ours="$(lint_instructions $file)" \
            'BEGIN { printf "| %s | %d | %.1f | %.1f | %.2f | - |\n",
                     name, packets, theirs / 1e6, (ours - start) / 1e6, (ours - start) / theirs }'
    done
}

part_growth() {
    start=$(startup)
    say '| shape | N | instructions for N, million | for 2N | factor |'
    say '| --- | ---: | ---: | ---: | ---: |'
    $TOOLS/generate --list | while read -r shape n; do
        once=$(lint_instructions "$(generated "$shape" "$n")")
        twice=$(lint_instructions "$(generated "$shape" $((2 * n)))")
        awk -v shape="$shape" -v n="$n" -v once=$((once - start)) -v twice=$((twice - start)) \
            'BEGIN { printf "| %s | %d | %.1f | %.1f | %.2f%s |\n", shape, n, once / 1e6, twice / 1e6, twice / once,
                     (twice > 2.3 * once ? " **over 2.3**" : "") }'
    done
}

memory_row() { # WORDS SHAPE N AIM
    file=$(generated "$2" "$3")
    set -- "$1" "$(packets_of "$file")" "$(megabytes "$file")" "$(cost_of_lint "$file" | cut -d ' ' -f 3)" "$4"
    rm -f "$file"
    say "| $1 | $2 | $3 | $(($4 / 1024)) | $5 |"
}

# "SECONDS, MIB" of another program, "-" where it is not installed.
curve_other() { # COMMAND...
    command -v "$1" >/dev/null || {
        echo '-'
        return
    }
    cost "$@" | awk '{ printf "%.2f, %d\n", $1, $3 / 1024 }'
}

curve_row() { # WORDS SHAPE N
    file=$(generated "$2" "$3")
    scratch=$(mktemp -d $DATA/others.XXXXXX)
    for _ in 1 2 3; do cost_of_lint "$file"; done >$DATA/ours
    awk -v words="$1" -v packets="$(packets_of "$file")" -v octets="$(stat -c %s "$file")" \
        -v seconds="$(median 1 <$DATA/ours)" -v peak="$(median 3 <$DATA/ours)" \
        -v tshark="$(curve_other tshark -n -r "$file" -Y http)" \
        -v tcpflow="$(curve_other tcpflow -q -o "$scratch" -r "$file")" -v httpry="$(curve_other httpry -q -r "$file")" \
        'BEGIN { printf "| %s | %d | %.1f | %.0f | %.0f | %.2f, %.0f | %s | %s | %s |\n", words, packets, octets / 1e6,
                 octets / 1e6 / (seconds + 0.005), packets / 1000 / (seconds + 0.005), seconds, peak / 1024,
                 tshark, tcpflow, httpry }'
    rm -rf "$file" "$scratch"
}

part_curve() {
    say '| generated capture | packets | MB | MB/s | 1000 packets/s | httplint: s, MiB | tshark | tcpflow | httpry |'
    say '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |'
    for n in 10000 50000 250000; do curve_row "$n exchanges over 50 connections" exchanges-over-50 $n; done
    for n in 1000 8000 64000; do curve_row "$n connections open at once" open-connections $n; done
    for n in 1000 10000 100000; do curve_row "$n connections in turn, one exchange each" connections $n; done
    for n in 0 1000 10000 100000 1000000; do curve_row "bodies of $n octets" bodies-of $n; done
}

part_memory() {
    say '| capture | packets | MB | peak memory, MiB | aim |'
    say '| --- | ---: | ---: | ---: | ---: |'
    memory_row 'exchanges over 50 connections' exchanges-over-50 25000 -
    memory_row 'the same, ten times as long' exchanges-over-50 250000 64
    memory_row '65,536 open connections, each in a request head' open-heads 65536 256
    memory_row '65,536 open connections, each in a response' open-connections 65536 256
    memory_row 'one body of 500 MB' body-octets 500000000 64
    memory_row '100,000 connections, one after the other' connections 100000 64
}

# A capture of connections that take the same octets each is cut between them; every piece gets the header of the file.
cut_capture() { # FILE CONNECTIONS FOLDER
    rm -rf "$3" && mkdir "$3"
    head -c 24 "$1" >$DATA/header
    tail -c +25 "$1" | split -a 3 -d -b $((($(stat -c %s "$1") - 24) / 8000 * $2)) \
        --filter="cat $DATA/header - >\$FILE" - "$3/"
}

part_folder() {
    start=$(startup)
    say '| fixtures | exchanges in each | one capture, million | the folder, million | factor | aim |'
    say '| ---: | ---: | ---: | ---: | ---: | ---: |'
    file=$(generated connections 8000)
    one=$(lint_instructions "$file")
    for connections in 8 80 800; do
        cut_capture "$file" $connections $DATA/folder
        awk -v count="$(ls $DATA/folder | wc -l)" -v exchanges=$connections -v one=$((one - start)) \
            -v many=$(($(lint_instructions $DATA/folder) - start)) \
            'BEGIN { printf "| %d | %d | %.1f | %.1f | %.2f | 1.5 |\n", count, exchanges, one / 1e6, many / 1e6, many / one }'
    done
    rm -rf "$file" $DATA/folder
}

other() { # NAME COMMAND...
    name=$1
    shift
    command -v "$1" >/dev/null || {
        say "| $name | not installed: skipped | | |"
        return
    }
    cost "$@" | {
        read -r seconds elapsed peak
        say "| $name | $seconds | $elapsed | $((peak / 1024)) |"
    }
}

part_others() {
    file=$DATA/mix.pcap
    scratch=$(mktemp -d $DATA/others.XXXXXX)
    say "On the mix of $(megabytes $file) MB:"
    say
    say '| program | processor time, s | elapsed, s | peak memory, MiB |'
    say '| --- | ---: | ---: | ---: |'
    other 'httplint, all rules' "$HTTPLINT" -q -j 1 --allow-truncated --fail-on never $file
    other 'the measure' $TOOLS/measure $file
    # shellcheck disable=SC2016 # Markdown
    other 'tshark, filter `http`' tshark -n -r $file -Y http
    other 'tcpflow, to files' tcpflow -q -o "$scratch" -r $file
    other 'httpry' httpry -q -r $file
    rm -rf "$scratch"
}

part_live() {
    bash tests/bench/live.sh $DATA $TOOLS || say 'not measured: live captures need root, nginx, wrk and tcpdump'
}

# ---- the page ---------------------------------------------------------------

# Between its two markers, the part's table replaces what was there.
write_page() { # PART FILE
    awk -v part="$1" -v table="$2" '
        $0 == "<!-- " part " -->" { print; while ((getline line < table) > 0) print line; skipping = 1; next }
        $0 == "<!-- end -->" { skipping = 0 }
        !skipping { print }' docs/performance.md >$DATA/page
    cat $DATA/page >docs/performance.md
}

writes=false
[ "${1-}" != --write ] || {
    writes=true
    shift
}
[ $# -gt 0 ] || set -- time cores instructions growth memory curve folder live others
build_tools
rm -f $DATA/startup
skip() { # PART REASON
    say "$1: skipped, $2" >&2
}

for part in "$@"; do
    case $part in
    time | cores | instructions | others)
        has_traffic || bash tests/bench/record.sh $DATA "${BENCH_MB:-500}" >&2 || {
            skip "$part" 'there is no recorded traffic'
            continue
        }
        ;;
    esac
    case $part in
    instructions | growth | folder) tool=valgrind ;;
    *) tool=/usr/bin/time ;;
    esac
    command -v $tool >/dev/null || {
        skip "$part" "$tool is not installed"
        continue
    }
    say "== $part"
    "part_$part" | tee $DATA/part
    ! $writes || write_page "$part" $DATA/part
done
