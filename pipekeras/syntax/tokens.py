"""Tokens: a text cut by one regular expression that is made of the grammar's terminals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

END = "$END"
"""The kind of the token that stands for the end of a text, as Lark calls it."""


class Token(NamedTuple):
    """One token of a text as written."""

    kind: str
    text: str
    start: int
    end: int

    def __str__(self) -> str:
        return self.text


make_token: Callable[[tuple[str, str, int, int]], Token] = partial(tuple.__new__, Token)
"""A token without the call of a Python function that `Token(...)` is: texts have many."""


class Lexer:
    """Cuts texts into tokens.

    Args:
        terminals: kind and regular expression; of several that match the first counts
        words: reserved words, read as SYMBOL, and their kinds
        blank: the kind that parts tokens and is left out
    """

    def __init__(self, terminals: Mapping[str, str], words: dict[str, str], blank: str) -> None:
        tokens = "|".join(f"(?P<{kind}>{regex})" for kind, regex in terminals.items() if kind != blank)
        pattern = re.compile(f"(?:{terminals[blank]})?+(?:{tokens})")
        self._find: Callable[[str], Iterator[Any]] = pattern.finditer
        # the very strings that are the keys of the parse table: dicts find those without comparing
        self._kinds = {pattern.groupindex[kind]: kind for kind in terminals if kind != blank}
        self._words = words

    def tokens(self, text: str) -> Iterator[Token]:
        """All tokens of any text, right or wrong; only blanks are left out."""
        kinds, words = self._kinds, self._words
        for match in self._find(text):
            index = match.lastindex
            start, end = match.span(index)
            word = text[start:end]
            kind = kinds[index]
            if kind == "SYMBOL" and word in words:
                kind = words[word]
            yield make_token((kind, word, start, end))
