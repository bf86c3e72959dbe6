"""Prints tibbles: three significant digits, types below titles, what does not fit named in the footer.

Source: pillar's ?pillar_options and vignette("numbers"), and tests against R.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...syntax.deparse import quote_name
from ..builtins.abbreviating import abbreviated
from ..dispatch import class_of
from ..environment import Environment
from ..frames import column_names, is_frame, row_count, take_column_rows
from ..generics import as_text, class_names, invoke
from ..session import session
from ..text.deparse import deparse_lines
from ..text.format import display_width, encode_string, format_numbers, pad_left, pad_right
from ..values import (
    NA_INTEGER,
    NA_LOGICAL,
    NULL,
    Builtin,
    Closure,
    RVector,
    character,
    is_real_na,
    rlist,
)
from ..vectors.coerce import has_class, one_int
from .library import Library, method

library = Library("tibble")

SIGNIFICANT = 3
MAX_FIXED_WIDTH = 13
MIN_TITLE = 5
MAX_FOOTER = 7
EXACT = 5.1e-16
"""How far, relatively, a number may be from a shorter one to be shown as that: 0.1 + 0.2 is 0.300."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_TYPES = {
    "double": "dbl",
    "integer": "int",
    "logical": "lgl",
    "character": "chr",
    "complex": "cpl",
    "raw": "raw",
    "list": "list",
}
_CLASSES = {
    "ordered": "ord",
    "factor": "fct",
    "Date": "date",
    "POSIXct": "dttm",
    "difftime": "drtn",
    "tbl_df": "tibble",
    "data.frame": "df",
}


def type_name(x: Any) -> str:
    """The abbreviation of a column's type, such as dbl."""
    if has_class(x, "vctrs_list_of"):
        return f"list<{_model_name(x.attribute('ptype'))}>"
    for name in class_names(x):
        if name in _CLASSES:
            return _CLASSES[name]
    if isinstance(x, (Closure, Builtin)):
        return "fn"
    if isinstance(x, RVector):
        names = class_names(x)
        return abbreviated(names[0], 8) if names else _TYPES.get(x.type, x.type)
    if isinstance(x, Environment) and not class_names(x):
        return "env"
    return {"name": "sym", "call": "language"}.get(class_of(x)[0], class_of(x)[0])


def list_of(items: Sequence[Any], model: Any) -> RVector:
    """vctrs's list_of: a list whose elements are all like a model without rows."""
    classes = character(["vctrs_list_of", "vctrs_vctr", "list"])
    return rlist(items, None, {"ptype": model, "class": classes})


def _model_name(x: Any) -> str:
    """The type of the elements of a list_of: `int`, `tibble[,2]`."""
    return f"{type_name(x)}[,{len(x)}]" if is_frame(x) else type_name(x)


def _size_of(x: Any) -> str:
    return f"{row_count(x):,} × {len(x):,}" if is_frame(x) else f"{len(x):,}"


def shape_of(x: Any) -> str:
    """An element of a list column: `<int [3]>`."""
    if x is NULL:
        return "<NULL>"
    if has_class(x, "rsplit"):
        from .rsample import split_label

        return split_label(x)
    name = type_name(x)
    if is_frame(x):
        return f"<{name} [{row_count(x):,} × {len(x):,}]>"
    if not isinstance(x, RVector):
        return f"<{name}>"
    if x.dim is not None and len(x.dim) > 1:
        return f"<{name} [{' × '.join(f'{d:,}' for d in x.dim)}]>"
    if x.type == "list" and not class_names(x) and x.names is not None:
        name = "named list"
    if x.type == "list" and class_names(x) and not has_class(x, "list"):
        return f"<{name}>"
    return f"<{name} [{len(x):,}]>"


