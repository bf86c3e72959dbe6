"""The tolerant tokens for highlighting: no gaps, no exceptions, whatever the text."""

import random

import pytest

from pipekeras.syntax.parser import tokens


def test_tokens_have_kinds_and_places():
    pieces = list(tokens("x <- f('a') # end"))
    assert [piece.kind for piece in pieces if piece.kind != "BLANK"] == [
        *("SYMBOL", "LEFT", "SYMBOL", "LPAR", "STRING", "RPAR", "COMMENT"),
    ]
    assert pieces[0] == ("SYMBOL", "x", 0, 1)


ANY = ["", "'open", 'r"(open', "1e", "%", "\0\x1b“", "if ) ] }", "\\", "\nx\n# c\n\ny", "(" * 1000]


@pytest.mark.parametrize("text", ANY)
def test_any_text_has_tokens_without_gaps(text):
    assert "".join(piece.text for piece in tokens(text)) == text


def test_random_texts_have_tokens_without_gaps():
    dice = random.Random(1)
    for _ in range(300):
        text = "".join(dice.choices("ab1.e'\"`%\\([{}])# \n\t$@:<->=|&é“_r\0", k=dice.randrange(40)))
        assert "".join(piece.text for piece in tokens(text)) == text
