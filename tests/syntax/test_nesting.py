"""Flat chains of any length parse; deep nesting ends in one clear error, fast."""

import time

import pytest

from pipekeras.errors import Code, UserError
from pipekeras.syntax.deparse import deparse
from pipekeras.syntax.nesting import LADDER
from pipekeras.syntax.parser import parse
from pipekeras.syntax.sexpr import sexpr
from pipekeras.syntax.source import Source

NESTED = {
    "(": ("(", "x", ")"),
    "{": ("{", "x", "}"),
    "f(": ("f(", "x", ")"),
    "[": ("x[", "1", "]"),
    "[[": ("x[[", "1", "]]"),
    "if": ("if (a) ", "x", ""),
    "function": ("function(x) ", "x", ""),
    "lambda": ("\\(x) ", "x", ""),
    "while": ("while (a) ", "x", ""),
    "-": ("-", "x", ""),
    "!": ("!", "x", ""),
    "~": ("~", "x", ""),
    "^": ("a^", "x", ""),
    "=": ("a = ", "x", ""),
    "mixed": ("f(-(if (a) ", "x", "))"),
    "+(": ("1 + (", "x", ")"),
}


def nested(kind, depth):
    before, inner, after = NESTED[kind]
    return parse(Source("deep.R", before * depth + inner + after * depth))


@pytest.mark.parametrize("kind", NESTED)
def test_a_depth_of_200_works(kind):
    depth = {"mixed": 50, "+(": 100}.get(kind, 200)  # these nest several times a round
    (node,) = nested(kind, depth)
    assert sexpr(node).count("x") >= 1
    assert deparse(node)


@pytest.mark.parametrize("kind", NESTED)
@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_more_is_one_clear_error(kind, depth):
    start = time.perf_counter()
    with pytest.raises(UserError) as caught:
        nested(kind, depth)
    assert caught.value.code is Code.LIMIT
    assert caught.value.message == "nested too deeply (limit 256)"
    assert caught.value.span is not None
    assert time.perf_counter() - start < 1


def test_the_caret_is_at_the_bracket_that_is_too_much():
    with pytest.raises(UserError) as caught:
        parse(Source("deep.R", "(" * 1000))
    assert caught.value.span.start == 256


CHAINS = [(" |> f()", 10_000), (" %>% f()", 10_000), (" + x", 20_000), ("$a", 20_000), ("()", 5_000)]


@pytest.mark.parametrize(("unit", "count"), CHAINS)
def test_chains_are_of_any_length(unit, count):
    (node,) = parse(Source("long.R", "x" + unit * count))
    assert sexpr(node).startswith("(")
    assert deparse(node)


@pytest.mark.parametrize("link", ["if (a) b else ", "a <- ", "a <<- "])
def test_ladders_and_chains_of_assignments_are_long(link):
    (node,) = parse(Source("long.R", link * LADDER + "x"))
    assert sexpr(node).startswith("(")
    assert deparse(node)
    with pytest.raises(UserError, match=f"nested too deeply .limit {LADDER}."):
        parse(Source("long.R", link * 2 * LADDER + "x"))


def test_chains_of_assignments_to_the_right_are_long():
    assert parse(Source("long.R", "1" + " -> a" * LADDER))
    with pytest.raises(UserError, match=f"nested too deeply .limit {LADDER}."):
        parse(Source("long.R", "1" + " -> a" * 2 * LADDER))


def test_what_stands_in_a_long_chain_nests_as_elsewhere():
    with pytest.raises(UserError, match="nested too deeply"):
        parse(Source("long.R", "if (a) b else " * 300 + "(" * 300))


def test_many_statements_do_not_add_up():
    assert len(parse(Source("many.R", "x <- -y^2\n" * 1000))) == 1000
    assert len(parse(Source("many.R", "{" + "x <- !y; " * 1000 + "}"))[0].args) == 1000


def test_a_long_string_is_read_at_once():
    (node,) = parse(Source("long.R", '"' + "a\\n" * 300_000 + '"'))
    assert len(node.value) == 600_000
