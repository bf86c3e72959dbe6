"""Reading parts of values: `x[...]`, `x[[...]]` and `x$name`, by position, name, logical or matrix index."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Name
from .. import language
from ..environment import Environment
from ..foreign import foreign_type
from ..values import (
    LANGUAGE,
    MISSING,
    NA_INTEGER,
    NA_LOGICAL,
    NULL,
    Attributes,
    RVector,
    Scalar,
    character,
    integer,
    rlist,
    stretched,
)
from .coerce import cell, convert_data, guard_growth, has_class, missing_value, type_of
from .picks import picked
from .ranges import Range

NA_POSITION = -1
"""What stands for an NA index among 0-based positions."""


def out_of_bounds(cause: str | None = None) -> UserError:
    error = UserError("subscript out of bounds", code=Code.SUBSCRIPT, cause=cause)
    error.condition_class = "subscriptOutOfBoundsError"
    return error


def subscript_error(message: str) -> UserError:
    return UserError(message, code=Code.SUBSCRIPT)


# From an index to 0-based positions


def index_positions(index: RVector, n: int, names: Sequence[str | None] | None) -> np.ndarray:
    """Positions that an index picks from n elements; past the end stays past the end, NA is NA_POSITION.

    Names that are not there give NA_POSITION.
    """
    if index.type in ("double", "integer"):
        return _number_positions(index, n)
    if index.type == "logical":
        return _logical_positions(index.data, n)
    if index.type == "character":
        known = name_table(names)
        known[None] = known[""] = NA_POSITION
        wanted = index.data.tolist()
        return np.fromiter(map(known.get, wanted, repeat(NA_POSITION)), np.int64, len(wanted))
    raise subscript_error(f"invalid subscript type '{type_of(index)}'")


def name_table(names: Sequence[str | None] | None) -> dict[str | None, int]:
    """Where each name first stands."""
    given = list(names or ())
    # of equal names the first stays: it is set last
    return dict(zip(reversed(given), range(len(given) - 1, -1, -1), strict=True))


def _number_positions(index: RVector, n: int) -> np.ndarray:
    data = index.data
    if index.type == "double":
        missing = ~np.isfinite(data)
        data = np.where(missing, 0, data).astype(np.int64)
    else:
        missing = data == NA_INTEGER
        data = np.where(missing, 0, data).astype(np.int64)
    if (data < 0).any():
        if (data > 0).any() or missing.any():
            raise subscript_error("only 0's may be mixed with negative subscripts")
        kept = np.ones(n, dtype=bool)
        dropped = -data - 1
        kept[dropped[(dropped >= 0) & (dropped < n)]] = False
        return np.flatnonzero(kept)
    if missing.any():
        return np.where(missing, NA_POSITION, data - 1)[missing | (data != 0)]
    positions = data - 1
    return positions[positions >= 0] if (data == 0).any() else positions


def _logical_positions(data: np.ndarray, n: int) -> np.ndarray:
    if len(data) < n:
        if not len(data):
            return np.empty(0, dtype=np.int64)
        data = stretched(data, n)
    positions = np.flatnonzero(data)
    missing = data[positions] == NA_LOGICAL
    return np.where(missing, NA_POSITION, positions) if missing.any() else positions


def checked_index(index: Any) -> RVector:
    """The index as a vector, or R's complaint about its type."""
    if index is NULL:
        return integer([])
    if not isinstance(index, RVector) or index.type not in ("double", "integer", "logical", "character"):
        raise subscript_error(f"invalid subscript type '{type_of(index)}'")
    return index


