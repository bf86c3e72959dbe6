"""Attributes, classes and types: attr, structure, class, unclass, inherits, typeof, mode; S3 from R code."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Call
from .. import dispatch, lookup
from ..dispatch import class_of, explicit_class, type_of
from ..environment import Environment
from ..generics import invoke
from ..registry import Context, builtin
from ..values import (
    DTYPES,
    NULL,
    Builtin,
    Closure,
    Dots,
    Formula,
    RVector,
    character,
    integer,
    logical,
    rlist,
)
from ..vectors.coerce import coerce, mode_of, one_flag, one_string, strings


def attributes_of(value: Any) -> dict[str, Any]:
    """The attributes of a value of R; none for anything else."""
    if isinstance(value, (RVector, Closure, Builtin, Environment, Formula)):
        return value.attributes or {}
    return {}


def replace_attributes(value: Any, attributes: dict[str, Any]) -> Any:
    """The value under other attributes. Environments are changed, as they are not copied in R either."""
    if isinstance(value, RVector):
        return value.with_attributes(attributes)
    if isinstance(value, Environment):
        value.attributes = attributes or None
        return value
    if isinstance(value, Closure):
        made = Closure(value.node, value.signature, value.environment)
        made.attributes = attributes or None
        return made
    if isinstance(value, Call):
        return Formula(value, attributes) if attributes else Call(value.function, value.args, value.span)
    if isinstance(value, Builtin):
        made = Builtin(
            value.name,
            value.usage,
            value.function,
            kind=value.kind,
            wants_context=value.wants_context,
            fallbacks=value.fallbacks,
        )
        made.attributes = attributes or None
        return made
    if value is NULL:
        if not attributes:
            return NULL
        return RVector("list", np.empty(0, dtype=object), attributes)
    raise UserError("cannot set attributes of this object", code=Code.TYPE)


def with_attribute(value: Any, name: str, new: Any) -> Any:
    """The value with one attribute set by R's rules, or removed by NULL."""
    attributes = dict(attributes_of(value))
    if new is NULL:
        attributes.pop(name, None)
        if name == "dim":
            attributes.pop("dimnames", None)
        return replace_attributes(value, attributes)
    if name in _CHECKED and isinstance(value, RVector):
        new = _CHECKED[name](value, new)
        if name == "dim":
            attributes.pop("names", None)
            attributes.pop("dimnames", None)
    if isinstance(new, RVector):
        new.named = 2
    attributes[name] = new
    return replace_attributes(value, attributes)


def _names(value: RVector, new: Any) -> RVector:
    if isinstance(new, RVector) and "factor" in (explicit_class(new) or []):
        text = strings(new, "value")
    else:
        text = list(coerce(new, "character").data)
    if len(text) > len(value):
        raise UserError(
            f"'names' attribute [{len(text)}] must be the same length as the vector [{len(value)}]",
            code=Code.VALUE,
        )
    return character([*text, *[None] * (len(value) - len(text))])


def _dim(value: RVector, new: Any) -> RVector:
    dim = coerce(new, "integer")
    product = 1
    for d in dim.data.tolist():
        product *= d
    if product != len(value):
        raise UserError(
            f"dims [product {product}] do not match the length of object [{len(value)}]",
            code=Code.VALUE,
            cause="a matrix needs as many elements as its dimensions multiply to",
        )
    return RVector("integer", dim.data)


def _dimnames(value: RVector, new: Any) -> RVector:
    dim = value.dim
    if dim is None:
        raise UserError("'dimnames' applied to non-array", code=Code.TYPE)
    if not isinstance(new, RVector) or new.type != "list":
        raise UserError("'dimnames' must be a list", code=Code.TYPE)
    if len(new) > len(dim):
        raise UserError(
            f"length of 'dimnames' [{len(new)}] must match that of 'dims' [{len(dim)}]", code=Code.VALUE
        )
    items = []
    for i, item in enumerate(new.data):
        if item is NULL or len(item) == 0:
            items.append(NULL)
            continue
        if len(item) != dim[i]:
            raise UserError(f"length of 'dimnames' [{i + 1}] not equal to array extent", code=Code.VALUE)
        items.append(character(strings(item, "dimnames")))
    items += [NULL] * (len(dim) - len(items))
    return rlist(items, new.names)


