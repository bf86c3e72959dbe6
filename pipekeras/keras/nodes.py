"""R's `get_output_at(layer, i)` and its relatives: what a layer's i-th call took and gave, counted from 1."""

from __future__ import annotations

from typing import Any

from ..errors import Code, UserError
from ..layers.base import Layer
from .verbs import verb


def _from_zero(node_index: int) -> int:
    if node_index < 1:
        raise UserError(
            f"`node_index` must be a whole number from 1, received {node_index}",
            code=Code.VALUE,
            cause="the calls of a layer are counted from 1",
            cure="the first call is number 1",
        )
    return node_index - 1


@verb()
def get_input_at(object: Layer, node_index: int) -> Any:
    """The input tensor (or list of them) of a layer's call number `node_index`."""
    return object.get_input_at(_from_zero(node_index))


@verb()
def get_output_at(object: Layer, node_index: int) -> Any:
    """The output tensor (or list of them) of a layer's call number `node_index`."""
    return object.get_output_at(_from_zero(node_index))


@verb()
def get_input_shape_at(object: Layer, node_index: int) -> Any:
    """The shape of the input of call number `node_index`, the batch axis first as NULL."""
    return object.get_input_shape_at(_from_zero(node_index))


@verb()
def get_output_shape_at(object: Layer, node_index: int) -> Any:
    """The shape of the output of call number `node_index`, the batch axis first as NULL."""
    return object.get_output_shape_at(_from_zero(node_index))


@verb()
def get_input_mask_at(object: Layer, node_index: int) -> Any:
    """The mask that came with the input of call number `node_index`; NULL where there was none."""
    return object.get_input_mask_at(_from_zero(node_index))


@verb()
def get_output_mask_at(object: Layer, node_index: int) -> Any:
    """The mask that left with the output of call number `node_index`; NULL where there was none."""
    return object.get_output_mask_at(_from_zero(node_index))
