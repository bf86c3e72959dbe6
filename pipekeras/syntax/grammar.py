"""Finds the grammar file and loads its parse table, from a private cache where there is one."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from lark import Lark, Transformer
from lark import __version__ as lark_version


def grammar_text() -> str:
    """The grammar: in the package when installed from a wheel, in the checkout's `grammar/` otherwise."""
    packaged = resources.files("pipekeras") / "grammar" / "r.lark"
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    return (Path(__file__).resolve().parents[2] / "grammar" / "r.lark").read_text(encoding="utf-8")


def load(postlex: Any, transformer: Transformer) -> Lark:
    """The parser of R, its callbacks run while it parses."""
    text = grammar_text()
    return Lark(
        text,
        parser="lalr",
        lexer="basic",
        maybe_placeholders=False,
        postlex=postlex,
        transformer=transformer,
        cache=_cache_file(text) or False,
    )


def _cache_file(text: str) -> str | None:
    """Where Lark may keep the parse table, or None where somebody else could have written it.

    Lark reads the table with pickle, which runs what a file tells it to; so the folder must be this user's
    own and closed to others, and so must the file.
    """
    if not hasattr(os, "getuid"):
        return None
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "pipekeras"
    key = f"{text}\n{lark_version}\n{sys.version}"
    file = folder / f"grammar-{hashlib.sha256(key.encode()).hexdigest()[:16]}.table"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _private(folder, stat.S_ISDIR) or not os.access(folder, os.W_OK):
            return None
        return str(file) if not os.path.lexists(file) or _private(file, stat.S_ISREG) else None
    except (OSError, RuntimeError):
        return None


def _private(path: Path, kind: Callable[[int], bool]) -> bool:
    """Whether a path is of a kind (no link), this user's, and not for others to write (a folder: closed)."""
    status = path.lstat()
    closed = 0o077 if stat.S_ISDIR(status.st_mode) else 0o022
    return kind(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & closed
