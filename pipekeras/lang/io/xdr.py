"""R's serialization format (XDR, versions 2 and 3) of plain data; nothing is evaluated.

Source: "R Internals", section 1.8. Functions, environments with contents and pointers are refused.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Arg, Call, Const, Name
from ..environment import Environment
from ..language import from_node, to_node
from ..session import session
from ..values import (
    DTYPES,
    EMPTY_SYMBOL,
    NA_INTEGER,
    NA_LOGICAL,
    NA_REAL,
    NULL,
    Formula,
    RVector,
    is_real_na,
    object_array,
)
from ..vectors.nesting import guard_nesting

MOST_ITEMS = 20_000_000
"""More list elements and strings than this are refused: each takes far more memory than its bytes."""
MOST_DEPTH = 1000

_OBJECT, _ATTRIBUTES, _TAG = 1 << 8, 1 << 9, 1 << 10
_LATIN1, _UTF8, _ASCII = 1 << 14, 1 << 15, 1 << 18
_SYMBOL, _PAIRS, _CALL, _CHAR = 1, 2, 6, 9
_NUMBERS = {10: ("logical", ">i4"), 13: ("integer", ">i4"), 14: ("double", ">f8"), 15: ("complex", ">c16")}
_STRINGS, _LIST, _EXPRESSION, _RAW = 16, 19, 20, 24
_REFERENCE, _NULL, _GLOBAL, _MISSING, _EMPTY_ENV, _BASE_ENV, _ALTREP = 255, 254, 253, 251, 242, 241, 238
_CALL_WITH_ATTRIBUTES, _PAIRS_WITH_ATTRIBUTES, _BASE_NAMESPACE = 240, 239, 247
_REFUSED = {3: "a function", 4: "an environment", 5: "a promise", 7: "a function", 8: "a function"}
_REFUSED |= {21: "compiled code", 22: "a pointer", 23: "a weak reference", 25: "an S4 object"}
_REFUSED |= {248: "a persistent reference", 249: "a package's namespace", 250: "a package"}


def broken(cause: str) -> UserError:
    return UserError(
        "unknown input format", code=Code.FILE, cause=cause, cure="was it written by saveRDS() or save()?"
    )


class Reader:
    """Reads one value. Lengths are held against the bytes that are left before anything is made."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.items = 0
        self.references: list[Any] = []

    def read(self) -> Any:
        """The value behind the header."""
        if self._take(2) != b"X\n":
            raise broken("the file is not in R's binary XDR format")
        version, _, _ = (self._int() for _ in range(3))
        if version not in (2, 3):
            raise broken(f"version {version} of the format is not known")
        if version == 3:
            self._take(self._int())
        return self._item(0)

    def _take(self, count: int) -> bytes:
        if count < 0 or self.at + count > len(self.data):
            raise broken("the file ends too early")
        self.at += count
        return self.data[self.at - count : self.at]

    def _int(self) -> int:
        return struct.unpack(">i", self._take(4))[0]

    def _length(self, size: int) -> int:
        """A count of items of at least `size` bytes each."""
        count = self._int()
        if count == -1:
            high, low = self._int(), self._int()
            count = (high << 32) + (low & 0xFFFFFFFF)
        if count < 0 or count * size > len(self.data) - self.at:
            raise broken("the file ends too early")
        return count

    def _several(self) -> int:
        count = self._length(4)
        self.items += count
        if self.items > MOST_ITEMS:
            raise UserError(
                "the file holds too many elements", code=Code.LIMIT, cause=f"the limit is {MOST_ITEMS:,}"
            )
        return count

    def _item(self, depth: int) -> Any:
        return self._item_of(self._int(), depth)

    def _item_of(self, flags: int, depth: int) -> Any:
        kind = flags & 0xFF
        if depth > MOST_DEPTH:
            raise UserError(
                "the file is nested too deeply", code=Code.LIMIT, cause=f"the limit is {MOST_DEPTH}"
            )
        if kind in _REFUSED:
            raise UserError(
                f"cannot read {_REFUSED[kind]}",
                code=Code.UNSUPPORTED,
                cause="only plain data is read from R's files",
                cure="save the data alone, or as text with write.csv()",
            )
        if kind in (_PAIRS, _CALL, _PAIRS_WITH_ATTRIBUTES, _CALL_WITH_ATTRIBUTES):
            return self._pairs(flags, depth)
        if kind == _ALTREP:
            return self._compact(depth)
        fixed = self._simple(kind, flags)
        if fixed is not None:
            return fixed
        value = self._vector(kind, depth)
        if flags & _ATTRIBUTES:
            value = RVector(value.type, value.data, self._attributes(depth))
        return value

    def _simple(self, kind: int, flags: int) -> Any:
        if kind in (0, _NULL):
            return NULL
        if kind == _SYMBOL:
            symbol = Name(self._string() or "NA")
            self.references.append(symbol)
            return symbol
        if kind == _REFERENCE:
            index = (flags >> 8) or self._int()
            if not 0 < index <= len(self.references):
                raise broken("a reference leads nowhere")
            return self.references[index - 1]
        if kind == _GLOBAL:
            return session.global_env
        if kind in (_BASE_ENV, _BASE_NAMESPACE):
            return session.base
        if kind == _EMPTY_ENV:
            return Environment(None, "R_EmptyEnv")
        return EMPTY_SYMBOL if kind == _MISSING else None

    def _vector(self, kind: int, depth: int) -> RVector:
        if kind in _NUMBERS:
            type, code = _NUMBERS[kind]
            size = np.dtype(code).itemsize
            data = np.frombuffer(self._take(self._length(size) * size), dtype=code)
            return RVector(type, _native(type, data))
        if kind == _RAW:
            return RVector("raw", np.frombuffer(self._take(self._length(1)), dtype=np.uint8).copy())
        if kind == _STRINGS:
            texts = [self._string() for _ in range(self._several())]
            return RVector("character", object_array(texts))
        if kind in (_LIST, _EXPRESSION):
            items = [self._item(depth + 1) for _ in range(self._several())]
            return RVector("list" if kind == _LIST else "expression", object_array(items))
        raise broken(f"there is an item of the unknown type {kind}")

    def _string(self) -> str | None:
        flags = self._int()
        if flags & 0xFF != _CHAR:
            raise broken("text was expected")
        count = self._int()
        if count == -1:
            return None
        data = self._take(count)
        return data.decode("latin-1" if flags & _LATIN1 else "utf-8", errors="surrogateescape")

    def _attributes(self, depth: int) -> dict[str, Any]:
        found = self._item(depth + 1)
        names = found.names or [] if isinstance(found, RVector) else []
        return {n: v for n, v in zip(names, found.data, strict=True) if n} if names else {}

    def _pairs(self, flags: int, depth: int) -> Any:
        """A pairlist as a list, a call as a call; the chain is walked, not recursed into."""
        is_call = flags & 0xFF in (_CALL, _CALL_WITH_ATTRIBUTES)
        attributes: dict[str, Any] = {}
        tags: list[str] = []
        items: list[Any] = []
        first = True
        while True:
            kind = flags & 0xFF
            if kind in (_PAIRS_WITH_ATTRIBUTES, _CALL_WITH_ATTRIBUTES) or flags & _ATTRIBUTES:
                found = self._attributes(depth)
                attributes = found if first else attributes
            tag = self._item(depth + 1) if flags & _TAG else None
            tags.append(tag.name if isinstance(tag, Name) else "")
            items.append(self._item(depth + 1))
            first = False
            flags = self._int()
            kind = flags & 0xFF
            if kind in (0, _NULL):
                break
            if kind not in (_PAIRS, _PAIRS_WITH_ATTRIBUTES, _CALL, _CALL_WITH_ATTRIBUTES):
                items.append(self._item_of(flags, depth + 1))  # a pair whose second half is a value
                tags.append("")
                break
        if not is_call:
            names = {"names": RVector("character", object_array(tags))} if any(tags) else {}
            return RVector("list", object_array(items), {**names, **attributes})
        args = [Arg(t or None, _node(v)) for t, v in zip(tags[1:], items[1:], strict=True)]
        call = Call(_node(items[0]), args)
        return Formula(call, attributes) if attributes else call

    def _compact(self, depth: int) -> RVector:
        """ALTREP: sequences and wrapped vectors as R's version 3 writes them."""
        info, state, attributes = (self._item(depth + 1) for _ in range(3))
        name = info.data[0].name if isinstance(info, RVector) and isinstance(info.data[0], Name) else ""
        if name in ("compact_intseq", "compact_realseq"):
            count, start, step = (float(v) for v in state.data)
            if not 0 <= count <= MOST_ITEMS * 10:
                raise broken("a sequence is too long")
            type = "integer" if name == "compact_intseq" else "double"
            value = RVector(type, (start + step * np.arange(int(count))).astype(DTYPES[type]))
        elif name == "deferred_string":
            from ..vectors.coerce import coerce

            value = coerce(RVector(state.data[0].type, state.data[0].data), "character")
        elif name.startswith("wrap_"):
            value = state.data[0]
        else:
            raise broken(f"the representation {name} is not known")
        if isinstance(attributes, RVector) and attributes.names:
            extra = {n: v for n, v in zip(attributes.names, attributes.data, strict=True) if n}
            value = RVector(value.type, value.data, extra)
        return value


