"""Turns tree nodes, once each, into Python closures `run(env) -> value`, kept in `node.code`.

Functions of R that need their arguments unevaluated (`if`, `<-`, `quote`) are *forms*: a Python function that
turns such a call into a closure. A form is used without looking its name up, until a program redefines it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

from ...errors import Code, UserError
from ...signature import DOTS, REQUIRED, Param, Signature
from ...syntax.tree import EMPTY, Call, Const, Function, Name, Node
from .. import lookup
from ..arity import argument_refusal
from ..conditions import settle
from ..environment import Environment
from ..language import constant_value
from ..registry import BASE
from ..session import session
from ..values import Builtin, Closure, Promise, RVector, Scalar

Run = Callable[[Environment], Any]
Form = Callable[[Call], Run]

FORMS: dict[str, Form] = {}
"""How calls of special functions are compiled, by R name."""

redefined = session.redefined

COLD_CALLS = 2
"""How many calls of a function without loops run as closures: generating code takes a millisecond."""

_codes: weakref.WeakSet[FunctionCode] = weakref.WeakSet()


def form(*names: str, declare: bool = True) -> Callable[[Form], Form]:
    """Declare how calls of a special function of R are compiled.

    Args:
        names: its R names
        declare: also put it among the base functions (False where an eager builtin does that)
    """

    def register(compiler: Form) -> Form:
        for name in names:
            FORMS[name] = compiler
            if declare:
                assert name not in BASE, f"{name} is declared twice"
                BASE[name] = Builtin(
                    name,
                    Signature([Param("...")]),
                    lambda call, env, name=name: (_refused_form(name, call) or compiler(call))(env),
                    kind="special",
                )
        return compiler

    return register


def code_of(node: Any) -> Run:
    """The node's compiled form, made at the first call."""
    if node.code is None:
        node.code = _compile(node)
    return node.code


def evaluate(node: Any, env: Environment) -> Any:
    """The value of a tree in an environment. Anything that is no tree is its own value."""
    if isinstance(node, (Name, Call, Function, Const)):
        return (node.code or code_of(node))(env)
    return node


def _compile(node: Any) -> Run:
    if isinstance(node, Const):
        return constant(constant_value(node))
    if isinstance(node, Name):
        return _compile_name(node)
    if isinstance(node, Function):
        return FunctionCode(node)
    return compile_call(node)


def constant(value: Any) -> Run:
    return lambda env: value


def _compile_name(node: Name) -> Run:
    name = node.name

    def run(env: Environment) -> Any:
        scope: Environment | None = env
        while scope is not None:
            value = scope.values.get(name)
            if value is not None:
                kind = type(value)
                if kind is Scalar or kind is RVector:
                    return value
                if kind is Promise and value.value is not None:
                    return value.value
                return lookup.resolve(value, name)
            scope = scope.parent
        raise lookup.not_found(name, env, node.span)

    if name == "...":
        return _dots_as_value
    if name.startswith("..") and name[2:].isdigit():
        position = int(name[2:])
        return lambda env: dots_element(env, position)
    return run


def _dots_as_value(env: Environment) -> Any:
    raise UserError("'...' used in an incorrect context", code=Code.ARGUMENT)


def dots_element(env: Environment, position: int) -> Any:
    """`..1`, `...elt(1)`: the value of an argument in `...`."""
    dots = find_dots(env)
    if dots is None:
        raise UserError(f"..{position} used in an incorrect context, no ... to look in", code=Code.ARGUMENT)
    if not 1 <= position <= len(dots):
        elements = "element" if position == 1 else "elements"
        raise UserError(f"the ... list contains fewer than {position} {elements}", code=Code.ARGUMENT)
    return lookup.resolve(dots[position - 1][1], f"..{position}")


def find_dots(env: Environment) -> Any:
    """The nearest `...`: a list of (name, promise) pairs, or None."""
    for scope in env.chain():
        dots = scope.values.get("...")
        if dots is not None:
            return dots if type(dots) is list else []
    return None


def compile_call(call: Call) -> Run:
    """A call as a closure: by its form, if nobody redefined that, else by looking the function up."""
    function = call.function
    name = function.name if isinstance(function, Name) else None
    if name is None and isinstance(function, Const) and isinstance(function.value, str):
        name = function.value
    if name is not None and name in FORMS and name not in redefined:
        return _refused_form(name, call) or FORMS[name](call)
    from .calls import compile_lookup_call

    return compile_lookup_call(call, name)


_FORMALS_OF_FORMS = {
    "...length": (),
    "...names": (),
    "invisible": ("x",),
    "missing": ("x",),
    "nargs": (),
    "quote": ("expr",),
}
"""Formals of the primitives among the forms that count their arguments."""


_MISSING = 'argument "%s" is missing, with no default'
_NOTHING_GIVEN = {
    "UseMethod": "there must be a 'generic' argument",
    "call": "'name' is missing",
    "evalq": "argument is missing, with no default",
    "local": "argument is missing, with no default",
    "match.arg": _MISSING % "arg",
    "substitute": _MISSING % "expr",
    "suppressMessages": _MISSING % "expr",
    "suppressWarnings": _MISSING % "expr",
    "system.time": _MISSING % "expr",
    "try": _MISSING % "expr",
    "tryCatch": _MISSING % "expr",
    "with": _MISSING % "data",
    "withCallingHandlers": _MISSING % "expr",
    "within": _MISSING % "data",
}
"""What R says of calls of forms without arguments."""


