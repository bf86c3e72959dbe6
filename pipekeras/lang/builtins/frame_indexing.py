"""Data frames taken apart and put together: `[`, `[[`, `$<-` and replacements, rbind, cbind, head, tail."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..conditions import warn
from ..evaluator.assign import set_element
from ..frames import (
    class_last,
    column_names,
    counted,
    is_frame,
    made_unique,
    make_frame,
    numbered,
    rebuilt,
    recycle_column,
    row_count,
    row_data,
    row_labels,
    rows_of,
    take_column_rows,
    take_rows,
    without_names,
)
from ..generics import as_text, invoke, is_object, pick, put
from ..registry import builtin
from ..values import MISSING, NA_INTEGER, NULL, TRUE, RVector, character, integer, rlist
from ..vectors.coerce import elements, guard_joined, has_class, one_flag, one_int, type_of
from ..vectors.subset import NA_POSITION, checked_index, get_element, index_positions, matrix_positions
from .factors import as_factor, level_names, make_factor, matched
from .frames import Parts, as_matrix_data_frame, list_frame, matrix_frame, written_arguments
from .valid_names import unique_names

_NA_FLAG = RVector("logical", np.array([-128], dtype=np.int8))


def _undefined_columns() -> UserError:
    return UserError(
        "undefined columns selected", code=Code.SUBSCRIPT, cause="the data frame has no such column"
    )


def column_positions(x: RVector, index: Any) -> np.ndarray:
    """0-based columns that an index picks."""
    if index is MISSING:
        return np.arange(len(x))
    if has_class(index, "factor"):
        index = RVector("integer", index.data)
    positions = index_positions(checked_index(index), len(x), column_names(x))
    if ((positions < 0) | (positions >= len(x))).any():
        raise _undefined_columns()
    return positions


def _is_one_unknown(x: RVector, index: Any) -> bool:
    """Whether an index picks one column that is not there: x[i, j] is NULL then, as x[[j]] is."""
    if not isinstance(index, RVector) or has_class(index, "factor"):
        return False
    positions = index_positions(checked_index(index), len(x), column_names(x))
    return len(positions) == 1 and not 0 <= positions[0] < len(x)


def row_positions(x: RVector, index: Any) -> np.ndarray:
    """0-based rows that an index picks; -1 for rows that are not there."""
    count = row_count(x)
    if index is MISSING:
        return np.arange(count)
    if has_class(index, "factor"):
        index = RVector("integer", index.data)
    if isinstance(index, RVector) and index.dim is not None:
        index = RVector(index.type, index.data)
    index = checked_index(index)
    labels = row_labels(x) if index.type == "character" else None
    positions = index_positions(index, count, labels)
    return np.where((positions == NA_POSITION) | (positions >= count), -1, positions)


@builtin("`[.data.frame`(x, ..., drop)")
def subset_frame(x, dots, drop=None):
    indices = [value for name, value in dots if name != "exact"]
    if not indices or (len(indices) == 1 and indices[0] is MISSING):
        return x
    if len(indices) == 1:
        if drop is not None and drop is not MISSING:
            warn("'drop' argument will be ignored")
        return _subset_one(x, indices[0])
    rows, columns = indices[0], indices[1]
    keep = drop is not None and drop is not MISSING and not one_flag(drop, "drop")
    if rows is not MISSING and columns is not MISSING and not keep and _is_one_unknown(x, columns):
        return NULL
    chosen = column_positions(x, columns)
    names = [column_names(x)[j] for j in chosen]
    if columns is not MISSING and len(set(names)) < len(names):
        names = made_unique([name or "" for name in names])
    dropped = (len(chosen) == 1) if drop is None or drop is MISSING else one_flag(drop, "drop")
    if rows is MISSING:
        if dropped and len(chosen) == 1:
            return x.data[chosen[0]]
        return rebuilt(x, [x.data[j] for j in chosen], names)
    positions = row_positions(x, rows)
    if dropped and len(chosen) == 1:
        return take_column_rows(x.data[chosen[0]], positions)
    made = take_rows(rebuilt(x, [x.data[j] for j in chosen], names), positions)
    if dropped and drop is not None and drop is not MISSING and len(positions) == 1:
        return RVector("list", made.data, {"names": character(names)})
    return made


def _subset_one(x: RVector, index: Any) -> Any:
    if is_frame(index):
        index = invoke("as.matrix", index)
    if isinstance(index, RVector) and index.dim is not None and len(index.dim) == 2:
        return pick(as_matrix_data_frame(x, _NA_FLAG, []), index)
    chosen = column_positions(x, index)
    names = [column_names(x)[j] or "" for j in chosen]
    if len(set(names)) < len(names):
        names = made_unique(names)
    return rebuilt(x, [x.data[j] for j in chosen], names)


@builtin("`[[.data.frame`(x, ..., exact = TRUE)")
def element_frame(x, dots, exact):
    indices = [value for _, value in dots]
    plain = _plain_list(x)
    if len(indices) > 1:
        column, row = get_element(plain, [indices[1]], one_flag(exact, "exact")), indices[0]
        if isinstance(row, RVector) and row.type == "character":
            row = invoke("pmatch", row, character(row_labels(x)), duplicates_ok=TRUE)
        return invoke("[[", column, row) if is_object(column) else get_element(column, [row])
    if isinstance(indices[0], RVector) and indices[0].type == "character" and len(indices[0]) == 1:
        names = column_names(x)
        name = indices[0].data[0]
        return x.data[names.index(name)] if name in names else NULL
    return get_element(plain, indices, one_flag(exact, "exact"))


def _plain_list(x: RVector) -> RVector:
    """The columns as a list with their names."""
    return RVector("list", x.data, {"names": character(column_names(x))})


# --- replacement -------------------------------------------------------------------------------------------


def _fitting(x: RVector, value: Any) -> Any:
    """A new column, recycled to the rows there are."""
    count = row_count(x) if len(x) or row_count(x) else rows_of(value)
    return _of_rows(value, count)


def _of_rows(value: Any, count: int) -> Any:
    if not isinstance(value, RVector):
        raise UserError(f"attempt to replicate an object of type '{type_of(value)}'", code=Code.TYPE)
    own = rows_of(value)
    if value.type != "list":
        value = without_names(value)
    if own == count:
        return value
    wide = value.dim is not None and len(value.dim) > 1
    if own == 0 or own > count or count % own or wide or is_frame(value):
        rows = "row" if own == 1 else "rows"
        raise UserError(
            f"replacement has {own} {rows}, data has {count}",
            code=Code.VALUE,
            cure="give one value for each row, or a number of values that divides the rows",
        )
    return recycle_column(value, count)


def with_column(x: RVector, name: str, value: Any) -> RVector:
    """The frame with one column set, added or, by NULL, removed."""
    names, columns = column_names(x), list(x.data)
    where = names.index(name) if name in names else None
    if value is NULL:
        if where is None:
            return x
        return rebuilt(x, columns[:where] + columns[where + 1 :], names[:where] + names[where + 1 :])
    if isinstance(value, RVector):
        value.named = 2
    value = _fitting(x, value)
    rows = None if row_count(x) or len(x) else numbered(rows_of(value))
    if where is None:
        return rebuilt(x, [*columns, value], [*names, name], rows)
    columns[where] = value
    return rebuilt(x, columns, names, rows)


@builtin("`$<-.data.frame`(x, name, value)")
def set_dollar_frame(x, name, value):
    return class_last(_with_element(x, name, value, unique=False))


def _with_element(x: RVector, index: Any, value: Any, unique: bool = True) -> RVector:
    """The frame after `x[[index]] <- value`, its columns taken as a list."""
    if value is not NULL:
        value = _of_rows(value, row_count(x))
    made = set_element(_plain_list(x).copy(), [index], value)
    names = list(made.names or [])
    if len(names) > len(x):
        names[-1] = names[-1] or f"V{len(names)}"
    return rebuilt(x, list(made.data), _unique_if_grown(x, names) if unique else names)


def _unique_if_grown(x: RVector, names: list[str | None]) -> list[str | None]:
    """Where columns are added, all names become different."""
    return [*made_unique([name or "" for name in names])] if len(names) > len(x) else names


@builtin("`[[<-.data.frame`(x, ..., value)")
def set_element_frame(x, dots, value):
    indices = [index for _, index in dots]
    if len(indices) == 2:
        return class_last(_assigned(x, indices[0], indices[1], value))
    return class_last(_with_element(x, indices[0], value))


@builtin("`[<-.data.frame`(x, ..., value)")
def set_subset_frame(x, dots, value):
    return class_last(_with_subset(x, dots, value))


def _with_subset(x: RVector, dots: Any, value: Any) -> RVector:
    indices = [index for _, index in dots]
    if len(indices) == 2:
        return _assigned(x, indices[0], indices[1], value)
    index = indices[0] if indices else MISSING
    if is_frame(index):
        index = invoke("as.matrix", index)
    if isinstance(index, RVector) and index.dim is not None and len(index.dim) == 2:
        return _assigned_by_matrix(x, index, value)
    return _assigned(x, MISSING, index, value)


def _assigned_by_matrix(x: RVector, index: RVector, value: Any) -> RVector:
    """`df[is.na(df)] <- 0`: a logical matrix of the frame's shape."""
    shape = (row_count(x), len(x))
    if index.type in ("double", "integer"):
        frame = RVector("logical", np.empty(0, np.int8), {"dim": integer([*shape])})
        positions = matrix_positions(index, frame)
        if positions is not None:
            columns, rows = np.divmod(positions, max(shape[0], 1))
            return _assigned_cells(x, rows, columns, value)
    if index.type != "logical" or index.dim != shape:
        raise UserError(
            "unsupported matrix index in replacement", code=Code.SUBSCRIPT, cure="give a logical matrix"
        )
    cells = index.data.reshape(index.dim, order="F")
    if cells.any() and not len(value):
        raise UserError("replacement has length zero", code=Code.VALUE)
    columns, used = [], 0
    for j, column in enumerate(x.data):
        where = np.flatnonzero(cells[:, j] == 1)
        if not len(where):
            columns.append(column)
            continue
        piece = (
            value
            if len(value) == 1
            else pick(value, integer((np.arange(used, used + len(where)) % len(value)) + 1))
        )
        used += len(where)
        columns.append(put(column, [RVector("integer", (where + 1).astype(np.int32))], piece))
    return rebuilt(x, columns)


