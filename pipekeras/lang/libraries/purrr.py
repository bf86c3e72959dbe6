"""purrr's maps, walks, reductions and predicates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ...errors import UserError
from ...syntax.tree import Arg, Call, Name
from ..conditions import settle, warn
from ..environment import Environment
from ..foreign import foreign_type
from ..generics import pick
from ..lookup import is_function
from ..registry import Context
from ..session import session
from ..values import MISSING, NULL, Dots, RVector, Scalar, character, integer, logical, object_array, rlist
from ..vectors.coerce import convert_data, elements, has_class, one_string
from ..vectors.subset import index_positions
from .aborting import KINDS, abort, kind_of, numbered_errors
from .lambdas import as_mapper, call_mapper
from .library import Library

library = Library("purrr")

TYPES = {"lgl": "logical", "int": "integer", "dbl": "double", "chr": "character"}
_LADDER = ["logical", "integer", "double", "character"]


# --- what is walked over -----------------------------------------------------------------------------------


def items(x: Any, what: str = ".x") -> list[Any]:
    """The elements of a vector, list, data frame or environment."""
    if x is NULL:
        return []
    if isinstance(x, Environment) or foreign_type(x) is not None or has_class(x, "POSIXlt"):
        from ..generics import invoke

        return elements(invoke("as.list", x))
    if isinstance(x, RVector):
        return elements(x)
    raise abort(f"`{what}` must be a vector, not {kind_of(x)}.", session_function())


def session_function() -> str:
    call = session.call
    name = getattr(getattr(call, "function", None), "name", None)
    return name or "map"


def names_of(x: Any) -> list[str | None] | None:
    if isinstance(x, Environment):
        return list[str | None](sorted(n for n in x.values if not n.startswith(".")))
    return x.names if isinstance(x, RVector) else None


def recycled(columns: Sequence[list[Any]], labels: Sequence[str]) -> list[list[Any]]:
    """Columns of one length; those of one element are repeated."""
    sizes = [len(column) for column in columns]
    wanted = 0 if 0 in sizes else max(sizes, default=0)
    at = next((i for i, n in enumerate(sizes) if n not in (1, wanted)), None)
    if at is not None:
        other = next((i for i, n in enumerate(sizes) if n == wanted))
        first, second = sorted((at, other))
        raise abort(
            f"Can't recycle `{labels[first]}` (size {sizes[first]}) to match"
            f" `{labels[second]}` (size {sizes[second]}).",
            session_function(),
            ("vctrs_error_incompatible_size", "vctrs_error_incompatible", "vctrs_error"),
        )
    return [column * wanted if len(column) == 1 else column for column in columns]


# --- results -----------------------------------------------------------------------------------------------


def as_type(value: Any, kind: str) -> Any:
    """The one element of a result as numpy or Python value of a type; refused where that loses something."""
    if not isinstance(value, RVector):
        raise UserError(f"Result must be length 1, not {len(value) if value is NULL else 1}.")
    if len(value) != 1:
        raise UserError(f"Result must be length 1, not {len(value)}.")
    if value.type == kind:
        return value.data[0]
    if value.type == "list" or value.type not in _LADDER:
        raise _cannot_coerce(value, kind)
    if bool(value.is_na()[0]) and value.type == "logical":
        return convert_data(value.data, value.type, kind)[0]
    if kind == "character":
        return _deprecated_text(value)
    if _LADDER.index(value.type) < _LADDER.index(kind):
        return convert_data(value.data, value.type, kind)[0]
    if value.type == "double" and kind == "integer" and float(value.data[0]).is_integer():
        return int(value.data[0])
    if kind == "logical" and value.type in ("integer", "double") and value.data[0] in (0, 1):
        return int(value.data[0])
    raise _cannot_coerce(value, kind)


def _cannot_coerce(value: RVector, kind: str) -> UserError:
    return UserError(f"Can't coerce from {kind_of(value)} to {KINDS[kind]}.")


def _deprecated_text(value: RVector) -> str | None:
    warn(
        f"Automatic coercion from {value.type} to character was deprecated in purrr 1.0.0.\n"
        "ℹ Please use an explicit call to `as.character()` within `map_chr()` instead."
    )
    item = value.data[0]
    if bool(value.is_na()[0]):
        return None
    if value.type == "double":
        return f"{item:f}"
    return ("TRUE" if item else "FALSE") if value.type == "logical" else str(item)


def run_map(
    ctx: Context,
    function: str,
    f: Any,
    columns: Sequence[list[Any]],
    tags: Sequence[str | None],
    names: Any,
    dots: Dots,
    kind: str | None = None,
) -> list[Any]:
    """The results of f for each row of the columns; as numpy or Python values if a type is asked for."""
    results: list[Any] = []
    with numbered_errors(function) as progress:
        for i, row in enumerate(zip(*columns, strict=True)):
            progress.index, progress.name = i, names[i] if names else None
            value = call_mapper(f, [*zip(tags, row, strict=True), *dots], ctx)
            if kind is not None:
                try:
                    value = as_type(value, kind)
                except UserError as error:
                    if not error.settled:
                        settle(error, None)
                    raise
            results.append(value)
    return results


def typed(results: Sequence[Any], kind: str | None, names: Sequence[str | None] | None) -> RVector:
    """The results as list or vector, named as the input."""
    if kind is None:
        return rlist(results, names)
    attributes = {"names": character(list(names))} if names is not None else None
    if kind == "character":
        return RVector(kind, object_array(list(results)), attributes)
    dtype = {"logical": np.int8, "integer": np.int32, "double": np.float64}[kind]
    return RVector(kind, np.array(results, dtype=dtype), attributes)


def map_one(ctx: Context, name: str, x: Any, f: Any, dots: Dots, kind: str | None = None) -> RVector:
    f = as_mapper(f, ctx)
    names = names_of(x)
    return typed(run_map(ctx, name, f, [items(x)], [None], names, dots, kind), kind, names)


def map_two(ctx: Context, name: str, x: Any, y: Any, f: Any, dots: Dots, kind: str | None = None) -> RVector:
    f = as_mapper(f, ctx)
    names = names_of(x)
    columns = recycled([items(x), items(y, ".y")], [".x", ".y"])
    if names is not None and len(names) != len(columns[0]):
        names = names * len(columns[0])
    return typed(run_map(ctx, name, f, columns, [None, None], names, dots, kind), kind, names)


def index_of(x: Any) -> RVector:
    """What imap hands over as `.y`: names, or else positions."""
    names = names_of(x)
    return integer(np.arange(1, len(items(x)) + 1)) if names is None else character(names)


def map_many(ctx: Context, name: str, columns: Any, f: Any, dots: Dots, kind: str | None = None) -> RVector:
    f = as_mapper(f, ctx)
    parts = [items(each) for each in items(columns, ".l")]
    labels = [f".l[[{i + 1}]]" for i in range(len(parts))]
    tags = [tag or None for tag in columns.names or [None] * len(parts)]
    rows = recycled(parts, labels)
    names = names_of(columns.data[0]) if parts and columns.type == "list" else None
    count = len(rows[0]) if rows else 0
    if names is not None and len(names) != count:
        names = None
    return typed(run_map(ctx, name, f, rows, tags, names, dots, kind), kind, names)


def _declare(suffix: str, kind: str | None) -> None:
    end = f"_{suffix}" if suffix else ""

    @library.function(f"map{end}(.x, .f, ..., .progress = FALSE)")
    def map_(ctx, x, f, dots, progress):
        return map_one(ctx, f"map{end}", x, f, dots, kind)

    @library.function(f"map2{end}(.x, .y, .f, ..., .progress = FALSE)")
    def map2(ctx, x, y, f, dots, progress):
        return map_two(ctx, f"map2{end}", x, y, f, dots, kind)

    @library.function(f"imap{end}(.x, .f, ...)")
    def imap(ctx, x, f, dots):
        return map_two(ctx, f"imap{end}", x, index_of(x), f, dots, kind)

    @library.function(f"pmap{end}(.l, .f, ..., .progress = FALSE)")
    def pmap(ctx, columns, f, dots, progress):
        return map_many(ctx, f"pmap{end}", columns, f, dots, kind)


_declare("", None)
for _suffix, _kind in TYPES.items():
    _declare(_suffix, _kind)


@library.function("walk(.x, .f, ..., .progress = FALSE)", invisible=True)
def walk(ctx, x, f, dots, progress):
    map_one(ctx, "map", x, f, dots)
    return x


@library.function("walk2(.x, .y, .f, ..., .progress = FALSE)", invisible=True)
def walk2(ctx, x, y, f, dots, progress):
    map_two(ctx, "map2", x, y, f, dots)
    return x


@library.function("iwalk(.x, .f, ...)", invisible=True)
def iwalk(ctx, x, f, dots):
    map_two(ctx, "map2", x, index_of(x), f, dots)
    return x


@library.function("pwalk(.l, .f, ..., .progress = FALSE)", invisible=True)
def pwalk(ctx, columns, f, dots, progress):
    map_many(ctx, "pmap", columns, f, dots)
    return columns


@library.function("map_vec(.x, .f, ..., .ptype = NULL, .progress = FALSE)")
def map_vec(ctx, x, f, dots, ptype, progress):
    from .vectors import combined

    found = map_one(ctx, "map_vec", x, f, dots)
    out = combined(list(found.data))
    return out if found.names is None else out.with_attribute("names", found.attribute("names"))


# --- chosen elements ---------------------------------------------------------------------------------------


def truth(value: Any) -> bool:
    """What a predicate answers."""
    if not isinstance(value, RVector) or value.type != "logical" or len(value) != 1 or value.data[0] < 0:
        shown = {"character": "a string", "double": "a number", "integer": "a number"}.get(
            getattr(value, "type", ""), kind_of(value)
        )
        raise UserError(f"`.p()` must return a single `TRUE` or `FALSE`, not {shown}.")
    return bool(value.data[0])


def chosen(ctx: Context, x: Any, p: Any, dots: Dots = (), function: str = "map_lgl") -> np.ndarray:  # type: ignore[assignment]
    """Which elements a predicate (or a logical vector) takes."""
    if isinstance(p, RVector) and p.type == "logical":
        return p.data == 1
    predicate = as_mapper(p, ctx)
    flags = []
    with numbered_errors(function) as progress:
        for i, item in enumerate(items(x)):
            progress.index = i
            try:
                flags.append(truth(call_mapper(predicate, [(None, item), *dots], ctx)))
            except UserError as error:
                if not error.settled:
                    settle(error, None)
                raise
    return np.array(flags, dtype=bool)


def _picked(x: Any, flags: np.ndarray) -> Any:
    return x if x is NULL else pick(x, logical(flags))


@library.function("keep(.x, .p, ...)")
def keep(ctx, x, p, dots):
    return _picked(x, chosen(ctx, x, p, dots))


@library.function("discard(.x, .p, ...)")
def discard(ctx, x, p, dots):
    return _picked(x, ~chosen(ctx, x, p, dots))


@library.function("compact(.x, .p = identity)")
def compact(ctx, x, p):
    predicate = as_mapper(p, ctx)
    kept = [_filled(call_mapper(predicate, [(None, item)], ctx)) for item in items(x)]
    return _picked(x, np.array(kept, dtype=bool))


def _filled(value: Any) -> bool:
    return not (value is NULL or (isinstance(value, RVector) and not len(value)))


def places(x: Any, at: Any, ctx: Context) -> np.ndarray:
    """Which elements `.at` names: names, positions, or a function of the names."""
    count = len(items(x))
    if is_function(at) or not isinstance(at, RVector):
        names = names_of(x) or [""] * count
        at = call_mapper(as_mapper(at, ctx), [(None, character(names))], ctx)
    found = index_positions(at, count, names_of(x))
    flags = np.zeros(count, dtype=bool)
    flags[found[(found >= 0) & (found < count)]] = True
    return flags


@library.function("keep_at(x, at)")
def keep_at(ctx, x, at):
    return _picked(x, places(x, at, ctx))


@library.function("discard_at(x, at)")
def discard_at(ctx, x, at):
    return _picked(x, ~places(x, at, ctx))


def _scan(ctx: Context, x: Any, p: Any, dots: Dots, backward: bool) -> int | None:
    predicate = as_mapper(p, ctx)
    found = list(enumerate(items(x)))
    for i, item in reversed(found) if backward else found:
        if truth(call_mapper(predicate, [(None, item), *dots], ctx)):
            return i
    return None


def _is_backward(direction: Any) -> bool:
    return isinstance(direction, RVector) and direction.data[0] == "backward"


_DETECT = ".x, .f, ..., .dir = c('forward', 'backward'), .right = NULL"


@library.function(f"detect({_DETECT}, .default = NULL)")
def detect(ctx, x, f, dots, direction, right, default):
    at = _scan(ctx, x, f, dots, _is_backward(direction))
    return default if at is None else items(x)[at]


@library.function(f"detect_index({_DETECT})")
def detect_index(ctx, x, f, dots, direction, right):
    at = _scan(ctx, x, f, dots, _is_backward(direction))
    return integer(0 if at is None else at + 1)


@library.function("some(.x, .p, ...)")
def some(ctx, x, p, dots):
    return logical(_scan(ctx, x, p, dots, False) is not None)


@library.function("every(.x, .p, ...)")
def every(ctx, x, p, dots):
    return logical(bool(chosen(ctx, x, p, dots).all()))


@library.function("none(.x, .p, ...)")
def none(ctx, x, p, dots):
    return logical(not chosen(ctx, x, p, dots).any())


@library.function("has_element(.x, .y)")
def has_element(x, y):
    from ..vectors.equality import identical

    return logical(any(identical(item, y) for item in items(x)))


def _head(flags: np.ndarray) -> int:
    stops = np.flatnonzero(~flags)
    return int(stops[0]) if len(stops) else len(flags)


@library.function("head_while(.x, .p, ...)")
def head_while(ctx, x, p, dots):
    flags = chosen(ctx, x, p, dots)
    return _picked(x, np.arange(len(flags)) < _head(flags))


@library.function("tail_while(.x, .p, ...)")
def tail_while(ctx, x, p, dots):
    flags = chosen(ctx, x, p, dots)
    return _picked(x, np.arange(len(flags)) >= len(flags) - _head(flags[::-1]))


# --- some elements mapped ----------------------------------------------------------------------------------


def _mapped_some(
    ctx: Context, x: Any, flags: np.ndarray, f: Any, dots: Dots, otherwise: Any = NULL
) -> list[Any]:
    f = as_mapper(f, ctx)
    other = None if otherwise is NULL else as_mapper(otherwise, ctx)
    out = []
    for flag, item in zip(flags, items(x), strict=True):
        run = f if flag else other
        out.append(item if run is None else call_mapper(run, [(None, item), *dots], ctx))
    return out


def modified(x: Any, results: list[Any]) -> Any:
    """The results in x's own form: a vector of its type, a list, a data frame."""
    if isinstance(x, RVector) and x.type == "list":
        fresh = rlist(results)
        return RVector("list", fresh.data, dict(x.attributes or {}))
    data = [as_type(value, x.type) for value in results]
    return RVector(x.type, typed(data, x.type, None).data, dict(x.attributes or {}))


