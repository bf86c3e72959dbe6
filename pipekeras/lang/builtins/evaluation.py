"""eval and its kin: code evaluated in environments, lists and data frames; local, with, within."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Const, Function, Name
from .. import lookup
from ..dispatch import dispatch_or_none, frame_of, type_of
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..evaluator.compile import Run, evaluate, form
from ..evaluator.signals import ReturnSignal
from ..frames import is_frame
from ..registry import Context, builtin
from ..session import session
from ..values import (
    NULL,
    Promise,
    RVector,
    character,
    integer,
    rlist,
)
from ..vectors.nesting import guard_nesting
from .environments import list_environment
from .stack import frame_environment


def evaluation_environment(envir: Any, enclosure: Any, ctx: Context) -> Environment:
    """Where eval() evaluates: an environment, or a list or data frame in front of one."""
    if isinstance(envir, Environment):
        return envir
    outer = enclosure if isinstance(enclosure, Environment) else ctx.env
    if envir is NULL:
        return Environment(outer)
    if isinstance(envir, RVector) and envir.type == "list":
        return list_environment(envir, outer)
    if isinstance(envir, RVector) and envir.type in ("double", "integer"):
        return frame_environment(int(envir.data[0]), ctx.env)
    raise UserError("invalid 'envir' argument of type '" + type_of(envir) + "'", code=Code.TYPE)


def evaluate_value(value: Any, env: Environment) -> Any:
    """Evaluate a language object or expression vector; other values are themselves."""
    if isinstance(value, RVector) and value.type == "expression":
        result: Any = NULL
        for each in value.data:
            session.visible = True
            result = evaluate_value(each, env)
        return result
    if not isinstance(value, (Name, Call, Function)):
        return value
    if isinstance(value, Call):
        _refuse_unreachable(value, env)
        if value.code is None:
            guard_nesting(value)  # code may be made of itself, as values may
    try:
        return evaluate(value, env)
    except ReturnSignal as jump:
        if jump.env is not env or (frame_of(env) is not None and not _is_evaluating(env)):
            raise
        return jump.value


def _refuse_unreachable(call: Call, env: Environment) -> None:
    """Where the empty environment encloses `env`, not even R's own functions and operators are visible."""
    last = env
    while last.parent is not None:
        last = last.parent
    if last is not session.base and isinstance(call.function, Name):
        lookup.lookup_function(call.function.name, env)


def _is_evaluating(env: Environment) -> bool:
    """Whether return() inside eval() ends the eval: it does, unless it is the frame's own code."""
    return True


@builtin(
    "eval(expr, envir = parent.frame(),"
    " enclos = if (is.list(envir) || is.pairlist(envir)) parent.frame() else baseenv())"
)
def eval_(ctx: Context, expr: Any, envir: Any = None, enclos: Any = None) -> Any:
    env = ctx.env if envir is None else evaluation_environment(envir, enclos, ctx)
    session.visible = True
    return evaluate_value(expr, env)


@form("evalq")
def evalq(call: Call) -> Run:
    def run(env: Environment) -> Any:
        where = env
        if len(call.args) > 1:
            given = evaluate(call.args[1].value, env)
            where = evaluation_environment(given, None, Context(env, call))
        session.visible = True
        return evaluate_value(call.args[0].value, where)

    return run


@builtin("eval.parent(expr, n = 1)")
def eval_parent(ctx: Context, expr: Any, n: Any) -> Any:
    frame = frame_of(ctx.env)
    return evaluate_value(expr, session.global_env if frame is None else frame.caller)


@form("local")
def local(call: Call) -> Run:
    given = {}
    for position, arg in zip(("expr", "envir"), call.args, strict=False):
        given[arg.name or position] = arg.value
    body = given.get("expr")

    def run(env: Environment) -> Any:
        where = evaluate(given["envir"], env) if "envir" in given else Environment(env, slots=29)
        session.visible = True
        return evaluate_value(body if not isinstance(body, Const) else evaluate(body, env), where)

    return run


@form("with")
def with_(call: Call) -> Run:
    return _with(call, "with")


@form("within")
def within(call: Call) -> Run:
    return _with(call, "within")


def _with(call: Call, generic: str) -> Run:
    def run(env: Environment) -> Any:
        pairs = promise_arguments(call, env)
        data = lookup.resolve(pairs[0][1], "data")
        pairs[0] = (pairs[0][0], Promise(call.args[0].value, None, data))
        result = dispatch_or_none(generic, data, pairs, call, env)
        if result is not None:
            return result
        node = pairs[1][1].node if isinstance(pairs[1][1], Promise) else pairs[1][1]
        where = evaluation_environment(data, env, Context(env, call))
        session.visible = True
        value = evaluate_value(node, where)
        if generic == "with":
            return value
        session.visible = True
        return _changed(data, where)

    return run


def _changed(data: RVector, env: Environment) -> Any:
    """within(): the list with variables changed, added (last made first) and removed.

    A variable made NULL leaves a data frame; in a list it is an element that is NULL.
    """
    from ..evaluator.assign import set_element, set_subset
    from ..vectors.subset import get_subset

    result: Any = data
    old = [n for n in data.names or [] if n]
    for name in [n for n in old if n in env.values] + [n for n in reversed(env.values) if n not in old]:
        value = lookup.resolve(env.values[name], name)
        into = result if result is not data else data.with_attributes(data.attributes)
        if value is NULL and not is_frame(data):
            result = set_subset(into, [character(name)], rlist([NULL]))
        else:
            result = set_element(into, [character(name)], value)
    gone = [n for n in old if n not in env.values]
    if gone:
        kept = [i + 1 for i, n in enumerate(result.names or []) if n not in gone]
        attributes = dict(result.attributes or {})
        result = get_subset(result, [integer(kept)], False)
        for name in ("class", "row.names"):
            if name in attributes:
                result = result.with_attribute(name, attributes[name])
    return result
