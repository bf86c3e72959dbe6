"""Verbs on data frames: subset, transform, merge, aggregate, na.omit, unique, expand.grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import EMPTY, Call, Name
from ..dispatch import dispatch_or_none, explicit_class
from ..environment import Environment
from ..evaluator.calls import apply, match_function, promise_arguments
from ..evaluator.compile import evaluate
from ..frames import (
    class_last,
    column_names,
    is_frame,
    keys_of,
    make_frame,
    rebuilt,
    row_count,
    row_labels,
    take_column_rows,
    take_rows,
)
from ..generics import as_text, invoke, pick, put
from ..models.formulas import (
    called,
    data_environment,
    formula_environment,
    is_formula,
    names_in,
    sides,
    variables,
)
from ..registry import builtin, special
from ..session import session
from ..text.collate import string_keys
from ..text.deparse import deparse_value
from ..values import FALSE, MISSING, NULL, Dots, RVector, character, integer, logical, rlist
from ..vectors.coerce import coerce, elements, has_class, one_flag, strings
from .factors import as_factor, factor, level_names, make_factor, matched
from .frame_indexing import column_positions, row_positions, with_column
from .frames import as_data_frame

# --- evaluation inside a frame -----------------------------------------------------------------------------


def _inside(name: str) -> Callable[[Callable[[Any, Call, Environment], Any]], None]:
    """Declare a function whose first argument is data in which the others are evaluated, as written."""

    def declare(work: Callable[[Any, Call, Environment], Any]) -> None:
        @special(name)
        def run(call: Call, env: Environment) -> Any:
            data = evaluate(call.args[0].value, env)
            session.visible = True
            if explicit_class(data) is not None and not is_frame(data):
                pairs = promise_arguments(call, env)
                found = dispatch_or_none(name, data, pairs, call, env)
                if found is not None:
                    return found
            return work(data, call, env)

    return declare


def _named_nodes(call: Call, formals: tuple[str, ...]) -> dict[str, Any]:
    """Arguments behind the first by formal name, unevaluated."""
    given: dict[str, Any] = {}
    free = list(formals)
    rest = []
    for arg in call.args[1:]:
        match = next((f for f in free if arg.name and f.startswith(arg.name)), None)
        if match:
            given[match] = arg.value
            free.remove(match)
        else:
            rest.append(arg.value)
    for value in rest:
        if free:
            given[free.pop(0)] = value
    return {k: v for k, v in given.items() if v is not EMPTY}


def _scope(data: Any, env: Environment) -> Environment:
    if isinstance(data, Environment):
        return data
    return data_environment(data, env)


@_inside("transform")
def transform(data: Any, call: Call, env: Environment) -> Any:
    scope = _scope(data, env)
    made = invoke("as.data.frame", data) if not is_frame(data) else data
    values = [(arg.name, evaluate(arg.value, scope)) for arg in call.args[1:]]
    for name, value in values:
        made = with_column(made, name or "", value)
    return made


@_inside("subset")
def subset(data: Any, call: Call, env: Environment) -> Any:
    nodes = _named_nodes(call, ("subset", "select", "drop"))
    if not is_frame(data):
        if isinstance(data, RVector) and data.dim is not None:
            data = invoke("as.data.frame", data)
        else:
            keep = evaluate(nodes["subset"], env)
            return pick(data, logical((keep.data == 1).astype(np.int8)))
    if "subset" in nodes:
        keep = evaluate(nodes["subset"], _scope(data, env))
        if keep.type != "logical":
            raise UserError(
                "'subset' must be logical", code=Code.TYPE, cure="give a condition on the columns"
            )
        data = take_rows(data, row_positions(data, logical((keep.data == 1).astype(np.int8))))
    if "select" not in nodes:
        return data
    names = column_names(data)
    numbers = Environment(env)
    numbers.values = {name: integer(j + 1) for j, name in enumerate(names) if name}
    chosen = column_positions(data, evaluate(nodes["select"], numbers))
    made = rebuilt(data, [data.data[j] for j in chosen], [names[j] for j in chosen])
    if "drop" in nodes and one_flag(evaluate(nodes["drop"], env), "drop") and len(chosen) == 1:
        return made.data[0]
    return made


# --- rows --------------------------------------------------------------------------------------------------


def complete_rows(columns: list[Any]) -> np.ndarray:
    """Which rows have no NA in any column."""
    keep: np.ndarray | None = None
    for column in columns:
        gone = invoke("is.na", column)
        data = gone.data == 1
        if gone.dim is not None and len(gone.dim) == 2:
            data = data.reshape(gone.dim, order="F").any(axis=1)
        keep = ~data if keep is None else keep & ~data
    return np.ones(0, dtype=bool) if keep is None else keep


@builtin("complete.cases(...)")
def complete_cases(dots):
    columns: list[Any] = []
    for _, value in dots:
        columns += list(value.data) if value.type == "list" else [value]
    return logical(complete_rows(columns))


@builtin("na.omit(object, ...)", generic=True)
def na_omit(x, dots):
    if is_frame(x):
        return _rows_kept(x, complete_rows(list(x.data)), row_labels(x))
    if not isinstance(x, RVector) or x.type == "list" or len(x.dim or ()) > 2:
        return x
    gone = x.is_na()
    if x.dim is not None and len(x.dim) == 2:
        labels = (x.attribute("dimnames") or rlist([NULL])).data[0]
        keep = np.logical_not(gone.reshape(x.dim, order="F").any(axis=1))
        return _rows_kept(x, keep, None if labels is NULL else labels.data)
    return _rows_kept(x, ~gone, x.names)


def _rows_kept(x: RVector, keep: np.ndarray, labels: Sequence[str | None] | None) -> RVector:
    """The rows or elements without NA; which were left out is said in an attribute."""
    if keep.all():
        return take_rows(x, np.flatnonzero(keep)) if is_frame(x) else x
    if is_frame(x):
        made = take_rows(x, np.flatnonzero(keep))
    elif x.dim is not None and len(x.dim) == 2:
        made = invoke("[", x, logical(keep), MISSING, drop=logical(False))
    else:
        made = pick(x, logical(keep))
    left_out = None if labels is None else [label for label, ok in zip(labels, keep, strict=True) if not ok]
    attributes: dict[str, Any] = {} if left_out is None else {"names": character(left_out)}
    action = RVector(
        "integer",
        (np.flatnonzero(~keep) + 1).astype(np.int32),
        {**attributes, "class": character(["omit"])},
    )
    return made.with_attribute("na.action", action)


@builtin("duplicated.data.frame(x, incomparables = FALSE, fromLast = FALSE, ...)")
def duplicated_frame(x, incomparables, from_last, dots):
    keys = keys_of(list(x.data)) if len(x) else []
    if one_flag(from_last, "fromLast"):
        return logical(_repeated(keys[::-1])[::-1])
    return logical(_repeated(keys))


def _repeated(keys: list[Any]) -> list[bool]:
    seen: set[Any] = set()
    out = []
    for key in keys:
        out.append(key in seen)
        seen.add(key)
    return out


@builtin("unique.data.frame(x, incomparables = FALSE, fromLast = FALSE, ...)")
def unique_frame(x, incomparables, from_last, dots):
    again = duplicated_frame(x, incomparables, from_last, dots)
    return take_rows(x, np.flatnonzero(again.data == 0))


# --- merge -------------------------------------------------------------------------------------------------


def _columns_for(frame: RVector, by: Any) -> list[int]:
    if by.type == "character":
        names = column_names(frame)
        missing = [name for name in by.data if name not in names]
        if missing:
            raise UserError(
                "'by' must specify a uniquely valid column",
                code=Code.ARGUMENT,
                cause=f"there is no {missing[0]}",
            )
        return [names.index(name) for name in by.data]
    return [int(i) - 1 for i in by.data]


@builtin(
    "merge(x, y, by, by.x = by, by.y = by, all = FALSE, all.x = all, all.y = all, sort = TRUE,"
    " suffixes = c('.x', '.y'), no.dups = TRUE, incomparables = NULL, ...)",
    generic=True,
)
def merge(
    ctx, x, y, by=None, by_x=None, by_y=None, all=FALSE, all_x=None, all_y=None, sort=logical(True),  # noqa: B008
    suffixes=None, no_dups=None, incomparables=None, dots=(),
):  # fmt: skip
    x, y = (
        v
        if is_frame(v)
        else invoke("data.frame", **{name: v})
        if v.dim is None and v.type != "list"
        else invoke("as.data.frame", v)
        for name, v in (("x", x), ("y", y))
    )
    shared = [name for name in column_names(x) if name in column_names(y)]
    common = character(shared) if by is None else by
    left = _columns_for(x, common if by_x is None else by_x) if common is not NULL else []
    right = _columns_for(y, common if by_y is None else by_y) if common is not NULL else []
    every = one_flag(all, "all")
    keep_left = every if all_x is None else one_flag(all_x, "all.x")
    keep_right = every if all_y is None else one_flag(all_y, "all.y")
    tails = [".x", ".y"] if suffixes is None else strings(suffixes, "suffixes")
    if not left:
        return _crossed_frames(x, y, tails)
    never = None
    if incomparables is not None and incomparables is not NULL:
        never = coerce(incomparables, x.data[left[0]].type) if len(left) == 1 else None
    rows = _matching_rows(x, y, left, right, keep_left, keep_right, one_flag(sort, "sort"), never)
    return _merged(x, y, left, right, rows, tails)


def _crossed_frames(x: RVector, y: RVector, tails: list[Any]) -> RVector:
    first = np.tile(np.arange(row_count(x)), row_count(y))
    second = np.repeat(np.arange(row_count(y)), row_count(x))
    return _merged(x, y, [], [], list(zip(first.tolist(), second.tolist(), strict=True)), tails)


def _matching_rows(
    x: RVector,
    y: RVector,
    left: list[int],
    right: list[int],
    keep_left: bool,
    keep_right: bool,
    sort: bool,
    never: RVector | None = None,
) -> list[tuple[int, int]]:
    """Pairs of rows, -1 for none; sorted by the keys as R's merge sorts.

    Args:
        never: values of a single key that match nothing (incomparables)
    """
    left_keys = keys_of([_key_column(x.data[j]) for j in left])
    right_keys = keys_of([_key_column(y.data[j]) for j in right])
    known = set(right_keys)
    if never is not None:
        known -= set(keys_of([_key_column(never)]))
    groups = {key: g for g, key in enumerate(dict.fromkeys(k for k in left_keys if k in known), 1)}
    at_left, at_right = (_by_group([groups.get(k, 0) for k in keys]) for keys in (left_keys, right_keys))
    pairs = [(i, j) for g in groups.values() for i in at_left[g] for j in at_right[g]]
    if sort and not (keep_left or keep_right):
        order = _key_order([_sorting_key(x, left)])
        pairs.sort(key=lambda pair: order[pair[0]])
    if keep_left:
        pairs += [(i, -1) for i in at_left.get(0, [])]
    if keep_right:
        pairs += [(-1, j) for j in at_right.get(0, [])]
    if sort and (keep_left or keep_right):
        keys = [_joined_keys(x.data[a], y.data[b], pairs) for a, b in zip(left, right, strict=True)]
        order = _key_order(keys)
        pairs = [pairs[i] for i in np.argsort(order, kind="stable")]
    return pairs


_FEW = 20_000
"""Up to so many rows the order of rows with equal keys is R's own."""


