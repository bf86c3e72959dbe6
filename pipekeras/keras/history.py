"""R's training history: a list of `params` and `metrics` that prints and becomes a data frame."""

from __future__ import annotations

from typing import Any

from ..lang import values as rv
from ..lang.generics import invoke
from ..lang.session import session
from ..lang.values import Builtin, RVector
from ..signature import DOTS, Param, Signature
from ..train.history import History
from . import convert

CLASS = "keras_training_history"


def to_r(history: History) -> RVector:
    """The history as R's list; the Python object stays with it for printing."""
    metrics = rv.rlist([rv.double(values) for values in history.metrics.values()], history.metrics)
    params = rv.rlist([convert.to_r(value) for value in history.params.values()], history.params)
    return rv.rlist([params, metrics], ["params", "metrics"], {"class": rv.character(CLASS)})


def from_r(value: RVector) -> History:
    """The history that an R list describes."""
    params, metrics = value.data
    read = {name: item.data.tolist()[0] for name, item in zip(params.names or [], params.data, strict=True)}
    history = History(read)
    curves = {name: item.data.tolist() for name, item in zip(metrics.names or [], metrics.data, strict=True)}
    for epoch in range(max(map(len, curves.values()), default=0)):
        history.add(epoch, {name: curve[epoch] for name, curve in curves.items() if epoch < len(curve)})
    return history


def _print(value: RVector, *_: Any) -> Any:
    session.write(from_r(value).text() + "\n")
    return value


def _as_data_frame(value: RVector, *_: Any) -> Any:
    columns = from_r(value).columns()
    return invoke(
        "data.frame",
        epoch=rv.integer(columns["epoch"]),
        value=rv.double(columns["value"]),
        metric=_factor(columns["metric"]),
        data=_factor(columns["data"]),
    )


def _factor(labels: list[str]) -> RVector:
    levels = list(dict.fromkeys(labels))
    codes = [levels.index(label) + 1 for label in labels]
    return rv.integer(codes, {"levels": rv.character(levels), "class": rv.character("factor")})


METHODS = {
    f"print.{CLASS}": Builtin(f"print.{CLASS}", Signature([Param("x"), Param(DOTS)]), _print, invisible=True),
    f"as.data.frame.{CLASS}": Builtin(
        f"as.data.frame.{CLASS}", Signature([Param("x"), Param(DOTS)]), _as_data_frame
    ),
}
"""S3 methods by R name."""
