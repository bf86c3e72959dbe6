"""Functions of functions: lapply, sapply, vapply, mapply, Map, Filter, Reduce, apply and relatives."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...signature import Param, Signature
from ...syntax.tree import Arg, Call, Function, Name
from .. import conditions
from ..choices import one_choice
from ..dispatch import dispatch_or_none
from ..environment import Environment
from ..evaluator.calls import call_function, match_function
from ..evaluator.compile import evaluate
from ..evaluator.repeated import repeated
from ..foreign import foreign_type
from ..generics import invoke
from ..language import to_list
from ..native.boxes import box, unbox
from ..registry import Context, builtin, special
from ..session import session
from ..values import (
    MISSING,
    NULL,
    Dots,
    RVector,
    character,
    double,
    integer,
    logical,
    object_array,
    rlist,
)
from ..vectors.coerce import convert_data, elements, guard_size, one_flag, one_number
from ..vectors.combine import unlist
from ..vectors.equality import identical
from ..vectors.nesting import guard_nesting
from .matrices import as_matrix, grid, margin_axes
from .names import names_of
from .vectors import length_of


def items_of(x: Any) -> list[Any]:
    """The elements lapply walks over; objects decide by their as.list method."""
    if isinstance(x, RVector):
        attributes = x.attributes
        if attributes and "class" in attributes:
            return elements(_as_list(x))
        return elements(x)
    if isinstance(x, (Call, Function)):
        return list(to_list(x).data)
    if isinstance(x, Environment) or foreign_type(x) is not None:
        return list(invoke("as.list", x).data)
    return elements(x)


def _as_list(x: RVector) -> Any:
    """An object as lapply sees it: by its as.list method; a list without one as it is."""
    if x.type != "list":
        return invoke("as.list", x)
    found = dispatch_or_none("as.list", x, [(None, x)], None, session.global_env)
    return x if found is None else found


def names_of_items(x: Any) -> list[str | None] | None:
    if isinstance(x, RVector):
        if x.type == "list" and x.attributes and "class" in x.attributes:
            x = _as_list(x)
        return x.names
    if isinstance(x, Environment):
        return list(invoke("as.list", x).names or [])
    return None


def _settled(value: Any) -> Any:
    if value.__class__ is RVector:
        value.named = 2
    return value


def map_items(ctx: Context, x: Any, fun: Any, dots: Dots) -> list[Any]:
    """FUN of each element."""
    return [_settled(box(value)) for value in mapped(ctx, x, fun, dots)]


def mapped(ctx: Context, x: Any, fun: Any, dots: Dots) -> list[Any]:
    """FUN of each element; single numbers and strings may be unboxed."""
    function = repeated(match_function(fun, ctx), [None, *(n for n, _ in dots)], ctx)
    more = [v for _, v in dots]
    return [function(item, *more) for item in items_of(x)]


_UNBOXED = {float: double, int: integer, bool: logical, str: character}


def unboxed_vector(values: list[Any]) -> RVector | None:
    """A vector of unboxed values of one type, or None where they are something else."""
    kinds = set(map(type, values))
    if not kinds <= _UNBOXED.keys():
        values = list(map(unbox, values))
        kinds = set(map(type, values))
    make = _UNBOXED.get(kinds.pop()) if len(kinds) == 1 else None
    return None if make is None else make(values)


@builtin("lapply(X, FUN, ...)")
def lapply(ctx: Context, x: Any, fun: Any, dots: Dots) -> RVector:
    return _named(map_items(ctx, x, fun, dots), names_of_items(x))


@builtin("sapply(X, FUN, ..., simplify = TRUE, USE.NAMES = TRUE)")
def sapply(ctx: Context, x: Any, fun: Any, dots: Dots, simplify: Any, use_names: Any) -> Any:
    items = mapped(ctx, x, fun, dots)
    names = names_of_items(x)
    own = one_flag(use_names, "USE.NAMES") and isinstance(x, RVector) and x.type == "character"
    if names is None and own:
        names = list(x.data)
    return _sapplied(items, names, simplify)


def _sapplied(items: list[Any], names: Any, simplify: Any) -> Any:
    """Results, which may be unboxed, as sapply and mapply simplify them."""
    as_list = simplify.type == "logical" and not one_flag(simplify, "simplify")
    vector = None if as_list else unboxed_vector(items)
    if vector is not None:
        return vector.with_attribute("names", character(names)) if names and any(names) else vector
    if not as_list and simplify.type == "logical" and set(map(type, items)) == {RVector}:
        columns = _columns(items, names)
        if columns is not None:
            return columns
    out = _named(items, names)
    if simplify.type == "logical" and not one_flag(simplify, "simplify"):
        return out
    return simplified(out, higher=simplify.type == "character") if len(out) else out


def _columns(items: list[RVector], names: Any) -> RVector | None:
    """Plain vectors of one type and one length, more than one, as the columns of a matrix; else None."""
    first = items[0]
    size = len(first.data)
    if size < 2 or first.type in ("list", "expression"):
        return None
    if any([x.attributes is not None or x.type != first.type or len(x.data) != size for x in items]):
        return None
    attributes: dict[str, Any] = {"dim": integer([size, len(items)])}
    if names is not None:
        attributes["dimnames"] = rlist([NULL, character(names)])
    return RVector(first.type, np.concatenate([x.data for x in items]), attributes)


_REPLICATE = Signature([Param("n"), Param("expr"), Param("simplify")])


@special("replicate")
def replicate(call: Call, env: Environment) -> Any:
    """`replicate(n, expr, simplify = "array")`: expr is evaluated n times, each in a frame of its own."""
    given = _REPLICATE.match([(a.name, a.value) for a in call.args]).values
    count = guard_size(seq_count(evaluate(given["n"], env)), "list")
    items = [_settled(evaluate(given["expr"], Environment(env))) for _ in range(count)]
    simplify = evaluate(given["simplify"], env) if "simplify" in given else character("array")
    session.visible = True
    out = rlist(items)
    if not items or (simplify.type == "logical" and not one_flag(simplify, "simplify")):
        return out
    return simplified(out, higher=simplify.type == "character")


def seq_count(n: Any) -> int:
    """How many values `integer(n)` has; a longer vector counts its elements."""
    return int(one_number(n, "n")) if length_of(n) == 1 else length_of(n)


@builtin("simplify2array(x, higher = TRUE, except = c(0L, 1L))")
def simplify2array(x: Any, higher: Any, except_: Any) -> Any:
    return simplified(x, one_flag(higher, "higher"))


def simplified(x: RVector, higher: bool) -> Any:
    """A list of equally long results as a vector, matrix or (higher) array."""
    sizes = {length_of(item) for item in x.data}
    if len(sizes) != 1:
        return x
    size = sizes.pop()
    if size == 1:
        return unlist(x, deep=False)
    if size == 0:
        return x
    n = len(x)
    flat = unlist(x, deep=False, use_names=False)
    if not isinstance(flat, RVector) or len(flat) != n * size:
        return x
    first, outer_names = x.data[0], x.attribute("names")
    last = NULL if outer_names is None else outer_names
    dims = {item.dim if isinstance(item, RVector) else None for item in x.data}
    common = dims.pop() if len(dims) == 1 else None
    if higher and common is not None:
        dim = [*common, n]
        own = first.attribute("dimnames")
        labels = [*(list(own.data) if own is not None else [NULL] * (len(dim) - 1)), last]
    else:
        dim = [size, n]
        labels = [names_of(first), last]
    attributes: dict[str, Any] = {"dim": integer(dim)}
    if any(label is not NULL for label in labels):
        attributes["dimnames"] = rlist(labels)
    return RVector(flat.type, flat.data, attributes)


@builtin("vapply(X, FUN, FUN.VALUE, ..., USE.NAMES = TRUE)")
def vapply(ctx: Context, x: Any, fun: Any, fun_value: Any, dots: Dots, use_names: Any) -> RVector:
    values = []
    function = repeated(match_function(fun, ctx), [None, *(n for n, _ in dots)], ctx)
    more = [v for _, v in dots]
    plain = _PLAIN.get(fun_value.type) if len(fun_value) == 1 and not fun_value.attributes else None
    for i, item in enumerate(items_of(x)):
        value = function(item, *more)
        if type(value) is not plain:
            value = box(value)
            _check_value(value, fun_value, i)
        values.append(value)
    return _vapplied(x, fun_value, values, one_flag(use_names, "USE.NAMES"))


_PLAIN = {"double": float, "integer": int, "logical": bool, "character": str}


def _vapplied(x: Any, fun_value: RVector, values: list[Any], named: bool) -> RVector:
    first = box(values[0]) if values else fun_value
    vector = unboxed_vector(values)
    whole = map(box, values) if vector is None else [vector]
    results = [convert_data(v.data, v.type, fun_value.type) for v in whole]
    data = np.concatenate(results) if results else fun_value.data[:0].copy()
    names: Any = NULL
    if named:
        own = names_of_items(x)
        if own is None and isinstance(x, RVector) and x.type == "character":
            own = list(x.data)
        names = NULL if own is None else character(object_array(own))
    return _vapply_shape(data, fun_value, len(values), names, first)


def _vapply_shape(data: np.ndarray, like: RVector, n: int, names: Any, first: Any) -> RVector:
    if len(like) == 1 and like.dim is None:
        return RVector(like.type, data, {"names": names} if names is not NULL else None)
    attributes: dict[str, Any] = {"dim": integer([*(like.dim or (len(like),)), n])}
    if like.dim is None:
        own = like.names or first.names
        labels = [NULL if own is None else character(own), names]
    else:
        dimnames = like.attribute("dimnames") or first.attribute("dimnames")
        labels = [*(dimnames.data if dimnames is not None else [NULL] * len(like.dim)), names]
    if any(label is not NULL for label in labels):
        attributes["dimnames"] = rlist(labels)
    return RVector(like.type, data, attributes)


_FITS = {
    "logical": ("logical",),
    "integer": ("logical", "integer"),
    "double": ("logical", "integer", "double"),
}


def _check_value(value: Any, like: RVector, i: int) -> None:
    """vapply's promise: each result has the type and length of FUN.VALUE."""
    size = length_of(value)
    if size != len(like):
        raise UserError(
            f"values must be length {len(like)},\n but FUN(X[[{i + 1}]]) result is length {size}",
            code=Code.VALUE,
        )
    kind = getattr(value, "type", "externalptr")
    if kind not in _FITS.get(like.type, (like.type,)):
        raise UserError(
            f"values must be type '{like.type}',\n but FUN(X[[{i + 1}]]) result is type '{kind}'",
            code=Code.TYPE,
        )


