"""Loops: repeat, while, and for over vectors, lists and counted ranges."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Call
from .. import lookup, native
from ..conditions import settle
from ..environment import Environment
from ..session import session
from ..values import FALSE, NULL, TRUE, RVector, Scalar
from ..vectors.ranges import Range
from .blocks import BREAK, called, compile_tail, truth
from .compile import Run, code_of, form, note_assignments
from .signals import BreakSignal, NextSignal


@form("repeat", "while", "for")
def loop(call: Call) -> Run:
    """A loop: generated code where that can be, else closures."""
    if not native.enabled():
        note_assignments(call)
        return closure_loop(call)

    generated: Any = None
    closure: Run | None = None

    def run(env: Environment) -> Any:
        nonlocal generated, closure
        if generated is None:
            from ..native.units import loop as generate

            generated = generate(call, env) or _NOT_GENERATED
        if generated is not _NOT_GENERATED and env.locked is None:
            return generated(env)
        if closure is None:
            closure = closure_loop(call)
        return closure(env)

    return run


_NOT_GENERATED = object()


def closure_loop(call: Call) -> Run:
    """A loop as closures."""
    name = call.function.name  # pyright: ignore[reportAttributeAccessIssue]
    if name == "for":
        return _for(call)
    if name == "repeat":
        return _loop(None, call, call.args[0].value)
    return _loop(code_of(call.args[0].value), call, call.args[1].value)


def _loop(test: Run | None, call: Call, body_node: Any) -> Run:
    body = compile_tail(body_node, "loop")

    def run(env: Environment) -> Any:
        try:
            while True:
                if test is not None:
                    value = test(env)
                    if value is FALSE or (value is not TRUE and not truth(value, call)):
                        break
                try:
                    if body(env) is BREAK:
                        break
                except NextSignal:
                    pass
        except BreakSignal:
            pass
        session.visible = False
        return NULL

    return run


def _for(call: Call) -> Run:
    target: Any = call.args[0].value
    variable = target.name
    sequence = _items(call)
    body = compile_tail(call.args[2].value, "loop")

    def run(env: Environment) -> Any:
        values = env.values
        items = sequence(env)
        lookup.assign(variable, NULL, env)  # what it stays if there is nothing to go through
        try:
            for item in items:
                if env.locked is None:
                    values[variable] = item
                else:
                    lookup.assign(variable, item, env)
                try:
                    if body(env) is BREAK:
                        break
                except NextSignal:
                    pass
        except BreakSignal:
            pass
        session.visible = False
        return NULL

    return run


def _items(call: Call) -> Any:
    """What `for` goes through: `a:b` is counted, not made."""
    node: Any = call.args[1].value
    whole = code_of(node)
    if not called(node, ":"):
        return lambda env: iterate(whole(env), call)
    low, high = code_of(node.args[0].value), code_of(node.args[1].value)

    def run(env: Environment) -> Any:
        a, b = low(env), high(env)
        if type(a) is Scalar and type(b) is Scalar and {a.type, b.type} <= {"integer", "double"}:
            first, last = a.value, b.value
            if first == int(first) and abs(first) < 2**31 and abs(last) < 2**31:
                return _count(int(first), last)
        return iterate(whole(env), call)

    return run


def _count(first: int, last: float) -> Any:
    if last >= first:
        return (Scalar("integer", i) for i in range(first, int(np.floor(last)) + 1))
    return (Scalar("integer", i) for i in range(first, int(np.ceil(last)) - 1, -1))


def iterate(value: Any, call: Call) -> Any:
    """The elements of a vector or list as the loop sees them: without names and attributes."""
    if value is NULL:
        return ()
    if value.__class__ is Range:
        return iter(value)
    if not isinstance(value, RVector):
        from ..foreign import foreign_type

        foreign = foreign_type(value)
        if foreign is not None:
            from ..values import integer

            return (
                foreign.subset(value, [(None, integer(i + 1))], True) for i in range(foreign.length(value))
            )
        error = UserError("invalid for() loop sequence", code=Code.TYPE)
        settle(error, call)
        raise error
    if value.type in ("list", "expression"):
        return iter(list(value.data))
    if value.attributes and "levels" in value.attributes and value.type == "integer":
        levels = value.attributes["levels"].data
        return (Scalar("character", levels[i - 1] if i > 0 else None) for i in value.data.tolist())
    kind = value.type
    return (Scalar(kind, item) for item in value.data.tolist())
