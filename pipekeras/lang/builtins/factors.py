"""Factors: making them, their levels, indexing, comparing, crossing, and splitting by them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..conditions import warn
from ..dispatch import no_method
from ..evaluator.assign import set_element, set_subset
from ..frames import row_count, take_rows
from ..generics import (
    OPERATORS,
    as_text,
    at,
    class_names,
    group_methods,
    invoke,
    operator_methods,
    pick,
    put,
)
from ..models.formulas import variables
from ..registry import builtin
from ..session import session
from ..values import (
    MISSING,
    NA,
    NA_INTEGER,
    NULL,
    TRUE,
    RVector,
    character,
    integer,
    is_real_na,
    logical,
    rlist,
    stretched,
)
from ..vectors.arith import compare
from ..vectors.coerce import as_vector, factor_or_text, has_class, numbers, one_flag, one_string
from ..vectors.ordering import sorted_unique, stable_order
from ..vectors.subset import get_element, get_subset


def make_factor(
    codes: np.ndarray, levels: Sequence[str | None], ordered: bool = False, names: Any = None
) -> RVector:
    """A factor from 1-based codes (NA_INTEGER for NA) and level names."""
    attributes: dict[str, Any] = {} if names is None else {"names": names}
    attributes["levels"] = character(list(levels))
    attributes["class"] = character(["ordered", "factor"] if ordered else ["factor"])
    return RVector("integer", codes.astype(np.int32), attributes)


def matched(texts: Sequence[str | None], levels: Sequence[str | None]) -> np.ndarray:
    """The 1-based place of each text among the levels, NA_INTEGER where it is not."""
    places: dict[str | None, int] = {}
    for i, level in enumerate(levels):
        places.setdefault(level, i + 1)
    return np.fromiter(map(places.get, texts, repeat(NA_INTEGER)), dtype=np.int32, count=len(texts))


def level_names(x: RVector) -> list[str | None]:
    """The levels of a factor."""
    levels = x.attribute("levels")
    return list(levels.data) if isinstance(levels, RVector) else []


@builtin("factor(x = character(), levels, labels = levels, exclude = NA, ordered = is.ordered(x), nmax = NA)")
def factor(x, levels=None, labels=None, exclude=NA, ordered=None, nmax=NA):
    x = character([]) if x is NULL or x is None else x
    excluded = _excluded(exclude)
    if levels is None and labels is None and not x.attributes and (quick := _of_numbers(x, exclude, ordered)):
        return quick
    values = as_text(x).data.tolist()
    wanted = _sorted_levels(x) if levels is None else list(as_text(levels).data)
    wanted = [level for level in wanted if level not in excluded]
    _refuse_duplicates(wanted)
    codes = matched(values, wanted)
    shown, codes = _labelled(wanted, codes, labels)
    is_ordered = has_class(x, "ordered") if ordered is None else one_flag(ordered, "ordered")
    return make_factor(codes, shown, is_ordered, x.attribute("names"))


def _of_numbers(x: RVector, exclude: Any, ordered: Any) -> RVector | None:
    """factor() of many plain numbers, whose levels are their texts; None where that is not so simple."""
    if x.type not in ("integer", "double") or not _only_na(exclude) or len(x) < 1000:
        return None
    missing = x.is_na()
    places = sorted_unique(x)
    levels = as_text(RVector(x.type, x.data[places])).data.tolist()
    if len(set(levels)) < len(levels) or (x.type == "double" and not is_real_na(x.data[missing]).all()):
        return None
    codes = np.searchsorted(x.data[places], x.data) + 1
    is_ordered = ordered is not None and one_flag(ordered, "ordered")
    return make_factor(np.where(missing, NA_INTEGER, codes), levels, is_ordered)


def _only_na(exclude: Any) -> bool:
    return isinstance(exclude, RVector) and exclude.type == "logical" and len(exclude) == 1


def _excluded(exclude: Any) -> set[str | None]:
    return set() if exclude is NULL else set(as_text(exclude).data)


def _sorted_levels(x: RVector) -> list[str | None]:
    if has_class(x, "factor"):
        used = set(x.data[~x.is_na()].tolist())
        levels = [level for i, level in enumerate(level_names(x)) if i + 1 in used]
        return levels if None in levels or not x.is_na().any() else [*levels, None]
    plain = x.with_attributes({k: v for k, v in (x.attributes or {}).items() if k != "names"})
    unique = invoke("unique", plain)
    order = invoke("order", unique)
    names = list(as_text(unique).data)
    ordered = [names[i - 1] for i in order.data.tolist()]
    return list(dict.fromkeys(ordered))


def _refuse_duplicates(levels: list[str | None]) -> None:
    seen: set[str | None] = set()
    for i, level in enumerate(levels):
        if level in seen:
            raise UserError(
                f"factor level [{i + 1}] is duplicated", code=Code.VALUE, cure="give each level once"
            )
        seen.add(level)


def _labelled(
    levels: list[str | None], codes: np.ndarray, labels: Any
) -> tuple[list[str | None], np.ndarray]:
    """Labels in place of levels; one label is numbered, equal labels are merged."""
    if labels is None:
        return levels, codes
    given: list[str | None] = list(as_text(labels).data)
    if len(given) == 1 and len(levels) != 1:
        given = [f"{given[0]}{i + 1}" for i in range(len(levels))]
    if len(given) != len(levels):
        raise UserError(
            f"invalid 'labels'; length {len(given)} should be 1 or {len(levels)}",
            code=Code.ARGUMENT,
            cure="give a label for each level",
        )
    merged = list(dict.fromkeys(given))
    return merged, _recoded(codes, matched(given, merged))


def _recoded(codes: np.ndarray, new: np.ndarray) -> np.ndarray:
    table = np.append(new, NA_INTEGER)
    return table[np.where(codes == NA_INTEGER, len(new), codes - 1)].astype(np.int32)


@builtin("as.factor(x)")
def as_factor(x):
    if has_class(x, "factor"):
        return x
    if x.type == "integer" and not class_names(x):
        values = x.data[sorted_unique(x)]
        codes = np.where(x.is_na(), NA_INTEGER, np.searchsorted(values, x.data) + 1)
        return make_factor(codes, [str(v) for v in values.tolist()], names=x.attribute("names"))
    return factor(x)


@builtin("ordered(x, ...)")
def ordered_(x, dots):
    given = {name or "levels": value for name, value in dots}
    return factor(x, given.get("levels"), given.get("labels"), ordered=TRUE)


@builtin("as.ordered(x)")
def as_ordered(x):
    return x if has_class(x, "ordered") else factor(x, ordered=TRUE)


@builtin("is.factor(x)")
def is_factor(x):
    return logical(has_class(x, "factor"))


@builtin("is.ordered(x)")
def is_ordered_(x):
    return logical(has_class(x, "ordered"))


@builtin("addNA(x, ifany = FALSE)")
def add_na(x, ifany):
    x = as_factor(x)
    levels = level_names(x)
    if one_flag(ifany, "ifany") and not x.is_na().any():
        return x
    if None not in levels:
        levels.append(None)
    codes = np.where(x.is_na(), levels.index(None) + 1, x.data)
    return make_factor(codes, levels, has_class(x, "ordered"), x.attribute("names"))


# --- levels ------------------------------------------------------------------------------------------------


@builtin("levels(x)", generic=True)
def levels_(x):
    found = (getattr(x, "attributes", None) or {}).get("levels")
    return NULL if found is None else found


@builtin("nlevels(x)")
def nlevels(x):
    found = invoke("levels", x)
    return integer(len(found))


@builtin("`levels<-`(x, value)", generic=True)
def set_levels(x, value):
    if x is NULL:
        raise UserError("attempt to set an attribute on NULL", code=Code.TYPE)
    if not has_class(x, "factor"):
        return x.with_attribute("levels", value)
    old = level_names(x)
    if isinstance(value, RVector) and value.type == "list":
        new, mapping = _levels_from_list(value, old)
        return _with_levels(x, new, mapping)
    given = list(as_text(value).data)
    if len(given) < len(old):
        raise UserError(
            "number of levels differs", code=Code.VALUE, cause=f"the factor has {len(old)} levels"
        )
    merged = list(dict.fromkeys(level for level in given if level is not None))
    return _with_levels(x, merged, matched(given[: len(old)], merged))


def _levels_from_list(value: RVector, old: list[str | None]) -> tuple[list[str | None], np.ndarray]:
    new = list(value.names or [])
    mapping = np.full(len(old), NA_INTEGER, dtype=np.int32)
    for i, group in enumerate(value.data):
        for text in as_text(group).data:
            if text in old:
                mapping[old.index(text)] = i + 1
    return new, mapping


def _with_levels(x: RVector, levels: list[str | None], mapping: np.ndarray) -> RVector:
    attributes = dict(x.attributes or {})
    attributes["levels"] = character(levels)
    return RVector("integer", _recoded(x.data, mapping), attributes)


@builtin("droplevels(x, ...)", generic=True)
def droplevels(x, dots):
    raise no_method("droplevels", x)


@builtin("droplevels.factor(x, exclude, ...)")
def droplevels_factor(x, exclude=NULL, dots=()):
    return drop_levels(x, exclude)


@builtin("droplevels.data.frame(x, except = NULL, exclude, ...)")
def droplevels_data_frame(x, except_, exclude=NULL, dots=()):
    kept = set() if except_ is NULL else set(numbers(except_, "except").astype(int).tolist())
    columns = [
        drop_levels(column, exclude) if has_class(column, "factor") and i not in kept else column
        for i, column in enumerate(x.data, 1)
    ]
    return RVector("list", rlist(columns).data, dict(x.attributes))


def drop_levels(x: RVector, exclude: Any = NULL) -> RVector:
    """The factor with only the levels that occur, without those that are excluded."""
    levels = level_names(x)
    out = _excluded(exclude)
    used = np.array([i for i in np.unique(x.data[~x.is_na()]) if levels[i - 1] not in out], dtype=np.int64)
    mapping = np.full(len(levels), NA_INTEGER, dtype=np.int32)
    mapping[used - 1] = np.arange(1, len(used) + 1)
    return _with_levels(x, [levels[i - 1] for i in used.tolist()], mapping)


@builtin("relevel(x, ref, ...)")
def relevel(x, ref, dots):
    levels = level_names(x)
    first = one_string(ref, "ref") if ref.type == "character" else levels[int(ref.data[0]) - 1]
    if first not in levels:
        raise UserError("'ref' must be an existing level", code=Code.VALUE)
    return factor(x, character([first, *(level for level in levels if level != first)]))


@builtin("reorder(x, X, FUN = mean, ..., order = is.ordered(x))")
def reorder(x, values, fun, dots, order):
    scores = invoke("tapply", values, x, fun)
    by_score = np.argsort(scores.data, kind="stable")
    levels = level_names(as_factor(x))
    made = factor(x, character([levels[i] for i in by_score]), ordered=order)
    plain = RVector(scores.type, scores.data, {"names": character(levels)})
    return made.with_attribute("scores", plain)


# --- indexing and comparing --------------------------------------------------------------------------------


def _restored(x: RVector, piece: Any) -> RVector:
    names = piece.attribute("names")
    return make_factor(piece.data, level_names(x), has_class(x, "ordered"), names)


@builtin("`[.factor`(x, ..., drop = FALSE)")
def subset_factor(x, dots, drop):
    plain = RVector(
        x.type, x.data, {k: v for k, v in x.attributes.items() if k in ("names", "dim", "dimnames")}
    )
    made = _restored(x, get_subset(plain, [value for _, value in dots]))
    return drop_levels(made) if one_flag(drop, "drop") else made


@builtin("`[[.factor`(x, ...)")
def element_factor(x, dots):
    plain = RVector(x.type, x.data, {k: v for k, v in x.attributes.items() if k == "names"})
    made = get_element(plain, [value for name, value in dots if name != "exact"])
    return _restored(x, RVector("integer", made.data))


@builtin("`[<-.factor`(x, ..., value)")
def assign_factor(x, dots, value):
    return _assigned(x, value, lambda plain, codes: set_subset(plain, [v for _, v in dots], codes))


def _assigned(x: RVector, value: Any, write: Callable[[RVector, RVector], Any]) -> RVector:
    """The factor after the codes of a value were written into its own."""
    levels = level_names(x)
    texts = list(as_text(value).data) if value is not NULL else []
    codes = matched(texts, levels)
    if any(code == NA_INTEGER and text is not None for code, text in zip(codes, texts, strict=True)):
        warn("invalid factor level, NA generated")
    plain = RVector("integer", x.data.copy(), {k: v for k, v in (x.attributes or {}).items() if k == "names"})
    return _restored(x, write(plain, RVector("integer", codes)))


@builtin("`[[<-.factor`(x, ..., value)")
def assign_element_factor(x, dots, value):
    return _assigned(x, value, lambda plain, codes: set_element(plain, [v for _, v in dots], codes))


_EQUAL = ("==", "!=")


def _compare_factors(operator: str, e1: Any, e2: Any) -> RVector:
    if operator not in _EQUAL:
        warn(f"‘{operator}’ not meaningful for factors", session.call)
        return logical([None] * max(len(e1), 0 if e2 is MISSING else len(e2)))
    both = has_class(e1, "factor") and has_class(e2, "factor")
    if both and len(e1) != 1 and set(level_names(e1)) != set(level_names(e2)):
        raise UserError(
            "level sets of factors are different",
            code=Code.VALUE,
            cure="compare as text: as.character(a) == as.character(b)",
        )
    return compare(operator, _as_plain(e1), _as_plain(e2))


def _as_plain(x: Any) -> RVector:
    return factor_or_text(x) if has_class(x, "factor") else x


def _compare_ordered(operator: str, e1: Any, e2: Any) -> RVector:
    if operator not in OPERATORS["comparison"]:
        warn(f"'{operator}' is not meaningful for ordered factors", session.call)
        return logical([None] * max(len(e1), 0 if e2 is MISSING else len(e2)))
    if operator in _EQUAL:
        return _compare_factors(operator, e1, e2)
    levels = level_names(e1 if has_class(e1, "ordered") else e2)
    places = [
        integer(x.data)
        if has_class(x, "ordered")
        else RVector("integer", matched(list(as_text(x).data), levels))
        for x in (e1, e2)
    ]
    return compare(operator, *places)


def _not_meaningful(name: str, x: Any, rest: Any) -> Any:
    raise UserError(
        f"‘{name}’ not meaningful for factors",
        code=Code.TYPE,
        cure="use as.integer(), as.character() or an ordered factor",
    )


def _summary_of_ordered(name: str, x: RVector, rest: Any) -> RVector:
    if name not in ("max", "min", "range"):
        raise UserError(f"'{name}' not defined for ordered factors", code=Code.TYPE)
    codes = x.data[~x.is_na()] if one_flag(dict(rest)["na.rm"], "na.rm") else x.data
    if (codes == NA_INTEGER).any():
        chosen = [NA_INTEGER]
    else:
        chosen = {"max": [codes.max()], "min": [codes.min()], "range": [codes.min(), codes.max()]}[name]
    return make_factor(np.array(chosen), level_names(x), True)


operator_methods("factor", _compare_factors)
operator_methods("ordered", _compare_ordered)
group_methods("Summary", "factor", _not_meaningful)
group_methods("Summary", "ordered", _summary_of_ordered)
group_methods("Math", "factor", _not_meaningful)


@builtin("as.vector.factor(x, mode = 'any')")
def as_vector_factor(x, mode):
    kind = one_string(mode, "mode")
    if kind in ("any", "character"):
        return factor_or_text(x)
    if kind == "list":
        return invoke("as.list", x)
    return as_vector(RVector("integer", x.data), "double" if kind == "numeric" else kind)


@builtin("rep.factor(x, ...)")
def rep_factor(x, dots):
    plain = RVector("integer", x.data, {k: v for k, v in x.attributes.items() if k == "names"})
    return _restored(x, invoke("rep", plain, **{name or "times": value for name, value in dots}))


@builtin("unique.factor(x, incomparables = FALSE, ...)")
def unique_factor(x, incomparables, dots):
    return _restored(x, invoke("unique", RVector("integer", x.data), incomparables=incomparables))


@builtin("rev.factor(x)")
def rev_factor(x):
    names = x.attribute("names")
    kept = character(names.data[::-1]) if names is not None else None
    return make_factor(x.data[::-1].copy(), level_names(x), has_class(x, "ordered"), kept)


@builtin("`length<-.factor`(x, value)")
def set_length_factor(x, value):
    return _restored(x, invoke("length<-", RVector("integer", x.data), value))


@builtin("`is.na<-.factor`(x, value)")
def set_na_factor(x, value):
    return assign_factor(x, [(None, value)], NA)


# --- crossing and splitting --------------------------------------------------------------------------------


def crossed(factors: list[RVector], sep: str = ".", drop: bool = False, lex_order: bool = False) -> RVector:
    """interaction(): all combinations of levels; the first factor's vary fastest unless `lex_order`."""
    made = factors[0] if lex_order else factors[-1]
    rest = factors[1:] if lex_order else factors[-2::-1]
    for other in rest:
        a, b = (made, other) if lex_order else (other, made)
        outer, inner = (a, b) if lex_order else (b, a)
        names = [
            f"{l1}{sep}{l2}" if lex_order else f"{l2}{sep}{l1}"
            for l1 in level_names(outer)
            for l2 in level_names(inner)
        ]
        missing = a.is_na() | b.is_na()
        codes = (outer.data.astype(np.int64) - 1) * len(level_names(inner)) + inner.data
        made = make_factor(np.where(missing, NA_INTEGER, codes), names)
        if drop:
            made = drop_levels(made)
    return drop_levels(made) if drop else made


