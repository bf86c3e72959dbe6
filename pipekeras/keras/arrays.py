"""Verbs on data before it becomes a tensor: reshaping, one-hot rows, padding."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from ..errors import Code, UserError
from ..layers.arguments import Count, DType, choice
from ..layers.scalars import numbers, whole
from .verbs import verb

Side = Annotated[str, choice("pre", "post")]


@verb(data=("x",))
def array_reshape(x: Any, dim: Any, order: Annotated[str, choice("c", "f")] = "C") -> np.ndarray:
    """The values of an array in another shape, filled row by row (order "C") as numpy and Keras do.

    Args:
        x: array
        dim: the new sizes; one may be -1 or NA
        order: "C", rows first, or "F", columns first as R's own `dim<-`
    """
    sizes = [-1 if size is None else whole(size, "dim") for size in (dim if isinstance(dim, list) else [dim])]
    array = numbers(x, "x")
    try:
        return array.reshape(sizes, order="F" if order == "f" else "C")
    except ValueError:
        raise UserError(
            f"cannot reshape array of size {array.size} into shape ({', '.join(map(str, sizes))})",
            code=Code.SHAPE,
            cause=f"the array has the dim ({', '.join(map(str, array.shape))}), {array.size} values in all",
            cure="the product of the new sizes must be the number of values; -1 stands for what is left",
        ) from None


@verb(data=("y",))
def to_categorical(y: Any, num_classes: Count | None = None, dtype: DType | None = None) -> np.ndarray:
    """One-hot rows of class numbers that count from 0.

    Args:
        y: class numbers from 0 to num_classes - 1, of any shape; a last axis of size 1 is dropped
        num_classes: number of classes; by default the highest class number plus one
        dtype: type of the result, double by default
    """
    classes = numbers(y, "y")
    if classes.ndim > 1 and classes.shape[-1] == 1:
        classes = classes[..., 0]
    if not np.isfinite(classes).all():
        raise UserError(
            "`y` has missing or infinite values",
            code=Code.DATA,
            cause="a class is a number from 0 on",
            cure="leave these samples out, or give them a class of their own",
        )
    codes = classes.astype(np.int64)
    count = num_classes if num_classes is not None else int(codes.max(initial=-1)) + 1
    if codes.size and (codes.min() < 0 or codes.max() >= count):
        wrong = int(codes.max() if codes.max() >= count else codes.min())
        raise UserError(
            f"class {wrong} is outside 0 to {count - 1}",
            code=Code.DATA,
            cause="`to_categorical()` counts classes from 0",
            cure="subtract 1 from classes that count from 1, or give a higher `num_classes`",
        )
    return np.eye(count, dtype=dtype or "float64")[codes]


@verb()
def pad_sequences(
    sequences: Any,
    maxlen: Count | None = None,
    dtype: DType = "int32",
    padding: Side = "pre",
    truncating: Side = "pre",
    value: float = 0.0,
) -> np.ndarray:
    """Sequences of different lengths as the rows of one matrix.

    Args:
        sequences: list of number vectors
        maxlen: number of columns; by default the longest sequence's length
        dtype: type of the result
        padding: "pre" or "post": where `value` fills up short sequences
        truncating: "pre" or "post": where long sequences are cut
        value: what fills up
    """
    parts = sequences if isinstance(sequences, (list, tuple)) else [sequences]
    rows = [np.atleast_1d(numbers([] if part is None else part, "sequences")) for part in parts]
    width = maxlen if maxlen is not None else max((len(row) for row in rows), default=0)
    table = np.full((len(rows), width), value, dtype=dtype)
    for line, row in zip(table, rows, strict=True):
        kept = row[max(0, len(row) - width) :] if truncating == "pre" else row[:width]
        at = width - len(kept) if padding == "pre" else 0
        line[at : at + len(kept)] = kept
    return table


@verb(data=("x",))
def normalize(x: Any, axis: int = -1, order: float = 2) -> np.ndarray:
    """Vectors along an axis (from 0 as in Keras, -1 the last), divided by their norm of the given order."""
    array = numbers(x, "x").astype(np.float64)
    if not -array.ndim <= axis < array.ndim:
        raise UserError(
            f"axis {axis} is out of bounds for array of dimension {array.ndim}",
            code=Code.VALUE,
            cause=f"`x` has the axes 0 to {array.ndim - 1}",
            cure="use axis = -1 for the last axis",
        )
    norm = np.linalg.norm(array, ord=order, axis=axis, keepdims=True)
    return array / np.where(norm == 0, 1.0, norm)
