"""Other programs and the network, where the user allows them: system(), system2(), download.file()."""

from __future__ import annotations

import os
import shlex
from typing import Any

from ...errors import Code, UserError
from ..conditions import warn
from ..io.connections import split_lines
from ..io.downloads import is_url, opened_url, pieces
from ..io.permissions import require
from ..io.programs import program_output, run_program
from ..registry import builtin
from ..session import session
from ..values import FALSE, NULL, RVector, character, integer
from ..vectors.coerce import one_flag, one_string, strings

_NOT_FOUND = 127
"""The shell's exit status where there is no such program."""


@builtin(
    "system(command, intern = FALSE, ignore.stdout = FALSE, ignore.stderr = FALSE, wait = TRUE, input = NULL,"
    " show.output.on.console = TRUE, minimized, invisible, timeout = 0)",
    "shell",
)
def system(command, intern, no_output, no_errors, wait, given, show=None, small=None, unseen=None, time=None):
    require("system", "system()")
    line = one_string(command, "command")
    line += " >/dev/null" if one_flag(no_output, "ignore.stdout") else ""
    line += " 2>/dev/null" if one_flag(no_errors, "ignore.stderr") else ""
    return _run(line, one_flag(intern, "intern"), _input(given), one_flag(wait, "wait"))


@builtin(
    "system2(command, args = character(), stdout = '', stderr = '', stdin = '', input = NULL,"
    " env = character(), wait = TRUE, minimized, invisible, timeout = 0)"
)
def system2(
    command, args, stdout, stderr, stdin, given, env, wait, minimized=None, invisible=None, timeout=None
):
    require("system", "system2()")
    words = [*strings(env, "env"), f"'{one_string(command, 'command')}'", *strings(args, "args")]
    source = one_string(stdin, "stdin")
    line = " ".join(word or "NA" for word in words) + (f" < {shlex.quote(source)}" if source else "")
    both = _is_flag(stdout, True) and _is_flag(stderr, True)
    line += _redirection(stdout, ">") + (" 2>&1" if both else _redirection(stderr, "2>"))
    intern = _is_flag(stdout, True) or _is_flag(stderr, True)
    return _run(line, intern, _input(given), one_flag(wait, "wait"))


def _is_flag(value: Any, wanted: bool) -> bool:
    return isinstance(value, RVector) and value.type == "logical" and bool(value.data[0]) is wanted


def _redirection(value: Any, mark: str) -> str:
    """Where a stream goes: nowhere for FALSE or NULL, to a file for its name, else where it went."""
    if value is NULL or _is_flag(value, False):
        return f" {mark}/dev/null"
    name = one_string(value, "stdout") if value.type == "character" else ""
    return f" {mark}{shlex.quote(name)}" if name else ""


def _input(given: Any) -> str | None:
    return None if given is NULL else "".join(f"{line}\n" for line in strings(given, "input"))


def _run(line: str, intern: bool, given: str | None, wait: bool) -> RVector:
    if not intern:
        status = run_program(line, given, wait=wait)
        if status == _NOT_FOUND:
            warn("error in running command")
        session.visible = False
        return integer(status)
    status, text = program_output(line, given)
    if status == _NOT_FOUND:
        raise UserError("error in running command", code=Code.VALUE, cause="there is no such program")
    lines = split_lines(text)[0]
    if status:
        warn(f"running command '{line}' had status {status}")
        return character(list(lines), {"status": integer([status])})
    return character(list(lines))


# --- the network -------------------------------------------------------------------------------------------


@builtin(
    "download.file(url, destfile, method, quiet = FALSE, mode = 'w', cacheOK = TRUE,"
    " extra = getOption('download.file.extra'), headers = NULL, ...)",
    invisible=True,
)
def download_file(
    url, destfile, method=None, quiet=FALSE, mode=None, cache=None, extra=None, headers=None, dots=None
):
    """A broken download leaves no file, nor hurts one that was there."""
    addresses, targets = strings(url, "url"), strings(destfile, "destfile")
    if len(addresses) != len(targets):
        raise UserError("lengths of 'url' and 'destfile' do not match", code=Code.VALUE)
    for address, target in zip(addresses, targets, strict=True):
        _download(address or "NA", os.path.expanduser(target or "NA"), one_flag(quiet, "quiet"))
    return integer(0)


def _download(address: str, target: str, quiet: bool) -> None:
    if is_url(address):
        require("net", "download.file()")
    elif not address.startswith("file://"):
        raise UserError("scheme not supported in URL '" + address + "'", code=Code.VALUE)
    loud = is_url(address) and not quiet
    if loud:
        session.write_error(f"trying URL '{address}'\n")
    beside = f"{target}.part{os.getpid()}"
    try:
        with opened_url(address, f"cannot open URL '{address}'") as answer, open(beside, "wb") as stream:
            for piece in pieces(answer, address):
                stream.write(piece)
            size = stream.tell()
        os.replace(beside, target)
    except OSError as error:
        raise UserError(
            f"cannot open destfile '{target}', reason '{error.strerror}'", code=Code.FILE
        ) from None
    finally:
        if os.path.exists(beside):
            os.remove(beside)
    if loud:
        session.write_error(f"{'=' * 50}\ndownloaded {size} bytes\n\n")