@builtin("interaction(..., drop = FALSE, sep = '.', lex.order = FALSE)")
def interaction(dots, drop, sep, lex_order):
    given = [value for _, value in dots]
    if not given:
        raise UserError("No factors specified", code=Code.ARGUMENT)
    if len(given) == 1 and given[0].type == "list":
        given = list(given[0].data)
    factors = [as_factor(value) for value in given]
    return crossed(
        _same_length(factors),
        one_string(sep, "sep"),
        one_flag(drop, "drop"),
        one_flag(lex_order, "lex.order"),
    )


def _same_length(factors: list[RVector]) -> list[RVector]:
    if not factors:
        raise UserError(
            "attempt to select less than one element in integerOneIndex",
            code=Code.SUBSCRIPT,
            cause="the list of factors is empty",
        )
    longest = max(map(len, factors))
    return [
        f if len(f) == longest else make_factor(stretched(f.data, longest), level_names(f), False)
        for f in factors
    ]


def grouping(f: Any, sep: str = ".", drop: bool = False) -> RVector:
    """The factor that a grouping argument (a vector, a factor or a list of them) stands for."""
    if isinstance(f, RVector) and f.type == "list":
        factors = [as_factor(value) for value in f.data]
        return crossed(_same_length(factors), sep, drop)
    made = as_factor(f)
    return drop_levels(made) if drop else made


