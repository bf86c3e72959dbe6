"""From syntax tree back to R text, by R's layout rules: spaces, parentheses, backticks, line breaks.

NOTE breaking: R looks whether a line is too long only after a comma or a binary operator, so that lines end a
little behind the width; it counts bytes, indentation included. Inside braces an `if` takes several lines, but
not as an argument of one of R's primitive functions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .literals import CONSTANTS
from .operators import GROUPING, LEVEL, TABLE
from .primitives import PRIMITIVES
from .sexpr import SYNTACTIC
from .spelling import constant
from .tree import EMPTY, NA, Arg, Call, Const, Function, Missing, Name, Node

Values: TypeAlias = Callable[[object], "str | Node"]

_KEYWORDS = {*CONSTANTS, "if", "else", "while", "for", "in", "repeat", "function", "next", "break"}
_INDEX = _MEMBER = len(TABLE)
_NAMESPACE = len(TABLE) + 1
_SPACED = {*"+-*~&|<>", "&&", "||", "<=", ">=", "==", "!=", "%*%"}
_TIGHT = {"/": "/", "^": "^", ":": ":", "%%": "%any%", "%/%": "%any%"}
_ASSIGNMENTS = ("<-", "<<-", "=")
_UNARY = {*"+-!~*&|<>", "&&", "||"}


def deparse(node: Node, width: int = 60, values: Values | None = None) -> list[str]:
    """The lines of a node's R text, as R's `deparse(expr, width.cutoff = width)` gives them.

    Args:
        width: a line is broken at the first chance behind so many bytes
        values: the text of a run-time value that stands in the tree in place of a constant
    """
    if isinstance(node, Name):
        return [node.name]
    writer = _Writer(width, values)
    writer.write([node])
    return writer.lines


def deparse_function(
    params: Sequence[Arg], body: Node, width: int = 60, values: Values | None = None
) -> list[str]:
    """The lines of a closure."""
    writer = _Writer(width, values)
    writer.write([Closed(list(params), body)])
    return writer.lines


class Closed(Function):
    """A function that is a value: R puts its body on a line of its own, and a space behind `function`."""

    __slots__ = ()


class Written(Call):
    """A call that stands for a value. R breaks the lines of a vector, `c(...)`, without indenting them, and
    never behind an attribute in `structure(...)`.
    """

    __slots__ = ()


def quote_name(name: str) -> str:
    """A name as it must be written in R text: in backticks unless it is syntactic."""
    if not name or (SYNTACTIC.fullmatch(name) and name not in _KEYWORDS):
        return name
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


@dataclass(slots=True)
class _Followed:
    """An operand with an operator of `level` behind it: a `!` or `if` at its end could swallow that one."""

    node: Node | Missing
    level: int


# What a piece of a layout can be: text, a node to lay out, or something to do to the writer
Piece: TypeAlias = str | Node | Missing | _Followed | Callable[[], None]
Pieces: TypeAlias = Sequence[Piece]


class _Break:
    """The line breaks of one argument list or operator: the lines after the first are indented once."""

    def __init__(self, writer: _Writer) -> None:
        self.writer = writer
        self.broken = False

    def chance(self) -> None:
        if self.writer.length > self.writer.width:
            if not self.broken:
                self.broken = True
                self.writer.indent += 1
            self.writer.end_line()

    def end(self) -> None:
        if self.broken:
            self.writer.indent -= 1


class _Writer:
    """Lays out nodes from a stack of pieces; a loop, because chains of operators are of any length."""

    def __init__(self, width: int, values: Values | None) -> None:
        self.width = width
        self.values = values
        self.done: list[str] = []
        self.line: list[str] = []
        self.length = 0  # of the line, in bytes
        self.indent = 0
        self.curly = 0  # how many braces are open
        self.followed: int | None = None  # the level of the operator behind the node being laid out
        self.inner = 0  # how many calls of primitives are open

    @property
    def lines(self) -> list[str]:
        return [*self.done, "".join(self.line)] if self.line or not self.done else self.done

    def write(self, pieces: Pieces) -> None:
        todo = list(reversed(pieces))
        while todo:
            piece = todo.pop()
            self.followed = None
            if isinstance(piece, _Followed):
                self.followed, piece = piece.level, piece.node
            if isinstance(piece, str):
                self._text(piece)
            elif piece is EMPTY:
                self._text("")  # R indents an empty argument at the start of a line
            elif isinstance(piece, Name):
                self._text(quote_name(piece.name))
            elif isinstance(piece, Const):
                shown = self._value(piece.value)
                if isinstance(shown, str):
                    self._text(shown)
                else:
                    todo.append(shown)
            elif isinstance(piece, Call):
                todo.extend(reversed(self._call(piece)))
            elif isinstance(piece, Function):
                todo.extend(reversed(self._function(piece)))
            else:
                piece()

    def _text(self, text: str) -> None:
        if not self.line:
            tabs = "    " * min(self.indent, 4) + "  " * max(0, self.indent - 4)
            self.line.append(tabs)
            self.length += len(tabs)
        self.line.append(text)
        self.length += len(text.encode("utf-8", "surrogatepass"))

    def end_line(self) -> None:
        self.done.append("".join(self.line))
        self.line = []
        self.length = 0

    def _value(self, value: object) -> str | Node:
        if value is None or isinstance(value, (bool, int, float, complex, str, NA)):
            return constant(value)
        if self.values is None:
            raise TypeError(f"no text for a value of type {type(value).__name__}")
        return self.values(value)

    # layouts

    def _is_closure(self, node: Node) -> bool:
        """Whether a value in a place of code is a function written in R."""
        return isinstance(node, Const) and isinstance(self._value(node.value), Function)

    def _function(self, node: Function) -> Pieces:
        params = self.listed(_params(node.params))
        if isinstance(node, Closed):
            return ["function (", *params, ") ", self.end_line, node.body]
        return ["function(", *params, ") ", node.body]

    def _call(self, node: Call) -> Pieces:
        function = node.function
        if not isinstance(function, Name):
            return [
                *_in_parentheses(function, _caller_needs_them(function) or self._is_closure(function)),
                *self._arguments("(", node.args, ")"),
            ]
        name, args = function.name, node.args
        layout = _LAYOUTS.get(name)
        if layout is not None and (pieces := layout(self, name, args)) is not None:
            return pieces
        if _is_user_operator(name) and len(args) == 2 and not any(arg.name for arg in args):
            return self._binary(name, args)
        if isinstance(node, Written) and name in ("c", "structure"):
            return [name, "(", *self._unindented(args, breaking=name == "c"), ")"]
        call = [quote_name(name), *self._arguments("(", args, ")")]
        return [self._enter, *call, self._leave] if name in PRIMITIVES else call

    def _enter(self) -> None:
        self.inner += 1

    def _leave(self) -> None:
        self.inner -= 1

    def _arguments(self, opening: str, args: Sequence[Arg], closing: str) -> Pieces:
        return [opening, *self.listed([_argument(arg) for arg in args]), closing]

    def _unindented(self, args: Sequence[Arg], breaking: bool) -> Pieces:
        pieces: list[Piece] = []
        for i, arg in enumerate(args):
            if i:
                pieces += [", ", self._overfull] if breaking else [", "]
            pieces += _argument(arg)
        return [*pieces, self._overfull] if breaking else pieces

    def _overfull(self) -> None:
        if self.length > self.width:
            self.end_line()

    def listed(self, entries: Sequence[Pieces]) -> Pieces:
        """Entries with commas, the line broken after one where it is too long."""
        breaks = _Break(self)
        pieces: list[Piece] = []
        for i, entry in enumerate(entries):
            if i:
                pieces += [", ", breaks.chance]
            pieces += entry
        return [*pieces, breaks.end]

    def _binary(self, name: str, args: Sequence[Arg]) -> Pieces:
        breaks = _Break(self)
        left, right = self._sides(_level(name), args)
        return [*left, f" {name} ", breaks.chance, *right, breaks.end]

    def _sides(self, level: int, args: Sequence[Arg]) -> tuple[Pieces, Pieces]:
        return self._operand(level, args[0], left=True), self._operand(level, args[1], left=False)

    def _operand(self, level: int, arg: Arg, left: bool) -> Pieces:
        followed = level if left else self.followed
        if _needs_them(level, arg.value, left, followed):
            return ["(", arg.value, ")"]
        return [arg.value if followed is None else _Followed(arg.value, followed)]

    def operator(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        if not _given(args, 1, 2):
            return None
        if len(args) == 2:
            return self._binary(name, args)
        if name not in _UNARY:
            return None
        level = LEVEL["unary"] if name in "+-" else LEVEL[name]
        return self._unary(name, level, args[0])

    def tight(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        if not _given(args, 2):
            return None
        left, right = self._sides(_level(name), args)
        return [*left, name, *right]

    def negation(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        return self._unary(name, LEVEL["!"], args[0]) if _given(args, 1) else None

    def _unary(self, name: str, level: int, arg: Arg) -> Pieces:
        return [name, *self._operand(level, arg, left=False)]

    def assignment(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        if not _given(args, 2):
            return None
        left, right = self._sides(LEVEL[name], args)
        return [*left, f" {name} ", *right]

    def member(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        if not _given(args, 2):
            return None
        object_, member = args[0], args[1].value
        if isinstance(member, Const) and isinstance(member.value, str):
            plain = quote_name(member.value) == member.value != ""
            return [*self._operand(_MEMBER, object_, left=True), name, member.value if plain else member]
        if not isinstance(member, Name):
            return None
        return [*self._operand(_MEMBER, object_, left=True), name, member]

    def subset(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        if not args or args[0].value is EMPTY:
            return None
        return [*self._operand(_INDEX, args[0], left=True), *self._arguments(name, args[1:], "]" * len(name))]

    def parentheses(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        return ["(", args[0].value, ")"] if _given(args, 1) else None

    def braces(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        lines = [piece for arg in args if arg.value is not EMPTY for piece in (arg.value, self.end_line)]
        return ["{", self._open, self.end_line, *lines, self._close, "}"]

    def _open(self) -> None:
        self.curly += 1
        self.indent += 1

    def _close(self) -> None:
        self.curly -= 1
        self.indent -= 1

    def condition(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        if not _given(args, 2, 3):
            return None
        head: list[Piece] = ["if (", args[0].value, ") "]
        branches = [arg.value for arg in args[1:]]
        if not self.curly or self.inner:
            return [*head, branches[0], *([" else ", branches[1]] if len(branches) == 2 else [])]
        if _is_braces(branches[0]):
            return [
                *head,
                branches[0],
                *([self.end_line, "else ", branches[1]] if len(branches) == 2 else []),
            ]
        inner: list[Piece] = [self.end_line, self._indented, branches[0]]
        if len(branches) == 2:
            return [*head, *inner, self.end_line, self._outdented, "else ", branches[1]]
        return [*head, *inner, self._outdented]

    def _indented(self) -> None:
        self.indent += 1

    def _outdented(self) -> None:
        self.indent -= 1

    def loop(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        if not _given(args, 3):
            return None
        variable, sequence, body = (arg.value for arg in args)
        return ["for (", variable, " in ", sequence, ") ", body]

    def while_(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        return ["while (", args[0].value, ") ", args[1].value] if _given(args, 2) else None

    def repeat(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        return ["repeat ", args[0].value] if _given(args, 1) else None

    def jump(self, name: str, args: Sequence[Arg]) -> Pieces | None:
        return [name]


_LAYOUTS: dict[str, Callable[[_Writer, str, Sequence[Arg]], Pieces | None]] = {
    **dict.fromkeys(_SPACED, _Writer.operator),
    **dict.fromkeys((*_TIGHT, "::", ":::"), _Writer.tight),
    **dict.fromkeys(_ASSIGNMENTS, _Writer.assignment),
    **dict.fromkeys(("$", "@"), _Writer.member),
    **dict.fromkeys(("[", "[["), _Writer.subset),
    **dict.fromkeys(("next", "break"), _Writer.jump),
    "!": _Writer.negation,
    "(": _Writer.parentheses,
    "{": _Writer.braces,
    "if": _Writer.condition,
    "for": _Writer.loop,
    "while": _Writer.while_,
    "repeat": _Writer.repeat,
}


def _argument(arg: Arg) -> Pieces:
    head = [] if arg.name is None else [f"{quote_name(arg.name)} = "]
    # an assignment with `=` would read as a named argument
    return [*head, *_in_parentheses(arg.value, _is_call(arg.value, "=", 2))]


def _params(params: Sequence[Arg]) -> list[Pieces]:
    named = [(quote_name(param.name or ""), param.value) for param in params]
    return [[name] if value is EMPTY else [f"{name} = ", value] for name, value in named]


def _given(args: Sequence[Arg], *counts: int) -> bool:
    """Whether there is one of these numbers of arguments, none of them empty."""
    return len(args) in counts and all(arg.value is not EMPTY for arg in args)


def _is_call(node: object, name: str, count: int) -> bool:
    if not isinstance(node, Call) or not isinstance(node.function, Name):
        return False
    return node.function.name == name and len(node.args) == count


def _is_braces(node: object) -> bool:
    return isinstance(node, Call) and isinstance(node.function, Name) and node.function.name == "{"


def _is_user_operator(name: str) -> bool:
    return len(name) >= 2 and name[0] == name[-1] == "%"


# parentheses that the tree has no `(` for: it was built by a program


def _level(name: str) -> int:
    """An operator's place in the order of precedence."""
    if name in ("::", ":::"):
        return _NAMESPACE
    if name in ("$", "@"):
        return _MEMBER
    if name in ("[", "[["):
        return _INDEX
    return LEVEL["%any%"] if _is_user_operator(name) else LEVEL[name]


