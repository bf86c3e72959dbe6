"""zeallot: destructure(), how a value falls into parts."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Name
from ..conditions import call_text
from ..evaluator.unpacking import destructured
from ..registry import Context
from .library import Library

library = Library("zeallot")


@library.function("destructure(x)", generic=True)
def destructure(ctx: Context, x: Any) -> Any:
    parts = destructured(x)
    if parts is None:
        error = UserError("incorrect number of values", code=Code.VALUE, cause="this value has no parts")
        error.condition_class = "invalid_rhs"
        error.node = Call(Name("destructure.default"), ctx.call.args if ctx.call else [])
        error.call = call_text(error.node)
        raise error
    return parts
