"""The actions of the grammar's rules: tokens and subtrees become nodes, each with its span."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..errors import Code, UserError
from . import literals
from .messages import unexpected
from .nesting import Depth
from .operators import REWRITTEN, SWAPPED, Fold, Head
from .pipes import Placeholders, pipe
from .source import Source, Span, make_span
from .tokens import Token
from .tree import EMPTY, Arg, Call, Const, Function, Name, Node


class Builder:
    """One method an action of grammar/r.lark, called with the values of the rule's parts.

    Attributes:
        source: the text being parsed
        warn: is told what R's parser warns of, and where
        depth: counts how deep brackets and operators nest
    """

    source: Source
    warn: Callable[[str, Span], None] | None
    depth: Depth

    def begin(self, source: Source, warn: Callable[[str, Span], None] | None, depth: Depth) -> None:
        self.source = source
        self.warn = warn
        self.depth = depth
        self.placeholders = Placeholders()

    def span(self, first: Token | Node, last: Token | Node) -> Span:
        """From the start of a token or node to the end of another."""
        begin = first if isinstance(first, Token) else first.span
        end = last if isinstance(last, Token) else last.span
        return make_span((self.source, begin.start, end.end))  # type: ignore[union-attr]  each node has one

    # expressions

    def start(self, *statements: Node) -> list[Node]:
        return list(statements)

    def statement(self, node: Node) -> Node:
        self.placeholders.check()
        return node

    def expr(self, run: Node | Fold) -> Node:
        return run.finish() if isinstance(run, Fold) else run

    value = expr

    # runs of operators and operands: an operand alone is a node, all others are folds

    def opening(self, item: Token | Head) -> Fold:
        return self.prefixed(self._fold(), item)

    def prefixed(self, fold: Fold, item: Token | Head) -> Fold:
        fold.prefix(item)
        return fold

    def run(self, fold: Fold, node: Node) -> Fold:
        fold.operand(node)
        return fold

    def joined(self, run: Node | Fold, token: Token) -> Fold:
        return self._infix(run, token, False)

    def assigned(self, run: Node | Fold, token: Token) -> Fold:
        return self._infix(run, token, True)

    def _infix(self, run: Node | Fold, token: Token, may_assign: bool) -> Fold:
        if not isinstance(run, Fold):
            run = self.run(self._fold(), run)
        run.infix(token, may_assign)
        return run

    def _fold(self) -> Fold:
        return Fold(self._operation, self._refuse, self.depth)

    def _refuse(self, token: Token) -> UserError:
        return unexpected(token, self.source)

    def _operation(self, operator: Token | Head, operands: Sequence[Node]) -> Node:
        """The node of an operator or keyword with its one or two operands."""
        if isinstance(operator, Head):
            return self._keyword(operator, operands)
        span = self.span(operands[0] if len(operands) == 2 else operator, operands[-1])
        word = operator.text
        if word == "|>":
            return pipe(operands[0], operands[1], span, self.placeholders)
        if word in SWAPPED:
            operands = operands[::-1]
        return _call(self._name(operator, REWRITTEN.get(word, word)), operands, span)

    def _keyword(self, head: Head, operands: Sequence[Node]) -> Node:
        span = self.span(head.token, operands[-1])
        if head.token.kind in ("FUNCTION", "LAMBDA"):
            return Function(head.args, operands[0], span)
        return Call(self._name(head.token), [*head.args, *map(_argument, operands)], span)

    def _name(self, token: Token, name: str | None = None) -> Name:
        return Name(name or token.text, make_span((self.source, token.start, token.end)))

    # keywords with their parentheses

    def condition(self, keyword: Token, _opening: Token, value: Node, _closing: Token) -> Head:
        return Head(keyword, [_argument(value)])

    def loop(
        self, keyword: Token, _opening: Token, name: Name, _in: Token, value: Node, _closing: Token
    ) -> Head:
        return Head(keyword, [_argument(name), _argument(value)])

    def repeat(self, keyword: Token) -> Head:
        return Head(keyword, [])

    def function(self, keyword: Token, _opening: Token, params: list[Arg], _closing: Token) -> Head:
        return Head(keyword, params)

    def params(self, *items: Arg | Token) -> list[Arg]:
        params = [item for item in items if isinstance(item, Arg)]
        seen: set[str | None] = set()
        for param in params:
            if param.name in seen:
                raise UserError(
                    f"repeated formal argument '{param.name}'",
                    code=Code.SYNTAX,
                    cause="a function's arguments have different names",
                    cure="rename or remove one of them",
                    span=param.span,
                )
            seen.add(param.name)
        return params

    def param(self, name: Name, _equal: Token | None = None, default: Node | None = None) -> Arg:
        return Arg(name.name, default or EMPTY, self.span(name, default or name))

    # operands

    def symbol(self, token: Token) -> Name:
        text = token.text
        if not text.isascii() and not all(ch.isalpha() or ch.isdecimal() or ch in "._" for ch in text):
            raise unexpected(token, self.source)
        return Name(text, make_span((self.source, token.start, token.end)))

    def backtick(self, token: Token) -> Name:
        return self._name(token, self._literal(literals.quoted_name, token))

    def placeholder(self, token: Token) -> Name:
        name = self._name(token)
        self.placeholders.add(name)
        return name

    def constant(self, token: Token) -> Const:
        return Const(literals.CONSTANTS[token.text], self.span(token, token))

    def number(self, token: Token) -> Const:
        text, span = token.text, make_span((self.source, token.start, token.end))
        if self.warn is not None and (warning := literals.integer_warning(text)):
            self.warn(warning, span)
        return Const(literals.number(text), span)

    def string(self, token: Token) -> Const:
        return Const(self._literal(literals.string, token), self.span(token, token))

    def raw_string(self, token: Token) -> Const:
        return Const(literals.raw_string(token.text), self.span(token, token))

    def _literal(self, read: Callable[[str], str], token: Token) -> str:
        try:
            return read(token.text)
        except UserError as error:
            error.span = self.span(token, token)
            raise

    def jump(self, token: Token) -> Call:
        return Call(self._name(token), [], self.span(token, token))

    def parentheses(self, opening: Token, inner: Node, closing: Token) -> Call:
        return _call(self._name(opening), [inner], self.span(opening, closing))

    def block(self, opening: Token, *rest: Node | Token) -> Call:
        *inner, closing = rest
        return _call(self._name(opening), inner, self.span(opening, closing))  # type: ignore[arg-type]

    def call(self, function: Node, _opening: Token, items: list[Arg | Token | None], closing: Token) -> Call:
        args = [] if items == [None] else self._arguments(items, closing)
        if isinstance(function, Const) and isinstance(function.value, str):
            function = Name(function.value, function.span)  # R reads "f"(x) as f(x)
        return Call(function, args, self.span(function, closing))

    def subset(
        self,
        object_: Node,
        opening: Token,
        items: list[Arg | Token | None],
        closing: Token,
        last: Token | None = None,
    ) -> Call:
        args = [_argument(object_), *self._arguments(items, closing)]
        return Call(self._name(opening), args, self.span(object_, last or closing))

    def _arguments(self, items: list[Arg | Token | None], closing: Token) -> list[Arg]:
        """The arguments between commas; the span of an empty one is the place before the next token."""
        args = items[::2]
        for i, arg in enumerate(args):
            if arg is None:
                place = (items[2 * i + 1] if 2 * i + 1 < len(items) else closing).start  # type: ignore[union-attr]
                args[i] = Arg(None, EMPTY, make_span((self.source, place, place)))
        return args  # type: ignore[return-value]

    def args(self, *items: Arg | Token | None) -> list[Arg | Token | None]:
        return list(items)

    def arg(
        self, first: Node | None = None, equal: Token | None = None, value: Node | None = None
    ) -> Arg | None:
        if equal is None:
            return None if first is None else _argument(first)
        name = first.name if isinstance(first, Name) else first.value  # type: ignore[union-attr]
        return Arg(name, value or EMPTY, self.span(first, value or equal))  # type: ignore[arg-type]

    def null_arg(self, null: Token, equal: Token, value: Node | None = None) -> Arg:
        return Arg("NULL", value or EMPTY, self.span(null, value or equal))

    def member(self, object_: Node, operator: Token, member: Node) -> Call:
        return _call(self._name(operator), [object_, member], self.span(object_, member))


def _argument(node: Node) -> Arg:
    return Arg(None, node, node.span)


def _call(function: Name, operands: Sequence[Node], span: Span) -> Call:
    return Call(function, [Arg(None, operand, operand.span) for operand in operands], span)
