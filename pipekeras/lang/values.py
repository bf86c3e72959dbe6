"""R's values: vectors on numpy with attributes and NA, lists, NULL, functions, promises.

Data of a vector is one-dimensional, in R's column-major order; `dim` is an attribute as in R.
Arrays inside values are never written to, except by replacement (`x[i] <- v`), which asks `named` first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from ..syntax.tree import Call, Function, Name
from .limits import guard_text, guard_texts

if TYPE_CHECKING:
    from ..signature import Signature
    from .environment import Environment

NA_LOGICAL = np.int8(-128)
NA_INTEGER = np.int32(-2147483648)
NA_REAL = np.array([0x7FF80000000007A2], dtype=np.uint64).view(np.float64)[0]
"""R's NA is a NaN whose low word is 1954; arithmetic keeps it apart from other NaNs. Here it is a quiet one:
numpy warns of signalling NaNs."""
NA_CHARACTER = None

DTYPES: dict[str, Any] = {
    "logical": np.int8,
    "integer": np.int32,
    "double": np.float64,
    "complex": np.complex128,
    "character": object,
    "raw": np.uint8,
    "list": object,
    "expression": object,
}
"""numpy's type for each of R's vector types, as `typeof` names them. logical: 0, 1, NA_LOGICAL."""

Attributes: TypeAlias = "dict[str, Any]"


class RNull:
    """R's NULL; there is one, `NULL`."""

    __slots__ = ()
    type = "NULL"
    attributes = None

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "NULL"


NULL = RNull()


class RVector:
    """A vector of any of R's types in DTYPES.

    Attributes:
        type: R's `typeof`
        data: one-dimensional numpy array of dtype DTYPES[type]
        attributes: names, dim, dimnames, class, levels, ... in the order they were set, or None
        named: how many variables may see this value: 0 fresh, 1 one variable, 2 more (copy before writing)
    """

    __slots__ = ("attributes", "data", "named", "type")

    def __init__(self, type: str, data: np.ndarray, attributes: Attributes | None = None) -> None:
        self.type = type
        self.data = data
        self.attributes = attributes or None
        self.named = 0

    def __len__(self) -> int:
        return len(self.data)

    def __repr__(self) -> str:
        return f"RVector({self.type}, {self.data!r}, {self.attributes!r})"

    def attribute(self, name: str) -> Any:
        """The attribute, or None where there is none. It stays shared with this vector."""
        value: Any = self.attributes.get(name) if self.attributes else None
        if value.__class__ is RVector:
            value.named = 2
        return value

    @property
    def names(self) -> list[str | None] | None:
        """R's `names(x)` as a Python list: the attribute, or the dimnames of a one-dimensional array."""
        names = self.attribute("names")
        if names is not None:
            return list(names.data)
        dim, dimnames = self.attribute("dim"), self.attribute("dimnames")
        if dim is None or dimnames is None or len(dim) != 1 or dimnames.data[0] is NULL:
            return None
        return list(dimnames.data[0].data)

    @property
    def dim(self) -> tuple[int, ...] | None:
        dim = self.attribute("dim")
        return None if dim is None else tuple(int(d) for d in dim.data)

    def with_attributes(self, attributes: Attributes | None) -> RVector:
        """The same data under other attributes. Both now share data, so neither may be written in place."""
        self.named = 2
        other = RVector(self.type, self.data, dict(attributes) if attributes else None)
        other.named = 2
        return other

    def with_attribute(self, name: str, value: Any) -> RVector:
        """The same data with one attribute set, or removed by None or NULL."""
        attributes = dict(self.attributes or {})
        if value is None or value is NULL:
            attributes.pop(name, None)
        else:
            attributes[name] = value
        return self.with_attributes(attributes)

    def copy(self) -> RVector:
        """A copy that may be written to."""
        return RVector(self.type, self.data.copy(), dict(self.attributes) if self.attributes else None)

    def is_na(self) -> np.ndarray:
        """Boolean array: which elements are NA (NaN too, as R's is.na)."""
        if self.type in ("double", "complex"):
            return np.isnan(self.data)
        if self.type == "integer":
            return self.data == NA_INTEGER
        if self.type == "logical":
            return self.data == NA_LOGICAL
        if self.type == "character":
            return np.equal(self.data, None).astype(bool)  # pyright: ignore
        return np.zeros(len(self.data), dtype=bool)


