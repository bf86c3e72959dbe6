"""Prints a syntax tree as S-expressions: one canonical form to compare parsers by."""

from __future__ import annotations

import json
import math
import re

from .literals import CONSTANTS
from .tree import EMPTY, NA, Arg, Call, Const, Function, Name, Node

_RESERVED = {*CONSTANTS, "else", "in"}
SYNTACTIC = re.compile(r"(?:[^\W\d_]|\.(?!\d))[\w.]*")


def sexpr(node: Node) -> str:
    """`x[, 1] <- f(a = 2)` as ``(`<-` (`[` x <empty> 1) (f a=2))``."""
    out: list[str] = []
    todo: list[str | Node] = [node]  # a stack and not recursion: chains are of any length
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            out.append(item)
        elif isinstance(item, Name):
            out.append(symbol(item.name))
        elif isinstance(item, Const):
            out.append(constant(item.value))
        else:
            todo.extend(reversed(_pieces(item)))
    return "".join(out)


def _pieces(node: Call | Function) -> list[str | Node]:
    """The parts of a call or function in order: texts, and nodes yet to be printed."""
    if isinstance(node, Function):
        params = [piece for param in node.params for piece in _param(param)]
        return ["(function (", *params[1:], ") ", node.body, ")"]
    args = [piece for arg in node.args for piece in _argument(arg)]
    return ["(", node.function, *args, ")"]


def _param(param: Arg) -> list[str | Node]:
    name = symbol(param.name or "")
    return [" ", f"({name})"] if param.value is EMPTY else [" ", f"({name} ", param.value, ")"]


def _argument(arg: Arg) -> list[str | Node]:
    head = " " if not arg.name else f" {symbol(arg.name)}="
    return [head, "<empty>" if arg.value is EMPTY else arg.value]


def symbol(name: str) -> str:
    """A name bare when it is syntactic, in backticks otherwise."""
    if SYNTACTIC.fullmatch(name) and name not in _RESERVED:
        return name
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def constant(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, NA):
        return value.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return f"{value}L"
    if isinstance(value, float):
        return number(value)
    if isinstance(value, complex):
        return number(value.imag) + "i"
    return json.dumps(value, ensure_ascii=False).replace("\\b", "\\u0008").replace("\\f", "\\u000c")


def number(value: float) -> str:
    """The shortest of 15, 16 or 17 digits that reads back as the same number."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Inf" if value > 0 else "-Inf"
    text = ""
    for digits in (15, 16, 17):
        text = f"{value:.{digits}g}"
        if float(text) == value:
            break
    return text
