"""The formals that formals() and args() show where a builtin declares other ones.

R's generics show their own few arguments, while their default methods, which a builtin is too, take more;
and lazy functions take their arguments as written.
"""

from __future__ import annotations

from functools import cache

from ..signature import Signature
from . import packages
from .libraries.usages import PACKAGE_USAGES
from .registry import parse_usage
from .values import Builtin, Closure

USAGES = {
    "!": "x",
    "%<>%": "lhs, rhs",
    "+": "e1, e2",
    "-": "e1, e2",
    "Reduce": "f, x, init, right = FALSE, accumulate = FALSE",
    "aperm": "a, perm, ...",
    "as.character": "x, ...",
    "as.data.frame": "x, row.names = NULL, optional = FALSE, ...",
    "as.double": "x, ...",
    "as.integer": "x, ...",
    "as.logical": "x, ...",
    "as.numeric": "x, ...",
    "bquote": "expr, where = parent.frame(), splice = FALSE",
    "c": "...",
    "cut": "x, ...",
    "data": (
        '..., list = character(), package = NULL, lib.loc = NULL, verbose = getOption("verbose"), '
        "envir = .GlobalEnv, overwrite = TRUE"
    ),
    "diff": "x, ...",
    "download.file": (
        'url, destfile, method, quiet = FALSE, mode = "w", cacheOK = TRUE, '
        'extra = getOption("download.file.extra"), headers = NULL, ...'
    ),
    "edit": "name, ...",
    "format": "x, ...",
    "head": "x, ...",
    "ifelse": "test, yes, no",
    "installed.packages": (
        "lib.loc = NULL, priority = NULL, noCache = FALSE, fields = NULL, subarch = .Platform$r_arch, ..."
    ),
    "invisible": "x = NULL",
    "lag": "x, ...",
    "local": "expr, envir = new.env()",
    "merge": "x, y, ...",
    "missing": "x",
    "on.exit": "expr = NULL, add = FALSE, after = TRUE",
    "quote": "expr",
    "UseMethod": "generic, object",
    "quantile": "x, ...",
    "range": "..., na.rm = FALSE",
    "rep": "x, ...",
    "round": "x, digits = 0",
    "seq.int": "from, to, by, length.out, along.with, ...",
    "source": (
        "file, local = FALSE, echo = verbose, print.eval = echo, exprs, spaced = use_file, "
        'verbose = getOption("verbose"), prompt.echo = getOption("prompt"), '
        'max.deparse.length = 150, width.cutoff = 60L, deparseCtrl = "showAttributes", '
        'chdir = FALSE, encoding = getOption("encoding"), continue.echo = getOption("continue"), '
        'skip.echo = 0, keep.source = getOption("keep.source")'
    ),
    "stopifnot": "..., exprs, exprObject, local = TRUE",
    "substitute": "expr, env",
    "summary": "object, ...",
    "switch": "EXPR, ...",
    "system": (
        "command, intern = FALSE, ignore.stdout = FALSE, ignore.stderr = FALSE, wait = TRUE, "
        "input = NULL, show.output.on.console = TRUE, minimized = FALSE, invisible = TRUE, "
        "timeout = 0"
    ),
    "system.time": "expr, gcFirst = TRUE",
    "tabulate": "bin, nbins = max(1L, bin, na.rm = TRUE)",
    "tail": "x, ...",
    "try": 'expr, silent = FALSE, outFile = getOption("try.outFile", default = stderr())',
    "tryCatch": "expr, ..., finally",
    "with": "data, expr, ...",
    "within": "data, expr, ...",
}
"""R's argument lists by function name."""


@cache
def _parsed(name: str) -> Signature:
    return parse_usage(f"f({USAGES[name]})")


def shown_signature(function: Closure | Builtin) -> Signature:
    """A function's arguments as R shows them."""
    if not isinstance(function, Builtin):
        return function.signature
    for package, usages in PACKAGE_USAGES.items():
        if usages.get(function.name) and packages.space_of(package).values.get(function.name) is function:
            return parse_usage(f"f({usages[function.name]})")
    return _parsed(function.name) if function.name in USAGES else function.signature
