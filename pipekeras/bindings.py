"""Data files given on the command line as variables of the script."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from .errors import Code, UserError
from .keras.convert import to_r
from .lang import builtins as _builtins  # noqa: F401  declares read.csv
from .lang.evaluator.calls import call_function
from .lang.lookup import assign, lookup_function
from .lang.registry import Context
from .lang.session import session
from .lang.values import character


def bind(binding: str) -> None:
    """Set a global variable from `name=file`.

    Raises:
        UserError: code FILE when the binding is no `name=file`, or the file is missing or of another kind
    """
    name, equals, file = binding.partition("=")
    if not name or not equals or not file:
        raise UserError(f"--bind {binding}: give NAME=FILE, such as --bind x=data.npy", code=Code.FILE)
    assign(name, _value_of(Path(file)), session.global_env)


def _value_of(path: Path) -> Any:
    load = _LOADERS.get(path.suffix.lower())
    if load is None:
        raise UserError(
            f"--bind: cannot read '{path}'",
            code=Code.FILE,
            cause=f"a file of type '{path.suffix}' is none of " + ", ".join(_LOADERS),
            cure="save it as one of these: numpy.save, numpy.savez, or write.csv",
        )
    if not path.is_file():
        raise UserError(f"--bind: cannot open file '{path}': No such file or directory", code=Code.FILE)
    try:
        return load(path)
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise UserError(
            f"--bind: '{path}' is not a readable {path.suffix} file",
            code=Code.FILE,
            cause=str(error),
            cure="write it again; arrays of Python objects (pickles) are refused because they can run code",
        ) from None


def _array(path: Path) -> Any:
    array = np.load(path, allow_pickle=False)
    if isinstance(array, np.ndarray):
        return to_r(array)
    raise ValueError("it holds several arrays; call it .npz")


def _arrays(path: Path) -> Any:
    archive = np.load(path, allow_pickle=False)
    if isinstance(archive, np.ndarray):
        raise ValueError("it holds a single array; call it .npy")
    with archive:
        return to_r({name: archive[name] for name in archive.files})


def _frame(path: Path) -> Any:
    env = session.global_env
    return call_function(
        lookup_function("read.csv", env), [(None, character(str(path)))], ctx=Context(env, None)
    )


_LOADERS: dict[str, Callable[[Path], Any]] = {".npy": _array, ".npz": _arrays, ".csv": _frame}