# --- cells -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Pillar:
    """A column ready for print.

    Attributes:
        cells: texts of one width
        least: the width that it can be shortened to
        short: what is shown in place of the cells where they do not fit
    """

    title: str
    type: str
    cells: list[str]
    left: bool
    least: int
    short: list[str] | None = None

    def shown(self, width: int) -> list[str]:
        """The cells in a width: those of lists lose their sizes, texts are cut."""
        if self.short is not None and any(display_width(cell) > width for cell in self.cells):
            return self.short
        return [_cut(cell, width) for cell in self.cells]

    def widest(self) -> int:
        return max(display_width(self.title), self.narrowest_full())

    def narrowest_full(self) -> int:
        return max([display_width(self.type), *(display_width(c) for c in self.cells)])

    def narrowest(self) -> int:
        title = min(display_width(self.title), MIN_TITLE + 2)
        return max(title, display_width(self.type), min(self.least, self.narrowest_full()))


def _option(*names: str) -> int | None:
    """The first of these options that is set; Inf is a large number."""
    for name in names:
        value = session.option(name)
        if isinstance(value, RVector) and len(value):
            return 10**6 if value.data[0] == math.inf else int(value.data[0])
    return None


def _decimals(x: float) -> tuple[int, bool]:
    """Decimals that three significant digits need, and whether the number has a fraction at all."""
    if x == 0:
        return 0, False
    digits = _option("pillar.sigfig") or SIGNIFICANT
    power = math.floor(math.log10(abs(float(f"{x:.{digits - 1}e}"))))
    most = max(0, digits - 1 - power)
    for decimals in range(most):
        if abs(round(x, decimals) - x) <= EXACT * abs(x):
            return decimals, decimals > 0
    return most, most > 0 or abs(x - round(x)) > EXACT * abs(x)


def _rounded(x: float, decimals: int) -> str:
    """A number in fixed notation, rounded half to even as it stands in decimals (3.215 is 3.22)."""
    scale = 10.0**decimals
    scaled = round(x * scale)
    return f"{scaled / scale:.{decimals}f}" if abs(scaled) < 1e15 else f"{x:.{decimals}f}"


def _special(x: float) -> str | None:
    if math.isfinite(x):
        return None
    if x != x:
        import numpy as np

        return "NA" if is_real_na(np.array([x]))[0] else "NaN"
    return "Inf" if x > 0 else "-Inf"


