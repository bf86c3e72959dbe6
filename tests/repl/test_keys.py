"""What keys do to the text in the editor."""

import pytest
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document

from pipekeras.repl.keys import ASSIGN, PIPE, close_brace, enter, in_string, insert_operator, tab
from pipekeras.repl.validator import goes_on, indent_after, without_prompts


def buffer_with(text):
    """An editor with the cursor at `|`."""
    before, _, after = text.partition("|")
    return Buffer(document=Document(before + after, len(before)), multiline=True)


def shown(buffer):
    return f"{buffer.document.text_before_cursor}|{buffer.document.text_after_cursor}"


@pytest.mark.parametrize(
    ("text", "operator", "result"),
    [
        ("x|", ASSIGN, "x <- |"),
        ("x |", ASSIGN, "x <- |"),
        ("x| 5", ASSIGN, "x <-| 5"),
        ("|", PIPE, "%>% |"),
        ("a|b", PIPE, "a %>% |b"),
    ],
)
def test_an_operator_has_one_blank_on_each_side(text, operator, result):
    buffer = buffer_with(text)
    insert_operator(buffer, operator)
    assert shown(buffer) == result


@pytest.mark.parametrize(
    ("text", "inside"),
    [("x", False), ("'a", True), ("'a'", False), ("f(\"a'", True), ("# it's", False), ("r'(a", True)],
)
def test_the_cursor_is_in_a_string(text, inside):
    assert in_string(text) is inside


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("1 +", True),
        ("f(", True),
        ("'a", True),
        ("x %>%", True),
        ("1", False),
        ("", False),
        ("f)", False),
        ("`a", True),
    ],
)
def test_the_parser_decides_whether_input_goes_on(text, more):
    assert goes_on(text) is more


def test_enter_evaluates_only_what_is_complete():
    taken = []
    buffer = buffer_with("f(|")
    buffer.accept_handler = lambda b: bool(taken.append(b.text))
    enter(buffer)
    assert (shown(buffer), taken) == ("f(\n  |", [])
    buffer.insert_text("1)")
    enter(buffer)
    assert taken == ["f(\n  1)"]


def test_a_closing_brace_goes_back_to_where_its_block_began():
    buffer = buffer_with("f <- function() {\n  |")
    close_brace(buffer)
    assert shown(buffer) == "f <- function() {\n}|"


@pytest.mark.parametrize(
    ("line", "blanks"), [("f <- {", 2), ("  g(", 4), ("x %>%", 2), ("  f() %>%", 2), ("y", 0), ("  y", 2)]
)
def test_the_next_line_is_indented(line, blanks):
    assert indent_after(line) == " " * blanks


def test_tab_indents_an_empty_line():
    buffer = buffer_with("f(\n|")
    tab(buffer)
    assert shown(buffer) == "f(\n  |"


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("> x <- 1\r\n> x\r\n[1] 1\r\n", "x <- 1\nx"),
        ("> f(1,\n+   2)", "f(1,\n  2)"),
        ("x > 1\n> 2", "x > 1\n> 2"),
        ("a\rb", "a\nb"),
    ],
)
def test_a_pasted_transcript_becomes_code(pasted, code):
    assert without_prompts(pasted) == code
