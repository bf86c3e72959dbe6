"""The machine and the session: environment variables, times used, versions; what a script may not do."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import time
from typing import Any

from ...errors import Code, UserError
from ..generics import invoke, operator_methods
from ..io.permissions import require
from ..packages import KNOWN
from ..registry import BASE, builtin
from ..session import session
from ..text.format import number_strings
from ..text.tabular import named_lines
from ..values import NULL, RVector, character, double, integer, logical, rlist
from ..vectors.arith import compare
from ..vectors.coerce import one_flag, one_string, strings
from ..vectors.subset import get_subset

_STARTED = time.monotonic()


@builtin("Sys.getenv(x = NULL, unset = '', names = NA)")
def sys_getenv(x, unset, names):
    if x is NULL:
        found = sorted(os.environ.items())
        return character([v for _, v in found], {"names": character([k for k, _ in found])})
    wanted = strings(x, "x")
    missing = unset.data[0] if unset.type == "character" else None
    values = [os.environ.get(name or "", missing) for name in wanted]
    with_names = len(wanted) > 1 if names.is_na()[0] else one_flag(names, "names")
    return character(values, {"names": character(wanted)} if with_names else None)


_LOADER = ("LD_", "DYLD_", "PYTHON")
"""Beginnings of variables that decide which code a program loads."""


@builtin("Sys.setenv(...)", invisible=True)
def sys_setenv(dots):
    if any(not name for name, _ in dots):
        raise UserError(
            "all arguments must be named", code=Code.ARGUMENT, cure='write Sys.setenv(NAME = "value")'
        )
    for name, value in dots:
        if (name or "").upper().startswith(_LOADER):
            require("system", f"Sys.setenv({name} = )")
        os.environ[name or ""] = strings(value, name or "")[0] or ""
    return logical([True] * len(dots))


@builtin("Sys.unsetenv(x)", invisible=True)
def sys_unsetenv(x):
    for name in strings(x, "x"):
        os.environ.pop(name or "", None)
    return logical([True] * len(x))


@builtin("proc.time()")
def proc_time():
    used = os.times()
    names = ["user.self", "sys.self", "elapsed", "user.child", "sys.child"]
    values = [used.user, used.system, time.monotonic() - _STARTED, used.children_user, used.children_system]
    return double(values, {"names": character(names), "class": character(["proc_time"])})


@builtin("print.proc_time(x, ...)", invisible=True)
def print_proc_time(x, dots):
    values = [round(float(v), 3) for v in x.data]
    shown = number_strings(double([values[0], values[1], values[2]]).data)
    session.write("\n".join(named_lines(shown, ["user", "system", "elapsed"], 80)) + "\n")
    return x


@builtin("Sys.info()")
def sys_info():
    system = platform.uname()
    user = os.environ.get("USER", "unknown")
    parts = {
        "sysname": system.system,
        "release": system.release,
        "version": system.version,
        "nodename": system.node,
        "machine": system.machine,
        "login": user,
        "user": user,
        "effective_user": user,
    }
    return character(list(parts.values()), {"names": character(list(parts))})


@builtin("Sys.getpid()")
def sys_getpid():
    return integer(os.getpid())


_CATEGORIES = {
    "LC_COLLATE": locale.LC_COLLATE,
    "LC_CTYPE": locale.LC_CTYPE,
    "LC_TIME": locale.LC_TIME,
    "LC_NUMERIC": locale.LC_NUMERIC,
    "LC_MONETARY": locale.LC_MONETARY,
    "LC_ALL": locale.LC_ALL,
}


@builtin("Sys.getlocale(category = 'LC_ALL')")
def sys_getlocale(category):
    name = one_string(category, "category")
    return character(os.environ.get("LC_ALL") or os.environ.get(name) or os.environ.get("LANG") or "C")


@builtin("Sys.setlocale(category = 'LC_ALL', locale = '')")
def sys_setlocale(category, locale_):
    name = one_string(category, "category")
    if name not in _CATEGORIES:
        raise UserError("invalid 'category' argument", code=Code.ARGUMENT, cure=", ".join(_CATEGORIES))
    wanted = one_string(locale_, "locale")
    if wanted:
        os.environ["LC_ALL" if name == "LC_ALL" else name] = wanted
    return sys_getlocale(category)


@builtin("R.Version()")
def r_version():
    return BASE["R.version"]


@builtin("sessionInfo(package = NULL)")
def session_info(package):
    attached = character(list(session.packages))
    parts = {
        "R.version": BASE["R.version"],
        "platform": character(platform.platform()),
        "otherPkgs": attached,
    }
    return rlist(parts.values(), parts.keys(), {"class": character(["sessionInfo"])})


@builtin("print.sessionInfo(x, ...)", invisible=True)
def print_session_info(x, dots):
    session.write(f"{BASE['R.version.string'].data[0]}\nPlatform: {x.data[1].data[0]}\n")
    packages = list(x.data[2].data)
    session.write("\nattached packages:\n[1] " + " ".join(packages) + "\n" if packages else "")
    return x


# --- what needs permission ---------------------------------------------------------------------------------


def _refused(name: str, does: str, cure: str) -> Any:
    @builtin(f"{name}(...)")
    def refuse(dots):
        raise UserError(
            f"{name}() is not allowed",
            code=Code.PERMISSION,
            cause=f"it {does}, which a script may not do here",
            cure=cure,
        )

    return refuse


def _unsupported(name: str) -> None:
    @builtin(f"{name}(...)")
    def refuse(dots):
        raise UserError(
            f"{name}() is not provided",
            code=Code.UNSUPPORTED,
            cause="only chosen values are written to files",
            cure="name the values: saveRDS(), save(), dput()",
        )


for _name in ("edit", "fix"):
    _refused(_name, "opens an editor", "change the value by code")
_refused("browseURL", "opens a browser", "open the address yourself")
for _name in ("update.packages", "remove.packages"):
    _refused(_name, "changes what is installed", "leave the call out: pipekeras brings its own packages")
_unsupported("save.image")


# --- packages and programs ---------------------------------------------------------------------------------

_BASE_PACKAGES = ("base", "stats", "utils", "methods", "graphics", "grDevices", "datasets", "tools")


@builtin("packageVersion(pkg, lib.loc = NULL)")
def package_version(pkg, lib_loc):
    name = one_string(pkg, "pkg")
    if name not in KNOWN:
        raise UserError(f"there is no package called ‘{name}’", code=Code.PACKAGE)
    parts = [4, 2, 2] if name in _BASE_PACKAGES else _own_version()
    classes = character(["package_version", "numeric_version"])
    return rlist([integer(parts)], attributes={"class": classes})


def _own_version() -> list[int]:
    """Known packages are pipekeras's own: they have its version."""
    from importlib import metadata  # rarely needed, and slow to load

    try:
        return [int(part) for part in metadata.version("pipekeras").split(".")[:3]]
    except (metadata.PackageNotFoundError, ValueError):
        return [0, 1, 0]


