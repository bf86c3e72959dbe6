"""Archives unpacked: unzip, untar; whole files as text: readChar; output sent to a file: sink."""

from __future__ import annotations

import os
import shutil
from datetime import UTC
from typing import Any

from ...errors import Code, UserError
from ..conditions import warn
from ..frames import make_frame
from ..io.connections import Connection, cannot_open, connection_of, is_connection, open_file
from ..registry import builtin
from ..session import session
from ..values import NULL, RVector, character, double, integer
from ..vectors.coerce import numbers, one_flag, one_string, strings

MOST_BYTES = 2**34
"""Archives that unpack to more than this are refused."""


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
    " unzip = 'internal', setTimes = FALSE)"
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
        if one_flag(list_, "list"):
            return _contents(archive)
        names = archive.namelist()
        if files is not NULL:
            wanted = [name or "" for name in strings(files, "files")]
            if any(name not in names for name in wanted):
                warn("requested file not found in the zip file")
            names = [name for name in wanted if name in names]
        members = [archive.getinfo(name) for name in names]
        _refuse_large(sum(member.file_size for member in members), os.path.getsize(path))
        session.visible = False
        flat, replace = one_flag(junkpaths, "junkpaths"), one_flag(overwrite, "overwrite")
        return character([place for m in members if (place := _unpack(archive, m, folder, flat, replace))])


def _contents(archive: Any) -> RVector:
    """R's data frame of names, lengths and dates."""
    from datetime import datetime

    members = archive.infolist()
    moments = [datetime(*m.date_time[:5], tzinfo=UTC).timestamp() for m in members]
    dates = double(moments, {"class": character(["POSIXct", "POSIXt"]), "tzone": character("")})
    columns = [
        character([m.filename for m in members]),
        double([float(m.file_size) for m in members]),
        dates,
    ]
    return make_frame(columns, ["Name", "Length", "Date"])


def _refuse_large(unpacked: int, packed: int) -> None:
    """An archive of a few bytes must not fill the disk."""
    if unpacked > MOST_BYTES or (unpacked > 2**28 and unpacked > 1000 * packed):
        raise UserError(
            "the archive is too large",
            code=Code.LIMIT,
            cause=f"{packed:,} bytes would become {unpacked:,}",
            cure="unpack it yourself, if you know what it holds",
        )


def _unpack(archive: Any, member: Any, folder: str, flat: bool, replace: bool) -> str | None:
    """Write one member below the folder; its path, or None for a folder."""
    name = os.path.basename(member.filename) if flat else member.filename
    place = _target(folder, name)
    if member.is_dir():
        if not flat:
            os.makedirs(place, exist_ok=True)
        return None
    shown = os.path.join(folder, name)
    if os.path.exists(place) and not replace:
        warn(f" not overwriting file '{shown}'")
        return shown
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with archive.open(member) as source, open(place, "wb") as target:
        shutil.copyfileobj(source, target)
    return shown


@builtin(
    "untar(tarfile, files = NULL, list = FALSE, exdir = '.', compressed = NA, extras = NULL, verbose = FALSE,"
    " restore_times = TRUE, support_old_tars = Sys.getenv('R_SUPPORT_OLD_TARS', FALSE),"
    " tar = Sys.getenv('TAR'))",
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
            return character(names)
        members = [archive.getmember(name) for name in names]
        _refuse_large(sum(member.size for member in members), os.path.getsize(path))
        for member in members:
            _target(folder, member.name)
            archive.extract(member, folder, filter="data")
    session.visible = False
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