def _assigned_cells(x: RVector, rows: np.ndarray, columns: np.ndarray, value: Any) -> RVector:
    """Single cells, given by their 0-based rows and columns, after one value for each was written."""
    if len(rows) and not len(value):
        raise UserError("replacement has length zero", code=Code.VALUE)
    made = list(x.data)
    for j in dict.fromkeys(columns.tolist()):
        at = np.flatnonzero(columns == j)
        piece = pick(value, RVector("integer", (at % len(value) + 1).astype(np.int32)))
        made[j] = put(made[j], [RVector("integer", (rows[at] + 1).astype(np.int32))], piece)
    return rebuilt(x, made)


def _new_columns(x: RVector, index: Any) -> tuple[list[int], list[str]]:
    """Column numbers to assign to, and the names of those that are new."""
    if index is MISSING:
        return list(range(len(x))), []
    index = checked_index(index)
    names = column_names(x)
    if index.type == "character":
        new = [name for name in dict.fromkeys(index.data) if name not in names]
        everything = [*names, *new]
        return [everything.index(name) for name in index.data], [name or "" for name in new]
    positions = index_positions(index, len(x), names).tolist()
    most = max(positions, default=-1)
    if most > len(x) and most >= len(x) + len(set(p for p in positions if p >= len(x))):
        raise UserError(
            "new columns would leave holes after existing columns",
            code=Code.SUBSCRIPT,
            cure="add them in order",
        )
    return positions, [f"V{j + 1}" for j in range(len(x), most + 1)]


