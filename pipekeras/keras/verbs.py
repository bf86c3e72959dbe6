"""What is done with models and data, declared once for both languages by a plain Python function.

    @verb(invisible=True)
    def compile(object, optimizer="rmsprop", loss=None, ...): ...

Names, order and defaults of the R function are those of the Python function. R's door converts the arguments
(`data` names those that hold training data) and the result; annotations such as `int` or `Model` check them
for both doors (see `layers.typed`). Python's door makes a pipe step of a call without
its `object`: `model | compile(loss="mse")`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from ..errors import Code, UserError
from ..lang.registry import Context
from ..lang.values import MISSING, Builtin, Dots
from ..layers.typed import typed
from ..signature import DOTS, REQUIRED, Param, Signature
from ..syntax.tree import Arg, Call, Const, Name, Node
from . import convert

F = TypeVar("F", bound=Callable[..., Any])

VERBS: dict[str, Verb] = {}
"""All verbs by R name, S3 method names among them."""


@dataclass(frozen=True)
class Verb:
    """A function of R's Keras that is no layer.

    Attributes:
        function: the Python function; a first parameter called `object` is what is piped in
        invisible: the result is not auto-printed in R
        data: parameters that hold training data: they stay arrays, factors and text are refused
        to_r: converts the result for R
    """

    name: str
    function: Callable[..., Any]
    invisible: bool
    data: frozenset[str]
    to_r: Callable[[Any], Any]

    @property
    def parameters(self) -> list[inspect.Parameter]:
        return list(inspect.signature(self.function).parameters.values())

    @property
    def piped(self) -> bool:
        return bool(self.parameters) and self.parameters[0].name == "object"

    @property
    def signature(self) -> Signature:
        """R's argument list."""
        return Signature([parameter_of(p) for p in self.parameters])

    def builtin(self, r_name: str) -> Builtin:
        """The R function of a name; under the verb's own name it looks for S3 methods of other classes."""
        names = [DOTS if p.kind is p.VAR_KEYWORD else p.name for p in self.parameters]

        def run(ctx: Context, *values: Any) -> Any:
            given: dict[str, Any] = {}
            extra: Dots = []
            for name, value in zip(names, values, strict=True):
                if value is MISSING:
                    continue
                if name == DOTS:
                    extra = value
                elif name in self.data:
                    given[name] = convert.to_data(value, name)
                else:
                    given[name] = convert.to_python(value, ctx)
            given.update(named_dots(extra, self.name, ctx))
            return self.to_r(self.function(**given))

        run.python = self.function  # type: ignore[attr-defined]
        return Builtin(
            self.name,
            self.signature,
            run,
            generic=r_name == self.name,
            invisible=self.invisible,
            wants_context=True,
            fallbacks={i: MISSING for i, p in enumerate(self.parameters) if p.default is not p.empty},
        )


def verb(
    *aliases: str,
    invisible: bool = False,
    data: Iterable[str] = (),
    to_r: Callable[[Any], Any] = convert.to_r,
) -> Callable[[F], F]:
    """Declare a verb by its Python function; `aliases` are further R names."""

    def declare(function: F) -> F:
        function = typed(function)
        made = Verb(r_name(function.__name__), function, invisible, frozenset(data), to_r)
        for name in (made.name, *aliases):
            assert name not in VERBS, f"{name} is declared twice"
            VERBS[name] = made
        return function

    return declare


def named_dots(dots: Dots, function: str, ctx: Context) -> dict[str, Any]:
    """Arguments that R collected in `...`, which must have names."""
    for name, _ in dots:
        if not name:
            raise UserError(
                f"{function}() got more unnamed arguments than it has parameters",
                code=Code.ARGUMENT,
                cure="name the argument: `name = value`",
            )
    return {str(name): convert.to_python(value, ctx) for name, value in dots}


def r_name(name: str) -> str:
    """R's name of a Python function or parameter; `from_` avoids Python's keyword."""
    return name.removesuffix("_")


def default_node(value: Any) -> Node:
    """A Python default as R code: `(1, 1)` is `c(1L, 1L)`."""
    if isinstance(value, (tuple, list)):
        return Call(Name("c"), [Arg(None, default_node(v)) for v in value])
    return Const(value)


def parameter_of(parameter: inspect.Parameter) -> Param:
    """R's formal argument of a Python parameter."""
    if parameter.kind is parameter.VAR_KEYWORD:
        return Param(DOTS)
    if parameter.default is parameter.empty:
        return Param(r_name(parameter.name), REQUIRED)
    return Param(r_name(parameter.name), default_node(parameter.default))
