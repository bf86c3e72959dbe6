"""Colours for typed R code, from the same tokens that the parser reads."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.styles import Style

from ..syntax.parser import tokens

_KINDS = {
    "keyword": "IF ELSE WHILE FOR IN REPEAT FUNCTION LAMBDA NEXT BREAK",
    "constant": "NULL TRUE FALSE INF NAN NA NA_INTEGER NA_REAL NA_CHARACTER NA_COMPLEX",
    "number": "NUMBER",
    "string": "STRING RAW_STRING OPEN_STRING OPEN_RAW_STRING",
    "comment": "COMMENT",
    "pipe": "SPECIAL PIPE PLACEHOLDER",
    "operator": "LEFT RIGHT EQUAL TILDE OR AND NOT COMPARE SIGN PRODUCT RANGE POWER DOLLAR AT NAMESPACE HELP",
    "wrong": "BAD",
}
_STYLE_OF = {kind: f"class:r.{style}" for style, kinds in _KINDS.items() for kind in kinds.split()}

STYLE = Style.from_dict(
    {
        "r.keyword": "ansimagenta",
        "r.constant": "ansicyan",
        "r.number": "ansicyan",
        "r.string": "ansigreen",
        "r.comment": "ansibrightblack italic",
        "r.pipe": "ansiyellow",
        "r.operator": "",
        "r.wrong": "ansired underline",
    }
)


def styled_lines(text: str) -> list[StyleAndTextTuples]:
    """The text line by line as (style, piece) pairs."""
    lines: list[StyleAndTextTuples] = [[]]
    end = 0
    for token in tokens(text):
        _append(lines, "", text[end : token.start])
        _append(lines, _STYLE_OF.get(token.kind, ""), text[token.start : token.end])
        end = token.end
    _append(lines, "", text[end:])
    return lines


def _append(lines: list[StyleAndTextTuples], style: str, piece: str) -> None:
    first, *rest = piece.split("\n")
    if first:
        lines[-1].append((style, first))
    lines.extend([(style, line)] if line else [] for line in rest)


class RLexer(Lexer):
    """prompt_toolkit's interface to `styled_lines`."""

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        lines = styled_lines(document.text)
        return lambda number: lines[number] if number < len(lines) else []
