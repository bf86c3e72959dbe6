"""names, dim and dimnames: reading and setting them, and their relatives rownames, colnames, nrow, ncol."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Call
from .. import language
from ..environment import Environment
from ..evaluator.calls import call_function
from ..foreign import foreign_type
from ..generics import invoke
from ..registry import BASE, Context, builtin
from ..values import NULL, RVector, character, integer, object_array, rlist
from ..vectors.coerce import convert_data, factor_or_text, has_class, one_flag, one_string, type_of


def frame_rows(x: RVector) -> int:
    """The number of rows of a data frame: its row names are counted, c(NA, -n) stands for 1:n."""
    rows = x.attribute("row.names")
    if rows is None:
        return len(x.data[0]) if len(x) else 0
    if rows.type != "character" and len(rows) == 2 and rows.is_na()[0]:
        return abs(int(rows.data[1]))
    return len(rows)


def names_of(x: Any) -> Any:
    """R's names(x)."""
    if isinstance(x, RVector):
        names = x.attribute("names")
        if names is None and x.dim is not None and len(x.dim) == 1 and x.attribute("dimnames") is not None:
            return x.attribute("dimnames").data[0]
        return NULL if names is None else names
    if isinstance(x, Environment):
        return character(x.listed())
    foreign = foreign_type(x)
    if foreign is not None:
        return character(foreign.names(x))
    if isinstance(x, Call):
        return names_of(language.to_list(x))
    return NULL


@builtin("names(x)", generic=True)
def names(x: Any) -> Any:
    return names_of(x)


def texts_or_null(value: Any) -> Any:
    """Names as a character vector, NULL stays."""
    if value is NULL:
        return NULL
    if not isinstance(value, RVector):
        raise UserError(f"invalid type ({type_of(value)}) to set 'names' attribute", code=Code.TYPE)
    texts = factor_or_text(value)
    return texts.with_attributes(None)


def with_names(x: RVector, value: Any) -> RVector:
    """x under names; too few are filled with NA."""
    texts = texts_or_null(value)
    if texts is NULL:
        return x.with_attribute("names", None)
    n = len(x)
    if len(texts) > n:
        raise UserError(
            f"'names' attribute [{len(texts)}] must be the same length as the vector [{n}]", code=Code.VALUE
        )
    if len(texts) < n:
        texts = RVector("character", object_array([*texts.data, *([None] * (n - len(texts)))]))
    if x.dim is not None and len(x.dim) == 1:
        return x.with_attribute("dimnames", rlist([texts]))
    if x.attributes and "names" not in x.attributes:
        # names stand first, as in R
        return x.with_attributes({"names": texts, **x.attributes})
    return x.with_attribute("names", texts)


@builtin("`names<-`(x, value)", generic=True)
def set_names_of(x: Any, value: Any) -> Any:
    if isinstance(x, RVector):
        return with_names(x, value)
    if x is NULL and (value is NULL or not len(value)):
        return NULL
    if isinstance(x, Call):
        return language.from_list(with_names(language.to_list(x), value))
    if x is NULL:
        raise UserError("attempt to set an attribute on NULL", code=Code.TYPE)
    raise UserError("names() applied to a non-vector", code=Code.TYPE)


@builtin("setNames(object = nm, nm)")
def set_names(ctx: Context, object: Any, nm: Any) -> Any:
    return call_function(BASE["names<-"], [(None, object), (None, nm)], ctx=ctx)


@builtin("unname(obj, force = FALSE)")
def unname(obj: Any, force: Any) -> Any:
    if not isinstance(obj, RVector):
        return obj
    out = obj.with_attribute("names", None)
    if out.attribute("dimnames") is not None and (
        not has_class(obj, "data.frame") or one_flag(force, "force")
    ):
        out = out.with_attribute("dimnames", None)
    return out


# dim


