"""R's `k_*()` and `op_*()`: functions of tensors for custom losses, metrics and lambda layers.

Each is declared once as a Python function of torch tensors, under its `k_` name; `op` gives its parameters'
names in keras3, where they differ. Axes count from 1 in R, from the end when negative. On symbolic tensors a
call becomes a step of the graph.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..graph.tensor import KerasTensor
from ..lang.registry import Context
from ..lang.values import MISSING, Builtin, RVector
from ..layers.arguments import Count, DType, shape_of
from ..layers.infer import torch_dtype
from ..layers.operators import call_on_tensors
from ..layers.scalars import invalid, whole
from ..layers.seed import generator
from ..layers.typed import typed
from ..signature import Signature
from . import convert
from .axes import axis_from_one
from .verbs import parameter_of

FUNCTIONS: dict[str, Builtin] = {}
"""All backend functions by R name."""

EPSILON = 1e-7


def backend(*, k: bool = True, op: str | None = "", aliases: Sequence[str] = ()) -> Callable[..., Any]:
    """Declare a function of tensors for R.

    Args:
        k: whether R keras 2 has it, as `k_<name>`
        op: keras3's names of the first parameters where they differ; None if keras3 has no `op_<name>`
        aliases: further R names
    """

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__
        parameters = [_counted_from_one(p) for p in inspect.signature(function).parameters.values()]
        if k:
            FUNCTIONS[f"k_{name}"] = _builtin(f"k_{name}", function, parameters)
        if op is not None:
            renamed = [
                parameter.replace(name=new) for parameter, new in zip(parameters, op.split(), strict=False)
            ]
            FUNCTIONS[f"op_{name}"] = _builtin(f"op_{name}", function, renamed + parameters[len(renamed) :])
        for alias in aliases:
            FUNCTIONS[alias] = _builtin(alias, function, parameters)
        return function

    return declare


def _counted_from_one(parameter: inspect.Parameter) -> inspect.Parameter:
    """A parameter whose default is an axis from 0, as R shows it."""
    counts = parameter.name == "axis" and isinstance(parameter.default, int) and parameter.default >= 0
    return parameter.replace(default=parameter.default + 1) if counts else parameter


def _builtin(name: str, function: Callable[..., Any], parameters: list[inspect.Parameter]) -> Builtin:
    def run(ctx: Context, *values: Any) -> Any:
        given = [(p, v) for p, v in zip(parameters, values, strict=True) if v is not MISSING]
        args = [_argument(p.name, v, ctx) for p, v in given if p.default is p.empty]
        named = {p.name: _argument(p.name, v, ctx) for p, v in given if p.default is not p.empty}
        stem = name.partition("_")[2]
        return convert.to_r(call_on_tensors(stem, compute, args, named))

    compute = typed(function)

    return Builtin(
        name,
        Signature([parameter_of(p) for p in parameters]),
        run,
        wants_context=True,
        fallbacks={i: MISSING for i, p in enumerate(parameters) if p.default is not p.empty},
    )


_PLAIN = (
    "axis",
    "axes",
    "keepdims",
    "dtype",
    "shape",
    "newshape",
    "pattern",
    "seed",
    "name",
    "n",
    "num_classes",
)
"""Parameters that configure a function; all others are tensors, and R's numbers for them become tensors."""


def _argument(name: str, value: Any, ctx: Context) -> Any:
    if name in ("axis", "axes"):
        return _axes(convert.to_python(value, ctx))
    if name in _PLAIN or not isinstance(value, RVector):
        return convert.to_python(value, ctx)
    if value.type == "list":
        return [_argument("", item, ctx) for item in value.data]
    array = np.ascontiguousarray(convert.to_array(value, name))
    if array.ndim == 1 and array.size == 1:
        return array.item()
    return torch.as_tensor(array, dtype=torch.float32)


def _axes(axis: Any) -> Any:
    """R's axes, counted from 1, as torch's."""
    if axis is None:
        return None
    if isinstance(axis, list):
        return [_axes(each) for each in axis]
    return axis_from_one(axis)


