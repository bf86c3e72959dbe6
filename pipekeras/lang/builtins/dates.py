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
from ...syntax.tree import Call
from ..dates import (
    DAYS,
    MONTHS,
    date_of,
    day_of,
    format_moment,
    parse_moment,
    time_of,
    zone,
)
from ..generics import (
    as_text,
    class_names,
    invoke,
    kept_shape,
)
from ..registry import builtin
from ..session import session
from ..text.deparse import deparse_value
from ..values import NA_REAL, NULL, Dots, RVector, character, double, integer, rlist
from ..vectors.coerce import coerce, has_class, numbers, one_int, one_string, strings

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


def moments_of(x: RVector) -> list[Any]:
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


def _parsed(
    texts: list[str | None], formats: list[str], must_fit: bool, all_fit: bool = False
) -> list[datetime.datetime | None]:
    """Texts read by the first format that fits the first of them, or (not `must_fit`) by formats in turn.

    Args:
        all_fit: the format must fit all of them
    """
    if not must_fit:
        return [
            None if t is None else parse_moment(t, formats[i % len(formats)]) for i, t in enumerate(texts)
        ]
    given = [t for t in texts if t is not None and t != ""]
    if not given:
        return [None] * len(texts)
    for pattern in formats:
        if all(parse_moment(t, pattern) is not None for t in (given if all_fit else given[:1])):
            return [None if t is None else parse_moment(t, pattern) for t in texts]
    raise _ambiguous()


@builtin("as.Date(x, ...)", generic=True)
def as_date_(ctx, x, dots):
    try:
        return as_date(x, dots)
    except UserError as error:
        if isinstance(ctx.call, Call) and ctx.call.args:  # R names the argument as it is written
            error.message = error.message.replace("'x'", f"'{deparse_value(ctx.call.args[0].value)}'")
        raise


def as_date(x: Any, dots: Dots) -> RVector:
    """Dates from dates, times, days since an origin, or text."""
    given = {name or f"_{i}": value for i, (name, value) in enumerate(dots)}
    if x is NULL:
        return date_vector([])
    if has_class(x, "Date"):
        return x
    if has_class(x, "POSIXlt"):
        x = as_posix_ct(x)
    if has_class(x, "POSIXct"):
        tz = one_string(given["tz"], "tz") if "tz" in given else "UTC"
        days = [s if not math.isfinite(s) else day_of(time_of(s, tz).date()) for s in x.data.tolist()]
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


def seconds_of(moment: datetime.datetime, tz: str) -> float:
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
        moments = _parsed(texts, list(_TRY_TIMES), must_fit=True, all_fit=True)
    return time_vector([NA_REAL if m is None else seconds_of(m, name) for m in moments], name)


@builtin("strptime(x, format, tz = '')")
def strptime(x, format, tz):
    patterns = [p or "" for p in strings(format, "format")]
    moments = _parsed(list(as_text(x).data), patterns, must_fit=False)
    name = one_string(tz, "tz")
    return fields_of(time_vector([NA_REAL if m is None else seconds_of(m, name) for m in moments], name))


@builtin("as.POSIXlt(x, tz = '', ...)", generic=True)
def as_posix_lt(x, tz, dots):
    return x if has_class(x, "POSIXlt") else fields_of(as_posix_ct(x, tz, dots))


def fields_of(x: RVector) -> RVector:
    """The parts of times, as POSIXlt holds them."""
    moments = moments_of(x)

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
    columns = [coerce(parts[k], "double").data for k in ("year", "mon", "mday", "hour", "min", "sec")]
    for i in range(max(map(len, columns)) if all(map(len, columns)) else 0):
        values = [float(column[i % len(column)]) for column in columns]
        if any(math.isnan(v) for v in values):
            out.append(NA_REAL)
            continue
        year, month, day, hour, minute, second = values
        first = datetime.datetime(1900 + int(year) + int(month) // 12, int(month) % 12 + 1, 1)
        moment = first + datetime.timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second)
        out.append(seconds_of(moment, tz))
    return time_vector(out, tz)


@builtin("length.POSIXlt(x)")
def length_posix_lt(x):
    return integer(max(map(len, x.data)))


# --- writing -----------------------------------------------------------------------------------------------


def moment_texts(x: RVector, write: Callable[[Any], str]) -> list[str | None]:
    """What `write` makes of each moment; what never comes is written as the number it is: Inf, NaN."""
    numbers = coerce(RVector(x.type, x.data), "double")
    texts = coerce(numbers, "character").data
    return [texts[i] if m is None else write(m) for i, m in enumerate(moments_of(x))]


def formatted_moments(x: RVector, pattern: str) -> list[str | None]:
    return moment_texts(x, lambda m: format_moment(m, pattern))


