"""across(), if_any(), if_all() and the functions of mutate_at: one expression as one for each column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...syntax.tree import Arg, Call, Const, Function, Name
from ..evaluator.blocks import called
from ..evaluator.compile import evaluate
from ..lookup import is_function
from ..registry import Context
from ..values import NULL, Dots, RVector
from ..vectors.coerce import elements
from .lambdas import _LAMBDA_FORMALS as LAMBDA_FORMALS
from .lambdas import as_mapper
from .quosures import Quosure, quosures
from .tidyselect import select

Applied = list[tuple[str | None, Any]]
"""Functions as (name, node) pairs."""


def expanded(
    part: Quosure, columns: dict[str, Any], keys: Sequence[str], joined: bool = False
) -> list[Quosure]:
    """The expressions that an `across()` stands for; any other expression is itself.

    Args:
        keys: grouping columns, which across leaves out
        joined: within filter, where each of across's conditions must hold
    """
    node = part.node
    if called(node, "across", "if_any", "if_all") and part.name is None:
        made = _calls(node, part, columns, keys)
        if node.function.name == "across":
            return made
        operator = "|" if node.function.name == "if_any" else "&"
        return [Quosure(None, _chain([q.node for q in made], operator), part.env)] if made else []
    inner = _with_inner(node, part, columns, keys)
    return [part if inner is node else Quosure(part.name, inner, part.env)]


def _chain(nodes: list[Any], operator: str) -> Any:
    out = nodes[0]
    for node in nodes[1:]:
        out = Call(Name(operator), [Arg(None, out), Arg(None, node)])
    return out


def _with_inner(node: Any, part: Quosure, columns: dict[str, Any], keys: Sequence[str]) -> Any:
    """across() inside a larger expression, as in rowSums(across(...)), is a tibble of its columns."""
    if not isinstance(node, Call):
        return node
    if called(node, "across", "c_across", "if_any", "if_all"):
        made = _calls(node, part, columns, keys)
        if called(node, "c_across"):
            return Call(Name("c"), [Arg(None, q.node) for q in made])
        if not called(node, "across"):
            return _chain([q.node for q in made], "|" if called(node, "if_any") else "&")
        from .tibble import library

        return Call(Const(library.values["tibble"]), [Arg(q.label, q.node) for q in made])
    args = [Arg(a.name, _with_inner(a.value, part, columns, keys), a.span) for a in node.args]
    if all(new.value is old.value for new, old in zip(args, node.args, strict=True)):
        return node
    return Call(node.function, args, node.span)


def _calls(node: Call, part: Quosure, columns: dict[str, Any], keys: Sequence[str]) -> list[Quosure]:
    given: dict[str, Any] = {}
    more: list[Arg] = []
    free = [".cols", ".fns"]
    for arg in node.args:
        if arg.name in (".cols", ".fns", ".names"):
            given[arg.name] = arg.value
            if arg.name in free:
                free.remove(arg.name)
        elif arg.name is None and free:
            given[free.pop(0)] = arg.value
        else:
            more.append(arg)
    cols = given.get(".cols", Call(Name("everything"), []))
    names = [n for n in columns if n not in keys]
    quosure = quosures([(None, _promise(cols, part))], part.env)
    chosen = [(names[i], new) for i, new in select(quosure, names, [columns[n] for n in names])]
    functions = _functions(given.get(".fns"), part)
    pattern = given[".names"].value if isinstance(given.get(".names"), Const) else None
    if pattern is None and ".names" in given:
        pattern = evaluate(given[".names"], part.env).data[0]
    return _applied(chosen, functions, more, pattern, part)


def _promise(node: Any, part: Quosure) -> Any:
    from ..values import Promise

    return Promise(node, part.env)


def _applied(
    chosen: Sequence[tuple[str, str]], functions: Applied, more: list[Arg], pattern: str | None, part: Quosure
) -> list[Quosure]:
    out = []
    for column, new in chosen:
        if not functions:
            out.append(Quosure(_label(pattern or "{.col}", new, ""), Name(column), part.env))
        for k, (name, node) in enumerate(functions, 1):
            simple = len(functions) == 1 and name is None
            spec = pattern or ("{.col}" if simple else "{.col}_{.fn}")
            call = Call(node, [Arg(None, Name(column)), *more])
            out.append(Quosure(_label(spec, new, name or str(k)), call, part.env))
    return out


def _label(pattern: str, column: str, function: str) -> str:
    for hole, text in (("{.col}", column), ("{col}", column), ("{.fn}", function), ("{fn}", function)):
        pattern = pattern.replace(hole, text)
    return pattern


def _functions(node: Any, part: Quosure) -> Applied:
    if node is None or (isinstance(node, Const) and node.value is None):
        return []
    if isinstance(node, Call) and called(node, "list", "funs"):
        return [(a.name or _own_name(a.value, node), _function_node(a.value)) for a in node.args]
    if called(node, "~") or isinstance(node, Function):
        return [(None, _function_node(node))]
    value = evaluate(node, part.env)
    if isinstance(value, RVector) and value.type == "list":
        names = value.names or [None] * len(value)
        ctx = Context(part.env, None)
        return [(n or None, Const(as_mapper(f, ctx))) for n, f in zip(names, elements(value), strict=True)]
    if isinstance(value, RVector) and value.type == "character":
        return [(None if len(value) == 1 else t, Name(t)) for t in value.data]
    return [(None, Const(as_mapper(value, Context(part.env, None))))]


def _own_name(node: Any, call: Any) -> str | None:
    """`funs(mean)` names its functions by themselves, `list(mean)` by position."""
    return node.name if called(call, "funs") and isinstance(node, Name) and len(call.args) > 1 else None


def _function_node(node: Any) -> Any:
    """`~ .x + 1` as code of a function that sees the columns, too; `funs(. + 1)` likewise."""
    if called(node, "~") and len(node.args) == 1:
        return Function(LAMBDA_FORMALS, node.args[0].value)
    return node


def functions_at(chosen: Sequence[str], functions: Any, dots: Dots, ctx: Context) -> list[Quosure]:
    """What `mutate_at(vars, functions, ...)` computes, column by column."""
    if isinstance(functions, RVector) and functions.type == "list":
        names = functions.names or [None] * len(functions)
        pairs: Applied = [
            (n or f"fn{k}", Const(as_mapper(f, ctx)))
            for k, (n, f) in enumerate(zip(names, elements(functions), strict=True), 1)
        ]
    elif isinstance(functions, RVector) and functions.type == "character":
        pairs = [(None if len(functions) == 1 else t, Name(t)) for t in functions.data]
    else:
        pairs = [(None, Const(as_mapper(functions, ctx) if not is_function(functions) else functions))]
    more = [Arg(n, Const(v)) for n, v in dots]
    pattern = "{.fn}" if len(chosen) == 1 and len(pairs) > 1 else None
    labelled = [(c, c) for c in chosen]
    return _applied(labelled, pairs, more, pattern, Quosure(None, Const(NULL), ctx.env))
