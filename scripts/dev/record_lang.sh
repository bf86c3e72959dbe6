#!/bin/sh
# Record what R 4.2 prints for the programs of tests/lang/cases and pieces: scripts/dev/record_lang.sh [NAME.R...]
# Writes NAME.out beside NAME.R (which runs in an empty folder), and NAME.err with the message where the program ends in an error.
cd "$(dirname "$0")/../../tests/lang" || exit 1
here=$(pwd)
export LC_ALL=C.UTF-8 TZ=UTC
[ $# -gt 0 ] || set -- cases/*.R pieces/*.R
for name in "$@"; do
    name=$(basename "$name" .R)
    folder=cases
    [ -f "pieces/$name.R" ] && folder=pieces
    case=$folder/$name
    rm -f "$case.err"
    if ! (cd "$(mktemp -d)" && Rscript --vanilla "$here/$case.R") >"$case.out" 2>"$case.tmp"; then
        sed -n '/^Error/,$p' "$case.tmp" | sed '/^Calls:/,$d; /^Execution halted/,$d; 1s/^Error in .* : *//; 1s/^Error: //' >"$case.err"
    fi
    rm -f "$case.tmp"
done
