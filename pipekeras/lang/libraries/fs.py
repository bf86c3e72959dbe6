"""fs: paths put together and taken apart, files and folders listed, made, copied, moved."""

from __future__ import annotations

import fnmatch
import os
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ...errors import Code, UserError
from ..generics import invoke
from ..regular_expressions.patterns import compile_pattern
from ..session import session
from ..values import FALSE, NULL, RVector, character, double, logical, rlist
from ..vectors.coerce import has_class, one_flag, one_string, strings
from ..vectors.combine import combine
from .library import Library, method

library = Library("fs")

Texts = list[str | None]


def paths(texts: Texts, names: Texts | None = None) -> RVector:
    """Paths print without quotes, as fs's class does."""
    attributes: dict[str, Any] = {"class": character(["fs_path", "character"])}
    if names is not None:
        attributes = {"names": character(names), **attributes}
    return character(list(texts), attributes) if len(texts) != 1 else _single(texts, attributes)


def _single(texts: Texts, attributes: dict[str, Any]) -> RVector:
    made = character([*texts, None])
    return RVector("character", made.data[:1].copy(), attributes)


def _tidy(text: str) -> str:
    """Slashes forward and single, no slash at the end, `~` kept."""
    while "//" in text:
        text = text.replace("//", "/")
    return text.rstrip("/") if len(text) > 1 else text


def _texts(value: Any, what: str = "path") -> Texts:
    return [None if t is None else _tidy(t) for t in strings(value, what)]


def _each(value: Any, change: Callable[[str], str]) -> RVector:
    return paths([None if t is None else change(t) for t in _texts(value)])


def _tested(value: Any, test: Callable[[str], bool]) -> RVector:
    texts = _texts(value)
    flags = [False if t is None else test(os.path.expanduser(t)) for t in texts]
    made = logical([*flags, False])  # a vector even of one flag: it carries names
    return RVector("logical", made.data[: len(flags)].copy(), {"names": _plain(texts)})


def _plain(texts: Texts) -> RVector:
    made = character([*texts, None])
    return RVector("character", made.data[: len(texts)].copy())


# --- names -------------------------------------------------------------------------------------------------


@library.function("path(..., ext = '')")
def path(dots, ext):
    columns = [_texts(v, "...") for _, v in dots]
    size = 0 if any(not c for c in columns) else max((len(c) for c in columns), default=1)
    end = one_string(ext, "ext").lstrip(".")
    out: Texts = []
    for i in range(size):
        parts = [c[i % len(c)] for c in columns]
        if None in parts:
            out.append(None)
            continue
        text = _tidy("/".join(p or "" for p in parts if p))
        out.append(f"{text}.{end}" if end else text)
    return paths(out)


@library.function("path_wd(..., ext = '')")
def path_wd(dots, ext):
    return path([(None, character(os.getcwd())), *dots], ext)


@library.function("path_home(...)")
def path_home(dots):
    return path([(None, character(str(Path.home()))), *dots], character(""))


@library.function("path_temp(...)")
def path_temp(dots):
    return path([(None, invoke("tempdir")), *dots], character(""))


@library.function("path_file(path)")
def path_file(path):
    return _plain([None if t is None else t.rsplit("/", 1)[-1] for t in _texts(path)])


@library.function("path_dir(path)")
def path_dir(path):
    return _plain([None if t is None else os.path.dirname(t) or "." for t in _texts(path)])


def _extension(text: str) -> str:
    name = text.rsplit("/", 1)[-1]
    stem, dot, end = name.rpartition(".")
    return end if dot and stem and end.isalnum() else ""


@library.function("path_ext(path)")
def path_ext(path):
    return _plain([None if t is None else _extension(t) for t in _texts(path)])


def _without_extension(text: str) -> str:
    end = _extension(text)
    return text[: -len(end) - 1] if end else text


@library.function("path_ext_remove(path)")
def path_ext_remove(path):
    if has_class(path, "fs_path"):
        return _each(path, _without_extension)
    return _plain([None if t is None else _without_extension(t) for t in _texts(path)])


@library.function("path_common(path)")
def path_common(path):
    """The folder that all paths are in."""
    parts = [t.split("/") for t in _texts(path) if t is not None]
    shared = []
    for column in zip(*parts, strict=False):
        if len(set(column)) > 1:
            break
        shared.append(column[0])
    return paths(["/".join(shared) or ("/" if shared else "")])


