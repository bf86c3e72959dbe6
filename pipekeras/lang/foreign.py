"""Objects of other worlds (tensors, layers, models) as R values: they say here how R may use them.

`lang` must not know of layers, so whoever brings a Python type into R registers a `ForeignType` for it.
No attribute of a Python object is reachable from R but through `get`.
"""

from __future__ import annotations

from typing import Any

from ..errors import Code, UserError
from .registry import Context
from .values import Dots


class ForeignType:
    """How R sees a Python type. Override what makes sense; the rest refuses as R does."""

    def classes(self, obj: Any) -> list[str]:
        """R's `class(obj)`, most specific first; S3 methods are found by it."""
        raise NotImplementedError

    def show(self, obj: Any) -> str:
        """What `print(obj)` prints, without the last newline."""
        raise NotImplementedError

    def get(self, obj: Any, name: str) -> Any:
        """The R value of `obj$name`."""
        raise UserError(f"object of class '{self.classes(obj)[0]}' has no `{name}`", code=Code.NAME)

    def set(self, obj: Any, name: str, value: Any) -> Any:
        """`obj$name <- value`: changes obj and returns it."""
        raise UserError(f"cannot set `{name}` of an object of class '{self.classes(obj)[0]}'", code=Code.TYPE)

    def names(self, obj: Any) -> list[str]:
        """What `names(obj)` gives and `obj$<Tab>` completes."""
        return []

    def call(self, obj: Any, args: Dots, ctx: Context) -> Any:
        """`obj(...)`; only if `callable`."""
        raise UserError("attempt to apply non-function", code=Code.FUNCTION)

    def callable(self, obj: Any) -> bool:
        return False

    def length(self, obj: Any) -> int:
        return 1

    def subset(self, obj: Any, args: Dots, double: bool) -> Any:
        """`obj[...]` or, if double, `obj[[...]]`."""
        raise UserError(f"object of type '{self.classes(obj)[0]}' is not subsettable", code=Code.TYPE)

    def arith(self, operator: str, left: Any, right: Any) -> Any:
        """`left operator right` where one of them is of this type; a unary operator has right NULL."""
        raise UserError("non-numeric argument to binary operator", code=Code.TYPE)

    def deparse(self, obj: Any) -> str:
        return "<pointer>"


_types: dict[type, ForeignType] = {}
_known: dict[type, ForeignType | None] = {}
"""What was found for a type; looked at for nearly every value."""


def register_foreign(python_type: type, foreign: ForeignType) -> None:
    """Let R use objects of a Python type and its subtypes."""
    _types[python_type] = foreign
    _known.clear()


def foreign_type(obj: Any) -> ForeignType | None:
    """How R sees the object, or None when it is a value of R itself (or unknown)."""
    kind = type(obj)
    if kind in _known:
        return _known[kind]
    _known[kind] = found = next((_types[t] for t in kind.__mro__ if t in _types), None)
    return found
