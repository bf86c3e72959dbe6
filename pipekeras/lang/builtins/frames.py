"""Data frames: making them from vectors, lists and matrices, and turning them into matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Call
from ..conditions import warn
from ..dispatch import class_of, explicit_class, find_method
from ..frames import (
    are_counted,
    column_names,
    has_automatic_rows,
    is_frame,
    make_frame,
    numbered,
    rebuilt,
    recycle_column,
    refuse_duplicate_rows,
    row_count,
    row_labels,
    row_names_from,
    rows_of,
    shape_dim,
    shown_names,
    take_rows,
    without_names,
)
from ..generics import as_text, class_names, invoke, is_object
from ..language import from_node
from ..registry import builtin
from ..session import session
from ..text.deparse import deparse_value
from ..text.printing import print_default
from ..values import FALSE, NA_LOGICAL, NULL, TRUE, RVector, character, integer, logical, rlist
from ..vectors.coerce import common_type, convert_data, has_class, one_flag, one_int, strings
from .conversion import list_from
from .factors import as_factor, factor
from .output import style_of
from .valid_names import unique_names, valid_name

_OPTIONS = ("row.names", "check.rows", "check.names", "fix.empty.names", "stringsAsFactors")


def written_arguments(ctx: Any, dots: Any, options: Sequence[str]) -> list[str]:
    """The text of each argument in `...` as the caller wrote it, to name columns after."""
    call = ctx.call
    if isinstance(call, Call):
        nodes = [arg.value for arg in call.args if arg.name not in options]
        if len(nodes) == len(dots) and not any(getattr(node, "name", None) == "..." for node in nodes):
            return [deparse_value(from_node(node)) for node in nodes]
    return [deparse_value(value) for _, value in dots]


@builtin(
    "data.frame(..., row.names = NULL, check.rows = FALSE, check.names = TRUE, fix.empty.names = TRUE,"
    " stringsAsFactors = FALSE)"
)
def data_frame(
    ctx,
    dots,
    row_names=None,
    check_rows=FALSE,
    check_names=TRUE,
    fix_empty_names=TRUE,
    strings_as_factors=FALSE,
):
    as_factors = one_flag(strings_as_factors, "stringsAsFactors")
    parts = Parts(as_factors)
    for (name, value), text in zip(dots, written_arguments(ctx, dots, _OPTIONS), strict=True):
        parts.add(name or "", value, text)
    names = parts.names
    if one_flag(check_names, "check.names"):
        names = unique_names([valid_name(name) for name in names])
    columns = parts.columns_of_one_length()
    found = parts.row_names if row_names is None else None
    return _with_row_names(columns, names, NULL if row_names is None else row_names, found)


class Parts:
    """Collects the columns that data.frame's arguments give."""

    def __init__(self, as_factors: bool) -> None:
        self.as_factors = as_factors
        self.columns: list[Any] = []
        self.names: list[str] = []
        self.row_names: RVector | None = None
        self.empty_at: int | None = None  # before which column NULL stands: no column, but no rows either

    def add(self, name: str, value: Any, text: str) -> None:
        if value is NULL:
            self.empty_at = len(self.columns) if self.empty_at is None else self.empty_at
            return
        if has_class(value, "POSIXlt"):
            value = invoke("as.POSIXct", value)
        if isinstance(value, RVector) and has_class(value, "AsIs"):
            self._one(name or _without_i(text), value)
        elif has_class(value, "table") or _method_of_a_script(value):
            self._frame(name, invoke("as.data.frame", value))
        elif is_frame(value):
            self._frame(name, value)
        elif isinstance(value, RVector) and value.dim is not None and len(value.dim) == 2:
            _refuse_unknown_class(value)
            self._frame(name, matrix_frame(value, "X"))
        elif isinstance(value, RVector) and value.type == "list" and not is_object(value):
            self._frame(name, list_frame(value, as_factors=self.as_factors))
        elif isinstance(value, RVector):
            _refuse_unknown_class(value)
            self._vector(name or text, value)
        else:
            raise cannot_coerce(value)

    def _frame(self, name: str, frame: RVector) -> None:
        names = [n or "" for n in column_names(frame)]
        for own, column in zip(names, frame.data, strict=True):
            full = own
            if name:
                full = (
                    name
                    if len(frame) == 1
                    else f"{name}.{own.removeprefix('X') if own[1:].isdigit() else own}"
                )
            self._one(full, column)
        if self.row_names is None and row_count(frame) and not are_counted(frame):
            self.row_names = frame.attribute("row.names")

    def _vector(self, name: str, value: RVector) -> None:
        names = value.names
        if names is not None and self.row_names is None and len(set(names)) == len(names):
            self.row_names = character(names)
        if value.type == "character" and self.as_factors and not is_object(value):
            value = as_factor(value)
        if value.dim is not None:
            value = value.with_attribute("dim", None).with_attribute("dimnames", None)
        self._one(name, without_names(value))

    def _one(self, name: str, column: Any) -> None:
        self.columns.append(column)
        self.names.append(name)

    def columns_of_one_length(self) -> list[Any]:
        counts = [rows_of(column) for column in self.columns]
        if self.empty_at is not None:
            counts.insert(self.empty_at, 0)
        longest = max(counts, default=0)
        if any(n != longest and (n == 0 or longest % n) for n in counts):
            raise UserError(
                "arguments imply differing number of rows: "
                + ", ".join(str(n) for n in dict.fromkeys(counts)),
                code=Code.VALUE,
                cause="the columns of a data frame must have one length",
            )
        return [recycle_column(column, longest) for column in self.columns]


