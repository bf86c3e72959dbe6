"""Environments as objects: assign, get, exists, rm, new.env, eval, local, with, and the stack of frames."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Const, Name
from .. import lookup
from ..conditions import warn
from ..dispatch import type_of
from ..environment import Environment
from ..evaluator.calls import apply
from ..evaluator.compile import code_of, evaluate, note_assignment
from ..homes import home_of
from ..primitives import PRIMITIVES
from ..registry import Context, builtin, special
from ..session import session
from ..values import (
    NULL,
    ActiveBinding,
    Builtin,
    Closure,
    Dots,
    Formula,
    Promise,
    RVector,
    character,
    logical,
    rlist,
)
from ..vectors.coerce import elements, one_flag, one_int, one_string, strings


def as_environment(value: Any, ctx: Context) -> Environment:
    """An environment from what R accepts as one: itself, a list, a number on the search path, its name."""
    if isinstance(value, Environment):
        return value
    if isinstance(value, RVector) and value.type == "list":
        return list_environment(value, None)
    if isinstance(value, RVector) and value.type == "character":
        name = value.data[0]
        for env in session.global_env.chain():
            if name in (env.name, ".GlobalEnv" if env is session.global_env else None):
                return env
        raise UserError(f'no item called "{name}" on the search list', code=Code.NAME)
    if isinstance(value, RVector) and value.type in ("double", "integer"):
        position = int(value.data[0])
        if position == -1:
            return ctx.env
        chain = list(session.global_env.chain())
        if 1 <= position <= len(chain):
            return chain[position - 1]
    raise UserError("invalid object for 'as.environment'", code=Code.TYPE)


def list_environment(values: RVector, parent: Environment | None) -> Environment:
    """A new environment with the named elements of a list as variables."""
    env = Environment(parent)
    for name, value in zip(values.names or [], elements(values), strict=False):
        if name:
            lookup.assign(name, value, env)
    return env


def _where(envir: Any, pos: Any, ctx: Context) -> Environment:
    if envir is not None:
        return as_environment(envir, ctx)
    return ctx.env if pos is None else as_environment(pos, ctx)


@builtin(
    "assign(x, value, pos = -1, envir = as.environment(pos), inherits = FALSE, immediate = TRUE)",
    invisible=True,
)
def assign(
    ctx: Context,
    x: Any,
    value: Any,
    pos: Any = None,
    envir: Any = None,
    inherits: Any = None,
    immediate: Any = None,
) -> Any:
    name = _assigned_name(x)
    env = _where(envir, pos, ctx)
    if inherits is not None and one_flag(inherits, "inherits"):
        env = env.find(name) or session.global_env
    note_assignment(name)
    lookup.assign(name, value, env)
    return value


def _variable_name(x: Any) -> str:
    """The name that assign, get and exists are given, in R's words if it is none."""
    if not isinstance(x, RVector) or x.type != "character" or not len(x) or not x.data[0]:
        raise UserError("invalid first argument", code=Code.TYPE)
    return str(x.data[0])


def _assigned_name(x: Any) -> str:
    if isinstance(x, RVector) and x.type == "character" and len(x):
        if not x.data[0]:
            raise UserError("attempt to use zero-length variable name", code=Code.NAME)
        if len(x) > 1:
            warn("only the first element is used as variable name")
    return _variable_name(x)


def _mode_fits(value: Any, mode: str) -> bool:
    if mode == "any":
        return True
    if mode == "function":
        return lookup.is_function(value)
    kind = type_of(value)
    if mode == "numeric":
        return kind in ("integer", "double")
    return kind == mode


def find_value(name: str, env: Environment, mode: str = "any", inherits: bool = True) -> Any:
    """The nearest variable of that name and mode, or None."""
    for scope in env.chain() if inherits else (env,):
        value = scope.values.get(name)
        if value is None or type(value) is list:
            continue
        value = lookup.resolve(value, name)
        if _mode_fits(value, mode):
            return value
    return None


def _mode(mode: Any) -> str:
    return "any" if mode is None else one_string(mode, "mode")


def _inherits(inherits: Any) -> bool:
    return inherits is None or one_flag(inherits, "inherits")


