"""dplyr's vector functions: if_else, case_when, recode, lag, lead, ranks, between, coalesce, first, last."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...syntax.tree import Call
from ..environment import Environment
from ..evaluator.blocks import called
from ..evaluator.calls import promise_arguments
from ..frames import take_column_rows
from ..generics import invoke
from ..session import session
from ..values import NA_INTEGER, NULL, RVector, character, double, integer, logical, stretched
from ..vectors.coerce import coerce, has_class, numbers, one_int, one_number, strings
from ..vectors.ordering import order_by, sort_codes
from .aborting import abort
from .dplyr import library
from .grouping import is_running, running, sort_key
from .quosures import Quosure, quosures
from .vectors import combined, missing_like, recycled_to, size_of


def _picked(pieces: list[Any], which: np.ndarray, count: int) -> Any:
    """Element i of piece which[i]; pieces of one element are repeated; -1 gives NA."""
    wide = [recycled_to(p, count, "value") for p in pieces]
    joined = combined(wide)
    rows = np.where(which < 0, -1, which * count + np.arange(count))
    return take_column_rows(joined, rows)


@library.function("if_else(condition, true, false, missing = NULL)")
def if_else(condition, true, false, missing):
    if not isinstance(condition, RVector) or condition.type != "logical":
        raise abort("`condition` must be a logical vector.", "if_else")
    count = len(condition)
    which = np.where(condition.data == 1, 0, np.where(condition.data == 0, 1, -1))
    pieces = [true, false]
    if missing is not NULL:
        pieces.append(missing)
        which = np.where(condition.data < 0, 2, which)
    return _picked([_bare(p) for p in pieces], which, count)


def _bare(value: Any) -> Any:
    return value.with_attribute("names", None) if value.attributes and "names" in value.attributes else value


@library.special("case_when")
def case_when(call: Call, env: Environment) -> Any:
    """`case_when(cond ~ value, ..., .default = NULL)`: the first condition that holds decides."""
    session.visible = True
    tests, values = [], []
    for part in quosures(promise_arguments(call, env), env):
        if part.name == ".default":
            tests.append(logical(True))
            values.append(evaluate_quosure_in(part, part.node))
            continue
        node = part.node
        if not (called(node, "~") and len(node.args) == 2):
            raise abort("Case 1 must be a two-sided formula.", "case_when")
        tests.append(evaluate_quosure_in(part, node.args[0].value))
        values.append(evaluate_quosure_in(part, node.args[1].value))
    count = _common([*tests, *values])
    which = np.full(count, -1)
    for k, test in enumerate(tests):
        if not isinstance(test, RVector) or test.type != "logical":
            raise abort(f"Left-hand side of case {k + 1} must be a logical vector.", "case_when")
        truth = stretched(test.data, count) == 1
        which[(which < 0) & truth] = k
    return _picked([_bare(v) for v in values], which, count)


def evaluate_quosure_in(part: Quosure, node: Any) -> Any:
    """A piece of a captured argument where it stands: columns are visible already if a verb runs."""
    from ..evaluator.compile import evaluate

    return evaluate(node, part.env)


def _common(values: list[Any]) -> int:
    sizes = {size_of(v) for v in values} - {1}
    return 1 if not sizes else 0 if 0 in sizes else max(sizes)


@library.function("recode(.x, ..., .default = NULL, .missing = NULL)")
def recode(x, dots, default, missing):
    known = {name: value for name, value in dots if name}
    if has_class(x, "factor"):
        levels = [known[t].data[0] if t in known else t for t in x.attribute("levels").data]
        codes = integer([levels.index(levels[c - 1]) + 1 if c != NA_INTEGER else None for c in x.data])
        unique = list(dict.fromkeys(levels))
        mapped = [unique.index(levels[c - 1]) + 1 if c != NA_INTEGER else None for c in x.data]
        return integer(mapped, {"levels": character(unique), "class": character("factor")}) if codes else x
    texts = strings(x, ".x")
    if x.type != "character" and not any(name for name, _ in dots):
        known = {str(i + 1): value for i, (_, value) in enumerate(dots)}
    pieces, which = list(known.values()), []
    labels = list(known)
    same = not pieces or pieces[0].type == x.type
    pieces.append(
        x if default is NULL and same else default if default is not NULL else missing_like(pieces[0])
    )
    for text in texts:
        if text is None and missing is not NULL:
            which.append(len(pieces))
        elif text is not None and text in labels:
            which.append(labels.index(text))
        else:
            which.append(len(known) if text is not None or default is NULL else -1)
    if missing is not NULL:
        pieces.append(missing)
    return _picked(pieces, np.array(which, dtype=int), len(texts))


@library.function("coalesce(...)")
def coalesce(dots):
    values = [v for _, v in dots if v is not NULL]
    count = _common(values)
    wide = [recycled_to(v, count, "...") for v in values]
    which = np.full(count, -1)
    for k, value in enumerate(wide):
        which[(which < 0) & ~value.is_na()] = k
    return _picked(wide, which, count)


@library.function("na_if(x, y)")
def na_if(x, y):
    equal = invoke("==", x, y)
    rows = np.where(stretched(equal.data, len(x)) == 1, -1, np.arange(len(x)))
    return take_column_rows(x, rows)


# --- neighbours --------------------------------------------------------------------------------------------


def _shifted(x: Any, n: int, default: Any, order: Any) -> Any:
    count = len(x)
    places = np.arange(count)
    if order is not NULL:
        at = order_by([sort_key(order)], [False])
        rank = np.empty(count, dtype=int)
        rank[at] = places
        source = rank - n
        rows = np.array([at[s] if 0 <= s < count else -1 for s in source], dtype=int)
    else:
        source = places - n
        rows = np.where((source >= 0) & (source < count), source, -1)
    moved = take_column_rows(_bare(x), rows)
    if default is NULL or bool(default.is_na()[0]):
        return moved
    joined = combined([moved, default])
    return take_column_rows(joined, np.where(rows < 0, count, places))


@library.function("lag(x, n = 1L, default = NA, order_by = NULL, ...)")
def lag(x, n, default, order, dots):
    if has_class(x, "ts"):
        raise abort("`x` must be a vector, not a <ts>.\nℹ Do you want `stats::lag()`?", "lag")
    return _shifted(x, one_int(n, "n"), default, order)


@library.function("lead(x, n = 1L, default = NA, order_by = NULL, ...)")
def lead(x, n, default, order, dots):
    return _shifted(x, -one_int(n, "n"), default, order)


def _nth(x: Any, n: int, order: Any, default: Any) -> Any:
    count = len(x)
    n = count + n if n < 0 else n - 1
    if not 0 <= n < count:
        return missing_like(_bare(x)) if default is NULL else default
    if order is not NULL:
        n = int(order_by([sort_key(order)], [False])[n])
    if x.type == "list":
        return x.data[n]
    return take_column_rows(_bare(x), np.array([n]))


@library.function("first(x, order_by = NULL, default = NULL)")
def first(x, order, default):
    return _nth(x, 1, order, default)


@library.function("last(x, order_by = NULL, default = NULL)")
def last(x, order, default):
    return _nth(x, -1, order, default)


@library.function("nth(x, n, order_by = NULL, default = NULL)")
def nth(x, n, order, default):
    return _nth(x, one_int(n, "n"), order, default)


# --- comparisons and ranks ---------------------------------------------------------------------------------


@library.function("between(x, left, right)")
def between(x, left, right):
    return invoke("&", invoke(">=", x, left), invoke("<=", x, right))


@library.function("near(x, y, tol = 1.490116e-08)")
def near(x, y, tol):
    return logical(np.abs(numbers(x, "x") - numbers(y, "y")) < one_number(tol, "tol"))


def _codes(x: RVector) -> tuple[np.ndarray, np.ndarray]:
    key = sort_key(x)
    return sort_codes(key).astype(float), key.is_na()


def _ranked(x: RVector, method: str) -> tuple[np.ndarray, np.ndarray]:
    """Ranks from 1 (NaN for NA)."""
    codes, missing = _codes(x)
    known = codes[~missing]
    values = np.sort(known)
    out = np.full(len(codes), np.nan)
    if method == "min":
        out[~missing] = np.searchsorted(values, known, side="left") + 1
    elif method == "max":
        out[~missing] = np.searchsorted(values, known, side="right")
    elif method == "dense":
        out[~missing] = np.searchsorted(np.unique(known), known) + 1
    else:
        order = np.argsort(known, kind="stable")
        ranks = np.empty(len(known))
        ranks[order] = np.arange(1, len(known) + 1)
        out[~missing] = ranks
    return out, missing


def _whole(ranks: np.ndarray) -> RVector:
    return integer([None if r != r else int(r) for r in ranks])


@library.function("row_number(x)")
def row_number(x=None):
    if x is None:
        count = len(running().rows) if is_running() else 0
        return integer(np.arange(1, count + 1))
    return _whole(_ranked(x, "first")[0])


@library.function("min_rank(x)")
def min_rank(x):
    return _whole(_ranked(x, "min")[0])


@library.function("dense_rank(x)")
def dense_rank(x):
    return _whole(_ranked(x, "dense")[0])


@library.function("percent_rank(x)")
def percent_rank(x):
    ranks, missing = _ranked(x, "min")
    return double((ranks - 1) / ((~missing).sum() - 1))


@library.function("cume_dist(x)")
def cume_dist(x):
    ranks, missing = _ranked(x, "max")
    return double(ranks / (~missing).sum())


@library.function("ntile(x = row_number(), n)")
def ntile(x, n=None):
    if n is None:
        x, n = row_number(), x
    ranks, missing = _ranked(x, "first")
    count, tiles = int((~missing).sum()), one_int(n, "n")
    larger = count % tiles
    size = count // tiles
    border = larger * (size + 1)
    out = [
        None
        if r != r
        else int((r + size) // (size + 1))
        if r <= border
        else int((r - border - 1) // size + larger + 1)
        for r in ranks
    ]
    return integer(out)


def _cumulative(x: RVector, until: bool) -> RVector:
    truth = coerce(x, "logical").data
    out = np.logical_and.accumulate(truth == 1) if until else np.logical_or.accumulate(truth == 1)
    return logical(out.astype(np.int8))


@library.function("cumall(x)")
def cumall(x):
    return _cumulative(x, True)


@library.function("cumany(x)")
def cumany(x):
    return _cumulative(x, False)


@library.function("cummean(x)")
def cummean(x):
    data = numbers(x, "x")
    return double(np.cumsum(data) / np.arange(1, len(data) + 1))
