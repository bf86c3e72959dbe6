"""Dates and times as R values: Date, POSIXct, POSIXlt, difftime; their formats, sequences and arithmetic."""

from __future__ import annotations

import datetime
import math
import time
import zoneinfo
from collections.abc import Callable
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..arith import arithmetic, compare
from ..assign import set_subset
from ..coerce import coerce, has_class, numbers, one_int, one_number, one_string, strings
from ..dates import (
    DAYS,
    MONTHS,
    add_months,
    date_of,
    day_of,
    format_moment,
    parse_moment,
    time_of,
    zone,
)
from ..extract import subset_values
from ..format import encode_numbers, layout_numbers
from ..generics import (
    as_text,
    class_names,
    group_methods,
    invoke,
    kept_shape,
    operator_methods,
    pick,
)
from ..printing import Style, print_default
from ..registry import builtin
from ..session import session
from ..subset import get_element
from ..values import MISSING, NA_REAL, NULL, Dots, RVector, character, double, integer, rlist
from .factors import make_factor

_TRY = ("%Y-%m-%d", "%Y/%m/%d")
_TRY_TIMES = ("%Y-%m-%d %H:%M:%OS", "%Y/%m/%d %H:%M:%OS", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", *_TRY)


def date_vector(days: Any, names: Any = None) -> RVector:
    """Days since 1970 as Date."""
    attributes = {"names": names} if names is not None else {}
    return double(np.asarray(days, dtype=np.float64), {**attributes, "class": character(["Date"])})


def time_vector(seconds: Any, tz: str | None, names: Any = None) -> RVector:
    """Seconds since 1970 as POSIXct."""
    attributes: dict[str, Any] = {"names": names} if names is not None else {}
    attributes["class"] = character(["POSIXct", "POSIXt"])
    if tz is not None:
        attributes["tzone"] = character([tz])
    return double(np.asarray(seconds, dtype=np.float64), attributes)


def difference(values: np.ndarray, units: str, names: Any = None) -> RVector:
    attributes: dict[str, Any] = {"names": names} if names is not None else {}
    return double(values, {**attributes, "class": character(["difftime"]), "units": character([units])})


def zone_name(x: Any) -> str:
    tzone = (x.attributes or {}).get("tzone")
    return (tzone.data[0] or "") if tzone is not None else ""


def _moments(x: RVector) -> list[Any]:
    """Each element as Python's date or time, None for NA."""
    data = coerce(RVector(x.type, x.data), "double").data
    if has_class(x, "Date"):
        return [None if not math.isfinite(d) else date_of(d) for d in data.tolist()]
    tz = zone_name(x)
    return [None if not math.isfinite(s) else time_of(s, tz) for s in data.tolist()]


# --- reading -----------------------------------------------------------------------------------------------


def _ambiguous() -> UserError:
    return UserError(
        "character string is not in a standard unambiguous format",
        code=Code.VALUE,
        cure='give the format, as in as.Date(x, format = "%d.%m.%Y")',
    )


def _parsed(texts: list[str | None], formats: list[str], must_fit: bool) -> list[datetime.datetime | None]:
    """Texts read by the first format that fits the first of them, or (not `must_fit`) by formats in turn."""
    if not must_fit:
        return [
            None if t is None else parse_moment(t, formats[i % len(formats)]) for i, t in enumerate(texts)
        ]
    first = next((t for t in texts if t is not None and t != ""), None)
    if first is None:
        return [None] * len(texts)
    for pattern in formats:
        if parse_moment(first, pattern) is not None:
            return [None if t is None else parse_moment(t, pattern) for t in texts]
    raise _ambiguous()


@builtin("as.Date(x, ...)", generic=True)
def as_date(x, dots):
    given = {name or f"_{i}": value for i, (name, value) in enumerate(dots)}
    if has_class(x, "Date"):
        return x
    if has_class(x, "POSIXlt"):
        x = as_posix_ct(x)
    if has_class(x, "POSIXct"):
        tz = one_string(given["tz"], "tz") if "tz" in given else "UTC"
        days = [NA_REAL if not math.isfinite(s) else day_of(time_of(s, tz).date()) for s in x.data.tolist()]
        return date_vector(days, x.attribute("names"))
    if isinstance(x, RVector) and x.type in ("double", "integer"):
        origin = given.get("origin", given.get("_0"))
        if origin is None and not has_class(x, "factor"):
            raise UserError("'origin' must be supplied", code=Code.ARGUMENT, cure='add origin = "1970-01-01"')
        if not has_class(x, "factor"):
            start = as_date(origin, []).data[0]
            return date_vector(coerce(RVector(x.type, x.data), "double").data + start, x.attribute("names"))
    if isinstance(x, RVector) and x.type == "logical" and x.is_na().all():
        return date_vector(np.full(len(x), NA_REAL))
    if not isinstance(x, RVector) or (x.type != "character" and not has_class(x, "factor")):
        raise UserError(
            f"do not know how to convert 'x' to class {_quoted('Date')}",
            code=Code.TYPE,
            cure="give text or a date",
        )
    return _date_from_text(x, given)


def _quoted(text: str) -> str:
    return f"“{text}”"


def _date_from_text(x: RVector, given: dict[str, Any]) -> RVector:
    texts = list(as_text(x).data)
    pattern = given.get("format", given.get("_0"))
    optional = "optional" in given and bool(given["optional"].data[0])
    if pattern is not None:
        moments = _parsed(texts, [p or "" for p in strings(pattern, "format")], must_fit=False)
    else:
        formats: list[str] = (
            [f or "" for f in strings(given["tryFormats"], "tryFormats")]
            if "tryFormats" in given
            else list(_TRY)
        )
        try:
            moments = _parsed(texts, formats, must_fit=True)
        except UserError:
            if not optional:
                raise
            moments = [None] * len(texts)
    names = x.attribute("names")
    return date_vector([NA_REAL if m is None else day_of(m.date()) for m in moments], names)


def _seconds(moment: datetime.datetime, tz: str) -> float:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone(tz))
    return (moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)).total_seconds()


