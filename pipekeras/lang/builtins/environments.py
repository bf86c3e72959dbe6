"""Environments as objects: assign, get, exists, rm, new.env, eval, local, with, and the stack of frames."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Const, Function, Name
from .. import lookup
from ..calls import apply, promise_arguments
from ..coerce import elements, one_flag, one_int, one_string, strings
from ..compile import Run, code_of, evaluate, form, note_assignment
from ..dispatch import dispatch_or_none, frame_of, type_of
from ..environment import Environment
from ..registry import Context, builtin, special
from ..session import Frame, session
from ..signals import ReturnSignal
from ..values import (
    NULL,
    ActiveBinding,
    Closure,
    Dots,
    Promise,
    RVector,
    character,
    integer,
    logical,
    object_array,
    rlist,
)


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
    name = one_string(x, "x")
    env = _where(envir, pos, ctx)
    if inherits is not None and one_flag(inherits, "inherits"):
        env = env.find(name) or session.global_env
    note_assignment(name)
    lookup.assign(name, value, env)
    return value


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
    name = one_string(x, "x")
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
    value = find_value(one_string(x, "x"), _where(envir, None, ctx), _mode(mode), _inherits(inherits))
    return ifnotfound if value is None else value


@builtin("dynGet(x, ifnotfound = stop(), minframe = 1L, inherits = FALSE)")
def dyn_get(ctx: Context, x: Any, ifnotfound: Any = None, minframe: Any = None, inherits: Any = None) -> Any:
    name = one_string(x, "x")
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
    names = strings(x, "x")
    values = []
    for name in names:
        value = find_value(str(name), env, _mode(mode), deep)
        if value is None:
            if ifnotfound is None:
                raise UserError(f"value for ‘{name}’ not found", code=Code.NAME)
            value = elements(ifnotfound)[0]
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
    name = one_string(x, "x")
    if _mode(mode) == "any":
        bound = env.find(name) if _inherits(inherits) else (env if name in env.values else None)
        return logical(bound is not None)
    return logical(find_value(name, env, _mode(mode), _inherits(inherits)) is not None)


@special("rm", "remove")
def rm(call: Call, env: Environment) -> Any:
    target, names = env, []
    for arg in call.args:
        if arg.name == "list":
            names += strings(evaluate(arg.value, env), "list")  # pyright: ignore[reportArgumentType]
        elif arg.name == "envir":
            target = evaluate(arg.value, env)  # pyright: ignore[reportArgumentType]
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
            from ..conditions import warn

            warn(f"object '{name}' not found", call)
    session.visible = False
    return NULL


@builtin("ls(name, pos = -1L, envir, all.names = FALSE, pattern, sorted = TRUE)", "objects")
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
    names = [n for n in env.values if hidden or not n.startswith(".")]
    if pattern is not None:
        found = apply(lookup.lookup_function("grepl", ctx.env), [(None, pattern), (None, character(names))])
        names = [n for n, hit in zip(names, found.data, strict=True) if hit]
    order = lookup.lookup_function("sort", session.base)
    return apply(order, [(None, character(names))]) if names else character([])


# Making and asking environments


@builtin("new.env(hash = TRUE, parent = parent.frame(), size = 29L)")
def new_env(ctx: Context, hash: Any = None, parent: Any = None, size: Any = None) -> Any:
    return Environment(ctx.env if parent is None else parent)


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
    env.parent = None if value is EMPTY_ENVIRONMENT else value
    return env


@builtin("environmentName(env)")
def environment_name(env: Any) -> Any:
    return character((env.name or "") if isinstance(env, Environment) else "")


@builtin("environment(fun = NULL)")
def environment(ctx: Context, fun: Any) -> Any:
    if fun is NULL:
        return ctx.env
    if isinstance(fun, Closure):
        return fun.environment
    attributes = getattr(fun, "attributes", None)
    return (attributes or {}).get(".Environment", NULL)


@builtin("`environment<-`(fun, value)")
def set_environment(fun: Any, value: Any) -> Any:
    if isinstance(fun, Closure):
        made = Closure(fun.node, fun.signature, value)
        made.attributes = fun.attributes
        return made
    raise UserError("replacement object is not an environment", code=Code.TYPE)


@builtin("as.environment(x)")
def as_environment_function(ctx: Context, x: Any) -> Any:
    return as_environment(x, ctx)


@builtin("list2env(x, envir = NULL, parent = parent.frame(), ...)")
def list2env(ctx: Context, x: Any, envir: Any = None, parent: Any = None, dots: Any = None) -> Any:
    if envir is None or envir is NULL:
        return list_environment(x, ctx.env if parent is None else parent)
    for name, value in zip(x.names or [], elements(x), strict=True):
        lookup.assign(name, value, envir)
    return envir


@builtin("as.list.environment(x, all.names = FALSE, sorted = FALSE, ...)")
def environment_as_list(x: Any, all_names: Any, sorted_: Any, dots: Dots) -> Any:
    names = [n for n in x.values if one_flag(all_names, "all.names") or not n.startswith(".")]
    if one_flag(sorted_, "sorted"):
        names.sort()
    return rlist([lookup.resolve(x.values[n], n) for n in names], names)


@builtin("eapply(env, FUN, ..., all.names = FALSE, USE.NAMES = TRUE)")
def eapply(ctx: Context, env: Any, function: Any, dots: Dots, all_names: Any, use_names: Any) -> Any:
    names = [n for n in env.values if one_flag(all_names, "all.names") or not n.startswith(".")]
    values = [
        apply(function, [(None, lookup.resolve(env.values[n], n)), *dots], None, ctx.env) for n in names
    ]
    return rlist(values, names if one_flag(use_names, "USE.NAMES") else None)


# Locks and active bindings


def _lock(env: Environment, name: str) -> None:
    env.locked = (env.locked or set()) | {name}


@builtin("lockBinding(sym, env)", invisible=True)
def lock_binding(sym: Any, env: Any) -> Any:
    _lock(env, sym.name if isinstance(sym, Name) else one_string(sym, "sym"))
    return NULL


@builtin("unlockBinding(sym, env)", invisible=True)
def unlock_binding(sym: Any, env: Any) -> Any:
    name = sym.name if isinstance(sym, Name) else one_string(sym, "sym")
    env.locked = ((env.locked or set()) - {name}) or None
    return NULL


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
    env.values[name] = ActiveBinding(fun)
    env.locked = env.locked or set()  # assignments must look
    return NULL


@special("delayedAssign")
def delayed_assign(call: Call, env: Environment) -> Any:
    args = [a.value for a in call.args]
    name = one_string(evaluate(args[0], env), "x")  # pyright: ignore[reportArgumentType]
    where = evaluate(args[2], env) if len(args) > 2 else env  # pyright: ignore[reportArgumentType]
    target = evaluate(args[3], env) if len(args) > 3 else env  # pyright: ignore[reportArgumentType]
    code_of(args[1])  # pyright: ignore[reportArgumentType]
    target.values[name] = Promise(args[1], where)
    session.visible = False
    return NULL


# Evaluation in environments


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
            result = evaluate_value(each, env)
        return result
    if not isinstance(value, (Name, Call, Function)):
        return value
    try:
        return evaluate(value, env)
    except ReturnSignal as jump:
        if jump.env is not env or (frame_of(env) is not None and not _is_evaluating(env)):
            raise
        return jump.value


def _is_evaluating(env: Environment) -> bool:
    """Whether return() inside eval() ends the eval: it does, unless it is the frame's own code."""
    return True


