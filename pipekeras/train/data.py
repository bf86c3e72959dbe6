"""Turns what users give as x into tensors once, and says what is wrong with it in Keras's words."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import Code, UserError, did_you_mean
from .notices import notice

GATHER_BYTES = 2**20
"""Shuffled rows are fetched in chunks of about this size, which stay in the cache until they are used."""


FEW_BATCHES = 4
"""Batches of which fewer than this make a chunk may be fetched one by one, to where they are wanted."""


@dataclass(frozen=True, slots=True)
class Port:
    """One input or output of a model: its name, shape (batch first, None where free) and type."""

    name: str
    shape: tuple[int | None, ...]
    dtype: str = "float32"


@dataclass(slots=True)
class Data:
    """Samples in tensors of equal length: inputs, targets and weights, each in the model's order.

    A target or weight is None where an output has none.
    """

    inputs: list[Tensor]
    targets: list[Any] = field(default_factory=list)
    weights: list[Tensor | None] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.inputs[0])

    def rows(self, start: int, stop: int) -> Data:
        """A view of some rows."""
        return self._map(lambda t: t[start:stop])

    def gather(self, order: Tensor, room: list[Tensor]) -> Data:
        """Some rows in a new order; the inputs' lie in the room's first rows, until it is used again."""
        pairs = zip(self.inputs, room, strict=True)
        inputs = [torch.index_select(t, 0, order, out=r[: len(order)]) for t, r in pairs]
        targets, weights = (
            [None if t is None else t.index_select(0, order) for t in tensors]
            for tensors in (self.targets, self.weights)
        )
        return Data(inputs, targets, weights)

    def _tensors(self) -> list[Tensor]:
        return [t for t in (*self.inputs, *self.targets, *self.weights) if t is not None]

    def copy(self) -> Data:
        """The same in memory of its own."""
        return self._map(torch.clone)

    def to(self, device: torch.device) -> Data:
        """The same on another device."""
        return self._map(lambda t: t.to(device))

    def _map(self, change: Any) -> Data:
        def each(tensors: list[Any]) -> list[Any]:
            return [None if t is None else change(t) for t in tensors]

        return Data(each(self.inputs), each(self.targets), each(self.weights))

    def batches(
        self, size: int, steps: int, order: Tensor | None = None, room: list[Tensor] | None = None
    ) -> Iterator[Data]:
        """`steps` batches of `size` rows (the last may have fewer), in order or in a given order of rows.

        Inputs in a given order are good until the next batch is asked for; they lie in the room, if there is
        one that holds a batch.
        """
        stop = min(size * steps, len(self))
        if order is None:
            yield from (self.rows(i, min(i + size, stop)) for i in range(0, stop, size))
            return
        row_bytes = sum(t[0].nbytes for t in self._tensors())
        together = max(GATHER_BYTES // max(row_bytes * size, 1), 1)
        if room is None or together > FEW_BATCHES:
            room = [t.new_empty(min(size * together, stop), *t.shape[1:]) for t in self.inputs]
        chunk = len(room[0])
        for first in range(0, stop, chunk):
            last = min(first + chunk, stop)
            gathered = self.gather(order[first:last], room)
            yield from (gathered.rows(i, min(i + size, last - first)) for i in range(0, last - first, size))


def adapt_inputs(x: Any, ports: Sequence[Port], model_name: str) -> list[Tensor]:
    """The model's inputs as tensors.

    Args:
        x: an array, a list of arrays in the order of the inputs, or a dict of arrays by input name
        ports: the model's inputs
        model_name: for messages

    Raises:
        UserError: too few or too many arrays, unknown or missing names, shapes that do not fit, no samples
    """
    if x is None:
        raise UserError(
            "No data: `x` is missing",
            code=Code.DATA,
            cause="a model needs samples",
            cure="give an array, or a list of arrays for a model of several inputs",
        )
    if isinstance(x, Mapping):
        arrays = by_name(x, [p.name for p in ports], "input")
    else:
        arrays = _in_order(x, len(ports))
        if len(arrays) != len(ports):
            names = ", ".join(f"`{p.name}`" for p in ports)
            raise UserError(
                f'Layer "{model_name}" expects {len(ports)} input(s), but it received {len(arrays)} input '
                f"tensors. Inputs received: {_shapes(arrays)}",
                code=Code.DATA,
                cause=f"the model's inputs are {names}",
                cure="give one array for each: x = list(" + ", ".join(f"{p.name} = ..." for p in ports) + ")",
            )
    tensors = [to_tensor(a, p.dtype, f"x for `{p.name}`") for a, p in zip(arrays, ports, strict=True)]
    fitted = [_fit_input(i, t, ports, tensors, model_name) for i, t in enumerate(tensors)]
    same_length({p.name: t for p, t in zip(ports, fitted, strict=True)}, {})
    return fitted


def by_name(given: Mapping[str, Any], names: list[str], kind: str) -> list[Any]:
    """The arrays of a named list in the model's order."""
    missing = [name for name in names if name not in given]
    if missing:
        near = did_you_mean(missing[0], given)
        raise UserError(
            f'Missing data for {kind} "{missing[0]}". You passed a data dictionary with keys {list(given)}. '
            f"Expected the following keys: {names}",
            code=Code.DATA,
            cause=f"the named list has nothing called `{missing[0]}`",
            cure=f"rename `{near}` to `{missing[0]}`" if near else f"add `{missing[0]} = ...` to the list",
        )
    extra = [name for name in given if name not in names]
    if extra:
        notice(
            f"Input dict contained keys {extra} which did not match any model {kind}. They will be ignored "
            "by the model."
        )
    return [given[name] for name in names]


