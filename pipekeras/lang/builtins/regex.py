"""R's regular expression functions: grepl, sub, gsub, regexpr, gregexpr, regexec, regmatches, strsplit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import regex

from ...errors import Code, UserError
from ..coerce import coerce, factor_or_text, one_flag, strings
from ..conditions import warn
from ..patterns import Found, Pattern, compile_pattern
from ..registry import builtin
from ..values import NULL, RVector, character, integer, logical, rlist

Texts = list["str | None"]


def _texts(x: Any) -> Texts:
    """The text argument: as.character of whatever is given."""
    if isinstance(x, RVector):
        return list(factor_or_text(x).data)
    return list(coerce(x, "character").data)


def _first(value: Any, what: str) -> str | None:
    """The pattern or replacement: the first element, None for NA."""
    found = strings(value, what)
    if not found:
        raise UserError(f"invalid '{what}' argument", code=Code.ARGUMENT)
    if len(found) > 1:
        warn(f"argument '{what}' has length > 1 and only the first element will be used")
    return found[0]


def _compiled(pattern: str, ignore_case: Any, perl: Any, fixed: Any) -> Pattern:
    ignore, as_perl, as_fixed = (
        one_flag(ignore_case, "ignore.case"),
        one_flag(perl, "perl"),
        one_flag(fixed, "fixed"),
    )
    if as_fixed and ignore:
        warn("argument 'ignore.case = TRUE' will be ignored")
    if as_fixed and as_perl:
        warn("argument 'perl = TRUE' will be ignored")
    if as_fixed and pattern == "":
        raise UserError("zero-length pattern", code=Code.VALUE, cure="give a text to search for")
    return compile_pattern(pattern, ignore and not as_fixed, as_perl and not as_fixed, as_fixed)


def _found(pattern: Any, x: Any, options: tuple[Any, Any, Any]) -> tuple[Texts, list[bool | None]]:
    texts = _texts(x)
    wanted = _first(pattern, "pattern")
    if wanted is None:
        return texts, [None] * len(texts)
    compiled = _compiled(wanted, *options)
    return texts, compiled.matches(texts)


@builtin("grepl(pattern, x, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def grepl(pattern, x, ignore_case, perl, fixed, use_bytes):
    wanted_na = _first(pattern, "pattern") is None
    _, hits = _found(pattern, x, (ignore_case, perl, fixed))
    return logical([None if wanted_na else bool(hit) for hit in hits])


@builtin(
    "grep(pattern, x, ignore.case = FALSE, perl = FALSE, value = FALSE, fixed = FALSE, useBytes = FALSE,"
    " invert = FALSE)"
)
def grep(pattern, x, ignore_case, perl, value, fixed, use_bytes, invert):
    texts, hits = _found(pattern, x, (ignore_case, perl, fixed))
    inverted = one_flag(invert, "invert")
    where = [i for i, hit in enumerate(hits) if hit is None or bool(hit) != inverted]
    if hits and all(hit is None for hit in hits) and _first(pattern, "pattern") is None:
        return character([None] * len(hits)) if one_flag(value, "value") else integer([None] * len(hits))
    where = [i for i in where if hits[i] is not None or inverted]
    names = x.names if isinstance(x, RVector) else None
    attributes = {"names": character([names[i] for i in where])} if names else None
    if one_flag(value, "value"):
        return character([texts[i] for i in where], attributes)
    return integer([i + 1 for i in where], attributes)


# --- replacement -------------------------------------------------------------------------------------------

Replace = Callable[[Found], str]


def _plain_replacement(template: str) -> Replace:
    r"""`\1` to `\9` stand for groups; any other backslash is dropped."""
    pieces = regex.findall(r"\\(.)|\\$|([^\\]+)", template, regex.DOTALL)
    if "\\" not in template:
        return lambda found: template

    def fill(found: Found) -> str:
        out = []
        for escaped, literal in pieces:
            if escaped and escaped in "123456789":
                out.append(_group(found, int(escaped)))
            else:
                out.append(escaped or literal)
        return "".join(out)

    return fill


def _group(found: Found, k: int) -> str:
    try:
        return found.groups(k) or ""
    except IndexError:
        return ""


def _perl_replacement(template: str) -> Replace:
    r"""As `_plain_replacement`, and \U, \L, \E change the case of the groups behind them."""
    if not regex.search(r"\\[ULE0]", template):
        return _plain_replacement(template)
    pieces = regex.findall(r"\\(.)|\\$|([^\\]+)", template, regex.DOTALL)
    cases: dict[str, Callable[[str], str]] = {"U": str.upper, "L": str.lower, "E": str}

    def fill(found: Found) -> str:
        out, change = [], cases["E"]
        for escaped, literal in pieces:
            if escaped in cases:
                change = cases[escaped]
            elif escaped and escaped in "0123456789":
                out.append(change(_group(found, int(escaped))))
            else:
                out.append(escaped or literal)
        return "".join(out)

    return fill


def _substitute(
    pattern: Any, replacement: Any, x: Any, options: tuple[Any, Any, Any], every: bool
) -> RVector:
    texts = _texts(x)
    wanted, template = _first(pattern, "pattern"), _first(replacement, "replacement")
    attributes = (
        dict(x.attributes) if isinstance(x, RVector) and x.type == "character" and x.attributes else None
    )
    if wanted is None:
        return character([None] * len(texts), attributes)
    compiled = _compiled(wanted, *options)
    fixed = one_flag(options[2], "fixed")
    if fixed and template is not None:
        count = -1 if every else 1
        return character(
            [None if t is None else t.replace(wanted, template, count) for t in texts], attributes
        )
    if every and template is not None and "\\" not in template and compiled.simple:
        return character(compiled.substituted(texts, template), attributes)
    fill = _perl_replacement if one_flag(options[1], "perl") else _plain_replacement
    replace = fill(template) if template is not None else None
    return character([_replaced(compiled, t, replace, every) for t in texts], attributes)


def _replaced(compiled: Pattern, text: str | None, replace: Replace | None, every: bool) -> str | None:
    if text is None:
        return None
    out, last = [], 0
    for found in islice(compiled.each_replaced(text), None if every else 1):
        if replace is None:
            return None
        out += [text[last : found.start], replace(found)]
        last = found.end
    return "".join([*out, text[last:]]) if out else text


@builtin("sub(pattern, replacement, x, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def sub(pattern, replacement, x, ignore_case, perl, fixed, use_bytes):
    return _substitute(pattern, replacement, x, (ignore_case, perl, fixed), every=False)


@builtin("gsub(pattern, replacement, x, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def gsub(pattern, replacement, x, ignore_case, perl, fixed, use_bytes):
    return _substitute(pattern, replacement, x, (ignore_case, perl, fixed), every=True)


# --- places ------------------------------------------------------------------------------------------------


def _ascii(pattern: str, texts: Texts) -> bool:
    return pattern.isascii() and all(t is None or t.isascii() for t in texts)


def _places(starts: list[Any], lengths: list[Any], ascii_only: bool) -> RVector:
    """Start positions with their lengths as attribute, as R returns matches."""
    attributes: dict[str, Any] = {"match.length": integer(lengths)}
    if ascii_only:
        attributes |= {"index.type": character("chars"), "useBytes": logical(True)}
    return integer(starts, attributes)


def _captures(matches: list[Found | None], compiled: Pattern) -> dict[str, Any]:
    """The groups' places, which R adds when perl = TRUE."""
    names = compiled.group_names
    spans = [[m.spans(k + 1) if m else (-2, -1) for m in matches] for k in range(len(names))]
    starts = [s + 1 if s >= 0 else (0 if s == -1 else -1) for column in spans for s, _ in column]
    lengths = [e - s if s >= 0 else (0 if s == -1 else -1) for column in spans for s, e in column]
    labels = character(names)
    shape = {
        "dim": integer([len(matches), len(names)]),
        "dimnames": rlist([NULL, labels]),
    }
    return {
        "capture.start": integer(starts, dict(shape)),
        "capture.length": integer(lengths, dict(shape)),
        "capture.names": labels,
    }


