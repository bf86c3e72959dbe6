"""Recurrences over time: the loop with its masks, and the products before and inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial

import torch
from torch import Tensor

from .optimize import serial

State = tuple[Tensor, ...]
Step = Callable[..., State]
"""(projected input, *states) to the new states, the first of which is the output."""
Share = Callable[..., Tensor]
"""Writes one step's share of the gates, (batch, gates * units), to the tensor `out`."""

MANY = 256
"""For so many sequences and more, a product for each step costs no more than one for all steps."""

SERIAL = 2**24
"""Steps of fewer multiplications run on one thread."""

MOST_PRODUCTS = 2**24
"""A vocabulary is not multiplied beforehand if that gives more numbers."""

BLOCK = 2**19
"""What is computed for several steps at once has about so many numbers, which stay in the cache."""


def are_many(sequences: Tensor) -> bool:
    """Whether a batch is large enough to go step by step."""
    return len(sequences) >= MANY


def step_threads(batch: int, kernel: Tensor) -> AbstractContextManager[None]:
    """The threads for steps of a recurrence with a kernel (units, gates * units)."""
    return serial() if batch * kernel.numel() < SERIAL else nullcontext()


def block_of_steps(numbers: int) -> int:
    """How many steps to take at once, if one has so many numbers."""
    return BLOCK // max(numbers, 1) or 1


def scan(
    step: Step, inputs: Sequence[Tensor], states: State, keep: Sequence[Tensor] | None, zero_masked: bool
) -> tuple[list[Tensor], State]:
    """Run a step over time.

    Where a step is masked the states stay as they are and the output repeats the one before (zeros at the
    start, whatever the initial state), as in Keras.

    Args:
        step: one step of the recurrence
        inputs: for each step a tensor (batch, gates * units)
        states: tensors (batch, units)
        keep: for each step a boolean tensor (batch, 1), false where it is masked
        zero_masked: masked outputs are zeros

    Returns:
        the outputs of all steps, and the last states
    """
    if keep is None:
        outputs = []
        for z in inputs:
            states = step(z, *states)
            outputs.append(states[0])
        return outputs, states
    zeros = torch.zeros_like(states[0])
    outputs = [zeros]
    for z, kept in zip(inputs, keep, strict=True):
        new = step(z, *states)
        outputs.append(torch.where(kept, new[0], zeros if zero_masked else outputs[-1]))
        states = tuple(torch.where(kept, n, s) for n, s in zip(new, states, strict=True))
    return outputs[1:], states


def project(x: Tensor, kernel: Tensor, bias: Tensor | None, drop: Tensor | None) -> Tensor:
    """The input's share of the gates, for all steps in one product.

    Args:
        x: (batch, steps, features)
        kernel: (features, gates * units)
        bias: (gates * units)
        drop: dropout masks (batch, features), one for all gates, or (gates, batch, features)

    Returns:
        (batch, steps, gates * units)
    """
    if drop is not None and drop.ndim == 3:
        gates = _gates_apart(kernel, len(drop)).unsqueeze(1)
        product = (x * drop.unsqueeze(2)) @ gates
        y = product.movedim(0, 2).flatten(2)
        return y if bias is None else y + bias
    if drop is not None:
        x = x * drop.unsqueeze(1)
    flat = x.reshape(-1, x.shape[-1])
    y = flat @ kernel if bias is None else torch.addmm(bias, flat, kernel)
    return y.reshape(*x.shape[:2], kernel.shape[1])


def project_time_major(x: Tensor, kernel: Tensor, bias: Tensor | None) -> Tensor:
    """The same as (steps, batch, gates * units) in memory of its own; the smaller side is turned round."""
    if x.shape[-1] > kernel.shape[1]:
        return project(x, kernel, bias, None).transpose(0, 1).contiguous()
    return project(x.transpose(0, 1), kernel, bias, None)


def shares(x: Tensor, kernel: Tensor, bias: Tensor | None) -> Iterator[Share]:
    """The input's share of the gates, step by step, so that no step's has to be kept.

    Args:
        x: (batch, steps, features)
        kernel: (features, gates * units)
        bias: (gates * units)
    """
    return (_share(step, kernel, bias) for step in x.unbind(1))


def given_shares(steps: Tensor) -> Iterator[Share]:
    """The input's share of the gates where it is known already.

    Args:
        steps: (steps, batch, gates * units)
    """
    return (partial(_copied, step) for step in steps.unbind())


def _copied(step: Tensor, out: Tensor) -> Tensor:
    return out.copy_(step)


def looked_up_shares(
    indices: Tensor, vectors: Tensor, kernel: Tensor, bias: Tensor | None
) -> Iterator[Share]:
    """The same for vectors that are looked up: each is multiplied once if most are looked up several times.

    Args:
        indices: whole numbers (batch, steps)
        vectors: (vocabulary, features)
        kernel: (features, gates * units)
        bias: (gates * units)
    """
    steps = indices.t().contiguous().unbind()
    if indices.numel() < len(vectors) or len(vectors) * kernel.shape[1] > MOST_PRODUCTS:
        return (_share(vectors.index_select(0, step), kernel, bias) for step in steps)
    products = vectors @ kernel if bias is None else torch.addmm(bias, vectors, kernel)
    return (partial(torch.index_select, products, 0, step) for step in steps)


def _share(step: Tensor, kernel: Tensor, bias: Tensor | None) -> Share:
    return partial(torch.mm, step, kernel) if bias is None else partial(torch.addmm, bias, step, kernel)


def recurrent_product(kernel: Tensor, drop: Tensor | None) -> Callable[[Tensor, Tensor], Tensor]:
    """The function (z, h) -> z + h @ kernel.

    Args:
        kernel: (units, gates * units)
        drop: dropout masks of h, (gates, batch, units)
    """
    if drop is None:
        return lambda z, h: torch.addmm(z, h, kernel)
    gates = _gates_apart(kernel, len(drop))
    return lambda z, h: z + torch.bmm(h * drop, gates).movedim(0, 1).flatten(1)


def _gates_apart(kernel: Tensor, gates: int) -> Tensor:
    return kernel.unflatten(1, (gates, -1)).movedim(1, 0)


def dropout_masks(
    shape: tuple[int, ...], rate: float, like: Tensor, generator: torch.Generator | None
) -> Tensor | None:
    """A pattern of 0 and 1 / (1 - rate), or None if nothing is dropped."""
    if rate == 0:
        return None
    kept = torch.empty(shape, dtype=like.dtype, device=like.device).bernoulli_(1 - rate, generator=generator)
    return kept / (1 - rate) if rate < 1 else kept