def axis_positions(index: Any, axis: int, x: RVector) -> np.ndarray:
    """Positions along one axis of an array; what is not there is an error."""
    extent = (x.dim or ())[axis]
    index = checked_index(index)
    if index.type == "logical" and len(index) > extent:
        raise subscript_error("(subscript) logical subscript too long")
    names = None
    if index.type == "character":
        names = axis_names(x, axis)
        if x.attribute("dimnames") is None:
            raise UserError("no 'dimnames' attribute for array", code=Code.SUBSCRIPT)
    positions = index_positions(index, extent, names)
    wrong = positions >= extent
    if index.type == "character" and (positions == NA_POSITION).any():
        raise subscript_error("subscript out of bounds")  # in R without the class of the others
    if wrong.any():
        raise out_of_bounds(f"axis {axis + 1} has {extent} elements")
    return positions


def axis_names(x: RVector, axis: int) -> list[str | None] | None:
    dimnames = x.attribute("dimnames")
    if dimnames is None or dimnames.data[axis] is NULL:
        return None
    return list(dimnames.data[axis].data)


def matrix_positions(index: Any, x: RVector) -> np.ndarray | None:
    """Positions picked by a matrix: a row an element, a column an axis; None if it is no such index."""
    dim = x.dim
    if dim is None or not isinstance(index, RVector) or index.type not in ("double", "integer", "character"):
        return None
    shape = index.dim
    if shape is None or len(shape) != 2 or shape[1] != len(dim):
        return None
    grid = index.data.reshape(shape, order="F")
    if index.type != "character":
        grid = grid[(grid != 0).all(axis=1)]  # a zero picks nothing
    columns, shape = grid.T, grid.shape
    strides = np.concatenate([[1], np.cumprod(dim[:-1])]).astype(np.int64)
    total = np.zeros(shape[0], dtype=np.int64)
    missing = np.zeros(shape[0], dtype=bool)
    for axis, column in enumerate(columns):
        at = _matrix_column(RVector(index.type, column), axis, x)
        missing |= at == NA_POSITION
        total += at * strides[axis]
    return np.where(missing, NA_POSITION, total)


def _matrix_column(column: RVector, axis: int, x: RVector) -> np.ndarray:
    if column.type == "character":
        return axis_positions(column, axis, x)
    data = convert_data(column.data, column.type, "double")
    missing = np.isnan(data)
    at = np.where(missing, 0, data).astype(np.int64) - 1
    if ((at < -1) & ~missing).any():
        raise subscript_error("negative values are not allowed in a matrix subscript")
    if (at >= (x.dim or ())[axis]).any():
        raise out_of_bounds()
    return np.where(missing, NA_POSITION, at)


# x[...]


def take(data: np.ndarray, positions: np.ndarray, type: str) -> np.ndarray:
    """The elements at positions; NA where the position is NA or past the end."""
    if not len(positions):
        return data[:0].copy()
    guard_growth(len(positions), len(data), type)
    missing = (positions < 0) | (positions >= len(data))
    if not missing.any():
        return data[positions]
    if not len(data):
        out = np.empty(len(positions), dtype=data.dtype)
        out[:] = missing_value(type)
        return out
    out = data[np.where(missing, 0, positions)]
    out[missing] = missing_value(type)
    return out


def get_subset(x: Any, args: Sequence[Any], drop: bool = True) -> Any:
    """`x[args]`; an empty argument is MISSING.

    Raises:
        UserError: "incorrect number of dimensions", "subscript out of bounds", "invalid subscript type '...'"
    """
    if not isinstance(x, RVector):
        return _subset_other(x, args)
    if not args:
        return x
    if x.__class__ is Range:
        return _range_subset(x, args)
    found = picked(x, args, drop)
    if found is not None:
        return found
    if len(args) == 1 or (len(args) == 2 and not drop and args[1] is MISSING and x.dim is None):
        return _vector_subset(x, args[0], drop)
    return _array_subset(x, args, drop)


def _range_subset(x: Any, args: Sequence[Any]) -> Any:
    """Elements of a long range; all of it is made only where an index is not a plain positive number."""
    index = args[0]
    if len(args) == 1 and isinstance(index, RVector) and index.type in ("integer", "double") and len(index):
        positions = index.data
        if bool((positions >= 1).all() and (positions < len(x) + 1).all()):
            return RVector(x.type, x.at(np.trunc(positions) - 1))
    return get_subset(x.copy(), args)


