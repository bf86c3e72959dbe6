"""forcats: levels revalued, shifted, crossed, unified, and lumped by share or frequency."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..evaluator.calls import apply
from ..frames import take_column_rows
from ..generics import invoke
from ..values import NA_INTEGER, NULL, TRUE, RVector, character, integer, logical, rlist
from ..vectors.coerce import one_flag, one_int, one_number, one_string, strings
from ..vectors.ordering import order_by
from .aborting import abort
from .forcats import (
    _codes,
    _counts,
    _lumped,
    _weighted,
    factor_of,
    fct_lump_n,
    levels_of,
    library,
    releveled,
    reordered,
)


@library.function("fct_lump_prop(f, prop, w = NULL, other_level = 'Other')")
def fct_lump_prop(f, prop, w, other):
    f = factor_of(f)
    counts = _weighted(f, w)
    shares, limit = counts / counts.sum(), one_number(prop, "prop")
    return _lumped(f, shares <= -limit if limit < 0 else shares > limit, other)


@library.function("fct_lump_lowfreq(f, w = NULL, other_level = 'Other')")
def fct_lump_lowfreq(f, w, other):
    """The least frequent levels are lumped as long as together they stay the smallest."""
    f = factor_of(f)
    counts = _weighted(f, w)
    order = np.argsort(-counts, kind="stable")
    left = counts.sum()
    keep = np.ones(len(counts), dtype=bool)
    for i, at in enumerate(order):
        left -= counts[at]
        if counts[at] > left:
            keep[order[i + 1 :]] = False
            break
    return _lumped(f, keep, other)


@library.function("fct_lump(f, n, prop, w = NULL, other_level = 'Other', ties.method = 'min')")
def fct_lump(f, n=None, prop=None, w=NULL, other=None, ties=None):
    other = character("Other") if other is None else other
    if n is not None:
        return fct_lump_n(f, n, w, other, ties)
    return fct_lump_lowfreq(f, w, other) if prop is None else fct_lump_prop(f, prop, w, other)


@library.function("fct(x = character(), levels = NULL, na = character())")
def fct(x, levels, na):
    missing = strings(na, "na")
    texts = [None if t in missing else t for t in strings(x, "x")]
    known = [t for t in dict.fromkeys(texts) if t is not None]
    known = known if levels is NULL else strings(levels, "levels")
    strange = [t for t in dict.fromkeys(texts) if t is not None and t not in known]
    if strange:
        raise abort(
            "All values of `x` must appear in `levels` or `na`\nMissing level: "
            + ", ".join(f'"{t}"' for t in strange),
            "fct",
        )
    codes = [None if t is None else known.index(t) + 1 for t in texts]
    return _codes(codes, {"levels": character(known), "class": character("factor")})


@library.function("fct_inseq(f, ordered = NA)")
def fct_inseq(f, ordered):
    f = factor_of(f)
    numbers = np.array([float(t) for t in levels_of(f)])
    return reordered(f, np.argsort(numbers, kind="stable").tolist(), ordered)


@library.function("fct_match(f, lvls)")
def fct_match(f, lvls):
    f = factor_of(f)
    wanted = strings(lvls, "lvls")
    strange = [t for t in wanted if t not in levels_of(f) and t is not None]
    if strange:
        raise abort(
            "All `lvls` must be present in `f`.\nℹ Missing levels: " + ", ".join(f'"{t}"' for t in strange),
            "fct_match",
        )
    levels = levels_of(f)
    return logical([(None if c == NA_INTEGER else levels[c - 1]) in wanted for c in f.data.tolist()])


@library.function("fct_na_level_to_value(f, extra_levels = NULL)")
def fct_na_level_to_value(f, extra):
    f = factor_of(f)
    gone = [] if extra is NULL else strings(extra, "extra_levels")
    return releveled(f, [None if t in gone else t for t in levels_of(f)])


@library.function("fct_shift(f, n = 1L)")
def fct_shift(f, n):
    f = factor_of(f)
    count, by = len(levels_of(f)), one_int(n, "n")
    return reordered(f, [(i + by) % count for i in range(count)])


@library.function("fct_shuffle(f)")
def fct_shuffle(f):
    f = factor_of(f)
    order = invoke("sample", integer(len(levels_of(f))))
    return reordered(f, [int(i) - 1 for i in order.data])


@library.function("fct_anon(f, prefix = '')")
def fct_anon(f, prefix):
    f = factor_of(f)
    count = len(levels_of(f))
    width, start = len(str(count)), one_string(prefix, "prefix")
    fresh = [f"{start}{i + 1:0{width}d}" for i in range(count)]
    mixed = invoke("sample", character(fresh))
    return reordered(releveled(f, strings(mixed, "x")), _sorted_places(strings(mixed, "x")))


def _sorted_places(texts: Sequence[str | None]) -> list[int]:
    return sorted(range(len(texts)), key=lambda i: texts[i] or "")


@library.function("fct_reorder2(.f, .x, .y, .fun, ..., .desc = TRUE)")
def fct_reorder2(ctx, f, x, y, fun=None, dots=(), desc=TRUE):
    f = factor_of(f)
    fun = library.values["last2"] if fun is None else fun
    values = []
    for i in range(len(levels_of(f))):
        rows = np.flatnonzero(f.data == i + 1)
        pair = [(None, take_column_rows(v, rows)) for v in (x, y)]
        values.append(float(apply(fun, [*pair, *dots], None, ctx.env).data[0]))
    order = order_by([RVector("double", np.array(values))], [one_flag(desc, ".desc")])
    return reordered(f, order.tolist())


@library.function("last2(.x, .y)")
def last2(x, y):
    return take_column_rows(y, order_by([x], [False])[-1:])


@library.function("first2(.x, .y)")
def first2(x, y):
    return take_column_rows(y, order_by([x], [False])[:1])


@library.function("fct_cross(..., sep = ':', keep_empty = FALSE)")
def fct_cross(dots, sep, keep_empty):
    factors = [factor_of(v) for _, v in dots]
    between = one_string(sep, "sep")
    names = levels_of(factors[0])
    for f in factors[1:]:
        names = [f"{a}{between}{b}" for b in levels_of(f) for a in names]
    codes, step = np.zeros(len(factors[0]), dtype=np.int64), 1
    missing = np.zeros(len(factors[0]), dtype=bool)
    for f in factors:
        missing |= f.data == NA_INTEGER
        codes = codes + (f.data.astype(np.int64) - 1) * step
        step *= len(levels_of(f))
    found = [None if gone else int(c) + 1 for c, gone in zip(codes, missing, strict=True)]
    made = _codes(found, {"levels": character(names), "class": character("factor")})
    if one_flag(keep_empty, "keep_empty"):
        return made
    used = _counts(made) > 0
    return releveled(made, [n if u else None for n, u in zip(names, used, strict=True)])


@library.function("fct_unify(fs, levels)")
def fct_unify(fs, levels=None):
    levels = lvls_union(fs) if levels is None else levels
    return rlist([_with_levels(factor_of(f), strings(levels, "levels")) for f in fs.data], fs.names)


@library.function("lvls_union(fs)")
def lvls_union(fs):
    return character(list(dict.fromkeys(t for f in fs.data for t in levels_of(factor_of(f)))))


def _with_levels(f: RVector, levels: Sequence[str | None]) -> RVector:
    old = levels_of(f)
    codes = [None if c == NA_INTEGER else levels.index(old[c - 1]) + 1 for c in f.data.tolist()]
    return _codes(codes, {"levels": character(list(levels)), "class": f.attribute("class")})


@library.function("lvls_expand(f, new_levels)")
def lvls_expand(f, new_levels):
    f = factor_of(f)
    wanted = strings(new_levels, "new_levels")
    gone = [t for t in levels_of(f) if t not in wanted]
    if gone:
        raise abort(
            "Must include all existing levels.\nℹ Missing levels: " + ", ".join(f'"{t}"' for t in gone),
            "lvls_expand",
        )
    return _with_levels(f, wanted)


@library.function("lvls_reorder(f, idx, ordered = NA)")
def lvls_reorder(f, idx, ordered):
    f = factor_of(f)
    return reordered(f, [int(i) - 1 for i in idx.data], ordered)


@library.function("lvls_revalue(f, new_levels)")
def lvls_revalue(f, new_levels):
    f = factor_of(f)
    return releveled(f, strings(new_levels, "new_levels"))
