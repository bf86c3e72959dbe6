"""R's format, formatC, prettyNum and format.Date's relatives of factors and lists."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..coerce import coerce, one_flag, one_int, one_string, strings
from ..conditions import warn
from ..deparse import deparse_lines
from ..environment import Environment
from ..format import (
    MOST_DECIMALS,
    PADDING,
    display_width,
    encode_complex,
    encode_numbers,
    encode_string,
    format_numbers,
    layout_complex,
    layout_numbers,
    number_strings,
)
from ..generics import invoke, is_object, kept_shape, text_vector
from ..marks import Marks, marked
from ..printing import environment_label, function_lines
from ..registry import builtin
from ..session import session
from ..values import LANGUAGE, NULL, Closure, RVector, character, object_array, rlist


def _number_or_none(value: Any, what: str, least: int, most: int) -> int | None:
    if value is NULL:
        return None
    number = one_int(value, what)
    if not least <= number <= most:
        raise UserError(
            f"invalid value {number} for '{what}' argument"
            if what == "digits"
            else f"invalid '{what}' argument",
            code=Code.ARGUMENT,
            cure=f"`{what}` is a number from {least} to {most}",
        )
    return number


def _scipen(scientific: Any) -> int | None:
    """What the argument `scientific` says: TRUE, FALSE, a penalty, or NA for the option."""
    if not isinstance(scientific, RVector) or scientific.is_na()[0]:
        return None
    if scientific.type == "logical":
        return -100 if scientific.data[0] else 100
    return one_int(scientific, "scientific")


def _justification(justify: Any) -> str:
    wanted = strings(justify, "justify")[0] or "left"
    found = [name for name in PADDING if name.startswith(wanted)]
    if not found:
        raise UserError("'arg' should be one of ‘left’, ‘right’, ‘centre’, ‘none’", code=Code.ARGUMENT)
    return found[0]


_FORMALS = (
    "(x, trim = FALSE, digits = NULL, nsmall = 0L, justify = c('left', 'right', 'centre', 'none'),"
    " width = NULL, na.encode = TRUE, scientific = NA, big.mark = '', big.interval = 3L, small.mark = '',"
    " small.interval = 5L, decimal.mark = getOption('OutDec'), zero.print = NULL, drop0trailing = FALSE, ...)"
)


@builtin("format" + _FORMALS, generic=True)
@builtin("format.default" + _FORMALS)
def format_(
    x,
    trim,
    digits,
    nsmall,
    justify,
    width,
    na_encode,
    scientific,
    big_mark,
    big_interval,
    small_mark,
    small_interval,
    decimal_mark,
    zero_print,
    drop0trailing,
    dots,
):
    if isinstance(x, RVector) and x.type == "list":
        pad = "none" if len(justify) == 4 else _justification(justify)
        return text_vector([_list_cell(item, digits, nsmall, pad) for item in x.data], x)
    least = 0 if width is NULL else one_int(width, "width")
    if isinstance(x, RVector) and x.type == "character":
        return _format_strings(
            x, one_flag(trim, "trim"), _justification(justify), least, one_flag(na_encode, "na")
        )
    if not isinstance(x, RVector):
        return character(_other_text(x))
    marks = Marks(
        one_string(big_mark, "big.mark"),
        one_int(big_interval, "big.interval"),
        one_string(small_mark, "small.mark"),
        one_int(small_interval, "small.interval"),
        one_string(decimal_mark, "decimal.mark"),
        one_flag(drop0trailing, "drop0trailing"),
        None if zero_print is NULL else one_string(zero_print, "zero.print"),
    )
    texts = number_texts(
        x,
        _number_or_none(digits, "digits", 0, 22),
        _number_or_none(nsmall, "nsmall", 0, 20) or 0,
        one_flag(trim, "trim"),
        least,
        _scipen(scientific),
    )
    if marks:
        texts = marked(texts, marks, "individual" if one_flag(trim, "trim") else "common")
    return text_vector(list(texts), x)


def number_texts(
    x: RVector, digits: int | None, nsmall: int, trim: bool, width: int, scipen: int | None
) -> list[str]:
    """Numbers in common format, padded on the left to at least `width`, unless `trim`."""
    if x.type == "double":
        texts = encode_numbers(x.data, layout_numbers(x.data, digits, nsmall, scipen=scipen))
    elif x.type == "complex":
        figures = session.option_int("digits") if digits is None else digits
        layouts = layout_complex(x.data, figures, nsmall)
        texts = [encode_complex(z, layouts, figures) for z in x.data]
    else:
        texts = format_numbers(x)
    return [text.strip() for text in texts] if trim else [text.rjust(width) for text in texts]


def _format_strings(x: RVector, trim: bool, justify: str, width: int, na_encode: bool) -> RVector:
    texts = [("NA" if na_encode else None) if text is None else text for text in x.data]
    if justify == "none" or trim:
        return text_vector(texts, x)
    # R counts control characters as the escapes that printing would show
    sizes = [0 if text is None else display_width(encode_string(text)) for text in texts]
    widest = max([width, *sizes])
    pad = PADDING[justify]
    made = [
        None if text is None else pad(text, widest - size + display_width(text))
        for text, size in zip(texts, sizes, strict=True)
    ]
    return text_vector(made, x)


def _other_text(x: Any) -> list[str]:
    if x is NULL:
        return ["NULL"]
    if isinstance(x, Closure):
        return function_lines(x)
    if isinstance(x, Environment):
        return [environment_label(x)]
    if isinstance(x, LANGUAGE):
        return deparse_lines(x)
    raise UserError("Found no format() method for this class", code=Code.TYPE)


def _list_cell(item: Any, digits: Any, nsmall: Any, justify: str) -> str:
    """One element of a list: its own elements, flattened, joined by commas."""
    if isinstance(item, RVector):
        flat = invoke("unlist", item)
        if isinstance(flat, RVector) and flat.attribute("levels") is not None:
            flat = RVector(flat.type, flat.data)
        shown = invoke(
            "format.default", flat, trim=_TRUE, digits=digits, nsmall=nsmall, justify=character(justify)
        )
        return ", ".join("NA" if text is None else text for text in shown.data)
    return ", ".join(_other_text(item))


_TRUE = RVector("logical", np.array([1], dtype=np.int8))


@builtin("format.factor(x, ...)")
def format_factor(x, dots):
    texts = RVector("character", coerce_factor(x), kept_shape(x))
    return invoke("format", texts, **{name: value for name, value in dots if name})


def coerce_factor(x: RVector) -> np.ndarray:
    """The level of each element of a factor, None for NA."""
    levels = x.attribute("levels")
    words = object_array([*(levels.data if levels is not None else ()), None])
    return words[np.where(x.is_na(), len(words) - 1, x.data - 1)]


@builtin("format.data.frame(x, ..., justify = 'none')")
def format_data_frame(x, dots, justify):
    given = {name: value for name, value in dots if name}
    columns = [invoke("format", column, justify=justify, **given) for column in x.data]
    return RVector("list", rlist(columns).data, dict(x.attributes))


@builtin("format.AsIs(x, ...)")
def format_as_is(x, dots):
    return invoke("format.default", x.with_attribute("class", None))


# --- formatC -----------------------------------------------------------------------------------------------


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
    flags = _flags(flag)
    if not len(x):
        return character([])
    if is_object(x):
        warn("class of 'x' was discarded")
        x = x.with_attribute("class", None)
    x, kind, style = _mode_and_format(x, mode, format)
    size = None if width is NULL else one_int(width, "width")
    if kind == "character":
        return text_vector([*_justified([t or "NA" for t in strings(x, "x")], size or 0, flags)], x)
    figures, size = _digits_and_width(digits, size, kind, style)
    special = ~np.isfinite(x.data) if kind == "double" else x.is_na()
    odd_texts = [_special_text(v) for v, odd in zip(x.data.tolist(), special, strict=True) if odd]
    odd_ones = iter(_justified(odd_texts, max([size, *map(len, odd_texts)]), flags))
    texts = [
        next(odd_ones) if odd else _c_text(v, size, figures, style, flags)
        for v, odd in zip(x.data.tolist(), special.tolist(), strict=True)
    ]
    marks = Marks(
        one_string(big_mark, "big.mark"),
        one_int(big_interval, "big.interval"),
        one_string(small_mark, "small.mark"),
        one_int(small_interval, "small.interval"),
        one_string(decimal_mark, "decimal.mark"),
        one_flag(drop0trailing, "drop0trailing"),
        None if zero_print is NULL else one_string(zero_print, "zero.print"),
    )
    if marks:
        texts = marked(texts, marks, one_string(preserve_width, "preserve.width"))
    return character(texts, dict(x.attributes) if x.attributes else None)


def _special_text(value: Any) -> str:
    return number_strings(np.array([value], dtype=np.float64))[0] if isinstance(value, float) else "NA"


def _flags(flag: Any) -> str:
    flags = strings(flag, "flag")
    if len(flags) != 1:
        raise UserError("'flag' must be a string, i.e., of length 1", code=Code.ARGUMENT)
    if set(flags[0] or "") - set("0+- #'I"):
        raise UserError("'flag' should contain only characters from [0+- #'I]", code=Code.ARGUMENT)
    return flags[0] or ""


_STYLES = ("f", "e", "E", "g", "G", "fg")


def _mode_and_format(x: RVector, mode: Any, format: Any) -> tuple[RVector, str, str]:
    """x in the mode that is formatted, the mode, and the format letter."""
    kind = x.type if mode is NULL else one_string(mode, "mode")
    kind = "double" if kind == "real" else kind
    if kind not in ("double", "integer", "character", "logical") or (mode is not NULL and kind == "logical"):
        raise UserError('\'mode\' must be "double" ("real"), "integer" or "character"', code=Code.ARGUMENT)
    style = None if format is NULL else one_string(format, "format")
    if style == "s" and kind != "character":
        warn('coercing argument to "character" for format="s"')
        return coerce(x, "character"), "character", "s"
    if kind == "character":
        return coerce(x, "character"), kind, "s"
    if style in _STYLES:
        kind = "double"
    elif style == "d":
        x, kind = _rounded(x), "integer"
    elif style is not None:
        raise UserError('\'format\' must be one of {"f","e","E","g","G", "fg", "s"}', code=Code.ARGUMENT)
    if kind == "logical":
        raise UserError("unsupported type ", code=Code.TYPE, cure="use format() for logical values")
    return coerce(x, kind), kind, style or ("d" if kind == "integer" else "g")


def _rounded(x: RVector) -> RVector:
    return x if x.type != "double" else RVector("double", np.trunc(x.data), x.attributes)


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
    marks = "".join(flag for flag in flags if flag in "0+- #")
    if style == "d":
        return f"%{marks}{width}d" % value
    if style != "fg":
        return f"%{marks}{width}.{digits}{style}" % value
    text = _fixed_significant(value, digits, "#" in marks)
    if value > 0 and ("+" in marks or " " in marks):
        text = ("+" if "+" in marks else " ") + text
    return text.ljust(width) if "-" in marks else text.zfill(width) if "0" in marks else text.rjust(width)


def _fixed_significant(value: float, digits: int, keep_zeros: bool) -> str:
    if value == 0:
        return "0"
    power = math.floor(math.log10(abs(value)))
    rounded = float(f"{value:.{max(digits, 1) - 1}e}")
    if rounded and math.floor(math.log10(abs(rounded))) > power:
        power += 1
    decimals = min(max(0, digits - 1 - power), MOST_DECIMALS)
    text = f"{rounded if power < digits else value:.{decimals}f}"
    return text if keep_zeros or "." not in text else text.rstrip("0").rstrip(".")


def _justified(texts: list[str], width: int, flags: str) -> list[str]:
    left = "-" in flags or width < 0
    width = max([abs(width), *map(display_width, texts)]) if len(texts) > 1 else abs(width)
    return [PADDING["left" if left else "right"](text, width) for text in texts]


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
    marks = Marks(
        one_string(big_mark, "big.mark"),
        one_int(big_interval, "big.interval"),
        one_string(small_mark, "small.mark"),
        one_int(small_interval, "small.interval"),
        one_string(decimal_mark, "decimal.mark"),
        one_flag(drop0trailing, "drop0trailing"),
        None if zero_print is NULL else one_string(zero_print, "zero.print"),
    )
    if x.type == "character":
        shown = marked(
            [t or "NA" for t in strings(x, "x")], marks, strings(preserve_width, "")[0] or "common"
        )
        return text_vector(list(shown), x)
    given = {name: value for name, value in dots if name}
    texts = []
    for i in range(len(x)):
        single = RVector(x.type, x.data[i : i + 1])
        (text,) = invoke("format.default", single, **given).data
        texts += marked([text], marks, "common")
    return text_vector(texts, x)
