"""Variables: promises forced, names looked up along environments, values bound to names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import Code, UserError, did_you_mean
from ..syntax.source import Span
from ..syntax.tree import Arg, Call, Const, Name
from .environment import Environment
from .foreign import foreign_type
from .session import session
from .values import (
    MISSING,
    ActiveBinding,
    Builtin,
    Closure,
    LazyBinding,
    MissingArgument,
    Promise,
    RVector,
)


def force(promise: Promise) -> Any:
    """The value of a promise, evaluated at the first look."""
    value = promise.value
    if value is None:
        if promise.running:
            raise UserError(
                "promise already under evaluation: recursive default argument reference or earlier problems?",
                code=Code.VALUE,
                cause="the argument's expression needs the argument itself",
                cure="give the default another name than the variable that it is made of",
            )
        promise.running = True
        try:
            code = promise.node.code
            if code is None:  # compiled before a form was redefined
                from .evaluator.compile import code_of

                code = code_of(promise.node)
            value = code(promise.environment)  # pyright: ignore[reportArgumentType]  unforced ones have one
        finally:
            promise.running = False
        if type(value) is RVector:
            value.named = 2  # the promise and whoever made the value both see it
        promise.value = value
        promise.environment = None
    return value


def resolve(value: Any, name: str) -> Any:
    """What a binding stands for: promises are forced, active and lazy bindings called."""
    kind = type(value)
    if kind is Promise:
        found = value.value
        return force(value) if found is None else found
    if kind is MissingArgument:
        raise missing_argument(name)
    if kind is ActiveBinding:
        from .evaluator.calls import apply

        return apply(value.function, [])
    if kind is LazyBinding:
        return value.load()
    return value


def missing_argument(name: str) -> UserError:
    return UserError(
        f'argument "{name}" is missing, with no default',
        code=Code.ARGUMENT,
        cause=f"the call gives no `{name}`",
        cure=f"add `{name} = ...` to the call",
    )


def lookup_or_none(name: str, env: Environment | None) -> Any:
    """The variable's value, or None where it is not bound."""
    while env is not None:
        value = env.values.get(name)
        if value is not None:
            return resolve(value, name)
        env = env.parent
    return None


def lookup(name: str, env: Environment) -> Any:
    """The variable's value along the environments, as R evaluates a name."""
    value = lookup_or_none(name, env)
    if value is None:
        raise not_found(name, env)
    return value


def is_function(value: Any) -> bool:
    if isinstance(value, (Closure, Builtin)):
        return True
    foreign = foreign_type(value)
    return foreign is not None and foreign.callable(value)


def function_or_none(name: str, env: Environment | None) -> Any:
    """The nearest function of that name: variables that are no functions are passed over."""
    while env is not None:
        value = env.values.get(name)
        if value is not None:
            kind = type(value)
            if kind is Closure or kind is Builtin:
                return value
            if kind is not MissingArgument and kind is not list:
                value = resolve(value, name)
                if is_function(value):
                    return value
        env = env.parent
    return None


def lookup_function(name: str, env: Environment) -> Any:
    """The function that a call of that name uses."""
    value = function_or_none(name, env)
    if value is None:
        raise _no_function(name, env)
    return value


def _no_function(name: str, env: Environment) -> UserError:
    holder = env.find(name)
    if holder is None:
        cause, cure = f"no function `{name}` is visible here", _suggestion(name, env, functions=True)
    else:
        cause = f"`{name}` is a variable that holds no function"
        cure = f"take parts of it with {name}[ ]; a * is never left out: {name} * (...)"
    return UserError(f'could not find function "{name}"', code=Code.FUNCTION, cause=cause, cure=cure)


def not_a_function(place: str) -> UserError:
    """R's error for calling what cannot be called; `place` says where it stands."""
    return UserError(
        "attempt to apply non-function",
        code=Code.FUNCTION,
        cause=f"{place} is no function",
        cure="call a function, a layer or a model; a value cannot be called",
    )


