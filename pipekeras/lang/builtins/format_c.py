"""R's formatC and prettyNum: numbers as C writes them, and marks in numbers that are text already."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..conditions import warn
from ..generics import at, invoke, is_object, text_vector
from ..limits import guard_text
from ..registry import builtin
from ..text.format import PADDING, display_width, number_strings
from ..text.marks import marked, marks_from
from ..text.printf import c_double, c_integer
from ..values import NULL, Dots, RVector, character
from ..vectors.coerce import coerce, one_int, one_string, strings

_STYLES = ("f", "e", "E", "g", "G", "fg")


@builtin(
    "formatC(x, digits = NULL, width = NULL, format = NULL, flag = '', mode = NULL, big.mark = '',"
    " big.interval = 3L, small.mark = '', small.interval = 5L, decimal.mark = getOption('OutDec'),"
    " preserve.width = 'individual', zero.print = NULL, replace.zero = TRUE, drop0trailing = FALSE)"
)
def format_c(
    x,
    digits,
    width,
    format,
    flag,
    mode,
    big_mark,
    big_interval,
    small_mark,
    small_interval,
    decimal_mark,
    preserve_width,
    zero_print,
    replace_zero,
    drop0trailing,
):
    if is_object(x):
        if not isinstance(x, RVector) or x.type in ("list", "expression"):
            warn("class of 'x' was discarded")
        x = x.with_attribute("class", None)
    flags = _flags(flag)
    if not len(x):
        return character([])
    x, kind, style = _mode_and_format(x, mode, format)
    size = None if width is NULL else one_int(width, "width")
    guard_text(abs(size or 0) * len(x))
    if kind == "character":
        texts = x.data if x.type == "character" else invoke("format.default", x).data
        texts = ["NA" if text is None else text for text in texts]
        return text_vector(list(_as_texts(texts, size, flags)), x)
    marks = marks_from(
        {
            "big.mark": big_mark,
            "big.interval": big_interval,
            "small.mark": small_mark,
            "small.interval": small_interval,
            "decimal.mark": decimal_mark,
            "drop0trailing": drop0trailing,
            "zero.print": zero_print,
        },
        replace_zero=bool(replace_zero.data[0]),
    )
    texts = _numbers(x, kind, style, flags, digits, size)
    if marks:
        texts = marked(texts, marks, one_string(preserve_width, "preserve.width"))
    return character(texts, dict(x.attributes) if x.attributes else None)


def _flags(flag: Any) -> str:
    flags = strings(flag, "flag")
    if len(flags) != 1:
        raise UserError("'flag' must be a string, i.e., of length 1", code=Code.ARGUMENT)
    if set(flags[0] or "") - set("0+- #'I"):
        raise UserError("'flag' should contain only characters from [0+- #'I]", code=Code.ARGUMENT)
    return flags[0] or ""


def _mode_and_format(x: RVector, mode: Any, format: Any) -> tuple[RVector, str, str]:
    """x in the mode that is formatted, the mode, and the format letter."""
    kind = x.type if mode is NULL else one_string(mode, "mode")
    if mode is not NULL and kind in ("double", "real", "integer"):
        kind = "double" if kind == "real" else kind
        x = coerce(x, kind)
    elif mode is not NULL and kind != "character":
        raise UserError('\'mode\' must be "double" ("real"), "integer" or "character"', code=Code.ARGUMENT)
    style = None if format is NULL else one_string(format, "format")
    if kind == "character" or style == "s":
        if kind != "character":
            warn('coercing argument to "character" for format="s"')
            x = coerce(x, "character")
        return x, "character", "s"
    if style is not None and style not in (*_STYLES, "d"):
        raise UserError('\'format\' must be one of {"f","e","E","g","G", "fg", "s"}', code=Code.ARGUMENT)
    if style == "d":
        if kind == "complex":
            warn("imaginary parts discarded in coercion")
        x, kind = coerce(x, "integer"), "integer"
    elif style is not None and kind == "integer":
        x, kind = coerce(x, "double"), "double"
    if kind not in ("double", "integer"):
        _refuse(kind, style)
    return x, kind, style or ("d" if kind == "integer" else "g")


def _refuse(kind: str, style: str | None) -> None:
    if kind == "list":
        raise UserError("default method not implemented for type 'list'", code=Code.TYPE)
    if kind == "complex" and style in ("f", "fg"):
        raise UserError("invalid comparison with complex values", code=Code.TYPE)
    if kind == "raw" and style in ("f", "fg"):
        raise UserError("non-numeric argument to binary operator", code=Code.TYPE)
    raise UserError("unsupported type ", code=Code.TYPE, cure="use format() for values of this type")


def _as_texts(texts: list[str], width: int | None, flags: str) -> list[str]:
    """Texts of one width, as format() makes it."""
    left = flags == "-" or (width or 0) < 0
    wide = max([abs(width or 0), *map(display_width, texts)])
    return [PADDING["left" if left else "right"](text, wide) for text in texts]


def _numbers(x: RVector, kind: str, style: str, flags: str, digits: Any, width: int | None) -> list[str]:
    special = ~np.isfinite(x.data) if kind == "double" else x.is_na()
    figures, size = _digits_and_width(digits, width, kind, style)
    if size == 0:
        raise UserError("width cannot be zero", code=Code.ARGUMENT)
    odd_texts = [_special_text(v) for v in x.data[special].tolist()]
    odd_ones = iter(_as_texts(odd_texts, size, flags) if odd_texts else [])
    marks = flags.replace("'", "").replace("I", "") + ("-" if size < 0 else "")
    return [
        next(odd_ones) if odd else _c_text(v, abs(size), figures, style, marks)
        for v, odd in zip(x.data.tolist(), special.tolist(), strict=True)
    ]


def _special_text(value: Any) -> str:
    return number_strings(np.array([value], dtype=np.float64))[0] if isinstance(value, float) else "NA"


def _digits_and_width(digits: Any, width: int | None, kind: str, style: str) -> tuple[int, int]:
    if width is None and digits is NULL:
        width = 1
    if digits is NULL:
        figures = 2 if kind == "integer" else 4
    else:
        figures = one_int(digits, "digits")
        most = 50 if style != "f" else 324
        if figures > most:
            warn(f"'digits' reduced to {most}")
        figures = 6 if figures < 0 else min(figures, most)
    if width is None:
        return figures, figures + 1
    return figures, width or figures


def _c_text(value: Any, width: int, digits: int, style: str, flags: str) -> str:
    """One number as C's printf writes it; "fg" is fixed notation with significant digits."""
    if style == "d":
        return c_integer(value, "d", flags, width, None)
    if style != "fg":
        return c_double(value, style, flags, width, digits)
    return _fixed_significant(value, width, digits, flags)


