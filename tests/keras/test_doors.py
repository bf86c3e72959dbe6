"""The guide's models through R's pipes and through Python's are the same graphs, node for node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import pipekeras as pk
from pipekeras.graph import naming
from pipekeras.keras.running import run_text


def describe(model: Any) -> list[tuple[Any, ...]]:
    """Layers in order: name, kind, arguments, and each call's inputs and output shapes."""
    rows: list[tuple[Any, ...]] = []
    for layer in model.layers:
        calls = [
            (
                [
                    (t.history.operation.name, t.history.node_index, t.history.tensor_index)
                    for t in n.input_tensors
                ],
                [t.shape for t in n.output_tensors],
            )
            for n in layer.inbound_nodes
        ]
        inner = describe(layer) if hasattr(layer, "layers") else []
        weights = [(w.name, tuple(w.shape)) for w in layer.weights]
        rows.append((layer.name, type(layer).__name__, repr(layer.get_config()), calls, weights, inner))
    return rows


def dense() -> Any:
    inputs = pk.layer_input(shape=784)
    outputs = (
        inputs
        | pk.layer_dense(64, activation="relu")
        | pk.layer_dense(64, activation="relu")
        | pk.layer_dense(10, activation="softmax")
    )
    model = pk.keras_model(inputs, outputs)
    model | pk.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


DENSE = """
inputs <- layer_input(shape = c(784))
predictions <- inputs %>%
  layer_dense(units = 64, activation = 'relu') %>%
  layer_dense(units = 64, activation = 'relu') %>%
  layer_dense(units = 10, activation = 'softmax')
model <- keras_model(inputs = inputs, outputs = predictions)
model %>% compile(optimizer = 'rmsprop', loss = 'categorical_crossentropy', metrics = c('accuracy'))
"""


def reuse() -> Any:
    model = dense()
    x = pk.layer_input(shape=784)
    return pk.keras_model(x, x | model)


REUSE = DENSE + "x <- layer_input(shape = c(784))\nmodel <- keras_model(x, x %>% model)"


def time_distributed() -> Any:
    model = dense()
    sequences = pk.layer_input(shape=(20, 784))
    return pk.keras_model(sequences, sequences | pk.time_distributed(model))


TIME_DISTRIBUTED = (
    DENSE
    + """
input_sequences <- layer_input(shape = c(20, 784))
processed_sequences <- input_sequences %>% time_distributed(model)
model <- keras_model(input_sequences, processed_sequences)
"""
)


def headline() -> Any:
    main_input = pk.layer_input(shape=100, dtype="int32", name="main_input")
    lstm_out = main_input | pk.layer_embedding(10000, 512, input_length=100) | pk.layer_lstm(32)
    auxiliary_output = lstm_out | pk.layer_dense(1, activation="sigmoid", name="aux_output")
    auxiliary_input = pk.layer_input(shape=5, name="aux_input")
    main_output = (
        [lstm_out, auxiliary_input]
        | pk.layer_concatenate()
        | pk.layer_dense(64, activation="relu")
        | pk.layer_dense(64, activation="relu")
        | pk.layer_dense(64, activation="relu")
        | pk.layer_dense(1, activation="sigmoid", name="main_output")
    )
    return pk.keras_model([main_input, auxiliary_input], [main_output, auxiliary_output])


HEADLINE = """
main_input <- layer_input(shape = c(100), dtype = 'int32', name = 'main_input')
lstm_out <- main_input %>%
  layer_embedding(input_dim = 10000, output_dim = 512, input_length = 100) %>%
  layer_lstm(units = 32)
auxiliary_output <- lstm_out %>% layer_dense(units = 1, activation = 'sigmoid', name = 'aux_output')
auxiliary_input <- layer_input(shape = c(5), name = 'aux_input')
main_output <- layer_concatenate(c(lstm_out, auxiliary_input)) %>%
  layer_dense(units = 64, activation = 'relu') %>%
  layer_dense(units = 64, activation = 'relu') %>%
  layer_dense(units = 64, activation = 'relu') %>%
  layer_dense(units = 1, activation = 'sigmoid', name = 'main_output')
model <- keras_model(inputs = c(main_input, auxiliary_input), outputs = c(main_output, auxiliary_output))
"""


def tweets() -> Any:
    tweet_a = pk.layer_input(shape=(280, 256))
    tweet_b = pk.layer_input(shape=(280, 256))
    shared_lstm = pk.layer_lstm(64)
    encoded = [tweet_a | shared_lstm, tweet_b | shared_lstm]
    return pk.keras_model(
        [tweet_a, tweet_b], encoded | pk.layer_concatenate(axis=-1) | pk.layer_dense(1, activation="sigmoid")
    )


