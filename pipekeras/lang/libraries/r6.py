"""R6: classes whose objects are environments, with private and active members, inheritance and clone()."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...errors import Code, UserError
from ...signature import Param, Signature
from ...syntax.tree import Call
from ..dispatch import class_of
from ..environment import Environment
from ..evaluator.calls import apply, promise_arguments
from ..evaluator.compile import evaluate
from ..generics import as_text
from ..language import from_node
from ..lookup import force
from ..registry import Context
from ..session import session
from ..text.deparse import deparse_lines
from ..values import NULL, ActiveBinding, Builtin, Closure, Promise, RVector, character, logical, rlist
from ..vectors.coerce import elements, has_class, is_atomic, one_flag, one_string
from .library import Library, method

library = Library("R6")

Members = dict[str, Any]
_PARTS = (
    "public_fields",
    "public_methods",
    "private_fields",
    "private_methods",
    "active",
)
_SIGNATURE = Signature(
    [
        Param(name)
        for name in (
            "classname",
            "public",
            "private",
            "active",
            "inherit",
            "lock_objects",
            "class",
            "portable",
            "lock_class",
            "cloneable",
            "parent_env",
        )
    ]
)


class Definition:
    """What a call of R6Class says.

    Attributes:
        inherit: the expression that gives the parent's generator, looked up at each `new`, or None
        env: where that expression is evaluated, and what encloses the methods
    """

    def __init__(self, given: dict[str, Any], inherit: Any, env: Environment) -> None:
        name = given.get("classname", NULL)
        self.name = None if name is NULL else one_string(name, "classname")
        public, private = _members(given.get("public")), _members(given.get("private"))
        active = _members(given.get("active"))
        names = [*public, *private, *active]
        if len(set(names)) != len(names):
            raise UserError("All items in public, private, and active must have unique names.")
        self.parts: dict[str, Members] = {
            "public_fields": {n: v for n, v in public.items() if not _is_function(v)},
            "public_methods": {n: v for n, v in public.items() if _is_function(v)},
            "private_fields": {n: v for n, v in private.items() if not _is_function(v)},
            "private_methods": {n: v for n, v in private.items() if _is_function(v)},
            "active": active,
        }
        self.inherit = inherit
        self.env = env
        self.lock_objects = _flag(given, "lock_objects", True)
        self.lock_class = _flag(given, "lock_class", False)
        self.portable = _flag(given, "portable", True)
        self.with_class = _flag(given, "class", True)
        self.cloneable = _flag(given, "cloneable", True)
        self.added: set[str] = set()  # members that `generator$set()` brought, behind clone()

    def parent(self) -> Definition | None:
        generator = self.parent_generator()
        return None if generator is NULL else _definition(generator)

    def parent_generator(self) -> Any:
        """What `R6Class` returned for the parent, or NULL."""
        if self.inherit is None:
            return NULL
        generator = evaluate(self.inherit, self.env)
        if not has_class(generator, "R6ClassGenerator"):
            raise UserError("`inherit` must be a R6ClassGenerator.", code=Code.TYPE)
        return generator

    def classes(self) -> list[str]:
        parent = self.parent()
        above = ["R6"] if parent is None else parent.classes()
        return above if self.name is None else [self.name, *above]


def _members(value: Any) -> Members:
    if value is None or value is NULL:
        return {}
    names = value.names or []
    if len(names) != len(value) or not all(names):
        raise UserError("All elements of public, private, and active must be named.", code=Code.ARGUMENT)
    return dict(zip(names, elements(value), strict=True))


def _is_function(value: Any) -> bool:
    return isinstance(value, (Closure, Builtin))


def _flag(given: dict[str, Any], name: str, default: bool) -> bool:
    return one_flag(given[name], name) if name in given else default


# Generators


@library.special("R6Class")
def r6_class(call: Call, env: Environment) -> Any:
    """`R6Class(classname, public, private, active, inherit, ...)`; `inherit` is kept unevaluated."""
    given = _SIGNATURE.match(promise_arguments(call, env)).values
    inherit = given.pop("inherit", None)
    values = {name: force(v) if isinstance(v, Promise) else v for name, v in given.items()}
    where = values.get("parent_env", env)
    node = None
    if inherit is not None:
        node = inherit.node if isinstance(inherit, Promise) else inherit
        node = None if node is NULL else node
    session.visible = True
    return generator_of(Definition(values, node, where))


def generator_of(definition: Definition) -> Environment:
    """The object that `R6Class` returns: an environment with `new`, `set` and the definition's parts."""
    made = Environment(None)
    made.attributes = {"class": character("R6ClassGenerator")}

    def new(ctx: Context, dots: Any) -> Any:
        return new_object(definition, dots, ctx)

    def set_member(which: Any, name: Any, value: Any, overwrite: Any) -> Any:
        _set_member(definition, one_string(which, "which"), one_string(name, "name"), value)
        definition.added.add(one_string(name, "name"))
        return NULL

    made.values = {
        "new": Builtin("new", "new(...)", new, wants_context=True),
        "set": Builtin("set", "set(which, name, value, overwrite = FALSE)", set_member, invisible=True),
        "classname": NULL if definition.name is None else character(definition.name),
        "parent_env": definition.env,
        "class": logical(definition.with_class),
        "lock_objects": logical(definition.lock_objects),
        "lock_class": logical(definition.lock_class),
        "portable": logical(definition.portable),
        "cloneable": logical(definition.cloneable),
        "inherit": NULL if definition.inherit is None else from_node(definition.inherit),
        "get_inherit": Builtin("get_inherit", "get_inherit()", definition.parent_generator),
        "has_private": Builtin("has_private", "has_private()", lambda: logical(_has_private(definition))),
        ".definition": definition,
    }
    for part in ("public_fields", "public_methods", "private_fields", "private_methods", "active"):
        made.values[part] = ActiveBinding(_part_reader(definition, part))
    return made


