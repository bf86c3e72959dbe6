"""The order of strings: by code point in the C locale, else as ICU's root collation, as R does."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

# Unicode's default order of what is neither letter nor digit; digits follow, then letters without case.
_BEFORE_DIGITS = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_RANK = {c: i for i, c in enumerate(_BEFORE_DIGITS)}


def c_locale() -> bool:
    """Whether strings are ordered by code point (LC_ALL=C)."""
    for variable in ("LC_ALL", "LC_COLLATE", "LANG"):
        value = os.environ.get(variable)
        if value:
            return value in ("C", "POSIX")
    return False


@lru_cache(maxsize=65536)
def collation_key(text: str) -> tuple[Any, ...]:
    """A key that sorts as ICU's root locale: letters first, then accents, then case (lower before upper)."""
    if text.isascii():
        primary = [_RANK.get(c, 1000 + ord(c)) for c in text.lower()]
        return primary, (), [c.isupper() for c in text]
    letters = unicodedata.normalize("NFD", text)
    plain = [c for c in letters if not unicodedata.combining(c)]
    primary = [_RANK.get(c, 1000 + ord(c)) for c in "".join(plain).casefold()]
    accents = [c for c in letters if unicodedata.combining(c)]
    return primary, tuple(accents), [c.isupper() for c in plain]


def string_keys(texts: Sequence[str]) -> list[Any]:
    """Sort keys of strings (no NA) in the locale's order."""
    return list(texts) if c_locale() else [collation_key(t) for t in texts]