# Several lists at once


def map_parallel(ctx: Context, function: Any, dots: Dots, more: Dots) -> list[Any]:
    """FUN of the first elements, the second ones, ...; shorter arguments are recycled.

    Single numbers and strings may be unboxed.
    """
    columns = [(name, items_of(value)) for name, value in dots]
    lengths = [len(items) for _, items in columns]
    n = max(lengths, default=0)
    if lengths and min(lengths) == 0:
        return []
    if any(n % size for size in lengths if size):
        conditions.warn("longer argument not a multiple of length of shorter")
    call = repeated(function, [*(name for name, _ in columns), *(name for name, _ in more)], ctx)
    rest = [v for _, v in more]
    filled = [items if len(items) == n else [items[i % len(items)] for i in range(n)] for _, items in columns]
    return [call(*values, *rest) for values in zip(*filled, strict=True)]


def _more_args(more: Any) -> Dots:
    if more is NULL:
        return []
    names = more.names
    return [(names[i] or None if names else None, v) for i, v in enumerate(elements(more))]


def _parallel_names(dots: Dots, count: int) -> list[str | None] | None:
    """mapply names its result by the first argument: by its names, or by itself if it is text.

    Results of longer arguments have NA for a name.
    """
    if not dots:
        return None
    first = dots[0][1]
    names = names_of_items(first)
    if names is None and isinstance(first, RVector) and first.type == "character":
        names = list(first.data)
    return names if names is None else [*names[:count], *([None] * (count - len(names)))]


