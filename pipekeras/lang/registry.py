"""Declares functions of R in Python: the R usage is the declaration.

    @builtin("paste(..., sep = ' ', collapse = NULL)")
    def paste(dots, sep, collapse): ...

    @special("if")                      # lazy: gets the unevaluated call and the environment
    def if_(call, env): ...

An eager function gets one positional argument for each formal, in order, already evaluated; `...` is a
`Dots` list. R defaults are R code, evaluated at the call in a frame that sees the other arguments. A formal
without an R default is required, unless the Python parameter has a default, which then stands for "missing"
(as R's own `missing(x)` does inside such functions). If the first Python parameter is called `ctx`, it gets
the `Context`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

from ..signature import REQUIRED, Param, Signature
from ..syntax.tree import EMPTY, Call, Function
from .values import Builtin

if TYPE_CHECKING:
    from .environment import Environment

F = TypeVar("F", bound=FunctionType)

BASE: dict[str, Any] = {}
"""All builtins and constants by R name: the content of the base environment."""


@dataclass(slots=True)
class Context:
    """Where a builtin is called: the caller's environment and the call as written (None from Python)."""

    env: Environment
    call: Call | None


def builtin(
    usage: str,
    *aliases: str,
    generic: bool = False,
    invisible: bool | None = False,
    into: dict[str, Any] | None = None,
) -> Callable[[F], F]:
    """Declare a function of R whose arguments are evaluated before the call.

    Args:
        usage: R usage with defaults, such as "head(x, n = 6L, ...)"; odd names in backticks
        aliases: further R names of the same function
        generic: calls look for an S3 method of the first argument's class first
        invisible: the result is not auto-printed; None: the function decides
        into: where it is declared (by default among the base functions)
    """
    where = BASE if into is None else into

    def declare(function: F) -> F:
        name = (
            usage.partition("(")[0].strip("` ") if not usage.startswith("`") else usage[1:].partition("`")[0]
        )
        names = function.__code__.co_varnames[: function.__code__.co_argcount]
        wants_context = names[:1] == ("ctx",)
        made = Builtin(
            name,
            usage,
            function,
            generic=generic,
            invisible=invisible,
            wants_context=wants_context,
            fallbacks=_python_defaults(function, len(names) - wants_context),
        )
        for each in (name, *(alias.strip("`") for alias in aliases)):
            assert each not in where, f"{each} is declared twice"
            where[each] = made
        return function

    return declare


def special(*names: str, usage: str | None = None, into: dict[str, Any] | None = None) -> Callable[[F], F]:
    """Declare a lazy function of R: Python gets `(call, env)` and evaluates what it needs.

    Args:
        usage: its R usage, which formals() and args() show
    """
    where = BASE if into is None else into

    def declare(function: F) -> F:
        made = Builtin(names[0], usage or Signature([Param("...")]), function, kind="special")
        for name in names:
            assert name not in where, f"{name} is declared twice"
            where[name] = made
        return function

    return declare


DEFAULTS = (
    "all.equal anyDuplicated aperm as.array as.data.frame as.Date as.list as.matrix as.POSIXct as.table chol "
    "confint diff duplicated is.na<- labels levels median merge model.frame model.matrix pretty range rev "
    "row.names rowsum solve sort subset toString transform unique update with xtfrm"
)
"""Generics whose default methods R code calls by name, such as `sort.default`."""


def declare_defaults() -> None:
    """Declare `name.default`, the generic's own work without dispatch, where no file declares it."""
    for name in DEFAULTS.split():
        generic = BASE.get(name)
        if isinstance(generic, Builtin) and f"{name}.default" not in BASE:
            BASE[f"{name}.default"] = Builtin(
                f"{name}.default",
                generic.usage,
                generic.function,
                kind=generic.kind,
                invisible=generic.invisible,
                wants_context=generic.wants_context,
                fallbacks=generic.fallbacks,
            )


def _python_defaults(function: FunctionType, count: int) -> dict[int, Any] | None:
    """Defaults of the last of `count` parameters by position: what stands for a missing argument.

    Read from the function itself: inspect.signature() would take half of the start-up time.
    """
    defaults = function.__defaults__ or ()
    return {count - len(defaults) + i: value for i, value in enumerate(defaults)} or None


def parse_usage(usage: str) -> Signature:
    """The formals of `paste(..., sep = ' ')`, read by R's own grammar. Defaults are tree nodes."""
    from ..syntax.parser import parse  # lark is loaded when the first usage is read
    from ..syntax.source import Source

    name_end = usage.index("(", usage.index("`", 1) if usage.startswith("`") else 0)
    (node,) = parse(Source("<usage>", f"function{usage[name_end:]} NULL", internal=True))
    assert isinstance(node, Function)
    return Signature([Param(a.name or "", REQUIRED if a.value is EMPTY else a.value) for a in node.params])
