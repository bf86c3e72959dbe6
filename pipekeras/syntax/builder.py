"""The callbacks of the grammar's rules: tokens and subtrees become nodes, each with its span."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lark import Token, Transformer

from ..errors import Code, UserError
from . import literals
from .messages import unexpected
from .nesting import Heights
from .operators import REWRITTEN, SWAPPED, Fold, Head
from .pipes import Placeholders, pipe
from .source import Source, Span
from .tree import EMPTY, Arg, Call, Const, Function, Name, Node


class Builder(Transformer):
    """One method a rule of grammar/r.lark. `source` is the text being parsed."""

    source: Source

    def begin(self, source: Source, warn: Callable[[str, Span], None] | None) -> None:
        self.source = source
        self.warn = warn
        self.heights = Heights()
        self.placeholders = Placeholders()

    def span(self, first: Any, last: Any) -> Span:
        """From the start of a token or node to the end of another."""
        start: Any = first.start_pos if isinstance(first, Token) else first.span.start
        end: Any = last.end_pos if isinstance(last, Token) else last.span.end
        return Span(self.source, start, end)

    # expressions

    def start(self, items: list[Node]) -> list[Node]:
        return items

    def statement(self, items: list[Node]) -> Node:
        self.placeholders.check()
        self.heights.clear()
        return items[0]

    def expr(self, items: list[Any]) -> Node:
        return self._fold(items, assign=True)

    def value(self, items: list[Any]) -> Node:
        return self._fold(items, assign=False)

    def _fold(self, items: list[Any], assign: bool) -> Node:
        if len(items) == 1:
            return items[0]
        return self.fold(assign).run(items)

    def fold(self, assign: bool) -> Fold:
        return Fold(assign, self._operation, lambda token: unexpected(token, self.source))

    def _operation(self, operator: Token | Head, operands: Sequence[Node]) -> Node:
        """The node of an operator or keyword with its one or two operands."""
        if isinstance(operator, Head):
            return self._keyword(operator, operands)
        span = self.span(operands[0] if len(operands) == 2 else operator, operands[-1])
        if operator == "|>":
            return self._pipe(operands[0], operands[1], span)
        first, *rest = operands
        height = max(self.heights.take(first) + (not rest), 1 + self.heights.tallest(rest))
        word = str(operator)
        if word in SWAPPED:
            operands = operands[::-1]
        return self._call(self._name(operator, REWRITTEN.get(word, word)), operands, span, height)

    def _keyword(self, head: Head, operands: Sequence[Node]) -> Node:
        span = self.span(head.token, operands[-1])
        height = 1 + max(head.height, self.heights.tallest(operands))
        if head.token.type in ("FUNCTION", "LAMBDA"):
            node: Node = Function(head.args, operands[0], span)
        else:
            args = [*head.args, *(Arg(None, operand, operand.span) for operand in operands)]
            node = Call(self._name(head.token), args, span)
        self.heights.put(node, height, span)
        return node

    def _pipe(self, left: Node, right: Node, span: Span) -> Node:
        node = pipe(left, right, span, self.placeholders)
        self.heights.put(node, max(self.heights.take(left), self.heights.take(right), 1), span)
        return node

    def _call(self, function: Node, operands: Sequence[Node], span: Span, height: int = 1) -> Call:
        node = Call(function, [Arg(None, operand, operand.span) for operand in operands], span)
        self.heights.put(node, height, span)
        return node

    def _name(self, token: Token, name: str | None = None) -> Name:
        return Name(name or str(token), self.span(token, token))

    # keywords with their parentheses

    def condition(self, items: list[Any]) -> Head:
        keyword, _, value, _ = items
        return Head(keyword, [Arg(None, value, value.span)], self.heights.take(value))

    def loop(self, items: list[Any]) -> Head:
        keyword, _, variable, _, sequence, _ = items
        args = [Arg(None, variable, variable.span), Arg(None, sequence, sequence.span)]
        return Head(keyword, args, self.heights.take(sequence))

    def repeat(self, items: list[Token]) -> Head:
        return Head(items[0], [])

    def function(self, items: list[Any]) -> Head:
        keyword, _, params, _ = items
        return Head(keyword, params, self.heights.tallest(param.value for param in params))

    def params(self, items: list[Any]) -> list[Arg]:
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

    def param(self, items: list[Any]) -> Arg:
        return Arg(items[0].name, items[2] if len(items) == 3 else EMPTY, self.span(items[0], items[-1]))

    # operands

    def symbol(self, items: list[Token]) -> Name:
        token = items[0]
        if not token.isascii() and not all(ch.isalpha() or ch.isdecimal() or ch in "._" for ch in token):
            raise unexpected(token, self.source)
        return Name(str(token), self.span(token, token))

    def backtick(self, items: list[Token]) -> Name:
        return Name(self._literal(literals.quoted_name, items[0]), self.span(items[0], items[0]))

    def placeholder(self, items: list[Token]) -> Name:
        name = self._name(items[0])
        self.placeholders.add(name)
        return name

    def constant(self, items: list[Token]) -> Const:
        return Const(literals.CONSTANTS[items[0]], self.span(items[0], items[0]))

    def number(self, items: list[Token]) -> Const:
        token, span = items[0], self.span(items[0], items[0])
        if self.warn is not None and (warning := literals.integer_warning(token)):
            self.warn(warning, span)
        return Const(literals.number(token), span)

    def string(self, items: list[Token]) -> Const:
        return Const(self._literal(literals.string, items[0]), self.span(items[0], items[0]))

    def raw_string(self, items: list[Token]) -> Const:
        return Const(literals.raw_string(items[0]), self.span(items[0], items[0]))

    def _literal(self, read: Callable[[str], str], token: Token) -> str:
        try:
            return read(token)
        except UserError as error:
            error.span = self.span(token, token)
            raise

    def jump(self, items: list[Token]) -> Call:
        return self._call(self._name(items[0]), [], self.span(items[0], items[0]))

    def parentheses(self, items: list[Any]) -> Call:
        opening, inner, closing = items
        span = self.span(opening, closing)
        return self._call(self._name(opening), [inner], span, 1 + self.heights.take(inner))

    def block(self, items: list[Any]) -> Call:
        opening, *inner, closing = items
        span = self.span(opening, closing)
        return self._call(self._name(opening), inner, span, 1 + self.heights.tallest(inner))

    def call(self, items: list[Any]) -> Call:
        function, _, args, closing = items
        args = self._arguments(args, closing)
        if len(args) == 1 and args[0].name is None and args[0].value is EMPTY:
            args = []
        if isinstance(function, Const) and isinstance(function.value, str):
            function = Name(function.value, function.span)  # R reads "f"(x) as f(x)
        return self._with_arguments(Call(function, [], self.span(function, closing)), function, args)

    def subset(self, items: list[Any]) -> Call:
        object_, opening, args, closing, *_ = items
        node = Call(self._name(opening), [Arg(None, object_, object_.span)], self.span(object_, items[-1]))
        return self._with_arguments(node, object_, self._arguments(args, closing))

    def _with_arguments(self, node: Call, first: Node, args: list[Arg]) -> Call:
        """A call or subset with its arguments put in; `first` is what they stand behind."""
        node.args = [*node.args, *args]
        height = max(self.heights.take(first), 1 + self.heights.tallest(arg.value for arg in args))
        self.heights.put(node, height, node.span)
        return node

    def _arguments(self, items: list[Any], closing: Token) -> list[Arg]:
        """The arguments between commas; the span of an empty one is the place before the next token."""
        following = [*items[1:], closing]
        return [
            Arg(None, EMPTY, Span(self.source, after.start_pos, after.start_pos)) if item is None else item
            for item, after in zip(items, following, strict=True)
            if not isinstance(item, Token)
        ]

    def args(self, items: list[Any]) -> list[Any]:
        return items

    def arg(self, items: list[Any]) -> Arg | None:
        if not items:
            return None
        if len(items) == 1:
            return Arg(None, items[0], items[0].span)
        name = items[0].name if isinstance(items[0], Name) else items[0].value
        return Arg(name, items[2] if len(items) == 3 else EMPTY, self.span(items[0], items[-1]))

    def null_arg(self, items: list[Any]) -> Arg:
        return Arg("NULL", items[2] if len(items) == 3 else EMPTY, self.span(items[0], items[-1]))

    def member(self, items: list[Any]) -> Call:
        object_, operator, member = items
        height = max(1, self.heights.take(object_))
        return self._call(self._name(operator), [object_, member], self.span(object_, member), height)
