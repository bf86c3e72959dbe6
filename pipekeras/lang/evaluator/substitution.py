"""Unevaluated code as values: quote, substitute and bquote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...signature import DOTS
from ...syntax.tree import EMPTY, Arg, Call, Const, Function, Name
from ..environment import Environment
from ..language import from_node
from ..values import EMPTY_SYMBOL, MISSING, Promise, RVector
from ..vectors.coerce import elements
from .compile import evaluate


def quoted(node: Any) -> Any:
    """The R value of unevaluated code: constants are their values."""
    return from_node(node)


def as_node(value: Any) -> Any:
    """A value as a part of code."""
    if value is MISSING or value is EMPTY_SYMBOL:
        return EMPTY
    return value if isinstance(value, (Name, Call, Function, Const)) or value is EMPTY else Const(value)


def substitute(node: Any, where: Any) -> Any:
    """R's substitute: names replaced by the expressions of promises, or by the values that they have.

    Args:
        where: an environment or a named list
    """
    if isinstance(where, Environment):
        values = where.values
    else:
        values = dict(zip(where.names or [], elements(where), strict=False))
    return quoted(_replaced(node, lambda name: _expression(values, name), values))


def _expression(values: dict[str, Any], name: str) -> Any:
    value = values.get(name)
    if value is None:
        return None
    if value is MISSING:
        return EMPTY
    if isinstance(value, Promise):
        node = value.node
        while isinstance(node, Const) and isinstance(node.value, Promise):
            node = node.value.node
        return node
    if isinstance(value, (RVector, Name, Call, Function)) or not isinstance(value, Environment):
        return as_node(value)
    return None


def _replaced(node: Any, expression: Callable[[str], Any], values: dict[str, Any]) -> Any:
    if isinstance(node, Name):
        found = expression(node.name)
        return node if found is None else found
    if isinstance(node, Call):
        args = []
        for arg in node.args:
            if isinstance(arg.value, Name) and arg.value.name == DOTS and isinstance(values.get(DOTS), list):
                args += [Arg(n, v.node if isinstance(v, Promise) else as_node(v)) for n, v in values[DOTS]]
            else:
                args.append(Arg(arg.name, _replaced(arg.value, expression, values), arg.span))
        return Call(_replaced(node.function, expression, values), args, node.span)
    if isinstance(node, Function):
        params = [Arg(p.name, _replaced(p.value, expression, values), p.span) for p in node.params]
        return Function(params, _replaced(node.body, expression, values), None)
    return node


def bquoted(node: Any, env: Environment, splice: bool = False) -> Any:
    """R's bquote: `.(x)` is replaced by the value of x, `..(x)` by its elements."""
    if not isinstance(node, (Call, Function)):
        return node
    if isinstance(node, Function):
        params = [Arg(p.name, bquoted(p.value, env, splice), p.span) for p in node.params]
        return Function(params, bquoted(node.body, env, splice), None)
    if isinstance(node.function, Name) and node.function.name == "." and len(node.args) == 1:
        return as_node(evaluate(node.args[0].value, env))
    args = []
    for arg in node.args:
        inner = arg.value
        if (
            splice
            and isinstance(inner, Call)
            and isinstance(inner.function, Name)
            and inner.function.name == ".."
        ):
            value = evaluate(inner.args[0].value, env)
            names = value.names or [None] * len(value)
            args += [Arg(n or None, as_node(v)) for n, v in zip(names, elements(value), strict=True)]
        else:
            args.append(Arg(arg.name, bquoted(inner, env, splice)))
    return Call(bquoted(node.function, env, splice), args)
