"""magrittr's pipes: what a right side stands for, chains run step by step, functional sequences.

NOTE the left side is evaluated before the right side is called, so that things are made in the order in which
data flows; `.` is bound in an environment of its own for each step, as functions made there may keep it.
"""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import EMPTY, Arg, Call, Const, Function, Name, Node
from ..conditions import call_text, settle
from ..environment import Environment
from ..lookup import not_a_function
from ..registry import Context
from ..session import session
from ..values import Builtin, Promise, RVector, character
from ..vectors.subset import index_positions
from .blocks import called
from .compile import Run, code_of, evaluate, form

PIPES = ("%>%", "%T>%", "%$%", "%<>%", "%!>%")
DOT = Name(".")


class _Step:
    """One right side of a pipe, rewritten to a call in which `.` is the left side's value."""

    __slots__ = ("code", "node", "pipe")

    def __init__(self, pipe: str, right: Any, call: Call) -> None:
        self.pipe = pipe
        self.node = _with_values(right) if pipe == "%$%" else rewritten(right, call)
        self.code: Run = code_of(self.node)

    def run(self, value: Any, env: Environment) -> Any:
        mask = Environment(env, None, {".": value})
        if value.__class__ is RVector:
            value.named = 2
        result = self.code(mask)
        return value if self.pipe == "%T>%" else result


def rewritten(right: Any, call: Call) -> Node:
    """`f` -> `f(.)`, `f(y)` -> `f(., y)`, `f(y, .)` as it is, `{...}` as it is, `(g)` -> `(g)(.)`."""
    if called(right, "{"):
        return right
    if _is_return(right):
        return DOT
    if isinstance(right, Call) and any(isinstance(a.value, Name) and a.value.name == "." for a in right.args):
        return right
    if isinstance(right, Call) and not _names_function(right):
        return Call(right.function, [Arg(None, DOT), *right.args], right.span)
    if isinstance(right, Function):
        return _refused(right, call)
    if isinstance(right, Const) and not isinstance(right.value, str):
        error = not_a_function("what stands behind the pipe")
        settle(error, call)
        raise error
    function = Name(right.value) if isinstance(right, Const) else right
    return Call(function, [Arg(None, DOT)], right.span)


def _is_return(right: Any) -> bool:
    """`x %>% return()` and `x %>% return` are x: the pipe, not the function around it, returns."""
    name = right.function if isinstance(right, Call) and not right.args else right
    return isinstance(name, Name) and name.name == "return"


def _names_function(node: Call) -> bool:
    """`(function(x) x)`, `pkg::f` and `x$f` stand for functions, not for calls."""
    return isinstance(node.function, Name) and node.function.name in ("(", "::", ":::", "$", "@")


def _refused(right: Function, call: Call) -> Node:
    error = UserError(
        'invalid formal argument list for "function"',
        code=Code.SYNTAX,
        cause="a function without parentheses takes everything behind it as its body",
        cure="put it in parentheses: x %>% (function(v) v + 1)",
        span=right.span,
    )
    settle(error, call)
    raise error


def _with_values(right: Any) -> Node:
    return Call(Name("with"), [Arg(None, DOT), Arg(None, right)], getattr(right, "span", None))


def _compile_pipe(call: Call) -> Run:
    steps: list[_Step] = []
    node: Any = call
    while called(node, *PIPES) and len(node.args) == 2:
        steps.append(_Step(node.function.name, node.args[1].value, node))
        node = node.args[0].value
    steps.reverse()
    if isinstance(node, Name) and node.name == ".":
        return _starting_with_dot(steps)
    return _assigning(node, steps) if steps[0].pipe == "%<>%" else _flowing(code_of(node), steps)


for _name in PIPES:
    form(_name)(_compile_pipe)


_LAZY = {
    "try",
    "tryCatch",
    "withCallingHandlers",
    "suppressWarnings",
    "suppressMessages",
    "suppressPackageStartupMessages",
    "system.time",
}
"""Functions that must see the left side run, for its conditions or its time."""


def _is_lazy(step: _Step) -> bool:
    function = getattr(step.node, "function", None)
    return step.pipe == "%>%" and isinstance(function, Name) and function.name in _LAZY


def _flowing(first: Run, steps: list[_Step]) -> Run:
    """The value of the first run handed from step to step."""
    last = next((i for i in range(len(steps) - 1, -1, -1) if _is_lazy(steps[i])), None)
    if last is not None:
        return _flowing(_watched(_flowing(first, steps[:last]), steps[last]), steps[last + 1 :])

    def run(env: Environment) -> Any:
        value = first(env)
        session.visible = True
        for step in steps:
            value = step.run(value, env)
        return value

    return run


def _watched(before: Run, step: _Step) -> Run:
    """A step that runs what comes before it, when it looks at its argument."""

    def run(env: Environment) -> Any:
        dot = Name(".")
        dot.code = before
        return step.code(Environment(env, None, {".": Promise(dot, env)}))

    return run


def _assigning(target: Any, steps: list[_Step]) -> Run:
    """`x %<>% f %>% g`: the result is assigned to x."""
    flow = _flowing(code_of(target), steps)

    def run(env: Environment) -> Any:
        value = flow(env)
        evaluate(Call(Name("<-"), [Arg(None, target), Arg(None, Const(value))]), env)
        session.visible = False
        return value

    return run


def _starting_with_dot(steps: list[_Step]) -> Run:
    """`. %>% f %>% g` makes a function."""

    def run(env: Environment) -> Any:
        session.visible = True
        return functional_sequence(steps, env)

    return run


def functional_sequence(steps: list[_Step], env: Environment) -> Builtin:
    def work(ctx: Context, value: Any) -> Any:
        for step in steps:
            value = step.run(value, env)
        return value

    made = Builtin("<fseq>", "fseq(value)", work, wants_context=True)
    made.attributes = {"class": character(["fseq", "function"]), "steps": steps, "env": env}
    return made


def chosen_steps(sequence: Any, i: Any) -> Builtin:
    """The functional sequence of some of another's steps."""
    steps = sequence.attributes["steps"]
    return functional_sequence(
        [steps[k] for k in index_positions(i, len(steps), None)], sequence.attributes["env"]
    )


def sequence_text(sequence: Any) -> str:
    """How magrittr prints a functional sequence."""
    steps = sequence.attributes["steps"]
    lines = [f" {i}. {call_text(step.node)}" for i, step in enumerate(steps, 1)]
    end = "\n\nUse 'functions' to extract the individual functions. \n"
    return "Functional sequence with the following components:\n\n" + "\n".join(lines) + end


def sequence_functions(sequence: Any, env: Environment) -> list[Any]:
    """One function for each step of a functional sequence."""
    return [code_of(Function([Arg(".", EMPTY)], step.node))(env) for step in sequence.attributes["steps"]]
