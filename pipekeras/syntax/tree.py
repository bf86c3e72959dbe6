"""R's syntax tree: as in R, everything is a constant, a name or a call, `if` and `{` too.

The same nodes are R's language objects at run time (`quote`, `substitute`, `match.call`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

from .source import Span


class NA(Enum):
    """R's typed missing constants as the parser meets them."""

    LOGICAL = "NA"
    INTEGER = "NA_integer_"
    REAL = "NA_real_"
    CHARACTER = "NA_character_"
    COMPLEX = "NA_complex_"


class Missing(Enum):
    """The empty argument of `x[, 1]` and of a formal without default."""

    EMPTY = ""


EMPTY = Missing.EMPTY


@dataclass(eq=False, slots=True)
class Const:
    """A constant: float, int (5L), str, bool, complex, None (NULL) or NA; at run time any R value."""

    value: Any
    span: Span | None = None
    code: Any = field(default=None, repr=False)  # compiled form, kept by lang


@dataclass(eq=False, slots=True)
class Name:
    """A symbol."""

    name: str
    span: Span | None = None
    code: Any = field(default=None, repr=False)


@dataclass(eq=False, slots=True)
class Arg:
    """One argument of a call, or one formal of a function (value: its default)."""

    name: str | None
    value: Node | Missing
    span: Span | None = None


@dataclass(eq=False, slots=True)
class Call:
    """A call; operators, control flow, `(`, `{`, `[` and assignments are calls of the name in `function`."""

    function: Node
    args: Sequence[Arg]
    span: Span | None = None
    code: Any = field(default=None, repr=False)


@dataclass(eq=False, slots=True)
class Function:
    """`function(params) body` or `\\(params) body`."""

    params: Sequence[Arg]
    body: Node
    span: Span | None = None
    code: Any = field(default=None, repr=False)


Node: TypeAlias = Const | Name | Call | Function
