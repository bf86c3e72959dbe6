"""Models that Keras and pipekeras both build by the same Python: R keras's guide's, made small, and more.

Each function takes a namespace `k` with Keras's names (Input, Model, Sequential, layers) and returns a model.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

MODELS: dict[str, Callable[[Any], Any]] = {}


def model(build: Callable[[Any], Any]) -> Callable[[Any], Any]:
    MODELS[build.__name__] = build
    return build


@model
def first(k: Any) -> Any:
    inputs = k.Input(shape=(784,))
    x = k.Dense(64, activation="relu")(inputs)
    x = k.Dense(64, activation="relu")(x)
    return k.Model(inputs, k.Dense(10, activation="softmax")(x))


@model
def reused(k: Any) -> Any:
    inner = first(k)
    x = k.Input(shape=(784,))
    return k.Model(x, inner(x))


@model
def reused_twice(k: Any) -> Any:
    inputs = k.Input(shape=(6,))
    inner = k.Model(inputs, k.Dense(6, activation="tanh")(k.Dense(4)(inputs)))
    middle_in = k.Input(shape=(6,))
    middle = k.Model(middle_in, inner(k.Dense(6)(inner(middle_in))))
    x = k.Input(shape=(6,))
    return k.Model(x, k.Add()([middle(x), inner(x)]))


@model
def distributed(k: Any) -> Any:
    inputs = k.Input(shape=(8,))
    inner = k.Model(inputs, k.Dense(3, activation="softmax")(inputs))
    sequences = k.Input(shape=(5, 8))
    return k.Model(sequences, k.TimeDistributed(inner)(sequences))


@model
def headline(k: Any) -> Any:
    main_input = k.Input(shape=(100,), dtype="int32", name="main_input")
    x = k.Embedding(200, 16)(main_input)
    lstm_out = k.LSTM(8)(x)
    auxiliary_output = k.Dense(1, activation="sigmoid", name="aux_output")(lstm_out)
    auxiliary_input = k.Input(shape=(5,), name="aux_input")
    x = k.Concatenate()([lstm_out, auxiliary_input])
    for _ in range(3):
        x = k.Dense(64, activation="relu")(x)
    main_output = k.Dense(1, activation="sigmoid", name="main_output")(x)
    return k.Model([main_input, auxiliary_input], [main_output, auxiliary_output])


@model
def shared_lstm(k: Any) -> Any:
    a, b = k.Input(shape=(14, 16)), k.Input(shape=(14, 16))
    lstm = k.LSTM(6)
    merged = k.Concatenate(axis=-1)([lstm(a), lstm(b)])
    return k.Model([a, b], k.Dense(1, activation="sigmoid")(merged))


@model
def inception(k: Any) -> Any:
    image = k.Input(shape=(8, 8, 3))
    tower_1 = k.Conv2D(4, (1, 1), padding="same", activation="relu")(image)
    tower_1 = k.Conv2D(4, (3, 3), padding="same", activation="relu")(tower_1)
    tower_2 = k.Conv2D(4, (1, 1), padding="same", activation="relu")(image)
    tower_2 = k.Conv2D(4, (5, 5), padding="same", activation="relu")(tower_2)
    tower_3 = k.MaxPooling2D((3, 3), strides=(1, 1), padding="same")(image)
    tower_3 = k.Conv2D(4, (1, 1), padding="same", activation="relu")(tower_3)
    return k.Model(image, k.Concatenate(axis=1)([tower_1, tower_2, tower_3]))


@model
def residual(k: Any) -> Any:
    x = k.Input(shape=(6, 6, 3))
    y = k.Conv2D(3, (3, 3), padding="same")(x)
    return k.Model(x, k.Add()([x, y]))


@model
def shared_vision(k: Any) -> Any:
    digit = k.Input(shape=(9, 9, 1))
    x = k.Conv2D(4, (3, 3))(digit)
    x = k.Conv2D(4, (3, 3))(x)
    x = k.MaxPooling2D((2, 2))(x)
    vision = k.Model(digit, k.Flatten()(x))
    a, b = k.Input(shape=(9, 9, 1)), k.Input(shape=(9, 9, 1))
    merged = k.Concatenate()([vision(a), vision(b)])
    return k.Model([a, b], k.Dense(1, activation="sigmoid")(merged))


def _vision(k: Any) -> Any:
    vision = k.Sequential()
    vision.add(k.Input(shape=(12, 12, 3)))
    vision.add(k.Conv2D(4, (3, 3), activation="relu", padding="same"))
    vision.add(k.Conv2D(4, (3, 3), activation="relu"))
    vision.add(k.MaxPooling2D((2, 2)))
    vision.add(k.Flatten())
    return vision


def _vqa_parts(k: Any) -> tuple[Any, ...]:
    vision = _vision(k)
    image = k.Input(shape=(12, 12, 3))
    encoded_image = vision(image)
    question = k.Input(shape=(10,), dtype="int32")
    encoded_question = k.LSTM(8)(k.Embedding(50, 8)(question))
    return vision, image, encoded_image, question, encoded_question


@model
def vqa(k: Any) -> Any:
    _, image, encoded_image, question, encoded_question = _vqa_parts(k)
    merged = k.Concatenate()([encoded_question, encoded_image])
    return k.Model([image, question], k.Dense(7, activation="softmax")(merged))


@model
def video_qa(k: Any) -> Any:
    vision, _, _, question, encoded_question = _vqa_parts(k)
    video = k.Input(shape=(4, 12, 12, 3))
    encoded_video = k.LSTM(8)(k.TimeDistributed(vision)(video))
    encoder = k.Model(question, encoded_question)
    video_question = k.Input(shape=(10,), dtype="int32")
    merged = k.Concatenate()([encoded_video, encoder(video_question)])
    return k.Model([video, video_question], k.Dense(7, activation="softmax")(merged))


@model
def masked(k: Any) -> Any:
    words = k.Input(shape=(7,), dtype="int32")
    embedded = k.Embedding(20, 6, mask_zero=True)(words)
    dropped = k.Dropout(0.5)(embedded)
    hidden = k.LSTM(5, return_sequences=True)(dropped)
    other = k.GRU(5, return_sequences=True)(embedded)
    joined = k.Concatenate()([hidden, k.Activation("relu")(other)])
    return k.Model(words, [k.LSTM(3)(joined), k.SimpleRNN(2)(k.Masking()(joined))])


@model
def masked_inside(k: Any) -> Any:
    words = k.Input(shape=(7,), dtype="int32")
    encoder = k.Model(words, k.LSTM(5, return_sequences=True)(k.Embedding(20, 6, mask_zero=True)(words)))
    a, b = k.Input(shape=(7,), dtype="int32"), k.Input(shape=(7,), dtype="int32")
    total = k.Add()([encoder(a), encoder(b)])
    return k.Model([a, b], k.GRU(3)(total))


@model
def states(k: Any) -> Any:
    a, b = k.Input(shape=(6, 3)), k.Input(shape=(4, 3))
    _, h, c = k.LSTM(5, return_state=True)(a)
    decoded = k.LSTM(5, return_sequences=True)(b, initial_state=[h, c])
    return k.Model([a, b], k.TimeDistributed(k.Dense(2))(decoded))


@model
def partly_frozen(k: Any) -> Any:
    inputs = k.Input(shape=(12,))
    frozen = k.Dense(6, name="first")
    x = k.Dropout(0.2)(frozen(inputs))
    x = k.BatchNormalization()(x)
    frozen.trainable = False
    return k.Model(inputs, k.Dense(3)(x))


@model
def two_depths(k: Any) -> Any:
    """A layer shared between depths, outputs in the middle, an input that nothing uses."""
    a, unused, b = k.Input(shape=(4,)), k.Input(shape=(3,)), k.Input(shape=(4,))
    shared = k.Dense(4, activation="tanh")
    x = shared(a)
    y = shared(k.Dense(4)(shared(x)))
    z = k.Subtract()([y, shared(b)])
    return k.Model([a, unused, b], [z, x, k.Multiply()([x, z])])


@model
def merges(k: Any) -> Any:
    a, b = k.Input(shape=(4, 3)), k.Input(shape=(4, 3))
    c = k.Permute((2, 1))(b)
    parts = [
        k.Flatten()(k.Dot(axes=(2, 1))([a, c])),
        k.Flatten()(k.Maximum()([a, b])),
        k.Reshape((12,))(k.Minimum()([a, b])),
        k.Flatten()(k.Average()([a, b])),
        k.Flatten()(k.RepeatVector(2)(k.GlobalMaxPooling1D()(a))),
        k.Dot(axes=1, normalize=True)([k.Flatten()(a), k.Flatten()(b)]),
    ]
    return k.Model([a, b], k.Concatenate()(parts))


@model
def stack(k: Any) -> Any:
    return k.Sequential([k.Input(shape=(10,)), k.Dense(6, activation="relu"), k.Dense(2)])


@model
def middle(k: Any) -> Any:
    """A model cut out of a graph between two tensors in its middle."""
    x = k.Input(shape=(5,))
    h = k.Dense(4, activation="tanh")(x)
    z = k.Dense(3)(k.Dense(4)(h))
    k.Dense(2)(z)
    return k.Model(h, z)


def widths(name: str) -> tuple[int, ...]:
    """Widths at which a model's summary is recorded."""
    return (60, 80, 90, 120) if name == "headline" else (80,)


def array(index: int, shape: tuple[int | None, ...], dtype: str) -> np.ndarray:
    """Data for input number `index`: a batch of 3."""
    random = np.random.RandomState(index)
    sizes = [3, *shape[1:]]
    if dtype.startswith("int"):
        return random.randint(0, 20, sizes).astype(dtype)
    return random.standard_normal(sizes).astype(dtype)


def weight(index: int, name: str, shape: tuple[int, ...]) -> np.ndarray:
    """What weight number `index` is set to; variances are positive."""
    value = (0.3 * np.random.RandomState(100 + index).standard_normal(shape)).astype("float32")
    return np.abs(value) + np.float32(0.2) if "variance" in name else value