TWEETS = """
tweet_a <- layer_input(shape = c(280, 256))
tweet_b <- layer_input(shape = c(280, 256))
shared_lstm <- layer_lstm(units = 64)
encoded_a <- tweet_a %>% shared_lstm
encoded_b <- tweet_b %>% shared_lstm
predictions <- layer_concatenate(c(encoded_a, encoded_b), axis=-1) %>%
  layer_dense(units = 1, activation = 'sigmoid')
model <- keras_model(inputs = c(tweet_a, tweet_b), outputs = predictions)
"""


def _conv(filters: int, size: int) -> Any:
    return pk.layer_conv_2d(filters=filters, kernel_size=(size, size), padding="same", activation="relu")


def inception() -> Any:
    image = pk.layer_input(shape=(256, 256, 3))
    tower_1 = image | _conv(64, 1) | _conv(64, 3)
    tower_2 = image | _conv(64, 1) | _conv(64, 5)
    tower_3 = image | pk.layer_max_pooling_2d(pool_size=(3, 3), strides=(1, 1), padding="same") | _conv(64, 1)
    return pk.keras_model(image, [tower_1, tower_2, tower_3] | pk.layer_concatenate(axis=1))


INCEPTION = """
input_img <- layer_input(shape = c(256, 256, 3))
tower_1 <- input_img %>%
  layer_conv_2d(filters = 64, kernel_size = c(1, 1), padding='same', activation='relu') %>%
  layer_conv_2d(filters = 64, kernel_size = c(3, 3), padding='same', activation='relu')
tower_2 <- input_img %>%
  layer_conv_2d(filters = 64, kernel_size = c(1, 1), padding='same', activation='relu') %>%
  layer_conv_2d(filters = 64, kernel_size = c(5, 5), padding='same', activation='relu')
tower_3 <- input_img %>%
  layer_max_pooling_2d(pool_size = c(3, 3), strides = c(1, 1), padding = 'same') %>%
  layer_conv_2d(filters = 64, kernel_size = c(1, 1), padding='same', activation='relu')
output <- layer_concatenate(c(tower_1, tower_2, tower_3), axis = 1)
model <- keras_model(input_img, output)
"""


def residual() -> Any:
    x = pk.layer_input(shape=(256, 256, 3))
    y = x | pk.layer_conv_2d(filters=3, kernel_size=(3, 3), padding="same")
    return pk.keras_model(x, [x, y] | pk.layer_add())


RESIDUAL = """
x <- layer_input(shape = c(256, 256, 3))
y <- x %>% layer_conv_2d(filters = 3, kernel_size =c(3, 3), padding = 'same')
z <- layer_add(c(x, y))
model <- keras_model(x, z)
"""


def shared_vision() -> Any:
    digit = pk.layer_input(shape=(27, 27, 1))
    out = (
        digit
        | pk.layer_conv_2d(64, (3, 3))
        | pk.layer_conv_2d(64, (3, 3))
        | pk.layer_max_pooling_2d((2, 2))
        | pk.layer_flatten()
    )
    vision = pk.keras_model(digit, out)
    a, b = pk.layer_input(shape=(27, 27, 1)), pk.layer_input(shape=(27, 27, 1))
    encoded = [a | vision, b | vision]
    return pk.keras_model([a, b], encoded | pk.layer_concatenate() | pk.layer_dense(1, activation="sigmoid"))


SHARED_VISION = """
digit_input <- layer_input(shape = c(27, 27, 1))
out <- digit_input %>%
  layer_conv_2d(filters = 64, kernel_size = c(3, 3)) %>%
  layer_conv_2d(filters = 64, kernel_size = c(3, 3)) %>%
  layer_max_pooling_2d(pool_size = c(2, 2)) %>%
  layer_flatten()
vision_model <- keras_model(digit_input, out)
digit_a <- layer_input(shape = c(27, 27, 1))
digit_b <- layer_input(shape = c(27, 27, 1))
out_a <- digit_a %>% vision_model
out_b <- digit_b %>% vision_model
out <- layer_concatenate(c(out_a, out_b)) %>% layer_dense(units = 1, activation = 'sigmoid')
model <- keras_model(inputs = c(digit_a, digit_b), out)
"""


def _vision() -> Any:
    def conv(filters: int, **more: Any) -> Any:
        return pk.layer_conv_2d(filters=filters, kernel_size=(3, 3), activation="relu", **more)

    model = pk.keras_model_sequential()
    model | conv(64, padding="same", input_shape=(224, 224, 3)) | conv(64) | pk.layer_max_pooling_2d((2, 2))
    model | conv(128, padding="same") | conv(128) | pk.layer_max_pooling_2d((2, 2))
    (
        model
        | conv(256, padding="same")
        | conv(256)
        | conv(256)
        | pk.layer_max_pooling_2d((2, 2))
        | pk.layer_flatten()
    )
    return model


