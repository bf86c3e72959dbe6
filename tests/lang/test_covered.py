"""Every function that real scripts use has a case recorded from R.

calls_base.tsv: the base functions in real scripts, by how often they are used, and the case that calls each.
calls_packages.tsv: the functions of packages, likewise; a function that is left out has a reason instead.
Both are brought up to date by scripts/dev/record_calls.py.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipekeras.lang import packages
from pipekeras.lang.evaluator import interpreter  # noqa: F401  declares the functions
from pipekeras.lang.registry import BASE
from pipekeras.lang.text.deparse import deparse_value
from pipekeras.lang.usages import shown_signature
from pipekeras.signature import REQUIRED
from pipekeras.syntax.parser import parse
from pipekeras.syntax.source import Source
from pipekeras.syntax.tree import Call, Const, Function, Name

HERE = Path(__file__).parent
_ASSIGNMENTS = ("<-", "=", "<<-")
_PIPES = ("%>%", "%<>%", "%T>%")


def table(name: str) -> list[dict[str, str]]:
    with open(HERE / name, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def called(text: str) -> set[str]:
    """Names of the functions that R text calls, `f<-` too, and those behind a pipe."""
    return {name for node in _nodes(text) for name in _names(node)}


def _nodes(text: str) -> Iterator[Any]:
    pending: list[Any] = list(parse(Source("case", text)))
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, Call):
            pending += [node.function, *(arg.value for arg in node.args)]
        elif isinstance(node, Function):
            pending += [node.body, *(param.value for param in node.params)]


def _names(node: Any) -> Iterator[str]:
    if not isinstance(node, Call):
        return
    function, args = node.function, [arg.value for arg in node.args]
    if isinstance(function, Name):
        yield function.name
        if function.name in _ASSIGNMENTS and args:
            yield from _replacements(args[0])
        if function.name in _PIPES and isinstance(args[1], Name):
            yield args[1].name
    elif isinstance(function, Const) and isinstance(function.value, str):
        yield function.value
    elif isinstance(function, Call) and getattr(function.function, "name", None) == "::":
        member: Any = function.args[1].value
        yield getattr(member, "name", None) or str(member.value)


def _replacements(target: Any) -> Iterator[str]:
    while isinstance(target, Call) and isinstance(target.function, Name) and target.args:
        yield f"{target.function.name}<-"
        target = target.args[0].value


@cache
def calls_of(case: str) -> set[str]:
    return called((HERE / "cases" / f"{case}.R").read_text(encoding="utf-8"))


def not_called(rows: list[dict[str, str]]) -> list[str]:
    return [row["function"] for row in rows if row["case"] and row["function"] not in calls_of(row["case"])]


def test_every_base_function_of_real_scripts_is_called_in_a_recorded_case() -> None:
    rows = table("calls_base.tsv")
    assert [row["function"] for row in rows if row["function"] not in BASE] == []
    assert [row["function"] for row in rows if not row["case"] and not row["reason"]] == []
    assert not_called(rows) == [], "scripts/dev/record_calls.py finds another case"


def _wanted(kind: str) -> list[dict[str, str]]:
    return [row for row in table("calls_packages.tsv") if row["kind"] == kind]


def test_the_first_120_functions_of_packages_for_data_exist_and_are_called_in_a_recorded_case() -> None:
    rows = _wanted("data")
    assert len(rows) == 120
    missing = [
        row["function"]
        for row in rows
        if row["function"] not in packages.namespace(row["package"]).values and row["function"] not in BASE
    ]
    assert missing == []
    assert [row["function"] for row in rows if not row["case"]] == []
    assert not_called(rows) == [], "scripts/dev/record_calls.py finds another case"


def test_functions_of_packages_that_are_left_out_have_a_reason() -> None:
    rows = [row for row in table("calls_packages.tsv") if row["kind"] != "data"]
    assert {row["kind"] for row in rows} == {"tensorflow", "plotting", "own", "far"}
    assert [row["function"] for row in rows if not row["reason"]] == []


FORMALS = json.loads((HERE / "formals_packages.json").read_text(encoding="utf-8"))


def _normal(text: str) -> str:
    return deparse_value(parse(Source("<default>", text))[0]) if text else ""


@pytest.mark.parametrize("name", FORMALS)
def test_functions_of_packages_show_the_arguments_that_they_have_in_r(name: str) -> None:
    package, _, function = name.partition("::")
    value = packages.namespace(package).values.get(function) or BASE[function]
    own = [
        [param.name, "" if param.default is REQUIRED else deparse_value(param.default)]
        for param in shown_signature(value).params
    ]
    assert own == [[formal, _normal(default)] for formal, default in FORMALS[name]]
