"""abbreviate(): texts shortened by lower case vowels, then lower case letters, from the end."""

from __future__ import annotations

from typing import Any

from ..generics import as_text
from ..registry import builtin
from ..values import RVector, character
from ..vectors.coerce import one_flag, one_int


def _starts_word(text: str, i: int) -> bool:
    return text[i - 1].isspace()


def _ends_word(text: str, i: int) -> bool:
    return not text[i - 1].isspace() and (i + 1 == len(text) or text[i + 1].isspace())


def _vowel(text: str, i: int) -> bool:
    return text[i] in "aeiou"


def _small(text: str, i: int) -> bool:
    return text[i].islower()


_ROUNDS = (
    lambda t, i: _vowel(t, i) and _ends_word(t, i),
    lambda t, i: _vowel(t, i) and not _starts_word(t, i),
    lambda t, i: _small(t, i) and _ends_word(t, i),
    lambda t, i: _small(t, i) and not _starts_word(t, i),
)
"""What goes first: by rounds over the text, each from its end; the first letter stays."""


def abbreviated(text: str, least: int, use_classes: bool = True) -> str:
    """One text shortened to `least` letters, blanks not counted."""
    text = text.lstrip()
    if len(text) <= least:
        return text
    spaces = sum(c.isspace() for c in text)
    rounds = [*(_ROUNDS if use_classes else ()), lambda t, i: not _starts_word(t, i) and not t[i].isspace()]
    for goes in rounds:
        for i in range(len(text) - 1, 0, -1):
            if goes(text, i):
                text = text[:i] + text[i + 1 :]
            if len(text) - spaces <= least:
                return _without_blanks(text, least)
    return _without_blanks(text, least)


def _without_blanks(text: str, least: int) -> str:
    return text[:1] + "".join(text[1:].split()) if len(text) > least else text


@builtin(
    "abbreviate(names.arg, minlength = 4L, use.classes = TRUE, dot = FALSE, strict = FALSE,"
    " method = c('left.kept', 'both.sides'), named = TRUE)"
)
def abbreviate(
    names_arg: Any, minlength: Any, use_classes: Any, dot: Any, strict: Any, method: Any, named: Any
) -> RVector:
    """Texts that would become equal get more letters, unless `strict`."""
    texts = list(as_text(names_arg).data)
    least, classes = one_int(minlength, "minlength"), one_flag(use_classes, "use.classes")
    short = {t: abbreviated(t, least, classes) for t in dict.fromkeys(texts) if t is not None}
    size = least
    while not one_flag(strict, "strict"):
        found = list(short.values())
        same = [t for t, s in short.items() if found.count(s) > 1]
        if not same or size > max(map(len, short)):
            break
        size += 1
        short.update({t: abbreviated(t, size, classes) for t in same})
    end = "." if one_flag(dot, "dot") else ""
    out = [None if t is None else short[t] + (end if short[t] != t else "") for t in texts]
    attributes = {"names": character(texts)} if one_flag(named, "named") else None
    return character(out, attributes)
