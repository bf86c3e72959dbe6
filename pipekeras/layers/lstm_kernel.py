"""The LSTM's recurrence as one function with a backward pass written by hand.

With the input's share z of the gates computed before, for all steps in one product, a step is

    g = tanh(z + h R),  i, f, o = sigmoid(z + h R),  c' = f c + i g,  h' = o tanh(c')

The gradients of a step's four gates are what the step behind hands back, dh and dc, times factors that are
known beforehand and computed for many steps at once:

    dc = dc' + dh o (1 - tanh(c')^2)
    dz = (dc i (1 - g^2), dc g i(1 - i), dc c f(1 - f), dh tanh(c') o(1 - o))
    dh = dz R^T,  dc' = dc f

and the gradient of R is one product over all steps. Source of the step: Hochreiter and Schmidhuber 1997;
one product for all steps before and behind the loop: Appleyard et al. 2016 (arXiv:1604.01946).

Tensors of all steps are time-major, so that a step's numbers lie in one piece, and the gates have the order
g, i, f, o (`candidate_first`): one sigmoid serves three. Without gradients nothing but h and c outlives a
step (`lstm_forwards`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from .recurrence import Share, block_of_steps, step_threads


def candidate_first(weight: Tensor) -> Tensor:
    """Reorders the gates from i, f, g, o to g, i, f, o.

    Args:
        weight: (..., 4 * units)
    """
    i, f, g, o = weight.chunk(4, -1)
    return torch.cat([g, i, f, o], -1)


def lstm(z: Tensor, kernel: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """An LSTM with tanh and sigmoid over all steps, whose gradients cannot be differentiated again.

    Args:
        z: the input's share of the gates g, i, f, o (steps, batch, 4 * units); it is written over
        kernel: R (units, 4 * units), its gates in the same order
        h: first output (batch, units)
        c: first state (batch, units)

    Returns:
        the outputs (steps, batch, units), the last output and the last state (batch, units)
    """
    return _LSTM.apply(z, kernel, h, c)  # type: ignore[return-value]


class _LSTM(torch.autograd.Function):
    """See `lstm`."""

    @staticmethod
    def forward(ctx: Any, z: Tensor, kernel: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, ...]:
        steps, batch, width = z.shape
        units = width // 4
        gates, tanhs = z.detach(), z.new_empty(steps, batch, units)
        states, outputs = z.new_empty(steps + 1, batch, units), z.new_empty(steps + 1, batch, units)
        states[0], outputs[0] = c, h
        rows = zip(
            gates.unbind(),
            gates[..., units:].unbind(),
            *(gate.unbind() for gate in gates.chunk(4, -1)),
            states[:-1].unbind(),
            states[1:].unbind(),
            tanhs.unbind(),
            outputs[:-1].unbind(),
            outputs[1:].unbind(),
            strict=True,
        )
        with step_threads(batch, kernel):
            for all_gates, sigmoids, g, i, f, o, before, after, squashed, h, output in rows:
                all_gates.addmm_(h, kernel)
                sigmoids.sigmoid_()
                g.tanh_()
                torch.mul(f, before, out=after)
                after.addcmul_(i, g)
                torch.tanh(after, out=squashed)
                torch.mul(o, squashed, out=output)
        ctx.save_for_backward(kernel, outputs, gates, states, tanhs)
        ctx.set_materialize_grads(False)
        return outputs[1:], outputs[-1].clone(), states[-1].clone()

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *gradients: Tensor | None) -> tuple[Tensor | None, ...]:
        d_outputs, dh, dc = gradients
        kernel, outputs, gates, states, tanhs = ctx.saved_tensors
        steps, batch, width = gates.shape
        dh = torch.zeros_like(outputs[0]) if dh is None else dh.clone()
        dc = torch.zeros_like(outputs[0]) if dc is None else dc.clone()
        dz, back = torch.empty_like(gates), kernel.t().contiguous()
        at_once = block_of_steps(batch * width)
        for stop in range(steps, 0, -at_once):
            some = slice(max(stop - at_once, 0), stop)
            through = _factors(gates[some], states[:-1][some], tanhs[some], outputs[1:][some], dz[some])
            rows = zip(
                through.unbind(),
                gates[some].chunk(4, -1)[2].unbind(),
                dz[some].unflatten(-1, (4, -1))[:, :, :3].unbind(),
                dz[some].chunk(4, -1)[3].unbind(),
                dz[some].unbind(),
                [None] * len(through) if d_outputs is None else d_outputs[some].unbind(),
                strict=True,
            )
            with step_threads(batch, kernel):
                for into_c, f, dz_gif, dz_o, dz_all, d_output in reversed(list(rows)):
                    if d_output is not None:
                        dh.add_(d_output)
                    dc.addcmul_(dh, into_c)
                    dz_gif.mul_(dc.unsqueeze(1))
                    dz_o.mul_(dh)
                    dc.mul_(f)
                    torch.mm(dz_all, back, out=dh)
        wanted = ctx.needs_input_grad[1]
        d_kernel = outputs[:-1].flatten(0, 1).t() @ dz.flatten(0, 1) if wanted else None
        return dz, d_kernel, dh, dc


def _factors(gates: Tensor, before: Tensor, squashed: Tensor, outputs: Tensor, out: Tensor) -> Tensor:
    """What dc (for g, i and f) and dh (for o) are multiplied with to become dz.

    Args:
        gates: of some steps (steps, batch, 4 * units)
        before: c (steps, batch, units)
        squashed: tanh(c')
        outputs: h'
        out: gets the factors (steps, batch, 4 * units)

    Returns:
        what dh is multiplied with to become a part of dc
    """
    g, i, _, o = gates.chunk(4, -1)
    torch.addcmul(gates, gates, gates, value=-1, out=out)
    for_g, for_i, for_f, for_o = out.chunk(4, -1)
    torch.addcmul(i, i * g, g, value=-1, out=for_g)
    for_i.mul_(g)
    for_f.mul_(before)
    for_o.mul_(squashed)
    return torch.addcmul(o, outputs, squashed, value=-1)


def lstm_forwards(
    shares: Iterable[Share], kernel: Tensor, h: Tensor, c: Tensor, outputs: Tensor | None
) -> tuple[Tensor, Tensor]:
    """An LSTM with tanh and sigmoid over all steps, without gradients and without keeping what a step makes.

    Args:
        shares: for each step the input's share of the gates g, i, f, o
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
    sigmoids = gates[:, units:]
    g, i, f, o = gates.chunk(4, 1)
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
