"""Writing parts of values: `x[...] <- v`, `x[[...]] <- v` and `x$name <- v`.

A vector that at most one variable can see is written in place; any other is copied first. The caller binds
what these functions return.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Name
from .. import conditions, language
from ..environment import Environment
from ..foreign import foreign_type
from ..values import DTYPES, LANGUAGE, MISSING, NULL, Attributes, RVector, Scalar, character, object_array
from ..vectors.coerce import LADDER, convert_data, guard_growth, missing_value, type_of
from ..vectors.picks import placed
from ..vectors.subset import (
    NA_POSITION,
    array_position,
    axis_positions,
    checked_index,
    element_position,
    get_element,
    index_positions,
    matrix_positions,
    name_table,
    subscript_error,
)

_LISTS = ("list", "expression")


def writable(x: RVector, type: str) -> RVector:
    """x as a vector of the type that may be written to: x itself if nobody else can see it."""
    if x.type != type:
        data = convert_data(x.data, x.type, type)
        attributes = x.attributes or {}
        if type in _LISTS and x.type not in _LISTS:
            # what becomes a list keeps nothing but its names, not even its dim
            names = x.attribute("names")
            if names is None and len(x.dim or ()) == 1 and any(_dim_names(x)):
                names = attributes["dimnames"].data[0]
            attributes = {} if names is None else {"names": names}
        return RVector(type, data, dict(attributes))
    if x.__class__ is Scalar or x.named > 1 or not x.data.flags.writeable:
        return x.copy()
    return x


def _empty_like(value: Any) -> RVector:
    """What NULL becomes when something is put into it."""
    kind = value.type if isinstance(value, RVector) else "list"
    return RVector(kind, np.empty(0, dtype=DTYPES[kind]))


def _as_items(value: Any, into: RVector) -> RVector:
    """The replacement as a vector; a function or other object counts as one list element."""
    if isinstance(value, RVector):
        return value
    if into.type in _LISTS or not len(into):
        return RVector("list", object_array([value]))
    raise UserError(
        f"incompatible types (from {type_of(value)} to {into.type}) in subassignment type fix",
        code=Code.TYPE,
    )


def _shared(value: Any) -> Any:
    """The value, marked as reachable by another path."""
    if value.__class__ is RVector:
        value.named = 2
    return value


# x[...] <- value


def set_subset(x: Any, args: Sequence[Any], value: Any) -> Any:
    """`x[args] <- value`, and the new x.

    Raises:
        UserError: "replacement has length zero", "subscript out of bounds", ...
    """
    if x is NULL:
        if value is NULL or (isinstance(value, RVector) and not len(value)):
            return NULL
        x = _empty_like(value)
    if not isinstance(x, RVector):
        return _set_other(x, args, value, double=False)
    if value is NULL and x.type in _LISTS and len(args) == 1:
        return _delete(x, args[0])
    items = RVector("logical", np.empty(0, dtype=np.int8)) if value is NULL else _as_items(value, x)
    if x.__class__ is RVector and x.named <= 1 and x.data.flags.writeable and placed(x, args, items):
        return x
    if len(args) > 1:
        return _set_array(x, args, items, _DOES_NOT_FIT if value is NULL else _NOTHING)
    return _set_vector(x, args[0] if args else MISSING, items)


def _richer(x: RVector, items: RVector) -> str:
    """The type that holds both; bytes go only with bytes and into lists."""
    if x.type != items.type and "raw" in (x.type, items.type) and not {x.type, items.type} & set(_LISTS):
        raise UserError(
            f"incompatible types (from {items.type} to {x.type}) in subassignment type fix", code=Code.TYPE
        )
    return x.type if LADDER[x.type] >= LADDER[items.type] else items.type


def _set_vector(x: RVector, index: Any, items: RVector) -> RVector:
    positions, new_names = _target_positions(x, index)
    count = len(positions)
    type = _richer(x, items)
    if not count:
        # nothing is written, but the type climbs all the same
        return x if x.type == type else writable(x, type)
    if not len(items):
        raise UserError(_NOTHING, code=Code.VALUE)
    if positions.min() < 0:
        if len(items) > 1:
            raise subscript_error("NAs are not allowed in subscripted assignments")
        positions = positions[positions >= 0]
        count = len(positions)
    if count % len(items):
        conditions.warn(_DOES_NOT_FIT)
    out = writable(x, type)
    top = int(positions.max()) + 1 if count else 0
    if top > len(out):
        out = grown(out, top, new_names)
    data = convert_data(items.data, items.type, out.type)
    out.data[positions] = _fit(data, count, items)
    by_name = isinstance(index, RVector) and index.type == "character"
    return _named_by_dim(out) if by_name and len(out.dim or ()) == 1 else out


def _named_by_dim(x: RVector) -> RVector:
    """An array of one dimension, such as a table, after `x["name"] <- v`: R leaves it names instead."""
    kept = {k: v for k, v in (x.attributes or {}).items() if k not in ("dim", "dimnames")}
    return x.with_attributes({"names": character(_dim_names(x)), **kept})


def _fit(data: np.ndarray, count: int, items: RVector) -> np.ndarray:
    """The replacement in the length needed; elements of a list become shared."""
    if items.type in _LISTS:
        for item in data:
            _shared(item)
    if len(data) == count or len(data) == 1:
        return data
    return data[:count] if len(data) > count else np.resize(data, count)


def _target_positions(x: RVector, index: Any) -> tuple[np.ndarray, dict[int, str]]:
    """0-based positions to write, and the names of those that are new."""
    n = len(x)
    if index is MISSING:
        return np.arange(n), {}
    by_matrix = matrix_positions(index, x)
    if by_matrix is not None:
        return by_matrix, {}
    index = checked_index(index)
    if index.type == "character":
        return _name_targets(x, index)
    return index_positions(index, n, None), {}


def _name_targets(x: RVector, index: RVector) -> tuple[np.ndarray, dict[int, str]]:
    known = name_table(x.names or _dim_names(x))
    new: dict[int, str] = {}
    positions = []
    top = len(x)
    for name in index.data:
        at = known.get(name) if name else None
        if at is None:
            at = top
            top += 1
            known[name] = at
            new[at] = name
        positions.append(at)
    return np.array(positions, dtype=np.int64), new


def _dim_names(x: RVector) -> list[str | None]:
    dimnames = x.attribute("dimnames")
    if dimnames is None or len(dimnames) != 1 or dimnames.data[0] is NULL:
        return []
    return list(dimnames.data[0].data)


_buffers: weakref.WeakValueDictionary[int, np.ndarray] = weakref.WeakValueDictionary()
"""Arrays with room at their end, made by `_longer`; vectors that grow are views of their beginning."""


def _longer(x: RVector, length: int) -> np.ndarray:
    """x's data in a longer array. There is room left behind it, so that `x[[length(x) + 1]] <- v` in a loop
    does not copy x each time."""
    old = x.data
    n = len(old)
    base = old.base
    if (
        isinstance(base, np.ndarray)
        and x.named <= 1
        and _buffers.get(id(base)) is base
        and len(base) >= length
    ):
        return base[:length]
    buffer = np.empty(length if n < 8 else length + length // 4, dtype=old.dtype)
    buffer[:n] = old
    if len(buffer) == length:
        return buffer
    _buffers[id(buffer)] = buffer
    return buffer[:length]


def grown(x: RVector, length: int, new_names: dict[int, str] | None = None) -> RVector:
    """A longer copy, filled with NA (NULL in a list); dim goes, names are kept and padded with ""."""
    n = len(x)
    guard_growth(length, n, x.type, added=length)
    data = _longer(x, length)
    data[n:] = missing_value(x.type)
    attributes: Attributes = {k: v for k, v in (x.attributes or {}).items() if k not in ("dim", "dimnames")}
    if "names" in attributes or new_names:
        names = [*(x.names or [""] * n), *([""] * (length - n))]
        for at, name in (new_names or {}).items():
            names[at] = name
        attributes = {"names": character(names), **{k: v for k, v in attributes.items() if k != "names"}}
    return RVector(x.type, data, attributes)


def _delete(x: RVector, index: Any) -> RVector:
    """`x[index] <- NULL` of a list."""
    positions, _ = _target_positions(x, index)
    top = int(positions.max()) + 1 if len(positions) else 0
    if top > len(x) + 1:
        x = grown(x, top - 1)
    return without(x, positions[(positions >= 0) & (positions < len(x))])


def without(x: RVector, positions: np.ndarray) -> RVector:
    """The list without the elements at the positions."""
    if not len(positions):
        return x
    kept = np.ones(len(x), dtype=bool)
    kept[positions] = False
    attributes = {k: v for k, v in (x.attributes or {}).items() if k not in ("dim", "dimnames")}
    names = attributes.get("names")
    if names is not None:
        attributes["names"] = RVector("character", names.data[kept])
    return RVector(x.type, x.data[kept], attributes)


_NOTHING = "replacement has length zero"
_DOES_NOT_FIT = "number of items to replace is not a multiple of replacement length"


def _set_array(x: RVector, args: Sequence[Any], items: RVector, refusal: str = _NOTHING) -> RVector:
    """`x[i, j] <- items`; `refusal` is what R says where there are none: NULL is told from what is empty."""
    dim = x.dim
    if dim is None or len(dim) != len(args):
        what = "matrix" if len(args) == 2 else "array"
        shown = "incorrect number of subscripts" + (" on matrix" if what == "matrix" else "")
        if dim is None and what == "array":
            shown = "incorrect number of dimensions"
        raise UserError(
            shown,
            code=Code.SUBSCRIPT,
            cause=f"the object has {len(dim) if dim else 'no'} dimensions, the subscript has {len(args)}",
        )
    axes = [np.arange(dim[k]) if a is MISSING else axis_positions(a, k, x) for k, a in enumerate(args)]
    shape = tuple(len(a) for a in axes)
    count = int(np.prod(shape))
    type = _richer(x, items)
    if not count:
        return x if x.type == type else writable(x, type)
    if not len(items):
        raise UserError(refusal, code=Code.VALUE)
    if any((a == NA_POSITION).any() for a in axes) and len(items) > 1:
        raise subscript_error("NAs are not allowed in subscripted assignments")
    if count % len(items):
        raise UserError(
            _DOES_NOT_FIT,
            code=Code.VALUE,
            cause=f"{count} places are to be filled with {len(items)} values",
        )
    axes = [a[a != NA_POSITION] for a in axes]
    out = writable(x, type)
    data = _fit(convert_data(items.data, items.type, out.type), count, items)
    grid = out.data.reshape(dim, order="F")
    if len(data) == 1 and count != 1:
        grid[np.ix_(*axes)] = data[0]
    else:
        grid[np.ix_(*axes)] = data.reshape(shape, order="F")
    return out


def _set_other(x: Any, args: Sequence[Any], value: Any, double: bool) -> Any:
    if isinstance(x, LANGUAGE) and type_of(x) == "language":
        change = set_element if double else set_subset
        return language.from_list(change(language.to_list(x), args, value))
    raise UserError(f"object of type '{type_of(x)}' is not subsettable", code=Code.TYPE)


# x[[...]] <- value


def set_element(x: Any, args: Sequence[Any], value: Any) -> Any:
    """`x[[args]] <- value`, and the new x. NULL removes an element of a list."""
    if x is NULL:
        if value is NULL:
            return NULL
        # R 4.2: NULL becomes a list here, however short the value
        x = RVector("list", np.empty(0, dtype=object))
    if isinstance(x, Environment):
        return _set_in_environment(x, args, value)
    if not isinstance(x, RVector):
        return _set_foreign_element(x, args, value)
    if len(args) > 1:
        return _set_array_element(x, args, value)
    index = args[0]
    if index is MISSING:
        raise UserError("[[ ]] with missing subscript", code=Code.SUBSCRIPT)
    index = checked_index(character(index.name) if isinstance(index, Name) else index)
    if len(index) > 1:
        return _set_deep(x, index, value)
    if x.type in _LISTS:
        return _set_list_element(x, index, value)
    return _set_atomic_element(x, index, value)


def _set_foreign_element(x: Any, args: Sequence[Any], value: Any) -> Any:
    foreign = foreign_type(x)
    if (
        foreign is not None
        and len(args) == 1
        and isinstance(args[0], RVector)
        and args[0].type == "character"
    ):
        return foreign.set(x, args[0].data[0], value)
    return _set_other(x, args, value, double=True)


def _set_in_environment(env: Environment, args: Sequence[Any], value: Any) -> Environment:
    index = args[0] if len(args) == 1 else NULL
    if not isinstance(index, RVector) or index.type != "character" or len(index) != 1:
        raise subscript_error("wrong args for environment subassignment")
    from ..lookup import assign  # locked bindings are the evaluator's business

    assign(index.data[0], value, env)
    return env


def _one_target(x: RVector, index: RVector) -> tuple[int, dict[int, str]]:
    """The position that `[[<-` writes; a new name or a number past the end makes the vector grow."""
    i = element_position(index, len(x), x.names or _dim_names(x), writing=True)
    return (len(x), {len(x): index.data[0]}) if i == NA_POSITION else (i, {})


def _set_list_element(x: RVector, index: RVector, value: Any) -> RVector:
    i, new_names = _one_target(x, index)
    if value is NULL:
        if i >= len(x):
            return grown(x, i) if i > len(x) else x
        return without(x, np.array([i]))
    out = writable(x, x.type)
    if i >= len(out):
        out = grown(out, i + 1, new_names)
    out.data[i] = _shared(value)
    return out


def _set_atomic_element(x: RVector, index: RVector, value: Any) -> RVector:
    if value is NULL or (isinstance(value, RVector) and not len(value)):
        raise UserError("replacement has length zero", code=Code.VALUE)
    if isinstance(value, RVector) and len(value) > 1:
        raise UserError(
            "more elements supplied than there are to replace",
            code=Code.VALUE,
            cause=f"one element is to be replaced by {len(value)} values",
            cure="use x[i] <- for several elements, or a list",
        )
    i, new_names = _one_target(x, index)
    if not isinstance(value, RVector) or value.type in _LISTS:
        out = writable(x, "list")
        if i >= len(out):
            out = grown(out, i + 1, new_names)
        out.data[i] = _shared(value)
        return out
    out = writable(x, _richer(x, value))
    if i >= len(out):
        out = grown(out, i + 1, new_names)
    out.data[i] = convert_data(value.data, value.type, out.type)[0]
    return out


def _set_array_element(x: RVector, args: Sequence[Any], value: Any) -> RVector:
    dim = x.dim
    if dim is None or len(dim) != len(args):
        raise UserError("[[ ]] improper number of subscripts", code=Code.SUBSCRIPT)
    i = array_position(x, args)
    position = RVector("double", np.array([i + 1.0]))
    return set_element(x, [position], value)


def _set_deep(x: RVector, index: RVector, value: Any) -> Any:
    """`x[[c("a", "b")]] <- v` walks down nested lists."""
    first = RVector(index.type, index.data[:1].copy())
    rest = RVector(index.type, index.data[1:].copy())
    if len(rest) == 1 and not first.is_na()[0]:
        element_position(first, len(x), x.names, writing=True)
    if x.type not in _LISTS:
        raise subscript_error("attempt to select more than one element in vectorIndex")
    if not 0 <= element_position(first, len(x), x.names) < len(x):
        raise subscript_error("no such index at level 1\n")
    inner = get_element(x, [first])
    return set_element(x, [first], set_element(inner, [rest], value))


# x$name <- value


def set_dollar(x: Any, name: str, value: Any) -> Any:
    """`x$name <- value`, and the new x."""
    if isinstance(x, Environment):
        return _set_in_environment(x, [Scalar("character", name)], value)
    if x is NULL:
        if value is NULL:
            return NULL
        x = RVector("list", np.empty(0, dtype=object))
    if isinstance(x, RVector):
        if x.type not in _LISTS:
            if len(x):
                conditions.warn("Coercing LHS to a list")
            x = writable(x, "list")
        return _set_list_element(x, character(name), value)
    foreign = foreign_type(x)
    if foreign is not None:
        return foreign.set(x, name, value)
    if isinstance(x, LANGUAGE) and type_of(x) == "language":
        return language.from_list(set_dollar(language.to_list(x), name, value))
    raise UserError("invalid type/length ($<-) in vector allocation", code=Code.TYPE)