def dim_of(x: Any) -> tuple[int, ...] | None:
    """dim(x); data frames have one too."""
    if not isinstance(x, RVector):
        return None
    if has_class(x, "data.frame"):
        return frame_rows(x), len(x)
    return x.dim


@builtin("dim(x)", generic=True)
def dim(x: Any) -> Any:
    extents = dim_of(x)
    return NULL if extents is None else integer(list(extents))


def with_dim(x: RVector, value: Any) -> RVector:
    """x as an array; names and dimnames go."""
    kept = {k: v for k, v in (x.attributes or {}).items() if k not in ("names", "dim", "dimnames")}
    if value is NULL:
        return x.with_attributes(kept)
    if not isinstance(value, RVector) or value.type not in ("integer", "double", "logical"):
        raise UserError("invalid second argument", code=Code.ARGUMENT)
    extents = convert_data(value.data, value.type, "integer")
    if not len(extents):
        raise UserError("length-0 dimension vector is invalid", code=Code.ARGUMENT)
    if (extents == -2147483648).any():
        raise UserError("the dims contain missing values", code=Code.ARGUMENT)
    if (extents < 0).any():
        raise UserError("the dims contain negative values", code=Code.ARGUMENT)
    size = int(np.prod(extents.astype(np.int64)))
    if size != len(x):
        raise UserError(
            f"dims [product {size}] do not match the length of object [{len(x)}]",
            code=Code.VALUE,
            cause=f"{len(x)} elements cannot be laid out as {' x '.join(map(str, extents))}",
        )
    return x.with_attributes({**kept, "dim": RVector("integer", extents.copy())})


@builtin("`dim<-`(x, value)", generic=True)
def set_dim(x: Any, value: Any) -> Any:
    if not isinstance(x, RVector):
        raise UserError("invalid first argument, must be vector (list or atomic)", code=Code.TYPE)
    return with_dim(x, value)


@builtin("nrow(x)")
def nrow(x: Any) -> Any:
    extents = _dispatched_dim(x)
    return NULL if extents is None else integer(extents[0])


@builtin("ncol(x)")
def ncol(x: Any) -> Any:
    extents = _dispatched_dim(x)
    return NULL if extents is None else integer(extents[1]) if len(extents) > 1 else integer([None])


def _dispatched_dim(x: Any) -> list[int] | None:
    """dim(x) by method, so that objects with a dim method have rows and columns."""
    plain = isinstance(x, RVector) and (x.attribute("class") is None or has_class(x, "data.frame"))
    if plain:
        extents = dim_of(x)
        return None if extents is None else list(extents)
    if x is NULL or (not isinstance(x, RVector) and foreign_type(x) is None):
        return None
    value = invoke("dim", x)
    return None if value is NULL else [int(v) for v in value.data]


@builtin("NROW(x)")
def nrow_or_length(x: Any) -> RVector:
    extents = _dispatched_dim(x)
    return integer(extents[0] if extents else len(x))


@builtin("NCOL(x)")
def ncol_or_one(x: Any) -> RVector:
    extents = _dispatched_dim(x)
    return integer(extents[1] if extents and len(extents) > 1 else 1)


# dimnames


def dimnames_of(x: Any) -> Any:
    """dimnames(x); of a data frame its row names and names."""
    if not isinstance(x, RVector):
        return NULL
    if has_class(x, "data.frame"):
        rows = x.attribute("row.names")
        labels = NULL if rows is None else _row_labels(rows, frame_rows(x))
        return rlist([labels, names_of(x)])
    dimnames = x.attribute("dimnames")
    return NULL if dimnames is None else dimnames


def _row_labels(rows: RVector, n: int) -> RVector:
    if rows.type == "character":
        return rows.with_attributes(None)
    if len(rows) == 2 and rows.is_na()[0]:
        return character([str(i + 1) for i in range(n)])
    return RVector("character", convert_data(rows.data, rows.type, "character"))


@builtin("dimnames(x)", generic=True)
def dimnames(x: Any) -> Any:
    return dimnames_of(x)