def _by_group(groups: list[int]) -> dict[int, list[int]]:
    """The rows of each group, 0 for rows that match none, in the order that R's sort leaves them in.

    That sort is Shell's with the gaps 1, 4, 13, ...: from nine rows on it may swap equal ones.
    """
    values, rows = list(groups), list(range(len(groups)))
    gap = 1
    while gap <= len(rows) // 9:
        gap = 3 * gap + 1
    if len(set(groups)) == len(groups) or len(rows) > _FEW:
        gap = 0
    while gap:
        for i in range(gap, len(rows)):
            value, row, j = values[i], rows[i], i
            while j >= gap and values[j - gap] > value:
                values[j], rows[j] = values[j - gap], rows[j - gap]
                j -= gap
            values[j], rows[j] = value, row
        gap //= 3
    out: dict[int, list[int]] = {}
    for row in rows:
        out.setdefault(groups[row], []).append(row)
    return out


def _sorting_key(x: RVector, columns: list[int]) -> Any:
    """What matching rows are sorted by: one key by value, a factor by label, several by their text."""
    if len(columns) == 1:
        return _key_column(x.data[columns[0]])
    return invoke("paste", *(x.data[j] for j in columns), sep=character("\r"))


def _key_column(column: Any) -> Any:
    if has_class(column, "factor"):
        return as_text(column)
    return (
        coerce(column, "double") if column.type == "integer" and column.attribute("class") is None else column
    )