def _assigned(x: RVector, rows: Any, columns: Any, value: Any) -> RVector:
    if any(isinstance(index, RVector) and index.is_na().any() for index in (rows, columns)):
        raise UserError(
            "missing values are not allowed in subscripted assignments of data frames", code=Code.SUBSCRIPT
        )
    targets, new_names = _new_columns(x, columns)
    if len(set(targets)) < len(targets):
        raise UserError("duplicate subscripts for columns", code=Code.SUBSCRIPT)
    named = value.names if isinstance(value, RVector) and value.type == "list" else None
    if named is not None and new_names and len(named) == len(targets) and columns.type != "character":
        new_names = [named[k] or "" for k, j in enumerate(targets) if j >= len(x)]
    names = _unique_if_grown(x, [*column_names(x), *new_names])
    if isinstance(value, RVector) and value.type == "list" and not len(value) and rows is MISSING:
        value = NULL
    if value is NULL and rows is MISSING:
        kept = [j for j in range(len(x)) if j not in targets]
        return rebuilt(x, [x.data[j] for j in kept], [names[j] for j in kept])
    pieces = _pieces(value, len(targets), rows, x)
    if rows is MISSING:
        made = list(x.data) + [NULL] * len(new_names)
        for k, j in enumerate(targets):
            made[j] = _fitting(x, pieces[k])
        return rebuilt(x, made, names)
    positions, x = _target_rows(x, rows)
    made = list(x.data) + [NULL] * len(new_names)
    index = RVector("integer", (positions + 1).astype(np.int32))
    for k, j in enumerate(targets):
        piece = pieces[k]
        if j >= len(x) and made[j] is NULL:
            empty = np.full(row_count(x), NA_INTEGER, dtype=np.int32)
            made[j] = pick(piece, RVector("integer", empty))
        made[j] = put(made[j], [index], piece)
    return rebuilt(x, made, names)


