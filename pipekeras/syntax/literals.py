"""R's numbers, strings and quoted names: from their spelling in a source to their value."""

from __future__ import annotations

import math
from functools import lru_cache

from ..errors import Code, UserError
from .tree import NA

CONSTANTS = {
    "NULL": None,
    "TRUE": True,
    "FALSE": False,
    "Inf": math.inf,
    "NaN": math.nan,
    **{na.value: na for na in NA},
}
_SIMPLE_ESCAPES = {
    **{"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"},
    **{ch: ch for ch in "\\\"'` \n"},
}
_HEX = "0123456789abcdefABCDEF"
_LONG_DOUBLE_BITS = 64


def number(text: str) -> float | int | complex:
    """The value of a numeric constant: `5` is a float, `5L` an int, `5i` complex.

    An `L` on a value that is no R integer (`1.5L`, `99999999999L`) leaves a float, as in R.
    """
    suffix = text[-1]
    digits = text[:-1] if suffix in "Li" else text
    value = to_double(digits)
    if suffix == "i":
        return complex(0.0, value)
    if suffix == "L" and abs(value) < 2**31 and value == int(value):
        return int(value)
    return value


def integer_warning(text: str) -> str | None:
    """What R warns of when an `L` stands behind a number that is not written as a whole one."""
    if not text.endswith("L"):
        return None
    if isinstance(number(text), int):
        if "." in text and "x" not in text.lower():
            return f"integer literal {text} contains unnecessary decimal point"
        return None
    if "." in text:
        return f"integer literal {text} contains decimal; using numeric value"
    return f"non-integer value {text} qualified with L; using numeric value"


@lru_cache(maxsize=4096)
def to_double(text: str) -> float:
    """A number without suffix as R reads it.

    R's `R_strtod` computes digits times or over a power of ten in 80-bit arithmetic and rounds that to a
    double. The second rounding shows in a few literals with many digits, so the same two are made here.
    """
    if text[:2] in ("0x", "0X"):
        return _hexadecimal(text)
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return 0.0
    scale = int(exponent[:7] or "0") - len(fraction)
    if len(digits) + scale > 310:
        return math.inf
    if len(digits) + scale < -330:
        return 0.0
    if len(digits) > 19 or abs(scale) > 27:  # beyond what 80 bits hold exactly
        return float(text)
    value = int(digits)
    return _round_twice(value * 10**scale, 1) if scale >= 0 else _round_twice(value, 10**-scale)


def _hexadecimal(text: str) -> float:
    try:
        return float.fromhex(text)
    except OverflowError:
        return math.inf


def _round_twice(numerator: int, denominator: int) -> float:
    """numerator / denominator, rounded to a long double and then to a double, half to even."""
    shift = _LONG_DOUBLE_BITS - numerator.bit_length() + denominator.bit_length()
    scaled, divisor = (numerator << shift, denominator) if shift >= 0 else (numerator, denominator << -shift)
    quotient, rest = divmod(scaled, divisor)
    if quotient.bit_length() > _LONG_DOUBLE_BITS:
        quotient, lost = divmod(quotient, 2)
        rest, divisor, shift = rest + lost * divisor, divisor * 2, shift - 1
    if 2 * rest > divisor or (2 * rest == divisor and quotient & 1):
        quotient += 1
    return math.ldexp(float(quotient), -shift)


def string(text: str) -> str:
    """The value of a quoted string, its quotes and escapes resolved."""
    body = text[1:-1]
    if "\\" not in body:
        return body
    return _unescape(body, text)


def quoted_name(text: str) -> str:
    """The name between backticks."""
    name = string(text)
    if not name:
        raise _bad("attempt to use zero-length variable name", "two backticks with nothing between them")
    return name


def raw_string(text: str) -> str:
    """The value of `r"(...)"`: what stands between the brackets, as it stands."""
    dashes = len(text) - len(text.lstrip("rR'\"-"))  # the letter, the quote and the dashes
    return text[dashes + 1 : -dashes]


def _bad(message: str, cause: str, cure: str | None = None) -> UserError:
    return UserError(message, code=Code.SYNTAX, cause=cause, cure=cure)


def _unescape(body: str, text: str) -> str:
    out: list[str] = []
    numeric = unicode = False
    at = 0
    while True:
        backslash = body.find("\\", at)
        if backslash < 0:
            out.append(body[at:])
            break
        out.append(body[at:backslash])
        kind = body[backslash + 1]
        if kind in _SIMPLE_ESCAPES:
            out.append(_SIMPLE_ESCAPES[kind])
            at = backslash + 2
            continue
        char, at = _numeric_escape(body, backslash, text)
        out.append(char)
        unicode |= kind in "uU"
        numeric |= kind not in "uU"
    if numeric and unicode and text[0] != "`":
        raise _bad(
            "mixing Unicode and octal/hex escapes in a string is not allowed",
            "the string has both a \\u escape and a \\x or octal one",
            "write all of them as \\u escapes",
        )
    return "".join(out)


def _numeric_escape(body: str, backslash: int, text: str) -> tuple[str, int]:
    """The character of `\\x41`, `\\101`, `\\u00e9`, `\\U1F600` or `\\u{e9}`, and where the text goes on."""
    kind = body[backslash + 1]
    start = backslash + 2
    if kind in "01234567":
        start -= 1
        digits = _digits(body, start, 3, "01234567")
        code, end = int(digits, 8), start + len(digits)
        if code > 0o377:
            raise _bad("exceeded maximum allowed octal value \\377", f"\\{digits} is more than a byte")
    elif kind in "xuU":
        code, end = _hex_escape(body, start, kind, text)
    else:
        raise _bad(
            f"'\\{kind}' is an unrecognized escape in character string starting \"{text[: backslash + 3]}\"",
            "a backslash in a string starts an escape such as \\n or \\t",
            'write \\\\ for a backslash, or use a raw string: r"(C:\\folder)"',
        )
    if code == 0:
        raise _bad("nul character not allowed", "R's strings cannot hold a zero byte")
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise _bad(f"invalid \\{kind} value {code:x}", "there is no Unicode character of that number")
    return chr(code), end


def _hex_escape(body: str, start: int, kind: str, text: str) -> tuple[int, int]:
    braces = kind in "uU" and body[start : start + 1] == "{"
    digits = _digits(body, start + braces, {"x": 2, "u": 4, "U": 8}[kind], _HEX)
    if not digits:
        raise _bad(
            f"'\\{kind}' used without hex digits in character string starting \"{text[: start + 1]}\"",
            f"\\{kind} must be followed by the number of a character in hexadecimal",
            "write \\\\ for a backslash",
        )
    end = start + braces + len(digits)
    if braces:
        if body[end : end + 1] != "}":
            raise _bad(f"invalid \\{kind}{{...}} sequence", "the closing brace does not follow the digits")
        end += 1
    return int(digits, 16), end


def _digits(body: str, start: int, most: int, allowed: str) -> str:
    end = start
    while end < len(body) and end - start < most and body[end] in allowed:
        end += 1
    return body[start:end]
