"""Verbs on models: making, compiling, training, evaluating, predicting, looking inside."""

from __future__ import annotations

import copy
from typing import Any

from ..errors import Code, UserError
from ..graph.summary import summary_text
from ..lang import values as rv
from ..lang.session import session
from ..lang.vectors.coerce import deparse_text
from ..layers.base import Layer
from ..layers.core import InputLayer
from ..layers.model import Model, Sequential
from ..layers.scalars import whole
from ..train import compiling, fitting
from ..train.metric import Metric
from ..train.metrics import get_metric
from ..train.notices import notice
from . import convert, editions, history
from .verbs import VERBS, verb

MODEL_CLASSES = ("keras.engine.training.Model", "keras.src.models.model.Model")
"""R's S3 classes of a model in keras and keras3: methods such as `predict.<class>` are found by them."""


def _methods(generic: str) -> tuple[str, ...]:
    return tuple(f"{generic}.{cls}" for cls in MODEL_CLASSES)


@verb()
def keras_model(inputs: Any, outputs: Any = None, name: str | None = None) -> Model:
    """A model of all that lies between some inputs and some outputs.

    Args:
        inputs: a tensor of `layer_input()`, or a list of them
        outputs: a tensor, or a list of them
        name: the model's name
    """
    return Model(inputs, outputs, name=name)


@verb()
def keras_model_sequential(
    layers: Any = None, name: str | None = None, input_shape: Any = None, **kwargs: Any
) -> Sequential:
    """A model that is a stack of layers; `model %>% layer_dense(...)` adds to it in place.

    Args:
        layers: a list of layers; under keras3, where it is the first argument, the input's shape
        name: the model's name
        input_shape: the shape of one sample
        ...: more about the input, named as in keras3: `input_dtype`, `input_batch_size`, `input_name`
    """
    holds_layers = isinstance(layers, (list, tuple)) and all(isinstance(layer, Layer) for layer in layers)
    if layers is not None and not holds_layers and not isinstance(layers, Layer):
        layers, input_shape = None, layers
    first = {} if input_shape is None else {"shape": input_shape}
    first.update({name.removeprefix("input_"): value for name, value in kwargs.items()})
    model = Sequential(name=name)
    if first:
        model.add(InputLayer(**first))
    for layer in [layers] if isinstance(layers, Layer) else layers or []:
        model.add(layer)
    return model


@verb(*_methods("compile"), invisible=True)
def compile(
    object: Model,
    optimizer: Any = None,
    loss: Any = None,
    metrics: Any = None,
    loss_weights: Any = None,
    weighted_metrics: Any = None,
    run_eagerly: bool | None = None,
    steps_per_execution: int | None = None,
    jit_compile: Any = None,
) -> Model:
    """Choose how a model learns. Changes the model and returns it.

    Args:
        object: the model
        optimizer: a name such as "rmsprop", or an `optimizer_*()`
        loss: a name, a `loss_*`, a function(y_true, y_pred), or one of these for each output
        metrics: names or functions, for all outputs, or a list named by output
        loss_weights: the weight of each output's loss
        weighted_metrics: metrics that use the sample weights
        run_eagerly, steps_per_execution: of no effect; torch runs a model step by step as it is
        jit_compile: TRUE sends the model through torch.compile, which costs seconds at the first step
    """
    compiling.compile(
        object,
        optimizer="rmsprop" if optimizer is None else optimizer,
        loss=loss,
        metrics=metrics,
        loss_weights=loss_weights,
        weighted_metrics=weighted_metrics,
        jit_compile=jit_compile,
        conventions=editions.current().conventions,
    )
    return object


def _verbose(verbose: Any) -> Any:
    """How much is shown: what was given, else R's option, else "auto"."""
    for option in ("keras.fit_verbose", "keras.verbose"):
        if verbose is None and option in session.options:
            verbose = convert.to_r(session.options[option]).data[0]
    return "auto" if verbose in (None, "auto") else whole(verbose, "verbose")


