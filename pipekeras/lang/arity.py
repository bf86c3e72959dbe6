"""How many arguments R's primitive functions take, and their words for arguments that they do not."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import Code, UserError
from ..signature import DOTS
from ..syntax.primitives import PRIMITIVES

_RANGES = {
    "anyNA": (1, 2, ""),
    "invisible": (0, 1, "1"),
    "nzchar": (1, 2, "1 to 2"),
    "round": (1, 2, "1 or 2 arguments"),
    "signif": (1, 2, "1 or 2 arguments"),
}
"""Fewest, most and how it is said, of those that have a choice."""

_MATCHED_BY_NAME = frozenset(
    ("attr", "browser", "log", "on.exit", "standardGeneric", "substitute", "UseMethod")
)
_ANY_NAME = frozenset(["cummax", "cummin", "cumprod", "cumsum"])
_OTHER_NAMES = {"is.name": "is.symbol"}

COUNTED = PRIMITIVES - _MATCHED_BY_NAME
"""Primitives that count their arguments; the others match them as closures do, and say so in the same way."""


def argument_refusal(name: str, formals: Sequence[str], given: Sequence[str | None]) -> UserError | None:
    """R's error for a call of one of COUNTED, if the number of arguments or the first one's name is wrong.

    Args:
        formals: names of the formals
        given: the arguments' names
    """
    if DOTS not in formals or name in _RANGES:
        few, many, wanted = _RANGES.get(name, (len(formals), len(formals), str(len(formals))))
        if not few <= len(given) <= many:
            shown = wrong_count(_OTHER_NAMES.get(name, name), len(given), wanted)
            return UserError(shown if wanted else f"{name} takes 1 or 2 arguments", code=Code.ARGUMENT)
    alone = [formal for formal in formals if formal != DOTS]
    if len(alone) != 1 or formals[0] == DOTS or name in _ANY_NAME or not given:
        return None
    if alone[0].startswith(given[0] or ""):
        return None
    return UserError(
        f"supplied argument name '{given[0]}' does not match '{alone[0]}'",
        code=Code.ARGUMENT,
        cure=f"call it `{alone[0]}`, or leave the name out",
    )


def wrong_count(name: str, count: int, wanted: str) -> str:
    """R's message for a wrong number of arguments."""
    return f"{count} argument{'' if count == 1 else 's'} passed to '{name}' which requires {wanted}"
