"""Data frames as values: lists of columns of one length, with names and row names; rows taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..errors import Code, UserError
from .generics import as_text, at, invoke, is_object
from .values import NA_INTEGER, NULL, RVector, character, integer, object_array, stretched
from .vectors.coerce import guard_size, has_class


def is_frame(x: Any) -> bool:
    return isinstance(x, RVector) and x.type == "list" and has_class(x, "data.frame")


def make_frame(
    columns: Sequence[Any],
    names: Sequence[str | None],
    row_names: RVector | None = None,
    classes: RVector | None = None,
) -> RVector:
    """A data frame of columns that already have one length; rows are numbered unless names are given."""
    for column in columns:
        if isinstance(column, RVector):
            column.named = 2
    count = rows_of(columns[0]) if columns else 0
    attributes = {
        "names": character(list(names)),
        "class": character(["data.frame"]) if classes is None else classes,
        "row.names": numbered(count) if row_names is None else row_names,
    }
    return RVector("list", object_array(list(columns)), attributes)


def numbered(count: int) -> RVector:
    """Automatic row names, which R keeps as c(NA, -n)."""
    guard_size(count)
    return RVector("integer", np.array([NA_INTEGER, -count], dtype=np.int32))


def counted(count: int) -> RVector:
    """Row names 1 to n that were given, as to an appended row: c(NA, n), which shows in matrices."""
    return RVector("integer", np.array([NA_INTEGER, count], dtype=np.int32))


def rows_of(column: Any) -> int:
    """How many rows a column has: matrices and frames may be columns."""
    if is_frame(column):
        return row_count(column)
    dim = column.dim if isinstance(column, RVector) else None
    return dim[0] if dim else len(column)


def row_count(frame: RVector) -> int:
    names = frame.attribute("row.names")
    return abs(int(names.data[1])) if _is_compact(names) else len(names)


def _is_compact(names: RVector) -> bool:
    return names.type == "integer" and len(names) == 2 and names.data[0] == NA_INTEGER


def has_automatic_rows(frame: RVector) -> bool:
    """Whether the rows are only numbered, so that no row names show in matrices."""
    names = frame.attribute("row.names")
    return _is_compact(names) and names.data[1] <= 0


def are_counted(frame: RVector) -> bool:
    """Whether the row names are the numbers from 1."""
    return _is_compact(frame.attribute("row.names"))


def row_data(frame: RVector) -> RVector:
    """The row names as integers or text, automatic ones counted out."""
    names = frame.attribute("row.names")
    if _is_compact(names):
        return RVector("integer", np.arange(1, row_count(frame) + 1, dtype=np.int32))
    return names


def row_labels(frame: RVector) -> list[str]:
    """The row names as text."""
    return [str(name) for name in row_data(frame).data.tolist()]


def column_names(frame: RVector) -> list[str | None]:
    return frame.names or [""] * len(frame)


def shown_names(frame: RVector) -> list[str]:
    """The columns' names where a name that is NA stands as the text NA."""
    return ["NA" if name is None else name for name in column_names(frame)]


def rebuilt(
    frame: RVector, columns: Sequence[Any], names: Sequence[str | None] | None = None, row_names: Any = None
) -> RVector:
    """The frame with other columns under its other attributes (class, grouping and the like)."""
    made = make_frame(columns, column_names(frame) if names is None else names)
    attributes = dict(frame.attributes or {})
    attributes["names"] = made.attributes["names"] if made.attributes else NULL
    attributes["row.names"] = frame.attribute("row.names") if row_names is None else row_names
    return RVector("list", made.data, attributes)


def take_column_rows(column: Any, positions: np.ndarray) -> Any:
    """Rows of one column; -1 gives NA."""
    index = np.where(positions < 0, NA_INTEGER, positions + 1).astype(np.int32)
    if is_frame(column):
        return take_rows(column, positions)
    if isinstance(column, RVector) and column.dim is not None and len(column.dim) == 2:
        from .generics import pick
        from .values import FALSE, MISSING

        return (
            invoke("[", column, RVector("integer", index), MISSING, drop=FALSE)
            if is_object(column)
            else pick(column, RVector("integer", index), MISSING)
        )
    return at(column, positions) if (positions >= 0).all() else _pick(column, index)


def _pick(column: Any, index: np.ndarray) -> Any:
    from .generics import pick

    return pick(column, RVector("integer", index))


def take_rows(frame: RVector, positions: np.ndarray) -> RVector:
    """The frame's rows at 0-based positions, -1 for a row of NA; row names are kept and made unique."""
    columns = [take_column_rows(column, positions) for column in frame.data]
    made = rebuilt(frame, columns, row_names=taken_row_names(frame, positions))
    return class_last(made)


def class_last(frame: RVector) -> RVector:
    """The frame with its class behind its other attributes, as R leaves it after taking rows."""
    attributes = dict(frame.attributes or {})
    classes = attributes.pop("class")
    return RVector("list", frame.data, {**attributes, "class": classes})


def taken_row_names(frame: RVector, positions: np.ndarray) -> RVector:
    names = row_data(frame)
    if names.type == "integer" and (positions >= 0).all():
        taken = names.data[positions]
        if len(np.unique(taken)) == len(taken):
            return RVector("integer", taken)
    labels = row_labels(frame)
    texts = ["NA" if i < 0 else labels[i] for i in positions.tolist()]
    return character(made_unique(texts))


def made_unique(names: list[str]) -> list[str]:
    from .builtins.valid_names import unique_names

    return unique_names(names)


def recycle_column(column: Any, count: int) -> Any:
    """A column repeated to a number of rows that its own divides."""
    own = rows_of(column)
    if own == count:
        return column
    return take_column_rows(column, stretched(np.arange(own), count))


def without_names(column: Any) -> Any:
    """A column does not keep names of its elements."""
    if (
        isinstance(column, RVector)
        and column.attributes
        and "names" in column.attributes
        and not is_frame(column)
    ):
        return column.with_attribute("names", None)
    return column


def row_names_from(value: Any) -> RVector:
    """Row names given by the user: whole numbers stay numbers, all else becomes text."""
    if isinstance(value, RVector) and value.type in ("integer", "double") and not is_object(value):
        whole = value.data.astype(np.int32)
        if (whole == value.data).all():
            return RVector("integer", whole)
    return character(list(as_text(value).data))


def refuse_duplicate_rows(names: RVector) -> None:
    texts = [str(name) for name in names.data.tolist()]
    if len(set(texts)) != len(texts):
        raise UserError(
            "duplicate row.names: " + ", ".join(_duplicated(texts)),
            code=Code.VALUE,
            cure="make.unique() makes them different",
        )


def _duplicated(texts: list[str]) -> list[str]:
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for text in texts:
        if text in seen:
            twice[text] = None
        seen.add(text)
    return list(twice)


def keys_of(columns: Sequence[Any]) -> list[Any]:
    """For each row a hashable key, equal where all the columns' elements are equal as text."""
    texts = [_key_texts(column) for column in columns]
    return texts[0] if len(texts) == 1 else list(zip(*texts, strict=True))


def _key_texts(column: Any) -> list[Any]:
    if isinstance(column, RVector) and not is_object(column) and column.type != "list":
        if column.type == "double":
            return ["NA" if x != x else x for x in column.data.tolist()]
        return column.data.tolist()
    return list(as_text(column).data)


def shape_dim(frame: RVector) -> RVector:
    return integer([row_count(frame), len(frame)])
