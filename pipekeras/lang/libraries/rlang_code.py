"""rlang: arg_match, expressions parsed and taken apart, quosures, formulas, functions, environments."""

from __future__ import annotations

from typing import Any

from ...syntax.source import Source
from ...syntax.tree import Call, Name
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..evaluator.compile import evaluate
from ..evaluator.substitution import as_node
from ..generics import invoke
from ..language import from_node
from ..lookup import force, note_functions, resolve
from ..session import session
from ..text.deparse import deparse_lines
from ..values import (
    EMPTY_SYMBOL,
    NULL,
    Formula,
    Promise,
    RVector,
    character,
    integer,
    logical,
    rlist,
)
from ..vectors.coerce import has_class, one_string, strings
from ..vectors.combine import combine
from .aborting import abort
from .quosures import is_quosure, make_quosure
from .rlang import enexpr, is_call, is_symbol, library

# --- arguments ---------------------------------------------------------------------------------------------


@library.special("arg_match")
def arg_match(call: Call, env: Environment) -> Any:
    """`arg_match(arg)`: one of the values of the argument's default; exact, unlike match.arg."""
    session.visible = True
    node = call.args[0].value
    assert isinstance(node, Name)
    value = evaluate(node, env)
    if len(call.args) > 1:
        choices = evaluate(call.args[1].value, env)
    else:
        default = env.code.defaults.get(node.name) if env.code is not None else None
        choices = value if default is None else evaluate(default, env)
    allowed = strings(choices, "values")
    given = strings(value, node.name)
    if given == allowed:
        return character(given[0])
    if len(given) == 1 and given[0] in allowed:
        return value
    raise abort(_not_one_of(node.name, given[0], [t or "" for t in allowed]), None)


def _not_one_of(name: str, given: str | None, allowed: list[str]) -> str:
    shown = [f'"{t}"' for t in allowed]
    listed = " or ".join(shown) if len(shown) < 3 else ", ".join(shown[:-1]) + f", or {shown[-1]}"
    return f'`{name}` must be one of {listed}, not "{given}".'


@library.function("arg_match0(arg, values, arg_nm = NULL)")
def arg_match0(arg, values, arg_nm):
    given, allowed = one_string(arg, "arg"), [t or "" for t in strings(values, "values")]
    if given not in allowed:
        raise abort(_not_one_of("arg" if arg_nm is NULL else one_string(arg_nm, "arg_nm"), given, allowed))
    return arg


@library.special("is_missing")
def is_missing(call: Call, env: Environment) -> Any:
    from ..lookup import is_missing as missing

    session.visible = True
    node = call.args[0].value
    if isinstance(node, Name):
        return logical(missing(node.name, env))
    return logical(evaluate(node, env) is EMPTY_SYMBOL)


@library.special("enexprs", "ensyms")
def enexprs(call: Call, env: Environment) -> Any:
    from ..evaluator.compile import find_dots

    session.visible = True
    out: list[Any] = []
    names: list[str | None] = []
    for arg in call.args:
        if isinstance(arg.value, Name) and arg.value.name == "...":
            for name, value in find_dots(env) or []:
                out.append(from_node(value.node) if isinstance(value, Promise) else value)
                names.append(name)
        else:
            out.append(enexpr(Call(call.function, [arg]), env))
            names.append(arg.name)
    return rlist(out, names if any(names) else None)


@library.special("englue")
def englue(call: Call, env: Environment) -> Any:
    from .quosures import _filled_name

    session.visible = True
    return character(_filled_name(one_string(evaluate(call.args[0].value, env), "x"), env))


# --- calls, formulas, functions ----------------------------------------------------------------------------


@library.function("parse_expr(x)")
def parse_expr(x):
    return parse_exprs(x).data[0]


@library.function("parse_exprs(x)")
def parse_exprs(x):
    from ...syntax.parser import parse

    nodes = [n for text in strings(x, "x") for n in parse(Source("<text>", text or ""))]
    return rlist([from_node(n) for n in nodes])


@library.function("parse_quo(x, env)")
def parse_quo(x, env):
    return make_quosure(as_node(parse_expr(x)), env)


@library.function("expr_deparse(expr, ..., width = 60L)")
def expr_deparse(expr, dots, width):
    value = expr.args[0].value if is_quosure(expr) else expr
    return character(deparse_lines(from_node(value) if not isinstance(value, RVector) else value))


@library.function("call_name(call)")
def call_name(call):
    return character(call.function.name) if isinstance(call.function, Name) else NULL


@library.function("call_args(call)")
def call_args(call):
    names = [a.name for a in call.args]
    return rlist([from_node(a.value) for a in call.args], names if any(names) else None)


@library.function("call_args_names(call)")
def call_args_names(call):
    return character([a.name or "" for a in call.args])


@library.function("call_modify(.call, ...)")
def call_modify(call, dots):
    from ...syntax.tree import Arg

    args = list(call.args)
    for name, value in dots:
        at = next((i for i, a in enumerate(args) if name and a.name == name), None)
        if at is None:
            args.append(Arg(name, as_node(value)))
        elif has_class(value, "rlang_zap"):
            del args[at]
        else:
            args[at] = Arg(name, as_node(value))
    return Call(call.function, args)


