"""Errors as the tidyverse raises them: a message, the parent error's message behind it, classes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Name
from ..conditions import Handler, make_condition, message_of, part, settle
from ..evaluator.calls import is_overflow
from ..session import session
from ..values import NULL, RVector, rlist
from ..vectors.coerce import type_of

KINDS = {
    "logical": "a logical vector",
    "integer": "an integer vector",
    "double": "a double vector",
    "character": "a character vector",
    "complex": "a complex vector",
    "raw": "a raw vector",
    "list": "a list",
    "NULL": "NULL",
    "closure": "a function",
    "builtin": "a function",
    "environment": "an environment",
    "symbol": "a symbol",
    "language": "a call",
}
"""How tidyverse messages name types."""


def kind_of(value: Any) -> str:
    return KINDS.get(type_of(value), f"an object of type {type_of(value)}")


def abort(
    message: str, function: str | None = None, classes: tuple[str, ...] = (), parent: Any = None
) -> UserError:
    """The error `Error in function(): message`, to be raised.

    Args:
        parent: the condition that caused it; its message follows
    """
    call = None if function is None else Call(Name(function), [])
    full = message if parent is None else message + "\n" + _caused_by(parent)
    condition = make_condition(full, call, [*classes, "rlang_error", "error", "condition"])
    if parent is not None:
        condition = rlist(
            [*condition.data, parent],
            [*(condition.names or []), "parent"],
            {"class": condition.attribute("class")},
        )
    error = UserError(full, code=Code.VALUE, condition=condition)
    error.bulleted = True
    error.node = call
    error.call = None if function is None else f"{function}()"
    return error


def _caused_by(parent: Any) -> str:
    call = part(parent, "call") if isinstance(parent, RVector) else NULL
    where = ""
    if isinstance(call, Call) and isinstance(call.function, Name):
        where = f" in `{call.function.name}()`"
    return f"Caused by error{where}:\n! {message_of(parent)}"


class Progress:
    """Which element a mapping function is at: (index from 0, its name or "")."""

    __slots__ = ("index", "name")

    def __init__(self) -> None:
        self.index = 0
        self.name: str | None = None


@contextmanager
def numbered_errors(function: str) -> Iterator[Progress]:
    """Errors inside become `In index: 2` errors of the mapping function, caused by the original one."""
    progress = Progress()

    def rethrow(condition: Any) -> None:
        if is_overflow(sys.exc_info()[1]):
            return  # thousands of calls need no thousand causes
        message = f"ℹ In index: {progress.index + 1}."
        if progress.name:
            message += f"\nℹ With name: {progress.name}."
        error = abort(message, function, ("purrr_error_indexed",), condition)
        settle(error, error.node)
        raise error

    outer = session.handlers
    session.handlers = [*outer, Handler("error", rethrow, exiting=False)]
    try:
        yield progress
    finally:
        session.handlers = outer
