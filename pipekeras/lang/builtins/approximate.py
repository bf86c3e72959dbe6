"""Approximate and byte-wise search: agrep, agrepl, grepRaw."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import regex

from ...errors import Code, UserError
from ..registry import builtin
from ..values import RVector, character, integer, logical, rlist
from ..vectors.coerce import coerce, convert_data, one_flag, one_int, one_string

_KINDS = {"insertions": "i", "deletions": "d", "substitutions": "s", "all": "e"}


def _limits(max_distance: Any, length: int) -> str:
    """R's max.distance as the engine's limit of errors; a fraction is one of the pattern's length."""
    data = [float(v.data[0]) for v in max_distance.data] if max_distance.type == "list" else max_distance.data
    names = max_distance.names or ["all"]
    limits = {}
    for name, value in zip(names, data, strict=False):
        full = next((k for k in _KINDS if name and k.startswith(name)), "all")
        limits[full] = math.ceil(float(value) * length) if 0 < value < 1 else int(value)
    if "all" not in limits:
        limits["all"] = math.ceil(0.1 * length)
    return ",".join(f"{_KINDS[name]}<={count}" for name, count in limits.items())


def _near(pattern: Any, x: Any, max_distance: Any, ignore_case: Any, fixed: Any) -> list[bool]:
    wanted = one_string(pattern, "pattern")
    if wanted == "":
        raise UserError("'pattern' must be a non-empty character string", code=Code.ARGUMENT)
    text = regex.escape(wanted, special_only=True) if one_flag(fixed, "fixed") else wanted
    flags = regex.IGNORECASE if one_flag(ignore_case, "ignore.case") else 0
    compiled = regex.compile(f"(?:{text}){{{_limits(max_distance, len(wanted))}}}", flags)
    return [t is not None and compiled.search(t) is not None for t in coerce(x, "character").data]


@builtin(
    "agrepl(pattern, x, max.distance = 0.1, costs = NULL, ignore.case = FALSE, fixed = TRUE,"
    " useBytes = FALSE)"
)
def agrepl(pattern, x, max_distance, costs, ignore_case, fixed, use_bytes):
    return logical(_near(pattern, x, max_distance, ignore_case, fixed))


@builtin(
    "agrep(pattern, x, max.distance = 0.1, costs = NULL, ignore.case = FALSE, value = FALSE, fixed = TRUE,"
    " useBytes = FALSE)"
)
def agrep(pattern, x, max_distance, costs, ignore_case, value, fixed, use_bytes):
    where = [i for i, hit in enumerate(_near(pattern, x, max_distance, ignore_case, fixed)) if hit]
    if one_flag(value, "value"):
        texts = coerce(x, "character").data
        return character([texts[i] for i in where])
    return integer([i + 1 for i in where])


def _raw(value: Any) -> bytes:
    if isinstance(value, RVector) and value.type == "character":
        return one_string(value, "pattern").encode()
    return bytes(convert_data(value.data, value.type, "raw").tolist())


@builtin(
    "grepRaw(pattern, x, offset = 1L, ignore.case = FALSE, value = FALSE, fixed = FALSE, all = FALSE,"
    " invert = FALSE)"
)
def grep_raw(pattern, x, offset, ignore_case, value, fixed, all, invert):
    wanted, data = _raw(pattern), _raw(x)
    flags = regex.DOTALL | (regex.IGNORECASE if one_flag(ignore_case, "ignore.case") else 0)
    text = regex.escape(wanted, special_only=True) if one_flag(fixed, "fixed") else wanted
    if one_flag(invert, "invert"):
        raise UserError("grepRaw(invert = TRUE) is not available", code=Code.UNSUPPORTED)
    matches = list(regex.compile(text, flags).finditer(data, one_int(offset, "offset") - 1))
    every = one_flag(all, "all")
    if not one_flag(value, "value"):
        return integer([m.start() + 1 for m in (matches if every else matches[:1])])
    found = [RVector("raw", _bytes_array(m.group())) for m in matches]
    return rlist(found) if every else (found[0] if found else RVector("raw", _bytes_array(b"")))


def _bytes_array(data: bytes) -> Any:
    return np.frombuffer(data, dtype=np.uint8).copy()