def _named(items: list[Any], names: list[str | None] | None) -> RVector:
    return rlist(map(box, items), attributes=None if names is None else {"names": character(names)})


@builtin("mapply(FUN, ..., MoreArgs = NULL, SIMPLIFY = TRUE, USE.NAMES = TRUE)")
def mapply(ctx: Context, fun: Any, dots: Dots, more_args: Any, simplify: Any, use_names: Any) -> Any:
    items = map_parallel(ctx, match_function(fun, ctx), dots, _more_args(more_args))
    names = _parallel_names(dots, len(items)) if one_flag(use_names, "USE.NAMES") else None
    return _sapplied(items, names, simplify)


@builtin(".mapply(FUN, dots, MoreArgs)")
def dot_mapply(ctx: Context, fun: Any, dots: RVector, more_args: Any) -> RVector:
    return rlist(
        map(box, map_parallel(ctx, match_function(fun, ctx), _more_args(dots), _more_args(more_args)))
    )


@builtin("Map(f, ...)")
def map_(ctx: Context, f: Any, dots: Dots) -> RVector:
    items = map_parallel(ctx, match_function(f, ctx), dots, [])
    return _named(items, _parallel_names(dots, len(items)))


# Folding and filtering


def _is_true(value: Any) -> bool:
    """as.logical of one result, which may be unboxed; NA counts as FALSE."""
    if type(value) is bool:
        return value
    value = box(value)
    if not isinstance(value, RVector) or not len(value):
        return False
    return convert_data(value.data[:1], value.type, "logical")[0] == 1


