"""Reference classes: setRefClass, `$new`, fields that methods change with `<<-`, callSuper, copy()."""

from __future__ import annotations

import dataclasses
from typing import Any

from ...errors import Code, UserError
from .. import s4
from ..dispatch import class_of
from ..environment import Environment
from ..evaluator.calls import apply
from ..generics import invoke
from ..lookup import assign, is_function, note_function, resolve
from ..registry import Context
from ..session import session
from ..text.printing import print_value
from ..values import NULL, ActiveBinding, Builtin, Closure, Dots, RVector, character, rlist
from ..vectors.coerce import elements, one_string, strings
from .library import Library, method

library = Library("methods")


@dataclasses.dataclass
class Reference:
    """A reference class: fields with their classes (or functions, for active ones), methods of its own."""

    name: str
    fields: dict[str, Any]
    methods: dict[str, Any]
    parent: str | None
    env: Environment
    locked: list[str] = dataclasses.field(default_factory=list)


def lineage(name: str) -> list[Reference]:
    """The class and those above it, nearest first."""
    out = []
    at: str | None = name
    while at is not None and at in s4.state().references:
        out.append(s4.state().references[at])
        at = s4.state().references[at].parent
    return out


def fields_of(name: str) -> dict[str, Any]:
    """All fields, inherited ones first."""
    out: dict[str, Any] = {}
    for each in reversed(lineage(name)):
        out.update(each.fields)
    return out


def _fields(value: Any) -> dict[str, Any]:
    if value is NULL:
        return {}
    names = value.names
    if names is None:
        return dict.fromkeys((t or "" for t in strings(value, "fields")), "ANY")
    return {
        n or "": v if is_function(v) else one_string(v, "fields")
        for n, v in zip(names, elements(value), strict=True)
    }


@library.function(
    "setRefClass(Class, fields = list(), contains = NULL, methods = list(), ...)", invisible=True
)
def set_ref_class(ctx, cls, fields, contains, methods, dots):
    name = one_string(cls, "Class")
    parent = None if contains is NULL else one_string(contains, "contains")
    if parent in ("envRefClass", "VIRTUAL"):
        parent = None
    if parent is not None and parent not in s4.state().references:
        raise UserError(f"class “{parent}” is not a defined reference class", code=Code.NAME)
    s4.state().references[name] = Reference(name, _fields(fields), _functions(methods), parent, ctx.env)
    above = [r.name for r in lineage(name)[1:]]
    s4.state().classes[name] = s4.ClassDefinition(name, {}, above[:1] or ["envRefClass"])
    s4.bind_method("print", name, _PRINT)
    s4.bind_method("$<-", name, _SET_FIELD)
    s4.bind_method("$", name, _GET_MEMBER)
    return generator(name)


def _functions(value: Any) -> dict[str, Any]:
    return {} if value is NULL else dict(zip(value.names or [], elements(value), strict=True))


_STANDARD = [
    *("field", "trace", "getRefClass", "initFields", "copy", "callSuper", ".objectPackage", "export"),
    *("untrace", "getClass", "show", "usingMethods", ".objectParent", "import"),
]


def method_names(name: str) -> list[str]:
    """Methods in the order of R's tables: a class turns the one above around and puts its own before."""
    out = list(_STANDARD)
    above = "envRefClass"
    for each in reversed(lineage(name)):
        if above != "envRefClass":
            out.reverse()
        for label in each.methods:
            out.insert(0, f"{label}#{above}" if label in out else label)
        above = each.name
    return out


def generator(name: str) -> Builtin:
    """What setRefClass returns: called it makes an object; it has new, methods, fields, lock, className."""

    def new(ctx: Context, dots: Dots) -> Any:
        return new_reference(name, dots, ctx)

    def methods(dots: Dots) -> Any:
        if not dots:
            return character(sorted(method_names(name)))
        for label, value in dots:
            if label:
                s4.state().references[name].methods[label] = value
            else:
                s4.state().references[name].methods.update(_functions(value))
        session.visible = False
        return NULL

    def lock(dots: Dots) -> Any:
        locked = s4.state().references[name].locked
        locked += [str(field) for _, value in dots for field in strings(value, "fields")]
        session.visible = False
        return NULL

    def fields() -> Any:
        found = fields_of(name)
        kinds = [v if isinstance(v, str) else "activeBindingFunction" for v in found.values()]
        return character(kinds, {"names": character(list(found))})

    def show() -> None:
        invoke("print", made)

    made = Builtin("new", "new(...)", new, wants_context=True)
    made.attributes = {
        "class": character("refObjectGenerator"),
        "className": character(name),
        "members": rlist(
            [
                Builtin("new", "new(...)", new, wants_context=True),
                Builtin("methods", "methods(...)", methods),
                Builtin("fields", "fields()", fields),
                Builtin("lock", "lock(...)", lock),
                Builtin("show", "show()", show, invisible=True),
                character(name),
            ],
            ["new", "methods", "fields", "lock", "show", "className"],
        ),
    }
    return made


