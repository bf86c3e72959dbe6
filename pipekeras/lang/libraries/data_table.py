"""data.table: what changes a table in place, which R code cannot do."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ..frames import is_frame, numbered, row_count
from ..values import NULL, RVector, character, object_array
from ..vectors.coerce import elements, strings
from .library import Library

library = Library("data.table")


@library.function(".set_columns(x, names, values)", invisible=True)
def set_columns(x: Any, names: Any, values: Any) -> Any:
    """`x` itself gets columns of these names; NULL takes a column away."""
    if not is_frame(x):
        raise UserError("x is not a data.table", code=Code.TYPE, cure="make it one by setDT(x)")
    columns = dict(zip(x.names or [], x.data, strict=True))
    for name, value in zip(strings(names, "names"), elements(values), strict=True):
        if value is NULL:
            columns.pop(name, None)
            continue
        if isinstance(value, RVector):
            value.named = 2
        columns[name] = value
    x.data = object_array(list(columns.values()))
    x.attributes = {**(x.attributes or {}), "names": character(list(columns))}
    return x


@library.function(".set_attribute(x, name, value)", invisible=True)
def set_attribute(x: Any, name: Any, value: Any) -> Any:
    """`x` itself gets an attribute, or loses it by NULL."""
    key = strings(name, "name")[0] or ""
    attributes = {k: v for k, v in (x.attributes or {}).items() if k != key}
    x.attributes = attributes if value is NULL else {**attributes, key: value}
    return x


@library.function(".take_over(x, other)", invisible=True)
def take_over(x: Any, other: Any) -> Any:
    """`x` itself becomes what the other table is."""
    x.data, x.attributes = other.data, dict(other.attributes or {})
    x.attributes["row.names"] = numbered(row_count(other))
    return x
