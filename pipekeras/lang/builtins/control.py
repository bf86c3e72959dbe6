"""Evaluation itself: switch, quote, substitute, missing, on.exit, formulas, do.call, Recall, invisible."""

from __future__ import annotations

import time
from typing import Any

from ...errors import Code, UserError
from ...signature import DOTS
from ...syntax.tree import EMPTY, Arg, Call, Const, Name
from ..conditions import call_text, settle, warn
from ..dispatch import frame_arguments, frame_of, use_method
from ..environment import Environment
from ..evaluator import blocks, extract, loops, operators, replacement  # noqa: F401  declare their forms
from ..evaluator.calls import apply, match_function, promise_arguments
from ..evaluator.compile import Run, code_of, evaluate, find_dots, form
from ..evaluator.signals import Quit, ReturnSignal
from ..evaluator.substitution import as_node, quoted, substitute
from ..lookup import is_function, is_missing, lookup_function, resolve
from ..registry import Context, builtin
from ..session import Frame, session
from ..values import (
    EMPTY_SYMBOL,
    MISSING,
    NULL,
    Builtin,
    Dots,
    Formula,
    RVector,
    character,
    double,
    integer,
    logical,
    rlist,
)
from ..vectors.coerce import elements, has_class, one_flag, one_number


@form("quote")
def quote(call: Call) -> Run:
    value = quoted(call.args[0].value)
    return lambda env: value


@form("substitute")
def substitute_form(call: Call) -> Run:
    node = call.args[0].value

    def run(env: Environment) -> Any:
        where: Any = env
        if len(call.args) > 1:
            where = evaluate(call.args[1].value, env)
        session.visible = True
        return quoted(node) if where is session.global_env else substitute(node, where)

    return run


@form("missing")
def missing(call: Call) -> Run:
    node = call.args[0].value
    name = node.name if isinstance(node, Name) else node.value if isinstance(node, Const) else None

    def run(env: Environment) -> Any:
        session.visible = True
        if not isinstance(name, str) or name not in env.values:
            error = UserError("'missing' can only be used for arguments", code=Code.ARGUMENT)
            settle(error, call)
            raise error
        return logical(is_missing(name, env))

    return run


@form("on.exit")
def on_exit(call: Call) -> Run:
    given = {}
    for position, arg in zip(("expr", "add", "after"), call.args, strict=False):
        given[arg.name or position] = arg.value
    add = code_of(given["add"]) if "add" in given else None
    after = code_of(given["after"]) if "after" in given else None
    node = given.get("expr")

    def run(env: Environment) -> Any:
        frame = frame_of(env)
        session.visible = False
        if frame is None:
            return NULL
        new = [] if node is None else [node]
        old = frame.on_exit or []
        if add is None or not one_flag(add(env), "add"):
            frame.on_exit = new
        elif after is None or one_flag(after(env), "after"):
            frame.on_exit = [*old, *new]
        else:
            frame.on_exit = [*new, *old]
        session.visible = False
        return NULL

    return run


@form("switch")
def switch(call: Call) -> Run:
    args = [a for a in call.args if a.name != "EXPR"]
    named = [a for a in call.args if a.name == "EXPR"]
    if not named:
        named, args = args[:1], args[1:]
    if not named:
        return _failing(call, "'EXPR' is missing")
    chooser = code_of(named[0].value)
    runs = [None if a.value is EMPTY else code_of(a.value) for a in args]
    if not args:
        return _without_alternatives(chooser, call)
    by_name: dict[str, int] = {}
    for i, arg in enumerate(args):
        if arg.name:
            by_name.setdefault(arg.name, i)
    defaults = [i for i, a in enumerate(args) if not a.name]

    def run(env: Environment) -> Any:
        value = chooser(env)
        session.visible = True
        at = _chosen(value, by_name, defaults, len(args), call)
        while at is not None and at < len(runs):
            chosen = runs[at]
            if chosen is not None:
                return chosen(env)
            if not (isinstance(value, RVector) and value.type == "character"):
                raise UserError("empty alternative in numeric switch", code=Code.ARGUMENT)
            at += 1
        session.visible = False
        return NULL

    return run


def _without_alternatives(chooser: Run, call: Call) -> Run:
    def run(env: Environment) -> Any:
        chooser(env)
        warn("'switch' with no alternatives", call)
        session.visible = False
        return NULL

    return run


