"""stringr: letters changed, measured, padded, cut out, sorted and shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import regex

from ..generics import as_text
from ..session import session
from ..text.collate import collation_key
from ..text.format import display_width
from ..values import NULL, Dots, RVector, character, integer, logical, rlist
from ..vectors.coerce import coerce, elements, one_flag, one_int, one_string
from .library import method
from .stringr import Texts, compiled, find_all, library, pairs, search, texts_of


def _mapped(string: Any, change: Callable[[str], str]) -> RVector:
    names = string.attribute("names") if isinstance(string, RVector) else None
    out = character([None if t is None else change(t) for t in texts_of(string)])
    return out if names is None else out.with_attribute("names", names)


@library.function("str_to_lower(string, locale = 'en')")
def str_to_lower(string, locale):
    return _mapped(string, str.lower)


@library.function("str_to_upper(string, locale = 'en')")
def str_to_upper(string, locale):
    return _mapped(string, str.upper)


@library.function("str_to_title(string, locale = 'en')")
def str_to_title(string, locale):
    return _mapped(string, lambda t: _WORD.sub(lambda m: _capital(m.group()), t))


_WORD = regex.compile(
    r"[\p{L}\p{N}\p{M}_]+(?:(?:(?<=\p{L})['’.:·](?=\p{L})|(?<=\p{N})[',.;](?=\p{N}))[\p{L}\p{N}\p{M}_]+)*"
)
"""Unicode's words: letters, digits and underscores, and what joins them (UAX 29)."""

_SENTENCE = regex.compile(r".*?(?:[!?]+\s+|\.+\s+(?!\p{Ll})|$)", regex.DOTALL)


def _capital(text: str) -> str:
    """The first letter, if no digit comes before it, in upper case, the rest in lower case."""
    found = regex.search(r"[\p{L}\p{N}\p{S}]", text)
    if found is None:
        return text
    at = found.start()
    return text[:at] + text[at].title() + text[at + 1 :].lower()


@library.function("str_to_sentence(string, locale = 'en')")
def str_to_sentence(string, locale):
    return _mapped(string, lambda t: _SENTENCE.sub(lambda m: _capital(m.group()), t))


@library.function("str_length(string)")
def str_length(string):
    return integer([None if t is None else len(t) for t in texts_of(string)])


@library.function("str_width(string)")
def str_width(string):
    return integer([None if t is None else display_width(t) for t in texts_of(string)])


@library.function("str_trim(string, side = c('both', 'left', 'right'))")
def str_trim(string, side):
    where = side.data[0]
    strip = {"both": str.strip, "left": str.lstrip, "right": str.rstrip}[where]
    return _mapped(string, strip)


@library.function("str_squish(string)")
def str_squish(string):
    return _mapped(string, lambda t: " ".join(t.split()))


@library.function("str_pad(string, width, side = c('left', 'right', 'both'), pad = ' ', use_width = TRUE)")
def str_pad(string, width, side, pad, use_width):
    where, fill = side.data[0], as_text(pad).data
    widths = coerce(width, "integer").data
    out: Texts = []
    for i, text in enumerate(texts_of(string) * (len(widths) if len(string) == 1 else 1)):
        if text is None:
            out.append(None)
            continue
        missing = max(0, int(widths[i % len(widths)]) - display_width(text))
        left = missing if where == "left" else 0 if where == "right" else missing // 2
        c = fill[i % len(fill)]
        out.append(c * left + text + c * (missing - left))
    return character(out)


