"""Reads R text from a file or standard input, and refuses text that is not what it looks like."""

from __future__ import annotations

import os
import re
import stat
import sys
import unicodedata
from pathlib import Path

from ..errors import Code, UserError, did_you_mean
from .chunks import extract, is_document
from .source import Source, Span, visible

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# They turn the direction of writing: a text with one is shown in another order than it runs ("Trojan source")
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_TURNING_MARK = re.compile(f"[{_TURNING}]")


def read_source(path: str, *, all_chunks: bool = False) -> Source:
    """The R text of a file; "-" is standard input. Of .Rmd and .qmd documents, the R chunks.

    Args:
        all_chunks: of a document, take the chunks marked `eval = FALSE` too

    Raises:
        UserError: no such file, a folder (code FILE), no permission (PERMISSION), or no UTF-8 text (ENCODING)
    """
    name = "<stdin>" if path == "-" else path
    source = source_of(name, _read(path))
    return extract(source, all_chunks=all_chunks) if is_document(path) else source


def source_of(name: str, data: bytes) -> Source:
    """The text in some bytes: a byte order mark is skipped, line ends become LF.

    Raises:
        UserError: the bytes are no UTF-8, or hold a NUL or a mark that turns the direction of writing
    """
    if data.startswith(_UTF16_MARKS):
        raise _encoding(
            name, "", "the file is UTF-16, not UTF-8", "its first two bytes are UTF-16's byte order mark"
        )
    text = _decoded(name, data.removeprefix(b"\xef\xbb\xbf")).replace("\r\n", "\n").replace("\r", "\n")
    source = Source(name, text)
    nul = text.find("\0")
    if nul >= 0:
        raise UserError(
            f"nul character not allowed ({name}, byte {len(text[:nul].encode())})",
            code=Code.ENCODING,
            cause="the file holds a zero byte, as UTF-16 and binary files do",
            cure="save the file as UTF-8 text",
            span=Span(source, nul, nul + 1),
        )
    turning = _TURNING_MARK.search(text)
    if turning:
        raise UserError(
            f"unexpected input: {describe(turning.group())}",
            code=Code.ENCODING,
            cause="it turns the direction of writing: the text runs in another order than it is shown",
            cure='remove it; in a string write it as an escape, such as "\\u202e"',
            span=Span(source, turning.start(), turning.end()),
        )
    return source


def describe(char: str) -> str:
    """A character by number and name: U+2013 EN DASH."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'unnamed')}"


MOST_STREAMED = 2**28
"""Bytes taken from what is no file and may have no end, such as a device or a pipe with a name."""


def read_bytes(path: str) -> bytes:
    """The whole content of a file.

    Raises:
        UserError: "cannot allocate vector of size ...", if a device gives bytes without an end
    """
    with open(path, "rb") as stream:
        if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            return stream.read()
        data = stream.read(MOST_STREAMED)
    if len(data) == MOST_STREAMED:
        raise UserError(
            f"cannot allocate vector of size {MOST_STREAMED / 2**30:.1f} Gb",
            code=Code.LIMIT,
            cause=f"{path} is no file, and gives more bytes than that",
        )
    return data


def _read(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return read_bytes(path)
    except FileNotFoundError:
        raise _no_file(path) from None
    except IsADirectoryError:
        raise UserError(
            f"'{path}' is a directory", code=Code.FILE, cure="give an .R, .rk, .Rmd or .qmd file in it"
        ) from None
    except PermissionError:
        raise UserError(
            f"cannot open file '{path}': permission denied",
            code=Code.PERMISSION,
            cause="this user may not read it",
            cure="change the file's permissions",
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"cannot open file '{visible(path)}': {reason}", code=Code.FILE) from None


def _no_file(path: str) -> UserError:
    folder = Path(path).parent
    near = _nearest(Path(path).name, folder)
    return UserError(
        f"cannot open file '{path}': No such file or directory",
        code=Code.FILE,
        cause=f"the current folder is {Path.cwd()}" if not Path(path).is_absolute() else None,
        cure=f"did you mean '{folder / near}'?" if near else "check the name and the folder",
    )


def _nearest(name: str, folder: Path) -> str | None:
    """The file of a folder whose name is nearest, whatever its case."""
    try:
        names = {entry.name.lower(): entry.name for entry in folder.iterdir() if entry.is_file()}
    except OSError:
        return None
    return names.get(did_you_mean(name.lower(), names) or "")


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        bad = data[error.start]
        line = data[error.start :].split(b"\n", 1)[0].split(b"\r", 1)[0].decode("latin-1")
        if b"\0" in data:
            raise _encoding(
                name, before, "the file is no text", "it holds zero bytes, as UTF-16 does"
            ) from None
        raise _encoding(
            name,
            before + line,
            f"invalid multibyte character: byte 0x{bad:02X}",
            f"the file is no UTF-8; in Latin-1 this byte is '{bytes([bad]).decode('latin-1')}'",
            len(before),
        ) from None


def _encoding(name: str, text: str, message: str, cause: str, at: int = 0) -> UserError:
    return UserError(
        message,
        code=Code.ENCODING,
        cause=cause,
        cure="save the file as UTF-8 (in the editor's 'save with encoding')",
        span=Span(Source(name, text), at, at + 1),
    )
