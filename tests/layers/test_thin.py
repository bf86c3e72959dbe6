"""A product of few rows with a large matrix is the product."""

from __future__ import annotations

import pytest
import torch

from pipekeras.layers import optimize, outer, thin
from pipekeras.layers.core import Dense


@pytest.mark.parametrize(("rows", "columns"), [(128, 5), (7, 5), (1, 3), (96, 1)])
def test_the_sum_over_blocks_is_the_product(rows: int, columns: int) -> None:
    x, kernel = torch.randn(3, rows), torch.randn(rows, columns)
    torch.testing.assert_close(thin.thin_product(x, kernel), x @ kernel, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("bias", [True, False])
def test_predictions_stay(bias: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thin, "LARGE", 1)
    layer, x, results = Dense(4, activation="tanh", use_bias=bias), torch.randn(2, 8), []
    layer(x)
    for enabled in (False, True):
        monkeypatch.setattr(optimize, "enabled", enabled)
        with torch.no_grad():
            assert thin.is_thin(x, layer.kernel) is enabled
            results.append(layer(x))
    torch.testing.assert_close(results[1], results[0])


def test_gradients_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thin, "LARGE", 1)
    x, kernel = torch.randn(2, 8, requires_grad=True), torch.randn(8, 3, requires_grad=True)
    held: list[outer.Outer] = []
    y = outer.product(x, kernel, held)
    torch.testing.assert_close(y, x @ kernel)
    y.sum().backward()
    torch.testing.assert_close(x.grad, kernel.sum(1).expand(2, 8))
    torch.testing.assert_close(held[0].whole(), x.detach().sum(0).unsqueeze(1).expand(8, 3))


def test_one_row_many_rows_and_small_matrices_go_to_torch() -> None:
    large, small = torch.empty(2**11, 2**11), torch.empty(8, 8)
    with torch.no_grad():
        assert thin.is_thin(torch.empty(4, 2**11), large)
        assert not thin.is_thin(torch.empty(1, 2**11), large)
        assert not thin.is_thin(torch.empty(5, 2**11), large)
        assert not thin.is_thin(torch.empty(4, 8), small)
    assert not thin.is_thin(torch.empty(4, 2**11), large)
