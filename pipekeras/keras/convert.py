"""R values to Python's and back: scalars, lists, arrays (column-major to shape and back), functions."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import Code, UserError
from ..lang import values as rv
from ..lang.evaluator.calls import call_function
from ..lang.registry import Context
from ..lang.values import NULL, Dots, RVector


class RFunction:
    """An R function that Python can call; arguments and result are converted."""

    def __init__(self, function: rv.Closure | rv.Builtin, ctx: Context) -> None:
        self.function = function
        self.ctx = ctx
        self.__name__ = "r_function"

    def __call__(self, *args: Any, **named: Any) -> Any:
        given: Dots = [(None, to_r(a)) for a in args]
        given.extend((name, to_r(a)) for name, a in named.items())
        return to_python(call_function(self.function, given, ctx=self.ctx), self.ctx)


def to_python(value: Any, ctx: Context) -> Any:
    """An argument of a layer or a verb as Python has it.

    NULL and a lone NA are None, a vector of one is a scalar, a longer one a list (a dict if it has names), an
    array a numpy array of its dim, a list a list (a dict if it has names), a function a callable.
    """
    if value is NULL:
        return None
    if isinstance(value, RVector):
        return _vector_to_python(value, ctx)
    if isinstance(value, rv.Builtin):
        return getattr(value.function, "python", None) or RFunction(value, ctx)
    if isinstance(value, rv.Closure):
        return RFunction(value, ctx)
    return value


def _vector_to_python(value: RVector, ctx: Context) -> Any:
    if value.type == "list":
        items = [to_python(item, ctx) for item in value.data]
    elif value.attribute("dim") is not None and value.type in ("character", "complex"):
        return value.data.reshape([int(size) for size in value.attribute("dim").data], order="F")
    elif value.attribute("dim") is not None:
        return to_array(value, "argument")
    elif value.attribute("levels") is not None:
        levels = list(value.attribute("levels").data)
        items = [None if code == rv.NA_INTEGER else levels[code - 1] for code in value.data]
    else:
        items = _scalars(value)
    names = value.names
    if names is not None and all(names):
        return dict(zip(names, items, strict=True))
    return items if value.type == "list" or len(items) != 1 else items[0]


def _scalars(value: RVector) -> list[Any]:
    items = value.data.astype(bool).tolist() if value.type == "logical" else value.data.tolist()
    if value.type == "character":
        return items
    return [None if missing else item for item, missing in zip(items, value.is_na(), strict=True)]


def to_array(value: RVector, what: str) -> np.ndarray:
    """The numbers of a vector, matrix or array as a numpy array of its dim; NA becomes NaN.

    Args:
        value: a logical, integer or double vector; a data frame of such columns
        what: the argument's name, for the error
    """
    classes = value.attribute("class")
    kinds = [] if classes is None else list(classes.data)
    if "data.frame" in kinds:
        return _frame_to_array(value, what)
    if "factor" in kinds:
        raise UserError(
            f"`{what}` is a factor, not numbers",
            code=Code.DATA,
            cause="a network learns from numbers; a factor holds classes",
            cure=f"`as.integer({what}) - 1` gives class numbers from 0, `to_categorical()` one-hot rows",
        )
    if value.type not in ("logical", "integer", "double"):
        raise UserError(
            f"`{what}` holds values of type {value.type}, not numbers",
            code=Code.DATA,
            cause="only logical, integer and double values can be turned into a tensor",
            cure="convert it first, for example with `as.numeric()` or `as.matrix()`",
        )
    data = value.data
    if value.type != "double":
        missing = value.is_na()
        if missing.any():
            data = np.where(missing, np.nan, data.astype(np.float64))
    dim = value.dim
    return data if dim is None else data.reshape(dim, order="F")


def _frame_to_array(frame: RVector, what: str) -> np.ndarray:
    columns = []
    for name, column in zip(frame.names or [], frame.data, strict=True):
        if column.type == "character" or column.attribute("levels") is not None:
            kind = "text" if column.type == "character" else "a factor"
            raise UserError(
                f"column `{name}` of `{what}` is {kind}, not numbers",
                code=Code.DATA,
                cause="every column of the data frame must be numeric",
                cure=f"drop it (`{what}[, -{len(columns) + 1}]`) or turn it into numbers with `as.integer()`",
            )
        columns.append(to_array(column, f"{what}${name}").astype(np.float64))
    return np.stack(columns, axis=1)


def to_data(value: Any, what: str) -> Any:
    """Training data: an array, or a list or dict of arrays. None, tensors and other objects pass."""
    if value is NULL:
        return None
    if not isinstance(value, RVector):
        return value
    classes = value.attribute("class")
    if value.type != "list" or (classes is not None and "data.frame" in classes.data):
        return to_array(value, what)
    items = [to_data(item, f"{what}[[{i}]]") for i, item in enumerate(value.data, 1)]
    names = value.names
    return dict(zip(names, items, strict=True)) if names is not None and all(names) else items


def to_r(obj: Any) -> Any:
    """A Python result as R has it: arrays get `dim`, dicts names, tuples are lists."""
    if obj is None:
        return NULL
    if isinstance(obj, (bool, np.bool_)):
        return rv.logical(bool(obj))
    if isinstance(obj, (int, np.integer)):
        return rv.integer(int(obj)) if -(2**31) < obj < 2**31 else rv.double(float(obj))
    if isinstance(obj, (float, np.floating)):
        return rv.double(float(obj))
    if isinstance(obj, (complex, np.complexfloating)):
        return RVector("complex", np.array([obj], dtype=np.complex128))
    if isinstance(obj, str):
        return rv.character(obj)
    if isinstance(obj, np.ndarray):
        return _array_to_r(obj)
    if isinstance(obj, dict):
        return rv.rlist([to_r(v) for v in obj.values()], [str(k) for k in obj])
    if isinstance(obj, tuple):
        return rv.rlist([to_r(v) for v in obj])
    if isinstance(obj, list):
        return _list_to_r(obj)
    return obj


def _list_to_r(items: list[Any]) -> RVector:
    """As reticulate: a list of scalars of one kind is a vector, any other list a list."""
    for kind, make in ((bool, rv.logical), (int, rv.integer), (float, rv.double), (str, rv.character)):
        if items and all(type(item) is kind for item in items):
            return make(items)
    return rv.rlist([to_r(item) for item in items])


def _array_to_r(array: np.ndarray) -> RVector:
    flat = array.reshape(-1, order="F")
    attributes = {"dim": rv.integer(list(array.shape))} if array.ndim else None
    if array.dtype == bool:
        return rv.logical(flat, attributes)
    if array.dtype.kind in "iu" and array.dtype.itemsize < 8:
        return rv.integer(flat, attributes)
    if array.dtype.kind in "iuf":
        return rv.double(flat.astype(np.float64), attributes)
    if array.dtype.kind == "c":
        return RVector("complex", flat.astype(np.complex128), attributes)
    return rv.character([None if item is None else str(item) for item in flat], attributes)
