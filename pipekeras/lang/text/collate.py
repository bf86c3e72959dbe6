"""The order of strings: by code point in the C locale, else as ICU's root collation, as R does."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

# Unicode's default order of what is neither letter nor digit; digits follow, then letters without case.
_BEFORE_DIGITS = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_ASCII = [chr(code) for code in range(128)]
_IN_ORDER = dict.fromkeys([*_BEFORE_DIGITS, *(c.lower() for c in _ASCII)])
_RANK = {c: chr(i) for i, c in enumerate(_IN_ORDER)}
_PRIMARY = str.maketrans({c: _RANK[c.lower()] for c in _ASCII})
"""Each ASCII character's place, its case left out, as a character."""


_SYMBOL = "$"
"""Other signs come where the last of these does, before digits and letters."""


def c_locale() -> bool:
    """Whether strings are ordered by code point (LC_ALL=C)."""
    for variable in ("LC_ALL", "LC_COLLATE", "LANG"):
        value = os.environ.get(variable)
        if value:
            return value in ("C", "POSIX")
    return False


def collation_key(text: str) -> tuple[str, str, str]:
    """A key that sorts as ICU's root locale: letters first, then accents, then case (lower before upper)."""
    if text.isascii():
        return text.translate(_PRIMARY), "", text.swapcase()
    letters = unicodedata.normalize("NFD", text)
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    accents = "".join(c for c in letters if unicodedata.combining(c))
    folded = "".join(c if c.isascii() or c.isalnum() else _SYMBOL + c for c in plain.casefold())
    return folded.translate(_PRIMARY), accents, plain.swapcase()


def string_keys(texts: Sequence[str]) -> list[Any]:
    """Sort keys of strings (no NA) in the locale's order."""
    return list(texts) if c_locale() else [collation_key(t) for t in texts]


def in_order(texts: Iterable[str]) -> list[str]:
    """The strings (no NA) sorted in the locale's order."""
    return sorted(texts) if c_locale() else sorted(texts, key=collation_key)
