"""data(): R's own data sets as variables."""

from __future__ import annotations

from typing import Any

from ...syntax.tree import Call, Const, Name
from ..conditions import warn
from ..datasets import NAMES, dataset
from ..environment import Environment
from ..evaluator.compile import evaluate
from ..lookup import assign
from ..registry import special
from ..session import session
from ..values import character


@special("data")
def data(call: Call, env: Environment) -> Any:
    names: list[str] = []
    where = env
    for arg in call.args:
        if arg.name == "list":
            names += [name for name in evaluate(arg.value, env).data if name]
        elif arg.name == "envir":
            where = evaluate(arg.value, env)
        elif arg.name is None and isinstance(arg.value, Name):
            names.append(arg.value.name)
        elif arg.name is None and isinstance(arg.value, Const) and isinstance(arg.value.value, str):
            names.append(arg.value.value)
    for name in names:
        if name in NAMES:
            assign(name, dataset(name), where)
        else:
            warn(f"data set ‘{name}’ not found", call)
    session.visible = False
    return character(names)