@builtin("as.POSIXct(x, tz = '', ...)", generic=True)
def as_posix_ct(x, tz=character(""), dots=()):  # noqa: B008
    given = {name or f"_{i}": value for i, (name, value) in enumerate(dots)}
    name = one_string(tz, "tz") if isinstance(tz, RVector) else ""
    if has_class(x, "POSIXct"):
        return x
    if has_class(x, "POSIXlt"):
        return _from_fields(x)
    if has_class(x, "Date"):
        return time_vector(x.data * 86400.0, "UTC", x.attribute("names"))
    if isinstance(x, RVector) and x.type in ("double", "integer") and not has_class(x, "factor"):
        origin = given.get("origin", given.get("_0"))
        if origin is None:
            raise UserError("'origin' must be supplied", code=Code.ARGUMENT, cure='add origin = "1970-01-01"')
        start = as_posix_ct(origin, character("UTC"), []).data[0]
        return time_vector(coerce(RVector(x.type, x.data), "double").data + start, name or "")
    if isinstance(x, RVector) and x.type == "logical" and x.is_na().all():
        return time_vector(np.full(len(x), NA_REAL), name)
    pattern = given.get("format", given.get("_0"))
    texts = list(as_text(x).data)
    if pattern is not None:
        moments = _parsed(texts, [p or "" for p in strings(pattern, "format")], must_fit=False)
    else:
        moments = _parsed(texts, list(_TRY_TIMES), must_fit=True)
    return time_vector([NA_REAL if m is None else _seconds(m, name) for m in moments], name)


