"""Help on functions, written from their signatures: `?layer_dense`, `help("layer_dense")`."""

from __future__ import annotations

import inspect
import textwrap
from typing import Any

from ...errors import Code, UserError, did_you_mean
from ...signature import REQUIRED, Param, Signature
from ...syntax.deparse import deparse, quote_name
from ...syntax.tree import Call, Const, Name
from ..environment import Environment
from ..lookup import function_or_none, names_in_scope
from ..registry import special
from ..session import session
from ..values import NULL, Builtin, Closure

_WIDTH = 80


def parameters(function: Any) -> list[Param]:
    """The formals of a function; those of layers with type and documentation. Other objects have none."""
    if isinstance(function, Builtin):
        declared = getattr(getattr(function.function, "python", None), "signature", None)
        known = declared if isinstance(declared, Signature) else Signature([])
        return [
            Param(p.name, p.default, known[p.name].type, known[p.name].doc) if p.name in known else p
            for p in function.signature.params
        ]
    return list(function.signature.params) if isinstance(function, Closure) else []


def usage(name: str, function: Any) -> str:
    """`layer_dense(object, units, activation = NULL)`, in several lines where it is long."""
    shown = [_formal(p) for p in parameters(function)]
    line = f"{quote_name(name)}({', '.join(shown)})"
    if len(line) <= _WIDTH - 2:
        return line
    inner = textwrap.wrap(
        ", ".join(shown).replace(" = ", "\u00a0=\u00a0"), _WIDTH - 4, break_long_words=False
    )
    return f"{quote_name(name)}(\n" + textwrap.indent("\n".join(inner).replace("\u00a0", " "), "  ") + "\n)"


def _formal(param: Param) -> str:
    if param.default is REQUIRED:
        return param.name
    return f"{quote_name(param.name)} = " + " ".join(line.strip() for line in deparse(param.default))


def help_text(name: str, function: Any) -> str:
    """Title, usage and arguments of a function."""
    parts = [f"{name}: {_summary(function)}" if _summary(function) else name]
    parts.append("Usage:\n" + textwrap.indent(usage(name, function), "  "))
    documented = [p for p in parameters(function) if p.doc or p.type is not None]
    if documented:
        margin = min(max(len(p.name) for p in documented) + 2, 24)
        parts.append("Arguments:\n" + "\n".join(_argument(p, margin) for p in documented))
    return "\n\n".join(parts)


def _summary(function: Any) -> str:
    source = getattr(function, "function", None)
    text = inspect.getdoc(getattr(source, "python", source)) if isinstance(function, Builtin) else None
    return " ".join((text or "").split("\n\n", 1)[0].split())


def _argument(param: Param, margin: int) -> str:
    title = getattr(param.type, "title", "")
    text = param.doc + (f" ({title})" if title and param.doc else title)
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=f"  {param.name:<{margin}}",
        subsequent_indent=" " * (margin + 2),
        break_long_words=False,
    )


@special("?", "help")
def help_(call: Call, env: Environment) -> Any:
    """Show usage and arguments of a function."""
    name = _topic(call)
    function = function_or_none(name, env)
    if function is None:
        near = did_you_mean(name, set(names_in_scope(env)))
        raise UserError(
            f"No documentation for '{name}'",
            code=Code.FUNCTION,
            cause=f"no function `{name}` is visible here",
            cure=f"did you mean `?{near}`?" if near else None,
        )
    session.write(help_text(name, function) + "\n")
    session.visible = False
    return NULL


def _topic(call: Call) -> str:
    value = call.args[0].value if call.args else Name("help")
    if isinstance(value, Name):
        return value.name
    if isinstance(value, Const) and isinstance(value.value, str):
        return value.value
    if isinstance(value, Call) and isinstance(value.function, Name):  # ?layer_dense() and ?pkg::name
        last = value.args[-1].value if value.function.name in ("::", ":::") and value.args else None
        return last.name if isinstance(last, Name) else value.function.name
    raise UserError("help needs the name of a function", code=Code.ARGUMENT, cure="such as ?layer_dense")
