"""summary() of vectors, factors, lists and data frames; str()."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...syntax.tree import Call
from ..dispatch import class_of
from ..frames import is_frame, shown_names
from ..generics import class_names, invoke, is_object
from ..registry import builtin
from ..text.format import display_width
from ..text.structure import settings_from, structure_of
from ..values import NA_REAL, NULL, RVector, character, double, integer, rlist
from ..vectors.coerce import coerce, has_class, mode_of, one_int
from ..vectors.nesting import guard_nesting
from .factors import level_names
from .sorting import order_by


@builtin("str(object, ...)", "str.default", generic=True, invisible=True)
def str_(x, dots):
    guard_nesting(x)
    structure_of(x, settings_from(dict(dots)))
    return NULL


_SIX = ["Min.", "1st Qu.", "Median", "Mean", "3rd Qu.", "Max."]


def _default_class(made: RVector) -> RVector:
    return made.with_attribute("class", character(["summaryDefault", "table"]))


@builtin("summary.default(object, ..., digits, quantile.type = 7)")
@builtin("summary(object, ..., digits)", generic=True)
def summary(x, dots, digits=None, quantile_type=None):
    if has_class(x, "factor"):
        return summary_factor(x, integer(100), [])
    if isinstance(x, RVector) and x.dim is not None and len(x.dim) == 2 and not is_frame(x):
        return invoke("summary.data.frame", invoke("as.data.frame", x))
    if not isinstance(x, RVector):
        return _default_class(_length_class_mode(x))
    if x.type == "logical":
        return _default_class(_logical(x))
    if x.type in ("integer", "double") and not has_class(x, "difftime"):
        return _default_class(_numeric(x, None if digits is None else one_int(digits, "digits")))
    if x.type == "list" and len(x):
        return _default_class(_list(x))
    return _default_class(_length_class_mode(x))


def _logical(x: RVector) -> RVector:
    counts = {"FALSE": (x.data == 0).sum(), "TRUE": (x.data == 1).sum(), "NA's": x.is_na().sum()}
    shown = {name: str(int(n)) for name, n in counts.items() if n}
    return character(["logical", *shown.values()], {"names": character(["Mode", *shown])})


def _numeric(x: RVector, digits: int | None) -> RVector:
    data = coerce(RVector(x.type, x.data), "double").data
    missing = np.isnan(data)
    known = data[~missing]
    if len(known):
        quantiles = invoke(
            "quantile", double(known), names=RVector("logical", np.array([0], dtype=np.int8))
        ).data
        mean = invoke("mean", double(known)).data[0]
        figures = [*quantiles[:3], mean, *quantiles[3:]]
    else:
        figures = [NA_REAL, NA_REAL, NA_REAL, np.nan, NA_REAL, NA_REAL]
    if digits is not None:
        figures = list(invoke("signif", double(figures), integer(digits)).data)
    names = list(_SIX)
    if missing.any():
        figures.append(float(missing.sum()))
        names.append("NA's")
    return double(np.array(figures, dtype=float), {"names": character(names)})


def _length_class_mode(x: Any) -> RVector:
    texts = [str(_length(x)), class_of(x)[0], mode_of(x)]
    return character(texts, {"names": character(["Length", "Class", "Mode"])})


def _length(x: Any) -> int:
    return len(x.args) + 1 if isinstance(x, Call) else len(x) if hasattr(x, "__len__") else 1


def _list(x: RVector) -> RVector:
    lengths = [str(_length(item)) for item in x.data]
    width = max(map(len, lengths))
    classes = [(class_names(item) or ["-none-"])[0] for item in x.data]
    modes = [mode_of(item) for item in x.data]
    names = x.names
    cells = [text.rjust(width) for text in lengths] + classes + modes
    dimnames = rlist([character(names) if names else NULL, character(["Length", "Class", "Mode"])])
    return character(cells, {"dim": integer([len(x), 3]), "dimnames": dimnames})


@builtin("summary.factor(object, maxsum = 100L, ...)")
def summary_factor(x, maxsum, dots):
    names = [*level_names(x)]
    missing = x.is_na()
    counts = np.bincount(x.data[~missing] - 1, minlength=len(names))
    most = one_int(maxsum, "maxsum")
    if missing.any():
        most -= 1
    if len(counts) > most:
        order = order_by([double(-counts.astype(float))], [False], None)
        kept = order[: most - 1]
        names = [names[i] for i in kept] + ["(Other)"]
        counts = np.append(counts[kept], counts[order[most - 1 :]].sum())
    if missing.any():
        names, counts = [*names, "NA's"], np.append(counts, missing.sum())
    return integer(counts, {"names": character(names)} if names else None)


# --- data frames -------------------------------------------------------------------------------------------


@builtin("summary.data.frame(object, maxsum = 7L, digits = max(3L, getOption('digits') - 3L), ...)")
def summary_frame(x, maxsum, digits, dots):
    figures = one_int(digits, "digits")
    columns = [_column_cells(column, maxsum, figures) for column in x.data]
    rows = max((len(cells) for cells, _ in columns), default=0)
    names = []
    for name, column, (cells, label_width) in zip(shown_names(x), x.data, columns, strict=True):
        if _is_plain_list(column):
            names.append("  ".join(f"{name}.{part}" for part in _PARTS_OF_LISTS))
            continue
        pad = int(np.floor(label_width - display_width(name) / 2)) if cells else 0
        names.append(" " * max(0, pad) + name)
    texts = [text for cells, _ in columns for text in cells + [None] * (rows - len(cells))]
    attributes = {
        "dim": integer([rows, len(columns)]),
        "dimnames": rlist([character([""] * rows), character(names)]),
        "class": character(["table"]),
    }
    return character(texts, attributes)


_PARTS_OF_LISTS = ("Length", "Class", "Mode")


def _is_plain_list(column: Any) -> bool:
    return isinstance(column, RVector) and column.type == "list" and not is_object(column)


def _column_cells(column: Any, maxsum: Any, digits: int) -> tuple[list[str | None], int]:
    """`Min.   :4.300  ` of each figure of a column, and the width of the labels."""
    is_factor = has_class(column, "factor")
    more = {"digits": integer(12)} if has_class(column, "POSIXct") else {}
    if _is_plain_list(column):
        texts = invoke("format", invoke("summary", column)).data
        parts = texts.reshape((-1, len(_PARTS_OF_LISTS)), order="F")
        return ["  ".join(row) + "  " for row in parts.tolist()], 0
    made = summary_factor(column, maxsum, []) if is_factor else invoke("summary", column, **more)
    shown = invoke("format", made, digits=integer(digits)) if is_object(made) else invoke("format", made)
    labels = ["NA" if n is None else n for n in shown.names or made.names or []]
    width = max(map(display_width, labels), default=0)
    return [f"{label:<{width}}:{text}  " for label, text in zip(labels, shown.data, strict=True)], width