def video_qa() -> Any:
    vision = _vision()
    image_input = pk.layer_input(shape=(224, 224, 3))
    encoded_image = image_input | vision
    question_input = pk.layer_input(shape=100, dtype="int32")
    encoded_question = question_input | pk.layer_embedding(10000, 256, input_length=100) | pk.layer_lstm(256)
    answer = (
        [encoded_question, encoded_image]
        | pk.layer_concatenate()
        | pk.layer_dense(1000, activation="softmax")
    )
    pk.keras_model([image_input, question_input], answer)
    video_input = pk.layer_input(shape=(100, 224, 224, 3))
    encoded_video = video_input | pk.time_distributed(vision) | pk.layer_lstm(256)
    encoder = pk.keras_model(question_input, encoded_question)
    video_question_input = pk.layer_input(shape=100, dtype="int32")
    encoded = [encoded_video, video_question_input | encoder]
    output = encoded | pk.layer_concatenate() | pk.layer_dense(1000, activation="softmax")
    return pk.keras_model([video_input, video_question_input], output)


VIDEO_QA = """
vision_model <- keras_model_sequential()
vision_model %>%
  layer_conv_2d(filters = 64, kernel_size = c(3, 3), activation = 'relu', padding = 'same',
                input_shape = c(224, 224, 3)) %>%
  layer_conv_2d(filters = 64, kernel_size = c(3, 3), activation = 'relu') %>%
  layer_max_pooling_2d(pool_size = c(2, 2)) %>%
  layer_conv_2d(filters = 128, kernel_size = c(3, 3), activation = 'relu', padding = 'same') %>%
  layer_conv_2d(filters = 128, kernel_size = c(3, 3), activation = 'relu') %>%
  layer_max_pooling_2d(pool_size = c(2, 2)) %>%
  layer_conv_2d(filters = 256, kernel_size = c(3, 3), activation = 'relu', padding = 'same') %>%
  layer_conv_2d(filters = 256, kernel_size = c(3, 3), activation = 'relu') %>%
  layer_conv_2d(filters = 256, kernel_size = c(3, 3), activation = 'relu') %>%
  layer_max_pooling_2d(pool_size = c(2, 2)) %>%
  layer_flatten()
image_input <- layer_input(shape = c(224, 224, 3))
encoded_image <- image_input %>% vision_model
question_input <- layer_input(shape = c(100), dtype = 'int32')
encoded_question <- question_input %>%
  layer_embedding(input_dim = 10000, output_dim = 256, input_length = 100) %>%
  layer_lstm(units = 256)
output <- layer_concatenate(c(encoded_question, encoded_image)) %>%
  layer_dense(units = 1000, activation='softmax')
vqa_model <- keras_model(inputs = c(image_input, question_input), outputs = output)
video_input <- layer_input(shape = c(100, 224, 224, 3))
encoded_video <- video_input %>% time_distributed(vision_model) %>% layer_lstm(units = 256)
question_encoder <- keras_model(inputs = question_input, outputs = encoded_question)
video_question_input <- layer_input(shape = c(100), dtype = 'int32')
encoded_video_question <- video_question_input %>% question_encoder
output <- layer_concatenate(c(encoded_video, encoded_video_question)) %>%
  layer_dense(units = 1000, activation = 'softmax')
model <- keras_model(inputs= c(video_input, video_question_input), outputs = output)
"""

PAIRS: dict[str, tuple[Callable[[], Any], str]] = {
    "dense": (dense, DENSE),
    "reuse": (reuse, REUSE),
    "time_distributed": (time_distributed, TIME_DISTRIBUTED),
    "headline": (headline, HEADLINE),
    "tweets": (tweets, TWEETS),
    "inception": (inception, INCEPTION),
    "residual": (residual, RESIDUAL),
    "shared_vision": (shared_vision, SHARED_VISION),
    "video_qa": (video_qa, VIDEO_QA),
}


@pytest.mark.parametrize("name", PAIRS)
def test_python_and_r_build_the_same_graph(name: str) -> None:
    build, text = PAIRS[name]
    naming.reset()
    from_python = describe(build())
    naming.reset()
    from_r = describe(run_text(text, {})["model"])
    assert from_python == from_r
    assert len(from_r) > 1


def test_verbs_wait_for_the_model_whatever_their_data_is() -> None:
    a, b = pk.layer_input(shape=2), pk.layer_input(shape=3)
    model = pk.keras_model([a, b], [a, b] | pk.layer_concatenate() | pk.layer_dense(1))
    x, y = [np.ones((4, 2)), np.ones((4, 3))], np.zeros((4, 1))
    model | pk.compile(loss="mse", optimizer="sgd")
    history = model | pk.fit(x, y, epochs=2, verbose=0)
    assert len(history.metrics["loss"]) == 2
    assert (model | pk.predict(x)).shape == (4, 1)
    assert list(model | pk.evaluate(x, y, verbose=0)) == ["loss"]
    assert pk.predict(model, x).shape == (4, 1)
