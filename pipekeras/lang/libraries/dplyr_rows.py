"""dplyr's verbs on rows: slice and its kin, top_n, sample_n, distinct, bind_rows, bind_cols."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...syntax.tree import Call, Name
from ..builtins.sampling import sample_positions
from ..environment import Environment
from ..frames import column_names, is_frame, keys_of
from ..session import session
from ..values import NULL, RVector, Scalar, rlist
from ..vectors.coerce import coerce, one_flag, one_int, one_number, one_string
from ..vectors.ordering import order_by
from .aborting import abort
from .binding import bound_columns, bound_rows
from .dplyr import library, mutated, verb
from .grouping import (
    columns_of,
    each_group,
    group_names,
    grouped,
    in_group,
    kept_rows,
    regrouped_like,
    reshaped,
    sort_key,
)
from .quosures import Quosure, capture, evaluate_quosure


def _sliced(data: RVector, choose: Callable[[np.ndarray], np.ndarray]) -> RVector:
    """The rows that are chosen within each group, in the table's order of groups."""
    parts = [g.rows[choose(g.rows)] for g in each_group(data)]
    rows = np.concatenate(parts) if parts else np.empty(0, dtype=int)
    return kept_rows(data, rows.astype(int))


def _positions(values: list[Any], count: int) -> np.ndarray:
    from ..vectors.combine import combine

    found = combine([(None, v) for v in values])
    if found is NULL:
        return np.empty(0, dtype=int)
    wanted = coerce(found, "double").data
    if (wanted < 0).any():
        gone = {int(-v) - 1 for v in wanted}
        return np.array([i for i in range(count) if i not in gone], dtype=int)
    chosen = [int(v) - 1 for v in wanted if 1 <= v <= count]
    return np.array(chosen, dtype=int)


