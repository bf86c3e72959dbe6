"""R's operator precedence as a table, and the fold that makes a tree of a run of operators and operands.

NOTE keywords: `if (c)`, `function(x)`, `for (i in x)`, `while (c)` and `repeat` are prefix operators of low
precedence, so `-function(x) a = b` is `-(function(x) (a = b))`, and `else` is an infix operator whose left
side must be an `if`.

NOTE chains: what grows to the left is of any length. So are two chains that grow to the right, `a <- b <- c`
and `if (a) b else if (c) d else e`: only their first link counts as nesting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeAlias

from .nesting import LADDER, Depth, TooDeep
from .tokens import Token
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
_HELP, _EQUAL, _IF, _ELSE, _ARROW, _ANY = (LEVEL[word] for word in ("?", "=", "if", "else", "<-", "%any%"))


@dataclass(eq=False, slots=True)
class Head:
    """A keyword with what stands in its parentheses: `if (c)`, `for (i in x)`, `function(x, y = 2)`."""

    token: Token
    args: list[Arg]  # of `function`: its parameters


class Operator(NamedTuple):
    """An operator that waits for its right side."""

    level: int
    item: Token | Head
    infix: bool
    nests: bool  # counts as a level of nesting


# build(operator, operands) makes the node; refuse(token) makes the error for a token that cannot stand there
Build: TypeAlias = Callable[["Token | Head", Sequence[Node]], Node]
Refuse: TypeAlias = Callable[[Token], Exception]


_waiting: Callable[[tuple[int, Token | Head, bool, bool]], Operator] = partial(tuple.__new__, Operator)


def prefix_level(item: Token | Head) -> int:
    if isinstance(item, Head):
        return LEVEL.get(item.token.text, LEVEL["function"])  # `\` is function
    return LEVEL["unary"] if item.kind == "SIGN" else LEVEL[item.text]


class Fold:
    """One run being folded: operands on a stack, waiting operators on another (Dijkstra's shunting yard)."""

    __slots__ = ("_arrows", "_build", "_depth", "_operands", "_refuse", "_waiting")

    def __init__(self, build: Build, refuse: Refuse, depth: Depth) -> None:
        self._build = build
        self._refuse = refuse
        self._depth = depth
        self._operands: list[Node] = []
        self._waiting: list[Operator] = []
        self._arrows = 0

    def operand(self, node: Node) -> None:
        self._operands.append(node)

    def prefix(self, item: Token | Head) -> None:
        """A sign or keyword before an operand."""
        level, waiting = prefix_level(item), self._waiting
        rung = level == _IF and waiting and waiting[-1].level == _ELSE
        self._wait(level, item, infix=False, nests=not rung)

    def infix(self, token: Token, may_assign: bool) -> None:
        """An operator between operands.

        Args:
            may_assign: whether `=` may stand in this run outside of keywords
        """
        level = LEVEL.get(token.text, _ANY)
        if level == _ELSE:
            self._else(token)
            return
        waiting, grouping = self._waiting, GROUPING[level]
        while waiting and (waiting[-1].level > level or (waiting[-1].level == level and grouping == "left")):
            self._apply()
        link = bool(waiting) and waiting[-1].level == level
        if link and grouping == "none":
            raise self._refuse(token)
        if level == _EQUAL and not self._assigns(may_assign):
            raise self._refuse(token)
        if token.text in SWAPPED:
            self._swapped(token)
        self._wait(level, token, infix=True, nests=not (link and level == _ARROW))

    def _swapped(self, token: Token) -> None:
        """`1 -> a -> b` grows to the left, but is the assignment b <- (a <- 1), which nests."""
        self._arrows += 1
        if self._arrows > LADDER:
            raise TooDeep(token, LADDER)

    def finish(self) -> Node:
        """The tree of the whole run."""
        while self._waiting:
            self._apply()
        return self._operands[0]

    def _wait(self, level: int, item: Token | Head, infix: bool, nests: bool) -> None:
        token = item.token if isinstance(item, Head) else item
        if nests:
            self._depth.enter(token)
        elif len(self._waiting) > LADDER:
            raise TooDeep(token, LADDER)
        self._waiting.append(_waiting((level, item, infix, nests)))

    def _assigns(self, may_assign: bool) -> bool:
        """Whether `=` may stand here: where a run may assign, or behind a keyword or a prefix `?`."""
        for operator in reversed(self._waiting):
            if operator.level != _EQUAL:
                return may_assign or not (operator.infix and operator.level == _HELP)
        return may_assign

    def _else(self, token: Token) -> None:
        """Close the operators inside the `if` that this `else` belongs to, and give it its second branch."""
        waiting = self._waiting
        while waiting and waiting[-1].level != _IF:
            self._apply()
        if not waiting:
            raise self._refuse(token)
        waiting[-1] = waiting[-1]._replace(level=_ELSE, infix=True)

    def _apply(self) -> None:
        _, item, infix, nests = self._waiting.pop()
        if nests:
            self._depth.leave()
        operands = self._operands
        if infix:
            right = operands.pop()
            operands[-1] = self._build(item, (operands[-1], right))
        else:
            operands[-1] = self._build(item, (operands[-1],))
