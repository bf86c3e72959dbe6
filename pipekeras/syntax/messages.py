"""Syntax errors: R's first line, the place, and what `hints` knows of cause and cure."""

from __future__ import annotations

from ..errors import Code, UserError
from .hints import Hint, Place, by_neighbours, find
from .source import Source, Span, visible
from .tokens import Token

_WORDS = {
    "$END": "end of input",
    "_NL": "end of line",
    "OPEN_STRING": "INCOMPLETE_STRING",
    "OPEN_RAW_STRING": "INCOMPLETE_STRING",
    "SYMBOL": "symbol",
    "BACKTICK": "symbol",
    "STRING": "string constant",
    "RAW_STRING": "string constant",
    "SPECIAL": "SPECIAL",
    "LEFT": "assignment",
    "BAD": "input",
    "PLACEHOLDER": "input",
    **dict.fromkeys(("NUMBER", "TRUE", "FALSE", "INF", "NAN"), "numeric constant"),
    **dict.fromkeys(("NA", "NA_INTEGER", "NA_REAL", "NA_CHARACTER", "NA_COMPLEX"), "numeric constant"),
}
_UNENDED = ("$END", "OPEN_STRING", "OPEN_RAW_STRING")


class Unexpected(UserError):
    """A token that cannot stand where it stands.

    Attributes:
        located: the message of R's parse(text = ): place, what is wrong, the lines up to it, a caret
    """

    located = ""


class Incomplete(Unexpected):
    """The text ends inside an expression: more text could make it right."""


def explain(place: Place) -> UserError:
    """The error for a token that cannot stand where it stands."""
    return _error(place.token, place.source, find(place))


def unexpected(token: Token, source: Source) -> UserError:
    """The error for an operator or name that its neighbours forbid."""
    return _error(token, source, by_neighbours(token))


def _error(token: Token, source: Source, hint: Hint) -> UserError:
    kind = Incomplete if token.kind in _UNENDED else Unexpected
    error = kind(
        _first_line(token, source),
        code=Code.ENCODING if token.kind == "BAD" and not token.text.isascii() else Code.SYNTAX,
        cause=hint.cause,
        cure=hint.cure,
        span=_span(token, source, hint.at),
    )
    error.located = _located(token, source)
    return error


def _located(token: Token, source: Source) -> str:
    """R's context: at most two lines; where it shows only one its caret stands a column further right."""
    if token.kind == "$END":
        lines = source.text.rstrip("\n").split("\n")
        line, column = len(lines) + 1, 0
    else:
        line, column = source.line_and_column(token.start)
        lines = source.text[: token.end].split("\n")
    first = max(1, len(lines) - 1)
    context = [f"{number}: {text}" for number, text in enumerate(lines[first - 1 :], first)]
    caret = len(f"{len(lines)}: ") + column - (len(context) > 1)
    place = f"{source.name}:{line}:{column}"
    return "\n".join([f"{place}: {_what(token)}", *context, " " * caret + "^"])


def _first_line(token: Token, source: Source) -> str:
    """R's own words: `unexpected symbol in "x <- a b"`, with the line up to the token."""
    if token.kind == "BAD_RAW_STRING":
        return "malformed raw string literal"
    what = _what(token)
    if token.kind in _UNENDED or token.kind == "_NL":
        return what
    start = token.start
    line = source.text.rfind("\n", 0, start) + 1
    shown, _, _ = source.text[line : token.end].lstrip().partition("\n")
    return f'{what} in "{visible(shown)}"'


def _what(token: Token) -> str:
    return f"unexpected {_WORDS.get(token.kind, repr(token.text))}"


def _span(token: Token, source: Source, at: Token | None) -> Span:
    """The place to show: R's, or a token on its line that is nearer to the cause; at the end, the opener."""
    if at is not None and (token.kind == "$END" or _line(at, source) == _line(token, source)):
        token = at
    if token.kind == "$END":
        end = len(source.text.rstrip())
        return Span(source, max(0, end - 1), end)
    start = token.start
    # of a string without end only its quote is shown
    return Span(source, start, start + 1 if token.kind in _UNENDED else token.end or start)


def _line(token: Token, source: Source) -> int:
    return source.line_and_column(token.start)[0]