_CARRIED = ("factor", "Date", "POSIXct", "difftime")


def pick(x: RVector, positions: np.ndarray) -> RVector:
    """The elements at 0-based positions with their names; factors and dates stay what they are."""
    attributes: Attributes = {}
    names = _vector_names(x)
    if names is not None:
        attributes["names"] = character(_picked_names(names, positions))
    if x.attributes and any(has_class(x, c) for c in _CARRIED):
        kept = {k: v for k, v in x.attributes.items() if k not in ("names", "dim", "dimnames")}
        attributes.update(kept)
    return RVector(x.type, take(x.data, positions, x.type), attributes)


def one_position(index: RVector, n: int) -> int | None:
    """The 0-based position of a plain positive number inside the vector."""
    if index.__class__ is Scalar:
        i = index.value  # pyright: ignore[reportAttributeAccessIssue]
    elif len(index) == 1:
        i = index.data.item()
    else:
        return None
    if index.type in ("double", "integer") and 1 <= i < n + 1:
        return int(i) - 1
    return None


def _subset_other(x: Any, args: Sequence[Any]) -> Any:
    if x is NULL:
        return NULL
    foreign = foreign_type(x)
    if foreign is not None:
        return foreign.subset(x, [(None, a) for a in args], double=False)
    if isinstance(x, LANGUAGE) and type_of(x) == "language":
        return language.from_list(get_subset(language.to_list(x), args))
    raise UserError(f"object of type '{type_of(x)}' is not subsettable", code=Code.TYPE)


def _vector_subset(x: RVector, index: Any, drop: bool) -> RVector:
    if index is MISSING:
        return x
    names = _vector_names(x)
    positions = matrix_positions(index, x)
    by_matrix = positions is not None
    if positions is None:
        index = checked_index(index)
        positions = index_positions(index, len(x), names)
    data = take(x.data, positions, x.type)
    attributes: Attributes = {}
    if names is not None and not by_matrix:
        attributes["names"] = character(_picked_names(names, positions))
    dim = x.dim
    if dim is not None and len(dim) == 1 and not by_matrix and not (drop and len(data) == 1):
        attributes = _one_dimensional(x, attributes, len(data))
    if has_class(x, "factor") and x.type == "integer":
        attributes["levels"] = x.attribute("levels") or NULL
        attributes["class"] = x.attribute("class")
    return RVector(x.type, data, attributes)


def _vector_names(x: RVector) -> list[str | None] | None:
    """names(x); of an array with one axis its dimnames."""
    if not x.attributes:
        return None
    names = x.names
    if names is None and x.dim is not None and len(x.dim) == 1:
        return axis_names(x, 0)
    return names


def _picked_names(names: list[str | None], positions: np.ndarray) -> list[str | None]:
    n = len(names)
    if len(positions) and positions.min() >= 0 and positions.max() < n:
        return list(map(names.__getitem__, positions.tolist()))
    return [names[i] if 0 <= i < n else None for i in positions.tolist()]


def _one_dimensional(x: RVector, attributes: Attributes, length: int) -> Attributes:
    """A subset of an array with one axis is one too, and a table stays a table."""
    out: Attributes = {"dim": integer([length])}
    dimnames = x.attribute("dimnames")
    if dimnames is not None:
        kept = attributes.get("names", NULL)
        out["dimnames"] = rlist([kept], dimnames.names)
    if has_class(x, "table"):
        out["class"] = x.attribute("class")
    return out