@builtin("strptime(x, format, tz = '')")
def strptime(x, format, tz):
    patterns = [p or "" for p in strings(format, "format")]
    moments = _parsed(list(as_text(x).data), patterns, must_fit=False)
    name = one_string(tz, "tz")
    return _fields(time_vector([NA_REAL if m is None else _seconds(m, name) for m in moments], name))


@builtin("as.POSIXlt(x, tz = '', ...)", generic=True)
def as_posix_lt(x, tz, dots):
    return x if has_class(x, "POSIXlt") else _fields(as_posix_ct(x, tz, dots))


def _fields(x: RVector) -> RVector:
    """The parts of times, as POSIXlt holds them."""
    moments = _moments(x)

    def part(get: Callable[[datetime.datetime], float]) -> RVector:
        return integer([None if m is None else int(get(m)) for m in moments])

    parts = {
        "sec": double([None if m is None else m.second + m.microsecond / 1e6 for m in moments]),
        "min": part(lambda m: m.minute),
        "hour": part(lambda m: m.hour),
        "mday": part(lambda m: m.day),
        "mon": part(lambda m: m.month - 1),
        "year": part(lambda m: m.year - 1900),
        "wday": part(lambda m: m.isoweekday() % 7),
        "yday": part(lambda m: m.timetuple().tm_yday - 1),
        "isdst": part(lambda m: bool(m.dst())),
    }
    attributes = {"class": character(["POSIXlt", "POSIXt"]), "tzone": character([zone_name(x)])}
    return rlist(parts.values(), parts.keys(), attributes)


def _from_fields(x: RVector) -> RVector:
    parts = {name: x.data[i] for i, name in enumerate(x.names or [])}
    tz = zone_name(x)
    out = []
    for i in range(len(parts["year"])):
        values = [
            float(coerce(parts[k], "double").data[i]) for k in ("year", "mon", "mday", "hour", "min", "sec")
        ]
        if any(math.isnan(v) for v in values):
            out.append(NA_REAL)
            continue
        year, month, day, hour, minute, second = values
        first = datetime.datetime(1900 + int(year) + int(month) // 12, int(month) % 12 + 1, 1)
        moment = first + datetime.timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second)
        out.append(_seconds(moment, tz))
    return time_vector(out, tz)


@builtin("length.POSIXlt(x)")
def length_posix_lt(x):
    return integer(len(x.data[0]))


# --- writing -----------------------------------------------------------------------------------------------


def _formatted(x: RVector, pattern: str) -> list[str | None]:
    return [None if m is None else format_moment(m, pattern) for m in _moments(x)]


def _default_pattern(x: RVector) -> str:
    """Times of day are left out if all are midnight."""
    moments = [m for m in _moments(x) if m is not None]
    if all((m.hour, m.minute, m.second, m.microsecond) == (0, 0, 0, 0) for m in moments):
        return "%Y-%m-%d"
    return "%Y-%m-%d %H:%M:%S"


@builtin("format.Date(x, ...)")
def format_date(x, dots):
    pattern = _given_pattern(dots)
    return character(_formatted(x, pattern or "%Y-%m-%d"), kept_shape(x))


def _given_pattern(dots: Dots) -> str | None:
    for i, (name, value) in enumerate(dots):
        if (
            (name == "format" or (name is None and i == 0))
            and isinstance(value, RVector)
            and value.type == "character"
        ):
            return value.data[0] or None
    return None


@builtin("as.character.Date(x, ...)")
def as_character_date(x, dots):
    return character(_formatted(x, _given_pattern(dots) or "%Y-%m-%d"))


@builtin("format.POSIXct(x, format = '', tz = '', usetz = FALSE, ...)")
def format_posix_ct(x, format, tz, usetz, dots):
    name = one_string(tz, "tz") or zone_name(x)
    x = time_vector(x.data, name, x.attribute("names"))
    pattern = (strings(format, "format")[0] if format is not NULL else "") or _default_pattern(x)
    texts = _formatted(x, pattern)
    if bool(usetz.data[0]):
        texts = [t if t is None else f"{t} {m.tzname()}" for t, m in zip(texts, _moments(x), strict=True)]
    return character(texts, kept_shape(x))


