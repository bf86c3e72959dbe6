"""Runs Lark's parse table: shifts tokens, and calls the grammar's actions when rules are complete.

Lark's own loop takes three times as long for the same table. Two things make this one fast. A state *is* its
row of the table (a dict from kind of token to what to do, and from rule to next state), so that no number is
looked up. And where only one rule can be complete behind a token, shift and reduction are one `Step`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from .grammar import Part, Rule, Table
from .tokens import END, Token

Action: TypeAlias = Callable[..., Any]
Row: TypeAlias = dict[str, Any]


class Refused(Exception):
    """A token for which the table has no entry."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.token = token


class Reduction(NamedTuple):
    """A complete rule: its last `size` values become one, by `action` (None: the one value as it is)."""

    rule: str
    size: int
    action: Action | None


class Step(list[Any]):
    """A shift with the reduction that must follow: the action for the token, the next state."""


class Automaton:
    """The parser of one grammar.

    Args:
        table: what Lark made of the grammar
        actions: by the name of a rule, what is called with the values of its parts
    """

    def __init__(self, table: Table, actions: Callable[[str], Action]) -> None:
        reductions = [_reduction(rule, actions) for rule in table.rules]
        rows: list[Row] = [{} for _ in table.states]
        for row, entries in zip(rows, table.states, strict=True):
            for symbol, entry in entries.items():
                row[symbol] = rows[entry] if entry >= 0 else reductions[-entry - 1]
        certain = {id(row): reduction for row in rows if (reduction := _only(row)) is not None}
        for row in rows:
            _shorten(row, certain)
        self._start = rows[table.start]
        self._end = rows[table.end]

    def parse(self, tokens: Iterator[Token]) -> Any:
        """The value of the start rule.

        Raises:
            Refused: at the first token that is not possible; what actions raise
        """
        row = self._start
        states = [row]
        values: list[Any] = []
        for token in tokens:
            kind = token[0]
            while True:
                entry: Any = row.get(kind)
                what = entry.__class__
                if what is dict:
                    row = entry
                    states.append(row)
                    values.append(token)
                    break
                if what is Step:
                    action, row = entry
                    states.append(row)
                    values.append(token if action is None else action(token))
                    break
                if entry is None:
                    if kind == END and row is self._end:
                        return values[0]
                    _complete(row, values)
                    raise Refused(token)
                rule, size, action = entry
                if size == 1:
                    if action is not None:
                        values[-1] = action(values[-1])
                    row = states[-1] = states[-2][rule]
                else:
                    first = len(values) - size
                    parts = values[first:]
                    del values[first:], states[first + 1 :]
                    values.append(action(*parts))
                    row = states[-1][rule]
                    states.append(row)
        raise AssertionError("the tokens have no end")


def _complete(row: Row, values: list[Any]) -> None:
    """Complete the rule that the last token ends whatever comes behind it: its action may refuse that one."""
    reduction = _only(row)
    if reduction is not None and reduction.action is not None and values[-1].__class__ is Token:
        reduction.action(*values[-reduction.size :])


def _reduction(rule: Rule, actions: Callable[[str], Action]) -> Reduction:
    if rule.action is None and rule.parts == [Part.VALUE] and not rule.is_list:
        action = None
    elif rule.action is None:
        action = partial(_gathered, rule.parts)
    elif rule.parts.count(Part.VALUE) == len(rule.parts):
        action = actions(rule.action)
    else:
        action = _spreading(actions(rule.action), rule.parts)
    return Reduction(rule.name, len(rule.parts), action)


def _spreading(action: Action, parts: Sequence[str]) -> Action:
    """An action that takes the entries of lists one by one."""
    return lambda *values: action(*_gathered(parts, *values))


def _gathered(parts: Sequence[str], *values: Any) -> list[Any]:
    """The values of a rule in one list. A list that begins it grows in place: it may be very long."""
    found: list[Any] = values[0] if parts and parts[0] == Part.LIST else []
    for part, value in zip(parts, values, strict=True):
        if part == Part.VALUE:
            found.append(value)
        elif part == Part.LIST and value is not found:
            found += value
    return found


def _shorten(row: Row, certain: dict[int, Reduction]) -> None:
    """Join the shifts of a state with the reductions that must follow.

    Args:
        certain: by the identity of a state, the rule that is complete in it whatever token comes
    """
    for symbol, after in row.items():
        if id(after) in certain and not symbol.islower() and (step := _step(row, after, certain)) is not None:
            row[symbol] = step


def _step(row: Row, after: Row, certain: dict[int, Reduction]) -> Step | None:
    """From a state over a token to `after`: the reductions there that need not know the next token."""
    action: Action | None = None
    begin = after
    while (reduction := certain.get(id(after))) is not None and reduction.size == 1:
        if action is not None and reduction.action is not None:
            break
        action = action or reduction.action
        after = row[reduction.rule]
    return None if after is begin else Step([action, after])


def _only(row: Row) -> Reduction | None:
    """The rule that is complete in a state whatever token comes."""
    entries = list(row.values())
    if entries and isinstance(entries[0], Reduction) and all(entry is entries[0] for entry in entries):
        return entries[0]
    return None
