"""Output shapes found by running a function on torch's meta device, where tensors have no values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from ..errors import Code, UserError
from ..graph.structure import flatten, map_structure, pack_like
from ..graph.tensor import KerasTensor, Shape

# What stands for an unknown size: one number an axis, so that only axes in the same place fit each other,
# and two runs, so that the sizes that differ between them are the unknown ones. Large enough for windows,
# and multiples of 12, so that functions which reshape find what they divide.
_FILLERS = ((60, 72, 84, 96, 108, 120, 132, 144), (156, 168, 180, 192, 204, 216, 228, 240))


def torch_dtype(name: str) -> torch.dtype:
    return getattr(torch, name)


def dtype_name(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def meta_like(tensor: KerasTensor, fillers: tuple[int, ...] = _FILLERS[0]) -> torch.Tensor:
    """A tensor without values, its free axes filled."""
    sizes = [fillers[i % len(fillers)] if size is None else size for i, size in enumerate(tensor.shape)]
    return torch.empty(sizes, dtype=torch_dtype(tensor.dtype), device="meta")


def infer(function: Callable[..., Any], args: Any, kwargs: dict[str, Any], label: str) -> Any:
    """Fresh symbolic tensors shaped as what `function` returns for the symbolic tensors in its arguments.

    Args:
        label: what the function is called in errors, `layer "lambda_1"`

    Raises:
        UserError: the function does not work on such shapes
    """
    runs = [_run(function, args, kwargs, fillers, label) for fillers in _FILLERS]
    first, second = (flatten(run) for run in runs)
    outputs = [_merge(a, b, label) for a, b in zip(first, second, strict=True)]
    return pack_like(runs[0], iter(outputs))


def on_meta(module: torch.nn.Module) -> Callable[..., Any]:
    """`module.forward` with weights that have no values."""
    state = {name: tensor.to("meta") for name, tensor in module.named_parameters()}
    state |= {name: tensor.to("meta") for name, tensor in module.named_buffers()}
    return lambda *args, **kwargs: torch.func.functional_call(module, state, args, kwargs)


def _run(
    function: Callable[..., Any], args: Any, kwargs: dict[str, Any], fillers: tuple[int, ...], label: str
) -> Any:
    def fill(leaf: Any) -> Any:
        return meta_like(leaf, fillers) if isinstance(leaf, KerasTensor) else leaf

    try:
        with torch.no_grad(), torch.device("meta"):  # what the function makes itself has no values either
            return function(*map_structure(fill, list(args)), **map_structure(fill, kwargs))
    except UserError:
        raise
    except (RuntimeError, ValueError, IndexError, TypeError) as error:
        shapes = [leaf.shape for leaf in flatten([list(args), kwargs]) if isinstance(leaf, KerasTensor)]
        raise UserError(
            f"Exception encountered when calling {label}: it does not work on the input shape"
            f"{'s' if len(shapes) > 1 else ''} {', '.join(map(str, shapes))}",
            code=Code.SHAPE,
            cause="the computation failed for tensors of such shapes, before any data was used",
            cure="bring the inputs to the shape that the layer expects, for example with layer_reshape() "
            "or layer_flatten()",
        ) from error


def _merge(first: Any, second: Any, label: str) -> KerasTensor | None:
    if first is None:
        return None
    if not isinstance(first, torch.Tensor):
        raise UserError(
            f"{label} must return tensors, not {type(first).__name__}.",
            code=Code.TYPE,
            cure="return the computed tensor",
        )
    shape: Shape = tuple(a if a == b else None for a, b in zip(first.shape, second.shape, strict=True))
    return KerasTensor(shape, dtype_name(first.dtype))
