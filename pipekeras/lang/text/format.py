"""R's formatting of elements: significant digits, fixed or scientific, widths, quotes and escapes.

NOTE. A double shows the fewest significant digits, at most `digits`, that give it to `digits` digits; a
vector shows the most decimals that any of its elements needs; fixed notation wins unless it is wider than
scientific by more than `scipen`. Source: R's ?print.default, ?options (digits, scipen), and tests against R.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..limits import guard_text
from ..session import session
from ..values import NA_INTEGER, NA_LOGICAL, RVector, is_real_na

MOST_DECIMALS = 350
_EXACT_DIGITS = 15
"""Above this many digits R asks the C library's printf instead of scaling by powers of ten."""
_POWERS = np.array([np.longdouble(10) ** i for i in range(23)], dtype=np.longdouble)


class Layout(NamedTuple):
    """How the numbers of a vector are written: common width, decimals, digits of the exponent (0: fixed)."""

    width: int
    decimals: int
    exponent: int


class Significance(NamedTuple):
    """Of each number: its decimal exponent, its significant digits, and the digits left of the point."""

    power: np.ndarray
    digits: np.ndarray
    left: np.ndarray


def significance(magnitudes: np.ndarray, digits: int) -> Significance:
    """Exponent and needed significant digits of finite magnitudes, rounded to `digits` digits."""
    power = np.zeros(len(magnitudes), dtype=np.int64)
    needed = np.ones(len(magnitudes), dtype=np.int64)
    widens = np.zeros(len(magnitudes), dtype=bool)
    nonzero = magnitudes > 0
    if nonzero.any():
        measure = _by_scaling if digits <= _EXACT_DIGITS else _by_printing
        power[nonzero], needed[nonzero], widens[nonzero] = measure(magnitudes[nonzero], digits)
    return Significance(power, needed, power + 1 - widens)


