"""S4 classes as data: definitions, inheritance, objects, validity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..errors import Code, UserError
from .dispatch import class_of, implicit_class
from .environment import Environment
from .evaluator.calls import apply
from .session import session
from .values import DTYPES, NULL, Builtin, Closure, RVector, character, object_array
from .vectors.coerce import convert_data

_BASIC = ("numeric", "character", "logical", "integer", "complex", "raw", "list", "function", "expression")
_PARENTS = {
    "integer": ["numeric", "vector"],
    "double": ["numeric", "vector"],
    "numeric": ["vector"],
    "character": ["vector"],
    "logical": ["vector"],
    "list": ["vector"],
    "matrix": ["array"],
    "factor": ["integer"],
}


@dataclass
class ClassDefinition:
    """What setClass says.

    Attributes:
        slots: the class of each slot, its own before those it inherits
        contains: direct superclasses
        members: of a class union, its members
        data: the basic type that its objects are, if any
    """

    name: str
    slots: dict[str, str]
    contains: list[str]
    virtual: bool = False
    prototype: dict[str, Any] = field(default_factory=dict)
    validity: Any = None
    members: list[str] = field(default_factory=list)
    data: str | None = None


@dataclass
class State:
    """The classes and generics of a session.

    Attributes:
        global_env: the session's, by which a new session is known
        methods: functions found by S3 names, such as `print.Person`, below the global environment
        coercions: what setAs defines, by the classes from and to
    """

    global_env: Environment
    classes: dict[str, ClassDefinition] = field(default_factory=dict)
    generics: dict[str, Any] = field(default_factory=dict)
    references: dict[str, Any] = field(default_factory=dict)
    methods: dict[str, Any] = field(default_factory=dict)
    coercions: dict[tuple[str, str], Any] = field(default_factory=dict)


_states: list[State] = []


def state() -> State:
    """The running session's classes and generics."""
    if not _states or _states[0].global_env is not session.global_env:
        made = State(session.global_env)
        session.global_env.parent = Environment(session.global_env.parent, "methods", made.methods)
        _states[:] = [made]
    return _states[0]


def bind_method(generic: str, name: str, function: Any) -> None:
    """Let S3 dispatch find a function for a class."""
    state().methods[f"{generic}.{name}"] = function


def property_lines(kinds: dict[str, str]) -> list[str]:
    """Names with their classes below them, as class definitions show them."""
    width = max(len(text) for pair in kinds.items() for text in pair)
    rows = [("Name: ", kinds.keys()), ("Class:", kinds.values())]
    lines = [f"{title} " + " ".join(text.rjust(width) for text in texts) for title, texts in rows]
    return [" " * len(lines[0]), *lines]


def definition(name: str) -> ClassDefinition:
    if name not in state().classes:
        raise UserError(
            f'undefined class "{name}"', code=Code.NAME, cure=f'define it first: setClass("{name}", ...)'
        )
    return state().classes[name]


def ancestry(name: str) -> list[str]:
    """The class and all above it, nearest first."""
    out = [name]
    for each in out:
        known = state().classes.get(each)
        above = known.contains if known is not None else _PARENTS.get(each, [])
        unions = [c.name for c in state().classes.values() if each in c.members]
        out += [c for c in [*above, *unions] if c not in out]
    return out


def distances(value: Any) -> dict[str, int]:
    """How far each class of a value is: what methods are chosen by."""
    names = class_of(value) if is_instance(value) else implicit_class(value)
    out: dict[str, int] = {}
    for start, name in enumerate(names):
        for steps, each in enumerate(ancestry(name)):
            out.setdefault(each, start + steps)
    if isinstance(value, (Closure, Builtin)):
        out.setdefault("function", 0)
    out["ANY"] = 1000
    return out


def is_instance(value: Any) -> bool:
    """Whether the value is an object of a class made by setClass."""
    attributes = value.attributes if isinstance(value, (RVector, Environment)) else None
    classes = attributes.get("class") if attributes else None
    return classes is not None and len(classes) == 1 and classes.data[0] in state().classes


def belongs(value: Any, name: str) -> bool:
    """R's `is(value, name)`."""
    return name == "ANY" or name in distances(value)


# Objects


def class_attribute(name: str) -> RVector:
    value = RVector("character", object_array([name]))
    value.attributes = {"package": character(".GlobalEnv")}
    return value


def default_value(kind: str) -> Any:
    """What a slot holds that got no value."""
    if kind in state().classes:
        known = state().classes[kind]
        return NULL if known.virtual else blank(kind)
    if kind == "function":
        return NULL
    type_ = "double" if kind == "numeric" else kind
    if type_ in DTYPES:
        return RVector(type_, np.empty(0, dtype=DTYPES[type_]))
    return NULL