def _array_subset(x: RVector, args: Sequence[Any], drop: bool) -> RVector:
    dim = x.dim
    if dim is None or len(dim) != len(args):
        raise UserError(
            "incorrect number of dimensions",
            code=Code.SUBSCRIPT,
            cause=f"the object has {len(dim) if dim else 'no'} dimensions, the subscript has {len(args)}",
        )
    axes = [None if a is MISSING else axis_positions(a, k, x) for k, a in enumerate(args)]
    missing_axes, known = [], list(axes)
    for k, positions in enumerate(axes):
        if positions is not None:
            missing = positions == NA_POSITION
            if missing.any():
                missing_axes.append((k, missing))
                known[k] = np.where(missing, 0, positions)
    grid = _taken(x.data.reshape(dim[::-1]), known[::-1])
    data = grid.flatten()
    shape = grid.shape[::-1]
    if missing_axes:
        cells = np.zeros(shape, dtype=bool)
        for k, missing in missing_axes:
            cells |= missing.reshape([-1 if j == k else 1 for j in range(len(dim))])
        data[cells.flatten(order="F")] = missing_value(x.type)
    attributes = _array_attributes(x, axes, shape)
    if has_class(x, "factor"):
        attributes.update({k: v for k, v in (x.attributes or {}).items() if k in ("levels", "class")})
    out = RVector(x.type, data, attributes)
    return drop_dimensions(out) if drop else out


def _taken(grid: np.ndarray, axes: Sequence[np.ndarray | None]) -> np.ndarray:
    """The positions of each axis, None for all of them, at the cost of what is taken, not of the whole array.

    Runs of neighbours are a view; the other axes follow, those that leave least first.
    """
    runs = [slice(None) if p is None else _run(p) for p in axes]
    grid = grid[tuple(slice(None) if run is None else run for run in runs)]
    scattered = [
        (k, p) for k, (p, run) in enumerate(zip(axes, runs, strict=True)) if run is None and p is not None
    ]
    for k, positions in sorted(scattered, key=lambda axis: len(axis[1]) / max(1, grid.shape[axis[0]])):
        if grid.flags.c_contiguous:
            grid = grid.take(positions, axis=k)
        else:
            grid = grid[(slice(None),) * k + (positions,)]
    return grid


def _run(positions: np.ndarray) -> slice | None:
    """Positions that follow each other, as a slice."""
    if not len(positions):
        return slice(0, 0)
    first, last = int(positions[0]), int(positions[-1])
    if last - first != len(positions) - 1 or (len(positions) > 2 and (np.diff(positions) != 1).any()):
        return None
    return slice(first, last + 1)


def _array_attributes(x: RVector, axes: Sequence[np.ndarray | None], shape: tuple[int, ...]) -> Attributes:
    out: Attributes = {"dim": integer(list(shape))}
    dimnames = x.attribute("dimnames")
    if dimnames is not None:
        kept = []
        for positions, names in zip(axes, dimnames.data, strict=True):
            if names is NULL or positions is None:
                kept.append(names)
            else:
                kept.append(RVector("character", take(names.data, positions, "character")))
        out["dimnames"] = rlist([NULL if p is not NULL and not len(p) else p for p in kept], dimnames.names)
    return out


def drop_dimensions(x: RVector) -> RVector:
    """R's `drop`: axes of extent 1 go; what has one axis left becomes a plain vector. x must be fresh."""
    dim = x.dim
    if dim is None:
        return x
    kept = [k for k, extent in enumerate(dim) if extent != 1]
    if len(kept) == len(dim):
        return x
    attributes = dict(x.attributes or {})
    del attributes["dim"]
    dimnames = attributes.pop("dimnames", None)
    if len(kept) > 1:
        attributes["dim"] = integer([dim[k] for k in kept])
        if dimnames is not None and any(dimnames.data[k] is not NULL for k in kept):
            axis_titles = dimnames.names
            titles = [axis_titles[k] for k in kept] if axis_titles else None
            attributes["dimnames"] = rlist([dimnames.data[k] for k in kept], titles)
    elif dimnames is not None:
        named = kept or [k for k in range(len(dim)) if dimnames.data[k] is not NULL]
        # with one element left it is only clear whose name it is if just one axis has names
        if len(named) == 1 and dimnames.data[named[0]] is not NULL:
            attributes = {"names": dimnames.data[named[0]], **attributes}
    return RVector(x.type, x.data, attributes)


