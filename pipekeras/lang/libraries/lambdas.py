"""`~ .x + 1` as a function, names and positions as extractors: what purrr's functions accept for `.f`."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import EMPTY, Arg, Call, Function, Name
from ..environment import Environment
from ..evaluator.calls import apply
from ..evaluator.compile import code_of
from ..lookup import is_function
from ..registry import Context
from ..session import session
from ..values import NULL, Builtin, Formula, RVector, Scalar
from ..vectors.coerce import elements, is_atomic
from ..vectors.subset import get_element

_LAMBDA_FORMALS = [
    Arg("...", EMPTY),
    Arg(".x", Name("..1")),
    Arg(".y", Name("..2")),
    Arg(".", Name("..1")),
]

CALL = Call(
    Name(".f"),
    [Arg(None, Call(Name("[["), [Arg(None, Name(".x")), Arg(None, Name("i"))])), Arg(None, Name("..."))],
)
"""How a mapped function sees its call."""


def as_mapper(f: Any, ctx: Context) -> Any:
    """A function from what purrr accepts: function, formula, name of a function's element, path.

    Raises:
        UserError: f is nothing of that kind
    """
    if is_function(f):
        return f
    if isinstance(f, Call) and isinstance(f.function, Name) and f.function.name == "~":
        return lambda_function(f, ctx.env)
    if isinstance(f, RVector) and (is_atomic(f) or f.type == "list"):
        return extractor(f)
    from .aborting import abort, kind_of

    raise abort(f"Can't convert `.f`, {kind_of(f)}, to a function.", "as_mapper")


def lambda_function(formula: Call, env: Environment) -> Any:
    """`~ body` as a function of `.x`, `.y` and `.`."""
    attributes = formula.attributes if isinstance(formula, Formula) else None
    where = (attributes or {}).get(".Environment", env)
    if len(formula.args) != 1:
        raise UserError("Can't convert a two-sided formula to a function.", code=Code.ARGUMENT)
    body: Any = formula.args[0].value
    return code_of(Function(_LAMBDA_FORMALS, body))(where)


def extractor(path: RVector) -> Builtin:
    """A function that takes the element at a path, `.default` where there is none."""

    def extract(x: Any, dots: Any, default: Any) -> Any:
        return plucked(x, elements(path), default)

    return Builtin("pluck", "pluck(x, ..., .default = NULL)", extract)


def plucked(x: Any, path: list[Any], default: Any) -> Any:
    """The element that a path of names, positions and functions leads to; the default where it ends early."""
    for step in path:
        if is_function(step):
            x = apply(step, [(None, x)])
            continue
        x = _element(x, step)
        if x is None:
            return default
    return default if x is NULL else x


def _element(x: Any, step: RVector) -> Any:
    if isinstance(x, Environment):
        from ..lookup import resolve

        value = x.values.get(step.data[0])
        return None if value is None else resolve(value, step.data[0])
    if not isinstance(x, RVector):
        return None
    if step.type == "character":
        names = x.names or []
        wanted = step.data[0]
        return get_element(x, [Scalar("integer", names.index(wanted) + 1)]) if wanted in names else None
    position = int(step.data[0])
    position = len(x) + position + 1 if position < 0 else position
    return get_element(x, [Scalar("integer", position)]) if 1 <= position <= len(x) else None


def call_mapper(function: Any, args: list[tuple[str | None, Any]], ctx: Context, call: Call = CALL) -> Any:
    """The function's value for mapped arguments; it stays visible what was invisible inside."""
    value = apply(function, args, call, ctx.env)
    session.visible = True
    if value.__class__ is RVector:
        value.named = 2
    return value