@verb(
    *_methods("fit"),
    invisible=True,
    data=("x", "y", "validation_data", "sample_weight"),
    to_r=history.to_r,
)
def fit(
    object: Model,
    x: Any = None,
    y: Any = None,
    batch_size: int | None = None,
    epochs: int | None = None,
    verbose: Any = None,
    callbacks: Any = None,
    view_metrics: Any = None,
    validation_split: float = 0.0,
    validation_data: Any = None,
    shuffle: Any = True,
    class_weight: Any = None,
    sample_weight: Any = None,
    initial_epoch: int | None = None,
    steps_per_epoch: int | None = None,
    validation_steps: int | None = None,
    **kwargs: Any,
) -> Any:
    """Train a model; returns the history of its losses and metrics.

    `shuffle` is TRUE, FALSE or "batch". `view_metrics` is of no effect: it opens a plot in RStudio.

    R keras 2 ignores arguments that it does not know, keras3 refuses them: here the first warns.
    """
    edition = editions.current()
    if kwargs:
        _unused(kwargs, edition.conventions.forgiving)
    first = edition.first_epoch if initial_epoch is None else initial_epoch
    return fitting.fit(
        object,
        x,
        y,
        batch_size=batch_size,
        epochs=edition.epochs if epochs is None else epochs,
        verbose=_verbose(verbose),
        callbacks=callbacks,
        validation_split=validation_split,
        validation_data=validation_data,
        shuffle=shuffle,
        class_weight=class_weight,
        sample_weight=sample_weight,
        initial_epoch=first - edition.first_epoch,
        steps_per_epoch=steps_per_epoch,
        validation_steps=validation_steps,
    )


def _unused(arguments: dict[str, Any], forgiving: bool) -> None:
    shown = [f"{name} = {deparse_text(convert.to_r(value))}" for name, value in arguments.items()]
    error = VERBS["fit"].signature.refuse_unused(shown, list(arguments), "fit")
    if not forgiving:
        raise error
    notice(f"{error.message}: {error.cause}, and it is ignored")


def _evaluation_to_r(result: dict[str, float]) -> Any:
    """A named vector, loss first; under keras3 a named list in alphabetical order."""
    if editions.current().evaluate_as_list:
        return rv.rlist([rv.double(result[k]) for k in sorted(result)], sorted(result))
    return rv.double(list(result.values()), {"names": rv.character(list(result))})


@verb(*_methods("evaluate"), data=("x", "y", "sample_weight"), to_r=_evaluation_to_r)
def evaluate(
    object: Model,
    x: Any = None,
    y: Any = None,
    batch_size: int | None = None,
    verbose: Any = None,
    sample_weight: Any = None,
    steps: int | None = None,
    callbacks: Any = None,
) -> dict[str, float]:
    """The loss and the metrics of a model on data."""
    return fitting.evaluate(
        object,
        x,
        y,
        batch_size=batch_size,
        verbose=_verbose(verbose),
        sample_weight=sample_weight,
        steps=steps,
        callbacks=callbacks,
    )


def _predictions_to_r(result: Any) -> Any:
    return rv.rlist([convert.to_r(r) for r in result]) if isinstance(result, list) else convert.to_r(result)


@verb(*_methods("predict"), data=("x",), to_r=_predictions_to_r)
def predict(
    object: Model,
    x: Any,
    batch_size: int | None = None,
    verbose: Any = None,
    steps: int | None = None,
    callbacks: Any = None,
) -> Any:
    """A model's outputs for data: an array, or a list of arrays for several outputs."""
    return fitting.predict(
        object,
        x,
        batch_size=batch_size,
        verbose=_verbose(verbose),
        steps=steps,
        callbacks=callbacks,
        conventions=editions.current().conventions,
    )


@verb(data=("x", "y", "sample_weight"), to_r=_evaluation_to_r)
def train_on_batch(
    object: Model, x: Any, y: Any = None, class_weight: Any = None, sample_weight: Any = None
) -> dict[str, float]:
    """One training step on one batch; its loss and metrics before the step."""
    return fitting.train_on_batch(object, x, y, class_weight=class_weight, sample_weight=sample_weight)


