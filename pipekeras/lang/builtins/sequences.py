"""Arithmetic sequences: seq() by its six usages, seq_len, seq_along."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...signature import Param, Signature
from .. import conditions
from ..generics import invoke, is_object
from ..registry import builtin
from ..values import Dots, RVector, double, integer, stretched
from ..vectors.arith import colon
from ..vectors.coerce import INT_MAX, convert_data, guard_size, is_atomic, one_int, one_number
from .vectors import length_of

_SIGNATURE = Signature([Param(n) for n in ("from", "to", "by", "length.out", "along.with", "...")])


def _stop(message: str) -> UserError:
    return UserError(message, code=Code.ARGUMENT)


class _End:
    """One of from, to and by: its number and whether it is integer."""

    def __init__(self, value: Any, what: str) -> None:
        if not is_atomic(value) or len(value) != 1:
            raise _stop(f"'{what}' must be of length 1")
        if what == "by" and value.type == "character":
            raise UserError("non-numeric argument to binary operator", code=Code.TYPE)
        self.number = float(convert_data(value.data, value.type, "double")[0])
        self.whole = value.type in ("integer", "logical")
        if what != "by" and not math.isfinite(self.number):
            raise _stop(f"'{what}' must be a finite number")


def _result(numbers: np.ndarray, whole: bool) -> RVector:
    return integer(numbers.astype(np.int32)) if whole else double(numbers.astype(np.float64))


def sequence(dots: Dots) -> RVector:
    """`seq(from, to, by, length.out, along.with)`."""
    given = _SIGNATURE.match(dots).values
    along = given.get("along.with")
    if along is not None:
        given["length.out"] = integer(len(along))
    if len(given) == 1 and "from" in given:
        return _count_to(given["from"])
    if along is not None and not {"from", "to", "by"} & set(given):
        return integer(np.arange(1, len(along) + 1))
    ends = {k: _End(given[k], k) for k in ("from", "to", "by") if k in given}
    if "length.out" in given and len(given["length.out"]):
        return _by_length(ends, given["length.out"])
    return _by_step(ends)


def _count_to(x: Any) -> RVector:
    if is_atomic(x) and len(x) == 1 and x.type in ("integer", "double"):
        return colon(integer(1), x)
    return integer(np.arange(1, len(x) + 1))


def _by_step(ends: dict[str, _End]) -> RVector:
    one = _End(integer(1), "from")
    one.whole = "to" not in ends or "by" not in ends or ends["by"].whole
    first, last = ends.get("from", one), ends.get("to", one)
    if "by" not in ends:
        return colon(double(first.number), double(last.number))
    by = ends["by"]
    span = last.number - first.number
    whole = first.whole and last.whole
    if span == 0 and last.number == 0:
        return _result(np.array([last.number]), last.whole)
    steps = span / by.number if by.number else math.nan
    if not math.isfinite(steps):
        if by.number == 0 and span == 0:
            return _result(np.array([first.number]), first.whole)
        raise _stop("invalid '(to - from)/by'")
    if steps < 0:
        raise _stop("wrong sign in 'by' argument")
    if steps > INT_MAX:
        raise _stop("'by' argument is much too small")
    if abs(span) / max(abs(last.number), abs(first.number)) < 100 * np.finfo(float).eps:
        return _result(np.array([first.number]), first.whole)
    count = int(steps) if whole else int(steps + 1e-10)
    guard_size(count)
    numbers = first.number + np.arange(count + 1) * by.number
    if not whole:
        numbers = np.minimum(numbers, last.number) if by.number > 0 else np.maximum(numbers, last.number)
    return _result(numbers, whole and by.whole)


def _by_length(ends: dict[str, _End], length_out: RVector) -> RVector:
    if len(length_out) != 1:
        raise _stop("'length.out' must be a non-negative number")
    wanted = one_number(length_out, "length.out")
    if not wanted >= 0:
        raise _stop("'length.out' must be a non-negative number")
    if len(ends) == 3:
        raise _stop("too many arguments")
    n = guard_size(math.ceil(wanted))
    if not n:
        return integer([])
    if "by" in ends:
        return _by_length_and_step(ends, n)
    if not ends:
        return integer(np.arange(1, n + 1))
    first = ends["from"].number if "from" in ends else ends["to"].number - n + 1
    last = ends["to"].number if "to" in ends else first + n - 1
    whole = all(e.whole for e in ends.values()) and length_out.type == "integer"
    if n > 2 and first == last:
        return _result(np.full(n, first), "from" in ends and ends["from"].whole)
    if n <= 2:
        return _result(np.array([first, last][:n]), whole)
    numbers = first + np.arange(n) * ((last - first) / (n - 1))
    numbers[-1] = last
    return _result(numbers, whole and bool((numbers == np.trunc(numbers)).all()))


def _by_length_and_step(ends: dict[str, _End], n: int) -> RVector:
    by = ends["by"]
    if "to" in ends:
        end = ends["to"]
        return _result(end.number - np.arange(n - 1, -1, -1) * by.number, end.whole and by.whole)
    first = ends.get("from")
    whole = by.whole and (first is None or first.whole)
    start = 1.0 if first is None else first.number
    return _result(start + np.arange(n) * by.number, whole)


@builtin("seq(...)", "seq.default", generic=True)
def seq(dots: Dots) -> RVector:
    return sequence(dots)


@builtin("seq.int(...)")
def seq_int(dots: Dots) -> RVector:
    """As seq(); of a given length it is integer wherever its numbers are whole."""
    made = sequence(dots)
    given = _SIGNATURE.match(dots).values
    if made.type == "integer" or not {"length.out", "along.with"} & set(given):
        return made
    whole = (made.data == np.trunc(made.data)) & (np.abs(made.data) <= INT_MAX)
    return _result(made.data, bool(whole.all()))


@builtin("seq_len(length.out)")
def seq_len(length_out: Any) -> RVector:
    if not is_atomic(length_out) or not len(length_out):
        raise _stop("argument of length 0")
    if len(length_out) != 1:
        conditions.warn("first element used of 'length.out' argument")
    n = one_number(length_out, "length.out")
    if not n >= 0:
        raise _stop("argument must be coercible to non-negative integer")
    return integer(np.arange(1, guard_size(n, "integer") + 1, dtype=np.int32))


@builtin("seq_along(along.with)")
def seq_along(along_with: Any) -> RVector:
    count = length_of(along_with)
    if is_object(along_with):
        count = one_int(invoke("length", along_with), "length")
    return integer(np.arange(1, count + 1, dtype=np.int32))


@builtin("sequence(nvec, from = 1L, by = 1L, ...)")
def sequence_(nvec: RVector, from_: RVector, by: RVector, dots: Dots) -> RVector:
    counts = convert_data(nvec.data, nvec.type, "integer")
    starts, steps = stretched(from_.data, len(counts)), stretched(by.data, len(counts))
    parts = [s + d * np.arange(n) for n, s, d in zip(counts, starts, steps, strict=True)]
    return integer(np.concatenate(parts) if parts else np.empty(0))
