"""Packages that are written in R: their files are evaluated in a namespace when the package is first used."""

from __future__ import annotations

from importlib.resources import files

from ...syntax.parser import parse
from ...syntax.source import Source
from .. import packages
from ..environment import Environment
from ..evaluator.compile import evaluate

_internals: dict[str, Environment] = {}


def load(package: str, file: str) -> None:
    """Evaluate a file of this folder as part of a package, once.

    What it defines is exported, but for names that begin with a dot. The functions see each
    other, what Python declares of the package, and base.
    """
    key = f"{package}/{file}"
    if key in _internals:
        return
    exports = packages.space_of(package)
    space = _internals.setdefault(package, Environment(exports, f"namespace:{package}"))
    _internals[key] = space
    text = (files("pipekeras.lang.libraries") / file).read_text(encoding="utf-8")
    for node in parse(Source(file, text, internal=True)):
        evaluate(node, space)
    exports.values.update({name: value for name, value in space.values.items() if not name.startswith(".")})