def _dims(x: Tensor, axis: Any) -> list[int]:
    if axis is None:
        return list(range(x.ndim))
    return axis if isinstance(axis, list) else [axis]


def _tensor(x: Any) -> Tensor:
    return x if isinstance(x, Tensor) else torch.as_tensor(x, dtype=torch.float32)


def _floating(x: Any) -> Tensor:
    x = _tensor(x)
    return x if x.is_floating_point() else x.float()


# Reductions


@backend()
def mean(x: Any, axis: Any = None, keepdims: bool = False) -> Tensor:
    return _floating(x).mean(_dims(x, axis), keepdim=keepdims)


@backend()
def sum(x: Any, axis: Any = None, keepdims: bool = False) -> Tensor:
    return _tensor(x).sum(_dims(x, axis), keepdim=keepdims)


@backend()
def max(x: Any, axis: Any = None, keepdims: bool = False) -> Tensor:
    return _tensor(x).amax(_dims(x, axis), keepdim=keepdims)


@backend()
def min(x: Any, axis: Any = None, keepdims: bool = False) -> Tensor:
    return _tensor(x).amin(_dims(x, axis), keepdim=keepdims)


@backend()
def prod(x: Any, axis: Any = None, keepdims: bool = False) -> Tensor:
    x = _tensor(x)
    for dim in sorted((d % x.ndim for d in _dims(x, axis)), reverse=True):
        x = x.prod(dim, keepdim=keepdims)
    return x


@backend()
def std(x: Any, axis: Any = None, keepdims: bool = False) -> Tensor:
    return _floating(x).std(_dims(x, axis), correction=0, keepdim=keepdims)


@backend()
def var(x: Any, axis: Any = None, keepdims: bool = False) -> Tensor:
    return _floating(x).var(_dims(x, axis), correction=0, keepdim=keepdims)


@backend()
def logsumexp(x: Any, axis: Any = None, keepdims: bool = False) -> Tensor:
    return _floating(x).logsumexp(_dims(x, axis), keepdim=keepdims)


@backend()
def any(x: Any, axis: Any = None, keepdims: bool = False) -> Tensor:
    return _tensor(x).bool().any(_dims(x, axis), keepdim=keepdims)


@backend()
def all(x: Any, axis: Any = None, keepdims: bool = False) -> Tensor:
    return _tensor(x).bool().all(_dims(x, axis), keepdim=keepdims)


@backend(op=None)
def argmax(x: Any, axis: Any = -1) -> Tensor:
    """Places counted from 0, as R keras 2 gives them."""
    return _tensor(x).argmax(axis)


@backend(op=None)
def argmin(x: Any, axis: Any = -1) -> Tensor:
    return _tensor(x).argmin(axis)


# Element by element


@backend()
def square(x: Any) -> Tensor:
    return _tensor(x).square()


@backend()
def sqrt(x: Any) -> Tensor:
    return _floating(x).sqrt()


@backend()
def exp(x: Any) -> Tensor:
    return _floating(x).exp()


@backend()
def log(x: Any) -> Tensor:
    return _floating(x).log()


@backend()
def abs(x: Any) -> Tensor:
    return _tensor(x).abs()


@backend()
def sign(x: Any) -> Tensor:
    return _tensor(x).sign()


@backend()
def round(x: Any) -> Tensor:
    return _tensor(x).round()


@backend()
def sin(x: Any) -> Tensor:
    return _floating(x).sin()


@backend()
def cos(x: Any) -> Tensor:
    return _floating(x).cos()


@backend()
def tanh(x: Any) -> Tensor:
    return _floating(x).tanh()


@backend()
def sigmoid(x: Any) -> Tensor:
    return _floating(x).sigmoid()


@backend()
def relu(x: Any) -> Tensor:
    return _tensor(x).relu()