def _without_i(text: str) -> str:
    return text[2:-1] if text.startswith("I(") and text.endswith(")") else text


_FRAMED = frozenset(
    [
        "AsIs",
        "character",
        "complex",
        "data.frame",
        "Date",
        "difftime",
        "factor",
        "integer",
        "list",
        "logical",
        "matrix",
        "array",
        "model.matrix",
        "noquote",
        "numeric",
        "numeric_version",
        "ordered",
        "POSIXct",
        "POSIXlt",
        "raw",
        "table",
        "ts",
        "aovproj",
        "vector",
    ]
)
"""Classes that base R has methods of as.data.frame() for."""


def _method_of_a_script(value: Any) -> bool:
    own = [name for name in explicit_class(value) or [] if name not in _FRAMED]
    return any(find_method("as.data.frame", name, session.global_env) is not None for name in own)


def _refuse_unknown_class(value: Any) -> None:
    """Objects of a class without a method of as.data.frame() are no columns."""
    classes = explicit_class(value)
    if classes and not _FRAMED.intersection(classes) and not _method_of_a_script(value):
        raise cannot_coerce(value)


def cannot_coerce(value: Any) -> UserError:
    return UserError(
        f"cannot coerce class ‘{deparse_value(character(class_of(value)))}’ to a data.frame",
        code=Code.TYPE,
        cure="give vectors, lists, matrices or data frames",
    )


def _with_row_names(columns: list[Any], names: list[str], row_names: Any, found: RVector | None) -> RVector:
    if row_names is NULL:
        keep = found if found is not None and columns and len(found) == rows_of(columns[0]) else None
        return make_frame(columns, names, keep)
    if len(row_names) == 1 and columns and rows_of(columns[0]) != 1:
        which = (
            names.index(row_names.data[0]) if row_names.type == "character" else int(row_names.data[0]) - 1
        )
        labels = row_names_from(columns[which])
        columns, names = columns[:which] + columns[which + 1 :], names[:which] + names[which + 1 :]
    else:
        labels = row_names_from(row_names)
    refuse_duplicate_rows(labels)
    if columns and len(labels) != rows_of(columns[0]):
        raise UserError(
            "row names supplied are of the wrong length", code=Code.VALUE, cure="give one name for each row"
        )
    return make_frame(columns, names, labels)


def list_frame(value: RVector, check_names: bool = True, as_factors: bool = False) -> RVector:
    """A list's elements as columns."""
    parts = Parts(as_factors)
    names = value.names or [""] * len(value)
    for name, element in zip(names, value.data, strict=True):
        text = "NA" if name is None else name
        parts.add(text, element, text or deparse_value(element))
    made = [valid_name(n) for n in parts.names] if check_names else parts.names
    return make_frame(
        parts.columns_of_one_length(), unique_names(made) if check_names else made, _usable(parts)
    )


def _usable(parts: Parts) -> RVector | None:
    counts = {rows_of(column) for column in parts.columns}
    return parts.row_names if parts.row_names is not None and counts == {len(parts.row_names)} else None


def matrix_frame(value: RVector, stem: str = "V") -> RVector:
    """A matrix's columns as columns, named by its colnames or numbered."""
    assert value.dim is not None
    rows, count = value.dim
    dimnames = value.attribute("dimnames")
    row_part: Any = NULL
    column_part: Any = NULL
    if dimnames is not None:
        row_part, column_part = dimnames.data
    names = [f"{stem}{j + 1}" for j in range(count)] if column_part is NULL else list(column_part.data)
    data = value.data.reshape((rows, count), order="F")
    carried = {
        k: v for k, v in (value.attributes or {}).items() if k not in ("dim", "dimnames", "names", "class")
    }
    columns = [
        RVector(value.type, data[:, j].copy(), dict(carried) if is_object(value) else None)
        for j in range(count)
    ]
    made = make_frame(columns, names, None if row_part is NULL else character(list(row_part.data)))
    return made if count else made.with_attribute("row.names", numbered(rows))


