"""Random numbers for R code: set.seed, the kinds of generators, sample."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from ...errors import Code, UserError
from .. import conditions
from ..generics import invoke
from ..random_numbers.generators import KINDS
from ..random_numbers.stream import NORMAL_KINDS, stream
from ..random_numbers.weighted import sample_weighted
from ..registry import BASE, builtin
from ..session import session
from ..values import MISSING, NA_INTEGER, NULL, ActiveBinding, Builtin, RVector, character, double, integer
from ..vectors.coerce import convert_data, guard_size, is_atomic, one_flag, one_number, one_string
from .vectors import length_of

_KINDS = {kind.name: kind for kind in KINDS}
_SAMPLE_KINDS = ("Rejection", "Rounding")
_DEFAULTS = ("Mersenne-Twister", "Inversion", "Rejection")
_NOT_HERE = ("Knuth-TAOCP", "Knuth-TAOCP-2002", "user-supplied", "Kinderman-Ramage", "Ahrens-Dieter",
             "Buggy Kinderman-Ramage")  # fmt: skip


def _chosen(value: Any, what: str, names: Iterable[str], default: str) -> str | None:
    """The full name of a kind, which may be abbreviated; None where it is to stay."""
    if value is NULL:
        return None
    given = one_string(value, what)
    if "default".startswith(given.lower()):
        return default
    found = [name for name in (*names, *_NOT_HERE) if name.startswith(given)]
    if not found:
        told = "choice" if what == "normal.kind" else "abbreviation of an RNG"
        raise UserError(f"'{given}' is not a valid {told}", code=Code.ARGUMENT)
    if found[0] in _NOT_HERE:
        raise UserError(
            f"'{found[0]}' is not a generator of pipekeras",
            code=Code.UNSUPPORTED,
            cause=f"there are {', '.join(names)}",
        )
    return found[0]


def _set_kinds(kind: Any, normal_kind: Any, sample_kind: Any) -> None:
    uniform = _chosen(kind, "kind", _KINDS, _DEFAULTS[0])
    normal = _chosen(normal_kind, "normal.kind", NORMAL_KINDS, _DEFAULTS[1])
    sample = _chosen(sample_kind, "sample.kind", _SAMPLE_KINDS, _DEFAULTS[2])
    if uniform is not None:
        if uniform == "Marsaglia-Multicarry":
            conditions.warn("RNGkind: Marsaglia-Multicarry has poor statistical properties")
        stream.change(_KINDS[uniform])
    stream.normal_kind = normal or stream.normal_kind
    if sample is not None:
        stream.rounding = sample == "Rounding"
        if stream.rounding:
            conditions.warn("non-uniform 'Rounding' sampler used")


def _kinds() -> list[str | None]:
    return [stream.generator.name, stream.normal_kind, _SAMPLE_KINDS[stream.rounding]]


@builtin("set.seed(seed, kind = NULL, normal.kind = NULL, sample.kind = NULL)", invisible=True)
def set_seed(seed: Any, kind: Any, normal_kind: Any, sample_kind: Any) -> Any:
    _set_kinds(kind, normal_kind, sample_kind)
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
    before = _kinds()
    _set_kinds(kind, normal_kind, sample_kind)
    session.visible = kind is normal_kind is sample_kind is NULL
    return character(before)


@builtin("RNGversion(vstr)", invisible=True)
def rng_version(vstr: Any) -> RVector:
    """The kinds that were R's defaults in a version: since 3.6.0 samples are by rejection."""
    text = one_string(vstr, "vstr")
    version = [int(part) for part in text.split(".") if part.isdigit()]
    if len(version) < 2:
        raise UserError("malformed version string", code=Code.ARGUMENT)
    if version < [1, 7]:
        raise UserError(f"the generators of R {text} are not there", code=Code.UNSUPPORTED)
    sample_kind = "Rejection" if version >= [3, 6] else "Rounding"
    before = _kinds()
    _set_kinds(character("Mersenne-Twister"), character("Inversion"), character(sample_kind))
    return character(before)


def _random_seed(value: Any = MISSING) -> Any:
    """R's variable .Random.seed: whoever assigns it restores the state.

    It is found here until it is first read: from then on global assignments are watched, which costs time.
    """
    if value is MISSING:
        session.global_env.values.setdefault(".Random.seed", _STATE)
        session.global_env.locked = session.global_env.locked or set()
        code = stream.generator.code + 100 * NORMAL_KINDS[stream.normal_kind] + 10000 * (not stream.rounding)
        return integer(np.array([code, *stream.words()], dtype=np.int64).astype(np.uint32).view(np.int32))
    words = convert_data(value.data, value.type, "integer").view(np.uint32).tolist()
    kinds = {kind.code: kind for kind in KINDS}
    normal = {code: name for name, code in NORMAL_KINDS.items()}
    code = words[0]
    if code % 100 not in kinds or code // 100 % 100 not in normal:
        raise UserError("'.Random.seed[1]' is not a valid integer, so ignored", code=Code.ARGUMENT)
    stream.generator = kinds[code % 100]()
    stream.normal_kind, stream.rounding = normal[code // 100 % 100], code < 10000
    stream.load(words[1:])
    return NULL


_STATE = ActiveBinding(Builtin(".Random.seed", "f(value)", _random_seed, fallbacks={0: MISSING}))
BASE[".Random.seed"] = _STATE


def sample_positions(n: float, size: Any, replace: bool, prob: Any) -> np.ndarray:
    """1-based positions: R's sample.int."""
    if not 0 <= n <= 4.5e15 or (n == 0 and size is not NULL and one_number(size, "size") > 0):
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
    if isinstance(n, RVector) and n.type == "character":
        raise UserError("non-numeric argument to binary operator", code=Code.TYPE)
    total = math.floor(one_number(n, "n")) if is_atomic(n) and one_number(n, "n") >= 0 else math.nan
    return _as_positions(sample_positions(total, size, one_flag(replace, "replace"), prob), total)
