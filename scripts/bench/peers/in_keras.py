"""The models in Keras 3, on the backend that KERAS_BACKEND names."""

from __future__ import annotations

import time
from typing import Any

import keras
import numpy as np
from cases import Case
from keras import layers as k


def dense() -> Any:
    inputs = keras.Input((784,))
    x = k.Dense(64, activation="relu")(inputs)
    x = k.Dense(64, activation="relu")(x)
    return keras.Model(inputs, k.Dense(10, activation="softmax")(x))


def headline() -> Any:
    main_input = keras.Input((100,), dtype="int32", name="main_input")
    lstm_out = k.LSTM(32)(k.Embedding(10000, 512)(main_input))
    aux_output = k.Dense(1, activation="sigmoid", name="aux_output")(lstm_out)
    aux_input = keras.Input((5,), name="aux_input")
    x = k.Concatenate()([lstm_out, aux_input])
    for _ in range(3):
        x = k.Dense(64, activation="relu")(x)
    main_output = k.Dense(1, activation="sigmoid", name="main_output")(x)
    return keras.Model([main_input, aux_input], [main_output, aux_output])


def tweets() -> Any:
    inputs = [keras.Input((280, 256)) for _ in range(2)]
    lstm = k.LSTM(64)
    merged = k.Concatenate(axis=-1)([lstm(x) for x in inputs])
    return keras.Model(inputs, k.Dense(1, activation="sigmoid")(merged))


def inception() -> Any:
    image = keras.Input((256, 256, 3))
    same = {"padding": "same", "activation": "relu"}
    tower_1 = k.Conv2D(64, (3, 3), **same)(k.Conv2D(64, (1, 1), **same)(image))
    tower_2 = k.Conv2D(64, (5, 5), **same)(k.Conv2D(64, (1, 1), **same)(image))
    pooled = k.MaxPooling2D((3, 3), strides=(1, 1), padding="same")(image)
    tower_3 = k.Conv2D(64, (1, 1), **same)(pooled)
    x = k.GlobalAveragePooling2D()(k.Concatenate(axis=1)([tower_1, tower_2, tower_3]))
    return keras.Model(image, k.Dense(10, activation="softmax")(x))


def digits() -> Any:
    digit = keras.Input((27, 27, 1))
    out = k.MaxPooling2D((2, 2))(k.Conv2D(64, (3, 3))(k.Conv2D(64, (3, 3))(digit)))
    vision = keras.Model(digit, k.Flatten()(out))
    pair = [keras.Input((27, 27, 1)) for _ in range(2)]
    merged = k.Concatenate()([vision(x) for x in pair])
    return keras.Model(pair, k.Dense(1, activation="sigmoid")(merged))


def vqa() -> Any:
    vision = keras.Sequential([keras.Input((224, 224, 3))])
    for filters, convolutions in ((64, 2), (128, 2), (256, 3)):
        vision.add(k.Conv2D(filters, (3, 3), activation="relu", padding="same"))
        for _ in range(convolutions - 1):
            vision.add(k.Conv2D(filters, (3, 3), activation="relu"))
        vision.add(k.MaxPooling2D((2, 2)))
    vision.add(k.Flatten())
    image, question = keras.Input((224, 224, 3)), keras.Input((100,), dtype="int32")
    encoded = k.LSTM(256)(k.Embedding(10000, 256)(question))
    merged = k.Concatenate()([encoded, vision(image)])
    return keras.Model([image, question], k.Dense(1000, activation="softmax")(merged))


class Clock(keras.callbacks.Callback):
    """Notes when epochs end."""

    def __init__(self) -> None:
        super().__init__()
        self.ends: list[float] = []

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.ends.append(time.time())


class Runner:
    """A compiled model, see in_pipekeras."""

    def __init__(self, name: str, case: Case) -> None:
        self.model = globals()[name]()
        self.case = case
        outputs = len(self.model.outputs)
        self.model.compile(
            optimizer="rmsprop",
            loss=[case.loss] * outputs if outputs > 1 else case.loss,
            loss_weights=[1.0, 0.2] if outputs > 1 else None,
            metrics=["accuracy"] if case.accuracy else None,
        )

    def fit(self, x: list[np.ndarray], y: list[np.ndarray], epochs: int) -> list[float]:
        clock = Clock()
        inputs, targets = x if len(x) > 1 else x[0], y if len(y) > 1 else y[0]
        self.model.fit(inputs, targets, self.case.batch, epochs, verbose=0, callbacks=[clock])
        return clock.ends

    def predict(self, x: list[np.ndarray]) -> Any:
        return self.model.predict(x if len(x) > 1 else x[0], self.case.batch, verbose=0)
