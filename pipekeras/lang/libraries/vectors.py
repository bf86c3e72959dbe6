"""Values of tidyverse columns joined as vctrs joins them: one type, factors by levels, no silent text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..frames import is_frame, rows_of, take_column_rows
from ..generics import class_names, invoke
from ..values import DTYPES, NULL, RVector, character, object_array
from ..vectors.coerce import convert_data, elements, guard_joined, has_class, type_of
from ..vectors.combine import join_factors
from .aborting import abort

_LADDER = ("logical", "integer", "double", "complex")


def missing_like(column: Any) -> Any:
    """One NA of a column's kind."""
    return take_column_rows(column, np.array([-1]))


def repeated_missing(column: Any, count: int) -> Any:
    return take_column_rows(column, np.full(count, -1))


def is_unspecified(value: Any) -> bool:
    """A logical vector of NA only fits every type."""
    return (
        isinstance(value, RVector)
        and value.type == "logical"
        and not value.attributes
        and bool(value.is_na().all())
    )


def shown_type(value: Any) -> str:
    """A type as vctrs writes it: <double>, <factor<...>>, <date>."""
    names = class_names(value)
    if "factor" in names:
        return "factor"
    if names:
        return names[0].lower() if names[0] == "Date" else names[0]
    return type_of(value)


def _kinds(values: Sequence[Any]) -> set[str]:
    out = set()
    for value in values:
        names = class_names(value)
        if names:
            out.add(names[-1] if "factor" in names else names[0])
        else:
            out.add("number" if value.type in _LADDER else value.type)
    return out


def compatible(values: Sequence[Any]) -> bool:
    """Whether `combined` has a type for all of them."""
    known = [v for v in values if v is not NULL and not is_unspecified(v)]
    kinds = _kinds(known)
    return len(kinds) <= 1 or kinds <= {"factor", "character"}


def combined(values: Sequence[Any], labels: Sequence[str] | None = None) -> Any:
    """The values one behind the other; names of elements are dropped.

    Raises:
        UserError: "Can't combine `x` <double> and `y` <character>."
    """
    present = [v for v in values if v is not NULL]
    if not present:
        return NULL
    typed = [v for v in present if not is_unspecified(v)]
    if not compatible(typed):
        raise cannot_combine(values, labels)
    first = typed[0] if typed else present[0]
    kinds = _kinds(typed)
    if is_frame(first):
        from .binding import stacked

        return stacked(list(present))
    if kinds == {"factor"}:
        return join_factors([v if v in typed else repeated_missing(first, len(v)) for v in present])
    if "factor" in kinds:
        present = [invoke("as.character", v) if has_class(v, "factor") else v for v in present]
        first = character([])
    if first.attributes and "class" in first.attributes:
        return _joined_objects(first, present)
    return _joined(present, first)


def _joined_objects(first: RVector, values: Sequence[Any]) -> Any:
    kept = {k: v for k, v in (first.attributes or {}).items() if k not in ("names", "dim", "dimnames")}
    kind = "double" if any(v.type == "double" for v in values) else first.type
    if first.type == "list":
        kind = "list"
    guard_joined(values, kind)
    return RVector(kind, np.concatenate([convert_data(v.data, v.type, kind) for v in values]), kept)


def _joined(values: Sequence[RVector], first: RVector) -> RVector:
    kind = first.type
    if kind in _LADDER:
        kind = max((v.type for v in values), key=_LADDER.index)
    guard_joined(values, kind)
    if kind == "list":
        items = [item for v in values for item in (elements(v) if v.type == "list" else [NULL] * len(v))]
        return RVector("list", object_array(items))
    parts = [convert_data(v.data, v.type, kind) for v in values]
    return RVector(kind, np.concatenate(parts) if parts else np.empty(0, DTYPES[kind]))


def cannot_combine(values: Sequence[Any], labels: Sequence[str] | None) -> Exception:
    known = [(i, v) for i, v in enumerate(values) if v is not NULL and not is_unspecified(v)]
    i, first = known[0]
    j, other = next((j, v) for j, v in known if not compatible([first, v]))
    names = labels or [f"x[[{k + 1}]]" for k in range(len(values))]
    return abort(
        f"Can't combine `{names[i]}` <{shown_type(first)}> and `{names[j]}` <{shown_type(other)}>.",
        None,
        ("vctrs_error_ptype2", "vctrs_error_incompatible_type", "vctrs_error_incompatible", "vctrs_error"),
    )


def size_of(value: Any) -> int:
    """Rows of a frame or matrix, elements of a vector."""
    return 0 if value is NULL else rows_of(value)


def recycled_to(column: Any, count: int, name: str) -> Any:
    """A column of one element repeated; any other must have the size.

    Raises:
        UserError: "must be size 3 or 1, not 2"
    """
    own = size_of(column)
    if own == count:
        return column
    if own == 1:
        return take_column_rows(column, np.zeros(count, dtype=int))
    raise abort(f"`{name}` must be size {count}{'' if count == 1 else ' or 1'}, not {own}.")
