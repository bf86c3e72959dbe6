"""Verbs on data before it becomes a tensor: reshaping, one-hot rows, padding."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import Code, UserError
from .verbs import verb


@verb(data=("x",))
def array_reshape(x: Any, dim: Any, order: str = "C") -> np.ndarray:
    """The values of an array in another shape, filled row by row (order "C") as numpy and Keras do.

    Args:
        x: array
        dim: the new sizes; one may be -1 or NA
        order: "C", rows first, or "F", columns first as R's own `dim<-`
    """
    sizes = [-1 if size is None else int(size) for size in (dim if isinstance(dim, list) else [dim])]
    array = np.asarray(x)
    if order not in ("C", "F"):
        raise UserError(f'`order` must be "C" or "F", received "{order}"', code=Code.VALUE)
    try:
        return array.reshape(sizes, order=order)
    except ValueError:
        raise UserError(
            f"cannot reshape array of size {array.size} into shape ({', '.join(map(str, sizes))})",
            code=Code.SHAPE,
            cause=f"the array has the dim ({', '.join(map(str, array.shape))}), {array.size} values in all",
            cure="the product of the new sizes must be the number of values; -1 stands for what is left",
        ) from None


@verb(data=("y",))
def to_categorical(y: Any, num_classes: int | None = None, dtype: str | None = None) -> np.ndarray:
    """One-hot rows of class numbers that count from 0.

    Args:
        y: class numbers from 0 to num_classes - 1, of any shape; a last axis of size 1 is dropped
        num_classes: number of classes; by default the highest class number plus one
    """
    numbers = np.asarray(y)
    if numbers.ndim > 1 and numbers.shape[-1] == 1:
        numbers = numbers[..., 0]
    codes = numbers.astype(np.int64)
    count = int(num_classes) if num_classes is not None else int(codes.max(initial=-1)) + 1
    if codes.size and (codes.min() < 0 or codes.max() >= count):
        wrong = int(codes.max() if codes.max() >= count else codes.min())
        raise UserError(
            f"class {wrong} is outside 0 to {count - 1}",
            code=Code.DATA,
            cause="`to_categorical()` counts classes from 0",
            cure="subtract 1 from classes that count from 1, or give a higher `num_classes`",
        )
    return np.eye(count, dtype=np.float64)[codes]


@verb()
def pad_sequences(
    sequences: Any,
    maxlen: int | None = None,
    dtype: str = "int32",
    padding: str = "pre",
    truncating: str = "pre",
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
    for name, choice in (("padding", padding), ("truncating", truncating)):
        if choice not in ("pre", "post"):
            raise UserError(f'`{name}` must be "pre" or "post", received "{choice}"', code=Code.VALUE)
    rows = [np.atleast_1d(np.asarray([] if s is None else s)) for s in sequences]
    width = int(maxlen) if maxlen is not None else max((len(row) for row in rows), default=0)
    table = np.full((len(rows), width), value, dtype=dtype)
    for line, row in zip(table, rows, strict=True):
        kept = row[max(0, len(row) - width) :] if truncating == "pre" else row[:width]
        at = width - len(kept) if padding == "pre" else 0
        line[at : at + len(kept)] = kept
    return table


@verb(data=("x",))
def normalize(x: Any, axis: int = -1, order: float = 2) -> np.ndarray:
    """Vectors along an axis, divided by their norm of the given order."""
    array = np.asarray(x, dtype=np.float64)
    norm = np.linalg.norm(array, ord=order, axis=int(axis), keepdims=True)
    return array / np.where(norm == 0, 1.0, norm)
