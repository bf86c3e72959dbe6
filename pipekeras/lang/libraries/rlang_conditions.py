"""rlang: options for one expression, conditions made, signalled, caught."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...syntax.tree import Call
from ..conditions import Handler, condition_of, message_of
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..evaluator.compile import evaluate
from ..evaluator.signals import Unwind
from ..generics import invoke
from ..lookup import force
from ..registry import Context
from ..session import session
from ..values import (
    NULL,
    Promise,
    character,
    logical,
    rlist,
)
from ..vectors.coerce import has_class, one_string, strings
from .lambdas import as_mapper, call_mapper
from .rlang import library

# --- options and conditions --------------------------------------------------------------------------------


@library.special("with_options")
def with_options(call: Call, env: Environment) -> Any:
    """`with_options(expr, digits = 3)`: options that hold while an expression is evaluated."""
    session.visible = True
    pairs = [(n, v) for n, v in promise_arguments(call, env) if n and n != ".expr"]
    fresh = {n: force(v) if isinstance(v, Promise) else v for n, v in pairs}
    old = {n: session.option(n) for n in fresh}
    expression = next(a.value for a in call.args if a.name in (None, ".expr"))
    try:
        for name, value in fresh.items():
            session.set_option(name, None if value is NULL else value)
        return evaluate(expression, env)
    finally:
        for name, value in old.items():
            session.set_option(name, value)


@library.function("cnd_message(cnd, ..., inherit = TRUE, prefix = FALSE)")
def cnd_message(cnd, dots, inherit, prefix):
    return character(message_of(cnd))


@library.function("cnd_inherits(cnd, class)")
def cnd_inherits(cnd, class_):
    return logical(has_class(cnd, one_string(class_, "class")))


def _caught(ctx: Context, classes: list[str], run: Any) -> tuple[Any, Any]:
    """(value, None) or (None, the condition of one of these classes)."""
    owner = object()
    handlers = [Handler(kind, None, exiting=True, owner=owner) for kind in classes[::-1]]
    outer, depth = session.handlers, len(session.frames)
    session.handlers = [*outer, *handlers]
    try:
        return run(), None
    except Unwind as jump:
        if jump.handler not in handlers:
            raise
        return None, jump.condition
    except UserError as error:
        condition = condition_of(error)
        if not any(has_class(condition, kind) for kind in classes):
            raise
        return None, condition
    finally:
        session.handlers = outer
        del session.frames[depth:]


@library.special("catch_cnd")
def catch_cnd(call: Call, env: Environment) -> Any:
    """The condition that an expression signals, or NULL."""
    session.visible = True
    classes = ["condition"]
    if len(call.args) > 1:
        classes = [t or "" for t in strings(evaluate(call.args[1].value, env), "classes")]
    _, condition = _caught(Context(env, call), classes, lambda: evaluate(call.args[0].value, env))
    return NULL if condition is None else condition


@library.special("try_fetch")
def try_fetch(call: Call, env: Environment) -> Any:
    """`try_fetch(expr, error = function(cnd) ...)`: like tryCatch()."""
    session.visible = True
    ctx = Context(env, call)
    handlers = {
        a.name: as_mapper(evaluate(a.value, env), ctx) for a in call.args if a.name not in (None, "expr")
    }
    expression = next(a.value for a in call.args if a.name in (None, "expr"))
    kinds = [n for n in handlers if n]
    value, condition = _caught(ctx, kinds, lambda: evaluate(expression, env))
    if condition is None:
        return value
    kind = next(k for k in kinds if has_class(condition, k))
    return call_mapper(handlers[kind], [(None, condition)], ctx)


def _conditions(name: str, kind: str) -> None:
    @library.function(f"{name}(class = NULL, ..., message = '')")
    def build(class_, dots, message):
        own = [] if class_ is NULL else strings(class_, "class")
        fields = [(n, v) for n, v in dots if n]
        return rlist(
            [message, *(v for _, v in fields)],
            ["message", *(n for n, _ in fields)],
            {"class": character([*own, f"rlang_{kind}", kind, "condition"])},
        )


for _kind in ("error", "warning", "message"):
    _conditions(f"{_kind}_cnd", _kind)


@library.function("cnd_signal(cnd, ...)")
def cnd_signal(cnd, dots):
    kind = next((k for k in ("error", "warning", "message") if has_class(cnd, k)), None)
    name = {"error": "stop", "warning": "warning", "message": "message"}.get(kind or "", "signalCondition")
    return invoke(name, cnd)
