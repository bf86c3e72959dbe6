"""Time series: ts, its times, windows and lags, and how they print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..conditions import warn
from ..frames import is_frame
from ..generics import invoke
from ..registry import builtin
from ..session import session
from ..text.format import format_numbers, number_strings
from ..text.printing import Style, array_lines, vector_text
from ..values import MISSING, NA_REAL, NULL, RVector, character, double, integer, logical, rlist, stretched
from ..vectors.coerce import convert_data, has_class, one_number
from .frames import written_arguments

EPSILON = 1e-5
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_QUARTERS = ["Qtr1", "Qtr2", "Qtr3", "Qtr4"]


def tsp_of(x: Any) -> tuple[float, float, float]:
    """Start, end and frequency; a plain vector starts at 1."""
    found = x.attribute("tsp") if isinstance(x, RVector) else None
    if found is None:
        return 1.0, float(row_count(x)), 1.0
    start, end, frequency = found.data
    return float(start), float(end), float(frequency)


def row_count(x: RVector) -> int:
    return x.dim[0] if x.dim else len(x)


def column_count(x: RVector) -> int:
    return x.dim[1] if x.dim and len(x.dim) > 1 else 1


def series(x: RVector, start: float, frequency: float, names: Sequence[str] | None = None) -> RVector:
    """The values as a series."""
    count = row_count(x)
    tsp = double([start, start + (count - 1) / frequency, frequency])
    if column_count(x) == 1 and x.dim is None:
        return RVector(x.type, x.data, {"tsp": tsp, "class": character("ts")})
    attributes: dict[str, Any] = {"dim": integer([count, column_count(x)])}
    old = x.attribute("dimnames")
    labels = old.data[1] if old is not None else NULL
    if names is not None:
        labels = character(list(names))
    if labels is NULL:
        labels = character([f"Series {i + 1}" for i in range(column_count(x))])
    attributes["dimnames"] = rlist([NULL, labels])
    classes = ["mts", "ts", "matrix"] if column_count(x) > 1 else ["ts"]
    return RVector(x.type, x.data, {**attributes, "tsp": tsp, "class": character(classes)})


def _moment(value: Any, frequency: float, fallback: float) -> float:
    """A time given as number or as c(year, period)."""
    if value is MISSING or value is NULL:
        return fallback
    data = convert_data(value.data, value.type, "double")
    return float(data[0]) + (float(data[1]) - 1) / frequency if len(data) > 1 else float(data[0])


@builtin(
    "ts(data = NA, start = 1, end = numeric(), frequency = 1, deltat = 1,"
    " ts.eps = getOption('ts.eps'), class = if (nseries > 1) c('mts', 'ts', 'matrix') else 'ts',"
    " names = if (!is.null(dimnames(data))) colnames(data) else paste('Series', seq(nseries)))"
)
def ts(
    data,
    start=MISSING,
    end=MISSING,
    frequency=MISSING,
    deltat=MISSING,
    eps=MISSING,
    classes=MISSING,
    names=MISSING,
):
    if is_frame(data):
        data = invoke("data.matrix", data)
    rate = 1 / one_number(deltat, "deltat") if deltat is not MISSING else 1.0
    rate = one_number(frequency, "frequency") if frequency is not MISSING else rate
    count = row_count(data)
    if not count:
        raise UserError("'ts' object must have one or more observations", code=Code.VALUE)
    if end is not MISSING and start is MISSING:
        first = _moment(end, rate, 1.0) - (count - 1) / rate
    else:
        first = _moment(start, rate, 1.0)
    if end is not MISSING:
        wanted = math.floor((_moment(end, rate, 1.0) - first) * rate + 1.01)
        data = _rows(data, stretched(np.arange(count), wanted))
    bare = RVector(
        data.type, data.data, {k: v for k, v in (data.attributes or {}).items() if k in ("dim", "dimnames")}
    )
    return series(bare, first, rate, list(names.data) if isinstance(names, RVector) else None)


def _rows(x: RVector, rows: np.ndarray) -> RVector:
    if x.dim is None:
        return RVector(x.type, x.data[rows])
    matrix = x.data.reshape(x.dim, order="F")[rows]
    kept = {"dim": integer(list(matrix.shape))}
    names = x.attribute("dimnames")
    if names is not None:
        kept["dimnames"] = rlist([NULL, names.data[1]])
    return RVector(x.type, matrix.ravel(order="F"), kept)


@builtin("is.ts(x)")
def is_ts(x):
    return logical(has_class(x, "ts"))


@builtin("is.mts(x)")
def is_mts(x):
    return logical(has_class(x, "mts"))


@builtin("as.ts(x, ...)", generic=True)
def as_ts(x, dots):
    return x if has_class(x, "ts") else series(x, 1.0, 1.0)


@builtin("tsp(x)")
def tsp(x):
    found = x.attribute("tsp") if isinstance(x, RVector) else None
    return NULL if found is None else found


@builtin("hasTsp(x)")
def has_tsp(x):
    return x if x.attribute("tsp") is not None else x.with_attribute("tsp", double(list(tsp_of(x))))


# --- times -------------------------------------------------------------------------------------------------


def times_of(x: RVector) -> np.ndarray:
    start, _, frequency = tsp_of(x)
    return start + np.arange(row_count(x)) / frequency


def _as_period(time: float, frequency: float) -> list[float]:
    """c(year, period), or the time itself where it is no whole period."""
    whole = abs(frequency - round(frequency)) < EPSILON
    if whole and abs(time * frequency - round(time * frequency)) < EPSILON * frequency:
        year = math.floor(time + EPSILON)
        return [year, math.floor((time - year) * frequency + 1 + 0.001)]
    return [time]


@builtin("time(x, offset = 0, ...)", generic=True)
def time(x, offset, dots):
    start, _, frequency = tsp_of(x)
    return series(double(times_of(x) + one_number(offset, "offset") / frequency), start, frequency)


@builtin("start(x, ...)", generic=True)
def start(x, dots):
    first, _, frequency = tsp_of(x)
    return double(_as_period(first, frequency))


@builtin("end(x, ...)", generic=True)
def end(x, dots):
    _, last, frequency = tsp_of(x)
    return double(_as_period(last, frequency))


@builtin("frequency(x, ...)", generic=True)
def frequency(x, dots):
    return double(tsp_of(x)[2])


@builtin("deltat(x, ...)", generic=True)
def deltat(x, dots):
    return double(1 / tsp_of(x)[2])


def _cycles(x: RVector) -> np.ndarray:
    first, _, rate = tsp_of(x)
    offset = round((first - math.floor(first + EPSILON)) * rate)
    return (offset + np.arange(row_count(x))) % int(rate) + 1


@builtin("cycle(x, ...)", generic=True)
def cycle(x, dots):
    first, _, rate = tsp_of(x)
    return series(integer(_cycles(x)), first, rate)


# --- parts -------------------------------------------------------------------------------------------------


@builtin(
    "window(x, start = NULL, end = NULL, frequency = NULL, deltat = NULL, extend = FALSE, ...)", generic=True
)
def window(x, start, end, frequency, deltat, extend, dots):
    first, last, rate = tsp_of(x)
    begin, stop = _moment(start, rate, first), _moment(end, rate, last)
    if begin < first - EPSILON:
        warn("'start' value not changed")
        begin = first
    if stop > last + EPSILON:
        warn("'end' value not changed")
        stop = last
    if begin > stop + EPSILON:
        raise UserError("'start' cannot be after 'end'", code=Code.VALUE)
    low = round((begin - first) * rate)
    high = round((stop - first) * rate)
    return series(_rows(x, np.arange(low, high + 1)), first + low / rate, rate)


@builtin("lag(x, ...)", generic=True)
def lag(x, dots):
    steps = dict(dots).get("k", dots[0][1] if dots else double(1.0))
    first, _, rate = tsp_of(x)
    return series(_bare(x), first - one_number(steps, "k") / rate, rate)


def _bare(x: RVector) -> RVector:
    kept = {k: v for k, v in (x.attributes or {}).items() if k in ("dim", "dimnames")}
    return RVector(x.type, x.data, kept)


@builtin("diff.ts(x, lag = 1, differences = 1, ...)")
def diff_ts(x, lag, differences, dots):
    first, _, rate = tsp_of(x)
    steps = int(one_number(lag, "lag")) * int(one_number(differences, "differences"))
    plain = invoke("diff", _bare(x), lag, differences)
    return series(plain, first + steps / rate, rate)


@builtin("aggregate.ts(x, nfrequency = 1, FUN = sum, ndeltat = 1, ts.eps = getOption('ts.eps'), ...)")
def aggregate_ts(ctx, x, nfrequency, fun, ndeltat=None, ts_eps=None, dots=()):
    """FUN of the observations in each of the longer periods; those left over at the end are dropped."""
    first, _, rate = tsp_of(x)
    wanted = one_number(nfrequency, "nfrequency") if ndeltat is None else 1 / one_number(ndeltat, "ndeltat")
    size = rate / wanted
    if abs(size - round(size)) > EPSILON:
        raise UserError(
            f"cannot change frequency from {rate:g} to {wanted:g}",
            code=Code.VALUE,
            cause="the new frequency must divide the old one",
        )
    size = round(size)
    count = row_count(x) // size
    blocks = [_rows(x, np.arange(i * size, (i + 1) * size)) for i in range(count)]
    if x.dim is None:
        made = invoke("sapply", rlist(blocks), fun, *[value for _, value in dots])
        return series(made, first, wanted)
    columns = [invoke("apply", block, integer(2), fun, *[value for _, value in dots]) for block in blocks]
    return series(invoke("do.call", character(["rbind"]), rlist(columns)), first, wanted)


@builtin("t.ts(x)")
def t_ts(x):
    return invoke("t", _bare(x))


@builtin("as.data.frame.ts(x, ...)")
def as_data_frame_ts(x, dots):
    return invoke("as.data.frame", _bare(x))


@builtin("cbind.ts(..., deparse.level = 1)")
def cbind_ts(ctx, dots, level):
    rates = [tsp_of(v) for _, v in dots if has_class(v, "ts")]
    begin, finish, rate = min(r[0] for r in rates), max(r[1] for r in rates), rates[0][2]
    if any(abs(r[2] - rate) > EPSILON for r in rates):
        raise UserError("not all series have the same frequency", code=Code.VALUE)
    rows = round((finish - begin) * rate) + 1
    texts = written_arguments(ctx, dots, ("deparse.level",))
    names = [name or text for (name, _), text in zip(dots, texts, strict=True)]
    columns = [_spread(v, begin, rows, rate) for _, v in dots]
    matrix = RVector("double", np.concatenate(columns), {"dim": integer([rows, len(dots)])})
    return series(matrix, begin, rate, names)


def _spread(x: Any, begin: float, rows: int, rate: float) -> np.ndarray:
    """The values of a series on the rows of a longer time; NA where it has none."""
    data = convert_data(x.data, x.type, "double")
    if not has_class(x, "ts"):
        return np.resize(data, rows)
    out = np.full(rows, NA_REAL)
    at = round((tsp_of(x)[0] - begin) * rate)
    out[at : at + len(data)] = data
    return out


# --- printing ----------------------------------------------------------------------------------------------


def _calendar(x: RVector, labels: list[str]) -> RVector:
    """A series by years as a matrix of text: one row a year."""
    first, _, rate = tsp_of(x)
    width = len(labels)
    year = math.floor(first + EPSILON)
    offset = round((first - year) * rate)
    rows = -(-(offset + len(x)) // width)
    texts = ["NA" if t is None else t for t in format_numbers(_bare(x))] if len(x) else []
    cells = np.full(rows * width, "", dtype=object)
    cells[offset : offset + len(x)] = texts
    table = cells.reshape(rows, width)
    if rows == 1:  # only the periods that there are
        table, labels = table[:, offset : offset + len(x)], labels[offset : offset + len(x)]
    names = rlist([character([str(year + i) for i in range(rows)]), character(labels)])
    return RVector(
        "character", table.ravel(order="F"), {"dim": integer(list(table.shape)), "dimnames": names}
    )


def _header(x: RVector) -> list[str]:
    first, last, rate = tsp_of(x)

    def shown(moment: float) -> str:
        parts = [text for text in number_strings(np.array(_as_period(moment, rate)))]
        return parts[0] if rate == 1 or len(parts) == 1 else f"c({', '.join(parts)})"

    return [
        "Time Series:",
        f"Start = {shown(first)} ",
        f"End = {shown(last)} ",
        f"Frequency = {number_strings(np.array([rate]))[0]} ",
    ]


def _time_labels(x: RVector) -> list[str]:
    _, _, rate = tsp_of(x)
    times = times_of(x)
    if rate in (4, 12):
        cycles = _cycles(x)
        years = [math.floor(t + EPSILON) for t in times]
        if rate == 12:
            return [f"{_MONTHS[c - 1]} {y}" for c, y in zip(cycles, years, strict=True)]
        return [f"{y} Q{c}" for c, y in zip(cycles, years, strict=True)]
    return [t.strip() for t in format_numbers(double(times))]


def series_lines(x: RVector) -> list[str]:
    """A series as printed: monthly and quarterly ones as a calendar."""
    _, _, rate = tsp_of(x)
    if x.dim is not None and len(x.dim) == 2:
        names = x.attribute("dimnames")
        labels = rlist([character(_time_labels(x)), names.data[1] if names is not None else NULL])
        matrix = RVector(x.type, x.data, {"dim": x.attribute("dim"), "dimnames": labels})
        lines = array_lines(matrix, Style())
        return lines if rate in (4, 12) else [*_header(x), *lines]
    if rate in (4, 12) and len(x) > 1:
        return array_lines(_calendar(x, _MONTHS if rate == 12 else _QUARTERS), Style(quote=False, right=True))
    return [*_header(x), *vector_text(_bare(x), Style())]


@builtin("print.ts(x, digits = NULL, quote = FALSE, print.gap, ...)", invisible=True)
def print_ts(x, digits=NULL, quote=None, gap=None, dots=()):
    session.write("\n".join(series_lines(x)) + "\n")
    return x
