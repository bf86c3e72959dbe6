"""Braces, conditionals and loops, compiled so that `return`, `next` and `break` seldom need to jump.

In tail position of a function, `return(x)` is x; in tail position of a loop's body, `next` is nothing and
`break` is a mark. Statements after `if (c) return(x)` become its else branch, so that most early exits are in
tail position.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import EMPTY, Call, Name, Node
from ..environment import Environment
from ..session import session
from ..values import FALSE, NA_LOGICAL, NULL, TRUE, RVector, Scalar
from .compile import Run, code_of, constant, form, redefined
from .signals import BreakSignal, NextSignal, ReturnSignal


def called(node: Any, *names: str) -> bool:
    """Whether the node is a call of one of R's own forms of these names."""
    return (
        type(node) is Call
        and type(node.function) is Name
        and node.function.name in names
        and node.function.name not in redefined
    )


class _Break:
    """What the body of a loop gives when it ends the loop."""


BREAK = _Break()


def compile_tail(node: Any, mode: str) -> Run:
    """Compile a node that is the last in a function (mode "function") or in a loop's body ("loop")."""
    if called(node, "{"):
        return _block([a.value for a in node.args], mode)
    if called(node, "if"):
        return _tail_if(node, mode)
    if mode == "function" and called(node, "return"):
        return _returned(node)
    if mode == "function" and called(node, "UseMethod"):
        from ..builtins.control import use_method_tail

        return use_method_tail(node)
    if mode == "loop" and called(node, "next"):
        return constant(NULL)
    if mode == "loop" and called(node, "break"):
        return constant(BREAK)
    return code_of(node)


def _returned(call: Call) -> Run:
    if len(call.args) > 1:
        raise UserError("multi-argument returns are not permitted", code=Code.ARGUMENT)
    if not call.args or call.args[0].value is EMPTY:
        return constant(NULL)
    if called(call.args[0].value, "return"):
        return code_of(call)
    return compile_tail(call.args[0].value, "function")


def _escapes(node: Any, mode: str) -> bool:
    """Whether the node always leaves the function or the step of the loop."""
    if called(node, "return") if mode == "function" else called(node, "next", "break"):
        return True
    if called(node, "{"):
        return bool(node.args) and _escapes(node.args[-1].value, mode)
    if called(node, "if"):
        return len(node.args) == 3 and all(_escapes(a.value, mode) for a in node.args[1:])
    return False


def _block(statements: Sequence[Any], mode: str | None) -> Run:
    """Statements one after the other; mode None: not in tail position."""
    if not statements:
        return constant(NULL)
    if mode is not None:
        for i, statement in enumerate(statements[:-1]):
            if _escapes(statement, mode):
                return _sequence(statements[:i], compile_tail(statement, mode))
            if called(statement, "if") and any(_escapes(a.value, mode) for a in statement.args[1:]):
                return _sequence(statements[:i], _tail_if(statement, mode, statements[i + 1 :]))
    last = code_of(statements[-1]) if mode is None else compile_tail(statements[-1], mode)
    return _sequence(statements[:-1], last)


def _sequence(before: Sequence[Node], last: Run) -> Run:
    runs = [code_of(s) for s in before]
    if not runs:
        return last
    if len(runs) == 1:
        first = runs[0]

        def two(env: Environment) -> Any:
            first(env)
            session.visible = True
            return last(env)

        return two

    def run(env: Environment) -> Any:
        for each in runs:
            each(env)
        session.visible = True
        return last(env)

    return run


def _tail_if(call: Call, mode: str, rest: Sequence[Any] = ()) -> Run:
    """`if` in tail position; `rest` are the statements behind it, for the branch that does not leave."""

    def branch(node: Any) -> Run:
        if rest and not _escapes(node, mode):
            return _block([node, *rest], mode)
        return compile_tail(node, mode)

    yes = branch(call.args[1].value)
    if len(call.args) > 2:
        return _conditional(call, yes, branch(call.args[2].value))
    return _conditional(call, yes, _block(rest, mode) if rest else _invisible_null)


def _invisible_null(env: Environment) -> Any:
    session.visible = False
    return NULL


def _visible(run: Run) -> Run:
    """An assignment as a condition hides nothing."""

    def shown(env: Environment) -> Any:
        value = run(env)
        session.visible = True
        return value

    return shown


def _conditional(call: Call, yes: Run, no: Run) -> Run:
    test = code_of(call.args[0].value)
    if called(call.args[0].value, "<-", "<<-", "="):
        test = _visible(test)

    def run(env: Environment) -> Any:
        value = test(env)
        if value is TRUE:
            return yes(env)
        if value is FALSE:
            return no(env)
        session.visible = True
        return yes(env) if truth(value, call) else no(env)

    return run