def _chosen(value: Any, by_name: dict[str, int], defaults: list[int], count: int, call: Call) -> int | None:
    if not isinstance(value, RVector) or len(value) != 1 or value.type in ("list", "expression"):
        error = UserError(
            "EXPR must be a length 1 vector", code=Code.ARGUMENT, cause="switch chooses by one text or number"
        )
        settle(error, call)
        raise error
    if value.type == "character":
        word = value.data[0]
        if len(defaults) > 1:
            error = UserError(
                "duplicate 'switch' defaults: "
                + " and ".join(f"'{call_text(call.args[i + 1].value)}'" for i in defaults[:2]),
                code=Code.ARGUMENT,
            )
            settle(error, call)
            raise error
        if word is None:
            word = "NA"
        return by_name.get(word, defaults[0] if defaults else None)
    if has_class(value, "factor"):
        warn(
            'EXPR is a "factor", treated as integer.\n'
            " Consider using 'switch(as.character( * ), ...)' instead.",
            call,
        )
    if value.is_na()[0]:
        return None
    number = int(value.data[0])
    return number - 1 if 1 <= number <= count else None


def _failing(call: Call, message: str) -> Run:
    def run(env: Environment) -> Any:
        error = UserError(message, code=Code.ARGUMENT)
        settle(error, call)
        raise error

    return run


@form("~")
def formula(call: Call) -> Run:
    def run(env: Environment) -> Any:
        session.visible = True
        return Formula(call, {"class": character("formula"), ".Environment": env})

    return run


@form("UseMethod")
def use_method_form(call: Call) -> Run:
    tail = use_method_tail(call)

    def run(env: Environment) -> Any:
        raise ReturnSignal(env, tail(env))

    return run


def use_method_tail(call: Call) -> Run:
    """UseMethod as the last thing in a function: its value is the function's."""
    generic = code_of(call.args[0].value)
    value = code_of(call.args[1].value) if len(call.args) > 1 else None

    def run(env: Environment) -> Any:
        frame = frame_of(env)
        if frame is None:
            error = UserError("UseMethod called from outside a function", code=Code.VALUE)
            settle(error, call)
            raise error
        name = str(generic(env).data[0])
        try:
            return use_method(name, value(env) if value else _dispatched_on(frame), frame)
        except UserError as error:
            if not error.settled:
                settle(error, call)
            raise

    return run


def _dispatched_on(frame: Frame) -> Any:
    """The argument that the call gives for the function's first formal, whatever it holds by now.

    Without one it is the first that was given: R looks for the name, for the start of the name, then for an
    argument without a name. A default is never dispatched on.
    """
    given, formals = frame_arguments(frame), frame.env.code.signature.names
    if not given or not formals:
        return NULL
    first = formals[0]
    ranks = [_nearness(name, first) for name, _ in given]
    value = given[ranks.index(min(ranks))][1]
    return NULL if value is MISSING else resolve(value, first)


def _nearness(name: str | None, formal: str) -> int:
    if formal == DOTS:
        return 0
    if not name:
        return 2
    return 0 if name == formal else 1 if formal.startswith(name) else 3


@form("NextMethod")
def next_method(call: Call) -> Run:
    def run(env: Environment) -> Any:
        from ..dispatch import next_method as go_on

        frame = frame_of(env)
        if frame is None:
            raise UserError("NextMethod called from outside a method dispatch", code=Code.VALUE)
        extra = [
            (n, v)
            for i, (n, v) in enumerate(promise_arguments(call, env))
            if i > 1 or (n is not None and n not in ("generic", "object"))
        ]
        return go_on(frame, extra, env)

    return run


@form("expression")
def expression(call: Call) -> Run:
    values = [quoted(a.value) for a in call.args]
    names = [a.name for a in call.args]
    vector = rlist(values, names if any(names) else None)
    result = RVector("expression", vector.data, vector.attributes)
    result.named = 2
    return lambda env: result


@form("function")
def function_form(call: Call) -> Run:
    """`as.call(list(as.name("function"), formals, body))`."""
    formals, body = call.args[0].value, call.args[1].value

    def run(env: Environment) -> Any:
        from ..functions import make_closure

        return make_closure(evaluate(formals, env), quoted(body), env)

    return run


@form("::", ":::")
def namespaced(call: Call) -> Run:
    from ..packages import exported

    package, name = (_word(a.value) for a in call.args)
    return lambda env: exported(package, name, call)


def _word(node: Any) -> str:
    return node.name if isinstance(node, Name) else str(node.value)


@form("invisible")
def invisible(call: Call) -> Run:
    value = code_of(call.args[0].value) if call.args else None

    def run(env: Environment) -> Any:
        result = NULL if value is None else value(env)
        session.visible = False
        return result

    return run


@form("withVisible")
def with_visible(call: Call) -> Run:
    value = code_of(call.args[0].value)

    def run(env: Environment) -> Any:
        session.visible = True
        result = value(env)
        shown = session.visible
        session.visible = True
        return rlist([result, logical(shown)], ["value", "visible"])

    return run


@form("system.time")
def system_time(call: Call) -> Run:
    value = code_of(call.args[0].value)

    def run(env: Environment) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        value(env)
        session.visible = True
        used = [time.process_time() - cpu, 0.0, time.perf_counter() - wall, 0.0, 0.0]
        names = character(["user.self", "sys.self", "elapsed", "user.child", "sys.child"])
        return double(used, {"names": names, "class": character("proc_time")})

    return run