def _in_parentheses(node: Node | Missing, needed: bool) -> Pieces:
    return ["(", node, ")"] if needed else [node]


def _binds_looser(level: int, inner: int, left: bool) -> bool:
    """Whether an operand of level `inner` would be torn apart by an operator of `level` beside it."""
    right_grouping = level < len(TABLE) and GROUPING[level] == "right"
    return level > inner or (level == inner and left == right_grouping)


def _needs_them(level: int, node: Node | Missing, left: bool, followed: int | None) -> bool:
    if isinstance(node, Const):
        return isinstance(node.value, complex) and _binds_looser(level, LEVEL["+"], left)
    if not isinstance(node, Call) or not isinstance(node.function, Name):
        return False
    name, count = node.function.name, len(node.args)
    if name in ("if", "for", "while", "repeat"):
        return followed is not None
    if count == 1 and (name in _UNARY or name in _TIGHT):
        unary = LEVEL["unary"] if name in "+-" else _level(name)
        return followed is not None and followed > unary
    if name in _SPACED or name in _TIGHT or name in ("::", ":::"):
        if count != 2:
            return False
        return level == LEVEL["<"] == _level(name) or _binds_looser(level, _level(name), left)
    if name in (*_ASSIGNMENTS, "$", "@", "[", "[[") or _is_user_operator(name):
        return _binds_looser(level, _level(name), left)
    return False


def _caller_needs_them(function: Node) -> bool:
    """Whether what is called must stand in parentheses, as in `(a + b)(c)`."""
    if not isinstance(function, Call):
        return isinstance(function, Function)
    if not isinstance(function.function, Name):
        return True
    name = function.function.name
    if _is_user_operator(name) or name in ("if", "for", "while", "repeat", "!", *_ASSIGNMENTS):
        return True
    return name in _SPACED or name in _TIGHT
