"""Calls: arguments matched by a plan kept at each call site, closures entered, builtins run."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from typing import Any

from ...errors import Code, UserError
from ...signature import DOTS
from ...syntax.tree import EMPTY, Arg, Call, Const, Function, Name, Node
from .. import ignored, lookup
from ..conditions import call_text, settle
from ..environment import Environment
from ..foreign import foreign_type
from ..language import constant_value
from ..native.boxes import box
from ..primitives import PRIMITIVES
from ..registry import BASE, Context
from ..session import Frame, session
from ..values import MISSING, Builtin, Closure, Dots, Promise, RVector
from .compile import Run, code_of, evaluate, find_dots
from .plans import (
    BuiltinPlan,
    ClosurePlan,
    applied_plan,
    builtin_plan,
    closure_plan,
    match_arguments,
    plan_default,
)
from .signals import ReturnSignal

APPLIED_CALL = Call(
    Name("FUN"),
    [Arg(None, Call(Name("[["), [Arg(None, Name("X")), Arg(None, Name("i"))])), Arg(None, Name("..."))],
)
"""How a function called by a builtin (sapply, Filter) sees its call, as in R: `FUN(X[[i]], ...)`."""


# Call sites


def compile_lookup_call(call: Call, name: str | None) -> Run:
    """A call whose function is looked up when it runs."""
    find = find_named(name, call) if name is not None else _find_computed(call.function)
    args = [_argument(a) for a in call.args]
    names = [a.name for a in call.args]
    if any(isinstance(a.value, Name) and a.value.name == DOTS for a in call.args):
        return _open_call(call, find, args, names)
    return _closed_call(call, find, args, names)


def find_named(name: str, call: Call) -> Run:
    """The search for a call's function."""

    def find(env: Environment) -> Any:
        scope: Environment | None = env
        while scope is not None:
            value = scope.values.get(name)
            if value is not None:
                kind = type(value)
                if kind is Closure or kind is Builtin:
                    return value
                break
            scope = scope.parent
        try:
            return lookup.lookup_function(name, env)
        except UserError as error:
            if not error.settled:
                settle(error, call)
            raise

    return find


def _find_computed(node: Node) -> Run:
    run = code_of(node)

    def find(env: Environment) -> Any:
        value = run(env)
        if not lookup.is_function(value):
            raise lookup.not_a_function("what stands before the parenthesis")
        return value

    return find


def _argument(arg: Arg) -> tuple[Node | None, Any]:
    """(None, value) of what needs no evaluation, else (node, None)."""
    if arg.value is EMPTY:
        return None, MISSING
    if isinstance(arg.value, Const):
        return None, constant_value(arg.value)
    code_of(arg.value)
    return arg.value, None


def _closed_call(call: Call, find: Run, args: list[tuple[Node | None, Any]], names: list[str | None]) -> Run:
    """A call without `...` among its arguments: it is matched once for each function that it meets."""
    known: Any = None
    plan: Any = None
    value_runs = [value_run(node, value) for node, value in args]

    def run(env: Environment) -> Any:
        nonlocal known, plan
        function = find(env)
        kind = type(function)
        if kind is Closure:
            code = function.node.code
            if code is not known:
                plan = closure_plan(code, names, args, call, function)
                known = code
            given = [value if node is None else Promise(node, env) for node, value in args]
            new = Environment(function.environment)
            new.code = code
            values = new.values
            for formal, i in plan.supplied:
                values[formal] = given[i]
            if plan.dots is not None:
                values[DOTS] = [(n, given[i]) for n, i in plan.dots]
            if plan.constants:
                values.update(plan.constants)
            for formal, node in plan.lazy:
                values[formal] = Promise(node, new)
            return run_frame(Frame(call, function, new, env, given))
        if kind is Builtin:
            if function.kind == "special":
                return function.function(call, env)
            if function is not known:
                plan = _told_plan(function, names, call)
                known = function
            own = plan  # the arguments may run this call again, with another function
            try:
                given = (
                    _values_on_stack(value_runs, call, env)
                    if own.on_stack
                    else [value(env) for value in value_runs]
                )
            except UserError as error:
                settle_in_arguments(error, function, call)
                raise
            return run_builtin(function, own, given, call, env, names)
        pairs = [(n, value(env)) for n, value in zip(names, value_runs, strict=True)]
        return call_foreign(function, pairs, call, env)

    return run


