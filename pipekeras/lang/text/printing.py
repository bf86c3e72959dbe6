"""R's print.default: every type of value as the console shows it; objects go to their print methods."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.deparse import quote_name
from ...syntax.tree import Name
from ..environment import Environment
from ..foreign import foreign_type
from ..frames import row_data
from ..generics import invoke, is_object, plain_texts
from ..primitives import PRIMITIVES
from ..registry import Context
from ..session import session
from ..values import EMPTY_SYMBOL, LANGUAGE, MISSING, NULL, Builtin, Closure, RVector
from ..vectors.nesting import guard_nesting
from .deparse import deparse_lines
from .format import (
    display_width,
    element_strings,
    encode_complex,
    encode_strings,
    format_numbers,
    layout_complex,
    pad_left,
    pad_right,
)
from .tabular import Column, Table, named_lines, vector_lines


@dataclass(frozen=True, slots=True)
class Style:
    """The arguments of print.default; None means R's default."""

    digits: int | None = None
    quote: bool = True
    na: str | None = None
    gap: int = 1
    right: bool = False
    max: int | None = None
    width: int | None = None

    @property
    def line(self) -> int:
        return session.option_int("width") if self.width is None else self.width

    @property
    def limit(self) -> int:
        return session.option_int("max.print") if self.max is None else self.max


def print_value(value: Any, ctx: Context, style: Style | None = None, prefix: str = "") -> None:
    """Write a value as auto-printing does: objects with a class by their print method.

    Args:
        prefix: the path that leads to the value inside a list, such as `$a[[2]]`
    """
    foreign = foreign_type(value)
    if foreign is not None:
        session.write(foreign.show(value) + "\n")
    elif is_object(value):
        invoke("print", value)
    else:
        print_default(value, ctx, style or Style(), prefix)


def print_default(value: Any, ctx: Context, style: Style, prefix: str = "") -> None:
    """Write a value regardless of its class."""
    if isinstance(value, RVector):
        if value.type == "list":
            if not prefix:
                guard_nesting(value)
            _print_list(value, ctx, style, prefix)
        else:
            _write_lines(vector_text(value, style))
    else:
        _write_lines(other_lines(value))
    print_attributes(value, ctx, style, prefix)


def _write_lines(lines: Sequence[str]) -> None:
    if lines:
        session.write("\n".join(lines) + "\n")


def other_lines(value: Any) -> list[str]:
    """NULL, functions, environments and language objects as text."""
    if value is NULL:
        return ["NULL"]
    if value is MISSING or value is EMPTY_SYMBOL:
        return [""]
    if isinstance(value, Environment):
        return [environment_label(value)]
    if isinstance(value, Closure):
        return function_lines(value)
    if isinstance(value, Builtin):
        return builtin_lines(value)
    if isinstance(value, Name):
        return [quote_name(value.name)]
    if isinstance(value, LANGUAGE):
        return deparse_lines(value)
    return [f"<{getattr(value, 'type', type(value).__name__)}>"]


_HEADLESS = "( : @ [ [[ $ [<- [[<- $<- @<- { && || <- <<- = ~ if for while repeat break next return function"
_WITHOUT_ARGUMENTS = frozenset(_HEADLESS.split())
"""Primitives that R shows without a head."""
_BINARY = frozenset(["+", "-", "*", "/", "^", "==", "!=", "<", ">", "<=", ">=", "%%", "%/%", "&", "|"])


def builtin_lines(function: Builtin) -> list[str]:
    """A primitive as R shows it; another function written in Python by its arguments and where it belongs."""
    name = "as.double" if function.name == "as.numeric" else function.name
    if name not in PRIMITIVES:
        return [builtin_header(function), f"<environment: {namespace_of(function)}>"]
    if name in _WITHOUT_ARGUMENTS:
        return [f'.Primitive("{name}")']
    return [f'{builtin_header(function)} .Primitive("{name}")']


