"""Declares the functions of a package: visible after library(package) or by package::name only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from .. import packages, registry
from ..dispatch import register_method
from ..values import Builtin

F = TypeVar("F", bound=Callable[..., Any])


class Library:
    """A package of R; its methods `function` and `special` declare as `registry.builtin` and `special` do."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.values = packages.space_of(name).values

    def function(
        self, usage: str, *aliases: str, generic: bool = False, invisible: bool = False
    ) -> Callable[[F], F]:
        return registry.builtin(usage, *aliases, generic=generic, invisible=invisible, into=self.values)

    def special(self, *names: str) -> Callable[[F], F]:
        return registry.special(*names, into=self.values)

    def share(self, other: Library, *names: str) -> None:
        """Functions of another package that this one exports, too."""
        for name in names:
            self.values[name] = other.values[name]


def method(usage: str, generic: str, class_name: str, invisible: bool = False) -> Callable[[F], F]:
    """Declare the S3 method of a class, wherever the generic is called."""

    def declare(function: F) -> F:
        made: dict[str, Any] = {}
        registry.builtin(usage, invisible=invisible, into=made)(function)
        (found,) = made.values()
        assert isinstance(found, Builtin)
        register_method(generic, class_name, found)
        return function

    return declare
