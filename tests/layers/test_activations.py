"""Fast paths of activations give what torch's own functions give."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from pipekeras.layers import activations


@pytest.mark.parametrize("shape", [(70, 3), (70, 16), (5, 3), (70, 4, 3)], ids=str)
@pytest.mark.parametrize(
    ("own", "plain"),
    [(activations.softmax, torch.softmax), (activations.log_softmax, torch.log_softmax)],
    ids=["softmax", "log_softmax"],
)
def test_narrow_rows_give_the_same_numbers_and_gradients(
    own: Callable[..., Tensor], plain: Callable[..., Tensor], shape: tuple[int, ...]
) -> None:
    torch.manual_seed(1)
    x, weights = torch.randn(shape, requires_grad=True), torch.randn(shape)
    for axis in (-1, 0):
        y, expected = own(x, axis), plain(x, axis)
        torch.testing.assert_close(y, expected)
        (found,) = torch.autograd.grad((y * weights).sum(), x)
        (wanted,) = torch.autograd.grad((expected * weights).sum(), x)
        torch.testing.assert_close(found, wanted)
