"""Closures made at run time: formals and body from values."""

from __future__ import annotations

from typing import Any

from ..signature import REQUIRED
from ..syntax.tree import EMPTY, Arg, Function
from .environment import Environment
from .evaluator.compile import code_of
from .evaluator.substitution import as_node, quoted
from .usages import shown_signature
from .values import EMPTY_SYMBOL, NULL, Builtin, Closure, RVector, rlist
from .vectors.coerce import elements
from .vectors.nesting import guard_nesting


def make_closure(formals: Any, body: Any, env: Environment) -> Closure:
    """A closure from a named list of defaults and code."""
    params = []
    if isinstance(formals, RVector):
        for name, value in zip(formals.names or [], elements(formals), strict=False):
            params.append(Arg(name, as_node(value)))
    node = Function(params, as_node(body))
    guard_nesting(node)
    return code_of(node)(env)


def formals_of(function: Closure | Builtin) -> Any:
    """R's formals(): a named list of defaults, empty symbols where there are none."""
    params = shown_signature(function).params
    if not params:
        return NULL
    values = [
        EMPTY_SYMBOL if p.default is REQUIRED or p.default is EMPTY else quoted(p.default) for p in params
    ]
    return rlist(values, [p.name for p in params])
