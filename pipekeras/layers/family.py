"""Registries of activations, initializers, regularizers and constraints, declared once, found by any name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from ..errors import Code, UserError, did_you_mean
from ..signature import REQUIRED, Param, Signature
from .typed import typed

T = TypeVar("T", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration.

    Args:
        name: Keras's name, `glorot_uniform`
        r_names: R's functions, `initializer_glorot_uniform`
        signature: R's arguments in R's order
        make: the function or class; R's arguments go to it by the names in `rename`
        rename: R's names of arguments that Keras calls differently
    """

    name: str
    r_names: tuple[str, ...]
    signature: Signature
    make: Callable[..., Any]
    rename: dict[str, str]

    def __call__(self, **arguments: Any) -> Any:
        """Make the object, or apply the activation, from R's arguments.

        Raises:
            UserError: arguments that there are not, or of another type
        """
        make = typed(self.make, {ours: theirs for theirs, ours in self.rename.items()})
        return make(**{self.rename.get(name, name): value for name, value in arguments.items()})


class Family:
    """A registry of one kind of thing.

    Args:
        kind: what it is called in errors, `initializer`
        prefix: what R's function names start with, `initializer_`
    """

    def __init__(self, kind: str, prefix: str) -> None:
        self.kind = kind
        self.prefix = prefix
        self.declared: dict[str, Declared] = {}
        self._aliases: dict[str, str] = {}

    def add(
        self,
        *names: str,
        r_aliases: tuple[str, ...] = (),
        rename: dict[str, str] | None = None,
        defaults: dict[str, Any] | None = None,
    ) -> Callable[[T], T]:
        """Declare a function or class.

        Args:
            names: Keras's snake case name, which follows the prefix in R's, then further names
            r_aliases: which of the further names follow the prefix in names of R, too
            rename: R's name of an argument -> its name here
            defaults: R's defaults where they are not Keras's, by R's name
        """

        def decorate(make: T) -> T:
            rename_ = rename or {}
            back = {ours: theirs for theirs, ours in rename_.items()}
            params = []
            for parameter in inspect.signature(make).parameters.values():
                name = back.get(parameter.name, parameter.name)
                default = REQUIRED if parameter.default is parameter.empty else parameter.default
                params.append(Param(name, (defaults or {}).get(name, default)))
            r_names = tuple(self.prefix + name for name in (names[0], *r_aliases))
            self.declared[names[0]] = Declared(names[0], r_names, Signature(params), make, rename_)
            for name in (*names, make.__name__):
                self._aliases.setdefault(_plain(name), names[0])
            return make

        return decorate

    def find(self, name: str) -> Declared:
        """The declaration of a name in any spelling: `glorot_uniform`, `GlorotUniform`.

        Raises:
            UserError: no such name
        """
        found = self._aliases.get(_plain(name))
        if found is None:
            raise UserError(
                f"Could not interpret {self.kind} identifier: {name}",
                code=Code.VALUE,
                cause=f'there is no {self.kind} called "{name}"',
                cure=self._suggestion(name.lower()),
            )
        return self.declared[found]

    def _suggestion(self, name: str) -> str:
        longer = [known for known in self.declared if name and known.startswith(name)]
        near = longer or [word for word in [did_you_mean(name, self.declared)] if word]
        if near:
            return "did you mean " + " or ".join(f'"{word}"' for word in near) + "?"
        return f"known are: {', '.join(self.declared)}"

    def get(self, identifier: Any, argument: str) -> Any:
        """The object of a name or a Keras config; an object or a function is its own, None is None."""
        if isinstance(identifier, str):
            return self.find(identifier).make()
        if isinstance(identifier, dict) and "class_name" in identifier:
            return typed(self.find(identifier["class_name"]).make)(**identifier.get("config", {}))
        if identifier is None or callable(identifier):
            return identifier
        raise self.refuse(identifier, argument)

    def __iter__(self) -> Iterator[Declared]:
        return iter(self.declared.values())

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.declared)

    def refuse(self, value: Any, argument: str) -> UserError:
        """The error for a value that is neither a name nor a function."""
        return UserError(
            f"Could not interpret {self.kind} identifier: {value!r}",
            code=Code.TYPE,
            cause=f"`{argument}` must be the name of a {self.kind} or a function",
            cure=f"known names are: {', '.join(self.declared)}",
        )


def _plain(name: str) -> str:
    return name.replace("_", "").lower()
