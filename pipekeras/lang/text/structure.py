"""R's str(): the structure of any value, a line an element, lists indented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Const, Function, Name
from ..builtins.abbreviating import abbreviated
from ..environment import Environment
from ..foreign import foreign_type
from ..frames import is_frame, row_count
from ..functions import formals_of, make_closure
from ..generics import class_names, invoke, is_object
from ..lookup import function_or_none
from ..session import session
from ..values import EMPTY_SYMBOL, LANGUAGE, MISSING, NULL, Builtin, Closure, RVector, character
from ..vectors.coerce import has_class
from .deparse import deparse_lines
from .format import display_width, encode_string, encode_strings, pad_right
from .marks import Marks, marked
from .printing import environment_label


@dataclass(frozen=True, slots=True)
class Settings:
    """The arguments of str.default.

    Attributes:
        vec_len: about how many elements are shown, None for the default (texts then fill the line)
        depth: how deep the list is that the value stands in
    """

    max_level: int | None = None
    vec_len: float | None = None
    digits: int = 3
    nchar_max: int = 128
    give_attr: bool = True
    give_head: bool = True
    give_length: bool = True
    width: int = 80
    depth: int = 0
    indent: str = " "
    comp: str = "$ "
    no_list: bool = False
    list_len: int = 99

    def inside(self) -> Settings:
        """Settings for the elements of a list."""
        return replace(
            self,
            depth=self.depth + 1,
            indent=self.indent + " ..",
            vec_len=4 if self.vec_len is None else self.vec_len,
            comp="$ ",
            no_list=False,
        )


def show_structure(value: Any, settings: Settings) -> None:
    """Write the structure of a value."""
    foreign = foreign_type(value)
    if value is NULL:
        session.write(" NULL\n")
    elif value is MISSING or value is EMPTY_SYMBOL:
        session.write(" symbol \n")
    elif foreign is not None:
        session.write(f"{foreign.show(value)}\n")
    elif isinstance(value, (Closure, Builtin)):
        session.write(_function_head(value) + " \n")
        _attributes(value, settings, {"srcref"})
    elif isinstance(value, Environment):
        head = f"Classes {_class_list(value)} " if class_names(value) else ""
        session.write(f"{head}{environment_label(value)} \n")
    elif isinstance(value, LANGUAGE):
        _language(value, settings)
    elif not isinstance(value, RVector):
        session.write(f" <{type(value).__name__}>\n")
    elif value.type == "list" and has_class(value, "POSIXlt"):
        _moments(value, settings)
    elif value.type == "list":
        _list(value, settings)
    else:
        _vector(value, settings)


def _class_list(value: Any) -> str:
    return ", ".join(f"'{name}'" for name in class_names(value))


def _tells_other_length(value: RVector) -> bool:
    """Whether a list has a length method that gives another number than its elements."""
    if not is_object(value) or has_class(value, "POSIXlt"):
        return False
    return invoke("length", value).data[0] != len(value)


def _function_head(function: Closure | Builtin) -> str:
    if isinstance(function, Builtin):
        function = make_closure(formals_of(function), NULL, session.base)
    return "\n".join(
        deparse_lines(Closure(_without_body(function.node), function.signature, function.environment))[:-1]
    )


def _without_body(node: Any) -> Any:
    return Function(node.params, Const(None))


def _language(value: Any, settings: Settings) -> None:
    classes = class_names(value)
    lines = deparse_lines(value)
    kind = "symbol" if isinstance(value, Name) else "language"
    text = lines[0] + (" ..." if len(lines) > 1 else "")
    if classes:
        plural = "es" if len(classes) > 1 else ""
        session.write(f"Class{plural} {_class_list(value)}  {kind} {text}\n")
        _attributes(value, replace(settings, indent=settings.indent + " .."), {"class"})
    else:
        session.write(f" {kind} {text}\n")


# --- lists -------------------------------------------------------------------------------------------------


def _list(value: RVector, settings: Settings) -> None:
    hidden = {"names"}
    if is_frame(value):
        hidden |= {"class", "row.names"}
        _frame_head(value, settings)
        settings = replace(settings, give_length=settings.depth > 0 or has_class(value, "tbl_df"))
    elif has_class(value, "vctrs_list_of"):
        hidden |= {"class", "ptype"}
        session.write(f" {_list_of_name(value)} [1:{len(value)}] \n")
    if not len(value):
        if not is_frame(value) or has_class(value, "tbl_df"):
            session.write(f" {'Named ' if value.names is not None else ''}list()\n")
    elif not is_frame(value) and not has_class(value, "vctrs_list_of"):
        if settings.no_list:
            hidden.add("class")
        elif _tells_other_length(value):
            hidden.add("class")
            classes = ", ".join(f"'{name}'" for name in class_names(value))
            session.write(f"Class{'es' if ',' in classes else ''} {classes}  hidden list of {len(value)}\n")
        else:
            session.write(f"List of {len(value)}\n")
    if settings.max_level is None or settings.depth < settings.max_level:
        _elements(value, settings)
    if has_class(value, "vctrs_list_of"):
        session.write(f"{settings.indent}@ ptype:")
        structure_of(value.attribute("ptype"), settings.inside())
    _attributes(value, replace(settings, give_length=True), hidden)


def _list_of_name(value: RVector) -> str:
    from ..libraries.tibble_print import type_name

    return type_name(value)


def _frame_head(value: RVector, settings: Settings) -> None:
    if has_class(value, "tbl_df"):
        names = class_names(value)
        short = "tibble" if names[0] == "tbl_df" else abbreviated(names[0], 8)
        blank = " " if settings.depth else ""
        shown = "/".join(names)
        session.write(f"{blank}{short} [{row_count(value):,} × {len(value)}] (S3: {shown})\n")
        return
    classes = [name for name in class_names(value) if name != "data.frame"]
    if classes:
        session.write("Classes " + ", ".join(f"‘{name}’" for name in classes) + " and ")
    count = len(value)
    plural = "" if count == 1 else "s"
    session.write(
        f"'data.frame':\t{row_count(value)} obs. of  {count} variable{plural}{':' if count else ''}\n"
    )


def _elements(value: RVector, settings: Settings) -> None:
    names = value.names or [""] * len(value)
    shown = ["NA" if name is None else name for name in names]
    width = max(map(display_width, shown), default=0)
    inner = settings.inside()
    for name, element in list(zip(shown, value.data, strict=True))[: settings.list_len]:
        session.write(f"{settings.indent}{settings.comp}{pad_right(name, width)}:")
        structure_of(element, inner)
    if settings.list_len < len(value):
        session.write(f"{settings.indent}[list output truncated]\n")


WRITERS: dict[str, Callable[[Any, str], None]] = {}
"""How packages show objects of their classes: functions of the value and the indentation."""


def structure_of(value: Any, settings: Settings) -> None:
    """The structure of an element: by a method of its class if a program or a package has one."""
    for name in class_names(value):
        if name in WRITERS:
            WRITERS[name](value, settings.indent)
            return
        method = function_or_none(f"str.{name}", session.global_env)
        if isinstance(method, Closure):
            invoke("str", value)
            return
    show_structure(value, settings)


def _attributes(value: Any, settings: Settings, hidden: set[str]) -> None:
    if not settings.give_attr:
        return
    for name, attribute in (getattr(value, "attributes", None) or {}).items():
        if name not in hidden:
            session.write(f'{settings.indent}- attr(*, "{name}")=')
            structure_of(attribute, settings.inside())


# --- vectors -----------------------------------------------------------------------------------------------

_SHORT = {
    "logical": "logi",
    "integer": "int",
    "double": "num",
    "complex": "cplx",
    "character": "chr",
    "raw": "raw",
}


def _array_extent(dim: Sequence[int]) -> str:
    parts = [f"{'1:' if n > 1 else ''}{n}{' ' if n == 0 else ''}" for n in dim]
    return f"[{parts[0]}(1d)]" if len(parts) == 1 else f"[{', '.join(parts)}]"


def _vector(value: RVector, settings: Settings) -> None:
    if value.type == "expression":
        inside = ", ".join(" ".join(deparse_lines(element)) for element in value.data)
        session.write(f"  expression({inside})\n")
        return
    if {"Date", "POSIXct"} & set(class_names(value)) and len(value):
        _moments(value, settings)
        return
    if has_class(value, "factor"):
        head, hidden = _factor_head(value, settings), {"levels", "class"}
        value = RVector("integer", value.data, value.attributes)
    else:
        head, hidden = _vector_head(value, settings)
    if value.type == "character":
        text, more = _texts(value, settings, head)
    else:
        text, more = _numbers(value, settings)
    shown_head = f"{head} " if settings.give_head else ""
    session.write(f"{shown_head}{text}{' ...' if more else ''}\n")
    _attributes(value, settings, hidden)


def _vector_head(value: RVector, settings: Settings) -> tuple[str, set[str]]:
    kind = _SHORT[value.type]
    length = (f"[1:{len(value)}]" if len(value) else "(0)") if settings.give_length else ""
    hidden = {"names"}
    if value.dim is not None:
        length, hidden = _array_extent(value.dim), {"dim"}
    elif value.names is not None:
        kind, hidden = f"Named {kind}", set()
    classes = class_names(value)
    if "ts" in classes and value.attribute("tsp") is not None:
        start, end = (f"{t:.4g}" for t in value.attribute("tsp").data[:2])
        extent = length if value.dim is not None else f"[1:{len(value)}]"
        return f" Time-Series {extent} from {start} to {end}:", hidden | {"class", "tsp"}
    if classes:
        if classes[0] != kind and not classes[0].startswith(kind):
            kind = f"'{classes[0]}' {kind}"
        hidden.add("class")
    if len(value) == 1 and value.dim is None:
        return f" {kind}", hidden
    return f" {kind}{' ' if len(value) else ''}{length}", hidden


def _factor_head(value: RVector, settings: Settings) -> str:
    levels = value.attribute("levels")
    names = encode_strings(levels.data) if levels is not None else []
    count = len(names)
    names = names[: int(min(max(settings.width / 2, 10), 1000))]
    used = np.cumsum([3 + display_width(name) - 2 for name in names])
    shown = len(names) if len(names) <= 1 or used[-1] <= 13 else int(np.argmax(used > 13)) + 1
    ordered = has_class(value, "ordered")
    between = "<" if ordered else ","
    listing = between.join(_truncated(name, settings, '"') for name in names[:shown])
    more = f"{between}.." if shown < count else ""
    plural = "" if count == 1 else "s"
    gap = " " if count else ""
    return f" {'Ord.f' if ordered else 'F'}actor w/ {count} level{plural}{gap}{listing}{more}:"


def _truncated(text: str, settings: Settings, mark: str) -> str:
    tail = mark + "| __truncated__"
    if display_width(text) <= settings.nchar_max:
        return text
    return text[: settings.nchar_max - len(tail)] + tail


def _texts(value: RVector, settings: Settings, head: str) -> tuple[str, bool]:
    most = max(100, settings.width // 3 + 1, int(settings.vec_len or 0))
    encoded = [
        "NA" if text is None else _truncated(encode_string(text[: settings.nchar_max], '"'), settings, '"')
        for text in value.data[:most]
    ]
    if settings.vec_len is None:
        if not settings.give_head:
            head = head.partition("[")[0].rstrip()
        room = settings.width - (4 + 5 * settings.depth + display_width(head))
        used = np.cumsum([1 + display_width(text) for text in encoded])
        count = max(1, int((used < room).sum()))
    else:
        count = round(settings.vec_len)
    return " ".join(encoded[:count]), min(len(value), most) > count


def _numbers(value: RVector, settings: Settings) -> tuple[str, bool]:
    length = 4 if settings.vec_len is None else settings.vec_len
    if value.type == "logical":
        count = 1.5 * length
    elif value.type == "integer":
        count = round(2.5 * length)
    elif value.type == "double" and not has_class(value, "difftime"):
        count = round((2.5 if _is_short(value, settings, round(2.5 * length)) else 1.25) * length)
    elif value.type == "complex":
        count = round(0.75 * length)
    else:
        count = length
    shown = RVector(value.type, value.data[: int(min(count, len(value)))])
    text = _truncated(" ".join(format_short(shown, settings.digits)), settings, "")
    return text, len(value) > count


def _is_short(value: RVector, settings: Settings, count: int) -> bool:
    """Whether the first numbers need few digits, so that twice as many are shown."""
    data = value.data[:count]
    data = data[~np.isnan(data)]
    size = np.abs(data)
    plain = ((size > 1e-10) | (size == 0)) & ((size < 1e10) | (size == 0))
    rounded = np.array([float(f"{x:.{settings.digits - 1}e}") for x in data])
    with np.errstate(invalid="ignore"):
        return bool(plain.all() and (np.abs(data - rounded) <= 9e-16 * size).all())


def format_short(value: RVector, digits: int) -> list[str]:
    """Numbers with few digits, trimmed, trailing zeros dropped."""
    from ..builtins.formatting import number_texts

    if not len(value):
        return []
    texts = number_texts(value, digits, 0, True, 0, None)
    point = session.option_string("OutDec")
    marks = Marks(drop_zeros=True, decimal=point, point=point)
    return (
        marked(texts, marks, "none", value.type == "complex")
        if value.type in ("double", "complex")
        else texts
    )


def _moments(value: RVector, settings: Settings) -> None:
    shown = invoke("format", value)
    length = f"[1:{len(shown)}]" if settings.give_length and settings.give_head else ""
    session.write(f" {class_names(value)[0]}{length}, format: ")
    limit = settings.vec_len
    if limit is not None and settings.depth:
        limit = min(limit, (settings.width - len(settings.indent) - 31) // 19)
    plain = character(list(shown.data[:1000]))
    _vector(plain, replace(settings, give_head=False, vec_len=limit))


def settings_from(given: dict[str | None, Any]) -> Settings:
    """Settings from str's arguments by R name."""
    made = Settings(width=session.option_int("width"))
    fields = {
        "max.level": "max_level",
        "vec.len": "vec_len",
        "digits.d": "digits",
        "nchar.max": "nchar_max",
        "give.attr": "give_attr",
        "give.head": "give_head",
        "give.length": "give_length",
        "width": "width",
        "nest.lev": "depth",
        "indent.str": "indent",
        "comp.str": "comp",
        "no.list": "no_list",
        "list.len": "list_len",
    }
    for name, value in given.items():
        if name not in fields:
            raise UserError(
                f"unused argument ({name})", code=Code.ARGUMENT, cause="str() has no such argument"
            )
        item = value.data[0]
        if fields[name] in ("give_attr", "give_head", "give_length", "no_list"):
            item = bool(item)
        elif fields[name] == "max_level":
            item = None if value.is_na()[0] else int(item)
        elif fields[name] in ("indent", "comp"):
            item = str(item)
        else:
            item = float(item) if fields[name] == "vec_len" else int(item)
        made = replace(made, **{fields[name]: item})
    return made
