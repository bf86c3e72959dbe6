"""purrr's list tools: pluck, flatten, transpose, list_*, set_names, array_tree."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..evaluator.assign import set_element
from ..evaluator.calls import apply
from ..generics import as_text, invoke, pick
from ..lookup import is_function
from ..registry import Context
from ..values import MISSING, NULL, Dots, RVector, Scalar, character, integer, rlist
from ..vectors.coerce import convert_data, elements, is_atomic, one_int, one_string
from ..vectors.combine import combine, unlist
from .aborting import abort
from .binding import bound_columns, bound_rows
from .lambdas import as_mapper, call_mapper, plucked
from .library import Library
from .purrr import TYPES, items, names_of
from .vectors import combined, compatible

library = Library("purrr")


@library.function("as_mapper(.f, ...)")
def as_mapper_(ctx, f, dots):
    return as_mapper(f, ctx)


def _path(dots: Dots) -> list[Any]:
    """The steps of a path: each argument a name, a position, a function, or several in a list."""
    out: list[Any] = []
    for _, step in dots:
        out += elements(step) if isinstance(step, RVector) else [step]
    return out


@library.function("pluck(.x, ..., .default = NULL)")
def pluck(x, dots, default):
    return plucked(x, _path(dots), default)


@library.function("chuck(.x, ...)")
def chuck(x, dots):
    for step in _path(dots):
        found = plucked(x, [step], None)
        if found is None:
            shown = f"name `{step.data[0]}`" if step.type == "character" else f"position {step.data[0]:g}"
            raise abort(f"Can't find {shown} in vector.", "chuck")
        x = found
    return x


@library.function("pluck_exists(.x, ...)")
def pluck_exists(x, dots):
    from ..values import logical

    return logical(plucked(x, _path(dots), None) is not None)


def _put(x: Any, path: list[Any], value: Any) -> Any:
    if not path:
        return value
    inner = _put(plucked(x, path[:1], NULL), path[1:], value)
    return set_element(x.copy() if isinstance(x, RVector) else x, [path[0]], inner)


@library.function("assign_in(x, where, value)")
def assign_in(x, where, value):
    return _put(x, elements(where), value)


@library.function("modify_in(.x, .where, .f, ...)")
def modify_in(ctx, x, where, f, dots):
    path = elements(where)
    return _put(x, path, call_mapper(as_mapper(f, ctx), [(None, plucked(x, path, NULL)), *dots], ctx))


@library.function("`pluck<-`(.x, ..., value)")
def set_pluck(x, dots, value):
    return _put(x, _path(dots), value)


# --- flatten, simplify -------------------------------------------------------------------------------------


@library.function("flatten(x)")
def flatten(x):
    pairs: Dots = []
    for name, item in zip(names_of(x) or [None] * len(x), items(x), strict=True):
        inner = items(item)
        own = names_of(item) or [None] * len(inner)
        # a single unnamed element takes the name of its list
        pairs += [
            ((n or (name if len(inner) == 1 else None)) or None, v) for n, v in zip(own, inner, strict=True)
        ]
    return rlist([v for _, v in pairs], [n for n, _ in pairs] if any(n for n, _ in pairs) else None)


def _declare_flatten(suffix: str, kind: str) -> None:
    @library.function(f"flatten_{suffix}(x)")
    def flatten_typed(x):
        flat = combine([(None, v) for v in items(x)])
        if flat is NULL:
            return RVector(kind, convert_data(np.empty(0, dtype=np.int8), "logical", kind))
        flat = unlist(flat)
        return RVector(kind, convert_data(flat.data, flat.type, kind), flat.attributes)


for _suffix, _kind in TYPES.items():
    _declare_flatten(_suffix, _kind)


@library.function("flatten_df(x, .id = NULL)", "flatten_dfr")
def flatten_df(x, identifier):
    return bound_rows(x, None if identifier is NULL else one_string(identifier, ".id"))


@library.function("list_flatten(x, ..., name_spec = '{outer}_{inner}', name_repair = 'minimal')")
def list_flatten(x, dots, name_spec, name_repair):
    spec = one_string(name_spec, "name_spec")
    out, names = [], []
    for outer, item in zip(names_of(x) or [""] * len(x), items(x), strict=True):
        if not (isinstance(item, RVector) and item.type == "list"):
            out.append(item)
            names.append(outer or "")
            continue
        for inner, value in zip(item.names or [""] * len(item), item.data, strict=True):
            out.append(value)
            both = bool(outer) and bool(inner)
            label = spec.replace("{outer}", outer or "").replace("{inner}", inner or "")
            names.append(label if both else (outer or inner or ""))
    return rlist(out, names if any(names) else None)


@library.function("list_c(x, ..., ptype = NULL)")
def list_c(x, dots, ptype):
    values = items(x)
    if not compatible(values):
        from .vectors import cannot_combine

        raise cannot_combine(values, None)
    if any(isinstance(v, RVector) and v.names for v in values):
        return combine([(None, v) for v in values])
    return combined(values)


@library.function("list_rbind(x, ..., names_to = NULL, ptype = NULL)")
def list_rbind(x, dots, names_to, ptype):
    return bound_rows(x, None if names_to is NULL else one_string(names_to, "names_to"))


@library.function("list_cbind(x, ..., name_repair = 'unique', size = NULL)")
def list_cbind(x, dots, name_repair, size):
    return bound_columns(x)


@library.function("list_simplify(x, ..., strict = TRUE, ptype = NULL)")
def list_simplify(x, dots, strict, ptype):
    out = combined(items(x))
    names = names_of(x)
    return out if names is None else out.with_attribute("names", character(names))


@library.function("simplify_all(.x, .type = NULL)")
def simplify_all(x, type_):
    return rlist([simplify(item, type_) for item in items(x)], names_of(x))


@library.function("simplify(.x, .type = NULL)", "as_vector")
def simplify(x, type_):
    values = items(x)
    if not all(is_atomic(v) for v in values) or not compatible(values):
        return x
    return unlist(x)


@library.function("transpose(.l, .names = NULL)")
def transpose(rows, names):
    outer = items(rows)
    if not outer:
        return rlist([])
    keys = list(as_text(names).data) if names is not NULL else names_of(outer[0])
    size = len(items(outer[0])) if keys is None else len(keys)
    columns = []
    for j in range(size):
        step = Scalar("character", keys[j]) if keys is not None else Scalar("integer", j + 1)
        columns.append(rlist([plucked(row, [step], NULL) for row in outer], names_of(rows)))
    return rlist(columns, keys)


@library.function("list_transpose(x, ..., template = NULL, simplify = NA, ptype = NULL, default = NULL)")
def list_transpose(x, dots, template, simplify, ptype, default):
    out = transpose(x, template if isinstance(template, RVector) and template.type == "character" else NULL)
    if simplify.data[0] == 0:
        return out
    columns = []
    for column in out.data:
        values = list(column.data)
        single = all(isinstance(v, RVector) and is_atomic(v) and len(v) == 1 for v in values)
        joined = combined(values) if single and compatible(values) else column
        columns.append(
            joined.with_attribute("names", column.attribute("names"))
            if column.names and joined is not column
            else joined
        )
    return rlist(columns, out.names)


# --- names -------------------------------------------------------------------------------------------------


@library.function("set_names(x, nm = x, ...)")
def set_names(ctx, x, nm=MISSING, dots=()):
    if nm is NULL:
        return x.with_attribute("names", None)
    if nm is MISSING:
        nm = as_text(x)
    elif is_function(nm) or not isinstance(nm, RVector):
        current = names_of(x)
        old = as_text(x) if current is None else character(current)
        nm = apply(as_mapper(nm, ctx), [(None, old), *dots], None, ctx.env)
    elif dots:
        nm = combine([(None, nm), *dots])
    nm = as_text(nm)
    if len(nm) not in (1, len(x)):
        raise abort(
            f"The size of `nm` ({len(nm)}) must be compatible with the size of `x` ({len(x)}).", "set_names"
        )
    names = list(nm.data) * (len(x) if len(nm) == 1 else 1)
    return x.with_attributes({**(x.attributes or {}), "names": character(names)})


# --- lists changed -----------------------------------------------------------------------------------------


def _merged(x: RVector, dots: Dots, deep: bool) -> RVector:
    names = list(x.names or [""] * len(x))
    values = list(x.data)
    for i, (name, value) in enumerate(dots):
        at = names.index(name) if name and name in names else (i if not name and i < len(values) else -1)
        if has_zap(value):
            if at >= 0:
                del names[at], values[at]
        elif at >= 0:
            old = values[at]
            nested = deep and all(isinstance(v, RVector) and v.type == "list" for v in (old, value))
            values[at] = (
                _merged(old, list(zip(value.names or [], value.data, strict=False)), True)
                if nested
                else value
            )
        else:
            names.append(name or "")
            values.append(value)
    return rlist(values, names if any(names) else None)


def has_zap(value: Any) -> bool:
    from ..vectors.coerce import has_class

    return has_class(value, "rlang_zap")


@library.function("zap()")
def zap():
    return rlist([], None, {"class": character("rlang_zap")})


@library.function("list_modify(.x, ..., .is_node = NULL)")
def list_modify(x, dots, is_node):
    return _merged(x, dots, True)


@library.function("list_assign(.x, ..., .is_node = NULL)", "update_list")
def list_assign(x, dots, is_node):
    return _merged(x, dots, False)


@library.function("list_merge(.x, ..., .is_node = NULL)")
def list_merge(x, dots, is_node):
    out = dict(zip(x.names or [], x.data, strict=True))
    for name, value in dots:
        out[name] = combine([(None, out[name]), (None, value)]) if name in out else value
    return rlist(out.values(), out.keys())


@library.function("prepend(x, values, before = NULL)")
def prepend(x, values, before):
    after = 0 if before is NULL else one_int(before, "before") - 1
    return invoke("append", x, values, after=Scalar("integer", after))


# --- arrays and depth --------------------------------------------------------------------------------------


def _slices(x: Any, axis: int) -> list[Any]:
    dim = x.dim
    out = []
    for i in range(dim[axis]):
        index: list[Any] = [MISSING] * len(dim)
        index[axis] = Scalar("integer", i + 1)
        out.append(pick(x, *index))
    return out


def _labels(x: RVector, axis: int) -> Any:
    dimnames = x.attribute("dimnames")
    return None if dimnames is None or dimnames.data[axis] is NULL else list(dimnames.data[axis].data)


def _tree(x: RVector, axes: list[int]) -> Any:
    if not axes or x.dim is None:
        return x
    first, *rest = axes
    rest = [a - 1 if a > first else a for a in rest]
    pieces = []
    for piece in _slices(x, first):
        if rest and piece.dim is None:
            names = piece.names
            pieces.append(rlist(elements(piece.with_attribute("names", None)), names))
        else:
            pieces.append(_tree(piece, rest))
    return rlist(pieces, _labels(x, first))


@library.function("array_tree(array, margin = NULL)")
def array_tree(array, margin):
    dim = array.dim
    if dim is None or len(dim) == 1:
        return rlist(elements(array), array.names)
    axes = list(range(len(dim))) if margin is NULL else [int(m) - 1 for m in margin.data]
    return _tree(array, axes)


@library.function("array_branch(array, margin = NULL)")
def array_branch(array, margin):
    dim = array.dim
    if dim is None or margin is NULL:
        return rlist(elements(array))
    return rlist(_slices(array, int(margin.data[0]) - 1), _labels(array, int(margin.data[0]) - 1))


def _mapped_at_depth(ctx: Context, x: Any, depth: int, f: Any, dots: Dots) -> Any:
    if depth == 0:
        return call_mapper(f, [(None, x), *dots], ctx)
    return rlist([_mapped_at_depth(ctx, item, depth - 1, f, dots) for item in items(x)], names_of(x))


@library.function("map_depth(.x, .depth, .f, ..., .ragged = FALSE, .is_node = NULL)")
def map_depth(ctx, x, depth, f, dots, ragged, is_node):
    return _mapped_at_depth(ctx, x, one_int(depth, ".depth"), as_mapper(f, ctx), dots)


def _depth(x: Any) -> int:
    if isinstance(x, RVector) and x.type == "list":
        return 1 + max((_depth(item) for item in x.data), default=0)
    return 0 if x is NULL else 1


@library.function("pluck_depth(x, is_node = NULL)", "vec_depth")
def pluck_depth(x, is_node=NULL):
    return integer(_depth(x))


@library.function("is_empty(x)")
def is_empty(x):
    from ..builtins.vectors import length_of
    from ..values import logical

    return logical(length_of(x) == 0)
