"""The console's history file: readable by its owner only, and never a reason not to start."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from prompt_toolkit.history import FileHistory, History, InMemoryHistory


def history_path(environ: dict[str, str] | os._Environ[str] = os.environ) -> Path:
    """`pipekeras/history` in the user's state folder (XDG base directories; %LOCALAPPDATA% on Windows)."""
    if os.name == "nt" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"]) / "pipekeras" / "history"
    state = environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "pipekeras" / "history"


class PrivateHistory(FileHistory):
    """A history file in which a line that begins with a blank is not kept."""

    def append_string(self, string: str) -> None:
        if not string.startswith(" "):
            super().append_string(string)

    def store_string(self, string: str) -> None:
        with suppress(OSError):  # a full disk must not end the session; the line stays in memory
            super().store_string(string)

    def load_history_strings(self) -> Iterable[str]:
        # Bytes that are no UTF-8 are replaced by FileHistory; control characters would disturb the screen
        for line in super().load_history_strings():
            yield "".join(ch for ch in line if ch.isprintable() or ch in "\n\t")


def open_history(path: Path) -> History:
    """The history in a file, or one in memory only where the file cannot be used."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600))
        path.chmod(0o600)
    except OSError:
        return InMemoryHistory()
    return PrivateHistory(str(path))
