"""Verbs on data and models do what R keras's do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pipekeras.errors import UserError
from pipekeras.keras import editions
from pipekeras.keras.running import run_text

SEQUENTIAL = """
m <- keras_model_sequential() %>%
  layer_dense(3, input_shape = 4, name = 'first') %>%
  layer_dense(2, activation = 'softmax', name = 'second')
"""


def result(text: str, **data: Any) -> Any:
    return run_text(f"{text}\nresult <- {{ {text.splitlines()[-1]} }}", data)["result"]


def test_array_reshape_fills_row_by_row() -> None:
    found = result("array_reshape(matrix(1:6, 2), c(3, 2))")
    # R: reticulate::array_reshape(matrix(1:6, 2), c(3, 2))
    assert found.tolist() == [[1, 3], [5, 2], [4, 6]]


def test_array_reshape_says_which_sizes_do_not_fit() -> None:
    with pytest.raises(UserError, match=r"cannot reshape array of size 6 into shape \(4, 2\)"):
        result("array_reshape(matrix(1:6, 2), c(4, 2))")


def test_to_categorical_counts_classes_from_zero() -> None:
    assert result("to_categorical(c(0, 2, 1))").tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert result("to_categorical(c(0, 1), 3)").shape == (2, 3)
    with pytest.raises(UserError, match="outside 0 to 2"):
        result("to_categorical(c(1, 2, 3), 3)")


@pytest.mark.parametrize(
    ("arguments", "rows"),
    [
        ("", [[0, 0, 1], [0, 2, 3], [4, 5, 6]]),
        ("maxlen = 2", [[0, 1], [2, 3], [5, 6]]),
        ("maxlen = 2, truncating = 'post'", [[0, 1], [2, 3], [4, 5]]),
        ("padding = 'post', value = 9", [[1, 9, 9], [2, 3, 9], [4, 5, 6]]),
        ("maxlen = 1, padding = 'post'", [[1], [3], [6]]),
    ],
)
def test_pad_sequences(arguments: str, rows: list[list[int]]) -> None:
    call = f"pad_sequences(list(1, c(2, 3), c(4, 5, 6)){', ' if arguments else ''}{arguments})"
    assert result(call).tolist() == rows


def test_normalize_divides_by_the_norm() -> None:
    np.testing.assert_allclose(result("normalize(matrix(c(3, 4), 1))"), [[0.6, 0.8]])


def test_predict_classes_is_the_largest_output() -> None:
    x = np.random.default_rng(1).normal(size=(20, 4))
    found = run_text(SEQUENTIAL + "p <- predict(m, x)\nk <- predict_classes(m, x)", {"x": x})
    assert found["k"].tolist() == found["p"].argmax(1).tolist()


def test_layers_are_found_by_name_and_by_place_from_one() -> None:
    found = run_text(SEQUENTIAL + "a <- get_layer(m, 'second')\nb <- get_layer(m, index = 2)", {})
    assert found["a"] is found["b"]
    with pytest.raises(UserError, match="counted from 1"):
        run_text(SEQUENTIAL + "get_layer(m, index = 0)", {})


def test_frozen_layers_do_not_learn() -> None:
    text = (
        SEQUENTIAL
        + """
    freeze_weights(m, to = 'first')
    m %>% compile(loss = 'mse', optimizer = 'sgd')
    before <- get_weights(m)
    m %>% fit(x, y, epochs = 1, verbose = 0)
    after <- get_weights(m)
    unfreeze_weights(m)
    """
    )
    found = run_text(text, {"x": np.ones((8, 4)), "y": np.zeros((8, 2))})
    same = [np.array_equal(a, b) for a, b in zip(found["before"], found["after"], strict=True)]
    assert same == [True, True, False, False]
    assert all(layer.trainable for layer in found["m"].layers)


def test_pop_layer_takes_the_last_off() -> None:
    assert [layer.name for layer in run_text(SEQUENTIAL + "pop_layer(m)", {})["m"].layers] == ["first"]


def test_a_seed_gives_the_same_model_and_the_same_numbers() -> None:
    text = "set_random_seed(7)\nm <- keras_model_sequential() %>% layer_dense(2, input_shape = 3)\n"
    text += "w <- get_weights(m)[[1]]\nr <- runif(2)"
    first, second = run_text(text, {}), run_text(text, {})
    assert np.array_equal(first["w"], second["w"])
    assert first["r"].tolist() == second["r"].tolist()


def test_unknown_arguments_of_fit_warn_in_keras_and_stop_in_keras3() -> None:
    text = SEQUENTIAL + "m %>% compile(loss = 'mse', optimizer = 'sgd')\n"
    text += "m %>% fit(x, y, epochs = 1, verbose = 0, foo = 2)"
    data = {"x": np.ones((8, 4)), "y": np.zeros((8, 2))}
    with pytest.warns(UserWarning, match=r"unused argument \(foo = 2"):
        run_text(text, data)
    editions.use(editions.KERAS3)
    try:
        with pytest.raises(UserError, match=r"unused argument \(foo = 2"):
            run_text(text, data)
    finally:
        editions.use(editions.GUIDE)


def test_evaluate_is_a_named_vector() -> None:
    text = (
        SEQUENTIAL
        + """
    m %>% compile(loss = 'mse', optimizer = 'sgd', metrics = 'mae')
    e <- m %>% evaluate(x, y, verbose = 0)
    named <- names(e)
    kind <- class(e)
    """
    )
    found = run_text(text, {"x": np.ones((8, 4)), "y": np.zeros((8, 2))})
    assert found["named"] == ["loss", "mae"]
    assert found["kind"] == "numeric"


def test_a_class_of_the_user_has_its_own_methods() -> None:
    text = (
        SEQUENTIAL
        + """
    predict.mine <- function(object, ...) 'mine'
    a <- predict(structure(list(), class = 'mine'))
    b <- dim(predict(m, matrix(1, 3, 4)))
    """
    )
    found = run_text(text, {})
    assert found["a"] == "mine"
    assert found["b"].tolist() == [3, 2]


@pytest.mark.parametrize("package", ["keras", "keras3"])
def test_summary_of_what_is_no_model_is_rs_own(package: str) -> None:
    text = (
        f"library({package})\ns <- summary(c(1, 2, 6))\nmiddle <- s[['Median']]\nrows <- nrow(summary(iris))"
    )
    found = run_text(text, {})
    assert found["middle"] == 2
    assert found["rows"] == 6


def test_a_layer_may_be_named_like_a_member_of_models() -> None:
    text = "i <- layer_input(3)\nm <- keras_model(i, i %>% layer_dense(2, name = 'code'))\n"
    text += "p <- predict(m, x)"
    assert run_text(text, {"x": np.ones((2, 3))})["p"].shape == (2, 2)
