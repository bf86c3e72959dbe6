"""S3: classes of values, methods by class, group generics, UseMethod and NextMethod."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..errors import Code, UserError
from ..syntax.tree import Call, Function, Name
from . import lookup
from .environment import Environment
from .evaluator.calls import apply, bind_arguments, force_all, run_frame, run_without_dispatch
from .evaluator.compile import code_of
from .evaluator.plans import match_arguments
from .foreign import foreign_type
from .registry import BASE, Context
from .session import Frame, session
from .values import MISSING, NULL, Builtin, Closure, Dots, Formula, Promise, RVector, Scalar, character
from .vectors.coerce import type_of

_GROUPS = {
    "Ops": "+ - * / ^ %% %/% == != < > <= >= & | !",
    "Math": "abs sign sqrt floor ceiling trunc round signif exp log expm1 log1p cos sin tan cospi sinpi tanpi"
    " acos asin atan cosh sinh tanh acosh asinh atanh lgamma gamma digamma trigamma cumsum cumprod cummax"
    " cummin",
    "Summary": "all any sum prod max min range",
}
GROUP_OF = {name: group for group, names in _GROUPS.items() for name in names.split()}
"""The group generic of each function that has one."""

_METHODS: dict[tuple[str, str], Any] = {}


def register_method(generic: str, class_name: str, method: Any) -> None:
    """Make a function the S3 method wherever the generic is called, as packages do in their NAMESPACE."""
    _METHODS[generic, class_name] = method


@dataclass(slots=True)
class Dispatch:
    """How a call came to its S3 method.

    Attributes:
        generic: the generic's name
        classes: the classes that come after the one whose method this is
        group: "Ops", "Math", "Summary" if the method is a group's
        value: the object dispatched on
    """

    generic: str
    classes: list[str]
    group: str | None
    value: Any


# Classes


def explicit_class(value: Any) -> list[str] | None:
    """The class attribute, or the classes of a foreign object."""
    if value.__class__ is RVector or value.__class__ is Scalar:
        attributes = value.attributes
        return list(attributes["class"].data) if attributes and "class" in attributes else None
    attributes = getattr(value, "attributes", None) if _is_r_value(value) else None
    if attributes and "class" in attributes:
        return list(attributes["class"].data)
    foreign = foreign_type(value)
    return None if foreign is None else foreign.classes(value)


def _is_r_value(value: Any) -> bool:
    return isinstance(value, (RVector, Closure, Builtin, Environment, Formula))


def class_of(value: Any) -> list[str]:
    """R's `class(x)`."""
    classes = explicit_class(value)
    if classes is not None:
        return classes
    shape = _shape_classes(value)
    return shape or [_type_class(value)]


def _shape_classes(value: Any) -> list[str]:
    dim = value.attribute("dim") if isinstance(value, RVector) else None
    if dim is None:
        return []
    return ["matrix", "array"] if len(dim) == 2 else ["array"]


_CALL_CLASSES = ("if", "while", "for", "=", "<-", "(", "{")


def _type_class(value: Any) -> str:
    if isinstance(value, RVector):
        return "numeric" if value.type == "double" else value.type
    if isinstance(value, (Closure, Builtin)):
        return "function"
    if isinstance(value, Name):
        return "name"
    if isinstance(value, Call) and isinstance(value.function, Name) and value.function.name in _CALL_CLASSES:
        return value.function.name
    if isinstance(value, (Call, Function)):
        return "call"
    return type_of(value)


def implicit_class(value: Any) -> list[str]:
    """The classes that UseMethod goes through, without "default"."""
    classes = explicit_class(value)
    if classes is not None:
        return classes
    kind = type_of(value)
    if kind == "integer":
        kinds = ["integer", "numeric"]
    elif kind == "double":
        kinds = ["double", "numeric"]
    elif kind in ("closure", "builtin", "special"):
        kinds = ["function"]
    else:
        kinds = [_type_class(value)]
    return [*_shape_classes(value), *kinds]


def inherits(value: Any, what: str) -> bool:
    """R's `inherits(x, what)`."""
    return what in class_of(value)


# Methods


def find_method(generic: str, class_name: str, env: Environment) -> Any:
    """The method of a generic for a class, or None."""
    method = lookup.function_or_none(f"{generic}.{class_name}", env)
    return _METHODS.get((generic, class_name)) if method is None else method


