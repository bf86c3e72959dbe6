"""Function bodies and loops as generated Python, in which single numbers and strings are Python's own.

The contract with the rest of the evaluator:

- The tree compiled to closures (`compile.code_of`) says what R code means. Code generated here does the same,
  or gives up: what it does not know it leaves to the closure of that part of the tree, and where a value is
  not what the fast path is made for (NA, overflow, a class, an error to come) it raises `Surprise`, and the
  closure runs that expression instead. So the fast path never warns, never fails and never calls R code.
- Variables are kept in Python's locals only while nobody else can look. Before code that is not known to be
  pure runs (a closure, a builtin, a promise, a method), they are written to the environment, and forgotten.
- Unboxed values are float (double), int (integer), bool (logical) and str (character), never NA but for
  doubles; anything else is the R value. `box` and `unbox` go between the two.

`PIPEKERAS_NATIVE=0` in the process's environment, or `switch(False)`, turns all of it off.
"""

from __future__ import annotations

import os

from .boxes import box, unbox

__all__ = ["box", "enabled", "switch", "unbox"]

_state = {"enabled": os.environ.get("PIPEKERAS_NATIVE", "1") != "0"}


def enabled() -> bool:
    """Whether functions and loops are generated."""
    return _state["enabled"]


def switch(on: bool) -> bool:
    """Turn generated code on or off for what is compiled from now on, and say what was before."""
    before = _state["enabled"]
    _state["enabled"] = on
    return before
