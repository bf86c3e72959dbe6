"""Syntax errors in R's words, with the place, what is probably wrong, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from lark import Token

from ..errors import Code, UserError
from .source import Source, Span


@dataclass
class Place:
    """Where the parser stopped: the token it cannot use, the one before it, and the brackets open there."""

    source: Source
    token: Token
    before: Token | None
    brackets: list[Token]


def explain(place: Place, kind: type[UserError]) -> UserError:
    """The error for a token that cannot stand where it stands."""
    return unexpected(place.token, place.source, kind)


def unexpected(token: Token, source: Source, kind: type[UserError] = UserError) -> UserError:
    """An operator or name that cannot stand where it stands."""
    end = len(source.text)
    start = token.start_pos if token.type != "$END" else end
    return kind(
        f"unexpected {token.type}", code=Code.SYNTAX, span=Span(source, start or 0, token.end_pos or end)
    )
