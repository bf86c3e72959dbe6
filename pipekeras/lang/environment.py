"""Environments: names bound to values, each with a parent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Environment:
    """R's environment.

    Values may be Promise, ActiveBinding, LazyBinding or MISSING as well: read variables through `lang.lookup`
    and set them through `lookup.assign`, which asks `locked`.

    Attributes:
        code: compiled form of the function that this is the environment of a call of
        locked: names of locked or active bindings, or None where there are none ("" locks all)
    """

    __slots__ = ("attributes", "code", "locked", "name", "parent", "values")
    type = "environment"

    def __init__(
        self, parent: Environment | None, name: str | None = None, values: dict[str, Any] | None = None
    ) -> None:
        self.values: dict[str, Any] = {} if values is None else values
        self.parent = parent
        self.name = name
        self.code: Any = None
        self.locked: set[str] | None = None
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
            if name in env.values:
                return env
        return None