def _node(value: Any) -> Any:
    """A part of a call; single plain values as the parser makes them."""
    if isinstance(value, RVector) and len(value) == 1 and not value.attributes and not value.is_na()[0]:
        plain = {"double": float, "integer": int, "logical": bool, "character": str}.get(value.type)
        return to_node(value) if plain is None else Const(plain(value.data[0]))
    return to_node(value)


def _native(type: str, data: np.ndarray) -> np.ndarray:
    """R's NA in this module's neighbours' terms; see values.NA_REAL."""
    if type == "logical":
        return np.where(data == NA_INTEGER, NA_LOGICAL, data != 0).astype(np.int8)
    out = data.astype(DTYPES[type])
    if type == "double":
        out[is_real_na(out)] = NA_REAL
    return out


class Writer:
    """Writes one value."""

    def __init__(self) -> None:
        self.parts: list[bytes] = [b"X\n"]
        self.references: dict[str, int] = {}
        self._ints(3, 0x00040202, 0x00030500, 5)
        self.parts.append(b"UTF-8")

    def bytes_of(self, value: Any) -> bytes:
        guard_nesting(value)
        self._item(value, 0)
        return b"".join(self.parts)

    def bytes_of_variables(self, values: dict[str, Any]) -> bytes:
        """Variables as the pairlist that load() reads."""
        guard_nesting(*values.values())
        self._pairs(values, 0)
        return b"".join(self.parts)

    def _ints(self, *values: int) -> None:
        self.parts.append(struct.pack(f">{len(values)}i", *values))

    def _item(self, value: Any, depth: int) -> None:
        if depth > MOST_DEPTH:
            raise UserError(
                "the value is nested too deeply", code=Code.LIMIT, cause=f"the limit is {MOST_DEPTH}"
            )
        if value is NULL:
            self._ints(_NULL)
        elif value is EMPTY_SYMBOL:
            self._ints(_MISSING)
        elif isinstance(value, RVector):
            self._vector(value, depth)
        elif isinstance(value, Name):
            self._symbol(value.name)
        elif isinstance(value, Call):
            self._call(value, depth)
        elif isinstance(value, Environment) and value in (session.global_env, session.base):
            self._ints(_GLOBAL if value is session.global_env else _BASE_ENV)
        else:
            kind = getattr(value, "type", None) or "an object of Keras"
            raise UserError(
                f"cannot write a {kind}"
                if kind in ("closure", "builtin", "environment")
                else f"cannot write {kind}",
                code=Code.UNSUPPORTED,
                cause="only plain data is written to R's files",
                cure="a model is saved by save_model() or save_model_weights_hdf5()",
            )

    def _symbol(self, name: str) -> None:
        if name in self.references:
            self._ints(self.references[name] << 8 | _REFERENCE)
            return
        self.references[name] = len(self.references) + 1
        self._ints(_SYMBOL)
        self._string(name)

    def _string(self, text: str | None) -> None:
        if text is None:
            self._ints(_CHAR, -1)
            return
        data = text.encode("utf-8", errors="surrogateescape")
        self._ints(_CHAR | (_ASCII if text.isascii() else _UTF8), len(data))
        self.parts.append(data)

    def _pairs(self, values: dict[str, Any], depth: int) -> None:
        for name, value in values.items():
            self._ints(_PAIRS | _TAG)
            self._symbol(name)
            self._item(value, depth + 1)
        self._ints(_NULL)

    def _call(self, value: Call, depth: int) -> None:
        attributes = value.attributes if isinstance(value, Formula) else None
        extra = (_ATTRIBUTES | (_OBJECT if attributes and "class" in attributes else 0)) if attributes else 0
        self._ints(_CALL | extra)
        if attributes:
            self._pairs(attributes, depth + 1)
        self._item(from_node(value.function), depth + 1)
        for arg in value.args:
            self._ints(_PAIRS | (_TAG if arg.name else 0))
            if arg.name:
                self._symbol(arg.name)
            self._item(from_node(arg.value), depth + 1)
        self._ints(_NULL)

    def _vector(self, value: RVector, depth: int) -> None:
        attributes = value.attributes or {}
        flags = (_ATTRIBUTES if attributes else 0) | (_OBJECT if "class" in attributes else 0)
        codes = {type: (code, form) for code, (type, form) in _NUMBERS.items()}
        if value.type in codes:
            code, form = codes[value.type]
            self._ints(code | flags)
            self._count(len(value))
            self.parts.append(
                _foreign(value).astype(form).tobytes() if value.type != "double" else _reals(value.data)
            )
        elif value.type == "raw":
            self._ints(_RAW | flags)
            self._count(len(value))
            self.parts.append(value.data.tobytes())
        elif value.type == "character":
            self._ints(_STRINGS | flags)
            self._count(len(value))
            for text in value.data:
                self._string(text)
        else:
            self._ints((_LIST if value.type == "list" else _EXPRESSION) | flags)
            self._count(len(value))
            for item in value.data:
                self._item(item, depth + 1)
        if attributes:
            self._pairs(attributes, depth + 1)

    def _count(self, n: int) -> None:
        if n < 2**31:
            self._ints(n)
        else:
            self._ints(-1, n >> 32)
            self.parts.append(struct.pack(">I", n & 0xFFFFFFFF))


def _foreign(value: RVector) -> np.ndarray:
    if value.type != "logical":
        return value.data
    return np.where(value.data == NA_LOGICAL, NA_INTEGER, value.data).astype(np.int32)


def _reals(data: np.ndarray) -> bytes:
    out = data.astype(">f8")
    words = out.view(">u8")
    words[is_real_na(data)] = 0x7FF00000000007A2
    return out.tobytes()
