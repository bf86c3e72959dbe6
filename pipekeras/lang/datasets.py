"""R's own data sets, loaded from CSV files of the package when they are first used.

The first line of a file says what it is and the types of its columns, the second the levels of factors
(scripts/dev/record_datasets.R writes them).
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from .registry import BASE
from .values import LazyBinding, RVector, character, double, integer, rlist

NAMES = [
    "AirPassengers",
    "BJsales",
    "BJsales.lead",
    "BOD",
    "CO2",
    "ChickWeight",
    "DNase",
    "EuStockMarkets",
    "Formaldehyde",
    "HairEyeColor",
    "Indometh",
    "InsectSprays",
    "JohnsonJohnson",
    "LakeHuron",
    "LifeCycleSavings",
    "Loblolly",
    "Nile",
    "Orange",
    "OrchardSprays",
    "PlantGrowth",
    "Puromycin",
    "Theoph",
    "Titanic",
    "ToothGrowth",
    "UCBAdmissions",
    "UKDriverDeaths",
    "UKgas",
    "USAccDeaths",
    "USArrests",
    "USJudgeRatings",
    "USPersonalExpenditure",
    "VADeaths",
    "WWWusage",
    "WorldPhones",
    "airmiles",
    "airquality",
    "anscombe",
    "attenu",
    "attitude",
    "austres",
    "beaver1",
    "beaver2",
    "cars",
    "chickwts",
    "co2",
    "discoveries",
    "esoph",
    "euro",
    "faithful",
    "fdeaths",
    "freeny.y",
    "infert",
    "iris",
    "islands",
    "ldeaths",
    "lh",
    "longley",
    "lynx",
    "mdeaths",
    "morley",
    "mtcars",
    "nhtemp",
    "nottem",
    "npk",
    "precip",
    "presidents",
    "pressure",
    "quakes",
    "randu",
    "rivers",
    "rock",
    "sleep",
    "stack.loss",
    "stackloss",
    "state.abb",
    "state.area",
    "state.division",
    "state.name",
    "state.region",
    "state.x77",
    "sunspot.year",
    "sunspots",
    "swiss",
    "treering",
    "trees",
    "uspop",
    "volcano",
    "warpbreaks",
    "women",
]


class _Table:
    """A file read: what it is, its column names, columns and row names."""

    def __init__(self, name: str) -> None:
        text = resources.files("pipekeras.data").joinpath(f"{name}.csv").read_text(encoding="utf-8")
        (first, levels, head, *rows) = list(csv.reader(text.splitlines()))
        self.shape = first[0].split() if len(first) > 1 else ["frame"]
        kinds = first[-1]
        columns = [_column(k, [row[j] for row in rows], levels[j]) for j, k in enumerate(kinds) if k != "r"]
        self.rows = [row[0] for row in rows] if kinds.startswith("r") else None
        self.names = head[1:] if self.rows is not None else head
        self.columns: list[RVector] = columns

    def value(self) -> Any:
        """The data set as R has it."""
        from .frames import make_frame

        kind, *more = self.shape
        if kind == "frame":
            rows = None if self.rows is None else character(self.rows)
            classes = character(more[0].split("|")) if more else None
            return make_frame(self.columns, self.names, rows, classes)
        return {"vector": self._vector, "matrix": self._matrix, "ts": self._series, "table": self._counts}[
            kind
        ]()

    def _vector(self) -> RVector:
        column = self.columns[0]
        return column if self.rows is None else column.with_attribute("names", character(self.rows))

    def _matrix(self) -> RVector:
        data = np.concatenate([c.data for c in self.columns])
        attributes: dict[str, Any] = {"dim": integer([len(self.columns[0]), len(self.columns)])}
        if self.rows is not None and self.names[0] != "V1":
            attributes["dimnames"] = rlist([character(self.rows), character(self.names)])
        return RVector(self.columns[0].type, data, attributes)

    def _series(self) -> RVector:
        start, frequency = float(self.shape[1]), float(self.shape[2])
        count = len(self.columns[0])
        tsp = double([start, start + (count - 1) / frequency, frequency])
        if len(self.columns) == 1:
            return RVector("double", self.columns[0].data, {"tsp": tsp, "class": character("ts")})
        return RVector(
            "double",
            np.concatenate([c.data for c in self.columns]),
            {
                "dim": integer([count, len(self.columns)]),
                "dimnames": rlist([_nothing(), character(self.names)]),
                "tsp": tsp,
                "class": character(["mts", "ts", "matrix"]),
            },
        )

    def _counts(self) -> RVector:
        factors, counts = self.columns[:-1], self.columns[-1]
        labels = [c.attribute("levels") for c in factors]
        attributes = {
            "dim": integer([len(level) for level in labels]),
            "dimnames": rlist(labels, self.names[:-1]),
            "class": character("table"),
        }
        return RVector("double", counts.data, attributes)


def _nothing() -> Any:
    from .values import NULL

    return NULL


def _column(kind: str, texts: list[str], levels: str) -> RVector:
    if kind in "fo":
        from .builtins.factors import make_factor, matched

        words = levels.split("|")
        made = make_factor(matched(texts, words), words)
        if kind == "o":
            made.attributes = {**(made.attributes or {}), "class": character(["ordered", "factor"])}
        return made
    if kind == "c":
        return character(list(texts))
    known = [None if text == "NA" else float(text) for text in texts]
    return double(known) if kind == "n" else integer([None if v is None else int(v) for v in known])


@cache
def dataset(name: str) -> Any:
    """The data set, made once."""
    made = _Table(name).value()
    made.named = 2
    return made


def _binding(name: str) -> LazyBinding:
    return LazyBinding(lambda: dataset(name))


for _name in NAMES:
    BASE[_name] = _binding(_name)  # pyright: ignore[reportArgumentType]