def builtin_header(function: Builtin) -> str:
    """`function (x, ...) ` of a function written in Python."""
    from ..usages import USAGES

    if function.name in _BINARY:
        return "function (e1, e2) "
    if function.name in USAGES:
        return f"function ({USAGES[function.name]}) "
    usage = function.usage
    formals = usage[usage.index("(", max(usage.rfind("`"), 0)) :] if isinstance(usage, str) else "(...)"
    return f"function {formals} ".replace("'", '"')


def namespace_of(function: Builtin) -> str:
    """`namespace:stats` and the like: the package in which R has the function."""
    from ..homes import home_of

    return f"namespace:{home_of(function.name)}"


def environment_label(env: Environment) -> str:
    """`<environment: R_GlobalEnv>`, or the address of an unnamed one."""
    if env is session.global_env:
        return "<environment: R_GlobalEnv>"
    if env is session.base:
        return "<environment: base>"
    return f"<environment: {env.name or f'{id(env):#x}'}>"


def function_lines(function: Closure) -> list[str]:
    """A function's source text if it is kept, else its deparsed code; then its environment."""
    span = function.node.span
    keep = session.options.get("keep.source")
    if span is not None and isinstance(keep, RVector) and bool(keep.data[0]):
        lines = span.text.split("\n")
    else:
        lines = deparse_lines(function)
    if function.environment is not session.global_env:
        lines = [*lines, environment_label(function.environment)]
    return lines


_MOST_ATTRIBUTES = 50
"""Environments in attributes of environments that are shown."""


# --- attributes --------------------------------------------------------------------------------------------


def print_attributes(value: Any, ctx: Context, style: Style, prefix: str = "") -> None:
    """The `attr(,"x")` blocks behind a value."""
    attributes = getattr(value, "attributes", None) or {}
    if value.__class__ is Environment and attributes and prefix.count("attr(") > _MOST_ATTRIBUTES:
        raise UserError(
            "the value is nested too deeply",
            code=Code.LIMIT,
            cause="an attribute of it holds the value itself",
        )
    hidden = {"dim", "dimnames", "srcref", "comment"}
    if "dim" not in attributes:
        hidden.add("names")
    if "tsp" in attributes:
        hidden.add("tsp")
    if "factor" in _classes(value):
        hidden |= {"levels", "class"}
    for name, attribute in attributes.items():
        if name in hidden:
            continue
        if name == "row.names" and value.type == "list":
            if "data.frame" in _classes(value):
                continue
            attribute = row_data(value)
        tag = f'attr(,"{name}")'
        session.write(tag + "\n")
        path = prefix + tag
        print_value(attribute, ctx, replace(style, quote=True) if name == "class" else style, path)


def _classes(value: Any) -> list[str]:
    classes = (getattr(value, "attributes", None) or {}).get("class")
    return list(classes.data) if isinstance(classes, RVector) else []


# --- lists -------------------------------------------------------------------------------------------------


def _print_list(value: RVector, ctx: Context, style: Style, prefix: str) -> None:
    dim = value.dim
    if dim and len(dim) > 1:
        cells = RVector("character", _cells_array(value), dict(value.attributes or {}))
        _write_lines(array_lines(cells, replace(style, quote=False, na="NA"), escape=False))
        return
    names = value.names
    if not len(value):
        session.write("named list()\n" if names is not None else "list()\n")
        return
    for i, element in enumerate(value.data):
        tag = prefix + element_tag(names[i] if names else "", i)
        session.write(tag + "\n")
        print_value(element, ctx, style, tag)
        session.write("\n")


def element_tag(name: str | None, i: int) -> str:
    """`$name` or `[[i]]` of element i (from 0) of a list."""
    if name is None:
        return "$<NA>"
    return f"${quote_name(name)}" if name else f"[[{i + 1}]]"


def _cells_array(value: RVector) -> np.ndarray:
    data = np.empty(len(value), dtype=object)
    data[:] = [cell_summary(element) for element in value.data]
    return data


