"""S4 and reference classes are always visible; their modules are imported when one is first used."""

from __future__ import annotations

from typing import Any

from ..packages import space_of
from ..registry import BASE
from ..values import LazyBinding

NAMES = [
    "setClass",
    "new",
    "validObject",
    "setGeneric",
    "setMethod",
    "setReplaceMethod",
    "standardGeneric",
    "isVirtualClass",
    "slot",
    "slot<-",
    "slotNames",
    "getSlots",
    ".hasSlot",
    "is",
    "isS4",
    "show",
    "callNextMethod",
    "callGeneric",
    "setValidity",
    "representation",
    "signature",
    "prototype",
    "setRefClass",
    "existsMethod",
    "hasMethod",
    "getMethod",
    "selectMethod",
    "removeMethod",
    "extends",
    "setClassUnion",
    "isGeneric",
    "initialize",
    "getClass",
    "getClassDef",
    "showClass",
    "existsClass",
    "isClass",
    "removeClass",
    "as",
    "setAs",
    "showMethods",
]


def _load(name: str) -> Any:
    from ..libraries import coercions, methods, methods_classes, refclasses  # noqa: F401  declare the functions

    values = space_of("methods").values
    BASE.update({each: values[each] for each in NAMES})
    return values[name]


for _name in NAMES:
    BASE[_name] = LazyBinding(lambda name=_name: _load(name))
