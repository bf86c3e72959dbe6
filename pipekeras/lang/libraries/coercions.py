"""Values as objects of another class: as and setAs of S4, and the basic conversions."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from .. import s4
from ..dispatch import class_of
from ..evaluator.calls import apply
from ..generics import invoke
from ..values import Closure, RVector
from ..vectors.coerce import one_string
from .library import Library

library = Library("methods")

_BASIC = {
    "numeric": "as.numeric",
    "double": "as.numeric",
    "integer": "as.integer",
    "character": "as.character",
    "logical": "as.logical",
    "complex": "as.complex",
    "raw": "as.raw",
    "list": "as.list",
    "factor": "as.factor",
    "vector": "as.vector",
    "matrix": "as.matrix",
    "data.frame": "as.data.frame",
    "function": "as.function",
    "name": "as.name",
    "environment": "as.environment",
    "expression": "as.expression",
    "Date": "as.Date",
}
"""What converts to a basic class."""


@library.function("setAs(from, to, def, replace = NULL, where = NULL)", invisible=True)
def set_as(from_, to, definition, replace=None, where=None):
    s4.state().coercions[one_string(from_, "from"), one_string(to, "to")] = definition
    return to


@library.function("as(object, Class)")
def as_(object_, cls):
    wanted = one_string(cls, "Class")
    if class_of(object_)[0] == wanted:
        return object_
    for start in s4.distances(object_):
        rule = s4.state().coercions.get((start, wanted))
        if rule is not None:
            return apply(rule, [(None, object_)])
    if s4.is_instance(object_) and wanted in s4.distances(object_):
        return _as_ancestor(object_, wanted)
    if wanted == "numeric" and isinstance(object_, RVector) and object_.type == "integer":
        return object_
    if wanted in _BASIC and isinstance(object_, RVector) and object_.type == "S4":
        raise UserError("no method for coercing this S4 class to a vector", code=Code.TYPE)
    if wanted in _BASIC and not isinstance(object_, Closure):
        return invoke(_BASIC[wanted], object_)
    raise UserError(
        f"no method or default for coercing “{class_of(object_)[0]}” to “{wanted}”",
        code=Code.TYPE,
        cure=f'setAs("{class_of(object_)[0]}", "{wanted}", function(from) ...) defines one',
    )


def _as_ancestor(value: Any, wanted: str) -> Any:
    """An object seen as one of a class above its own: that class's slots, or the data part."""
    if wanted not in s4.state().classes:
        return RVector(value.type, value.data)
    if s4.definition(wanted).virtual:
        return value
    made = s4.blank(wanted)
    for slot in s4.definition(wanted).slots:
        made = s4.with_slot(made, slot, (value.attributes or {})[slot])
    return made
