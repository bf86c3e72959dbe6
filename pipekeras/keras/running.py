"""Runs R text for Python: variables in, variables out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np

from ..errors import Code, UserError
from ..lang.environment import Environment
from ..lang.evaluator.interpreter import run_source
from ..lang.evaluator.signals import Quit
from ..lang.foreign import foreign_type
from ..lang.registry import Context
from ..lang.session import session
from ..lang.values import NULL, Promise, RVector
from ..syntax.source import Source
from . import convert, namespace


def run_text(text: str, data: dict[str, Any]) -> dict[str, Any]:
    """Run R statements, up to a `quit()`, that find `data` as variables; returns what they set."""
    namespace.install()
    env = Environment(session.global_env)
    given = {name: _given(name, value) for name, value in data.items()}
    env.values.update(given)
    with suppress(Quit), _deep_recursion():
        run_source(Source("<r>", text), env, autoprint=False)
    ctx = Context(env, None)
    return {
        name: _result(value.value if isinstance(value, Promise) else value, ctx)
        for name, value in env.values.items()
        if given.get(name) is not value
    }


@contextmanager
def _deep_recursion() -> Iterator[None]:
    """Room for as many nested calls as R allows; each takes up to 40 calls of Python, none of C's stack."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 40 * session.max_depth))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _given(name: str, value: Any) -> Any:
    if hasattr(value, "detach"):  # a torch tensor: R works on its numbers
        value = value.detach().cpu().numpy()
    given = convert.to_r(value)
    if given is NULL or isinstance(given, RVector) or foreign_type(given) is not None:
        return given
    raise UserError(
        f"`{name}` is of type {type(value).__name__}, which R has nothing for",
        code=Code.TYPE,
        cause="R text works on numbers, strings, arrays, lists, dicts, tensors, layers and models",
        cure="convert it to one of these",
    )


def _result(value: Any, ctx: Context) -> Any:
    """Vectors longer than one become arrays, unlike as arguments, where lists are what layers want."""
    numeric = isinstance(value, RVector) and value.type in ("logical", "integer", "double")
    if numeric and len(value) != 1 and value.attribute("levels") is None:
        array = np.asarray(convert.to_array(value, "result"))
        return array.astype(bool) if value.type == "logical" and array.dtype.kind == "i" else array
    return convert.to_python(value, ctx)
