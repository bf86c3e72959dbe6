"""Weights in Keras's names and order: making, freezing, exchanging, penalties and constraints."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ..errors import Code, UserError
from .infer import torch_dtype


class Weighted(nn.Module):
    """A torch module whose weights are listed as Keras lists them.

    Args:
        trainable: whether training changes the weights
    """

    name: str
    dtype: str
    built: bool
    activity_regularizer: Any = None

    def __init__(self, trainable: bool) -> None:
        super().__init__()
        self.activity_losses: list[Tensor] = []
        self._trainable = trainable
        self._weight_names: list[str] = []
        self._regularizers: dict[str, Callable[[Tensor], Tensor]] = {}
        self._constraints: dict[str, Callable[[Tensor], Tensor]] = {}

    def add_weight(
        self,
        name: str,
        shape: Sequence[int],
        initializer: Callable[..., Tensor],
        regularizer: Callable[[Tensor], Tensor] | None = None,
        constraint: Callable[[Tensor], Tensor] | None = None,
        trainable: bool = True,
        dtype: str | None = None,
    ) -> Tensor:
        """Make a weight and register it under Keras's name, which is also the attribute's.

        Returns:
            a torch Parameter, or a buffer if it is not trainable
        """
        _check_size(self.name, name, shape)
        made = initializer(tuple(shape), torch_dtype(dtype or self.dtype))
        value = _as_weight(made, f"{self.name}/{name}", shape)
        if trainable:
            self.register_parameter(name, nn.Parameter(value))
        else:
            self.register_buffer(name, value)
        if name not in self._weight_names:
            self._weight_names.append(name)
        if regularizer is not None:
            self._regularizers[name] = regularizer
        if constraint is not None:
            self._constraints[name] = constraint
        return getattr(self, name)

    @property
    def trainable(self) -> bool:
        """Whether training changes the weights; setting it sets it for the layers inside, too."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = bool(value)
        for name in self._weight_names:
            tensor = getattr(self, name)
            if isinstance(tensor, nn.Parameter):
                tensor.requires_grad_(self._trainable)
        for child in self.sublayers():
            child.trainable = value

    def sublayers(self) -> Iterator[Weighted]:
        """The layers directly inside, each once."""
        return (child for child in self.children() if isinstance(child, Weighted))

    def reset_states(self) -> None:
        """Forget what stateful layers, this one or those inside, remember of the batches before."""
        for child in self.sublayers():
            child.reset_states()

    def _own_weights(self) -> list[tuple[str, Tensor]]:
        own = [(name, getattr(self, name)) for name in self._weight_names]
        return sorted(own, key=lambda pair: not isinstance(pair[1], nn.Parameter))

    @property
    def weight_names(self) -> list[str]:
        """Names of the layer's own weights, each of which is an attribute: `kernel`, `bias`."""
        return [name for name, _ in self._own_weights()]

    def named_weights(self) -> list[tuple[str, Tensor]]:
        """Pairs of `layer/kernel` and the tensor, in Keras's order, a shared weight once."""
        found: dict[int, tuple[str, Tensor]] = {}
        for name, tensor in self._own_weights():
            found.setdefault(id(tensor), (f"{self.name}/{name}", tensor))
        for child in self.sublayers():
            for name, tensor in child.named_weights():
                found.setdefault(id(tensor), (name, tensor))
        return list(found.values())

    @property
    def weights(self) -> list[Tensor]:
        """All weights: a layer's own, trainable ones first, then those of the layers inside."""
        return [tensor for _, tensor in self.named_weights()]

    @property
    def trainable_weights(self) -> list[Tensor]:
        return [w for w in self.weights if isinstance(w, nn.Parameter) and w.requires_grad]

    @property
    def non_trainable_weights(self) -> list[Tensor]:
        return [w for w in self.weights if not (isinstance(w, nn.Parameter) and w.requires_grad)]

    def get_weights(self) -> list[np.ndarray]:
        """Copies of the weights as numpy arrays, in Keras's order."""
        return [w.detach().cpu().numpy().copy() for w in self.weights]

    def set_weights(self, weights: Any) -> None:
        """Take over the values of arrays in the order of `get_weights`; one array alone needs no list.

        Raises:
            UserError: another number of arrays, or other shapes
        """
        named = self.named_weights()
        given = weights if isinstance(weights, (list, tuple)) else [weights]
        arrays = [np.asarray(array) for array in given]
        if len(arrays) != len(named):
            raise UserError(
                f"You called `set_weights(weights)` on layer '{self.name}' with a weight list of length "
                f"{len(arrays)}, but the layer was expecting {len(named)} weights.",
                code=Code.SHAPE,
                cause="it has " + (", ".join(f"{n} {tuple(t.shape)}" for n, t in named) or "no weights"),
                cure="give one array for each weight, in the order of get_weights()",
            )
        for (name, tensor), array in zip(named, arrays, strict=True):
            if tuple(tensor.shape) != array.shape:
                raise UserError(
                    f"Layer {self.name} weight shape {tuple(tensor.shape)} is not compatible with provided "
                    f"weight shape {array.shape}.",
                    code=Code.SHAPE,
                    cause=f"{name} has the shape {tuple(tensor.shape)}",
                    cure="give the arrays in the order of get_weights(), of the same shapes",
                )
        with torch.no_grad():
            for (_, tensor), array in zip(named, arrays, strict=True):
                tensor.copy_(torch.as_tensor(array))

    def count_params(self) -> int:
        """The number of single numbers in the weights."""
        if not self.built:
            raise UserError(
                f"You tried to call `count_params` on layer '{self.name}', but the layer isn't built.",
                code=Code.GRAPH,
                cause="weights are made when the input's shape is known",
                cure="pipe a tensor into the layer first, or give the first layer an input_shape",
            )
        return sum(weight.numel() for weight in self.weights)

    @property
    def losses(self) -> list[Tensor]:
        """Penalties to add to the loss: of trainable weights, and of outputs of the last run."""
        return [*self._weight_losses(), *self.output_losses]

    @property
    def output_losses(self) -> list[Tensor]:
        """Penalties on outputs of the last run, here and in the layers inside."""
        return [*self.activity_losses, *(loss for child in self.sublayers() for loss in child.output_losses)]

    @property
    def penalizes_outputs(self) -> bool:
        """Whether this layer or one inside has an activity regularizer."""
        return self.activity_regularizer is not None or any(c.penalizes_outputs for c in self.sublayers())

    def _weight_losses(self) -> Iterator[Tensor]:
        # modules() gives a shared layer once
        for module in self.modules():
            for name, penalty in module._regularizers.items() if isinstance(module, Weighted) else ():
                weight = getattr(module, name)
                if weight.requires_grad:
                    yield penalty(weight)

    def constrained_weights(self) -> list[tuple[Tensor, Callable[[Tensor], Tensor]]]:
        """Weights with what they are held to, here and in the layers inside."""
        own = [(getattr(self, name), constraint) for name, constraint in self._constraints.items()]
        return own + [pair for child in self.sublayers() for pair in child.constrained_weights()]


def _as_weight(value: Any, path: str, shape: Sequence[int]) -> Tensor:
    """What an initializer gave, which may be a user's function, as a tensor of the weight's shape."""
    tensor = value if isinstance(value, Tensor) else torch.as_tensor(np.asarray(value, dtype="float32"))
    if tuple(tensor.shape) != tuple(shape):
        raise UserError(
            f"The initializer of {path} gave the shape {tuple(tensor.shape)}, not {tuple(shape)}.",
            code=Code.SHAPE,
            cause="an initializer is called with a shape and must return values of that shape",
            cure='use its argument, or one of the named initializers such as "glorot_uniform"',
        )
    return tensor


def _check_size(layer: str, name: str, shape: Sequence[int]) -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    needed = 4 * math.prod(shape)
    if needed > memory:
        raise UserError(
            f"The weight {layer}/{name} of shape {tuple(shape)} needs {needed / 2**30:,.1f} GiB.",
            code=Code.LIMIT,
            cause=f"this machine has {memory / 2**30:,.1f} GiB of memory in all",
            cure="make the layer or its input smaller",
        )