def _joined_keys(left: Any, right: Any, pairs: list[tuple[int, int]]) -> Any:
    firsts = np.array([i for i, _ in pairs])
    seconds = np.array([j for _, j in pairs])
    values = take_column_rows(left, firsts)
    if has_class(values, "factor"):
        added = as_text(take_column_rows(right, seconds))
        texts = [a if i < 0 else t for i, t, a in zip(firsts, as_text(values).data, added.data, strict=True)]
        words = list(dict.fromkeys([*level_names(values), *(t for t in texts if t is not None)]))
        return make_factor(matched(texts, words), words)
    missing = np.flatnonzero(firsts < 0)
    if len(missing):
        index = RVector("integer", (missing + 1).astype(np.int32))
        values = put(values, [index], take_column_rows(right, seconds[missing]))
    return values


def _key_order(columns: list[Any]) -> np.ndarray:
    """The rank of each row by its key columns."""
    ranks = [_ranks(column) for column in columns]
    order = np.lexsort(ranks[::-1])
    stacked = np.stack(ranks, axis=1)[order]
    changed = np.concatenate([[False], (stacked[1:] != stacked[:-1]).any(axis=1)])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.cumsum(changed)
    return rank


def _ranks(column: Any) -> np.ndarray:
    if column.type == "character":
        texts = [text if text is not None else "\U0010ffff" for text in column.data]
        distinct = sorted(set(texts))
        order = sorted(range(len(distinct)), key=string_keys(distinct).__getitem__)
        places = {distinct[i]: rank for rank, i in enumerate(order)}
        return np.array([places[text] for text in texts], dtype=np.int64)
    data = np.where(column.is_na(), np.inf, column.data.astype(float))
    return np.unique(data, return_inverse=True)[1]


