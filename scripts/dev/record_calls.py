"""Bring tests/lang/calls_*.tsv up to date: which recorded case calls a function; rows and reasons stay.

python scripts/dev/record_calls.py
"""

from __future__ import annotations

import csv
import importlib
import sys
from pathlib import Path

TESTS = Path(__file__).parents[2] / "tests" / "lang"
sys.path.insert(0, str(TESTS))


def main() -> None:
    test_covered = importlib.import_module("test_covered")

    cases = sorted(path.stem for path in (TESTS / "cases").glob("*.R"))
    for path in sorted(TESTS.glob("calls_*.tsv")):
        rows = test_covered.table(path.name)
        for row in rows:
            found = [case for case in cases if row["function"] in test_covered.calls_of(case)]
            if not row["reason"] and row["case"] not in found:
                row["case"] = _nearest(row, found)
        with open(path, "w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), delimiter="\t", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _nearest(row: dict[str, str], found: list[str]) -> str:
    """A case named for the package comes first."""
    own = [case for case in found if row.get("package", "-").lower() in case]
    return (own or found or [""])[0]


if __name__ == "__main__":
    main()
