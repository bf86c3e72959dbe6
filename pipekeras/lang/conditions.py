"""Conditions: errors, warnings and messages on their way to handlers, restarts and the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from ..errors import Code, UserError
from ..syntax.tree import Arg, Call, Const, Function, Name
from .evaluator.signals import RestartSignal, Unwind
from .session import session
from .values import NULL, RVector, character, rlist

TRACEBACK_DEPTH = 50
"""How many of the innermost calls traceback() shows."""

MAX_WARNINGS = 50
"""How many deferred warnings are kept between two top-level statements."""

LINE = 500
"""Elements of a vector that are enough to fill a line of code."""


class Handler:
    """An entry of the handler stack: what to do about conditions of a class.

    Attributes:
        condition_class: the class it waits for
        function: what to call with the condition: an R function or a Python one
        exiting: whether the condition unwinds the stack to where the handler was set up
        owner: the `tryCatch` call that it belongs to
    """

    __slots__ = ("condition_class", "exiting", "function", "owner")

    def __init__(self, condition_class: str, function: Any, exiting: bool, owner: object = None) -> None:
        self.condition_class = condition_class
        self.function = function
        self.exiting = exiting
        self.owner = owner


class Restart:
    """A place that `invokeRestart(name)` jumps to."""

    __slots__ = ("function", "name")

    def __init__(self, name: str, function: Any = None) -> None:
        self.name = name
        self.function = function


def make_condition(message: str, call: Any, classes: Sequence[str]) -> RVector:
    """R's condition object: a list of message and call with a class."""
    return rlist(
        [character(message), NULL if call is None else call],
        ["message", "call"],
        {"class": character(list(classes))},
    )


def classes_of(condition: Any) -> list[str]:
    classes = condition.attribute("class") if isinstance(condition, RVector) else None
    return [] if classes is None else list(classes.data)


def part(condition: Any, name: str) -> Any:
    """An element of a condition object by name."""
    names = condition.names or []
    return condition.data[names.index(name)] if name in names else NULL


def message_of(condition: Any) -> str:
    message = part(condition, "message")
    return str(message.data[0]) if isinstance(message, RVector) and len(message) else ""


def signal(condition: Any, classes: Sequence[str]) -> None:
    """Offer a condition to the handlers, innermost first. Comes back when none of them took a jump."""
    stack = session.handlers
    for i in range(len(stack) - 1, -1, -1):
        handler = stack[i]
        if handler.condition_class not in classes:
            continue
        if handler.exiting:
            raise Unwind(handler, condition)
        session.handlers = stack[:i]
        try:
            call_handler(handler, condition)
        finally:
            session.handlers = stack


def call_handler(handler: Handler, condition: Any) -> Any:
    from .evaluator.calls import apply

    if isinstance(handler.function, type(call_handler)):
        return handler.function(condition)
    return apply(handler.function, [(None, condition)], Call(Name("h"), []))


def waiting(*classes: str) -> bool:
    """Whether a handler for one of the classes is set up."""
    return any(h.condition_class in classes for h in session.handlers)


# Errors


def settle(error: UserError, call: Any) -> None:
    """Fill in the call and the place of an error, at the point where it happened, and ask the handlers.

    Args:
        call: the call that failed, or None at top level
    """
    error.settled = True
    if session.frames and _is_step(call, session.frames[-1].function):
        call = session.frames[-1].call
    if error.call is None and call is not None and not error.bulleted:
        error.node = call
        error.call = call_text(call)
    error.calls = running_functions()
    if error.span is None or error.span.source.internal:
        error.span = _innermost_span(call if error.bulleted and call is not None else error.node)
    if session.handlers:
        condition = condition_of(error)
        session.last_error = str(error.message)  # as it stays if a handler leaves from here
        signal(condition, classes_of(condition))
    session.last_traceback = [f.call for f in reversed(session.frames[-TRACEBACK_DEPTH:])]
    session.last_error = f"{error.head()}\n"


def _is_step(call: Any, function: Any) -> bool:
    """Whether a base function written in R calls a builtin of its own: the error is the function's then."""
    called = getattr(call, "function", None)
    if function is None or not isinstance(called, Name):
        return False
    return called.name.startswith(".") and function.environment is session.base


def condition_of(error: UserError) -> RVector:
    """The R condition object of an error."""
    if error.condition is None:
        error.condition = make_condition(
            error.message, error.node, [error.condition_class, "error", "condition"]
        )
    return error.condition


def running_functions() -> list[str]:
    """Names of the closures that are running, outermost first, as after R's "Calls:"."""
    frames = session.frames
    if len(frames) > 2 * TRACEBACK_DEPTH:  # the middle of a recursion tells nothing
        frames = frames[:TRACEBACK_DEPTH] + frames[-TRACEBACK_DEPTH:]
    return [function_text(frame.call) for frame in frames if frame.function is not None]


