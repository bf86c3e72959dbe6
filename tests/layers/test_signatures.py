"""Argument lists of layers, activations, initializers, regularizers and constraints are those of R keras."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipekeras.layers import activations, constraints, initializers, registry, regularizers
from pipekeras.layers.base import Layer
from pipekeras.layers.fields import BASE
from pipekeras.signature import DOTS, REQUIRED, Signature

RECORDED = json.loads((Path(__file__).parent / "golden" / "r_signatures.json").read_text())
KERAS2, KERAS3 = RECORDED["keras 2.16.1"], RECORDED["keras3 1.5.1"]
PARTS = {
    name: declared
    for module in (activations, initializers, regularizers, constraints)
    for declared in module.FAMILY
    for name in declared.r_names
}
PIPED = ("object", "inputs", DOTS)


def value(code: str) -> Any:
    """The Python value of an R default: `c(1L, 1L)` is (1, 1)."""
    for pattern, replacement in (
        (r"\bNULL\b", "None"),
        (r"\bTRUE\b", "True"),
        (r"\bFALSE\b", "False"),
        (r"(\d)L\b", r"\1"),
        (r"\b(c|list)\(", "("),
    ):
        code = re.sub(pattern, replacement, code)
    found = ast.literal_eval(code)
    # several words are the choices of match.arg(), the first is the default
    return found[0] if isinstance(found, tuple) and isinstance(found[0], str) else found


def listed(signature: Signature) -> list[list[Any]]:
    return [[p.name] if p.default is REQUIRED else [p.name, p.default] for p in signature.params]


def wanted(arguments: list[list[str]]) -> list[list[Any]]:
    return [[name, *(value(code) for code in default)] for name, *default in arguments]


@pytest.mark.parametrize("name", [name for name in registry() if name in KERAS2])
def test_layers_have_the_arguments_of_keras_2(name: str) -> None:
    assert listed(registry()[name].signature) == wanted(KERAS2[name])


@pytest.mark.parametrize("name", [name for name in PARTS if name in KERAS2])
def test_parts_of_layers_have_the_arguments_of_keras_2(name: str) -> None:
    ours = [pair for pair in listed(PARTS[name].signature) if pair[0] != DOTS]
    theirs = [pair for pair in wanted(KERAS2[name]) if pair[0] != DOTS]
    assert ours == theirs


@pytest.mark.parametrize("name", [name for name in registry() if name in KERAS3])
def test_layers_accept_the_arguments_of_keras3(name: str) -> None:
    accepted = registry()[name].interface.accepted
    assert [n for n, *_ in KERAS3[name] if n not in (*accepted, *PIPED)] == []


@pytest.mark.parametrize("name", [name for name in registry() if name in KERAS2 and name in KERAS3])
def test_what_keras3_added_is_marked_as_such(name: str) -> None:
    cls = registry()[name]
    fields = cls.interface.fields.values()
    added = {n for n, *_ in KERAS3[name]} - {n for n, *_ in KERAS2[name]} - {*PIPED}
    assert added - {f.also or f.name for f in fields if f.keras3 or f.also} <= set(BASE)


def test_every_argument_of_a_layer_is_documented() -> None:
    undocumented = [
        f"{name}({param.name})"
        for name, cls in registry().items()
        for param in cls.signature.params
        if param.name != DOTS and not param.doc
    ]
    assert undocumented == []


def test_every_layer_says_what_it_does() -> None:
    assert [name for name, cls in registry().items() if not cls.__doc__ or cls.__doc__ == Layer.__doc__] == []
