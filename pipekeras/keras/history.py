"""R's training history: a list of `params` and `metrics` that prints and becomes a data frame."""

from __future__ import annotations

from typing import Any

from ..errors import Code, UserError
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
    """The history that an R list describes.

    Raises:
        UserError: a program has taken its parts away
    """
    params, metrics = (_part(value, name) for name in ("params", "metrics"))
    history = History({name: item.data.tolist()[0] for name, item in params.items()})
    curves = {name: convert.to_array(item, f"metrics${name}").tolist() for name, item in metrics.items()}
    for epoch in range(max(map(len, curves.values()), default=0)):
        history.add(epoch, {name: curve[epoch] for name, curve in curves.items() if epoch < len(curve)})
    return history


def _part(value: RVector, name: str) -> dict[str, RVector]:
    """The vectors of the list `params` or `metrics` by name."""
    part = dict(zip(value.names or (), value.data, strict=False)).get(name)
    if isinstance(part, RVector) and part.type == "list":
        return {str(key): item for key, item in zip(part.names or (), part.data, strict=True)}
    raise UserError(
        f"This is no training history: it has no list `{name}`.",
        code=Code.TYPE,
        cause="a history is a list of `params` and `metrics`, as fit() returns it",
        cure="leave the history as it is and work on a copy, such as as.data.frame(history)",
    )


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
