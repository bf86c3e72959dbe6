"""Chi-squared and Student's distributions that are not central, as mixtures of central ones.

Source: Lenth 1989, AS 243 (Student's).
"""

from __future__ import annotations

import math

from .densities import gamma_density, log_or_not, t_density
from .saddlepoint import binomial_raw, poisson_raw
from .tails import Tails, beta_tails, gamma_tails, normal_tails


def _weights(mean: float) -> range:
    """The Poisson counts whose chances matter."""
    reach = 10 + 9 * math.sqrt(mean + 1)
    return range(max(0, int(mean - reach)), int(mean + reach) + 20)


def chi_squared_density_off(x: float, df: float, ncp: float, log: bool = False) -> float:
    parts = (poisson_raw(float(i), ncp / 2) * gamma_density(x, df / 2 + i, 2.0) for i in _weights(ncp / 2))
    return log_or_not(math.fsum(parts), log)


def chi_squared_tails_off(x: float, df: float, ncp: float) -> Tails:
    chances = [(poisson_raw(float(i), ncp / 2), gamma_tails(df / 2 + i, x / 2)) for i in _weights(ncp / 2)]
    lower = math.fsum(w * t.lower for w, t in chances)
    return Tails(lower, math.fsum(w * t.upper for w, t in chances))


def t_tails_off(t: float, df: float, ncp: float) -> Tails:
    if t < 0:
        return t_tails_off(-t, df, -ncp).swapped()
    x = t * t / (t * t + df)
    lower = _t_positive(x, df, ncp) + normal_tails(-ncp).lower
    return Tails(min(lower, 1.0), max(0.0, 1 - lower))


def _t_positive(x: float, df: float, ncp: float) -> float:
    """The chance between 0 and t: a mixture of beta tails, each the one before less one term."""
    if x <= 0:
        return 0.0
    mean, b = ncp * ncp / 2, df / 2
    half, whole = beta_tails(0.5, b, x).lower, beta_tails(1, b, x).lower
    half_less, whole_less = (binomial_raw(a, a + b, x, 1 - x) * b / (a + b) for a in (0.5, 1.0))
    total = 0.0
    for i in range(2000):
        even = poisson_raw(float(i), mean)
        odd = math.exp(-mean + (i + 0.5) * math.log(mean) - math.lgamma(i + 1.5)) if mean else 0.0
        total += (even * half + math.copysign(odd, ncp) * whole) / 2
        if i > mean and even + odd < 1e-17:
            break
        half, whole = half - half_less, whole - whole_less
        half_less *= x * (i + 0.5 + b) / (i + 1.5)
        whole_less *= x * (i + 1 + b) / (i + 2)
    return total


def t_density_off(x: float, df: float, ncp: float, log: bool = False) -> float:
    if abs(x) > math.sqrt(df * 2.2e-16):
        high = t_tails_off(x * math.sqrt((df + 2) / df), df + 2, ncp).lower
        value = math.log(df) - math.log(abs(x)) + math.log(abs(high - t_tails_off(x, df, ncp).lower))
    else:
        value = t_density(0.0, df, True) - 0.5 * ncp * ncp
    return value if log else math.exp(value)
