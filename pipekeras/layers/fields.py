"""A class's annotated fields are its interface: arguments, conversion, documentation, R's signature."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..errors import UserError
from ..graph.operation import Operation
from ..signature import DOTS, REQUIRED, Param, Signature, given_twice, missing_argument
from .arguments import KERAS3, Also, Arrays, Count, DType, Flag, Name, ShapeOf, Type
from .typed import notes_of


@dataclass(frozen=True)
class Field:
    """One argument of a layer: `units: Count` or `use_bias: Flag = True` in the class's body.

    Args:
        keras3: only keras3 has it, so R keras 2's signature leaves it out
        also: what keras3 calls it
    """

    name: str
    type: Type
    default: Any = REQUIRED
    doc: str = ""
    keras3: bool = False
    also: str | None = None

    @property
    def attribute(self) -> str:
        """Where a layer keeps the value: `output_shape` is every layer's property already."""
        return self.name + "_" if isinstance(getattr(Operation, self.name, None), property) else self.name

    @property
    def param(self) -> Param:
        return Param(self.name, self.default, self.type, self.doc)

    def convert(self, value: Any) -> Any:
        if value is None and self.type.keeps_none:
            return None
        return self.type.convert(value, self.name)


def _base(name: str, annotation: Any, doc: str) -> Field:
    return Field(name, annotation.__metadata__[0], None, doc)


BASE: dict[str, Field] = {
    field.name: field
    for field in (
        _base("input_shape", ShapeOf, "shape of one sample, for the first layer of a Sequential"),
        _base("batch_input_shape", ShapeOf, "`input_shape` with the batch in front, NA if free"),
        _base("batch_size", Count, "fixed number of samples in a batch"),
        _base("dtype", DType, "type of the weights and of the computation, float32 by default"),
        _base("name", Name, "name of the layer, unique in a model"),
        _base("trainable", Flag, "whether training changes the weights"),
        _base("weights", Arrays, "first values of the weights"),
    )
}
"""The arguments that every layer takes, in R keras's order."""


def collect(cls: type) -> dict[str, Field]:
    """The fields of a class, its parents' first; a field that is declared again keeps its place."""
    fields: dict[str, Field] = {}
    for base in reversed(cls.__mro__[1:]):
        if "interface" in base.__dict__:
            fields.update(base.__dict__["interface"].fields)
    for name, annotation in inspect.get_annotations(cls, eval_str=True).items():
        notes = notes_of(annotation)
        if notes and isinstance(notes[0], Type):
            also = next((note.name for note in notes if isinstance(note, Also)), None)
            default = cls.__dict__.get(name, REQUIRED)
            doc = fields[name].doc if name in fields else ""
            fields[name] = Field(name, notes[0], default, doc, KERAS3 in notes, also)
    docs = argument_docs(cls.__doc__)
    return {name: replace(field, doc=docs.get(name, field.doc)) for name, field in fields.items()}


def argument_docs(docstring: str | None) -> dict[str, str]:
    """The sentences of a docstring's "Args:" section by argument; `a, b: text` documents both."""
    docs: dict[str, str] = {}
    section = re.search(r"^\s*Args:\n(.*?)(?:\n\s*\n|\Z)", docstring or "", re.DOTALL | re.MULTILINE)
    names: list[str] = []
    for line in section.group(1).splitlines() if section else ():
        entry = re.match(r"\s*([\w, ]+): (.*)", line)
        if entry:
            names = [name.strip() for name in entry.group(1).split(",")]
            docs.update(dict.fromkeys(names, entry.group(2).strip()))
        else:
            docs.update({name: f"{docs[name]} {line.strip()}" for name in names})
    return docs


def r_signature(fields: dict[str, Field], head: str, tail: str) -> Signature:
    """R keras 2.16's argument list.

    Args:
        head: the words before the fields, `object` or `inputs ...`
        tail: the words after them: names of base arguments, `trainable=TRUE` for one with another default,
            `...` where R takes the rest by it
    """
    own = [field.param for field in fields.values() if not field.keras3]
    return Signature([*_outer(head), *own, *_outer(tail)])


def _outer(words: str) -> list[Param]:
    params = []
    for word in words.split():
        name, _, default = word.partition("=")
        base = BASE.get(name)
        if base is not None:
            params.append(Param(name, default == "TRUE" or None, base.type, base.doc))
        elif name == DOTS:
            params.append(Param(DOTS))
        else:
            params.append(Param(name, doc="what goes into the layer; without it, the layer itself is made"))
    return params


class Interface:
    """What a class can be made with: its fields, then the arguments that every layer takes.

    A field with the name of a base argument only gives that argument its place in the order.
    """

    def __init__(self, function: str, fields: dict[str, Field]) -> None:
        self.function = function
        self.fields = fields
        self.own = {name: field for name, field in fields.items() if name not in BASE}
        self._all = {**fields, **{name: f for name, f in BASE.items() if name not in fields}}
        self._renamed = {field.also: name for name, field in fields.items() if field.also}

    @property
    def accepted(self) -> list[str]:
        """Every name that can be given."""
        return [*self._all, *self._renamed]

    def bind(self, args: Sequence[Any], kwargs: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Converted values for the fields, and for the arguments of every layer that were given.

        Raises:
            UserError: unknown, doubly given, missing or ill-typed arguments
        """
        given = dict(zip(self._all, args, strict=False))
        if len(args) > len(self._all):
            raise self._refuse([str(value) for value in args[len(self._all) :]], [])
        for name, value in kwargs.items():
            ours = self._renamed.get(name, name)
            if ours not in self._all:
                raise self._refuse([f"{name} = {value!r}"], [name])
            if ours in given:
                raise given_twice(ours)
            given[ours] = value
        values = {name: self._value(field, given) for name, field in self.own.items()}
        base = {
            name: BASE[name].convert(value)
            for name, value in given.items()
            if name in BASE and value is not None
        }
        return values, base

    def _value(self, field: Field, given: dict[str, Any]) -> Any:
        value = given.get(field.name, field.default)
        if value is REQUIRED or (value is None and field.default is REQUIRED and field.type.keeps_none):
            raise missing_argument(field.name, self.function)
        if value is None and field.type.keeps_none and field.default not in (None, REQUIRED):
            # NULL for an argument with a default asks for the default
            value = field.default
        return field.convert(value)

    def _refuse(self, shown: list[str], names: list[str | None] | list[str]) -> UserError:
        known = Signature([Param(name) for name in self.accepted])
        return known.refuse_unused(shown, names, self.function)

    def python_signature(self) -> inspect.Signature:
        """What `help()` and editors show."""
        parameters = []
        keyword_only = False
        for name, field in self._all.items():
            required = field.default is REQUIRED
            keyword_only = keyword_only or (required and bool(parameters) and _has_default(parameters[-1]))
            kind = inspect.Parameter.KEYWORD_ONLY if keyword_only else inspect.Parameter.POSITIONAL_OR_KEYWORD
            default = inspect.Parameter.empty if required else field.default
            parameters.append(inspect.Parameter(name, kind, default=default))
        return inspect.Signature(parameters)


def _has_default(parameter: inspect.Parameter) -> bool:
    return parameter.default is not inspect.Parameter.empty