def _by_scaling(r: np.ndarray, digits: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    power = np.floor(np.log10(r)).astype(np.int64) - digits + 1
    scaled = _scale(r.astype(np.longdouble), power)
    short = scaled < _POWERS[digits - 1]
    scaled[short] *= 10
    power[short] -= 1
    whole = np.rint(scaled).astype(np.int64)
    needed = np.full(len(r), digits, dtype=np.int64)
    trailing = np.ones(len(r), dtype=bool)
    for _ in range(digits):
        trailing &= whole % 10 == 0
        if not trailing.any():
            break
        whole[trailing] //= 10
        needed[trailing] -= 1
    carried = needed == 0  # 9.99.. rounded up to the next power of ten
    needed[carried] = 1
    power[carried] += 1
    power += digits - 1
    # scientific notation may round up to a power of ten where fixed notation shows all whole digits
    in_table = (power > 0) & (power < len(_POWERS))
    last_place = _POWERS[np.clip(digits - power, 0, len(_POWERS) - 1)]
    widens = in_table & (r < _POWERS[np.where(in_table, power, 0)] - np.longdouble(0.5) / last_place)
    return power, needed, widens


def _scale(r: np.ndarray, power: np.ndarray) -> np.ndarray:
    """r / 10^power; small powers are exact, and tiny numbers are brought into range first."""
    small = np.abs(power) < 10
    tiny = power <= -308
    steps = _POWERS[np.where(small, np.abs(power), 0)]
    ten = np.longdouble(10)
    far = np.where(small, 0, np.where(tiny, power + 303, power)).astype(np.longdouble)
    with np.errstate(all="ignore"):
        scaled = np.where(power > 0, r / steps, r * steps)
        large = np.where(tiny, r * np.longdouble("1e303"), r) / ten**far
    return np.where(small, scaled, large)


def _by_printing(r: np.ndarray, digits: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    shown = [f"{x:.{digits - 1}e}".partition("e") for x in r.tolist()]
    power = np.array([int(exponent) for _, _, exponent in shown], dtype=np.int64)
    needed = np.array([max(1, len(m.replace(".", "").rstrip("0"))) for m, _, _ in shown], dtype=np.int64)
    return power, needed, np.zeros(len(r), dtype=bool)


def layout_numbers(
    data: np.ndarray,
    digits: int | None = None,
    nsmall: int = 0,
    na_width: int = 2,
    scipen: int | None = None,
) -> Layout:
    """The common layout of doubles, NA, NaN and Inf included.

    Args:
        data: float64
        digits: significant digits shown at most (default: the option)
        nsmall: least number of decimals in fixed notation
        na_width: width that NA takes
        scipen: penalty on scientific notation (default: the option)
    """
    digits = session.option_int("digits") if digits is None else digits
    scipen = session.option_int("scipen") if scipen is None else scipen
    finite = np.isfinite(data)
    width, decimals, exponent = 0, 0, 0
    if finite.any():
        width, decimals, exponent = _layout_finite(data[finite], digits, nsmall, scipen)
    if not finite.all():
        width = max(width, _special_width(data[~finite], na_width))
    return Layout(width, decimals, exponent)


def _layout_finite(data: np.ndarray, digits: int, nsmall: int, scipen: int) -> Layout:
    power, needed, left = significance(np.abs(data), digits)
    negative = data < 0
    decimals = 0 if digits == 0 else int(np.clip((needed - power - 1).max(), 0, MOST_DECIMALS))
    before_point = int((np.maximum(left, 1) + negative).max())
    fixed_width = before_point + decimals + (decimals > 0)
    mantissa = int(needed.max()) - 1
    exponent = 2 if power.max() >= 100 or power.min() <= -99 else 1
    sci_width = int(negative.any()) + (mantissa > 0) + mantissa + 4 + exponent
    if fixed_width > sci_width + scipen:
        return Layout(sci_width, mantissa, exponent)
    if nsmall > decimals:
        decimals = nsmall
        fixed_width = before_point + decimals + 1
    return Layout(fixed_width, decimals, 0)


def _special_width(data: np.ndarray, na_width: int) -> int:
    na = is_real_na(data)
    widths = [3 if (np.isnan(data) & ~na).any() else 0, na_width if na.any() else 0]
    widths += [3 if (data == np.inf).any() else 0, 4 if (data == -np.inf).any() else 0]
    return max(widths)


def encode_number(x: float, layout: Layout, na: str = "NA") -> str:
    """One double in a layout, padded on the left to its width."""
    width, decimals, exponent = layout
    if not math.isfinite(x):
        return _special(x, na).rjust(width)
    if x == 0:
        x = 0.0  # no sign on a negative zero
    (text,) = _with_decimal_mark([f"{x:{width or ''}.{decimals}{'e' if exponent else 'f'}}"])
    return text


def _with_decimal_mark(texts: list[str], mark: str | None = None) -> list[str]:
    """Numbers with the decimal mark, of the option `OutDec` if none is given, for the point."""
    mark = session.option_string("OutDec") if mark is None else mark
    return texts if mark == "." else [text.replace(".", mark) for text in texts]


def _special(x: float, na: str) -> str:
    if x != x:
        return na if is_real_na(np.array([x]))[0] else "NaN"
    return "Inf" if x > 0 else "-Inf"


def encode_numbers(data: np.ndarray, layout: Layout, na: str = "NA") -> list[str]:
    """All doubles of a vector in its layout."""
    width, decimals, exponent = layout
    if np.isfinite(data).all():
        pattern = f"%{width or ''}.{decimals}{'e' if exponent else 'f'}"
        return _with_decimal_mark([pattern % x for x in np.where(data == 0, 0.0, data).tolist()])
    return [encode_number(x, layout, na) for x in data]


def _each_distinct(write: Callable[[float], str], numbers: list[float]) -> list[str]:
    """All numbers written; one that comes often is written once."""
    if len(numbers) > 1000 and 2 * len(distinct := set(numbers)) < len(numbers):
        return list(map({x: write(x) for x in distinct}.__getitem__, numbers))
    return list(map(write, numbers))


def number_strings(
    data: np.ndarray, digits: int | None = None, scipen: int | None = None, mark: str | None = None
) -> list[str]:
    """Each double by itself, as `cat` (digits of the option) and `as.character` (15) write it."""
    digits = session.option_int("digits") if digits is None else digits
    scipen = session.option_int("scipen") if scipen is None else scipen
    data = np.where(data == 0, 0.0, data)  # no negative zeros
    size = np.abs(data)
    plain = ((size >= 1e-3) & (size < 99999)) | (size == 0)
    if len(data) > 1 and 6 <= digits <= _EXACT_DIGITS and scipen >= 0 and plain.any():
        # these are fixed, with all digits left of the point: C's %g writes them as R does
        shown = _with_decimal_mark(_each_distinct(f"%.{digits}g".__mod__, data[plain].tolist()), mark)
        if len(shown) == len(data):
            return shown
        merged = np.empty(len(data), dtype=object)
        merged[plain] = shown
        merged[~plain] = number_strings(data[~plain], digits, scipen, mark)
        return merged.tolist()
    finite = np.isfinite(data)
    numbers = data[finite]
    power, needed, left = significance(np.abs(numbers), digits)
    decimals = np.clip(needed - power - 1, 0, MOST_DECIMALS)
    fixed_width = np.maximum(left, 1) + decimals + (decimals > 0)
    sci_width = (needed > 1) + needed + 3 + np.where((power >= 100) | (power <= -99), 2, 1)
    fixed = fixed_width <= sci_width + scipen
    shown = [
        f"{x:.{d}f}" if is_fixed else f"{x:.{n - 1}e}"
        for x, d, n, is_fixed in zip(
            numbers.tolist(), decimals.tolist(), needed.tolist(), fixed.tolist(), strict=True
        )
    ]
    shown = _with_decimal_mark(shown, mark)
    if finite.all():
        return shown
    rest = iter(shown)
    return [next(rest) if ok else _special(x, "NA") for x, ok in zip(data, finite.tolist(), strict=True)]


# --- complex -----------------------------------------------------------------------------------------------


def round_complex(data: np.ndarray, digits: int) -> np.ndarray:
    """Complex numbers to `digits` significant digits of the larger part, as R prints them."""
    parts = np.abs(np.stack([np.real(data), np.imag(data)]))
    largest = np.where(np.isfinite(parts), parts, 0).max(axis=0) if len(data) else np.empty(0)
    rounded = data.copy()
    for i in np.flatnonzero(largest > 0):
        n = max(digits, 1) - 1 - math.floor(math.log10(largest[i]))
        if n <= 306:
            rounded[i] = complex(_rounded(float(data[i].real), n), _rounded(float(data[i].imag), n))
    return rounded


def _rounded(x: float, places: int) -> float:
    return round(x, places) if math.isfinite(x) else x


class ComplexLayout(NamedTuple):
    """Layouts of the real and of the imaginary parts (the latter without sign), and the digits shown."""

    real: Layout
    imaginary: Layout
    digits: int


def layout_complex(
    data: np.ndarray, digits: int | None = None, nsmall: int = 0, scipen: int | None = None, na_width: int = 2
) -> ComplexLayout:
    """The common layout of complex numbers: both parts in fixed notation, or both in scientific."""
    digits = session.option_int("digits") if digits is None else digits
    scipen = session.option_int("scipen") if scipen is None else scipen
    missing = is_real_na(np.real(data)) | is_real_na(np.imag(data))
    known = round_complex(data[~missing], digits)
    parts = (np.real(known), np.abs(np.imag(known)))
    if not len(known):
        return ComplexLayout(Layout(max(na_width - 2, 0), 0, 0), Layout(0, 0, 0), digits)
    fixed = [_fixed_part(part, digits, 0) for part in parts]
    sci = [layout_numbers(part, digits, scipen=-10000) for part in parts]
    exact = (np.real(data[~missing]), np.imag(data[~missing]))
    nonzero = [bool((part[np.isfinite(part)] != 0).any()) for part in exact]
    if all(nonzero):
        use_fixed = fixed[0].width + fixed[1].width < sci[0].width + sci[1].width + 2 * scipen
    else:  # the part that is all zero is fixed and takes no part in the choice
        only = 1 if nonzero[1] else 0
        use_fixed = fixed[only].width <= sci[only].width + scipen
    chosen = [
        _fixed_part(part, digits, nsmall if use_fixed else 0) if use_fixed or not some else sci_layout
        for part, some, sci_layout in zip(parts, nonzero, sci, strict=True)
    ]
    short = na_width - (chosen[0].width + chosen[1].width + 2)
    if missing.any() and short > 0:
        chosen[0] = chosen[0]._replace(width=chosen[0].width + short)
    return ComplexLayout(chosen[0], chosen[1], digits)


def _fixed_part(part: np.ndarray, digits: int, nsmall: int) -> Layout:
    return layout_numbers(part, digits, nsmall, scipen=10000)


def encode_complex(x: complex, layout: ComplexLayout, na: str = "NA") -> str:
    """One complex number, `re+imi`, padded to the layout's width."""
    real, imaginary, digits = layout
    re, im = float(x.real), float(x.imag)
    if is_real_na(np.array([re, im])).any():
        return na.rjust(real.width + imaginary.width + 2)
    (rounded,) = round_complex(np.array([x]), digits)
    sign = "-" if im < 0 else "+"
    # a part that is too small to show beside the other is shown as zero; else it has all its digits
    shown_re = encode_number(0.0 if rounded.real == 0 else re, real)
    return shown_re + sign + encode_number(0.0 if rounded.imag == 0 else abs(im), imaginary) + "i"


# --- strings -----------------------------------------------------------------------------------------------

_ESCAPES = {
    "\a": "\\a",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\v": "\\v",
    "\f": "\\f",
    "\r": "\\r",
    "\0": "\\0",
}


def encode_string(text: str, quote: str = "") -> str:
    """The string with R's escapes, between quotes if a quote is given; printing escapes in either case."""
    if text.isalnum() or (text.isprintable() and "\\" not in text and (not quote or quote not in text)):
        return f"{quote}{text}{quote}"
    guard_text(len(text) + text.count("\\") + (text.count(quote) if quote else 0))
    text = text.replace("\\", "\\\\")
    if quote:
        text = text.replace(quote, "\\" + quote)
    if not text.isprintable():
        text = _NOT_ASCII_PRINTABLE.sub(lambda match: _escaped(match[0]), text)
    return quote + text + quote


_NOT_ASCII_PRINTABLE = re.compile("[^ -~]")


def _escaped(ch: str) -> str:
    if ch in _ESCAPES:
        return _ESCAPES[ch]
    if ch.isprintable() or unicodedata.category(ch) in ("Zs", "Cf", "Co"):
        return ch
    code = ord(ch)
    if code < 0x80:
        return f"\\{code:03o}"
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def display_width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_char_width(ch) for ch in text)


@lru_cache(maxsize=4096)
def _char_width(ch: str) -> int:
    if unicodedata.category(ch) in ("Mn", "Me", "Cf") and ch != "\u00ad":
        return 0
    return 2 if unicodedata.east_asian_width(ch) in "WF" else 1


def pad_right(text: str, width: int) -> str:
    """Left-justified to a display width."""
    return text + " " * (width - display_width(text))


def pad_left(text: str, width: int) -> str:
    """Right-justified to a display width."""
    return " " * (width - display_width(text)) + text


def pad_both(text: str, width: int) -> str:
    """Centred in a display width; the odd blank goes behind."""
    free = max(0, width - display_width(text))
    return " " * (free // 2) + text + " " * (free - free // 2)


PADDING: dict[str, Callable[[str, int], str]] = {
    "left": pad_right,
    "right": pad_left,
    "centre": pad_both,
    "none": lambda text, width: text,
}
"""By R's name of the justification."""


# --- vectors of any type -----------------------------------------------------------------------------------


def encode_logical(data: np.ndarray, na: str = "NA") -> list[str]:
    """TRUE, FALSE and NA, each by itself."""
    words = {0: "FALSE", int(NA_LOGICAL): na}
    return [words.get(x, "TRUE") for x in data.tolist()]


def encode_integer(data: np.ndarray, na: str = "NA") -> list[str]:
    """Integers, each by itself."""
    if (data == NA_INTEGER).any():
        return [na if x == NA_INTEGER else str(x) for x in data.tolist()]
    return [str(x) for x in data.tolist()]


def format_numbers(
    vector: RVector, digits: int | None = None, nsmall: int = 0, na: str = "NA", common: bool = True
) -> list[str]:
    """Numbers, logicals, complex and raw as text, right-justified to a common width if `common`."""
    data = vector.data
    if vector.type == "double":
        return encode_numbers(data, layout_numbers(data, digits, nsmall, len(na)), na)
    if vector.type == "complex":
        layout = layout_complex(data, digits, nsmall, na_width=len(na))
        shown = [encode_complex(x, layout, na) for x in data]
    elif vector.type == "integer":
        shown = encode_integer(data, na)
    elif vector.type == "logical":
        shown = encode_logical(data, na)
    else:
        shown = [f"{x:02x}" for x in data.tolist()]
    if not common or not shown:
        return shown
    width = max(map(len, shown))
    return [text.rjust(width) for text in shown]


def element_strings(vector: RVector, digits: int | None = None) -> list[str]:
    """Each element by itself, unquoted, NA as "NA": what `cat` writes and, with digits 15, `paste` joins."""
    if vector.type == "double":
        return number_strings(vector.data, digits)
    if vector.type == "complex":
        return [
            format_numbers(RVector("complex", vector.data[i : i + 1]), digits)[0] for i in range(len(vector))
        ]
    if vector.type == "character":
        return ["NA" if text is None else text for text in vector.data]
    return format_numbers(vector, digits, common=False)


def encode_strings(texts: Iterable[str | None], quote: str = '"', na: str | None = None) -> list[str]:
    """Strings as printed; NA is `NA` among quotes and `<NA>` without, unless `na` says otherwise."""
    if na is None:
        na = "NA" if quote else "<NA>"
    return [na if text is None else encode_string(text, quote) for text in texts]
