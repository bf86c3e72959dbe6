"""Tidy evaluation: captured arguments, `!!`, `{{ }}`, `:=`, and how they are evaluated among columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...errors import Code, UserError
from ...signature import Param, Signature
from ...syntax.tree import EMPTY, Arg, Call, Const, Name
from ..environment import Environment
from ..evaluator.blocks import called
from ..evaluator.calls import promise_arguments
from ..evaluator.compile import evaluate
from ..evaluator.substitution import as_node
from ..lookup import force
from ..text.deparse import deparse_lines
from ..values import Builtin, Formula, Promise, RVector
from ..vectors.coerce import elements

MASK = "data mask"
_BINARY = ("+", "-", "*", "/", "^", "==", "!=", "<", ">", "<=", ">=", "&", "|", "&&", "||", ":", "%in%", "%%")


@dataclass(slots=True)
class Quosure:
    """An argument as written, with where its variables are; `name` is what the call names it."""

    name: str | None
    node: Any
    env: Environment

    @property
    def label(self) -> str:
        """The name of the column it makes; `.data[[x]]` is named by the column."""
        if self.name:
            return self.name
        node = self.node
        first = node.args[0].value if called(node, "[[", "$") else None
        if isinstance(first, Name) and first.name == ".data":
            inner = node.args[1].value
            if node.function.name == "$" and isinstance(inner, Name):
                return inner.name
            value = inner.value if isinstance(inner, Const) else evaluate(inner, self.env)
            return str(value.data[0]) if isinstance(value, RVector) else str(value)
        return label_of(node)


def label_of(node: Any) -> str:
    """An expression as column name."""
    node = _unwrapped(node)
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Const) and isinstance(node.value, str):
        return f'"{node.value}"'
    return " ".join(line.strip() for line in deparse_lines(as_value(node)))


def as_value(node: Any) -> Any:
    from ..language import from_node

    return from_node(node)


def _unwrapped(node: Any) -> Any:
    """What the user wrote where `{{ }}` or `!!quo` put a quosure."""
    if isinstance(node, Call):
        if isinstance(node.function, Const) and isinstance(node.function.value, Builtin):
            return _unwrapped(node.args[0].value)
        if any(isinstance(a.value, Call) for a in node.args):
            return Call(node.function, [Arg(a.name, _unwrapped(a.value)) for a in node.args], node.span)
    return node


# Capture


def capture(call: Call, env: Environment, formals: Sequence[str]) -> tuple[dict[str, Any], list[Quosure]]:
    """The named formals evaluated (where given), and the arguments of `...` as quosures.

    Args:
        formals: R's formals; "..." among them
    """
    matched = Signature([Param(name) for name in formals]).match(promise_arguments(call, env))
    if matched.unused:
        raise UserError("unused argument", code=Code.ARGUMENT)
    values = {n: force(v) if isinstance(v, Promise) else v for n, v in matched.values.items()}
    return values, quosures(matched.dots, env)


def quosures(pairs: Sequence[tuple[str | None, Any]], env: Environment) -> list[Quosure]:
    """Arguments as quosures; `!!!` is spread, `:=` names them."""
    out: list[Quosure] = []
    for name, value in pairs:
        node, where = _node_of(value, env)
        if node is EMPTY:
            continue
        if called(node, ":="):
            name = _computed_name(node.args[0].value, where)
            node = node.args[1].value
        if _bangs(node) >= 3:
            out += _spread(node, where)
        else:
            out.append(Quosure(name, inject(node, where), where))
    return out


def _node_of(value: Any, env: Environment) -> tuple[Any, Environment]:
    if isinstance(value, Promise):
        if value.environment is None:
            # already looked at: its value stands for it, unless it is a column's name
            return (value.node if isinstance(value.node, (Name, Call)) else Const(value.value)), env
        return value.node, value.environment
    from ..values import EMPTY_SYMBOL, MISSING

    return (EMPTY if value is MISSING or value is EMPTY_SYMBOL else Const(value)), env


def _computed_name(node: Any, env: Environment) -> str:
    node = inject(node, env)
    if isinstance(node, Name):
        return node.name
    value = node.value if isinstance(node, Const) else evaluate(node, env)
    if isinstance(value, RVector):
        value = value.data[0]
    if not isinstance(value, str):
        return label_of(node)
    return _filled_name(value, env)


def _filled_name(text: str, env: Environment) -> str:
    """`"{{ x }}_mean"` and `"{name}_mean"`."""

    def inner(match: re.Match[str]) -> str:
        holder = env.find(match.group(1).strip())
        promise = None if holder is None else holder.values[match.group(1).strip()]
        return label_of(promise.node) if isinstance(promise, Promise) else match.group(1)

    text = re.sub(r"\{\{(.*?)\}\}", inner, text)
    if "{" not in text:
        return text
    from .glue import glued

    return glued(text, env)[0] or ""


def _bangs(node: Any) -> int:
    count = 0
    while called(node, "!") and len(node.args) == 1:
        count += 1
        node = node.args[0].value
    return count


def _spread(node: Any, env: Environment) -> list[Quosure]:
    inner = node
    for _ in range(3):
        inner = inner.args[0].value
    value = evaluate(inner, env)
    names = value.names or [None] * len(value)
    return [Quosure(n or None, _as_code(v), env) for n, v in zip(names, elements(value), strict=True)]


# Injection


def inject(node: Any, env: Environment) -> Any:
    """The expression with `!!x`, `{{ x }}` and `!!!x` replaced by what they stand for."""
    if not isinstance(node, Call):
        return node
    if _bangs(node) == 2:
        inner: Any = node.args[0].value
        return _banged(inner.args[0].value, env)
    if called(node, "$") and isinstance(node.args[0].value, Name) and node.args[0].value.name == ".env":
        return Call(Const(_OUTSIDE), [Arg(None, node.args[1].value), Arg(None, Const(env))])
    embraced = _embraced(node)
    if embraced is not None:
        return _argument_quosure(embraced, env)
    args: list[Arg] = []
    changed = False
    for arg in node.args:
        if _bangs(arg.value) >= 3:
            args += [Arg(q.name, q.node) for q in _spread(arg.value, env)]
            changed = True
            continue
        value = inject(arg.value, env)
        changed = changed or value is not arg.value
        args.append(Arg(arg.name, value, arg.span))
    function = inject(node.function, env)
    return Call(function, args, node.span) if changed or function is not node.function else node


def _embraced(node: Any) -> str | None:
    if called(node, "{") and len(node.args) == 1:
        inner: Any = node.args[0].value
        if called(inner, "{") and len(inner.args) == 1 and isinstance(inner.args[0].value, Name):
            return inner.args[0].value.name
    return None


def _banged(inner: Any, env: Environment) -> Any:
    """`!!x == y` means `(!!x) == y`, whatever R's grammar says."""
    if called(inner, *_BINARY) and len(inner.args) == 2:
        left, right = inner.args
        return Call(
            inner.function, [Arg(None, _banged(left.value, env)), Arg(None, inject(right.value, env))]
        )
    return _as_code(evaluate(inner, env))


