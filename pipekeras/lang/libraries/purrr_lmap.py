"""purrr beyond map and reduce: lmap, vectors of several inputs, trees, crosses, invoke_map, when, lift."""

from __future__ import annotations

import itertools
from typing import Any

from ...syntax.tree import Call
from ..environment import Environment
from ..evaluator.calls import apply, promise_arguments
from ..evaluator.compile import code_of, evaluate
from ..generics import pick
from ..lookup import force, is_function
from ..models.formulas import is_formula
from ..registry import Context
from ..session import session
from ..values import NULL, Dots, Promise, RVector, Scalar, integer, rlist
from ..vectors.coerce import one_int, one_string
from .aborting import abort
from .lambdas import as_mapper, call_mapper
from .library import Library
from .purrr import (
    TYPES,
    as_type,
    chosen,
    index_of,
    items,
    map_many,
    map_two,
    modified,
    names_of,
    places,
    truth,
    typed,
)
from .purrr_adverbs import library as adverbs
from .vectors import combined

library = Library("purrr")


# --- lists of one element ----------------------------------------------------------------------------------


def _mapped_pieces(ctx: Context, x: Any, flags: Any, f: Any, dots: Dots, other: Any = None) -> Any:
    """f for each piece x[i], which must give a list; the lists one behind the other."""
    pairs: Dots = []
    for i, flag in enumerate(flags):
        piece = pick(x, Scalar("integer", i + 1))
        run = f if flag else other
        if run is not None:
            piece = call_mapper(run, [(None, piece), *dots], ctx)
            if not isinstance(piece, RVector) or piece.type != "list":
                raise abort(f"`.f(.x[[{i + 1}]])` must return a list.", "lmap")
        pairs += list(zip(piece.names or [None] * len(piece), piece.data, strict=True))
    return rlist([v for _, v in pairs], [n for n, _ in pairs] if any(n for n, _ in pairs) else None)


@library.function("lmap(.x, .f, ...)")
def lmap(ctx, x, f, dots):
    return _mapped_pieces(ctx, x, [True] * len(x), as_mapper(f, ctx), dots)


@library.function("lmap_if(.x, .p, .f, ..., .else = NULL)")
def lmap_if(ctx, x, p, f, dots, otherwise):
    other = None if otherwise is NULL else as_mapper(otherwise, ctx)
    return _mapped_pieces(ctx, x, chosen(ctx, x, p), as_mapper(f, ctx), dots, other)


@library.function("lmap_at(.x, .at, .f, ...)")
def lmap_at(ctx, x, at, f, dots):
    return _mapped_pieces(ctx, x, places(x, at, ctx), as_mapper(f, ctx), dots)


# --- vectors and trees -------------------------------------------------------------------------------------


def _as_vector(found: RVector) -> Any:
    out = combined(list(found.data))
    return out if found.names is None else out.with_attribute("names", found.attribute("names"))


@library.function("map2_vec(.x, .y, .f, ..., .ptype = NULL, .progress = FALSE)")
def map2_vec(ctx, x, y, f, dots, ptype, progress):
    return _as_vector(map_two(ctx, "map2_vec", x, y, f, dots))


@library.function("imap_vec(.x, .f, ...)")
def imap_vec(ctx, x, f, dots):
    return _as_vector(map_two(ctx, "imap_vec", x, index_of(x), f, dots))


@library.function("pmap_vec(.l, .f, ..., .ptype = NULL, .progress = FALSE)")
def pmap_vec(ctx, columns, f, dots, ptype, progress):
    return _as_vector(map_many(ctx, "pmap_vec", columns, f, dots))


def _modified_at_depth(ctx: Context, x: Any, depth: int, f: Any, dots: Dots) -> Any:
    if depth == 0:
        return call_mapper(f, [(None, x), *dots], ctx)
    return modified(x, [_modified_at_depth(ctx, item, depth - 1, f, dots) for item in items(x)])


@library.function("modify_depth(.x, .depth, .f, ..., .ragged = .depth < 0, .is_node = NULL)")
def modify_depth(ctx, x, depth, f, dots, ragged, is_node):
    return _modified_at_depth(ctx, x, one_int(depth, ".depth"), as_mapper(f, ctx), dots)


@library.function("modify_tree(x, ..., leaf = identity, is_node = NULL, pre = identity, post = identity)")
def modify_tree(ctx, x, dots, leaf, is_node, pre, post):
    leaf, pre, post = (as_mapper(f, ctx) for f in (leaf, pre, post))
    inner = None if is_node is NULL else as_mapper(is_node, ctx)

    def walk(node: Any) -> Any:
        has_children = isinstance(node, RVector) and node.type == "list"
        if inner is not None:
            has_children = truth(call_mapper(inner, [(None, node)], ctx))
        if not has_children:
            return call_mapper(leaf, [(None, node)], ctx)
        node = call_mapper(pre, [(None, node)], ctx)
        return call_mapper(post, [(None, modified(node, [walk(item) for item in items(node)]))], ctx)

    return walk(x)


@library.function("list_along(x)")
def list_along(x):
    return rlist([NULL] * len(items(x)))