@builtin("do.call(what, args, quote = FALSE, envir = parent.frame())")
def do_call(ctx: Context, what: Any, args: Any, quote: Any, envir: Any = None) -> Any:
    named = isinstance(what, RVector) and what.type == "character" and len(what) == 1
    env = envir if isinstance(envir, Environment) else ctx.env
    if not isinstance(args, RVector) or args.type != "list":
        raise UserError("second argument must be a list", code=Code.ARGUMENT)
    if not named and not is_function(what):
        raise UserError("'what' must be a function or character string", code=Code.FUNCTION)
    function = lookup_function(what.data[0], env) if named else what
    names = args.names or [None] * len(args)
    pairs: Dots = [(n or None, v) for n, v in zip(names, elements(args), strict=True)]
    head: Any = Name(what.data[0]) if isinstance(what, RVector) else Const(what)
    written = [Arg(n, as_node(v)) for n, v in pairs]
    call = Call(head, written)
    if not one_flag(quote, "quote"):
        if isinstance(function, Builtin) and function.kind == "special":
            return function.function(Call(Name(function.name), [_written(arg) for arg in written]), env)
        if any(arg.value.__class__ is not Const for arg in written):
            pairs = [(n, _evaluated(v, env)) for n, v in pairs]
    return apply(function, pairs, call, env)


def _evaluated(value: Any, env: Environment) -> Any:
    if value is EMPTY_SYMBOL:
        return MISSING
    return evaluate(value, env) if isinstance(value, (Name, Call)) else value


def _written(arg: Arg) -> Arg:
    """The argument as it would stand in code: one text is a string constant."""
    value = arg.value.value if isinstance(arg.value, Const) else None
    if isinstance(value, RVector) and value.type == "character" and len(value) == 1 and not value.attributes:
        return Arg(arg.name, Const(value.data[0]))
    return arg


@builtin("Recall(...)")
def recall(ctx: Context, dots: Dots) -> Any:
    frame = frame_of(ctx.env)
    if frame is None:
        raise UserError("'Recall' called from outside a closure", code=Code.VALUE)
    return apply(frame.function, dots, frame.call, frame.caller)


@builtin("identity(x)", "force", invisible=None)
def identity(ctx: Context, x: Any) -> Any:
    """What a call as the argument returns invisibly stays so; values are shown."""
    if ctx.call is None or not any(isinstance(a.value, Call) for a in ctx.call.args):
        session.visible = True
    return x


@builtin("forceAndCall(n, FUN, ...)")
def force_and_call(ctx: Context, n: Any, function: Any, dots: Dots) -> Any:
    return apply(match_function(function, ctx), dots, ctx.call, ctx.env)


@form("...length")
def dots_length(call: Call) -> Run:
    return lambda env: integer(len(_dots_or_error(env)))


@form("...names")
def dots_names(call: Call) -> Run:
    def run(env: Environment) -> Any:
        names = [n for n, _ in _dots_or_error(env)]
        return character([n or "" for n in names]) if any(names) else NULL

    return run


@builtin("...elt(n)")
def dots_elt(ctx: Context, n: Any) -> Any:
    from ..evaluator.compile import dots_element

    return dots_element(ctx.env, int(n.data[0]))


def _dots_or_error(env: Environment) -> Dots:
    dots = find_dots(env)
    if dots is None:
        raise UserError("incorrect context: the current call has no '...' to look in", code=Code.ARGUMENT)
    return dots


@form("nargs")
def nargs(call: Call) -> Run:
    def run(env: Environment) -> Any:
        frame = frame_of(env)
        return integer(0 if frame is None else len(frame.arguments or []))

    return run


@builtin("interactive()")
def interactive() -> Any:
    return logical(session.interactive)


@builtin("commandArgs(trailingOnly = FALSE)")
def command_args(trailing_only: Any) -> Any:
    trailing = bool(trailing_only.data[0])
    return character(session.arguments if trailing else ["pipekeras", "--args", *session.arguments])


@builtin("quit(save = 'default', status = 0, runLast = TRUE)", "q")
def quit(save: Any, status: Any, run_last: Any) -> Any:
    for frame in session.frames:
        frame.on_exit = None
    raise Quit(int(status.data[0]))


@builtin("Sys.sleep(time)", invisible=True)
def sys_sleep(seconds: Any) -> Any:
    numeric = isinstance(seconds, RVector) and seconds.type != "character"
    wanted = one_number(seconds, "time") if numeric else -1.0
    if not wanted >= 0:
        raise UserError("invalid 'time' value", code=Code.VALUE, cure="give a number of seconds from 0 on")
    end = time.monotonic() + wanted
    while (left := end - time.monotonic()) > 0:  # in slices: Ctrl-C cannot wake a thread
        time.sleep(min(left, 0.05))
    return NULL
