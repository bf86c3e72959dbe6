"""Which newlines part expressions: the filter between lexer and parser, and the open brackets.

NOTE R ends an expression at a newline only where one can end: never inside `(` and `[`, never behind an
operator or a keyword. Inside braces `if (c) a <newline> else b` is one expression; at top level it is two,
the second wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lark import Token

from .nesting import LIMIT

_OPENERS = {"LPAR": "RPAR", "LBRACE": "RBRACE", "LBRACKET": "RBRACKET", "LBB": "RBRACKET"}
_CLOSERS = {"RPAR", "RBRACE", "RBRACKET"}
_ENDS_EXPRESSION = {
    *("SYMBOL", "BACKTICK", "NUMBER", "STRING", "RAW_STRING", "PLACEHOLDER", "NEXT", "BREAK"),
    *("NULL", "TRUE", "FALSE", "INF", "NAN", "NA", "NA_INTEGER", "NA_REAL", "NA_CHARACTER", "NA_COMPLEX"),
}
_KEEPS_NEWLINE = {"NAMESPACE", "LAMBDA"}  # R does not skip a newline behind these, so the parser refuses it
_HEADS = {"IF", "WHILE", "FOR", "FUNCTION", "LAMBDA"}
# Each of these in a row stands inside the one before it
_NESTING = {*_HEADS, "REPEAT", "LEFT", "EQUAL", "POWER", "NOT"}
_PREFIXES = {"SIGN", "TILDE", "HELP"}


@dataclass(eq=False, slots=True)
class Bracket:
    """An open bracket (token None: the top level)."""

    token: Token | None = None
    keyword: Token | None = None  # of the parenthesis of `if (`, `while (`, `for (`, `function (`
    follows_operand: bool = False  # it calls or indexes what stands before it
    half_closed: bool = False  # of `[[`: one `]` has come
    nested: int = 0  # how deep keywords and operators nest behind it so far


class TooDeep(Exception):
    """More than LIMIT brackets or operators inside each other, at `token`."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.token = token


class Newlines:
    """Lark's PostLex: drops the newlines that part nothing. The state it ends in serves error messages."""

    always_accept = ("_NL", "OPEN_STRING", "OPEN_RAW_STRING", "BAD_RAW_STRING", "BAD")

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.brackets = [Bracket()]
        self.last: Token | None = None
        self.before: Token | None = None
        self.closed: Bracket | None = None  # the one that the last token closed
        self.complete = False  # an expression may end behind the last token

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        self.start()
        held: Token | None = None  # a newline inside braces: `else` may follow
        for token in stream:
            if token.type == "_NL":
                if self._parts():
                    if self.brackets[-1].token is None:
                        yield self._pass(token)
                    else:
                        held = held or token
                continue
            if held is not None and token.type != "ELSE":
                yield self._pass(held)
            held = None
            self._follow(token)
            yield self._pass(token)

    def _pass(self, token: Token) -> Token:
        self.before, self.last = self.last, token
        if token.type == "_NL":
            self.complete = False
            self.brackets[-1].nested = 0
        return token

    def _parts(self) -> bool:
        """Whether a newline behind the last token parts expressions."""
        bracket = self.brackets[-1].token
        if bracket is not None and bracket.type != "LBRACE":
            return False
        return self.complete or (self.last is not None and self.last.type in _KEEPS_NEWLINE)

    def _follow(self, token: Token) -> None:
        """Keep count of brackets and nesting, refuse what nests too deeply."""
        self.closed = None
        kind, here = token.type, self.brackets[-1]
        if kind in _OPENERS:
            keyword = self.last if self.last is not None and self.last.type in _HEADS else None
            self.brackets.append(Bracket(token, keyword, follows_operand=self.complete))
            if len(self.brackets) > LIMIT + 1:
                raise TooDeep(token)
            self.complete = False
        elif kind in _CLOSERS:
            self.complete = not self._close(here, kind)
        else:
            if kind in _NESTING or (not self.complete and kind in _PREFIXES):
                here.nested += 1
                if here.nested > LIMIT:
                    raise TooDeep(token)
            elif kind not in _ENDS_EXPRESSION and kind != "ELSE":
                here.nested = 0  # an operator that groups to the left, a comma, a semicolon
            self.complete = kind in _ENDS_EXPRESSION

    def _close(self, bracket: Bracket, kind: str) -> bool:
        """Close a bracket (of `[[` the first half); True if it was the parenthesis of a keyword."""
        if bracket.token is None or _OPENERS[bracket.token.type] != kind:
            return False  # the parser refuses this token
        if bracket.token.type == "LBB" and not bracket.half_closed:
            bracket.half_closed = True
            return False
        self.closed = self.brackets.pop()
        return bracket.keyword is not None
