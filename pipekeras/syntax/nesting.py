"""How deep R texts may nest: a limit with a clear error instead of an exhausted stack."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import Code, UserError
from .source import Span

LIMIT = 256


def too_deep(span: Span | None) -> UserError:
    return UserError(
        f"nested too deeply (limit {LIMIT})",
        code=Code.LIMIT,
        cause=f"more than {LIMIT} brackets, functions or operators stand inside each other here",
        cure="give inner parts a name of their own with `<-` and use the names",
        span=span,
    )


class Heights:
    """The height of nodes that have no parent yet.

    The first operand of an operator, of a pipe or of a call is not counted: chains such as `a + b + c` and
    `x %>% f() %>% g()` grow there, are of any length, and are walked by loops.
    """

    def __init__(self) -> None:
        self._of: dict[int, int] = {}

    def clear(self) -> None:
        self._of.clear()

    def take(self, node: object) -> int:
        return self._of.pop(id(node), 0)

    def tallest(self, nodes: Iterable[object]) -> int:
        return max((self.take(node) for node in nodes), default=0)

    def put(self, node: object, height: int, span: Span | None) -> None:
        if height > LIMIT:
            raise too_deep(span)
        self._of[id(node)] = height