def _default_pattern(x: RVector, dots: Dots) -> str:
    """Times of day are left out if all are midnight; parts of seconds have the digits that matter."""
    moments = [m for m in moments_of(x) if m is not None]
    if all((m.hour, m.minute, m.second, m.microsecond) == (0, 0, 0, 0) for m in moments):
        return "%Y-%m-%d"
    asked = dict(dots).get("digits", session.options["digits.secs"])
    most = 0 if asked is NULL else min(6, one_int(asked, "digits"))
    seconds = x.data[np.isfinite(x.data)] % 60
    enough = (n for n in range(most) if (np.abs(seconds - seconds.round(n)) < 1e-6).all())
    return f"%Y-%m-%d %H:%M:%OS{next(enough, most)}"


@builtin("format.Date(x, ...)")
def format_date(x, dots):
    pattern = _given_pattern(dots)
    return character(formatted_moments(x, pattern or "%Y-%m-%d"), kept_shape(x))


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
    return character(formatted_moments(x, _given_pattern(dots) or "%Y-%m-%d"))


@builtin("format.POSIXct(x, format = '', tz = '', usetz = FALSE, ...)")
def format_posix_ct(x, format, tz, usetz, dots):
    name = one_string(tz, "tz") or zone_name(x)
    x = time_vector(x.data, name, x.attribute("names"))
    pattern = (strings(format, "format")[0] if format is not NULL else "") or _default_pattern(x, dots)
    texts = formatted_moments(x, pattern)
    if bool(usetz.data[0]):
        texts = [t if m is None else f"{t} {m.tzname()}" for t, m in zip(texts, moments_of(x), strict=True)]
    return character(texts, kept_shape(x))


@builtin("format.POSIXlt(x, format = '', usetz = FALSE, ...)")
def format_posix_lt(x, format, usetz, dots):
    return format_posix_ct(_from_fields(x), format, character(""), usetz, dots)


@builtin("as.character.POSIXt(x, ...)")
def as_character_posix(x, dots):
    pattern = _given_pattern(dots)
    x = as_posix_ct(x, character(""), [])
    return character(formatted_moments(x, pattern or _default_pattern(x, dots)))


@builtin("strftime(x, format = '', tz = '', usetz = FALSE, ...)")
def strftime(x, format, tz, usetz, dots):
    if has_class(x, "Date") and strings(format, "format")[0]:
        return character(formatted_moments(x, strings(format, "format")[0] or ""))
    return format_posix_ct(as_posix_ct(x, tz, []), format, tz, usetz, dots)


@builtin("print.Date(x, max = NULL, ...)", invisible=True)
def print_date(ctx, x, max, dots):
    if len(x):
        invoke("print", invoke("format", x), max=max, **{str(name): value for name, value in dots if name})
    else:
        session.write(f"{class_names(x)[0]} of length 0\n")
    return x


@builtin("print.POSIXct(x, tz = '', usetz = TRUE, max = NULL, ...)", "print.POSIXlt", invisible=True)
def print_posix(ctx, x, tz, usetz, max, dots):
    moments = as_posix_ct(x, tz, [])
    if len(moments):
        shown = format_posix_ct(moments, character(""), tz, usetz, [])
        invoke("print", shown, max=max, **{str(name): value for name, value in dots if name})
    else:
        session.write(f'"{class_names(x)[0]}" of length 0\n')
    return x


# --- parts -------------------------------------------------------------------------------------------------


def _short(abbreviate: Any) -> bool:
    return isinstance(abbreviate, RVector) and bool(abbreviate.data[0])


def _without_fields(x: Any) -> Any:
    return as_posix_ct(x, character(""), []) if has_class(x, "POSIXlt") else x


@builtin("weekdays(x, abbreviate)", generic=True)
def weekdays(x, abbreviate=None):
    cut = 3 if _short(abbreviate) else None
    return character(moment_texts(_without_fields(x), lambda m: DAYS[m.weekday()][:cut]))


@builtin("months(x, abbreviate)", generic=True)
def months(x, abbreviate=None):
    cut = 3 if _short(abbreviate) else None
    return character(moment_texts(_without_fields(x), lambda m: MONTHS[m.month - 1][:cut]))


@builtin("quarters(x, ...)", generic=True)
def quarters(x, dots):
    moments = moments_of(_without_fields(x))
    return character(["QNA" if m is None else f"Q{(m.month - 1) // 3 + 1}" for m in moments])


@builtin("julian(x, origin, ...)", generic=True)
def julian(x, origin=None, dots=()):
    if has_class(x, "POSIXt"):
        return _days_of_times(x, time_vector([0.0], "UTC") if origin is None else origin)
    start = date_vector([0.0]) if origin is None else origin
    made = double(x.data - start.data[0])
    return RVector("double", made.data, {"origin": start})


def _days_of_times(x: RVector, origin: RVector) -> RVector:
    times, start = (as_posix_ct(t, character(""), []) for t in (x, origin))
    made = difference((times.data - start.data[0]) / 86400, "days")
    return made.with_attribute("origin", origin)


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
            out.append(seconds_of(moment, one_string(tz, "tz")) + s % 1)
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