def _open_call(call: Call, find: Run, args: list[tuple[Node | None, Any]], names: list[str | None]) -> Run:
    """A call with `...` among its arguments."""

    def run(env: Environment) -> Any:
        function = find(env)
        if type(function) is Builtin and function.kind == "special":
            return function.function(call, env)
        return apply(function, expand(args, names, env), call, env)

    return run


def expand(args: list[tuple[Node | None, Any]], names: Sequence[str | None], env: Environment) -> Dots:
    """Arguments as (name, value or promise) pairs, `...` replaced by what it holds."""
    pairs: Dots = []
    for (node, value), name in zip(args, names, strict=True):
        if node is None:
            pairs.append((name, value))
        elif type(node) is Name and node.name == DOTS:
            pairs.extend(find_dots(env) or [])
        else:
            pairs.append((name, Promise(node, env)))
    return pairs


def promise_arguments(call: Call, env: Environment) -> Dots:
    """The arguments of a call as (name, value or promise) pairs."""
    return expand([_argument(a) for a in call.args], [a.name for a in call.args], env)


def value_run(node: Node | None, value: Any) -> Run:
    """The evaluation of an argument; a formal that is missing in its function stays MISSING."""
    if node is None:
        return lambda env: value
    run = code_of(node)
    if type(node) is not Name:
        return run
    name = node.name

    def read(env: Environment) -> Any:
        bound = env.values.get(name)
        if bound is None or env.code is None:
            return run(env)
        return MISSING if lookup.is_empty(name, env) else run(env)

    return read


_NOWHERE = Environment(None)


def _values_on_stack(runs: list[Run], call: Call, env: Environment) -> list[Any]:
    """Arguments of a call that shows on the stack while they are evaluated, as a closure's do in R."""
    session.frames.append(Frame(call, None, _NOWHERE, env))
    try:
        return [value(env) for value in runs]
    finally:
        session.frames.pop()


def _told_plan(function: Builtin, names: Sequence[str | None], call: Call) -> BuiltinPlan:
    """The plan of a call as written, which says what has no effect in it."""
    plan = builtin_plan(function, names, call)
    if plan.unread:
        session.call = call
        ignored.tell(function, plan.unread)
    return plan


def run_builtin(
    function: Builtin,
    plan: BuiltinPlan,
    given: list[Any],
    call: Any,
    env: Environment,
    names: Sequence[str | None],
) -> Any:
    """Call a builtin whose arguments are evaluated."""
    try:
        if plan.dispatch is not None:
            method = _builtin_method(function, given[plan.dispatch], env)
            if method is not None:
                return _dispatch(method, function, given, names, call, env, plan.dispatch)
        values = _positional(function, plan, given, call)
        session.call = call
        if function.invisible is not None:
            session.visible = True
        if function.wants_context:
            result = function.function(Context(env, call), *values)
        else:
            result = function.function(*values)
    except UserError as error:
        if not error.settled:
            settle(error, call)
        raise
    except MemoryError as failure:
        error = _no_memory(failure)
        settle(error, call)
        raise error from None
    if function.invisible:
        session.visible = False
    return result


def _positional(function: Builtin, plan: BuiltinPlan, given: list[Any], call: Any) -> list[Any]:
    """One value for each formal of a builtin, as its Python function takes them."""
    values = plan.template.copy()
    for position, i in plan.supplied:
        value = given[i]
        values[position] = value
        if value is MISSING:
            _fill_missing(function, position, values, _symbol_at(call, i))
    if plan.dots is not None:
        position, dots = plan.dots
        values[position] = [(n, given[i]) for n, i in dots]
        if MISSING in given and "[" not in function.name:
            _refuse_empty(function, dots, given, call)
    if plan.required:
        raise lookup.missing_argument(function.signature.params[plan.required[0]].name)
    if plan.lazy:
        _add_defaults(function, plan.lazy, values)
    return values


