"""stringr: str_* functions on the regular expressions of lang.patterns (ICU's syntax is near Perl's)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import regex

from ...errors import Code, UserError
from ..calls import apply
from ..coerce import coerce, elements, has_class, one_flag, one_int, one_string
from ..collate import collation_key
from ..environment import Environment
from ..format import display_width
from ..generics import as_text
from ..lookup import is_function
from ..registry import Context
from ..session import session
from ..values import NULL, Dots, RVector, character, integer, logical, rlist
from .aborting import abort
from .lambdas import as_mapper
from .library import Library, method

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


def _pairs(texts: Texts, others: list[Any]) -> list[tuple[Any, Any]]:
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


def _each(string: Any, pattern: Any, work: Callable[[str, Any], Any]) -> list[Any]:
    """The work on each text and pattern; None where one of them is NA."""
    return [
        None if text is None or p is None else work(text, p)
        for text, p in _pairs(texts_of(string), compiled(pattern))
    ]


def _negated(flags: list[Any], negate: Any) -> list[Any]:
    return [None if f is None else not f for f in flags] if one_flag(negate, "negate") else flags


# --- finding -----------------------------------------------------------------------------------------------


def detected(string: Any, pattern: Any, negate: Any) -> list[Any]:
    return _negated(_each(string, pattern, lambda t, p: search(p, t) is not None), negate)


@library.function("str_detect(string, pattern, negate = FALSE)")
def str_detect(string, pattern, negate):
    return logical(detected(string, pattern, negate))


def _anchored(string: Any, pattern: Any, negate: Any, before: str, behind: str) -> RVector:
    def test(text: str, p: Any) -> bool:
        anchored = regex.compile(f"{before}(?:{p.pattern}){behind}", p.flags)
        return search(anchored, text) is not None

    return logical(_negated(_each(string, pattern, test), negate))


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
    return integer(_each(string, pattern, lambda t, p: len(find_all(p, t))))


@library.function("str_extract(string, pattern, group = NULL)")
def str_extract(string, pattern, group):
    which = 0 if group is NULL else one_int(group, "group")

    def work(text: str, p: Any) -> str | None:
        found = search(p, text)
        return None if found is None else found.group(which)

    return character(_each(string, pattern, work))


def _matrix(rows: list[list[Any]], width: int) -> RVector:
    cells = [row[j] if j < len(row) else "" for j in range(width) for row in rows]
    return character(cells, {"dim": integer([len(rows), width])})


@library.function("str_extract_all(string, pattern, simplify = FALSE)")
def str_extract_all(string, pattern, simplify):
    found = _each(string, pattern, lambda t, p: [m.group() for m in find_all(p, t)])
    rows = [[None] if r is None else r for r in found]
    if one_flag(simplify, "simplify"):
        return _matrix(rows, max((len(r) for r in rows), default=0))
    return rlist([character(r) for r in rows])


@library.function("str_match(string, pattern)")
def str_match(string, pattern):
    width = 1 + max((p.groups for p in compiled(pattern) if p is not None), default=0)

    def work(text: str, p: Any) -> list[Any]:
        found = search(p, text)
        return [None] * width if found is None else [found.group(k) for k in range(width)]

    rows = [[None] * width if r is None else r for r in _each(string, pattern, work)]
    return character([row[j] for j in range(width) for row in rows], {"dim": integer([len(rows), width])})


@library.function("str_match_all(string, pattern)")
def str_match_all(string, pattern):
    width = 1 + max((p.groups for p in compiled(pattern) if p is not None), default=0)

    def work(text: str, p: Any) -> list[list[Any]]:
        return [
            [m.group(k) if m.group(k) is not None else "" for k in range(width)] for m in find_all(p, text)
        ]

    out = []
    for rows in _each(string, pattern, work):
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

    return _located([(None, None) if r is None else r for r in _each(string, pattern, work)])


@library.function("str_locate_all(string, pattern)")
def str_locate_all(string, pattern):
    found = _each(string, pattern, lambda t, p: [(m.start() + 1, m.end()) for m in find_all(p, t)])
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


# --- splitting and joining ---------------------------------------------------------------------------------


def _split(text: str, p: Any, limit: float) -> list[str]:
    out, last = [], 0
    for m in find_all(p, text):
        if len(out) + 1 >= limit:
            break
        if m.start() == m.end():
            continue
        out.append(text[last : m.start()])
        last = m.end()
    return [*out, text[last:]]


def _split_all(string: Any, pattern: Any, n: Any) -> list[list[Any]]:
    limit = float(n.data[0])
    if has_class(pattern, "stringr_boundary"):
        found = _each(string, pattern, lambda t, p: [m.group() for m in find_all(p, t)])
    elif pattern.type == "character" and len(pattern) == 1 and pattern.data[0] == "":
        found = [None if t is None else regex.findall(r"\X", t) for t in texts_of(string)]
    else:
        found = _each(string, pattern, lambda t, p: _split(t, p, limit))
    return [[None] if r is None else r for r in found]


@library.function("str_split(string, pattern, n = Inf, simplify = FALSE)")
def str_split(string, pattern, n, simplify):
    rows = _split_all(string, pattern, n)
    if simplify.data[0] == 1:
        return _matrix(rows, max((len(r) for r in rows), default=0))
    return rlist([character(r) for r in rows])


@library.function("str_split_fixed(string, pattern, n)")
def str_split_fixed(string, pattern, n):
    return _matrix(_split_all(string, pattern, n), one_int(n, "n"))


@library.function("str_split_1(string, pattern)")
def str_split_1(string, pattern):
    if len(string) != 1:
        raise abort("`string` must be a single string, not a character vector.", "str_split_1")
    return character(_split_all(string, pattern, integer(2147483647))[0])


@library.function("str_split_i(string, pattern, i)")
def str_split_i(string, pattern, i):
    k = one_int(i, "i")
    rows = _split_all(string, pattern, integer(2147483647))
    return character([r[k - 1 if k > 0 else k] if abs(k) <= len(r) else None for r in rows])


@library.function("str_c(..., sep = '', collapse = NULL)")
def str_c(dots, sep, collapse):
    columns = [texts_of(v) for _, v in dots if v is not NULL]
    size = 0 if any(not c for c in columns) else max((len(c) for c in columns), default=0)
    rows = [[c[i % len(c)] for c in columns] for i in range(size)]
    between = one_string(sep, "sep")
    out: Texts = [None if None in row else between.join(t or "" for t in row) for row in rows]
    return character(out) if collapse is NULL else _flat(out, one_string(collapse, "collapse"))


def _flat(texts: Texts, between: str) -> RVector:
    return character([None if None in texts else between.join(t or "" for t in texts)])


@library.function("str_flatten(string, collapse = '', last = NULL, na.rm = FALSE)")
def str_flatten(string, collapse, last, na_rm):
    texts = texts_of(string)
    if one_flag(na_rm, "na.rm"):
        texts = list[str | None]([t for t in texts if t is not None])
    between = one_string(collapse, "collapse")
    if last is not NULL and len(texts) > 1 and None not in texts:
        return character(
            between.join(t or "" for t in texts[:-1]) + one_string(last, "last") + (texts[-1] or "")
        )
    return _flat(texts, between)


@library.function("str_flatten_comma(string, last = NULL, na.rm = FALSE)")
def str_flatten_comma(string, last, na_rm):
    return str_flatten(string, character(", "), last, na_rm)


@library.special("str_glue")
def str_glue(call, env):
    from .glue import glue

    return glue(call, env)


@library.special("str_glue_data")
def str_glue_data(call, env):
    from .glue import glue_data

    return glue_data(call, env)


@library.special("str_interp")
def str_interp(call, env):
    from ..compile import evaluate
    from .glue import glued

    template = one_string(evaluate(call.args[0].value, env), "string")
    template = regex.sub(r"\$\[(.*?)\]\{(.*?)\}", r'${sprintf("%\1", \2)}', template)
    if len(call.args) > 1:
        given = evaluate(call.args[1].value, env)
        values = given if isinstance(given, Environment) else dict(zip(given.names, given.data, strict=True))
        env = values if isinstance(values, Environment) else Environment(env, None, values)
    return character(glued(template, env, "${", "}"))


# --- letters -----------------------------------------------------------------------------------------------


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
        [None if t is None else t * int(n) for t, n in _pairs(texts_of(string), list(times.data))]
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
    return logical([None if None in p else p[0] == p[1] for p in _pairs(texts_of(x), texts_of(y))])


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
    patterns = [None] * len(texts) if pattern is NULL else [p for _, p in _pairs(texts, compiled(pattern))]
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
