"""Differences between dates and times, their units and formats; arithmetic, comparison, indexing of dates."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..choices import one_choice
from ..dates import (
    parse_moment,
)
from ..evaluator.assign import set_subset
from ..evaluator.extract import subset_values
from ..generics import (
    class_names,
    group_methods,
    invoke,
    is_object,
    kept_shape,
    operator_methods,
    pick,
)
from ..registry import builtin
from ..session import session
from ..text.format import encode_numbers, layout_numbers
from ..values import MISSING, NA_REAL, NULL, Dots, RVector, character, double, integer, rlist
from ..vectors.arith import arithmetic, compare
from ..vectors.coerce import coerce, guard_joined, has_class, numbers, one_int, one_string, strings
from ..vectors.combine import combine
from ..vectors.subset import get_element
from .dates import (
    as_date,
    as_posix_ct,
    date_vector,
    difference,
    time_vector,
    zone_name,
)

_UNITS = {"secs": 1.0, "mins": 60.0, "hours": 3600.0, "days": 86400.0, "weeks": 604800.0}


def in_units(x: RVector, units: str) -> RVector:
    """A difftime in other units."""
    own = _UNITS[_unit_of(x)]
    return difference(x.data * own / _UNITS[units], units, x.attribute("names"))


def _unit_of(x: RVector) -> str:
    return x.attribute("units").data[0]


def _common_unit(differences: list[RVector]) -> str:
    """The unit in which differences meet: their own where they agree, seconds where not."""
    found = {_unit_of(x) for x in differences}
    return found.pop() if len(found) == 1 else "secs"


def _fitting_unit(seconds: np.ndarray) -> str:
    finite = np.abs(seconds[np.isfinite(seconds)])
    least = finite.min() if len(finite) else 0
    if not len(finite) or least < 60:
        return "secs"
    return "mins" if least < 3600 else "hours" if least < 86400 else "days"


@builtin("difftime(time1, time2, tz, units = c('auto', 'secs', 'mins', 'hours', 'days', 'weeks'))")
def difftime(time1, time2, tz=character(""), units=None):  # noqa: B008
    first, second = as_posix_ct(time1, tz, []), as_posix_ct(time2, tz, [])
    seconds = arithmetic("-", RVector("double", first.data), RVector("double", second.data)).data
    wanted = "auto" if units is None else one_choice(units, ("auto", *_UNITS))
    if wanted == "auto":
        both_dates = has_class(time1, "Date") and has_class(time2, "Date")
        wanted = "days" if both_dates else _fitting_unit(seconds)
    return difference(seconds / _UNITS[wanted], wanted)


@builtin("as.difftime(tim, format = '%X', units = 'auto', tz = 'UTC')")
def as_difftime(tim, format, units, tz):
    wanted = one_string(units, "units")
    if tim.type == "character":
        texts = strings(tim, "tim")
        pattern = one_string(format, "format").replace("%X", "%H:%M:%S")
        moments = [None if t is None else parse_moment(t, pattern) for t in texts]
        seconds = np.array(
            [NA_REAL if m is None else m.hour * 3600 + m.minute * 60 + m.second for m in moments]
        )
        unit = _fitting_unit(seconds) if wanted == "auto" else wanted
        return difference(seconds / _UNITS[unit], unit)
    if wanted == "auto":
        raise UserError(
            "need explicit units for numeric conversion", code=Code.ARGUMENT, cure='such as units = "mins"'
        )
    return difference(numbers(tim, "tim"), wanted)


@builtin("units(x)")
def units_(x):
    found = x.attribute("units")
    return NULL if found is None else found


@builtin("`units<-`(x, value)")
def set_units(x, value):
    return in_units(x, one_string(value, "units"))


@builtin("as.double.difftime(x, units = 'auto', ...)", "as.numeric.difftime")
def as_double_difftime(x, units, dots):
    wanted = one_string(units, "units")
    return double((x if wanted == "auto" else in_units(x, wanted)).data)


@builtin("format.difftime(x, ...)")
def format_difftime(x, dots):
    unit = _unit_of(x)
    texts = invoke("format", double(x.data), **{str(name): value for name, value in dots if name}).data
    return character([f"{text} {unit}" for text in texts], kept_shape(x))


@builtin("print.difftime(x, digits = getOption('digits'), ...)", invisible=True)
def print_difftime(ctx, x, digits, dots):
    unit = _unit_of(x)
    figures = one_int(digits, "digits")
    if len(x) > 1 or x.dim is not None or x.type == "character":
        session.write(f"Time differences in {unit}\n")
        more = {str(name): value for name, value in dots if name}
        invoke("print", RVector(x.type, x.data, kept_shape(x)), digits=digits, **more)
    else:
        (text,) = encode_numbers(x.data, layout_numbers(x.data, figures)) if len(x) else ("",)
        session.write(f"Time difference of {text} {unit}\n")
    return x


# --- arithmetic --------------------------------------------------------------------------------------------


def _plain(x: Any) -> RVector:
    if x is NULL:
        return RVector("integer", np.empty(0, dtype=np.int32))
    if not isinstance(x, RVector) or x.type == "list":
        raise UserError("non-numeric argument to binary operator", code=Code.TYPE)
    names = x.attribute("names")
    return RVector(x.type, x.data, {"names": names} if names is not None else None)


def _not_defined(operator: str, what: str) -> UserError:
    return UserError(
        f'{operator} not defined for "{what}" objects',
        code=Code.TYPE,
        cure="dates can be subtracted and compared",
    )


def _date_operator(operator: str, left: Any, right: Any) -> RVector:
    if operator in ("==", "!=", "<", ">", "<=", ">="):
        return compare(operator, _comparable(left), _comparable(right))
    if operator not in ("+", "-"):
        raise _not_defined(operator, "Date")
    if right is MISSING:
        if operator == "-":
            raise UserError('unary - is not defined for "Date" objects', code=Code.TYPE)
        return left
    if has_class(left, "Date") and has_class(right, "Date"):
        if operator == "+":
            raise UserError(
                'binary + is not defined for "Date" objects', code=Code.TYPE, cure="add a number of days"
            )
        return difftime(left, right, units=character("days"))
    if not has_class(left, "Date") and operator == "-":
        raise UserError('can only subtract from "Date" objects', code=Code.TYPE)
    sides = [in_units(x, "days") if has_class(x, "difftime") else x for x in (left, right)]
    made = arithmetic(operator, _plain(sides[0]), _plain(sides[1]))
    return date_vector(made.data, made.attribute("names"))


def _comparable(x: Any) -> RVector:
    return _plain(as_date(x, []) if isinstance(x, RVector) and x.type == "character" else x)


def _time_operator(operator: str, left: Any, right: Any) -> RVector:
    zones = [zone_name(x) for x in (left, right) if has_class(x, "POSIXt")]
    tz = next((z for z in zones if z), None)
    sides = []
    for x in (left, right):
        if isinstance(x, RVector) and x.type == "character":
            x = as_posix_ct(x, character(tz or ""), [])
        elif has_class(x, "POSIXlt") or has_class(x, "Date"):
            x = as_posix_ct(x, character(""), [])
        sides.append(x)
    if operator in ("==", "!=", "<", ">", "<=", ">="):
        return compare(operator, _plain(sides[0]), _plain(sides[1]))
    if right is MISSING:
        raise UserError(f"unary '{operator}' is not defined for \"POSIXt\" objects", code=Code.TYPE)
    if operator not in ("+", "-"):
        raise UserError(f"'{operator}' not defined for \"POSIXt\" objects", code=Code.TYPE)
    times = [has_class(x, "POSIXct") for x in sides]
    if all(times):
        if operator == "+":
            raise UserError("binary '+' is not defined for \"POSIXt\" objects", code=Code.TYPE)
        return difftime(sides[0], sides[1])
    plain = [_plain(in_units(x, "secs") if has_class(x, "difftime") else x) for x in sides]
    made = arithmetic(operator, *plain)
    named = next((x for x in (left, right) if has_class(x, "POSIXct")), None)
    keep = (
        tz if tz is not None else ("" if named is not None and named.attribute("tzone") is not None else None)
    )
    return time_vector(made.data, keep, made.attribute("names"))


def _refuse_operator(operator: str, right: Any, count: int) -> None:
    """Differences are added and compared; multiplied with and divided by numbers."""
    if operator in ("^", "%%", "%/%", "&", "|"):
        raise UserError(f"'{operator}' not defined for \"difftime\" objects", code=Code.TYPE)
    if operator == "*" and count == 2:
        raise UserError('both arguments of * cannot be "difftime" objects', code=Code.TYPE)
    if operator == "/" and has_class(right, "difftime"):
        raise UserError('second argument of / cannot be a "difftime" object', code=Code.TYPE)


def _difference_operator(operator: str, left: Any, right: Any) -> RVector:
    if any(has_class(x, "Date") for x in (left, right) if x is not MISSING):
        return _date_operator(operator, left, right)
    if any(has_class(x, "POSIXt") for x in (left, right) if x is not MISSING):
        return _time_operator(operator, left, right)
    if right is MISSING:
        if operator == "!":
            raise UserError("unary '!' not defined for \"difftime\" objects", code=Code.TYPE)
        return left if operator == "+" else difference(-left.data, _unit_of(left), left.attribute("names"))
    both = [x for x in (left, right) if has_class(x, "difftime")]
    _refuse_operator(operator, right, len(both))
    unit = _common_unit(both)
    sides = [_plain(in_units(x, unit) if has_class(x, "difftime") else x) for x in (left, right)]
    if operator in ("==", "!=", "<", ">", "<=", ">="):
        return compare(operator, *sides)
    made = arithmetic(operator, *sides)
    return difference(coerce(_plain(made), "double").data, unit, made.attribute("names"))


for _class, _operator in (
    ("Date", _date_operator),
    ("POSIXt", _time_operator),
    ("difftime", _difference_operator),
):
    operator_methods(_class, _operator)


def _rebuilt_like(x: RVector, made: RVector) -> RVector:
    attributes = {k: v for k, v in (x.attributes or {}).items() if k in ("class", "units", "tzone")}
    return double(coerce(_plain(made), "double").data, attributes)


def _in_common_unit(values: list[Any]) -> list[RVector]:
    if not all(has_class(value, "difftime") for value in values):
        raise UserError("comparison of these types is not implemented", code=Code.TYPE)
    unit = _common_unit(values)
    return [in_units(value, unit) for value in values]


def _summary(name: str, x: RVector, rest: Dots) -> RVector:
    if name not in ("max", "min", "range") and not (name == "sum" and has_class(x, "difftime")):
        if has_class(x, "Date"):
            raise _not_defined(name, "Date")
        raise _not_defined(f"'{name}'", "difftime" if has_class(x, "difftime") else "POSIXt")
    others = [value for key, value in rest if key != "na.rm"]
    if has_class(x, "difftime") and others:
        x, *others = _in_common_unit([x, *others])
    others = [_plain(value) for value in others]
    na_rm = dict(rest)["na.rm"]
    return _rebuilt_like(x, invoke(name, RVector(x.type, x.data), *others, na_rm=na_rm))


def _rounding(name: str, x: RVector, rest: Dots) -> RVector:
    if name not in ("round", "signif", "floor", "ceiling", "trunc", "abs", "sign"):
        raise UserError(f"'{name}' not defined for \"difftime\" objects", code=Code.TYPE)
    return _rebuilt_like(x, invoke(name, RVector(x.type, x.data), *[value for _, value in rest]))


for _class in ("Date", "POSIXct", "difftime"):
    group_methods("Summary", _class, _summary)
group_methods("Math", "difftime", _rounding)


@builtin("`length<-.Date`(x, value)", "`length<-.POSIXct`", "`length<-.difftime`")
def set_length(x: RVector, value: Any) -> RVector:
    return _rebuilt_like(x, invoke("length<-", _plain(x), value))


def _no_maths(name: str, x: RVector, rest: Dots) -> RVector:
    """Dates and times have no mathematics, except that dates can be rounded to days."""
    if name == "round":
        return _rounding(name, x, rest)
    mark, kind = ("", "Date") if has_class(x, "Date") else ("'", "POSIXt")
    raise UserError(f'{mark}{name}{mark} not defined for "{kind}" objects', code=Code.TYPE)


group_methods("Math", "Date", _no_maths, but=("trunc",))
group_methods("Math", "POSIXct", _no_maths, but=("trunc", "round"))


@builtin("mean.Date(x, ...)", "mean.POSIXct", "mean.difftime")
def mean_date(x, dots):
    given = {name: value for name, value in dots if name}
    return _rebuilt_like(x, invoke("mean", RVector("double", coerce(_plain(x), "double").data), **given))


def _guard(dots):
    guard_joined([value for _, value in dots if isinstance(value, RVector)], "double")


@builtin("c.Date(..., recursive = FALSE)")
def c_date(dots, recursive):
    _guard(dots)
    parts = [as_date(value, []) for _, value in dots if value is not NULL]
    names = [name or "" for name, _ in dots]
    data = np.concatenate([part.data for part in parts]) if parts else np.empty(0)
    labels = character(names) if any(names) and len(names) == len(data) else None
    return date_vector(data, labels)


@builtin("c.POSIXct(..., recursive = FALSE)")
def c_posix(dots, recursive):
    _guard(dots)
    parts = [as_posix_ct(value, character(""), [("origin", character("1970-01-01"))]) for _, value in dots]
    zones = {zone_name(part) for part in parts if part.attribute("tzone") is not None}
    return time_vector(
        np.concatenate([part.data for part in parts]), zones.pop() if len(zones) == 1 else None
    )


@builtin("c.difftime(..., recursive = FALSE)")
def c_difftime(dots, recursive):
    _guard(dots)
    unit = _common_unit([value for _, value in dots if has_class(value, "difftime")])
    parts = [(name, in_units(value, unit) if has_class(value, "difftime") else value) for name, value in dots]
    joined = combine([(name, _plain(part)) for name, part in parts])
    return difference(coerce(_plain(joined), "double").data, unit, joined.attribute("names"))


@builtin("rep.Date(x, ...)", "rep.POSIXct", "rep.difftime")
def rep_date(x, dots):
    plain = invoke("rep", _plain(x), **{name or "times": value for name, value in dots})
    attributes = {k: v for k, v in x.attributes.items() if k != "names"}
    return RVector(plain.type, plain.data, {**(plain.attributes or {}), **attributes})


@builtin("unique.Date(x, ...)", "unique.POSIXct")
def unique_date(x, dots):
    return _rebuilt_like(x, invoke("unique", RVector(x.type, x.data)))


def _with_class_of(x: RVector, made: RVector) -> RVector:
    kept = {k: v for k, v in (x.attributes or {}).items() if k not in ("names", "dim", "dimnames")}
    return RVector(made.type, made.data, {**(made.attributes or {}), **kept})


@builtin("`[.Date`(x, ..., drop = TRUE)", "`[.POSIXct`", "`[.difftime`", "`[.noquote`", "`[.AsIs`")
def subset_date(x, dots, drop):
    plain = x.with_attributes({k: v for k, v in x.attributes.items() if k in ("names", "dim", "dimnames")})
    return _with_class_of(x, subset_values(plain, [*dots, ("drop", drop)]))


@builtin("`[[.Date`(x, ..., drop = TRUE)", "`[[.POSIXct`", "`[[.difftime`")
def element_date(x, dots, drop):
    return _with_class_of(x, get_element(_plain(x), [value for name, value in dots if name != "exact"]))


@builtin("`[<-.Date`(x, ..., value)", "`[<-.POSIXct`", "`[[<-.Date`", "`[[<-.POSIXct`")
def assign_date(x, dots, value):
    if not len(value):
        return x
    fresh = _as_moments(x, value)
    plain = RVector("double", coerce(_plain(x), "double").data.copy(), _plain(x).attributes)
    made = set_subset(plain, [index for _, index in dots], RVector(fresh.type, fresh.data))
    rest = {k: v for k, v in x.attributes.items() if k != "names"}
    return RVector("double", made.data, {**(made.attributes or {}), **rest})


def _as_moments(x: RVector, value: Any) -> RVector:
    """What is assigned into dates or times, as dates or times."""
    if not has_class(x, "Date"):
        return value if value.type in ("double", "integer") else as_posix_ct(value)
    if value.type in ("double", "integer") and not is_object(value):
        raise UserError(
            "'origin' must be supplied", code=Code.ARGUMENT, cure="as.Date(n, origin = '1970-01-01')"
        )
    if value.type == "logical" and value.is_na().all():
        return RVector("double", coerce(value, "double").data)
    if value.type not in ("character", "double", "integer"):
        raise UserError(f"do not know how to convert 'value' to class {_DATE}", code=Code.TYPE)
    return as_date(value, [])


_DATE = "\u201cDate\u201d"


@builtin("summary.POSIXct(object, digits = 15L, ...)")
@builtin("summary.Date(object, digits = 12L, ...)")
def summary_date(x, digits, dots):
    gone = x.is_na()
    kept = pick(x, RVector("logical", (~gone).astype(np.int8)))
    plain = RVector("double", coerce(_plain(kept), "double").data)
    figures = invoke("summary.default", plain, digits=digits)
    data = figures.data[:6]
    attributes = {
        "names": character((figures.names or [])[:6]),
        "class": character(["summaryDefault", "table", *class_names(x)]),
    }
    if x.attribute("tzone") is not None:
        attributes["tzone"] = x.attribute("tzone")
    if gone.any():
        attributes["NAs"] = integer(int(gone.sum()))
    return double(data, attributes)


@builtin("summary.POSIXlt(object, digits = 15L, ...)")
def summary_posix_lt(x, digits, dots):
    return summary_date(as_posix_ct(x), digits, dots)


@builtin("is.numeric.Date(x)", "is.numeric.POSIXt", "is.numeric.difftime")
def is_numeric_date(x):
    return RVector("logical", np.array([0], dtype=np.int8))


@builtin("as.list.Date(x, ...)", "as.list.POSIXct")
def as_list_date(x, dots):
    names = x.names
    pieces = [
        RVector(x.type, x.data[i : i + 1], {k: v for k, v in x.attributes.items() if k != "names"})
        for i in range(len(x))
    ]
    return rlist(pieces, names)


@builtin("diff.Date(x, lag = 1L, differences = 1L, ...)", "diff.POSIXt")
def diff_date(x, lag, differences, dots):
    step = one_int(lag, "lag")
    operate = _date_operator if has_class(x, "Date") else _time_operator
    x = as_posix_ct(x, character(""), []) if has_class(x, "POSIXlt") else x
    for _ in range(one_int(differences, "differences")):
        late = pick(x, integer(np.arange(step + 1, len(x) + 1)))
        early = pick(x, integer(np.arange(1, len(x) - step + 1)))
        x = operate("-", late, early)
        operate = _difference_operator
    return x