def _chosen(ctx: Context, f: Any, x: Any) -> list[int]:
    return [i for i, value in enumerate(mapped(ctx, x, f, [])) if _is_true(value)]


@builtin("Filter(f, x)")
def filter_(ctx: Context, f: Any, x: Any) -> Any:
    if x is NULL:
        return NULL
    return invoke("[", x, integer([i + 1 for i in _chosen(ctx, f, x)]))


def _first_chosen(ctx: Context, f: Any, x: Any, right: Any) -> int | None:
    function = repeated(match_function(f, ctx), [None], ctx)
    items = items_of(x)
    order = range(len(items) - 1, -1, -1) if one_flag(right, "right") else range(len(items))
    return next((i for i in order if _is_true(function(items[i]))), None)


@builtin("Position(f, x, right = FALSE, nomatch = NA_integer_)")
def position(ctx: Context, f: Any, x: Any, right: Any, nomatch: Any) -> Any:
    i = _first_chosen(ctx, f, x, right)
    return nomatch if i is None else integer(i + 1)


@builtin("Find(f, x, right = FALSE, nomatch = NULL)")
def find(ctx: Context, f: Any, x: Any, right: Any, nomatch: Any) -> Any:
    i = _first_chosen(ctx, f, x, right)
    return nomatch if i is None else items_of(x)[i]


_INIT = Name("init")
_ITEM = Call(Name("[["), [Arg(None, Name("x")), Arg(None, Name("i"))])


@builtin("Reduce(f, x, init, right = FALSE, accumulate = FALSE, simplify = TRUE)")
def reduce_(
    ctx: Context,
    f: Any,
    x: Any,
    init: Any = MISSING,
    right: Any = MISSING,
    accumulate: Any = MISSING,
    simplify: Any = MISSING,
) -> Any:
    function = match_function(f, ctx)
    items = items_of(x)
    backwards = right is not MISSING and one_flag(right, "right")
    keep = accumulate is not MISSING and one_flag(accumulate, "accumulate")
    if init is not MISSING:
        items = [*items, init] if backwards else [init, *items]
    if not items:
        return rlist([]) if keep else NULL
    steps = items[::-1] if backwards else items
    value = steps[0]
    history = [value]
    # functions that look at their call see R's names here: Reduce(rbind, x) has a row "init"
    parts = (_ITEM, _INIT) if backwards else (_INIT, _ITEM)
    call = Call(Name("f"), [Arg(None, part) for part in parts])
    combine = repeated(function, [None, None], ctx, call)
    for item in steps[1:]:
        value = _settled(box(combine(item, value) if backwards else combine(value, item)))
        history.append(value)
    if not keep:
        return value
    out = rlist(history[::-1] if backwards else history)
    if simplify is not MISSING and not one_flag(simplify, "simplify"):
        return out
    return unlist(out, deep=False) if all(length_of(v) == 1 for v in out.data) else out


# Arrays


@builtin("apply(X, MARGIN, FUN, ..., simplify = TRUE)")
def apply_(ctx: Context, x: Any, margin: Any, fun: Any, dots: Dots, simplify: Any) -> Any:
    function = match_function(fun, ctx)
    x = as_matrix(x)
    dim = x.dim if isinstance(x, RVector) else None
    if not dim:
        raise UserError("dim(X) must have a positive length", code=Code.VALUE)
    dimnames = x.attribute("dimnames")
    axes = margin_axes(margin, x, "X")
    rest = [k for k in range(len(dim)) if k not in axes]
    height, width = (math.prod(dim[k] for k in part) for part in (rest, axes))
    cells = grid(x).transpose([*rest, *axes]).reshape((height, width), order="F")
    if not width:  # one call on zeros tells the type of what there is none of
        cells = invoke("vector", character(x.type), integer(height)).data.reshape((height, 1))
    template = _cell_attributes(dim, dimnames if width or len(rest) > 1 else None, rest)
    results = []
    for column in cells.T:
        item = RVector(x.type, column.copy(), dict(template))
        results.append(_settled(call_function(function, [(None, item), *dots], ctx=ctx)))
    if not width:
        return _none_of(results[0], [dim[k] for k in axes], dimnames, axes)
    return _apply_shape(results, dim, dimnames, axes, rest, one_flag(simplify, "simplify"))


