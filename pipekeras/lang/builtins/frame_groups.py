"""Operators, mathematics and summaries of data frames: column by column; comparisons give a matrix."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..frames import (
    column_names,
    has_automatic_rows,
    is_frame,
    rebuilt,
    row_count,
    row_labels,
    shape_dim,
    take_rows,
)
from ..generics import OPERATORS, group_methods, invoke, operator_methods, pick
from ..values import MISSING, NULL, Dots, RVector, character, logical, rlist, stretched
from .factors import is_factor


def as_matrix_like(columns: list[RVector], frame: RVector) -> RVector:
    """Columns as a logical matrix with the frame's names."""
    data = np.concatenate([column.data for column in columns]) if columns else np.empty(0, dtype=np.int8)
    labels = NULL if has_automatic_rows(frame) else character(row_labels(frame))
    dimnames = rlist([labels, character(column_names(frame))])
    return RVector("logical", data, {"dim": shape_dim(frame), "dimnames": dimnames})


def _spread(value: Any, frame: RVector, operator: str) -> list[Any]:
    """What each column meets of the other operand: one element, its own column, or a piece of a vector."""
    count, width = row_count(frame), len(frame)
    if is_frame(value):
        if (row_count(value), len(value)) != (count, width):
            raise UserError(
                f"‘{operator}’ only defined for equally-sized data frames",
                code=Code.VALUE,
                cause=f"{count} by {width} and {row_count(value)} by {len(value)}",
            )
        return list(value.data)
    if isinstance(value, RVector) and value.type == "list":
        return [value.data[j % len(value)] for j in range(width)]
    if len(value) <= 1:
        return [value] * width
    plain = RVector(value.type, value.data)
    places = stretched(np.arange(len(value)), count * width).reshape(width, count) + 1
    return [pick(plain, RVector("integer", part.astype(np.int32))) for part in places]


def _operate(operator: str, left: Any, right: Any) -> RVector:
    frame = left if is_frame(left) else right
    if right is MISSING:
        columns = [invoke(operator, column) for column in frame.data]
    else:
        pairs = zip(_spread(left, frame, operator), _spread(right, frame, operator), strict=True)
        columns = [invoke(operator, a, b) for a, b in pairs]
    empty = bool(row_count(frame)) and any(not len(column) for column in columns)
    if operator in OPERATORS["comparison"] or operator in OPERATORS["logic"]:
        unknown = logical([None] * row_count(frame))
        return as_matrix_like([unknown] * len(columns) if empty else columns, frame)
    return rebuilt(take_rows(frame, np.arange(0)) if empty else frame, columns)


operator_methods("data.frame", _operate)


def _is_numeric(column: Any) -> bool:
    return (
        isinstance(column, RVector)
        and column.type in ("integer", "double", "logical", "complex")
        and not bool(is_factor(column).data[0])
    )


def _transform(name: str, frame: RVector, rest: Dots) -> RVector:
    wrong = [
        n or "" for n, column in zip(column_names(frame), frame.data, strict=True) if not _is_numeric(column)
    ]
    if wrong:
        raise UserError(
            "non-numeric-alike variable(s) in data frame: " + ", ".join(wrong),
            code=Code.TYPE,
            cure="leave these columns out",
        )
    return rebuilt(frame, [invoke(name, column, *[value for _, value in rest]) for column in frame.data])


def _summarise(name: str, frame: RVector, rest: Dots) -> Any:
    columns = [*frame.data]
    for _, value in rest[:-1]:
        columns += list(value.data) if is_frame(value) else [value]
    if not all(_is_numeric(column) for column in columns):
        raise UserError(
            "only defined on a data frame with all numeric-alike variables",
            code=Code.TYPE,
            cure="leave the other columns out",
        )
    return invoke(name, *columns, na_rm=rest[-1][1])


group_methods("Math", "data.frame", _transform)
group_methods("Summary", "data.frame", _summarise)
