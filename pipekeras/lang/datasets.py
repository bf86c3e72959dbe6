"""R's own data sets, loaded from CSV files of the package when they are first used."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from .registry import BASE
from .values import LazyBinding, RVector, character, double


@cache
def _rows(name: str) -> list[list[str]]:
    text = resources.files("pipekeras.data").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))


def _numbers(rows: list[list[str]], j: int) -> RVector:
    return double([float(row[j]) for row in rows])


def _iris() -> Any:
    from .builtins.factors import make_factor, matched
    from .frames import make_frame

    head, *rows = _rows("iris")
    species = [row[4] for row in rows]
    levels = list(dict.fromkeys(species))
    columns = [_numbers(rows, j) for j in range(4)]
    return make_frame([*columns, make_factor(matched(species, levels), levels)], head)


def _mtcars() -> Any:
    from .frames import make_frame

    head, *rows = _rows("mtcars")
    columns = [_numbers(rows, j) for j in range(1, len(head))]
    return make_frame(columns, head[1:], character([row[0] for row in rows]))


DATASETS: dict[str, Callable[[], Any]] = {"iris": _iris, "mtcars": _mtcars}
"""How each data set is made, by name."""


@cache
def dataset(name: str) -> Any:
    """The data set, made once."""
    made = DATASETS[name]()
    made.named = 2
    return made


def _binding(name: str) -> LazyBinding:
    return LazyBinding(lambda: dataset(name))


for _name in DATASETS:
    BASE[_name] = _binding(_name)  # pyright: ignore[reportArgumentType]
