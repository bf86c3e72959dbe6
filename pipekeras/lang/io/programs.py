"""Other programs: a command's output, and its input as something to write to."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any


def program_output(command: str, given: str | None = None) -> tuple[int, str]:
    """The exit status of a shell command and what it writes on its standard output."""
    _flush()
    done = subprocess.run(
        command,
        shell=True,
        stdout=subprocess.PIPE,
        input=None if given is None else given.encode(),
        check=False,
    )
    return _status(done.returncode), done.stdout.decode("utf-8", "replace")


def run_program(command: str, given: str | None = None, *, wait: bool = True) -> int:
    """Run a shell command on this process's streams; its exit status (0 where none is waited for)."""
    _flush()
    process = subprocess.Popen(
        command if wait else f"{command} &",
        shell=True,
        stdin=None if given is None else subprocess.PIPE,
    )
    process.communicate(None if given is None else given.encode())
    return _status(process.returncode)


def program_input(command: str) -> tuple[Callable[[str], Any], Callable[[], int]]:
    """How to write to a shell command's standard input, and how to end it, which gives its exit status."""
    _flush()
    process = subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, encoding="utf-8")

    def write(text: str) -> None:
        assert process.stdin is not None
        process.stdin.write(text)

    def close() -> int:
        process.communicate()
        return _status(process.returncode)

    return write, close


def _flush() -> None:
    """What the script has written comes before what the program writes."""
    sys.stdout.flush()
    sys.stderr.flush()


def _status(code: int) -> int:
    """A program that a signal ended has 128 + its number, as in shells."""
    return code if code >= 0 else 128 - code