@builtin("eval(expr, envir = parent.frame(), enclos = parent.frame())")
def eval_(ctx: Context, expr: Any, envir: Any = None, enclos: Any = None) -> Any:
    env = ctx.env if envir is None else evaluation_environment(envir, enclos, ctx)
    session.visible = True
    return evaluate_value(expr, env)


@form("evalq")
def evalq(call: Call) -> Run:
    def run(env: Environment) -> Any:
        where = env
        if len(call.args) > 1:
            given = evaluate(call.args[1].value, env)  # pyright: ignore[reportArgumentType]
            where = evaluation_environment(given, None, Context(env, call))
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
        where = evaluate(given["envir"], env) if "envir" in given else Environment(env)
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
    """within(): the list with variables changed, added (last made first) and removed."""
    from ..assign import set_element
    from ..subset import get_subset

    result: Any = data
    old = [n for n in data.names or [] if n]
    for name in [n for n in old if n in env.values] + [n for n in reversed(env.values) if n not in old]:
        value = lookup.resolve(env.values[name], name)
        result = set_element(
            result if result is not data else data.with_attributes(data.attributes), [character(name)], value
        )
    gone = [n for n in old if n not in env.values]
    if gone:
        kept = [i + 1 for i, n in enumerate(result.names or []) if n not in gone]
        attributes = dict(result.attributes or {})
        result = get_subset(result, [integer(np_array(kept))], False)
        for name in ("class", "row.names"):
            if name in attributes:
                result = result.with_attribute(name, attributes[name])
    return result


