"""R's regular expression functions: grepl, sub, gsub, regexpr, gregexpr, regexec, regmatches, strsplit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate, chain, cycle, islice
from typing import Any

import numpy as np
import regex

from ...errors import Code, UserError
from ..conditions import warn
from ..limits import TEXT_LIMIT, guard_text
from ..registry import builtin
from ..regular_expressions.patterns import (
    MOST_FILLED,
    MOST_MATCHES,
    Found,
    Pattern,
    compile_pattern,
    refuse_more,
    whole,
)
from ..values import NULL, RVector, character, integer, logical, rlist
from ..vectors.coerce import coerce, factor_or_text, one_flag, strings

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
    return compile_pattern(pattern, ignore and not as_fixed, as_perl and not as_fixed, as_fixed)


def _found(wanted: str | None, x: Any, options: tuple[Any, Any, Any]) -> tuple[Texts, list[bool | None]]:
    """The texts, and whether the pattern is in each: None for NA."""
    texts = _texts(x)
    if wanted is None:
        return texts, [None] * len(texts)
    compiled = _compiled(wanted, *options)
    return texts, compiled.matches(texts)


@builtin("grepl(pattern, x, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def grepl(pattern, x, ignore_case, perl, fixed, use_bytes):
    wanted = _first(pattern, "pattern")
    _, hits = _found(wanted, x, (ignore_case, perl, fixed))
    if wanted is None:
        return logical(hits)
    return logical(np.fromiter(map(bool, hits), dtype=bool, count=len(hits)))


@builtin(
    "grep(pattern, x, ignore.case = FALSE, perl = FALSE, value = FALSE, fixed = FALSE, useBytes = FALSE,"
    " invert = FALSE)"
)
def grep(pattern, x, ignore_case, perl, value, fixed, use_bytes, invert):
    wanted = _first(pattern, "pattern")
    texts, hits = _found(wanted, x, (ignore_case, perl, fixed))
    inverted, of_text = one_flag(invert, "invert"), one_flag(value, "value")
    names = x.names if isinstance(x, RVector) and of_text else None
    if wanted is None:
        nothing: list[Any] = [None] * len(hits)
        return (
            character(nothing, {"names": character(names)} if names else None)
            if of_text
            else integer(nothing)
        )
    where = np.flatnonzero(np.fromiter(map(bool, hits), dtype=bool, count=len(hits)) != inverted).tolist()
    if not of_text:
        return integer([i + 1 for i in where])
    return character(
        [texts[i] for i in where], {"names": character([names[i] for i in where])} if names else None
    )


# --- replacement -------------------------------------------------------------------------------------------

Group = Callable[[int], "str | None"]
Replace = Callable[[Group], str]
"""What stands for a match, made of its groups."""


def _plain_replacement(template: str) -> Replace:
    r"""`\1` to `\9` stand for groups; any other backslash is dropped."""
    pieces = regex.findall(r"\\(.)|\\$|([^\\]+)", template, regex.DOTALL)
    if "\\" not in template:
        return lambda group: template

    def fill(group: Group) -> str:
        out = []
        for escaped, literal in pieces:
            if escaped and escaped in "123456789":
                out.append(_group(group, int(escaped)))
            else:
                out.append(escaped or literal)
        return "".join(out)

    return fill


def _group(group: Group, k: int) -> str:
    try:
        return group(k) or ""
    except IndexError:
        return ""


def _perl_replacement(template: str) -> Replace:
    r"""As `_plain_replacement`, and \U, \L, \E change the case of the groups behind them."""
    if not regex.search(r"\\[ULE]", template):
        return _plain_replacement(template)
    pieces = regex.findall(r"\\(.)|\\$|([^\\]+)", template, regex.DOTALL)
    cases: dict[str, Callable[[str], str]] = {"U": str.upper, "L": str.lower, "E": str}

    def fill(group: Group) -> str:
        out, change = [], cases["E"]
        for escaped, literal in pieces:
            if escaped in cases:
                change = cases[escaped]
            elif escaped and escaped in "123456789":
                out.append(change(_group(group, int(escaped))))
            else:
                out.append(escaped or literal)
        return "".join(out)

    return fill


def _standard_template(template: str, groups: int) -> str:
    """The replacement as the standard library's engine writes it."""
    out = []
    for escaped, literal in regex.findall(r"\\(.)|\\$|([^\\]+)", template, regex.DOTALL):
        if escaped and escaped in "123456789":
            out.append(rf"\g<{escaped}>" if int(escaped) <= groups else "")
        else:
            out.append(r"\\" if escaped == "\\" else escaped or literal)
    return "".join(out)


