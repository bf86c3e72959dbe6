"""methods(): the S3 methods that are visible, by generic or by class."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Const, Name
from ..environment import Environment
from ..evaluator.compile import evaluate
from ..lookup import function_or_none, is_function, not_found
from ..registry import builtin, special
from ..session import session
from ..text.collate import collation_key
from ..text.printing import Style, vector_text
from ..values import RVector, character, logical

_GROUPS = ("Ops", "Math", "Summary", "Complex")


def _visible(env: Environment) -> list[str]:
    """Names of all functions from an environment outwards, in R's order of names."""
    found = {name for each in env.chain() for name, value in each.values.items() if is_function(value)}
    return sorted(found, key=collation_key)


def _text(node: Any, env: Environment) -> str:
    """A bare name, or text."""
    if isinstance(node, Name):
        return node.name
    value = node.value if isinstance(node, Const) else evaluate(node, env)
    value = value.data[0] if isinstance(value, RVector) else value
    if not isinstance(value, str):
        raise UserError(
            "invalid 'generic.function' argument", code=Code.ARGUMENT, cure='write methods("print")'
        )
    return value


@special("methods", usage="methods(generic.function, class)")
def methods(call: Call, env: Environment) -> Any:
    nodes = {
        arg.name or ("generic.function", "class")[min(i, 1)]: arg.value for i, arg in enumerate(call.args)
    }
    session.visible = True
    if "generic.function" in nodes:
        generic = _text(nodes["generic.function"], env)
        if isinstance(nodes["generic.function"], Name) and function_or_none(generic, env) is None:
            raise not_found(generic, env)
        found = [name for name in _visible(env) if name.startswith(generic + ".") and "<-" not in name]
        return _value(found, False)
    if "class" not in nodes:
        raise UserError("must supply 'generic.function' or 'class'", code=Code.ARGUMENT)
    end = "." + _text(nodes["class"], env)
    generics = [name.removesuffix(end) for name in _visible(env) if name.endswith(end) and name != end]
    found = [g for g in generics if g in _GROUPS or function_or_none(g.removesuffix("<-"), env) is not None]
    return _value([g + end for g in found], True)


def _value(names: list[str], by_class: bool) -> RVector:
    return character(names, {"byclass": logical(by_class), "class": character("MethodsFunction")})


@builtin("format.MethodsFunction(x, byclass = attr(x, 'byclass'), ...)")
def format_methods(x, by_class, dots):
    names = [str(name) for name in x.data]
    return character([name.rpartition(".")[0] for name in names] if by_class.data[0] == 1 else names)


@builtin("print.MethodsFunction(x, byclass = attr(x, 'byclass'), ...)", invisible=True)
def print_methods(x, by_class, dots):
    if not len(x):
        session.write("no methods found\n")
        return x
    lines = vector_text(format_methods(x, by_class, dots), Style(quote=False))
    session.write("\n".join(lines) + "\nsee '?methods' for accessing help and source code\n")
    return x
