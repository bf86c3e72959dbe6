"""What Lark makes of the grammar: its terminals in order, and its LALR(1) table as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lark import Lark, Token
from lark.lark import PostLex
from lark.lexer import BasicLexer
from lark.parsers.lalr_analysis import Shift

from .grammar import Part, Rule, Table


class _Refused(PostLex):
    """Has Lark keep the terminals that no rule takes."""

    always_accept = ("OPEN_STRING", "OPEN_RAW_STRING", "BAD_RAW_STRING", "BAD")

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        return stream


def compile_grammar(text: str) -> Table:
    """The table of a grammar."""
    lark = Lark(text, parser="lalr", lexer="basic", maybe_placeholders=False, postlex=_Refused())
    analysed: Any = lark.parser.parser._parse_table
    rules = list(lark.rules)
    index = {rule: i for i, rule in enumerate(rules)}
    states = [
        {
            str(symbol): target if action is Shift else -1 - index[target]
            for symbol, (action, target) in analysed.states[state].items()
        }
        for state in sorted(analysed.states)
    ]
    terminals, words = _terminals(lark)
    return Table(
        terminals,
        words,
        [_rule(rule) for rule in rules],
        states,
        analysed.start_states["start"],
        analysed.end_states["start"],
    )


def _terminals(lark: Lark) -> tuple[dict[str, str], dict[str, str]]:
    """The terminals in the order of Lark's lexer, and the reserved words apart: they are SYMBOLs too."""
    ordered = BasicLexer(lark.lexer_conf).terminals
    symbol = next(t.pattern.to_regexp() for t in ordered if t.name == "SYMBOL")
    words = {
        t.pattern.value: str(t.name)
        for t in ordered
        if t.pattern.type == "str" and re.fullmatch(symbol, t.pattern.value)
    }
    reserved = set(words.values())
    return {str(t.name): t.pattern.to_regexp() for t in ordered if t.name not in reserved}, words


def _rule(rule: Any) -> Rule:
    """A rule's action is its alias or its name, but of one symbol behind `?` and of a list there is none."""
    name = str(rule.origin.name)
    passes = name.startswith("_") or (rule.options.expand1 and len(rule.expansion) == 1)
    return Rule(name, rule.alias or (None if passes else name), [_part(symbol) for symbol in rule.expansion])


def _part(symbol: Any) -> str:
    if symbol.is_term:
        return Part.NONE if symbol.filter_out else Part.VALUE
    return Part.LIST if symbol.name.startswith("_") else Part.VALUE
