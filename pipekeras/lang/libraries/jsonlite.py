"""jsonlite: JSON as R values, with arrays simplified to vectors, matrices and data frames, and back."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..choices import one_choice
from ..frames import column_names, is_frame, make_frame, row_count, take_rows
from ..generics import as_text, invoke
from ..io.connections import read_text
from ..io.downloads import is_url
from ..session import session
from ..values import NULL, RVector, character, double, integer, logical, object_array, rlist
from ..vectors.coerce import has_class, one_flag, one_int, one_string
from ..vectors.nesting import guard_nesting
from .library import Library, method

library = Library("jsonlite")


# --- from JSON ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Simplify:
    vector: bool
    frame: bool
    matrix: bool


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = text.splitlines()[error.lineno - 1] if text else ""
        raise UserError(
            "lexical error: invalid char in json text." if text.strip() else "argument is of length zero",
            code=Code.VALUE,
            cause=f"{error.msg.lower()} in column {error.colno}: {line[max(error.colno - 20, 0) :][:40]}",
        ) from None


def _is_scalar(item: Any) -> bool:
    return not isinstance(item, (list, dict))


def _one(item: Any) -> Any:
    if item is None:
        return NULL
    return _atomic([item])


def _is_int(item: Any) -> bool:
    return isinstance(item, int) and not isinstance(item, bool) and abs(item) < 2**31


def _atomic(items: list[Any]) -> RVector:
    """Scalars of one array as a vector of the widest type among them; null is NA."""
    known = [i for i in items if i is not None]
    if all(isinstance(i, bool) for i in known):
        return logical(items)
    if any(isinstance(i, str) for i in known):
        return character([None if i is None else _as_text(i) for i in items])
    numbers = [None if i is None else (int(i) if isinstance(i, bool) else i) for i in items]
    if all(_is_int(i) for i in numbers if i is not None):
        return integer(numbers)
    return double([None if i is None else float(i) for i in numbers])


def _as_text(item: Any) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, bool):
        return "TRUE" if item else "FALSE"
    return as_text(_atomic([item])).data[0]


def _value(item: Any, how: _Simplify) -> Any:
    if isinstance(item, dict):
        return rlist([_value(v, how) for v in item.values()], list(item))
    if not isinstance(item, list):
        return _one(item)
    if not item:
        return rlist([])
    if how.vector and all(_is_scalar(i) for i in item):
        return _atomic(item)
    if (
        how.frame
        and any(isinstance(i, dict) for i in item)
        and all(isinstance(i, (dict, type(None))) for i in item)
    ):
        return _records(item, how)
    parts = [_value(i, how) for i in item]
    return (_stacked(parts) if how.matrix else None) or rlist(parts)


def _records(rows: list[Any], how: _Simplify) -> RVector:
    """An array of objects as a data frame: a column for each name that any of them has."""
    names: list[str] = []
    for row in rows:
        names += [name for name in row or {} if name not in names]
    columns = [_column([(row or {}).get(name) for row in rows], how) for name in names]
    return make_frame(columns, names, None if columns else integer(range(1, len(rows) + 1)))


def _column(items: list[Any], how: _Simplify) -> Any:
    if all(_is_scalar(i) for i in items):
        return _atomic(items)
    if all(isinstance(i, (dict, type(None))) for i in items):
        return _records(items, how)
    parts = [_value(i, how) for i in items]
    if all(isinstance(i, list) for i in items) and how.matrix:
        stacked = _stacked(parts)
        if stacked is not None and len(stacked.dim or ()) > 2:
            return stacked
    return RVector("list", object_array(parts))


def _stacked(parts: list[Any]) -> RVector | None:
    """Vectors of one length as rows of a matrix, matrices of one shape as an array; None if they differ."""
    if not all(isinstance(p, RVector) and p.type not in ("list", "NULL") and len(p) for p in parts):
        return None
    shapes = {p.dim or (len(p),) for p in parts}
    if len(shapes) > 1:
        return None
    (shape,) = shapes
    joined = invoke("c", *[RVector(p.type, p.data) for p in parts])
    data = joined.data.reshape(len(parts), -1)
    cube = np.stack([row.reshape(shape, order="F") for row in data])
    return RVector(joined.type, cube.ravel(order="F"), {"dim": integer([len(parts), *shape])})


def _text_of(source: Any) -> str:
    if isinstance(source, RVector) and source.type == "character" and len(source) > 1:
        return "\n".join(t or "" for t in source.data)
    text = one_string(source, "txt")
    if text.lstrip()[:1] in ("{", "[", '"') or len(text) > 4096:
        return text
    path = os.path.expanduser(text)
    if os.path.exists(path):
        return read_text(path)
    if is_url(text):
        return read_text(text)
    return text


_SIMPLIFIED = "simplifyDataFrame = simplifyVector, simplifyMatrix = simplifyVector, flatten = FALSE, ..."


@library.function(f"fromJSON(txt, simplifyVector = TRUE, {_SIMPLIFIED})")
def from_json(txt, vector, frame, matrix, flat, dots):
    how = _Simplify(*(one_flag(v, "simplifyVector") for v in (vector, frame, matrix)))
    out = _value(_parsed(_text_of(txt)), how)
    return flattened(out) if one_flag(flat, "flatten") and is_frame(out) else out


@library.function(f"read_json(path, simplifyVector = FALSE, {_SIMPLIFIED})")
def read_json(path, vector, frame, matrix, flat, dots):
    if not os.path.exists(os.path.expanduser(one_string(path, "path"))):
        raise UserError(
            "cannot open the connection", code=Code.FILE, cause=f"there is no {one_string(path, 'path')}"
        )
    return from_json(path, vector, frame, matrix, flat, dots)


@library.function("flatten(x, recursive = TRUE)")
def flatten(x, recursive):
    if not is_frame(x):
        raise UserError("is.data.frame(x) is not TRUE", code=Code.TYPE)
    return flattened(x)


def flattened(frame: RVector) -> RVector:
    """Columns that are data frames become columns `outer.inner`."""
    columns: list[Any] = []
    names: list[str | None] = []
    for name, column in zip(column_names(frame), frame.data, strict=True):
        if is_frame(column):
            inner = flattened(column)
            columns += list(inner.data)
            names += [f"{name}.{n}" for n in column_names(inner)]
        else:
            columns.append(column)
            names.append(name)
    return make_frame(columns, names)


# --- to JSON -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Style:
    frames: str
    columns_first: bool  # matrices
    unbox: bool
    digits: float
    pretty: int
    factors_as_numbers: bool
    null: str
    na: str | None


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _number(x: float, digits: float) -> str:
    if digits != digits:
        return f"{x:.15g}"
    if abs(x) >= 1e15:
        return f"{x:.15g}"
    rounded = Decimal(repr(x)).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _cells(x: RVector, style: _Style, in_rows: bool) -> list[str | None]:
    """Elements as JSON texts; None is left out of rows of a data frame."""
    if has_class(x, "factor") and not style.factors_as_numbers:
        x = invoke("as.character", x)
    if has_class(x, "Date") or has_class(x, "POSIXct"):
        x = invoke("as.character", x)
    if x.type == "character":
        missing = style.na or ("null" if not in_rows else None)
        missing = '"NA"' if missing == "string" else missing
        return [missing if t is None else _quoted(t) for t in x.data]
    if x.type == "logical":
        missing = '"NA"' if style.na == "string" else None if in_rows and style.na is None else "null"
        return [missing if v < 0 else ("true" if v else "false") for v in x.data.tolist()]
    if x.type == "raw":
        return [_quoted(f"{v:02x}") for v in x.data.tolist()]
    missing = "null" if style.na == "null" else None if in_rows and style.na is None else '"NA"'
    if x.type == "integer":
        return [missing if na else str(v) for v, na in zip(x.data.tolist(), x.is_na(), strict=True)]
    if x.type == "double":
        return [_double_cell(v, missing, style) for v in x.data.tolist()]
    raise UserError(f"No method asJSON S3 class: {x.type}", code=Code.UNSUPPORTED)


def _double_cell(x: float, missing: str | None, style: _Style) -> str | None:
    if math.isfinite(x):
        return _number(x, style.digits)
    if missing == '"NA"':
        return '"NA"' if x != x else _quoted("Inf" if x > 0 else "-Inf")
    return missing


def _array(parts: list[str], style: _Style, level: int, lines: bool) -> str:
    if not parts:
        return "[]"
    if not (style.pretty and lines):
        return "[" + (", " if style.pretty else ",").join(parts) + "]"
    return "[" + _indented(parts, style, level) + "]"


def _object(names: list[str], parts: list[str], style: _Style, level: int) -> str:
    if not parts:
        return "{}"
    mark = ": " if style.pretty else ":"
    pairs = [f"{_quoted(name)}{mark}{part}" for name, part in zip(names, parts, strict=True)]
    return "{" + (_indented(pairs, style, level) if style.pretty else ",".join(pairs)) + "}"


def _indented(parts: list[str], style: _Style, level: int) -> str:
    inner, outer = " " * (style.pretty * (level + 1)), " " * (style.pretty * level)
    return "\n" + ",\n".join(inner + part for part in parts) + "\n" + outer


def _keys(names: Any, count: int) -> list[str]:
    given = [n or "" for n in names] if names is not None else [""] * count
    return [name or str(i + 1) for i, name in enumerate(given)]


def _json(x: Any, style: _Style, level: int, inside: bool = False) -> str:
    if x is NULL:
        return "null" if style.null == "null" and inside else "{}"
    if has_class(x, "json"):
        return x.data[0]
    if not isinstance(x, RVector):
        raise UserError(
            "No method asJSON S3 class: function", code=Code.UNSUPPORTED, cause="only data can be JSON"
        )
    if is_frame(x):
        return _frame(x, style, level)
    if x.type == "list":
        return _list(x, style, level)
    if has_class(x, "difftime"):
        raise UserError("No method asJSON S3 class: difftime", code=Code.UNSUPPORTED)
    if x.dim is not None and len(x.dim) > 1:
        return _matrix(x, style, level)
    cells = ["null" if c is None else c for c in _cells(x, style, False)]
    if len(cells) == 1 and (style.unbox or has_class(x, "scalar")):
        return cells[0]
    return _array(cells, style, level, False)


def _list(x: RVector, style: _Style, level: int) -> str:
    parts = [_json(item, style, level + 1, True) for item in x.data]
    if x.names is not None:
        return _object(_keys(x.names, len(x)), parts, style, level)
    return _array(parts, style, level, True)


def _matrix(x: RVector, style: _Style, level: int) -> str:
    cells = ["null" if c is None else c for c in _cells(x, style, False)]
    cube = object_array(cells).reshape(x.dim, order="F")
    if style.columns_first:
        cube = cube.T

    def written(part: Any, depth: int) -> str:
        if part.ndim == 1:
            return _array(list(part), style, depth, False)
        return _array([written(p, depth + 1) for p in part], style, depth, True)

    return written(cube, level)


def _frame(x: RVector, style: _Style, level: int) -> str:
    names = [n or "" for n in column_names(x)]
    if style.frames == "columns":
        return _object(names, [_json(c, style, level + 1) for c in x.data], style, level)
    columns = [_column_cells(c, style, level + 2) for c in x.data]
    rows = []
    for i in range(row_count(x)):
        if style.frames == "values":
            rows.append(_array([c[i] or "null" for c in columns], style, level + 1, False))
            continue
        kept = [(n, c[i]) for n, c in zip(names, columns, strict=True) if c[i] is not None]
        rows.append(_object([n for n, _ in kept], [str(c) for _, c in kept], style, level + 1))
    return _array(rows, style, level, True)


def _column_cells(column: Any, style: _Style, level: int) -> list[str | None]:
    if is_frame(column):
        rows = replace(style, frames="rows")
        return [_json(take_rows(column, np.array([i])), rows, level)[1:-1] for i in range(row_count(column))]
    if column.type == "list":
        return [_json(item, style, level) for item in column.data]
    if column.dim is not None and len(column.dim) == 2:
        places = np.arange(len(column)).reshape(column.dim, order="F")
        cells = _cells(column, style, False)
        return [_array([cells[i] or "null" for i in row], style, level, False) for row in places]
    return _cells(column, style, True)


_TO = (
    "x, dataframe = c('rows', 'columns', 'values'), matrix = c('rowmajor', 'columnmajor'),"
    " Date = c('ISO8601', 'epoch'), POSIXt = c('string', 'ISO8601', 'epoch', 'mongo'),"
    " factor = c('string', 'integer'), complex = c('string', 'list'),"
    " raw = c('base64', 'hex', 'mongo', 'int', 'js'), null = c('list', 'null'), na = c('null', 'string'),"
    " auto_unbox = FALSE, digits = 4, pretty = FALSE, force = FALSE, ..."
)


@library.function(f"toJSON({_TO})")
def to_json(
    x, frames, matrix, date, posix, factor, complex_, raw, null, na, unbox, digits, pretty, force, dots
):
    indent = (
        one_int(pretty, "pretty") if pretty.type in ("double", "integer") else 2 * one_flag(pretty, "pretty")
    )
    style = _Style(
        frames=one_choice(frames, ("rows", "columns", "values")),
        columns_first=one_choice(matrix, ("rowmajor", "columnmajor")) == "columnmajor",
        unbox=one_flag(unbox, "auto_unbox"),
        digits=math.nan if digits is NULL or digits.is_na()[0] else float(digits.data[0]),
        pretty=int(indent),
        factors_as_numbers=one_choice(factor, ("string", "integer")) == "integer",
        null=one_choice(null, ("list", "null")),
        na=None if len(na) > 1 else one_choice(na, ("null", "string")),
    )
    guard_nesting(x)
    return _as_json(_json(x, style, 0))


def _as_json(text: str) -> RVector:
    return RVector("character", object_array([text]), {"class": character("json")})


@library.function("write_json(x, path, ...)", invisible=True)
def write_json(x, path, dots):
    text = invoke("toJSON", x, **{str(n): v for n, v in dots})
    with open(os.path.expanduser(one_string(path, "path")), "w", encoding="utf-8") as stream:
        stream.write(text.data[0] + "\n")
    return NULL


@method("print.json(x, ...)", "print", "json", invisible=True)
def print_json(x, dots):
    session.write(f"{x.data[0]} \n")
    return x


@library.function("unbox(x)")
def unbox(x):
    return x.with_attribute("class", character(["scalar", *invoke("class", x).data]))


@library.function("prettify(txt, indent = 4)")
def prettify(txt, indent):
    text = json.dumps(_parsed(_text_of(txt)), indent=one_int(indent, "indent"), ensure_ascii=False)
    return _as_json(text + "\n")


@library.function("minify(txt)")
def minify(txt):
    return _as_json(json.dumps(_parsed(_text_of(txt)), separators=(",", ":"), ensure_ascii=False))


@library.function("validate(txt)")
def validate(txt):
    try:
        json.loads(_text_of(txt))
    except ValueError:
        return logical(False)
    return logical(True)