def _symbol_at(call: Any, place: int) -> str | None:
    """The name that a call as written has for its argument at a place; None behind a `...`."""
    if not isinstance(call, Call) or place >= len(call.args):
        return None
    names = [a.value.name if isinstance(a.value, Name) else None for a in call.args[: place + 1]]
    return None if DOTS in names else names[place]


def _refuse_empty(function: Builtin, dots: list[tuple[str | None, int]], given: list[Any], call: Any) -> None:
    """`c(1, )` has an empty argument; only indexing may have one."""
    for place, (_, i) in enumerate(dots, 1):
        if given[i] is MISSING:
            symbol = _symbol_at(call, i)
            if symbol is not None:
                error = lookup.missing_argument(symbol)
                if function.name in PRIMITIVES and session.frames:
                    settle(error, session.frames[-1].call)
                raise error
            counted = function.name in PRIMITIVES
            raise UserError(
                f"argument {place} is empty" if counted else "argument is missing, with no default",
                code=Code.ARGUMENT,
                cause="there is a comma with nothing behind it",
                cure="leave the comma out",
            )


def _no_memory(failure: MemoryError) -> UserError:
    """numpy's refusal in R's words."""
    shape, dtype = failure.args if len(failure.args) == 2 else ((), None)
    size = math.prod(shape) * dtype.itemsize / 2**30 if dtype is not None else 0
    shown = f"cannot allocate vector of size {size:.1f} Gb" if size else "cannot allocate memory"
    return UserError(
        shown,
        code=Code.LIMIT,
        cause="the result does not fit into memory",
        cure="work on a part of the data at a time",
    )


def _fill_missing(function: Builtin, position: int, values: list[Any], symbol: str | None) -> None:
    """An argument that is itself a missing formal of the caller, which has it under a name."""
    alone = BuiltinPlan()
    alone.template = [None] * len(values)
    plan_default(function, position, alone)
    if alone.required or alone.lazy:
        raise lookup.missing_argument(symbol or function.signature.params[position].name)
    values[position] = alone.template[position]


def _add_defaults(function: Builtin, lazy: list[tuple[int, Node]], values: list[Any]) -> None:
    """Evaluate R defaults in a frame that sees the other arguments."""
    frame = Environment(session.base)
    waiting = {position for position, _ in lazy}
    for position, param in enumerate(function.signature.params):
        if position not in waiting and param.name != DOTS:
            value = values[position]
            if value is not None and not isinstance(value, bool):
                frame.values[param.name] = value
    for position, node in lazy:
        code_of(node)
        frame.values[function.signature.params[position].name] = Promise(node, frame)
    for position, _ in lazy:
        values[position] = lookup.resolve(
            frame.values[function.signature.params[position].name], function.signature.params[position].name
        )


def settle_in_arguments(error: UserError, function: Builtin, call: Any) -> None:
    """An error while arguments were evaluated: R names the function unless it is a primitive."""
    if not error.settled and function.name not in PRIMITIVES:
        settle(error, call)


def _builtin_method(function: Builtin, value: Any, env: Environment) -> Any:
    """The S3 method for a generic builtin's first argument, if its class has one."""
    attributes = value.attributes if isinstance(value, RVector) else None
    if isinstance(value, RVector) and (attributes is None or "class" not in attributes):
        return None
    from ..dispatch import builtin_method

    return builtin_method(function, value, env)


def _dispatch(
    method: Any,
    function: Builtin,
    given: list[Any],
    names: Sequence[str | None],
    call: Any,
    env: Environment,
    position: int,
) -> Any:
    from ..dispatch import run_method

    nodes = [a.value for a in call.args] if isinstance(call, Call) and len(call.args) == len(given) else None
    pairs: Dots = []
    for i, (name, value) in enumerate(zip(names, given, strict=True)):
        if nodes is not None and isinstance(nodes[i], (Name, Call, Function)):
            value = value if value is MISSING else Promise(nodes[i], None, value)
        pairs.append((name, value))
    return run_method(method, pairs, call, env, given[position])


# Closures


