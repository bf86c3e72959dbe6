"""R's binary files of plain data: readRDS, saveRDS, load, save; and raw bytes: readBin, writeBin."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from ...errors import Code, UserError
from ...syntax.reading import read_bytes
from ...syntax.tree import Call, Const, Name
from ..environment import Environment
from ..evaluator.compile import evaluate
from ..io.connections import Connection, cannot_open, connection_of, is_connection
from ..io.downloads import fetch, is_url
from ..io.xdr import Reader, Writer, broken
from ..lookup import assign, lookup
from ..registry import builtin, special
from ..session import session
from ..values import NA_INTEGER, NULL, RVector, character, double, integer, logical
from ..vectors.coerce import convert_data, one_flag, one_int, one_string, strings

MOST_BYTES = 2**31
"""Files that unpack to more than this are refused."""


def _path(file: Any) -> str:
    path = connection_of(file).description if is_connection(file) else one_string(file, "file")
    return path if is_url(path) else os.path.expanduser(path)


def _unpacked(data: bytes) -> bytes:
    """The bytes of a file, decompressed up to the limit."""
    made: Any = None
    if data.startswith(b"\x1f\x8b"):
        made = importlib.import_module("zlib").decompressobj(31)
    elif data.startswith(b"BZh"):
        made = importlib.import_module("bz2").BZ2Decompressor()
    elif data.startswith(b"\xfd7zXZ"):
        made = importlib.import_module("lzma").LZMADecompressor()
    if made is None:
        return data
    try:
        out = made.decompress(data, MOST_BYTES + 1)
    except Exception as error:  # each module has its own class
        raise broken(str(error)) from None
    if len(out) > MOST_BYTES:
        raise UserError(
            "the file is too large", code=Code.LIMIT, cause=f"it unpacks to more than {MOST_BYTES:,} bytes"
        )
    return out


def _file_bytes(path: str) -> bytes:
    if is_url(path):
        return _unpacked(fetch(path))
    try:
        if os.path.getsize(path) > MOST_BYTES:
            raise UserError(
                "the file is too large", code=Code.LIMIT, cause=f"the limit is {MOST_BYTES:,} bytes"
            )
        return _unpacked(read_bytes(path))
    except OSError as error:
        raise cannot_open(path, error, compressed=True) from None


def _packed(data: bytes, compress: Any) -> bytes:
    how = (
        compress.data[0]
        if compress.type == "character"
        else "gzip"
        if one_flag(compress, "compress")
        else "none"
    )
    if how == "none":
        return data
    module = {"gzip": "gzip", "bzip2": "bz2", "xz": "lzma"}.get(how)
    if module is None:
        raise UserError("invalid 'compress' argument", code=Code.ARGUMENT, cure='use "gzip", "bzip2" or "xz"')
    return importlib.import_module(module).compress(data)


def _write(path: str, data: bytes, mode: str = "wb") -> None:
    try:
        with open(path, mode) as stream:
            stream.write(data)
    except OSError as error:
        raise cannot_open(path, error, compressed=True) from None


def _refuse_text(ascii: Any) -> None:
    if ascii.type != "logical" or ascii.data[0] == 1:
        raise UserError(
            "the text form of R's files is not provided", code=Code.UNSUPPORTED, cure="leave out ascii"
        )


@builtin("readRDS(file, refhook = NULL)")
def read_rds(file, refhook):
    return Reader(_file_bytes(_path(file))).read()


@builtin(
    "saveRDS(object, file = '', ascii = FALSE, version = NULL, compress = TRUE, refhook = NULL)",
    invisible=True,
)
def save_rds(object, file, ascii, version, compress, refhook):
    _refuse_text(ascii)
    _write(_path(file), _packed(Writer().bytes_of(object), compress))
    return NULL


@builtin("load(file, envir = parent.frame(), verbose = FALSE)", invisible=True)
def load(ctx, file, envir=None, verbose=None):
    data = _file_bytes(_path(file))
    if data[:5] not in (b"RDX2\n", b"RDX3\n"):
        raise UserError(
            "bad restore file magic number (file may be corrupted) -- no data loaded",
            code=Code.FILE,
            cure="use readRDS() for a file of saveRDS()",
        )
    found = Reader(data[5:]).read()
    names = [] if found is NULL else [n or "" for n in found.names or []]
    if verbose is not None and one_flag(verbose, "verbose"):
        session.write("Loading objects:\n" + "".join(f"  {name}\n" for name in names))
    for name, value in zip(names, found.data if names else [], strict=True):
        if isinstance(value, RVector):
            value.named = 2
        assign(name, value, envir if isinstance(envir, Environment) else ctx.env)
    return character(names)


_SAVE = (
    "save(..., list = character(), file = stop(\"'file' must be specified\"), ascii = FALSE, version = NULL,"
    " envir = parent.frame(), compress = isTRUE(!ascii), compression_level, eval.promises = TRUE,"
    " precheck = TRUE)"
)


@special("save", usage=_SAVE)
def save(call: Call, env: Environment) -> Any:
    names: list[str] = []
    given: dict[str, Any] = {}
    for arg in call.args:
        if arg.name:
            given[arg.name] = evaluate(arg.value, env)
        elif isinstance(arg.value, Name):
            names.append(arg.value.name)
        elif isinstance(arg.value, Const) and isinstance(arg.value.value, str):
            names.append(arg.value.value)
        else:
            raise UserError("'...' must contain only names or character strings", code=Code.ARGUMENT)
    session.visible = False
    if "file" not in given:
        raise UserError("'file' must be specified", code=Code.ARGUMENT)
    _refuse_text(given.get("ascii", logical(False)))
    names += [n or "" for n in strings(given.get("list", NULL), "list")]
    where = given.get("envir", env)
    values = {name: lookup(name, where) for name in names}
    data = b"RDX3\n" + Writer().bytes_of_variables(values)
    _write(_path(given["file"]), _packed(data, given.get("compress", logical(True))))
    return NULL


@builtin("serialize(object, connection, ascii = FALSE, xdr = TRUE, version = NULL, refhook = NULL)")
def serialize(object, connection, ascii, xdr, version, refhook):
    _refuse_text(ascii)
    data = Writer().bytes_of(object)
    if connection is NULL:
        return RVector("raw", np.frombuffer(data, dtype=np.uint8).copy())
    _write(_path(connection), data, "ab")
    return NULL


@builtin("unserialize(connection, refhook = NULL)")
def unserialize(connection, refhook):
    if isinstance(connection, RVector) and connection.type == "raw":
        return Reader(connection.data.tobytes()).read()
    return Reader(_file_bytes(_path(connection))).read()


# --- raw bytes ---------------------------------------------------------------------------------------------

_read: WeakKeyDictionary[Connection, tuple[bytes, int]] = WeakKeyDictionary()
"""The bytes of each connection read by readBin, and how far it got."""

_KINDS = {"numeric": "double", "int": "integer"}
_SIZES = {"double": 8, "integer": 4, "logical": 4, "complex": 16, "raw": 1}


def _source(con: Any) -> tuple[bytes, Callable[[int], None]]:
    if isinstance(con, RVector) and con.type == "raw":
        return con.data.tobytes(), lambda used: None
    if not is_connection(con):
        return _file_bytes(_path(con)), lambda used: None
    connection = connection_of(con)
    data, at = _read.get(connection, (b"", -1))
    if at < 0:
        data, at = _file_bytes(_path(con)), 0

    def advance(used: int) -> None:
        _read[connection] = (data, at + used)

    return data[at:], advance


def _type_code(type: str, size: int, signed: bool, endian: Any) -> np.dtype:
    order = ">" if endian is not None and one_string(endian, "endian") in ("big", "swap") else "<"
    letter = {"double": "f", "complex": "c"}.get(type, "i" if signed or size > 2 else "u")
    sizes = {"f": (4, 8), "c": (16,), "i": (1, 2, 4, 8), "u": (1, 2)}[letter]
    if size not in sizes:
        raise UserError(f"size {size} is unknown on this machine", code=Code.ARGUMENT)
    return np.dtype(f"{order}{letter}{size}")


@builtin("readBin(con, what, n = 1L, size = NA_integer_, signed = TRUE, endian = .Platform$endian)")
def read_bin(con, what, n, size, signed, endian=None):
    kind = what.data[0] if what.type == "character" and len(what) == 1 else what.type
    type = _KINDS.get(kind, kind)
    count = max(0, one_int(n, "n"))
    data, advance = _source(con)
    if type == "character":
        texts = data.split(b"\0")[:count] if data else []
        advance(sum(len(t) + 1 for t in texts))
        return character([t.decode("utf-8", errors="surrogateescape") for t in texts])
    if type not in _SIZES:
        raise UserError("invalid 'what' argument", code=Code.ARGUMENT)
    given = int(size.data[0])
    width = _SIZES[type] if given == NA_INTEGER else given
    if type == "raw":
        advance(min(count, len(data)))
        return RVector("raw", np.frombuffer(data[:count], dtype=np.uint8).copy())
    code = _type_code(type, width, one_flag(signed, "signed"), endian)
    count = min(count, len(data) // width)
    advance(count * width)
    found = np.frombuffer(data, dtype=code, count=count)
    if type == "double":
        return double(found.astype(float))
    if type == "integer":
        return integer(found.astype(np.int32))
    if type == "logical":
        return logical(found != 0)
    return RVector("complex", found.astype(complex))


@builtin("writeBin(object, con, size = NA_integer_, endian = .Platform$endian, useBytes = FALSE)")
def write_bin(object, con, size, endian=None, use_bytes=None):
    if object.type == "character":
        data = b"".join((t or "NA").encode() + b"\0" for t in object.data)
    elif object.type == "raw":
        data = object.data.tobytes()
    else:
        given = int(size.data[0])
        code = _type_code(object.type, _SIZES[object.type] if given == NA_INTEGER else given, True, endian)
        data = convert_data(object.data, object.type, object.type).astype(code).tobytes()
    if isinstance(con, RVector) and con.type == "raw":
        return RVector("raw", np.frombuffer(data, dtype=np.uint8).copy())
    session.visible = False
    _write(_path(con), data, "ab" if is_connection(con) else "wb")
    return NULL
