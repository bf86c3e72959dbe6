"""Files and connections: reading and writing lines, paths, folders, temporary files."""

from __future__ import annotations

import atexit
import glob
import os
import re
import secrets
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from ...errors import Code, UserError
from ..conditions import warn
from ..frames import make_frame
from ..generics import as_text
from ..io.connections import (
    Connection,
    connection_of,
    connection_value,
    forget,
    is_connection,
    open_connection,
    open_file,
    open_pipe,
    read_text,
    register,
    reopened,
    split_lines,
    text_reader,
    text_writer,
)
from ..io.permissions import require
from ..registry import builtin
from ..regular_expressions.patterns import compile_pattern
from ..session import session
from ..values import FALSE, NULL, RVector, character, double, integer, logical
from ..vectors.coerce import one_flag, one_int, one_string, strings
from .dates import time_vector


@cache
def temporary_folder() -> str:
    """This session's temporary folder, removed at the end."""
    folder = tempfile.mkdtemp(prefix="Rtmp")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def is_temporary(path: str) -> bool:
    """Whether a path lies in a temporary folder, so that a script may remove it."""
    real = os.path.realpath(os.path.expanduser(path))
    roots = (os.path.realpath(temporary_folder()), os.path.realpath(tempfile.gettempdir()))
    return any(real.startswith(root + os.sep) for root in roots)


def _paths(value: Any, what: str) -> list[str]:
    return [os.path.expanduser(path or "NA") for path in strings(value, what)]


# --- lines -------------------------------------------------------------------------------------------------


@builtin("readLines(con = stdin(), n = -1L, ok = TRUE, warn = TRUE, encoding = 'unknown', skipNul = FALSE)")
def read_lines(con, n, ok, warn_, encoding, skip_nul):
    count = one_int(n, "n")
    if is_connection(con):
        connection = reopened(connection_of(con))
    elif isinstance(con, RVector) and con.type == "character":
        path = one_string(con, "con")
        connection = open_file(path, "r")
    else:
        raise UserError("'con' is not a connection", code=Code.TYPE, cure="give a path or file(path)")
    lines = connection.read(count)
    if not connection.complete and not connection.lines and lines and one_flag(warn_, "warn"):
        warn(f"incomplete final line found on '{connection.description}'")
        connection.complete = True
    return character(list(lines))


def text_of(file: Any) -> tuple[list[str], str]:
    """The lines of a path or connection, and what messages call it."""
    if is_connection(file):
        connection = connection_of(file)
        return reopened(connection).read(-1), connection.description
    path = one_string(file, "file")
    return split_lines(read_text(path))[0], path


@builtin("file(description = '', open = '', blocking = TRUE, encoding = 'native.enc', ...)")
def file(description, open, blocking, encoding, dots):
    path = one_string(description, "description")
    if path == "stdin":
        return connection_value(0, "terminal")
    return register(open_file(path, one_string(open, "open")))


@builtin("gzfile(description, open = '', ...)", "bzfile", "xzfile")
def gzfile(description, open, dots):
    return register(open_file(one_string(description, "description"), one_string(open, "open"), "gzfile"))


@builtin("url(description, open = '', ...)")
def url(description, open, dots):
    address = one_string(description, "description")
    return register(open_file(address, one_string(open, "open"), "url"))


@builtin("pipe(description, open = '', encoding = getOption('encoding'))")
def pipe(description, open, encoding):
    return register(open_pipe(one_string(description, "description"), one_string(open, "open")))


@builtin("textConnection(object, open = 'r', local = FALSE, ...)")
def text_connection(ctx, object, open, local, dots):
    mode = one_string(open, "open")
    if mode.startswith("r"):
        return register(text_reader(list(as_text(object).data), "object"))
    return register(text_writer(None if object is NULL else one_string(object, "object"), ctx))


@builtin("textConnectionValue(con)")
def text_connection_value(con):
    connection = connection_of(con)
    if connection.kind != "textConnection" or connection.mode != "w":
        raise UserError("'con' is not an output textConnection", code=Code.TYPE)
    return character(connection.written)


@builtin("stdin()")
def stdin():
    return connection_value(0, "terminal")


@builtin("stdout()")
def stdout():
    return connection_value(1, "terminal")


@builtin("stderr()")
def stderr():
    return connection_value(2, "terminal")


@builtin("open(con, open = 'r', ...)", invisible=True)
def open_(con, open, dots):
    open_connection(connection_of(con), one_string(open, "open"))
    return NULL