def _class(value: RVector, new: Any) -> RVector:
    if not isinstance(new, RVector) or new.type != "character":
        raise UserError("attempt to set invalid 'class' attribute", code=Code.TYPE)
    if "factor" in new.data and value.type != "integer":
        raise UserError('adding class "factor" to an invalid object', code=Code.TYPE)
    return new


_CHECKED = {"names": _names, "dim": _dim, "dimnames": _dimnames, "class": _class}


@builtin("attr(x, which, exact = FALSE)")
def attr(x: Any, which: Any = None, exact: Any = None) -> Any:
    if which is None:
        raise UserError("either 2 or 3 arguments are required", code=Code.ARGUMENT)
    if not isinstance(which, RVector) or which.type != "character":
        raise UserError("'which' must be of mode character", code=Code.ARGUMENT)
    if len(which) != 1:
        raise UserError("exactly one attribute 'which' must be given", code=Code.ARGUMENT)
    name = one_string(which, "which")
    attributes = visible_attributes(x)
    value = attributes.get(name)
    if value is None and not (exact is not None and one_flag(exact, "exact")):
        partial = [n for n in attributes if n.startswith(name)]
        value = attributes[partial[0]] if len(partial) == 1 else None
    if isinstance(value, RVector):
        value.named = 2
    return NULL if value is None else value


def visible_attributes(x: Any) -> dict[str, Any]:
    """Attributes as R shows them: compact row names are spelt out."""
    attributes = attributes_of(x)
    rows = attributes.get("row.names")
    if isinstance(rows, RVector) and rows.type == "integer" and len(rows) == 2 and rows.is_na()[0]:
        count = abs(int(rows.data[1]))
        attributes = {**attributes, "row.names": integer(np.arange(1, count + 1, dtype=np.int32))}
    return attributes


@builtin("`attr<-`(x, which, value)")
def set_attr(x: Any, which: Any, value: Any) -> Any:
    _refuse_null(x, value)
    wrong = not isinstance(which, RVector) or which.type != "character" or not len(which)
    if wrong or which.data[0] is None:
        raise UserError("'name' must be non-null character string", code=Code.ARGUMENT)
    if which.data[0] == "":
        raise UserError("attempt to use zero-length variable name", code=Code.ARGUMENT)
    return with_attribute(x, str(which.data[0]), value)


def _refuse_null(x: Any, value: Any) -> None:
    if x is NULL and value is not NULL:
        raise UserError("attempt to set an attribute on NULL", code=Code.TYPE)


@builtin("attributes(x)")
def attributes(x: Any) -> Any:
    found = visible_attributes(x)
    if not found:
        return NULL
    names = sorted(found, key=lambda n: n != "names")  # R lists names first
    return rlist([found[n] for n in names], names)


@builtin("`attributes<-`(x, value)", "`mostattributes<-`")
def set_attributes(x: Any, value: Any) -> Any:
    result = replace_attributes(x, {})
    if value is NULL:
        return result
    pairs = dict(zip(value.names or [], value.data, strict=False))
    for name in sorted(pairs, key=lambda n: n != "dim"):
        result = with_attribute(result, str(name), pairs[name])
    return result


@builtin("structure(.Data, ...)")
def structure(data: Any, dots: Dots) -> Any:
    spelled = {".Names": "names", ".Dim": "dim", ".Dimnames": "dimnames", ".Label": "levels"}
    result = data
    for name, value in dots:
        if not name:
            raise UserError("attributes must be named", code=Code.ARGUMENT)
        result = with_attribute(result, spelled.get(name, name), value)
    return result


# Classes


@builtin("class(x)")
def class_(x: Any) -> Any:
    own = x.attribute("class") if isinstance(x, RVector) else attributes_of(x).get("class")
    return own if own is not None and own.attributes else character(class_of(x))


@builtin(".class2(x)")
def class2(x: Any) -> Any:
    return attributes_of(x).get("class") or character(dispatch.implicit_class(x))


