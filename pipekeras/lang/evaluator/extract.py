"""Reading parts: `x[i]`, `x[[i]]`, `x$name`, `x@name`, with S3 methods and fast paths for plain vectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...errors import Code, UserError
from ...signature import DOTS
from ...syntax.tree import EMPTY, Call, Const, Name
from ..conditions import settle
from ..dispatch import dispatch_or_none, explicit_class
from ..environment import Environment
from ..foreign import foreign_type
from ..lookup import is_missing, resolve
from ..s4 import slot_value
from ..session import session
from ..values import MISSING, Dots, Promise, RVector, Scalar, character
from ..vectors.coerce import one_flag
from ..vectors.subset import get_dollar, get_element, get_subset
from .calls import promise_arguments, value_run
from .compile import Run, code_of, find_dots, form

_ATOMIC = ("double", "integer", "logical", "character")


def evaluated_arguments(call: Call) -> Callable[[Environment], Dots]:
    """The arguments after the first, evaluated as (name, value) pairs; empty ones are MISSING."""
    plain: list[tuple[str | None, Any]] = []
    for arg in call.args[1:]:
        if arg.value is EMPTY:
            plain.append((arg.name, None))
        elif isinstance(arg.value, Name) and arg.value.name == DOTS:
            plain.append((DOTS, None))
        else:
            plain.append((arg.name, value_run(arg.value, None)))

    def run(env: Environment) -> Dots:
        pairs: Dots = []
        for name, value in plain:
            if value is not None:
                pairs.append((name, value(env)))
            elif name == DOTS:
                pairs.extend(
                    (n, resolve(v, DOTS) if v is not MISSING else v) for n, v in find_dots(env) or []
                )
            else:
                pairs.append((name, MISSING))
        return pairs

    return run


def subset_values(x: Any, args: Dots) -> Any:
    """The default `x[...]`."""
    foreign = foreign_type(x)
    if foreign is not None:
        return foreign.subset(x, args, False)
    drop = True
    indices = []
    for name, value in args:
        if name == "drop":
            drop = value is MISSING or one_flag(value, "drop")
        elif name != "exact":
            indices.append(value)
    return get_subset(x, indices, drop)


def element_values(x: Any, args: Dots) -> Any:
    """The default `x[[...]]`."""
    foreign = foreign_type(x)
    if foreign is not None:
        return foreign.subset(x, args, True)
    exact = True
    indices = []
    for name, value in args:
        if name == "exact":
            exact = one_flag(value, "exact")
        elif name != "drop":
            indices.append(value)
    return get_element(x, indices, exact)


def dollar_value(x: Any, name: str) -> Any:
    """The default `x$name`."""
    foreign = foreign_type(x)
    return get_dollar(x, name) if foreign is None else foreign.get(x, name)


def with_settled(call: Call, work: Callable[..., Any], *args: Any) -> Any:
    """Do a builtin's work; an error in it gets the call."""
    try:
        session.call = call
        return work(*args)
    except UserError as error:
        if not error.settled:
            settle(error, call)
        raise


def _method_arguments(call: Call, x: Any, env: Environment) -> Dots:
    pairs = promise_arguments(call, env)
    pairs[0] = (pairs[0][0], Promise(call.args[0].value, None, x))
    return pairs


def _bracket(name: str, default: Callable[[Any, Dots], Any], fast: Callable[[RVector, Any], Any]) -> None:
    @form(name)
    def compile_bracket(call: Call) -> Run:
        if not call.args:
            raise UserError(f"invalid use of `{name}` without an object", code=Code.ARGUMENT)
        whole = code_of(call.args[0].value)
        rest = evaluated_arguments(call)
        single = index = None
        if len(call.args) == 2 and call.args[1].name is None and call.args[1].value is not EMPTY:
            index = call.args[1].value
            single = None if isinstance(index, Name) and index.name == DOTS else code_of(index)

        # names looked for at hand first
        variable = call.args[0].value.name if isinstance(call.args[0].value, Name) else ""
        position = index.name if isinstance(index, Name) else ""

        def run(env: Environment) -> Any:
            x: Any = env.values.get(variable)
            if x.__class__ is not RVector:
                x = whole(env)
            if single is not None and x.__class__ is RVector and x.attributes is None:
                i: Any = env.values.get(position)
                if i.__class__ is not Scalar:
                    i = _index(single, index, env)
                session.visible = True
                found = fast(x, i)
                return with_settled(call, default, x, [(None, i)]) if found is None else found
            return general(x, env)

        def general(x: Any, env: Environment) -> Any:
            session.visible = True
            if explicit_class(x) is not None:
                result = dispatch_or_none(name, x, _method_arguments(call, x, env), call, env)
                if result is not None:
                    return result
            return with_settled(call, default, x, rest(env))

        return run


def _index(run: Run, node: Any, env: Environment) -> Any:
    """The index; a formal that is missing in its function is an empty index."""
    try:
        return run(env)
    except UserError:
        if isinstance(node, Name) and node.name in env.values and is_missing(node.name, env):
            return MISSING
        raise


def _position(x: RVector, i: Any) -> int:
    """0-based position of a single positive index inside x, or -1."""
    if type(i) is Scalar and i.attributes is None and (i.type == "double" or i.type == "integer"):
        at = i.value
        if 1 <= at <= len(x.data):
            return int(at) - 1
    return -1


def _fast_subset(x: RVector, i: Any) -> Any:
    at = _position(x, i)
    return Scalar(x.type, x.data.item(at)) if at >= 0 and x.type in _ATOMIC else None


def _fast_element(x: RVector, i: Any) -> Any:
    at = _position(x, i)
    if at < 0:
        return None
    if x.type == "list":
        return x.data[at]
    return Scalar(x.type, x.data.item(at)) if x.type in _ATOMIC else None


_bracket("[", subset_values, _fast_subset)
_bracket("[[", element_values, _fast_element)


def dollar_name(call: Call) -> Any:
    """What stands behind `$`: a name or a text; anything else is R's error."""
    node = call.args[1].value
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Const) and isinstance(node.value, str):
        return node.value
    if isinstance(node, Const) and isinstance(node.value, RVector) and node.value.type == "character":
        return node.value.data[0]
    raise UserError("invalid subscript type 'language'", code=Code.SUBSCRIPT)


@form("$")
def dollar(call: Call) -> Run:
    whole = code_of(call.args[0].value)

    def run(env: Environment) -> Any:
        x = whole(env)
        session.visible = True
        name = dollar_name(call)
        if explicit_class(x) is not None:
            pairs = [(None, Promise(call.args[0].value, None, x)), (None, character(name))]
            result = dispatch_or_none("$", x, pairs, call, env)
            if result is not None:
                return result
        return with_settled(call, dollar_value, x, name)

    return run


@form("@")
def slot(call: Call) -> Run:
    whole = code_of(call.args[0].value)

    def run(env: Environment) -> Any:
        x = whole(env)
        session.visible = True
        name = dollar_name(call)
        value = slot_value(x, name)
        if value is None:
            error = UserError(
                f'no slot of name "{name}" for this object of class "{(explicit_class(x) or ["?"])[0]}"',
                code=Code.NAME,
            )
            settle(error, call)
            raise error
        return value

    return run


DEFAULTS: dict[str, Callable[[Dots, Environment], Any]] = {
    "[": lambda values, env: subset_values(values[0][1], values[1:]),
    "[[": lambda values, env: element_values(values[0][1], values[1:]),
    "$": lambda values, env: dollar_value(values[0][1], str(values[1][1].data[0])),
}
"""The work of forms that are generic, when NextMethod comes to them, by name."""
