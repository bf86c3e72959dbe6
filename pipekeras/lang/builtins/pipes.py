"""Functions around pipes: functional sequences printed and taken apart, magrittr's aliases."""

from __future__ import annotations

from typing import Any

from .. import pipes, unpacking  # noqa: F401  declare `%>%` and `%<-%`
from ..registry import Context, builtin
from ..session import session
from ..values import Dots, rlist


@builtin("print.fseq(x, ...)", invisible=True)
def print_fseq(x: Any, dots: Dots) -> Any:
    session.write(pipes.sequence_text(x))
    return x


@builtin("functions(fseq)")
def functions(ctx: Context, fseq: Any) -> Any:
    return rlist(pipes.sequence_functions(fseq, ctx.env))
