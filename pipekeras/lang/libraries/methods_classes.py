"""S4: classes declared, objects made, checked, and their slots."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from .. import s4
from ..dispatch import class_of, register_method
from ..registry import Context
from ..session import session
from ..values import NULL, Builtin, Dots, RVector, character, logical, rlist
from ..vectors.coerce import elements, one_string, strings
from .methods import PRINT, call_methods, generics, library, reach


def _slots_of(value: Any) -> tuple[dict[str, str], list[str]]:
    """(slots, unnamed parts: superclasses) of a representation."""
    slots: dict[str, str] = {}
    above: list[str] = []
    if value is NULL:
        return slots, above
    for name, part in zip(value.names or [None] * len(value), elements(value), strict=True):
        text = one_string(part, "representation")
        if name:
            slots[name] = text
        elif value.type == "list":
            above.append(text)
        else:
            slots[text] = "ANY"
    return slots, above


def define(
    name: str, slots: dict[str, str], above: list[str], prototype: Any, validity: Any
) -> s4.ClassDefinition:
    virtual = "VIRTUAL" in above
    above = [a for a in above if a != "VIRTUAL"]
    made = s4.ClassDefinition(name, dict(slots), above, virtual or (not slots and not above))
    for each in above:
        known = s4.state().classes.get(each)
        if known is not None:
            for slot, kind in known.slots.items():
                made.slots.setdefault(slot, kind)
            made.prototype.update({k: v for k, v in known.prototype.items() if k not in made.prototype})
            made.data = made.data or known.data
        elif each in ("numeric", "character", "logical", "integer", "list", "function", "complex"):
            made.data = each
        else:
            raise UserError(
                f"no definition was found for superclass “{each}” in the specification of class “{name}”"
            )
    if prototype is not NULL:
        for slot, value in zip(prototype.names or [""] * len(prototype), elements(prototype), strict=True):
            made.prototype[slot or ".Data"] = value
    made.validity = None if validity is NULL else validity
    s4.state().classes[name] = made
    s4.bind_method("print", name, PRINT)
    for generic in generics().values():
        reach(generic, [name])
    return made


@library.function(
    "setClass(Class, representation = NULL, prototype = NULL, contains = character(), validity = NULL,"
    " access, where, version, sealed, package, S3methods = FALSE, slots = NULL)",
    invisible=True,
)
def set_class(
    cls,
    representation,
    prototype,
    contains,
    validity,
    access=None,
    where=None,
    version=None,
    sealed=None,
    package=None,
    s3methods=None,
    slots=NULL,
):
    own, above = _slots_of(representation)
    more, _ = _slots_of(slots)
    name = one_string(cls, "Class")
    define(
        name,
        {**own, **more},
        [*above, *(t or "" for t in strings(contains, "contains"))],
        prototype,
        validity,
    )
    return generator(name)


def generator(name: str) -> Builtin:
    """What setClass returns: calling it is `new(name, ...)`."""

    def make(ctx: Context, dots: Dots) -> Any:
        return new_object(name, dots, ctx)

    made = Builtin("new", "new(...)", make, wants_context=True)
    made.attributes = {"className": character(name), "class": character("classGeneratorFunction")}
    return made


@library.function("print.classGeneratorFunction(x, ...)", invisible=True)
def print_generator(x, dots):
    session.write(f'Generator for class "{x.attributes["className"].data[0]}":\n')
    return x


register_method("print", "classGeneratorFunction", library.values["print.classGeneratorFunction"])


@library.function("representation(...)", "signature", "prototype")
def representation(dots):
    return rlist([v for _, v in dots], [n for n, _ in dots] if any(n for n, _ in dots) else None)


@library.function("setClassUnion(name, members = character(), where)", invisible=True)
def set_class_union(name, members, where=None):
    label = one_string(name, "name")
    made = s4.ClassDefinition(
        label, {}, [], virtual=True, members=[t or "" for t in strings(members, "members")]
    )
    s4.state().classes[label] = made
    return generator(label)


@library.function("setValidity(Class, method, where)")
def set_validity(cls, method, where=None):
    known = s4.definition(one_string(cls, "Class"))
    known.validity = method
    return rlist([character(known.name)], None, {"class": character("classRepresentation")})


def class_lines(known: s4.ClassDefinition) -> list[str]:
    """A class definition as printed."""
    kind = "Virtual Class" if known.virtual else "Class"
    lines = [f'{kind} "{known.name}" [in ".GlobalEnv"]', ""]
    if known.slots:
        lines += ["Slots:", *s4.property_lines(known.slots)]
    else:
        lines.append('No Slots, prototype of class "S4"')
    above = s4.ancestry(known.name)[1:]
    if above:
        lines += ["", "Extends: " + ", ".join(f'"{a}"' for a in above)]
    below = [n for n in s4.members_of(known.name) if n != known.name]
    if below:
        lines += ["", "Known Subclasses: " + ", ".join(f'"{n}"' for n in below)]
    return lines


@library.function("print.classRepresentation(x, ...)", invisible=True)
def print_class(x, dots):
    session.write("\n".join(class_lines(s4.definition(x.data[0].data[0]))) + "\n")
    return x


register_method("print", "classRepresentation", library.values["print.classRepresentation"])


@library.function("getClass(Class, ...)", "getClassDef")
def get_class(cls, dots):
    known = s4.definition(one_string(cls, "Class"))
    return rlist([character(known.name)], None, {"class": character("classRepresentation")})


@library.function("showClass(Class, ...)", invisible=True)
def show_class(cls, dots):
    session.write("\n".join(class_lines(s4.definition(one_string(cls, "Class")))) + "\n")
    return NULL


@library.function("existsClass(Class)", "isClass")
def exists_class(cls):
    return logical(one_string(cls, "Class") in s4.state().classes)


@library.function("removeClass(Class, ...)", invisible=True)
def remove_class(cls, dots):
    return logical(s4.state().classes.pop(one_string(cls, "Class"), None) is not None)


@library.function("isVirtualClass(Class, ...)")
def is_virtual_class(cls, dots):
    known = s4.state().classes.get(one_string(cls, "Class"))
    return logical(known is not None and known.virtual)


@library.function("extends(class1, class2, ...)")
def extends(first, second, dots):
    return logical(one_string(second, "class2") in s4.ancestry(one_string(first, "class1")))


# --- objects -----------------------------------------------------------------------------------------------


def new_object(name: str, dots: Dots, ctx: Context) -> Any:
    """`new(Class, ...)`: the prototype goes through initialize."""
    from .refclasses import new_reference

    if name in s4.state().references:
        return new_reference(name, dots, ctx)
    known = s4.state().classes.get(name)
    if known is None:
        plain = s4.default_value(name)
        if plain is NULL:
            raise UserError(f"“{name}” is not a defined class", code=Code.NAME)
        return dots[0][1] if dots else plain
    if known.virtual:
        raise UserError(f'trying to generate an object from a virtual class ("{name}")', code=Code.TYPE)
    start = s4.blank(name)
    session.visible = True
    generic = generics().get("initialize")
    if generic is None:
        return s4.fill(start, list(dots))
    return call_methods(generic, [(".Object", start), *dots], [start], None, ctx.env)


@library.function("new(Class, ...)")
def new(ctx, cls, dots):
    if isinstance(cls, Builtin) and cls.attributes and "className" in cls.attributes:
        cls = cls.attributes["className"]
    return new_object(one_string(cls, "Class"), dots, ctx)


@library.function("initialize(.Object, ...)")
def initialize(start, dots):
    return s4.fill(start, list(dots))


@library.function("validObject(object, test = FALSE, complete = FALSE)")
def valid_object(object_, test, complete):
    try:
        s4.validate(object_)
    except UserError as error:
        if test.data[0] != 1:
            raise
        return character(error.message)
    return logical(True)


@library.function("is(object, class2)")
def is_(object_, class2=None):
    if class2 is None:
        return character([n for n in s4.distances(object_) if n != "ANY"])
    return logical(s4.belongs(object_, one_string(class2, "class2")))


@library.function("slot(object, name)")
def slot(object_, name):
    found = s4.slot_value(object_, one_string(name, "name"))
    if found is None:
        raise no_slot(object_, one_string(name, "name"))
    return found


def no_slot(value: Any, name: str) -> UserError:
    return UserError(
        f'no slot of name "{name}" for this object of class "{class_of(value)[0]}"', code=Code.NAME
    )


@library.function("`slot<-`(object, name, check = TRUE, value)")
def set_slot(object_, name, check, value):
    label = one_string(name, "name")
    s4.check_slot(object_, label, value)
    return s4.with_slot(object_, label, value)


@library.function("slotNames(x)")
def slot_names(x):
    name = (
        x.data[0]
        if isinstance(x, RVector) and x.type == "character" and not s4.is_instance(x)
        else class_of(x)[0]
    )
    return character(list(s4.definition(name).slots))


@library.function("getSlots(x)")
def get_slots(x):
    slots = s4.definition(one_string(x, "x")).slots
    return character(list(slots.values()), {"names": character(list(slots))})


@library.function(".hasSlot(object, name)")
def has_slot(object_, name):
    return logical(s4.slot_value(object_, one_string(name, "name")) is not None)