class Scalar(RVector):
    """A vector of one element kept as a Python value: what scalar code is made of, without numpy's overhead.

    It is never written to (`named` is always 2); `data` makes a new array each time.
    """

    __slots__ = ("value",)

    def __init__(self, type: str, value: Any) -> None:
        self.type = type
        self.value = value  # float; int, or NA_INTEGER as int; 0, 1 or -128 for logical; str or None
        self.attributes = None

    def __len__(self) -> int:
        return 1

    @property
    def data(self) -> np.ndarray:  # pyright: ignore[reportIncompatibleVariableOverride]
        return np.array([self.value], dtype=DTYPES[self.type])

    @property
    def named(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        return 2

    @named.setter
    def named(self, value: int) -> None:
        pass

    def copy(self) -> RVector:
        return RVector(self.type, self.data, dict(self.attributes) if self.attributes else None)


TRUE = Scalar("logical", 1)
FALSE = Scalar("logical", 0)
NA = Scalar("logical", -128)


def is_real_na(data: np.ndarray) -> np.ndarray:
    """Which doubles are NA and not merely NaN."""
    low = np.ascontiguousarray(data).view(np.uint64) & np.uint64(0xFFFFFFFF)
    return np.isnan(data) & (low == 1954)


def object_array(items: Sequence[Any]) -> np.ndarray:
    """A one-dimensional object array; numpy must not look inside the items."""
    return np.fromiter(items, dtype=object, count=len(items))


def stretched(data: np.ndarray, length: int) -> np.ndarray:
    """A fresh array of a length, the data used again as often as needed (numpy's resize is slow at that)."""
    size = len(data)
    if length <= size:
        return data[:length].copy()
    if size == 0:
        return np.zeros(length, dtype=data.dtype)
    return np.repeat(data, length) if size == 1 else np.tile(data, -(-length // size))[:length]


def _single(type: str, value: Any, attributes: Attributes | None) -> RVector:
    if not attributes:
        return Scalar(type, value)
    return RVector(type, np.array([value], dtype=DTYPES[type]), attributes)


def logical(values: bool | Iterable[Any], attributes: Attributes | None = None) -> RVector:
    """A logical vector from one bool, or from bools and None (NA)."""
    if isinstance(values, (bool, np.bool_)):
        return _single("logical", int(values), attributes)
    if isinstance(values, np.ndarray):
        return RVector("logical", values.astype(np.int8, copy=False), attributes)
    data = np.array([NA_LOGICAL if v is None else v for v in values], dtype=np.int8)
    return RVector("logical", data, attributes)


def integer(values: int | Iterable[Any], attributes: Attributes | None = None) -> RVector:
    """An integer vector from one int, or from ints and None (NA)."""
    if isinstance(values, (int, np.integer)):
        return _single("integer", int(np.int32(values)), attributes)
    if isinstance(values, np.ndarray):
        return RVector("integer", values.astype(np.int32, copy=False), attributes)
    data = np.array([NA_INTEGER if v is None else v for v in values], dtype=np.int32)
    return RVector("integer", data, attributes)


def double(values: float | Iterable[Any], attributes: Attributes | None = None) -> RVector:
    """A double vector from one number, or from numbers and None (NA)."""
    if isinstance(values, (float, int, np.number)):
        return _single("double", float(values), attributes)
    if isinstance(values, np.ndarray):
        return RVector("double", values.astype(np.float64, copy=False), attributes)
    data = np.array([NA_REAL if v is None else v for v in values], dtype=np.float64)
    return RVector("double", data, attributes)


def character(values: str | Iterable[str | None] | None, attributes: Attributes | None = None) -> RVector:
    """A character vector from one string or None (NA), or from several."""
    if values is None or isinstance(values, str):
        guard_text(len(values or ""))
        return _single("character", values, attributes)
    if isinstance(values, np.ndarray):
        return RVector("character", values, attributes)
    texts = list(values)
    guard_texts(texts)
    return RVector("character", object_array(texts), attributes)


def rlist(
    items: Iterable[Any], names: Iterable[str | None] | None = None, attributes: Attributes | None = None
) -> RVector:
    """A list. Elements become shared: they may be reached by another path as well."""
    elements = list(items)
    for element in elements:
        if isinstance(element, RVector):
            element.named = 2
    merged = dict(attributes or {})
    if names is not None:
        merged = {"names": character(["" if n is None else n for n in names]), **merged}
    return RVector("list", object_array(elements), merged)


class Closure:
    """A function written in R."""

    __slots__ = ("attributes", "environment", "node", "signature")
    type = "closure"

    def __init__(self, node: Function, signature: Signature, environment: Environment) -> None:
        self.node = node
        self.signature = signature  # defaults are nodes, or REQUIRED
        self.environment = environment
        self.attributes: Attributes | None = None


class Builtin:
    """A function of R written in Python; declared with `registry.builtin` or `registry.special`.

    Attributes:
        name: its R name
        usage: its R usage, parsed to `signature` when that is first asked for (start-up is short)
        function: the Python function
        kind: "eager" (arguments evaluated), "special" (gets the unevaluated call and the environment)
        generic: whether S3 methods of the first argument are looked for first
        invisible: whether its result is not auto-printed; None: the function decides
        fallbacks: the Python function's own defaults by position: values that stand for "missing"
    """

    __slots__ = (
        "_signature",
        "attributes",
        "fallbacks",
        "function",
        "generic",
        "invisible",
        "kind",
        "name",
        "usage",
        "wants_context",
    )
    type = "builtin"

    def __init__(
        self,
        name: str,
        usage: str | Signature,
        function: Callable[..., Any],
        *,
        kind: str = "eager",
        generic: bool = False,
        invisible: bool | None = False,
        wants_context: bool = False,
        fallbacks: dict[int, Any] | None = None,
    ) -> None:
        self.name = name
        self.usage = usage
        self.function = function
        self.kind = kind
        self.generic = generic
        self.invisible = invisible
        self.wants_context = wants_context
        self.fallbacks = fallbacks
        self.attributes: Attributes | None = None
        self._signature: Signature | None = None if isinstance(usage, str) else usage

    @property
    def signature(self) -> Signature:
        if self._signature is None:
            from .registry import parse_usage

            assert isinstance(self.usage, str)
            self._signature = parse_usage(self.usage)
        return self._signature

    def __repr__(self) -> str:
        return f"<builtin {self.name}>"


class Promise:
    """An argument that is evaluated when first looked at. `value` is None until then."""

    __slots__ = ("environment", "node", "running", "value")

    def __init__(self, node: Any, environment: Environment | None, value: Any = None) -> None:
        self.node = node
        self.environment = environment
        self.value = value
        self.running = False


class MissingArgument:
    """What a formal holds that got no argument and has no default."""

    def __repr__(self) -> str:
        return "<missing argument>"


MISSING = MissingArgument()

EMPTY_SYMBOL = Name("")
"""What `quote(expr = )` gives, and `formals(f)$x` where x has no default: a value like any other."""

Dots: TypeAlias = "list[tuple[str | None, Any]]"
"""What `...` hands to a builtin: (name or None, value) pairs; in a closure's environment, promises."""


class Formula(Call):
    """`y ~ x` as a value: a call with class "formula" and its environment as attributes."""

    __slots__ = ("attributes",)
    type = "language"

    def __init__(self, call: Call, attributes: Attributes | None) -> None:
        super().__init__(call.function, call.args, call.span)
        self.attributes = attributes


class ActiveBinding:
    """A variable whose value is computed by a function at each look (`makeActiveBinding`)."""

    __slots__ = ("function",)

    def __init__(self, function: Any) -> None:
        self.function = function


class LazyBinding:
    """A name of a package whose value is loaded when it is first looked up."""

    __slots__ = ("load",)

    def __init__(self, load: Callable[[], Any]) -> None:
        self.load = load


LANGUAGE = (Name, Call, Function)
"""Tree nodes are R's language objects: symbol, call, call to `function`."""