@verb("slice", formals="... .preserve")
def slice_(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    columns = columns_of(data)
    kept = []
    for group in each_group(data):
        seen = in_group(columns, group, False)
        kept.append(group.rows[_positions([evaluate_quosure(q, seen) for q in parts], len(group.rows))])
    rows = np.concatenate(kept) if kept else np.empty(0, dtype=int)
    if group_names(data):
        rows = np.concatenate(kept) if kept else rows
    return kept_rows(data, rows.astype(int))


def _wanted(given: dict[str, Any], parts: list[Quosure], count: int) -> int:
    """How many rows `n` or `prop` asks for."""
    if "prop" in given:
        return min(int(one_number(given["prop"], "prop") * count), count)
    n = one_int(given["n"], "n") if "n" in given else 1
    return max(count + n, 0) if n < 0 else min(n, count)


def _unnamed(parts: list[Quosure]) -> None:
    if parts and parts[0].name is None:
        raise abort("`n` must be explicitly named.", "slice_head")


@verb("slice_head", formals="... n prop")
def slice_head(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    _unnamed(parts)
    return _sliced(data, lambda rows: np.arange(_wanted(given, parts, len(rows))))


@verb("slice_tail", formals="... n prop")
def slice_tail(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    _unnamed(parts)
    return _sliced(data, lambda rows: np.arange(len(rows) - _wanted(given, parts, len(rows)), len(rows)))


def _extreme_rows(data: RVector, part: Quosure, given: dict[str, Any], down: bool) -> RVector:
    columns = columns_of(data)
    ties = one_flag(given["with_ties"], "with_ties") if "with_ties" in given else True
    kept = []
    for group in each_group(data):
        key = sort_key(evaluate_quosure(part, in_group(columns, group, False)))
        order = order_by([key], [down])
        count = _wanted(given, [], len(group.rows))
        if ties and 0 < count < len(order):
            last = key.data[order[count - 1]]
            while count < len(order) and key.data[order[count]] == last:
                count += 1
        kept.append(group.rows[order[:count]])
    rows = np.concatenate(kept) if kept else np.empty(0, dtype=int)
    return kept_rows(data, rows.astype(int))


def _declare_extreme(name: str, down: bool) -> None:
    @library.special(name)
    def slice_extreme(call: Call, env: Environment) -> Any:
        session.visible = True
        order = next((a for a in call.args if a.name == "order_by"), None)
        plain = Call(call.function, [a for a in call.args if a is not order], call.span)
        given, parts = capture(plain, env, [".data", "...", "n", "prop", "with_ties"])
        data = given.pop(".data")
        part = Quosure(None, order.value, env) if order is not None else parts[0]
        return _extreme_rows(data, part, given, down)


_declare_extreme("slice_max", True)
_declare_extreme("slice_min", False)


def _sampled(data: RVector, count: Callable[[int], float], replace: Any, weight: Quosure | None) -> RVector:
    columns = columns_of(data)
    kept = []
    for group in each_group(data):
        size = len(group.rows)
        prob = NULL if weight is None else evaluate_quosure(weight, in_group(columns, group, False))
        wanted = Scalar("integer", int(count(size)))
        repeated = replace is not NULL and one_flag(replace, "replace")
        at = np.asarray(sample_positions(size, wanted, repeated, prob)).astype(int) - 1
        kept.append(group.rows[at])
    rows = np.concatenate(kept) if kept else np.empty(0, dtype=int)
    return kept_rows(data, rows.astype(int))


@verb("slice_sample", formals="... n prop replace")
def slice_sample(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    weight = next((q for q in parts if q.name == "weight_by"), None)
    return _sampled(data, lambda size: _wanted(given, parts, size), given.get("replace", NULL), weight)


@library.function("sample_n(tbl, size, replace = FALSE, weight = NULL, .env = NULL, ...)")
def sample_n(tbl, size, replace, weight, env, dots):
    wanted = one_int(size, "size")
    if not one_flag(replace, "replace") and wanted > min((len(g.rows) for g in each_group(tbl)), default=0):
        raise abort(
            "Can't compute indices.\n`size` must be less than or equal to the number of rows.", "sample_n"
        )
    return _sampled(tbl, lambda count: wanted, replace, None)


@library.function("sample_frac(tbl, size = 1, replace = FALSE, weight = NULL, .env = NULL, ...)")
def sample_frac(tbl, size, replace, weight, env, dots):
    part = one_number(size, "size")
    return _sampled(tbl, lambda count: round(part * count), replace, None)


@library.special("top_n")
def top_n(call: Call, env: Environment) -> Any:
    """`top_n(x, n, wt)`: the n largest (or, negative, smallest) rows, in the table's order, with ties."""
    session.visible = True
    args = [a for a in call.args if a.name != "wt"]
    weights = [a for a in call.args if a.name == "wt"]
    plain = Call(call.function, args[:2], call.span)
    given, _ = capture(plain, env, [".data", "n"])
    data = given[".data"]
    node = weights[0].value if weights else args[2].value if len(args) > 2 else None
    if node is None:
        node = Name(column_names(data)[-1] or "")
    count = one_int(given["n"], "n")
    columns = columns_of(data)
    kept = []
    for group in each_group(data):
        key = sort_key(evaluate_quosure(Quosure(None, node, env), in_group(columns, group, False)))
        numbers = -coerce(key, "double").data if count > 0 else coerce(key, "double").data
        ranks = np.array([1 + int((numbers < v).sum()) if v == v else 10**9 for v in numbers], dtype=int)
        kept.append(group.rows[ranks <= abs(count)])
    rows = np.sort(np.concatenate(kept)) if kept else np.empty(0, dtype=int)
    return kept_rows(data, rows)


@verb("distinct", formals="... .keep_all")
def distinct(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    bare = grouped(data, [])
    columns, changed, _ = mutated(bare, parts)
    keys = list(dict.fromkeys([*group_names(data), *changed])) if parts else list(columns)
    found: dict[Any, int] = {}
    for i, key in enumerate(keys_of([columns[n] for n in keys]) if keys else []):
        found.setdefault(key, i)
    whole = ".keep_all" in given and one_flag(given[".keep_all"], ".keep_all")
    names = list(columns) if whole or not parts else [n for n in columns if n in keys]
    made = reshaped(bare, [columns[n] for n in names], names)
    return regrouped_like(kept_rows(made, np.array(list(found.values()), dtype=int)), data)


# --- binding -----------------------------------------------------------------------------------------------


@library.function("bind_rows(..., .id = NULL)")
def bind_rows(dots, identifier):
    if (
        len(dots) == 1
        and isinstance(dots[0][1], RVector)
        and not is_frame(dots[0][1])
        and dots[0][1].type == "list"
    ):
        found = dots[0][1]
    else:
        found = rlist([v for _, v in dots], [n for n, _ in dots] if any(n for n, _ in dots) else None)
    out = bound_rows(found, None if identifier is NULL else one_string(identifier, ".id"))
    first = next((v for _, v in dots if is_frame(v)), None)
    return regrouped_like(out, first) if first is not None and group_names(first) else out


@library.function("bind_cols(..., .name_repair = 'unique')")
def bind_cols(dots, name_repair):
    if (
        len(dots) == 1
        and isinstance(dots[0][1], RVector)
        and not is_frame(dots[0][1])
        and dots[0][1].type == "list"
    ):
        return bound_columns(dots[0][1])
    return bound_columns(rlist([v for _, v in dots], [n or "" for n, _ in dots]))


@library.function("union_all(x, y, ...)")
def union_all(x, y, dots):
    return bound_rows(rlist([x, y]))


def distinct_rows(table: RVector) -> RVector:
    """Each different row once."""
    found: dict[Any, int] = {}
    for i, key in enumerate(keys_of(list(table.data))):
        found.setdefault(key, i)
    return kept_rows(table, np.array(list(found.values()), dtype=int))


def _inside_verbs_only(name: str) -> None:
    @library.special(name)
    def refuse(call: Call, env: Environment) -> Any:
        raise abort(f"`{name}()` must only be used inside dplyr verbs.", name)


for _name in ("across", "if_any", "if_all", "c_across"):
    _inside_verbs_only(_name)


@library.function("collect(x, ...)", "compute")
def collect(x, dots):
    return x