def _as_code(value: Any) -> Any:
    """A value put into code: quosures keep their environment."""
    if isinstance(value, Formula) and is_quosure(value):
        where = (value.attributes or {}).get(".Environment")
        body = value.args[0].value
        return quosure_call(body, where) if isinstance(where, Environment) else body
    return as_node(value)


def is_quosure(value: Any) -> bool:
    classes = (value.attributes or {}).get("class") if isinstance(value, Formula) else None
    return classes is not None and "quosure" in classes.data


def make_quosure(node: Any, env: Environment) -> Any:
    """rlang's quosure: a one-sided formula of its own class."""
    from ..values import character

    function = getattr(node, "function", None)
    if isinstance(function, Const) and function.value is _IN_ITS_PLACE:
        node, held = (arg.value for arg in node.args)
        env = held.value
    attributes = {"class": character(["quosure", "formula"]), ".Environment": env}
    return Formula(Call(Name("~"), [Arg(None, node)]), attributes)


def _argument_quosure(name: str, env: Environment) -> Any:
    return quosure_of_argument(name, env)


def quosure_of_argument(name: str, env: Environment) -> Any:
    """The code of `{{ name }}`: what the function's caller wrote, in the caller's environment."""
    promise = env.find(name)
    value = promise.values[name] if promise is not None else None
    if not isinstance(value, Promise):
        return Name(name) if value is None else as_node(value)
    if value.environment is None:
        return value.node if isinstance(value.node, (Name, Call)) else as_node(value.value)
    node = inject(value.node, value.environment)
    return node if isinstance(node, Const) else quosure_call(node, value.environment)


def _evaluate_in_place(call: Any, env: Environment) -> Any:
    node, where = call.args[0].value, call.args[1].value.value
    mask = next((e for e in env.chain() if e.name == MASK), None)
    return evaluate(node, where if mask is None else Environment(where, MASK, mask.values))


_OUTSIDE = Builtin(
    ".env",
    Signature([Param("...")]),
    lambda call, env: evaluate(call.args[0].value, call.args[1].value.value),
    kind="special",
)
"""`.env$x`: the variable, whatever columns there are."""

_IN_ITS_PLACE = Builtin("quosure", Signature([Param("...")]), _evaluate_in_place, kind="special")


def quosure_call(node: Any, env: Environment) -> Call:
    """Code that evaluates a node in its own environment, below the data mask of wherever it is run."""
    return Call(Const(_IN_ITS_PLACE), [Arg(None, node), Arg(None, Const(env))])


def embraced_node(node: Any) -> tuple[Any, Environment] | None:
    """The code and the environment of a `quosure_call`; None for other code."""
    function = getattr(node, "function", None)
    if isinstance(function, Const) and function.value is _IN_ITS_PLACE:
        return node.args[0].value, node.args[1].value.value
    return None


# Evaluation


def mask_values(columns: dict[str, Any]) -> dict[str, Any]:
    """The variables of a data mask: the columns, and the pronoun `.data`."""
    return {**columns, ".data": Environment(None, None, dict(columns))}


def evaluate_quosure(quosure: Quosure, columns: dict[str, Any]) -> Any:
    """The value of a captured argument among columns."""
    for column in columns.values():
        if isinstance(column, RVector):
            column.named = 2
    return evaluate(quosure.node, Environment(quosure.env, MASK, mask_values(columns)))
