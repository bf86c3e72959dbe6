"""Looks for functions and packages that cannot be there, before a script that runs long starts.

Only what is sure to be reached is judged: statements at top level, outside of conditions, functions, quoted
code and error handlers; nothing where a program defines names in ways that reading it does not show.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import UserError
from ..syntax.tree import Call, Const, Function, Name
from . import lookup, packages
from .conditions import function_text, settle
from .session import session

_ASSIGNMENTS = ("<-", "=", "<<-", "%<-%")
_DYNAMIC = {"source", "sys.source", "load", "attach", "eval", "evalq", "list2env", "assign", "local"}
_DYNAMIC |= {"delayedAssign", "makeActiveBinding", "setGeneric", "setMethod", "use_python", "import"}
_PIPES = ("%>%", "%T>%", "%<>%", "%!>%")
_EVALUATED = {"(", "{", "[", "[[", "+", "-", "*", "/", "^", "==", "!=", "<", ">", "<=", ">=", ":"}
_EVALUATED |= {"invisible", "print", "system.time", "suppressWarnings", "suppressMessages"}
_EVALUATED |= {"suppressPackageStartupMessages"}


def check(nodes: list[Any]) -> None:
    """Refuse a script that needs, for sure, a package that there is not; and if it loads one of
    `packages.EXPENSIVE`, one that calls a function that there is not.

    Raises:
        UserError: "could not find function ..." or "there is no package called ...", with the place
    """
    calls = [node for node in _all(nodes) if isinstance(node, Call)]
    called = {c.function.name for c in calls if isinstance(c.function, Name)}
    loaded = {_package(c) for c in calls}
    doubtful = not loaded - {None} <= packages.KNOWN
    costly = loaded & packages.EXPENSIVE and not called & _DYNAMIC
    if not doubtful and not costly:
        return
    known = set(_bound(nodes))
    if doubtful:
        for call in _certain(nodes, known):
            _judge_package(call)
    if not costly:
        return
    for package in (name for each in loaded - {None} for name in (each, *packages.brought_by(str(each)))):
        known |= set(packages.namespace(str(package)).values) if package in packages.KNOWN else set()
    for call in _certain(nodes, known):
        _judge_package(call)
        _judge(call, known)


def _certain(nodes: list[Any], known: set[str]) -> Iterator[Call]:
    """Calls that are made whenever the script runs to its end."""
    for node in nodes:
        if isinstance(node, Call) and function_text(node) in ("q", "quit", "stop"):
            return
        yield from _reached(node, known)


def _all(nodes: list[Any]) -> Iterator[Any]:
    """All nodes below, without recursion: chains may be long."""
    pending = list(nodes)
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, Call):
            pending.append(node.function)
            pending += [a.value for a in node.args]
        elif isinstance(node, Function):
            pending.append(node.body)
            pending += [p.value for p in node.params]


def _bound(nodes: list[Any]) -> Iterator[str]:
    """Names that the program gives to something, anywhere."""
    for node in _all(nodes):
        if isinstance(node, Function):
            yield from (p.name or "" for p in node.params)
        elif isinstance(node, Call) and isinstance(node.function, Name):
            name = node.function.name
            if name in (*_ASSIGNMENTS, "for") and node.args:
                yield from _targets(node.args[0].value)
            elif name == "%->%":
                yield from _targets(node.args[1].value)


def _targets(node: Any) -> Iterator[str]:
    for each in _all([node]):
        if isinstance(each, Name):
            yield each.name
        elif isinstance(each, Const) and isinstance(each.value, str):
            yield each.value


def _package(call: Call) -> str | None:
    """The package that a call of library() or `::` names."""
    if not isinstance(call.function, Name) or not call.args:
        return None
    if call.function.name not in ("library", "require", "::", ":::"):
        return None
    node = call.args[0].value
    return node.name if isinstance(node, Name) else str(node.value) if isinstance(node, Const) else None


def _reached(node: Any, known: set[str]) -> Iterator[Call]:
    """Calls that are made whenever the statement runs."""
    pending = [node]
    while pending:
        node = pending.pop()
        if isinstance(node, Call) and isinstance(node.function, Call):
            pending.append(node.function)
        if not isinstance(node, Call) or not isinstance(node.function, Name):
            continue
        name = node.function.name
        args = [a.value for a in node.args]
        if name in _ASSIGNMENTS:
            pending.append(args[1])
        elif name in _PIPES:
            pending.append(args[0])
            right: Any = args[1]
            pending.append(Call(right, [], right.span) if isinstance(right, Name) else right)
        elif name == "$":
            pending.append(args[0])
        elif name in _EVALUATED:
            pending += args
        else:
            yield node
            if name not in known and _is_eager(name):
                pending += args


def _is_eager(name: str) -> bool:
    """Whether a function evaluates all its arguments, as builtins do."""
    value = session.global_env.find(name)
    return value is not None and getattr(value.values[name], "kind", "eager") == "eager"


def _judge_package(call: Call) -> None:
    """library(package) and package::name: whether there is such a package, and such a name in it."""
    assert isinstance(call.function, Name)
    kind, package = call.function.name, _package(call)
    if package is None or kind not in ("library", "::"):
        return
    try:
        if kind == "::":
            member: Any = call.args[1].value
            packages.exported(package, getattr(member, "name", None) or str(member.value), call)
        elif not any(a.name for a in call.args) and package not in packages.KNOWN:
            raise packages.unknown(package)
    except UserError as error:
        settle(error, call if kind == "library" else None)
        raise


def _judge(call: Call, known: set[str]) -> None:
    assert isinstance(call.function, Name)
    name = call.function.name
    try:
        if name not in known and session.global_env.find(name) is None:
            lookup.lookup_function(name, session.global_env)
    except UserError as error:
        settle(error, call)
        raise