def find_next(
    generic: str, group: str | None, classes: list[str], env: Environment, value: Any
) -> tuple[Any, str, Dispatch] | None:
    """The first method along the classes: (method, its name, how it was found)."""
    for i, name in enumerate(classes):
        for prefix in (generic, group):
            method = find_method(prefix, name, env) if prefix else None
            if method is not None:
                found_in = group if prefix == group else None
                return (
                    method,
                    f"{prefix}.{name}",
                    Dispatch(generic, classes[i + 1 :], found_in or group, value),
                )
    return None


def builtin_method(function: Builtin, value: Any, env: Environment) -> Any:
    """The S3 method that a generic builtin hands an object to, or None to do it itself."""
    classes = explicit_class(value)
    if not classes:
        return None
    return find_next(function.name, GROUP_OF.get(function.name), classes, env, value)


def run_method(
    found: tuple[Any, str, Dispatch],
    args: Dots,
    call: Any,
    env: Environment,
    value: Any,
    variables: dict[str, Any] | None = None,
) -> Any:
    """Call a method that was found, with the generic's arguments.

    Args:
        variables: what the generic has assigned, which the method sees as its own
    """
    method, name, dispatch = found
    shown = Call(Name(name), call.args, call.span) if isinstance(call, Call) else call
    if isinstance(method, Closure):
        return _run_closure_method(method, args, shown, env, dispatch, variables or {})
    # a group's method in Python reads the operator's name from the call
    named = Call(Name(dispatch.generic), call.args, call.span) if isinstance(call, Call) else call
    return apply(method, args, named, env)


def _run_closure_method(
    method: Closure, args: Dots, call: Any, env: Environment, dispatch: Dispatch, variables: dict[str, Any]
) -> Any:
    new = bind_arguments(method, args, call)
    new.values.setdefault(".Generic", character(dispatch.generic))
    for name, held in variables.items():
        new.values.setdefault(name, held)
    frame = Frame(call, method, new, env, args)
    frame.dispatch = dispatch
    return run_frame(frame)


def dispatch_or_none(generic: str, value: Any, args: Dots, call: Any, env: Environment) -> Any:
    """Call the method of an object's explicit class; None (Python's) where there is none."""
    classes = explicit_class(value)
    if not classes:
        return None
    found = find_next(generic, GROUP_OF.get(generic), classes, env, value)
    return None if found is None else run_method(found, args, call, env, value)


def call_generic(generic: str, args: Dots, ctx: Context) -> Any:
    """Call a function of R by name from Python, so that users' methods are found."""
    function = lookup.lookup_function(generic, ctx.env)
    call = Call(Name(generic), [])
    return apply(function, args, call, ctx.env)


# Operators


FOREMOST: set[str] = set()
"""Classes whose operators win over the other operand's, as S4 methods for both classes do in R."""


def dispatch_operator(operator: str, args: list[Any], call: Any, env: Environment) -> Any:
    """The result of an Ops method for one or two operands, or None where neither has one."""
    found = [_operator_method(operator, a, env) for a in args]
    left = found[0]
    right = found[1] if len(found) > 1 else None
    if left is None and right is None:
        return None
    if left is not None and right is not None and left[0] is not right[0]:
        kinds = [name.rpartition(".")[2] for name in (left[1], right[1])]
        if FOREMOST & set(kinds):
            left = left if kinds[0] in FOREMOST else right
        elif operator in ("==", "!=") or {"Date", "POSIXct", "POSIXt", "difftime"} & set(kinds):
            left = right if kinds[0] == "difftime" else left
        elif left[2].group and right[2].group and left[1] != right[1]:
            from .conditions import warn

            warn(f'Incompatible methods ("{left[1]}", "{right[1]}") for "{operator}"', call)
            return None
    method = left or right
    assert method is not None
    nodes = [a.value for a in call.args] if isinstance(call, Call) else []
    pairs: Dots = [
        (None, Promise(nodes[i], None, a) if i < len(nodes) and isinstance(nodes[i], (Name, Call)) else a)
        for i, a in enumerate(args)
    ]
    return run_method(method, pairs, call, env, args[0])


def _operator_method(operator: str, value: Any, env: Environment) -> tuple[Any, str, Dispatch] | None:
    classes = explicit_class(value)
    return find_next(operator, GROUP_OF.get(operator), classes, env, value) if classes else None


def is_object(value: Any) -> bool:
    """Whether the value has a class, so that methods are looked for."""
    return explicit_class(value) is not None


# UseMethod and NextMethod


def frame_of(env: Environment) -> Frame | None:
    """The innermost running call whose environment this is."""
    for frame in reversed(session.frames):
        if frame.env is env:
            return frame
    return None


