"""Sequences of dates and times, dates cut into periods, times truncated and rounded."""

from __future__ import annotations

import datetime
import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..dates import (
    add_months,
    date_of,
    day_of,
    time_of,
)
from ..generics import as_text
from ..registry import builtin
from ..values import MISSING, NA_INTEGER, NA_REAL, NULL, RVector, character, double, integer, logical
from ..vectors.coerce import coerce, has_class, one_flag, one_number, strings
from .bins import cut
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
    if [end is None, count is None, by is None or by is MISSING].count(True) != 1:
        raise UserError(
            "exactly two of 'to', 'by' and 'length.out' / 'along.with' must be specified",
            code=Code.ARGUMENT,
        )
    if end is not None and count is not None:
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
        return _cut_by(x, breaks, labels, right, lambda at: formatted_moments(date_vector(at), "%Y-%m-%d"))
    _, unit = _step(breaks)
    known = [m for m in moments_of(x) if m is not None]
    first = _period_start(min(known), unit, one_flag(start_on_monday, "start.on.monday"))
    starts = seq_date(date_vector([day_of(first)]), date_vector([day_of(max(known))]), breaks)
    names = formatted_moments(starts, "%Y-%m-%d")
    return _cut_at(x, starts.data, names, labels, one_flag(right, "right"))


@builtin("cut.POSIXt(x, breaks, labels = NULL, start.on.monday = TRUE, right = FALSE, ...)")
def cut_posix(x, breaks, labels, start_on_monday, right, dots):
    x = as_posix_ct(x, character(""), [])
    tz = zone_name(x)
    if breaks.type != "character":
        return _cut_by(x, breaks, labels, right, lambda at: list(as_text(time_vector(at, tz)).data))
    _, unit = _step(breaks)
    known = [m for m in moments_of(x) if m is not None]
    first = min(known).replace(microsecond=0)
    if unit != "sec":
        first = first.replace(second=0, minute=first.minute if unit == "min" else 0)
    if unit not in ("sec", "min", "hour"):
        first = _period_start(first.replace(hour=0), unit, one_flag(start_on_monday, "start.on.monday"))
    starts = seq_posix(
        time_vector([first.timestamp()], tz), time_vector([max(known).timestamp()], tz), breaks
    )
    return _cut_at(x, starts.data, list(as_text(starts).data), labels, one_flag(right, "right"))


def _cut_by(x, breaks, labels, right, text_of):
    """Cut at given dates, or into a number of parts that are named by their first values."""
    data = coerce(RVector(x.type, x.data), "double").data
    if len(breaks) > 1:
        edges = np.sort(coerce(RVector(breaks.type, breaks.data), "double").data)
        return _cut_at(x, edges[:-1], text_of(edges[:-1]), labels, one_flag(right, "right"), float(edges[-1]))
    codes = cut(double(data), breaks, logical(False), logical(False), right, integer(3), logical(False), [])
    if labels is not NULL:
        return _labelled(codes.data, [], labels)
    parts = sorted({int(c) for c in codes.data if c != NA_INTEGER})
    names = text_of(np.array([data[codes.data == part][0] for part in parts]))
    return make_factor(
        np.array([parts.index(c) + 1 if c in parts else NA_INTEGER for c in codes.data]), names
    )


def _cut_at(x, starts, names, labels, right, end=math.inf):
    data = coerce(RVector(x.type, x.data), "double").data
    codes = np.searchsorted(starts, data, side="left" if right else "right")
    outside = np.isnan(data) | (codes < 1) | (data > end if right else data >= end)
    return _labelled(np.where(outside, NA_INTEGER, codes), names, labels)


def _labelled(codes, names, labels):
    if labels is NULL:
        return make_factor(codes, names)
    if labels.type == "logical":
        return integer(codes.astype(np.int32))
    return make_factor(codes, strings(labels, "labels"))


def _period_start(day: Any, unit: str, monday: bool = True) -> Any:
    if unit == "week":
        return day - datetime.timedelta(days=day.weekday() if monday else day.isoweekday() % 7)
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
