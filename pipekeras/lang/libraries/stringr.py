"""stringr: str_* functions on the regular expressions of base R (ICU's syntax is near Perl's)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import regex

from ...errors import Code, UserError
from ..evaluator.calls import apply
from ..generics import as_text
from ..lookup import is_function
from ..registry import Context
from ..values import NULL, RVector, character, integer, logical, rlist
from ..vectors.coerce import has_class, one_flag, one_int, one_string
from .aborting import abort
from .lambdas import as_mapper
from .library import Library

library = Library("stringr")

Texts = list[str | None]
TIME_LIMIT = 2.0


# --- patterns ----------------------------------------------------------------------------------------------


def _modifier(kind: str, pattern: Any, **options: Any) -> RVector:
    attributes: dict[str, Any] = {"options": rlist(options.values(), options.keys())}
    attributes["class"] = character([f"stringr_{kind}", "stringr_pattern", "character"])
    return RVector("character", as_text(pattern).data.copy(), attributes)


@library.function("fixed(pattern, ignore_case = FALSE)")
def fixed(pattern, ignore_case):
    return _modifier("fixed", pattern, case_insensitive=ignore_case)


@library.function("coll(pattern, ignore_case = FALSE, locale = 'en', ...)")
def coll(pattern, ignore_case, locale, dots):
    return _modifier("fixed", pattern, case_insensitive=ignore_case)


@library.function(
    "regex(pattern, ignore_case = FALSE, multiline = FALSE, comments = FALSE, dotall = FALSE, ...)"
)
def regex_(pattern, ignore_case, multiline, comments, dotall, dots):
    return _modifier(
        "regex",
        pattern,
        case_insensitive=ignore_case,
        comments=comments,
        dotall=dotall,
        multiline=multiline,
    )


@library.function(
    "boundary(type = c('character', 'line_break', 'sentence', 'word'), skip_word_none = NA, ...)"
)
def boundary(type_, skip_word_none, dots):
    return _modifier("boundary", type_)


_FLAGS = {
    "case_insensitive": regex.IGNORECASE,
    "multiline": regex.MULTILINE,
    "comments": regex.VERBOSE,
    "dotall": regex.DOTALL,
}
_BOUNDARIES = {
    "character": r"\X",
    "word": r"[\p{L}\p{N}_]+(?:['’.][\p{L}\p{N}_]+)*",
    "sentence": r"[^.!?]+(?:[.!?]+\s*|$)",
    "line_break": r"\S+\s*",
}


def compiled(pattern: Any) -> list[Any]:
    """The patterns of an argument, ready to search; None for NA."""
    if not isinstance(pattern, RVector):
        raise abort("`pattern` must be a string.", "str_detect")
    texts = list(as_text(pattern.with_attributes(None) if pattern.type == "character" else pattern).data)
    if has_class(pattern, "stringr_boundary"):
        return [_compile(_BOUNDARIES[texts[0]], 0)]
    options = pattern.attribute("options")
    flags = 0
    if options is not None:
        for name, value in zip(options.names, options.data, strict=True):
            if one_flag(value, name):
                flags |= _FLAGS[name]
    if has_class(pattern, "stringr_fixed"):
        return [None if t is None else _compile(regex.escape(t), flags) for t in texts]
    return [None if t is None else _compile(t, flags) for t in texts]


def _compile(text: str, flags: int) -> Any:
    try:
        return regex.compile(text, flags | regex.V1)
    except regex.error as error:
        raise UserError(f"Error in regular expression: {text}", code=Code.VALUE, cause=str(error)) from None


def _guard(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except TimeoutError:
        raise UserError(
            "regular expression takes too long", code=Code.LIMIT, cure="make the pattern less repetitive"
        ) from None


def search(compiled_pattern: Any, text: str) -> Any:
    return _guard(lambda: compiled_pattern.search(text, timeout=TIME_LIMIT))


def find_all(compiled_pattern: Any, text: str) -> list[Any]:
    return _guard(lambda: list(compiled_pattern.finditer(text, timeout=TIME_LIMIT)))


def texts_of(string: Any) -> Texts:
    if string is NULL:
        return []
    if not isinstance(string, RVector) or string.type == "list":
        raise abort("`string` must be a vector, not a list.", "str_detect")
    return list(as_text(string).data)


def pairs(texts: Texts, others: list[Any]) -> list[tuple[Any, Any]]:
    """Both recycled to one length."""
    if not texts or not others:
        return []
    size = max(len(texts), len(others))
    for n in (len(texts), len(others)):
        if n not in (1, size):
            raise abort(
                f"Can't recycle `string` (size {len(texts)}) to match `pattern` (size {len(others)})."
            )
    return [(texts[i % len(texts)], others[i % len(others)]) for i in range(size)]


def each_pair(string: Any, pattern: Any, work: Callable[[str, Any], Any]) -> list[Any]:
    """The work on each text and pattern; None where one of them is NA."""
    return [
        None if text is None or p is None else work(text, p)
        for text, p in pairs(texts_of(string), compiled(pattern))
    ]


def _negated(flags: list[Any], negate: Any) -> list[Any]:
    return [None if f is None else not f for f in flags] if one_flag(negate, "negate") else flags


# --- finding -----------------------------------------------------------------------------------------------


def detected(string: Any, pattern: Any, negate: Any) -> list[Any]:
    return _negated(each_pair(string, pattern, lambda t, p: search(p, t) is not None), negate)


@library.function("str_detect(string, pattern, negate = FALSE)")
def str_detect(string, pattern, negate):
    return logical(detected(string, pattern, negate))


def _anchored(string: Any, pattern: Any, negate: Any, before: str, behind: str) -> RVector:
    def test(text: str, p: Any) -> bool:
        anchored = regex.compile(f"{before}(?:{p.pattern}){behind}", p.flags)
        return search(anchored, text) is not None

    return logical(_negated(each_pair(string, pattern, test), negate))


@library.function("str_starts(string, pattern, negate = FALSE)")
def str_starts(string, pattern, negate):
    return _anchored(string, pattern, negate, r"\A", "")


@library.function("str_ends(string, pattern, negate = FALSE)")
def str_ends(string, pattern, negate):
    return _anchored(string, pattern, negate, "", r"\Z")


@library.function("str_which(string, pattern, negate = FALSE)")
def str_which(string, pattern, negate):
    return integer([i + 1 for i, f in enumerate(detected(string, pattern, negate)) if f])


@library.function("str_subset(string, pattern, negate = FALSE)")
def str_subset(string, pattern, negate):
    flags = detected(string, pattern, negate)
    return character([t for t, f in zip(texts_of(string), flags, strict=False) if f])


@library.function("str_count(string, pattern = '')")
def str_count(string, pattern):
    if pattern.type == "character" and pattern.data[0] == "":
        return integer([None if t is None else len(t) for t in texts_of(string)])
    return integer(each_pair(string, pattern, lambda t, p: len(find_all(p, t))))


@library.function("str_extract(string, pattern, group = NULL)")
def str_extract(string, pattern, group):
    which = 0 if group is NULL else one_int(group, "group")

    def work(text: str, p: Any) -> str | None:
        found = search(p, text)
        return None if found is None else found.group(which)

    return character(each_pair(string, pattern, work))


def matrix(rows: list[list[Any]], width: int) -> RVector:
    cells = [row[j] if j < len(row) else "" for j in range(width) for row in rows]
    return character(cells, {"dim": integer([len(rows), width])})


@library.function("str_extract_all(string, pattern, simplify = FALSE)")
def str_extract_all(string, pattern, simplify):
    found = each_pair(string, pattern, lambda t, p: [m.group() for m in find_all(p, t)])
    rows = [[None] if r is None else r for r in found]
    if one_flag(simplify, "simplify"):
        return matrix(rows, max((len(r) for r in rows), default=0))
    return rlist([character(r) for r in rows])


@library.function("str_match(string, pattern)")
def str_match(string, pattern):
    width = 1 + max((p.groups for p in compiled(pattern) if p is not None), default=0)

    def work(text: str, p: Any) -> list[Any]:
        found = search(p, text)
        return [None] * width if found is None else [found.group(k) for k in range(width)]

    rows = [[None] * width if r is None else r for r in each_pair(string, pattern, work)]
    return character([row[j] for j in range(width) for row in rows], {"dim": integer([len(rows), width])})


@library.function("str_match_all(string, pattern)")
def str_match_all(string, pattern):
    width = 1 + max((p.groups for p in compiled(pattern) if p is not None), default=0)

    def work(text: str, p: Any) -> list[list[Any]]:
        return [
            [m.group(k) if m.group(k) is not None else "" for k in range(width)] for m in find_all(p, text)
        ]

    out = []
    for rows in each_pair(string, pattern, work):
        rows = [[None] * width] if rows is None else rows
        out.append(
            character([r[j] for j in range(width) for r in rows], {"dim": integer([len(rows), width])})
        )
    return rlist(out)


def _located(places: list[tuple[Any, Any]]) -> RVector:
    labels = rlist([NULL, character(["start", "end"])])
    cells = [s for s, _ in places] + [e for _, e in places]
    return integer(cells, {"dim": integer([len(places), 2]), "dimnames": labels})


@library.function("str_locate(string, pattern)")
def str_locate(string, pattern):
    def work(text: str, p: Any) -> tuple[Any, Any]:
        found = search(p, text)
        return (None, None) if found is None else (found.start() + 1, found.end())

    return _located([(None, None) if r is None else r for r in each_pair(string, pattern, work)])


@library.function("str_locate_all(string, pattern)")
def str_locate_all(string, pattern):
    found = each_pair(string, pattern, lambda t, p: [(m.start() + 1, m.end()) for m in find_all(p, t)])
    return rlist([_located([(None, None)] if r is None else r) for r in found])


# --- replacing ---------------------------------------------------------------------------------------------


def _template(text: str, is_fixed: bool) -> Callable[[Any], str]:
    """R's `\\1` in a replacement; everything else is itself."""
    if is_fixed:
        return lambda m: text
    parts = regex.split(r"\\(\d|.)", text)

    def fill(m: Any) -> str:
        out = parts[0]
        for i in range(1, len(parts), 2):
            mark = parts[i]
            out += (m.group(int(mark)) or "") if mark.isdigit() else mark
            out += parts[i + 1]
        return out

    return fill