def _formula_side(f: Any, right: bool) -> Any:
    if len(f.args) == 1:
        return from_node(f.args[0].value) if right else NULL
    return from_node(f.args[1 if right else 0].value)


@library.function("f_lhs(f)")
def f_lhs(f):
    return _formula_side(f, False)


@library.function("f_rhs(f)")
def f_rhs(f):
    return _formula_side(f, True)


@library.function("f_env(f)")
def f_env(f):
    return (f.attributes or {}).get(".Environment", NULL)


@library.function("fn_fmls(fn)")
def fn_fmls(fn):
    return invoke("formals", fn)


@library.function("fn_fmls_names(fn)")
def fn_fmls_names(fn):
    return invoke("formalArgs", fn)


@library.function("fn_body(fn)")
def fn_body(fn):
    return invoke("body", fn)


@library.function("fn_env(fn)")
def fn_env(fn):
    return invoke("environment", fn)


@library.function("new_function(args, body, env)")
def new_function(ctx, args, body, env=None):
    return invoke(
        "as.function",
        combine([*((n, v) for n, v in zip(args.names or [], args.data, strict=True)), (None, rlist([body]))]),
    )


@library.function("as_quosure(x, env = NULL)")
def as_quosure(ctx, x, env):
    if is_quosure(x):
        return x
    where = env if isinstance(env, Environment) else ctx.env
    if isinstance(x, Formula):
        return make_quosure(x.args[-1].value, (x.attributes or {}).get(".Environment", where))
    return make_quosure(as_node(x), where)


@library.function("quo_get_env(quo)")
def quo_get_env(quo):
    return quo.attributes[".Environment"]


@library.function("quo_is_null(quo)")
def quo_is_null(quo):
    from ...syntax.tree import Const

    node = quo.args[0].value
    return logical(isinstance(node, Const) and node.value in (None, NULL))


@library.function("quo_is_symbol(quo, name = NULL)")
def quo_is_symbol(quo, name):
    return is_symbol(quo.args[0].value, name)


@library.function("quo_is_call(quo, name = NULL, n = NULL)")
def quo_is_call(quo, name, n):
    return is_call(quo.args[0].value, name, n)


# --- environments ------------------------------------------------------------------------------------------


@library.special("env")
def env_(call: Call, env: Environment) -> Any:
    """`env(parent, a = 1)`: a new environment with these variables."""
    session.visible = True
    pairs = [(n, force(v) if isinstance(v, Promise) else v) for n, v in promise_arguments(call, env)]
    parent = next((v for n, v in pairs if not n), env)
    values: dict[str, Any] = {n: v for n, v in pairs if n}
    return Environment(parent, None, values)


@library.function("new_environment(data = list(), parent = NULL)")
def new_environment(data, parent):
    pairs = zip(data.names or [], data.data, strict=True) if isinstance(data, RVector) else ()
    values = {str(name): value for name, value in pairs}
    return Environment(parent if isinstance(parent, Environment) else None, None, values)


@library.function("caller_env(n = 1)")
def caller_env(ctx, n):
    frame = next((f for f in reversed(session.frames) if f.env is ctx.env), None)
    return session.global_env if frame is None else frame.caller


@library.function("empty_env()")
def empty_env():
    return invoke("emptyenv")


@library.function("base_env()")
def base_env():
    return session.base


@library.function("env_get(env, nm, default, inherit = FALSE, last = NULL)")
def env_get(env, nm, default=None, inherit=None, last=None):
    name = one_string(nm, "nm")
    where = env.find(name) if inherit is not None and inherit.data[0] == 1 else env
    if where is not None and name in where.values:
        return resolve(where.values[name], name)
    if default is None:
        raise abort(f"Can't find `{name}` in environment.", "env_get")
    return default


@library.function("env_has(env, nms, inherit = FALSE)")
def env_has(env, nms, inherit):
    deep = inherit.data[0] == 1
    names = strings(nms, "nms")
    found = [(env.find(t or "") is not None) if deep else t in env.values for t in names]
    return logical(found, {"names": character(names)})


@library.function("env_poke(env, nm, value, inherit = FALSE, create = TRUE)", invisible=True)
def env_poke(env, nm, value, inherit, create):
    name = one_string(nm, "nm")
    old = env.values.get(name, NULL)
    env.values[name] = value
    return old


@library.function("env_bind(.env, ...)", invisible=True)
def env_bind(env, dots):
    bound = {n: v for n, v in dots if n}
    note_functions(bound)
    env.values.update(bound)
    return env


@library.function("env_unbind(env, nms, inherit = FALSE)", invisible=True)
def env_unbind(env, nms, inherit):
    for name in strings(nms, "nms"):
        env.values.pop(name or "", None)
    return env


@library.function("env_names(env)")
def env_names(env):
    return character(list(env.values))


@library.function("env_length(env)")
def env_length(env):
    return integer(len(env.values))


@library.function("env_parent(env = NULL, n = 1)")
def env_parent(ctx, env, n):
    where = env if isinstance(env, Environment) else ctx.env
    return where.parent


@library.function("as_environment(x, parent = NULL)")
def as_environment(x, parent):
    return x if isinstance(x, Environment) else new_environment(x, parent)


@library.function("env_clone(env, parent = NULL)")
def env_clone(env, parent):
    return Environment(env.parent, None, dict(env.values))