@backend()
def softmax(x: Any, axis: Any = -1) -> Tensor:
    return _floating(x).softmax(axis)


@backend(op="x x_min x_max")
def clip(x: Any, min_value: Any, max_value: Any) -> Tensor:
    return _tensor(x).clamp(min_value, max_value)


@backend(op="x1 x2", aliases=("op_power",))
def pow(x: Any, a: Any) -> Tensor:
    return _tensor(x) ** a


@backend(op="x1 x2")
def maximum(x: Any, y: Any) -> Tensor:
    return torch.maximum(*_pair(x, y))


@backend(op="x1 x2")
def minimum(x: Any, y: Any) -> Tensor:
    return torch.minimum(*_pair(x, y))


def _pair(x: Any, y: Any) -> tuple[Tensor, Tensor]:
    x, y = _tensor(x), _tensor(y)
    kind = torch.promote_types(x.dtype, y.dtype)
    return x.to(kind), y.to(kind)


@backend(op="x1 x2")
def equal(x: Any, y: Any) -> Tensor:
    return _tensor(x) == y


@backend(op="x1 x2")
def not_equal(x: Any, y: Any) -> Tensor:
    return _tensor(x) != y


@backend(op="x1 x2")
def greater(x: Any, y: Any) -> Tensor:
    return _tensor(x) > y


@backend(op="x1 x2")
def greater_equal(x: Any, y: Any) -> Tensor:
    return _tensor(x) >= y


@backend(op="x1 x2")
def less(x: Any, y: Any) -> Tensor:
    return _tensor(x) < y


@backend(op="x1 x2")
def less_equal(x: Any, y: Any) -> Tensor:
    return _tensor(x) <= y


@backend(k=False)
def logical_and(x1: Any, x2: Any) -> Tensor:
    return torch.logical_and(_tensor(x1), _tensor(x2))


@backend(k=False)
def logical_or(x1: Any, x2: Any) -> Tensor:
    return torch.logical_or(_tensor(x1), _tensor(x2))


@backend(k=False)
def logical_not(x: Any) -> Tensor:
    return torch.logical_not(_tensor(x))


@backend(op=None)
def switch(condition: Any, then_expression: Any, else_expression: Any) -> Tensor:
    return torch.where(_tensor(condition).bool(), then_expression, else_expression)


# Products


@backend(op="x1 x2", aliases=("op_matmul",))
def dot(x: Any, y: Any) -> Tensor:
    return torch.matmul(*_pair(x, y))


@backend(op=None)
def l2_normalize(x: Any, axis: Any = None) -> Tensor:
    x = _floating(x)
    return x / x.square().sum(_dims(x, axis), keepdim=True).clamp(min=1e-12).sqrt()


# Shapes and types


@backend()
def cast(x: Any, dtype: DType) -> Tensor:
    return _tensor(x).to(torch_dtype(dtype))


@backend(op="x newshape")
def reshape(x: Any, shape: Any) -> Tensor:
    sizes = shape if isinstance(shape, list) else [shape]
    return _tensor(x).reshape([-1 if size is None else whole(size, "shape") for size in sizes])


@backend()
def expand_dims(x: Any, axis: Any = -1) -> Tensor:
    return _tensor(x).unsqueeze(axis)


@backend()
def squeeze(x: Any, axis: Any = None) -> Tensor:
    return _tensor(x).squeeze() if axis is None else _tensor(x).squeeze(axis)


@backend(op="xs")
def concatenate(tensors: Any, axis: Any = -1) -> Tensor:
    return torch.cat([_tensor(t) for t in tensors], axis)


@backend()
def stack(x: Any, axis: Any = 0) -> Tensor:
    return torch.stack([_tensor(t) for t in x], axis)


@backend(op=None)
def flatten(x: Any) -> Tensor:
    return _tensor(x).reshape(-1)


@backend(op=None)
def batch_flatten(x: Any) -> Tensor:
    return _tensor(x).flatten(1)