@builtin("get(x, pos = -1L, envir = as.environment(pos), mode = 'any', inherits = TRUE)")
def get(
    ctx: Context, x: Any, pos: Any = None, envir: Any = None, mode: Any = None, inherits: Any = None
) -> Any:
    name = _variable_name(x)
    value = find_value(name, _where(envir, pos, ctx), _mode(mode), _inherits(inherits))
    if value is None:
        if _mode(mode) != "any":
            raise UserError(f"object '{name}' of mode '{_mode(mode)}' was not found", code=Code.NAME)
        raise lookup.not_found(name, ctx.env)
    return value


@builtin("get0(x, envir = pos.to.env(-1L), mode = 'any', inherits = TRUE, ifnotfound = NULL)")
def get0(
    ctx: Context, x: Any, envir: Any = None, mode: Any = None, inherits: Any = None, ifnotfound: Any = NULL
) -> Any:
    value = find_value(_variable_name(x), _where(envir, None, ctx), _mode(mode), _inherits(inherits))
    return ifnotfound if value is None else value


@builtin("dynGet(x, ifnotfound = stop(), minframe = 1L, inherits = FALSE)")
def dyn_get(ctx: Context, x: Any, ifnotfound: Any = None, minframe: Any = None, inherits: Any = None) -> Any:
    name = _variable_name(x)
    for frame in reversed(session.frames):
        if name in frame.env.values:
            return lookup.resolve(frame.env.values[name], name)
    if ifnotfound is None:
        raise lookup.not_found(name, ctx.env)
    return ifnotfound


@builtin("mget(x, envir = as.environment(-1L), mode = 'any', ifnotfound, inherits = FALSE)")
def mget(
    ctx: Context, x: Any, envir: Any = None, mode: Any = None, ifnotfound: Any = None, inherits: Any = None
) -> Any:
    env = _where(envir, None, ctx)
    deep = inherits is not None and one_flag(inherits, "inherits")
    if not isinstance(x, RVector) or x.type != "character":
        raise UserError("invalid first argument", code=Code.TYPE)
    names = strings(x, "x")
    given = [] if ifnotfound is None else [ifnotfound]
    others = elements(ifnotfound) if isinstance(ifnotfound, RVector) else given
    values = []
    for i, name in enumerate(names):
        value = find_value(str(name), env, _mode(mode), deep)
        if value is None:
            if not others:
                raise UserError(f"value for ‘{name}’ not found", code=Code.NAME)
            value = others[i % len(others)]
            if lookup.is_function(value):
                value = apply(value, [(None, character(str(name)))], None, ctx.env)
        values.append(value)
    return rlist(values, names)


@builtin("exists(x, where = -1, envir, frame, mode = 'any', inherits = TRUE)")
def exists(
    ctx: Context,
    x: Any,
    where: Any = None,
    envir: Any = None,
    frame: Any = None,
    mode: Any = None,
    inherits: Any = None,
) -> Any:
    env = _where(envir, where, ctx)
    name = _variable_name(x)
    if _mode(mode) == "any":
        bound = env.find(name) if _inherits(inherits) else (env if name in env.values else None)
        return logical(bound is not None)
    return logical(find_value(name, env, _mode(mode), _inherits(inherits)) is not None)


@special("rm", "remove")
def rm(call: Call, env: Environment) -> Any:
    target, names = env, []
    for arg in call.args:
        if arg.name == "list":
            names += strings(evaluate(arg.value, env), "list")
        elif arg.name == "envir":
            target = evaluate(arg.value, env)
        elif arg.name in ("inherits", "pos"):
            continue
        elif isinstance(arg.value, Name):
            names.append(arg.value.name)
        elif isinstance(arg.value, Const) and isinstance(arg.value.value, str):
            names.append(arg.value.value)
        else:
            raise UserError("... must contain names or character strings", code=Code.ARGUMENT)
    for name in names:
        if target.values.pop(name, None) is None:
            warn(f"object '{name}' not found", call)
    session.visible = False
    return NULL


