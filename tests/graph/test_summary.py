"""Summaries in the guide's layout; those of keras3 are held to Keras in tests/layers/test_zoo.py."""

import time
from pathlib import Path

import numpy as np
import pytest

from pipekeras.graph.naming import NamingStyle
from pipekeras.graph.summary import summary_text
from pipekeras.layers.core import Dense, Input
from pipekeras.layers.embedding import Embedding
from pipekeras.layers.merge import Add, Concatenate
from pipekeras.layers.model import Model, Sequential
from pipekeras.layers.rnn import LSTM
from pipekeras.train.compiling import compile
from pipekeras.train.fitting import fit

GUIDE = (Path(__file__).parent / "golden" / "summary_guide.txt").read_text()


def section(title):
    _, _, rest = GUIDE.partition(f"--- {title}\n")
    return rest.partition("--- ")[0].rstrip("\n")


def first_model():
    inputs = Input(shape=(784,))
    x = Dense(64, activation="relu")(inputs)
    x = Dense(64, activation="relu")(x)
    return Model(inputs, Dense(10, activation="softmax")(x))


def headline_model():
    main_input = Input(shape=(100,), dtype="int32", name="main_input")
    lstm_out = LSTM(32)(Embedding(10000, 512, input_length=100)(main_input))
    auxiliary_output = Dense(1, activation="sigmoid", name="aux_output")(lstm_out)
    auxiliary_input = Input(shape=(5,), name="aux_input")
    x = Concatenate()([lstm_out, auxiliary_input])
    for _ in range(3):
        x = Dense(64, activation="relu")(x)
    return Model(
        [main_input, auxiliary_input],
        [Dense(1, activation="sigmoid", name="main_output")(x), auxiliary_output],
    )


@pytest.mark.parametrize("width", [80, 90])
def test_the_headline_model_has_the_guides_table(width):
    assert summary_text(headline_model(), width) == section(f"line_length {width}")


def test_a_plain_stack_has_no_column_of_connections():
    assert summary_text(first_model(), 80) == section("dense, 80")


def test_a_sequential_has_no_row_for_its_input():
    text = summary_text(Sequential([Dense(6, input_shape=(4,)), Dense(2)]))
    assert [line.split()[0] for line in text.splitlines() if "Dense" in line] == ["dense_1", "dense_2"]
    assert "InputLayer" not in text


def test_a_shared_layer_shows_all_its_connections():
    a, b, shared = Input((3,)), Input((3,)), Dense(2)
    text = summary_text(Model([a, b], Add()([shared(a), shared(b)])), 80)
    connections = [line.split()[-1] for line in text.splitlines() if "][" in line]
    assert connections == ["input_1[0][0]", "input_2[0][0]", "dense_1[0][0]", "dense_1[1][0]"]


def test_different_output_shapes_of_a_shared_layer_are_multiple():
    shared = Dense(2)
    a, b = Input((5, 3)), Input((4, 3))
    assert "multiple" in summary_text(Model([a, b], [shared(a), shared(b)]))


def test_a_nested_model_is_one_row():
    inner = first_model()
    x = Input((784,))
    text = summary_text(Model(x, inner(x)))
    assert "model_1 (Model)                     (None, 10)                      55050" in text


def test_frozen_weights_are_counted_apart():
    model = first_model()
    model.layers[1].trainable = False
    assert summary_text(model).splitlines()[-4:-1] == [
        "Total params: 55,050",
        "Trainable params: 4,810",
        "Non-trainable params: 50,240",
    ]


@pytest.mark.parametrize(
    ("optimizer", "count", "size"),
    # Keras 3.15 after an epoch: 84 weights, and the optimizer's step count and learning rate
    [("sgd", 2, "8.00 B"), ("rmsprop", 86, "344.00 B"), ("adam", 170, "680.00 B")],
)
def test_the_layout_of_keras3_counts_the_optimizer_once_it_has_trained(optimizer, count, size):
    inputs = Input((20,))
    model = Model(inputs, Dense(4)(inputs))
    compile(model, optimizer=optimizer, loss="mse")
    assert "Optimizer" not in summary_text(model, 80, NamingStyle.KERAS3)
    fit(model, np.zeros((8, 20)), np.zeros((8, 4)), epochs=1, verbose=0)
    lines = summary_text(model, 80, NamingStyle.KERAS3).splitlines()
    assert lines[-1] == f" Optimizer params: {count:,} ({size})"
    assert lines[-4].startswith(f" Total params: {84 + count:,} ")


def test_a_model_without_weights_yet_has_a_table():
    for layout in NamingStyle:
        text = summary_text(Sequential([Dense(3)]), 80, layout)
        assert "0 (unbuilt)" in text
        assert "?" in text
        assert "Dense" not in summary_text(Sequential(), 80, layout)


def test_control_characters_in_names_are_shown_not_sent():
    x = Input((3,), name="a\x1b[2J\u202e")
    for layout in NamingStyle:
        text = summary_text(Model(x, Dense(2, name="[bold]b\r")(x)), 80, layout)
        assert "a\\x1b[2J\\u202e" in text
        assert "[bold]b\\r" in text
        assert "\x1b" not in text and "\r" not in text


@pytest.mark.parametrize("layout", list(NamingStyle))
def test_ten_thousand_layers_take_little_time(layout):
    x = y = Input((2,))
    for _ in range(5_000):
        y = Dense(2)(y)
        y = y + 1
    model = Model(x, y)
    start = time.perf_counter()
    assert summary_text(model, 80, layout).count("Dense") == 5_000
    assert time.perf_counter() - start < 4
