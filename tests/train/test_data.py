"""What users give as data becomes tensors once, and every mistake in it is named."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from mlp import MLP

from pipekeras.errors import UserError
from pipekeras.train.compiling import compile
from pipekeras.train.data import Data, Port, adapt_inputs, to_tensor, train_validation_split
from pipekeras.train.fitting import evaluate, fit
from pipekeras.train.notices import TrainingNotice

ONE = [Port("input_1", (None, 3))]
TWO = [Port("a_in", (None, 3)), Port("b_in", (None, 2))]
A, B = np.zeros((8, 3)), np.zeros((8, 2))


@pytest.mark.parametrize(
    "x",
    [
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.arange(6).reshape(2, 3),
        torch.arange(6).reshape(2, 3),
        [[0, 1, 2], [3, 4, 5]],
        [np.arange(6.0).reshape(2, 3)],
        {"input_1": np.arange(6.0).reshape(2, 3)},
    ],
)
def test_every_form_of_x_becomes_the_same_tensor(x: Any) -> None:
    (tensor,) = adapt_inputs(x, ONE, "model_1")
    assert tensor.dtype == torch.float32
    assert tensor.is_contiguous()
    assert tensor.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_data_that_fits_already_is_not_copied() -> None:
    x = np.zeros((4, 3), "float32")
    x.setflags(write=False)
    assert to_tensor(x, "float32", "x").data_ptr() == x.__array_interface__["data"][0]


def test_whole_numbers_in_doubles_serve_an_integer_input() -> None:
    (tensor,) = adapt_inputs(np.array([[1.0, 2.0]]), [Port("words", (None, 2), "int32")], "model_1")
    assert tensor.dtype == torch.int32


def test_a_vector_serves_an_input_of_width_1_and_a_last_axis_of_1_goes() -> None:
    assert adapt_inputs(np.zeros(5), [Port("a", (None, 1))], "m")[0].shape == (5, 1)
    assert adapt_inputs(np.zeros((5, 2, 1)), [Port("a", (None, 2))], "m")[0].shape == (5, 2)


def test_names_decide_the_order_and_free_axes_take_any_size() -> None:
    ports = [Port("a", (None, None, 2)), Port("b", (None, 3))]
    x = adapt_inputs({"b": np.ones((4, 3)), "a": np.zeros((4, 9, 2))}, ports, "m")
    assert [t.shape for t in x] == [(4, 9, 2), (4, 3)]


@pytest.mark.parametrize(
    ("x", "ports", "message", "hint"),
    [
        (None, ONE, "`x` is missing", ""),
        (A, TWO, r'Layer "m" expects 2 input\(s\), but it received 1 input', "a_in = ..."),
        ([A, B, B], TWO, r"expects 2 input\(s\), but it received 3", "a_in"),
        ({"b_in": B}, TWO, 'Missing data for input "a_in".* with keys .*b_in', "a_in"),
        ({"a_inn": A, "b_in": B}, TWO, 'Missing data for input "a_in"', "rename `a_inn` to `a_in`"),
        (np.zeros((64, 5)), ONE, r"expected shape=\(None, 3\), found shape=\(64, 5\)", "wants 3 numbers"),
        (np.zeros(4), ONE, r"found shape=\(4,\)", "has one number"),
        (np.zeros(3), ONE, r"found shape=\(3,\)", "drop = FALSE"),
        ([B, A], TWO, r'Input 0 of layer "m" is incompatible', "in the order of the inputs"),
        ([A, B[:4]], TWO, "Data cardinality is ambiguous", "`b_in` has 4 samples"),
        (np.zeros((0, 3)), ONE, "holds no samples", ""),
        ([["a", "b", "c"]], ONE, "cannot be converted to numbers", "holds text"),
        ([[1, 2], [3]], ONE, "cannot be converted to numbers", "different lengths"),
        ([[None, 1, 2]], ONE, "cannot be converted to numbers", "mixed kinds"),
        ([[1.0, np.nan]], [Port("i", (None, 2), "int32")], "missing value", r"[1, 2] is nan"),
    ],
)
def test_mistakes_in_x_are_named(x: Any, ports: list[Port], message: str, hint: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        adapt_inputs(x, ports, "m")
    assert hint in f"{caught.value.cause} {caught.value.cure}"


def test_data_by_a_name_that_no_input_has_is_ignored_and_told() -> None:
    with pytest.warns(TrainingNotice, match="zz"):
        assert len(adapt_inputs({"a_in": A, "b_in": B, "zz": B}, TWO, "m")) == 2


def _fit(y: Any, loss: str = "categorical_crossentropy", **arguments: Any) -> None:
    model = MLP((3, 4), "softmax")
    compile(model, "sgd", loss)
    fit(model, A, y, epochs=1, verbose=0, **arguments)


@pytest.mark.parametrize(
    ("y", "loss", "message", "hint"),
    [
        (None, "mse", "Target data is missing. .* loss=mean_squared_error", "y"),
        (np.zeros((8, 3)), "categorical_crossentropy", r"Shapes \(8, 3\) and \(8, 4\)", "4 target columns"),
        (np.zeros((8, 1)), "mse", r"Shapes \(8, 1\) and \(8, 4\)", "4 target columns"),
        (np.arange(8) % 4, "categorical_crossentropy", "incompatible", "sparse_categorical_crossentropy"),
        (np.zeros((5, 4)), "mse", "cardinality", "`dense_2` has 5 samples"),
        (np.arange(8) % 4 + 1, "sparse_categorical_crossentropy", r"label value of 4 .* \[0, 4\)", "y - 1"),
        (np.full(8, 7), "sparse_categorical_crossentropy", "label value of 7", "8 units"),
        (np.full(8, -1), "sparse_categorical_crossentropy", "label value of -1", "numbered from 0 to 3"),
        (np.zeros((8, 4)), "sparse_categorical_crossentropy", "incompatible", "'categorical_crossentropy'"),
        ([1.0, np.nan] * 4, "sparse_categorical_crossentropy", "y holds a missing value", "[2] is nan"),
    ],
)
def test_mistakes_in_y_are_named(y: Any, loss: str, message: str, hint: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        _fit(y, loss)
    assert hint in f"{caught.value.cause} {caught.value.cure}"


@pytest.mark.parametrize(
    "y", [np.arange(8) % 4, (np.arange(8) % 4).reshape(8, 1) * 1.0, [[0], [1], [2], [3]] * 2]
)
def test_class_numbers_may_be_a_vector_or_a_column(y: Any) -> None:
    _fit(y, "sparse_categorical_crossentropy")


def test_targets_by_name_must_name_every_output() -> None:
    model = MLP((3, 1), None, heads=("o1", "o2"))
    compile(model, "sgd", "mse")
    t = np.zeros(8)
    with pytest.raises(UserError, match='Missing data for output "o1"'):
        evaluate(model, A, {"o2": t}, verbose=0)
    with pytest.raises(UserError, match="different structures"):
        evaluate(model, A, [t, t, t], verbose=0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"batch_size": 0}, "`batch_size`"),
        ({"validation_split": 1.5}, "`validation_split` must be between 0 and 1, received: 1.5"),
        ({"validation_split": 0.99}, "not sufficient to split it"),
        ({"validation_data": [A]}, "must be list"),
        ({"validation_data": A}, "must be list"),
        ({"initial_epoch": -1}, "`initial_epoch` must not be negative"),
        ({"sample_weight": np.ones(5)}, "5 values for 8 samples"),
        ({"class_weight": {"a": 1}}, "class_weight has the names"),
        ({"shuffle": "zz"}, "invalid value for `shuffle`, expected TRUE or FALSE"),
        ({"callbacks": [3]}, "Could not interpret callback: 3"),
    ],
)
def test_wrong_settings_are_named(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError, match=message):
        _fit(np.eye(4)[np.arange(8) % 4], **arguments)


def test_a_model_without_loss_is_not_trained() -> None:
    model = MLP((3, 4))
    compile(model, "sgd")
    with pytest.raises(UserError, match="No loss found"):
        fit(model, A, np.zeros((8, 4)), verbose=0)


def test_the_last_part_validates_before_shuffling() -> None:
    data = Data([torch.arange(10.0)])
    training, validation = train_validation_split(data, 0.25)
    assert training.inputs[0].tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert validation.inputs[0].tolist() == [7, 8, 9]


def test_batches_cover_all_rows_in_order() -> None:
    data = Data([torch.arange(10)], [None], [torch.arange(10) * 2])
    order = torch.arange(9, -1, -1)
    found = list(data.batches(4, 3, order))
    assert [b.inputs[0].tolist() for b in found] == [[9, 8, 7, 6], [5, 4, 3, 2], [1, 0]]
    assert [b.weights[0].tolist() for b in found][2] == [2, 0]
    assert [len(b) for b in data.batches(4, 2)] == [4, 4]
