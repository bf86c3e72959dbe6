"""What Tab offers: names, the arguments of the call around the cursor, their values, members behind `$`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from ..lang.builtins.help import parameters
from ..lang.environment import Environment
from ..lang.foreign import foreign_type
from ..lang.lookup import function_or_none, names_in_scope
from ..lang.session import session
from ..lang.values import LazyBinding, Promise, RVector
from ..syntax.deparse import quote_name
from ..syntax.parser import tokens
from ..syntax.tokens import Token

_SKIPPED = ("BLANK", "COMMENT", "_NL")
_OPENING = ("LPAR", "LBRACKET", "LBB", "LBRACE")
_CLOSING = ("RPAR", "RBRACKET", "RBRACE")


class Candidate(NamedTuple):
    """One offer: what is inserted, and what the menu says about it."""

    text: str
    about: str = ""


class Call(NamedTuple):
    """The call around the cursor: its function's name, the arguments named so far, the one being written."""

    function: str
    given: set[str]
    argument: str | None


def candidates(before: str) -> tuple[int, list[Candidate]]:
    """The offers for the text before the cursor, and how many of its last characters they replace."""
    pieces = [piece for piece in tokens(before) if piece.kind not in _SKIPPED]
    if pieces and pieces[-1].kind == "OPEN_STRING":
        typed = pieces[-1].text[1:]
        return len(typed), _starting(typed, _values_of(_call_around(pieces[:-1])))
    word = ""
    if pieces and pieces[-1].kind == "SYMBOL" and pieces[-1].end == len(before):
        word = pieces.pop().text
    if pieces and pieces[-1].kind == "DOLLAR":
        return len(word), _starting(word, map(Candidate, map(quote_name, _members(pieces[:-1]))))
    if not word and not (pieces and pieces[-1].kind in ("LPAR", "COMMA")):
        return 0, []
    return len(word), [*_starting(word, _arguments(_call_around(pieces)))] + (
        [*_starting(word, _names())] if word else []
    )


def _starting(word: str, offers: Iterable[Candidate]) -> list[Candidate]:
    return [offer for offer in offers if offer.text.startswith(word) and offer.text != word]


def _names() -> Iterator[Candidate]:
    for name in sorted(set(names_in_scope(session.global_env))):
        if name[0].isalpha() or name[0] == ".":
            yield Candidate(name)


def _call_around(pieces: list[Token]) -> Call | None:
    """The innermost call that the last piece stands in."""
    depth, at = 0, len(pieces) - 1
    given: set[str] = set()
    argument = None
    inside_first = True  # still in the argument that the cursor is in
    while at >= 0:
        kind = pieces[at].kind
        if kind in _CLOSING:
            depth += 1
        elif kind in _OPENING and depth:
            depth -= 1
        elif kind in _OPENING:
            break
        elif kind == "COMMA" and not depth:
            inside_first = False
        elif kind == "EQUAL" and not depth and at and pieces[at - 1].kind == "SYMBOL":
            given.add(pieces[at - 1].text)
            argument = pieces[at - 1].text if inside_first else argument
        at -= 1
    if at < 1 or pieces[at].kind != "LPAR" or pieces[at - 1].kind != "SYMBOL":
        return None
    return Call(pieces[at - 1].text, given, argument)


def _arguments(call: Call | None) -> list[Candidate]:
    """`units = ` for each argument that the call has not got yet."""
    if call is None or call.argument is not None:
        return []
    function = function_or_none(call.function, session.global_env)
    return [
        Candidate(f"{quote_name(p.name)} = ", p.doc)
        for p in parameters(function)
        if p.name != "..." and p.name not in call.given
    ]


def _values_of(call: Call | None) -> list[Candidate]:
    """The texts that the argument being written can have."""
    if call is None or call.argument is None:
        return []
    function = function_or_none(call.function, session.global_env)
    types = [p.type for p in parameters(function) if p.name == call.argument]
    return [Candidate(choice) for type in types for choice in getattr(type, "choices", ())]


def _members(pieces: list[Token]) -> list[str]:
    """The names behind `$` of a variable or of a chain `a$b`; nothing is called to find them."""
    chain: list[str] = []
    while pieces and pieces[-1].kind == "SYMBOL":
        chain.insert(0, pieces[-1].text)
        if len(pieces) < 2 or pieces[-2].kind != "DOLLAR":
            break
        pieces = pieces[:-2]
    if not chain:
        return []
    home = session.global_env.find(chain[0])
    value = _ready(home.values[chain[0]]) if home is not None else None
    for name in chain[1:]:
        value = _member(value, name)
    return _member_names(value)


def _ready(value: Any) -> Any:
    """A variable's value if it is there already: completion runs no code."""
    if isinstance(value, Promise):
        return value.value
    return None if isinstance(value, LazyBinding) else value


def _member(value: Any, name: str) -> Any:
    if isinstance(value, Environment):
        return _ready(value.values.get(name))
    if isinstance(value, RVector) and value.type == "list" and name in (value.names or ()):
        return value.data[(value.names or []).index(name)]
    return None


def _member_names(value: Any) -> list[str]:
    if isinstance(value, Environment):
        return sorted(value.values)
    if isinstance(value, RVector):
        return [name for name in value.names or () if name] if value.type == "list" else []
    foreign = foreign_type(value)
    return foreign.names(value) if foreign is not None else []


class RCompleter(Completer):
    """prompt_toolkit's interface to `candidates`."""

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        length, offers = candidates(document.text_before_cursor)
        for offer in offers:
            yield Completion(offer.text, start_position=-length, display_meta=offer.about)