def _version_texts(x: Any) -> list[str]:
    return [".".join(str(part) for part in parts.data.tolist()) for parts in x.data]


@builtin("as.character.numeric_version(x, ...)", "format.numeric_version")
def as_character_version(x, dots):
    return character(_version_texts(x))


@builtin("print.numeric_version(x, ...)", invisible=True)
def print_version(x, dots):
    invoke("print", character([f"‘{text}’" for text in _version_texts(x)]), quote=logical(False))
    return x


@builtin("`[.numeric_version`(x, i)")
def subset_version(x, i):
    return get_subset(RVector("list", x.data), [i]).with_attribute("class", x.attribute("class"))


def _compare_versions(operator: str, left: Any, right: Any) -> Any:
    sides = []
    for side in (left, right):
        texts = strings(side, "version") if side.type == "character" else _version_texts(side)
        sides.append([[int(part) for part in str(t).replace("-", ".").split(".")] for t in texts])
    orders = []
    for k in range(max(map(len, sides)) if all(sides) else 0):
        keys = [side[k % len(side)] for side in sides]
        length = max(map(len, keys))
        a, b = (key + [0] * (length - len(key)) for key in keys)
        orders.append((a > b) - (a < b))
    return compare(operator, integer(orders), integer(0))


operator_methods("numeric_version", _compare_versions, "comparison")


@builtin("system.file(..., package = 'base', lib.loc = NULL, mustWork = FALSE)")
def system_file(dots, package, lib_loc, must_work):
    if one_flag(must_work, "mustWork"):
        raise UserError("no file found", code=Code.FILE, cause="packages of R have no files here")
    return character("")


@builtin("Sys.which(names)")
def sys_which(names):
    wanted = strings(names, "names")
    return character([shutil.which(name or "") or "" for name in wanted], {"names": character(wanted)})
