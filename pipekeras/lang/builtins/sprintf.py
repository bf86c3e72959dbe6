"""R's sprintf and gettextf: C's conversions, vectorised over formats and arguments."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..conditions import warn
from ..generics import as_text, is_object
from ..registry import builtin
from ..text.format import element_strings
from ..text.printf import c_double, c_integer, c_string
from ..values import NA_INTEGER, NA_LOGICAL, NULL, Dots, RVector, character, is_real_na
from ..vectors.coerce import coerce, type_of

_END = re.compile(r"%[^diosfeEgGxXaAcupn]*([diosfeEgGxXaAcupn])?")
_POSITION = re.compile(r"%([1-9]\d?)\$")
_SPEC = re.compile(r"%([-+ #0]*)(\*(?:[1-9]\d?\$)?|\d*)(?:\.(\*(?:[1-9]\d?\$)?|\d*))?(.)")
_WHOLE = "dioxX"
_REAL = "aAfeEgG"
_LETTERS = _WHOLE + _REAL + "s"
MOST_BYTES = 8192


@dataclass(slots=True)
class Spec:
    """One conversion of a format, `%-8.3f`.

    Attributes:
        text: as written, without the number of the argument
        argument: which argument, from 0, or None for the next
        width: number, "*", "*2$" or ""
        precision: number, "*", or None
        letter: the conversion; what stands there if R knows none
    """

    text: str
    argument: int | None
    flags: str
    width: str
    precision: str | None
    letter: str

    @property
    def known(self) -> bool:
        return self.text.endswith(self.letter) and self.letter in _LETTERS

    @property
    def plain(self) -> str | None:
        """The conversion in Python's own notation where that is C's too and nothing is to be computed."""
        if (
            self.letter in "aAoxXs"
            or "*" in self.text
            or (self.letter in "di" and self.precision is not None)
        ):
            return None
        return self.text[:-1] + ("d" if self.letter == "i" else self.letter)


def parse_format(fmt: str) -> list[str | Spec]:
    """Literal texts and conversions in turn."""
    if len(fmt.encode("utf-8", "surrogateescape")) > MOST_BYTES:
        raise UserError(f"'fmt' length exceeds maximal format length {MOST_BYTES}", code=Code.VALUE)
    parts: list[str | Spec] = []
    position = 0
    while (percent := fmt.find("%", position)) >= 0:
        parts.append(fmt[position:percent])
        if fmt.startswith("%%", percent):
            parts.append("%")
            position = percent + 2
            continue
        end = _END.match(fmt, percent)
        assert end is not None
        parts.append(_spec(end[0]))
        position = end.end()
    parts.append(fmt[position:])
    return parts


def _spec(text: str) -> Spec:
    which = _POSITION.match(text)
    if which is not None:
        text = "%" + text[which.end() :]
    match = _SPEC.match(text)
    argument = int(which[1]) - 1 if which else None
    if match is None:
        return Spec(text, argument, "", "", None, "")
    return Spec(text, argument, match[1], match[2], match[3], match[4])


def _unrecognised(spec: Spec) -> UserError:
    return UserError(
        f"unrecognised format specification '{spec.text}'",
        code=Code.VALUE,
        cure="conversions are %d %i %f %e %g %s %x %X %o %a; write %% for a percent sign",
    )


_USE = {
    "logical": (_WHOLE[:2], "%d or %i for logical objects"),
    "integer": (_WHOLE, "%d, %i, %o, %x or %X for integer objects"),
    "double": (_REAL, "%f, %e, %g or %a for numeric objects"),
    "character": ("s", "%s for character objects"),
}


class _Argument:
    """An argument; a conversion of the first row may turn it into another type, and so it stays."""

    def __init__(self, value: Any, number: int) -> None:
        kind = type_of(value)
        if kind in ("symbol", "language"):
            raise UserError(f"invalid type of argument[{number}]: '{kind}'", code=Code.TYPE)
        self.value = value
        self.used = False
        self._items: list[Any] | None = None

    def __len__(self) -> int:
        return len(self.value) if isinstance(self.value, RVector) or self.value is NULL else 1

    def convert(self, letter: str) -> None:
        """Make the value what the letter needs, as far as R does that by itself."""
        value = self.value
        kind = type_of(value)
        if letter == "s" and kind != "character":
            self.value = character(_texts(value))
        elif letter in _REAL and kind not in ("double", "character"):
            if not isinstance(value, RVector):
                raise UserError(f"cannot coerce type '{kind}' to vector of type 'double'", code=Code.TYPE)
            self.value = coerce(value, "double")
        elif letter in _WHOLE and kind == "double" and _all_whole(value.data):
            self.value = coerce(value, "integer")
        else:
            return
        self._items = None

    def item(self, i: int) -> Any:
        items = self._items
        if items is None:
            items = self._items = self.value.data.tolist()
        return items[i % len(items)]

    def check(self, spec: Spec) -> None:
        """Refuse a conversion that the type does not have."""
        use = _USE.get(type_of(self.value))
        if use is None:
            raise UserError("unsupported type", code=Code.TYPE)
        if spec.letter not in use[0]:
            raise UserError(
                f"invalid format '{spec.text}'; use format {use[1]}",
                code=Code.TYPE,
                cure="convert the value first, for instance with as.integer() or as.numeric()",
            )


def _texts(value: Any) -> list[str]:
    if not isinstance(value, RVector):
        raise UserError(
            f"cannot coerce type '{type_of(value)}' to vector of type 'character'", code=Code.TYPE
        )
    listed = is_object(value) or value.type in ("list", "expression")
    shown = as_text(value).data if listed else element_strings(value, 15)
    return ["NA" if text is None else text for text in shown]


def _all_whole(data: np.ndarray) -> bool:
    known = data[~is_real_na(data)]
    return bool((np.abs(known) < 2**31).all() and (known == np.trunc(known)).all())


class _Filler:
    """Fills one row of arguments into a parsed format."""

    def __init__(self, arguments: list[_Argument]) -> None:
        self.arguments = arguments

    def fill(self, parts: list[str | Spec], i: int) -> str:
        self.next = 0
        return "".join(part if isinstance(part, str) else self.convert(part, i) for part in parts)

    def take(self, which: int | None) -> _Argument:
        if which is None:
            which = self.next
            self.next += 1
            if which >= len(self.arguments):
                raise UserError(
                    "too few arguments", code=Code.ARGUMENT, cure="give a value for each conversion"
                )
        elif which >= len(self.arguments):
            raise UserError(f"reference to non-existent argument {which + 1}", code=Code.ARGUMENT)
        self.arguments[which].used = True
        return self.arguments[which]

    def size(self, text: str | None, i: int) -> int | None:
        """A width or precision: a number, or from an argument."""
        if text is None or not text.startswith("*"):
            return int(text) if text else None
        argument = self.take(int(text[1:-1]) - 1 if len(text) > 1 else None)
        if i == 0 and type_of(argument.value) == "double":
            argument.value = coerce(argument.value, "integer")
        if type_of(argument.value) != "integer" or argument.item(i) == NA_INTEGER:
            raise UserError("argument for '*' conversion specification must be a number", code=Code.ARGUMENT)
        return argument.item(i)

    def convert(self, spec: Spec, i: int) -> str:
        if spec.argument is not None and spec.argument >= len(self.arguments):
            self.take(spec.argument)
        width, precision = self._sizes(spec, i)
        if spec.letter in "cupn" or spec.text[-1] not in _LETTERS or not spec.letter:
            raise _unrecognised(spec)
        argument = self.take(spec.argument)
        if i == 0 and spec.known:
            argument.convert(spec.letter)
        if i == 0 or not spec.known or spec.letter not in _USE[argument.value.type][0]:
            argument.check(spec)
        value = argument.item(i)
        shown = _WRITERS[argument.value.type](value, spec, width, precision)
        if spec.text != "%s":
            _check_length(len(shown))
        return shown

    def _sizes(self, spec: Spec, i: int) -> tuple[int | None, int | None]:
        if spec.text.count("*") > 1:
            raise UserError(
                "at most one asterisk '*' is supported in each conversion specification", code=Code.VALUE
            )
        width = self.size(spec.width, i)
        precision = self.size(spec.precision, i)
        if spec.precision is not None and precision is None:
            precision = 0
        _check_length(abs(width or 0))
        # a digit and a point stand before the decimals; %g and %s do not fill up
        _check_length((precision or 0) + 2 if spec.letter in "feE" else 0)
        return width, precision


def _check_length(length: int) -> None:
    """R writes each conversion into a buffer."""
    if length > MOST_BYTES:
        raise UserError(
            f"required resulting string length {length} is greater than maximal {MOST_BYTES}", code=Code.LIMIT
        )


def _flags_and_width(spec: Spec, width: int | None) -> tuple[str, int]:
    if width is None:
        return spec.flags, 0
    return (spec.flags + "-", -width) if width < 0 else (spec.flags, width)


def _write_text(value: str, spec: Spec, width: int | None, precision: int | None) -> str:
    if width is None and precision is None:
        return "NA" if value is None else value
    return c_string("NA" if value is None else value, *_flags_and_width(spec, width), precision)


def _write_integer(value: int, spec: Spec, width: int | None, precision: int | None) -> str:
    plain = spec.plain
    if plain is not None and value != NA_INTEGER:
        return plain % value
    flags, size = _flags_and_width(spec, width)
    if value == NA_INTEGER:
        return c_string("NA", flags, size, precision)
    return c_integer(value, spec.letter, flags, size, precision)


def _write_logical(value: int, spec: Spec, width: int | None, precision: int | None) -> str:
    return _write_integer(int(NA_INTEGER) if value == NA_LOGICAL else value, spec, width, precision)


def _write_double(value: float, spec: Spec, width: int | None, precision: int | None) -> str:
    plain = spec.plain
    if math.isfinite(value):
        if plain is not None:
            return plain % value
        return c_double(value, spec.letter, *_flags_and_width(spec, width), precision)
    return c_string(_special(value, spec.flags), *_flags_and_width(spec, width), None)


_WRITERS: dict[str, Callable[[Any, Spec, int | None, int | None], str]] = {
    "character": _write_text,
    "integer": _write_integer,
    "logical": _write_logical,
    "double": _write_double,
}


def _special(number: float, flags: str) -> str:
    if number == -math.inf:
        return "-Inf"
    if number == math.inf:
        return "+Inf" if "+" in flags else " Inf" if " " in flags else "Inf"
    text = "NA" if is_real_na(np.array([number]))[0] else "NaN"
    return " " + text if " " in flags else text


def format_rows(fmt: Any, dots: Dots) -> list[str]:
    """All rows of sprintf(fmt, ...)."""
    if not isinstance(fmt, RVector) or fmt.type != "character":
        raise UserError("'fmt' is not a character vector", code=Code.TYPE)
    arguments = [_Argument(value, i + 1) for i, (_, value) in enumerate(dots)]
    lengths = [len(fmt), *map(len, arguments)]
    if 0 in lengths:
        return []
    rows = max(lengths)
    if any(rows % n for n in lengths):
        raise UserError("arguments cannot be recycled to the same length", code=Code.ARGUMENT)
    formats = [parse_format("NA" if f is None else f) for f in fmt.data]
    filler = _Filler(arguments)
    first = filler.fill(formats[0], 0)
    made = _by_python(formats[0], arguments, rows) if len(formats) == 1 and rows > 1 else None
    if made is None:
        made = [first, *(filler.fill(formats[i % len(formats)], i) for i in range(1, rows))]
    _warn_unused(arguments, fmt)
    return made


def _by_python(parts: list[str | Spec], arguments: list[_Argument], rows: int) -> list[str] | None:
    """All rows at once where Python's own `%` gives what C gives, else None. The first row was converted."""
    pattern: list[str] = []
    columns: list[list[Any]] = []
    for part in parts:
        if isinstance(part, str):
            pattern.append(part.replace("%", "%%"))
            continue
        value = arguments[len(columns) if part.argument is None else part.argument].value
        plain = part.text if part.text == "%s" else part.plain
        if plain is None or part.argument is not None or not _is_plain(value):
            return None
        pattern.append(plain)
        columns.append(np.resize(value.data, rows).tolist())
    if not columns:
        return None
    text = "".join(pattern)
    return [text % row for row in zip(*columns, strict=True)]


def _is_plain(value: RVector) -> bool:
    if value.type == "double":
        return bool(np.isfinite(value.data).all())
    return value.type in ("integer", "character") and not value.is_na().any()


def _warn_unused(arguments: list[_Argument], fmt: RVector) -> None:
    unused = sum(not argument.used for argument in arguments)
    if not unused:
        return
    shown = fmt.data[0] if fmt.data[0] is not None else "NA"
    one = "one argument not used by format" if unused == 1 else f"{unused} arguments not used by format"
    warn(f"{one} '{shown}'")


@builtin("sprintf(fmt, ...)")
def sprintf(fmt, dots):
    return character(format_rows(fmt, dots))


@builtin("gettextf(fmt, ..., domain = NULL, trim = TRUE)")
def gettextf(fmt, dots, domain, trim):
    return character(format_rows(fmt, dots))