@method("$.refObjectGenerator(x, name)", "$", "refObjectGenerator")
def generator_member(x, name):
    label = one_string(name, "name")
    members = x.attributes["members"]
    if label not in members.names:
        raise UserError(
            f"‘{label}’ is not a valid field or method name for reference class “refGeneratorSlot”",
            code=Code.NAME,
        )
    return members.data[members.names.index(label)]


# --- objects -----------------------------------------------------------------------------------------------


def new_reference(name: str, dots: Dots, ctx: Context) -> Environment:
    """`Class$new(...)`: fields with their empty values, then initialize."""
    self = Environment(s4.state().references[name].env)
    self.attributes = {"class": _classes(name)}
    self.locked = set()
    for field, kind in fields_of(name).items():
        if isinstance(kind, str):
            self.values[field] = _empty(field, kind)
    self.values[".self"] = self
    for field, kind in fields_of(name).items():
        if not isinstance(kind, str):
            self.values[field] = ActiveBinding(_bound(kind, Environment(self)))
    for field in _locked_fields(name):
        self.values[field] = _set_once(field)
    _install(self, name)
    start = self.values.get("initialize")
    if start is None:
        init_fields(self, dots)
    else:
        apply(start, dots, None, ctx.env)
    session.visible = True
    return self


def _classes(name: str) -> RVector:
    return s4.class_attribute(name)


def _empty(field: str, kind: str) -> Any:
    if kind == "ANY":
        return rlist([], None, {"class": character("uninitializedField")})
    if kind in s4.state().references:
        return NULL
    return s4.default_value(kind)


def _locked_fields(name: str) -> list[str]:
    return [field for each in lineage(name) for field in each.locked]


def _set_once(field: str, *held: Any) -> ActiveBinding:
    """A locked field: it can be set while it has no value."""
    state = list(held)

    def access(value: Any = None) -> Any:
        if value is None:
            return state[0] if state else rlist([], None, {"class": character("uninitializedField")})
        if state:
            raise UserError(
                f"invalid replacement: reference class field ‘{field}’ is read-only", code=Code.PERMISSION
            )
        state.append(value)
        return value

    return ActiveBinding(Builtin(field, "access(value)", access, fallbacks={0: None}))


def _bound(function: Any, env: Environment) -> Any:
    if not isinstance(function, Closure):
        return function
    return Closure(function.node, function.signature, env)


def _install(self: Environment, name: str) -> None:
    """Every method as a closure below the object; `callSuper` is what the class above has."""
    chains: dict[str, list[Any]] = {}
    for each in lineage(name):
        for label, function in each.methods.items():
            chains.setdefault(label, []).append(function)
    self.values.update(_standard(self, name))
    for label, functions in chains.items():
        made = _fallback(self, label)
        for function in reversed(functions):
            scope = Environment(self)
            scope.values["callSuper"] = made
            made = _bound(function, scope)
        self.values[label] = made
        note_function(label)


def _fallback(self: Environment, label: str) -> Builtin:
    """callSuper() where no class above has the method: initialize sets fields, others do nothing."""

    def nothing(dots: Dots) -> Any:
        session.visible = False
        return NULL

    def fill(dots: Dots) -> Any:
        return init_fields(self, dots)

    return Builtin("callSuper", "callSuper(...)", fill if label == "initialize" else nothing)


def init_fields(self: Environment, dots: Dots) -> Environment:
    """Fields by name."""
    name = class_of(self)[0]
    known = fields_of(name)
    for field, value in dots:
        if not field:
            continue
        if field not in known:
            raise UserError(f"‘{field}’ is not a field in class “{name}”", code=Code.NAME)
        set_field(self, field, value)
    return self