@builtin("format.POSIXlt(x, format = '', usetz = FALSE, ...)")
def format_posix_lt(x, format, usetz, dots):
    return format_posix_ct(_from_fields(x), format, character(""), usetz, dots)


@builtin("as.character.POSIXt(x, ...)")
def as_character_posix(x, dots):
    pattern = _given_pattern(dots)
    x = as_posix_ct(x, character(""), [])
    return character(_formatted(x, pattern or _default_pattern(x)))


@builtin("strftime(x, format = '', tz = '', usetz = FALSE, ...)")
def strftime(x, format, tz, usetz, dots):
    if has_class(x, "Date") and strings(format, "format")[0]:
        return character(_formatted(x, strings(format, "format")[0] or ""))
    return format_posix_ct(as_posix_ct(x, tz, []), format, tz, usetz, dots)


@builtin("print.Date(x, max = NULL, ...)", invisible=True)
def print_date(ctx, x, max, dots):
    if len(x):
        print_default(format_date(x, []), ctx, Style())
    else:
        session.write(f"{class_names(x)[0]} of length 0\n")
    return x


@builtin("print.POSIXct(x, tz = '', usetz = TRUE, max = NULL, ...)", "print.POSIXlt", invisible=True)
def print_posix(ctx, x, tz, usetz, max, dots):
    moments = as_posix_ct(x, tz, [])
    if len(moments):
        print_default(format_posix_ct(moments, character(""), tz, usetz, []), ctx, Style())
    else:
        session.write(f'"{class_names(x)[0]}" of length 0\n')
    return x


# --- parts -------------------------------------------------------------------------------------------------


def _short(abbreviate: Any) -> bool:
    return isinstance(abbreviate, RVector) and bool(abbreviate.data[0])


def _as_moments(x: Any) -> list[Any]:
    return _moments(as_posix_ct(x, character(""), []) if has_class(x, "POSIXlt") else x)


@builtin("weekdays(x, abbreviate)")
def weekdays(x, abbreviate=None):
    cut = 3 if _short(abbreviate) else None
    return character([None if m is None else DAYS[m.weekday()][:cut] for m in _as_moments(x)])


@builtin("months(x, abbreviate)")
def months(x, abbreviate=None):
    cut = 3 if _short(abbreviate) else None
    return character([None if m is None else MONTHS[m.month - 1][:cut] for m in _as_moments(x)])


@builtin("quarters(x, ...)")
def quarters(x, dots):
    return character([None if m is None else f"Q{(m.month - 1) // 3 + 1}" for m in _as_moments(x)])


@builtin("julian(x, origin, ...)")
def julian(x, origin=None, dots=()):
    start = date_vector([0.0]) if origin is None else origin
    made = double(x.data - start.data[0])
    return RVector("double", made.data, {"origin": start})


@builtin("Sys.Date()")
def sys_date():
    return date_vector([day_of(datetime.datetime.now(zone("")).date())])


@builtin("Sys.time()")
def sys_time():
    return time_vector([time.time()], None)


@builtin("date()")
def date():
    return character(format_moment(datetime.datetime.now(zone("")), "%a %b %e %H:%M:%S %Y"))


@builtin("ISOdatetime(year, month, day, hour, min, sec, tz = '')")
def iso_datetime(year, month, day, hour, min, sec, tz):
    columns = [numbers(v, "time").tolist() for v in (year, month, day, hour, min, sec)]
    longest = max(map(len, columns))
    out = []
    for i in range(longest):
        y, mo, d, h, mi, s = (column[i % len(column)] for column in columns)
        try:
            moment = datetime.datetime(int(y), int(mo), int(d), int(h), int(mi), int(s))
            out.append(_seconds(moment, one_string(tz, "tz")) + s % 1)
        except ValueError:
            out.append(NA_REAL)
    return time_vector(out, one_string(tz, "tz"))