@library.function("str_trunc(string, width, side = c('right', 'left', 'center'), ellipsis = '...')")
def str_trunc(string, width, side, ellipsis):
    limit, mark, where = one_int(width, "width"), one_string(ellipsis, "ellipsis"), side.data[0]

    def cut(text: str) -> str:
        room = limit - len(mark)
        if len(text) <= limit:
            return text
        if where == "right":
            return text[:room] + mark
        if where == "left":
            return mark + text[len(text) - room :]
        return text[: -(-room // 2)] + mark + text[len(text) - room // 2 :]

    return _mapped(string, cut)


@library.function("str_dup(string, times)")
def str_dup(string, times):
    return character(
        [None if t is None else t * int(n) for t, n in pairs(texts_of(string), list(times.data))]
    )


@library.function("str_wrap(string, width = 80, indent = 0, exdent = 0, whitespace_only = TRUE)")
def str_wrap(string, width, indent, exdent, whitespace_only):
    first, rest = one_int(indent, "indent"), one_int(exdent, "exdent")
    limit = max(one_int(width, "width"), 1)
    return _mapped(string, lambda t: "\n".join(evenly_wrapped(t.split(), limit, first, rest)))


def evenly_wrapped(words: list[str], width: int, indent: int, exdent: int) -> list[str]:
    """Lines with the least sum of squared gaps at their ends, that of the last line left out.

    Source: stringi's ?stri_wrap, after Knuth and Plass.
    """
    sizes = [display_width(w) for w in words]
    best: list[tuple[float, int]] = [(0.0, len(words))] * (len(words) + 1)
    for i in range(len(words) - 1, -1, -1):
        used, choice = -1, (float("inf"), i + 1)
        for j in range(i, len(words)):
            used += 1 + sizes[j]
            room = width - (indent if i == 0 else exdent) - used
            if room < 0 and j > i:
                break
            gap = 0 if j + 1 == len(words) else max(room, 0) ** 2
            choice = min(choice, (gap + best[j + 1][0], j + 1))
        best[i] = choice
    lines, i = [], 0
    while i < len(words):
        end = best[i][1]
        lines.append(" " * (indent if i == 0 else exdent) + " ".join(words[i:end]))
        i = end
    return lines


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    size = len(text)
    first = size + start if start < 0 else max(start - 1, 0)
    last = size + end + 1 if end < 0 else end
    return max(first, 0), max(last, 0)


def _ranges(string: Any, start: Any, end: Any) -> list[tuple[Any, int, int]]:
    texts = texts_of(string)
    starts, ends = coerce(start, "integer").data.tolist(), coerce(end, "integer").data.tolist()
    size = max(len(texts), len(starts), len(ends)) if texts else 0
    return [(texts[i % len(texts)], starts[i % len(starts)], ends[i % len(ends)]) for i in range(size)]


@library.function("str_sub(string, start = 1L, end = -1L)")
def str_sub(string, start, end):
    if isinstance(start, RVector) and start.dim is not None:
        half = start.dim[0]
        start, end = integer(start.data[:half]), integer(start.data[half:])
    out = []
    for text, first, last in _ranges(string, start, end):
        if text is None:
            out.append(None)
        else:
            a, b = _bounds(text, first, last)
            out.append(text[a:b])
    return character(out)


@library.function("`str_sub<-`(string, start = 1L, end = -1L, omit_na = FALSE, value)")
def set_str_sub(string, start, end, omit_na, value):
    values = texts_of(value)
    out = []
    for i, (text, first, last) in enumerate(_ranges(string, start, end)):
        fresh = values[i % len(values)]
        if text is None or fresh is None:
            out.append(None)
        else:
            a, b = _bounds(text, first, last)
            out.append(text[:a] + fresh + text[max(a, b) :])
    return character(out)


@library.function("str_sort(x, decreasing = FALSE, na_last = TRUE, locale = 'en', numeric = FALSE, ...)")
def str_sort(x, decreasing, na_last, locale, numeric, dots):
    order = str_order(x, decreasing, na_last, locale, numeric, dots)
    texts = texts_of(x)
    return character([texts[i - 1] for i in order.data])


def _natural(text: str) -> tuple[Any, ...]:
    """Digits as numbers; letters' case counts only where all else is equal."""
    parts = regex.findall(r"\d+|\D+", text)
    plain = tuple((0, int(p), "") if p.isdigit() else (1, 0, collation_key(p)[0]) for p in parts)
    return plain, collation_key(text)


@library.function("str_order(x, decreasing = FALSE, na_last = TRUE, locale = 'en', numeric = FALSE, ...)")
def str_order(x, decreasing, na_last, locale, numeric, dots):
    texts = texts_of(x)
    known = [i for i, t in enumerate(texts) if t is not None]
    key = _natural if one_flag(numeric, "numeric") else collation_key
    known.sort(key=lambda i: key(texts[i] or ""), reverse=one_flag(decreasing, "decreasing"))
    missing = [i for i, t in enumerate(texts) if t is None]
    if bool(na_last.is_na()[0]):
        missing = []
    return integer([i + 1 for i in ([*known, *missing] if na_last.data[0] != 0 else [*missing, *known])])


@library.function("str_unique(string, ...)")
def str_unique(string, dots):
    return character(list(dict.fromkeys(texts_of(string))))


@library.function("str_equal(x, y, ...)")
def str_equal(x, y, dots: Dots):
    return logical([None if None in p else p[0] == p[1] for p in pairs(texts_of(x), texts_of(y))])


@library.function("str_rank(x, locale = 'en', numeric = FALSE, ...)")
def str_rank(x, locale, numeric, dots):
    texts = texts_of(x)
    key = _natural if one_flag(numeric, "numeric") else collation_key
    keys = [None if t is None else key(t) for t in texts]
    known = sorted(k for k in keys if k is not None)
    return integer([None if k is None else known.index(k) + 1 for k in keys])


@library.function("str_conv(string, encoding)")
def str_conv(string, encoding):
    return character(texts_of(string))


@library.function("str_escape(string)")
def str_escape(string):
    return _mapped(string, lambda t: regex.sub(r"([.^$\\|*+?{}\[\]()])", r"\\\1", t))


@library.function("str_like(string, pattern, ignore_case = TRUE)")
def str_like(string, pattern, ignore_case):
    """SQL's LIKE: `%` any text, `_` one character."""
    flags = regex.IGNORECASE if one_flag(ignore_case, "ignore_case") else 0
    shape = regex.escape(one_string(pattern, "pattern"), literal_spaces=True)
    shape = shape.replace("%", ".*").replace("_", ".")
    found = regex.compile(f"^{shape}$", flags | regex.DOTALL)
    return logical([None if t is None else found.match(t) is not None for t in texts_of(string)])


@library.function("invert_match(loc)")
def invert_match(loc):
    """The places between matches, from a matrix of str_locate_all."""
    rows = loc.data.reshape(loc.dim, order="F")
    starts, ends = [0, *(int(e) + 1 for e in rows[:, 1])], [*(int(s) - 1 for s in rows[:, 0]), -1]
    names = rlist([character(["", "end"]) if len(rows) == 1 else NULL, character(["start", "end"])])
    return integer([*starts, *ends], {"dim": integer([len(starts), 2]), "dimnames": names})


@library.function("str_sub_all(string, start = 1L, end = -1L)")
def str_sub_all(string, start, end):
    texts = texts_of(string)
    starts = elements(start) if start.type == "list" else [start] * len(texts)
    ends = elements(end) if end.type == "list" else [end] * len(texts)
    return rlist([str_sub(character(t), s, e) for t, s, e in zip(texts, starts, ends, strict=True)])


@library.function("word(string, start = 1L, end = start, sep = NULL)")
def word(string, start, end, sep):
    between = " " if sep is NULL else one_string(sep, "sep")
    out: Texts = []
    for text, first, last in _ranges(string, start, end):
        words = [] if text is None else text.split(between)
        a = len(words) + first if first < 0 else first - 1
        b = len(words) + last + 1 if last < 0 else last
        out.append(between.join(words[a:b]) if text is not None and 0 <= a < len(words) >= b > a else None)
    return character(out)


@library.function(
    "str_view(string, pattern = NULL, match = TRUE, html = FALSE, use_escapes = FALSE)", "str_view_all"
)
def str_view(string, pattern, match, html, use_escapes):
    """The texts that match, with the matches between < and >."""
    texts = texts_of(string)
    patterns = [None] * len(texts) if pattern is NULL else [p for _, p in pairs(texts, compiled(pattern))]
    wanted = None if bool(match.is_na()[0]) else one_flag(match, "match")
    rows: list[str | None] = []
    places: list[int] = []
    for i, (text, p) in enumerate(zip(texts, patterns, strict=True), 1):
        found = text is not None and (p is None or search(p, text) is not None)
        if pattern is not NULL and wanted is not None and found != wanted:
            continue
        rows.append(text if p is None or text is None else _marked(text, find_all(p, text)))
        places.append(i)
    attributes = {"class": character(["stringr_view"]), "id": integer(places)}
    return RVector("character", character([*rows, None]).data[:-1], attributes)


def _marked(text: str, matches: list[Any]) -> str:
    out, at = "", 0
    for m in matches:
        out += f"{text[at : m.start()]}<{m.group()}>"
        at = m.end()
    return out + text[at:]


@method("print.stringr_view(x, ..., n = 20)", "print", "stringr_view", invisible=True)
def print_view(x, dots, n):
    labels = [f"[{i}]" for i in x.attribute("id").data]
    width = max(map(len, labels), default=0)
    texts = ["NA" if t is None else t.replace("\n", "\n" + " " * width + " │ ") for t in x.data]
    shown = [f"{label.rjust(width)} │ {t}" for label, t in zip(labels, texts, strict=True)]
    session.write("".join(f"{line}\n" for line in shown))
    return x
