"""Wrappers: a layer at every step of a sequence, and a recurrent layer in both directions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any

import torch
from torch import Tensor

from ..errors import Code, UserError
from ..graph.spec import InputSpec
from ..graph.structure import flatten, map_structure
from ..graph.tensor import KerasTensor, Shape
from .arguments import Arrays, Type, choice
from .base import Layer, class_named, layer
from .infer import torch_dtype
from .recurrent import STEPS

CHUNK_ELEMENTS = 2**26
"""How many numbers the largest tensor inside `time_distributed` may have at once when nothing is trained."""


def _layer_value(value: Any, argument: str) -> Layer:
    if isinstance(value, dict) and "class_name" in value:
        return class_named(value["class_name"]).from_config(value["config"])
    if isinstance(value, Layer):
        return value
    raise UserError(
        f"Please initialize the wrapper with a `keras.layers.Layer` instance. Received: {argument}={value!r}",
        code=Code.TYPE,
        cause=f"`{argument}` must be a layer or a model",
        cure="give a layer made without a first argument, for example layer_dense(units = 10)",
    )


def _layer_json(value: Layer) -> dict[str, Any]:
    return {"class_name": type(value).__name__, "config": value.get_config()}


SubLayer = Annotated[Any, Type("a layer or a model", _layer_value, _layer_json)]


@layer("time_distributed", also="layer_time_distributed", tail="...")
class TimeDistributed(Layer):
    """A layer or model applied to every step: steps become part of the batch, so it runs once for all.

    Without gradients long sequences run in pieces, which bounds the memory.

    Args:
        layer: the layer or model
    """

    layer: SubLayer

    input_spec = InputSpec(min_ndim=3, wants="(batch, steps, ...)")
    supports_masking = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keeps_integers = self.layer.keeps_integers
        self.largest = 1

    def prepare(self, shapes: Shape) -> None:
        super().prepare(shapes)
        # the layer inside is built by now, but has not seen this shape
        self._inner_spec(shapes, self.dtype)

    def build(self, shape: Shape) -> None:
        step = _one_step(shape)
        self.layer.prepare(step)
        output = self._inner_spec(shape, self.dtype)
        inside = (node.output_tensors for module in _layers_in(self.layer) for node in module.inbound_nodes)
        tensors = [*flatten(output), *(tensor for outputs in inside for tensor in outputs)]
        self.largest = max(_elements(s) for s in (step, *(tensor.shape for tensor in tensors)))

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        self._check_arguments(args)
        x = args[0]
        self.prepare(x.shape)
        outputs = self._inner_spec(x.shape, x.dtype)
        return map_structure(lambda y: KerasTensor((y.shape[0], x.shape[1], *y.shape[1:]), y.dtype), outputs)

    def _inner_spec(self, shape: Shape, dtype: str) -> Any:
        """What the layer inside gives for one step."""
        step = KerasTensor(_one_step(shape), dtype, name=self.name)
        return self.layer.compute_output_spec(self.layer.arrange(step) if self.layer.is_model else step)

    def compute_output_shape(self, shape: Shape) -> Any:
        return map_structure(lambda y: y.shape, self.compute_output_spec(KerasTensor(shape, self.dtype)))

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Any:
        samples, steps = x.shape[:2]
        rows = x.flatten(0, 1)
        if self.layer.is_model:
            rows = rows.to(torch_dtype(self.layer.inputs[0].dtype))
        inner = None if mask is None else mask.flatten(0, 1)
        # a mask of the steps outside says nothing about the steps inside
        if inner is not None and not (self.layer.takes_mask and inner.ndim == rows.ndim - 1):
            inner = None
        return map_structure(lambda y: y.unflatten(0, (samples, steps)), self._run(rows, inner))

    def _run(self, rows: Tensor, mask: Tensor | None) -> Any:
        at_once = max(1, CHUNK_ELEMENTS // self.largest)
        if torch.is_grad_enabled() or self.training or len(rows) <= at_once:
            return self._run_once(rows, mask)
        masks = [None] * len(rows) if mask is None else mask.split(at_once)
        pieces = [self._run_once(*piece) for piece in zip(rows.split(at_once), masks, strict=False)]
        joined = [torch.cat(parts) for parts in zip(*map(flatten, pieces), strict=True)]
        return joined if isinstance(pieces[0], list) else joined[0]

    def _run_once(self, rows: Tensor, mask: Tensor | None) -> Any:
        return self.layer.run(rows) if mask is None else self.layer.run(rows, mask=mask)


def _one_step(shape: Shape) -> Shape:
    return (shape[0], *shape[2:])


def _layers_in(module: Layer) -> Iterator[Layer]:
    return (inner for inner in module.modules() if isinstance(inner, Layer))


def _elements(shape: Shape) -> int:
    return math.prod(size or 1 for size in shape[1:])


_modes = choice("concat", "sum", "mul", "ave")
MergeMode = Annotated[
    Any,
    replace(
        _modes,
        title=f"{_modes.title}, or NULL",
        convert=lambda value, argument: None if value is None else _modes.convert(value, argument),
        keeps_none=False,
    ),
]


@layer("bidirectional", also="layer_bidirectional", tail="...")
class Bidirectional(Layer):
    """A recurrent layer run forward and, with other weights, backward. Source: Schuster and Paliwal 1997.

    Called on a list, its further tensors are the first states: those of the forward layer, then those of the
    backward layer. With return_sequences outputs of masked steps are zeros. Weights: the forward layer's,
    then the backward layer's.

    Args:
        layer: the recurrent layer, which is copied without its weights
        merge_mode: how both outputs become one: "concat", "sum", "mul", "ave"; NULL returns both
        weights: first values of the weights
        backward_layer: the layer that runs backward, a copy of `layer` by default
    """

    layer: SubLayer
    merge_mode: MergeMode = "concat"
    weights: Arrays = None
    backward_layer: SubLayer = None

    input_spec = STEPS
    takes_states = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.layer
        self._check_recurrent(given)
        self.layer = _copy(given, "forward_")
        if self.backward_layer is None:
            self.backward_layer = _copy(given, "backward_", go_backwards=not given.go_backwards)
        self._check_pair()
        for inner in (self.layer, self.backward_layer):
            inner.zero_output_for_mask = inner.return_sequences

    @property
    def forward_layer(self) -> Any:
        return self.layer

    @property
    def stateful(self) -> bool:
        return self.layer.stateful

    def _check_recurrent(self, given: Any) -> None:
        if not all(hasattr(given, name) for name in ("go_backwards", "return_sequences", "return_state")):
            raise UserError(
                f"`bidirectional()` needs a recurrent layer. Received: {given!r}",
                code=Code.TYPE,
                cause="only a recurrent layer can run backward",
                cure="give layer_lstm(), layer_gru() or layer_simple_rnn() with its `units`",
            )

    def _check_pair(self) -> None:
        forward, backward = self.layer, self.backward_layer
        self._check_recurrent(backward)
        if forward.go_backwards == backward.go_backwards:
            raise UserError(
                "Forward layer and backward layer should have different `go_backwards` value. "
                f"Received: forward_layer.go_backwards {forward.go_backwards}, "
                f"backward_layer.go_backwards={backward.go_backwards}",
                code=Code.VALUE,
                cause="both would run in the same direction",
                cure="give the backward layer go_backwards = TRUE",
            )
        for name in ("stateful", "return_sequences", "return_state"):
            ours, theirs = getattr(forward, name), getattr(backward, name)
            if ours != theirs:
                raise UserError(
                    "Forward layer and backward layer are expected to have the same value for attribute "
                    f'"{name}", got "{ours}" for forward layer and "{theirs}" for backward layer',
                    code=Code.VALUE,
                    cause="their outputs could not be joined",
                    cure=f"give both layers the same `{name}`",
                )

    def prepare(self, shapes: Shape | list[Shape]) -> None:
        x, *states = shapes if isinstance(shapes, list) else [shapes]
        super().prepare(x)
        for inner, first in zip((self.layer, self.backward_layer), _halves(states), strict=True):
            inner.prepare([x, *first] if states else x)

    def build(self, shape: Shape) -> None:
        self.layer.prepare(shape)
        self.backward_layer.prepare(shape)

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        states = kwargs.get("initial_state")
        x = [args[0], *flatten(states)] if states is not None else args[0]
        return super().compute_output_spec(x)

    def compute_output_shape(self, shape: Shape | list[Shape]) -> Any:
        y, *states = _shapes(self.layer.compute_output_shape(shape))
        y_back, *states_back = _shapes(self.backward_layer.compute_output_shape(shape))
        outputs = [y, y_back]
        if self.merge_mode == "concat":
            outputs = [(*y[:-1], y[-1] + y_back[-1])]
        elif self.merge_mode is not None:
            outputs = [y]
        result = [*outputs, *states, *states_back]
        return result if len(result) > 1 else result[0]

    def compute_mask(self, x: Any, mask: Any) -> Any:
        output = flatten(mask)[0] if self.layer.return_sequences else None
        outputs = [output] if self.merge_mode else [output, output]
        states = [None] * (2 * len(self.layer.state_names)) if self.layer.return_state else []
        return [*outputs, *states] if len(outputs) + len(states) > 1 else output

    def forward(self, x: Any, initial_state: Any = None, mask: Any = None) -> Any:
        if isinstance(x, (list, tuple)):
            x, *initial_state = x
        if isinstance(mask, (list, tuple)):
            mask = mask[0]
        first, first_back = _halves(initial_state or [])
        y, *states = _as_list(self.layer.run(x, initial_state=first, mask=mask))
        y_back, *states_back = _as_list(self.backward_layer.run(x, initial_state=first_back, mask=mask))
        if self.layer.return_sequences:
            y_back = y_back.flip(1 - self.layer.batch_axis)
        result = [*self._merge(y, y_back), *states, *states_back]
        return result if len(result) > 1 else result[0]

    def _merge(self, y: Tensor, y_back: Tensor) -> list[Tensor]:
        if self.merge_mode == "concat":
            return [torch.cat([y, y_back], -1)]
        if self.merge_mode == "sum":
            return [y + y_back]
        if self.merge_mode == "ave":
            return [(y + y_back) / 2]
        if self.merge_mode == "mul":
            return [y * y_back]
        return [y, y_back]


# torch keeps layers inside apart from other attributes, and a default on the class would hide this one
del Bidirectional.backward_layer


def _copy(layer: Any, prefix: str, **changes: Any) -> Any:
    """A layer with the same arguments and weights of its own, its name behind a prefix."""
    values = {name: getattr(layer, field.attribute) for name, field in layer.interface.own.items()}
    base = {"name": prefix + layer.name.removeprefix(prefix), "dtype": layer.dtype}
    return type(layer)(**{**values, **base, "trainable": layer.trainable, **changes})


def _halves(items: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    middle = len(items) // 2
    return list(items[:middle]), list(items[middle:])


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _shapes(shape: Shape | list[Shape]) -> list[Any]:
    return shape if isinstance(shape, list) else [shape]