@backend()
def transpose(x: Any) -> Tensor:
    x = _tensor(x)
    return x.permute(*reversed(range(x.ndim)))


@backend(op=None)
def permute_dimensions(x: Any, pattern: Any) -> Tensor:
    return _tensor(x).permute([_axes(axis) for axis in pattern])


@backend(op=None)
def repeat(x: Any, n: Count) -> Tensor:
    x = _tensor(x)
    return x.unsqueeze(1).expand(-1, n, *x.shape[1:])


@backend(op=None)
def gather(reference: Any, indices: Any) -> Tensor:
    return _tensor(reference)[_tensor(indices).long()]


@backend(op=None)
def one_hot(indices: Any, num_classes: Count) -> Tensor:
    return F.one_hot(_tensor(indices).long(), num_classes).float()


@backend()
def zeros_like(x: Any, dtype: DType | None = None) -> Tensor:
    return torch.zeros_like(_tensor(x), dtype=torch_dtype(dtype) if dtype else None)


@backend()
def ones_like(x: Any, dtype: DType | None = None) -> Tensor:
    return torch.ones_like(_tensor(x), dtype=torch_dtype(dtype) if dtype else None)


@backend(op=None)
def constant(value: Any, dtype: DType | None = None, shape: Any = None) -> Tensor:
    tensor = _tensor(value).to(torch_dtype(dtype or "float32"))
    return tensor if shape is None else tensor.expand(_sizes(shape)).clone()


@backend(op=None)
def random_normal(
    shape: Any, mean: float = 0.0, stddev: float = 1.0, dtype: DType | None = None, seed: int | None = None
) -> Tensor:
    drawn = torch.randn(_sizes(shape), generator=generator(seed), dtype=torch_dtype(dtype or "float32"))
    return drawn * stddev + mean


@backend(op=None)
def random_uniform(
    shape: Any, minval: float = 0.0, maxval: float = 1.0, dtype: DType | None = None, seed: int | None = None
) -> Tensor:
    drawn = torch.rand(_sizes(shape), generator=generator(seed), dtype=torch_dtype(dtype or "float32"))
    return drawn * (maxval - minval) + minval


def _sizes(shape: Any) -> list[int]:
    """A shape whose sizes are all known."""
    sizes = [size for size in shape_of(shape, "shape") if size is not None]
    if len(sizes) < len(shape_of(shape, "shape")):
        raise invalid("shape", "sizes without NA", shape)
    return sizes


# About tensors


def _fact(name: str, function: Callable[..., Any]) -> None:
    """Declare a function that asks about a tensor and makes none."""
    parameters = list(inspect.signature(function).parameters.values())

    def run(*values: Any) -> Any:
        arrays = [convert.to_array(v, "x") if isinstance(v, RVector) else v for v in values]
        return convert.to_r(function(*arrays))

    FUNCTIONS[name] = Builtin(name, Signature([parameter_of(p) for p in parameters]), run)


def int_shape(x: Any) -> tuple[int | None, ...]:
    """The sizes, NULL where free."""
    return tuple(x.shape)


for _name in ("k_shape", "k_int_shape", "op_shape"):
    _fact(_name, int_shape)
_fact("k_ndim", lambda x: len(x.shape))
_fact("op_ndim", lambda x: len(x.shape))
_fact("k_epsilon", lambda: EPSILON)
_fact("k_floatx", lambda: "float32")
_fact("k_backend", lambda: "torch")


def select(x: Tensor | KerasTensor, places: list[Any]) -> Any:
    """`x[i, , j]` of a tensor: places from 1, a place alone drops its axis, None takes all."""

    def take(tensor: Tensor) -> Tensor:
        for axis in reversed(range(len(places))):
            place = places[axis]
            if place is None:
                continue
            if isinstance(place, int):
                tensor = tensor.select(axis, place)
            else:
                tensor = tensor.index_select(axis, torch.tensor(place, device=tensor.device))
        return tensor

    return call_on_tensors("get_item", take, [x], {})
