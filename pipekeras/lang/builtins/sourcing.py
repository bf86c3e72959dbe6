"""source(): the code of a file, or expressions, evaluated one after the other."""

from __future__ import annotations

import os
from typing import Any

from ...syntax.parser import parse
from ...syntax.reading import read_source
from ...syntax.source import Source
from ..environment import Environment
from ..evaluator.compile import evaluate
from ..generics import invoke
from ..io.connections import cannot_open, is_connection, read_text
from ..io.downloads import is_url
from ..registry import Context, builtin
from ..session import session
from ..text.deparse import deparse_lines
from ..values import NULL, Dots, RVector, logical, rlist
from ..vectors.coerce import elements, one_flag, one_int, one_string
from .files import text_of


@builtin(
    "source(file = NULL, local = FALSE, echo = FALSE, print.eval = echo, exprs = NULL,"
    " spaced = !is.null(file), prompt.echo = getOption('prompt'), max.deparse.length = 150,"
    " width.cutoff = 60L, chdir = FALSE, encoding = getOption('encoding'),"
    " continue.echo = getOption('continue'), ...)",
    invisible=True,
)
def source(
    ctx: Context,
    file: Any,
    local: Any,
    echo: Any,
    print_eval: Any,
    exprs: Any,
    spaced: Any,
    prompt: Any,
    longest: Any,
    cutoff: Any,
    chdir: Any,
    encoding: Any,
    more: Any,
    dots: Dots,
) -> Any:
    env = local if isinstance(local, Environment) else ctx.env
    if isinstance(local, RVector) and not one_flag(local, "local"):
        env = session.global_env
    nodes = elements(exprs) if exprs is not NULL else parse(_text(file))
    before = os.getcwd()
    if exprs is NULL and one_flag(chdir, "chdir") and not is_connection(file):
        os.chdir(os.path.dirname(os.path.abspath(one_string(file, "file"))))
    try:
        for node in nodes:
            if one_flag(echo, "echo"):
                marks = one_string(prompt, "prompt.echo"), one_string(more, "continue.echo")
                blank = "\n" if one_flag(spaced, "spaced") else ""
                lines = deparse_lines(node, one_int(cutoff, "width.cutoff"))
                session.write(blank + _echoed(lines, *marks, one_int(longest, "max.deparse.length")))
            session.visible = True
            value = evaluate(node, env)
            visible = session.visible
            if visible and one_flag(print_eval, "print.eval"):
                invoke("print", value)
    finally:
        os.chdir(before)
    return rlist([value, logical(visible)], ["value", "visible"]) if nodes else NULL


def _text(file: Any) -> Source:
    """What a path or connection holds."""
    if not is_connection(file):
        path = one_string(file, "file")
        if is_url(path):
            return Source(path, read_text(path))
        try:
            open(path, encoding="utf-8").close()
        except FileNotFoundError as error:
            raise cannot_open(path, error) from None
        return read_source(path)
    lines, description = text_of(file)
    return Source(description, "\n".join(lines))


def _echoed(lines: list[str], prompt: str, more: str, longest: int) -> str:
    """Code behind prompts, cut where it is longer than `longest`."""
    text = prompt + f"\n{more}".join(lines)
    return f"{text[:longest]} .... [TRUNCATED] \n" if len(text) > longest else f"{text}\n"
