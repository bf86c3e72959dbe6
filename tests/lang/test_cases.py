"""Programs of cases/ and pieces/ print what R prints: the *.out that scripts/dev/record_lang.sh records.

Cases show one rule each. Pieces do what the examples of R's keras do around their calls of Keras, on small
made-up inputs; their first line names the example. What must fail has a *.err with R's error message (text
behind the first colon).
"""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
CASES = [*sorted((HERE / "cases").glob("*.R")), *sorted((HERE / "pieces").glob("*.R"))]


@pytest.mark.parametrize("case", CASES, ids=[c.stem for c in CASES])
def test_prints_what_r_prints(case: Path, run_r) -> None:
    outcome = run_r(case.read_text(encoding="utf-8"))
    expected = case.with_suffix(".err")
    wanted = " ".join(expected.read_text(encoding="utf-8").split()) if expected.exists() else ""
    failed = outcome.error.message if outcome.error else ""
    assert " ".join(failed.split()) == wanted
    assert outcome.out == case.with_suffix(".out").read_bytes().decode("utf-8")  # \r stays \r
