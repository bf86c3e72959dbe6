"""The LSTM's recurrence as one function with a backward pass written by hand.

With the input's share z of the gates computed before, for all steps in one product, a step is

    i, f, o = sigmoid(z + h R),  g = tanh(z + h R),  c' = f c + i g,  h' = o tanh(c')

The gradients of a step's four gates are what the step behind hands back, dh and dc, times factors, so that
a step backwards is a dozen operations on numbers that lie in the cache:

    dc = dc' + dh o (1 - tanh(c')^2)
    dz = (dc g i(1 - i), dc c f(1 - f), dc i (1 - g^2), dh tanh(c') o(1 - o))
    dh = dz R^T,  dc' = dc f

and the gradient of R is one product over all steps. Source of the step: Hochreiter and Schmidhuber 1997;
one product for all steps before and behind the loop: Appleyard et al. 2016 (arXiv:1604.01946).

Without gradients nothing but h and c outlives a step (`lstm_forwards`).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from .optimize import serial
from .recurrence import Share

SERIAL = 2**24
"""Steps of fewer multiplications run on one thread."""


def lstm(z: Tensor, kernel: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """An LSTM with tanh and sigmoid over all steps, whose gradients cannot be differentiated again.

    Args:
        z: the input's share of the gates i, f, g, o (batch, steps, 4 * units)
        kernel: R (units, 4 * units)
        h: first output (batch, units)
        c: first state (batch, units)

    Returns:
        the outputs (batch, steps, units), the last output and the last state (batch, units)
    """
    return _LSTM.apply(z, kernel, h, c)  # type: ignore[return-value]


def _threads(batch: int, kernel: Tensor) -> AbstractContextManager[None]:
    return serial() if batch * kernel.numel() < SERIAL else nullcontext()


class _LSTM(torch.autograd.Function):
    """See `lstm`."""

    @staticmethod
    def forward(ctx: Any, z: Tensor, kernel: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, ...]:
        batch, steps, width = z.shape
        units = width // 4
        gates, tanhs = z.new_empty(steps, batch, 4, units), z.new_empty(steps, batch, units)
        states, outputs = z.new_empty(steps + 1, batch, units), z.new_empty(batch, steps, units)
        states[0] = c
        first = h
        rows = zip(
            z.unbind(1),
            gates.flatten(2).unbind(),
            gates[:, :, :2].unbind(),
            *(gates[:, :, n].unbind() for n in range(4)),
            states[:-1].unbind(),
            states[1:].unbind(),
            tanhs.unbind(),
            outputs.unbind(1),
            strict=True,
        )
        with _threads(batch, kernel):
            for share, all_gates, i_and_f, i, f, g, o, before, after, squashed, output in rows:
                torch.addmm(share, h, kernel, out=all_gates)
                i_and_f.sigmoid_()
                g.tanh_()
                o.sigmoid_()
                torch.mul(f, before, out=after)
                after.addcmul_(i, g)
                torch.tanh(after, out=squashed)
                h = torch.mul(o, squashed, out=output)
        ctx.save_for_backward(kernel, first, outputs, gates, states, tanhs)
        ctx.set_materialize_grads(False)
        return outputs, h.clone(), states[-1].clone()

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *gradients: Tensor | None) -> tuple[Tensor | None, ...]:
        d_outputs, dh, dc = gradients
        kernel, first, outputs, gates, states, tanhs = ctx.saved_tensors
        batch, steps, units = outputs.shape
        dz = outputs.new_empty(batch, steps, 4, units)
        dh = torch.zeros_like(first) if dh is None else dh
        dc = torch.zeros_like(first) if dc is None else dc.clone()
        back = kernel.t()
        factors, product = outputs.new_empty(batch, 4, units), torch.empty_like(first)
        factor_i, factor_f, factor_g, factor_o = factors.unbind(1)
        inner = factors[:, :3]
        rows = zip(
            gates.unbind(),
            *(gates[:, :, n].unbind() for n in range(4)),
            states[:-1].unbind(),
            tanhs.unbind(),
            outputs.unbind(1),
            dz[:, :, :3].unbind(1),
            dz[:, :, 3].unbind(1),
            dz.flatten(2).unbind(1),
            [None] * steps if d_outputs is None else d_outputs.unbind(1),
            strict=True,
        )
        with _threads(batch, kernel):
            for all_gates, i, f, g, o, c, squashed, h, dz_ifg, dz_o, dz_all, d_output in reversed(list(rows)):
                torch.addcmul(all_gates, all_gates, all_gates, value=-1, out=factors)
                factor_i.mul_(g)
                factor_f.mul_(c)
                torch.addcmul(i, torch.mul(i, g, out=product), g, value=-1, out=factor_g)
                factor_o.mul_(squashed)
                if d_output is not None:
                    dh = dh + d_output
                dc.addcmul_(dh, torch.addcmul(o, h, squashed, value=-1, out=product))
                torch.mul(inner, dc.unsqueeze(1), out=dz_ifg)
                torch.mul(factor_o, dh, out=dz_o)
                dc.mul_(f)
                dh = dz_all @ back
        dz = dz.flatten(2)
        before = torch.cat([first.unsqueeze(1), outputs[:, :-1]], 1)
        return dz, before.flatten(0, 1).t() @ dz.flatten(0, 1), dh, dc


def gates_in_front(weight: Tensor) -> Tensor:
    """Reorders the gates from i, f, g, o to i, f, o, g, as `lstm_forwards` has them: one sigmoid for three.

    Args:
        weight: (..., 4 * units)
    """
    i, f, g, o = weight.chunk(4, -1)
    return torch.cat([i, f, o, g], -1)


def lstm_forwards(
    shares: Iterable[Share], kernel: Tensor, h: Tensor, c: Tensor, outputs: Tensor | None
) -> tuple[Tensor, Tensor]:
    """An LSTM with tanh and sigmoid over all steps, without gradients and without keeping what a step makes.

    Args:
        shares: for each step the input's share of the gates i, f, o, g
        kernel: R (units, 4 * units), its gates in the same order
        h: first output (batch, units)
        c: first state (batch, units)
        outputs: gets the outputs of all steps (batch, steps, units), if they are wanted

    Returns:
        the last output and the last state (batch, units)
    """
    batch, units = h.shape
    gates, squashed = h.new_empty(batch, 4 * units), torch.empty_like(h)
    h, c = h.clone(), c.clone()
    sigmoids, g = gates[:, : 3 * units], gates[:, 3 * units :]
    i, f, o = sigmoids.chunk(3, 1)
    for step, share in enumerate(shares):
        share(out=gates)
        gates.addmm_(h, kernel)
        sigmoids.sigmoid_()
        g.tanh_()
        c.mul_(f).addcmul_(i, g)
        torch.tanh(c, out=squashed)
        torch.mul(o, squashed, out=h)
        if outputs is not None:
            outputs[:, step] = h
    return h, c
