"""Parse, deparse and completeness against what R 4.2.2 itself said (tests/syntax/golden)."""

import json
import re
from pathlib import Path

import pytest

from pipekeras.errors import UserError
from pipekeras.syntax.deparse import deparse
from pipekeras.syntax.parser import is_complete, parse
from pipekeras.syntax.sexpr import sexpr
from pipekeras.syntax.source import Source
from pipekeras.syntax.tree import Name

GOLDEN = Path(__file__).parent / "golden"


def golden(name):
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()[1:]
    return [json.loads(line) for line in lines]


def read(text):
    return parse(Source("golden.R", text))


ACCEPTED = [(text, answer) for text, answer in golden("parse.jsonl") if not answer.startswith("ERROR")]
REFUSED = [(text, answer) for text, answer in golden("parse.jsonl") if answer.startswith("ERROR")]


@pytest.mark.parametrize(("text", "answer"), ACCEPTED)
def test_the_tree_is_r_s_own(text, answer):
    assert "\n".join(sexpr(node) for node in read(text)) == answer


@pytest.mark.parametrize(("text", "answer"), REFUSED)
def test_what_r_refuses_is_refused_in_the_same_line(text, answer):
    with pytest.raises(UserError) as caught:
        read(text)
    error = caught.value
    assert error.span is not None and error.cause
    match = re.fullmatch(r"ERROR (\d+): (.*)", answer, re.DOTALL)
    assert match
    line, words = int(match[1]), match[2]
    if "end of" in words or "INCOMPLETE" in words:  # shown where it was opened, R shows the end
        assert error.message.startswith("unexpected")
        assert ("INCOMPLETE" in error.message) == ("INCOMPLETE" in words)
    elif line:
        assert error.span.source.line_and_column(error.span.start)[0] == line
        assert error.message.startswith(words) or words == "unexpected input" or "line" in words


@pytest.mark.parametrize(("text", "answer"), golden("deparse.jsonl"))
def test_deparse_lays_out_as_r_does(text, answer):
    assert "\n".join(deparse(read(text)[0])) == answer


# R's own deparse changes these: calls of results, `x$"name"`, complex numbers, `=` below `?`, 16 digits
NOT_REVERSIBLE = (") c) d)", "1L) x)", '$` a "', '$` x "', "(`?` ", "9.999", "`^` a (`-`", "(`<-` (`<-`")


@pytest.mark.parametrize(("text", "answer"), ACCEPTED)
def test_deparsed_text_parses_to_the_same_tree(text, answer):
    if any(piece in answer for piece in NOT_REVERSIBLE) or re.search(r"\di\b", answer):
        return
    for node in read(text):
        if isinstance(node, Name):
            continue  # a name alone is shown without backticks, as in R
        again = "\n".join(deparse(node))
        assert [sexpr(twin) for twin in read(again)] == [sexpr(node)]


@pytest.mark.parametrize(("text", "answer"), golden("prefixes.jsonl"))
def test_every_prefix_is_complete_incomplete_or_wrong_as_in_r(text, answer):
    verdicts = [is_complete(text[:length]) for length in range(len(text) + 1)]
    assert "".join("e" if isinstance(verdict, UserError) else verdict[0] for verdict in verdicts) == answer