@library.function("map_if(.x, .p, .f, ..., .else = NULL)")
def map_if(ctx, x, p, f, dots, otherwise):
    return rlist(_mapped_some(ctx, x, chosen(ctx, x, p), f, dots, otherwise), names_of(x))


@library.function("map_at(.x, .at, .f, ..., .progress = FALSE)")
def map_at(ctx, x, at, f, dots, progress):
    return rlist(_mapped_some(ctx, x, places(x, at, ctx), f, dots), names_of(x))


@library.function("modify(.x, .f, ...)")
def modify(ctx, x, f, dots):
    return modified(x, list(map_one(ctx, "map", x, f, dots).data))


@library.function("modify2(.x, .y, .f, ...)")
def modify2(ctx, x, y, f, dots):
    return modified(x, list(map_two(ctx, "map2", x, y, f, dots).data))


@library.function("imodify(.x, .f, ...)")
def imodify(ctx, x, f, dots):
    return modified(x, list(map_two(ctx, "map2", x, index_of(x), f, dots).data))


@library.function("modify_if(.x, .p, .f, ..., .else = NULL)")
def modify_if(ctx, x, p, f, dots, otherwise):
    return modified(x, _mapped_some(ctx, x, chosen(ctx, x, p), f, dots, otherwise))


@library.function("modify_at(.x, .at, .f, ...)")
def modify_at(ctx, x, at, f, dots):
    return modified(x, _mapped_some(ctx, x, places(x, at, ctx), f, dots))