def np_array(values: list[int]) -> Any:
    import numpy as np

    return np.array(values, dtype=np.int32)


# The stack


def caller_frame(env: Environment, generations: int = 1) -> Frame | None:
    """The frame that is `generations` callers up from the call whose environment this is."""
    frame = frame_of(env)
    for _ in range(generations - 1):
        if frame is None:
            return None
        frame = frame_of(frame.caller)
    return frame


@builtin("parent.frame(n = 1)")
def parent_frame(ctx: Context, n: Any) -> Any:
    frame = caller_frame(ctx.env, one_int(n, "n"))
    return session.global_env if frame is None else frame.caller


def frame_environment(which: int, env: Environment) -> Environment:
    """sys.frame(which): 0 is global, positive counts from the bottom, negative from here."""
    if which <= 0:
        frame = frame_of(env)
        here = 0 if frame is None else session.frames.index(frame) + 1
        which += here
        if which == 0 or here + which <= 0:
            return session.global_env
    if which > len(session.frames):
        raise UserError("not that many frames on the stack", code=Code.VALUE)
    return session.frames[which - 1].env


def _frame_at(which: int, env: Environment) -> Frame | None:
    frame = frame_of(env)
    if which <= 0:
        here = 0 if frame is None else session.frames.index(frame) + 1
        which += here
        if which == 0:
            return None
    if which > len(session.frames) or which < 0:
        raise UserError("not that many frames on the stack", code=Code.VALUE)
    return session.frames[which - 1]


@builtin("sys.call(which = 0)")
def sys_call(ctx: Context, which: Any) -> Any:
    frame = _frame_at(one_int(which, "which"), ctx.env)
    return NULL if frame is None else frame.call


@builtin("sys.function(which = 0)")
def sys_function(ctx: Context, which: Any) -> Any:
    frame = _frame_at(one_int(which, "which"), ctx.env)
    return NULL if frame is None else frame.function


@builtin("sys.frame(which = 0)")
def sys_frame(ctx: Context, which: Any) -> Any:
    number = one_int(which, "which")
    return session.global_env if number == 0 else frame_environment(number, ctx.env)


@builtin("sys.nframe()")
def sys_nframe(ctx: Context) -> Any:
    frame = frame_of(ctx.env)
    return integer(0 if frame is None else session.frames.index(frame) + 1)


@builtin("sys.calls()")
def sys_calls() -> Any:
    calls = [f.call for f in session.frames]
    return RVector("list", object_array(calls)) if calls else NULL


@builtin("sys.frames()")
def sys_frames() -> Any:
    frames = [f.env for f in session.frames]
    return RVector("list", object_array(frames)) if frames else NULL


@builtin("search()")
def search() -> Any:
    return character([_search_name(env) for env in session.global_env.chain() if env.name != "Autoloads"])


def _search_name(env: Environment) -> str:
    names = {"R_GlobalEnv": ".GlobalEnv", "base": "package:base"}
    return names.get(env.name or "", env.name or "")
