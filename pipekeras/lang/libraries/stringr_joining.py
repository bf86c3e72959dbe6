"""stringr: strings split, joined and filled in."""

from __future__ import annotations

from typing import Any

import regex

from ..environment import Environment
from ..values import NULL, RVector, character, integer, rlist
from ..vectors.coerce import has_class, one_flag, one_int, one_string
from .aborting import abort
from .stringr import Texts, each_pair, find_all, library, matrix, texts_of


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
        found = each_pair(string, pattern, lambda t, p: [m.group() for m in find_all(p, t)])
    elif pattern.type == "character" and len(pattern) == 1 and pattern.data[0] == "":
        found = [None if t is None else regex.findall(r"\X", t) for t in texts_of(string)]
    else:
        found = each_pair(string, pattern, lambda t, p: _split(t, p, limit))
    return [[None] if r is None else r for r in found]


@library.function("str_split(string, pattern, n = Inf, simplify = FALSE)")
def str_split(string, pattern, n, simplify):
    rows = _split_all(string, pattern, n)
    if simplify.data[0] == 1:
        return matrix(rows, max((len(r) for r in rows), default=0))
    return rlist([character(r) for r in rows])


@library.function("str_split_fixed(string, pattern, n)")
def str_split_fixed(string, pattern, n):
    return matrix(_split_all(string, pattern, n), one_int(n, "n"))


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
    from ..evaluator.compile import evaluate
    from .glue import glued

    template = one_string(evaluate(call.args[0].value, env), "string")
    template = regex.sub(r"\$\[(.*?)\]\{(.*?)\}", r'${sprintf("%\1", \2)}', template)
    if len(call.args) > 1:
        given = evaluate(call.args[1].value, env)
        values = given if isinstance(given, Environment) else dict(zip(given.names, given.data, strict=True))
        env = values if isinstance(values, Environment) else Environment(env, None, values)
    return character(glued(template, env, "${", "}"))