def _aligned(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    """(before the point, point, behind it) as texts of one width."""
    left = max((len(a) for a, _, _ in rows), default=0)
    point = max((len(b) for _, b, _ in rows), default=0)
    right = max((len(c) for _, _, c in rows), default=0)
    return [a.rjust(left) + b.ljust(point) + c.ljust(right) for a, b, c in rows]


def _fixed(values: Sequence[float]) -> list[str]:
    rows = []
    for x in values:
        special = _special(x)
        if special is not None:
            rows.append((special, "", ""))
            continue
        decimals, fraction = _decimals(x)
        whole, _, rest = _rounded(x, decimals).partition(".")
        rows.append((whole, "." if fraction else "", rest))
    return _aligned(rows)


def _scientific(values: Sequence[float]) -> list[str]:
    numbers = [x for x in values if math.isfinite(x)]
    powers = {x: (math.floor(math.log10(abs(float(f"{x:.2e}")))) if x else 0) for x in numbers}
    signed = any(p < 0 for p in powers.values())
    width = max((len(str(abs(p))) for p in powers.values()), default=0)
    rows, ends = [], []
    for x in values:
        special = _special(x)
        if special is not None:
            rows.append((special, "", ""))
            ends.append(" " * (width + 1 + signed))
            continue
        power = powers[x]
        mantissa = x / 10.0**power if x else 0.0
        decimals, fraction = _decimals(mantissa)
        whole, _, rest = _rounded(mantissa, decimals).partition(".")
        rows.append((whole, "." if fraction else "", rest))
        sign = ("-" if power < 0 else "+") if signed else ""
        ends.append("e" + sign + str(abs(power)).rjust(width))
    return [a + b for a, b in zip(_aligned(rows), ends, strict=True)]


def number_cells(values: Sequence[float]) -> list[str]:
    fixed = _fixed(values)
    return fixed if not fixed or len(fixed[0]) <= MAX_FIXED_WIDTH else _scientific(values)


def _quoted(texts: Sequence[str | None]) -> list[str]:
    known = [t for t in texts if t is not None]
    quote = '"' if any(t == "" or t != t.strip() or encode_string(t, '"')[1:-1] != t for t in known) else ""
    return ["<NA>" if t is None else encode_string(t, quote) if quote else t for t in texts]


def cells_of(column: Any) -> tuple[list[str], bool, int]:
    """The texts of a column, whether they stand left, and the width that texts can be cut to."""
    names = class_names(column)
    if "factor" in names:
        return ["<NA>" if t is None else t for t in as_text(column).data], True, SIGNIFICANT
    if "POSIXct" in names:
        texts = invoke("format", column, character("%Y-%m-%d %H:%M:%S")).data
        return ["NA" if t is None else t for t in texts], True, 1000
    if names and column.type != "list":
        return ["NA" if t is None else t for t in invoke("format", column).data], True, 1000
    if "vctrs_list_of" in names:
        return [f"[{_size_of(item)}]" for item in column.data], False, 1000
    if column.type == "list":
        return [shape_of(item) for item in column.data], True, 1000
    if column.type == "double":
        return number_cells(column.data.tolist()), False, 1000
    if column.type == "integer":
        return ["NA" if v == NA_INTEGER else str(v) for v in column.data.tolist()], False, 1000
    if column.type == "logical":
        texts = {0: "FALSE", 1: "TRUE", int(NA_LOGICAL): "NA"}
        return [texts[v] for v in column.data.tolist()], True, 1000
    if column.type == "character":
        return _quoted(column.data), True, SIGNIFICANT
    return format_numbers(column, SIGNIFICANT), True, 1000


def _pillars(frame: RVector, count: int) -> list[Pillar]:
    import numpy as np

    out = []
    for name, column in zip(column_names(frame), frame.data, strict=True):
        shown = take_column_rows(column, np.arange(count))
        title = quote_name(name) if name else "``"
        if is_frame(shown):
            inside = _pillars(shown, count)
            first = inside[0] if inside else None
            for inner in inside:
                inner.title = f"{title if inner is first else ''}${inner.title}"
                out.append(inner)
        elif shown.dim is not None and len(shown.dim) == 2:
            matrix = shown.data.reshape(shown.dim, order="F")
            for j in range(shown.dim[1]):
                cells, left, least = cells_of(RVector(shown.type, matrix[:, j]))
                head = f"{title}[,{j + 1}]" if j == 0 else f"[,{j + 1}]"
                out.append(Pillar(head, f"<{type_name(shown)}>", cells, left, least))
        else:
            cells, left, least = cells_of(shown)
            made = Pillar(title, f"<{type_name(shown)}>", cells, left, least)
            if shown.type == "list" and left:
                made.short = [re.sub(r" ?\[.*]>$", ">", cell) for cell in cells]
                made.least = max(map(display_width, made.short), default=0)
            out.append(made)
    return out


# --- layout ------------------------------------------------------------------------------------------------


def _widths(pillars: Sequence[Pillar], space: int) -> list[int]:
    """The width of each column that is shown: full if all fit, else the least, filled up from the left."""
    full = [p.widest() for p in pillars]
    if sum(full) + len(full) <= space:
        return full
    least = [p.narrowest() for p in pillars]
    shown, used = 0, 0
    while shown < len(least) and used + least[shown] + 1 <= space:
        used += least[shown] + 1
        shown += 1
    left = space - used
    out = []
    for i in range(shown):
        more = min(full[i] - least[i], left)
        left -= more
        out.append(least[i] + more)
    return out


def _cut(text: str, width: int) -> str:
    if display_width(text) <= width:
        return text
    kept = ""
    for c in text:
        if display_width(kept + c) > width - 1:
            break
        kept += c
    return kept + "…"


def _wrapped(words: Sequence[str], width: int, first: str, rest: str) -> list[str]:
    lines, line = [], first
    for word in words:
        candidate = f"{line} {word}"
        if display_width(candidate) >= width and line.strip() not in (first.strip(), rest.strip()):
            lines.append(line)
            candidate = f"{rest} {word}"
        line = candidate
    return [*lines, line]


def _footer(
    more_rows: int, hidden: Sequence[Pillar], shortened: Sequence[str], rows: int, width: int
) -> list[str]:
    parts: list[list[str]] = []
    if more_rows > 0:
        parts.append(["with", f"{more_rows:,}", "more", "row" + ("s" if more_rows > 1 else "")])
    if hidden:
        words = [f"{len(hidden):,}"] + (["more"] if rows > 0 or more_rows else [])
        words.append(f"variable{'s' if len(hidden) > 1 else ''}:")
        listed = [f"{p.title} {p.type}" for p in hidden]
        words += [w for i, text in enumerate(listed) for w in [text + ("," if i + 1 < len(listed) else "")]]
        parts.append(words if parts else ["with", *words])
    if shortened:
        words = ["abbreviated", "variable", "name" + ("s" if len(shortened) > 1 else "")]
        marks = [f"{str(i + 1).translate(_SUPERSCRIPTS)}\u200b{t}" for i, t in enumerate(shortened)]
        words += [m + ("," if i + 1 < len(marks) else "") for i, m in enumerate(marks)]
        parts.append(words if parts else ["with", *words])
    if not parts:
        return []
    words = []
    for i, part in enumerate(parts):
        if i:
            words[-1] += ","
            if i == len(parts) - 1:
                part = ["and", *part]
        words += part
    lines = _wrapped(words, width, "# …", "#  ")
    if len(lines) > MAX_FOOTER:
        lines = [*lines[: MAX_FOOTER - 1], lines[MAX_FOOTER - 1] + " …"]
    return lines


def _titles(pillars: Sequence[Pillar], widths: Sequence[int]) -> tuple[list[str], list[str]]:
    """Titles cut to their widths with numbered marks, and the full names of those cut."""
    out, shortened = [], []
    for p, width in zip(pillars, widths, strict=False):
        if display_width(p.title) <= width:
            out.append(p.title)
            continue
        shortened.append(p.title)
        mark = "…" + str(len(shortened)).translate(_SUPERSCRIPTS)
        out.append(p.title[: width - len(mark)] + mark)
    return out, shortened


def header_lines(frame: RVector) -> list[str]:
    lines = [f"# A tibble: {row_count(frame):,} × {len(frame):,}"]
    groups = frame.attribute("groups")
    if "rowwise_df" in class_names(frame):
        names = [n for n in column_names(groups) if n != ".rows"] if groups is not None else []
        lines.append("# Rowwise: " + " " * bool(names) + ", ".join(n or "" for n in names))
    elif groups is not None:
        names = ", ".join(n or "" for n in column_names(groups) if n != ".rows")
        lines.append(f"# Groups:   {names} [{row_count(groups):,}]")
    return lines


def tibble_lines(frame: RVector, n: int | None = None, width: int | None = None) -> list[str]:
    """A tibble as printed."""
    width = width or _option("pillar.width", "tibble.width") or session.option_int("width")
    rows = row_count(frame)
    most = _option("pillar.print_max", "tibble.print_max") or 20
    count = rows if rows <= most else _option("pillar.print_min", "tibble.print_min") or 10
    count = min(rows, n) if n is not None else count
    lines = header_lines(frame)
    pillars = _pillars(frame, count)
    number = len(str(count)) if count else 0
    widths = _widths(pillars, width - number) if count else []
    titles, shortened = _titles(pillars, widths)
    shown = list(zip(pillars, widths, titles, strict=False))
    for tier in _tiers(shown, session.option_int("width") - number):
        lines += _tier_lines(tier, count, number)
    return lines + _footer(
        rows - count,
        pillars[len(widths) :],
        shortened,
        rows,
        session.option_int("width") if width >= 10**6 else width,
    )


Shown = tuple[Pillar, int, str]
"""A column that is shown, its width and its title."""


def _tiers(shown: Sequence[Shown], space: int) -> list[list[Shown]]:
    """Columns below each other where they are wider than the console: `width = Inf`."""
    out: list[list[Shown]] = []
    used = 0
    for column in shown:
        if not out or used + column[1] + 1 > space:
            out.append([])
            used = 0
        out[-1].append(column)
        used += column[1] + 1
    return out


def _tier_lines(shown: Sequence[Shown], count: int, number: int) -> list[str]:
    pads = [(pad_right if p.left else pad_left, w) for p, w, _ in shown]
    blank = " " * number
    lines = [" ".join([blank, *(pad(t, w) for (_, _, t), (pad, w) in zip(shown, pads, strict=True))])]
    lines.append(
        " ".join([blank, *(pad(p.type, w) for (p, _, _), (pad, w) in zip(shown, pads, strict=True))])
    )
    columns = [[pad(c, w) for c in p.shown(w)] for (p, _, _), (pad, w) in zip(shown, pads, strict=True)]
    for i in range(count):
        lines.append(" ".join([str(i + 1).rjust(number), *(column[i] for column in columns)]))
    return lines


@method(
    "print.tbl_df(x, ..., n = NULL, width = NULL, max_extra_cols = NULL)", "print", "tbl_df", invisible=True
)
def print_tibble(x, dots, n, width, max_extra_cols):
    rows = None if n is NULL else row_count(x) if n.data[0] == math.inf else one_int(n, "n")
    wide = None if width is NULL else 10**6 if width.data[0] == math.inf else one_int(width, "width")
    session.write("\n".join(tibble_lines(x, rows, wide)) + "\n")
    return x


# --- glimpse -----------------------------------------------------------------------------------------------


def _glimpse_cells(column: Any) -> list[str]:
    names = class_names(column)
    if "factor" in names:
        return ["NA" if t is None else t for t in as_text(column).data]
    if isinstance(column, RVector) and column.type == "character":
        return ["NA" if t is None else encode_string(t, '"') for t in column.data]
    if isinstance(column, RVector) and column.type == "list":
        return [_glimpse_item(item) for item in column.data]
    if names:
        return ["NA" if t is None else t for t in invoke("format", column).data]
    return [c.strip() for c in format_numbers(column)]


def _glimpse_item(item: Any) -> str:
    """An element of a list column: single values as they are, vectors in `<>`, lists in `[]`."""
    if item is NULL:
        return "<NULL>"
    if not isinstance(item, RVector):
        return deparse_lines(item)[0]
    if is_frame(item):
        return f"[<{class_names(item)[0]}[{row_count(item)} x {len(item)}]>]"
    if item.dim is not None and len(item.dim) > 1:
        kind = "matrix" if len(item.dim) == 2 else "array"
        return f"<<{kind}[{' x '.join(map(str, item.dim))}]>>"
    cells = ", ".join(_glimpse_cells(item))
    if item.type == "list":
        return f"[{cells}]"
    return cells if len(item) == 1 else f"<{cells}>"


def glimpse_lines(frame: RVector, width: int) -> list[str]:
    import numpy as np

    rows = row_count(frame)
    lines = [f"Rows: {rows:,}", f"Columns: {len(frame):,}"]
    groups = frame.attribute("groups")
    if groups is not None:
        names = ", ".join(n or "" for n in column_names(groups) if n != ".rows")
        lines.append(f"Groups: {names} [{row_count(groups):,}]")
    titles = [quote_name(n) if n else "``" for n in column_names(frame)]
    types = [f"<{type_name(c)}>" for c in frame.data]
    title_width = max(map(display_width, titles), default=0)
    for title, type_, column in zip(titles, types, frame.data, strict=True):
        head = f"$ {pad_right(title, title_width)} {type_} "
        shown = take_column_rows(column, np.arange(min(rows, width // 3)))
        lines.append(head + _cut(", ".join(_glimpse_cells(shown)), width - 1 - display_width(head)))
    return lines


@library.function("glimpse(x, width = NULL, ...)", invisible=True)
def glimpse(x, width, dots):
    if not is_frame(x):
        invoke("str", x)
        return x
    wide = session.option_int("width") if width is NULL else one_int(width, "width")
    session.write("\n".join(glimpse_lines(x, wide)) + "\n")
    return x
