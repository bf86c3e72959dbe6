"""Packages: which are known, what library() does, and namespaces whose contents load when first used."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import Any

from ..errors import Code, UserError, did_you_mean
from .environment import Environment
from .lookup import resolve
from .session import session
from .values import LazyBinding

BASE_PACKAGES = (
    "base",
    "stats",
    "graphics",
    "grDevices",
    "utils",
    "datasets",
    "methods",
    "tools",
    "parallel",
)

LIBRARIES = {
    "Hmisc": "hmisc.R",
    "MASS": "mass mass.R",
    "Metrics": "metrics.R",
    "R6": "r6",
    "abind": "abind",
    "caret": "caret caret_tables.R",
    "corrr": "corrr.R",
    "data.table": "data_table data_table.R data_table_verbs.R data_table_vectors.R data_table_files.R",
    "dplyr": "dplyr dplyr_summary dplyr_rows dplyr_joins dplyr_vectors dplyr_groups dplyr_update",
    "forcats": "tibble forcats forcats_levels",
    "fs": "fs",
    "ggplot2": "ggplot2.R",
    "glue": "glue",
    "here": "here",
    "jpeg": "png",
    "jsonlite": "jsonlite",
    "knitr": "knitr",
    "listarrays": "listarrays.R",
    "lubridate": "lubridate lubridate.R lubridate_spans.R",
    "magick": "magick",
    "pbapply": "pbapply.R",
    "png": "png",
    "progress": "progress.R",
    "purrr": "purrr purrr_lists purrr_adverbs purrr_lmap purrr_predicates",
    "readr": "tibble readr",
    "reshape2": "reshape2.R",
    "readxl": "tibble readxl",
    "recipes": "tibble recipes recipes_steps",
    "rlang": "rlang rlang_values rlang_code rlang_conditions",
    "rsample": "tibble rsample",
    "scales": "scales.R",
    "stringi": "stringi.R",
    "stringr": "stringr stringr_joining stringr_letters",
    "tibble": "tibble tibble_print",
    "tidyr": "tidyr tidyr_nesting tidyr_cells tidyr_rectangles tidyr_separate",
    "tokenizers": "tokenizers.R",
    "withr": "withr withr.R",
    "yardstick": "yardstick.R",
    "zeallot": "zeallot",
    "zoo": "zoo.R",
}
"""Packages of our own: their modules and R files in `libraries`, which are loaded when one is first used."""

TIDYVERSE = ("ggplot2", "purrr", "tibble", "dplyr", "tidyr", "stringr", "readr", "forcats")
"""What library(tidyverse) attaches."""

KNOWN = (
    set(BASE_PACKAGES)
    | set(LIBRARIES)
    | set(TIDYVERSE)
    | set(
        [
            "keras",
            "keras3",
            "tensorflow",
            "reticulate",
            "tfdatasets",
            "tfruns",
            "magrittr",
            "tidyverse",
            "dplyr",
            "tidyr",
            "purrr",
            "stringr",
            "tibble",
            "readr",
            "ggplot2",
            "rmarkdown",
            "here",
            "fs",
            "glue",
            "rlang",
            "R6",
        ]
    )
)
"""Packages that library() accepts: what pipekeras has of them is visible without loading anything."""

EXPENSIVE = {"keras", "keras3"}
"""Packages whose scripts run long: they are checked for unknown functions before they start."""

_namespaces: dict[str, Environment] = {}
_hooks: dict[str, list[Callable[[], None]]] = {}


def space_of(package: str) -> Environment:
    """The environment of a package's functions, loaded or not."""
    if package not in _namespaces:
        _namespaces[package] = Environment(session.base, f"package:{package}")
    return _namespaces[package]


def namespace(package: str) -> Environment:
    """The environment of a package's functions; the modules that declare them are imported first."""
    for module in LIBRARIES.get(package, "").split():
        if module.endswith(".R"):
            from .libraries.written_in_r import load

            load(package, module)
        else:
            importlib.import_module(f".libraries.{module}", __package__)
    return space_of(package)


def provide(
    package: str, names: Iterable[str], load: Callable[[], dict[str, Any]], always: bool = False
) -> None:
    """Let a package bring functions; they are loaded when one of them is first looked up.

    Args:
        names: the R names it brings
        load: gives the values by name
        always: visible without library() too, behind the base functions
    """
    KNOWN.add(package)
    space = space_of(package)

    def loaded(name: str) -> Any:
        values = load()
        for each, value in values.items():
            space.values[each] = value
            if always:
                _fallback().values[each] = value
        return values[name]

    for name in names:
        space.values[name] = LazyBinding(lambda name=name: loaded(name))
        if always:
            _fallback().values.setdefault(name, space.values[name])


def _fallback() -> Environment:
    """What is visible behind the base functions, without library()."""
    if session.base.parent is None:
        session.base.parent = Environment(None, "Autoloads")
    return session.base.parent


def on_attach(package: str, hook: Callable[[], None]) -> None:
    """Call a function whenever the package is attached."""
    _hooks.setdefault(package, []).append(hook)


def brought_by(package: str) -> tuple[str, ...]:
    """The packages that library(package) attaches besides the package itself."""
    return TIDYVERSE if package == "tidyverse" else ()


def attach(package: str) -> None:
    """library(package): its namespace goes on the search path, its hooks run."""
    if package not in KNOWN:
        raise unknown(package)
    if package not in session.packages:
        for each in brought_by(package):
            attach(each)
        session.packages.insert(0, package)
        space = namespace(package)
        if space.values:
            attached = Environment(session.global_env.parent, f"package:{package}", space.values)
            session.global_env.parent = attached
    for hook in _hooks.get(package, []):
        hook()


def unknown(package: str) -> UserError:
    near = did_you_mean(package, KNOWN)
    return UserError(
        f"there is no package called ‘{package}’",
        code=Code.PACKAGE,
        cause="pipekeras has no functions of this package",
        cure=f"did you mean `{near}`?" if near else "leave the line out, if the script needs nothing of it",
    )


def exported(package: str, name: str, call: Any) -> Any:
    """The value of `package::name`, the call."""
    try:
        return _exported(package, name)
    except UserError as error:
        if error.span is None:
            error.span = getattr(call, "span", None)
        raise


def _exported(package: str, name: str) -> Any:
    if package not in KNOWN:
        error = unknown(package)
        error.call = "loadNamespace(x)"
        error.cause = f"pipekeras has no functions of this package, and `{package}::{name}` is needed here"
        error.cure = error.cure if error.cure and "did you mean" in error.cure else None
        raise error
    for space in (namespace(package), session.base, session.base.parent):
        value = None if space is None else space.values.get(name)
        if value is not None:
            return resolve(value, name)
    known = list(namespace(package).values) or list(session.base.values)
    near = did_you_mean(name, known)
    raise UserError(
        f"object '{name}' not found"
        if package == "base"
        else f"'{name}' is not an exported object from 'namespace:{package}'",
        code=Code.NAME,
        cause=f"pipekeras has no `{name}` of package {package}",
        cure=f"did you mean `{package}::{near}`?" if near else None,
    )


def remove(package: str) -> None:
    """detach(package): off the search path."""
    session.packages.remove(package)
    env = session.global_env
    while env.parent is not None:
        if env.parent.name == f"package:{package}":
            env.parent = env.parent.parent
            return
        env = env.parent
