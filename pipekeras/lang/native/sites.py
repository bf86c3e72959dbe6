"""Calls of closures and builtins as generated Python, made for the function that was met when it was written.

Another function at the same place is called by the closure of the tree.
"""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...signature import DOTS
from ...syntax.tree import EMPTY, Call, Const, Name
from ..environment import Environment
from ..evaluator.calls import find_named, value_run
from ..evaluator.compile import FORMS, code_of
from ..evaluator.plans import BuiltinPlan, ClosurePlan, builtin_plan, closure_plan
from ..language import constant_value
from ..primitives import PRIMITIVES
from ..values import Builtin, Closure, Promise
from .direct import Direct, planned
from .expressions import Expressions
from .purity import is_pure
from .writer import NOTHING, Operand, joined


def known_function(name: str, env: Environment) -> Closure | Builtin | None:
    """The function that a name stands for now, if that can be seen without evaluating anything."""
    for scope in env.chain():
        bound = scope.values.get(name)
        if type(bound) is Promise:
            bound = bound.value
            if bound is None:
                return None
        if type(bound) is Closure or type(bound) is Builtin:
            return bound
    return None


class Sites(Expressions):
    """Writes calls. `env` is where the code runs first."""

    env: Environment

    def value(self, node: Any) -> Operand:
        """Any expression."""
        raise NotImplementedError

    def opaque(self, node: Any) -> Operand:
        """Leave it to the closure of the tree."""
        self.escape()
        return self.set(f"evaluate({self.constant(node)}, env)", "box")

    def call(self, node: Call) -> Operand:
        """A call of a function that is looked up."""
        name = node.function.name if type(node.function) is Name else None
        plain = all(a.value is not EMPTY and not _is_dots(a.value) for a in node.args)
        known = name is not None and name not in FORMS and plain
        function = known_function(name, self.env) if known else None  # pyright: ignore[reportArgumentType]
        try:
            if type(function) is Closure:
                return self._closure_call(node, function)
            if type(function) is Builtin and function.kind == "eager":
                plan = builtin_plan(function, [a.name for a in node.args], node)
                if not plan.on_stack and not plan.unread:
                    return self._builtin_call(node, function, plan)
        except UserError:
            pass  # arguments that do not match: an error where the call runs, if it does
        return self.opaque(node)

    # Closures

    def _closure_call(self, node: Call, function: Closure) -> Operand:
        code: Any = code_of(function.node)
        names = [a.name for a in node.args]
        args: list[tuple[Any, Any]] = [
            (None, constant_value(a.value)) if type(a.value) is Const else (a.value, None) for a in node.args
        ]
        plan = closure_plan(code, names, args, node, function)
        result = self._direct_call(node, function, plan)
        if result is None:
            return self._usual_call(node, function, plan, self.temp())
        fast = self.known.copy()
        with self.block(f"if {result} is None:"):
            self._usual_call(node, function, plan, result)
        self.state = joined([fast, self.state])
        return Operand(result, "any")

    def _direct_call(self, node: Call, function: Closure, plan: ClosurePlan) -> str | None:
        """A local with what the function's direct form made of pure arguments, or with None.

        The local is None if the form does not fit these values; this is None if there is no form.
        """
        direct: Direct | None = function.node.code.direct()
        sources = None if direct is None else planned(direct, plan)
        if direct is None or sources is None:
            return None
        if not all(is_pure(node.args[i].value) for i, _ in sources if i is not None):
            return None
        if direct.looks_inside or direct.free & self.known.dirty:
            self.flush()
        entry = self.known.copy()
        result = self.temp()
        self.aliases = {}
        form, run = self.constant(direct), self.constant(direct.run)
        self.line(f"{result} = None")
        with self.block("try:"):
            called = self.pure(node.function)
            same = f"{called.text}.node is {self.constant(function.node)}"
            with self.block(f"if type({called.text}) is Closure and {same} and {form}.chances:"):
                given = [self._source(node, i, value) for i, value in sources]
                self.line(f"{result} = {run}({', '.join([f'{called.text}.environment', *given])})")
        entry.held |= self.known.held
        with self.block("except Surprise:"):
            self.line(f"{form}.chances -= 1")
        self.state = entry
        return result

    def _source(self, node: Call, place: int | None, constant: Any) -> str:
        if place is not None:
            value = self.pure(node.args[place].value)
        else:
            value = self.constant_operand(Const(constant))
        return f"unbox({value.text})" if value.kind == "box" and value is not NOTHING else value.text

    def _usual_call(self, node: Call, function: Closure, plan: ClosurePlan, result: str) -> Operand:
        code: Any = function.node.code
        formals = {i: formal for formal, i in plan.supplied}
        given = [self._promise(a.value, formals.get(i) in code.needed()) for i, a in enumerate(node.args)]
        self.escape()
        called = self.set(f"{self.constant(find_named(node.function.name, node))}(env)", "box")  # pyright: ignore[reportAttributeAccessIssue]
        with self.block(
            f"if type({called.text}) is Closure and {called.text}.node is {self.constant(function.node)}:"
        ):
            new = self.temp()
            self.line(f"{new} = Environment({called.text}.environment, None, {self._bindings(plan, given)})")
            self.line(f"{new}.code = {self.constant(code)}")
            for formal, default in plan.lazy:
                code_of(default)
                self.line(f"{new}.values[{formal!r}] = Promise({self.constant(default)}, {new})")
            frame = f"Frame({self.constant(node)}, {called.text}, {new}, env, [{', '.join(given)}])"
            self.line(f"{result} = enter({frame})")
            self.line(f"if type({result}) is Scalar: {result} = unbox({result})")
        with self.block("else:"):
            self.line(f"{result} = unbox(evaluate({self.constant(node)}, env))")
        return Operand(result, "any")

    def _bindings(self, plan: ClosurePlan, given: list[str]) -> str:
        pairs = [f"{formal!r}: {given[i]}" for formal, i in plan.supplied]
        if plan.dots is not None:
            pairs.append(f"{DOTS!r}: [{', '.join(f'({n!r}, {given[i]})' for n, i in plan.dots)}]")
        pairs += [f"{formal!r}: {self.constant(value)}" for formal, value in plan.constants.items()]
        return "{" + ", ".join(pairs) + "}"

    def _promise(self, node: Any, needed: bool) -> str:
        """An argument: evaluated at once where that makes no difference, else a promise."""
        if type(node) is Const:
            return self.constant(constant_value(node))
        code_of(node)
        promise = self.temp()
        lazy = f"Promise({self.constant(node)}, env)"
        if not needed or not is_pure(node):
            self.line(f"{promise} = {lazy}")
            return promise
        entry = self.known.copy()
        self.aliases = {}
        with self.block("try:"):
            value = self.pure(node)
            if value.kind in ("float", "int", "bool", "str"):
                self.line(f"{promise} = Promise({self.constant(node)}, None, {value.boxed()})")
            else:
                self.line(f"{promise} = evaluated({self.constant(node)}, {value.text}, env)")
        entry.held |= self.known.held
        with self.block("except Surprise:"):
            self.line(f"{promise} = {lazy}")
        self.state = joined([entry, self.state])
        return promise

    # Builtins

    def _builtin_call(self, node: Call, function: Builtin, plan: BuiltinPlan) -> Operand:
        builtin, call = self.constant(function), self.constant(node)
        settled = function.name in PRIMITIVES or all(type(a.value) is Const for a in node.args)
        result = self.temp()
        name: str = node.function.name  # pyright: ignore[reportAttributeAccessIssue]
        if name in self.assigned:
            self.flush()
        called = self.set(f"{self.constant(find_named(name, node))}(env)", "box")
        entry = self.known.copy()
        with self.block(f"if {called.text} is {builtin}:"):
            if settled:
                given = self._arguments(node)
            else:
                with self.block("try:"):
                    given = self._arguments(node)
                with self.block("except UserError as error:"):
                    self.line(f"settle_in_arguments(error, {builtin}, {call})")
                    self.line("raise")
            self.escape()
            names = self.constant([a.name for a in node.args])
            self.line(
                f"{result} = run_builtin({builtin}, {self.constant(plan)}, {given}, {call}, env, {names})"
            )
        after = self.state
        self.state = entry
        with self.block("else:"):
            self.escape()
            self.line(f"{result} = evaluate({call}, env)")
        self.state = joined([after, self.state])
        return Operand(result, "box")

    def _arguments(self, node: Call) -> str:
        """The evaluated arguments of a builtin as the text of a list, kept in a local."""
        values = []
        for arg in node.args:
            if type(arg.value) is Name:
                values.append(self.variable(arg.value, value_run(arg.value, None)))
            else:
                values.append(self.value(arg.value))
        given = self.temp()
        self.line(f"{given} = [{', '.join(v.boxed() if v is not NOTHING else 'NULL' for v in values)}]")
        return given


def _is_dots(node: Any) -> bool:
    return type(node) is Name and node.name.startswith("..")