def cell_summary(element: Any) -> str:
    """One element of a list as a cell of a matrix: its value if it is single, else type and length."""
    if element is NULL:
        return "NULL"
    if not isinstance(element, RVector):
        return "expression" if type(element).__name__ == "Call" else "?"
    classes = _classes(element)
    if "factor" in classes:
        if len(element) == 1:
            return str(element.attribute("levels").data[element.data[0] - 1])
        return f"factor,{len(element)}"
    if classes and classes[0] in ("Date", "POSIXct", "difftime"):
        return (
            plain_texts(invoke("format", element))[0] if len(element) == 1 else f"{classes[0]},{len(element)}"
        )
    if "data.frame" in classes:
        return f"data.frame,{len(element)}"
    if element.type in ("list", "expression") or len(element) != 1:
        return f"{'numeric' if element.type == 'double' else element.type},{len(element)}"
    if element.type == "character":
        return encode_strings(element.data, '"')[0]
    return element_strings(element)[0]


# --- atomic vectors ----------------------------------------------------------------------------------------

_EMPTY = {"double": "numeric"}


def vector_text(value: RVector, style: Style) -> list[str]:
    """An atomic vector, matrix or array as lines, without its attributes."""
    if value.type == "expression":
        return expression_lines(value)
    dim = value.dim
    if dim is not None and len(dim) > 1:
        return array_lines(value, style)
    names, title = value.names, None
    if dim is not None:
        names, title = _one_dimension(value)
    if not len(value):
        return [f"{'named ' if names is not None else ''}{_EMPTY.get(value.type, value.type)}(0)"]
    limit = style.limit
    shown = value if len(value) <= limit + 1 else RVector(value.type, value.data[:limit])
    cells = column_cells(shown, style, left=names is None and not style.right)
    if names is not None:
        if style.na is not None:
            names = [style.na if name is None else name for name in names]
        lines = named_lines(cells, names[: len(cells)], style.line, style.gap)
        if value.type == "complex":  # R ends only the lines of names with a blank
            lines[1::2] = [line.removesuffix(" " * style.gap) for line in lines[1::2]]
    else:
        lines = vector_lines(cells, style.line, style.gap)
    if title is not None:
        lines.insert(0, title)
    if len(shown) < len(value):
        omitted = len(value) - len(shown)
        lines.append(f' [ reached getOption("max.print") -- omitted {omitted} entries ]')
    return lines


def _one_dimension(value: RVector) -> tuple[list[str | None] | None, str | None]:
    """Names and title of a one-dimensional array."""
    dimnames = value.attribute("dimnames")
    if dimnames is None or dimnames.data[0] is NULL:
        return None, None
    return list(dimnames.data[0].data), dimnames.names[0] if dimnames.names else None


def expression_lines(value: RVector) -> list[str]:
    """`expression(a + b, 2)`."""
    inside = ", ".join("\n".join(deparse_lines(element)) for element in value.data)
    return f"expression({inside})".split("\n")


def column_cells(value: RVector, style: Style, left: bool, escape: bool = True) -> list[str]:
    """The elements of a vector as cells of one width; strings are left-justified if `left`."""
    if value.type == "complex" and style.digits is not None and value.attribute("names") is not None:
        # R lays named complex numbers out with the digits asked for, but rounds them with the option's
        layout = layout_complex(value.data, style.digits)._replace(digits=session.option_int("digits"))
        return [encode_complex(z, layout, "NA" if style.na is None else style.na) for z in value.data]
    if value.type != "character":
        return format_numbers(value, style.digits, na="NA" if style.na is None else style.na)
    quote = '"' if style.quote else ""
    cells = encode_strings(value.data, quote, style.na) if escape else [str(text) for text in value.data]
    width = max(map(display_width, cells), default=0)
    pad = pad_right if left else pad_left
    return [pad(cell, width) for cell in cells]


# --- matrices and arrays -----------------------------------------------------------------------------------