@builtin("oldClass(x)")
def old_class(x: Any) -> Any:
    return attributes_of(x).get("class", NULL)


@builtin("`class<-`(x, value)", "`oldClass<-`")
def set_class(x: Any, value: Any) -> Any:
    _refuse_null(x, value)
    if isinstance(value, RVector) and "factor" in value.data and getattr(x, "type", None) != "integer":
        raise UserError('adding class "factor" to an invalid object', code=Code.TYPE)
    if isinstance(value, RVector) and len(value) == 1 and isinstance(x, RVector):
        name = value.data[0]
        if name in ("numeric", "integer", "character", "logical", "list", "double", "complex"):
            plain = x.with_attribute("class", None)
            return (
                plain
                if name == "numeric" and x.type in ("integer", "double")
                else coerce(plain, "double" if name == "numeric" else name)
            )
        if name in ("matrix", "array", "function"):
            if name == "matrix" and (x.dim is None or len(x.dim) != 2):
                raise UserError(
                    "invalid to set the class to matrix unless the dimension attribute is of length 2 (was "
                    f"{len(x.dim or ())})",
                    code=Code.VALUE,
                )
            return x.with_attribute("class", None)
    return with_attribute(x, "class", NULL if isinstance(value, RVector) and not len(value) else value)


@builtin("unclass(x)")
def unclass(x: Any) -> Any:
    return with_attribute(x, "class", NULL) if "class" in attributes_of(x) else x


@builtin("inherits(x, what, which = FALSE)")
def inherits(x: Any, what: Any, which: Any) -> Any:
    classes = class_of(x)
    if not isinstance(what, RVector) or what.type != "character":
        raise UserError(
            "'what' must be a character vector or an object with a nameOfClass() method", code=Code.TYPE
        )
    if one_flag(which, "which"):
        return integer([classes.index(w) + 1 if w in classes else 0 for w in what.data])
    return logical(any(w in classes for w in what.data))


# S3 from R code


@builtin("getS3method(f, class, optional = FALSE, envir = parent.frame())")
def get_s3_method(ctx: Context, f: Any, cls: Any, optional: Any, envir: Any = None) -> Any:
    generic, name = one_string(f, "f"), one_string(cls, "class")
    method = dispatch.find_method(generic, name, ctx.env)
    if method is None:
        if one_flag(optional, "optional"):
            return NULL
        raise UserError(f"S3 method '{generic}.{name}' not found", code=Code.NAME)
    return method


@builtin("registerS3method(genname, class, method, envir = parent.frame())", ".S3method", invisible=True)
def register_s3_method(ctx: Context, generic: Any, cls: Any, method: Any, envir: Any = None) -> Any:
    if isinstance(method, RVector):
        method = lookup.lookup_function(one_string(method, "method"), ctx.env)
    dispatch.register_method(one_string(generic, "genname"), one_string(cls, "class"), method)
    return NULL


# Types


@builtin("is.object(x)")
def is_object(x: Any) -> Any:
    return logical(explicit_class(x) is not None)


@builtin("is.environment(x)")
def is_environment(x: Any) -> Any:
    return logical(isinstance(x, Environment))


@builtin("typeof(x)")
def typeof(x: Any) -> Any:
    return character(type_of(x))


@builtin("mode(x)")
def mode(x: Any) -> Any:
    return character(mode_of(x))


@builtin("storage.mode(x)")
def storage_mode(x: Any) -> Any:
    kind = type_of(x)
    return character("function" if kind in ("closure", "builtin", "special") else kind)


@builtin("`storage.mode<-`(x, value)", "`mode<-`")
def set_storage_mode(x: Any, value: Any) -> Any:
    if not isinstance(value, RVector) or value.type != "character" or len(value) != 1:
        raise UserError("'value' must be non-null character string", code=Code.ARGUMENT)
    kind = one_string(value, "value")
    if kind in ("call", "name", "symbol", "function", "expression"):
        return invoke(f"as.{kind}", x)
    if kind not in ("numeric", *DTYPES):
        raise UserError("invalid value", code=Code.ARGUMENT)
    return coerce(x, "double" if kind == "numeric" else kind)
