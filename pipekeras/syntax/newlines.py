"""Which newlines part expressions: the filter between lexer and parser, and the open brackets.

NOTE R ends an expression at a newline only where one can end: never inside `(` and `[`, never behind an
operator or a keyword. Inside braces `if (c) a <newline> else b` is one expression; at top level it is two,
the second wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .nesting import Depth
from .tokens import END, Token

_OPENERS = {"LPAR": "RPAR", "LBRACE": "RBRACE", "LBRACKET": "RBRACKET", "LBB": "RBRACKET"}
_CLOSERS = {"RPAR", "RBRACE", "RBRACKET"}
_ENDS_EXPRESSION = {
    *("SYMBOL", "BACKTICK", "NUMBER", "STRING", "RAW_STRING", "PLACEHOLDER", "NEXT", "BREAK"),
    *("NULL", "TRUE", "FALSE", "INF", "NAN", "NA", "NA_INTEGER", "NA_REAL", "NA_CHARACTER", "NA_COMPLEX"),
}
_KEEPS_NEWLINE = {"NAMESPACE", "LAMBDA"}  # R does not skip a newline behind these, so the parser refuses it
_HEADS = {"IF", "WHILE", "FOR", "FUNCTION", "LAMBDA"}


@dataclass(eq=False, slots=True)
class Bracket:
    """An open bracket (token None: the top level)."""

    token: Token | None = None
    keyword: Token | None = None  # of the parenthesis of `if (`, `while (`, `for (`, `function (`
    follows_operand: bool = False  # it calls or indexes what stands before it
    half_closed: bool = False  # of `[[`: one `]` has come
    closer: Token | None = None  # what closed it


class Newlines:
    """The filter for one text: it drops comments, and the newlines that part nothing.

    The state it ends in serves error messages.
    """

    def __init__(self, depth: Depth) -> None:
        self.depth = depth
        self.brackets = [Bracket()]
        self.last: Token | None = None
        self.before: Token | None = None
        self.closed: Bracket | None = None  # the last that was closed
        self.complete = False  # an expression may end behind the last token

    def filter(self, tokens: Iterator[Token], length: int) -> Iterator[Token]:
        """The tokens that the parser sees, and one for the end of a text of `length` characters."""
        held: Token | None = None  # a newline inside braces: `else` may follow
        for token in tokens:
            kind = token[0]
            if kind == "COMMENT":
                continue
            if kind == "_NL":
                if self._parts():
                    if self.brackets[-1].token is None:
                        yield self._pass(token, False)
                    else:
                        held = held or token
                continue
            if held is not None:
                if kind != "ELSE":
                    yield self._pass(held, False)
                held = None
            if kind in _ENDS_EXPRESSION:
                complete = True
            elif kind in _OPENERS:
                complete = self._open(token)
            elif kind in _CLOSERS:
                complete = self._close(token)
            else:
                complete = False
            yield self._pass(token, complete)
        yield self._pass(Token(END, "", length, length), False)

    def _pass(self, token: Token, complete: bool) -> Token:
        self.before, self.last = self.last, token
        self.complete = complete
        return token

    def _parts(self) -> bool:
        """Whether a newline behind the last token parts expressions."""
        bracket = self.brackets[-1].token
        if bracket is not None and bracket.kind != "LBRACE":
            return False
        return self.complete or (self.last is not None and self.last.kind in _KEEPS_NEWLINE)

    def _open(self, token: Token) -> bool:
        keyword = self.last if self.last is not None and self.last.kind in _HEADS else None
        self.brackets.append(Bracket(token, keyword, follows_operand=self.complete))
        self.depth.enter(token)
        return False

    def _close(self, token: Token) -> bool:
        """Close a bracket (of `[[` the first half); whether an expression may end behind it."""
        bracket = self.brackets[-1]
        if bracket.token is None or _OPENERS[bracket.token.kind] != token.kind:
            return True  # the parser refuses this token
        if bracket.token.kind == "LBB" and not bracket.half_closed:
            bracket.half_closed = True
            return True
        bracket.closer = token
        self.closed = self.brackets.pop()
        self.depth.leave()
        return bracket.keyword is None
