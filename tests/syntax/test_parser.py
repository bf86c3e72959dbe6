"""The tree's details: spans, empty arguments, pipes, constants; and which texts are complete."""

import math

import pytest

from pipekeras.errors import Code, UserError
from pipekeras.syntax.parser import is_complete, parse
from pipekeras.syntax.sexpr import sexpr
from pipekeras.syntax.source import Source
from pipekeras.syntax.tree import EMPTY, NA, Call, Const, Function, Name


def one(text):
    (node,) = parse(Source("test.R", text))
    return node


def texts(node):
    """The source text of every node and argument below a node."""
    found = [node.span.text]
    if isinstance(node, Call):
        children = [node.function, *node.args]
    elif isinstance(node, Function):
        children = [*node.params, node.body]
    else:
        children = []
    for child in children:
        if isinstance(child, Name | Const | Call | Function):
            found += texts(child)
        else:
            found.append(child.span.text)
            found += [] if child.value is EMPTY else texts(child.value)
    return found


def test_spans_cover_exactly_the_text_of_a_node():
    text = "y <- f(a, b = x[, 1]) %>% g"
    assert texts(one(text))[:4] == [text, "<-", "y", "y"]
    for piece in ("f(a, b = x[, 1]) %>% g", "f(a, b = x[, 1])", "b = x[, 1]", "x[, 1]", "[", "", "%>%", "g"):
        assert piece in texts(one(text))


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("if (a) { b } else c", "{ b }"),
        ("function(x, y = 2) x + y", "y = 2"),
        ("x |> f(y)", "x"),
        ("5 -> z", "->"),
        ("-a^2", "a^2"),
        ("a$b@c[[d]]", "a$b@c"),
        ("\\(u) u", "u"),
        ("for (i in 1:3) print(i)", "1:3"),
    ],
)
def test_parts_have_spans(text, piece):
    assert texts(one(text))[0] == text
    assert piece in texts(one(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5.0),
        ("5L", 5),
        ("0x10L", 16),
        ("1e3L", 1000),
        ("1.5L", 1.5),
        ("99999999999L", 99999999999.0),
        ("2i", 2j),
        ("1e400", math.inf),
        ("9" * 5000, math.inf),
        ("1e-400", 0.0),
        ("0x" + "f" * 300, math.inf),
        ("Inf", math.inf),
        ("TRUE", True),
        ("NULL", None),
        ("NA", NA.LOGICAL),
        ("NA_character_", NA.CHARACTER),
        ('"a\\tb\\u00e9\\x41\\101"', None),
        ('r"-(a\\b)-"', "a\\b"),
        ("'it\"s'", 'it"s'),
    ],
)
def test_constants_have_python_values(text, value):
    if "\\u00e9" in text:  # R does not mix the two kinds of escapes
        with pytest.raises(UserError, match="mixing Unicode and octal/hex escapes"):
            one(text)
        return
    node = one(text)
    assert isinstance(node, Const)
    assert node.value == value and type(node.value) is type(value)


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("5L", None),
        ("0x10L", None),
        ("1.0L", "integer literal 1.0L contains unnecessary decimal point"),
        ("1.5L", "integer literal 1.5L contains decimal; using numeric value"),
        ("99999999999L", "non-integer value 99999999999L qualified with L; using numeric value"),
    ],
)
def test_r_warns_of_integers_that_are_none(text, warning):
    heard = []
    parse(Source("w.R", f"x <- {text}"), lambda message, span: heard.append((message, span.start)))
    assert heard == ([] if warning is None else [(warning, 5)])


def test_nan_is_a_constant():
    assert math.isnan(one("NaN").value)


def test_r_rounds_a_number_twice():
    assert one("0.1").value == 0.1
    assert one("123456789.123456789").value == 123456789.12345679


def test_an_empty_argument_is_not_no_argument():
    assert one("f()").args == []
    assert [arg.value for arg in one("f(,)").args] == [EMPTY, EMPTY]
    assert [arg.value for arg in one("x[]").args[1:]] == [EMPTY]
    assert one("f(a = )").args[0].name == "a"


def test_the_name_of_a_call_may_be_a_string():
    assert isinstance(one("'f'(x)").function, Name)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x |> _$a", "(`$` x a)"),
        ("x |> _$a[[1]]$b", "(`$` (`[[` (`$` x a) 1) b)"),
        ("x |> f(y = _)", "(f y=x)"),
        ("x |> f() |> _[1]", "(`[` (f x) 1)"),
    ],
)
def test_pipe_placeholder(text, tree):
    assert sexpr(one(text)) == tree


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x |> f", "The pipe operator requires a function call as RHS"),
        ("x |> f(_)", "pipe placeholder can only be used as a named argument"),
        ("x |> f(a = _, b = _)", "pipe placeholder may only appear once"),
        ("x |> f(a = _$b)", "invalid use of pipe placeholder"),
        ("x |> function(y) y", "function 'function' not supported in RHS call of a pipe"),
        ("f(_)", "invalid use of pipe placeholder"),
        ("x |> _$a[_]", "invalid use of pipe placeholder"),
    ],
)
def test_pipe_errors_are_r_s(text, message):
    with pytest.raises(UserError) as caught:
        one(text)
    assert caught.value.message == message
    assert caught.value.span is not None and caught.value.cure


def test_an_identifier_may_have_letters_of_any_script():
    assert one("größe").name == "größe"
    assert one("变量").name == "变量"
    with pytest.raises(UserError, match="unexpected symbol"):
        one("a²")


@pytest.mark.parametrize("text", ["", "\n\n", "# comment", "x", "x # y", "{\n}", "f(\n)", "if (a) b"])
def test_complete(text):
    assert is_complete(text) == "complete"


UNFINISHED = ["f(", "{", "x %>%", "x <-", "if (a)", "'abc", "`a", 'r"(', "function(x)", "x[[1]"]


@pytest.mark.parametrize("text", UNFINISHED)
def test_incomplete(text):
    assert is_complete(text) == "incomplete"


@pytest.mark.parametrize("text", ["a b", "f)", "else", "a::", "%>% f", "x <- “a”"])
def test_wrong(text):
    error = is_complete(text)
    assert isinstance(error, UserError) and error.code in (Code.SYNTAX, Code.ENCODING)
