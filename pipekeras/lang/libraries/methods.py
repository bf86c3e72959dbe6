"""S4: generics and their methods, which of them is called, and how objects show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Name
from .. import s4
from ..dispatch import GROUP_OF, class_of, frame_arguments, frame_of
from ..environment import Environment
from ..evaluator.calls import apply
from ..lookup import function_or_none, resolve
from ..registry import BASE, Context
from ..session import session
from ..text.printing import Style, print_default
from ..values import MISSING, NULL, Builtin, Closure, Dots, RVector, character, logical
from ..vectors.coerce import elements, one_string, strings
from .library import Library

library = Library("methods")

_GROUPS = {
    "Arith": "+ - * / ^ %% %/%",
    "Compare": "== != < > <= >=",
    "Logic": "& |",
    "Ops": "+ - * / ^ %% %/% == != < > <= >= & |",
    "Math": " ".join(n for n, g in GROUP_OF.items() if g == "Math"),
    "Summary": " ".join(n for n, g in GROUP_OF.items() if g == "Summary"),
}


@dataclass
class Generic:
    """A generic function: its formals that are dispatched on, and its methods by signature."""

    name: str
    formals: list[str]
    methods: dict[tuple[str, ...], Any]
    default: Any = None
    bridge: Builtin | None = None


@dataclass
class Running:
    """A method that is running: what callNextMethod() and callGeneric() need."""

    generic: str
    rest: list[Any]
    pairs: Dots
    env: Environment | None


_running: list[Running] = []


def generics() -> dict[str, Generic]:
    """The session's generics; show and initialize are always there."""
    found = s4.state().generics
    if not found:
        found["show"] = Generic("show", ["object"], {}, None)
        found["initialize"] = Generic("initialize", [".Object"], {}, None)
    return found


# --- generics and methods ----------------------------------------------------------------------------------


def _formals(function: Any) -> list[str]:
    return [n for n in function.signature.names if n != "..."]


@library.function(
    "setGeneric(name, def = NULL, where, package, valueClass, useAsDefault, genericFunction,"
    " simpleInheritanceOnly, signature = NULL)"
)
def set_generic(
    ctx,
    name,
    definition=NULL,
    where=None,
    package=None,
    value_class=None,
    default=None,
    generic_function=None,
    simple=None,
    signature=NULL,
):
    label = one_string(name, "name")
    existing = function_or_none(label, session.global_env)
    if definition is NULL:
        if existing is None:
            raise UserError(
                f"must supply a function skeleton for ‘{label}’, explicitly or via an existing function"
            )
        session.write_error(f"Creating a generic function for ‘{label}’ in the global environment\n")
        _generic_for(label, existing)
        return character(label)
    formals = (
        _formals(definition) if signature is NULL else [t or "" for t in strings(signature, "signature")]
    )
    old = generics().get(label)
    generics()[label] = Generic(label, formals, old.methods if old else {}, _plain_default(existing))
    session.global_env.values[label] = definition
    return character(label)


def _plain_default(existing: Any) -> Any:
    """An ordinary function of the name serves where no method fits."""
    if isinstance(existing, Builtin) or existing is None:
        return existing
    text = existing.node.body
    return None if "standardGeneric" in _called_names(text) else existing


def _called_names(node: Any) -> set[str]:
    if not isinstance(node, Call):
        return set()
    found = {node.function.name} if isinstance(node.function, Name) else set()
    for arg in node.args:
        found |= _called_names(arg.value)
    return found


def _generic_for(name: str, existing: Any) -> Generic:
    """The generic that setMethod makes of an existing function."""
    if name in generics():
        return generics()[name]
    formals = _formals(existing) if existing is not None else []
    made = Generic(name, formals or ["x"], {}, existing)
    generics()[name] = made
    if existing is not None and not _dispatches(made):

        def dispatching(ctx: Context, dots: Dots) -> Any:
            return call_methods(made, dots, _positional(made, dots), ctx.call, ctx.env)

        session.global_env.values[name] = Builtin(name, f"`{name}`(...)", dispatching, wants_context=True)
    return made