def function_text(call: Any) -> str:
    """How the stack names the function of a call."""
    if isinstance(call, Call):
        if isinstance(call.function, Name):
            return call.function.name
        if isinstance(call.function, (Call, Function)):
            return "<Anonymous>"
    return "<Anonymous>"


def _innermost_span(call: Any) -> Any:
    for node in (call, *(frame.call for frame in reversed(session.frames[-TRACEBACK_DEPTH:]))):
        span = getattr(node, "span", None)
        if span is not None and not span.source.internal:
            return span
    return None


def call_text(call: Any) -> str:
    """A call as R shows it in errors and warnings: its first line."""
    from .text.deparse import deparse_lines

    return deparse_lines(_shortened(call))[0]


def _shortened(call: Any) -> Any:
    """A call whose long plain vectors, which do.call() puts there, are cut."""
    if not isinstance(call, Call):
        return call
    return Call(call.function, [Arg(arg.name, _beginning(arg.value)) for arg in call.args])


def _beginning(node: Any) -> Any:
    value = node.value if isinstance(node, Const) else None
    if not isinstance(value, RVector) or len(value) <= LINE or value.attributes:
        return node
    return Const(RVector(value.type, value.data[:LINE]))


# Warnings and messages


def warn(message: str, where: Any = None) -> None:
    """Signal a warning; it is shown after the top-level statement unless a handler takes it.

    Args:
        where: the Context or call it is about; by default the builtin that is running
    """
    call = session.call if where is None else getattr(where, "call", where)
    if isinstance(where, (Call, Name)):
        call = where
    warn_condition(message, call)


def warn_running(message: str) -> None:
    """Signal a warning that names the closure that is running, as R's primitives do for conversions."""
    warn_condition(message, session.frames[-1].call if session.frames else None)


def warn_condition(message: str, call: Any, condition: Any = None) -> None:
    """Signal a warning with its condition object, if it has one already."""
    if session.handlers and _muffled(message, call, condition):
        return
    level = int(session.options["warn"].data[0])
    if level >= 2:
        error = UserError(f"(converted from warning) {message}", code=Code.STOP)
        settle(error, call)
        raise error
    if level == 1:
        session.write_error(_now(message, call))
    elif level == 0 and len(session.warnings) < MAX_WARNINGS:
        session.warnings.append((message, call))


def _muffled(message: str, call: Any, condition: Any) -> bool:
    if condition is None:
        condition = make_condition(message, call, ["simpleWarning", "warning", "condition"])
    return signal_with_restart(condition, "muffleWarning")


def signal_with_restart(condition: Any, restart_name: str) -> bool:
    """Signal with a restart in place that ends the signalling; whether it was invoked."""
    restart = Restart(restart_name)
    session.restarts.append(restart)
    try:
        signal(condition, classes_of(condition))
    except RestartSignal as jump:
        if jump.restart is not restart:
            raise
        return True
    finally:
        session.restarts.remove(restart)
    return False


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)


def _entry(message: str, call: Any, numbered: str, fixed: int) -> str:
    """One warning as R lists it; R moves the message to a line of its own when both do not fit on one."""
    if call is None:
        return f"{numbered}{message} \n"
    text = call_text(call)
    first = message.split("\n", 1)[0]
    gap = "\n  " if fixed + _width(text) + _width(first) > 75 else " "
    return f"{numbered}In {text} :{gap}{message}\n"


def _now(message: str, call: Any) -> str:
    if call is None:
        return f"Warning: {message}\n"
    text = call_text(call)
    gap = "\n  " if 18 + _width(text) + _width(message.split("\n", 1)[0]) > 75 else " "
    return f"Warning in {text} :{gap}{message}\n"


def show_warnings() -> None:
    """Write the deferred warnings as R does after a top-level statement."""
    kept = session.warnings
    if not kept:
        return
    session.warnings = []
    session.last_warnings = kept
    count = len(kept)
    if count == 1:
        session.write_error("Warning message:\n" + _entry(kept[0][0], kept[0][1], "", 6))
    elif count <= 10:
        lines = [_entry(m, c, f"{i}: ", 10) for i, (m, c) in enumerate(kept, 1)]
        session.write_error("Warning messages:\n" + "".join(lines))
    elif count < MAX_WARNINGS:
        session.write_error(f"There were {count} warnings (use warnings() to see them)\n")
    else:
        session.write_error(
            f"There were {MAX_WARNINGS} or more warnings (use warnings() to see the first 50)\n"
        )