@builtin("ISOdate(year, month, day, hour = 12, min = 0, sec = 0, tz = 'GMT')")
def iso_date(year, month, day, hour, min, sec, tz):
    return iso_datetime(year, month, day, hour, min, sec, tz)


@builtin("OlsonNames(tzdir = NULL)")
def olson_names(tzdir):
    return character(sorted(zoneinfo.available_timezones()))


@builtin("Sys.timezone(location = TRUE)")
def sys_timezone(location):
    return character(str(zone("")))


# --- sequences and bins ------------------------------------------------------------------------------------

_STEP_DAYS = {"day": 1, "week": 7}
_STEP_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_STEP_SECONDS = {"sec": 1, "min": 60, "hour": 3600, "DSTday": 86400, "day": 86400, "week": 604800}


def _step(by: Any) -> tuple[float, str]:
    """Number and unit of `by`: 7, "2 weeks", "-1 month" or a difftime."""
    if isinstance(by, RVector) and by.type == "character":
        parts = (by.data[0] or "").split()
        unit = parts[-1].removesuffix("s")
        if unit not in (*_STEP_DAYS, *_STEP_MONTHS, *_STEP_SECONDS):
            raise UserError(
                "invalid string for 'by'", code=Code.ARGUMENT, cure='such as "day", "2 weeks", "-1 month"'
            )
        return (float(parts[0]) if len(parts) == 2 else 1.0), unit
    if has_class(by, "difftime"):
        return float(in_units(by, "days").data[0]), "day"
    return one_number(by, "by"), "day"


@builtin("seq.Date(from, to, by, length.out = NULL, along.with = NULL, ...)")
def seq_date(from_, to=None, by=None, length_out=NULL, along_with=NULL, dots=()):
    start = float(from_.data[0])
    count = None if length_out is NULL else math.ceil(one_number(length_out, "length.out"))
    if along_with is not NULL:
        count = len(along_with)
    end = None if to is None or to is MISSING else float(as_date(to, []).data[0])
    if by is None or by is MISSING:
        if end is None or count is None:
            raise UserError(
                "exactly two of 'to', 'by' and 'length.out' / 'along.with' must be specified",
                code=Code.ARGUMENT,
            )
        return date_vector(np.linspace(start, end, count))
    size, unit = _step(by)
    if unit in _STEP_DAYS:
        step = size * _STEP_DAYS[unit]
        if end is not None:
            count = int((end - start) / step + 1e-10) + 1
        return date_vector(start + step * np.arange(count or 0))
    months = int(size * _STEP_MONTHS[unit])
    first = date_of(start)
    assert first is not None
    if end is not None:
        last = date_of(end)
        assert last is not None
        span = (last.year - first.year) * 12 + last.month - first.month
        count = abs(span) // abs(months) + 1
    days = [float(day_of(add_months(first, months * k))) for k in range(count or 0)]
    return date_vector([d for d in days if end is None or (d <= end if months > 0 else d >= end)])


