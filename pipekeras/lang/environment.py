"""Environments: names bound to values, each with a parent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any


class Environment:
    """R's environment.

    Values may be Promise, ActiveBinding, LazyBinding or MISSING as well: read variables through `lang.lookup`
    and set them through `lookup.assign`, which asks `locked`.

    Attributes:
        code: compiled form of the function that this is the environment of a call of
        locked: names of locked or active bindings, or None where there are none ("" locks all)
        slots: slots of R's hash table where R has one for this environment, else 0
    """

    __slots__ = ("attributes", "code", "locked", "name", "parent", "slots", "values")
    type = "environment"

    def __init__(
        self,
        parent: Environment | None,
        name: str | None = None,
        values: dict[str, Any] | None = None,
        slots: int = 0,
    ) -> None:
        self.values: dict[str, Any] = {} if values is None else values
        self.parent = parent
        self.name = name
        self.code: Any = None
        self.locked: set[str] | None = None
        self.attributes: dict[str, Any] | None = None
        self.slots = slots

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

    def listed(self) -> list[str]:
        """The names in the order in which R's unsorted listings (`names`, `as.list`, `eapply`) have them.

        R finds it in a hash table, or in a chain that new names are put in front of, behind which the
        arguments of a function stand as they were declared.
        """
        if self.slots:
            return _hash_order(self.values, self.slots)
        formals = [] if self.code is None else [n for n in self.code.signature.names if n in self.values]
        return [n for n in reversed(self.values) if n not in formals] + formals


def _hash(name: str) -> int:
    """The PJW hash (Aho, Sethi, Ullman: Compilers, 7.6) of a name's UTF-8 bytes."""
    value = 0
    for byte in name.encode():
        value = ((value << 4) + (byte if byte < 128 else byte - 256)) & 0xFFFFFFFF
        high = value & 0xF0000000
        value ^= high >> 24
        value ^= high
    return value


def _hash_order(names: Iterable[str], slots: int) -> list[str]:
    """Names in the order of a hash table that new names enter in front of their chain, growing as R's does.

    R grows it by its count of chains, which each new name adds to and only growing sets right.
    """
    table: list[list[str]] = [[] for _ in range(slots)]
    used = 0
    for name in names:
        table[_hash(name) % len(table)].insert(0, name)
        used += 1
        if used > int(0.85 * len(table)):
            grown: list[list[str]] = [[] for _ in range(int(len(table) * 1.2))]
            for chain in table:
                for moved in chain:
                    grown[_hash(moved) % len(grown)].insert(0, moved)
            table, used = grown, sum(map(bool, grown))
    return [name for chain in table for name in chain]
