"""`pipekeras.r()`: as deep as R goes, and Python's own limit is as before afterwards."""

from __future__ import annotations

import sys

import pytest

import pipekeras
from pipekeras.errors import UserError


def test_recursion_goes_as_deep_as_in_a_script() -> None:
    limit = sys.getrecursionlimit()
    assert pipekeras.r("f <- function(n) if (n == 0) 0 else 1 + f(n - 1)\nx <- f(3000)")["x"] == 3000
    with pytest.raises(UserError, match="infinite recursion"):
        pipekeras.r("f <- function(n) f(n + 1)\nf(1)")
    assert sys.getrecursionlimit() == limit