@builtin("close(con, ...)", generic=True, invisible=True)
def close(con, dots):
    connection: Connection = forget(con)
    status = connection.close()
    return integer(status * 256) if connection.kind == "pipe" and status else NULL


@builtin("isOpen(con, rw = '')")
def is_open(con, rw):
    return logical(bool(connection_of(con).mode))


@builtin("flush(con)", invisible=True)
def flush(con):
    connection_of(con)
    return NULL


@builtin("print.connection(x, ...)", invisible=True)
def print_connection(x, dots):
    connection = connection_of(x)
    mode = connection.mode or "r"
    rows = {
        "description": connection.description,
        "class": connection.kind,
        "mode": mode,
        "text": "text",
        "opened": "opened" if connection.mode else "closed",
        "can read": "yes" if "r" in mode else "no",
        "can write": "no" if "r" in mode else "yes",
    }
    width = max(len(value) for value in rows.values()) + 2
    session.write("A connection with".ljust(12 + width) + "\n")
    for name, value in rows.items():
        session.write(f"{name:<11} " + f'"{value}"'.ljust(width) + "\n")
    return x


# --- what is there -----------------------------------------------------------------------------------------


def _all_paths(dots: Any) -> list[str]:
    return [path for _, value in dots for path in _paths(value, "file")]


@builtin("file.exists(...)")
def file_exists(dots):
    return logical([os.path.exists(path) for path in _all_paths(dots)])


@builtin("dir.exists(paths)")
def dir_exists(paths):
    return logical([os.path.isdir(path) for path in _paths(paths, "paths")])


def _newer(first: str, second: str) -> bool:
    return (
        os.path.exists(first)
        and os.path.exists(second)
        and os.stat(first).st_mtime > os.stat(second).st_mtime
    )


_FILE_TESTS: dict[str, Any] = {
    "-f": lambda path: os.path.exists(path) and not os.path.isdir(path),
    "-d": os.path.isdir,
    "-h": os.path.islink,
    "-L": os.path.islink,
    "-r": lambda path: os.access(path, os.R_OK),
    "-w": lambda path: os.access(path, os.W_OK),
    "-x": lambda path: os.access(path, os.X_OK),
}


@builtin("file_test(op, x, y)")
def file_test(op, x, y=None):
    kind, paths = one_string(op, "op"), _paths(x, "x")
    if kind in ("-nt", "-ot"):
        others = _paths(y, "y")
        pairs = [(p, others[i % len(others)]) for i, p in enumerate(paths)]
        return logical([_newer(a, b) if kind == "-nt" else _newer(b, a) for a, b in pairs])
    if kind not in _FILE_TESTS:
        raise UserError(f"test '{kind}' is not available", code=Code.VALUE)
    return logical([bool(_FILE_TESTS[kind](path)) for path in paths])


@builtin(
    "list.files(path = '.', pattern = NULL, all.files = FALSE, full.names = FALSE, recursive = FALSE,"
    " ignore.case = FALSE, include.dirs = FALSE, no.. = FALSE)",
    "dir",
)
def list_files(path, pattern, all_files, full_names, recursive, ignore_case, include_dirs, no_dots):
    wanted = None
    if pattern is not NULL:
        wanted = compile_pattern(one_string(pattern, "pattern"), one_flag(ignore_case, "ignore.case"))
    hidden, full = one_flag(all_files, "all.files"), one_flag(full_names, "full.names")
    deep, folders = one_flag(recursive, "recursive"), one_flag(include_dirs, "include.dirs")
    found: list[str] = []
    for base, given in zip(_paths(path, "path"), strings(path, "path"), strict=True):
        names = _walk(base, folders) if deep else _entries(base, hidden and not one_flag(no_dots, "no.."))
        for name in names:
            last = os.path.basename(name)
            if (hidden or not last.startswith(".")) and (wanted is None or wanted.search(last)):
                found.append(os.path.join(given or "", name) if full else name)
    return character(sorted(found))


def _entries(folder: str, with_dots: bool) -> list[str]:
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return [".", "..", *names] if with_dots else names


def _walk(folder: str, with_folders: bool) -> list[str]:
    found = []
    for base, folders, files in os.walk(folder):
        for name in [*files, *(folders if with_folders else [])]:
            found.append(os.path.relpath(os.path.join(base, name), folder))
    return found