def groups_of(f: RVector, length: int) -> list[np.ndarray]:
    """For each level, the 0-based positions that belong to it."""
    codes = stretched(f.data, length) if len(f) else f.data
    order = stable_order(codes)
    sorted_codes = codes[order]
    count = len(level_names(f))
    edges = np.searchsorted(sorted_codes, np.arange(1, count + 2))
    return [order[edges[i] : edges[i + 1]] for i in range(count)]


@builtin("split.default(x, f, drop = FALSE, ...)")
@builtin("split(x, f, drop = FALSE, ...)", generic=True)
def split(x, f, drop, dots):
    given = dict(dots)
    sep = one_string(given["sep"], "sep") if "sep" in given else "."
    if not isinstance(x, RVector):
        raise UserError("first argument must be a vector", code=Code.TYPE)
    made = grouping(f, sep, one_flag(drop, "drop"))
    if len(made) and len(x) % len(made):
        warn("data length is not a multiple of split variable")
    groups = groups_of(made, len(x))
    if isinstance(x, RVector) and not x.attributes:
        pieces = [RVector(x.type, x.data[positions]) for positions in groups]
    else:
        pieces = [at(x, positions) for positions in groups]
    return rlist(pieces, level_names(made))


@builtin("split.data.frame(x, f, drop = FALSE, ...)")
def split_data_frame(x, f, drop, dots):
    given = dict(dots)
    sep = one_string(given["sep"], "sep") if "sep" in given else "."
    made = grouping(_from_formula(f, x), sep, one_flag(drop, "drop"))
    return rlist([take_rows(x, positions) for positions in groups_of(made, row_count(x))], level_names(made))


