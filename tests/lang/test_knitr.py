"""What documents set for their rendering is harmless."""

from __future__ import annotations

import pytest

from pipekeras.lang.evaluator.interpreter import run_source
from pipekeras.lang.session import fresh_session
from pipekeras.syntax.source import Source


def test_chunk_options_are_taken_and_print_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    fresh_session()
    run_source(Source("x.R", "knitr::opts_chunk$set(comment = NA, eval = FALSE)\ncat('on')"))
    assert capsys.readouterr().out == "on"