def with_dimnames(x: RVector, value: Any) -> RVector:
    """x with names for its axes; their lengths must fit."""
    if value is NULL:
        return x.with_attribute("dimnames", None)
    extents = x.dim
    if extents is None:
        raise UserError("'dimnames' applied to non-array", code=Code.TYPE)
    if not isinstance(value, RVector) or value.type != "list":
        raise UserError("'dimnames' must be a list", code=Code.TYPE)
    if len(value) > len(extents):
        raise UserError(
            f"length of 'dimnames' [{len(value)}] must match that of 'dims' [{len(extents)}]", code=Code.VALUE
        )
    items = [_axis_labels(v, extents[k], k) for k, v in enumerate(value.data)]
    items += [NULL] * (len(extents) - len(items))
    if all(v is NULL for v in items) and value.names is None:
        return x.with_attribute("dimnames", None)
    titles = value.names
    return x.with_attribute("dimnames", rlist(items, None if titles is None else titles))


def _axis_labels(labels: Any, extent: int, axis: int) -> Any:
    if labels is NULL or not len(labels):
        return NULL
    texts = texts_or_null(labels)
    if len(texts) != extent:
        raise UserError(
            f"length of 'dimnames' [{axis + 1}] not equal to array extent",
            code=Code.VALUE,
            cause=f"there are {len(texts)} names for an extent of {extent}",
        )
    return texts


@builtin("`dimnames<-`(x, value)", generic=True)
def set_dimnames(x: Any, value: Any) -> Any:
    if not isinstance(x, RVector):
        raise UserError("'dimnames' applied to non-array", code=Code.TYPE)
    return with_dimnames(x, value)


def _axis_of(x: Any, axis: int, do_null: Any, prefix: Any) -> Any:
    value = dimnames_of(x) if isinstance(x, RVector) else invoke("dimnames", x)
    if value is not NULL and len(value) <= axis:
        raise UserError("subscript out of bounds", code=Code.SUBSCRIPT, cause="it has one dimension")
    labels = value.data[axis] if value is not NULL else NULL
    if labels is not NULL or one_flag(do_null, "do.NULL"):
        return labels
    extents = dim_of(x) or ()
    return character([f"{one_string(prefix, 'prefix')}{i + 1}" for i in range(extents[axis])])


@builtin("rownames(x, do.NULL = TRUE, prefix = 'row')")
def rownames(x: Any, do_null: Any, prefix: Any) -> Any:
    return _axis_of(x, 0, do_null, prefix)


@builtin("colnames(x, do.NULL = TRUE, prefix = 'col')")
def colnames(x: Any, do_null: Any, prefix: Any) -> Any:
    if has_class(x, "data.frame"):
        return names_of(x)
    return _axis_of(x, 1, do_null, prefix)


def _with_axis(x: Any, axis: int, value: Any) -> Any:
    extents = dim_of(x)
    if extents is None or len(extents) <= axis:
        what = "rownames" if axis == 0 else "colnames"
        kind = "array" if axis == 0 else "array of at least two dimensions"
        message = f"attempt to set '{what}' on an object with " + (
            "no dimensions" if axis == 0 else "less than two dimensions"
        )
        raise UserError(message, code=Code.TYPE, cause=f"only an {kind} has {what}")
    old = x.attribute("dimnames")
    items = list(old.data) if old is not None else [NULL] * len(extents)
    items[axis] = value
    return with_dimnames(x, rlist(items, old.names if old is not None else None))


@builtin("`rownames<-`(x, value)")
def set_rownames(x: Any, value: Any) -> Any:
    if has_class(x, "data.frame"):
        return invoke("row.names<-", x, value=value)
    return _with_axis(x, 0, value)


@builtin("`colnames<-`(x, value)")
def set_colnames(x: Any, value: Any) -> Any:
    if has_class(x, "data.frame"):
        return with_names(x, value)
    return _with_axis(x, 1, value)
