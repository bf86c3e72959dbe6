"""Lines of generated Python, and what is known of R's variables at each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_BOXES = {
    "float": 'Scalar("double", {})',
    "int": 'Scalar("integer", {})',
    "bool": "(TRUE if {} else FALSE)",
    "str": 'Scalar("character", {})',
    "box": "{}",
}

MAX_LEVEL = 70
"""Python allows 100 levels of indentation."""
MAX_BLOCKS = 15
"""Python allows 20 nested loops and `try`s."""


class NotNative(Exception):
    """The code is better left to closures."""


class Operand(NamedTuple):
    """A value in generated code: text that may stand anywhere and costs nothing, and what it is.

    Kinds: "float", "int", "bool", "str" (unboxed), "box" (an R value), "any" (unboxed, or an R value that is
    not a plain single number, string or flag).
    """

    text: str
    kind: str

    def boxed(self) -> str:
        form = _BOXES.get(self.kind)
        return f"box({self.text})" if form is None else form.format(self.text)


NOTHING = Operand("NULL", "box")


@dataclass
class State:
    """What is known of variables where a line is reached.

    Attributes:
        bound: kinds of those that are in their local for certain
        held: those that may be in their local; it is None otherwise
        dirty: those whose local may be newer than the environment
        seen: whether code ran that may keep the environment
    """

    bound: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    dirty: set[str] = field(default_factory=set)
    seen: bool = False

    def copy(self) -> State:
        return State(dict(self.bound), set(self.held), set(self.dirty), self.seen)


def joined(states: Iterable[State | None]) -> State | None:
    """What is known where several ways meet; None stands for a way that nobody comes."""
    ways = [s for s in states if s is not None]
    if not ways:
        return None
    out = ways[0].copy()
    for other in ways[1:]:
        out.bound = {
            name: kind if other.bound[name] == kind else "any"
            for name, kind in out.bound.items()
            if name in other.bound
        }
        out.held |= other.held
        out.dirty |= other.dirty
        out.seen |= other.seen
    return out


class Writer:
    """Collects generated lines, constants and the state.

    Args:
        assigned: variables that the code binds
        flagged: those of them whose local has a flag that says whether it is newer: writing a formal back
            that was only read would make it look assigned
    """

    def __init__(self, assigned: Iterable[str], flagged: Iterable[str]) -> None:
        self.assigned = frozenset(assigned)
        self.flagged = frozenset(flagged) & self.assigned
        self.lines: list[tuple[int, str]] = []
        self.level = 1
        self.blocks = 0
        self.state: State | None = State()
        self.constants: dict[str, Any] = {}
        self.escapes = 0
        self._by_id: dict[int, str] = {}
        self._locals: dict[str, str] = {}
        self._temps = 0

    @property
    def known(self) -> State:
        """The state of a line that can be reached."""
        assert self.state is not None
        return self.state

    def line(self, text: str) -> None:
        self.lines.append((self.level, text))

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """The lines below a head; loops and `try` count towards Python's limit."""
        self.line(head)
        counted = not head.startswith(("if", "else", "elif"))
        self.level += 1
        self.blocks += counted
        if self.level > MAX_LEVEL or self.blocks > MAX_BLOCKS:
            raise NotNative
        size = len(self.lines)
        yield
        if len(self.lines) == size:
            self.line("pass")
        self.level -= 1
        self.blocks -= counted

    def temp(self) -> str:
        self._temps += 1
        return f"t{self._temps}"

    def set(self, text: str, kind: str) -> Operand:
        """A new temporary with that value."""
        name = self.temp()
        self.line(f"{name} = {text}")
        return Operand(name, kind)

    def constant(self, value: Any) -> str:
        """The name of an object that generated code uses."""
        name = self._by_id.get(id(value))
        if name is None:
            name = self._by_id[id(value)] = f"k{len(self.constants)}"
            self.constants[name] = value
        return name

    def local(self, name: str) -> str:
        """The Python local of a variable."""
        found = self._locals.get(name)
        if found is None:
            readable = name if name.isascii() and name.isidentifier() else str(len(self._locals))
            found = self._locals[name] = f"v_{readable}"
        return found

    def flag(self, name: str) -> str:
        return self.local(name).replace("v_", "d_", 1)

    def flush(self) -> None:
        """Write what is newer in locals to the environment."""
        state = self.known
        for name in sorted(state.dirty):
            local = self.local(name)
            kind = state.bound.get(name)
            store = f"values[{name!r}] = " + Operand(local, kind or "any").boxed()
            if name in self.flagged:
                self.line(f"if {self.flag(name)}: {store}; {self.flag(name)} = False")
            elif kind is None:
                self.line(f"if {local} is not None: {store}")
            else:
                self.line(store)
        state.dirty = set()

    def escape(self) -> None:
        """Unknown code runs next: it sees the environment, and what it does to variables is not known."""
        self.flush()
        state = self.known
        if state.held:
            self.line(" = ".join(sorted(map(self.local, state.held))) + " = None")
        self.state = State(seen=True)
        self.escapes += 1

    def header(self) -> list[str]:
        """Lines that make the locals known to Python."""
        lines = ["values = env.values"]
        if self._locals:
            lines.append(" = ".join(self._locals.values()) + " = None")
        if self.flagged:
            lines.append(" = ".join(map(self.flag, sorted(self.flagged))) + " = False")
        return lines

    def text(self, name: str, body: Iterable[tuple[int, str]]) -> str:
        """The whole function."""
        lines = [f"def {name}(env):", *("    " + line for line in self.header())]
        lines += ["    " * level + text for level, text in body]
        return "\n".join(lines) + "\n"
