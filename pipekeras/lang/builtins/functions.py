"""Functions as objects: formals, body, args, arity, match.arg, match.call, Vectorize, Negate, and friends."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...signature import DOTS
from ...syntax.tree import EMPTY, Arg, Call, Const, Name
from .. import lookup
from ..choices import begun_by, no_choice
from ..dispatch import frame_arguments, frame_of
from ..environment import Environment
from ..evaluator.calls import apply, match_arguments, match_function, promise_arguments
from ..evaluator.compile import Run, evaluate, form
from ..evaluator.substitution import as_node, quoted
from ..functions import formals_of, make_closure
from ..primitives import PRIMITIVES
from ..registry import Context, builtin
from ..session import session
from ..values import (
    NULL,
    Builtin,
    Closure,
    Dots,
    Promise,
    RVector,
    character,
    integer,
    logical,
    rlist,
)
from ..vectors.coerce import elements, one_flag, strings


def _function(value: Any, ctx: Context) -> Any:
    return match_function(value, ctx) if isinstance(value, RVector) else value


@builtin("formals(fun = sys.function(sys.parent()), envir = parent.frame())")
def formals(ctx: Context, fun: Any = None, envir: Any = None) -> Any:
    if fun is None:
        frame = frame_of(ctx.env)
        fun = NULL if frame is None else frame.function
    fun = _function(fun, ctx)
    if isinstance(fun, Closure) or (isinstance(fun, Builtin) and fun.name not in PRIMITIVES):
        return formals_of(fun)
    return NULL


@builtin("formalArgs(def)")
def formal_args(ctx: Context, def_: Any) -> Any:
    return character(_function(def_, ctx).signature.names)


@builtin("body(fun = sys.function(sys.parent()))")
def body(ctx: Context, fun: Any = None) -> Any:
    if fun is None:
        frame = frame_of(ctx.env)
        fun = NULL if frame is None else frame.function
    fun = _function(fun, ctx)
    return quoted(fun.node.body) if isinstance(fun, Closure) else NULL


@builtin("as.list.function(x, ...)")
def as_list_function(ctx: Context, x: Any, dots: Dots) -> RVector:
    """The formals, and the body behind them."""
    given = formals(ctx, x)
    if given is NULL:
        return rlist([body(ctx, x)])
    return rlist([*given.data, body(ctx, x)], [*given.names, ""])


@builtin("args(name)")
def args(ctx: Context, name: Any) -> Any:
    function = _function(name, ctx)
    if not isinstance(function, (Closure, Builtin)):
        return NULL
    return make_closure(formals_of(function), NULL, session.global_env)


@builtin("arity(f)")
def arity(f: Any) -> Any:
    return integer(len(f.signature.names))


@builtin("`body<-`(fun, envir = environment(fun), value)")
def set_body(fun: Any, envir: Any = None, value: Any = NULL) -> Any:
    return make_closure(formals_of(fun), value, fun.environment)


@builtin("`formals<-`(fun, envir = environment(fun), value)")
def set_formals(fun: Any, envir: Any = None, value: Any = NULL) -> Any:
    return make_closure(value, quoted(fun.node.body), fun.environment)


@builtin("as.function(x, envir = parent.frame(), ...)", "as.function.default")
def as_function(ctx: Context, x: Any, envir: Any = None, dots: Any = None) -> Any:
    if lookup.is_function(x):
        return x
    if not isinstance(x, RVector) or x.type != "list":
        raise UserError("list argument expected", code=Code.TYPE)
    items, names = elements(x), x.names or [""] * len(x)
    params = rlist(items[:-1], names[:-1])
    return make_closure(params, items[-1], ctx.env if envir is None else envir)


@form("alist")
def alist(call: Call) -> Run:
    values = [quoted(a.value) for a in call.args]
    names = [a.name for a in call.args]
    return lambda env: rlist(values, names if any(names) else None)


@builtin("is.function(x)")
def is_function(x: Any) -> Any:
    return logical(lookup.is_function(x))


@builtin("is.primitive(x)")
def is_primitive(x: Any) -> Any:
    from ..primitives import PRIMITIVES

    return logical(isinstance(x, Builtin) and x.name in PRIMITIVES)


@builtin("match.fun(FUN, descend = TRUE)")
def match_fun(ctx: Context, fun: Any, descend: Any) -> Any:
    return match_function(fun, ctx)


# Matching


@form("match.arg")
def match_arg(call: Call) -> Run:
    def run(env: Environment) -> Any:
        given: dict[str, Any] = {}
        free = iter(("arg", "choices", "several.ok"))
        for name, value in promise_arguments(call, env):
            given[name or next(f for f in free if f not in given)] = value
        argument = given["arg"]
        value = lookup.resolve(argument, "arg")
        several = "several.ok" in given and one_flag(lookup.resolve(given["several.ok"], ""), "several.ok")
        session.visible = True
        if "choices" in given:
            return _matched(value, lookup.resolve(given["choices"], "choices"), several, argument, call)
        choices = _formal_choices(argument, env)
        if not several and _same_strings(value, choices):
            return character(choices.data[0])
        return _matched(value, choices, several, argument, call)

    return run


def _same_strings(a: Any, b: Any) -> bool:
    return isinstance(a, RVector) and isinstance(b, RVector) and list(a.data) == list(b.data)


def _formal_choices(argument: Any, env: Environment) -> Any:
    """The default of the caller's formal: what match.arg(type) chooses from."""
    frame = frame_of(env)
    if frame is None or not isinstance(argument, Promise) or not isinstance(argument.node, Name):
        raise UserError("match.arg needs the name of a formal argument", code=Code.ARGUMENT)
    default = frame.function.node.code.defaults.get(argument.node.name, NULL)
    return evaluate(default, env)


