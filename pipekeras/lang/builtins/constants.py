"""Constants of base R: pi, letters, month names, .Machine, T and F, R.version."""

from __future__ import annotations

import platform
from typing import Any

import numpy as np

from ..dates import MONTHS
from ..registry import BASE
from ..session import session
from ..values import FALSE, TRUE, RVector, character, double, integer, rlist


def _declare(name: str, value: Any) -> None:
    assert name not in BASE, f"{name} is declared twice"
    if isinstance(value, RVector):
        value.named = 2
    BASE[name] = value


_declare("pi", double(np.pi))
_declare("T", TRUE)
_declare("F", FALSE)
_declare("letters", character([chr(c) for c in range(ord("a"), ord("z") + 1)]))
_declare("LETTERS", character([chr(c) for c in range(ord("A"), ord("Z") + 1)]))
_declare("month.name", character(MONTHS))
_declare("month.abb", character([m[:3] for m in MONTHS]))
_declare(".GlobalEnv", session.global_env)

_REAL = np.finfo(np.float64)
_MACHINE: dict[str, Any] = {
    "double.eps": double(float(_REAL.eps)),
    "double.neg.eps": double(float(_REAL.epsneg)),
    "double.xmin": double(float(_REAL.tiny)),
    "double.xmax": double(float(_REAL.max)),
    "double.base": integer(2),
    "double.digits": integer(53),
    "double.max.exp": integer(1024),
    "double.min.exp": integer(-1022),
    "integer.max": integer(2147483647),
    "sizeof.long": integer(8),
    "sizeof.longlong": integer(8),
    "sizeof.pointer": integer(8),
}
_declare(".Machine", rlist(list(_MACHINE.values()), list(_MACHINE)))

_VERSION: dict[str, Any] = {
    "platform": f"{platform.machine()}-{platform.system().lower()}",
    "arch": platform.machine(),
    "os": platform.system().lower(),
    "status": "",
    "major": "4",
    "minor": "2.2",
    "year": "2022",
    "month": "10",
    "day": "31",
    "language": "R",
    "version.string": "R version 4.2.2 (as pipekeras speaks it)",
    "nickname": "pipekeras",
}
for _name in ("R.version", "version"):
    _declare(
        _name,
        rlist([character(v) for v in _VERSION.values()], list(_VERSION), {"class": character("simple.list")}),
    )
_declare("R.version.string", character(_VERSION["version.string"]))
_platform = {"OS.type": "unix", "file.sep": "/", "path.sep": ":", "endian": "little", "dynlib.ext": ".so"}
_declare(".Platform", rlist([character(v) for v in _platform.values()], list(_platform)))