# x[[...]] and x$name


def get_element(x: Any, args: Sequence[Any], exact: bool = True) -> Any:
    """`x[[args]]`. Several numbers or names in one index walk down a nested list.

    Raises:
        UserError: "subscript out of bounds", "attempt to select ... in get1index", ...
    """
    if not isinstance(x, RVector):
        return _element_other(x, args, exact)
    if len(args) == 1:
        index = args[0]
        if isinstance(index, RVector):
            fast = one_position(index, len(x))
            if fast is not None and x.__class__ is Range:
                return _range_subset(x, args)
            if fast is not None:
                return _element_at(x, fast)
        return _vector_element(x, index, exact)
    dim = x.dim
    if dim is None or len(dim) != len(args):
        raise UserError("incorrect number of subscripts", code=Code.SUBSCRIPT)
    return _element_at(x, array_position(x, args, exact))


def _element_at(x: RVector, i: int) -> Any:
    if x.type in ("list", "expression"):
        item = x.data[i]
        if item.__class__ is RVector:
            item.named = 2
        return item
    if x.attributes and has_class(x, "factor"):
        kept = {k: v for k, v in x.attributes.items() if k in ("levels", "class")}
        return RVector(x.type, x.data[i : i + 1].copy(), kept)
    return cell(x.type, x.data, i)


def array_position(x: RVector, args: Sequence[Any], exact: bool = True) -> int:
    """The 0-based position of one element of an array, given by one index for each axis."""
    dim = x.dim or ()
    at, stride = 0, 1
    for k, index in enumerate(args):
        if index is MISSING:
            raise UserError("invalid subscript type 'symbol'", code=Code.SUBSCRIPT)
        i = element_position(checked_index(index), len(x), axis_names(x, k), exact)
        if not 0 <= i < dim[k]:
            raise out_of_bounds(f"axis {k + 1} has {dim[k]} elements")
        at += i * stride
        stride *= dim[k]
    return at


def _wrong_count(count: int, where: str) -> str:
    return f"attempt to select {'more' if count else 'less'} than one element in {where}"


def element_position(
    index: RVector, n: int, names: Sequence[str | None] | None, exact: bool = True, writing: bool = False
) -> int:
    """The 0-based position that `[[` means; n or more if there is none, -1 for NA and unknown names.

    Args:
        writing: whether it is for `[[<-`, whose messages are others and which has no place for NA
    """
    where = "OneIndex" if writing else "get1index"
    if len(index) != 1:
        raise subscript_error(_wrong_count(len(index), where))
    if index.type == "character":
        return _name_position(index.data[0], names or (), exact)
    number = float(convert_data(index.data, index.type, "double")[0])
    if index.type == "double":
        where += " <real>"
        if writing and not math.isfinite(number):
            raise subscript_error("[[ ]] subscript out of bounds")
    else:
        where = "integerOneIndex"
        number = -math.inf if writing and number != number else number
    if number != number or number == math.inf:
        return NA_POSITION
    if number >= 1:
        return int(number) - 1
    reading_real = where == "get1index <real>"
    if number > -1 or (n < 2 and not reading_real):
        raise subscript_error(_wrong_count(0, where))
    if n == 2 and number >= -2:
        return 2 + int(number)
    if reading_real:
        raise subscript_error(f"invalid negative subscript in {where}")
    raise subscript_error(_wrong_count(2, where))


def _name_position(name: str | None, names: Sequence[str | None], exact: bool) -> int:
    if name is None:
        return NA_POSITION
    for i, known in enumerate(names):
        if known == name and name:
            return i
    if not exact:
        fits = [i for i, known in enumerate(names) if known and known.startswith(name)]
        if len(fits) == 1:
            return fits[0]
    return NA_POSITION