@library.function("attr_getter(attr)")
def attr_getter(attr):
    from ..values import Builtin

    name = one_string(attr, "attr")

    def get(x: Any) -> Any:
        found = x.attribute(name) if isinstance(x, RVector) else None
        return NULL if found is None else found

    return Builtin("attr_getter", "attr_getter(x)", get)


# --- crosses -----------------------------------------------------------------------------------------------


def _crossed(ctx: Context, lists: list[list[Any]], names: Any, refuse: Any) -> RVector:
    """Every combination, the first list running fastest."""
    rows = [row[::-1] for row in itertools.product(*lists[::-1])]
    if refuse is not NULL:
        predicate = as_mapper(refuse, ctx)
        rows = [r for r in rows if not truth(call_mapper(predicate, [(None, v) for v in r], ctx))]
    return rlist([rlist(row, names) for row in rows])


@library.function("cross(.l, .filter = NULL)")
def cross(ctx, lists, refuse):
    return _crossed(ctx, [items(each) for each in items(lists)], names_of(lists), refuse)


@library.function("cross2(.x, .y, .filter = NULL)")
def cross2(ctx, x, y, refuse):
    return _crossed(ctx, [items(x), items(y)], None, refuse)


@library.function("cross3(.x, .y, .z, .filter = NULL)")
def cross3(ctx, x, y, z, refuse):
    return _crossed(ctx, [items(x), items(y), items(z)], None, refuse)


@library.function("cross_df(.l, .filter = NULL)")
def cross_df(ctx, lists, refuse):
    from .binding import tibble_of

    rows = _crossed(ctx, [items(each) for each in items(lists)], names_of(lists), refuse).data
    names = names_of(lists) or []
    return tibble_of([combined([row.data[j] for row in rows]) for j in range(len(names))], names, len(rows))


# --- calls -------------------------------------------------------------------------------------------------


def _declare_invoke(suffix: str, kind: str) -> None:
    @library.function(f"invoke_map_{suffix}(.f, .x = list(NULL), ..., .env = NULL)")
    def invoke_map(ctx, f, x, dots, env):
        found = adverbs.values["invoke_map"].function(ctx, f, x, dots, env)
        return typed([as_type(value, kind) for value in found.data], kind, found.names)


for _suffix, _kind in TYPES.items():
    _declare_invoke(_suffix, _kind)


@library.special("when")
def when(call: Call, env: Environment) -> Any:
    """`when(x, condition ~ value, ..., otherwise)`: the value of the first condition that holds."""
    session.visible = True
    (_, first), *rest = promise_arguments(call, env)
    x = force(first) if isinstance(first, Promise) else first
    named = {n: force(v) for n, v in rest if n}
    inside = Environment(env, None, {".": x, **named})
    for name, promise in rest:
        if name:
            continue
        if not isinstance(promise, Promise):
            return promise
        node = promise.node
        if not (isinstance(node, Call) and is_formula(force(promise)) and len(node.args) == 2):
            return evaluate(node, inside)
        answer = code_of(node.args[0].value)(inside)
        if isinstance(answer, RVector) and answer.data[0] == 1:
            return evaluate(node.args[1].value, inside)
    return NULL


@library.function("rdunif(n, b, a = 1)")
def rdunif(n, b, a):
    from ..generics import invoke

    size = len(n) if len(n) > 1 else one_int(n, "n")
    low, high = one_int(a, "a"), one_int(b, "b")
    drawn = invoke("sample.int", integer(high - low + 1), integer(size), replace=Scalar("logical", 1))
    return integer(drawn.data + low - 1)


@library.function("rbernoulli(n, p = 0.5)")
def rbernoulli(n, p):
    from ..generics import invoke

    return invoke(">", invoke("runif", n), invoke("-", Scalar("double", 1.0), p))


@library.function("splice(...)")
def splice(dots):
    """Deprecated in purrr: lists among the arguments are spread."""
    pairs: Dots = []
    for name, value in dots:
        if isinstance(value, RVector) and value.type == "list" and not is_function(value):
            pairs += list(zip(value.names or [None] * len(value), value.data, strict=True))
        else:
            pairs.append((name, value))
    return rlist([v for _, v in pairs], [n for n, _ in pairs] if any(n for n, _ in pairs) else None)


def _declare_lift(name: str, spread: bool) -> None:
    @library.function(f"{name}(..f, ..., .unnamed = FALSE)")
    def lift(ctx, f, dots, unnamed):
        from ..values import Builtin

        def lifted(ctx: Context, more: Dots) -> Any:
            if spread:
                whole, *rest = more
                given = [
                    (n or None, v)
                    for n, v in zip(
                        names_of(whole[1]) or [None] * len(whole[1]), items(whole[1]), strict=True
                    )
                ]
                return apply(f, [*dots, *given, *rest], None, ctx.env)
            named = [n for n, _ in more] if any(n for n, _ in more) else None
            return apply(f, [(None, rlist([v for _, v in more], named)), *dots], None, ctx.env)

        return Builtin(name, f"{name}(...)", lifted, wants_context=True)


_declare_lift("lift", True)
_declare_lift("lift_dl", True)
_declare_lift("lift_ld", False)