@builtin("list.dirs(path = '.', full.names = TRUE, recursive = TRUE)")
def list_dirs(path, full_names, recursive):
    found: list[str] = []
    for base in _paths(path, "path"):
        folders = [b for b, _, _ in os.walk(base)] if one_flag(recursive, "recursive") else [
            path for path in (os.path.join(base, n) for n in sorted(os.listdir(base))) if os.path.isdir(path)
        ]  # fmt: skip
        found += (
            folders if one_flag(full_names, "full.names") else [os.path.relpath(f, base) for f in folders]
        )
    return character(sorted("" if f == "." and not one_flag(full_names, "full.names") else f for f in found))


@builtin("Sys.glob(paths, dirmark = FALSE)")
def sys_glob(paths, dirmark):
    return character([found for path in _paths(paths, "paths") for found in sorted(glob.glob(path))])


@builtin("file.size(...)")
def file_size(dots):
    return double([float(os.path.getsize(p)) if os.path.exists(p) else None for p in _all_paths(dots)])


@builtin("file.info(..., extra_cols = TRUE)")
def file_info(dots, extra_cols):
    paths = _all_paths(dots)
    states = [os.stat(p) if os.path.exists(p) else None for p in paths]
    size = double([None if s is None else float(s.st_size) for s in states])
    isdir = logical([None if s is None else os.path.isdir(p) for s, p in zip(states, paths, strict=True)])
    changed = time_vector([float("nan") if s is None else s.st_mtime for s in states], None)
    return make_frame([size, isdir, changed], ["size", "isdir", "mtime"], character(paths))


# --- changing ----------------------------------------------------------------------------------------------


@builtin("dir.create(path, showWarnings = TRUE, recursive = FALSE, mode = '0777')", invisible=True)
def dir_create(path, show_warnings, recursive, mode):
    given = one_string(path, "path")
    target = os.path.expanduser(given)
    loud = one_flag(show_warnings, "showWarnings")
    if os.path.isdir(target):
        if loud:
            warn(f"'{given}' already exists")
        return logical(False)
    try:
        (os.makedirs if one_flag(recursive, "recursive") else os.mkdir)(target)
    except OSError as error:
        if loud:
            warn(f"cannot create dir '{given}', reason '{error.strerror}'")
        return logical(False)
    return logical(True)


@builtin("file.create(..., showWarnings = TRUE)")
def file_create(dots, show_warnings):
    made = []
    for path in _all_paths(dots):
        try:
            Path(path).write_text("")
            made.append(True)
        except OSError as error:
            warn(f"cannot create file '{path}', reason '{error.strerror}'")
            made.append(False)
    return logical(made)


@builtin("file.remove(...)")
def file_remove(dots):
    return logical([_removed(path) for path in _all_paths(dots)])


def _removed(path: str) -> bool:
    if not os.path.exists(path):
        warn(f"cannot remove file '{path}', reason 'No such file or directory'")
        return False
    _refuse_removing(path)
    os.remove(path)
    return True


def _refuse_removing(path: str) -> None:
    if not is_temporary(path):
        require("delete", f"removing '{path}'")


def _refuse_overwriting(path: str) -> None:
    """A file that another one is moved or copied onto is gone."""
    if os.path.exists(path):
        _refuse_removing(path)


@builtin("unlink(x, recursive = FALSE, force = FALSE, expand = TRUE)", invisible=True)
def unlink(x, recursive, force, expand):
    failed = 0
    for pattern in _paths(x, "x"):
        for path in glob.glob(pattern) if one_flag(expand, "expand") else [pattern]:
            _refuse_removing(path)
            if os.path.isdir(path):
                if one_flag(recursive, "recursive"):
                    shutil.rmtree(path)
                else:
                    failed = 1
            else:
                os.remove(path)
    return integer(failed)


@builtin("file.copy(from, to, overwrite = recursive, recursive = FALSE, copy.mode = TRUE, copy.date = FALSE)")
def file_copy(from_, to, overwrite=None, recursive=FALSE, copy_mode=None, copy_date=None):
    again = one_flag(recursive if overwrite is None else overwrite, "overwrite")
    sources, targets = _paths(from_, "from"), _paths(to, "to")
    if not sources:
        return logical([])
    if not targets:
        raise UserError("no files to copy to", code=Code.VALUE, cure="name a file or a folder")
    if len(targets) == 1 and os.path.isdir(targets[0]):
        folder = targets[0]
        targets = [os.path.join(folder, os.path.basename(path.rstrip("/"))) for path in sources]
        whole = one_flag(recursive, "recursive")
        done = [_copied(path, place, again, whole) for path, place in zip(sources, targets, strict=True)]
        return logical(done)
    if len(sources) > len(targets):
        raise UserError(
            "more 'from' files than 'to' files", code=Code.VALUE, cure="give one target for each, or a folder"
        )
    sources = [sources[i % len(sources)] for i in range(len(targets))]
    done = [_copied(path, place, again, False) for path, place in zip(sources, targets, strict=True)]
    return logical(done)