def _part_reader(definition: Definition, part: str) -> Builtin:
    def read() -> Any:
        members = dict(definition.parts[part])
        if part == "public_methods" and definition.cloneable:
            members["clone"] = Builtin("clone", "clone(deep = FALSE)", lambda deep: NULL)
        return rlist(list(members.values()), list(members)) if members else NULL

    return Builtin(part, f"{part}()", read)


def _definition(generator: Environment) -> Definition:
    return generator.values[".definition"]


def _set_member(definition: Definition, which: str, name: str, value: Any) -> None:
    if definition.lock_class:
        raise UserError("Can't modify a locked R6 class.", code=Code.PERMISSION)
    if which == "active":
        definition.parts["active"][name] = value
    else:
        definition.parts[f"{which}_{'methods' if _is_function(value) else 'fields'}"][name] = value


# Objects


def _bound(members: Members, enclosing: Environment) -> Members:
    """Functions as methods: closures see `self`, `private` and `super`."""
    return {name: _enclosed(value, enclosing) for name, value in members.items()}


def _enclosed(function: Any, enclosing: Environment) -> Any:
    if not isinstance(function, Closure):
        return function
    made = Closure(function.node, function.signature, enclosing)
    made.attributes = function.attributes
    return made


class _Layer:
    """The members of a class and of those above it, with methods bound to one object."""

    def __init__(self, definition: Definition, self_env: Environment, private: Environment | None) -> None:
        parent = definition.parent()
        above = None if parent is None else _Layer(parent, self_env, private)
        self.enclosing = Environment(definition.env)
        self.enclosing.values["self"] = self_env
        if private is not None:
            self.enclosing.values["private"] = private
        if above is not None:
            self.enclosing.values["super"] = above.as_super()
        self.parts: dict[str, Members] = {}
        for part in _PARTS:
            own = definition.parts[part]
            bound = own if part.endswith("fields") else _bound(own, self.enclosing)
            self.parts[part] = {**(above.parts[part] if above else {}), **bound}

    def as_super(self) -> Environment:
        env = Environment(None)
        env.values.update(self.parts["public_methods"])
        env.values.update(self.parts["private_methods"])
        env.values.update({n: ActiveBinding(f) for n, f in self.parts["active"].items()})
        env.locked = set()
        return env


