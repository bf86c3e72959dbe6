#!/bin/sh
# Record what R 4.2 prints for the cases of tests/lang: scripts/dev/record_lang.sh [CASE.R...]
# Writes CASE.out, and CASE.err with the message where the case ends in an error.
cd "$(dirname "$0")/../../tests/lang/cases" || exit 1
export LC_ALL=C.UTF-8 TZ=UTC
[ $# -gt 0 ] || set -- *.R
for case in "$@"; do
    case=$(basename "$case" .R)
    rm -f "$case.err"
    if ! Rscript --vanilla "$case.R" >"$case.out" 2>"$case.tmp"; then
        sed -n '/^Error/,$p' "$case.tmp" | sed '/^Calls:/,$d; /^Execution halted/,$d; 1s/^Error in .* : *//; 1s/^Error: //' >"$case.err"
    fi
    rm -f "$case.tmp"
done