def _in_order(x: Any, wanted: int) -> list[Any]:
    """The arrays of an unnamed list; a list of numbers is one array."""
    if not isinstance(x, list | tuple) or (wanted == 1 and not holds_one_array(x)):
        return [x]
    return list(x)


def holds_one_array(x: Any) -> bool:
    """Whether x is a list of one array, rather than a list of numbers."""
    return isinstance(x, list | tuple) and len(x) == 1 and isinstance(x[0], np.ndarray | Tensor)


def _shapes(arrays: Sequence[Any]) -> str:
    return "[" + ", ".join(f"shape={tuple(np.shape(a))}" for a in arrays) + "]"


def to_tensor(array: Any, dtype: str, what: str) -> Tensor:
    """One array as a contiguous tensor of the type; converted in one pass, shared where it fits already.

    Raises:
        UserError: text, ragged lists, or missing values where whole numbers are needed
    """
    kind = getattr(torch, dtype)
    if isinstance(array, Tensor):
        if not kind.is_floating_point and array.is_floating_point():
            _refuse_missing(array.numpy(force=True), what)
        return array.to(kind).contiguous()
    try:
        values = np.asarray(array)
    except ValueError as error:
        raise _not_numbers(what, "its parts have different lengths") from error
    if values.dtype.kind not in "biuf":
        raise _not_numbers(what, f"it holds {_kind_name(values)}")
    if values.dtype.kind == "f" and not kind.is_floating_point:
        _refuse_missing(values, what)
    values = np.ascontiguousarray(values, dtype="float32" if dtype == "bfloat16" else dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a read-only array is fine: nothing writes to data
        return torch.from_numpy(values.reshape(np.shape(array))).to(kind)


def _kind_name(values: np.ndarray) -> str:
    return {"U": "text", "S": "text", "O": "values of mixed kinds", "c": "complex numbers"}.get(
        values.dtype.kind, f"values of type {values.dtype}"
    )


def _not_numbers(what: str, cause: str) -> UserError:
    return UserError(
        f"{what} cannot be converted to numbers",
        code=Code.DATA,
        cause=cause,
        cure="give a numeric array; turn text or factors into whole numbers first",
    )


def _refuse_missing(values: np.ndarray, what: str) -> None:
    """NA has no whole number to stand for it (in real data it is NaN and travels on, as in Keras)."""
    bad = ~np.isfinite(values)
    if bad.any():
        place = tuple(int(i) + 1 for i in np.argwhere(bad)[0])
        raise UserError(
            f"{what} holds a missing value where whole numbers are needed",
            code=Code.DATA,
            cause=f"element [{', '.join(map(str, place))}] is {values[bad][0]}",
            cure="remove or replace missing values, for example with na.omit()",
        )


def fit_rank(tensor: Tensor, shape: Sequence[int | None]) -> Tensor:
    """Add or drop a last axis of 1, as Keras does: a vector serves an input or output of width 1."""
    if tensor.ndim == len(shape) - 1 and shape[-1] == 1:
        return tensor.unsqueeze(-1)
    if tensor.ndim == len(shape) + 1 and tensor.shape[-1] == 1:
        return tensor.squeeze(-1)
    return tensor


def fits(shape: Sequence[int], wanted: Sequence[int | None]) -> bool:
    """Whether the axes behind the batch axis agree."""
    pairs = list(zip(shape, wanted, strict=False))[1:]
    return len(shape) == len(wanted) and all(w is None or n == w for n, w in pairs)


def _fit_input(
    i: int, tensor: Tensor, ports: Sequence[Port], tensors: list[Tensor], model_name: str
) -> Tensor:
    port = ports[i]
    tensor = fit_rank(tensor, port.shape)
    if fits(tensor.shape, port.shape):
        return tensor
    other = next((p.name for p in ports if p is not port and fits(tensor.shape, p.shape)), None)
    own = next((j for j, t in enumerate(tensors) if fits(fit_rank(t, port.shape).shape, port.shape)), None)
    if other and own is not None:
        cause, cure = (
            f"this array fits input `{other}`",
            "give the arrays in the order of the inputs, or by name",
        )
    elif fits((1, *tensor.shape), port.shape):
        cause, cure = (
            "this is one sample without the axis that counts samples, as x[1, ] makes it",
            "keep the axis: x[1, , drop = FALSE], or x[None] in Python",
        )
    else:
        cause = f"input `{port.name}` wants {_row(port.shape)} a sample, the data has {_row(tensor.shape)}"
        cure = "check the data's columns, or the `shape` of `layer_input()`"
    raise UserError(
        f'Input {i} of layer "{model_name}" is incompatible with the layer: expected '
        f"shape={tuple(port.shape)}, found shape={tuple(tensor.shape)}",
        code=Code.DATA,
        cause=cause,
        cure=cure,
    )


def _row(shape: Sequence[int | None]) -> str:
    inner = shape[1:]
    if not inner:
        return "one number"
    if len(inner) == 1:
        return f"{inner[0]} numbers"
    return "shape (" + ", ".join(str(n) for n in inner) + ")"


def same_length(x: Mapping[str, Tensor], y: Mapping[str, Tensor]) -> int:
    """The number of samples, which all arrays must share.

    Raises:
        UserError: different numbers of samples, or none at all
    """
    sizes = [len(t) for t in (*x.values(), *y.values())]
    if len(set(sizes)) > 1:
        lines = ["Data cardinality is ambiguous:"]
        lines += [
            f"  {n} sizes: {', '.join(str(len(t)) for t in d.values())}" for n, d in (("x", x), ("y", y)) if d
        ]
        raise UserError(
            "\n".join([*lines, "Make sure all arrays contain the same number of samples."]),
            code=Code.DATA,
            cause=", ".join(f"`{name}` has {len(t):,} samples" for name, t in (*x.items(), *y.items())),
            cure="the first axis of every array counts the samples",
        )
    if not sizes[0]:
        raise UserError(
            "The data holds no samples",
            code=Code.DATA,
            cause="the first axis of the arrays, which counts the samples, is 0",
            cure="check how the data was read or filtered",
        )
    return sizes[0]


def train_validation_split(data: Data, fraction: float) -> tuple[Data, Data]:
    """The first rows for training and the last `fraction` for validation, before shuffling, as Keras does.

    Raises:
        UserError: a fraction outside [0, 1), or one that leaves a part without samples
    """
    rows = len(data)
    if not 0 < fraction < 1:
        raise UserError(
            f"`validation_split` must be between 0 and 1, received: {fraction}",
            code=Code.VALUE,
            cause="it is the share of the samples that validates",
            cure="for example validation_split = 0.2",
        )
    cut = int(rows * (1.0 - fraction))
    if cut in (0, rows):
        raise UserError(
            f"Training data contains {rows} samples, which is not sufficient to split it into a validation "
            f"and training set as specified by `validation_split={fraction}`. Either provide more data, or a "
            "different value for the `validation_split` argument.",
            code=Code.DATA,
            cause=f"{fraction} of {rows} samples leaves one part empty",
            cure="choose another share",
        )
    return data.rows(0, cut), data.rows(cut, rows)