@builtin("regexpr(pattern, text, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def regexpr(pattern, text, ignore_case, perl, fixed, use_bytes):
    texts = _texts(text)
    wanted = _first(pattern, "pattern")
    if wanted is None:
        return _places([None] * len(texts), [None] * len(texts), True)
    compiled = _compiled(wanted, ignore_case, perl, fixed)
    matches = [None if t is None else compiled.search(t) for t in texts]
    starts = [None if t is None else m.start + 1 if m else -1 for t, m in zip(texts, matches, strict=True)]
    lengths = [
        None if t is None else m.end - m.start if m else -1 for t, m in zip(texts, matches, strict=True)
    ]
    places = _places(starts, lengths, _ascii(wanted, texts))
    if compiled.group_names and one_flag(perl, "perl"):
        places.attributes = {**(places.attributes or {}), **_captures(matches, compiled)}
    return places


@builtin("gregexpr(pattern, text, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def gregexpr(pattern, text, ignore_case, perl, fixed, use_bytes):
    texts = _texts(text)
    wanted = _first(pattern, "pattern")
    if wanted is None:
        return rlist([integer([None], {"match.length": integer([None])}) for _ in texts])
    compiled = _compiled(wanted, ignore_case, perl, fixed)
    with_captures = bool(compiled.group_names) and one_flag(perl, "perl")
    ascii_only = _ascii(wanted, texts)
    return rlist([_all_places(compiled, t, ascii_only, with_captures) for t in texts], _names(text))


def _names(x: Any) -> list[str | None] | None:
    return x.names if isinstance(x, RVector) else None


def _all_places(compiled: Pattern, text: str | None, ascii_only: bool, with_captures: bool) -> RVector:
    if text is None:
        return integer([None], {"match.length": integer([None])})
    found: list[Found | None] = list(compiled.each(text))
    matches = [m for m in found if m is not None]
    starts = [m.start + 1 for m in matches] or [-1]
    lengths = [m.end - m.start for m in matches] or [-1]
    places = _places(starts, lengths, ascii_only)
    if with_captures:
        places.attributes = {**(places.attributes or {}), **_captures(found or [None], compiled)}
    return places


@builtin("regexec(pattern, text, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def regexec(pattern, text, ignore_case, perl, fixed, use_bytes):
    texts = _texts(text)
    compiled = _compiled(_first(pattern, "pattern") or "", ignore_case, perl, fixed)
    ascii_only = _ascii(strings(pattern, "pattern")[0] or "", texts)
    return rlist([_with_groups(compiled, t, ascii_only) for t in texts])


def _with_groups(compiled: Pattern, text: str | None, ascii_only: bool) -> RVector:
    if text is None:
        return integer([None], {"match.length": integer([None])})
    found = compiled.search(text)
    if found is None:
        return _places([-1], [-1], ascii_only)
    spans = [found.spans(k) for k in range(compiled.compiled.groups + 1)]
    starts = [s + 1 if s >= 0 else 0 for s, _ in spans]
    return _places(starts, [max(0, e - s) for s, e in spans], ascii_only)


def _pieces(text: str | None, places: RVector, invert: bool) -> Texts:
    lengths = places.attribute("match.length").data
    spans = [(int(s) - 1, int(s) - 1 + int(n)) for s, n in zip(places.data, lengths, strict=True) if n >= 0]
    if text is None:
        return [None] if invert else []
    if not invert:
        return [text[s:e] for s, e in spans]
    bounds = [0, *(edge for span in spans for edge in span), len(text)]
    return [text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)]


@builtin("regmatches(x, m, invert = FALSE)")
def regmatches(x, m, invert):
    texts = _texts(x)
    inverted = one_flag(invert, "invert")
    if m.type != "list" and m.attribute("match.length") is None:
        raise UserError("‘m’ must be a match, as regexpr() gives it", code=Code.ARGUMENT)
    if len(m) != len(texts):
        raise UserError("‘x’ and ‘m’ must have the same length", code=Code.ARGUMENT)
    names = _names(x)
    if m.type == "list":
        return rlist([character(_pieces(t, p, inverted)) for t, p in zip(texts, m.data, strict=True)], names)
    lengths = m.attribute("match.length").data
    single = [_places([s], [n], False) for s, n in zip(m.data, lengths, strict=True)]
    if inverted:
        return rlist([character(_pieces(t, p, True)) for t, p in zip(texts, single, strict=True)], names)
    kept = [i for i, n in enumerate(lengths) if n >= 0 and texts[i] is not None]
    found = [_pieces(texts[i], single[i], False)[0] for i in kept]
    return character(found, {"names": character([names[i] for i in kept])} if names else None)


@builtin("`regmatches<-`(x, m, invert = FALSE, value)")
def set_regmatches(x, m, invert, value):
    texts = _texts(x)
    if m.type == "list":
        fresh = [_texts(v) for v in value.data] if value.type == "list" else [list(value.data)] * len(texts)
        places = list(m.data)
    else:
        lengths = m.attribute("match.length").data
        places = [_places([s], [n], False) for s, n in zip(m.data, lengths, strict=True)]
        given = _texts(value)
        order = iter(range(len(texts)))
        fresh = [[given[next(order) % len(given)]] if n >= 0 and given else [] for n in lengths]
    attributes = dict(x.attributes) if x.attributes else None
    joined = [_woven(t, p, f) for t, p, f in zip(texts, places, fresh, strict=True)]
    return character(joined, attributes)


def _woven(text: str | None, places: RVector, fresh: Texts) -> str | None:
    """The text with its matches replaced in order; too few replacements are used again."""
    kept = _pieces(text, places, True)
    if text is None or len(kept) == 1 or not fresh:
        return text
    out = [kept[0] or ""]
    for i, piece in enumerate(kept[1:]):
        out += [fresh[i % len(fresh)] or "", piece or ""]
    return "".join(out)


# --- splitting ---------------------------------------------------------------------------------------------

_LOOKS_BACK = regex.compile(r"\^|\\[bB<>AG]|\(\?<")
"""What may match differently when nothing stands before the rest of a text."""


@builtin("strsplit(x, split, fixed = FALSE, perl = FALSE, useBytes = FALSE)")
def strsplit(x, split, fixed, perl, use_bytes):
    if not isinstance(x, RVector) or x.type != "character":
        raise UserError("non-character argument", code=Code.TYPE, cure="convert it with as.character()")
    separators = strings(split, "split") or [""]
    splitters = [_splitter(s, one_flag(fixed, "fixed"), one_flag(perl, "perl")) for s in separators]
    parts = [
        character([None] if text is None else splitters[i % len(splitters)](text))
        for i, text in enumerate(x.data)
    ]
    return rlist(parts, x.names)


def _splitter(separator: str | None, fixed: bool, perl: bool) -> Callable[[str], Texts]:
    if separator is None:
        return lambda text: [text]
    if separator == "":
        return list
    if fixed or (len(separator) == 1 and separator not in ".^$*+?()[]{}|\\"):
        return lambda text: _without_last_empty(text.split(separator))
    compiled = compile_pattern(separator, perl=perl)
    if compiled.simple:
        return lambda text: _without_last_empty(compiled.parts(text))
    looks_back = _LOOKS_BACK.search(separator) is not None
    return lambda text: _split(text, compiled, looks_back)


def _without_last_empty(parts: list[str]) -> Texts:
    return list(parts[:-1] if parts[-1] == "" else parts)


def _split(text: str, compiled: Pattern, looks_back: bool) -> Texts:
    """R searches anew in the rest; a match that ends where the search began takes one character."""
    parts: Texts = []
    position = 0
    while position < len(text):
        base = position if looks_back or compiled.rest is not None else 0
        found = compiled.search(text[base:] if base else text, position - base)
        if found is None:
            parts.append(text[position:])
            return parts
        start, end = found.start + base, found.end + base
        if end > position:
            parts.append(text[position:start])
            position = end
        else:
            parts.append(text[position])
            position += 1
    return parts


@builtin("glob2rx(pattern, trim.head = FALSE, trim.tail = TRUE)")
def glob2rx(pattern, trim_head, trim_tail):
    def one(glob: str | None) -> str | None:
        if glob is None:
            return None
        expression = "^" + glob.replace(".", "\\.").replace("*", ".*").replace("?", ".")
        expression = regex.sub(r"([()\[{])", r"\\\1", expression) + "$"
        if one_flag(trim_tail, "trim.tail"):
            expression = expression.removesuffix(".*$") if expression.endswith(".*$") else expression
        if one_flag(trim_head, "trim.head"):
            expression = regex.sub(r"^\^\.\*", "", expression)
        return expression

    return character([one(glob) for glob in strings(pattern, "pattern")])
