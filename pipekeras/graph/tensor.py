"""Symbolic tensors: a shape, a type, a name, and where they come from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from .naming import auto_name

if TYPE_CHECKING:
    from .node import Node
    from .operation import Operation

Shape = tuple[int | None, ...]


class KerasHistory(NamedTuple):
    """Which call made a tensor: output `tensor_index` of call `node_index` of `operation`, both from 0."""

    operation: Operation
    node_index: int
    tensor_index: int

    @property
    def node(self) -> Node:
        return self.operation.inbound_nodes[self.node_index]


class KerasTensor:
    """A tensor without values, the currency of model building.

    Args:
        shape: the size of each axis, batch first, None where it is free
        dtype: `float32`, `int32`, ...
        name: by default `keras_tensor` with a number
    """

    __slots__ = ("__weakref__", "_name", "dtype", "history", "mask", "shape")

    operators: ClassVar[dict[str, Callable[[Any, Any], Any]]] = {}
    """What `+`, `-`, ... between tensors build, filled by the package that owns the operations."""

    # numpy must leave `array + tensor` to __radd__
    __array_ufunc__ = None

    def __init__(self, shape: Shape, dtype: str = "float32", name: str | None = None) -> None:
        self.shape = tuple(shape)
        self.dtype = dtype
        self._name = name
        self.history: KerasHistory | None = None
        self.mask: KerasTensor | None = None
        """What the mask that travels with the values will look like; None without one."""

    @property
    def name(self) -> str:
        # numbered when first asked for, which a node does for its outputs: specs of no graph use no number up
        if self._name is None:
            self._name = auto_name("keras_tensor")
        return self._name

    @property
    def ndim(self) -> int:
        return len(self.shape)

    def __repr__(self) -> str:
        return (
            f"<KerasTensor shape={self.shape}, dtype={self.dtype}, sparse=False, ragged=False, "
            f"name={self.name}>"
        )

    def __or__(self, function: Callable[[KerasTensor], Any]) -> Any:
        """The pipe: `x | layer` is `layer(x)`."""
        return function(self) if callable(function) else NotImplemented

    def _operate(self, operator: str, left: Any, right: Any) -> Any:
        return self.operators[operator](left, right)

    def __add__(self, other: Any) -> Any:
        return self._operate("add", self, other)

    def __radd__(self, other: Any) -> Any:
        return self._operate("add", other, self)

    def __sub__(self, other: Any) -> Any:
        return self._operate("subtract", self, other)

    def __rsub__(self, other: Any) -> Any:
        return self._operate("subtract", other, self)

    def __mul__(self, other: Any) -> Any:
        return self._operate("multiply", self, other)

    def __rmul__(self, other: Any) -> Any:
        return self._operate("multiply", other, self)

    def __truediv__(self, other: Any) -> Any:
        return self._operate("divide", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return self._operate("divide", other, self)

    def __pow__(self, other: Any) -> Any:
        return self._operate("power", self, other)

    def __rpow__(self, other: Any) -> Any:
        return self._operate("power", other, self)

    def __matmul__(self, other: Any) -> Any:
        return self._operate("matmul", self, other)

    def __neg__(self) -> Any:
        return self._operate("multiply", self, -1)
