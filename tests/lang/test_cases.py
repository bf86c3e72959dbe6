"""Every cases/*.R prints what R prints: cases/*.out, recorded by scripts/dev/record_lang.sh.

A case that must fail has a cases/*.err with R's error message (the text behind the first colon).
"""

from __future__ import annotations

from pathlib import Path

import pytest

CASES = sorted((Path(__file__).parent / "cases").glob("*.R"))


@pytest.mark.parametrize("case", CASES, ids=[c.stem for c in CASES])
def test_prints_what_r_prints(case: Path, run_r) -> None:
    outcome = run_r(case.read_text(encoding="utf-8"))
    expected = case.with_suffix(".err")
    wanted = " ".join(expected.read_text(encoding="utf-8").split()) if expected.exists() else ""
    failed = outcome.error.message if outcome.error else ""
    assert " ".join(failed.split()) == wanted
    assert outcome.out == case.with_suffix(".out").read_text(encoding="utf-8")