def _dispatches(generic: Generic) -> bool:
    """Whether the base function looks for S3 methods itself, as operators and generic functions do."""
    base = generic.default
    return isinstance(base, Builtin) and (base.generic or base.kind == "special" or generic.name in GROUP_OF)


def _positional(generic: Generic, pairs: Dots) -> list[Any]:
    """The values of the formals that are dispatched on."""
    named = {n: v for n, v in pairs if n in generic.formals}
    rest = iter([v for n, v in pairs if not n])
    return [named[f] if f in named else next(rest, MISSING) for f in generic.formals]


def reach(generic: Generic, classes: Sequence[str]) -> None:
    """Let S3 dispatch of a base function find S4 methods for objects of these classes."""
    if not _dispatches(generic):
        return
    wanted = {c for signature in generic.methods for c in signature}
    for name in classes:
        if wanted & set(s4.ancestry(name)):
            s4.bind_method(generic.name, name, _bridge(generic))


def _bridge(generic: Generic) -> Builtin:
    """The S3 method that stands for all S4 methods: one, so that two operands agree on it."""
    if generic.bridge is not None:
        return generic.bridge

    def dispatching(ctx: Context, dots: Dots) -> Any:
        return call_methods(generic, dots, _positional(generic, dots), ctx.call, ctx.env)

    generic.bridge = Builtin(generic.name, f"`{generic.name}`(...)", dispatching, wants_context=True)
    return generic.bridge


_OPERATOR_FORMALS = {"[": ["x", "i"], "[[": ["x", "i"], "$": ["x", "name"], "[<-": ["x", "i"], "$<-": ["x"]}


def add_method(name: str, signature: Sequence[str], function: Any) -> None:
    for each in _GROUPS.get(name, name).split():
        existing = function_or_none(each, session.global_env)
        generic = generics().get(each)
        if generic is None:
            if existing is None:
                raise UserError(f"no existing definition for function ‘{each}’", code=Code.FUNCTION)
            generic = _generic_for(each, existing)
            if each in _GROUPS["Ops"].split():
                generic.formals = ["e1", "e2"]
            elif each in _OPERATOR_FORMALS:
                generic.formals = _OPERATOR_FORMALS[each]
        generic.methods[tuple(signature)] = function
        reach(generic, list(s4.state().classes))
        for cls in signature:
            if cls not in s4.state().classes and cls not in ("ANY", "missing"):
                s4.bind_method(each, cls, _bridge(generic))


@library.function(
    "setMethod(f, signature = character(), definition, where, valueClass, sealed)", invisible=True
)
def set_method(f, signature, definition, where=None, value_class=None, sealed=None):
    name = one_string(f, "f")
    parts = [one_string(v, "signature") for v in elements(signature)]
    add_method(name, parts, definition)
    return character(name)


@library.function("setReplaceMethod(f, ..., where)", invisible=True)
def set_replace_method(f, dots, where=None):
    given = {n: v for n, v in dots if n}
    free = [v for n, v in dots if not n]
    signature = given.get("signature") or free.pop(0)
    definition = given.get("definition") or free.pop(0)
    return set_method(character(one_string(f, "f") + "<-"), signature, definition)


def ordered_methods(generic: Generic, values: Sequence[Any]) -> list[Any]:
    """The methods that fit the values, best first."""
    far = [{"missing": 0, "ANY": 1000} if v is MISSING else s4.distances(v) for v in values]
    fits: list[tuple[int, int, Any]] = []
    for k, (signature, function) in enumerate(generic.methods.items()):
        total = 0
        for i, name in enumerate(signature):
            away = far[i].get(name) if i < len(far) else (0 if name in ("missing", "ANY") else None)
            if away is None:
                break
            total += away
        else:
            total += 1000 * max(0, len(values) - len(signature))
            fits.append((total, k, function))
    return [f for _, _, f in sorted(fits, key=lambda item: item[:2])]