def _none_of(value: Any, extents: list[int], dimnames: Any, axes: list[int]) -> Any:
    """What apply gives over an empty margin: nothing, of the type of FUN's value."""
    if not isinstance(value, RVector):
        return value
    if len(extents) < 2:
        return RVector(value.type, value.data[:0], {"names": character([])} if value.names else None)
    labels, titles = _kept_labels(dimnames, axes)
    return RVector(value.type, value.data[:0], _array_attributes(extents, labels, titles))


def _kept_labels(dimnames: Any, axes: list[int]) -> tuple[list[Any], list[str | None] | None]:
    """The dimnames of these axes, and the dimnames' own names."""
    if dimnames is None:
        return [NULL] * len(axes), None
    return [dimnames.data[k] for k in axes], [dimnames.names[k] for k in axes] if dimnames.names else None


def _cell_attributes(dim: tuple[int, ...], dimnames: Any, rest: list[int]) -> dict[str, Any]:
    """Attributes of what FUN gets: names for a vector, dim and dimnames for an array."""
    labels = [dimnames.data[k] for k in rest] if dimnames is not None else []
    if len(rest) < 2:
        return {"names": labels[0]} if labels and labels[0] is not NULL else {}
    out: dict[str, Any] = {"dim": integer([dim[k] for k in rest])}
    if dimnames is not None and any(label is not NULL for label in labels):
        titles = [dimnames.names[k] for k in rest] if dimnames.names else None
        out["dimnames"] = rlist(labels, titles)
    return out


def _apply_shape(
    results: list[Any], dim: tuple[int, ...], dimnames: Any, axes: list[int], rest: list[int], simplify: bool
) -> Any:
    """apply's rules: single values fill the margin, equally long ones add an axis in front."""
    labels, titles = _kept_labels(dimnames, axes)
    extents = [dim[k] for k in axes]
    sizes = {length_of(r) for r in results}
    as_list = (
        not simplify
        or len(sizes) != 1
        or any(r is not NULL and (not isinstance(r, RVector) or r.type == "list") for r in results)
    )
    size = 1 if as_list else sizes.pop()
    if size == 0:
        return unlist(rlist(results), deep=False, use_names=False)
    own = names_of(results[0]) if not as_list else NULL
    if own is not NULL and not all(identical(names_of(r), own) for r in results):
        own = NULL
    out = rlist(results) if as_list else unlist(rlist(results), deep=False, use_names=False)
    if size == 1:
        if len(axes) == 1:
            return out.with_attributes({"names": labels[0]} if labels[0] is not NULL else None)
        return out.with_attributes(_array_attributes(extents, labels, titles))
    front = [size, *extents]
    labels = [own, *labels]
    matches = own is not NULL and size == dim[rest[0]]
    title = dimnames.names[rest[0]] if dimnames is not None and titles and matches else ""
    return out.with_attributes(_array_attributes(front, labels, [title, *titles] if titles else None))


def _array_attributes(dim: list[int], labels: list[Any], titles: Any) -> dict[str, Any]:
    out: dict[str, Any] = {"dim": integer(dim)}
    if any(label is not NULL for label in labels):
        out["dimnames"] = rlist(labels, titles)
    return out


@builtin("rapply(object, f, classes = 'ANY', deflt = NULL, how = c('unlist', 'replace', 'list'), ...)")
def rapply(ctx: Context, object: Any, f: Any, classes: Any, deflt: Any, how: Any, dots: Dots) -> Any:
    guard_nesting(object)
    function = match_function(f, ctx)
    method = one_choice(how, ("unlist", "replace", "list"))
    wanted = set(classes.data)

    def walk(value: Any) -> Any:
        if isinstance(value, RVector) and value.type == "list":
            made = rlist([walk(v) for v in value.data])
            kept = value.attributes or {}
            return made.with_attributes(
                kept if method == "replace" else {k: kept[k] for k in kept if k == "names"}
            )
        if "ANY" in wanted or wanted & set(invoke("class", value).data):
            return call_function(function, [(None, value), *dots], ctx=ctx)
        return value if method == "replace" else deflt

    out = walk(object)
    return unlist(out) if method == "unlist" else out
