"""update(): a model fitted again with other arguments, and formulas changed by `. ~ . + x`."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Arg, Call, Const, Name
from ..evaluator.compile import evaluate
from ..evaluator.substitution import as_node
from ..models.formulas import called, is_formula, sides
from ..registry import Context, builtin
from ..text.deparse import deparse_value
from ..values import NULL, Dots, Formula
from .models import part


@builtin("update(object, ...)", generic=True)
def update(ctx: Context, object: Any, dots: Dots) -> Any:
    """R's update.formula for a formula, else R's update.default: the object's call with other arguments."""
    given = list(dots)
    new = next((v for n, v in given if n == "formula."), None)
    if new is None and given and not given[0][0]:
        new = given.pop(0)[1]
    if is_formula(object):
        return object if new is None else _changed(object, new)
    call = part(object, "call")
    if not isinstance(call, Call):
        raise UserError("need an object with call component", code=Code.TYPE)
    args = {arg.name or str(i): arg for i, arg in enumerate(call.args)}
    if new is not None:
        old = evaluate(args["formula"].value, ctx.env)
        args["formula"] = Arg("formula", _changed(old, new))
    for name, value in given:
        if name and name not in ("formula.", "evaluate"):
            args[name] = Arg(name, as_node(value))
    kept = [arg for arg in args.values() if getattr(arg.value, "value", None) is not NULL]
    again = Call(call.function, kept)
    wanted = next((v for n, v in given if n == "evaluate"), None)
    return again if wanted is not None and not wanted.data[0] else evaluate(again, ctx.env)


def _changed(old: Call, new: Any) -> Formula:
    """The new formula with the sides of the old one for its dots; terms that are taken off again vanish."""
    left, right = sides(old)
    new_left, new_right = sides(new)
    terms = _terms(_filled(new_right, right))
    response = left if new_left is None else _filled(new_left, left)
    nodes = [Arg(None, node) for node in (response, _sum(terms)) if node is not None]
    return Formula(Call(Name("~"), nodes), dict(getattr(old, "attributes", None) or {}))


def _filled(node: Any, dot: Any) -> Any:
    if isinstance(node, Name) and node.name == ".":
        return dot
    if isinstance(node, Call):
        return Call(node.function, [Arg(arg.name, _filled(arg.value, dot)) for arg in node.args])
    return node


def _terms(node: Any) -> list[Any]:
    """The terms of sums and differences, those taken off left out; `- 1` stays as a term."""
    if called(node, "("):
        return _terms(node.args[0].value)
    if called(node, "+") and len(node.args) == 2:
        first, second = _terms(node.args[0].value), _terms(node.args[1].value)
        known = {deparse_value(term) for term in first}
        return first + [term for term in second if deparse_value(term) not in known]
    if called(node, "-") and len(node.args) == 2:
        gone = {deparse_value(term) for term in _terms(node.args[1].value)}
        left = [term for term in _terms(node.args[0].value) if deparse_value(term) not in gone]
        return [*left, Call(Name("-"), [node.args[1]])] if gone == {"1"} else left
    return [node]


def _sum(terms: list[Any]) -> Any:
    out = terms[0] if terms else Const(1.0)
    for term in terms[1:]:
        minus = called(term, "-") and len(term.args) == 1
        out = Call(Name("-" if minus else "+"), [Arg(None, out), term.args[0] if minus else Arg(None, term)])
    return out
