"""R's format of vectors, factors, lists and data frames."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from .. import conditions
from ..choices import one_choice
from ..environment import Environment
from ..frames import row_count, rows_of, shown_names
from ..generics import invoke, kept_shape, text_vector
from ..limits import guard_text
from ..registry import builtin
from ..session import session
from ..text.deparse import deparse_lines
from ..text.format import (
    PADDING,
    ComplexLayout,
    display_width,
    encode_complex,
    encode_numbers,
    encode_string,
    format_numbers,
    layout_complex,
    layout_numbers,
)
from ..text.marks import marked, marks_from
from ..text.printing import environment_label, function_lines
from ..values import LANGUAGE, NULL, TRUE, Closure, RVector, character, rlist
from ..vectors.coerce import elements, factor_or_text, one_flag, one_int


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


_LIKES, _DISLIKES = 100, 310
"""What TRUE and FALSE for `scientific` count as `scipen`."""


def _scipen(scientific: Any) -> int | None:
    """What the argument `scientific` says: TRUE, FALSE, a penalty, or NA for the option."""
    if not isinstance(scientific, RVector) or scientific.is_na()[0]:
        return None
    if scientific.type == "logical":
        return -_LIKES if scientific.data[0] else _DISLIKES
    return one_int(scientific, "scientific")


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
    given = {
        "digits": digits,
        "nsmall": nsmall,
        "width": width,
        "na.encode": na_encode,
        "scientific": scientific,
        "big.mark": big_mark,
        "big.interval": big_interval,
        "small.mark": small_mark,
        "small.interval": small_interval,
        "decimal.mark": decimal_mark,
        "zero.print": zero_print,
        "drop0trailing": drop0trailing,
    }
    if isinstance(x, RVector) and x.type == "list":
        given["justify"] = character("none" if len(justify) == 4 else one_choice(justify, list(PADDING)))
        names = x.attribute("names")
        return character([_list_cell(item, given) for item in x.data], {"names": names} if names else None)
    least = 0 if width is NULL else one_int(width, "width")
    guard_text(least)
    if isinstance(x, RVector) and x.type == "character":
        return _format_strings(x, one_choice(justify, list(PADDING)), least, one_flag(na_encode, "na.encode"))
    if not isinstance(x, RVector) or x.type == "expression":
        return character(_other_text(x))
    if x.type == "raw":
        return character(format_numbers(x))
    trimmed = one_flag(trim, "trim")
    marks = marks_from(given, point=session.option_string("OutDec"))
    texts = number_texts(
        x,
        _number_or_none(digits, "digits", 1, 22),
        _number_or_none(nsmall, "nsmall", 0, 20) or 0,
        trimmed,
        least,
        _scipen(scientific),
    )
    if marks:
        texts = marked(texts, marks, "individual" if trimmed else "common", x.type == "complex")
    return text_vector(list(texts), x)


def number_texts(
    x: RVector, digits: int | None, nsmall: int, trim: bool, width: int, scipen: int | None
) -> list[str]:
    """Numbers in common format, padded on the left to at least `width`, unless `trim`."""
    if x.type == "complex":
        layout = layout_complex(x.data, digits, nsmall, scipen)
        real, imaginary = (
            part._replace(width=max(0 if trim else part.width, width))
            for part in (layout.real, layout.imaginary)
        )
        return [encode_complex(z, ComplexLayout(real, imaginary, layout.digits)) for z in x.data]
    if x.type == "double":
        texts = encode_numbers(x.data, layout_numbers(x.data, digits, nsmall, scipen=scipen))
    else:
        texts = format_numbers(x)
    return [(text.strip() if trim else text).rjust(width) for text in texts]


def _format_strings(x: RVector, justify: str, width: int, na_encode: bool) -> RVector:
    texts = [("NA" if na_encode else None) if text is None else text for text in x.data]
    if justify == "none":
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


def _list_cell(item: Any, given: dict[str, Any]) -> str:
    """One element of a list: its own elements, flattened, joined by commas."""
    if isinstance(item, RVector):
        flat = invoke("unlist", item)
        if isinstance(flat, RVector) and flat.attribute("levels") is not None:
            flat = RVector(flat.type, flat.data)
        shown = invoke("format.default", flat, trim=TRUE, **given)
        return ", ".join("NA" if text is None else text for text in shown.data)
    return ", ".join(_other_text(item))


@builtin("format.factor(x, ...)")
def format_factor(x, dots):
    texts = factor_or_text(x).with_attributes(kept_shape(x))
    return invoke("format", texts, **{name: value for name, value in dots if name})


@builtin("format.data.frame(x, ..., justify = 'none')")
def format_data_frame(x, dots, justify):
    given = {name: value for name, value in dots if name}
    columns = [invoke("format", column, justify=justify, **given) for column in x.data]
    count = row_count(x)
    if any(rows_of(column) != count for column in columns):
        conditions.warn("corrupt data frame: columns will be truncated or padded with NAs")
        columns = [_of_length(column, count) for column in columns]
    return RVector("list", rlist(columns).data, {**x.attributes, "names": character(shown_names(x))})


def _of_length(column: RVector, count: int) -> RVector:
    """A column that does not fit cut or filled up; one that is NULL says so."""
    if rows_of(column) == count:
        return column
    texts = [*column.data] or ["NULL"]
    return character([*texts, *[None] * count][:count])


@builtin("format.AsIs(x, ...)")
def format_as_is(x, dots):
    """Text as other text; of anything else, each element as one text, at the right."""
    plain = x.with_attribute("class", None)
    if plain.type == "character":
        return invoke("format.default", plain, **{name: value for name, value in dots if name})
    texts = [invoke("toString", element).data[0] for element in elements(plain)]
    kept = {k: v for k, v in (plain.attributes or {}).items() if k in ("names", "dim", "dimnames")}
    return invoke("format.default", character(texts, kept), justify=character("right"))