def _vector_element(x: RVector, index: Any, exact: bool) -> Any:
    if index is MISSING:
        raise out_of_bounds()
    if index is NULL:
        raise subscript_error(_wrong_count(0, "get1index"))
    if isinstance(index, Name):
        index = character(index.name)
    if isinstance(index, RVector) and len(index) > 1 and x.type not in ("list", "expression"):
        raise subscript_error(_wrong_count(len(index), "vectorIndex"))
    if not isinstance(index, RVector) or index.type not in ("double", "integer", "logical", "character"):
        raise subscript_error(f"invalid subscript type '{type_of(index)}'")
    if len(index) > 1:
        return _walk_down(x, index, exact)
    i = element_position(index, len(x), _vector_names(x), exact)
    if 0 <= i < len(x):
        return _element_at(x, i)
    # a list has NULL under a name it does not have
    if x.type == "list" and i == NA_POSITION:
        return NULL
    raise out_of_bounds(_no_such_name(index, x))


def _no_such_name(index: RVector, x: RVector) -> str:
    if index.type == "character":
        return f"it has no element named '{index.data[0]}'"
    return f"it has {len(x)} element{'s' if len(x) != 1 else ''}"


def _walk_down(x: RVector, index: RVector, exact: bool) -> Any:
    value: Any = x
    for k in range(len(index)):
        step = RVector(index.type, index.data[k : k + 1].copy())
        if k == len(index) - 1:
            return get_element(value, [step], exact)
        if not isinstance(value, RVector) or value.type not in ("list", "expression"):
            if not k:
                raise subscript_error(_wrong_count(len(index), "vectorIndex"))
            raise subscript_error(f"recursive indexing failed at level {k + 1}\n")
        i = element_position(step, len(value), _vector_names(value), exact)
        if not 0 <= i < len(value):
            raise subscript_error(f"no such index at level {k + 1}\n")
        value = value.data[i]
    return value


def _element_other(x: Any, args: Sequence[Any], exact: bool) -> Any:
    if x is NULL:
        return NULL
    if isinstance(x, Environment):
        return environment_value(x, _environment_name(args))
    foreign = foreign_type(x)
    if foreign is not None:
        return foreign.subset(x, [(None, a) for a in args], double=True)
    if isinstance(x, LANGUAGE) and type_of(x) == "language":
        return get_element(language.to_list(x), args, exact)
    raise UserError(f"object of type '{type_of(x)}' is not subsettable", code=Code.TYPE)


def _environment_name(args: Sequence[Any]) -> str:
    index = args[0] if len(args) == 1 else NULL
    if not isinstance(index, RVector) or index.type != "character" or len(index) != 1:
        raise subscript_error("wrong arguments for subsetting an environment")
    return index.data[0]


def environment_value(env: Environment, name: str) -> Any:
    """The value of a variable of just this environment, NULL if it has none."""
    value = env.values.get(name)
    if value is None:
        return NULL
    from ..lookup import resolve  # forcing a promise runs the evaluator, which needs this module

    return resolve(value, name)


def get_dollar(x: Any, name: str) -> Any:
    """`x$name`: lists by exact or unique partial name, environments, foreign objects."""
    if isinstance(x, RVector):
        if x.type != "list" and x.type != "expression":
            raise UserError(
                "$ operator is invalid for atomic vectors",
                code=Code.TYPE,
                cause=f"the left side is a {x.type} vector, not a list",
                cure=f'use ["{name}"] for named vectors',
            )
        names = x.names
        i = _name_position(name, names, exact=False) if names else NA_POSITION
        return NULL if i == NA_POSITION else _element_at(x, i)
    if x is NULL:
        return NULL
    if isinstance(x, Environment):
        return environment_value(x, name)
    foreign = foreign_type(x)
    if foreign is not None:
        return foreign.get(x, name)
    if isinstance(x, LANGUAGE) and type_of(x) == "language":
        return get_dollar(language.to_list(x), name)
    raise UserError(f"object of type '{type_of(x)}' is not subsettable", code=Code.TYPE)