def _fixed_significant(value: float, width: int, digits: int, flags: str) -> str:
    if value == 0:
        return "0"
    power = math.floor(math.log10(abs(value)) + 1e-12)
    lead = round(abs(value) / 10.0**power + 1e-12, digits - 1) if power > 0 else 0.0
    if power > 0 and lead >= 10:
        value = lead * 10.0**power  # R forgets the sign here
        power += 1
    if power == -4 and abs(value) < 1e-4:
        power = -5
    if power < -4:  # too small for %g, which would write an exponent; R does not pad these
        text = c_double(value, "f", flags, 0, digits - 1 - power)
        return text if "#" in flags or "." not in text else text.rstrip("0")
    return c_double(value, "g", flags, width, power + 1 if power >= digits else digits)


@builtin(
    "prettyNum(x, big.mark = '', big.interval = 3L, small.mark = '', small.interval = 5L,"
    " decimal.mark = getOption('OutDec'), input.d.mark = decimal.mark,"
    " preserve.width = c('common', 'individual', 'none'), zero.print = NULL, replace.zero = FALSE,"
    " drop0trailing = FALSE, is.cmplx = NA, ...)"
)
def pretty_num(
    x,
    big_mark,
    big_interval,
    small_mark,
    small_interval,
    decimal_mark,
    input_d_mark,
    preserve_width,
    zero_print,
    replace_zero,
    drop0trailing,
    is_cmplx,
    dots,
):
    given = {
        "big.mark": big_mark,
        "big.interval": big_interval,
        "small.mark": small_mark,
        "small.interval": small_interval,
        "decimal.mark": decimal_mark,
        "drop0trailing": drop0trailing,
        "zero.print": zero_print,
    }
    if not isinstance(x, RVector):
        return character([])
    is_text = x.type == "character"
    texts = ["NA" if t is None else t for t in strings(x, "x")] if is_text else _formatted(x, given, dots)
    point = one_string(input_d_mark, "input.d.mark")
    marks = marks_from(given, replace_zero=bool(replace_zero.data[0]), point=point)
    if not is_text and not (marks.big or marks.small or marks.drop_zeros or marks.zero is not None):
        return _named_texts(texts, x)
    keep = (strings(preserve_width, "preserve.width")[0] if len(preserve_width) < 3 else None) or "common"
    is_complex = x.type == "complex" or (is_text and any(text.endswith("i") for text in texts))
    made = marked(texts, marks, keep, is_complex)
    return text_vector([*made], x) if is_text else _named_texts(made, x)


def _named_texts(texts: list[str], x: RVector) -> RVector:
    names = x.attribute("names")
    return character(texts, None if names is None else {"names": names})


def _formatted(x: RVector, given: dict[str, Any], dots: Dots) -> list[str]:
    """Each element by itself, formatted with the marks."""
    more = {name: value for name, value in dots if name}
    texts = []
    for i in range(len(x)):
        shown = invoke("format", at(x, np.array([i])), **given, **more).data
        if len(shown) != 1:
            raise UserError("values must be length 1", code=Code.VALUE)
        texts.append(shown[0])
    return texts
