"""Functions without effects as Python functions of their arguments' values, without frame and environment.

Where such a function comes to code that is not pure, or its values are not what the fast path is made for, it
raises `Surprise`; nothing has happened by then, and the call is made in the usual way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...signature import DOTS
from ...syntax.tree import Name
from ..evaluator.plans import ClosurePlan
from ..registry import BASE
from ..session import session
from ..values import MISSING, NULL, Builtin, Closure, RVector
from . import enabled, runtime, scalars, vectors
from .boxes import unbox
from .expressions import Expressions
from .purity import arguments, assigned_names, function_name, is_pure
from .runtime import Surprise
from .writer import NOTHING, NotNative, Operand, State, joined

CHANCES = 100
"""How often a function may surprise before it is always called in the usual way."""

_SUPPORT: dict[str, Any] = {
    "MISSING": MISSING,
    "NULL": NULL,
    "Surprise": Surprise,
    "logical_operand": scalars.logical_operand,
    "session": session,
    "unbox": unbox,
    **{
        function.__name__: function
        for function in (
            runtime.cell,
            runtime.dollar,
            runtime.element,
            runtime.look,
            runtime.one_cell,
            runtime.several,
            runtime.subset_one,
            vectors.named,
        )
    },
}
"""What generated code may name."""


class Direct:
    """The direct form of a function.

    Attributes:
        run: takes the function's environment and a value, unboxed, for each formal but `...`
        formals: those formals
        free: variables of other environments that it reads
        looks_inside: whether it reads elements, which may be variables of an environment
        chances: how often it may still surprise
    """

    __slots__ = ("chances", "formals", "free", "looks_inside", "run")

    def __init__(
        self, run: Callable[..., Any], formals: list[str], free: Iterable[str], looks_inside: bool
    ) -> None:
        self.run = run
        self.formals = formals
        self.free = frozenset(free)
        self.looks_inside = looks_inside
        self.chances = CHANCES


def direct_form(body: Any, names: Iterable[str]) -> Direct | None:
    """The direct form of a function with that body and those formals, or None if it is not made for that."""
    formals = [name for name in names if name != DOTS]
    writer = _Writer(formals, assigned_names(body))
    try:
        writer.tail(body)
    except NotNative:
        return None
    head = ", ".join(["env", *map(writer.local, formals)])
    lines = [f"def run({head}):", *("    " * level + text for level, text in writer.lines)]
    space = {**_SUPPORT, **writer.constants}
    exec(compile("\n".join(lines) + "\n", "<generated direct>", "exec"), space)
    return Direct(space["run"], formals, writer.free, writer.looks_inside)


def known_builtin(function: Builtin, count: int) -> Callable[..., Any] | None:
    """What generated code calls for a builtin on so many values without names, if it knows the builtin."""
    if not enabled() or BASE.get(function.name) is not function:
        return None
    if count == 2 and function.name in scalars.BINARY:
        return scalars.BINARY[function.name]
    intrinsic = scalars.INTRINSICS.get(function.name)
    if intrinsic is None or intrinsic.arity not in (None, count):
        return None
    return intrinsic.function


def planned(direct: Direct, plan: ClosurePlan) -> list[tuple[int | None, Any]] | None:
    """Where the value of each formal comes from: (place among the arguments, None) or (None, a constant)."""
    places = dict(plan.supplied)
    if plan.lazy or any(value is MISSING for value in plan.constants.values()):
        return None
    return [(places[n], None) if n in places else (None, plan.constants[n]) for n in direct.formals]


def applied(function: Closure, direct: Direct, plan: ClosurePlan) -> Callable[..., Any] | None:
    """The direct call of a function with values matched by a plan; it returns None where it is surprised."""
    sources = planned(direct, plan)
    if sources is None:
        return None
    run, env = direct.run, function.environment
    alone = [place for place, _ in sources] == [0]

    def one(*values: Any) -> Any:
        value = values[0]
        if value.__class__ is RVector:
            value.named = 2
        try:
            return run(env, unbox(value)) if direct.chances else None
        except Surprise:
            direct.chances -= 1
            return None

    def several(*values: Any) -> Any:
        if not direct.chances:
            return None
        for value in values:
            if value.__class__ is RVector:
                value.named = 2
        try:
            given = [unbox(constant if place is None else values[place]) for place, constant in sources]
            return run(env, *given)
        except Surprise:
            direct.chances -= 1
            return None

    return one if alone else several


class _Writer(Expressions):
    """Writes a whole function; its own variables are Python locals, bound before they are read."""

    def __init__(self, formals: list[str], assigned: list[str]) -> None:
        super().__init__([*formals, *assigned], ())
        self.state = State(bound={name: "any" for name in formals})
        self.aliases = {}
        self.free: set[str] = set()
        self.looks_inside = False
        self._branches = 0

    def _read(self, name: str) -> Operand:
        local = self.local(name)
        kind = self.known.bound.get(name)
        if kind is None:
            if name in self.assigned:
                raise NotNative  # perhaps not bound here yet
            self.free.add(name)
            kind = self.known.bound[name] = "any"
            self.line(f"{local} = look({name!r}, env)")
            self.line(f"if {local} is None: raise Surprise")
        return Operand(local, kind)

    def pure(self, node: Any) -> Operand:
        self.looks_inside |= function_name(node) in ("$", "[[")
        value = super().pure(node)
        if value.kind == "box" and value is not NOTHING:
            return self.set(f"unbox({value.text})", "any")
        return value

    def _give_up(self) -> Operand:
        """Code that is not pure: the usual way has it. If there is no way around it, nothing is written."""
        if not self._branches:
            raise NotNative
        self.line("raise Surprise")
        self.state = None
        return NOTHING

    def value(self, node: Any) -> Operand:
        """An expression, or a statement for its effect on the function's own variables."""
        if is_pure(node):
            return self.pure(node)
        name = function_name(node)
        nodes = arguments(node) if name is not None else None
        if nodes is None:
            return self._give_up()
        if name == "{":
            return self._braces(nodes)
        if name == "(" and len(nodes) == 1:
            return self.value(nodes[0])
        if name in ("<-", "=") and len(nodes) == 2 and type(nodes[0]) is Name:
            return self._assignment(nodes[0].name, nodes[1])
        if name == "if" and len(nodes) in (2, 3):
            return self._if(*nodes)
        return self._give_up()

    def _braces(self, nodes: list[Any]) -> Operand:
        value = NOTHING
        for node in nodes:
            value = self.value(node)
            if self.state is None:
                return NOTHING
        return value

    def _assignment(self, name: str, source: Any) -> Operand:
        value = self.value(source)
        if self.state is None:
            return NOTHING
        kind = "any" if value.kind == "box" else value.kind
        self.line(f"{self.local(name)} = {value.text}")
        self.known.bound[name] = kind
        return self.set(self.local(name), kind)

    def _condition(self, node: Any) -> str | None:
        value = self.value(node)
        return None if self.state is None else self._operand(value)

    def _branch(self, result: str, node: Any) -> None:
        self._branches += 1
        value = NOTHING if node is None else self.value(node)
        if self.state is not None:
            self.line(f"{result} = {value.text}")
        self._branches -= 1

    def _if(self, test: Any, yes: Any, no: Any = None) -> Operand:
        condition = self._condition(test)
        if condition is None:
            return NOTHING
        result = self.temp()
        entry = self.known.copy()
        with self.block(f"if {condition}:"):
            self._branch(result, yes)
        after, self.state = self.state, entry
        with self.block("else:"):
            self._branch(result, no)
        self.state = joined([after, self.state])
        return Operand(result, "any")

    def tail(self, node: Any) -> None:
        """Write the last expression of the function, and return its value."""
        name = function_name(node)
        nodes = arguments(node) if name is not None and not is_pure(node) else None
        if name == "{" and nodes:
            self._braces(nodes[:-1])
            if self.state is not None:
                self.tail(nodes[-1])
        elif name == "if" and nodes is not None and len(nodes) in (2, 3):
            self._tail_if(*nodes)
        elif name == "return" and nodes is not None and len(nodes) == 1:
            self.tail(nodes[0])
        else:
            value = self.value(node)
            self._leave(value, visible=name not in ("<-", "="))

    def _leave(self, value: Operand, visible: bool) -> None:
        if self.state is not None:
            if not visible:
                self.line("session.visible = False")
            self.line(f"return {value.text}")
            self.state = None

    def _tail_if(self, test: Any, yes: Any, no: Any = None) -> None:
        condition = self._condition(test)
        if condition is None:
            return
        entry = self.known.copy()
        self._branches += 1
        with self.block(f"if {condition}:"):
            self.tail(yes)
        self.state = entry
        if no is None:
            self._leave(NOTHING, visible=False)
        else:
            self.tail(no)
        self._branches -= 1