@library.function("path_filter(path, glob = NULL, regexp = NULL, invert = FALSE, ...)")
def path_filter(path, glob, regexp, invert, dots):
    import fnmatch
    import re

    shape = fnmatch.translate(one_string(glob, "glob")) if glob is not NULL else one_string(regexp, "regexp")
    wanted = re.compile(shape)
    turned = one_flag(invert, "invert")
    kept: Texts = [t for t in _texts(path) if t is not None and bool(wanted.search(t)) != turned]
    return paths(kept)


@library.function("path_ext_set(path, ext)")
def path_ext_set(path, ext):
    end = one_string(ext, "ext").lstrip(".")
    return _each(path, lambda t: f"{_without_extension(t)}.{end}" if end else _without_extension(t))


@library.function("path_split(path)")
def path_split(path):
    out = []
    for text in _texts(path):
        parts = [p for p in (text or "").split("/") if p]
        out.append(_plain(["/", *parts] if (text or "").startswith("/") else list(parts)))
    return rlist(out)


@library.function("path_join(parts)")
def path_join(parts):
    rows = list(parts.data) if parts.type == "list" else [parts]
    return paths([_tidy("/".join(t or "" for t in strings(row, "parts"))) for row in rows])


@library.function("path_abs(path, start = '.')")
def path_abs(path, start):
    first = one_string(start, "start")
    return _each(path, lambda t: _tidy(os.path.abspath(os.path.join(first, os.path.expanduser(t)))))


@library.function("path_norm(path)", "path_tidy")
def path_norm(path):
    return _each(path, os.path.normpath)


@library.function("path_real(path)")
def path_real(path):
    return _each(path, lambda t: os.path.realpath(os.path.expanduser(t)))


@library.function("path_expand(path)")
def path_expand(path):
    return _each(path, os.path.expanduser)


@library.function("path_rel(path, start = '.')")
def path_rel(path, start):
    first = one_string(start, "start")
    return _each(path, lambda t: os.path.relpath(t, first))


@library.function("path_sanitize(filename, replacement = '')")
def path_sanitize(filename, replacement):
    compiled = compile_pattern(r'[/\\?<>:*|":]')
    fill = one_string(replacement, "replacement")

    def clean(text: str) -> str:
        for found in reversed(list(compiled.each(text))):
            text = text[: found.start] + fill + text[found.end :]
        return text

    return _plain([clean(t or "") for t in strings(filename, "filename")])


@library.function("path_has_parent(path, parent)")
def path_has_parent(path, parent):
    above = os.path.abspath(one_string(parent, "parent"))
    return logical([os.path.abspath(t or "").startswith(above) for t in _texts(path)])


@library.function("is_absolute_path(path)")
def is_absolute_path(path):
    return logical([(t or "").startswith(("/", "~")) for t in _texts(path)])


@library.function("as_fs_path(x)", "fs_path")
def as_fs_path(x):
    return paths(_texts(x))


@library.function("file_temp(pattern = 'file', tmp_dir = NULL, ext = '')")
def file_temp(pattern, tmp_dir, ext):
    folder = one_string(invoke("tempdir") if tmp_dir is NULL else tmp_dir, "tmp_dir")
    end = one_string(ext, "ext").lstrip(".")
    name = uuid.uuid4().hex[:14]
    return paths([f"{folder}/{one_string(pattern, 'pattern')}{name}" + (f".{end}" if end else "")])


# --- questions ---------------------------------------------------------------------------------------------


@library.function("file_exists(path)")
def file_exists(path):
    return _tested(path, os.path.lexists)


@library.function("dir_exists(path)", "is_dir")
def dir_exists(path):
    return _tested(path, os.path.isdir)


@library.function("is_file(path, follow = TRUE)")
def is_file(path, follow):
    return _tested(path, os.path.isfile)


@library.function("is_link(path)")
def is_link(path):
    return _tested(path, os.path.islink)


@library.function("is_file_empty(path)")
def is_file_empty(path):
    return _tested(path, lambda t: os.path.isfile(t) and os.path.getsize(t) == 0)


@library.function("file_size(path)")
def file_size(path):
    texts = _texts(path)
    return double([os.path.getsize(t) if t and os.path.exists(t) else None for t in texts])


def _below(folder: str, deep: bool) -> list[str]:
    """Everything in a folder, each folder before what is in it."""
    out: list[str] = []
    for name in sorted(os.listdir(folder)):
        if name.startswith("."):
            continue
        full = name if folder == "." else f"{folder}/{name}"
        out.append(full)
        if deep and os.path.isdir(full):
            out += _below(full, deep)
    return out