# --- reductions --------------------------------------------------------------------------------------------


def _steps(x: Any, init: Any, backward: bool) -> list[Any]:
    found = items(x)
    if backward:
        found = found[::-1]
    return [init, *found] if init is not MISSING else found


def _reducing(*names: str) -> Call:
    return Call(Name(".f"), [Arg(None, Name(name)) for name in names])


_REDUCED = (_reducing("out", "elt"), _reducing("y", "x"))
"""How a reducing function sees its call: rbind() titles rows by it."""


def _accumulated(
    ctx: Context, x: Any, f: Any, dots: Dots, init: Any, direction: Any, other: Any = None
) -> list[Any]:
    """All intermediate results, first to last."""
    backward = _is_backward(direction)
    values = _steps(x, init, backward)
    if not values:
        return []
    f = as_mapper(f, ctx)
    extra = None if other is None else items(other)
    out = [values[0]]
    for i, item in enumerate(values[1:]):
        pair = [(None, item), (None, out[-1])] if backward else [(None, out[-1]), (None, item)]
        more = [] if extra is None else [(None, extra[i])]
        result = call_mapper(f, [*pair, *more, *dots], ctx, _REDUCED[backward])
        if has_class(result, "rlang_box_done"):
            out.append(result.data[0])
            break
        out.append(result)
    return out


