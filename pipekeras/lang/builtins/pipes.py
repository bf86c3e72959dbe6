"""Functions around pipes: functional sequences printed and taken apart, magrittr's aliases."""

from __future__ import annotations

from typing import Any

from ..evaluator import pipes, unpacking  # noqa: F401  declare `%>%` and `%<-%`
from ..evaluator.calls import call_function
from ..packages import provide
from ..registry import BASE, Context, builtin
from ..session import session
from ..values import Dots, rlist
from ..vectors.coerce import elements


@builtin("print.fseq(x, ...)")
def print_fseq(x: Any, dots: Dots) -> Any:
    session.write(pipes.sequence_text(x))
    return x


@builtin("functions(fseq)")
def functions(ctx: Context, fseq: Any) -> Any:
    return rlist(pipes.sequence_functions(fseq, ctx.env))


@builtin("`[.fseq`(x, i)")
def some_steps(x: Any, i: Any) -> Any:
    """The sequence of some of the steps."""
    return pipes.chosen_steps(x, i)


@builtin("`[[.fseq`(x, i)")
def one_step(ctx: Context, x: Any, i: Any) -> Any:
    """The function of one step."""
    (function,) = pipes.sequence_functions(pipes.chosen_steps(x, i), ctx.env)
    return function


@builtin("freduce(value, function_list)")
def freduce(ctx: Context, value: Any, function_list: Any) -> Any:
    """The value handed from function to function."""
    for function in elements(function_list):
        value = call_function(function, [(None, value)], ctx=ctx)
    return value


_ALIASES = {
    "add": "+",
    "subtract": "-",
    "multiply_by": "*",
    "raise_to_power": "^",
    "divide_by": "/",
    "divide_by_int": "%/%",
    "mod": "%%",
    "multiply_by_matrix": "%*%",
    "is_in": "%in%",
    "and": "&",
    "or": "|",
    "equals": "==",
    "is_greater_than": ">",
    "is_weakly_greater_than": ">=",
    "is_less_than": "<",
    "is_weakly_less_than": "<=",
    "not": "!",
    "n'est pas": "!",
    "extract": "[",
    "extract2": "[[",
    "use_series": "$",
    "inset": "[<-",
    "inset2": "[[<-",
    "set_names": "names<-",
    "set_colnames": "colnames<-",
    "set_rownames": "rownames<-",
    "set_class": "class<-",
    "set_attributes": "attributes<-",
    "set_attr": "attr<-",
}
"""magrittr's names for operators."""

provide("magrittr", _ALIASES, lambda: {alias: BASE[name] for alias, name in _ALIASES.items()})