def _merged(
    x: RVector, y: RVector, left: list[int], right: list[int], rows: list[tuple[int, int]], tails: list[Any]
) -> RVector:
    firsts = np.array([i for i, _ in rows], dtype=np.int64)
    seconds = np.array([j for _, j in rows], dtype=np.int64)
    names, columns = [], []
    for a, b in zip(left, right, strict=True):
        columns.append(
            _joined_keys(x.data[a], y.data[b], rows)
            if (firsts < 0).any()
            else take_column_rows(x.data[a], firsts)
        )
        names.append(column_names(x)[a])
    rest_left = [j for j in range(len(x)) if j not in left]
    rest_right = [j for j in range(len(y)) if j not in right]
    left_names = [column_names(x)[j] or "" for j in rest_left]
    right_names = [column_names(y)[j] or "" for j in rest_right]
    both, keys = set(left_names) & set(right_names), set(names)
    names += [name + tails[0] if name in both else name for name in left_names]
    names += [name + tails[1] if name in both or name in keys else name for name in right_names]
    columns += [take_column_rows(x.data[j], firsts) for j in rest_left]
    columns += [take_column_rows(y.data[j], seconds) for j in rest_right]
    return make_frame(columns, names)


# --- aggregate ---------------------------------------------------------------------------------------------


@builtin("aggregate(x, ...)", generic=True)
def aggregate(ctx, x, dots):
    if is_formula(x):
        given = dict(_positional(dots, ("data", "FUN")))
        return aggregate_formula(ctx, x, given.pop("data"), given.pop("FUN"), list(given.items()))
    frame = as_data_frame(ctx, x, NULL, FALSE, [], FALSE)
    if not is_frame(x) and not (isinstance(x, RVector) and x.type == "list") and len(frame) == 1:
        frame = rebuilt(frame, list(frame.data), ["x"])
    given = dict(_positional(dots, ("by", "FUN")))
    return aggregate_frame(ctx, frame, given.pop("by"), given.pop("FUN"), list(given.items()))


def _positional(dots: Dots, formals: tuple[str, ...]) -> Dots:
    free = [f for f in formals if f not in {name for name, _ in dots}]
    return [(name or (free.pop(0) if free else None), value) for name, value in dots]


@builtin("aggregate.data.frame(x, by, FUN, ..., simplify = TRUE, drop = TRUE)")
def aggregate_frame(ctx, x, by, fun, dots=(), simplify=logical(True), drop=logical(True)):  # noqa: B008
    if is_formula(by):
        return aggregate_formula(ctx, by, x, fun, dots)
    if not isinstance(by, RVector) or by.type != "list":
        raise UserError("'by' must be a list", code=Code.TYPE, cure="write by = list(group)")
    if not len(by):
        raise UserError("no input has determined the number of cases", cause="'by' is empty")
    if any(len(value) != row_count(x) for value in by.data):
        raise UserError(
            "arguments must have same length", cause=f"there are {row_count(x)} rows: each needs its group"
        )
    names = by.names or [""] * len(by)
    keys = [name or f"Group.{i + 1}" for i, name in enumerate(names)]
    return _aggregated(ctx, list(x.data), column_names(x), list(by.data), keys, fun, dots)