@builtin("as.data.frame(x, row.names = NULL, optional = FALSE, ..., stringsAsFactors = FALSE)", generic=True)
def as_data_frame(ctx, x, row_names, optional, dots, strings_as_factors):
    as_factors = one_flag(strings_as_factors, "stringsAsFactors")
    if isinstance(x, RVector):
        _refuse_unknown_class(x)
    if is_frame(x):
        made = x
    elif isinstance(x, RVector) and x.dim is not None and len(x.dim) == 2:
        made = matrix_frame(x)
    elif isinstance(x, RVector) and x.type == "list" and not has_class(x, "AsIs"):
        heads = next((value for name, value in dots if name == "col.names"), None)
        x = x if heads is None else x.with_attribute("names", heads)
        made = list_frame(x, not one_flag(optional, "optional"), as_factors)
    elif isinstance(x, RVector):
        text = deparse_value(from_node(ctx.call.args[0].value)) if _is_written(ctx) else "x"
        parts = Parts(as_factors)
        given = {name: value for name, value in dots if name}
        parts.add(strings(given["nm"], "nm")[0] or "" if "nm" in given else text, x, text)
        made = make_frame(parts.columns, parts.names, parts.row_names)
    elif x is NULL:
        made = make_frame([], [])
    else:
        raise cannot_coerce(x)
    return (
        made
        if row_names is NULL
        else _with_row_names(list(made.data), [n or "" for n in column_names(made)], row_names, None)
    )


def _is_written(ctx: Any) -> bool:
    return isinstance(ctx.call, Call) and bool(ctx.call.args)


@builtin("is.data.frame(x)")
def is_data_frame(x):
    return logical(is_frame(x))


@builtin("I(x)")
def as_is(x):
    if x is NULL:
        raise UserError("attempt to set an attribute on NULL", code=Code.TYPE)
    classes = class_names(x)
    return x if "AsIs" in classes else x.with_attribute("class", character(["AsIs", *classes]))


# --- shape and names ---------------------------------------------------------------------------------------


@builtin("`dimnames<-.data.frame`(x, value)")
def set_dimnames_data_frame(x, value):
    named = x.with_attribute("names", as_text(value.data[1]))
    return set_row_names(named, value.data[0])


@builtin("row.names(x)", generic=True)
def row_names_(x):
    if is_frame(x):
        return character(row_labels(x))
    dimnames = x.attribute("dimnames") if isinstance(x, RVector) else None
    return NULL if dimnames is None else dimnames.data[0]


@builtin("`row.names<-`(x, value)", generic=True)
def set_row_names(x, value):
    if not is_frame(x):
        if value is NULL and (not isinstance(x, RVector) or x.dim is None):
            return x
        return invoke("rownames<-", x, value)
    if value is NULL:
        labels = numbered(row_count(x))
    else:
        labels = row_names_from(value)
        if len(labels) != row_count(x):
            raise UserError(
                "invalid 'row.names' length", code=Code.VALUE, cause=f"there are {row_count(x)} rows"
            )
        _check_unique(labels)
    return RVector("list", x.data, {**x.attributes, "row.names": labels})


def _check_unique(labels: RVector) -> None:
    texts = [str(label) for label in labels.data.tolist()]
    twice = sorted({text for text in texts if texts.count(text) > 1}) if len(set(texts)) < len(texts) else []
    if twice:
        shown = ", ".join(f"‘{text}’" for text in twice)
        warn(f"non-unique value{'s' if len(twice) > 1 else ''} when setting 'row.names': {shown}")
        raise UserError("duplicate 'row.names' are not allowed", code=Code.VALUE, cure="use make.unique()")


@builtin(".row_names_info(x, type = 1L)")
def row_names_info(x, type):
    count = row_count(x)
    return integer(-count if has_automatic_rows(x) else count)


# --- to matrices and lists ---------------------------------------------------------------------------------


@builtin("as.list.data.frame(x, ...)")
def as_list_data_frame(x, dots):
    return list_from(x)


@builtin("as.matrix.data.frame(x, rownames.force = NA, ...)")
def as_matrix_data_frame(x, rownames_force, dots):
    force = rownames_force.data[0]
    keep_rows = not has_automatic_rows(x) if force == NA_LOGICAL else bool(force)
    columns = _matrix_columns(x)
    kind = common_type([column for _, column in columns]) if columns and row_count(x) else "logical"
    if not row_count(x):
        parts = []
    elif kind == "character" or any(_is_label(column) for _, column in columns):
        kind = "character"
        parts = [_as_texts(column) for _, column in columns]
    else:
        parts = [convert_data(column.data, column.type, kind) for _, column in columns]
    data = np.concatenate(parts) if parts else np.empty(0, dtype=np.int8)
    row_part = character(row_labels(x)) if keep_rows and row_count(x) else NULL
    names = character([name for name, _ in columns]) if columns else NULL
    shape = RVector("integer", np.array([row_count(x), len(columns)], dtype=np.int32))
    return RVector(kind, data, {"dim": shape, "dimnames": rlist([row_part, names])})