def _target_rows(x: RVector, rows: Any) -> tuple[np.ndarray, RVector]:
    """Rows to assign to, and the frame grown to hold them."""
    count = row_count(x)
    index = checked_index(rows if not has_class(rows, "factor") else RVector("integer", rows.data))
    if index.type == "character":
        labels = row_labels(x)
        everything = [*labels, *(name for name in dict.fromkeys(index.data) if name not in labels)]
        positions = np.array([everything.index(name) for name in index.data], dtype=np.int64)
        return positions, _grown(x, len(everything), character(everything))
    positions = index_positions(index, count, None)
    most = int(positions.max()) + 1 if len(positions) else 0
    if most <= count:
        return positions, x
    return positions, _grown(x, most, _counted_on(row_data(x), most))


def _counted_on(names: RVector, most: int) -> RVector:
    """Row names with numbers for the rows that come behind."""
    more = range(len(names) + 1, most + 1)
    if names.type == "character":
        return character([*names.data, *map(str, more)])
    together = integer([*names.data.tolist(), *more])
    return counted(most) if (together.data == np.arange(1, most + 1)).all() else together


def _grown(x: RVector, count: int, names: RVector) -> RVector:
    """The frame with rows of NA added up to a number."""
    before = row_count(x)
    if count <= before:
        return x
    order = np.concatenate([np.arange(before), np.full(count - before, -1)])
    made = rebuilt(x, [take_column_rows(column, order) for column in x.data], row_names=names)
    return class_last(made)