def frame_arguments(frame: Frame) -> Dots:
    """What the call was given, as (name, value or promise) pairs."""
    given = frame.arguments or []
    if given and not isinstance(given[0], tuple):
        return [(a.name, v) for a, v in zip(frame.call.args, given, strict=True)]
    return given


def use_method(generic: str, value: Any, frame: Frame) -> Any:
    """Call the method for the value's class with the arguments of the generic's call."""
    classes = [*implicit_class(value), "default"]
    for env in (frame.caller, frame.function.environment):
        found = find_next(generic, None, classes, env, value)
        if found is not None:
            return run_method(
                found, frame_arguments(frame), frame.call, frame.caller, value, _assigned(frame)
            )
    internal = BASE.get(generic)
    if isinstance(internal, Builtin) and internal is not frame.function:
        return call_default(internal, frame_arguments(frame), frame.call, frame.caller)
    raise no_method(generic, value)


def _assigned(frame: Frame) -> dict[str, Any]:
    """The variables of a running function that are not its arguments."""
    arguments = frame.env.code.signature.names
    return {name: held for name, held in frame.env.values.items() if name not in arguments}


def no_method(generic: str, value: Any) -> UserError:
    classes = implicit_class(value) if explicit_class(value) is None else class_of(value)
    shown = f"'{classes[0]}'" if len(classes) == 1 else "c(" + ", ".join(f"'{c}'" for c in classes) + ")"
    return UserError(
        f"no applicable method for '{generic}' applied to an object of class \"{shown.strip(chr(39))}\"",
        code=Code.TYPE,
        cause=f"there is no function {generic}.{classes[0]} and no {generic}.default",
        cure=f"define {generic}.{classes[0]} <- function(...)",
    )


def next_method(frame: Frame, extra: Dots, env: Environment) -> Any:
    """Call the method that comes after the running one."""
    dispatch = frame.dispatch or _guess_dispatch(frame)
    args = _with_extra(_as_they_are_now(frame), extra)
    found = find_next(dispatch.generic, dispatch.group, dispatch.classes, frame.caller, dispatch.value)
    if found is None and "default" not in dispatch.classes:
        default = find_method(dispatch.generic, "default", frame.caller)
        if default is not None:
            name = f"{dispatch.generic}.default"
            found = default, name, Dispatch(dispatch.generic, [], dispatch.group, dispatch.value)
    if found is not None:
        return run_method(found, args, frame.call, frame.caller, dispatch.value)
    internal = BASE.get(dispatch.generic)
    if not isinstance(internal, Builtin):
        raise UserError("no more methods for '" + dispatch.generic + "'", code=Code.TYPE)
    return call_default(internal, args, frame.call, frame.caller)


def _as_they_are_now(frame: Frame) -> Dots:
    """The arguments of a running method's call: where one went to a formal, what that holds by now."""
    args = frame_arguments(frame)
    if not isinstance(frame.function, Closure):
        return args
    pairs = [(name, i) for i, (name, _) in enumerate(args)]
    matched = match_arguments(frame.function.signature, pairs, frame.call, frame.function)
    now = list(args)
    for formal, i in matched.values.items():
        if frame.env.values.get(formal, MISSING) is not MISSING:
            name = Name(formal)
            code_of(name)
            now[i] = args[i][0], Promise(name, frame.env)
    return now


def call_default(function: Builtin, args: Dots, call: Any, env: Environment) -> Any:
    """A builtin's own work, without looking for methods."""
    from .evaluator.extract import DEFAULTS

    values = force_all(args)
    if function.name in DEFAULTS:
        return DEFAULTS[function.name](values, env)
    return run_without_dispatch(function, values, call, env)


def _with_extra(args: Dots, extra: Dots) -> Dots:
    result = list(args)
    for name, value in extra:
        at = next((i for i, (n, _) in enumerate(result) if name and n == name), None)
        if at is None:
            result.append((name, value))
        else:
            result[at] = (name, value)
    return result


def _guess_dispatch(frame: Frame) -> Dispatch:
    """A method that was called by its own name: which generic and class it is for."""
    function = frame.call.function if isinstance(frame.call, Call) else None
    name = function.name if isinstance(function, Name) else ""
    args = frame_arguments(frame)
    value = lookup.resolve(args[0][1], "x") if args else NULL
    classes = implicit_class(value)
    for i, each in enumerate(classes):
        if name.endswith("." + each):
            return Dispatch(name[: -len(each) - 1], classes[i + 1 :], None, value)
    generic = name.partition(".")[0]
    if not generic:
        raise UserError("NextMethod called from outside a method dispatch", code=Code.VALUE)
    return Dispatch(generic, [], None, value)