def _aggregated(
    ctx: Any, columns: list[Any], names: list[Any], by: list[Any], keys: list[str], fun: Any, dots: Any
) -> RVector:
    function = match_function(fun, ctx)
    factors = [as_factor(value) for value in by]
    keep = np.ones(len(factors[0]), dtype=bool)
    for f in factors:
        keep &= ~f.is_na()
    codes = np.zeros(len(keep), dtype=np.int64)
    step = 1
    for f in factors:
        codes += (f.data.astype(np.int64) - 1) * step
        step *= max(1, len(level_names(f)))
    rows = np.flatnonzero(keep)
    found, first = np.unique(codes[rows], return_index=True)
    groups = [rows[codes[rows] == code] for code in found]
    key_columns = [take_column_rows(value, rows[first]) for value in by]
    results = []
    for column in columns:
        values = [
            apply(function, [(None, take_column_rows(column, group)), *dots], None, ctx.env)
            for group in groups
        ]
        results.append(_simplified(values))
    return class_last(make_frame([*key_columns, *results], [*keys, *names]))


def _simplified(values: list[Any]) -> Any:
    """Results of one length as a vector, or as a matrix with a row a group."""
    lengths = {len(value) for value in values}
    if lengths == {1}:
        return invoke("unlist", rlist(values), use_names=FALSE)
    if len(lengths) == 1 and values:
        return invoke("rbind", *[value for value in values])
    return rlist(values)


def aggregate_formula(ctx: Any, formula: Any, data: RVector, fun: Any, dots: Any) -> RVector:
    """aggregate(cbind(a, b) ~ g, data, FUN): rows with NA are left out."""
    left, right = sides(formula)
    env = data_environment(data, formula_environment(formula) or ctx.env)
    if isinstance(left, Name) and left.name == ".":
        taken = names_in(right)
        names = [name for name in column_names(data) if name not in taken]
        columns = [data.data[column_names(data).index(name)] for name in names]
    elif isinstance(left, Call) and called(left, "cbind"):
        columns = [evaluate(arg.value, env) for arg in left.args]
        names = [arg.name or deparse_value(arg.value) for arg in left.args]
    else:
        columns, names = [evaluate(left, env)], [deparse_value(left)]
    by, keys = variables(formula, data)
    keep = np.flatnonzero(complete_rows([*columns, *by]))
    columns = [take_column_rows(column, keep) for column in columns]
    by = [take_column_rows(value, keep) for value in by]
    return _aggregated(ctx, columns, names, by, keys, fun, dots)


# --- making ------------------------------------------------------------------------------------------------


@builtin("expand.grid(..., KEEP.OUT.ATTRS = TRUE, stringsAsFactors = TRUE)")
def expand_grid(dots, keep_out_attrs, strings_as_factors):
    pairs: Dots = dots
    if len(dots) == 1 and dots[0][1].type == "list":
        values = dots[0][1]
        pairs = list(zip(values.names or [""] * len(values), values.data, strict=True))
    total = int(np.prod([len(value) for _, value in pairs])) if pairs else 0
    columns, repeat = [], 1
    for _, value in pairs:
        order = np.tile(np.repeat(np.arange(len(value)), repeat), total // max(1, repeat * len(value)))
        if value.type == "character" and one_flag(strings_as_factors, "stringsAsFactors"):
            value = factor(value, invoke("unique", value))
        columns.append(take_column_rows(value, order))
        repeat *= len(value)
    names = [name or f"Var{i + 1}" for i, (name, _) in enumerate(pairs)]
    made = make_frame(columns, names)
    if one_flag(keep_out_attrs, "KEEP.OUT.ATTRS"):
        attributes = {"names": None, "out.attrs": _out_attributes(pairs, names), **(made.attributes or {})}
        made = made.with_attributes(attributes)
    return made


def _out_attributes(pairs: Dots, names: list[str]) -> RVector:
    labels = [
        character([f"{name}={text}" for text in strings(_label_texts(value), name)])
        for name, (_, value) in zip(names, pairs, strict=True)
    ]
    dims = integer([len(value) for _, value in pairs], {"names": character(names)})
    return rlist([dims, rlist(labels, names)], ["dim", "dimnames"])


def _label_texts(value: RVector) -> RVector:
    """Numbers in common format, all else as text."""
    return invoke("format" if invoke("is.numeric", value).data[0] else "as.character", value)


@builtin("stack(x, ...)", generic=True)
def stack(x, dots):
    if not isinstance(x, RVector) or x.names is None:
        raise UserError("at least one vector element is required", code=Code.VALUE)
    names = [name or "" for name in x.names]
    values = invoke("unlist", x, use_names=FALSE)
    codes = np.repeat(np.arange(1, len(names) + 1), [len(item) for item in elements(x)])
    return make_frame([values, make_factor(codes, list(dict.fromkeys(names)))], ["values", "ind"])
