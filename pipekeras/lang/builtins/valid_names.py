"""Names made valid and unique: make.names, make.unique."""

from __future__ import annotations

import regex

from ...errors import Code, UserError
from ..generics import as_text
from ..registry import builtin
from ..values import RVector, character
from ..vectors.coerce import one_flag, one_string, strings

_RESERVED = frozenset(
    [
        "if",
        "else",
        "repeat",
        "while",
        "function",
        "for",
        "next",
        "break",
        "TRUE",
        "FALSE",
        "NULL",
        "Inf",
        "NaN",
        "NA",
        "NA_integer_",
        "NA_real_",
        "NA_character_",
        "NA_complex_",
        "in",
    ]
)


def valid_name(text: str | None) -> str:
    """make.names of one string."""
    if text is None:
        return "NA."
    if not text or not (text[0].isalpha() or text[0] == ".") or regex.match(r"\.[0-9]", text):
        text = "X" + text
    text = "".join(ch if ch.isalnum() or ch in "._" else "." for ch in text)
    return text + "." if text in _RESERVED else text


def unique_names(names: list[str], sep: str = ".") -> list[str]:
    """make.unique: later duplicates get `.1`, `.2`, ..."""
    taken, counts, out, seen = set(names), dict[str, int](), [], set[str]()
    for name in names:
        if name not in seen:
            seen.add(name)
            out.append(name)
            continue
        count = counts.get(name, 1)
        while (candidate := f"{name}{sep}{count}") in taken:
            count += 1
        counts[name] = count + 1
        taken.add(candidate)
        out.append(candidate)
    return out


@builtin("make.names(names, unique = FALSE, allow_ = TRUE)")
def make_names(names, unique, allow_):
    given = as_text(names).data
    made = [valid_name(name) for name in given]
    if not one_flag(allow_, "allow_"):
        made = [name.replace("_", ".") for name in made]
    if not one_flag(unique, "unique"):
        return character(made)
    # names that were valid already keep what they are
    order = sorted(range(len(made)), key=lambda i: made[i] != given[i])
    for i, name in zip(order, unique_names([made[i] for i in order]), strict=True):
        made[i] = name
    return character(made)


@builtin("make.unique(names, sep = '.')")
def make_unique(names, sep):
    if not isinstance(names, RVector) or names.type != "character":
        raise UserError("'names' must be a character vector", code=Code.TYPE)
    return character(unique_names(strings(names, "names"), one_string(sep, "sep")))  # type: ignore[arg-type]
