"""R's functions on strings: paste, nchar, substr, case, trimming."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..choices import one_choice
from ..generics import as_text, kept_shape, plain_texts, text_vector
from ..limits import guard_text
from ..registry import builtin
from ..text.format import display_width
from ..values import NULL, RVector, character, integer, logical
from ..vectors.coerce import (
    coerce,
    factor_or_text,
    has_class,
    numbers,
    one_flag,
    one_int,
    one_string,
    strings,
)


def recycled(items: list[Any], length: int) -> list[Any]:
    """The items repeated to a length."""
    if len(items) == length:
        return items
    return (items * (length // len(items) + 1))[:length]


# --- paste -------------------------------------------------------------------------------------------------


def _pasted(dots: Any, sep: str, collapse: Any, recycle0: Any) -> RVector:
    columns = [plain_texts(value) for _, value in dots]
    if one_flag(recycle0, "recycle0") and any(not column for column in columns):
        rows: list[str] = []
    else:
        length = max(map(len, columns), default=0)
        columns = [column or [""] for column in columns]
        rows = _joined_rows(columns, sep, length)
    if collapse is NULL:
        return character(rows)
    if not isinstance(collapse, RVector) or collapse.type != "character" or collapse.data[0] is None:
        raise UserError("invalid 'collapse' argument", code=Code.ARGUMENT, cure="give one string")
    glue = collapse.data[0]
    guard_text(sum(map(len, rows)) + len(glue) * len(rows))
    return character(glue.join(rows))


_FEW_ROWS = 1000
"""With fewer rows they may be huge, and are measured before they are made."""


def _joined_rows(columns: list[list[str]], sep: str, length: int) -> list[str]:
    if not length:
        return []
    if len(columns) == 1:
        return columns[0]
    full = [recycled(column, length) for column in columns]
    if length < _FEW_ROWS:
        guard_text(sum(len(max(column, key=len)) for column in full))
    if sep == "":
        return ["".join(row) for row in zip(*full, strict=True)]
    return [sep.join(row) for row in zip(*full, strict=True)]


@builtin("paste(..., sep = ' ', collapse = NULL, recycle0 = FALSE)")
def paste(dots, sep, collapse, recycle0):
    if not isinstance(sep, RVector) or sep.type != "character" or len(sep) != 1:
        raise UserError("invalid separator", code=Code.ARGUMENT, cure="give one string")
    return _pasted(dots, one_string(sep, "sep"), collapse, recycle0)


@builtin("paste0(..., collapse = NULL, recycle0 = FALSE)")
def paste0(dots, collapse, recycle0):
    return _pasted(dots, "", collapse, recycle0)


@builtin("toString(x, ...)", generic=True)
def to_string(x, dots):
    width = next((value for name, value in dots if name == "width"), NULL)
    text = ", ".join(plain_texts(x))
    if width is NULL or not (limit := one_int(width, "width")):
        return character(text)
    if limit < 0:
        raise UserError("'width' must be positive", code=Code.ARGUMENT)
    return character(text if display_width(text) <= limit else _trimmed_to(text, max(6, limit) - 4) + "....")


@builtin("strrep(x, times)")
def strrep(x, times):
    texts, counts = strings(x, "x"), numbers(times, "times").tolist()
    length = max(len(texts), len(counts)) if texts and counts else 0
    pairs = zip(recycled(texts, length), recycled(counts, length), strict=True) if length else ()
    made = [None if t is None or n != n else _repeated(t, int(n)) for t, n in pairs]
    keep = kept_shape(x) if len(made) == len(texts) else None
    return character(made, {"names": keep["names"]} if keep and "names" in keep else None)


def _repeated(text: str, times: int) -> str:
    if times < 0:
        raise UserError("invalid 'times' value", code=Code.ARGUMENT, cure="`times` must not be negative")
    if len(text) * times > 2**31 - 1:
        raise UserError("R character strings are limited to 2^31-1 bytes", code=Code.LIMIT)
    guard_text(len(text) * times)
    return text * times


# --- length and parts --------------------------------------------------------------------------------------


@builtin("nchar(x, type = 'chars', allowNA = FALSE, keepNA = NA)")
def nchar(x, type, allow_na, keep_na):
    if has_class(x, "factor"):
        raise UserError(
            "'nchar()' requires a character vector",
            code=Code.TYPE,
            cure="convert the factor with as.character()",
        )
    kind = _char_type(one_string(type, "type"))
    texts: list[str | None] = coerce(x, "character").data.tolist() if x is not NULL else []
    keep = keep_na.data[0]
    na_is_kept = keep == 1 or (keep not in (0, 1) and kind != "width")
    measure: dict[str, Callable[[str], int]] = {
        "chars": len,
        "bytes": lambda text: len(text.encode("utf-8", "surrogateescape")),
        "width": display_width,
    }
    each = measure[kind]
    if None not in texts:
        return integer(np.array(list(map(each, texts)), dtype=np.int32), kept_shape(x))  # pyright: ignore
    counts = [(None if na_is_kept else 2) if t is None else each(t) for t in texts]
    return integer(counts, kept_shape(x))


def _char_type(type: str) -> str:
    found = [kind for kind in ("bytes", "chars", "width") if kind.startswith(type)]
    if not found:
        raise UserError("invalid 'type' argument", code=Code.ARGUMENT, cure='"chars", "bytes" or "width"')
    return found[0]


@builtin("nzchar(x, keepNA = FALSE)")
def nzchar(x, keep_na):
    keep = keep_na.data[0] == 1
    return logical(
        [(None if keep else True) if t is None else t != "" for t in as_text(x).data], kept_shape(x)
    )


def _cut_out(text: str | None, start: float, stop: float) -> str | None:
    if text is None or start != start or stop != stop:
        return None
    return text[max(int(start), 1) - 1 : max(int(stop), 0)]


@builtin("substr(x, start, stop)")
def substr(x, start, stop):
    texts = list(as_text(x).data)
    starts, stops = numbers(start, "start").tolist(), numbers(stop, "stop").tolist()
    if texts and (not starts or not stops):
        raise UserError("invalid substring arguments", code=Code.ARGUMENT)
    attributes = dict(x.attributes) if x.type == "character" and x.attributes else None
    if len(starts) == len(stops) == 1 and starts[0] == starts[0] and stops[0] == stops[0]:
        first, last = max(int(starts[0]), 1) - 1, max(int(stops[0]), 0)
        return character([None if t is None else t[first:last] for t in texts], attributes)
    places = (
        zip(texts, recycled(starts, len(texts)), recycled(stops, len(texts)), strict=True) if texts else ()
    )
    return character([_cut_out(*place) for place in places], attributes)


@builtin("substring(text, first, last = 1000000L)")
def substring(text, first, last):
    texts = strings(text, "text")
    starts, stops = numbers(first, "first").tolist(), numbers(last, "last").tolist()
    length = max(len(texts), len(starts), len(stops)) if texts and starts and stops else 0
    if not length:
        return character([])
    keep = kept_shape(text) if length == len(texts) else None
    if None not in texts and not any(map(math.isnan, starts)) and not any(map(math.isnan, stops)):
        firsts, lasts = [max(int(s), 1) - 1 for s in starts], [max(int(s), 0) for s in stops]
        parts = map(slice, recycled(firsts, length), recycled(lasts, length))
        cut = [text[part] for text, part in zip(recycled(texts, length), parts, strict=True)]
        return character(cut, keep)
    places = zip(*(recycled(part, length) for part in (texts, starts, stops)), strict=True)
    return character([_cut_out(*place) for place in places], keep)


def _overwritten(text: str | None, start: float, stop: float, value: str | None) -> str | None:
    if text is None or value is None:
        return None
    first, last = max(int(start), 1), min(int(stop), len(text))
    count = min(max(0, last - first + 1), len(value))
    return text[: first - 1] + value[:count] + text[first - 1 + count :] if count else text


@builtin("`substr<-`(x, start, stop, value)")
def set_substr(x, start, stop, value):
    if not isinstance(x, RVector) or x.type != "character":
        raise UserError("replacing substrings in a non-character object", code=Code.TYPE)
    texts, given = strings(x, "x"), strings(value, "value")
    if not given:
        raise UserError("invalid value", code=Code.VALUE)
    starts, stops = numbers(start, "start").tolist(), numbers(stop, "stop").tolist()
    parts = [recycled(part, len(texts)) for part in (starts, stops, given)]
    made = [_overwritten(*place) for place in zip(texts, *parts, strict=True)]
    return character(made, dict(x.attributes) if x.attributes else None)


@builtin("`substring<-`(text, first, last = 1000000L, value)")
def set_substring(text, first, last, value):
    return set_substr(text, first, last, value)


@builtin("strtrim(x, width)")
def strtrim(x, width):
    widths = recycled(numbers(width, "width").tolist(), max(len(x), 1))
    return text_vector(
        [
            None if t is None else _trimmed_to(t, int(w))
            for t, w in zip(as_text(x).data, widths, strict=False)
        ],
        x,
    )


def _trimmed_to(text: str, width: int) -> str:
    used = 0
    for i, ch in enumerate(text):
        used += display_width(ch)
        if used > width:
            return text[:i]
    return text


# --- case, characters --------------------------------------------------------------------------------------


def mapped(x: Any, change: Callable[[str], str]) -> RVector:
    if not isinstance(x, RVector):
        x = as_text(x)
    keep = dict(x.attributes) if x.type == "character" and x.attributes else kept_shape(x)
    texts = factor_or_text(x).data.tolist()
    if None not in texts:
        return character(list(map(change, texts)), keep)
    return character([None if t is None else change(t) for t in texts], keep)


def _upper(text: str) -> str:
    # towupper: one character for one, so that a sharp s stays
    return (
        "".join(up if len(up := ch.upper()) == 1 else ch for ch in text)
        if not text.isascii()
        else text.upper()
    )


@builtin("toupper(x)")
def toupper(x):
    return mapped(x, _upper)


@builtin("tolower(x)")
def tolower(x):
    return mapped(x, str.lower)


@builtin("casefold(x, upper = FALSE)")
def casefold(x, upper):
    return toupper(x) if one_flag(upper, "upper") else tolower(x)


def _expanded(specification: str) -> str:
    """`a-e` written out."""
    out, i = [], 0
    while i < len(specification):
        if specification[i + 1 : i + 2] == "-" and i + 2 < len(specification):
            low, high = ord(specification[i]), ord(specification[i + 2])
            if low > high:
                raise UserError(
                    f"decreasing range specification ('{specification[i : i + 3]}')", code=Code.ARGUMENT
                )
            out += [chr(code) for code in range(low, high + 1)]
            i += 3
        else:
            out.append(specification[i])
            i += 1
    return "".join(out)


@builtin("chartr(old, new, x)")
def chartr(old, new, x):
    before, after = _expanded(one_string(old, "old")), _expanded(one_string(new, "new"))
    if len(before) > len(after):
        raise UserError(
            "'old' is longer than 'new'", code=Code.ARGUMENT, cure="give a new character for each old one"
        )
    table = str.maketrans(before, after[: len(before)])
    return mapped(x, lambda text: text.translate(table))


@builtin("trimws(x, which = c('both', 'left', 'right'), whitespace = '[ \\t\\r\\n]')")
def trimws(x, which, whitespace):
    from ..regular_expressions.patterns import compile_pattern

    side, blank = one_choice(which, ("both", "left", "right")), one_string(whitespace, "whitespace")
    if blank == "[ \t\r\n]":
        strip = {"both": str.strip, "left": str.lstrip, "right": str.rstrip}[side]
        return mapped(x, lambda text: strip(text, " \t\r\n"))

    def trimmed(text: str) -> str:
        if side in ("both", "left") and (found := compile_pattern(f"^{blank}+").search(text)):
            text = text[found.end :]
        if side in ("both", "right") and (found := compile_pattern(f"{blank}+$").search(text)):
            text = text[: found.start]
        return text

    return mapped(x, trimmed)


def _affixes(x: Any, affix: Any, test: Callable[[str, str], bool]) -> RVector:
    if not all(isinstance(v, RVector) and v.type == "character" for v in (x, affix)):
        raise UserError("non-character object(s)", code=Code.TYPE, cure="convert with as.character()")
    length = max(len(x), len(affix)) if len(x) and len(affix) else 0
    if not length:
        return logical([])
    texts, affixes = recycled(x.data.tolist(), length), recycled(affix.data.tolist(), length)
    if None not in texts and None not in affixes:
        return logical(np.fromiter(map(test, texts, affixes), dtype=bool, count=length))
    pairs = zip(texts, affixes, strict=True)
    return logical([None if a is None or b is None else test(a, b) for a, b in pairs])


@builtin("startsWith(x, prefix)")
def starts_with(x, prefix):
    return _affixes(x, prefix, str.startswith)


@builtin("endsWith(x, suffix)")
def ends_with(x, suffix):
    return _affixes(x, suffix, str.endswith)