def _pieces(value: Any, count: int, rows: Any, x: RVector) -> list[Any]:
    """What goes into each of the columns: a column of a list, frame or matrix, or part of a vector."""
    if isinstance(value, RVector) and value.type == "list":
        if not len(value) and count:
            raise UserError("replacement has length zero", code=Code.VALUE)
        return [value.data[k % len(value)] for k in range(count)]
    if isinstance(value, RVector) and value.dim is not None and len(value.dim) == 2:
        columns = list(matrix_frame(value).data)
        return [columns[k % len(columns)] for k in range(count)]
    if value is NULL:
        raise UserError("replacement has length zero", code=Code.VALUE)
    each = (
        row_count(x) if rows is MISSING else len(row_positions(x, rows)) if not _grows(x, rows) else len(rows)
    )
    own, need = len(value), each * count
    uneven = own < need and (own == 0 or need % own > 0)
    if count == 1 and (uneven or own > each > 0):
        raise UserError(
            f"replacement has {own} row{'' if own == 1 else 's'}, data has {each}", code=Code.VALUE
        )
    if uneven or own > need > 0:
        raise UserError(
            f"replacement has {own} item{'' if own == 1 else 's'}, need {need}",
            code=Code.VALUE,
            cause="give one value for each cell",
        )
    if own <= 1 or not need or (count == 1 and own == each):
        return [value] * count
    order = (np.arange(need) % own).reshape(count, each) + 1
    return [pick(value, RVector("integer", part.astype(np.int32))) for part in order]


def _grows(x: RVector, rows: Any) -> bool:
    return (
        isinstance(rows, RVector)
        and rows.type in ("integer", "double")
        and bool((rows.data > row_count(x)).any())
    )


# --- binding -----------------------------------------------------------------------------------------------


@builtin("cbind.data.frame(..., deparse.level = 1)")
def cbind_frame(ctx, dots, deparse_level):
    parts = Parts(False)
    for (name, value), text in zip(dots, written_arguments(ctx, dots, ("deparse.level",)), strict=True):
        if value is not NULL:
            parts.add(name or "", value, text)
    columns = parts.columns_of_one_length()
    names = parts.row_names
    return make_frame(
        columns, parts.names, names if names is not None and len(names) == rows_of(columns[0]) else None
    )


@builtin(
    "rbind.data.frame(..., deparse.level = 1, make.row.names = TRUE, stringsAsFactors = FALSE,"
    " factor.exclude = TRUE)"
)
def rbind_frame(dots, deparse_level, make_row_names, strings_as_factors, factor_exclude):
    parts = [(name, value) for name, value in dots if value is not NULL and len(value)]
    if not parts:
        return make_frame([], [])
    first = next((value for _, value in parts if is_frame(value)), None)
    if first is None:
        return _frame_of_rows([value for _, value in parts], [name for name, _ in parts], strings_as_factors)
    names = column_names(first)
    pieces = [_row_piece(value, names) for _, value in parts]
    guard_joined([piece[0] for piece in pieces], "list")  # row names take as much time
    columns = [joined_column([piece[j] for piece in pieces]) for j in range(len(names))]
    counts = [rows_of(piece[0]) for piece in pieces]
    labels = (
        _bound_row_names(parts, counts)
        if one_flag(make_row_names, "make.row.names")
        else numbered(sum(counts))
    )
    made = rebuilt(first, columns, names, labels)
    return class_last(made)


def _frame_of_rows(rows: list[Any], titles: list[str | None], as_factors: Any) -> RVector:
    """Lists and vectors one under another; the columns have the first list's names, or say what they hold."""
    own = rows[0].names if rows[0].type == "list" else None
    names: list[str | None] = own or [""] * len(rows[0])
    pieces = [_row_piece(row, names) for row in rows]
    columns = [joined_column(list(cells)) for cells in zip(*pieces, strict=True)]
    made = list_frame(rlist(columns, names), as_factors=one_flag(as_factors, "stringsAsFactors"))
    if not any(titles):
        return made
    labels = [title or str(i + 1) for i, title in enumerate(titles)]
    return made.with_attribute("row.names", character(labels))