def not_found(name: str, env: Environment, span: Span | None = None) -> UserError:
    """R's error for a name that is bound nowhere, and where it stands in the user's text."""
    return UserError(
        f"object '{name}' not found",
        span=span,
        code=Code.NAME,
        cause=f"no variable `{name}` is visible here",
        cure=_suggestion(name, env, functions=False),
    )


def names_in_scope(env: Environment) -> Iterator[str]:
    """All names bound along the environments, innermost first."""
    for each in env.chain():
        yield from each.values


def _suggestion(name: str, env: Environment, functions: bool) -> str | None:
    if session.handlers:  # somebody waits for the error: nobody will read the cure
        return None
    names = set(names_in_scope(env))
    near = did_you_mean(name, names)
    if near and functions and function_or_none(near, env) is None:
        near = did_you_mean(name, {each for each in names if function_or_none(each, env) is not None})
    if near:
        return f"did you mean `{near}`?"
    if functions:
        return "define it, or load the package that has it with library(); pipekeras does not have all of R"
    return f"assign it first: {name} <- ..."


_MAY_BE_CALLED = (Closure, Builtin, Promise, ActiveBinding)


def note_function(name: str) -> None:
    """A name gets a function when the program runs: code that takes the name for R's own is made anew."""
    if name not in session.redefined:
        from .evaluator.compile import redefine

        redefine(name)


def note_functions(values: Mapping[str, Any]) -> None:
    """As `note_function`, for variables bound all at once."""
    for name, value in values.items():
        if type(value) in _MAY_BE_CALLED:
            note_function(name)


def assign(name: str, value: Any, env: Environment) -> None:
    """Bind a name in the environment itself."""
    if type(value) is RVector:
        value.named = 2 if value.named else 1
    elif type(value) in _MAY_BE_CALLED:
        note_function(name)
    if env.locked is not None and _assigned_specially(name, value, env):
        return
    env.values[name] = value


def assign_super(name: str, value: Any, env: Environment) -> None:
    """`name <<- value`: where the name is bound further out, else globally."""
    outer: Environment | None = env.parent
    while outer is not None and outer is not session.base:
        if name in outer.values:
            assign(name, value, outer)
            return
        outer = outer.parent
    assign(name, value, session.global_env)


def _assigned_specially(name: str, value: Any, env: Environment) -> bool:
    assert env.locked is not None
    old = env.values.get(name)
    if name in env.locked:
        raise UserError(f"cannot change value of locked binding for '{name}'", code=Code.PERMISSION)
    if "" in env.locked and old is None:
        raise UserError("cannot add bindings to a locked environment", code=Code.PERMISSION)
    if type(old) is ActiveBinding:
        from .evaluator.calls import apply

        # errors show the argument as R's call has it
        quote = Call(Name("::"), [Arg(None, Name("base")), Arg(None, Name("quote"))])
        quoted = Call(quote, [Arg(None, Const(value))])
        apply(old.function, [(None, Promise(quoted, env, value))])
        return True
    return False


def is_empty(name: str, env: Environment) -> bool:
    """Whether a formal has no value at all: it got none, or a formal that has none, and no default."""
    value = env.values.get(name)
    if value is MISSING:
        return True
    if type(value) is not Promise or value.value is not None or type(value.node) is not Name:
        return False
    node, outer = value.node, value.environment
    return outer is not None and outer.values.get(node.name) is not value and is_empty(node.name, outer)


def is_missing(name: str, env: Environment) -> bool:
    """R's `missing(name)`: the formal got no argument, or one that is itself a missing formal."""
    value = env.values.get(name)
    if value is MISSING:
        return True
    if type(value) is list:
        return not value
    default = env.code.defaults.get(name) if env.code is not None else None
    if type(value) is not Promise:
        return default is not None and value is default
    if value.node is default:
        return True
    node, outer = value.node, value.environment
    if type(node) is not Name or outer is None or value.value is not None:
        return False
    return outer.values.get(node.name) is not value and is_missing(node.name, outer)
