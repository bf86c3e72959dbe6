"""tidyr's separate_wider_delim, _position, _regex and separate_longer_delim, _position; extract_numeric."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...syntax.tree import Call
from ..environment import Environment
from ..frames import row_count, take_column_rows
from ..generics import as_text
from ..regular_expressions.patterns import compile_pattern
from ..session import session
from ..values import NULL, RVector, character
from ..vectors.coerce import one_flag, one_string, strings
from .aborting import abort
from .binding import like
from .dplyr import selected_names
from .grouping import columns_of, grouped, regrouped_like
from .tidyr import library
from .tidyr_rectangles import _put, arguments

_OPTIONS = (
    "delim",
    "names",
    "names_sep",
    "names_repair",
    "too_few",
    "too_many",
    "cols_remove",
    "widths",
    "patterns",
    "width",
    "keep_empty",
)


def _text(given: dict[str, Any], name: str, default: str) -> str:
    return one_string(given[name], name) if given.get(name, NULL) is not NULL else default


def _finished(data: RVector, column: str, fresh: dict[str, Any], given: dict[str, Any]) -> RVector:
    if "names_sep" in given and given["names_sep"] is not NULL:
        sep = one_string(given["names_sep"], "names_sep")
        fresh = {f"{column}{sep}{n}": c for n, c in fresh.items()}
    if "cols_remove" in given and not one_flag(given["cols_remove"], "cols_remove"):
        fresh = {**fresh, column: columns_of(data)[column]}
    return _put(data, column, fresh)


def _fitted(parts: list[str], count: int, few: str, many: str, delim: str) -> list[str | None] | None:
    """The pieces as the columns want them; None where they do not fit."""
    if len(parts) > count:
        if many == "drop":
            return list(parts[:count])
        if many == "merge":
            return [*parts[: count - 1], delim.join(parts[count - 1 :])]
        return None
    if len(parts) < count:
        gap: list[str | None] = [None] * (count - len(parts))
        if few in ("align_start", "align_end"):
            return [*parts, *gap] if few == "align_start" else [*gap, *parts]
        return None
    return list(parts)


@library.special("separate_wider_delim")
def separate_wider_delim(call: Call, env: Environment) -> Any:
    session.visible = True
    data, parts, given = arguments(call, env, _OPTIONS)
    delim = one_string(given["delim"], "delim")
    few, many = _text(given, "too_few", "error"), _text(given, "too_many", "error")
    for column in selected_names(data, parts):
        cells = [None if t is None else t.split(delim) for t in as_text(columns_of(data)[column]).data]
        if given.get("names", NULL) is NULL:
            names = [str(i + 1) for i in range(max((len(c) for c in cells if c), default=0))]
        else:
            names = [t for t in strings(given["names"], "names")]
        rows = [[None] * len(names) if c is None else _fitted(c, len(names), few, many, delim) for c in cells]
        _refuse(column, cells, rows, len(names))
        fresh = {n: character([r[k] for r in rows if r is not None]) for k, n in enumerate(names) if n}
        data = _finished(data, column, fresh, given)
    return data


def _refuse(column: str, cells: list[Any], rows: list[Any], count: int) -> None:
    wrong = [c for c, r in zip(cells, rows, strict=True) if r is None]
    if not wrong:
        return
    short = [c for c in wrong if len(c) < count]
    long = [c for c in wrong if len(c) > count]
    lines = [f"Expected {count} pieces in each element of `{column}`."]
    for found, word, option in ((short, "short", "too_few"), (long, "long", "too_many")):
        if found:
            lines.append(f"! {len(found)} value{'s were' if len(found) > 1 else ' was'} too {word}.")
            lines.append(f'ℹ Use `{option} = "debug"` to diagnose the problem.')
            cure = "drop" if option == "too_many" else "align_start"
            lines.append(
                f'ℹ Use `{option} = "{cure}"`'
                + ('/`"merge"`' if option == "too_many" else '/`"align_end"`')
                + " to silence this message."
            )
    raise abort("\n".join(lines), "separate_wider_delim")


@library.special("separate_wider_position")
def separate_wider_position(call: Call, env: Environment) -> Any:
    session.visible = True
    data, parts, given = arguments(call, env, _OPTIONS)
    widths = given["widths"]
    names = widths.names or [""] * len(widths)
    for column in selected_names(data, parts):
        texts = as_text(columns_of(data)[column]).data
        fresh, at = {}, 0
        for name, width in zip(names, widths.data, strict=True):
            if name:
                fresh[name] = character([None if t is None else t[at : at + int(width)] for t in texts])
            at += int(width)
        data = _finished(data, column, fresh, given)
    return data


@library.special("separate_wider_regex")
def separate_wider_regex(call: Call, env: Environment) -> Any:
    session.visible = True
    data, parts, given = arguments(call, env, _OPTIONS)
    patterns = given["patterns"]
    names = patterns.names or [""] * len(patterns)
    whole = "".join(f"({p})" if n else f"(?:{p})" for n, p in zip(names, patterns.data, strict=True))
    compiled = compile_pattern(f"^{whole}$", perl=True)
    for column in selected_names(data, parts):
        found = [None if t is None else compiled.search(t) for t in as_text(columns_of(data)[column]).data]
        kept = [n for n in names if n]
        fresh = {
            n: character([None if m is None else m.groups(k + 1) for m in found]) for k, n in enumerate(kept)
        }
        data = _finished(data, column, fresh, given)
    return data


def _longer(data: RVector, names: list[str], cells: dict[str, list[list[str | None]]]) -> RVector:
    rows = np.repeat(np.arange(row_count(data)), [len(c) for c in cells[names[0]]])
    made = {
        n: character([t for c in cells[n] for t in c]) if n in cells else take_column_rows(column, rows)
        for n, column in columns_of(grouped(data, [])).items()
    }
    return regrouped_like(like(grouped(data, []), list(made.values()), list(made), len(rows)), data)


@library.special("separate_longer_delim")
def separate_longer_delim(call: Call, env: Environment) -> Any:
    session.visible = True
    data, parts, given = arguments(call, env, _OPTIONS)
    delim = one_string(given["delim"], "delim")
    names = selected_names(data, parts)
    cells: dict[str, list[list[str | None]]] = {
        n: [[None] if t is None else list(t.split(delim)) for t in as_text(columns_of(data)[n]).data]
        for n in names
    }
    return _longer(data, names, cells)


@library.special("separate_longer_position")
def separate_longer_position(call: Call, env: Environment) -> Any:
    session.visible = True
    data, parts, given = arguments(call, env, _OPTIONS)
    width = int(given["width"].data[0])
    names = selected_names(data, parts)
    cells: dict[str, list[list[str | None]]] = {
        n: [
            [None] if t is None else [t[i : i + width] for i in range(0, len(t), width)]
            for t in as_text(columns_of(data)[n]).data
        ]
        for n in names
    }
    return _longer(data, names, cells)
