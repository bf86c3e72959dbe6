"""Operators as forms: fast paths for single numbers, chains of any length in a loop, S3's Ops group."""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from typing import Any

from ...errors import UserError
from ...signature import Param, Signature
from ...syntax.tree import EMPTY, Call, Const, Name
from ..arity import wrong_count
from ..conditions import settle
from ..dispatch import dispatch_operator, explicit_class
from ..environment import Environment
from ..language import constant_value
from ..registry import BASE, Context
from ..session import session
from ..values import FALSE, NA_INTEGER, NULL, TRUE, Builtin, Dots, Scalar
from ..vectors import arith
from .blocks import called
from .compile import Run, code_of, form
from .extract import DEFAULTS

_NA_INT = int(NA_INTEGER)

Binary = Callable[[Any, Any], Any]


def _arithmetic_fast(compute: Callable[[Any, Any], Any]) -> Binary:
    """+ - * of single numbers; None where more care is needed."""

    def fast(a: Scalar, b: Scalar) -> Any:
        left, right = a.type, b.type
        if left == "double":
            if right == "double" or (right == "integer" and b.value != _NA_INT):
                return Scalar("double", compute(a.value, b.value))
        elif left == "integer" and a.value != _NA_INT:
            if right == "double":
                return Scalar("double", compute(a.value, b.value))
            if right == "integer" and b.value != _NA_INT:
                whole = compute(a.value, b.value)
                if -2147483648 < whole < 2147483648:
                    return Scalar("integer", whole)
        return None

    return fast


def _numbers(a: Scalar, b: Scalar) -> bool:
    """Whether both are single numbers, none of them an integer NA."""
    left, right = a.type, b.type
    return (left == "double" or (left == "integer" and a.value != _NA_INT)) and (
        right == "double" or (right == "integer" and b.value != _NA_INT)
    )


def _divide_fast(a: Scalar, b: Scalar) -> Any:
    if _numbers(a, b) and b.value != 0:
        return Scalar("double", a.value / b.value)
    return None


def _power_fast(a: Scalar, b: Scalar) -> Any:
    if b.type == "double" and b.value == 2.0 and _numbers(a, b):
        return Scalar("double", float(a.value) * a.value)
    return None


def _modulo_fast(a: Scalar, b: Scalar) -> Any:
    if _numbers(a, b) and b.value != 0:
        x, y = a.value, b.value
        if abs(x) < 2**52 and abs(y) < 2**52 and x == int(x) and y == int(y):
            kind = "integer" if a.type == b.type == "integer" else "double"
            return Scalar(kind, x % y if kind == "integer" else float(x % y) + 0.0)
    return None


def _compare_fast(compute: Callable[[Any, Any], bool], text: bool) -> Binary:
    def fast(a: Scalar, b: Scalar) -> Any:
        if _numbers(a, b):
            x, y = a.value, b.value
            if x == x and y == y:
                return TRUE if compute(x, y) else FALSE
        elif text and a.type == b.type == "character" and a.value is not None and b.value is not None:
            return TRUE if compute(a.value, b.value) else FALSE
        return None

    return fast


def _never_fast(a: Scalar, b: Scalar) -> Any:
    return None


def _slow(function: Callable[[str, Any, Any], Any], name: str) -> Binary:
    return lambda a, b: function(name, a, b)


_BINARY: dict[str, tuple[Binary, Binary]] = {
    "+": (_arithmetic_fast(python.add), _slow(arith.arithmetic, "+")),
    "-": (_arithmetic_fast(python.sub), _slow(arith.arithmetic, "-")),
    "*": (_arithmetic_fast(python.mul), _slow(arith.arithmetic, "*")),
    "/": (_divide_fast, _slow(arith.arithmetic, "/")),
    "^": (_power_fast, _slow(arith.arithmetic, "^")),
    "%%": (_modulo_fast, _slow(arith.arithmetic, "%%")),
    "%/%": (_never_fast, _slow(arith.arithmetic, "%/%")),
    "==": (_compare_fast(python.eq, True), _slow(arith.compare, "==")),
    "!=": (_compare_fast(python.ne, True), _slow(arith.compare, "!=")),
    "<": (_compare_fast(python.lt, False), _slow(arith.compare, "<")),
    ">": (_compare_fast(python.gt, False), _slow(arith.compare, ">")),
    "<=": (_compare_fast(python.le, False), _slow(arith.compare, "<=")),
    ">=": (_compare_fast(python.ge, False), _slow(arith.compare, ">=")),
    "&": (_never_fast, _slow(arith.logic, "&")),
    "|": (_never_fast, _slow(arith.logic, "|")),
    ":": (_never_fast, arith.colon),
}
"""By operator: the fast path for two plain scalars (None: cannot), and the general work."""

_UNARY = ("+", "-", "!")


def apply_binary(name: str, a: Any, b: Any, call: Any, env: Environment) -> Any:
    """`a name b` in general: methods first."""
    if explicit_class(a) is not None or explicit_class(b) is not None:
        result = dispatch_operator(name, [a, b], call, env)
        if result is not None:
            return result
    return _settled(call, _BINARY[name][1], a, b)


def apply_unary(name: str, a: Any, call: Any, env: Environment) -> Any:
    """`-a`, `+a`, `!a`: methods first."""
    if explicit_class(a) is not None:
        result = dispatch_operator(name, [a], call, env)
        if result is not None:
            return result
    if a.__class__ is Scalar and a.attributes is None:
        if name == "-" and (a.type == "double" or (a.type == "integer" and a.value != _NA_INT)):
            return Scalar(a.type, -a.value)
        if name == "!" and a.type == "logical" and a.value >= 0:
            return FALSE if a.value else TRUE
    return _settled(call, lambda x, _: arith.unary(name, x), a, NULL)


