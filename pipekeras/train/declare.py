"""Losses, metrics, optimizers, schedules and callbacks are declared once: their names and arguments."""

from __future__ import annotations

import dataclasses
import inspect
import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ..errors import Code, UserError, did_you_mean
from ..layers.fields import argument_docs
from ..layers.typed import notes_of
from ..signature import DOTS, REQUIRED, Param, Signature, missing_argument

R_NAMES: dict[str, Declared] = {}
"""Everything of this package that R can name: `loss_huber`, `metric_auc`, `optimizer_adam`, ..."""


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """One declaration: what R calls it, which arguments it takes, and what makes the object.

    `make` takes the arguments by name and returns the object; values are converted with `Param.type` first.
    """

    name: str
    r_names: tuple[str, ...]
    signature: Signature
    make: Callable[..., Any]
    doc: str

    def __call__(self, **arguments: Any) -> Any:
        for given in arguments:
            if given not in self.signature:
                raise self.signature.refuse_unused([given], [given], self.r_names[0])
        values = {}
        for param in self.signature.params:
            value = arguments.get(param.name)
            if value is not None:
                values[param.name] = value if param.type is None else param.type.convert(value, param.name)
            elif param.default is REQUIRED and param.name != DOTS:
                raise missing_argument(param.name, self.r_names[0])
        # NULL asks for the default, which old versions of R keras gave as NULL
        return self.make(**values)


def register(declared: Declared) -> Declared:
    """Enter a declaration under its R names."""
    for name in declared.r_names:
        assert name not in R_NAMES, f"{name} is declared twice"
        R_NAMES[name] = declared
    return declared


def parameters(function: Callable[..., Any], *skip: str) -> list[Param]:
    """The parameters of a Python function as R sees them, with the types of their annotations."""
    hints = typing.get_type_hints(function, include_extras=True)
    docs = argument_docs(function.__doc__)
    found = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name in skip:
            continue
        default = REQUIRED if parameter.default is parameter.empty else parameter.default
        name = parameter.name
        found.append(Param(name, default, kind_of(hints.get(name)), docs.get(name, "")))
    return found


def class_parameters(cls: type) -> list[Param]:
    """The fields of a dataclass as R's arguments: the class's own in order, then inherited ones."""
    hints = typing.get_type_hints(cls, include_extras=True)
    by_name = {f.name: f for f in dataclasses.fields(cls) if f.init}
    own = [name for name in inspect.get_annotations(cls) if name in by_name]
    docs: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        docs.update(argument_docs(base.__doc__))
    found = []
    for name in [*own, *(n for n in by_name if n not in own)]:
        default = by_name[name].default
        default = REQUIRED if default is dataclasses.MISSING else default
        found.append(Param(name, default, kind_of(hints[name]), docs.get(name, "")))
    return found


def kind_of(hint: Any) -> Any:
    """The argument type in an annotation: `Annotated[float, Type]`, alone or in a union with None."""
    return next(iter(notes_of(hint)), None)


def plain(name: str) -> str:
    """The form names are compared in: `MeanSquaredError` and `mean_squared_error` are one."""
    return name.replace("_", "").replace(" ", "").lower()


class Registry(dict[str, Any]):
    """Objects by Keras name and aliases, spelled as a class (`RMSprop`) or a function (`rmsprop`)."""

    def __init__(self, kind: str, argument: str) -> None:
        super().__init__()
        self.kind = kind
        self.argument = argument
        self.names: list[str] = []

    def add(self, names: Iterable[str], value: Any) -> None:
        for name in names:
            assert plain(name) not in self, f"{self.kind} {name} is declared twice"
            self[plain(name)] = value
            self.names.append(name)

    def find(self, name: str) -> Any:
        """The object of a name.

        Raises:
            UserError: no such name (Keras: "Unknown loss function: 'categorical_crosentropy'")
        """
        found = self.get(plain(name))
        if found is None:
            near = did_you_mean(name.lower(), self.names)
            raise UserError(
                f"Unknown {self.kind}: '{name}'",
                code=Code.COMPILE,
                cause=f"`{self.argument}` names no {self.kind} that pipekeras knows",
                cure=f"did you mean '{near}'?" if near else f"known are: {', '.join(self.names)}",
            )
        return found
