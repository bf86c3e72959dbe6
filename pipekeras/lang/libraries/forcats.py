"""forcats: levels of factors renamed, reordered, lumped together and made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..evaluator.calls import apply
from ..frames import take_column_rows
from ..generics import as_text, invoke
from ..lookup import is_function
from ..values import NA_INTEGER, NULL, RVector, character, integer
from ..vectors.coerce import has_class, one_flag, one_int, one_number, one_string, strings
from ..vectors.combine import join_factors
from ..vectors.ordering import order_by
from .aborting import abort
from .binding import tibble_of
from .lambdas import as_mapper
from .library import Library

library = Library("forcats")


def factor_of(f: Any) -> RVector:
    """A factor, or a text as factor with sorted levels."""
    if has_class(f, "factor"):
        return f
    if isinstance(f, RVector) and f.type == "character":
        return invoke("factor", f)
    raise abort("`f` must be a factor (or character vector).", "check_factor")


def levels_of(f: RVector) -> list[str]:
    return list(f.attribute("levels").data)


def releveled(f: RVector, names: Sequence[str | None]) -> RVector:
    """Levels renamed by position; equal names become one level, None becomes NA."""
    unique = [n for n in dict.fromkeys(names) if n is not None]
    codes = [
        None if c == NA_INTEGER or names[c - 1] is None else unique.index(names[c - 1] or "") + 1
        for c in f.data.tolist()
    ]
    attributes = {"levels": character(unique), "class": f.attribute("class")}
    return _codes(codes, attributes)


def _codes(codes: list[int | None], attributes: dict[str, Any]) -> RVector:
    made = integer([*codes, 0])
    return RVector("integer", made.data[: len(codes)].copy(), attributes)


def reordered(f: RVector, order: Sequence[int], ordered: Any = None) -> RVector:
    """Levels in another order; `ordered` (NA: as f is) says whether that has a meaning."""
    levels = levels_of(f)
    place = {old: new + 1 for new, old in enumerate(order)}
    codes = [None if c == NA_INTEGER else place[c - 1] for c in f.data.tolist()]
    classes = f.attribute("class")
    if ordered is not None and not ordered.is_na()[0]:
        classes = character(["ordered", "factor"] if one_flag(ordered, "ordered") else ["factor"])
    return _codes(codes, {"levels": character([levels[i] for i in order]), "class": classes})


def _counts(f: RVector) -> np.ndarray:
    known = f.data[f.data != NA_INTEGER]
    return np.bincount(known - 1, minlength=len(levels_of(f)))


def _weighted(f: RVector, w: Any) -> np.ndarray:
    """Total weight of each level; without weights its count."""
    if w is NULL:
        return _counts(f)
    known = f.data != NA_INTEGER
    return np.bincount(f.data[known] - 1, weights=w.data[known], minlength=len(levels_of(f)))


@library.function("fct_recode(.f, ...)")
def fct_recode(f, dots):
    f = factor_of(f)
    names: list[str | None] = list(levels_of(f))
    for new, old in dots:
        for text in strings(old, "..."):
            if text in names:
                names[names.index(text)] = None if new == "NULL" else new
    return releveled(f, names)


@library.function("fct_collapse(.f, ..., other_level = NULL)")
def fct_collapse(f, dots, other):
    f = factor_of(f)
    groups = {t: new for new, old in dots for t in strings(old, "...")}
    rest = None if other is NULL else one_string(other, "other_level")
    made = releveled(f, [groups.get(t, rest or t) for t in levels_of(f)])
    return made if rest is None or rest not in levels_of(made) else _last(made, rest)


@library.function("fct_relabel(.f, .fun, ...)")
def fct_relabel(ctx, f, fun, dots):
    f = factor_of(f)
    fresh = apply(as_mapper(fun, ctx), [(None, f.attribute("levels")), *dots], None, ctx.env)
    return releveled(f, strings(fresh, ".fun"))


@library.function("fct_relevel(.f, ..., after = 0L)")
def fct_relevel(ctx, f, dots, after):
    f = factor_of(f)
    levels = levels_of(f)
    if dots and (is_function(dots[0][1]) or not isinstance(dots[0][1], RVector)):
        chooser, more = as_mapper(dots[0][1], ctx), dots[1:]
        dots = [(None, apply(chooser, [(None, character(levels)), *more], None, ctx.env))]
    first = [levels.index(t) for _, v in dots for t in strings(v, "...") if t in levels]
    rest = [i for i in range(len(levels)) if i not in first]
    at = len(rest) if after.data[0] == np.inf else one_int(after, "after")
    return reordered(f, [*rest[:at], *first, *rest[at:]])


@library.function("fct_rev(f)")
def fct_rev(f):
    f = factor_of(f)
    return reordered(f, list(range(len(levels_of(f))))[::-1])


@library.function("fct_inorder(f, ordered = NA)")
def fct_inorder(f, ordered):
    f = factor_of(f)
    seen = [c - 1 for c in dict.fromkeys(f.data.tolist()) if c != NA_INTEGER]
    return reordered(f, [*seen, *(i for i in range(len(levels_of(f))) if i not in seen)], ordered)


@library.function("fct_infreq(f, ordered = NA)")
def fct_infreq(f, ordered):
    f = factor_of(f)
    return reordered(f, np.argsort(-_counts(f), kind="stable").tolist(), ordered)


@library.function("fct_reorder(.f, .x, .fun = median, ..., .na_rm = NULL, .default = Inf, .desc = FALSE)")
def fct_reorder(ctx, f, x, fun, dots, na_rm, default, desc):
    f = factor_of(f)
    missing = f.is_na() | x.is_na()
    whole = f
    if missing.any() and (na_rm is NULL or one_flag(na_rm, ".na_rm")):
        if na_rm is NULL:
            _tell_of_missing(int(missing.sum()))
        f, x = (take_column_rows(v, np.flatnonzero(~missing)) for v in (f, x))
    values = []
    for i in range(len(levels_of(f))):
        part = take_column_rows(x, np.flatnonzero(f.data == i + 1))
        value = apply(fun, [(None, part), *dots], None, ctx.env) if len(part) else default
        values.append(float(value.data[0]))
    key = RVector("double", np.array(values))
    return reordered(whole, order_by([key], [one_flag(desc, ".desc")]).tolist())


def _tell_of_missing(count: int) -> None:
    from ..conditions import warn

    warn(
        f"`fct_reorder()` removing {count} missing value{'' if count == 1 else 's'}.\n"
        "ℹ Use `.na_rm = TRUE` to silence this message.\nℹ Use `.na_rm = FALSE` to preserve NAs."
    )


def _lumped(f: RVector, keep: np.ndarray, other: Any) -> RVector:
    label = one_string(other, "other_level")
    levels = levels_of(f)
    if keep.all():
        return f
    made = releveled(f, [t if k else label for t, k in zip(levels, keep, strict=True)])
    return _last(made, label)


def _last(f: RVector, label: str) -> RVector:
    """A level moved behind the others."""
    last = levels_of(f).index(label)
    return reordered(f, [*(i for i in range(len(levels_of(f))) if i != last), last])


@library.function("fct_lump_n(f, n, w = NULL, other_level = 'Other', ties.method = 'min')")
def fct_lump_n(f, n, w, other, ties):
    f = factor_of(f)
    counts, most = _weighted(f, w), one_int(n, "n")
    if most < 0:
        counts, most = -counts, -most
    ranks = np.array([1 + int((counts > c).sum()) for c in counts])
    return _lumped(f, ranks <= most, other)


@library.function("fct_lump_min(f, min, w = NULL, other_level = 'Other')")
def fct_lump_min(f, least, w, other):
    f = factor_of(f)
    return _lumped(f, _weighted(f, w) >= one_number(least, "min"), other)


@library.function("fct_other(f, keep, drop, other_level = 'Other')")
def fct_other(f, keep=None, drop=None, other=None):
    f = factor_of(f)
    wanted = set(strings(keep if keep is not None else drop, "keep"))
    flags = np.array([(t in wanted) == (keep is not None) for t in levels_of(f)])
    return _lumped(f, flags, character("Other") if other is None else other)


@library.function("fct_drop(f, only)")
def fct_drop(f, only=None):
    f = factor_of(f)
    used = _counts(f) > 0
    if only is not None:
        named = strings(only, "only")
        used |= np.array([level not in named for level in levels_of(f)])
    return releveled(f, [t if u else None for t, u in zip(levels_of(f), used, strict=True)])


@library.function("fct_expand(f, ...)")
def fct_expand(f, dots):
    f = factor_of(f)
    extra = [t for _, v in dots for t in strings(v, "...")]
    levels = list(dict.fromkeys([*levels_of(f), *extra]))
    return RVector("integer", f.data, {"levels": character(levels), "class": f.attribute("class")})


@library.function("fct_explicit_na(f, na_level = '(Missing)')")
def fct_explicit_na(f, na_level):
    f = factor_of(f)
    if not f.is_na().any():
        return f
    levels = [*levels_of(f), one_string(na_level, "na_level")]
    codes = [len(levels) if c == NA_INTEGER else c for c in f.data.tolist()]
    return _codes(codes, {"levels": character(levels), "class": f.attribute("class")})


@library.function("fct_na_value_to_level(f, level = NA)")
def fct_na_value_to_level(f, level):
    f = factor_of(f)
    label = strings(level, "level")[0]
    levels = [*levels_of(f), *([] if label in levels_of(f) else [label])]
    at = levels.index(label) + 1
    codes = [at if c == NA_INTEGER else c for c in f.data.tolist()]
    return _codes(codes, {"levels": character(levels), "class": f.attribute("class")})


@library.function("fct_count(f, sort = FALSE, prop = FALSE)")
def fct_count(f, sort, prop):
    f = factor_of(f)
    counts = _counts(f)
    missing = int(f.is_na().sum())
    marks: list[int | None] = list(range(1, len(counts) + 1))
    if missing:
        counts, marks = np.append(counts, missing), [*marks, None]
    order = np.argsort(-counts, kind="stable") if one_flag(sort, "sort") else np.arange(len(counts))
    codes = _codes([marks[i] for i in order], {"levels": f.attribute("levels"), "class": character("factor")})
    columns, names = [codes, integer(counts[order])], ["f", "n"]
    if one_flag(prop, "prop"):
        columns.append(RVector("double", counts[order] / counts.sum()))
        names.append("p")
    return tibble_of(columns, names)


@library.function("fct_c(...)")
def fct_c(dots):
    return join_factors([factor_of(v) for _, v in dots])


@library.function("fct_unique(f)")
def fct_unique(f):
    f = factor_of(f)
    return _codes(list(range(1, len(levels_of(f)) + 1)), dict(f.attributes or {}))


@library.function("as_factor(x, ...)")
def as_factor(x, dots):
    """Levels in order of appearance (of a number, in its own order)."""
    if has_class(x, "factor"):
        return x
    texts = as_text(x)
    if x.type == "character":
        levels = character([t for t in dict.fromkeys(texts.data) if t is not None])
        return invoke("factor", texts, levels=levels)
    return invoke("factor", x)
