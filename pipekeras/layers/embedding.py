"""The embedding layer: vectors looked up by whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

import torch
from torch import Tensor

from ..errors import Code, UserError
from ..graph.spec import InputSpec
from ..graph.tensor import KerasTensor, Shape
from .arguments import KERAS3, Constraint, Count, Flag, Initializer, Regularizer, ShapeOf, Unsupported
from .base import Layer, layer


@layer("layer_embedding", tail="...")
class Embedding(Layer):
    """A vector for each whole number from 0 to input_dim - 1. Weights: embeddings (input_dim, output_dim).

    Args:
        input_dim: size of the vocabulary, the largest index + 1
        output_dim: length of the vectors
        embeddings_initializer: first values of the vectors
        embeddings_regularizer: penalty on the vectors
        activity_regularizer: penalty on the output
        embeddings_constraint: what the vectors are held to
        mask_zero: index 0 is padding, which the layers that follow skip
        input_length: length of the index sequences, where the input does not tell
        sparse: a hint for TensorFlow, without influence on results
        lora_rank, lora_alpha: low-rank fine-tuning
    """

    input_dim: Count
    output_dim: Count
    embeddings_initializer: Initializer = "uniform"
    embeddings_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    embeddings_constraint: Constraint = None
    mask_zero: Flag = False
    input_length: ShapeOf = None
    sparse: Flag = False
    lora_rank: Annotated[Unsupported, KERAS3] = None
    lora_alpha: Annotated[Unsupported, KERAS3] = None

    keeps_integers = True
    input_spec = InputSpec()
    embeddings: Tensor
    gives_rows = False
    """Whether the gradient is sparse: only the rows that were looked up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.makes_mask = self.mask_zero
        if self.batch_input_shape is None:
            # the first layer of a Sequential needs no input_shape, as in Keras 2
            self.batch_input_shape = (kwargs.get("batch_size"), *(self.input_length or (None,)))

    def build(self, shape: Shape) -> None:
        self.add_weight(
            "embeddings",
            (self.input_dim, self.output_dim),
            self.embeddings_initializer,
            self.embeddings_regularizer,
            self.embeddings_constraint,
        )

    def compute_output_shape(self, shape: Shape) -> Shape:
        if self.input_length is None:
            return (*shape, self.output_dim)
        steps = shape[1:]
        fits = len(steps) == len(self.input_length) and all(
            None in (a, b) or a == b for a, b in zip(steps, self.input_length, strict=True)
        )
        if not fits:
            shown = self.input_length[0] if len(self.input_length) == 1 else self.input_length
            raise UserError(
                f'"input_length" is {shown}, but received input has shape {shape}',
                code=Code.SHAPE,
                cause=f'layer "{self.name}" was made for sequences of another length',
                cure="leave `input_length` out, or give the length of the sequences",
            )
        known = (b if a is None else a for a, b in zip(steps, self.input_length, strict=True))
        return (shape[0], *known, self.output_dim)

    def compute_output_dtype(self, *inputs: KerasTensor) -> str:
        return self.dtype

    def compute_mask(self, x: Tensor, mask: Tensor | None) -> Tensor | None:
        return x != 0 if self.mask_zero else None

    def forward(self, x: Tensor) -> Tensor:
        lookup = partial(torch.nn.functional.embedding, weight=self.embeddings, sparse=self.gives_rows)
        return self.looking_up(lookup, x)

    def looking_up(self, function: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
        """What a function makes of the indices in x.

        Raises:
            UserError: an index outside the vocabulary
        """
        indices = x if x.dtype in (torch.int64, torch.int32) else x.long()
        try:
            return function(indices)
        except IndexError as error:
            raise self._out_of_range(indices) from error

    def _out_of_range(self, indices: Tensor) -> UserError:
        wrong = indices[(indices < 0) | (indices >= self.input_dim)]
        index = int(wrong[0])
        if index < 0:
            cure = "indices count from 0; look for missing values in the data"
        elif index == self.input_dim:
            cure = f"indices count from 0; for indices from 1 to {index} use input_dim = {index + 1}"
        else:
            cure = f"use input_dim = {int(indices.max()) + 1} or more, or smaller indices"
        return UserError(
            f"indices = {index} is not in [0, {self.input_dim})",
            code=Code.DATA,
            cause=f'layer "{self.name}" has vectors for the indices 0 to {self.input_dim - 1}, '
            f"and its input has {len(wrong)} outside of that",
            cure=cure,
        )