@builtin(
    "ls(name, pos = -1L, envir = as.environment(pos), all.names = FALSE, pattern, sorted = TRUE)", "objects"
)
def ls(
    ctx: Context,
    name: Any = None,
    pos: Any = None,
    envir: Any = None,
    all_names: Any = None,
    pattern: Any = None,
    sorted_: Any = None,
) -> Any:
    env = as_environment(name if name is not None else envir, ctx) if name or envir else ctx.env
    hidden = all_names is not None and one_flag(all_names, "all.names")
    names = [n for n in env.listed() if hidden or not n.startswith(".")]
    if pattern is not None:
        found = apply(lookup.lookup_function("grepl", ctx.env), [(None, pattern), (None, character(names))])
        names = [n for n, hit in zip(names, found.data, strict=True) if hit]
    if not names or (sorted_ is not None and not one_flag(sorted_, "sorted")):
        return character(names)
    order = lookup.lookup_function("sort", session.base)
    return apply(order, [(None, character(names))])


# Making and asking environments


@builtin("new.env(hash = TRUE, parent = parent.frame(), size = 29L)")
def new_env(ctx: Context, hash: Any = None, parent: Any = None, size: Any = None) -> Any:
    hashed = hash is None or one_flag(hash, "hash")
    slots = 29 if size is None else max(1, one_int(size, "size"))
    return Environment(ctx.env if parent is None else parent, slots=slots if hashed else 0)


@builtin("globalenv()")
def globalenv() -> Any:
    return session.global_env


@builtin("baseenv()")
def baseenv() -> Any:
    return session.base


@builtin("topenv(envir = NULL)")
def topenv(envir: Any) -> Any:
    return session.global_env


EMPTY_ENVIRONMENT = Environment(None, "R_EmptyEnv")


@builtin("emptyenv()")
def emptyenv() -> Any:
    return EMPTY_ENVIRONMENT


@builtin("parent.env(env)")
def parent_env(env: Any) -> Any:
    if not isinstance(env, Environment):
        raise UserError("argument is not an environment", code=Code.TYPE)
    if env is EMPTY_ENVIRONMENT:
        raise UserError("the empty environment has no parent", code=Code.VALUE)
    return EMPTY_ENVIRONMENT if env is session.base or env.parent is None else env.parent


@builtin("`parent.env<-`(env, value)")
def set_parent_env(env: Any, value: Any) -> Any:
    above = value
    while above is not None and above is not env:
        above = above.parent
    if above is env:
        raise UserError("cycles in parent chains are not allowed", code=Code.VALUE)
    env.parent = None if value is EMPTY_ENVIRONMENT else value
    return env


@builtin("environmentName(env)")
def environment_name(env: Any) -> Any:
    if not isinstance(env, Environment):
        return character("")
    given = (env.attributes or {}).get("name") if not env.name else None
    return character((env.name or "").removeprefix("namespace:")) if given is None else given


@builtin("environment(fun = NULL)")
def environment(ctx: Context, fun: Any) -> Any:
    if fun is NULL:
        return ctx.env
    if isinstance(fun, Closure):
        return fun.environment
    if isinstance(fun, Builtin) and fun.name not in PRIMITIVES:
        return Environment(session.base, f"namespace:{home_of(fun.name)}")
    attributes = getattr(fun, "attributes", None)
    return (attributes or {}).get(".Environment", NULL)


@builtin("`environment<-`(fun, value)")
def set_environment(fun: Any, value: Any) -> Any:
    if isinstance(fun, Closure):
        made = Closure(fun.node, fun.signature, value)
        made.attributes = fun.attributes
        return made
    if not isinstance(value, Environment) and value is not NULL:
        raise UserError("replacement object is not an environment", code=Code.TYPE)
    if isinstance(fun, Formula):
        attributes = {k: v for k, v in (fun.attributes or {}).items() if k != ".Environment"}
        return Formula(fun, {**attributes, **({} if value is NULL else {".Environment": value})})
    if isinstance(fun, RVector):
        return fun.with_attribute(".Environment", value)
    raise UserError("replacement object is not an environment", code=Code.TYPE)


@builtin("as.environment(x)", "pos.to.env")
def as_environment_function(ctx: Context, x: Any) -> Any:
    return as_environment(x, ctx)