def _has_private(definition: Definition) -> bool:
    parent = definition.parent()
    own = definition.parts["private_fields"] or definition.parts["private_methods"]
    return bool(own) or (parent is not None and _has_private(parent))


def _assemble(definition: Definition) -> tuple[Environment, Environment | None, _Layer]:
    public = Environment(None)
    private = Environment(None) if _has_private(definition) else None
    layer = _Layer(definition, public, private)
    methods = layer.parts["public_methods"]
    later = {n: f for n, f in methods.items() if n in definition.added}
    public.values.update({n: f for n, f in methods.items() if n not in later})
    if definition.cloneable:
        public.values["clone"] = _clone_method(definition, public, private)
    public.values.update(later)
    if private is not None:
        private.values.update(layer.parts["private_methods"])
    return public, private, layer


def _finish(definition: Definition, public: Environment, private: Environment | None, layer: _Layer) -> None:
    """Active members; lock methods and, unless the class says otherwise, the set of members."""
    public.values.update({n: ActiveBinding(f) for n, f in layer.parts["active"].items()})
    public.values[".__enclos_env__"] = layer.enclosing
    adding = {""} if definition.lock_objects else set()
    public.locked = {*layer.parts["public_methods"], "clone", *adding}
    if private is not None:
        private.locked = {*layer.parts["private_methods"], *adding}
    if definition.with_class:
        public.attributes = {"class": character(definition.classes())}


def _shared(values: Iterable[Any]) -> None:
    for value in values:
        if isinstance(value, RVector):
            value.named = 2


def new_object(definition: Definition, dots: Any, ctx: Context) -> Environment:
    """`Class$new(...)`: an object with its fields, then `initialize(...)`."""
    public, private, layer = _assemble(definition)
    fields = [(public, layer.parts["public_fields"])]
    if private is not None:
        fields.append((private, layer.parts["private_fields"]))
    for env, members in fields:
        _shared(members.values())
        env.values.update(members)
    _finish(definition, public, private, layer)
    start = public.values.get("initialize")
    if start is not None:
        apply(start, dots, None, ctx.env)
    elif dots:
        raise UserError("Called new() with arguments, but there is no initialize method.", code=Code.ARGUMENT)
    session.visible = True
    return public


def _clone_method(definition: Definition, public: Environment, private: Environment | None) -> Builtin:
    def clone(ctx: Context, deep: Any) -> Any:
        return _clone(definition, public, private, one_flag(deep, "deep"), ctx)

    return Builtin("clone", "clone(deep = FALSE)", clone, wants_context=True)


def _clone(
    definition: Definition, public: Environment, private: Environment | None, deep: bool, ctx: Context
) -> Environment:
    new_public, new_private, layer = _assemble(definition)
    copier = None if private is None else private.values.get("deep_clone")
    _finish(definition, new_public, new_private, layer)
    for old, new in ((public, new_public), (private, new_private)):
        if old is None or new is None:
            continue
        for name, value in old.values.items():
            if isinstance(value, ActiveBinding) or name == ".__enclos_env__":
                continue
            if name in new.values and _is_function(value):
                continue
            if deep:
                value = _deep(name, value, copier, ctx)
            _shared([value])
            new.values[name] = value
    new_public.attributes = public.attributes
    session.visible = True
    return new_public


def _deep(name: str, value: Any, copier: Any, ctx: Context) -> Any:
    if copier is not None:
        return apply(copier, [(None, character(name)), (None, value)], None, ctx.env)
    if has_class(value, "R6") and isinstance(value, Environment) and "clone" in value.values:
        return apply(value.values["clone"], [("deep", logical(True))], None, ctx.env)
    return value


# Printing


