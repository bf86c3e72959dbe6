"""R's operator precedence as a table, and the fold that makes a tree of a flat run of operators and operands.

NOTE keywords: `if (c)`, `function(x)`, `for (i in x)`, `while (c)` and `repeat` are prefix operators of low
precedence, so `-function(x) a = b` is `-(function(x) (a = b))`, and `else` is an infix operator whose left
side must be an `if`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from lark import Token

from .tree import Arg, Node

# Low to high; the first word says how equals group. `%any%` stands for all operators in percent signs.
TABLE = (
    ("left", "?"),
    ("prefix", "function", "while", "for", "repeat"),
    ("prefix", "if"),
    ("left", "else"),
    ("right", "="),
    ("right", "<-", "<<-", ":="),
    ("left", "->", "->>"),
    ("left", "~"),
    ("left", "|", "||"),
    ("left", "&", "&&"),
    ("prefix", "!"),
    ("none", "<", ">", "<=", ">=", "==", "!="),
    ("left", "+", "-"),
    ("left", "*", "/"),
    ("left", "%any%", "|>"),
    ("left", ":"),
    ("prefix", "unary"),
    ("right", "^", "**"),
)
LEVEL = {operator: level for level, row in enumerate(TABLE) for operator in row[1:]}
GROUPING = [row[0] for row in TABLE]
REWRITTEN = {"->": "<-", "->>": "<<-", "**": "^"}
SWAPPED = ("->", "->>")
_HELP, _EQUAL, _IF, _ELSE = LEVEL["?"], LEVEL["="], LEVEL["if"], LEVEL["else"]


@dataclass(eq=False, slots=True)
class Head:
    """A keyword with what stands in its parentheses: `if (c)`, `for (i in x)`, `function(x, y = 2)`."""

    token: Token
    args: list[Arg]  # of `function`: its parameters
    height: int = 0


class Operator(NamedTuple):
    """An operator that waits for its right side."""

    level: int
    item: Token | Head
    infix: bool


Item: TypeAlias = Token | Head | Node
# build(operator, operands) makes the node; refuse(token) makes the error for a token that cannot stand there
Build: TypeAlias = Callable[["Token | Head", Sequence[Node]], Node]
Refuse: TypeAlias = Callable[[Token], Exception]


def is_infix(token: Token) -> bool:
    return token.type == "SPECIAL" or (token in LEVEL and GROUPING[LEVEL[token]] != "prefix")


def infix_level(token: Token) -> int:
    return LEVEL["%any%"] if token.type == "SPECIAL" else LEVEL[token]


def prefix_level(item: Token | Head) -> int:
    if isinstance(item, Head):
        return LEVEL.get(item.token, LEVEL["function"])  # `\` is function
    return LEVEL["unary"] if item.type == "SIGN" else LEVEL[item]


class Fold:
    """One run being folded: operands on a stack, waiting operators on another (Dijkstra's shunting yard)."""

    def __init__(self, assign: bool, build: Build, refuse: Refuse) -> None:
        self.assign = assign  # whether `=` may stand outside of keywords
        self.build = build
        self.refuse = refuse
        self.operands: list[Node] = []
        self.waiting: list[Operator] = []

    def run(self, items: Sequence[Item]) -> Node:
        """The tree of a whole run."""
        self.take(items)
        while self.waiting:
            self._apply()
        return self.operands[0]

    def take(self, items: Sequence[Item]) -> None:
        """Fold as far as a run goes that may have no end yet."""
        complete = False  # an operand has just been read
        for item in items:
            if isinstance(item, Head) or (isinstance(item, Token) and not complete):
                self.waiting.append(Operator(prefix_level(item), item, infix=False))
            elif isinstance(item, Token):
                self._infix(item)
                complete = False
            else:
                self.operands.append(item)
                complete = True

    def _infix(self, token: Token) -> None:
        level = infix_level(token)
        if level == _ELSE:
            self._else(token)
            return
        waiting, grouping = self.waiting, GROUPING[level]
        while waiting and (waiting[-1].level > level or (waiting[-1].level == level and grouping == "left")):
            self._apply()
        if waiting and waiting[-1].level == level and grouping == "none":
            raise self.refuse(token)
        if level == _EQUAL and not self._may_assign():
            raise self.refuse(token)
        waiting.append(Operator(level, token, infix=True))

    def _may_assign(self) -> bool:
        """Whether `=` may stand here: where a run may assign, or behind a keyword or a prefix `?`."""
        for operator in reversed(self.waiting):
            if operator.level != _EQUAL:
                return self.assign or not (operator.infix and operator.level == _HELP)
        return self.assign

    def _else(self, token: Token) -> None:
        """Close the operators inside the `if` that this `else` belongs to, and give it its second branch."""
        while self.waiting and self.waiting[-1].level != _IF:
            self._apply()
        if not self.waiting:
            raise self.refuse(token)
        self.waiting[-1] = Operator(_ELSE, self.waiting[-1].item, infix=True)

    def _apply(self) -> None:
        operator = self.waiting.pop()
        right = self.operands.pop()
        if operator.infix:
            left = self.operands.pop()
            self.operands.append(self.build(operator.item, (left, right)))
        else:
            self.operands.append(self.build(operator.item, (right,)))
