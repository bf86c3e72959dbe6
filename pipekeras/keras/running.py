"""Runs R text for Python: variables in, variables out."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np

from ..lang.environment import Environment
from ..lang.interpreter import run_source
from ..lang.registry import Context
from ..lang.session import session
from ..lang.signals import Quit
from ..lang.values import Promise, RVector
from ..syntax.source import Source
from . import convert, namespace


def run_text(text: str, data: dict[str, Any]) -> dict[str, Any]:
    """Run R statements, up to a `quit()`, that find `data` as variables; returns what they set."""
    namespace.install()
    env = Environment(session.global_env)
    given = {name: _given(value) for name, value in data.items()}
    env.values.update(given)
    with suppress(Quit):
        run_source(Source("<r>", text), env, autoprint=False)
    ctx = Context(env, None)
    return {
        name: _result(value.value if isinstance(value, Promise) else value, ctx)
        for name, value in env.values.items()
        if given.get(name) is not value
    }


def _given(value: Any) -> Any:
    if hasattr(value, "detach"):  # a torch tensor: R works on its numbers
        value = value.detach().cpu().numpy()
    return convert.to_r(value)


def _result(value: Any, ctx: Context) -> Any:
    """Vectors longer than one become arrays, unlike as arguments, where lists are what layers want."""
    if isinstance(value, RVector) and value.type in ("logical", "integer", "double") and len(value) != 1:
        return np.asarray(convert.to_array(value, "result"))
    return convert.to_python(value, ctx)