def _settled(call: Any, work: Binary, a: Any, b: Any) -> Any:
    session.call = call
    try:
        return work(a, b)
    except UserError as error:
        if not error.settled:
            settle(error, call)
        raise


def _compile_operator(name: str) -> Callable[[Call], Run]:
    def compile_operator(call: Call) -> Run:
        if any(a.value is EMPTY or _is_dots(a.value) for a in call.args):
            return lambda env: _as_function(name, call, env)
        if len(call.args) == 1 and name in _UNARY:
            return _unary(name, call)
        if len(call.args) != 2 or name == "!":
            return lambda env: _as_function(name, call, env)
        left: Any = call.args[0].value
        if called(left, *_BINARY) and len(left.args) == 2 and called(left.args[0].value, *_BINARY):
            return _chain(call)
        return _binary(name, call, code_of(left))

    return compile_operator


def _is_dots(node: Any) -> bool:
    return getattr(node, "name", None) == "..."


def _as_function(name: str, call: Call, env: Environment) -> Any:
    """An operator called like a function with `...` or a wrong number of arguments."""
    from .calls import apply, promise_arguments

    return apply(BASE[name], promise_arguments(call, env), call, env)


def _unary(name: str, call: Call) -> Run:
    operand = code_of(call.args[0].value)

    def run(env: Environment) -> Any:
        value = operand(env)
        session.visible = True
        return apply_unary(name, value, call, env)

    return run


def _binary(name: str, call: Call, left: Run) -> Run:
    fast, _ = _BINARY[name]
    right_node = call.args[1].value
    if isinstance(right_node, Const) and isinstance(call.args[0].value, Name):
        return _with_constant(name, call, left, constant_value(right_node))
    right = code_of(right_node)
    left_node = call.args[0].value
    variable = left_node.name if isinstance(left_node, Name) else ""

    def run(env: Environment) -> Any:
        a: Any = env.values.get(variable)
        if a.__class__ is not Scalar:
            a = left(env)
        b = right(env)
        session.visible = True
        if a.__class__ is Scalar and b.__class__ is Scalar and a.attributes is None and b.attributes is None:
            result = fast(a, b)
            if result is not None:
                return result
        return apply_binary(name, a, b, call, env)

    return run


def _with_constant(name: str, call: Call, left: Run, b: Any) -> Run:
    """`x + 1`: the commonest shape, with the variable looked for at hand first."""
    fast, _ = _BINARY[name]
    variable = call.args[0].value.name  # pyright: ignore[reportAttributeAccessIssue]
    plain = b.__class__ is Scalar

    def run(env: Environment) -> Any:
        a: Any = env.values.get(variable)
        if a.__class__ is not Scalar:
            a = left(env)
            session.visible = True
        if plain and a.__class__ is Scalar and a.attributes is None:
            result = fast(a, b)
            if result is not None:
                return result
        return apply_binary(name, a, b, call, env)

    return run


def _chain(call: Call) -> Run:
    """`a + b + c + ...`: steps in a loop, because a chain may have 100,000 of them."""
    steps: list[tuple[str, Call, Run]] = []
    node: Any = call
    while (
        called(node, *_BINARY)
        and len(node.args) == 2
        and not any(a.value is EMPTY or _is_dots(a.value) for a in node.args)
    ):
        steps.append((node.function.name, node, code_of(node.args[1].value)))
        node = node.args[0].value
    first = code_of(node)
    steps.reverse()
    fast_steps = [(_BINARY[name][0], name, each, run) for name, each, run in steps]

    def run(env: Environment) -> Any:
        a = first(env)
        for fast, name, each, right in fast_steps:
            b = right(env)
            result = None
            if (
                a.__class__ is Scalar
                and b.__class__ is Scalar
                and a.attributes is None
                and b.attributes is None
            ):
                result = fast(a, b)
            a = apply_binary(name, a, b, each, env) if result is None else result
        session.visible = True
        return a

    return run


def _declare(name: str) -> None:
    """The operator as a function, for `sapply(x, "+", 1)` and do.call."""

    def work(ctx: Context, dots: Dots) -> Any:
        values = [v for _, v in dots]
        if len(values) == 1 and name in _UNARY:
            return apply_unary(name, values[0], ctx.call, ctx.env)
        if len(values) != 2 or name == "!":
            raise UserError(_wrong_count(name, len(values)))
        return apply_binary(name, values[0], values[1], ctx.call, ctx.env)

    BASE[name] = Builtin(name, Signature([Param("...")]), work, wants_context=True)
    form(name, declare=False)(_compile_operator(name))


def _wrong_count(name: str, count: int) -> str:
    if name in ("+", "-", "*", "/", "^", "%%", "%/%"):
        return "invalid unary operator" if count == 1 else "operator needs one or two arguments"
    if name in ("==", "!=", "<", "<=", ">", ">="):
        return "operator needs two arguments"
    return wrong_count(name, count, "1" if name == "!" else "2")


def _without_methods(name: str) -> Callable[[Dots, Environment], Any]:
    """The operator's own work, when NextMethod comes to it."""

    def work(values: Dots, env: Environment) -> Any:
        if len(values) == 1:
            return arith.unary(name, values[0][1])
        return _BINARY[name][1](values[0][1], values[1][1])

    return work


for _name in (*_BINARY, "!"):
    _declare(_name)
    DEFAULTS[_name] = _without_methods(_name)
