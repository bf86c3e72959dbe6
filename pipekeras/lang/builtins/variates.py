"""Random numbers of the usual distributions: runif, rnorm, rbinom and their kin."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from ...errors import Code, UserError
from .. import conditions
from ..random_numbers.counts import (
    binomial,
    binomials,
    geometric,
    negative_binomial,
    poisson,
    poissons,
    rank_sum,
    signed_rank,
)
from ..random_numbers.hypergeometric import hypergeometric
from ..random_numbers.stream import stream
from ..random_numbers.variates import beta, chi_squared, exponential, gamma
from ..registry import builtin
from ..values import MISSING, NA_INTEGER, NA_REAL, NULL, RVector, double, integer, stretched
from ..vectors.arith import arithmetic
from ..vectors.coerce import NUMERIC, convert_data, guard_size, is_atomic, one_number


def _how_many(n: Any) -> int:
    if is_atomic(n) and len(n) > 1:
        return len(n)
    count = one_number(n, "n") if is_atomic(n) and len(n) else math.nan
    if not count >= 0:
        raise UserError("invalid arguments", code=Code.ARGUMENT)
    return guard_size(count)


def _parameters(n: int, *values: Any) -> list[np.ndarray]:
    """The parameters recycled to n, as doubles."""
    out = []
    for value in values:
        if not isinstance(value, RVector) or value.type not in NUMERIC:
            raise UserError("invalid arguments", code=Code.ARGUMENT)
        data = convert_data(value.data, value.type, "double")
        out.append(stretched(data, n) if len(data) else np.full(n, NA_REAL))
    return out


def _one_each(*values: Any) -> bool:
    return all(isinstance(value, RVector) and len(value) == 1 for value in values)


def _warn_missing(bad: np.ndarray) -> None:
    if bad.any():
        conditions.warn("NAs produced")


@builtin("runif(n, min = 0, max = 1)")
def runif(n: Any, min: Any, max: Any) -> RVector:
    count = _how_many(n)
    if _one_each(min, max):
        ((low,), (high,)) = _parameters(1, min, max)
        if math.isfinite(low) and math.isfinite(high) and high > low:
            return double(low + (high - low) * stream.uniforms(count))
    low, high = _parameters(count, min, max)
    good = np.isfinite(low) & np.isfinite(high) & (high >= low)
    draws = good & (low != high)
    out = np.where(good, low, np.nan)
    out[draws] = low[draws] + (high[draws] - low[draws]) * stream.uniforms(int(draws.sum()))
    _warn_missing(~good)
    return double(out)


def _normals(n: Any, mean: Any, sd: Any) -> np.ndarray:
    count = _how_many(n)
    if _one_each(mean, sd):
        ((mu,), (sigma,)) = _parameters(1, mean, sd)
        if math.isfinite(mu) and math.isfinite(sigma) and sigma > 0:
            return mu + sigma * stream.normals(count)
    mu, sigma = _parameters(count, mean, sd)
    good = ~np.isnan(mu) & np.isfinite(sigma) & (sigma >= 0)
    draws = good & (sigma != 0) & np.isfinite(mu)
    out = np.where(good, mu, np.nan)
    out[draws] = mu[draws] + sigma[draws] * stream.normals(int(draws.sum()))
    _warn_missing(~good)
    return out


@builtin("rnorm(n, mean = 0, sd = 1)")
def rnorm(n: Any, mean: Any, sd: Any) -> RVector:
    return double(_normals(n, mean, sd))


@builtin("rlnorm(n, meanlog = 0, sdlog = 1)")
def rlnorm(n: Any, meanlog: Any, sdlog: Any) -> RVector:
    return double(np.exp(_normals(n, meanlog, sdlog)))


def _one_by_one(
    n: Any,
    values: tuple[Any, ...],
    valid: Callable[..., bool],
    draw: Callable[..., float],
    draw_all: Callable[..., np.ndarray] | None = None,
) -> np.ndarray:
    """A number for each row of parameters; where all rows are one, by draw_all if there is such a way."""
    count = _how_many(n)
    if draw_all and all(len(value) == 1 for value in values):
        only = [float(column[0]) for column in _parameters(1, *values)]
        if valid(*only):
            return draw_all(*only, count)
    columns = _parameters(count, *values)
    out = np.full(count, np.nan)
    bad = np.zeros(count, dtype=bool)
    for i, row in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
        if valid(*row):
            out[i] = draw(*row)
        else:
            bad[i] = True
    _warn_missing(bad)
    return out


def _counts(data: np.ndarray) -> RVector:
    """Counts as integers, doubles where one does not fit."""
    if (np.abs(data[~np.isnan(data)]) > 2147483647).any():
        return double(data)
    return integer(np.where(np.isnan(data), NA_INTEGER, data).astype(np.int32))


@builtin("rexp(n, rate = 1)")
def rexp(n: Any, rate: Any) -> RVector:
    def draw(r: float) -> float:
        return 1 / r * exponential(stream) if r < math.inf else 0.0

    return double(_one_by_one(n, (rate,), lambda r: r > 0, draw))


@builtin("rpois(n, lambda)")
def rpois(n: Any, lambda_: Any) -> RVector:
    valid = lambda mu: math.isfinite(mu) and mu >= 0  # noqa: E731
    one, many = partial(poisson, stream), partial(poissons, stream)
    return _counts(_one_by_one(n, (lambda_,), valid, one, many))


def _valid_binomial(size: float, p: float) -> bool:
    return math.isfinite(size) and size == math.floor(size + 0.5) and size >= 0 and 0 <= p <= 1


@builtin("rbinom(n, size, prob)")
def rbinom(n: Any, size: Any, prob: Any) -> RVector:
    def one(k: float, p: float) -> float:
        return binomial(stream, int(k), p)

    def many(k: float, p: float, count: int) -> np.ndarray:
        return binomials(stream, int(k), p, count)

    return _counts(_one_by_one(n, (size, prob), _valid_binomial, one, many))


@builtin("rweibull(n, shape, scale = 1)")
def rweibull(n: Any, shape: Any, scale: Any) -> RVector:
    def draw(k: float, s: float) -> float:
        return s * (-math.log(stream.uniform())) ** (1 / k)

    return double(_one_by_one(n, (shape, scale), lambda k, s: k > 0 and s > 0, draw))


@builtin("rlogis(n, location = 0, scale = 1)")
def rlogis(n: Any, location: Any, scale: Any) -> RVector:
    def draw(m: float, s: float) -> float:
        u = stream.uniform()
        return m + s * math.log(u / (1 - u))

    return double(_one_by_one(n, (location, scale), lambda m, s: math.isfinite(m) and s > 0, draw))


@builtin("rcauchy(n, location = 0, scale = 1)")
def rcauchy(n: Any, location: Any, scale: Any) -> RVector:
    def draw(m: float, s: float) -> float:
        return m + s * math.tan(math.pi * stream.uniform())

    return double(_one_by_one(n, (location, scale), lambda m, s: math.isfinite(m) and s > 0, draw))


@builtin("rgamma(n, shape, rate = 1, scale = 1 / rate)")
def rgamma(n: Any, shape: Any, rate: Any, scale: Any) -> RVector:
    return double(_one_by_one(n, (shape, scale), lambda a, s: a >= 0 and s >= 0, partial(gamma, stream)))


@builtin("rbeta(n, shape1, shape2, ncp = 0)")
def rbeta(n: Any, shape1: Any, shape2: Any, ncp: Any) -> RVector:
    if one_number(ncp, "ncp") == 0:
        return double(_one_by_one(n, (shape1, shape2), lambda a, b: a >= 0 and b >= 0, partial(beta, stream)))
    first = _chi_squared(n, arithmetic("*", double(2.0), shape1), ncp)
    return double(first / (first + _chi_squared(n, arithmetic("*", double(2.0), shape2), double(0.0))))


def _chi_squared(n: Any, df: Any, ncp: Any) -> np.ndarray:
    return _one_by_one(n, (df, ncp), lambda k, p: k >= 0 and p >= 0, partial(chi_squared, stream))


@builtin("rchisq(n, df, ncp = 0)")
def rchisq(n: Any, df: Any, ncp: Any) -> RVector:
    return double(_chi_squared(n, df, ncp))


@builtin("rf(n, df1, df2, ncp)")
def rf(n: Any, df1: Any, df2: Any, ncp: Any = MISSING) -> RVector:
    if ncp is not MISSING:
        top = _chi_squared(n, df1, ncp) / _parameters(1, df1)[0][0]
        return double(top / (_chi_squared(n, df2, double(0.0)) / _parameters(1, df2)[0][0]))

    def share(k: float) -> float:
        return chi_squared(stream, k) / k if math.isfinite(k) else 1.0

    return double(_one_by_one(n, (df1, df2), lambda a, b: a > 0 and b > 0, lambda a, b: share(a) / share(b)))


@builtin("rt(n, df, ncp)")
def rt(n: Any, df: Any, ncp: Any = MISSING) -> RVector:
    if ncp is not MISSING:
        normals = _normals(n, ncp, double(1.0))
        return double(normals / np.sqrt(_chi_squared(n, df, double(0.0)) / _parameters(1, df)[0][0]))

    def draw(k: float) -> float:
        z = stream.normal()
        return z / math.sqrt(chi_squared(stream, k) / k) if math.isfinite(k) else z

    return double(_one_by_one(n, (df,), lambda k: k > 0, draw))


@builtin("rgeom(n, prob)")
def rgeom(n: Any, prob: Any) -> RVector:
    return _counts(_one_by_one(n, (prob,), lambda p: 0 < p <= 1, partial(geometric, stream)))


@builtin("rnbinom(n, size, prob, mu)")
def rnbinom(n: Any, size: Any, prob: Any = MISSING, mu: Any = MISSING) -> RVector:
    def by_prob(k: float, p: float) -> float:
        return negative_binomial(stream, k, (1 - p) / p)

    def by_mean(k: float, m: float) -> float:
        return negative_binomial(stream, k, m / k)

    if mu is MISSING:
        return _counts(_one_by_one(n, (size, prob), lambda k, p: k > 0 and 0 < p <= 1, by_prob))
    if prob is not MISSING:
        raise UserError("'prob' and 'mu' both specified", code=Code.ARGUMENT)
    return double(_one_by_one(n, (size, mu), lambda k, m: k > 0 and m >= 0, by_mean))


@builtin("rhyper(nn, m, n, k)")
def rhyper(nn: Any, m: Any, n: Any, k: Any) -> RVector:
    def valid(white: float, black: float, drawn: float) -> bool:
        return min(white, black, drawn) >= 0 and drawn <= white + black < 2**31

    def draw(white: float, black: float, drawn: float) -> float:
        return hypergeometric(stream, round(white), round(black), round(drawn))

    return _counts(_one_by_one(nn, (m, n, k), valid, draw))


@builtin("rsignrank(nn, n)")
def rsignrank(nn: Any, n: Any) -> RVector:
    return _counts(_one_by_one(nn, (n,), lambda k: k >= 0, lambda k: signed_rank(stream, round(k))))


@builtin("rwilcox(nn, m, n)")
def rwilcox(nn: Any, m: Any, n: Any) -> RVector:
    return _counts(
        _one_by_one(
            nn, (m, n), lambda a, b: a >= 0 and b >= 0, lambda a, b: rank_sum(stream, round(a), round(b))
        )
    )


@builtin("rmultinom(n, size, prob)")
def rmultinom(n: Any, size: Any, prob: RVector) -> RVector:
    count, total = _how_many(n), int(one_number(size, "size"))
    p = convert_data(prob.data, prob.type, "double")
    if (p < 0).any() or not np.isfinite(p).all() or p.sum() == 0:
        raise UserError("negative probability" if (p < 0).any() else "NA in probability vector")
    p = p / sum(p.tolist())
    out = np.zeros((len(p), count), dtype=np.int32)
    for column in out.T:
        left, mass = total, 1.0
        for k in range(len(p) - 1):
            if p[k]:
                share = p[k] / mass
                column[k] = binomial(stream, left, share) if share < 1 else left
                left -= int(column[k])
            if left <= 0:
                break
            mass -= p[k]
        else:
            column[-1] = left
    names = prob.attribute("names")
    attributes: dict[str, Any] = {"dim": integer(list(out.shape))}
    if names is not None:
        from ..values import rlist

        attributes["dimnames"] = rlist([names, NULL])
    return integer(out.flatten(order="F"), attributes)
