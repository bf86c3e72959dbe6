"""Tensors, layers and models under R's operators and `$`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import pipekeras as pk
from pipekeras.errors import UserError
from pipekeras.keras.running import run_text

X = np.array([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]])

# R expression in x: numpy's result
OPERATIONS: dict[str, Any] = {
    "x + 1": X + 1,
    "2 - x": 2 - X,
    "-x": -X,
    "x / 2": X / 2,
    "x ^ 2": X**2,
    "x %% 4": X % 4,
    "x %/% 2": X // 2,
    "x == 3": X == 3,
    "x != 3": X != 3,
    "x < 1": X < 1,
    "0 >= x": X <= 0,
    "!(x > 0)": ~(X > 0),
    "x > 0 & x < 4": (X > 0) & (X < 4),
    "x > 4 | x < 0": (X > 4) | (X < 0),
    "x %*% t(matrix(1:3, 1))": X @ np.array([[1.0], [2.0], [3.0]]),
    "activation_relu(x)": X.clip(0),
    "activation_relu(x, max_value = 2)": X.clip(0, 2),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_operators_give_the_same_on_tensors_and_as_steps_of_a_graph(operation: str) -> None:
    found = run_text(
        f"f <- function(x) {operation}\neager <- as.array(f(k_constant(x)))\ni <- layer_input(3)\n"
        "o <- f(i)\np <- predict(keras_model(i, o), x)\nsize <- dim(o)",
        {"x": X},
    )
    np.testing.assert_allclose(found["eager"], OPERATIONS[operation])
    np.testing.assert_allclose(found["p"], OPERATIONS[operation])
    assert np.isnan(found["size"][0])
    assert found["size"][1] == OPERATIONS[operation].shape[1]


def test_maths_of_symbolic_tensors_works_in_both_editions() -> None:
    for package in ("keras3", "keras"):
        text = f"library({package})\ni <- layer_input(3)\nclass <- class(mean(i, axis = 2))[[1]]"
        assert run_text(text, {})["class"].endswith("KerasTensor")


def test_the_optimizer_of_a_compiled_model_can_be_changed() -> None:
    text = """
    m <- keras_model_sequential() %>% layer_dense(1, input_shape = 3)
    m %>% compile(optimizer = optimizer_sgd(0.1), loss = 'mse')
    before <- m$optimizer$lr
    m$optimizer$lr <- 0.5
    after <- m$optimizer$learning_rate
    """
    found = run_text(text, {})
    assert (found["before"], found["after"]) == (0.1, 0.5)


def test_a_models_summary_goes_where_rs_output_goes() -> None:
    text = """
    m <- keras_model_sequential() %>% layer_dense(1, input_shape = 3)
    lines <- identical(head(capture.output(m$summary()), 9), head(capture.output(summary(m)), 9))
    """
    assert run_text(text, {})["lines"] is True


def test_a_stack_grows_and_shrinks_by_its_methods() -> None:
    text = """
    m <- keras_model_sequential()
    m$add(layer_dense(units = 2, input_shape = 3))
    m$add(layer_dense(units = 1))
    two <- length(m$layers)
    m$pop()
    one <- length(m$layers)
    """
    found = run_text(text, {})
    assert (found["two"], found["one"]) == (2, 1)


def test_a_custom_metric_leaves_the_metric_it_is_made_of_alone() -> None:
    made = pk.custom_metric("mine", pk.metric_binary_accuracy())
    assert made.name == "mine"
    assert pk.metric_binary_accuracy().name == "binary_accuracy"


def test_reset_states_reaches_layers_inside_layers() -> None:
    text = """
    lstm <- layer_lstm(units = 2, stateful = TRUE)
    i <- layer_input(batch_shape = c(2, 3, 1))
    m <- keras_model(i, i %>% bidirectional(lstm))
    x <- array(0.5, c(2, 3, 1))
    first <- predict(m, x)
    other <- predict(m, x)
    m$reset_states()
    again <- predict(m, x)
    """
    found = run_text(text, {})
    np.testing.assert_array_equal(found["first"], found["again"])
    assert not np.allclose(found["first"], found["other"])


def test_quit_ends_a_text_of_python() -> None:
    assert run_text("x <- 1\nquit()\nx <- 2", {}) == {"x": 1.0}


def test_factors_and_text_come_back_to_python() -> None:
    found = run_text(
        "f <- factor(c('u', 'v'))\nm <- matrix(c('a', 'b', 'c', 'd'), 2)\nz <- 1i * w", {"w": 2 + 1j}
    )
    assert found["f"] == ["u", "v"]
    assert found["m"].tolist() == [["a", "c"], ["b", "d"]]
    assert found["z"] == -1 + 2j


def test_what_r_has_nothing_for_is_refused() -> None:
    with pytest.raises(UserError, match="`w` is of type set"):
        run_text("w", {"w": {1, 2}})


def test_arrays_may_come_first_in_python() -> None:
    layer = pk.layer_dense(2)
    assert pk.layer_dense(np.ones((4, 3)), 2).shape == (4, 2) == layer(np.ones((4, 3))).shape


def test_r_arguments_are_checked_at_pythons_door_too() -> None:
    with pytest.raises(UserError, match="`seed`, expected a whole number"):
        pk.set_random_seed("a")
    with pytest.raises(UserError, match=r"unused argument \(paddding = "):
        pk.pad_sequences([[1]], paddding="post")


def test_a_member_by_double_brackets_is_that_by_dollar() -> None:
    found = run_text("d <- layer_dense(units = 7)\na <- d[['units']]", {})
    assert found["a"] == 7
