"""An argument that is one of some words, as match.arg() finds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..errors import Code, UserError, did_you_mean
from .vectors.coerce import strings


def one_choice(value: Any, options: Sequence[str], what: str = "arg") -> str:
    """The option that the text is, or begins; the first where the usage's own list of them was left alone."""
    texts = strings(value, what)
    if list(texts) == list(options) or not len(texts):
        return options[0]
    found = begun_by(str(texts[0]), options)
    if found is None:
        raise no_choice([str(texts[0])], options)
    return found


def begun_by(text: str, options: Sequence[str]) -> str | None:
    """The one option that the text is, or is the beginning of."""
    if text in options:
        return text
    fits = [o for o in options if o.startswith(text)]
    return fits[0] if len(fits) == 1 else None


def no_choice(given: Sequence[str], options: Sequence[str]) -> UserError:
    shown = ", ".join(f"“{o}”" for o in options)
    near = did_you_mean(given[0], options)
    return UserError(
        f"'arg' should be {'one of ' if len(options) > 1 else ''}{shown}",
        code=Code.ARGUMENT,
        cause=f"it is {', '.join(map(repr, given))}",
        cure=f'did you mean "{near}"?' if near else None,
    )