def call_methods(generic: Generic, pairs: Dots, values: Sequence[Any], call: Any, env: Environment) -> Any:
    """Call the best method, or the function that was there before.

    Raises:
        UserError: "unable to find an inherited method for function"
    """
    found = ordered_methods(generic, values)
    default = generic.default
    if generic.name == "initialize":
        default = library.values["initialize"]
    chain = [*found, *([default] if default is not None else [])]
    if not chain:
        used = values[: max((len(s) for s in generic.methods), default=1)]
        shown = ", ".join(f'"{"missing" if v is MISSING else class_of(v)[0]}"' for v in used)
        raise UserError(
            f"unable to find an inherited method for function ‘{generic.name}’ for signature ‘{shown}’",
            code=Code.TYPE,
            cause=f'no setMethod("{generic.name}", ...) fits these arguments',
        )
    return _run(generic.name, chain, pairs, call, env)


def _run(name: str, chain: list[Any], pairs: Dots, call: Any, env: Environment) -> Any:
    function, *rest = chain
    if not isinstance(function, Closure):
        from ..dispatch import call_default
        from ..evaluator.calls import force_all, run_without_dispatch

        values = force_all(pairs)
        if isinstance(function, Builtin) and function.kind != "special" and name in BASE:
            return run_without_dispatch(function, values, call, env)
        return (
            call_default(function, values, call, env) if name in BASE else apply(function, values, call, env)
        )
    scope = Environment(function.environment)
    bound = Closure(function.node, function.signature, scope)
    running = Running(name, rest, pairs, None)
    scope.values[".Generic"] = character(name)
    _running.append(running)
    try:
        return apply(bound, _fitting(function, pairs), call, env)
    finally:
        _running.remove(running)


def _fitting(function: Closure, pairs: Dots) -> Dots:
    """Operators hand over unnamed arguments; the rest is as given."""
    return [(None if n in ("e1", "e2") else n, v) for n, v in pairs]


@library.function("standardGeneric(f, fdef)")
def standard_generic(ctx, f, fdef=None):
    name = one_string(f, "f")
    generic = generics().get(name)
    frame = frame_of(ctx.env)
    if generic is None or frame is None:
        raise UserError(
            f'call to standardGeneric("{name}") apparently not from the body of that generic function'
        )
    values = []
    for formal in generic.formals:
        value = ctx.env.values.get(formal, MISSING)
        given = value is not MISSING and not _is_default(frame, formal, value)
        values.append(resolve(value, formal) if given else MISSING)
    return call_methods(generic, list(frame_arguments(frame)), values, frame.call, frame.caller)


def _is_default(frame: Any, formal: str, value: Any) -> bool:
    from ..lookup import is_missing

    return is_missing(formal, frame.env)


@library.function("callNextMethod(...)")
def call_next_method(ctx, dots):
    if not _running:
        raise UserError("callNextMethod() called from outside a method dispatch", code=Code.VALUE)
    current = _running[-1]
    chain = current.rest
    pairs = dots or _current_arguments(current, ctx.env)
    if not chain:
        raise UserError("No next method available", code=Code.TYPE)
    if current.generic == "show" and not isinstance(chain[0], Closure):
        show_default(pairs[0][1], ctx)
        return NULL
    return _run(current.generic, chain, pairs, ctx.call, ctx.env)


def _current_arguments(current: Running, env: Environment) -> Dots:
    """callNextMethod() without arguments: the formals as they are now."""
    frame = frame_of(env)
    if frame is None or frame.function is None:
        return current.pairs
    out: Dots = []
    for i, (name, value) in enumerate(current.pairs):
        formal = name or (_formals(frame.function)[i] if i < len(_formals(frame.function)) else None)
        out.append((name, env.values.get(formal, value) if formal else value))
    return out


@library.function("callGeneric(...)")
def call_generic(ctx, dots):
    function = function_or_none(_running[-1].generic, ctx.env)
    return apply(function, dots, None, ctx.env)


