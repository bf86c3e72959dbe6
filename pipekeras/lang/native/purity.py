"""What a tree does, seen before it runs: pure parts, names that are bound, arguments that are needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...signature import DOTS
from ...syntax.tree import EMPTY, Call, Const, Name
from ..session import session
from .scalars import BINARY, INTRINSICS, UNARY

MAX_DEPTH = 40
"""Deeper expressions are left to closures, which know chains of any length."""

LOOPS = ("for", "while", "repeat")


def function_name(node: Any) -> str | None:
    """The name of the function of a call, unless the program gave that name a meaning of its own."""
    if type(node) is Call and type(node.function) is Name and node.function.name not in session.redefined:
        return node.function.name
    return None


def is_variable(node: Any) -> bool:
    return type(node) is Name and not node.name.startswith("..")


def arguments(call: Call) -> list[Any] | None:
    """The arguments of a call that has neither names, `...` nor empty ones among them."""
    nodes = [a.value for a in call.args]
    plain = all(a.name is None and a.value is not EMPTY for a in call.args)
    return nodes if plain and not any(type(n) is Name and n.name == DOTS for n in nodes) else None


def subscripts(call: Call) -> list[Any] | None:
    """The object and the subscripts of `x[i, j]`, of which some may be EMPTY; else None."""
    if function_name(call) != "[" or len(call.args) < 3 or call.args[0].value is EMPTY:
        return None
    nodes = [a.value for a in call.args]
    named = any(a.name is not None for a in call.args)
    return None if named or any(type(n) is Name and n.name == DOTS for n in nodes) else nodes


_OPTIONS_OF_C = frozenset(("recursive", "use.names"))


def labelled(call: Call) -> list[Any] | None:
    """The arguments of `list(a = 1, b)` and `c(a = 1, b)`, of which some have names; else None."""
    if function_name(call) not in ("list", "c"):
        return None
    nodes = [a.value for a in call.args]
    plain = all(n is not EMPTY and (type(n) is not Name or is_variable(n)) for n in nodes)
    names = {a.name for a in call.args}
    return nodes if plain and names != {None} and not names & _OPTIONS_OF_C else None


def is_pure(node: Any, depth: int = 0) -> bool:
    """Whether the fast path knows all of the expression: it has no effect, and may be evaluated twice."""
    if type(node) is Const or is_variable(node):
        return True
    name = function_name(node)
    if name is None or depth > MAX_DEPTH:
        return False
    nodes = subscripts(node)
    if nodes is not None:
        return all(n is EMPTY or is_pure(n, depth + 1) for n in nodes)
    nodes = arguments(node)
    if nodes is None:
        nodes = labelled(node)
        return nodes is not None and all(is_pure(n, depth + 1) for n in nodes)
    return _pure_call(name, nodes, depth + 1)


def _pure_call(name: str, nodes: list[Any], depth: int) -> bool:
    count = len(nodes)
    if name == "$":
        return count == 2 and type(nodes[1]) is Name and is_pure(nodes[0], depth)
    if name in BINARY:
        known = count == 2 or (count == 1 and name in UNARY)
    elif name in ("(", "!"):
        known = count == 1
    elif name in ("&&", "||"):
        known = count == 2
    elif name == "[" or name == "[[":
        known = count in (2, 3)
    elif name in INTRINSICS:
        arity = INTRINSICS[name].arity
        known = count > 0 if arity is None else count == arity
    else:
        known = False
    return known and all(is_pure(n, depth) for n in nodes)


def leading_names(node: Any) -> Iterator[str]:
    """Variables that a pure expression reads before it computes anything."""
    while type(node) is Call:
        name = node.function.name  # pyright: ignore[reportAttributeAccessIssue]
        first = node.args[0].value
        if len(node.args) == 2 and name not in ("$", "&&", "||") and type(first) is Name:
            yield first.name
            node = node.args[1].value
            if type(node) is not Name:
                return
        elif type(first) is Const and len(node.args) == 2 and name not in ("$", "&&", "||"):
            node = node.args[1].value
        else:
            node = first
    if type(node) is Name:
        yield node.name


def _below(node: Any) -> Iterator[Any]:
    """The node and all below it that is evaluated in the same environment: not the bodies of functions."""
    pending = [node]
    while pending:
        node = pending.pop()
        yield node
        if type(node) is Call:
            pending.append(node.function)
            pending += [a.value for a in node.args]


def assigned_names(node: Any) -> list[str]:
    """Variables that code binds in its own environment, as far as it can be seen."""
    found: dict[str, None] = {}
    for each in _below(node):
        if type(each) is not Call or type(each.function) is not Name or not each.args:
            continue
        if each.function.name in ("<-", "=", "for"):
            target: Any = each.args[0].value
            while type(target) is Call and target.args:
                target = target.args[0].value
            if type(target) is Name:
                found[target.name] = None
            elif type(target) is Const and isinstance(target.value, str):
                found[target.value] = None
    return list(found)


def has_loop(node: Any) -> bool:
    return any(function_name(each) in LOOPS for each in _below(node))


_LOCKING = frozenset(("makeActiveBinding", "lockBinding", "lockEnvironment"))


def locks_bindings(node: Any) -> bool:
    """Whether the code itself may make bindings that an assignment must ask."""
    return any(type(each) is Name and each.name in _LOCKING for each in _below(node))


def needed_formals(body: Any, formals: frozenset[str]) -> frozenset[str]:
    """Formals that a function evaluates before it does anything that others can see.

    Whether such an argument is evaluated at the call or a moment later makes no difference.
    """
    needed: set[str] = set()
    _walk(body, set(formals), needed, 0)
    return frozenset(needed & formals)


def _walk(node: Any, own: set[str], needed: set[str], depth: int) -> bool:
    """Collect variables of the function in the order of evaluation; False where no arithmetic comes."""
    if type(node) is Const:
        return True
    if type(node) is Name:
        needed.add(node.name)
        return node.name in own and node.name != DOTS
    name = function_name(node)
    if name is None or depth > MAX_DEPTH:
        return False
    nodes = arguments(node)
    if nodes is None:
        return False
    if name in BINARY or name in ("(", "{", "return"):
        return all(_walk(n, own, needed, depth + 1) for n in nodes)
    if name in ("<-", "=") and type(nodes[0]) is Name:
        if nodes[0].name in own or not _walk(nodes[1], own, needed, depth + 1):
            return False
        own.add(nodes[0].name)
        return True
    if name in ("if", "while", "&&", "||", "!"):
        _walk(nodes[0], own, needed, depth + 1)
    elif name == "for":
        _walk(nodes[1], own, needed, depth + 1)
    return False
