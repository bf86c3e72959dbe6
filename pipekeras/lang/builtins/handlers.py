"""tryCatch, try, withCallingHandlers, suppressWarnings, and restarts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Arg, Call, Name
from ..conditions import Handler, Restart, call_text, classes_of, make_condition, message_of, part, settle
from ..environment import Environment
from ..evaluator.calls import apply, may_finish, promise_arguments, too_deep
from ..evaluator.compile import Run, code_of, evaluate, form
from ..evaluator.signals import Abort, Quit, RestartSignal, Unwind
from ..lookup import is_function, resolve
from ..registry import builtin
from ..session import Frame, session
from ..values import MISSING, NULL, Dots, Promise, RVector, character, rlist
from ..vectors.coerce import one_flag, strings


def _handlers(call: Call, own: tuple[str, ...], env: Environment) -> tuple[Any, Any, list[tuple[str, Any]]]:
    """(expression or promise, finally node, [(class, handler)]) of tryCatch and withCallingHandlers."""
    expression: Any = None
    final: Any = None
    handlers: list[tuple[str, Any]] = []
    for name, value in promise_arguments(call, env):
        if name == "finally" and "finally" in own:
            final = value
        elif name == "expr" or (not name and expression is None):
            expression = value
        elif name:
            handlers.append((name, resolve(value, name)))
        else:
            raise UserError("condition handlers must be specified with a condition class", code=Code.ARGUMENT)
    return expression, final, handlers


def _evaluated(promise: Any, call: Any = None) -> Any:
    """Force the expression, with a frame on the stack that shows the call, as R's handlers have."""
    if promise is None or promise is MISSING:
        return NULL
    if call is None:
        return resolve(promise, "expr")
    session.frames.append(Frame(call, None, _NOWHERE, session.global_env))
    try:
        return resolve(promise, "expr")
    except UserError as error:
        if not error.settled:
            settle(error, call)
        raise
    finally:
        session.frames.pop()


_NOWHERE = Environment(None)
_DO_TRY_CATCH = Call(
    Name("doTryCatch"),
    [
        Arg(None, Call(Name("return"), [Arg(None, Name("expr"))])),
        *(Arg(None, Name(name)) for name in ("name", "parentenv", "handler")),
    ],
)
"""The call that R's tryCatch evaluates its expression in: it shows in conditions signalled right there."""


@form("tryCatch")
def try_catch(call: Call) -> Run:
    def run(env: Environment) -> Any:
        expression, final, handlers = _handlers(call, ("finally",), env)
        leaving = False
        try:
            return catching(lambda: _evaluated(expression, _DO_TRY_CATCH if handlers else call), handlers)
        except Quit:
            leaving = True
            raise
        finally:
            if final is not None and not leaving and may_finish():
                visible = session.visible
                resolve(final, "finally")
                session.visible = visible

    return run


def catching(work: Callable[[], Any], handlers: list[tuple[str, Any]]) -> Any:
    """Do work with exiting handlers set up; a condition that one waits for becomes its value."""
    if not handlers:
        return work()
    outer = session.handlers
    owner = object()
    session.handlers = [*outer, *(Handler(c, f, True, owner) for c, f in reversed(handlers))]
    depth = len(session.frames)
    try:
        return _settled(work)
    except Unwind as jump:
        if jump.handler.owner is not owner:
            raise
        session.handlers = outer
        del session.frames[depth:]
        session.visible = True
        return _handled(jump.handler.function, jump.condition)
    except KeyboardInterrupt:
        function = next((f for c, f in handlers if c == "interrupt"), None)
        if function is None:
            raise
        session.handlers = outer
        return _handled(function, make_condition("", None, ["interrupt", "condition"]))
    finally:
        session.handlers = outer


def _handled(function: Any, condition: Any) -> Any:
    if is_function(function):
        return apply(function, [(None, condition)], Call(Name("value[[3L]]"), [], None))
    return function(condition)


def _settled(work: Callable[[], Any]) -> Any:
    """Do work; errors that nobody has settled yet ask the handlers now."""
    try:
        return work()
    except UserError as error:
        if not error.settled:
            settle(error, session.frames[-1].call if session.frames else None)
        raise
    except RecursionError:
        error = too_deep()
        settle(error, None)
        raise error from None
    except MemoryError:
        error = UserError("cannot allocate memory", code=Code.LIMIT)
        settle(error, None)
        raise error from None


@form("withCallingHandlers")
def with_calling_handlers(call: Call) -> Run:
    def run(env: Environment) -> Any:
        expression, _, handlers = _handlers(call, (), env)
        outer = session.handlers
        session.handlers = [*outer, *(Handler(c, f, False) for c, f in reversed(handlers))]
        try:
            return _settled(lambda: _evaluated(expression, call))
        finally:
            session.handlers = outer

    return run