def _from_formula(f: Any, data: RVector) -> Any:
    if isinstance(f, RVector):
        return f
    return rlist(variables(f, data)[0])


@builtin("unsplit(value, f, drop = FALSE)")
def unsplit(value, f, drop):
    made = grouping(f, drop=one_flag(drop, "drop"))
    groups = groups_of(made, len(made))
    if has_class(value.data[0], "data.frame"):
        return _unsplit_frames(value, groups)
    whole = pick(value.data[0], integer([None] * len(made)))
    for piece, positions in zip(value.data, groups, strict=True):
        whole = put(whole, [RVector("integer", (positions + 1).astype(np.int32))], piece)
    return whole


def _unsplit_frames(value: RVector, groups: list[np.ndarray]) -> RVector:
    joined = invoke("do.call", character("rbind"), invoke("unname", value))
    order = np.argsort(np.concatenate(groups), kind="stable")
    return take_rows(joined, order)


@builtin("`split<-`(x, f, drop = FALSE, ..., value)")
def set_split(x, f, drop, dots, value):
    made = grouping(f, drop=one_flag(drop, "drop"))
    for i, positions in enumerate(groups_of(made, len(x))):
        piece = value.data[i % len(value)] if value.type == "list" else value
        x = put(x, [RVector("integer", (positions + 1).astype(np.int32))], piece)
    return x
