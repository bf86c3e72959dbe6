"""purrr's adverbs: partial, compose, negate, safely, possibly, quietly, and calls: exec, invoke, rerun."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...syntax.tree import Arg, Call, Const, Name
from ..conditions import Handler, condition_of, message_of
from ..environment import Environment
from ..evaluator.calls import apply, promise_arguments
from ..evaluator.compile import evaluate
from ..evaluator.signals import Unwind
from ..lookup import force, is_function, lookup_function
from ..primitives import PRIMITIVES
from ..registry import Context
from ..session import session
from ..values import NULL, Builtin, Dots, Promise, RVector, character, logical, rlist
from ..vectors.coerce import elements, one_flag, one_int, one_string, strings
from .lambdas import as_mapper
from .library import Library

library = Library("purrr")


def _function(name: str, work: Any, usage: str = "(...)") -> Builtin:
    return Builtin(name, f"{name}{usage}", work, wants_context=True)


@library.function("negate(.p)")
def negate(ctx, p):
    predicate = as_mapper(p, ctx)

    def negated(ctx: Context, dots: Dots) -> Any:
        from ..generics import invoke

        return invoke("!", apply(predicate, dots, None, ctx.env))

    return _function("negated", negated)


@library.special("partial")
def partial(call: Call, env: Environment) -> Any:
    """`partial(.f, ...)`: arguments are evaluated at each call; `... =` says where the others go."""
    session.visible = True
    (_, first), *rest = promise_arguments(call, env)
    f = as_mapper(force(first) if isinstance(first, Promise) else first, Context(env, call))
    given = [(n, v) for n, v in rest if n not in (".env", ".lazy", ".first")]

    def partialised(ctx: Context, dots: Dots) -> Any:
        return apply(f, [*(_again(pair) for pair in given), *dots], None, ctx.env)

    return _function("partialised", partialised)


def _again(pair: tuple[str | None, Any]) -> tuple[str | None, Any]:
    name, value = pair
    if isinstance(value, Promise) and value.value is None:
        return name, Promise(value.node, value.environment)
    return pair


@library.function("compose(..., .dir = c('backward', 'forward'))")
def compose(ctx, dots, direction):
    chain = [as_mapper(f, ctx) for _, f in dots]
    if direction.data[0] == "backward":
        chain.reverse()

    def composed(ctx: Context, dots: Dots) -> Any:
        value: Any = NULL
        for i, f in enumerate(chain):
            value = apply(f, dots if i == 0 else [(None, value)], None, ctx.env)
        return value

    return _function("composed", composed)


_CALL = Call(Name(".f"), [Arg(None, Name("..."))])


def _seen_call(f: Any) -> Call:
    """How the call looks in conditions; purrr wraps primitives in closures of their own."""
    if not isinstance(f, Builtin) or f.name not in PRIMITIVES or f.kind == "special":
        return _CALL
    function = Call(Name(".Primitive"), [Arg(None, Const(f.name))])
    return Call(function, [Arg(None, Name(p.name)) for p in f.signature.params])


def _attempt(f: Any, dots: Dots, ctx: Context) -> tuple[Any, Any]:
    """(result, None) or (None, condition)."""
    owner = object()
    handler = Handler("error", None, exiting=True, owner=owner)
    outer, depth = session.handlers, len(session.frames)
    session.handlers = [*outer, handler]
    try:
        return apply(f, dots, _seen_call(f), ctx.env), None
    except Unwind as jump:
        if jump.handler is not handler:
            raise
        return None, jump.condition
    except UserError as error:
        return None, condition_of(error)
    finally:
        session.handlers = outer
        del session.frames[depth:]


@library.function("safely(.f, otherwise = NULL, quiet = TRUE)")
def safely(ctx, f, otherwise, quiet):
    f = as_mapper(f, ctx)

    def safe(ctx: Context, dots: Dots) -> Any:
        result, condition = _attempt(f, dots, ctx)
        if condition is None:
            return rlist([result, NULL], ["result", "error"])
        _tell(condition, quiet)
        return rlist([otherwise, condition], ["result", "error"])

    return _function("safe", safe)


def _tell(condition: Any, quiet: Any) -> None:
    if not one_flag(quiet, "quiet"):
        session.write_error(f"Error: {message_of(condition)}\n")


@library.function("possibly(.f, otherwise = NULL, quiet = TRUE)")
def possibly(ctx, f, otherwise, quiet):
    f = as_mapper(f, ctx)

    def possible(ctx: Context, dots: Dots) -> Any:
        result, condition = _attempt(f, dots, ctx)
        if condition is None:
            return result
        _tell(condition, quiet)
        return otherwise

    return _function("possible", possible)


@library.function("quietly(.f)")
def quietly(ctx, f):
    f = as_mapper(f, ctx)

    def quiet(ctx: Context, dots: Dots) -> Any:
        texts: dict[str, list[str]] = {"warning": [], "message": []}
        handlers = [
            Handler(kind, lambda condition, kind=kind: _muffle(condition, kind, texts[kind]), exiting=False)
            for kind in texts
        ]
        outer, write = session.handlers, session.write
        out: list[str] = []
        session.handlers, session.write = [*outer, *handlers], out.append
        try:
            result = apply(f, dots, None, ctx.env)
        finally:
            session.handlers, session.write = outer, write
        printed = "".join(out).removesuffix("\n")
        return rlist(
            [result, character(printed), character(texts["warning"]), character(texts["message"])],
            ["result", "output", "warnings", "messages"],
        )

    return _function("quiet", quiet)


def _muffle(condition: Any, kind: str, texts: list[str]) -> None:
    from ..evaluator.signals import RestartSignal

    texts.append(message_of(condition))
    name = "muffleWarning" if kind == "warning" else "muffleMessage"
    restart = next(r for r in reversed(session.restarts) if r.name == name)
    raise RestartSignal(restart, [])


# --- calls -------------------------------------------------------------------------------------------------


@library.special("exec")
def exec_(call: Call, env: Environment) -> Any:
    """`exec(.fn, ..., .env)`: a call whose arguments may be spread by `!!!`."""
    from .quosures import quosures

    session.visible = True
    (_, first), *rest = promise_arguments(call, env)
    fn = force(first) if isinstance(first, Promise) else first
    f = fn if is_function(fn) else lookup_function(one_string(fn, ".fn"), env)
    parts = quosures([(n, v) for n, v in rest if n != ".env"], env)
    return apply(f, [(p.name, evaluate(p.node, p.env)) for p in parts], None, env)


@library.function("invoke(.f, .x = NULL, ..., .env = NULL)")
def invoke_(ctx, f, x, dots, env):
    f = f if is_function(f) else lookup_function(one_string(f, ".f"), ctx.env)
    return apply(f, [*_pairs(x), *dots], None, ctx.env)


def _pairs(x: Any) -> Dots:
    if x is NULL:
        return []
    return [(n or None, v) for n, v in zip(x.names or [None] * len(x), elements(x), strict=True)]


@library.function("invoke_map(.f, .x = list(NULL), ..., .env = NULL)")
def invoke_map(ctx, f, x, dots, env):
    functions = elements(f) if isinstance(f, RVector) else [f]
    found = [g if is_function(g) else lookup_function(strings(g, ".f")[0] or "", ctx.env) for g in functions]
    rows = elements(x)
    size = max(len(found), len(rows))
    out = []
    for i in range(size):
        row = rows[i % len(rows)]
        pairs = _pairs(row) if isinstance(row, RVector) else [] if row is NULL else [(None, row)]
        out.append(apply(found[i % len(found)], [*pairs, *dots], None, ctx.env))
    names = f.names if isinstance(f, RVector) else None
    return rlist(out, names)


@library.special("rerun")
def rerun(call: Call, env: Environment) -> Any:
    """`rerun(n, ...)`: the expressions evaluated n times."""
    session.visible = True
    first, *rest = call.args
    count = one_int(evaluate(first.value, env), ".n")
    if len(rest) == 1 and not rest[0].name:
        return rlist([evaluate(rest[0].value, env) for _ in range(count)])
    names = [arg.name for arg in rest] if any(arg.name for arg in rest) else None
    return rlist([rlist([evaluate(arg.value, env) for arg in rest], names) for _ in range(count)])


@library.function("`%||%`(x, y)")
def or_else(x, y):
    return y if x is NULL else x


@library.function("is_formula(x, scoped = NULL, lhs = NULL)")
def is_formula(x, scoped, lhs):
    from ..models.formulas import is_formula as test

    return logical(test(x))