@builtin("list2env(x, envir = NULL, parent = parent.frame(), ...)")
def list2env(ctx: Context, x: Any, envir: Any = None, parent: Any = None, dots: Any = None) -> Any:
    if not isinstance(x, RVector) or x.type != "list":
        raise UserError("first argument must be a named list", code=Code.TYPE)
    if x.names is None and len(x):
        raise UserError("names(x) must be a character vector of the same length as x", code=Code.VALUE)
    if envir is None or envir is NULL:
        return list_environment(x, ctx.env if parent is None else parent)
    for name, value in zip(x.names or [], elements(x), strict=True):
        lookup.assign(name or "", value, envir)
    return envir


@builtin("as.list.environment(x, all.names = FALSE, sorted = FALSE, ...)")
def environment_as_list(x: Any, all_names: Any, sorted_: Any, dots: Dots) -> Any:
    names = [n for n in x.listed() if one_flag(all_names, "all.names") or not n.startswith(".")]
    if one_flag(sorted_, "sorted"):
        names.sort()
    return rlist([lookup.resolve(x.values[n], n) for n in names], names)


@builtin("eapply(env, FUN, ..., all.names = FALSE, USE.NAMES = TRUE)")
def eapply(ctx: Context, env: Any, function: Any, dots: Dots, all_names: Any, use_names: Any) -> Any:
    names = [n for n in env.listed() if one_flag(all_names, "all.names") or not n.startswith(".")]
    values = [
        apply(function, [(None, lookup.resolve(env.values[n], n)), *dots], None, ctx.env) for n in names
    ]
    return rlist(values, names if one_flag(use_names, "USE.NAMES") else None)


# Locks and active bindings


def _bound_name(sym: Any, env: Environment) -> str:
    name = sym.name if isinstance(sym, Name) else one_string(sym, "sym")
    if name not in env.values:
        raise UserError(f'no binding for "{name}"', code=Code.NAME)
    return name


def _lock(env: Environment, name: str) -> None:
    env.locked = (env.locked or set()) | {name}


@builtin("lockBinding(sym, env)", invisible=True)
def lock_binding(sym: Any, env: Any) -> Any:
    _lock(env, _bound_name(sym, env))
    return NULL


@builtin("unlockBinding(sym, env)", invisible=True)
def unlock_binding(sym: Any, env: Any) -> Any:
    name = _bound_name(sym, env)
    env.locked = ((env.locked or set()) - {name}) or None
    return NULL


@builtin("bindingIsActive(sym, env)")
def binding_is_active(sym: Any, env: Any) -> Any:
    return logical(isinstance(env.values[_bound_name(sym, env)], ActiveBinding))


@builtin("lockEnvironment(env, bindings = FALSE)", invisible=True)
def lock_environment(env: Any, bindings: Any) -> Any:
    _lock(env, "")
    if one_flag(bindings, "bindings"):
        env.locked |= set(env.values)
    return NULL


@builtin("bindingIsLocked(sym, env)")
def binding_is_locked(sym: Any, env: Any) -> Any:
    return logical(env.locked is not None and one_string(sym, "sym") in env.locked)


@builtin("environmentIsLocked(env)")
def environment_is_locked(env: Any) -> Any:
    return logical(env.locked is not None and "" in env.locked)


@builtin("makeActiveBinding(sym, fun, env)", invisible=True)
def make_active_binding(sym: Any, fun: Any, env: Any) -> Any:
    name = sym.name if isinstance(sym, Name) else one_string(sym, "sym")
    lookup.note_function(name)
    env.values[name] = ActiveBinding(fun)
    env.locked = env.locked or set()  # assignments must look
    return NULL


@special("delayedAssign")
def delayed_assign(call: Call, env: Environment) -> Any:
    args = [a.value for a in call.args]
    name = one_string(evaluate(args[0], env), "x")
    where = evaluate(args[2], env) if len(args) > 2 else env
    target = evaluate(args[3], env) if len(args) > 3 else env
    code_of(args[1])
    lookup.note_function(name)
    target.values[name] = Promise(args[1], where)
    session.visible = False
    return NULL