def _replaced(ctx: Context, string: Any, pattern: Any, replacement: Any, every: bool) -> RVector:
    texts = texts_of(string)
    if isinstance(pattern, RVector) and pattern.names and replacement is None:
        for old, new in zip(pattern.names, pattern.data, strict=True):
            texts = _replace_one(texts, [_compile(old or "", 0)], [_template(new, False)], every)
        return character(texts)
    patterns = compiled(pattern)
    is_fixed = has_class(pattern, "stringr_fixed")
    if is_function(replacement) or not isinstance(replacement, RVector):
        function = as_mapper(replacement, ctx)
        fills: list[Any] = [
            lambda m: as_text(apply(function, [(None, character(m.group()))], None, ctx.env)).data[0]
        ]
    else:
        fills = [None if t is None else _template(t, is_fixed) for t in as_text(replacement).data]
    return character(_replace_one(texts, patterns, fills, every))


def _replace_one(texts: Texts, patterns: list[Any], fills: list[Any], every: bool) -> Texts:
    size = max(len(texts), len(patterns), len(fills)) if texts else 0
    out: Texts = []
    for i in range(size):
        text, p, fill = texts[i % len(texts)], patterns[i % len(patterns)], fills[i % len(fills)]
        if text is None or p is None:
            out.append(None)
        elif fill is None:
            out.append(None if search(p, text) else text)
        else:
            count = 0 if every else 1
            out.append(_guard(lambda p=p, f=fill, t=text, c=count: p.sub(f, t, count=c, timeout=TIME_LIMIT)))
    return out


@library.function("str_replace(string, pattern, replacement)")
def str_replace(ctx, string, pattern, replacement=None):
    return _replaced(ctx, string, pattern, replacement, every=False)


@library.function("str_replace_all(string, pattern, replacement)")
def str_replace_all(ctx, string, pattern, replacement=None):
    return _replaced(ctx, string, pattern, replacement, every=True)


@library.function("str_remove(string, pattern)")
def str_remove(ctx, string, pattern):
    return _replaced(ctx, string, pattern, character(""), every=False)


@library.function("str_remove_all(string, pattern)")
def str_remove_all(ctx, string, pattern):
    return _replaced(ctx, string, pattern, character(""), every=True)


@library.function("str_replace_na(string, replacement = 'NA')")
def str_replace_na(string, replacement):
    fill = one_string(replacement, "replacement")
    return character([fill if t is None else t for t in texts_of(string)])
