"""What shapes an operation accepts, and the errors that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..errors import Code, UserError
from .tensor import Shape


@dataclass(frozen=True, slots=True)
class InputSpec:
    """What one input must look like.

    Args:
        ndim: number of axes, the batch counted
        min_ndim: least number of axes
        axes: sizes that are fixed, by axis (negative from the end)
        wants: the axes in words, `(batch, steps, features)`, for errors
    """

    ndim: int | None = None
    min_ndim: int | None = None
    axes: dict[int, int] = field(default_factory=dict)
    wants: str | None = None

    def check(self, layer: str, shape: Shape, index: int = 0) -> None:
        """Raise a UserError when an input does not fit.

        Args:
            layer: the layer's name
            shape: the input's shape, None where free
            index: which input of the layer it is
        """
        rank = len(shape)
        if self.ndim is not None and rank != self.ndim:
            problem = f"expected ndim={self.ndim}, found ndim={rank}. Full shape received: {shape}"
            raise self._error(layer, index, problem, shape, _rank_cure(rank, self.ndim))
        if self.min_ndim is not None and rank < self.min_ndim:
            problem = f"expected min_ndim={self.min_ndim}, found ndim={rank}. Full shape received: {shape}"
            raise self._error(layer, index, problem, shape, _rank_cure(rank, self.min_ndim))
        for axis, size in self.axes.items():
            if shape[axis] not in (size, None):
                problem = (
                    f"expected axis {axis} of input shape to have value {size}, "
                    f"but received input with shape {shape}"
                )
                raise self._error(
                    layer,
                    index,
                    problem,
                    shape,
                    f"make a new layer for this input, or bring both inputs to the same size {size}",
                    f"its weights were made for size {size} when it was first called; "
                    f"this input has {shape[axis]}",
                )

    def _error(
        self, layer: str, index: int, problem: str, shape: Shape, cure: str, cause: str | None = None
    ) -> UserError:
        wants = self.wants or f"{self.ndim or self.min_ndim} axes"
        return UserError(
            f'Input {index} of layer "{layer}" is incompatible with the layer: {problem}',
            code=Code.SHAPE,
            cause=cause or f"the layer takes {wants}, and the input has the shape {shape}",
            cure=cure,
        )


def _rank_cure(found: int, expected: int) -> str:
    if found > expected == 2:
        return "put layer_flatten() in front of it"
    if found > expected:
        return "put layer_flatten(), layer_reshape() or a global pooling layer in front of it"
    if expected == 3:
        return (
            "put layer_reshape(), layer_embedding() (for word indices) or "
            "return_sequences = TRUE (after a recurrent layer) in front of it"
        )
    if expected == 4:
        return "put layer_reshape(target_shape = c(height, width, channels)) in front of it"
    return "give the input one more axis, for example with layer_reshape()"


def compatible(shape: Shape, expected: Shape) -> bool:
    """Whether sizes agree wherever both are known."""
    return len(shape) == len(expected) and all(
        a is None or b is None or a == b for a, b in zip(shape, expected, strict=True)
    )


def broadcast(a: Shape, b: Shape) -> Shape:
    """The shape of what is combined element by element; sizes 1 and missing leading axes are repeated.

    Raises:
        UserError: sizes that are neither equal nor 1
    """
    long, short = (a, b) if len(a) >= len(b) else (b, a)
    leading = len(long) - len(short)
    sizes = list(long[:leading])
    for i, j in zip(long[leading:], short, strict=True):
        if i is None or j is None:
            sizes.append(None)
        elif i == j or 1 in (i, j):
            sizes.append(max(i, j))
        else:
            raise UserError(
                f"Inputs have incompatible shapes. Received shapes {a} and {b}",
                code=Code.SHAPE,
                cause="tensors that are combined element by element must have the same sizes, or size 1",
                cure="bring both to one shape, for example with layer_dense(), layer_reshape() "
                'or padding = "same"',
            )
    return tuple(sizes)


def known_product(sizes: Sequence[int | None]) -> int | None:
    """The product of the sizes, None when one is free."""
    product = 1
    for size in sizes:
        if size is None:
            return None
        product *= size
    return product