@builtin("seq.POSIXt(from, to, by, length.out = NULL, along.with = NULL, ...)")
def seq_posix(from_, to=None, by=None, length_out=NULL, along_with=NULL, dots=()):
    start = as_posix_ct(from_, character(""), [])
    tz = zone_name(start) if start.attribute("tzone") is not None else None
    count = None if length_out is NULL else math.ceil(one_number(length_out, "length.out"))
    end = None if to is None or to is MISSING else float(as_posix_ct(to, character(tz or ""), []).data[0])
    first = float(start.data[0])
    if by is None or by is MISSING:
        return time_vector(np.linspace(first, end or first, count or 1), tz)
    size, unit = _step(by) if by.type == "character" else (one_number(by, "by"), "sec")
    if has_class(by, "difftime"):
        size, unit = float(in_units(by, "secs").data[0]), "sec"
    if unit in _STEP_SECONDS:
        step = size * _STEP_SECONDS[unit]
        if end is not None:
            count = int((end - first) / step + 1e-10) + 1
        return time_vector(first + step * np.arange(count or 0), tz)
    moment = time_of(first, tz or "")
    months = int(size * _STEP_MONTHS[unit])
    out: list[float] = []
    while count is None or len(out) < count:
        day = add_months(moment.date(), months * len(out))
        seconds = _seconds(datetime.datetime.combine(day, moment.time()), tz or "")
        if end is not None and seconds > end:
            break
        out.append(seconds)
    return time_vector(out, tz)


@builtin("cut.Date(x, breaks, labels = NULL, start.on.monday = TRUE, right = FALSE, ...)")
def cut_date(x, breaks, labels, start_on_monday, right, dots):
    if breaks.type != "character":
        edges = coerce(breaks, "double").data
        codes = np.searchsorted(np.sort(edges), x.data, side="right")
        names = _formatted(date_vector(np.sort(edges)[:-1]), "%Y-%m-%d")
        return make_factor(codes, names)
    _, unit = _step(breaks)
    starts = [None if m is None else _period_start(m, unit) for m in _moments(x)]
    known = [day_of(s) for s in starts if s is not None]
    levels = seq_date(date_vector([min(known)]), date_vector([max(known)]), breaks)
    days = levels.data.tolist()
    codes = np.array([-2147483648 if s is None else days.index(day_of(s)) + 1 for s in starts])
    return make_factor(codes, _formatted(levels, "%Y-%m-%d"))


def _period_start(day: datetime.date, unit: str) -> datetime.date:
    if unit == "week":
        return day - datetime.timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _truncated(x: RVector, unit: str) -> RVector:
    tz = zone_name(x)
    zero = {"secs": {}, "mins": {"second": 0}, "hours": {"second": 0, "minute": 0}}
    whole = {"second": 0, "minute": 0, "hour": 0}
    cut = zero.get(
        unit,
        whole
        | ({"day": 1} if unit in ("months", "years") else {})
        | ({"month": 1} if unit == "years" else {}),
    )
    out = [NA_REAL if m is None else m.replace(microsecond=0, **cut).timestamp() for m in _moments(x)]
    return time_vector(out, tz)


def _unit(given: Any, fallback: str) -> str:
    wanted = (strings(given, "units")[0] or fallback) if isinstance(given, RVector) else fallback
    return next(
        (u for u in ("secs", "mins", "hours", "days", "weeks", "months", "years") if u.startswith(wanted)),
        fallback,
    )


@builtin("trunc.POSIXt(x, units = 'secs', ...)")
def trunc_posix(x, units, dots):
    return _fields(_truncated(as_posix_ct(x, character(""), []), _unit(units, "secs")))


@builtin("round.POSIXt(x, digits = 'secs', ...)")
def round_posix(x, digits, dots):
    unit = _unit(digits, "secs")
    x = as_posix_ct(x, character(""), [])
    half = {"secs": 0.5, "mins": 30, "hours": 1800, "days": 43200}[unit]
    return _fields(_truncated(time_vector(x.data + half, zone_name(x)), unit))


@builtin("trunc.Date(x, units = 'days', ...)")
def trunc_date(x, units, dots):
    unit = _unit(units, "days").removesuffix("s")
    return date_vector([NA_REAL if m is None else day_of(_period_start(m, unit)) for m in _moments(x)])


# --- differences -------------------------------------------------------------------------------------------

_UNITS = {"secs": 1.0, "mins": 60.0, "hours": 3600.0, "days": 86400.0, "weeks": 604800.0}


