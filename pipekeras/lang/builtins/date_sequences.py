"""Sequences of dates and times, dates cut into periods, times truncated and rounded."""

from __future__ import annotations

import datetime
import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..coerce import coerce, has_class, one_number, strings
from ..dates import (
    add_months,
    date_of,
    day_of,
    time_of,
)
from ..registry import builtin
from ..values import MISSING, NA_REAL, NULL, RVector, character
from .date_arithmetic import in_units
from .dates import (
    as_date,
    as_posix_ct,
    date_vector,
    fields_of,
    formatted_moments,
    moments_of,
    seconds_of,
    time_vector,
    zone_name,
)
from .factors import make_factor

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
        seconds = seconds_of(datetime.datetime.combine(day, moment.time()), tz or "")
        if end is not None and seconds > end:
            break
        out.append(seconds)
    return time_vector(out, tz)


@builtin("cut.Date(x, breaks, labels = NULL, start.on.monday = TRUE, right = FALSE, ...)")
def cut_date(x, breaks, labels, start_on_monday, right, dots):
    if breaks.type != "character":
        edges = coerce(breaks, "double").data
        codes = np.searchsorted(np.sort(edges), x.data, side="right")
        names = formatted_moments(date_vector(np.sort(edges)[:-1]), "%Y-%m-%d")
        return make_factor(codes, names)
    _, unit = _step(breaks)
    starts = [None if m is None else _period_start(m, unit) for m in moments_of(x)]
    known = [day_of(s) for s in starts if s is not None]
    levels = seq_date(date_vector([min(known)]), date_vector([max(known)]), breaks)
    days = levels.data.tolist()
    codes = np.array([-2147483648 if s is None else days.index(day_of(s)) + 1 for s in starts])
    return make_factor(codes, formatted_moments(levels, "%Y-%m-%d"))


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
    out = [NA_REAL if m is None else m.replace(microsecond=0, **cut).timestamp() for m in moments_of(x)]
    return time_vector(out, tz)


def _unit(given: Any, fallback: str) -> str:
    wanted = (strings(given, "units")[0] or fallback) if isinstance(given, RVector) else fallback
    return next(
        (u for u in ("secs", "mins", "hours", "days", "weeks", "months", "years") if u.startswith(wanted)),
        fallback,
    )


@builtin("trunc.POSIXt(x, units = 'secs', ...)")
def trunc_posix(x, units, dots):
    return fields_of(_truncated(as_posix_ct(x, character(""), []), _unit(units, "secs")))


@builtin("round.POSIXt(x, digits = 'secs', ...)")
def round_posix(x, digits, dots):
    unit = _unit(digits, "secs")
    x = as_posix_ct(x, character(""), [])
    half = {"secs": 0.5, "mins": 30, "hours": 1800, "days": 43200}[unit]
    return fields_of(_truncated(time_vector(x.data + half, zone_name(x)), unit))


@builtin("trunc.Date(x, units = 'days', ...)")
def trunc_date(x, units, dots):
    unit = _unit(units, "days").removesuffix("s")
    return date_vector([NA_REAL if m is None else day_of(_period_start(m, unit)) for m in moments_of(x)])