def _missing(text: str) -> UserError:
    return UserError(
        f"[ENOENT] Failed to search directory '{text}': no such file or directory",
        code=Code.FILE,
        cure="dir_exists() tells whether a folder is there",
    )


def listed(path: Any, recurse: Any, kind: str, glob: Any, regexp: Any, invert: Any) -> list[str]:
    out: list[str] = []
    for text in _texts(path):
        folder = os.path.expanduser(text or "")
        if not os.path.isdir(folder):
            raise _missing(text or "")
        found = _below(folder, bool(recurse.data[0]))
        if recurse.type != "logical":
            found = [p for p in found if os.path.relpath(p, folder).count("/") <= recurse.data[0]]
        out += found
    if kind == "file":
        out = [p for p in out if os.path.isfile(p)]
    elif kind == "directory":
        out = [p for p in out if os.path.isdir(p)]
    keep: Callable[[str], bool] | None = None
    if glob is not NULL:
        wanted = one_string(glob, "glob")
        keep = lambda p: fnmatch.fnmatch(p, wanted)  # noqa: E731
    elif regexp is not NULL:
        compiled = compile_pattern(one_string(regexp, "regexp"))
        keep = lambda p: compiled.search(p) is not None  # noqa: E731
    return out if keep is None else [p for p in out if keep(p) != one_flag(invert, "invert")]


_LS = (
    "path = '.', all = FALSE, recurse = FALSE, type = 'any', glob = NULL, regexp = NULL, invert = FALSE,"
    " fail = TRUE, ..."
)


@library.function(f"dir_ls({_LS})")
def dir_ls(path, all_, recurse, type_, glob, regexp, invert, fail, dots):
    return paths(list(listed(path, recurse, one_string(type_, "type"), glob, regexp, invert)))


@library.function(f"dir_map({_LS}, fun)")
def dir_map(path, all_, recurse, type_, glob, regexp, invert, fail, dots, fun=None):
    from ..evaluator.calls import apply

    function = fun if fun is not None else dots[0][1]
    found = listed(path, recurse, one_string(type_, "type"), glob, regexp, invert)
    return rlist([apply(function, [(None, paths([p]))]) for p in found])


def _tree_lines(folder: str, prefix: str, shown: set[str]) -> list[str]:
    names = [n for n in sorted(os.listdir(folder)) if os.path.normpath(os.path.join(folder, n)) in shown]
    lines = []
    for i, name in enumerate(names):
        last = i + 1 == len(names)
        lines.append(f"{prefix}{'└' if last else '├'}── {name}")
        full = os.path.join(folder, name)
        if os.path.isdir(full):
            lines += _tree_lines(full, prefix + ("    " if last else "│   "), shown)
    return lines


@library.function("dir_tree(path = '.', recurse = TRUE, ...)", invisible=True)
def dir_tree(path, recurse, dots):
    folder = one_string(path, "path")
    if not os.path.isdir(os.path.expanduser(folder)):
        raise _missing(folder)
    named = dict(dots)
    choice = [
        named.get(name, default) for name, default in (("glob", NULL), ("regexp", NULL), ("invert", FALSE))
    ]
    found = list(listed(path, recurse, one_string(named.get("type", character("any")), "type"), *choice))
    shown = {os.path.normpath(os.path.expanduser(name)) for name in found}
    lines = _tree_lines(os.path.expanduser(folder), "", shown)
    session.write("\n".join([_tidy(folder), *lines]) + "\n")
    return paths([*found])


# --- changes -----------------------------------------------------------------------------------------------


def _changing(work: Callable[[], Any], text: str, what: str) -> None:
    try:
        work()
    except OSError as error:
        raise UserError(
            f"Failed to {what} '{text}': {(error.strerror or str(error)).lower()}", code=Code.FILE
        ) from None


@library.function("dir_create(path, ..., mode = 'u=rwx,go=rx', recurse = TRUE, recursive)", invisible=True)
def dir_create(path_, dots, mode, recurse, recursive=None):
    texts = list(path([(None, path_), *[(None, v) for n, v in dots if not n]], character("")).data)
    for text in texts:
        _changing(lambda t=text: os.makedirs(os.path.expanduser(t), exist_ok=True), text, "make directory")
    return paths(texts)


