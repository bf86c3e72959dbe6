"""Calls R functions from Python by name, with S3 dispatch: how printing and formatting reach methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .dispatch import GROUP_OF, dispatch_or_none
from .evaluator.assign import set_subset
from .evaluator.calls import apply
from .evaluator.extract import subset_values
from .lookup import lookup_function
from .registry import builtin
from .session import session
from .values import MISSING, Dots, RVector, character
from .vectors.coerce import coerce, factor_or_text, has_class


def invoke(name: str, *args: Any, **named: Any) -> Any:
    """The result of `name(args..., named...)` as the running function sees that name; `_` in names is `.`."""
    frame = next((f for f in reversed(session.frames) if f.function is not None), None)
    env = session.global_env if frame is None else frame.env
    given: Dots = [(None, value) for value in args]
    given += [(key.replace("_", "."), value) for key, value in named.items()]
    return apply(lookup_function(name, env), given)


def pick(x: Any, *indices: Any) -> Any:
    """`x[indices]`, by method for classed objects; an index may be MISSING."""
    args: Dots = [(None, index) for index in indices]
    if is_object(x):
        found = dispatch_or_none("[", x, [(None, x), *args], None, session.global_env)
        if found is not None:
            return found
    return subset_values(x, args)


def put(x: Any, indices: list[Any], value: Any) -> Any:
    """`x[indices] <- value`, by method for classed objects; x itself stays as it is."""
    args: Dots = [(None, index) for index in indices]
    if is_object(x):
        found = dispatch_or_none("[<-", x, [(None, x), *args, ("value", value)], None, session.global_env)
        if found is not None:
            return found
    return set_subset(x.copy() if isinstance(x, RVector) else x, indices, value)


def at(x: Any, positions: np.ndarray) -> Any:
    """`x[positions + 1]` for 0-based positions; a list_of stays one."""
    out = pick(x, RVector("integer", (positions + 1).astype(np.int32)))
    if isinstance(x, RVector) and x.attributes and "ptype" in x.attributes:
        kept = {k: v for k, v in x.attributes.items() if k in ("ptype", "class")}
        return out.with_attributes({**(out.attributes or {}), **kept})
    return out


def is_object(value: Any) -> bool:
    """Whether the value has a class attribute, so that S3 methods apply."""
    attributes = getattr(value, "attributes", None)
    return bool(attributes) and "class" in attributes


def as_text(value: Any) -> RVector:
    """as.character(value), by method for objects such as dates."""
    if isinstance(value, RVector):
        if is_object(value) and not has_class(value, "factor"):
            return invoke("as.character", value)
        return factor_or_text(value)
    if is_object(value):
        return invoke("as.character", value)
    return coerce(value, "character")


def plain_texts(value: Any) -> list[str]:
    """as.character(value) as Python strings, NA as "NA"."""
    texts = as_text(value).data.tolist()
    return texts if None not in texts else ["NA" if text is None else text for text in texts]


def class_names(value: Any) -> list[str]:
    """The class attribute's strings, none for plain values."""
    attributes = getattr(value, "attributes", None)
    classes = attributes.get("class") if attributes else None
    return list(classes.data) if isinstance(classes, RVector) else []


def kept_shape(value: Any) -> dict[str, Any] | None:
    """names, dim and dimnames of a value: what functions that work on each element keep."""
    attributes = value.attributes if isinstance(value, RVector) else None
    kept = {k: v for k, v in (attributes or {}).items() if k in ("names", "dim", "dimnames")}
    return kept or None


def text_vector(texts: list[str | None], like: Any) -> RVector:
    """A character vector of the shape of another value."""
    return character(texts, kept_shape(like))


OPERATORS = {
    "arithmetic": ("+", "-", "*", "/", "^", "%%", "%/%"),
    "comparison": ("==", "!=", "<", ">", "<=", ">="),
    "logic": ("&", "|", "!"),
}
"""The operators of R's Ops group."""


def operator_methods(class_name: str, work: Callable[[str, Any, Any], Any], *kinds: str) -> None:
    """Declare a class's methods for operators; `work(operator, left, right)`, right MISSING if unary."""

    def declare(operator: str) -> None:
        @builtin(f"`{operator}.{class_name}`(e1, e2)")
        def method(e1, e2=MISSING):
            return work(operator, e1, e2)

    for kind in kinds or OPERATORS:
        for operator in OPERATORS[kind]:
            declare(operator)


def group_methods(
    group: str, class_name: str, work: Callable[[str, Any, Dots], Any], but: tuple[str, ...] = ()
) -> None:
    """Declare a class's methods for the functions of the groups Math or Summary; `work(name, x, other)`.

    Args:
        but: functions that have a method of their own
    """

    def declare(name: str) -> None:
        if group == "Summary":

            @builtin(f"`{name}.{class_name}`(..., na.rm = FALSE)")
            def summary(dots, na_rm):
                return work(name, dots[0][1], [*dots[1:], ("na.rm", na_rm)])

        else:

            @builtin(f"`{name}.{class_name}`(x, ...)")
            def math(x, dots):
                return work(name, x, dots)

    for name, its_group in GROUP_OF.items():
        if its_group == group and name not in but:
            declare(name)
