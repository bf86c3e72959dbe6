"""How deep R texts may nest: a limit with a clear error instead of an exhausted stack."""

from __future__ import annotations

from ..errors import Code, UserError
from .source import Span
from .tokens import Token

LIMIT = 256

LADDER = 20_000
"""Rungs of `else if` and links of `<-` that may follow each other; R itself runs out of memory at fewer."""


class TooDeep(Exception):
    """More than `limit` brackets and operators, or rungs, inside each other, at `token`."""

    def __init__(self, token: Token, limit: int = LIMIT) -> None:
        super().__init__(token)
        self.token = token
        self.limit = limit

    def at(self, span: Span) -> UserError:
        """The error that is shown, at the place of the token."""
        return UserError(
            f"nested too deeply (limit {self.limit})",
            code=Code.LIMIT,
            cause=f"more than {self.limit} brackets, functions or operators stand inside each other here",
            cure="give inner parts a name of their own with `<-` and use the names",
            span=span,
        )


class Depth:
    """How many brackets are open and operators wait for their right side, at the place where the parser is.

    What grows to the left is not counted: chains such as `a + b + c` and `x %>% f() %>% g()` are of any
    length, and are walked by loops.
    """

    __slots__ = ("_depth",)

    def __init__(self) -> None:
        self._depth = 0

    def enter(self, token: Token) -> None:
        self._depth += 1
        if self._depth > LIMIT:
            raise TooDeep(token)

    def leave(self) -> None:
        self._depth -= 1