def _last(results: list[Any]) -> Any:
    if not results:
        raise abort("Must supply `.init` when `.x` is empty.", "reduce")
    return results[-1]


@library.function("reduce(.x, .f, ..., .init, .dir = c('forward', 'backward'))")
def reduce_(ctx, x, f, dots, init=MISSING, direction=NULL):
    return _last(_accumulated(ctx, x, f, dots, init, direction))


@library.function("reduce_right(.x, .f, ..., .init)")
def reduce_right(ctx, x, f, dots, init=MISSING):
    """Deprecated in purrr: the reversed elements from the left, unlike `.dir = "backward"`."""
    return _last(_accumulated(ctx, rlist(items(x)[::-1]), f, dots, init, NULL))


@library.function("reduce2(.x, .y, .f, ..., .init)")
def reduce2(ctx, x, y, f, dots, init=MISSING):
    return _last(_accumulated(ctx, x, f, dots, init, NULL, y))


@library.function("done(x)")
def done(x):
    return rlist([x], None, {"class": character(["rlang_box_done", "rlang_box"])})


def _simplified(results: list[Any], names: Any, simplify: Any) -> Any:
    if simplify is not MISSING and isinstance(simplify, RVector) and simplify.data[0] == 0:
        return rlist(results, names)
    kinds = {item.type if isinstance(item, RVector) and len(item) == 1 else "" for item in results}
    if results and "" not in kinds and "list" not in kinds:
        from .vectors import combined, compatible

        if compatible(results):
            out = combined(results)
            return out if names is None else out.with_attribute("names", character(names))
    return rlist(results, names)