def blank(name: str) -> RVector:
    """An object of a class with its prototype."""
    known = definition(name)
    attributes: dict[str, Any] = {}
    for slot, kind in known.slots.items():
        attributes[slot] = known.prototype.get(slot, default_value(kind))
    attributes["class"] = class_attribute(name)
    if known.data is not None:
        data = known.prototype.get(".Data", default_value(known.data))
        return RVector(data.type, data.data, attributes)
    return RVector("S4", np.empty(0, dtype=object), attributes)


def with_slot(value: Any, name: str, new: Any) -> RVector:
    """The object with one slot changed."""
    if name == ".Data":
        return RVector(new.type, new.data, value.attributes)
    attributes = dict(value.attributes or {})
    if isinstance(new, RVector):
        new.named = 2
    attributes[name] = new
    made = RVector(value.type, value.data, attributes)
    made.named = 2
    return made


def check_slot(value: Any, name: str, new: Any) -> None:
    """Refuse what `value@name <- new` may not hold."""
    owner = class_of(value)[0]
    known = definition(owner)
    if name == ".Data":
        return
    if name not in known.slots:
        raise UserError(
            f'no slot of name "{name}" for this object of class "{owner}"',
            code=Code.NAME,
            cause=f"its slots are {', '.join(known.slots)}",
        )
    kind = known.slots[name]
    if not belongs(new, kind):
        raise UserError(
            f"assignment of an object of class “{class_of(new)[0]}” is not valid for @‘{name}’ in an object"
            f' of class “{owner}”; is(value, "{kind}") is not TRUE',
            code=Code.TYPE,
        )


def set_slot(value: Any, name: str, new: Any) -> Any:
    """`value@name <- new`."""
    if not is_instance(value):
        return value.with_attribute(name, new)
    check_slot(value, name, new)
    return with_slot(value, name, new)


def fill(value: RVector, pairs: list[tuple[str | None, Any]]) -> RVector:
    """The default initialize: slots by name, superclass objects and data without."""
    owner = class_of(value)[0]
    known = definition(owner)
    for name, given in pairs:
        if name:
            if name not in known.slots:
                raise UserError(f"invalid name for slot of class “{owner}”: {name}", code=Code.NAME)
            value = with_slot(value, name, given)
        elif is_instance(given):
            for slot in definition(class_of(given)[0]).slots:
                value = with_slot(value, slot, (given.attributes or {})[slot])
        elif known.data is not None:
            kind = "double" if known.data == "numeric" else known.data
            data = given.data if kind in ("list", given.type) else convert_data(given.data, given.type, kind)
            value = RVector(given.type if kind == "double" else kind, data, value.attributes)
        else:
            raise UserError(
                f"cannot use object of class “{class_of(given)[0]}” in new():  class “{owner}” does not"
                " extend that class",
                code=Code.TYPE,
                cause="its slots are given by name",
            )
    if pairs:
        validate(value)
    return value


def validate(value: Any) -> None:
    """Slots hold what they may, and the validity functions agree, those of superclasses first.

    Raises:
        UserError: "invalid class “A” object: ..."
    """
    owner = class_of(value)[0]
    known = definition(owner)
    for slot, kind in known.slots.items():
        held = (value.attributes or {}).get(slot, NULL)
        if kind in ("ANY", "function") and held is NULL:
            continue
        if not belongs(held, kind):
            raise UserError(
                f'invalid class “{owner}” object: invalid object for slot "{slot}" in class "{owner}": got'
                f' class "{class_of(held)[0]}", should be or extend class "{kind}"',
                code=Code.TYPE,
            )
    for each in reversed(ancestry(owner)):
        check = state().classes[each].validity if each in state().classes else None
        if check is None:
            continue
        answer = apply(check, [(None, value)])
        if isinstance(answer, RVector) and answer.type == "character":
            texts = list(answer.data)
            if len(texts) == 1:
                raise UserError(f"invalid class “{owner}” object: {texts[0]}", code=Code.VALUE)
            lines = [f"invalid class “{owner}” object: {i}: {t}" for i, t in enumerate(texts, 1)]
            raise UserError("\n".join(lines), code=Code.VALUE)


def slot_value(value: Any, name: str) -> Any:
    """`value@name`, or None where there is no such slot."""
    if name == ".Data" and isinstance(value, RVector):
        return RVector(value.type, value.data)
    attributes = value.attributes if isinstance(value, (RVector, Environment)) else None
    if attributes is None or name not in attributes:
        return None
    found = attributes[name]
    if isinstance(found, RVector):
        found.named = 2
    return found


def members_of(name: str) -> Iterator[str]:
    """The class and all below it."""
    for each in state().classes:
        if name in ancestry(each):
            yield each