def in_units(x: RVector, units: str) -> RVector:
    """A difftime in other units."""
    own = _UNITS[x.attribute("units").data[0]]
    return difference(x.data * own / _UNITS[units], units, x.attribute("names"))


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
    wanted = "auto" if units is None else strings(units, "units")[0] or "auto"
    if wanted == "auto":
        both_dates = has_class(time1, "Date") and has_class(time2, "Date")
        wanted = "days" if both_dates else _fitting_unit(seconds)
    else:
        wanted = next((u for u in _UNITS if u.startswith(wanted)), wanted)
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
    figures = next((one_int(value, "digits") for name, value in dots if name == "digits"), None)
    texts = encode_numbers(x.data, layout_numbers(x.data, figures))
    return character([f"{text} {x.attribute('units').data[0]}" for text in texts], kept_shape(x))


@builtin("print.difftime(x, digits = getOption('digits'), ...)", invisible=True)
def print_difftime(ctx, x, digits, dots):
    unit = x.attribute("units").data[0]
    figures = one_int(digits, "digits")
    if len(x) > 1 or x.dim is not None:
        session.write(f"Time differences in {unit}\n")
        print_default(double(x.data, kept_shape(x)), ctx, Style(digits=figures))
    else:
        (text,) = encode_numbers(x.data, layout_numbers(x.data, figures)) if len(x) else ("",)
        session.write(f"Time difference of {text} {unit}\n")
    return x


# --- arithmetic --------------------------------------------------------------------------------------------


def _plain(x: Any) -> RVector:
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
    return _plain(as_date(x, []) if x.type == "character" else x)


def _time_operator(operator: str, left: Any, right: Any) -> RVector:
    zones = [zone_name(x) for x in (left, right) if has_class(x, "POSIXt")]
    tz = next((z for z in zones if z), None)
    sides = []
    for x in (left, right):
        if x is not MISSING and x.type == "character":
            x = as_posix_ct(x, character(tz or ""), [])
        elif has_class(x, "POSIXlt") or has_class(x, "Date"):
            x = as_posix_ct(x, character(""), [])
        sides.append(x)
    if operator in ("==", "!=", "<", ">", "<=", ">="):
        return compare(operator, _plain(sides[0]), _plain(sides[1]))
    if operator not in ("+", "-") or right is MISSING:
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


def _difference_operator(operator: str, left: Any, right: Any) -> RVector:
    if any(has_class(x, "Date") for x in (left, right) if x is not MISSING):
        return _date_operator(operator, left, right)
    if any(has_class(x, "POSIXt") for x in (left, right) if x is not MISSING):
        return _time_operator(operator, left, right)
    if right is MISSING:
        return difference(-left.data, left.attribute("units").data[0])
    both = [x for x in (left, right) if has_class(x, "difftime")]
    names = [x.attribute("units").data[0] for x in both]
    unit = min(names, key=lambda name: _UNITS[name])
    sides = [_plain(in_units(x, unit) if has_class(x, "difftime") else x) for x in (left, right)]
    if operator in ("==", "!=", "<", ">", "<=", ">="):
        return compare(operator, *sides)
    made = arithmetic(operator, *sides)
    if operator == "/" and len(both) == 2:
        return made
    return difference(coerce(_plain(made), "double").data, unit, made.attribute("names"))


operator_methods("Date", _date_operator, "arithmetic", "comparison")
operator_methods("POSIXt", _time_operator, "arithmetic", "comparison")
operator_methods("difftime", _difference_operator, "arithmetic", "comparison")


def _rebuilt_like(x: RVector, made: RVector) -> RVector:
    attributes = {k: v for k, v in (x.attributes or {}).items() if k in ("class", "units", "tzone")}
    return double(coerce(_plain(made), "double").data, attributes)