@library.function("isGeneric(f, ...)")
def is_generic(f, dots):
    return logical(one_string(f, "f") in generics())


def _exact(f: Any, signature: Any) -> Any:
    generic = generics().get(one_string(f, "f"))
    key = tuple(t or "" for v in elements(signature) for t in strings(v, "signature"))
    return None if generic is None else generic.methods.get(key)


@library.function("existsMethod(f, signature = character(), ...)")
def exists_method(f, signature, dots):
    return logical(_exact(f, signature) is not None)


def _inherited(f: Any, signature: Any) -> Any:
    generic = generics().get(one_string(f, "f"))
    if generic is None:
        return None
    wanted = [t or "" for v in elements(signature) for t in strings(v, "signature")]
    for key, function in generic.methods.items():
        if all(k in ("ANY", *s4.ancestry(w)) for k, w in zip(key, wanted, strict=False)):
            return function
    return None


@library.function("hasMethod(f, signature = character(), ...)")
def has_method(f, signature, dots):
    return logical(_inherited(f, signature) is not None)


@library.function("getMethod(f, signature = character(), ...)", "selectMethod")
def get_method(f, signature, dots):
    found = _exact(f, signature) or _inherited(f, signature)
    if found is None:
        classes = ", ".join(str(c) for c in signature.data)
        raise UserError(
            f"no method found for function '{one_string(f, 'f')}' and signature {classes}", code=Code.NAME
        )
    return found


@library.function("showMethods(f, ...)", invisible=True)
def show_methods(f, dots):
    name = one_string(f, "f")
    generic = generics().get(name)
    if generic is None:
        session.write(f'\nFunction "{name}":\n <not an S4 generic function>\n')
        return NULL
    package = "base" if isinstance(generic.default, Builtin) else ".GlobalEnv"
    lines = [f"Function: {name} (package {package})"]
    for signature in sorted(generic.methods):
        lines.append(", ".join(f'{f}="{c}"' for f, c in zip(generic.formals, signature, strict=False)))
    session.write("\n".join([*lines, "", ""]))
    return NULL


@library.function("removeMethod(f, signature = character(), ...)")
def remove_method(f, signature, dots):
    generic = generics().get(one_string(f, "f"))
    key = tuple(t or "" for v in elements(signature) for t in strings(v, "signature"))
    return logical(generic is not None and generic.methods.pop(key, None) is not None)


# --- showing -----------------------------------------------------------------------------------------------


def show_default(value: Any, ctx: Context) -> None:
    """An object slot by slot."""
    from ..text.printing import print_value

    name = class_of(value)[0]
    session.write(f'An object of class "{name}"\n')
    known = s4.state().classes.get(name)
    if known is None:
        return
    if known.data is not None:
        print_default(RVector(value.type, value.data), ctx, Style())
    for slot_name in known.slots:
        session.write(f'Slot "{slot_name}":\n')
        print_value((value.attributes or {}).get(slot_name, NULL), ctx)
        session.write("\n")
    if not known.slots and known.data is None:
        session.write("<S4 Type Object>\n")


def _show_object(ctx: Context, x: Any, dots: Dots) -> Any:
    generic = generics().get("show")
    found = ordered_methods(generic, [x]) if generic is not None else []
    if found:
        _run("show", [*found, _SHOW], [(None, x)], ctx.call, ctx.env)
    else:
        show_default(x, ctx)
    session.visible = False
    return x


PRINT = Builtin("print", "print(x, ...)", _show_object, wants_context=True, invisible=True)


@library.function("show(object)", invisible=True)
def show(ctx, object_):
    from ..text.printing import print_value

    if s4.is_instance(object_):
        _show_object(ctx, object_, [])
    else:
        print_value(object_, ctx)
    return NULL


_SHOW = library.values["show"]


@library.function("isS4(object)")
def is_s4(object_):
    return logical(s4.is_instance(object_))
