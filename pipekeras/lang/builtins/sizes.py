"""object.size: the memory that R on 64 bits needs for a value, and how sizes are written."""

from __future__ import annotations

from typing import Any

from ...syntax.tree import EMPTY, Call, Const, Function, Name
from ..dispatch import register_method
from ..environment import Environment
from ..registry import BASE, builtin
from ..session import session
from ..values import NULL, RVector, character, double
from ..vectors.coerce import one_int, one_number, one_string
from ..vectors.nesting import guard_nesting

_NODE = 56
_HEADER = 48
_POOLS = (8, 16, 32, 48, 64, 128)
_WIDTHS = {"logical": 4, "integer": 4, "double": 8, "complex": 16, "raw": 1}


def _vector(width: int) -> int:
    """R allots small vectors in pools of a few sizes, larger ones by 8 bytes."""
    if not width:
        return _HEADER
    pool = next((p for p in _POOLS if width <= p), None)
    return _HEADER + (-(-width // 8) * 8 if pool is None else pool)


def size_of(value: Any) -> int:
    """Bytes of a value with its attributes; what it shares with others counts again."""
    if value is NULL:
        return 0
    if isinstance(value, RVector):
        return _own_size(value) + sum(2 * _NODE + size_of(v) for v in _stored(value))
    if isinstance(value, Environment):
        return _NODE
    return _language_size(value)


def _own_size(value: RVector) -> int:
    if value.type == "character":
        texts = {text for text in value.data if text is not None}
        return _vector(8 * len(value)) + sum(_vector(len(t.encode()) + 1) for t in texts)
    if value.type in ("list", "expression"):
        return _vector(8 * len(value)) + sum(size_of(v) for v in value.data)
    return _vector(_WIDTHS.get(value.type, 8) * len(value))


def _stored(value: RVector) -> list[Any]:
    """The attributes as R keeps them: row names that only count are two integers."""
    out = []
    for name, held in (value.attributes or {}).items():
        counts = name == "row.names" and isinstance(held, RVector) and held.type == "integer"
        out.append(double(0.0) if counts and len(held) != 2 else held)
    return out


def _language_size(value: Any) -> int:
    """Calls are chains of nodes; a function has three parts."""
    if isinstance(value, Const):
        return _vector(8)
    if isinstance(value, Name) or value is EMPTY:
        return _NODE
    if isinstance(value, Call):
        parts = [_language_size(value.function), *(_language_size(a.value) for a in value.args)]
        return sum(parts) + _NODE * len(parts) + _NODE * sum(a.name is not None for a in value.args)
    node = getattr(value, "node", value)
    if isinstance(node, Function):
        formals = sum(2 * _NODE + _language_size(p.value) for p in node.params)
        return _NODE + formals + _language_size(node.body)
    return _NODE


@builtin("object.size(x)")
def object_size(x: Any) -> RVector:
    guard_nesting(x)
    return double(float(size_of(x)), {"class": character("object_size")})


_LEGACY = {"b": 0, "kb": 1, "mb": 2, "gb": 3, "tb": 4, "pb": 5}
_IEC = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")
_SI = ("B", "kB", "MB", "GB", "TB", "PB")


def _written(size: float, units: str, standard: str, digits: int) -> str:
    if standard == "auto":
        standard = "IEC" if units.endswith("iB") else "SI" if units in ("kB",) else "legacy"
    base = 1000 if standard == "SI" else 1024
    names = {"IEC": _IEC, "SI": _SI}.get(standard, ("b", "Kb", "Mb", "Gb", "Tb", "Pb"))
    if units == "auto":
        power = next((k for k in range(5, 0, -1) if size >= base**k), 0)
        shown = names[power]
    else:
        power = _LEGACY[units.lower().replace("ib", "b")]
        shown = names[power] if standard == "legacy" else units
    if power == 0:
        return f"{size:.15g} {'bytes' if standard == 'legacy' else 'B'}"
    return f"{round(size / base**power, digits):.15g} {shown}"


@builtin("format.object_size(x, units = 'b', standard = 'auto', digits = 1L, ...)")
def format_object_size(x, units, standard, digits, dots):
    size = one_number(RVector("double", x.data), "x")
    return character(
        _written(
            size, one_string(units, "units"), one_string(standard, "standard"), one_int(digits, "digits")
        )
    )


@builtin(
    "print.object_size(x, quote = FALSE, units = 'b', standard = 'auto', digits = 1L, ...)", invisible=True
)
def print_object_size(x, quote, units, standard, digits, dots):
    session.write(format_object_size(x, units, standard, digits, dots).data[0] + "\n")
    return x


for _name in ("format", "print"):
    register_method(_name, "object_size", BASE[f"{_name}.object_size"])
