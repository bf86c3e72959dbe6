"""Pure expressions as generated Python: operators, elements and functions of base R."""

from __future__ import annotations

import math
from typing import Any

from ...syntax.tree import EMPTY, Const, Name
from ..language import constant_value
from ..values import NULL, RVector, object_array
from .boxes import unbox
from .purity import function_name, leading_names
from .scalars import BINARY, INTRINSICS, UNARY
from .writer import NOTHING, Operand, State, Writer, joined

_COMPARISONS = ("==", "!=", "<", ">", "<=", ">=")
_NUMERIC = ("float", "int")
_KINDS = {float: "float", int: "int", bool: "bool", str: "str"}
_CELLS = {"[": ("subset_one", "cell"), "[[": ("element", "one_cell")}


_EMPTY = Operand("MISSING", "box")


class Expressions(Writer):
    """Writes pure expressions.

    `root` writes a whole one, with the closure of it behind for all that the fast path is not made for;
    `pure` writes its parts, which raise `Surprise`.
    """

    aliases: dict[str, Operand]

    def root(self, node: Any) -> Operand:
        """A pure expression."""
        if type(node) is Const:
            return self.constant_operand(node)
        if type(node) is Name:
            return self.variable(node)
        self._force_leading(node)
        entry = self.known.copy()
        result = self.temp()
        self.aliases = {}
        start = len(self.lines)
        with self.block("try:"):
            value = self.pure(node)
            self.line(f"{result} = {value.text}")
        fast = self.known
        if not any("Surprise" in line or "(" in line for _, line in self.lines[start + 1 :]):
            self.lines[start:] = [(level - 1, line) for level, line in self.lines[start + 1 :]]
            return Operand(result, value.kind)
        entry.held |= fast.held
        self.state = entry
        with self.block("except Surprise:"):
            self.escape()
            self.line(f"{result} = unbox(evaluate({self.constant(node)}, env))")
        self.state = joined([fast, self.state])
        return Operand(result, "any")

    def constant_operand(self, node: Const) -> Operand:
        """A constant; plain numbers and strings stand in the text."""
        boxed = constant_value(node)
        if boxed is NULL:
            return NOTHING
        value = unbox(boxed)
        kind = _KINDS.get(type(value))
        if kind is None or (kind == "float" and not math.isfinite(value)):
            return Operand(self.constant(boxed), "box")
        text = repr(value)
        return Operand(f"({text})" if text.startswith("-") else text, kind)

    def variable(self, node: Name, run: Any = None) -> Operand:
        """A variable read where unknown code may run: promises are forced.

        Args:
            run: a closure that reads it where the fast path cannot; by default that of the name
        """
        name, local = node.name, self.local(node.name)
        kind = self.known.bound.get(name)
        if kind is not None:
            return self.set(local, kind)
        result = self.temp()
        nested = name in self.known.held
        if nested:
            self.line(f"{result} = {local}")
            self.line(f"if {result} is None:")
        self.level += nested
        self.line(f"{result} = {local} = {self._peeked(name)}")
        entry = self.known.copy()
        with self.block(f"if {result} is None:"):
            self.escape()
            reader = f"evaluate({self.constant(node)}, env)" if run is None else f"{self.constant(run)}(env)"
            self.line(f"{result} = unbox({reader})")
        self.level -= nested
        entry.held.add(name)
        self.state = joined([entry, self.state])
        return Operand(result, "any")

    def _peeked(self, name: str) -> str:
        """Text that looks at a variable without running code. What may be written back must be bound here."""
        return f"peek(values.get({name!r}))" if name in self.assigned else f"look({name!r}, env)"

    def may_be_promise(self, name: str) -> bool:
        """Whether a variable may be an argument not evaluated yet."""
        raise NotImplementedError

    def _force_leading(self, node: Any) -> None:
        """Evaluate arguments that the expression reads first."""
        for name in leading_names(node):
            if name in self.known.bound or not self.may_be_promise(name):
                continue
            local = self.local(name)
            if name in self.known.held:
                self.line(f"if {local} is None: {local} = peek(values.get({name!r}))")
            else:
                self.line(f"{local} = peek(values.get({name!r}))")
            entry = self.known.copy()
            with self.block(f"if {local} is None and waiting(values.get({name!r})):"):
                self.escape()
                self.line(f"{local} = unbox(force(values[{name!r}]))")
            slow = self.known
            entry.held.add(name)
            slow.held.add(name)
            self.state = joined([entry, slow])

    # Parts

    def pure(self, node: Any) -> Operand:
        """A part of a pure expression, which raises `Surprise` where it cannot go on."""
        if type(node) is Const:
            return self.constant_operand(node)
        if type(node) is Name:
            return self._read(node.name)
        name = function_name(node)
        assert name is not None
        nodes = [a.value for a in node.args]
        if name == "[" and (len(nodes) > 3 or any(n is EMPTY for n in nodes)):
            values = [_EMPTY if n is EMPTY else self.pure(n) for n in nodes]
            return self.set(f"several({', '.join(v.text for v in values)})", "any")
        if name == "(":
            return self.pure(nodes[0])
        if any(a.name is not None for a in node.args):
            return self._labelled(node, name, nodes)
        if name in ("&&", "||"):
            return self._both(name, nodes)
        if name == "$":
            inner = self.pure(nodes[0])
            return self.set(f"dollar({inner.text}, {nodes[1].name!r}, env)", "any")
        values = [self.pure(n) for n in nodes]
        if name in _CELLS:
            function = _CELLS[name][len(values) - 2]
            texts = [v.text for v in values] + ["env"] * (function == "element")
            return self.set(f"{function}({', '.join(texts)})", "any")
        if name in INTRINSICS:
            intrinsic = INTRINSICS[name]
            function = self.constant(intrinsic.function)
            return self.set(f"{function}({', '.join(v.text for v in values)})", intrinsic.kind)
        if len(values) == 1:
            return self.unary(name, values[0])
        return self._binary(name, *values)

    def _labelled(self, node: Any, name: str, nodes: list[Any]) -> Operand:
        """`list(a = 1)` and `c(a = 1)`."""
        labels = self.constant(RVector("character", object_array([a.name or "" for a in node.args])))
        values = [self.pure(n) for n in nodes]
        function = self.constant(INTRINSICS[name].function)
        return self.set(f"named({labels}, {function}({', '.join(v.text for v in values)}))", "box")

    def _read(self, name: str) -> Operand:
        local = self.local(name)
        kind = self.known.bound.get(name)
        if kind is not None:
            return Operand(local, kind)
        if name in self.aliases:
            return self.aliases[name]
        result = self.temp()
        if name in self.known.held:
            self.line(f"{result} = {local}")
            self.line(f"if {result} is None: {result} = {local} = {self._peeked(name)}")
        else:
            self.line(f"{result} = {local} = {self._peeked(name)}")
        self.line(f"if {result} is None:")
        if name in self.assigned:
            self.line(f"    {result} = look({name!r}, env)")
            self.line(f"    if {result} is None: raise Surprise")
        else:
            self.line("    raise Surprise")
        self.known.held.add(name)
        self.aliases[name] = Operand(result, "any")
        return self.aliases[name]

    def unary(self, name: str, a: Operand) -> Operand:
        text = a.text
        function = self.constant(UNARY[name])
        if name == "!":
            if a.kind == "bool":
                return self.set(f"not {text}", "bool")
            return self.set(f"{function}({text})", "bool")
        if a.kind in _NUMERIC:
            return self.set(f"{'-' if name == '-' else '+'}{text}", a.kind)
        return self.set(f"{function}({text})", "any")

    def _binary(self, name: str, a: Operand, b: Operand) -> Operand:
        slow = f"{self.constant(BINARY[name])}({a.text}, {b.text})"
        test, text, kind = fast_binary(name, a, b)
        if text is None:
            return self.set(slow, "any")
        if kind == "int" and name in ("+", "-", "*"):
            result = self.set(text, kind)
            self.line(f"if not -2147483648 < {result.text} < 2147483648: raise Surprise")
            return result
        return self.set(f"{text} if {test} else {slow}" if test else text, "any" if test else kind)

    def _both(self, name: str, nodes: list[Any]) -> Operand:
        """`&&` and `||`: the right side runs only where the left does not decide."""
        result = self.temp()
        self.line(f"{result} = {self._operand(self.pure(nodes[0]))}")
        aliases = dict(self.aliases)
        before: State = self.known.copy()
        with self.block(f"if {result}:" if name == "&&" else f"if not {result}:"):
            self.line(f"{result} = {self._operand(self.pure(nodes[1]))}")
        self.aliases = aliases
        self.state = joined([before, self.state])
        return Operand(result, "bool")

    def _operand(self, value: Operand) -> str:
        if value.kind == "bool":
            return value.text
        return f"{value.text} if type({value.text}) is bool else logical_operand({value.text})"