def _all_replaced(text: str | None, wanted: str, template: str, every: bool) -> str | None:
    if text is None:
        return None
    if every and len(text) * len(template) > TEXT_LIMIT:
        guard_text(len(text) + text.count(wanted) * (len(template) - len(wanted)))
    return text.replace(wanted, template, -1 if every else 1)


def _stands_for_itself(pattern: str, template: str, ignore_case: Any) -> bool:
    """Whether pattern and replacement are nothing but letters and digits, so that no engine is needed."""
    return pattern.isalnum() and "\\" not in template and not one_flag(ignore_case, "ignore.case")


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
    if fixed and wanted == "":
        raise UserError("zero-length pattern", code=Code.VALUE, cure="give a text to search for")
    if template is not None and (fixed or _stands_for_itself(wanted, template, options[0])):
        return character([_all_replaced(t, wanted, template, every) for t in texts], attributes)
    fill = _perl_replacement if one_flag(options[1], "perl") else _plain_replacement
    replace = fill(template) if template is not None else None
    quick = compiled.for_all_in(texts) if every else compiled.for_texts(texts)
    if quick and replace is not None:
        wanted_text = _standard_template(template or "", quick.groups) if fill is _plain_replacement else None
        by = wanted_text if wanted_text is not None else lambda match: replace(match.group)
        most = (
            (MOST_MATCHES if template is not None and "\\" not in template else MOST_FILLED) if every else 1
        )
        made = [quick.subn(by, t, most) for t in texts]
        return character([whole(each, most) if every else each[0] for each in made], attributes)
    if every and template is not None and "\\" not in template and compiled.simple:
        return character(compiled.substituted(texts, template), attributes)
    return character([_replaced(compiled, t, replace, every) for t in texts], attributes)


def _replaced(compiled: Pattern, text: str | None, replace: Replace | None, every: bool) -> str | None:
    if text is None:
        return None
    out, last = [], 0
    for found in islice(compiled.each_replaced(text), MOST_FILLED if every else 1):
        if replace is None:
            return None
        out += [text[last : found.start], replace(found.groups)]
        last = found.end
    if len(out) >= 2 * MOST_FILLED:
        refuse_more(MOST_FILLED)
    return "".join([*out, text[last:]]) if out else text


