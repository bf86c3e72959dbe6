"""How a door runs as a process: deep recursion, Ctrl-C, closed pipes, crashes and exit codes."""

from __future__ import annotations

import ctypes
import errno
import gc
import io
import math
import os
import platform
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from enum import IntEnum
from typing import Any, NoReturn

from .errors import Code, UserError, visible
from .heap import share_heap


class Exit(IntEnum):
    """Exit codes; 128 + n stands for signal n as in shells, 70 and 74 are BSD's EX_SOFTWARE and
    EX_IOERR, 124 is timeout(1)'s."""

    OK = 0
    SCRIPT_ERROR = 1
    USAGE = 2
    INTERNAL = 70
    OUTPUT = 74
    TIMEOUT = 124
    INTERRUPTED = 130
    BROKEN_PIPE = 141


STACK_BYTES = 512 * 2**20
"""Reserved, not used up: memory is taken page by page as calls nest."""
RECURSION_LIMIT = 200_000
"""Python frames; above what R's own limit of 5000 nested calls needs."""
_COLLECTOR = (5000, 20, 20)
"""Thresholds of Python's collector of cycles: lists of vectors are many objects and hardly ever cycles;
at Python's own 700 the collector takes half of the time in which strsplit() or lapply() make them."""
_MEMORY_SHARE = 0.9
_HARD_PRESSES = 3
_OUTPUT_GONE = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG)


def show_error(error: UserError) -> None:
    """The report of an error on stderr."""
    print(visible(error.render(), keep="\n\t"), file=sys.stderr, flush=True)


def prepare_streams() -> None:
    """Output appears line by line, also in a pipe, and never fails for a character the terminal lacks.

    Python has None for a stream that is closed: what goes there is lost.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  for the rest of the process
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")


class Interrupts:
    """Ctrl-C for a worker thread.

    Python hands signals to the main thread only, and R code runs in another one (its stack must be large).
    So the main thread waits, and each Ctrl-C raises KeyboardInterrupt in the worker at its next bytecode.
    """

    def __init__(self, give_up: bool) -> None:
        self.presses = 0
        self.cut_training = False
        self.give_up = give_up  # leave when code that cannot be interrupted holds the worker
        self.worker: threading.Thread | None = None

    def forward(self, _signal: int, _frame: Any) -> None:
        self.presses += 1
        if self.give_up and self.presses >= _HARD_PRESSES:
            os._exit(Exit.INTERRUPTED)
        training = sys.modules.get("pipekeras.train.interrupt")  # torch may not be loaded at all
        if training is not None and training.ask_to_stop():
            self.cut_training = True
            return
        if self.worker is not None and self.worker.ident is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(self.worker.ident), ctypes.py_object(KeyboardInterrupt)
            )


def run_deep(work: Callable[[], int], *, give_up: bool, seconds: float = math.inf) -> int:
    """Run `work` where calls may nest as deep as R allows, and return its exit code.

    Args:
        work: what to do
        give_up: a third Ctrl-C ends the process even if `work` does not listen (scripts, not the console).
            Work that came to its end although Ctrl-C cut training short (`fit()` keeps what it has learned)
            exits with 130; a script that handles the interrupt itself, as it says.
        seconds: the process ends after that time, whatever `work` does
    """
    interrupts = Interrupts(give_up)
    status: list[int] = []

    def body() -> None:
        try:
            status.append(work())
        except KeyboardInterrupt:
            status.append(Exit.INTERRUPTED)

    sys.setrecursionlimit(RECURSION_LIMIT)
    gc.set_threshold(*_COLLECTOR)
    _bound_memory()
    share_heap()
    threading.stack_size(STACK_BYTES)
    worker = interrupts.worker = threading.Thread(target=body, name="R")
    before = signal.signal(signal.SIGINT, interrupts.forward)
    try:
        worker.start()
        threading.stack_size(0)
        end = time.monotonic() + seconds
        while worker.is_alive():
            if time.monotonic() >= end:
                _leave_late(seconds)
            worker.join(0.2)  # with a time limit, or Windows would not let Ctrl-C through
    finally:
        signal.signal(signal.SIGINT, before)
    if give_up and interrupts.cut_training and status == [Exit.OK]:
        return Exit.INTERRUPTED
    return status[0] if status else Exit.INTERNAL


def _leave_late(seconds: float) -> NoReturn:
    print(f"pipekeras: ended after {seconds:g} s (--timeout)", file=sys.stderr, flush=True)
    os._exit(Exit.TIMEOUT)  # the worker may be in code that nothing else ends


def _bound_memory() -> None:
    """Data may take most of the machine's (or the container's) memory: more is an error of the script.

    Without this the kernel would end the process, or another one, without a word.
    """
    if sys.platform != "linux":
        return
    import resource

    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        with open("/sys/fs/cgroup/memory.max", encoding="ascii") as file:
            total = min(total, int(file.read()))
    except (OSError, ValueError):
        pass  # no container, or one without a limit
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = int(total * _MEMORY_SHARE)
    if soft == resource.RLIM_INFINITY or soft > wanted:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


def guarded(work: Callable[[], int], *, debug: bool) -> int:
    """The exit code of `work`, whatever happens in it; what went wrong is said on stderr in plain words."""
    try:
        status = work()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except OSError as error:
        return _output_failed(error, debug)
    except Exception as error:
        return _failed(error, debug)
    return status


def _failed(error: Exception, debug: bool) -> int:
    if debug:
        traceback.print_exception(error)
    known = user_error(error)
    if known is None:
        report_crash(error)
        return Exit.INTERNAL
    show_error(known)
    print("Execution halted", file=sys.stderr)
    return Exit.SCRIPT_ERROR


def user_error(error: BaseException) -> UserError | None:
    """The error as a user's mistake, if it is one: exhausted stack or memory is, an internal bug is not."""
    if isinstance(error, UserError):
        return error
    if isinstance(error, RecursionError):
        return UserError(
            "evaluation nested too deeply: infinite recursion / options(expressions=)?",
            code=Code.LIMIT,
            cause="calls are nested deeper than the interpreter's stack allows",
            cure="look for a function that calls itself without an end",
        )
    if isinstance(error, MemoryError):
        return UserError(
            "cannot allocate memory",
            code=Code.LIMIT,
            cause=f"a value does not fit into memory ({error})"
            if str(error)
            else "a value does not fit into memory",
            cure="work on less data at a time",
        )
    return None


def _output_failed(error: OSError, debug: bool) -> int:
    """A reader that went away (`| head`) needs no words; a full disk does."""
    if isinstance(error, BrokenPipeError):
        _discard_output()
        return Exit.BROKEN_PIPE
    if error.errno not in _OUTPUT_GONE:
        return _failed(error, debug)
    _discard_output()
    print(f"pipekeras: cannot write the output: {os.strerror(error.errno or 0)}", file=sys.stderr)
    return Exit.OUTPUT


def _discard_output() -> None:
    """Let Python's own flush at exit go nowhere instead of failing once more."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())


def report_crash(error: BaseException) -> None:
    """One clear line on the terminal; the details go to a file that can be sent in."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="pipekeras-crash-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"Python {sys.version} on {platform.platform()}\n")
        file.write(f"command: {sys.argv!r}\n\n")
        traceback.print_exception(error, file=file)
    print(f"pipekeras: internal error, please report it together with {file.name}", file=sys.stderr)
