"""glue: text with `{expressions}` in it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any, TypeAlias

from ...errors import Code, UserError
from ...syntax.parser import parse
from ...syntax.source import Source
from ...syntax.tree import Call
from ..environment import Environment
from ..evaluator.calls import call_function, match_function, promise_arguments
from ..evaluator.compile import evaluate
from ..generics import as_text
from ..lookup import force
from ..models.formulas import data_environment
from ..registry import Context
from ..session import session
from ..values import NULL, Promise, RVector, character
from ..vectors.coerce import one_string, strings
from .library import Library, method

library = Library("glue")

Transformer: TypeAlias = Callable[[str, Environment], Any]


def glued(
    template: str,
    env: Environment,
    opening: str = "{",
    closing: str = "}",
    na: str | None = "NA",
    transformer: Transformer | None = None,
) -> list[Any]:
    """The template for each element of its expressions; shorter ones are repeated, nothing gives nothing.

    Args:
        na: what NA becomes; None makes the whole text NA
        transformer: what makes a value of the code's text, by default its evaluation
    """
    pieces = _pieces(template, opening, closing)
    columns: list[list[str | None]] = []
    for code, text in pieces:
        if not code:
            columns.append([text])
            continue
        value = (transformer or evaluated)(text, env)
        texts = [] if value is NULL else list(as_text(value).data)
        columns.append([na if t is None else t for t in texts])
    size = 0 if any(not c for c in columns) else max((len(c) for c in columns), default=1)
    out: list[str | None] = []
    for i in range(size):
        row = [c[i % len(c)] for c in columns]
        out.append(None if None in row else "".join(t or "" for t in row))
    return out


def evaluated(text: str, env: Environment) -> Any:
    """The value of code in braces."""
    value: Any = NULL
    for node in parse(Source("<glue>", text)):
        value = evaluate(node, env)
    return value


def _pieces(template: str, opening: str, closing: str) -> list[tuple[bool, str]]:
    """(is code, text) pairs; doubled delimiters stand for themselves."""
    out: list[tuple[bool, str]] = []
    text, i = "", 0
    while i < len(template):
        if template.startswith(opening * 2, i):
            text += opening
            i += 2 * len(opening)
        elif template.startswith(closing * 2, i):
            text += closing
            i += 2 * len(closing)
        elif template.startswith(opening, i):
            end = _closing(template, i + len(opening), opening, closing)
            out += [(False, text), (True, template[i + len(opening) : end])]
            text, i = "", end + len(closing)
        else:
            text += template[i]
            i += 1
    return [*out, (False, text)]


def _closing(template: str, start: int, opening: str, closing: str) -> int:
    """Where the expression that starts here ends; braces and quotes inside it are its own."""
    depth, quote, i = 1, "", start
    while i < len(template):
        c = template[i]
        if quote:
            if c == "\\":
                i += 1
            elif c == quote:
                quote = ""
        elif c in "\"'`":
            quote = c
        elif template.startswith(closing, i):
            depth -= 1
            if not depth:
                return i
        elif template.startswith(opening, i):
            depth += 1
        i += 1
    raise UserError(
        f"Expecting '{closing}'", code=Code.SYNTAX, cause="an expression in the text is not closed"
    )


_OPTIONS = {".sep": "", ".open": "{", ".close": "}", ".na": "NA"}


def _glue(call: Call, env: Environment, with_data: bool) -> RVector:
    session.visible = True
    pairs = promise_arguments(call, env)
    options: dict[str, Any] = dict(_OPTIONS)
    templates: list[str | None] = []
    named: dict[str, Any] = {}
    scope = env
    trim = True
    transformer: Transformer | None = None
    for i, (name, value) in enumerate(pairs):
        if name == ".envir":
            given = _forced(value)
            scope = given if isinstance(given, Environment) else data_environment(given, env)
        elif name == ".trim":
            trim = bool(_forced(value).data[0])
        elif name == ".transformer":
            transformer = _transformer(_forced(value), call, env)
        elif name == ".x" or (with_data and i == 0 and not name):
            scope = data_environment(_forced(value), env)
        elif name in options:
            given = _forced(value)
            options[name] = None if given is NULL else given.data[0]
        elif name:
            named[name] = value
        else:
            templates += strings(_forced(value), "...")
    scope = Environment(scope, None, named) if named else scope
    text = (options[".sep"] or "").join(t or "NA" for t in templates)
    template = _trimmed(text) if trim else text
    out = glued(template, scope, options[".open"], options[".close"], options[".na"], transformer)
    return _classed(out)


def _transformer(function: Any, call: Call, env: Environment) -> Transformer:
    """A function(text, envir) of R."""
    ctx = Context(env, call)
    chosen = match_function(function, ctx)
    return lambda text, scope: call_function(chosen, [(None, character(text)), (None, scope)], ctx=ctx)


def _classed(texts: list[Any]) -> RVector:
    return character(texts, {"class": character(["glue", "character"])})


def _forced(value: Any) -> Any:
    return force(value) if isinstance(value, Promise) else value


def _trimmed(text: str) -> str:
    """A leading and a trailing line break go, and the indentation that all lines share."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    if not lines[0].strip():
        lines = lines[1:]
        if lines and not lines[-1].strip():
            lines = lines[:-1]
        return textwrap.dedent("\n".join(lines))
    first, *rest = lines
    if rest and not rest[-1].strip():
        rest = rest[:-1]
    return "\n".join([first, textwrap.dedent("\n".join(rest))]) if rest else first


@library.special("glue")
def glue(call: Call, env: Environment) -> Any:
    return _glue(call, env, with_data=False)


@library.special("glue_data")
def glue_data(call: Call, env: Environment) -> Any:
    return _glue(call, env, with_data=True)


@library.function("glue_collapse(x, sep = '', width = Inf, last = '')", "collapse")
def glue_collapse(x, sep, width, last):
    texts = ["NA" if t is None else t for t in strings(x, "x")]
    between, final = one_string(sep, "sep"), one_string(last, "last")
    if not texts:
        return _classed([""])
    joined = between.join(texts)
    if final and len(texts) > 1:
        joined = between.join(texts[:-1]) + final + texts[-1]
    most = width.data[0]
    return _classed([joined[: int(most) - 3] + "..." if len(joined) > most else joined])


@library.function("identity_transformer(text, envir)")
def identity_transformer(text, envir):
    return evaluated(one_string(text, "text"), envir)


@library.function("as_glue(x, ...)")
def as_glue(x, dots):
    return as_text(x).with_attribute("class", character(["glue", "character"]))


@library.function("single_quote(x)")
def single_quote(x):
    return character([f"'{t}'" for t in strings(x, "x")])


@library.function("double_quote(x)")
def double_quote(x):
    return character([f'"{t}"' for t in strings(x, "x")])


@library.function("backtick(x)")
def backtick(x):
    return character([f"`{t}`" for t in strings(x, "x")])


@library.function("trim(x)")
def trim(x):
    return character([_trimmed(t or "NA") for t in strings(x, "x")])


@method("print.glue(x, ..., sep = NULL)", "print", "glue", invisible=True)
def print_glue(x, dots, sep):
    session.write("".join(("NA" if t is None else t) + "\n" for t in x.data))
    return x


@method("as.character.glue(x, ...)", "as.character", "glue")
def as_character_glue(x, dots):
    return x.with_attribute("class", None)
