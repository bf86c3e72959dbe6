"""rsample: initial_split, vfold_cv, bootstraps and their kin, by R's stream of random numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...syntax.tree import Call, Const
from ..builtins.sampling import sample_positions
from ..conditions import warn
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..frames import column_names, row_count, take_rows
from ..lookup import force
from ..session import session
from ..values import NULL, Promise, RVector, Scalar, character, integer, rlist, stretched
from ..vectors.coerce import has_class, one_int, one_number
from .binding import tibble_of
from .dplyr import selected_names
from .grouping import kept_rows, split_rows
from .library import Library, method
from .quosures import quosures
from .tibble_print import tibble_lines

library = Library("rsample")

_DEPTH = 20
"""Rows that a stratum of a numeric variable needs at least."""


def drawn(n: int, size: int, replace: bool = False) -> np.ndarray:
    """`sample(n, size)`, from 0."""
    return np.asarray(sample_positions(n, Scalar("integer", size), replace, NULL)).astype(int) - 1


def split_of(data: RVector, inside: np.ndarray, kind: str, outside: np.ndarray | None = None) -> RVector:
    """One split: rows for analysis, and those for assessment where they are not simply the rest."""
    rest = NULL if outside is None else integer(outside + 1)
    parts = [
        data,
        integer(inside + 1),
        integer([None]) if rest is NULL else rest,
        tibble_of([character("Resample1")], ["id"]),
    ]
    classes = [kind, "rsplit"] if kind != "initial_split" else ["initial_split", "mc_split", "rsplit"]
    return rlist(parts, ["data", "in_id", "out_id", "id"], {"class": character(classes)})


def rows_of(data: RVector, rows: np.ndarray) -> RVector:
    """`data[rows, , drop = FALSE]`: data frames keep the numbers of their rows."""
    return kept_rows(data, rows) if has_class(data, "tbl_df") else take_rows(data, rows)


def inner_rows(split: RVector) -> np.ndarray:
    return split.data[1].data - 1


def outer_rows(split: RVector) -> np.ndarray:
    if not bool(split.data[2].is_na()[0]):
        return split.data[2].data - 1
    count = row_count(split.data[0])
    return np.setdiff1d(np.arange(count), inner_rows(split))


def _arguments(call: Call, env: Environment, formals: Sequence[str]) -> tuple[RVector, dict[str, Any], Any]:
    """(data, other arguments evaluated, the strata column or None)."""
    from ...signature import Param, Signature

    session.visible = True
    matched = Signature([Param(n) for n in formals]).match(promise_arguments(call, env))
    strata = matched.values.pop("strata", None)
    given = {n: force(v) if isinstance(v, Promise) else v for n, v in matched.values.items()}
    data = given.pop("data")
    if strata is None or strata is NULL or _is_null(strata):
        return data, given, None
    (name,) = selected_names(data, quosures([(None, strata)], env))
    return data, given, _strata(data.data[column_names(data).index(name)], given)


def _is_null(value: Any) -> bool:
    return isinstance(value, Promise) and isinstance(value.node, Const) and value.node.value is None


def _strata(column: RVector, given: dict[str, Any]) -> list[np.ndarray]:
    """The rows of each stratum: of a number, of its quarters, if there is enough data."""
    if column.type in ("double", "integer") and not has_class(column, "factor"):
        breaks = one_int(given["breaks"], "breaks") if "breaks" in given else 4
        if len(column) / breaks < _DEPTH:
            breaks = len(column) // _DEPTH
            warn(
                "The number of observations in each quantile is below the recommended threshold of"
                f" {_DEPTH}.\n• Stratification will use {breaks} breaks instead."
            )
        if breaks < 2:
            warn("Too little data to stratify.\n• Resampling will be unstratified.")
            return [np.arange(len(column))]
        edges = np.unique(np.quantile(column.data.astype(float), np.arange(breaks + 1) / breaks))
        codes = np.clip(np.searchsorted(edges, column.data, side="left"), 1, len(edges) - 1)
        return [np.flatnonzero(codes == k) for k in range(1, len(edges))]
    return split_rows([column])


def _proportion(given: dict[str, Any]) -> float:
    return one_number(given["prop"], "prop") if "prop" in given else 0.75


def _monte_carlo(count: int, strata: list[np.ndarray] | None, prop: float) -> np.ndarray:
    if strata is None:
        return drawn(count, int(np.floor(count * prop)))
    return np.concatenate(
        [rows[np.sort(drawn(len(rows), int(np.floor(len(rows) * prop))))] for rows in strata]
    )


_SPLIT = ["data", "prop", "strata", "breaks", "pool", "..."]


@library.special("initial_split")
def initial_split(call: Call, env: Environment) -> Any:
    data, given, strata = _arguments(call, env, _SPLIT)
    return split_of(data, _monte_carlo(row_count(data), strata, _proportion(given)), "initial_split")


@library.special("initial_time_split")
def initial_time_split(call: Call, env: Environment) -> Any:
    data, given, _ = _arguments(call, env, ["data", "prop", "lag", "..."])
    count = int(np.floor(row_count(data) * _proportion(given)))
    return split_of(data, np.arange(count), "initial_split")


@library.function("training(x)")
def training(x):
    return rows_of(x.data[0], inner_rows(x))


@library.function("analysis(x, ...)")
def analysis(x, dots):
    return training(x)


@library.function("testing(x)")
def testing(x):
    return rows_of(x.data[0], outer_rows(x))


@library.function("assessment(x, ...)")
def assessment(x, dots):
    return testing(x)


def _sizes(split: RVector) -> tuple[int, int, int]:
    return len(inner_rows(split)), len(outer_rows(split)), row_count(split.data[0])


def split_label(split: RVector) -> str:
    """How a split shows in a column of a tibble."""
    inside, outside, _ = _sizes(split)
    return f"<split [{inside}/{outside}]>"


@method("print.rsplit(x, ...)", "print", "rsplit", invisible=True)
def print_split(x, dots):
    title = "Training/Testing/Total" if has_class(x, "initial_split") else "Analysis/Assess/Total"
    session.write(f"<{title}>\n<{'/'.join(str(n) for n in _sizes(x))}>\n")
    return x


# --- sets of splits ----------------------------------------------------------------------------------------


def resamples(splits: list[RVector], ids: dict[str, list[str]], kind: str, title: str) -> RVector:
    """A tibble of splits, printed under its own title."""
    made = tibble_of([rlist(splits), *(character(v) for v in ids.values())], ["splits", *ids])
    classes = character([kind, "rset", "tbl_df", "tbl", "data.frame"])
    return RVector(
        "list", made.data, {**(made.attributes or {}), "class": classes, "title": character(title)}
    )


@method("print.rset(x, ...)", "print", "rset", invisible=True)
def print_resamples(x, dots):
    if x.attribute("title") is None:
        session.write("\n".join(tibble_lines(x)) + "\n")
        return x
    title = x.attribute("title").data[0]
    plain = tibble_of(list(x.data), column_names(x))
    session.write("\n".join([f"# {title} ", *tibble_lines(plain)]) + "\n")
    return x


def _folds(count: int, v: int, strata: list[np.ndarray] | None) -> list[np.ndarray]:
    """The rows for assessment of each fold."""
    if strata is None:
        strata = [np.arange(count)]
    folds: list[list[int]] = [[] for _ in range(v)]
    for rows in strata:
        labels = stretched(np.arange(v), len(rows))[drawn(len(rows), len(rows))]
        for k in range(v):
            folds[k] += rows[labels == k].tolist()
    return [np.array(f, dtype=int) for f in folds]


@library.special("vfold_cv")
def vfold_cv(call: Call, env: Environment) -> Any:
    data, given, strata = _arguments(call, env, ["data", "v", "repeats", "strata", "breaks", "pool", "..."])
    v = one_int(given["v"], "v") if "v" in given else 10
    repeats = one_int(given["repeats"], "repeats") if "repeats" in given else 1
    count = row_count(data)
    splits, outer, inner = [], [], []
    for r in range(repeats):
        for k, rows in enumerate(_folds(count, v, strata)):
            splits.append(split_of(data, np.setdiff1d(np.arange(count), rows), "vfold_split"))
            outer.append(_label("Repeat", r, repeats))
            inner.append(_label("Fold", k, v))
    title = f" {v}-fold cross-validation"
    ids = {"id": inner}
    if repeats > 1:
        title += f" repeated {repeats} times"
        ids = {"id": outer, "id2": inner}
    if strata is not None:
        title += " using stratification"
    return resamples(splits, ids, "vfold_cv", title)


def _label(stem: str, i: int, count: int) -> str:
    return stem + str(i + 1).zfill(len(str(count)))


@library.special("bootstraps")
def bootstraps(call: Call, env: Environment) -> Any:
    data, given, strata = _arguments(
        call, env, ["data", "times", "strata", "breaks", "pool", "apparent", "..."]
    )
    times = one_int(given["times"], "times") if "times" in given else 25
    count = row_count(data)
    splits = []
    for _ in range(times):
        parts = [np.arange(count)] if strata is None else strata
        rows = np.concatenate([p[drawn(len(p), len(p), replace=True)] for p in parts])
        splits.append(split_of(data, rows, "boot_split"))
    ids = {"id": [_label("Bootstrap", i, times) for i in range(times)]}
    title = "Bootstrap sampling" + (" using stratification" if strata is not None else "")
    return resamples(splits, ids, "bootstraps", title)


@library.special("mc_cv")
def mc_cv(call: Call, env: Environment) -> Any:
    data, given, strata = _arguments(call, env, ["data", "prop", "times", "strata", "breaks", "pool", "..."])
    times = one_int(given["times"], "times") if "times" in given else 25
    prop = _proportion(given)
    splits = [split_of(data, _monte_carlo(row_count(data), strata, prop), "mc_split") for _ in range(times)]
    title = f"Monte Carlo cross-validation ({prop:g}/{1 - prop:.2g}) with {times} resamples "
    return resamples(splits, {"id": [_label("Resample", i, times) for i in range(times)]}, "mc_cv", title)


@library.special("validation_split")
def validation_split(call: Call, env: Environment) -> Any:
    data, given, strata = _arguments(call, env, ["data", "prop", "strata", "breaks", "pool", "..."])
    prop = _proportion(given)
    split = split_of(data, _monte_carlo(row_count(data), strata, prop), "val_split")
    title = f"Validation Set Split ({prop:g}/{1 - prop:.2g}) "
    return resamples([split], {"id": ["validation"]}, "validation_split", title)


@library.function("loo_cv(data, ...)")
def loo_cv(data, dots):
    count = row_count(data)
    splits = [split_of(data, np.delete(np.arange(count), i), "loo_split") for i in range(count)]
    ids = {"id": [_label("Resample", i, count) for i in range(count)]}
    return resamples(splits, ids, "loo_cv", "Leave-one-out cross-validation")


@library.function("rolling_origin(data, initial = 5, assess = 1, cumulative = TRUE, skip = 0, lag = 0, ...)")
def rolling_origin(data, initial, assess, cumulative, skip, lag, dots):
    count, first, size = row_count(data), one_int(initial, "initial"), one_int(assess, "assess")
    step, whole = one_int(skip, "skip") + 1, bool(cumulative.data[0])
    splits = []
    for stop in range(first, count - size + 1, step):
        start = 0 if whole else stop - first
        splits.append(
            split_of(
                data, np.arange(start, stop), "rof_split", np.arange(stop - one_int(lag, "lag"), stop + size)
            )
        )
    ids = {"id": [_label("Slice", i, len(splits)) for i in range(len(splits))]}
    return resamples(splits, ids, "rolling_origin", "Rolling origin forecast resampling")