@library.function("file_create(path, ..., mode = 'u=rw,go=r')", invisible=True)
def file_create(path_, dots, mode):
    texts = list(path([(None, path_), *[(None, v) for n, v in dots if not n]], character("")).data)
    for text in texts:
        _changing(lambda t=text: Path(t).expanduser().touch(), text, "open")
    return paths(texts)


@library.function("file_touch(path, ...)", invisible=True)
def file_touch(path_, dots):
    return file_create(path_, [], NULL)


def _targets(sources: Texts, new_path: Any) -> list[tuple[str, str]]:
    """(from, to) pairs; into folders the files keep their names."""
    new = _texts(new_path)
    out = []
    for i, source in enumerate(sources):
        target = new[i % len(new)] or ""
        if os.path.isdir(os.path.expanduser(target)):
            target = f"{target}/{os.path.basename(source or '')}"
        out.append((source or "", target))
    return out


@library.function("file_copy(path, new_path, overwrite = FALSE)", invisible=True)
def file_copy(path_, new_path, overwrite):
    done = []
    for source, target in _targets(_texts(path_), new_path):
        if os.path.exists(target) and not one_flag(overwrite, "overwrite"):
            raise UserError(
                f"[EEXIST] Failed to copy '{source}' to '{target}': file already exists", code=Code.FILE
            )
        _changing(
            lambda s=source, t=target: shutil.copyfile(os.path.expanduser(s), os.path.expanduser(t)),
            source,
            "copy",
        )
        done.append(target)
    return paths(list(done))


@library.function("dir_copy(path, new_path, overwrite = FALSE)", invisible=True)
def dir_copy(path_, new_path, overwrite):
    texts, new = _texts(path_), _texts(new_path)
    for source, target in zip(texts, new, strict=True):
        _changing(
            lambda s=source, t=target: shutil.copytree(s or "", t or "", dirs_exist_ok=True),
            source or "",
            "copy",
        )
    return paths(new)


@library.function("file_move(path, new_path)", invisible=True)
def file_move(path_, new_path):
    done = []
    for source, target in _targets(_texts(path_), new_path):
        _changing(
            lambda s=source, t=target: os.replace(os.path.expanduser(s), os.path.expanduser(t)),
            source,
            "move",
        )
        done.append(target)
    return paths(list(done))


def _deleted(value: Any) -> RVector:
    """Deleting goes through R's unlink, which asks for permission outside temporary folders."""
    texts = _texts(value)
    for text in texts:
        if text is not None and not os.path.lexists(os.path.expanduser(text)):
            raise UserError(f"[ENOENT] Failed to remove '{text}': no such file or directory", code=Code.FILE)
    if texts:
        invoke("unlink", _plain(texts), recursive=logical(True))
    return paths(texts)


@library.function("file_delete(path)", "dir_delete", "link_delete", invisible=True)
def file_delete(path_):
    return _deleted(path_)


@library.function("file_chmod(path, mode)", invisible=True)
def file_chmod(path_, mode):
    invoke("Sys.chmod", path_, mode)
    return path_


# --- the class ---------------------------------------------------------------------------------------------


@method("print.fs_path(x, ..., max = NULL)", "print", "fs_path", invisible=True)
def print_path(x, dots, most):
    from ..text.format import display_width

    texts = ["NA" if t is None else t for t in x.data]
    width = session.option_int("width")
    each = max((display_width(t) for t in texts), default=0) + 1
    columns = max(1, width // each)
    rows = -(-len(texts) // columns)
    lines = []
    for i in range(rows):
        row = [texts[k] for k in range(i, len(texts), rows)]
        lines.append("".join(t.ljust(each) for t in row) if len(texts) > 1 else row[0])
    if len(texts) > 1:
        lines = [line.rstrip() + " " if len(line) else line for line in lines]
    session.write("\n".join(lines) + "\n" if lines else "character(0)\n")
    return x


@method("`[.fs_path`(x, i, ...)", "[", "fs_path")
def subset_path(x, i, dots):
    from ..vectors.subset import get_subset

    return paths(list(get_subset(RVector("character", x.data), [i]).data))


@method("`[[.fs_path`(x, i, ...)", "[[", "fs_path")
def element_path(x, i, dots):
    return subset_path(x, i, dots)


@method("c.fs_path(...)", "c", "fs_path")
def joined_paths(dots):
    return combine([(n, v.with_attributes(None) if isinstance(v, RVector) else v) for n, v in dots])


@method("as.character.fs_path(x, ...)", "as.character", "fs_path")
def as_character_path(x, dots):
    return RVector("character", x.data)
