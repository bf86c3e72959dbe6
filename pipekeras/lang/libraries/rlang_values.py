"""rlang: vectors by type, what fills NA, predicates, names, lists squashed."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...syntax.tree import Call, Function, Name
from ..dispatch import class_of
from ..environment import Environment
from ..generics import invoke
from ..values import (
    NA,
    NA_INTEGER,
    NA_REAL,
    NULL,
    Builtin,
    Closure,
    Formula,
    RVector,
    Scalar,
    character,
    integer,
    logical,
)
from ..vectors.coerce import elements, has_class, one_flag, one_int, strings
from ..vectors.combine import combine
from .lambdas import as_mapper
from .purrr import library as maps
from .purrr import names_of
from .purrr_lists import library as lists
from .purrr_lmap import library as more_lists
from .quosures import is_quosure
from .rlang import library

library.share(maps, "rep_along", "done")
library.share(more_lists, "list_along", "splice")
library.share(lists, "as_mapper", "flatten_dbl", "flatten_chr", "flatten_int", "flatten_lgl")
library.values["as_function"] = library.values.pop("as_mapper")


# --- vectors -----------------------------------------------------------------------------------------------


def _declare_vector(name: str, kind: str) -> None:
    @library.function(f"{name}(...)")
    def build(dots):
        made = combine(list(dots))
        return invoke("vector", character(kind), integer(0)) if made is NULL else invoke(f"as.{kind}", made)


for _name, _kind in (("lgl", "logical"), ("int", "integer"), ("dbl", "double"), ("cpl", "complex")):
    _declare_vector(_name, _kind)

library.values.update(
    {
        "na_lgl": NA,
        "na_int": Scalar("integer", int(NA_INTEGER)),
        "na_dbl": Scalar("double", float(NA_REAL)),
        "na_chr": character(None),
    }
)


@library.function("`%|%`(x, y)")
def fill_missing(x, y):
    return invoke("ifelse", invoke("is.na", x), y, x)


@library.function("are_na(x)")
def are_na(x):
    return logical(x.is_na())


@library.function("is_na(x)")
def is_na(x):
    return logical(isinstance(x, RVector) and len(x) == 1 and bool(x.is_na()[0]))


@library.function("seq2_along(from, x)")
def seq2_along(from_, x):
    return integer(list(range(one_int(from_, "from"), len(x) + 1)))


@library.function("rep_named(names, x)")
def rep_named(names, x):
    return invoke("rep_len", x, integer(len(names))).with_attribute("names", names)


# --- predicates --------------------------------------------------------------------------------------------


def _predicate(name: str, holds: Any) -> None:
    @library.function(f"{name}(x)")
    def test(x):
        return logical(bool(holds(x)))


def _bare(x: Any) -> bool:
    return isinstance(x, RVector) and not (x.attributes and "class" in x.attributes)


_NUMBERS = ("integer", "double")
_ATOMIC = ("logical", "integer", "double", "complex", "character", "raw")
for _kind in ("logical", "integer", "double", "character", "list"):
    _predicate(f"is_bare_{_kind}", lambda x, kind=_kind: _bare(x) and x.type == kind)
_predicate("is_bare_numeric", lambda x: _bare(x) and x.type in _NUMBERS)
_predicate("is_bare_atomic", lambda x: _bare(x) and x.type in _ATOMIC)
_predicate("is_bare_vector", lambda x: _bare(x))
_predicate("is_bare_string", lambda x: _bare(x) and x.type == "character" and len(x) == 1)
_predicate(
    "is_false", lambda x: isinstance(x, RVector) and x.type == "logical" and len(x) == 1 and x.data[0] == 0
)
_predicate("is_environment", lambda x: isinstance(x, Environment))
_predicate("is_expression", lambda x: isinstance(x, (Name, Call, Function)) or _constant(x))
_predicate("is_symbolic", lambda x: isinstance(x, (Name, Call, Function)))
_predicate("is_primitive", lambda x: isinstance(x, Builtin))
_predicate("is_closure", lambda x: isinstance(x, Closure))
_predicate("is_lambda", lambda x: has_class(x, "rlang_lambda_function"))
_predicate("is_condition", lambda x: has_class(x, "condition"))
_predicate("is_error", lambda x: has_class(x, "error"))
_predicate("is_quosures", lambda x: has_class(x, "quosures"))
_predicate("is_bare_formula", lambda x: isinstance(x, Formula) and not is_quosure(x))
_predicate("is_dictionaryish", lambda x: isinstance(x, RVector) and (not len(x) or _distinct(x.names)))


def _constant(x: Any) -> bool:
    return x is NULL or (isinstance(x, RVector) and x.type in _ATOMIC and len(x) == 1 and not x.attributes)


def _distinct(names: Any) -> bool:
    return bool(names) and all(names) and len(set(names)) == len(names)


@library.function("is_integerish(x, n = NULL, finite = NULL)")
def is_integerish(x, n, finite):
    if not isinstance(x, RVector) or x.type not in _NUMBERS or (n is not NULL and len(x) != one_int(n, "n")):
        return logical(False)
    known = x.data[~x.is_na()].astype(float)
    whole = len(known) == len(x) and bool(np.isfinite(known).all())
    if finite is not NULL and one_flag(finite, "finite") != whole:
        return logical(False)
    return logical(bool(np.all(known == np.floor(known))))


@library.function("is_scalar_integerish(x, finite = NULL)")
def is_scalar_integerish(x, finite):
    return is_integerish(x, integer(1), finite)


@library.function("inherits_any(x, class)")
def inherits_any(x, class_):
    return logical(any(c in class_of(x) for c in strings(class_, "class")))


@library.function("inherits_all(x, class)")
def inherits_all(x, class_):
    return logical(all(c in class_of(x) for c in strings(class_, "class")))


@library.function("inherits_only(x, class)")
def inherits_only(x, class_):
    return logical(class_of(x) == strings(class_, "class"))


@library.function("has_length(x, n = NULL)")
def has_length(x, n):
    size = len(x) if isinstance(x, RVector) else 0 if x is NULL else 1
    return logical(size > 0 if n is NULL else size == one_int(n, "n"))


@library.function("has_name(x, name)")
def has_name(x, name):
    known = names_of(x) or []
    return logical([t in known for t in strings(name, "name")])


@library.function("have_name(x)")
def have_name(x):
    return logical([bool(n) for n in x.names or [""] * len(x)])


@library.function("is_named2(x)")
def is_named2(x):
    return logical(not len(x) or (bool(x.names) and all(x.names or [""])))


@library.function("is_installed(pkg, ..., version = NULL, compare = NULL)")
def is_installed(pkg, dots, version, compare):
    from ..packages import KNOWN

    return logical(all(t in KNOWN for t in strings(pkg, "pkg")))


@library.function("flatten_if(x, predicate = NULL)", "squash_if")
def flatten_if(x, predicate):
    return lists.values["flatten"].function(x)


def _squashed(x: Any) -> list[Any]:
    return [v for item in elements(x) for v in (_squashed(item) if _is_list(item) else [item])]


def _is_list(x: Any) -> bool:
    return isinstance(x, RVector) and x.type == "list" and _bare(x)


def _declare_squash(suffix: str, kind: str) -> None:
    @library.function(f"squash_{suffix}(x)")
    def squash(x):
        made = combine([(None, v) for v in _squashed(x)])
        return invoke(f"as.{kind}", made)


for _name, _kind in (("lgl", "logical"), ("int", "integer"), ("dbl", "double"), ("chr", "character")):
    _declare_squash(_name, _kind)


@library.function("duplicate(x, shallow = FALSE)")
def duplicate(x, shallow):
    return x.copy() if isinstance(x, RVector) else x


@library.function("as_closure(x, env = NULL)")
def as_closure(ctx, x, env):
    return as_mapper(x, ctx)


@library.function("as_list(x)")
def as_list(x):
    return invoke("as.list", x)
