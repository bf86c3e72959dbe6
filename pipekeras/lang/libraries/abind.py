"""abind: arrays joined along any dimension, old or new."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..generics import invoke
from ..values import MISSING, NULL, RVector, character, integer, rlist
from ..vectors.coerce import common_type, convert_data, elements, guard_joined, one_int, one_number
from ..vectors.subset import get_subset
from .library import Library

library = Library("abind")

Labels = list[Any]
"""The dimnames of each dimension, None where there are none."""


def _array(x: RVector, kind: str) -> tuple[np.ndarray, Labels]:
    """The values in shape, and the dimnames."""
    dim = x.dim or (len(x),)
    data = convert_data(x.data, x.type, kind).reshape(dim, order="F")
    if x.dim is None:
        return data, [x.names and [n or "" for n in x.names]]
    names = x.attribute("dimnames")
    if names is None:
        return data, [None] * len(dim)
    return data, [None if n is NULL else list(n.data) for n in names.data]


def _joined_labels(parts: list[tuple[np.ndarray, Labels]], axis: int, tags: list[str]) -> Labels:
    rank = parts[0][0].ndim
    out: Labels = []
    for k in range(rank):
        if k != axis:
            out.append(next((labels[k] for _, labels in parts if labels[k]), None))
            continue
        names: list[str] = []
        for (data, labels), tag in zip(parts, tags, strict=True):
            own = labels[k]
            size = data.shape[k]
            if own:
                names += own
            elif tag and size == 1:
                names.append(tag)
            elif tag:
                names += [f"{tag}{i + 1}" for i in range(size)]
            else:
                names += [""] * size
        out.append(names if any(names) else None)
    return out


@library.function(
    "abind(..., along = NULL, rev.along = NULL, new.names = NULL, force.array = TRUE, make.names = FALSE,"
    " use.anon.names = FALSE, use.first.dimnames = FALSE, hier.names = FALSE, use.dnns = FALSE)"
)
def abind(
    dots,
    along,
    rev_along,
    new_names,
    force_array,
    make_names,
    use_anon_names,
    use_first_dimnames,
    hier_names,
    use_dnns,
):
    pairs = [(n or "", v) for n, v in dots]
    if len(pairs) == 1 and isinstance(pairs[0][1], RVector) and pairs[0][1].type == "list":
        values = pairs[0][1]
        names = values.names or [""] * len(values)
        pairs = [(n or "", v) for n, v in zip(names, elements(values), strict=True)]
    pairs = [(n, invoke("as.matrix", v) if _is_frame(v) else v) for n, v in pairs if v is not NULL]
    if not pairs:
        return NULL
    values = [v for _, v in pairs]
    kind = common_type(values)
    guard_joined(values, kind)
    parts = [_array(v, kind) for _, v in pairs]
    rank = max(data.ndim for data, _ in parts)
    position = float(rank) if along is NULL else one_number(along, "along")
    if rev_along is not NULL:
        position = rank + 1 - one_int(rev_along, "rev.along")
    if position < 1 or position > rank or position != int(position):
        axis = max(int(np.ceil(position)) - 1, 0)
        fresh = True
    else:
        axis, fresh = int(position) - 1, False
    shaped = [_with_axis(data, labels, axis, rank, fresh) for data, labels in parts]
    _check(shaped, axis)
    data = np.concatenate([d for d, _ in shaped], axis=axis)
    labels = _joined_labels(shaped, axis, [n for n, _ in pairs])
    attributes: dict[str, Any] = {"dim": integer(list(data.shape))}
    if any(labels):
        attributes["dimnames"] = rlist([NULL if x is None else character(x) for x in labels])
    return RVector(kind, data.ravel(order="F"), attributes)


def _is_frame(value: Any) -> bool:
    from ..frames import is_frame

    return is_frame(value)


def _with_axis(
    data: np.ndarray, labels: Labels, axis: int, rank: int, fresh: bool
) -> tuple[np.ndarray, Labels]:
    """The array with a dimension of 1 where the others are joined, if it has none there."""
    if fresh or data.ndim < rank:
        return np.expand_dims(data, axis), [*labels[:axis], None, *labels[axis:]]
    return data, labels


def _check(parts: list[tuple[np.ndarray, Labels]], axis: int) -> None:
    first = parts[0][0].shape
    for i, (data, _) in enumerate(parts):
        if len(data.shape) != len(first) or any(
            a != b for k, (a, b) in enumerate(zip(data.shape, first, strict=True)) if k != axis
        ):
            raise UserError(
                f"arg 'X{i + 1}' has dims={', '.join(map(str, data.shape))}; but need dims="
                + ", ".join("X" if k == axis else str(n) for k, n in enumerate(first)),
                code=Code.SHAPE,
            )


@library.function("asub(x, idx, dims = NULL, drop = NULL)")
def asub(x, idx, dims, drop):
    rank = len(x.dim or (1,))
    chosen = [rank] if dims is NULL else [int(d) for d in dims.data]
    parts = elements(idx) if idx.type == "list" else [idx]
    index: list[Any] = [MISSING] * rank
    for d, part in zip(chosen, parts, strict=True):
        index[d - 1] = part
    return get_subset(x, index, drop is NULL or bool(drop.data[0]))


@library.function("adrop(x, drop = TRUE, named.vector = TRUE, one.d.array = FALSE)")
def adrop(x, drop, named_vector, one_d_array):
    dim = x.dim or (len(x),)
    gone = (
        {int(d) - 1 for d in drop.data}
        if drop.type != "logical"
        else {k for k, n in enumerate(dim) if n == 1}
    )
    kept = [k for k in range(len(dim)) if k not in gone]
    names = x.attribute("dimnames")
    if len(kept) < 2:
        labels = names.data[kept[0]] if names is not None and kept else NULL
        return RVector(x.type, x.data, None if labels is NULL else {"names": labels})
    attributes: dict[str, Any] = {"dim": integer([dim[k] for k in kept])}
    if names is not None:
        attributes["dimnames"] = rlist([names.data[k] for k in kept])
    return RVector(x.type, x.data, attributes)
