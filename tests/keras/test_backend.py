"""Backend functions give numpy's numbers, on R data and as steps of a graph; axes count from 1."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pipekeras.errors import UserError
from pipekeras.keras.running import run_text

X = np.array([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]])

# R call of a matrix x: numpy's result
CALLS: dict[str, Any] = {
    "k_mean(x)": X.mean(),
    "k_mean(x, axis = 1)": X.mean(0),
    "k_mean(x, axis = -1, keepdims = TRUE)": X.mean(1, keepdims=True),
    "k_sum(x, axis = c(1, 2))": X.sum(),
    "k_max(x, axis = 2)": X.max(1),
    "k_min(x)": X.min(),
    "k_prod(x, axis = 2)": X.prod(1),
    "k_std(x, axis = 1)": X.std(0),
    "k_var(x)": X.var(),
    "k_argmax(x)": X.argmax(1),
    "k_square(x)": X**2,
    "k_abs(x)": abs(X),
    "k_exp(x)": np.exp(X),
    "k_sign(x)": np.sign(X),
    "k_clip(x, -1, 2)": X.clip(-1, 2),
    "k_maximum(x, 0)": np.maximum(X, 0),
    "k_pow(x, 2)": X**2,
    "k_reshape(x, c(3, 2))": X.reshape(3, 2),
    "k_expand_dims(x)": X[..., None],
    "k_concatenate(list(x, x), axis = 1)": np.concatenate([X, X], 0),
    "k_stack(list(x, x), axis = 1)": np.stack([X, X]),
    "k_transpose(x)": X.T,
    "k_dot(x, k_transpose(x))": X @ X.T,
    "k_greater(x, 0)": X > 0,
    "k_one_hot(c(0, 2), 3)": np.eye(3)[[0, 2]],
    "k_cast(x, 'int32')": X.astype(int),
    "k_constant(x)[, 2]": X[:, 1],
    "k_constant(x)[1, 2:3]": X[0, 1:3],
    "exp(k_constant(x))": np.exp(X),
    "op_sum(x, axis = 1)": X.sum(0),
    "op_power(x, 2)": X**2,
}


@pytest.mark.parametrize("call", CALLS)
def test_number(call: str) -> None:
    found = run_text(f"y <- {call}", {"x": X})["y"]
    assert found.shape == np.shape(CALLS[call])
    np.testing.assert_allclose(found, CALLS[call], rtol=1e-6)


def test_a_call_on_a_symbolic_tensor_is_a_step_of_the_graph() -> None:
    text = """
    i <- layer_input(3)
    o <- k_sum(k_square(i)[, 2:3], axis = -1, keepdims = TRUE) + k_mean(i, axis = 2, keepdims = TRUE)
    p <- predict(keras_model(i, o), x)
    """
    expected = (X[:, 1:] ** 2).sum(1, keepdims=True) + X.mean(1, keepdims=True)
    np.testing.assert_allclose(run_text(text, {"x": X})["p"], expected, rtol=1e-6)


def test_a_loss_of_backend_functions_is_the_built_in_one() -> None:
    text = """
    set_random_seed(1)
    m <- keras_model_sequential() %>% layer_dense(1, input_shape = 3)
    mine <- function(y_true, y_pred) k_mean(k_square(y_true - y_pred), axis = -1)
    m %>% compile(loss = mine, optimizer = 'sgd', metrics = list('mse', custom_metric('mine', mine)))
    e <- m %>% evaluate(x, c(1, 2), verbose = 0)
    loss <- e[['loss']]
    mse <- e[['mse']]
    named <- e[['mine']]
    """
    found = run_text(text, {"x": X})
    assert found["loss"] == pytest.approx(found["mse"], rel=1e-6)
    assert found["named"] == pytest.approx(found["mse"], rel=1e-6)


def test_axis_zero_is_refused() -> None:
    with pytest.raises(UserError, match="1 based"):
        run_text("k_mean(x, axis = 0)", {"x": X})
