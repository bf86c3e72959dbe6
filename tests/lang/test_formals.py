"""Base functions have R's arguments: names, order and defaults as formals.json holds them.

The file is written by scripts/dev/record_formals.R.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipekeras.lang.evaluator import interpreter  # noqa: F401  declares the functions
from pipekeras.lang.registry import BASE
from pipekeras.lang.text.deparse import deparse_value
from pipekeras.lang.usages import shown_signature
from pipekeras.lang.values import LazyBinding
from pipekeras.signature import REQUIRED
from pipekeras.syntax.parser import parse
from pipekeras.syntax.source import Source

FORMALS = json.loads((Path(__file__).parent / "formals.json").read_text(encoding="utf-8"))


def normal(text: str) -> str:
    """The default as our deparser writes it."""
    return deparse_value(parse(Source("<default>", text))[0]) if text else ""


@pytest.mark.parametrize("name", [name for name, formals in FORMALS.items() if formals is not None])
def test_arguments_are_those_of_r(name: str) -> None:
    function = BASE[name]
    if isinstance(function, LazyBinding):
        function = function.load()
    own = [
        [param.name, "" if param.default is REQUIRED else deparse_value(param.default)]
        for param in shown_signature(function).params
    ]
    assert own == [[formal, normal(default)] for formal, default in FORMALS[name]]