@library.function(
    "accumulate(.x, .f, ..., .init, .dir = c('forward', 'backward'), .simplify = NA, .ptype = NULL)"
)
def accumulate(ctx, x, f, dots, init=MISSING, direction=NULL, simplify=MISSING, ptype=NULL):
    results = _accumulated(ctx, x, f, dots, init, direction)
    names = names_of(x)
    if names is not None and init is not MISSING:
        names = [*names, ".init"] if _is_backward(direction) else [".init", *names]
    if _is_backward(direction):
        results = results[::-1]
    return _simplified(results, None if names is None else names[: len(results)], simplify)


@library.function("accumulate_right(.x, .f, ..., .init)")
def accumulate_right(ctx, x, f, dots, init=MISSING):
    """Deprecated in purrr: what was accumulated comes first, unlike `.dir = "backward"`."""
    results = _accumulated(ctx, rlist(items(x)[::-1]), f, dots, init, NULL)
    return _simplified(results[::-1], names_of(x), MISSING)


@library.function("accumulate2(.x, .y, .f, ..., .init, .simplify = NA, .ptype = NULL)")
def accumulate2(ctx, x, y, f, dots, init=MISSING, simplify=MISSING, ptype=NULL):
    return _simplified(_accumulated(ctx, x, f, dots, init, NULL, y), None, simplify)


# --- data frames -------------------------------------------------------------------------------------------


def _as_frame_rows(found: RVector, identifier: Any) -> Any:
    from .binding import bound_rows

    return bound_rows(found, None if identifier is NULL else one_string(identifier, ".id"))


def _declare_frames(suffix: str, join: Callable[[RVector, Any], Any]) -> None:
    @library.function(f"map_{suffix}(.x, .f, ..., .id = NULL)")
    def map_frame(ctx, x, f, dots, identifier):
        return join(map_one(ctx, "map", x, f, dots), identifier)

    @library.function(f"map2_{suffix}(.x, .y, .f, ..., .id = NULL)")
    def map2_frame(ctx, x, y, f, dots, identifier):
        return join(map_two(ctx, "map2", x, y, f, dots), identifier)

    @library.function(f"imap_{suffix}(.x, .f, ..., .id = NULL)")
    def imap_frame(ctx, x, f, dots, identifier):
        return join(map_two(ctx, "map2", x, index_of(x), f, dots), identifier)

    @library.function(f"pmap_{suffix}(.l, .f, ..., .id = NULL)")
    def pmap_frame(ctx, columns, f, dots, identifier):
        return join(map_many(ctx, "pmap", columns, f, dots), identifier)


def _as_frame_columns(found: RVector, identifier: Any) -> Any:
    from .binding import bound_columns

    return bound_columns(found)


_declare_frames("df", _as_frame_rows)
_declare_frames("dfr", _as_frame_rows)
_declare_frames("dfc", _as_frame_columns)


@library.function("rep_along(along, x)")
def rep_along(along, x):
    from ..generics import invoke

    return invoke("rep_len", x, Scalar("integer", len(items(along))))