def _member_text(value: Any) -> str:
    if isinstance(value, ActiveBinding):
        return "active binding"
    if _is_function(value):
        return _function_head(value)
    if isinstance(value, Environment):
        return ", ".join(class_of(value)) if value.attributes else "environment"
    if value is NULL:
        return "NULL"
    if is_atomic(value):
        text = " ".join("NA" if t is None else t for t in as_text(value.with_attributes(None)).data)
        return text if len(text) <= 60 else text[:57] + "..."
    return ", ".join(class_of(value))


def _function_head(function: Any) -> str:
    if isinstance(function, Closure):
        return deparse_lines(function)[0]
    usage = function.usage
    return f"function {usage[usage.index('(') :]} "


def _section(title: str, members: Members) -> list[str]:
    if not members:
        return []
    return [f"  {title}:", *(f"    {name}: {_member_text(value)}" for name, value in members.items())]


def _sorted(env: Environment) -> Members:
    names = sorted(
        (n for n in env.values if not n.startswith(".__")), key=lambda n: (n.lower(), n.swapcase())
    )
    return {name: env.values[name] for name in names}


def _object_lines(x: Environment) -> list[str]:
    classes = class_of(x)
    lines = [f"<{classes[0]}>"]
    if len(classes) > 2:
        lines.append(f"  Inherits from: <{classes[1]}>")
    lines += _section("Public", _sorted(x))
    private = x.values[".__enclos_env__"].values.get("private")
    return lines if private is None else [*lines, *_section("Private", _sorted(private))]


@method("format.R6(x, ...)", "format", "R6")
def format_r6(ctx: Context, x: Any, dots: Any) -> Any:
    if "format" in x.values:
        return apply(x.values["format"], dots, None, ctx.env)
    return character("\n".join(_object_lines(x)))


@method("print.R6(x, ...)", "print", "R6", invisible=True)
def print_r6(ctx: Context, x: Any, dots: Any) -> Any:
    if "print" in x.values:
        return apply(x.values["print"], dots, None, ctx.env)
    if "format" in x.values:
        session.write("\n".join(as_text(format_r6(ctx, x, dots)).data) + "\n")
    else:
        session.write("\n".join(_object_lines(x)) + "\n")
    return x


@method("as.list.R6(x, ...)", "as.list", "R6")
def as_list_r6(x: Any, dots: Any) -> Any:
    from ..lookup import resolve

    return rlist([resolve(v, n) for n, v in x.values.items()], list(x.values))


@method("print.R6ClassGenerator(x, ...)", "print", "R6ClassGenerator", invisible=True)
def print_generator(x: Any, dots: Any) -> Any:
    definition = _definition(x)
    lines = [f"<{definition.name}> object generator" if definition.name else "<unnamed> object generator"]
    parent = definition.inherit
    if parent is not None:
        lines.append(f"  Inherits from: <{deparse_lines(parent)[0]}>")
    parts = definition.parts
    public = {**parts["public_fields"], **parts["public_methods"]}
    if definition.cloneable:
        public["clone"] = Builtin("clone", "clone(deep = FALSE)", lambda deep: NULL)
    lines += _section("Public", public)
    lines += _section("Active bindings", parts["active"])
    lines += _section("Private", {**parts["private_fields"], **parts["private_methods"]})
    from ..text.printing import environment_label

    lines.append(f"  Parent env: {environment_label(definition.env)}")
    for title, flag in (
        ("Locked objects", definition.lock_objects),
        ("Locked class", definition.lock_class),
        ("Portable", definition.portable),
    ):
        lines.append(f"  {title}: {'TRUE' if flag else 'FALSE'}")
    session.write("\n".join(lines) + "\n")
    return x


@library.function("is.R6(x)")
def is_r6(x: Any) -> Any:
    return logical(has_class(x, "R6"))


@library.function("is.R6Class(x)")
def is_r6_class(x: Any) -> Any:
    return logical(has_class(x, "R6ClassGenerator"))