def _refused_form(name: str, call: Call) -> Run | None:
    """The error that a call of a form is, when it runs, if it cannot have these arguments."""
    if not call.args and name in _NOTHING_GIVEN:
        message = _NOTHING_GIVEN[name]
    elif name in _FORMALS_OF_FORMS:
        if any(isinstance(a.value, Name) and a.value.name == DOTS for a in call.args):
            return None
        refused = argument_refusal(name, _FORMALS_OF_FORMS[name], [a.name for a in call.args])
        if refused is None:
            return None
        message = refused.message
    else:
        return None

    def run(env: Environment) -> Any:
        error = UserError(message, code=Code.ARGUMENT)
        settle(error, call)
        raise error

    return run


ASSUMED: set[str] = set()
"""Names of base functions that generated code calls without looking them up."""


def redefine(name: str) -> None:
    """A program binds a name: if it is one of R's own, calls look it up from now on."""
    if name in redefined:
        return
    redefined.add(name)
    if name in FORMS:
        for code in list(_codes):
            forget(code.node.body)
    if name in FORMS or name in ASSUMED:
        for code in list(_codes):
            code.restart()


_NOT_TRIED = object()


class FunctionCode:
    """What all closures made by one `function(...)` expression share; called, it makes one.

    Attributes:
        signature: its formals; defaults are nodes
        defaults: by formal, the value of a constant default or the node of any other
        plans: how arguments that are values are matched, by their names (see `plans.applied_plan`)
        body: runs the body and returns its value, which may be unboxed once the body is generated code; the
            first call compiles it
    """

    __slots__ = (
        "__weakref__",
        "_direct",
        "_needed",
        "body",
        "constants",
        "defaults",
        "lazy",
        "node",
        "plans",
        "signature",
    )

    def __init__(self, node: Function) -> None:
        self.node = node
        self.signature = Signature(
            [Param(p.name or "", REQUIRED if p.value is EMPTY else p.value) for p in node.params]
        )
        self.constants: dict[str, Any] = {}
        self.lazy: dict[str, Node] = {}
        for p in node.params:
            if isinstance(p.value, Const):
                self.constants[p.name or ""] = constant_value(p.value)
            elif p.value is not EMPTY:
                self.lazy[p.name or ""] = p.value
            if p.name:
                redefine(p.name)
        self.defaults: dict[str, Any] = {**self.constants, **self.lazy}
        self.body: Run = self._compile_body
        self._needed: frozenset[str] | None = None
        self._direct: Any = _NOT_TRIED
        self.plans: dict[tuple[str | None, ...], Any] = {}
        _codes.add(self)

    def __call__(self, env: Environment) -> Closure:
        return Closure(self.node, self.signature, env)

    def _compile_body(self, env: Environment) -> Any:
        note_assignments(self.node.body)
        for node in self.lazy.values():
            code_of(node)
        self.body = self._first_body()
        return self.body(env)

    def _first_body(self) -> Run:
        """The body as closures, until calls or a loop make it worth while to generate code."""
        from .. import native
        from .blocks import compile_tail

        if not native.enabled():
            return compile_tail(self.node.body, "function")
        from ..native.purity import has_loop

        if has_loop(self.node.body):
            return self._generate_body
        cold = compile_tail(self.node.body, "function")
        calls = 0

        def run(env: Environment) -> Any:
            nonlocal calls
            calls += 1
            if calls > COLD_CALLS:
                return self._generate_body(env)
            return cold(env)

        return run

    def _generate_body(self, env: Environment) -> Any:
        from ..native.units import function_body
        from .blocks import compile_tail

        generated = function_body(self.node.body, frozenset(self.signature.names), env)
        self.body = generated or compile_tail(self.node.body, "function")
        return self.body(env)

    def needed(self) -> frozenset[str]:
        """Formals that are evaluated before anything that others can see happens."""
        if self._needed is None:
            from ..native.purity import needed_formals

            self._needed = needed_formals(self.node.body, frozenset(self.signature.names))
        return self._needed

    def direct(self) -> Any:
        """The form of it that is called without an environment (see `native.direct`), or None."""
        if self._direct is _NOT_TRIED:
            from .. import native
            from ..native.direct import direct_form

            self._direct = direct_form(self.node.body, self.signature.names) if native.enabled() else None
        return self._direct

    def restart(self) -> None:
        """Compile the body again at the next call."""
        self.body = self._compile_body
        self._needed = None
        if self._direct is not _NOT_TRIED and self._direct is not None:
            self._direct.chances = 0  # calls that know it
        self._direct = _NOT_TRIED


def forget(node: Any) -> None:
    """Drop compiled forms below a node."""
    pending = [node]
    while pending:
        node = pending.pop()
        if isinstance(node, Function):
            continue  # it has a FunctionCode of its own
        if isinstance(node, Call):
            pending.append(node.function)
            pending += [a.value for a in node.args]
        if isinstance(node, (Call, Name, Const)):
            node.code = None


def note_assignment(name: str) -> None:
    """Called when code is compiled that binds the name."""
    redefine(name)


def note_assignments(node: Any) -> None:
    """Called before code is compiled: a name bound in its midst is looked up in all of it."""
    from ..native.purity import assigned_names

    for name in assigned_names(node):
        note_assignment(name)
