"""The GRU's recurrence, reset after the product, as one function with a backward pass written by hand.

With the input's share a of the gates computed before, for all steps in one product, a step is

    s = h R + b,  z, r = sigmoid(a + s),  c = tanh(a + r s),  h' = c + z (h - c)

each line with its own third of a and s. What a step behind hands back, dh, is multiplied with factors that
are known beforehand and computed for many steps at once:

    da = dh ((h - c) z(1 - z), (1 - z)(1 - c^2) s r(1 - r), (1 - z)(1 - c^2))
    ds = the same, but the last third times r,  dh = dh z + ds R^T

Source of the step: Cho et al. 2014, with the reset gate behind the product as in cuDNN.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from .recurrence import Share, block_of_steps, step_threads


def gru(a: Tensor, kernel: Tensor, bias: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
    """A GRU with tanh and sigmoid over all steps, whose gradients cannot be differentiated again.

    Args:
        a: the input's share of the gates z, r, c (steps, batch, 3 * units); it is written over
        kernel: R (units, 3 * units)
        bias: b (3 * units)
        h: first output (batch, units)

    Returns:
        the outputs (steps, batch, units) and the last output (batch, units)
    """
    return _GRU.apply(a, kernel, bias, h)  # type: ignore[return-value]


class _GRU(torch.autograd.Function):
    """See `gru`."""

    @staticmethod
    def forward(ctx: Any, a: Tensor, kernel: Tensor, bias: Tensor, h: Tensor) -> tuple[Tensor, ...]:
        steps, batch, width = a.shape
        gates, products = a.detach(), torch.empty_like(a)
        outputs = a.new_empty(steps + 1, batch, width // 3)
        outputs[0] = h
        parts = zip(*(part.unbind() for part in _parts(gates, products)), strict=True)
        rows = zip(parts, outputs[:-1].unbind(), outputs[1:].unbind(), strict=True)
        with step_threads(batch, kernel):
            for part, before, after in rows:
                _step(part, kernel, bias, before, after)
        ctx.save_for_backward(kernel, outputs, gates, products)
        ctx.set_materialize_grads(False)
        return outputs[1:], outputs[-1].clone()

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *gradients: Tensor | None) -> tuple[Tensor | None, ...]:
        d_outputs, dh = gradients
        kernel, outputs, gates, products = ctx.saved_tensors
        steps, batch, width = gates.shape
        dh = torch.zeros_like(outputs[0]) if dh is None else dh.clone()
        kept, back = torch.empty_like(dh), kernel.t().contiguous()
        ds, dc = torch.empty_like(gates), torch.empty_like(outputs[1:])
        at_once = block_of_steps(batch * width)
        for stop in range(steps, 0, -at_once):
            some = slice(max(stop - at_once, 0), stop)
            _factors(gates[some], products[some], outputs[:-1][some], ds[some], dc[some])
            rows = zip(
                gates[some].chunk(3, -1)[0].unbind(),
                ds[some].unflatten(-1, (3, -1)).unbind(),
                ds[some].unbind(),
                dc[some].unbind(),
                [None] * len(ds[some]) if d_outputs is None else d_outputs[some].unbind(),
                strict=True,
            )
            with step_threads(batch, kernel):
                for z, ds_thirds, ds_all, dc_step, d_output in reversed(list(rows)):
                    if d_output is not None:
                        dh.add_(d_output)
                    ds_thirds.mul_(dh.unsqueeze(1))
                    dc_step.mul_(dh)
                    torch.mul(dh, z, out=kept)
                    torch.addmm(kept, ds_all, back, out=dh)
        flat = ds.flatten(0, 1)
        da = torch.cat([ds[..., : width // 3 * 2], dc], -1)
        wanted = ctx.needs_input_grad[1]
        return da, outputs[:-1].flatten(0, 1).t() @ flat if wanted else None, flat.sum(0), dh


def _parts(gates: Tensor, products: Tensor) -> Sequence[Tensor]:
    """What a step works on: z and r together and all gates one by one, s, and s for z and r and for c."""
    units = gates.shape[-1] // 3
    ends = gates[..., : 2 * units], products[..., : 2 * units], products[..., 2 * units :]
    return ends[0], *gates.chunk(3, -1), products, *ends[1:]


def _step(parts: Sequence[Tensor], kernel: Tensor, bias: Tensor, h: Tensor, out: Tensor) -> None:
    z_and_r, z, r, c, product, product_z_and_r, product_c = parts
    torch.addmm(bias, h, kernel, out=product)
    z_and_r.add_(product_z_and_r).sigmoid_()
    c.addcmul_(r, product_c).tanh_()
    torch.lerp(c, h, z, out=out)


def _factors(gates: Tensor, products: Tensor, before: Tensor, ds: Tensor, dc: Tensor) -> None:
    """What dh is multiplied with to become ds and the last third of da.

    Args:
        gates: of some steps (steps, batch, 3 * units)
        products: s
        before: h (steps, batch, units)
        ds, dc: get the factors
    """
    z, r, c = gates.chunk(3, -1)
    for_z, for_r, for_s = ds.chunk(3, -1)
    torch.addcmul(z, z, z, value=-1, out=for_z)
    torch.mul(1 - z, 1 - c * c, out=dc)
    for_z.mul_(before - c)
    torch.mul(dc, r, out=for_s)
    torch.mul(for_s, products.chunk(3, -1)[2], out=for_r)
    for_r.mul_(1 - r)


def gru_forwards(
    shares: Iterable[Share], kernel: Tensor, bias: Tensor, h: Tensor, outputs: Tensor | None
) -> Tensor:
    """A GRU with tanh and sigmoid over all steps, without gradients and without keeping what a step makes.

    Args:
        shares: for each step the input's share of the gates z, r, c
        kernel: R (units, 3 * units)
        bias: b (3 * units)
        h: first output (batch, units)
        outputs: gets the outputs of all steps (batch, steps, units), if they are wanted

    Returns:
        the last output (batch, units)
    """
    gates, product = h.new_empty(2, len(h), kernel.shape[1]).unbind()
    parts, h = _parts(gates, product), h.clone()
    for step, share in enumerate(shares):
        share(out=gates)
        _step(parts, kernel, bias, h, h)
        if outputs is not None:
            outputs[:, step] = h
    return h
