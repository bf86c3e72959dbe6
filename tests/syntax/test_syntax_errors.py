"""Syntax errors: R's words, the place where the caret stands, and the cause that is named."""

import pytest

from pipekeras.errors import Code, UserError
from pipekeras.syntax.parser import parse
from pipekeras.syntax.source import Source

# text, the first line's start, line:column of the caret, a word of cause or cure
CASES = [
    ("f(a b)", "unexpected symbol", "1:5", "comma behind `a`"),
    ("f(a,\n  b\n  c)", "unexpected symbol", "3:3", "comma is missing at the end of line 2"),
    ("x <- c(1, 2\ny <- 3", "unexpected symbol", "2:1", "opened in line 1 is not closed"),
    ("x <- f(a, (b + c", "unexpected end of input", "1:11", "`(` opened here is never closed"),
    ("f <- function(x) {\n  x\n", "unexpected end of input", "1:18", "`{` opened here is never closed"),
    ('x <- "abc\ndef', "unexpected INCOMPLETE_STRING", "1:6", 'no closing "'),
    ('x <- r"--(abc', "unexpected INCOMPLETE_STRING", "1:6", ')--"'),
    ('x <- r"abc"', "malformed raw string literal", "1:6", "brackets"),
    ("x\n%>% f()", "unexpected SPECIAL", "2:1", "end of the line before"),
    ("x\n|> f()", "unexpected '|>'", "2:1", "end of the line before"),
    ("{ x %>% }", "unexpected '}'", "1:5", "nothing follows `%>%`"),
    ("{\n  x %>%\n}", "unexpected '}'", "3:1", "nothing follows `%>%`"),
    ("x %>%", "unexpected end of input", "1:3", "nothing follows `%>%`"),
    ("if (a) {\n  b\n}\nelse {\n}", "unexpected 'else'", "4:1", "`} else {` on one line"),
    ("{ a; else b }", "unexpected 'else'", "1:6", "no `if`"),
    ("if (x = 5) y", "unexpected '='", "1:7", "`==`"),
    ("while (x = 5) y", "unexpected '='", "1:10", "`==`"),
    ("for (i = 1) y", "unexpected '='", "1:8", "for (i in 1:10)"),
    ("x - > y", "unexpected '>'", "1:3", "`->`"),
    ("x = = y", "unexpected '='", "1:3", "`==`"),
    ("x ! = y", "unexpected '!'", "1:3", "`!=`"),
    ("x =< y", "unexpected '<'", "1:3", "`<=`"),
    ("x <- <- y", "unexpected assignment", "1:3", "`<-` once"),
    ("a < b < c", "unexpected '<'", "1:7", "a < b & b < c"),
    ("a < b < f(x\ny)", "unexpected '<'", "1:7", "do not chain"),
    ("f(a$b = 3)", "unexpected '='", "1:7", "`==` to compare"),
    ("f(if = 3)", "unexpected '='", "1:6", "reserved word"),
    ("x$if", "unexpected 'if'", "1:3", "reserved word"),
    ("a::5", "unexpected numeric constant", "1:4", "a name must follow"),
    ("f(x))", "unexpected ')'", "1:5", "no open bracket"),
    ("(a]", "unexpected ']'", "1:3", "does not close the `(`"),
    ("a, b", "unexpected ','", "1:2", "no call is open"),
    ("x <- 5 6", "unexpected numeric constant", "1:8", "side by side"),
    ("5x <- 3", "unexpected symbol", "1:1", "cannot start with a digit"),
    ("_x <- 3", "unexpected symbol", "1:1", "cannot start with `_`"),
    ('f("he said "hello" to")', "unexpected symbol", "1:13", "quote inside the string"),
    ("f(x) {\n}", "unexpected '{'", "1:6", "block"),
    ("def f(x):", "unexpected symbol", "1:1", "function(x)"),
    ("import numpy", "unexpected symbol", "1:1", "library(name)"),
    ("if (a and b) c", "unexpected symbol", "1:7", "`&&`"),
    ("if x > 3: y", "unexpected symbol", "1:4", "parentheses"),
    ("for i in x: y", "unexpected symbol", "1:5", "(i in 1:10)"),
    ("return x", "unexpected symbol", "1:1", "return(x)"),
    ("function f(x) x", "unexpected symbol", "1:10", "f <- function(x)"),
    ("x += 1", "unexpected '='", "1:3", "x <- x + y"),
    ("// note", "unexpected '/'", "1:1", "`#` for a comment"),
    ("function(x,) x", "unexpected ')'", "1:12", "parameter is missing"),
    ("function(x, x) x", "repeated formal argument 'x'", "1:13", "different names"),
    ("x <- 'C:\\Users'", "'\\U' used without hex digits", "1:6", "backslash"),
    ("x <- '\\d+'", "'\\d' is an unrecognized escape", "1:6", "\\\\"),
    ("'a\\0b'", "nul character not allowed", "1:1", "zero byte"),
    ("``", "attempt to use zero-length variable name", "1:1", "backticks"),
    ("a %in b", "unexpected input", "1:3", "begins and ends with %"),
    ("1e", "unexpected input", "1:1", "not complete"),
]


@pytest.mark.parametrize(("text", "words", "where", "hint"), CASES)
def test_place_cause_and_cure(text, words, where, hint):
    with pytest.raises(UserError) as caught:
        parse(Source("s.R", text))
    error = caught.value
    assert error.code is Code.SYNTAX
    assert error.message.startswith(words)
    assert error.span is not None and error.span.where() == f"s.R:{where}"
    assert hint in f"{error.cause}\n{error.cure}"


CHARACTERS = [
    ("x <- “hi”", "1:6", "U+201C LEFT DOUBLE QUOTATION MARK", "straight quote"),
    ("x – 1", "1:3", "U+2013 EN DASH", "`<-`"),
    ("x <-\u00a01", "1:5", "U+00A0 NO-BREAK SPACE", "plain blank"),
    ("x <- 3\u200b", "1:7", "U+200B ZERO WIDTH SPACE", "delete it"),
    ("x <- （1）", "1:6", "U+FF08", "write ("),
    ("x ≤ 1", "1:3", "U+2264", "<="),
    ("x\u2028y", "1:2", "U+2028", "blank"),
]


@pytest.mark.parametrize(("text", "where", "name", "cure"), CHARACTERS)
def test_characters_that_only_look_right_are_named(text, where, name, cure):
    with pytest.raises(UserError) as caught:
        parse(Source("s.R", text))
    error = caught.value
    assert error.code is Code.ENCODING
    assert error.span is not None and error.span.where() == f"s.R:{where}"
    assert name in (error.cause or "") and cure in (error.cure or "")


def test_a_picture_shows_no_control_characters():
    with pytest.raises(UserError) as caught:
        parse(Source("s.R", "x \x1b[31m y"))
    assert "\x1b" not in caught.value.render()


def test_the_report_reads_as_r_s_with_the_place_below():
    with pytest.raises(UserError) as caught:
        parse(Source("s.R", "x <- 1\nf(a b)\n"))
    assert caught.value.render().splitlines() == [
        'Error: unexpected symbol in "f(a b"',
        "Calls: <top level>",
        "  --> s.R:2:5",
        " 2 | f(a b)",
        "   |     ^",
        "  cause: two arguments stand side by side",
        "  cure:  put a comma behind `a`",
        "[PK0100]",
    ]
