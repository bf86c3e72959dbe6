"""Environments: names bound to values, each with a parent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Environment:
    """R's environment. Values may be Promise objects; `lang.interpreter.lookup` forces them."""

    __slots__ = ("active", "attributes", "locked", "name", "parent", "values")
    type = "environment"

    def __init__(self, parent: Environment | None, name: str | None = None) -> None:
        self.values: dict[str, Any] = {}
        self.parent = parent
        self.name = name
        self.locked: set[str] | None = None  # names of locked bindings
        self.active: dict[str, Any] | None = None  # active bindings: name -> function
        self.attributes: dict[str, Any] | None = None

    def __repr__(self) -> str:
        return f"<environment {self.name or hex(id(self))}>"

    def chain(self) -> Iterator[Environment]:
        """This environment, its parent, and so on."""
        env: Environment | None = self
        while env is not None:
            yield env
            env = env.parent

    def find(self, name: str) -> Environment | None:
        """The nearest environment that binds the name."""
        for env in self.chain():
            if name in env.values or (env.active and name in env.active):
                return env
        return None
