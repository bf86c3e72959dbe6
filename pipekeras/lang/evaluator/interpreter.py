"""Runs R source: each statement evaluated in turn, its value printed if visible, warnings shown after it."""

from __future__ import annotations

import gc
from typing import Any

from ...errors import Code, UserError
from ...syntax.parser import parse
from ...syntax.source import Source
from .. import builtins as _builtins  # noqa: F401  declares the base functions
from ..check import check
from ..conditions import settle, show_warnings
from ..environment import Environment
from ..registry import Context
from ..session import session
from ..values import NULL
from ..vectors.ordinary import quiet_numbers
from .calls import too_deep
from .compile import evaluate
from .signals import BreakSignal, NextSignal, ReturnSignal, Unwind

__all__ = ["evaluate", "run_node", "run_script", "run_source"]


def run_source(source: Source, env: Environment | None = None, autoprint: bool = True) -> Any:
    """Run a whole text: it is parsed before anything runs. Returns the last statement's value.

    Raises:
        UserError: settled: with call, place and the functions that were running
    """
    return _run(parse(source), env, autoprint)


def run_script(source: Source) -> Any:
    """Run a text that is all that its process is there for.

    The tree, and pipekeras itself, stay to the end: the collector of cycles need not look at them again and
    again, which takes several times as long as running a script of 40,000 lines.
    """
    nodes = parse(source)
    gc.freeze()
    return _run(nodes, None, autoprint=True)


def _run(nodes: list[Any], env: Environment | None, autoprint: bool) -> Any:
    value: Any = NULL
    if env is None:
        check(nodes)
    for node in nodes:
        value = run_node(node, env, autoprint)
    return value


def run_node(node: Any, env: Environment | None = None, autoprint: bool = True) -> Any:
    """Run one top-level statement."""
    where = session.global_env if env is None else env
    session.visible = True
    depth = len(session.frames)
    if not depth:
        session.overflows = 0
    try:
        with quiet_numbers():
            value = _evaluate_settled(node, where)
        if autoprint and session.visible:
            auto_print(value, where)
    finally:
        del session.frames[depth:]
        if not depth:
            session.handlers = []
            session.restarts = []
            show_warnings()
    session.last_value = value
    return value


def _evaluate_settled(node: Any, env: Environment) -> Any:
    try:
        return evaluate(node, env)
    except UserError as error:
        if not error.settled:
            settle(error, None)
        raise
    except RecursionError:
        error = too_deep()
        settle(error, None)
        raise error from None
    except (BreakSignal, NextSignal):
        error = UserError("no loop for break/next, jumping to top level", code=Code.VALUE)
        settle(error, None)
        raise error from None
    except ReturnSignal:
        return NULL
    except Unwind as jump:  # its tryCatch is gone
        raise UserError(f"no handler for {jump.condition!r}") from None


def auto_print(value: Any, env: Environment) -> None:
    """Print the value of a statement, by its class's print method if it has one."""
    from ..text.printing import print_value

    print_value(value, Context(env, None))