def _row_piece(value: Any, names: list[str | None]) -> list[Any]:
    """The columns that one argument of rbind adds to, in the first frame's order."""
    if is_frame(value):
        own = column_names(value)
        if len(own) != len(names):
            raise UserError(
                "numbers of columns of arguments do not match",
                code=Code.VALUE,
                cause=f"{len(names)} columns and {len(own)}",
            )
        if set(own) != set(names):
            raise UserError(
                "names do not match previous names", code=Code.VALUE, cure="rename the columns first"
            )
        return (
            [value.data[own.index(name)] for name in names] if len(set(own)) == len(own) else list(value.data)
        )
    if value.type == "list":
        own = value.names
        if own is not None and set(own) == set(names):
            return [value.data[own.index(name)] for name in names]
        return [value.data[j % len(value)] for j in range(len(names))]
    if value.dim is not None and len(value.dim) == 2:
        return list(matrix_frame(value).data)
    items = elements(value)
    return [without_names(items[j % len(items)]) for j in range(len(names))]


def joined_column(pieces: list[Any]) -> Any:
    """Columns one below the other: factors get all levels, other classes are kept."""
    first = pieces[0]
    if has_class(first, "factor"):
        texts = [text for piece in pieces for text in as_text(piece).data]
        levels = list(level_names(first))
        for piece in pieces[1:]:
            own = level_names(piece) if has_class(piece, "factor") else level_names(as_factor(piece))
            levels += [level for level in own if level not in levels]
        return make_factor(matched(texts, levels), levels, has_class(first, "ordered"))
    if any(is_frame(piece) for piece in pieces):
        return invoke("rbind", *pieces)
    if isinstance(first, RVector) and first.dim is not None and len(first.dim) == 2:
        return invoke("rbind", *pieces)
    plain = [as_text(piece) if has_class(piece, "factor") else piece for piece in pieces]
    return invoke("c", *plain)


def _bound_row_names(parts: list[tuple[str | None, Any]], counts: list[int]) -> RVector:
    """Row names of the pieces; rows numbered from 1 are numbered on, names of arguments come in front."""
    labels: list[str] = []
    plain = True
    for (name, value), count in zip(parts, counts, strict=True):
        own = row_labels(value) if is_frame(value) else [str(i + 1) for i in range(count)]
        if name:
            plain = False
            labels += [name] if count == 1 else [f"{name}.{label}" for label in own]
        elif plain and own == [str(i + 1) for i in range(count)] and not _has_text_rows(value):
            labels += [str(len(labels) + i + 1) for i in range(count)]
        else:
            plain = False
            labels += own
    if plain:
        return numbered(len(labels))
    unique = labels if len(set(labels)) == len(labels) else _numbered_again(labels)
    if all(label.isdigit() for label in unique):
        return RVector("integer", np.array([int(label) for label in unique], dtype=np.int32))
    return character(unique)


def _has_text_rows(value: Any) -> bool:
    return is_frame(value) and value.attribute("row.names").type == "character"


def _numbered_again(labels: list[str]) -> list[str]:
    """make.unique with nothing between name and number, as rbind does."""
    return unique_names(labels, "")


# --- first and last rows -----------------------------------------------------------------------------------


def _ends(count: int, n: Any, last: bool) -> np.ndarray:
    wanted = one_int(n, "n")
    taken = min(wanted, count) if wanted >= 0 else max(count + wanted, 0)
    return np.arange(count - taken, count) if last else np.arange(taken)


@builtin("head.data.frame(x, n = 6L, ...)")
def head_frame(x, n, dots):
    return take_rows(x, _ends(row_count(x), n, last=False))


@builtin("tail.data.frame(x, n = 6L, ...)")
def tail_frame(x, n, dots):
    return take_rows(x, _ends(row_count(x), n, last=True))


@builtin("rev.data.frame(x)")
def rev_frame(x):
    return rebuilt(x, list(x.data[::-1]), column_names(x)[::-1])
