"""The parser: R text to a list of syntax trees, or one clear error; and whether a text is complete yet."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from copy import copy
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from lark import Token, Tree, UnexpectedToken
from lark.lexer import BasicLexer, LexerThread

from ..errors import UserError
from .builder import Builder
from .grammar import load
from .hints import Place
from .messages import Incomplete, explain
from .nesting import too_deep
from .newlines import Newlines, TooDeep
from .operators import is_infix
from .source import Source, Span
from .tree import Node


class Piece(NamedTuple):
    """One token of a text as written; blanks, comments and newlines are pieces too."""

    kind: str
    text: str
    start: int
    end: int


def parse(source: Source, warn: Callable[[str, Span], None] | None = None) -> list[Node]:
    """The top-level expressions of an R text.

    Args:
        warn: is told what R's parser warns of (`1.5L`) and where

    Raises:
        UserError: the text is no R (code SYNTAX), or nests too deeply (code LIMIT)
    """
    with _lock:
        return _parser().parse(source, warn)


def is_complete(text: str) -> Literal["complete", "incomplete"] | UserError:
    """Whether a text typed so far is a whole number of expressions, needs more lines, or is wrong."""
    try:
        parse(Source("<console>", text + "\n"))  # as typed: R refuses a line that ends in `::`
    except Incomplete:
        return "incomplete"
    except UserError as error:
        return error
    return "complete"


def tokens(text: str) -> Iterator[Piece]:
    """The tokens of any text, right or wrong, without gaps, for highlighting; it never raises."""
    for token in LexerThread.from_text(_lexer(), text).lex(None):
        yield Piece(token.type, str(token), token.start_pos or 0, token.end_pos or 0)


_lock = threading.RLock()


@cache
def _parser() -> _Parser:
    return _Parser()


@cache
def _lexer() -> BasicLexer:
    """The parser's lexer, but with blanks and comments, and without the newline filter."""
    settings = copy(_parser().lark.lexer_conf)
    settings.ignore = ()
    return BasicLexer(settings)


class _Parser:
    """Lark's parser with its filter and callbacks; it holds the state of one parse."""

    def __init__(self) -> None:
        self.newlines = Newlines()
        self.builder = Builder()
        self.lark = load(self.newlines, self.builder)

    def parse(self, source: Source, warn: Callable[[str, Span], None] | None) -> list[Node]:
        self.builder.begin(source, warn)
        try:
            return self.lark.parse(source.text)  # type: ignore[return-value]
        except TooDeep as error:
            raise too_deep(self.builder.span(error.token, error.token)) from None
        except UnexpectedToken as error:
            self._check_runs(error)
            raise self._explained(error.token, source) from None

    def _check_runs(self, error: UnexpectedToken) -> None:
        """Refuse what the unfinished runs before the token hold already, as `a < b <` in `a < b < f(x y)`."""
        stack = error.interactive_parser.parser_state.value_stack  # type: ignore[union-attr]
        for item, after in pairwise([*stack, None]):
            if isinstance(item, Tree) and item.data.endswith(("_run", "_begun", "_closed", "_opened")):
                operator = [after] if isinstance(after, Token) and is_infix(after) else []
                assign = "closed" not in item.data and "opened" not in item.data
                self.builder.fold(assign).take([*item.children, *operator])  # type: ignore[list-item]

    def _explained(self, token: Token, source: Source) -> UserError:
        newlines = self.newlines
        brackets = [bracket for bracket in newlines.brackets if bracket.token is not token]
        if newlines.closed is not None:
            brackets.append(newlines.closed)
        before = newlines.last if token.type == "$END" else newlines.before
        return explain(Place(source, token, before, brackets))
