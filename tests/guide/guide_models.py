"""The models of R keras's functional API guide, for any library with Keras's class names.

Layers, order and sharing are the guide's; sizes are, too, where training steps are cheap, else smaller.
Weights and data are drawn from fixed seeds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

STEPS, BATCH = 20, 4
OPTIMIZERS = ("sgd", "rmsprop", "adam")


@dataclass(frozen=True)
class Case:
    """A model and what it is compiled with.

    Args:
        build: makes the model from a namespace of Keras's classes
        loss: the loss of each output
        loss_weights: as in the guide
        integers: for each input that takes whole numbers, how many there are
        one_hot: targets are one-hot rows instead of 0 and 1
        scale: standard deviation of real inputs; where it were 1, sgd would diverge
    """

    build: Callable[[Any], Any]
    loss: str
    loss_weights: tuple[float, ...] | None = None
    integers: tuple[int | None, ...] = (None,)
    one_hot: bool = False
    scale: float = 1.0


def _dense(k: Any) -> Any:
    inputs = k.Input(shape=(784,))
    x = k.Dense(64, activation="relu")(inputs)
    x = k.Dense(64, activation="relu")(x)
    return k.Model(inputs, k.Dense(10, activation="softmax")(x))


def dense(k: Any) -> Any:
    return _dense(k)


def reuse(k: Any) -> Any:
    x = k.Input(shape=(784,))
    return k.Model(x, _dense(k)(x))


def time_distributed(k: Any) -> Any:
    sequences = k.Input(shape=(20, 784))
    return k.Model(sequences, k.TimeDistributed(_dense(k))(sequences))


def headline(k: Any) -> Any:
    main_input = k.Input(shape=(100,), dtype="int32", name="main_input")
    lstm_out = k.LSTM(32)(k.Embedding(1000, 64)(main_input))
    aux_output = k.Dense(1, activation="sigmoid", name="aux_output")(lstm_out)
    aux_input = k.Input(shape=(5,), name="aux_input")
    x = k.Concatenate()([lstm_out, aux_input])
    for _ in range(3):
        x = k.Dense(64, activation="relu")(x)
    main_output = k.Dense(1, activation="sigmoid", name="main_output")(x)
    return k.Model([main_input, aux_input], [main_output, aux_output])


def shared_lstm(k: Any) -> Any:
    tweets = [k.Input(shape=(28, 64)) for _ in range(2)]
    lstm = k.LSTM(64)
    merged = k.Concatenate(axis=-1)([lstm(tweet) for tweet in tweets])
    return k.Model(tweets, k.Dense(1, activation="sigmoid")(merged))


def shared_conv(k: Any) -> Any:
    a, b = k.Input(shape=(8, 8, 3)), k.Input(shape=(16, 16, 3))
    conv = k.Conv2D(16, (3, 3), padding="same")
    return k.Model([a, b], [conv(a), conv(b)])


def inception(k: Any) -> Any:
    image = k.Input(shape=(16, 16, 3))
    same = {"padding": "same", "activation": "relu"}
    tower_1 = k.Conv2D(8, (3, 3), **same)(k.Conv2D(8, (1, 1), **same)(image))
    tower_2 = k.Conv2D(8, (5, 5), **same)(k.Conv2D(8, (1, 1), **same)(image))
    pooled = k.MaxPooling2D((3, 3), strides=(1, 1), padding="same")(image)
    tower_3 = k.Conv2D(8, (1, 1), **same)(pooled)
    return k.Model(image, k.Concatenate(axis=1)([tower_1, tower_2, tower_3]))


def residual(k: Any) -> Any:
    x = k.Input(shape=(16, 16, 3))
    return k.Model(x, k.Add()([x, k.Conv2D(3, (3, 3), padding="same")(x)]))


def shared_vision(k: Any) -> Any:
    digit = k.Input(shape=(27, 27, 1))
    out = k.Conv2D(16, (3, 3))(k.Conv2D(16, (3, 3))(digit))
    vision = k.Model(digit, k.Flatten()(k.MaxPooling2D((2, 2))(out)))
    digits = [k.Input(shape=(27, 27, 1)) for _ in range(2)]
    merged = k.Concatenate()([vision(d) for d in digits])
    return k.Model(digits, k.Dense(1, activation="sigmoid")(merged))


def _vision(k: Any) -> Any:
    relu = {"activation": "relu"}
    model = k.Sequential([k.InputLayer((32, 32, 3))])
    for filters, convolutions in ((8, 2), (16, 2), (32, 3)):
        model.add(k.Conv2D(filters, (3, 3), padding="same", **relu))
        for _ in range(convolutions - 1):
            model.add(k.Conv2D(filters, (3, 3), **relu))
        model.add(k.MaxPooling2D((2, 2)))
    model.add(k.Flatten())
    return model


def _question(k: Any) -> tuple[Any, Any]:
    question = k.Input(shape=(20,), dtype="int32")
    return question, k.LSTM(16)(k.Embedding(100, 16)(question))


def vqa(k: Any) -> Any:
    vision = _vision(k)
    image = k.Input(shape=(32, 32, 3))
    encoded_image = vision(image)
    question, encoded_question = _question(k)
    merged = k.Concatenate()([encoded_question, encoded_image])
    return k.Model([image, question], k.Dense(50, activation="softmax")(merged))


def video_qa(k: Any) -> Any:
    vision = _vision(k)
    question, encoded_question = _question(k)
    video = k.Input(shape=(6, 32, 32, 3))
    encoded_video = k.LSTM(16)(k.TimeDistributed(vision)(video))
    encoder = k.Model(question, encoded_question)
    video_question = k.Input(shape=(20,), dtype="int32")
    merged = k.Concatenate()([encoded_video, encoder(video_question)])
    return k.Model([video, video_question], k.Dense(50, activation="softmax")(merged))


CASES: dict[str, Case] = {
    "dense": Case(dense, "categorical_crossentropy", one_hot=True),
    "reuse": Case(reuse, "categorical_crossentropy", one_hot=True),
    "time_distributed": Case(time_distributed, "categorical_crossentropy", one_hot=True),
    "headline": Case(headline, "binary_crossentropy", (1.0, 0.2), (1000, None)),
    "shared_lstm": Case(shared_lstm, "binary_crossentropy", None, (None, None)),
    "shared_conv": Case(shared_conv, "mean_squared_error", None, (None, None)),
    "inception": Case(inception, "mean_squared_error"),
    "residual": Case(residual, "mean_squared_error"),
    "shared_vision": Case(shared_vision, "binary_crossentropy", None, (None, None), scale=0.1),
    "vqa": Case(vqa, "categorical_crossentropy", None, (None, 100), one_hot=True),
    "video_qa": Case(video_qa, "categorical_crossentropy", None, (None, 100), one_hot=True),
}


def weights(model: Any) -> list[np.ndarray]:
    """Weights of about the size that training starts from."""
    draw = np.random.default_rng(1)
    shapes = [w.shape for w in model.get_weights()]
    return [(draw.normal(size=s) / np.sqrt(max(np.prod(s[:-1]), 1))).astype("float32") * 0.9 for s in shapes]


def inputs(model: Any, case: Case) -> list[np.ndarray]:
    """Rows for all training steps."""
    draw = np.random.default_rng(2)
    rows = STEPS * BATCH
    shapes = [(rows, *tensor.shape[1:]) for tensor in model.inputs]
    return [
        (case.scale * draw.normal(size=s)).astype("float32")
        if n is None
        else draw.integers(0, n, s).astype("int32")
        for s, n in zip(shapes, case.integers, strict=True)
    ]


def targets(model: Any, case: Case) -> list[np.ndarray]:
    """What the outputs are compared with."""
    draw = np.random.default_rng(3)
    shapes = [(STEPS * BATCH, *tensor.shape[1:]) for tensor in model.outputs]
    if case.one_hot:
        return [np.eye(s[-1], dtype="float32")[draw.integers(0, s[-1], s[:-1])] for s in shapes]
    return [draw.integers(0, 2, s).astype("float32") for s in shapes]


def sample(output: np.ndarray) -> np.ndarray:
    """Up to 40 numbers from all over an output of the first batch."""
    flat = np.asarray(output[:BATCH], dtype="float64").reshape(-1)
    return flat[:: max(flat.size // 40, 1)][:40]


def outputs(
    model: Any, given: list[np.ndarray], predict: Callable[[Any, list[np.ndarray]], Any]
) -> list[list[float]]:
    """Samples of the outputs for the first batch."""
    found = predict(model, [x[:BATCH] for x in given])
    return [sample(o).tolist() for o in (found if isinstance(found, list | tuple) else [found])]


def losses(model: Any, case: Case, step: Callable[[Any, list[Any], list[Any]], float]) -> list[float]:
    """The losses of 20 training steps, each on a batch of its own."""
    x, y = inputs(model, case), targets(model, case)
    rows = [slice(i * BATCH, (i + 1) * BATCH) for i in range(STEPS)]
    return [step(model, [a[r] for a in x], [a[r] for a in y]) for r in rows]
