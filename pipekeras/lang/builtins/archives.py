"""Archives unpacked: unzip, untar; whole files as text: readChar; output sent to a file: sink."""

from __future__ import annotations

import os
from typing import Any

from ...errors import Code, UserError
from ..coerce import numbers, one_flag, one_string, strings
from ..connections import Connection, cannot_open, connection_of, is_connection, open_file
from ..registry import builtin
from ..session import session
from ..values import NULL, character, integer


def _paths(*given: str) -> list[str]:
    return [os.path.expanduser(path) for path in given]


def _target(folder: str, name: str) -> str:
    """Where an archive's member goes; one that leads out of the folder is refused."""
    base = os.path.realpath(folder)
    path = os.path.realpath(os.path.join(base, name))
    if path != base and not path.startswith(base + os.sep):
        raise UserError(
            f"'{name}' leads out of the folder",
            code=Code.PERMISSION,
            cause="the archive holds an unsafe path",
        )
    return path


@builtin(
    "unzip(zipfile, files = NULL, list = FALSE, overwrite = TRUE, junkpaths = FALSE, exdir = '.',"
    " unzip = 'internal', setTimes = FALSE)",
    invisible=True,
)
def unzip(zipfile_, files, list_, overwrite, junkpaths, exdir, unzip_, set_times):
    path, folder = (
        os.path.expanduser(one_string(zipfile_, "zipfile")),
        os.path.expanduser(one_string(exdir, "exdir")),
    )
    import zipfile  # rarely needed, and slow to load

    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise UserError(f"cannot open zip file '{path}'", code=Code.FILE, cause=str(error)) from None
    with archive:
        names = archive.namelist() if files is NULL else [name or "" for name in strings(files, "files")]
        if one_flag(list_, "list"):
            session.visible = True
            return character(names)
        for name in names:
            _target(folder, name)
        archive.extractall(folder, names)
    return character([os.path.join(folder, name) for name in names if not name.endswith("/")])


@builtin(
    "untar(tarfile, files = NULL, list = FALSE, exdir = '.', compressed = NA, extras = NULL, verbose = FALSE,"
    " restore_times = TRUE, support_old_tars = Sys.getenv('R_SUPPORT_OLD_TARS', FALSE),"
    " tar = Sys.getenv('TAR'))",
    invisible=True,
)
def untar(tarfile_, files, list_, exdir, compressed, extras, verbose, times=None, old=None, tar=None):
    path, folder = (
        os.path.expanduser(one_string(tarfile_, "tarfile")),
        os.path.expanduser(one_string(exdir, "exdir")),
    )
    import tarfile  # rarely needed, and slow to load

    try:
        archive = tarfile.open(path)  # noqa: SIM115
    except (OSError, tarfile.TarError) as error:
        raise UserError(f"cannot open file '{path}'", code=Code.FILE, cause=str(error)) from None
    with archive:
        names = archive.getnames() if files is NULL else [name or "" for name in strings(files, "files")]
        if one_flag(list_, "list"):
            session.visible = True
            return character(names)
        for name in names:
            _target(folder, name)
            archive.extract(name, folder, filter="data")
    return integer(0)


@builtin("readChar(con, nchars, useBytes = FALSE)")
def read_char(con, nchars, use_bytes):
    path = connection_of(con).description if is_connection(con) else one_string(con, "con")
    try:
        with open(os.path.expanduser(path), encoding="utf-8", errors="surrogateescape", newline="") as stream:
            return character([stream.read(int(n)) for n in numbers(nchars, "nchars")])
    except OSError as error:
        raise cannot_open(path, error) from None


_sinks: list[tuple[Connection, Any]] = []
"""Where output goes instead of the terminal, and where it went before, innermost last."""


@builtin("sink(file = NULL, append = FALSE, type = c('output', 'message'), split = FALSE)", invisible=True)
def sink(file, append, type, split):
    if strings(type, "type")[0] == "message":
        raise UserError("sink() of messages is not provided", code=Code.UNSUPPORTED, cure="redirect stderr")
    if file is not NULL:
        own = not is_connection(file)
        mode = "a" if one_flag(append, "append") else "w"
        connection = open_file(one_string(file, "file"), mode) if own else connection_of(file)
        _sinks.append((connection, session.write))
        session.write = connection.write
    elif _sinks:
        connection, session.write = _sinks.pop()
        if connection.kind != "textConnection":
            connection.close()
    return NULL