Fast = tuple[str, str | None, str]
"""A test (empty if always true), the text of an operation where it holds or None, and the kind of that."""

_GENERAL: Fast = ("", None, "any")


def fast_binary(name: str, a: Operand, b: Operand) -> Fast:
    """An operator on numbers as Python's.

    Doubles are tested for, because numbers of unknown type mostly are; anything else goes the general way.
    """
    if not {a.kind, b.kind} <= {"float", "int", "any"}:
        return _fast_texts(name, a, b)
    if name in ("%%", "%/%"):
        return _fast_rest(name, a, b)
    # beside a double, an integer is as good
    known = "float" in (a.kind, b.kind)
    test = "(type({0}) is float or type({0}) is int)" if known else "type({0}) is float"
    tests = [test.format(o.text) for o in dict.fromkeys((a, b)) if o.kind == "any"]
    if name in ("+", "-", "*"):
        kind = "int" if a.kind == b.kind == "int" else "float"
        return " and ".join(tests), f"{a.text} {name} {b.text}", kind
    if name in _COMPARISONS:
        maybe_nan = [o for o in dict.fromkeys((a, b)) if o.kind != "int" and _literal(o) is None]
        tests += [f"{o.text} == {o.text}" for o in maybe_nan]
        return " and ".join(tests), f"{a.text} {name} {b.text}", "bool"
    if name == "/":
        return _fast_quotient(a, b, tests)
    return _fast_square(a, b, tests) if name == "^" else _GENERAL


