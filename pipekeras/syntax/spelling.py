"""How R text spells constants: numbers with 15 digits, strings with their escapes."""

from __future__ import annotations

import math

from .tree import NA

_ESCAPES = {
    **{"\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"},
    **{"\\": "\\\\", '"': '\\"'},
}


def constant(value: object) -> str:
    """A constant of the parser as R writes it: NULL, TRUE, 5L, 0.1, 0+2i, "text", NA_integer_."""
    if value is None:
        return "NULL"
    if isinstance(value, NA):
        return value.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return f"{value}L"
    if isinstance(value, float):
        return number(value)
    if isinstance(value, complex):
        return f"{number(value.real)}+{number(value.imag)}i"
    return quoted(str(value))


def number(value: float) -> str:
    """A double with at most 15 digits, fixed unless the scientific form is shorter."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Inf" if value > 0 else "-Inf"
    mantissa, _, exponent_text = f"{value:.14e}".partition("e")
    digits = mantissa.lstrip("-").replace(".", "").rstrip("0") or "0"
    exponent = int(exponent_text)
    decimals = max(0, len(digits) - exponent - 1)
    fixed = f"{value:.{decimals}f}"
    scientific = f"{value:.{len(digits) - 1}e}"
    return fixed if len(fixed) <= len(scientific) else scientific


def quoted(text: str) -> str:
    """A string in double quotes, what cannot be printed escaped."""
    return '"' + "".join(_ESCAPES.get(ch) or (ch if ch.isprintable() else _numbered(ch)) for ch in text) + '"'


def _numbered(ch: str) -> str:
    code = ord(ch)
    if code < 0x80:
        return f"\\{code:03o}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
