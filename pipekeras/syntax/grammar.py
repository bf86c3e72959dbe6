"""Finds the grammar and the parse table that Lark makes of it, in a private cache where there is one."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import NamedTuple

_FORMAT = 2
"""Of a table in the cache: another number whenever lark_table.py makes them otherwise."""


class Part:
    """What a rule takes from one of its symbols: a value, the values in a list, or nothing."""

    VALUE = "value"
    LIST = "list"
    NONE = "none"


class Rule(NamedTuple):
    """One way to write a rule.

    Attributes:
        name: the rule; with `_` in front its value is a list, which goes into the rule it stands in
        action: the name of what makes its value
    """

    name: str
    action: str | None
    parts: list[str]

    @property
    def is_list(self) -> bool:
        return self.name.startswith("_")


class Table(NamedTuple):
    """A grammar made ready to parse with.

    Attributes:
        terminals: kinds of tokens and their regular expressions, in the order in which they are tried
        words: reserved words and their kinds
        states: by symbol the next state, or -1 - the index of the rule that is complete
    """

    terminals: dict[str, str]
    words: dict[str, str]
    rules: list[Rule]
    states: list[dict[str, int]]
    start: int
    end: int


def grammar_text() -> str:
    """The grammar: in the package when installed from a wheel, in the checkout's `grammar/` otherwise."""
    packaged = resources.files("pipekeras") / "grammar" / "r.lark"
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    return (Path(__file__).resolve().parents[2] / "grammar" / "r.lark").read_text(encoding="utf-8")


def load() -> Table:
    """The grammar's parse table."""
    text = grammar_text()
    file = _cache_file(text)
    table = None if file is None else _read(file)
    if table is None:
        from .lark_table import compile_grammar  # Lark takes longer to load than a small script to run

        table = compile_grammar(text)
        if file is not None:
            _write(file, table)
    return table


def _read(file: Path) -> Table | None:
    try:
        fields = json.loads(file.read_bytes())
        return Table(**{**fields, "rules": [Rule(*rule) for rule in fields["rules"]]})
    except (OSError, ValueError, TypeError, KeyError):  # none yet, or not a whole one
        return None


def _write(file: Path, table: Table) -> None:
    """Keep a table for later: another process may read or write at the same time, so it appears at once."""
    unfinished = file.with_suffix(f".{os.getpid()}")
    try:
        unfinished.write_text(json.dumps(table._asdict()), encoding="utf-8")
        unfinished.replace(file)
    except OSError:
        return


def _cache_file(text: str) -> Path | None:
    """Where the parse table may be kept, or None where somebody else could have written it.

    What a table says decides what a script means; so the folder must be this user's own and closed to
    others, and so must the file.
    """
    if not hasattr(os, "getuid"):
        return None
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "pipekeras"
    key = f"{text}\n{_FORMAT}"
    file = folder / f"grammar-{hashlib.sha256(key.encode()).hexdigest()[:16]}.table"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _private(folder, stat.S_ISDIR) or not os.access(folder, os.W_OK):
            return None
        return file if not os.path.lexists(file) or _private(file, stat.S_ISREG) else None
    except (OSError, RuntimeError):
        return None


def _private(path: Path, kind: Callable[[int], bool]) -> bool:
    """Whether a path is of a kind (no link), this user's, and not for others to write (a folder: closed)."""
    status = path.lstat()
    closed = 0o077 if stat.S_ISDIR(status.st_mode) else 0o022
    return kind(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & closed
