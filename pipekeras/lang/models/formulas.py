"""Formulas: their two sides, the variables they name, and values of these in a data frame."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Name
from ..environment import Environment
from ..evaluator.compile import evaluate
from ..frames import column_names
from ..lookup import note_functions
from ..session import session
from ..text.deparse import deparse_value
from ..values import RVector


def is_formula(x: Any) -> bool:
    return isinstance(x, Call) and isinstance(x.function, Name) and x.function.name == "~"


def sides(formula: Call) -> tuple[Any, Any]:
    """Left side (None if there is none) and right side."""
    if not is_formula(formula):
        raise UserError("invalid formula", code=Code.TYPE, cure="write y ~ x")
    parts = [arg.value for arg in formula.args]
    return (parts[0], parts[1]) if len(parts) == 2 else (None, parts[0])


def called(node: Any, name: str) -> bool:
    return isinstance(node, Call) and isinstance(node.function, Name) and node.function.name == name


def summands(node: Any) -> list[Any]:
    """The terms of `a + b + c`."""
    if called(node, "+") and len(node.args) == 2:
        return summands(node.args[0].value) + summands(node.args[1].value)
    if called(node, "("):
        return summands(node.args[0].value)
    return [node]


def data_environment(data: Any, parent: Environment | None = None) -> Environment:
    """An environment whose variables are a data frame's (or list's) columns."""
    env = Environment(session.global_env if parent is None else parent)
    if isinstance(data, RVector):
        for name, column in zip(data.names or [], data.data, strict=False):
            if name:
                if isinstance(column, RVector):
                    column.named = 2
                env.values[name] = column
        note_functions(env.values)
    return env


def formula_environment(formula: Any) -> Environment | None:
    env = (getattr(formula, "attributes", None) or {}).get(".Environment")
    return env if isinstance(env, Environment) else None


def variables(formula: Call, data: Any) -> tuple[list[Any], list[str]]:
    """The right side's terms evaluated in the data, and their names; `.` stands for all other columns."""
    left, right = sides(formula)
    env = data if isinstance(data, Environment) else data_environment(data, formula_environment(formula))
    values, names = [], []
    for term in summands(right):
        if isinstance(term, Name) and term.name == "." and isinstance(data, RVector):
            taken = names_in(left) if left is not None else set()
            for name, column in zip(column_names(data), data.data, strict=True):
                if name not in taken:
                    values.append(column)
                    names.append(name or "")
            continue
        values.append(evaluate(term, env))
        names.append(deparse_value(term))
    return values, names


def names_in(node: Any) -> set[str]:
    """All variable names in an expression."""
    if isinstance(node, Name):
        return {node.name}
    if isinstance(node, Call):
        found = set[str]()
        for arg in node.args:
            found |= names_in(arg.value)
        return found
    return set()