def _matrix_columns(x: RVector) -> list[tuple[str | None, RVector]]:
    """All columns, those of matrices and frames inside among them, with their full names."""
    out: list[tuple[str | None, RVector]] = []
    for name, column in zip(column_names(x), x.data, strict=True):
        inner = column if is_frame(column) else None
        if inner is None and isinstance(column, RVector) and column.dim is not None and len(column.dim) == 2:
            inner = matrix_frame(column, "")
        if inner is None:
            out.append((name, column))
        else:
            out += [(f"{name}.{own}", part) for own, part in _matrix_columns(inner)]
    return out


def _is_label(column: Any) -> bool:
    """Whether a column makes the whole matrix text: factors, dates."""
    return (
        isinstance(column, RVector)
        and is_object(column)
        and bool({"factor", "Date", "POSIXct"} & set(class_names(column)))
    )


def _as_texts(column: RVector) -> np.ndarray:
    if column.type == "character" and not is_object(column):
        return column.data
    if has_class(column, "factor") or column.type == "logical":
        return as_text(column).data
    shown = invoke("format", column).data.copy()
    shown[column.is_na()] = None
    return shown


@builtin("data.matrix(frame, rownames.force = NA)")
def data_matrix(frame, rownames_force):
    if not is_frame(frame):
        return invoke("as.matrix", frame)
    columns = []
    for column in frame.data:
        if column.type == "character":
            column = factor(column)
        columns.append(RVector(column.type, column.data))
    plain = rebuilt(frame, columns)
    made = as_matrix_data_frame(plain, rownames_force, [])
    if made.type == "logical":  # also what has no rows
        kind = "double" if any(column.type == "double" for column in columns) else "integer"
        made = RVector(kind, convert_data(made.data, "logical", kind), made.attributes)
    return made


@builtin("t.data.frame(x)")
def t_data_frame(x):
    return invoke("t", invoke("as.matrix", x))


@builtin("is.na.data.frame(x)")
def is_na_data_frame(x):
    parts = [invoke("is.na", column).data for column in x.data]
    data = np.concatenate(parts) if parts else np.empty(0, dtype=np.int8)
    row_part = NULL if has_automatic_rows(x) else character(row_labels(x))
    return RVector(
        "logical", data, {"dim": shape_dim(x), "dimnames": rlist([row_part, character(shown_names(x))])}
    )


# --- printing ----------------------------------------------------------------------------------------------


@builtin(
    "print.data.frame(x, ..., digits = NULL, quote = FALSE, right = TRUE, row.names = TRUE, max = NULL)",
    invisible=True,
)
def print_data_frame(ctx, x, dots, digits, quote, right, row_names, max):
    count, width = row_count(x), len(x)
    if not width:
        rows = "row" if count == 1 else "rows"
        session.write(f"data frame with 0 columns and {count} {rows}\n")
        return x
    if not count:
        print_default(character(column_names(x)), ctx, style_of(quote=FALSE))
        session.write("<0 rows> (or 0-length row.names)\n")
        return x
    limit = session.option_int("max.print") if max is NULL else int(max.data[0])
    shown = limit // width
    first = take_first(x, shown) if shown < count else x
    matrix = invoke("as.matrix", invoke("format.data.frame", first, digits=digits, na_encode=FALSE))
    more = {name.replace(".", "_"): value for name, value in dots if name in ("na.print", "print.gap")}
    style = style_of(quote=quote, right=right, **more)
    print_default(_with_shown_rows(matrix, first, row_names), ctx, style)
    if shown < count:
        session.write(f" [ reached 'max' / getOption(\"max.print\") -- omitted {count - shown} rows ]\n")
    return x


def take_first(x: RVector, count: int) -> RVector:
    return take_rows(x, np.arange(count))


def _with_shown_rows(matrix: RVector, x: RVector, row_names: Any) -> RVector:
    """The matrix of texts with the row labels that are printed."""
    dimnames = matrix.attribute("dimnames")
    labels: list[str | None] = list(row_labels(x))
    if row_names.type == "logical" and not row_names.data[0]:
        labels = [""] * len(labels)
    elif row_names.type == "character":
        labels = list(row_names.data)
    parts = rlist([character(labels), dimnames.data[1]])
    return matrix.with_attribute("dimnames", parts)


@builtin(".set_row_names(n)")
def automatic_row_names(n):
    count = one_int(n, "n")
    return numbered(count) if count > 0 else integer([])