def _fast_texts(name: str, a: Operand, b: Operand) -> Fast:
    if name in ("==", "!=") and {a.kind, b.kind} <= {"any", "str"}:
        unknown = [f"type({o.text}) is str" for o in (a, b) if o.kind == "any"]
        return " and ".join(unknown), f"{a.text} {name} {b.text}", "bool"
    return _GENERAL


def _fast_quotient(a: Operand, b: Operand, tests: list[str]) -> Fast:
    divisor = _literal(b)
    if divisor == 0:
        return _GENERAL
    return " and ".join(tests if divisor else [*tests, b.text]), f"{a.text} / {b.text}", "float"


def _fast_square(a: Operand, b: Operand, tests: list[str]) -> Fast:
    if _literal(b) != 2:
        return _GENERAL
    return " and ".join(tests), f"{a.text} * float({a.text})", "float"


def _fast_rest(name: str, a: Operand, b: Operand) -> Fast:
    """%% and %/% of whole numbers that are exact."""
    divisor = _literal(b)
    if not divisor or not divisor.is_integer():
        return _GENERAL
    tests = [f"type({a.text}) is float"] if a.kind == "any" else []
    if a.kind != "int":
        tests += [f"-9e15 < {a.text} < 9e15", f"{a.text}.is_integer()"]
    kind = "int" if a.kind == b.kind == "int" else "float"
    zero = "" if kind == "int" or (name == "%%" and divisor > 0) else " + 0.0"  # R's zeros are positive
    return " and ".join(tests), f"{a.text} {'%' if name == '%%' else '//'} {b.text}{zero}", kind


def _literal(operand: Operand) -> float | None:
    """The number that stands in the text, if one does."""
    try:
        return float(operand.text.strip("()"))
    except ValueError:
        return None