def set_field(self: Environment, field: str, value: Any) -> None:
    """Set a field that may hold the value.

    Raises:
        UserError: "invalid assignment for reference class field"
    """
    name = class_of(self)[0]
    kind = fields_of(name).get(field)
    if isinstance(kind, str) and not s4.belongs(value, kind):
        raise UserError(
            f"invalid assignment for reference class field ‘{field}’, should be from class “{kind}” or a"
            f" subclass (was class “{class_of(value)[0]}”)",
            code=Code.TYPE,
        )
    assign(field, value, self)


def _standard(self: Environment, name: str) -> dict[str, Any]:
    """The methods that every object has."""

    def copy(ctx: Context, shallow: Any) -> Any:
        made = Environment(self.parent)
        made.attributes = dict(self.attributes or {})
        made.locked = set()
        for field, kind in fields_of(name).items():
            if isinstance(kind, str):
                value = resolve(self.values[field], field)
                if isinstance(value, RVector):
                    value.named = 2
                made.values[field] = value
            else:
                made.values[field] = ActiveBinding(_bound(kind, Environment(made)))
        for field in _locked_fields(name):
            made.values[field] = _set_once(field, made.values[field])
        made.values[".self"] = made
        _install(made, name)
        return made

    def field_(which: Any, value: Any = None) -> Any:
        label = one_string(which, "name")
        if value is None:
            return resolve(self.values[label], label)
        set_field(self, label, value)
        session.visible = False
        return NULL

    def fill(dots: Dots) -> Any:
        return init_fields(self, dots)

    def get_class() -> Any:
        return generator(name)

    return {
        "copy": Builtin("copy", "copy(shallow = FALSE)", copy, wants_context=True),
        "field": Builtin("field", "field(name, value)", field_, fallbacks={1: None}),
        "initFields": Builtin("initFields", "initFields(...)", fill),
        "getClass": Builtin("getClass", "getClass()", get_class),
        "getRefClass": Builtin("getRefClass", "getRefClass()", get_class),
        "show": Builtin("show", "show()", lambda ctx: _show(ctx, self, []), wants_context=True),
    }


def _set_field_method(x: Any, name: Any, value: Any) -> Any:
    label = one_string(name, "name")
    if label not in fields_of(class_of(x)[0]):
        raise UserError(f"‘{label}’ is not a field in class “{class_of(x)[0]}”", code=Code.NAME)
    set_field(x, label, value)
    return x


def _get_member(x: Any, name: Any) -> Any:
    label = one_string(name, "name")
    if label not in x.values:
        raise UserError(
            f"‘{label}’ is not a valid field or method name for reference class “{class_of(x)[0]}”",
            code=Code.NAME,
        )
    return resolve(x.values[label], label)


_GET_MEMBER = Builtin("$", "`$`(x, name)", _get_member)


_SET_FIELD = Builtin("$<-", "`$<-`(x, name, value)", _set_field_method)


# --- printing ----------------------------------------------------------------------------------------------


def _show(ctx: Context, x: Any, dots: Dots) -> Any:
    own = x.values.get("show")
    if isinstance(own, Closure):
        apply(own, [], None, ctx.env)
    else:
        session.write(f'Reference class object of class "{class_of(x)[0]}"\n')
        for field in fields_of(class_of(x)[0]):
            session.write(f'Field "{field}":\n')
            print_value(resolve(x.values[field], field), ctx)
    session.visible = False
    return x


_PRINT = Builtin("print", "print(x, ...)", _show, wants_context=True, invisible=True)


@method("print.refObjectGenerator(x, ...)", "print", "refObjectGenerator", invisible=True)
def print_generator(x, dots):
    name = x.attributes["className"].data[0]
    found = {n: k if isinstance(k, str) else "activeBindingFunction" for n, k in fields_of(name).items()}
    lines = [f'Generator for class "{name}":']
    if found:
        lines += ["", "Class fields:", *s4.property_lines(found)]
    else:
        lines += ["", "No fields defined"]
    above = [each.name for each in lineage(name)[1:]]
    lines += ["", "Class Methods: ", *_quoted_lines(method_names(name))]
    lines += ["", "Reference Superclasses: ", *_quoted_lines([*above, "envRefClass"]), ""]
    session.write("\n".join(lines) + "\n")
    return x


def _quoted_lines(names: list[str]) -> list[str]:
    """Names in quotes, as many a line as the width of the output takes."""
    lines = ["    "]
    for i, name in enumerate(names):
        text = f' "{name}"' + ("," if i + 1 < len(names) else "")
        if len(lines[-1]) + len(text) + 1 > session.option_int("width"):
            lines[-1] += " "
            lines.append("    ")
        lines[-1] += text
    return lines