@form("try")
def try_(call: Call) -> Run:
    def run(env: Environment) -> Any:
        given: dict[str, Any] = {"expr": None, "silent": None, "outFile": None}
        positional = iter(("expr", "silent", "outFile"))
        for name, value in promise_arguments(call, env):
            given[name or next(positional)] = value
        silent = given["silent"] is not None and one_flag(resolve(given["silent"], "silent"), "silent")
        return catching(
            lambda: _evaluated(given["expr"], _DO_TRY_CATCH),
            [("error", lambda condition: _try_error(condition, silent, call))],
        )

    return run


def _try_error(condition: Any, silent: bool, own: Call) -> Any:
    call = part(condition, "call")
    if call is _DO_TRY_CATCH:
        call = own
    text = error_line(message_of(condition), None if call is NULL else call)
    session.last_error = text
    if not silent:
        session.write_error(text)
    session.visible = False
    return RVector(
        "character",
        character([text]).data,
        {"class": character("try-error"), "condition": condition},
    )


def error_line(message: str, call: Any) -> str:
    """How try() shows an error: with the call, and the message on a line of its own if they are long."""
    if call is None:
        return f"Error : {message}\n"
    shown = call_text(call)
    wide = 14 + len(shown) + len(message.split("\n", 1)[0]) > 75
    return f"Error in {shown} : " + ("\n  " if wide else "") + f"{message}\n"


@form("suppressWarnings")
def suppress_warnings(call: Call) -> Run:
    return _muffling(call, "warning", "muffleWarning")


@form("suppressMessages", "suppressPackageStartupMessages")
def suppress_messages(call: Call) -> Run:
    return _muffling(call, "message", "muffleMessage")


def _muffling(call: Call, condition_class: str, restart: str) -> Run:
    expressions = [a.value for a in call.args if a.name in (None, "expr")]
    classes = next((a.value for a in call.args if a.name == "classes"), None)
    for each in expressions:
        code_of(each)

    def run(env: Environment) -> Any:
        promise = Promise(expressions[0], env) if expressions else None
        wanted = {condition_class}
        if classes is not None:
            wanted = set(strings(evaluate(classes, env), "classes"))

        def muffle(condition: Any) -> Any:
            if wanted & set(classes_of(condition)):
                invoke(restart, [])

        outer = session.handlers
        session.handlers = [*outer, Handler(condition_class, muffle, False)]
        try:
            return NULL if promise is None else _evaluated(promise, call)
        finally:
            session.handlers = outer

    return run


# Restarts


def invoke(name: str, arguments: list[Any]) -> Any:
    """Jump to the innermost restart of that name."""
    for restart in reversed(session.restarts):
        if restart.name == name:
            raise RestartSignal(restart, arguments)
    if name == "abort":
        raise Abort
    raise UserError(f"no 'restart' '{name}' found", code=Code.NAME)


@builtin("invokeRestart(r, ...)")
def invoke_restart(r: Any, dots: Dots) -> Any:
    return invoke(_name_of(r), [v for _, v in dots])


def _name_of(r: Any) -> str:
    """The name in a restart object, or the name itself."""
    return r.data[0].data[0] if r.type == "list" else r.data[0]


def _known_restarts() -> list[Any]:
    return [*(_restart_object(r.name) for r in reversed(session.restarts)), _ABORT]


@builtin("computeRestarts(cond = NULL)")
def compute_restarts(cond: Any) -> Any:
    return rlist(_known_restarts())


@builtin("findRestart(name, cond = NULL)")
def find_restart(name: Any, cond: Any) -> Any:
    return next((r for r in _known_restarts() if _name_of(r) == name.data[0]), NULL)


@builtin("tryInvokeRestart(r, ...)")
def try_invoke_restart(r: Any, dots: Dots) -> Any:
    name = _name_of(r)
    if not any(_name_of(known) == name for known in _known_restarts()):
        return NULL
    return invoke(name, [v for _, v in dots])


def _restart_object(name: str) -> RVector:
    return rlist([character(name), NULL], ["name", "exit"], {"class": character("restart")})


_ABORT = rlist([character("abort"), NULL], attributes={"class": character("restart")})


@builtin("print.restart(x, ...)", invisible=True)
def print_restart(x: Any, dots: Dots) -> Any:
    session.write(f"<restart: {_name_of(x)} >\n")
    return x


@form("withRestarts")
def with_restarts(call: Call) -> Run:
    def run(env: Environment) -> Any:
        expression, _, pairs = _handlers(call, (), env)
        restarts = [Restart(name, function) for name, function in pairs]
        session.restarts += reversed(restarts)
        depth, handlers = len(session.frames), session.handlers
        try:
            return _evaluated(expression)
        except RestartSignal as jump:
            if jump.restart not in restarts:
                raise
            del session.frames[depth:]
            session.handlers = handlers
            return apply(jump.restart.function, [(None, v) for v in jump.arguments])
        finally:
            session.restarts = [r for r in session.restarts if r not in restarts]

    return run
