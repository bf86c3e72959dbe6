"""The native pipe: `x |> f(y)` is parsed as `f(x, y)`, with R 4.2's `f(y = _)` and R 4.3's `_$x[[1]]`."""

from __future__ import annotations

from ..errors import Code, UserError
from .source import Span
from .tree import Arg, Call, Function, Name, Node

# R's special symbols: calls of these are no right side of a pipe
_SPECIAL_NAMES = """
    if while repeat for break next return function ( { + - * / ^ %% %/% %*% : :: ::: ? |> ~ @ =>
    == != < > <= >= & | && || ! <- <<- = $ [[ [
"""
_SPECIAL = frozenset(_SPECIAL_NAMES.split())
_EXTRACTORS = ("$", "@", "[[", "[")


class Placeholders:
    """The `_` that no pipe has filled yet."""

    def __init__(self) -> None:
        self._open: dict[int, Name] = {}

    def clear(self) -> None:
        self._open.clear()

    def add(self, name: Name) -> None:
        self._open[id(name)] = name

    def fill(self, name: Name) -> None:
        del self._open[id(name)]

    def __contains__(self, node: object) -> bool:
        return id(node) in self._open

    def within(self, span: Span) -> list[Name]:
        return [
            name for name in self._open.values() if name.span and span.start <= name.span.start < span.end
        ]

    def check(self) -> None:
        """Refuse a `_` that is left over when an expression is complete."""
        for name in self._open.values():
            raise _refusal("invalid use of pipe placeholder", name, _ONLY_NAMED)


_ONLY_NAMED = "`_` stands for the left side of `|>` only as a named argument, f(y = _), or at the head of _$x"


def pipe(left: Node, right: Node, span: Span, placeholders: Placeholders) -> Node:
    """The call that `left |> right` stands for.

    Raises:
        UserError: the right side is no call, or uses `_` where R does not allow it
    """
    if isinstance(right, Function):
        raise _not_supported("function", right)
    if not isinstance(right, Call):
        raise _refusal(
            _NO_CALL, right, "behind `|>` R wants a call, because it puts the left side in as argument"
        )
    if right.span and (found := placeholders.within(right.span)):
        return _filled(left, right, span, placeholders, found)
    if isinstance(right.function, Name) and right.function.name in _SPECIAL:
        raise _not_supported(right.function.name, right)
    return Call(right.function, [Arg(None, left, left.span), *right.args], span)


_NO_CALL = "The pipe operator requires a function call as RHS"


def _filled(left: Node, right: Call, span: Span, placeholders: Placeholders, found: list[Name]) -> Node:
    head = _chain_head(right, placeholders)
    if head is not None:
        if len(found) > 1:
            raise _refusal(
                "invalid use of pipe placeholder", found[1], "`_` stands once, at the head of the chain"
            )
        placeholders.fill(found[0])
        head.args = [Arg(None, left, left.span), *head.args[1:]]
        return Call(right.function, right.args, span)
    if right.function.span and placeholders.within(right.function.span):
        raise _refusal("pipe placeholder cannot be used in the RHS function", found[0], _ONLY_NAMED)
    direct = [arg for arg in right.args if arg.value in placeholders]
    if any(arg.name is None for arg in direct):
        raise _refusal("pipe placeholder can only be used as a named argument", found[0], _ONLY_NAMED)
    if len(direct) > 1:
        raise _refusal("pipe placeholder may only appear once", found[1], "the left side is put in one place")
    if len(found) > len(direct):
        raise _refusal("invalid use of pipe placeholder", found[0], _ONLY_NAMED)
    placeholders.fill(found[0])
    args = [Arg(arg.name, left, arg.span) if arg in direct else arg for arg in right.args]
    return Call(right.function, args, span)


def _chain_head(node: Node, placeholders: Placeholders) -> Call | None:
    """The innermost call of an extraction chain that starts at `_`, such as `_$a` in `_$a[[1]]$b`."""
    while isinstance(node, Call) and isinstance(node.function, Name) and node.function.name in _EXTRACTORS:
        first = node.args[0].value
        if first in placeholders:
            return node
        if not isinstance(first, Call):
            return None
        node = first
    return None


def _not_supported(name: str, right: Node) -> UserError:
    message = f"function '{name}' not supported in RHS call of a pipe"
    return _refusal(message, right, "the right side of `|>` must be a call of an ordinary function")


def _refusal(message: str, node: Node, cause: str) -> UserError:
    return UserError(
        message,
        code=Code.SYNTAX,
        cause=cause,
        cure="write x |> f(y), x |> f(y, arg = _), or use %>% with `.`",
        span=node.span,
    )
