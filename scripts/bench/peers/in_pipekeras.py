"""The models as R text, trained by pipekeras on numpy's arrays."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from cases import Case

import pipekeras
from pipekeras.train.callback import Callback

MODELS = {
    "dense": """
inputs <- layer_input(shape = c(784))
predictions <- inputs %>%
  layer_dense(units = 64, activation = 'relu') %>%
  layer_dense(units = 64, activation = 'relu') %>%
  layer_dense(units = 10, activation = 'softmax')
model <- keras_model(inputs = inputs, outputs = predictions)
""",
    "headline": """
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
model <- keras_model(
  inputs = c(main_input, auxiliary_input),
  outputs = c(main_output, auxiliary_output)
)
""",
    "tweets": """
tweet_a <- layer_input(shape = c(280, 256))
tweet_b <- layer_input(shape = c(280, 256))
shared_lstm <- layer_lstm(units = 64)
encoded_a <- tweet_a %>% shared_lstm
encoded_b <- tweet_b %>% shared_lstm
predictions <- layer_concatenate(c(encoded_a, encoded_b), axis=-1) %>%
  layer_dense(units = 1, activation = 'sigmoid')
model <- keras_model(inputs = c(tweet_a, tweet_b), outputs = predictions)
""",
    "inception": """
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
output <- layer_concatenate(c(tower_1, tower_2, tower_3), axis = 1) %>%
  layer_global_average_pooling_2d() %>%
  layer_dense(units = 10, activation = 'softmax')
model <- keras_model(input_img, output)
""",
    "digits": """
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
out <- layer_concatenate(c(out_a, out_b)) %>%
  layer_dense(units = 1, activation = 'sigmoid')
model <- keras_model(inputs = c(digit_a, digit_b), out)
""",
    "vqa": """
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
model <- keras_model(inputs = c(image_input, question_input), outputs = output)
""",
}


class Runner:
    """A compiled model.

    Args:
        name: of the model
        case: its sizes
        plain: without fast paths
    """

    def __init__(self, name: str, case: Case, plain: bool = False) -> None:
        weights = "loss_weights = c(1.0, 0.2)," if name == "headline" else ""
        metrics = "metrics = c('accuracy')," if case.accuracy else ""
        text = f"""
library(keras)
options(pipekeras.optimize = {"FALSE" if plain else "TRUE"})
{MODELS[name]}
model %>% compile({metrics} {weights} optimizer = 'rmsprop', loss = '{case.loss}')
"""
        self.model = pipekeras.r(text)["model"]
        self.case = case

    def fit(self, x: list[np.ndarray], y: list[np.ndarray], epochs: int) -> list[float]:
        """Train; returns the times of the epochs' ends."""
        clock = Clock()
        settings = {"batch_size": self.case.batch, "epochs": epochs, "verbose": 0, "callbacks": [clock]}
        pipekeras.fit(self.model, _one(x), _one(y), **settings)
        return clock.ends

    def predict(self, x: list[np.ndarray]) -> Any:
        return pipekeras.predict(self.model, _one(x), batch_size=self.case.batch, verbose=0)


class Clock(Callback):
    """Notes when epochs end."""

    def __init__(self) -> None:
        self.ends: list[float] = []

    def on_epoch_end(self, epoch: int, logs: Any) -> None:
        self.ends.append(time.time())


def _one(arrays: list[np.ndarray]) -> Any:
    return arrays if len(arrays) > 1 else arrays[0]
