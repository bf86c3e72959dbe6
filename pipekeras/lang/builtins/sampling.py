"""Random numbers for R code: set.seed, the kinds of generators, sample."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from .. import conditions
from ..coerce import convert_data, guard_size, is_atomic, one_flag, one_number, one_string
from ..generics import invoke
from ..random import stream
from ..registry import builtin
from ..values import MISSING, NA_INTEGER, NULL, RVector, character, double, integer
from ..weighted import sample_weighted
from .vectors import length_of

_KINDS = {"default", "mersenne-twister"}
_NORMAL = {"default", "inversion"}


def _check_kind(value: Any, what: str, known: set[str]) -> None:
    """Only R's default generators are there; another one would silently give other numbers."""
    if value is NULL:
        return
    name = one_string(value, what)
    if name.lower() not in known:
        raise UserError(
            f"'{name}' is not a valid abbreviation of an RNG",
            code=Code.UNSUPPORTED,
            cause="only R's default generators are there: Mersenne-Twister and Inversion",
        )


def _set_sample_kind(value: Any) -> None:
    if value is NULL:
        return
    name = one_string(value, "sample.kind").lower()
    if name not in ("default", "rejection", "rounding"):
        raise UserError(f"'{name}' is not a valid choice", code=Code.ARGUMENT)
    stream.rounding = name == "rounding"
    if stream.rounding:
        conditions.warn("non-uniform 'Rounding' sampler used")


@builtin("set.seed(seed, kind = NULL, normal.kind = NULL, sample.kind = NULL)", invisible=True)
def set_seed(seed: Any, kind: Any, normal_kind: Any, sample_kind: Any) -> Any:
    _check_kind(kind, "kind", _KINDS)
    _check_kind(normal_kind, "normal.kind", _NORMAL)
    _set_sample_kind(sample_kind)
    if seed is NULL:
        stream.seed(int(np.random.SeedSequence().generate_state(1)[0]))
        return NULL
    value = (
        convert_data(seed.data[:1], seed.type, "integer") if is_atomic(seed) and len(seed) else [NA_INTEGER]
    )
    if value[0] == NA_INTEGER:
        raise UserError("supplied seed is not a valid integer", code=Code.ARGUMENT)
    stream.seed(int(value[0]))
    return NULL


@builtin("RNGkind(kind = NULL, normal.kind = NULL, sample.kind = NULL)")
def rng_kind(kind: Any, normal_kind: Any, sample_kind: Any) -> RVector:
    before = "Rounding" if stream.rounding else "Rejection"
    _check_kind(kind, "kind", _KINDS)
    _check_kind(normal_kind, "normal.kind", _NORMAL)
    _set_sample_kind(sample_kind)
    return character(["Mersenne-Twister", "Inversion", before])


def sample_positions(n: float, size: Any, replace: bool, prob: Any) -> np.ndarray:
    """1-based positions: R's sample.int."""
    if not n >= 0 or math.isinf(n) or (n == 0 and (size is NULL or one_number(size, "size") > 0)):
        raise UserError("invalid first argument", code=Code.ARGUMENT)
    count = one_number(size, "size") if size is not NULL else n
    if not count >= 0:
        raise UserError("invalid 'size' argument", code=Code.ARGUMENT)
    count = guard_size(count)
    if prob is not NULL:
        return _weighted(n, count, replace, prob) + 1
    if not replace and count > n:
        raise UserError(
            "cannot take a sample larger than the population when 'replace = FALSE'",
            code=Code.ARGUMENT,
            cause=f"{count} were asked for, there are {n:.0f}",
            cure="use replace = TRUE, or a smaller size",
        )
    if not replace and n > 1e7 and count <= n / 2:
        return stream.distinct(n, count) + 1
    if replace or count < 2:
        return stream.indices(math.floor(n), count) + 1
    return stream.permutation(int(n), count) + 1


def _weighted(n: float, count: int, replace: bool, prob: RVector) -> np.ndarray:
    p = convert_data(prob.data, prob.type, "double")
    if len(p) != int(n):
        raise UserError(
            "incorrect number of probabilities",
            code=Code.ARGUMENT,
            cause=f"there are {len(p)} probabilities for {int(n)} values",
        )
    if not np.isfinite(p).all():
        raise UserError("NA in probability vector", code=Code.VALUE)
    if (p < 0).any():
        raise UserError("negative probability", code=Code.VALUE)
    if not (p > 0).any() or (not replace and (p > 0).sum() < count):
        if not replace and count > n:
            raise UserError("cannot take a sample larger than the population when 'replace = FALSE'")
        raise UserError("too few positive probabilities", code=Code.VALUE)
    return sample_weighted(stream, p / sum(p.tolist()), count, replace)


def _as_positions(at: np.ndarray, n: float) -> RVector:
    return double(at.astype(np.float64)) if n > 2147483647 else integer(at.astype(np.int32))


@builtin("sample(x, size, replace = FALSE, prob = NULL)")
def sample(x: Any, size: Any = MISSING, replace: Any = MISSING, prob: Any = NULL) -> Any:
    wanted = NULL if size is MISSING else size
    again = replace is not MISSING and one_flag(replace, "replace")
    classed = isinstance(x, RVector) and x.attribute("class") is not None
    if is_atomic(x) and len(x) == 1 and x.type in ("integer", "double") and x.data[0] >= 1 and not classed:
        n = math.floor(float(x.data[0]))
        return _as_positions(sample_positions(n, wanted, again, prob), n)
    n = length_of(x)
    return invoke("[", x, _as_positions(sample_positions(n, wanted, again, prob), n))


@builtin(
    "sample.int(n, size = n, replace = FALSE, prob = NULL,"
    " useHash = (n > 1e+07 && !replace && is.null(prob) && size <= n/2))"
)
def sample_int(n: Any, size: Any, replace: Any, prob: Any, use_hash: Any = None) -> RVector:
    total = math.floor(one_number(n, "n")) if is_atomic(n) and one_number(n, "n") >= 0 else math.nan
    return _as_positions(sample_positions(total, size, one_flag(replace, "replace"), prob), total)
