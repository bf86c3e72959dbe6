"""Output shapes found by running a function on torch's meta device, where tensors have no values."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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

    # what the function makes itself has no values either
    with explained(label, [list(args), kwargs]), torch.no_grad(), torch.device("meta"):
        return function(*map_structure(fill, list(args)), **map_structure(fill, kwargs))


@contextmanager
def explained(label: str, arguments: Any) -> Iterator[None]:
    """What torch refuses in the block becomes a UserError that tells the shapes.

    Args:
        label: what computes
        arguments: a structure with the tensors that go in
    """
    try:
        yield
    except RecursionError:
        raise
    except (RuntimeError, ValueError, IndexError, TypeError) as error:
        tensors = [leaf for leaf in flatten(arguments) if isinstance(leaf, (KerasTensor, torch.Tensor))]
        shapes = ", ".join(str(tuple(tensor.shape)) for tensor in tensors)
        plural = "s" if len(tensors) > 1 else ""
        what = f"on the input shape{plural} {shapes}" if tensors else "on its arguments"
        raise UserError(
            f"Exception encountered when calling {label}: it does not work {what}",
            code=Code.SHAPE,
            cause="the computation failed for tensors of such shapes or for such arguments",
            cure="bring the inputs to the shape that is expected, for example with layer_reshape() "
            "or layer_flatten()",
        ) from error


def of_tensors(function: Callable[..., Any], label: str) -> Callable[..., torch.Tensor]:
    """A user's function of tensors, whose failures and results that are no tensors become UserErrors."""

    @functools.wraps(function)
    def call(*tensors: torch.Tensor) -> torch.Tensor:
        with explained(label, tensors):
            result = function(*tensors)
        if not isinstance(result, torch.Tensor):
            raise _no_tensor(result, label)
        return result

    return call


def _no_tensor(value: Any, label: str) -> UserError:
    return UserError(
        f"{label} must return tensors, not {type(value).__name__}.",
        code=Code.TYPE,
        cause="what it returned was not computed from its arguments",
        cure="return the computed tensor",
    )


def _merge(first: Any, second: Any, label: str) -> KerasTensor | None:
    if first is None:
        return None
    if not isinstance(first, torch.Tensor):
        raise _no_tensor(first, label)
    shape: Shape = tuple(a if a == b else None for a, b in zip(first.shape, second.shape, strict=True))
    return KerasTensor(shape, dtype_name(first.dtype))