@verb(data=("x", "y", "sample_weight"), to_r=_evaluation_to_r)
def test_on_batch(object: Model, x: Any, y: Any = None, sample_weight: Any = None) -> dict[str, float]:
    """The loss and the metrics on one batch, without training."""
    return fitting.test_on_batch(object, x, y, sample_weight=sample_weight)


@verb(data=("x",), to_r=_predictions_to_r)
def predict_on_batch(object: Model, x: Any) -> Any:
    """The outputs for one batch."""
    return fitting.predict_on_batch(object, x)


@verb(*_methods("summary"), invisible=True)
def summary(object: Model, line_length: int | None = None) -> None:
    """Print the table of a model's layers, at R's `width`."""
    session.write(model_table(object, line_length) + "\n")


def model_table(model: Model, line_length: int | None = None) -> str:
    """The summary in the current edition's layout, `line_length` characters wide."""
    return summary_text(model, line_length or session.option_int("width"))


@verb()
def get_layer(object: Model, name: str | None = None, index: int | None = None) -> Layer:
    """A layer of a model by its name or by its place, counted from 1."""
    if index is None:
        return object.get_layer(name=name)
    if index < 1:
        raise UserError(
            f"`index` is counted from 1, received {index}",
            code=Code.VALUE,
            cure=f"the first layer is `get_layer(model, index = 1)`; there are {len(object.layers)}",
        )
    return object.get_layer(index=index - 1)


@verb(to_r=lambda weights: rv.rlist([convert.to_r(w) for w in weights]))
def get_weights(object: Layer, trainable: bool | None = None) -> list[Any]:
    """All weights of a layer or model as arrays, in Keras's order.

    Args:
        trainable: only those that are trained (TRUE) or are not (FALSE)
    """
    if trainable is None:
        return object.get_weights()
    wanted = object.trainable_weights if trainable else object.non_trainable_weights
    return [weight.numpy() for weight in wanted]


@verb(invisible=True, data=("weights",))
def set_weights(object: Layer, weights: Any) -> Layer:
    """Give a layer or model its weights, in the order of `get_weights()`."""
    object.set_weights(weights)
    return object


@verb()
def count_params(object: Layer) -> int:
    """The number of weights, each array's elements counted."""
    return object.count_params()


def _chosen(object: Layer, start: Any, end: Any) -> list[Layer]:
    """The layers from `start` to `end`, by name or by number from 1; all by default."""
    if not isinstance(object, Model):
        if start is not None or end is not None:
            raise UserError(
                f'Layer "{object.name}" has no layers to choose from.',
                code=Code.ARGUMENT,
                cause="`from` and `to` are layers of a model",
                cure="leave them out, or give the model",
            )
        return [object]
    layers = object.layers
    first = 0 if start is None else _place(object, start)
    return layers[first : len(layers) if end is None else _place(object, end) + 1]


def _place(model: Model, which: Any) -> int:
    """The place of a layer in a model, from 0, by its name or its number from 1."""
    named: dict[str, Any] = {"name": which} if isinstance(which, str) else {"index": whole(which, "layer")}
    return model.layers.index(get_layer(model, **named))


@verb(invisible=True)
def freeze_weights(object: Layer, from_: Any = None, to: Any = None) -> Layer:
    """Stop layers from being trained, from layer `from` to layer `to` (names or numbers from 1)."""
    for layer in _chosen(object, from_, to):
        layer.trainable = False
    return object


@verb(invisible=True)
def unfreeze_weights(object: Layer, from_: Any = None, to: Any = None) -> Layer:
    """Let layers be trained again, from layer `from` to layer `to`; those before `from` stay as they are."""
    for layer in _chosen(object, from_, to):
        layer.trainable = True
    return object


@verb("reset_state", invisible=True)
def reset_states(object: Layer) -> Layer:
    """Forget what stateful recurrent layers remember of the batches before."""
    object.reset_states()
    return object


@verb(invisible=True)
def pop_layer(object: Sequential) -> None:
    """Take the last layer off a sequential model."""
    object.pop()


@verb()
def custom_metric(name: str, metric_fn: Any) -> Metric:
    """A metric under a name, from `function(y_true, y_pred)`."""
    metric = copy.copy(get_metric(metric_fn))
    metric.name = name
    return metric
