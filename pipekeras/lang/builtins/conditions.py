"""stop, warning, message; tryCatch, try, withCallingHandlers; restarts; condition objects; stopifnot."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Node
from .. import conditions
from ..conditions import (
    call_text,
    classes_of,
    function_text,
    make_condition,
    message_of,
    part,
    settle,
    signal,
    signal_with_restart,
    warn_condition,
)
from ..dispatch import frame_of, inherits, no_method
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..evaluator.compile import Run, form
from ..lookup import resolve
from ..registry import Context, builtin
from ..session import session
from ..text.deparse import deparse_lines
from ..values import NULL, Dots, Promise, RVector, character, rlist
from ..vectors.coerce import has_class, one_flag, strings


def _text(dots: Dots) -> str:
    """Arguments pasted together, as stop() and message() do."""
    return "".join("NA" if s is None else s for _, v in dots for s in strings(v, "..."))


def _is_condition(value: Any) -> bool:
    return isinstance(value, RVector) and "condition" in classes_of(value)


def _calling(ctx: Context, call_wanted: Any) -> Any:
    """The call that is running when stop() or warning() is reached."""
    return session.frames[-1].call if one_flag(call_wanted, "call.") and session.frames else None


@builtin("stop(..., call. = TRUE, domain = NULL)")
def stop(ctx: Context, dots: Dots, call_wanted: Any, domain: Any) -> Any:
    if len(dots) == 1 and _is_condition(dots[0][1]):
        raise _error_of(dots[0][1])
    error = UserError(_text(dots), code=Code.STOP)
    if ctx.call is not None:
        error.span = ctx.call.span
    settle(error, _calling(ctx, call_wanted))
    raise error


def _error_of(condition: Any) -> UserError:
    """The error that `stop(condition)` raises."""
    error = UserError(message_of(condition), code=Code.STOP, condition=condition)
    call = part(condition, "call")
    settle(error, None if call is NULL else call)
    return error


@builtin("warning(..., call. = TRUE, immediate. = FALSE, noBreaks. = FALSE, domain = NULL)", invisible=True)
def warning(ctx: Context, dots: Dots, call_wanted: Any, immediate: Any, breaks: Any, domain: Any) -> Any:
    if len(dots) == 1 and _is_condition(dots[0][1]):
        condition = dots[0][1]
        call = part(condition, "call")
        warn_condition(message_of(condition), None if call is NULL else call, condition)
        return part(condition, "message")
    message = _text(dots)
    warn_condition(message, _calling(ctx, call_wanted))
    return character(message)


@builtin("message(..., domain = NULL, appendLF = TRUE)", invisible=True)
def message(ctx: Context, dots: Dots, domain: Any, append: Any) -> Any:
    if len(dots) == 1 and _is_condition(dots[0][1]):
        condition = dots[0][1]
    else:
        text = _text(dots) + ("\n" if one_flag(append, "appendLF") else "")
        condition = make_condition(text, ctx.call, ["simpleMessage", "message", "condition"])
    if not signal_with_restart(condition, "muffleMessage"):
        session.write_error(message_of(condition))
    return NULL


@builtin("packageStartupMessage(...)", invisible=True)
def package_startup_message(ctx: Context, dots: Dots) -> Any:
    classes = ["packageStartupMessage", "simpleMessage", "message", "condition"]
    condition = make_condition(_text(dots) + "\n", ctx.call, classes)
    if not signal_with_restart(condition, "muffleMessage"):
        session.write_error(message_of(condition))
    return NULL


@builtin("signalCondition(cond)")
def signal_condition(cond: Any) -> Any:
    if isinstance(cond, RVector) and cond.type == "character":
        cond = make_condition(str(cond.data[0]), NULL, ["simpleCondition", "condition"])
    signal(cond, classes_of(cond))
    session.visible = True
    return NULL


# Condition objects


def _constructor(name: str, classes: list[str]) -> None:
    @builtin(f"{name}(message, call = NULL)")
    def make(message: Any, call: Any) -> Any:
        return rlist([message, call], ["message", "call"], {"class": character(classes)})


_constructor("simpleError", ["simpleError", "error", "condition"])
_constructor("simpleWarning", ["simpleWarning", "warning", "condition"])
_constructor("simpleCondition", ["simpleCondition", "condition"])
_constructor("simpleMessage", ["simpleMessage", "message", "condition"])


def _class_constructor(name: str, kind: str) -> None:
    @builtin(f"{name}(message, ..., class = character(), call = NULL)")
    def make(message: Any, dots: Dots, cls: Any, call: Any) -> Any:
        names = ["message", "call", *(n or "" for n, _ in dots)]
        classes = [*strings(cls, "class"), kind, "condition"]
        return rlist([message, call, *(v for _, v in dots)], names, {"class": character(classes)})


_class_constructor("errorCondition", "error")
_class_constructor("warningCondition", "warning")


@builtin("conditionMessage(c)", generic=True)
def condition_message(c: Any) -> Any:
    return _condition_part(c, "message", "conditionMessage")


@builtin("conditionCall(c)", generic=True)
def condition_call(c: Any) -> Any:
    return _condition_part(c, "call", "conditionCall")


def _condition_part(c: Any, name: str, generic: str) -> Any:
    if not has_class(c, "condition"):
        raise no_method(generic, c)
    return part(c, name)


@builtin("print.condition(x, ...)", invisible=True)
def print_condition(x: Any, dots: Dots) -> Any:
    kind = classes_of(x)[0]
    call = part(x, "call")
    text = message_of(x)
    if call is NULL:
        session.write(f"<{kind}: {text}>\n")
    else:
        session.write(f"<{kind} in {call_text(call)}: {text}>\n")
    return x


@builtin("as.character.condition(x, ...)", "as.character.error")
def condition_as_character(x: Any, dots: Dots) -> Any:
    call = part(x, "call")
    kind = "Error" if inherits(x, "error") else classes_of(x)[0]
    text = message_of(x)
    return character(f"{kind}: {text}\n" if call is NULL else f"{kind} in {call_text(call)}: {text}\n")


@builtin("geterrmessage()")
def get_error_message() -> Any:
    return character(session.last_error)


@builtin("warnings(...)", invisible=True)
def warnings(dots: Dots) -> Any:
    session.warnings = [*session.last_warnings, *session.warnings]
    conditions.show_warnings()
    return NULL


@builtin("traceback(x = NULL, ...)", invisible=True)
def traceback(x: Any, dots: Dots) -> Any:
    calls = [call_text(call) for call in session.last_traceback]
    lines = [f"{len(calls) - i}: {call}\n" for i, call in enumerate(calls)]
    session.write("".join(lines) or "No traceback available \n")
    return NULL


# stopifnot


@form("stopifnot")
def stopifnot(call: Call) -> Run:
    def run(env: Environment) -> Any:
        for name, value in promise_arguments(call, env):
            result = resolve(value, "...")
            if not _all_true(result):
                frame = frame_of(env)
                error = UserError(name or _failed(value, result), code=Code.STOP)
                error.span = call.span
                settle(error, frame.call if frame is not None else None)
                raise error
        session.visible = False
        return NULL

    return run


def _all_true(value: Any) -> bool:
    return isinstance(value, RVector) and value.type == "logical" and bool((value.data == 1).all())


def _failed(value: Any, result: Any) -> str:
    node: Node = value.node if isinstance(value, Promise) else value
    lines = deparse_lines(node)
    shown = lines[0] + (" ...." if len(lines) > 1 else "")
    differs = isinstance(result, RVector) and result.type == "character"
    if differs and isinstance(node, Call) and function_text(node) == "all.equal":
        first, second = (deparse_lines(a.value)[0] for a in node.args[:2])
        return f"{first} and {second} are not equal:\n  " + "\n  ".join(result.data)
    one = result is not NULL and not (isinstance(result, RVector) and len(result) != 1)
    return f"{shown} is not TRUE" if one else f"{shown} are not all TRUE"
