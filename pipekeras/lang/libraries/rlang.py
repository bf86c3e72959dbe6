"""rlang: symbols, quosures and expressions captured and evaluated, conditions, small predicates."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...syntax.tree import Arg, Call, Function, Name
from ..conditions import make_condition, signal_with_restart, warn_condition
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..evaluator.compile import evaluate, find_dots
from ..evaluator.substitution import quoted
from ..frames import column_names, is_frame
from ..lookup import is_function
from ..session import session
from ..values import NULL, Formula, Promise, RVector, character, logical, rlist
from ..vectors.coerce import elements, one_int, one_string, strings
from ..vectors.combine import combine
from .aborting import abort as aborted
from .library import Library
from .purrr_adverbs import library as adverbs
from .purrr_lists import library as lists
from .quosures import (
    Quosure,
    evaluate_quosure,
    inject,
    is_quosure,
    label_of,
    make_quosure,
    quosure_of_argument,
    quosures,
)

library = Library("rlang")
library.share(adverbs, "%||%", "exec", "is_formula")
library.share(lists, "set_names", "is_empty", "zap")


@library.function("sym(x)")
def sym(x):
    return x if isinstance(x, Name) else Name(one_string(x, "x"))


@library.function("syms(x)")
def syms(x):
    return rlist([Name(t or "") for t in strings(x, "x")], x.names)


@library.special("quo")
def quo(call: Call, env: Environment) -> Any:
    session.visible = True
    return make_quosure(inject(call.args[0].value, env), env)


@library.special("quos")
def quos(call: Call, env: Environment) -> Any:
    session.visible = True
    return _quosure_list(quosures(promise_arguments(call, env), env))


def _quosure_list(parts: list[Quosure]) -> Any:
    names = [p.name or "" for p in parts]
    attributes = {"class": character(["quosures", "list"])}
    return rlist([make_quosure(p.node, p.env) for p in parts], names, attributes)


@library.special("enquo")
def enquo(call: Call, env: Environment) -> Any:
    session.visible = True
    return make_quosure(quosure_of_argument(_argument_name(call), env), env)


def _argument_name(call: Call) -> str:
    node = call.args[0].value
    if not isinstance(node, Name):
        raise aborted("`arg` must be a symbol", "enquo")
    return node.name


@library.special("enquos")
def enquos(call: Call, env: Environment) -> Any:
    session.visible = True
    names = [a.value.name for a in call.args if isinstance(a.value, Name) and a.value.name != "..."]
    parts = [Quosure(None, quosure_of_argument(n, env), env) for n in names]
    return _quosure_list([*parts, *quosures(find_dots(env) or [], env)] if _has_dots(call) else parts)


def _has_dots(call: Call) -> bool:
    return any(isinstance(a.value, Name) and a.value.name == "..." for a in call.args)


@library.special("expr")
def expr(call: Call, env: Environment) -> Any:
    session.visible = True
    return quoted(inject(call.args[0].value, env))


@library.special("exprs")
def exprs(call: Call, env: Environment) -> Any:
    session.visible = True
    names = [a.name for a in call.args] if any(a.name for a in call.args) else None
    return rlist([quoted(inject(a.value, env)) for a in call.args], names)


@library.special("enexpr", "ensym")
def enexpr(call: Call, env: Environment) -> Any:
    session.visible = True
    promise = env.values.get(_argument_name(call))
    if not isinstance(promise, Promise):
        return promise
    node = promise.node
    return quoted(node if promise.environment is None else inject(node, promise.environment))


@library.function("eval_tidy(expr, data = NULL, env = NULL)")
def eval_tidy(ctx, expr, data, env):
    where = env if isinstance(env, Environment) else ctx.env
    if is_quosure(expr):
        where = expr.attributes[".Environment"]
        expr = expr.args[0].value
    columns: dict[str, Any] = {}
    if data is not NULL:
        names = column_names(data) if is_frame(data) else data.names or []
        columns = dict(zip((n or "" for n in names), elements(data), strict=True))
    return evaluate_quosure(Quosure(None, expr, where), columns)


@library.function("quo_get_expr(quo)", "get_expr", "quo_squash")
def quo_get_expr(quo):
    return quoted(quo.args[0].value) if is_quosure(quo) else quo


@library.function("as_label(x)", "quo_name", "expr_text", "quo_text", "expr_label")
def as_label(x):
    return character(label_of(x.args[0].value if is_quosure(x) else _node(x)))


@library.function("as_name(x)", "as_string")
def as_name(x):
    return as_label(x) if not isinstance(x, RVector) else character(one_string(x, "x"))


def _node(x: Any) -> Any:
    from ..evaluator.substitution import as_node

    return Name(x.data[0]) if isinstance(x, RVector) and x.type == "character" else as_node(x)


@library.function("is_quosure(x)")
def is_quosure_(x):
    return logical(is_quosure(x))


@library.function("call2(.fn, ..., .ns = NULL)")
def call2(fn, dots, ns):
    from ..evaluator.substitution import as_node

    function = Name(fn.data[0]) if isinstance(fn, RVector) else as_node(fn)
    return Call(function, [Arg(n, as_node(v)) for n, v in dots])


@library.function("new_formula(lhs, rhs, env = NULL)")
def new_formula(ctx, lhs, rhs, env):
    from ..evaluator.substitution import as_node

    args = [Arg(None, as_node(v)) for v in (lhs, rhs) if v is not NULL]
    where = env if isinstance(env, Environment) else ctx.env
    return Formula(Call(Name("~"), args), {"class": character("formula"), ".Environment": where})


@library.special("inject")
def inject_(call: Call, env: Environment) -> Any:
    session.visible = True
    return evaluate(inject(call.args[0].value, env), env)


# --- conditions --------------------------------------------------------------------------------------------


def _bulleted(message: Any) -> str:
    """Messages with names are bullets: i, x, *, !."""
    marks = {"i": "ℹ ", "x": "✖ ", "*": "• ", "!": "! ", " ": "  "}
    names = message.names or [""] * len(message)
    return "\n".join(
        marks.get(n or "", "") + (t or "NA") for n, t in zip(names, strings(message, "message"), strict=True)
    )


def _place_in_caller(error: UserError) -> None:
    """The function that calls abort() is the one that fails; at top level none is."""
    frame = next((f for f in reversed(session.frames) if f.function is not None), None)
    if frame is not None and isinstance(frame.call, Call) and isinstance(frame.call.function, Name):
        error.node = frame.call
        error.call = f"{frame.call.function.name}()"


@library.function("abort(message = NULL, class = NULL, ...)")
def abort(message, classes, dots):
    error = aborted(_bulleted(message), None, tuple(t or "" for t in strings(classes, "class")))
    fields = [(n, v) for n, v in dots if n and n not in ("call", "parent", ".envir")]
    _place_in_caller(error)
    old = error.condition
    names = [*(old.names or []), *(n for n, _ in fields)]
    data = [old.data[0], NULL if error.node is None else error.node, *(v for _, v in fields)]
    error.condition = rlist(data, names, {"class": old.attribute("class")})
    raise error


@library.function("warn(message = NULL, class = NULL, ...)", invisible=True)
def warn(message, classes, dots):
    text = _bulleted(message)
    kinds = [*(t or "" for t in strings(classes, "class")), "rlang_warning", "warning", "condition"]
    warn_condition(text, None, make_condition(text, NULL, kinds))
    return NULL


@library.function("inform(message = NULL, class = NULL, ...)", invisible=True)
def inform(message, classes, dots):
    text = _bulleted(message)
    kinds = [*(t or "" for t in strings(classes, "class")), "rlang_message", "message", "condition"]
    if not signal_with_restart(make_condition(text, NULL, kinds), "muffleMessage"):
        session.write_error(text + "\n")
    return NULL


# --- vectors and predicates --------------------------------------------------------------------------------


@library.special("list2", "dots_list")
def list2(call: Call, env: Environment) -> Any:
    session.visible = True
    pairs: list[tuple[str | None, Any]] = []
    for part in quosures(promise_arguments(call, env), env):
        pairs.append((part.name, evaluate(part.node, part.env)))
    return rlist([v for _, v in pairs], [n for n, _ in pairs] if any(n for n, _ in pairs) else None)


def _declare_type(name: str, *types: str) -> None:
    @library.function(f"is_{name}(x, n = NULL)")
    def is_type(x, n):
        fits = isinstance(x, RVector) and x.type in types
        return logical(fits and (n is NULL or len(x) == int(n.data[0])))

    @library.function(f"is_scalar_{name}(x)")
    def is_scalar(x):
        return logical(isinstance(x, RVector) and x.type in types and len(x) == 1)


for _name in ("character", "integer", "double", "logical", "list"):
    _declare_type(_name, _name)
_declare_type("atomic", "character", "integer", "double", "logical", "complex", "raw")
_declare_type("vector", "character", "integer", "double", "logical", "complex", "raw", "list")


@library.function("is_string(x, string = NULL)")
def is_string(x, string):
    single = isinstance(x, RVector) and x.type == "character" and len(x) == 1 and x.data[0] is not None
    return logical(single and (string is NULL or x.data[0] in strings(string, "string")))


@library.function("is_bool(x)")
def is_bool(x):
    return logical(isinstance(x, RVector) and x.type == "logical" and len(x) == 1 and x.data[0] >= 0)


@library.function("is_null(x)")
def is_null(x):
    return logical(x is NULL)


@library.function("is_function(x)")
def is_function_(x):
    return logical(is_function(x))


@library.function("is_true(x)")
def is_true(x):
    return logical(isinstance(x, RVector) and x.type == "logical" and len(x) == 1 and x.data[0] == 1)


@library.function("is_named(x)")
def is_named(x):
    return logical(isinstance(x, RVector) and bool(x.names) and all(x.names or [""]))


@library.function("is_symbol(x, name = NULL)")
def is_symbol(x, name):
    return logical(isinstance(x, Name) and (name is NULL or x.name in strings(name, "name")))


@library.function("is_call(x, name = NULL, n = NULL)")
def is_call(x, name, n):
    if not isinstance(x, (Call, Function)):
        return logical(False)
    function: Any = x.function if isinstance(x, Call) else Name("function")
    if isinstance(function, Call) and isinstance(function.function, Name) and function.function.name == "::":
        function = function.args[1].value
    if name is not NULL and not (isinstance(function, Name) and function.name in strings(name, "name")):
        return logical(False)
    return logical(n is NULL or (len(x.args) if isinstance(x, Call) else 3) == one_int(n, "n"))


@library.function("names2(x)")
def names2(x):
    return character(["" if n is None else n for n in x.names or [""] * len(x)])


@library.function("flatten(x)", "squash")
def flatten(x):
    return lists.values["flatten"].function(x)


@library.function("seq2(from, to)")
def seq2(from_, to):
    from ..values import integer

    first, last = int(from_.data[0]), int(to.data[0])
    return integer(list(range(first, last + 1)))


@library.function("current_env()")
def current_env(ctx):
    return ctx.env


@library.function("global_env()")
def global_env():
    return session.global_env


@library.function("chr(...)")
def chr_(dots):
    return combine(list(dots))
