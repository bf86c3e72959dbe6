"""R's connections: files, texts, standard input and output, as objects to read from and write to."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from typing import Any

from ...errors import Code, UserError
from ...syntax.reading import read_bytes
from ..conditions import warn
from ..lookup import assign
from ..registry import Context
from ..session import session
from ..values import RVector, character, integer
from .downloads import fetch, is_url
from .permissions import require
from .programs import program_input, program_output


class Connection:
    """One connection.

    Attributes:
        description: path or expression, as messages name it
        kind: "file", "textConnection", "terminal", "gzfile", "pipe", "url"
        mode: "r", "w", "a", or "" while it is not open
    """

    def __init__(self, description: str, kind: str, mode: str = "") -> None:
        self.description = description
        self.kind = kind
        self.mode = mode
        self.lines: list[str] | None = None  # what is left to read
        self.written: list[str] = []  # the whole lines that a text connection got
        self.complete = True  # whether the last line ended with a newline
        self.write: Callable[[str], None] = self._refuse_writing
        self.close: Callable[[], Any] = lambda: None  # gives a program's exit status

    def _refuse_writing(self, text: str) -> None:
        raise UserError("cannot write to this connection", code=Code.FILE, cure='open it with mode "w"')

    def read(self, n: int) -> list[str]:
        """Up to n lines (all, if n is negative), without their ends; those not read stay."""
        if self.lines is None:
            raise UserError("cannot read from this connection", code=Code.FILE, cure='open it with mode "r"')
        count = len(self.lines) if n < 0 else n
        taken, self.lines = self.lines[:count], self.lines[count:]
        return taken


_open: dict[int, Connection] = {}


def _standard(number: int) -> Connection:
    name = ("stdin", "stdout", "stderr")[number]
    connection = Connection(name, "terminal", "w" if number else "r")
    if number:
        connection.write = lambda text: session.write(text) if number == 1 else session.write_error(text)
    elif 0 not in _open:
        connection.lines, connection.complete = split_lines(sys.stdin.read())
        _open[0] = connection
    return connection


def register(connection: Connection) -> RVector:
    """The R value of a new connection."""
    number = max([2, *_open]) + 1
    _open[number] = connection
    return connection_value(number, connection.kind)


def connection_value(number: int, kind: str) -> RVector:
    return integer([number], {"class": character([kind, "connection"])})


def connection_of(value: Any) -> Connection:
    """The connection an R value stands for."""
    if not isinstance(value, RVector) or value.type not in ("integer", "double") or not len(value):
        raise UserError("invalid connection", code=Code.FILE, cause="it is no connection")
    number = int(value.data[0])
    if number in _open:
        return _open[number]
    if number in (0, 1, 2):
        return _standard(number)
    raise UserError("invalid connection", code=Code.FILE, cause="it has been closed")


def is_connection(value: Any) -> bool:
    classes = value.attribute("class") if isinstance(value, RVector) else None
    return classes is not None and "connection" in classes.data


def forget(value: Any) -> Connection:
    """Take a connection out of the table and return it."""
    connection = connection_of(value)
    _open.pop(int(value.data[0]), None)
    return connection


def split_lines(text: str) -> tuple[list[str], bool]:
    """Lines without their ends, and whether the last one was ended."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text:
        return [], True
    return text.removesuffix("\n").split("\n"), text.endswith("\n")


def read_text(path: str, encoding: str = "utf-8") -> str:
    """The text of a file, unpacked if it is compressed; R's warning and error if it cannot be opened."""
    if is_url(path):
        data = fetch(path)
    else:
        try:
            data = read_bytes(os.path.expanduser(path))
        except OSError as error:
            raise cannot_open(path, error) from None
    data = _unpacked(data)
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return data.decode("latin-1")


def _unpacked(data: bytes) -> bytes:
    for magic, module in ((b"\x1f\x8b", "gzip"), (b"BZh", "bz2"), (b"\xfd7zXZ", "lzma")):
        if data.startswith(magic):
            return importlib.import_module(module).decompress(data)
    return data


def cannot_open(path: str, error: OSError, compressed: bool = False) -> UserError:
    """R's warning, and its error "cannot open the connection"."""
    if compressed:
        warn(f"cannot open compressed file '{path}', probable reason '{error.strerror}'")
    else:
        warn(f"cannot open file '{path}': {error.strerror}")
    return UserError(
        "cannot open the connection",
        code=Code.FILE,
        cause=f"{path}: {error.strerror}",
        cure="check the path; getwd() shows where relative paths start",
    )


def open_file(path: str, mode: str, kind: str = "file", encoding: str = "utf-8") -> Connection:
    """A connection to a file, a URL or ("|command") a program, opened if a mode is given."""
    if path.startswith("|"):
        return open_pipe(path[1:], mode)
    if is_url(path):
        require("net", f'{kind}("{path}")')
        kind = "url"
    connection = Connection(path, kind)
    if mode:
        open_connection(connection, mode, encoding)
    return connection


def open_pipe(command: str, mode: str) -> Connection:
    """A connection to a program's output or input, opened if a mode is given."""
    require("system", f'pipe("{command}")')
    connection = Connection(command, "pipe")
    if mode:
        open_connection(connection, mode)
    return connection


def open_connection(connection: Connection, mode: str, encoding: str = "utf-8") -> None:
    connection.mode = mode
    if mode.startswith("r"):
        if connection.lines is None:
            connection.lines, connection.complete = split_lines(_content(connection, encoding))
        return
    if connection.kind == "pipe":
        connection.write, connection.close = program_input(connection.description)
        return
    try:
        path = os.path.expanduser(connection.description)
        opener: Any = importlib.import_module("gzip").open if connection.kind == "gzfile" else open
        stream = opener(path, mode.replace("b", "")[:1] + "t", encoding=encoding, newline="")
    except OSError as error:
        raise cannot_open(connection.description, error) from None
    connection.write = stream.write
    connection.close = stream.close


def reopened(connection: Connection) -> Connection:
    """The connection as what a function reads that opens it only for itself, or the one already open."""
    if connection.lines is not None or connection.mode:
        return connection
    other = Connection(connection.description, connection.kind)
    open_connection(other, "r")
    return other


def _content(connection: Connection, encoding: str) -> str:
    if connection.kind != "pipe":
        return read_text(connection.description, encoding)
    status, text = program_output(connection.description)
    connection.close = lambda: status
    return text


def text_reader(lines: list[str | None], description: str) -> Connection:
    """A connection that reads the lines of a character vector."""
    connection = Connection(description, "textConnection", "r")
    connection.lines = [line for text in lines for line in ("NA" if text is None else text).split("\n")]
    return connection


def text_writer(name: str | None, ctx: Context) -> Connection:
    """A connection whose lines become a variable, or are only asked for by textConnectionValue()."""
    connection = Connection(name or "NULL", "textConnection", "w")
    parts: list[str] = []

    def show(closing: bool = True) -> None:
        *lines, last = "".join(parts).split("\n")  # the last is not complete until the end
        connection.written = [*lines, last] if closing and last else lines
        if name is not None:
            assign(name, character(connection.written), ctx.env)

    def write(text: str) -> None:
        parts.append(text)
        if "\n" in text:
            show(closing=False)

    connection.write = write
    connection.close = show
    show(closing=False)
    return connection
