"""Makes the R function and the Python function of each layer, loss, optimizer from its one declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from torch import Tensor

from ..errors import Code, UserError
from ..graph.structure import flatten
from ..graph.tensor import KerasTensor
from ..lang.registry import Context
from ..lang.session import session
from ..lang.values import MISSING, Builtin, RVector
from ..layers import activations
from ..layers.base import Layer
from ..layers.core import InputLayer
from ..layers.model import Sequential
from ..layers.operators import call_on_tensors
from ..signature import DOTS, REQUIRED, Param, Signature
from . import convert, editions
from .axes import axis_from_one
from .verbs import default_node, named_dots

HEADS = ("object", "inputs")
"""R's names of what is piped into a layer."""


def compose(layer: Layer, object: Any) -> Any:
    """What a pipe does: calls the layer on tensors or data, adds it to a Sequential, or is just the layer.

    An input layer stands for its tensor.
    """
    if isinstance(layer, InputLayer):
        return layer.output
    if object is None:
        return layer
    if isinstance(object, Sequential):
        object.add(layer)
        return object
    if any(isinstance(value, (Layer, str)) for value in flatten(object)):
        raise UserError(
            f"Layer {layer.name} was called with an input that isn't a symbolic tensor. "
            f"Received type: {type(object).__name__}.",
            code=Code.TYPE,
            cause="only tensors, arrays and sequential models can be piped into a layer",
            cure="start the pipe with layer_input() or keras_model_sequential()",
        )
    return layer(object)


def layer_function(name: str, cls: type[Layer]) -> Builtin:
    """`layer_dense(object, units, ...)` as R calls it. Without `object` it gives the layer itself."""
    params = cls.signature.params
    piped = params[0].name in HEADS
    merges = params[0].name == "inputs"

    def run(ctx: Context, *values: Any) -> Any:
        given = _arguments(name, params, values, merges, ctx)
        object = given.pop(params[0].name, None) if piped else None
        result = compose(cls(**_with_axis(given, merges)), object)
        if object is not None and not merges and editions.current().piped_layers_are_invisible:
            session.visible = False
        return convert.to_r(result)

    run.python = cls  # type: ignore[attr-defined]
    optional = {i: MISSING for i, p in enumerate(params) if p.default is not REQUIRED or (piped and i == 0)}
    return Builtin(name, _shown(params), run, wants_context=True, fallbacks=optional)


def _arguments(
    name: str, params: Iterable[Param], values: Iterable[Any], merges: bool, ctx: Context
) -> dict[str, Any]:
    """The given arguments as Python has them; tensors in a merging layer's `...` join its inputs."""
    given: dict[str, Any] = {}
    for param, value in zip(params, values, strict=True):
        if param.name == DOTS:
            more = [v for given_name, v in value if not given_name] if merges else []
            if more:
                given["inputs"] = _as_list(given.get("inputs")) + more
            given.update(named_dots([(n, v) for n, v in value if n or not merges], name, ctx))
        elif value is MISSING:
            continue
        elif param.name in HEADS:
            given[param.name] = piped_value(value, ctx)
        else:
            given[param.name] = convert.to_python(value, ctx)
    return given


def _as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _with_axis(given: dict[str, Any], merges: bool) -> dict[str, Any]:
    """keras3 counts the axes of merging layers from 1, the guide from 0."""
    if not merges or not editions.current().axes_from_one or given.get("axis") is None:
        return given
    return {**given, "axis": axis_from_one(given["axis"])}


def piped_value(value: Any, ctx: Context) -> Any:
    """What is piped into a layer: tensors and models as they are, R data as arrays."""
    if isinstance(value, RVector) and value.type != "list":
        return convert.to_array(value, "object")
    return convert.to_python(value, ctx)


def constructor(name: str, declared: Any) -> Builtin:
    """`optimizer_sgd(...)`, `initializer_zeros()`, ... as R calls them.

    Given as an argument without parentheses, `loss = loss_huber`, it stands for what is declared.
    """
    params = declared.signature.params

    def run(ctx: Context, *values: Any) -> Any:
        given: dict[str, Any] = {}
        for param, value in zip(params, values, strict=True):
            if param.name == DOTS:
                given.update(named_dots(value, name, ctx))
            elif value is not MISSING:
                given[param.name] = convert.to_python(value, ctx)
        return convert.to_r(_construct(declared, given))

    run.python = declared.make if _is_applied(declared) else declared  # type: ignore[attr-defined]
    optional = {i: MISSING for i, p in enumerate(params) if p.name != DOTS}
    return Builtin(name, _shown(params), run, wants_context=True, fallbacks=optional)


def _is_applied(declared: Any) -> bool:
    """Whether it is a function of tensors itself, as activations are; the others are made by calling them."""
    return declared in activations.FAMILY


def _construct(declared: Any, given: dict[str, Any]) -> Any:
    if not _is_applied(declared) or "x" not in given:
        return declared(**given)
    options = {name: value for name, value in given.items() if name != "x"}
    return call_on_tensors(declared.name, lambda x: declared(x=x, **options), [given["x"]], {})


def _shown(params: Iterable[Param]) -> Signature:
    """The parameters with their defaults as R code."""
    return Signature(
        [
            p if p.default is REQUIRED else Param(p.name, default_node(p.default), p.type, p.doc)
            for p in params
        ]
    )


def python_function(name: str, cls: type[Layer]) -> Callable[..., Any]:
    """`layer_dense(64, activation="relu")` as Python calls it; tensors may come first or by `|`."""
    head = cls.signature.params[0].name

    def make(*args: Any, **named: Any) -> Any:
        object, args = (args[0], args[1:]) if args and is_pipeable(args[0], cls) else (None, args)
        if head in HEADS:
            object = named.pop(head, object)
        return compose(cls(*args, **named), object)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = cls.__doc__
    make.__signature__ = cls.__signature__  # type: ignore[attr-defined]
    return make


def is_pipeable(value: Any, cls: type[Layer]) -> bool:
    """Whether a layer's first argument is what is piped in: a tensor or array, several of them, or a model.

    A wrapper such as `time_distributed(layer)` takes a layer as its own first argument.
    """
    if isinstance(value, (list, tuple)):
        return bool(value) and all(isinstance(v, (KerasTensor, np.ndarray, Tensor)) for v in value)
    if isinstance(value, Layer):
        return "layer" not in cls.signature
    return isinstance(value, (KerasTensor, np.ndarray, Tensor))


def python_constructor(name: str, declared: Any) -> Callable[..., Any]:
    """`optimizer_sgd(0.1)` as Python calls it."""
    names = [p.name for p in declared.signature.params if p.name != DOTS]

    def make(*args: Any, **named: Any) -> Any:
        if len(args) > len(names):
            raise declared.signature.refuse_unused([repr(a) for a in args[len(names) :]], [None], name)
        return _construct(declared, {**dict(zip(names, args, strict=False)), **named})

    make.__name__ = make.__qualname__ = name
    make.__doc__ = declared.make.__doc__
    return make
