"""as.* and is.*: conversion between types, and questions about them."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Function, Name
from ..environment import Environment
from ..foreign import foreign_type
from ..generics import invoke
from ..language import to_list
from ..registry import builtin
from ..values import LANGUAGE, NULL, Builtin, Closure, Dots, RVector, character, integer, logical, rlist
from ..vectors.coerce import (
    as_vector,
    deparse_text,
    elements,
    factor_or_text,
    has_class,
    is_atomic,
    mode_of,
    one_string,
    type_of,
)
from ..vectors.subset import environment_value

# as.*


def _converted(x: Any, type: str) -> RVector:
    if isinstance(x, RVector) and x.type == type and not x.attributes:
        return x
    return as_vector(x, type)


def _declare_conversion(usage: str, type: str, *aliases: str) -> None:
    @builtin(usage, *aliases, generic=True)
    def conversion(x: Any, dots: Dots) -> RVector:
        return _converted(x, type)


_declare_conversion("as.double(x = double(), ...)", "double", "as.numeric")
_declare_conversion("as.integer(x = integer(), ...)", "integer")
_declare_conversion("as.complex(x = complex(), ...)", "complex")


@builtin("as.raw(x)")
def as_raw(x: Any) -> RVector:
    return _converted(x, "raw")


@builtin("as.logical(x = logical(), ...)", generic=True)
def as_logical(x: Any, dots: Dots) -> RVector:
    return as_vector(factor_or_text(x), "logical") if has_class(x, "factor") else _converted(x, "logical")


@builtin("as.character(x = character(), ...)", generic=True)
def as_character(x: Any, dots: Dots) -> RVector:
    return as_text(x)


@builtin("as.character.default(x, ...)")
def as_character_default(x: Any, dots: Dots) -> RVector:
    return as_text(x)


def as_text(x: Any) -> RVector:
    if isinstance(x, RVector):
        if x.type == "character" and not x.attributes:
            return x
        return factor_or_text(x)
    if x is NULL or isinstance(x, LANGUAGE):
        return as_vector(x, "character")
    if isinstance(x, (Closure, Builtin, Environment)):
        raise UserError(f"cannot coerce type '{type_of(x)}' to vector of type 'character'", code=Code.TYPE)
    return character(deparse_text(x))


_VECTOR_MODES = {"numeric": "double", "double": "double", "integer": "integer", "logical": "logical",
                 "character": "character", "complex": "complex", "raw": "raw", "list": "list",
                 "expression": "expression"}  # fmt: skip


@builtin("as.vector(x, mode = 'any')", generic=True)
def as_vector_(x: Any, mode: Any) -> Any:
    wanted = one_string(mode, "mode")
    if wanted == "any":
        if not isinstance(x, RVector):
            return x
        if has_class(x, "factor"):
            return factor_or_text(x)
        return x if not x.attributes else as_vector(x, x.type)
    if wanted in ("symbol", "name"):
        return Name(as_text(x).data[0])
    if wanted == "list":
        return list_from(x)
    if wanted not in _VECTOR_MODES:
        raise UserError("invalid 'mode' argument", code=Code.ARGUMENT)
    if wanted == "character":
        return as_text(x)
    return as_vector(x, _VECTOR_MODES[wanted])


def list_from(x: Any) -> RVector:
    """as.list of any value."""
    if isinstance(x, RVector):
        if x.type == "list":
            kept = {k: v for k, v in (x.attributes or {}).items() if k not in ("class", "row.names")}
            return x if not has_class(x, "data.frame") else x.with_attributes(kept)
        return rlist(elements(x), x.names)
    if x is NULL:
        return rlist([])
    if isinstance(x, Environment):
        names = [n for n in x.listed() if not n.startswith(".")]
        return rlist([environment_value(x, n) for n in names], names)
    if isinstance(x, (Call, Function)):
        return to_list(x)
    if isinstance(x, (Closure, Builtin)):
        formals = invoke("formals", x)
        known = [] if formals is NULL else elements(formals)
        return rlist([*known, invoke("body", x)], [*(formals.names or []), ""] if known else None)
    foreign = foreign_type(x)
    if foreign is not None and foreign.length(x) != 1:
        return rlist([foreign.subset(x, [(None, integer(i + 1))], True) for i in range(foreign.length(x))])
    return rlist([x])


@builtin("as.list(x, ...)", generic=True)
def as_list(x: Any, dots: Dots) -> RVector:
    return invoke("as.list.function", x) if isinstance(x, (Closure, Builtin)) else list_from(x)


@builtin("as.array(x, ...)", generic=True)
def as_array(x: Any, dots: Dots) -> Any:
    if not isinstance(x, RVector) or x.dim is not None:
        return x
    attributes: dict[str, Any] = {"dim": integer([len(x)])}
    if x.attribute("names") is not None:
        attributes["dimnames"] = rlist([x.attribute("names")])
    return x.with_attributes(attributes)


@builtin("as.matrix(x, ...)", generic=True)
def as_matrix(x: Any, dots: Dots) -> Any:
    return matrix_from(x)


def matrix_from(x: Any) -> Any:
    """A vector as one column, its names as row names."""
    if not isinstance(x, RVector) or (x.dim is not None and len(x.dim) == 2):
        return x
    if has_class(x, "factor"):
        x = factor_or_text(x).with_attributes({"names": x.attribute("names")} if x.names else None)
    attributes: dict[str, Any] = {"dim": integer([len(x), 1])}
    names = x.attribute("names")
    if names is None and x.dim is not None and x.attribute("dimnames") is not None:
        names = x.attribute("dimnames").data[0]
    if names is not None and names is not NULL:
        attributes["dimnames"] = rlist([names, NULL])
    return x.with_attributes(attributes)


# Types by name


# is.*


def _is_numeric(x: Any) -> bool:
    return isinstance(x, RVector) and x.type in ("integer", "double") and not has_class(x, "factor")


def _has_rank(x: Any, rank: int | None) -> bool:
    dim = x.dim if isinstance(x, RVector) else None
    return dim is not None and (rank is None or len(dim) == rank)


_TESTS: dict[str, Any] = {
    "is.null": lambda x: x is NULL,
    "is.logical": lambda x: type_of(x) == "logical",
    "is.integer": lambda x: type_of(x) == "integer",
    "is.double": lambda x: type_of(x) == "double",
    "is.complex": lambda x: type_of(x) == "complex",
    "is.character": lambda x: type_of(x) == "character",
    "is.raw": lambda x: type_of(x) == "raw",
    "is.list": lambda x: type_of(x) == "list",
    "is.pairlist": lambda x: x is NULL,
    "is.atomic": lambda x: is_atomic(x) or x is NULL,
    "is.recursive": lambda x: not is_atomic(x) and x is not NULL and not isinstance(x, Name),
    "is.single": lambda x: False,
}

_GENERIC_TESTS: dict[str, Any] = {
    "is.numeric": _is_numeric,
    "is.matrix": lambda x: _has_rank(x, 2),
    "is.array": lambda x: _has_rank(x, None),
}


def _declare_test(name: str, test: Any, generic: bool) -> None:
    @builtin(f"{name}(x)", generic=generic)
    def is_(x: Any) -> RVector:
        return logical(bool(test(x)))


for _name, _test in _TESTS.items():
    _declare_test(_name, _test, False)
for _name, _test in _GENERIC_TESTS.items():
    _declare_test(_name, _test, True)


@builtin("is.vector(x, mode = 'any')")
def is_vector_(x: Any, mode: Any) -> RVector:
    wanted = one_string(mode, "mode")
    if not isinstance(x, RVector):
        return logical(wanted in ("symbol", "name") and isinstance(x, Name))
    fits = wanted in ("any", x.type, mode_of(x))
    return logical(fits and not (set(x.attributes or ()) - {"names"}))