def run_frame(frame: Frame) -> Any:
    """Run a closure's body in its environment, which holds the matched arguments."""
    return box(enter(frame))


def enter(frame: Frame) -> Any:
    """As `run_frame`, but a single number or string may come unboxed (see `lang.native`)."""
    frames = session.frames
    if len(frames) >= session.max_depth:
        raise too_deep()
    new = frame.env
    frames.append(frame)
    session.visible = True
    try:
        return new.code.body(new)
    except ReturnSignal as jump:
        if jump.env is not new:
            raise
        return jump.value
    except UserError as error:
        if not error.settled:
            settle(error, frame.call)
        raise
    finally:
        if frame.on_exit is None:
            frames.pop()
        else:
            _run_on_exit(frame)


_MOST_OVERFLOWS = 100


def too_deep() -> UserError:
    session.overflows += 1
    return UserError(
        "evaluation nested too deeply: infinite recursion / options(expressions=)?",
        code=Code.LIMIT,
        cause=f"{session.max_depth} calls are running at once",
        cure="let the recursion end, or raise options(expressions = )",
    )


def is_overflow(error: BaseException | None) -> bool:
    """Whether an error says that calls nest too deeply."""
    return isinstance(error, RecursionError) or (
        isinstance(error, UserError)
        and error.code is Code.LIMIT
        and error.message.startswith("evaluation nested")
    )


def may_finish() -> bool:
    """Whether on.exit() and finally code still runs while an error passes by.

    Such code that recurses itself meets the limit again, in each of thousands of calls: it would never end.
    """
    return session.overflows < _MOST_OVERFLOWS or not is_overflow(sys.exc_info()[1])


def _run_on_exit(frame: Frame) -> None:
    visible = session.visible
    try:
        while frame.on_exit and may_finish():
            code = frame.on_exit.pop(0)
            evaluate(code, frame.env)
    finally:
        session.visible = visible
        del session.frames[session.frames.index(frame) :]


# Calls from Python


def apply(function: Any, args: Dots, call: Any = None, env: Environment | None = None) -> Any:
    """Call any function with (name, value or promise) pairs.

    Args:
        call: what sys.call() and errors show; by default R's `FUN(X[[i]], ...)`
        env: the environment it is called from; by default the global one
    """
    call = APPLIED_CALL if call is None else call
    env = session.global_env if env is None else env
    kind = type(function)
    if kind is Closure:
        return apply_closure(function, args, call, env)
    if kind is Builtin:
        if function.kind == "special":
            return _apply_special(function, args, env)
        try:
            given = [lookup.force(v) if type(v) is Promise else v for _, v in args]
        except UserError as error:
            settle_in_arguments(error, function, call)
            raise
        names = [n for n, _ in args]
        return run_builtin(function, builtin_plan(function, names, call), given, call, env, names)
    return call_foreign(function, force_all(args), call, env)


def run_without_dispatch(function: Builtin, args: Dots, call: Any, env: Environment) -> Any:
    """A builtin's own work on evaluated arguments, whatever their classes."""
    names = [n for n, _ in args]
    plan = builtin_plan(function, names, call)
    plan.dispatch = None
    return run_builtin(function, plan, [v for _, v in args], call, env, names)


def force_all(args: Dots) -> Dots:
    return [(n, lookup.force(v) if type(v) is Promise else v) for n, v in args]


def _apply_special(function: Builtin, args: Dots, env: Environment) -> Any:
    """A special called with values, as by `sapply(x, "[[", 1)`: they become constants of a call."""
    nodes = [
        Arg(
            n,
            EMPTY
            if v is MISSING
            else v.node
            if type(v) is Promise and v.value is None
            else Const(v.value if type(v) is Promise else v),
        )
        for n, v in args
    ]
    return function.function(Call(Name(function.name), nodes), env)