def _summary(name: str, x: RVector, rest: Dots) -> RVector:
    if name not in ("max", "min", "range") and not (name == "sum" and has_class(x, "difftime")):
        raise _not_defined(name, class_names(x)[0])
    others = [_plain(value) for key, value in rest if key != "na.rm"]
    na_rm = dict(rest)["na.rm"]
    return _rebuilt_like(x, invoke(name, RVector(x.type, x.data), *others, na_rm=na_rm))


def _rounding(name: str, x: RVector, rest: Dots) -> RVector:
    if name not in ("round", "signif", "floor", "ceiling", "trunc", "abs", "sign"):
        raise UserError(f"'{name}' not defined for \"difftime\" objects", code=Code.TYPE)
    return _rebuilt_like(x, invoke(name, RVector(x.type, x.data), *[value for _, value in rest]))


for _class in ("Date", "POSIXct", "difftime"):
    group_methods("Summary", _class, _summary)
group_methods("Math", "difftime", _rounding)


@builtin("mean.Date(x, ...)", "mean.POSIXct", "mean.difftime")
def mean_date(x, dots):
    given = {name: value for name, value in dots if name}
    return _rebuilt_like(x, invoke("mean", RVector("double", coerce(_plain(x), "double").data), **given))


@builtin("c.Date(..., recursive = FALSE)")
def c_date(dots, recursive):
    parts = [as_date(value, [("origin", character("1970-01-01"))]) for _, value in dots if value is not NULL]
    names = [name or "" for name, _ in dots]
    data = np.concatenate([part.data for part in parts]) if parts else np.empty(0)
    labels = character(names) if any(names) and len(names) == len(data) else None
    return date_vector(data, labels)


@builtin("c.POSIXct(..., recursive = FALSE)")
def c_posix(dots, recursive):
    parts = [as_posix_ct(value, character(""), [("origin", character("1970-01-01"))]) for _, value in dots]
    zones = {zone_name(part) for part in parts if part.attribute("tzone") is not None}
    return time_vector(
        np.concatenate([part.data for part in parts]), zones.pop() if len(zones) == 1 else None
    )


@builtin("c.difftime(..., recursive = FALSE)")
def c_difftime(dots, recursive):
    unit = dots[0][1].attribute("units").data[0]
    parts = [in_units(value, unit).data if has_class(value, "difftime") else value.data for _, value in dots]
    return difference(np.concatenate(parts).astype(float), unit)


@builtin("rep.Date(x, ...)", "rep.POSIXct", "rep.difftime")
def rep_date(x, dots):
    plain = invoke("rep", _plain(x), **{name or "times": value for name, value in dots})
    attributes = {k: v for k, v in x.attributes.items() if k != "names"}
    return RVector(plain.type, plain.data, {**(plain.attributes or {}), **attributes})


@builtin("unique.Date(x, ...)", "unique.POSIXct", "unique.difftime")
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
    return _with_class_of(
        x, get_element(RVector(x.type, x.data, _plain(x).attributes), [value for _, value in dots])
    )


@builtin("`[<-.Date`(x, ..., value)", "`[<-.POSIXct`", "`[[<-.Date`", "`[[<-.POSIXct`")
def assign_date(x, dots, value):
    fresh = (
        value
        if value.type in ("double", "integer")
        else as_date(value, [])
        if has_class(x, "Date")
        else as_posix_ct(value)
    )
    plain = RVector("double", coerce(_plain(x), "double").data.copy(), _plain(x).attributes)
    made = set_subset(plain, [index for _, index in dots], RVector(fresh.type, fresh.data))
    rest = {k: v for k, v in x.attributes.items() if k != "names"}
    return RVector("double", made.data, {**(made.attributes or {}), **rest})


@builtin("summary.Date(object, digits = 12L, ...)", "summary.POSIXct")
def summary_date(x, digits, dots):
    gone = x.is_na()
    kept = pick(x, RVector("logical", (~gone).astype(np.int8)))
    plain = RVector("double", coerce(_plain(kept), "double").data)
    figures = invoke("summary.default", plain)
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
