"""Makes the R function and the Python function of every layer from the layer's one declaration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import Code, UserError
from ..graph.tensor import KerasTensor
from ..lang.registry import Context
from ..lang.session import session
from ..lang.values import Builtin
from ..layers.base import Layer
from ..layers.model import Sequential
from ..signature import DOTS, REQUIRED, Param, Signature
from . import convert, editions
from .verbs import default_node, named_dots


def compose(layer: Layer, object: Any) -> Any:
    """What a pipe does: calls the layer on tensors or data, adds it to a Sequential, or is just the layer."""
    if object is None:
        return layer
    if isinstance(object, Sequential):
        object.add(layer)
        return object
    return layer(object)


def r_function(name: str, cls: type[Layer]) -> Builtin:
    """`layer_dense(object, units, ...)` as R calls it. Without `object` it gives the layer itself."""
    params = list(cls.signature.params)
    names = [p.name for p in params]

    def run(ctx: Context, *values: Any) -> Any:
        given: dict[str, Any] = {}
        for param, value in zip(names, values, strict=True):
            if param == DOTS:
                given.update(named_dots(value, name, ctx))
            elif value is not None:
                given[param] = convert.to_python(value, ctx)
        return apply(ctx, given)

    def apply(ctx: Context, given: dict[str, Any]) -> Any:
        object = given.pop(names[0], None)
        result = compose(cls(**given), object)
        if object is not None and names[0] == "object":
            session.visible = not editions.current().piped_layers_are_invisible
        return result

    run.python = cls  # type: ignore[attr-defined]
    shown = [p if p.default is REQUIRED else Param(p.name, default_node(p.default)) for p in params]
    return Builtin(name, Signature(shown), run, wants_context=True, fallbacks={0: None})


def python_function(name: str, cls: type[Layer]) -> Callable[..., Any]:
    """`layer_dense(64, activation="relu")` as Python calls it; tensors may come first or by `|`."""

    def make(*args: Any, **named: Any) -> Any:
        object, args = (args[0], args[1:]) if args and is_pipeable(args[0]) else (None, args)
        object = named.pop(cls.signature.params[0].name, object)
        return compose(cls(*args, **named), object)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = cls.__doc__
    make.__signature__ = cls.__signature__  # type: ignore[attr-defined]
    return make


def is_pipeable(value: Any) -> bool:
    """Whether a first argument is what is piped in: a tensor, several of them, or a model."""
    if isinstance(value, (list, tuple)):
        return bool(value) and all(isinstance(v, KerasTensor) for v in value)
    return isinstance(value, (KerasTensor, Layer))