def bind_arguments(function: Closure, args: Dots, call: Any) -> Environment:
    """The environment of a call: matched arguments and defaults."""
    code: Any = function.node.code or code_of(function.node)
    plan = applied_plan(code, tuple([n for n, _ in args]))
    values = [v for _, v in args]
    if plan is not None and MISSING not in values:
        return planned_environment(function, plan, values)
    matched = match_arguments(code.signature, args, call, function)
    new = Environment(function.environment)
    new.code = code
    bound = new.values
    for formal in code.signature.names:
        value = matched.values.get(formal, MISSING)
        if formal == DOTS:
            bound[DOTS] = matched.dots
        elif value is not MISSING:
            if type(value) is RVector:
                value.named = 2
            bound[formal] = value
        elif formal in code.lazy:
            bound[formal] = Promise(code.lazy[formal], new)
        else:
            bound[formal] = code.constants.get(formal, MISSING)
    return new


def planned_environment(function: Closure, plan: ClosurePlan, values: Sequence[Any]) -> Environment:
    """The environment of a call with those values, matched by a plan."""
    new = Environment(function.environment)
    new.code = function.node.code
    bound = new.values
    for formal, i in plan.supplied:
        value = values[i]
        if type(value) is RVector:
            value.named = 2
        bound[formal] = value
    if plan.dots is not None:
        bound[DOTS] = [(n, values[i]) for n, i in plan.dots]
    if plan.constants:
        bound.update(plan.constants)
    for formal, node in plan.lazy:
        bound[formal] = Promise(node, new)
    return new


def apply_closure(function: Closure, args: Dots, call: Any, env: Environment, dispatch: Any = None) -> Any:
    frame = Frame(call, function, bind_arguments(function, args, call), env, args)
    frame.dispatch = dispatch
    return run_frame(frame)


def call_foreign(function: Any, args: Dots, call: Any, env: Environment) -> Any:
    """Call an object of another world that can be called, such as a layer."""
    foreign = foreign_type(function)
    try:
        if foreign is None or not foreign.callable(function):
            raise lookup.not_a_function("what is called")
        session.call = call
        session.visible = True
        return foreign.call(function, args, Context(env, call))
    except UserError as error:
        if not error.settled:
            settle(error, call)
        raise


def call_function(function: Any, args: Dots, *, ctx: Context, call: Any = None) -> Any:
    """Call a function of R from a builtin, whose own result is shown even if the function's would not be.

    Args:
        args: (name or None, value) pairs
        ctx: the builtin's context: the function is called from there
        call: how the call looks to sys.call() and in errors; R's `FUN(X[[i]], ...)` by default
    """
    result = apply(function, args, call, ctx.env)
    session.visible = True
    return result


def _variable_holding(what: Any, call: Call, env: Environment) -> str | None:
    """The name that the call was written with for this value, which may be a function's name as well."""
    written = (arg.value.name for arg in call.args if isinstance(arg.value, Name))
    return next((name for name in written if lookup.lookup_or_none(name, env) is what), None)


def match_function(what: Any, ctx: Context) -> Any:
    """R's match.fun: a function, or the function of a name given as text or symbol."""
    if lookup.is_function(what):
        return what
    name = what.name if isinstance(what, Name) else None
    if isinstance(what, RVector) and what.type == "character" and len(what) == 1:
        name = what.data[0]
    if name is None and isinstance(ctx.call, Call):
        name = _variable_holding(what, ctx.call, ctx.env)
    if name is not None:
        found = lookup.function_or_none(name, ctx.env)
        if found is None:
            error = lookup.not_found(name, ctx.env)
            error.message = f"object '{name}' of mode 'function' was not found"
            raise error
        return found
    shown = _function_argument(ctx.call)
    raise UserError(f"'{shown}' is not a function, character or symbol", code=Code.FUNCTION)


def _function_argument(call: Call | None) -> str:
    """How the argument of a call is written that should be a function."""
    node = argument_code(call, "FUN", "f")
    return "FUN" if node is None else call_text(node)


def argument_code(call: Call | None, *formals: str) -> Any:
    """The code that a call of a builtin gives for the first of these formals; None if it gives none."""
    called = BASE.get(call.function.name) if call is not None and isinstance(call.function, Name) else None
    if call is None or not isinstance(called, Builtin):
        return None
    given = called.signature.match([(a.name, a.value) for a in call.args]).values
    return next((given[formal] for formal in formals if formal in given), None)