@builtin("sub(pattern, replacement, x, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def sub(pattern, replacement, x, ignore_case, perl, fixed, use_bytes):
    return _substitute(pattern, replacement, x, (ignore_case, perl, fixed), every=False)


@builtin("gsub(pattern, replacement, x, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def gsub(pattern, replacement, x, ignore_case, perl, fixed, use_bytes):
    return _substitute(pattern, replacement, x, (ignore_case, perl, fixed), every=True)


# --- places ------------------------------------------------------------------------------------------------


def _search_of(pattern: Any, text: Any, use_bytes: Any) -> tuple[str, Texts, bool]:
    """The pattern, the texts, and whether places count bytes: then each byte is a character of its own."""
    wanted, texts = _first(pattern, "pattern"), _texts(text)
    if wanted is None:
        raise UserError("invalid 'pattern' argument", code=Code.ARGUMENT, cause="the pattern is NA")
    if wanted.isascii() and all(t is None or t.isascii() for t in texts):
        return wanted, texts, True
    if not one_flag(use_bytes, "useBytes"):
        return wanted, texts, False
    return _bytes(wanted), [None if t is None else _bytes(t) for t in texts], True


def _bytes(text: str) -> str:
    return text.encode().decode("latin-1")


def _places(starts: Any, lengths: Any, in_bytes: bool) -> RVector:
    """Start positions with their lengths as attribute, as R returns matches."""
    attributes: dict[str, Any] = {"match.length": integer(lengths)}
    if in_bytes:
        attributes |= {"index.type": character("chars"), "useBytes": logical(True)}
    return integer(starts, attributes)


def _captures(matches: list[Found | None], compiled: Pattern, texts: Texts | None = None) -> dict[str, Any]:
    """The groups' places, which R adds when perl = TRUE; NA where the text is."""
    names = compiled.group_names
    spans: list[tuple[Any, Any]] = []
    for k in range(len(names)):
        for i, match in enumerate(matches):
            start, end = match.spans(k + 1) if match else (-2, -3)
            missing = texts is not None and texts[i] is None
            spans.append((None, None) if missing else (max(start + 1, -1), end - start))
    labels = character(names)
    shape = {
        "dim": integer([len(matches), len(names)]),
        "dimnames": rlist([NULL, labels]),
    }
    return {
        "capture.start": integer([s for s, _ in spans], dict(shape)),
        "capture.length": integer([n if s != 0 else 0 for s, n in spans], dict(shape)),
        "capture.names": labels,
    }


@builtin("regexpr(pattern, text, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def regexpr(pattern, text, ignore_case, perl, fixed, use_bytes):
    wanted, texts, in_bytes = _search_of(pattern, text, use_bytes)
    compiled = _compiled(wanted, ignore_case, perl, fixed)
    captures = bool(compiled.group_names) and one_flag(perl, "perl")
    if not captures and (quick := compiled.for_texts(texts)):
        spans = [m.span() if m else (-2, -1) for m in map(quick.search, texts)]
        edges = np.array(spans, dtype=np.int32).reshape(-1, 2)
        return _places(edges[:, 0] + 1, np.where(edges[:, 0] < 0, -1, edges[:, 1] - edges[:, 0]), in_bytes)
    matches = [None if t is None else compiled.search(t) for t in texts]
    starts = [None if t is None else m.start + 1 if m else -1 for t, m in zip(texts, matches, strict=True)]
    lengths = [
        None if t is None else m.end - m.start if m else -1 for t, m in zip(texts, matches, strict=True)
    ]
    places = _places(starts, lengths, in_bytes)
    if captures:
        places.attributes = {**(places.attributes or {}), **_captures(matches, compiled, texts)}
    return places


@builtin("gregexpr(pattern, text, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def gregexpr(pattern, text, ignore_case, perl, fixed, use_bytes):
    wanted, texts, in_bytes = _search_of(pattern, text, use_bytes)
    compiled = _compiled(wanted, ignore_case, perl, fixed)
    with_captures = bool(compiled.group_names) and one_flag(perl, "perl")
    if not with_captures and (quick := compiled.for_all_in(texts)):
        return rlist(_quick_places(quick, texts, in_bytes))
    return rlist([_all_places(compiled, t, in_bytes, with_captures) for t in texts])


def _quick_places(quick: Any, texts: Texts, in_bytes: bool) -> list[RVector]:
    """All matches in each text, as `_all_places` gives them."""
    spans = [[match.span() for match in quick.finditer(text)] or _NOWHERE for text in texts]
    edges = np.array(list(chain.from_iterable(spans)), dtype=np.int32).reshape(-1, 2)
    starts, lengths = edges[:, 0] + 1, np.where(edges[:, 0] < 0, -1, edges[:, 1] - edges[:, 0])
    shared = {"index.type": character("chars"), "useBytes": logical(True)} if in_bytes else {}
    out, at = [], 0
    for count in map(len, spans):
        end = at + count
        own = {"match.length": RVector("integer", lengths[at:end])}
        out.append(RVector("integer", starts[at:end], own | shared))
        at = end
    return out


_NOWHERE = [(-2, -1)]
"""Stands for "no match" among places: R's start and length are -1."""


def _names(x: Any) -> list[str | None] | None:
    return x.names if isinstance(x, RVector) else None


def _all_places(compiled: Pattern, text: str | None, in_bytes: bool, with_captures: bool) -> RVector:
    if text is None:
        return integer([None], {"match.length": integer([None])})
    found: list[Found | None] = list(compiled.each(text))
    matches = [m for m in found if m is not None]
    starts = [m.start + 1 for m in matches] or [-1]
    lengths = [m.end - m.start for m in matches] or [-1]
    places = _places(starts, lengths, in_bytes)
    if with_captures:
        places.attributes = {**(places.attributes or {}), **_captures(found or [None], compiled)}
    return places


@builtin("regexec(pattern, text, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def regexec(pattern, text, ignore_case, perl, fixed, use_bytes):
    wanted, texts, in_bytes = _search_of(pattern, text, use_bytes)
    compiled = _compiled(wanted, ignore_case, perl, fixed)
    if quick := compiled.for_texts(texts):
        places = [_groups_of(quick.search(t), quick.groups, in_bytes) for t in texts]
    else:
        places = [_with_groups(compiled, t, in_bytes) for t in texts]
    if one_flag(perl, "perl"):
        places = [_in_order_of_perl(p) for p in places]
    return rlist(places)


def _with_groups(compiled: Pattern, text: str | None, in_bytes: bool) -> RVector:
    if text is None:
        return integer([None], {"match.length": integer([None])})
    found = compiled.search(text)
    if found is None:
        return _places([-1], [-1], in_bytes)
    spans = [found.spans(k) for k in range(compiled.compiled.groups + 1)]
    starts = [s + 1 if s >= 0 else 0 for s, _ in spans]
    return _places(starts, [max(0, e - s) for s, e in spans], in_bytes)


def _groups_of(match: Any, groups: int, in_bytes: bool) -> RVector:
    """As `_with_groups`, of a match by the standard library."""
    if match is None:
        return _places([-1], [-1], in_bytes)
    spans = [match.span(k) for k in range(groups + 1)]
    return _places([max(0, s + 1) for s, _ in spans], [e - s for s, e in spans], in_bytes)


def _in_order_of_perl(places: RVector) -> RVector:
    """With perl = TRUE R's regexec lists useBytes before index.type."""
    attributes = dict(places.attributes or {})
    if "index.type" in attributes:
        attributes["index.type"] = attributes.pop("index.type")
    return places.with_attributes(attributes)


@builtin("gregexec(pattern, text, ignore.case = FALSE, perl = FALSE, fixed = FALSE, useBytes = FALSE)")
def gregexec(pattern, text, ignore_case, perl, fixed, use_bytes):
    wanted, texts, in_bytes = _search_of(pattern, text, use_bytes)
    compiled = _compiled(wanted, ignore_case, perl, fixed)
    return rlist([_all_groups(compiled, t, in_bytes) for t in texts])


def _all_groups(compiled: Pattern, text: str | None, in_bytes: bool) -> RVector:
    """One column a match, its groups below each other."""
    if text is None:
        return integer([None], {"match.length": integer([None])})
    matches = list(compiled.each(text))
    if not matches:
        return _places([-1], [-1], in_bytes)
    spans = [m.spans(k) for m in matches for k in range(compiled.compiled.groups + 1)]
    shape = {"dim": integer([compiled.compiled.groups + 1, len(matches)])}
    starts = integer([s + 1 if s >= 0 else 0 for s, _ in spans], dict(shape))
    lengths = integer([max(0, e - s) for s, e in spans], dict(shape))
    return starts.with_attributes(
        {**shape, "match.length": lengths, "useBytes": logical(in_bytes), "index.type": character("chars")}
    )


def _pieces(text: str | None, places: RVector, invert: bool) -> Texts:
    lengths = (places.attributes or {})["match.length"].data.tolist()
    spans = [(s - 1, s - 1 + n) for s, n in zip(places.data.tolist(), lengths, strict=True) if n >= 0]
    if text is None:
        return [None] if invert else []
    if not text.isascii() and (flag := places.attribute("useBytes")) is not None and flag.data[0]:
        found = _pieces(_bytes(text), places.with_attribute("useBytes", None), invert)
        return [None if f is None else f.encode("latin-1").decode(errors="replace") for f in found]
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
        parts = [
            character(_pieces(t, p, inverted), None if inverted else _shape(p))
            for t, p in zip(texts, m.data, strict=True)
        ]
        return rlist(parts, names)
    lengths, of_bytes = m.attribute("match.length").data, m.attribute("useBytes") is not None
    if not inverted and names is None and not (of_bytes and not all(t is None or t.isascii() for t in texts)):
        edges = zip(texts, m.data.tolist(), lengths.tolist(), strict=True)
        return character([t[s - 1 : s - 1 + n] for t, s, n in edges if t is not None and n >= 0])
    single = [_places([s], [n], of_bytes) for s, n in zip(m.data, lengths, strict=True)]
    if inverted:
        return rlist([character(_pieces(t, p, True)) for t, p in zip(texts, single, strict=True)], names)
    kept = [i for i, n in enumerate(lengths) if n >= 0 and texts[i] is not None]
    found = [_pieces(texts[i], single[i], False)[0] for i in kept]
    return character(found, {"names": character([names[i] for i in kept])} if names else None)


def _shape(places: RVector) -> dict[str, Any] | None:
    dim = places.attribute("dim")
    return None if dim is None else {"dim": dim}


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
    if text is None:
        return "NA" if fresh else None  # R pastes
    if len(kept) == 1 or not fresh:
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
    texts = x.data.tolist()
    splitters = [_splitter(s, one_flag(fixed, "fixed"), one_flag(perl, "perl"), texts) for s in separators]
    if len(splitters) == 1:
        parts = [_NA_ALONE if text is None else splitters[0](text) for text in texts]
    else:
        turns = zip(texts, cycle(splitters), strict=False)
        parts = [_NA_ALONE if text is None else splitter(text) for text, splitter in turns]
    return rlist(cut_apart(parts), x.names)


_NA_ALONE: Texts = [None]


def cut_apart(parts: list[Texts]) -> list[RVector]:
    """A character vector of each of the lists; they share one array."""
    sizes = list(map(len, parts))
    joined = np.fromiter(chain.from_iterable(parts), dtype=object, count=sum(sizes))
    ends = list(accumulate(sizes))
    return [RVector("character", joined[end - size : end]) for end, size in zip(ends, sizes, strict=True)]


def _splitter(separator: str | None, fixed: bool, perl: bool, texts: Texts) -> Callable[[str], Texts]:
    if separator is None:
        return lambda text: [text]
    if separator == "":
        return list
    if fixed or (len(separator) == 1 and separator not in ".^$*+?()[]{}|\\"):
        return lambda text: _without_last_empty(text.split(separator))
    compiled = compile_pattern(separator, perl=perl)
    quick = compiled.for_all_in(texts)
    if quick and not quick.groups and compiled.quick is not None and compiled.quick.alone:
        return lambda text: _without_last_empty(quick.split(text))
    if compiled.simple:
        return lambda text: _without_last_empty(compiled.parts(text))
    looks_back = _LOOKS_BACK.search(separator) is not None
    return lambda text: _split(text, compiled, looks_back)


def _without_last_empty(parts: list[str]) -> Texts:
    if parts[-1] == "":
        del parts[-1]
    return parts  # type: ignore[return-value]


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
