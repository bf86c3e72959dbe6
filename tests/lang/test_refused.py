"""Functions that would leave the script (editors, programs, the network) are refused by name."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("call", ["edit(iris)", "fix(x)", "system('ls')", "download.file('http://a', 'b')"])
def test_it_is_refused(call: str, run_r) -> None:
    assert run_r(call).error.message == f"{call.partition('(')[0]}() is not allowed"
