"""Values inside values: what is nested too deeply, or too often, to be walked through is refused first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Function
from ..values import RVector

MOST_DEPTH = 5000
"""Levels of lists in lists, as many as R lets calls nest; chains of operators may be longer."""
MOST_PARTS = 5_000_000
"""Parts on all levels, each counted as often as it occurs: `x <- list(x, x)` doubles them each time."""


def guard_nesting(*values: Any) -> None:
    """Refuses lists and code that no walk through them would come to the end of.

    A part that occurs twice is looked at once, so this takes no longer than making the value did.
    """
    for value in values:
        if next(_parts(value), None) is not None:
            _measure(value)


def _parts(value: Any) -> Iterator[Any]:
    """The parts of a list or a call that have parts themselves."""
    if isinstance(value, RVector):
        if value.type in ("list", "expression"):
            yield from (item for item in value.data if _is_nest(item))
    elif isinstance(value, Call):
        yield from (node for node in (value.function, *(a.value for a in value.args)) if _is_nest(node))
    elif isinstance(value, Function):
        yield from (node for node in (value.body, *(p.value for p in value.params)) if _is_nest(node))


def _is_nest(value: Any) -> bool:
    return isinstance(value, (Call, Function)) or (
        isinstance(value, RVector) and value.type in ("list", "expression")
    )


def _measure(value: Any) -> None:
    known: dict[int, tuple[int, int]] = {}  # parts and depth of what has been seen
    open_ = [value]
    while open_:
        top = open_[-1]
        parts = list(_parts(top))
        missing = [part for part in parts if id(part) not in known]
        if missing:
            open_ += missing
            continue
        inner = [known[id(part)] for part in parts]
        own = len(top) if isinstance(top, RVector) else 1
        deeper = int(isinstance(top, RVector))  # code is walked without recursion
        known[id(top)] = own + sum(n for n, _ in inner), deeper + max((d for _, d in inner), default=0)
        open_.pop()
    count, depth = known[id(value)]
    if depth > MOST_DEPTH:
        raise UserError(
            "the value is nested too deeply",
            code=Code.LIMIT,
            cause=f"it has {depth} levels; {MOST_DEPTH} are the most",
            cure="keep the parts in one list, side by side",
        )
    if count > MOST_PARTS:
        raise UserError(
            f"cannot allocate vector of size {count * 8 / 2**30:.1f} Gb",
            code=Code.LIMIT,
            cause=f"counted through all its levels the value has {count} parts",
            cure="work on it in pieces",
        )
