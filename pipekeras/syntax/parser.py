"""The parser: R text to a list of syntax trees, or one clear error; and whether a text is complete yet."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal

from ..errors import UserError
from .automaton import Automaton, Refused
from .builder import Builder
from .grammar import Table, load
from .hints import Place
from .messages import Incomplete, explain
from .nesting import Depth, TooDeep
from .newlines import Newlines
from .source import Source, Span
from .tokens import Lexer, Token
from .tree import Node


def parse(source: Source, warn: Callable[[str, Span], None] | None = None) -> list[Node]:
    """The top-level expressions of an R text.

    Args:
        warn: is told what R's parser warns of (`1.5L`) and where

    Raises:
        UserError: the text is no R (code SYNTAX), or nests too deeply (code LIMIT)
    """
    with _lock:
        collecting = gc.isenabled()
        gc.disable()  # a tree holds no cycles: looking for them takes a third of the time
        try:
            return _parser().parse(source, warn)
        finally:
            if collecting:
                gc.enable()


def is_complete(text: str) -> Literal["complete", "incomplete"] | UserError:
    """Whether a text typed so far is a whole number of expressions, needs more lines, or is wrong."""
    try:
        parse(Source("<console>", text + "\n"))  # as typed: R refuses a line that ends in `::`
    except Incomplete:
        return "incomplete"
    except UserError as error:
        return error
    return "complete"


def tokens(text: str) -> Iterator[Token]:
    """The tokens of any text, right or wrong, without gaps, for highlighting; it never raises."""
    end = 0
    for token in _lexer().tokens(text):
        if token.start > end:
            yield Token("BLANK", text[end : token.start], end, token.start)
        yield token
        end = token.end
    if end < len(text):
        yield Token("BLANK", text[end:], end, len(text))


_lock = threading.RLock()


@cache
def _table() -> Table:
    return load()


@cache
def _lexer() -> Lexer:
    table = _table()
    return Lexer(table.terminals, table.words, "BLANK")


@cache
def _parser() -> _Parser:
    return _Parser()


class _Parser:
    """The table with its actions; it holds the state of one parse."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.automaton = Automaton(_table(), lambda name: getattr(self.builder, name))

    def parse(self, source: Source, warn: Callable[[str, Span], None] | None) -> list[Node]:
        depth = Depth()
        newlines = Newlines(depth)
        self.builder.begin(source, warn, depth)
        try:
            return self.automaton.parse(newlines.filter(_lexer().tokens(source.text), len(source.text)))
        except TooDeep as error:
            raise error.at(Span(source, error.token.start, error.token.end)) from None
        except Refused as error:
            raise explain(_place(newlines, error.token, source)) from None


def _place(newlines: Newlines, token: Token, source: Source) -> Place:
    brackets = [bracket for bracket in newlines.brackets if bracket.token is not token]
    if newlines.closed is not None and newlines.closed.closer is token:
        brackets.append(newlines.closed)
    return Place(source, token, newlines.before, brackets)