def _matched(value: Any, choices: Any, several: bool, argument: Any, call: Call) -> Any:
    from ..conditions import settle

    known = [str(c) for c in choices.data]
    try:
        if value is NULL:
            return character(known[0])
        if not isinstance(value, RVector) or value.type != "character":
            raise UserError("'arg' must be NULL or a character vector", code=Code.TYPE)
        if not several and len(value) != 1:
            raise UserError("'arg' must be of length 1", code=Code.VALUE)
        if not len(value):
            raise UserError("'arg' must be of length >= 1", code=Code.VALUE)
        found = [m for m in (begun_by(str(v), known) for v in value.data) if m is not None]
        if not found:
            raise no_choice([str(v) for v in value.data], known)
        return character(found)
    except UserError as error:
        settle(error, call)
        raise


@builtin(
    "match.call(definition = sys.function(sys.parent()), call = sys.call(sys.parent()), "
    "expand.dots = TRUE, envir = parent.frame(2L))"
)
def match_call(
    ctx: Context, definition: Any = None, call: Any = None, expand_dots: Any = None, envir: Any = None
) -> Any:
    frame = frame_of(ctx.env)
    if definition is None or definition is NULL:
        if frame is None:
            raise UserError("match.call() was called from outside a function", code=Code.VALUE)
        definition = frame.function
    if call is None:
        assert frame is not None
        pairs = [(n, _expression(v)) for n, v in frame_arguments(frame)]
        head = frame.call.function
        call = frame.call
    else:
        pairs, head = [(a.name, a.value) for a in call.args], call.function
    if isinstance(definition, Builtin) and definition.name in PRIMITIVES:
        raise UserError("invalid 'definition' argument", code=Code.TYPE)
    expand = expand_dots is None or one_flag(expand_dots, "expand.dots")
    matched = match_arguments(definition.signature, pairs, call, definition)
    made: list[Arg] = []
    for name in definition.signature.names:
        if name == DOTS:
            dots = [Arg(n, v) for n, v in matched.dots]
            if expand:
                made += dots
            elif dots:
                made.append(Arg(DOTS, Const(rlist([quoted(a.value) for a in dots], [a.name for a in dots]))))
        elif name in matched.values and matched.values[name] is not EMPTY:
            made.append(Arg(name, matched.values[name]))
    return Call(head, made)


def _expression(value: Any) -> Any:
    while isinstance(value, Promise):
        value = value.node
    return as_node(value)


# Functions from functions


def _python_closure(usage: str, work: Any) -> Builtin:
    return Builtin("<function>", usage, work, wants_context=True)


@builtin("Negate(f)")
def negate(ctx: Context, f: Any) -> Any:
    function = match_function(f, ctx)

    def negated(inner: Context, dots: Dots) -> Any:
        result = apply(function, dots, inner.call, inner.env)
        return apply(lookup.lookup_function("!", session.base), [(None, result)])

    return _python_closure("f(...)", negated)


@builtin("Vectorize(FUN, vectorize.args = arg.names, SIMPLIFY = TRUE, USE.NAMES = TRUE)")
def vectorize(
    ctx: Context, function: Any, vectorize_args: Any = None, simplify: Any = None, use_names: Any = None
) -> Any:
    function = match_function(function, ctx)
    names = [n for n in function.signature.names if n != DOTS]
    chosen = names if vectorize_args is None else strings(vectorize_args, "vectorize.args")
    options: Dots = [("SIMPLIFY", logical(True) if simplify is None else simplify)]
    options.append(("USE.NAMES", logical(True) if use_names is None else use_names))

    def vectorized(inner: Context, dots: Dots) -> Any:
        matched = match_arguments(function.signature, dots, inner.call, function)
        over = [(n, v) for n, v in matched.values.items() if n in chosen]
        fixed = [(n, v) for n, v in matched.values.items() if n not in chosen] + matched.dots
        if not over:
            return apply(function, dots, inner.call, inner.env)
        more = rlist([v for _, v in fixed], [n or "" for n, _ in fixed])
        mapply = lookup.lookup_function("mapply", session.base)
        return apply(mapply, [("FUN", function), *over, ("MoreArgs", more), *options], None, inner.env)

    return _python_closure("f(...)", vectorized)


@builtin("Compose(...)")
def compose(ctx: Context, dots: Dots) -> Any:
    functions = [match_function(f, ctx) for _, f in dots]

    def composed(inner: Context, given: Dots) -> Any:
        value = apply(functions[0], given, inner.call, inner.env)
        for function in functions[1:]:
            value = apply(function, [(None, value)], inner.call, inner.env)
        return value

    return _python_closure("f(...)", composed)