def truth(value: Any, call: Call) -> bool:
    """The condition of `if` and `while`: one TRUE or FALSE."""
    try:
        return condition_value(value)
    except UserError as error:
        from ..conditions import settle

        settle(error, call)
        raise


def condition_value(value: Any) -> bool:
    if not isinstance(value, RVector):
        if value is NULL:
            raise _bad_condition("argument is of length zero")
        raise _bad_condition("argument is not interpretable as logical")
    if len(value) > 1:
        raise _bad_condition("the condition has length > 1")
    if len(value) == 0:
        raise _bad_condition("argument is of length zero")
    if value.type == "character":
        word = value.data[0]
        if word in ("TRUE", "true", "T", "True"):
            return True
        if word in ("FALSE", "false", "F", "False"):
            return False
        raise _bad_condition("argument is not interpretable as logical")
    if value.type in ("list", "expression"):
        raise _bad_condition("argument is not interpretable as logical")
    if value.is_na()[0]:
        raise _bad_condition(
            "missing value where TRUE/FALSE needed"
            if value.type == "logical" or not np.isnan(value.data[0])
            else "argument is not interpretable as logical"
        )
    return bool(value.data[0])


def _bad_condition(message: str) -> UserError:
    cures = {
        "argument is of length zero": "test with length() or is.null() before",
        "the condition has length > 1": "use any() or all() to make one TRUE or FALSE of many",
        "missing value where TRUE/FALSE needed": "test with is.na() before, or use isTRUE()",
    }
    return UserError(
        message, code=Code.VALUE, cause="a condition must be one TRUE or FALSE", cure=cures.get(message)
    )


@form("{")
def brace(call: Call) -> Run:
    return _block([a.value for a in call.args], None)


@form("(")
def parenthesis(call: Call) -> Run:
    inner = code_of(call.args[0].value)

    def run(env: Environment) -> Any:
        value = inner(env)
        session.visible = True
        return value

    return run


@form("if")
def if_(call: Call) -> Run:
    yes = code_of(call.args[1].value)
    no = code_of(call.args[2].value) if len(call.args) > 2 else _invisible_null
    return _conditional(call, yes, no)


@form("return")
def return_(call: Call) -> Run:
    value = _returned(call) if not (call.args and called(call.args[0].value, "return")) else None
    if value is None:
        value = code_of(call.args[0].value)

    def run(env: Environment) -> Any:
        session.visible = True
        raise ReturnSignal(env, value(env))

    return run


@form("break")
def break_(call: Call) -> Run:
    def run(env: Environment) -> Any:
        raise BreakSignal

    return run


@form("next")
def next_(call: Call) -> Run:
    def run(env: Environment) -> Any:
        raise NextSignal

    return run


_TRUTHS = ("logical", "integer", "double", "complex")


def truth_of(value: Any, where: str) -> int:
    """One operand of `&&` and `||`: 1, 0 or NA_LOGICAL."""
    if isinstance(value, RVector) and value.type in _TRUTHS:
        if len(value) == 0:
            return int(NA_LOGICAL)
        return int(NA_LOGICAL) if value.is_na()[0] else int(bool(value.data[0]))
    return _bad_operand(where)


def _bad_operand(where: str) -> int:
    raise UserError(
        f"invalid {where}",
        code=Code.TYPE,
        cause="it is no logical value",
        cure="compare it with something, as in `x > 0`",
    )


def _both(operator: str, decisive: int) -> None:
    """`&&` is decided by FALSE (0), `||` by TRUE (1)."""
    decided = TRUE if decisive else FALSE
    other = FALSE if decisive else TRUE

    @form(operator)
    def compile_both(call: Call) -> Run:
        left = code_of(call.args[0].value)
        right = code_of(call.args[1].value)

        def run(env: Environment) -> Any:
            a = left(env)
            if a is decided:
                return decided
            if a is not other:
                x = _operand(a, "x", operator, call)
                if x == decisive:
                    return decided
            else:
                x = 1 - decisive
            b = right(env)
            session.visible = True
            y = b.value if b is decided or b is other else _operand(b, "y", operator, call)
            if y == decisive:
                return decided
            return other if x == y == 1 - decisive else _NA

        return run


_NA = Scalar("logical", -128)


def _operand(value: Any, which: str, operator: str, call: Call) -> int:
    if (
        isinstance(value, RVector)
        and len(value) > 1
        and value.type in ("logical", "integer", "double", "complex")
    ):
        from ..conditions import warn

        warn(f"'length(x) = {len(value)} > 1' in coercion to 'logical(1)'", call)
    try:
        return truth_of(value, f"'{which}' type in 'x {operator} y'")
    except UserError as error:
        from ..conditions import settle

        settle(error, call)
        raise


_both("&&", 0)
_both("||", 1)
