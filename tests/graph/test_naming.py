"""Automatic names count as R keras's do."""

import pytest

from pipekeras.graph import naming
from pipekeras.graph.naming import NamingStyle, auto_name, snake_case


def test_the_guides_names_count_from_one():
    assert [auto_name("dense") for _ in range(3)] == ["dense_1", "dense_2", "dense_3"]


def test_names_of_keras3_start_without_a_number(keras3_names):
    assert [auto_name("dense") for _ in range(3)] == ["dense", "dense_1", "dense_2"]


def test_kinds_count_apart():
    assert [auto_name("dense"), auto_name("lstm"), auto_name("dense")] == ["dense_1", "lstm_1", "dense_2"]


def test_inputs_and_models_are_called_as_in_the_guide():
    assert [auto_name("input_layer"), auto_name("functional")] == ["input_1", "model_1"]


def test_inputs_and_models_are_called_as_in_keras3(keras3_names):
    assert [auto_name("input_layer"), auto_name("functional")] == ["input_layer", "functional"]


def test_clearing_the_session_starts_all_counts_again():
    auto_name("dense")
    naming.reset()
    assert auto_name("dense") == "dense_1"


def test_the_style_may_change_in_a_session():
    assert auto_name("dense") == "dense_1"
    naming.set_style(NamingStyle.KERAS3)
    assert auto_name("dense") == "dense_1"
    assert naming.style() is NamingStyle.KERAS3


@pytest.mark.parametrize(
    ("class_name", "stem"),
    # Keras 3.15: keras.src.utils.naming.to_snake_case
    [
        ("Dense", "dense"),
        ("Conv2D", "conv2d"),
        ("MaxPooling2D", "max_pooling2d"),
        ("GlobalAveragePooling1D", "global_average_pooling1d"),
        ("ZeroPadding2D", "zero_padding2d"),
        ("LSTM", "lstm"),
        ("SimpleRNN", "simple_rnn"),
        ("LeakyReLU", "leaky_re_lu"),
        ("ReLU", "re_lu"),
        ("BatchNormalization", "batch_normalization"),
        ("TimeDistributed", "time_distributed"),
        ("InputLayer", "input_layer"),
    ],
)
def test_stems_are_keras_snake_case(class_name, stem):
    assert snake_case(class_name) == stem
