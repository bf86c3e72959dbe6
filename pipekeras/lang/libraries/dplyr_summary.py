"""dplyr's summaries: summarise, count, tally, add_count, and what asks for the running group: n()."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...syntax.tree import Arg, Call, Const, Name
from ..frames import column_names, is_frame, row_count, take_column_rows
from ..session import session
from ..values import NULL, RVector, integer
from ..vectors.coerce import one_flag, one_string
from ..vectors.ordering import order_by
from .aborting import abort
from .across import expanded
from .binding import like, tibble_of
from .dplyr import _scoped, library, mutated, verb
from .grouping import (
    columns_of,
    each_group,
    group_names,
    grouped,
    in_group,
    is_rowwise,
    kept_rows,
    reshaped,
    running,
)
from .quosures import Quosure, evaluate_quosure
from .vectors import combined, recycled_to, size_of


def summarised(data: RVector, parts: Sequence[Quosure]) -> tuple[RVector, np.ndarray]:
    """The results of all groups below each other, and the number of the group of each row."""
    columns = columns_of(data)
    singles = [q for part in parts for q in expanded(part, columns, group_names(data))]
    results: dict[str, list[Any]] = {}
    sizes: list[int] = []
    for group in each_group(data):
        seen = in_group(columns, group, is_rowwise(data))
        made: dict[str, Any] = {}
        for part in singles:
            value = evaluate_quosure(part, {**seen, **made})
            if is_frame(value) and part.name is None:
                made.update(columns_of(value))
            elif value is not NULL:
                made[part.label] = _checked(value, part.label)
        size = _common([size_of(v) for v in made.values()])
        sizes.append(size)
        for name, value in made.items():
            results.setdefault(name, []).append(recycled_to(value, size, name))
    numbers = np.repeat(np.arange(len(sizes)), sizes)
    joined = {n: _bare(combined(v)) for n, v in results.items()}
    if not sizes:
        joined = {q.label: RVector("logical", np.empty(0, dtype=np.int8)) for q in singles}
    return tibble_of(list(joined.values()), list(joined), int(sum(sizes))), numbers


def _checked(value: Any, name: str) -> Any:
    if not isinstance(value, RVector):
        raise abort(f"Problem while computing `{name}`.\n✖ `{name}` must be a vector.", "summarise")
    return value


def _bare(value: Any) -> Any:
    if (
        isinstance(value, RVector)
        and value.attributes
        and "names" in value.attributes
        and value.type != "list"
    ):
        return value if is_frame(value) else value.with_attribute("names", None)
    return value


def _common(sizes: Sequence[int]) -> int:
    others = {s for s in sizes if s != 1}
    return others.pop() if len(others) == 1 else max(others, default=1)


def with_keys(data: RVector, made: RVector, numbers: np.ndarray) -> RVector:
    """Results with the grouping columns before them."""
    groups = data.attribute("groups")
    names = group_names(data)
    keys = [] if groups is None else [take_column_rows(c, numbers) for c in groups.data[: len(names)]]
    model = grouped(data, [])
    return like(model, [*keys, *made.data], [*names, *column_names(made)], row_count(made))


@verb("summarise", "summarize", "reframe", formals="... .groups")
def summarise(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    made, numbers = summarised(data, parts)
    out = with_keys(data, made, numbers)
    return _left_grouping(data, out, given.get(".groups", NULL))


def _left_grouping(data: RVector, out: RVector, wanted: Any) -> RVector:
    """By default the last grouping column is dropped, as R says in a message."""
    names = group_names(data)
    how = "drop_last" if wanted is NULL else one_string(wanted, ".groups")
    if is_rowwise(data):
        return grouped(out, names) if how == "keep" or (names and wanted is NULL) else out
    if how == "keep":
        return grouped(out, names)
    if how == "drop_last" and len(names) > 1:
        if wanted is NULL:
            listed = ", ".join(f"'{n}'" for n in names[:-1])
            session.write_error(
                f"`summarise()` has grouped output by {listed}."
                " You can override using the `.groups`\nargument.\n"
            )
        return grouped(out, names[:-1])
    return out


def _summarise_with(data: RVector, parts: list[Quosure]) -> RVector:
    made, numbers = summarised(data, parts)
    return _left_grouping(data, with_keys(data, made, numbers), NULL)


_scoped("summarise", _summarise_with)
library.values.update(
    {f"summarize_{kind}": library.values[f"summarise_{kind}"] for kind in ("all", "if", "at")}
)


# --- counting ----------------------------------------------------------------------------------------------


def _count_name(given: dict[str, Any], taken: Sequence[Any]) -> str:
    if given.get("name", NULL) is not NULL:
        return one_string(given["name"], "name")
    name = "n"
    while name in taken:
        name += "n"
    return name


def _counts(data: RVector, weight: Quosure | None) -> Quosure:
    node = Call(Const(library.values["n"]), [])
    if weight is not None:
        node = Call(Name("sum"), [Arg(None, weight.node), Arg("na.rm", Const(True))])
    return Quosure("n", node, session.global_env if weight is None else weight.env)


def _weight(parts: list[Quosure]) -> tuple[list[Quosure], Quosure | None]:
    weights = [q for q in parts if q.name == "wt"]
    rest = [q for q in parts if q.name != "wt"]
    return rest, weights[0] if weights else None


def tallied(data: RVector, given: dict[str, Any], weight: Quosure | None) -> RVector:
    made, numbers = summarised(data, [_counts(data, weight)])
    out = with_keys(data, made, numbers)
    names = [n or "" for n in column_names(out)]
    names[-1] = _count_name(given, names[:-1])
    out = reshaped(out, list(out.data), names)
    if "sort" in given and one_flag(given["sort"], "sort"):
        out = kept_rows(out, order_by([out.data[len(out) - 1]], [True]))
    return out


@verb("count", formals="... sort name .drop")
def count(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    rest, weight = _weight(parts)
    outer = group_names(data)
    columns, changed, _ = mutated(grouped(data, []), _as_written(rest, data))
    keys = list(dict.fromkeys([*outer, *changed]))
    bare = reshaped(grouped(data, []), list(columns.values()), list(columns))
    drop = one_flag(given[".drop"], ".drop") if ".drop" in given else True
    out = tallied(grouped(bare, keys, drop), given, weight)
    out = like(grouped(data, []), list(out.data), column_names(out), row_count(out))
    return grouped(out, outer) if outer else out


def _as_written(parts: list[Quosure], data: RVector) -> list[Quosure]:
    for part in parts:
        if isinstance(part.node, Name) and part.node.name not in column_names(data):
            raise abort(
                f"Must group by variables found in `.data`.\n✖ Column `{part.node.name}` is not found.",
                "count",
            )
    return parts


@verb("tally", formals="... sort name")
def tally(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    _, weight = _weight(parts)
    out = tallied(data, given, weight)
    names = group_names(data)
    return grouped(out, names[:-1]) if len(names) > 1 else out


@verb("add_count", formals="... sort name")
def add_count(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    rest, weight = _weight(parts)
    keys = [q.label for q in rest] or group_names(data)
    columns, _, _ = mutated(grouped(grouped(data, []), keys), [_counts(data, weight)])
    names = [n or "" for n in column_names(data)]
    added = columns.pop("n") if "n" not in names else columns["n"]
    out = reshaped(data, [*data.data, added], [*names, _count_name(given, names)])
    if "sort" in given and one_flag(given["sort"], "sort"):
        out = kept_rows(out, order_by([out.data[len(out) - 1]], [True]))
    return out


@verb("add_tally", formals="... sort name")
def add_tally(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    return add_count(data, given, parts)


# --- the running group -------------------------------------------------------------------------------------


@library.function("n()")
def n():
    return integer(len(running().rows))


@library.function("cur_group_id()")
def cur_group_id():
    return integer(running().number + 1)


@library.function("cur_group_rows()")
def cur_group_rows():
    return integer(running().rows + 1)


@library.function("cur_group()")
def cur_group():
    group = running()
    names = group_names(group.table)
    if group.keys is None:
        return tibble_of([], [], 1)
    row = np.array([group.number])
    return tibble_of([take_column_rows(c, row) for c in group.keys.data[: len(names)]], names)


@library.function("cur_data()", "cur_data_all")
def cur_data():
    group = running()
    keys = group_names(group.table)
    columns = {n: c for n, c in columns_of(group.table).items() if n not in keys}
    return tibble_of(
        [take_column_rows(c, group.rows) for c in columns.values()], list(columns), len(group.rows)
    )


@library.function("group_indices(.data, ...)")
def group_indices(data, dots):
    out = np.zeros(row_count(data), dtype=np.int32)
    for group in each_group(data):
        out[group.rows] = group.number + 1
    return integer(out)


@library.function("n_distinct(..., na.rm = FALSE)")
def n_distinct(dots, na_rm):
    from ..frames import keys_of

    columns = [v for _, value in dots for v in (value.data if is_frame(value) else [value])]
    keys = keys_of(columns)
    if one_flag(na_rm, "na.rm"):
        missing = np.any([c.is_na() for c in columns], axis=0)
        keys = [k for k, gone in zip(keys, missing, strict=True) if not gone]
    return integer(len(set(keys)))