def array_lines(value: RVector, style: Style, escape: bool = True) -> list[str]:
    """A matrix, or an array slice by slice."""
    dim = value.dim
    assert dim is not None
    labels, titles = dimension_labels(value, len(dim))
    if len(dim) == 2:
        return _matrix_lines(value.type, value.data.reshape(dim, order="F"), labels, titles, style, escape)
    data = value.data.reshape(dim, order="F")
    lines: list[str] = []
    if 0 in dim[2:]:
        return _no_slices(value.type, dim, labels, titles, style)
    count, rows = _slices_shown(dim, style.limit)
    slices = itertools.product(*(range(n) for n in reversed(dim[2:])))
    for number, backwards in enumerate(itertools.islice(slices, count), 1):
        index = tuple(reversed(backwards))
        heads = [_slice_head(labels[2 + k], titles[2 + k], i) for k, i in enumerate(index)]
        lines += [", , " + ", ".join(heads), ""]
        piece = data[(slice(rows if number == count else None), slice(None), *index)]
        if piece.size:
            lines += _matrix_lines(value.type, piece, labels[:2], titles[:2], style, escape)
        else:
            lines += _no_slices(value.type, dim, labels, titles, style)[1:-1]
        lines.append("")
    omitted = math.prod(dim[2:]) - count
    if omitted:
        part = f" {dim[0] - rows} row(s) and" if rows < dim[0] else ""
        lines.append(f' [ reached getOption("max.print") -- omitted{part} {omitted} matrix slice(s) ]')
    return lines


def _slices_shown(dim: tuple[int, ...], limit: int) -> tuple[int, int]:
    """How many slices of an array are printed, and how many rows of the last of them."""
    size, number = dim[0] * dim[1], math.prod(dim[2:])
    if not size or limit // size >= number:
        return number, dim[0]
    count = -(-limit // size)
    rows = (limit - size * (count - 1)) // dim[1]
    return (count, rows) if rows else (count - 1, dim[0])


def _no_slices(
    type_: str, dim: Sequence[int], labels: list[Any], titles: list[Any], style: Style
) -> list[str]:
    """An array without slices: what it is, and the frame of a slice."""
    text = type_ in ("character", "list")
    columns = [Column([], text and not style.right, text) for _ in range(dim[1])]
    table = Table(dim[0], columns, labels[0], labels[1], titles[0], titles[1], style.gap)
    shape = " x ".join(map(str, dim))
    return [f"<{shape} array of {type_}>", *table.frame_lines(), ""]


def _slice_head(labels: list[str | None] | None, title: str | None, i: int) -> str:
    label = str(i + 1) if labels is None else labels[i]
    return f"{title} = {label}" if title is not None and labels is not None else str(label)


def dimension_labels(value: RVector, rank: int) -> tuple[list[Any], list[Any]]:
    """Dimnames (None where there are none) and their names, by dimension."""
    dimnames = value.attribute("dimnames")
    if dimnames is None:
        return [None] * rank, [None] * rank
    labels = [None if part is NULL else list(part.data) for part in dimnames.data]
    titles = list(dimnames.names) if dimnames.names else [None] * rank
    return labels, titles


def _matrix_lines(
    type_: str, data: np.ndarray, labels: list[Any], titles: list[Any], style: Style, escape: bool
) -> list[str]:
    rows, columns = data.shape
    if rows == 0 and columns == 0:
        return ["<0 x 0 matrix>"]
    limit = style.limit
    shown = rows if rows * columns <= limit else min(rows, max(1, limit // max(columns, 1)))
    left = type_ in ("character", "list") and not style.right
    cells = [
        Column(
            column_cells(RVector(type_, data[:shown, j]), style, left, escape),
            left,
            type_ in ("character", "list"),
        )
        for j in range(columns)
    ]
    table = Table(shown, cells, labels[0], labels[1], titles[0], titles[1], style.gap, all_rows=rows)
    lines = table.lines(style.line)
    if shown < rows:
        omitted = rows - shown
        word = "row" if omitted == 1 else "rows"
        lines.append(f' [ reached getOption("max.print") -- omitted {omitted} {word} ]')
    return lines
