"""Statements as generated Python: assignments, conditionals, loops, and what stands last in a function."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...syntax.tree import EMPTY, Call, Const, Name
from ..environment import Environment
from ..evaluator.blocks import compile_tail
from ..evaluator.loops import closure_loop
from ..evaluator.replacement import replacer
from ..session import session
from .expressions import fast_binary
from .purity import LOOPS, MAX_DEPTH, arguments, function_name, is_pure, subscripts
from .scalars import BINARY, UNARY
from .sites import Sites
from .writer import NOTHING, Operand, State, joined

_PUTS = {"[": ("put", "put_cell"), "[[": ("put_element", "put_one_cell")}
_RANGES = {":": "count", "seq_len": "count_to", "seq_along": "count_along"}


class Statements(Sites):
    """Writes whole functions and loops.

    Args:
        env: where the code runs first
        assigned: names that it binds
        flagged: see Writer
        formals: the function's, or None for a loop outside of functions that are written
    """

    def __init__(
        self, env: Environment, assigned: list[str], flagged: list[str], formals: frozenset[str] | None
    ) -> None:
        super().__init__(assigned, flagged)
        self.env = env
        self.formals = formals
        self.aliases = {}
        self._depth = 0
        self._loops: list[tuple[list[State], list[State]]] = []

    def may_be_promise(self, name: str) -> bool:
        if self.formals is None:
            return self.env is not session.global_env
        return name in self.formals

    # Values

    def value(self, node: Any) -> Operand:
        self._depth += 1
        try:
            if self._depth > MAX_DEPTH:
                return self.opaque(node)
            return self.root(node) if is_pure(node) else self._impure(node)
        finally:
            self._depth -= 1

    def _impure(self, node: Any) -> Operand:
        name = function_name(node)
        nodes = arguments(node) if name is not None else None
        if name is None or nodes is None:
            return self.call(node) if type(node) is Call else self.opaque(node)
        write = getattr(self, _WRITERS.get((name, len(nodes)), ""), None)
        if write is not None:
            return write(node, *nodes)
        if name == "{":
            return self._braces(nodes)
        if name in BINARY and len(nodes) == 2:
            return self._impure_binary(node, name, nodes)
        if name in UNARY and len(nodes) == 1:
            return self._impure_unary(node, name, nodes[0])
        return self.call(node)

    def _braces(self, nodes: list[Any]) -> Operand:
        value = NOTHING
        for i, node in enumerate(nodes):
            value = self.value(node) if i == len(nodes) - 1 else self.statement(node)
            if self.state is None:
                return NOTHING
        return value

    def statement(self, node: Any) -> Operand:
        """An expression whose value nobody wants; names are read all the same."""
        return self.value(node)

    def _parenthesis(self, node: Call, inner: Any) -> Operand:
        return self.value(inner)

    def _unboxed(self, value: Operand) -> Operand:
        return (
            self.set(f"unbox({value.text})", "any") if value.kind == "box" and value is not NOTHING else value
        )

    def _impure_binary(self, node: Call, name: str, nodes: list[Any]) -> Operand:
        """An operator with calls among its operands: these may not run twice, so methods are called here."""
        a = self._unboxed(self.value(nodes[0]))
        if self.state is None:
            return NOTHING
        b = self._unboxed(self.value(nodes[1]))
        if self.state is None:
            return NOTHING
        test, text, kind = fast_binary(name, a, b)
        if kind == "int" and name in ("+", "-", "*"):
            text = None
        if text is not None and not test:
            return self.set(text, kind)
        slow = f"binary({name!r}, {a.text}, {b.text}, {self.constant(node)}, env)"
        return self._either(test, text, slow)

    def _impure_unary(self, node: Call, name: str, operand: Any) -> Operand:
        a = self._unboxed(self.value(operand))
        if self.state is None:
            return NOTHING
        test, text = (f"type({a.text}) is bool", f"not {a.text}") if name == "!" else ("", None)
        if name == "-":
            test, text = f"type({a.text}) is float", f"-{a.text}"
        return self._either(test, text, f"unary({name!r}, {a.text}, {self.constant(node)}, env)")

    def _either(self, test: str, text: str | None, slow: str) -> Operand:
        """The fast way where the test holds, else one on which unknown code may run."""
        result = self.temp()
        fast = None
        if text is not None:
            fast = self.known.copy()
            with self.block(f"if {test}:"):
                self.line(f"{result} = {text}")
            self.line("else:")
            self.level += 1
        self.escape()
        self.line(f"{result} = {slow}")
        self.level -= text is not None
        self.state = joined([fast, self.state])
        return Operand(result, "any")

    # Assignment

    def _assignment(self, node: Call, target: Any, source: Any) -> Operand:
        if type(target) is Call:
            return self._replacement(node, target, source)
        name = target.name if type(target) is Name else target.value if type(target) is Const else None
        if not isinstance(name, str):
            return self.opaque(node)
        value = self._unboxed(self.value(source))
        return self.bind(name, value) if self.state is not None else NOTHING

    def bind(self, name: str, value: Operand) -> Operand:
        local, state = self.local(name), self.known
        self.line(f"{local} = {value.text}")
        kind = "any" if value.kind == "box" else value.kind
        if kind == "any" and value is not NOTHING:
            self.line(f"if type({local}) is RVector: {local}.named = 2 if {local}.named else 1")
        if name in self.flagged:
            self.line(f"{self.flag(name)} = True")
        state.bound[name] = kind
        state.held.add(name)
        state.dirty.add(name)
        return value

    def _replacement(self, node: Call, target: Call, source: Any) -> Operand:
        try:
            replace = replacer(node, target)
        except UserError:
            return self.opaque(node)
        value = self._unboxed(self.value(source))
        if self.state is None:
            return NOTHING
        fast = self._fast_replacement(target, value)
        entry = self.known.copy()
        if fast is not None:
            self.line(f"if {fast} is None:")
            self.level += 1
        boxed = self.set(value.boxed(), "box")
        self.escape()
        self.line(f"{self.constant(replace)}(env, {boxed.text})")
        if fast is not None:
            self.level -= 1
            name = target.args[0].value.name  # pyright: ignore[reportAttributeAccessIssue]
            local = self.local(name)
            self.line(f"elif {fast} is not {local}: {local} = values[{name!r}] = {fast}")
            self.state = joined([entry, self.state])
        return value

    def _fast_replacement(self, target: Call, value: Operand) -> str | None:
        """A local with what `x[i] <- value` made of x, or with None where it could not; None if not tried."""
        name = function_name(target)
        nodes = subscripts(target) or arguments(target)
        if nodes is None or len(nodes) < 2 or type(nodes[0]) is not Name:
            return None
        variable = nodes[0].name
        if name == "$" and type(nodes[1]) is Name and len(nodes) == 2:
            put, index = "put_element", [repr(nodes[1].name)]
        elif name in _PUTS and all(n is EMPTY or is_pure(n) for n in nodes[1:]):
            if len(nodes) > 3 or any(n is EMPTY for n in nodes):
                put = "put_cells"
                if name == "[[":
                    return None
            else:
                put = _PUTS[name][len(nodes) - 2]
            index = ["MISSING" if n is EMPTY else self.root(n).text for n in nodes[1:]]
        else:
            return None
        local = self.local(variable)
        if variable not in self.known.bound:
            peeked = f"{local} = peek(values.get({variable!r}))"
            self.line(f"if {local} is None: {peeked}" if variable in self.known.held else peeked)
            self.known.held.add(variable)
        texts = [local, *index, value.text] + ["env"] * (put == "put_element")
        return self.set(f"{put}({', '.join(texts)})", "box").text

    # Conditionals

    def condition(self, node: Any, call: Call) -> str | None:
        """Text that is True or False, or None where it is never reached."""
        value = self._unboxed(self.value(node))
        if self.state is None:
            return None
        if value.kind == "bool":
            return value.text
        if value.kind == "int":
            return f"{value.text} != 0"
        entry = self.known.copy()
        if value.kind == "any":
            self.line(f"if type({value.text}) is not bool:")
            self.level += 1
        result = value.text if value.kind == "any" else self.temp()
        self.flush()  # an error may be on its way
        self.line(f"{result} = flag({value.text}, {self.constant(call)})")
        self.level -= value.kind == "any"
        self.state = entry
        return result

    def _if(self, node: Call, test: Any, yes: Any, no: Any = None) -> Operand:
        condition = self.condition(test, node)
        if condition is None:
            return NOTHING
        result = self.temp()
        entry = self.known.copy()
        kinds = []
        with self.block(f"if {condition}:"):
            kinds.append(self._branch(result, yes))
        after = self.state
        self.state = entry
        with self.block("else:"):
            kinds.append(self._branch(result, no))
        self.state = joined([after, self.state])
        kinds = [k for k in kinds if k is not None]
        same = kinds[0] if kinds and kinds.count(kinds[0]) == len(kinds) else None
        return Operand(result, same or "any")

    def _branch(self, result: str, node: Any) -> str | None:
        value = NOTHING if node is None else self._unboxed(self.value(node))
        if self.state is None:
            return None
        self.line(f"{result} = {value.text}")
        return value.kind

    # Loops

    def _loop(self, write: Any) -> None:
        """Write a loop again until what is known at its head holds after each step."""
        entry = self.known.copy()
        head = entry
        start = len(self.lines)
        while True:
            breaks: list[State] = []
            nexts: list[State] = []
            self._loops.append((nexts, breaks))
            self.state = head.copy()
            try:
                leaving = write()
            finally:
                self._loops.pop()
            new = joined([head, self.state, *nexts])
            assert new is not None
            if new == head:
                break
            head = new
            del self.lines[start:]
        self.state = joined([leaving, *breaks])

    def _body(self, node: Any) -> None:
        """The body of a loop; jumps that come out of unknown code are caught."""
        escapes, start, level = self.escapes, len(self.lines), self.level
        self.statement(node)
        if self.escapes == escapes:
            return
        body = self.lines[start:]
        del self.lines[start:]
        self.line("try:")
        self.lines += [(each + 1, text) for each, text in body] or [(level + 1, "pass")]
        self.line("except NextSignal: pass")  # while unknown code runs, nothing is held in locals
        self.line("except BreakSignal: break")
        self._loops[-1][1].append(State(seen=True))
        self.state = joined([self.state, State(seen=True)])

    def _while(self, node: Call, test: Any, body: Any) -> Operand:
        def write() -> State | None:
            leaving: State | None = None
            with self.block("while True:"):
                condition = self.condition(test, node)
                if condition is not None:
                    self.line(f"if not {condition}: break")
                    leaving = self.known.copy()
                    self._body(body)
            return leaving

        self._loop(write)
        return NOTHING

    def _repeat(self, node: Call, body: Any) -> Operand:
        def write() -> State | None:
            with self.block("while True:"):
                self._body(body)
            return None

        self._loop(write)
        return NOTHING

    def _for(self, node: Call, variable: Any, sequence: Any, body: Any) -> Operand:
        name = function_name(sequence)
        nodes = arguments(sequence) if name in _RANGES else None
        if nodes is not None and len(nodes) == (2 if name == ":" else 1):
            self._counted(node, _RANGES[str(name)], nodes)
        else:
            value = self.value(sequence)
            if self.state is not None:
                entry = self.known.copy()
                boxed = self.set(value.boxed(), "box")
                self.flush()  # a method or an error may be on its way
                self.state = entry
                self._each(
                    variable.name,
                    self.set(f"items({boxed.text}, {self.constant(node)})", "box").text,
                    "any",
                    body,
                )
        return NOTHING

    def _counted(self, node: Call, count: str, nodes: list[Any]) -> None:
        """`for (i in a:b)`: counted, not made."""
        variable, body = node.args[0].value, node.args[2].value
        values = [self._unboxed(self.value(n)) for n in nodes]
        if self.state is None:
            return
        steps = self.set(f"{count}({', '.join(v.text for v in values)})", "box").text
        entry = self.known.copy()
        with self.block(f"if {steps} is None:"):
            self.escape()
            self.line(f"{self.constant(closure_loop(node))}(env)")
        after = self.state
        self.state = entry
        with self.block("else:"):
            self._each(variable.name, steps, "int", body)  # pyright: ignore[reportAttributeAccessIssue]
        self.state = joined([after, self.state])

    def _each(self, name: str, steps: str, kind: str, body: Any) -> None:
        def write() -> State | None:
            leaving = self.known.copy()
            step = self.temp()
            with self.block(f"for {step} in {steps}:"):
                self.bind(name, Operand(step, kind))
                self._body(body)
            return leaving

        self.bind(name, NOTHING)  # what it stays if there is nothing to go through
        self._loop(write)

    def _next(self, node: Call) -> Operand:
        return self._jump(0, "continue", node)

    def _break(self, node: Call) -> Operand:
        return self._jump(1, "break", node)

    def _jump(self, which: int, word: str, node: Call) -> Operand:
        if not self._loops:
            return self.opaque(node)
        self._loops[-1][which].append(self.known.copy())
        self.line(word)
        self.state = None
        return NOTHING

    # The end of a function

    def _return(self, node: Call, value: Any = None) -> Operand:
        if self.formals is None:
            return self.opaque(node)
        self.tail(value) if value is not None else self.leave(NOTHING, True)
        return NOTHING

    def leave(self, value: Operand, visible: bool | None) -> None:
        """Return a value; visible: None where that is set already."""
        if self.state is None:
            return
        if self.known.seen:
            self.flush()
        if visible is not None:
            self.line(f"session.visible = {visible}")
        self.line(f"return {value.text}")
        self.state = None

    def tail(self, node: Any) -> None:
        """Write the last expression of a function, and return its value."""
        if self.state is None:
            return
        name = function_name(node)
        nodes = arguments(node) if name is not None else None
        if nodes is None:
            name = None
        if name == "{" and nodes:
            for each in nodes[:-1]:
                self.statement(each)
                if self.state is None:
                    return
            self.tail(nodes[-1])
        elif name == "if" and nodes is not None:
            self._tail_if(node, *nodes)
        elif name == "return" and nodes is not None and len(nodes) < 2:
            self._return(node, *nodes)
        elif type(node) in (Name, Const):
            self.line("session.visible = True")
            self.leave(self.value(node), None)
        elif is_pure(node) or name == "(" or name in BINARY or name == "!":
            self.leave(self.value(node), True)
        elif name in ("<-", "=") or name in LOOPS:
            self.leave(self.value(node), False)
        else:
            self._tail_call(node)

    def _tail_call(self, node: Any) -> None:
        """A call decides itself whether its value is visible."""
        self.line("session.visible = True")
        if function_name(node) == "UseMethod":
            self.escape()
            self.leave(self.set(f"{self.constant(compile_tail(node, 'function'))}(env)", "box"), None)
        else:
            self.leave(self.value(node), None)

    def _tail_if(self, node: Call, test: Any, yes: Any, no: Any = None) -> None:
        condition = self.condition(test, node)
        if condition is None:
            return
        entry = self.known.copy()
        with self.block(f"if {condition}:"):
            self.tail(yes)
        self.state = entry
        if no is None:
            self.leave(NOTHING, False)
        else:
            self.tail(no)


_WRITERS = {
    ("(", 1): "_parenthesis",
    ("<-", 2): "_assignment",
    ("=", 2): "_assignment",
    ("if", 2): "_if",
    ("if", 3): "_if",
    ("while", 2): "_while",
    ("repeat", 1): "_repeat",
    ("for", 3): "_for",
    ("next", 0): "_next",
    ("break", 0): "_break",
    ("return", 0): "_return",
    ("return", 1): "_return",
}