def _copied(path: str, place: str, again: bool, whole: bool) -> bool:
    """Whether a file was copied; folders only with all that is in them."""
    if os.path.isdir(path):
        if whole:
            shutil.copytree(path, place, dirs_exist_ok=True)
        return whole
    if not os.path.isfile(path) or (os.path.exists(place) and not again):
        return False
    _refuse_overwriting(place)
    try:
        shutil.copyfile(path, place)
    except OSError as error:
        warn(f"cannot create file '{place}', reason '{error.strerror}'")
        return False
    return True


@builtin("file.rename(from, to)")
def file_rename(from_, to):
    done = []
    for old, new in zip(_paths(from_, "from"), _paths(to, "to"), strict=True):
        _refuse_overwriting(new)
        try:
            os.rename(old, new)
            done.append(True)
        except OSError as error:
            warn(f"cannot rename file '{old}' to '{new}', reason '{error.strerror}'")
            done.append(False)
    return logical(done)


# --- names -------------------------------------------------------------------------------------------------


@builtin("tempdir(check = FALSE)")
def tempdir(check):
    return character(temporary_folder())


@builtin("tempfile(pattern = 'file', tmpdir = tempdir(), fileext = '')")
def tempfile_(pattern, tmpdir, fileext):
    stems, ends = strings(pattern, "pattern"), strings(fileext, "fileext")
    folder = one_string(tmpdir, "tmpdir")
    count = max(len(stems), len(ends))
    return character(
        [
            os.path.join(folder, f"{stems[i % len(stems)]}{secrets.token_hex(6)}{ends[i % len(ends)]}")
            for i in range(count)
        ]
    )


@builtin("file.path(..., fsep = .Platform$file.sep)")
def file_path(dots, fsep=None):
    parts = [strings(value, "path") for _, value in dots]
    if any(not part for part in parts):
        return character([])
    count = max(map(len, parts), default=0)
    separator = "/" if fsep is None else one_string(fsep, "fsep")
    return character([separator.join(_or_na(part[i % len(part)]) for part in parts) for i in range(count)])


def _or_na(text: str | None) -> str:
    return "NA" if text is None else text


def _base(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _folder(path: str) -> str:
    stripped = path.rstrip("/")
    if not stripped:
        return "/" if path else ""
    head, slash, _ = stripped.rpartition("/")
    return (head.rstrip("/") or "/") if slash else "."


@builtin("basename(path)")
def basename(path):
    return character([None if p is None else _base(os.path.expanduser(p)) for p in strings(path, "path")])


@builtin("dirname(path)")
def dirname(path):
    return character([None if p is None else _folder(os.path.expanduser(p)) for p in strings(path, "path")])


@builtin("file_ext(x)")
def file_ext(x):
    found = [re.search(r"\.([A-Za-z0-9]+)$", p or "") for p in strings(x, "x")]
    return character([m[1] if m else "" for m in found])


@builtin("file_path_sans_ext(x, compression = FALSE)")
def file_path_sans_ext(x, compression):
    return character([re.sub(r"([^.]+)\.[A-Za-z0-9]+$", r"\1", p or "") for p in strings(x, "x")])


@builtin("path.expand(path)")
def path_expand(path):
    return character([None if p is None else os.path.expanduser(p) for p in strings(path, "path")])


@builtin("normalizePath(path, winslash = '\\\\', mustWork = NA)")
def normalize_path(path, winslash, must_work):
    out = []
    for given, full in zip(strings(path, "path"), _paths(path, "path"), strict=True):
        if os.path.exists(full):
            out.append(os.path.realpath(full))
            continue
        message = f'path[1]="{given}": No such file or directory'
        if must_work.data[0] == 1:
            raise UserError(message, code=Code.FILE)
        if must_work.is_na()[0]:
            warn(message)
        out.append(given)
    return character(out)


@builtin("getwd()")
def getwd():
    return character(os.getcwd())


@builtin("setwd(dir)", invisible=True)
def setwd(dir):
    before = os.getcwd()
    try:
        os.chdir(os.path.expanduser(one_string(dir, "dir")))
    except OSError:
        raise UserError(
            "cannot change working directory",
            code=Code.FILE,
            cause=f"there is no folder {one_string(dir, 'dir')}",
        ) from None
    return character(before)
