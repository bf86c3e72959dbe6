"""R's sprintf and gettextf: C's conversions, vectorised over formats and arguments."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..coerce import convert_data, type_of
from ..conditions import warn
from ..format import element_strings
from ..generics import as_text, is_object
from ..registry import builtin
from ..values import NA_INTEGER, NULL, Dots, RVector, character

_SPEC = re.compile(r"%(?:(\d+)\$)?([-+ #0]*)(\*(?:\d+\$)?|\d*)(?:\.(\*|\d*))?([a-zA-Z%])")


@dataclass(slots=True)
class Spec:
    """One conversion of a format, `%-8.3f`.

    Attributes:
        argument: which argument, from 0, or None for the next
        width: number, "*" or ""
        precision: number, "*", or None
    """

    text: str
    argument: int | None
    flags: str
    width: str
    precision: str | None
    letter: str


def parse_format(fmt: str) -> list[str | Spec]:
    """Literal texts and conversions in turn."""
    parts: list[str | Spec] = []
    position = 0
    while (percent := fmt.find("%", position)) >= 0:
        parts.append(fmt[position:percent])
        if fmt.startswith("%%", percent):
            parts.append("%")
            position = percent + 2
            continue
        match = _SPEC.match(fmt, percent)
        if match is None or match[5] not in "diosfeEgGxXaA":
            shown = match[0] if match else fmt[percent:]
            raise UserError(
                f"unrecognised format specification '{shown}'",
                code=Code.VALUE,
                cure="conversions are %d %i %f %e %g %s %x %X %o %a; write %% for a percent sign",
            )
        which = int(match[1]) - 1 if match[1] else None
        parts.append(Spec(match[0], which, match[2], match[3], match[4], match[5]))
        position = match.end()
    parts.append(fmt[position:])
    return parts


def _texts(value: Any) -> list[str]:
    shown = as_text(value).data if is_object(value) or value.type == "list" else element_strings(value, 15)
    return ["NA" if text is None else text for text in shown]


class _Argument:
    """An argument: its values, and the same as text once `%s` asks for it."""

    def __init__(self, value: Any, number: int) -> None:
        if value is not NULL and not isinstance(value, RVector):
            kind = type_of(value)
            if kind in ("symbol", "language"):
                raise UserError(f"invalid type of argument[{number}]: '{kind}'", code=Code.TYPE)
            raise UserError(f"cannot coerce type '{kind}' to vector of type 'character'", code=Code.TYPE)
        self.value = value
        self.used = False
        self._texts: list[str] | None = None
        self._numbers: dict[str, list[Any]] = {}

    def __len__(self) -> int:
        return len(self.value)

    def text(self, i: int) -> str:
        if self._texts is None:
            self._texts = _texts(self.value)
        return self._texts[i % len(self._texts)]

    def number(self, i: int, letter: str) -> Any:
        """Element i as int, float or None (NA) for a conversion letter."""
        if letter not in self._numbers:
            self._numbers[letter] = self._converted(letter)
        numbers = self._numbers[letter]
        return numbers[i % len(numbers)]

    def _converted(self, letter: str) -> list[Any]:
        value = self.value
        if value.type not in ("logical", "integer", "double", "complex", "raw"):
            raise UserError(
                f"invalid format '%{letter}'; use format %s for character objects",
                code=Code.TYPE,
                cure="convert the text with as.numeric(), or print it with %s",
            )
        if letter in "dioxX":
            return self._whole(letter)
        data = convert_data(value.data, value.type, "double").tolist()
        na = value.is_na() & ~(np.isnan(value.data) & _not_na(value) if value.type == "double" else False)
        return [None if gone else x for x, gone in zip(data, na.tolist(), strict=True)]

    def _whole(self, letter: str) -> list[Any]:
        data = self.value.data
        if self.value.type == "double":
            finite = data[~np.isnan(data)]
            if not (np.isfinite(finite) & (finite == np.trunc(finite)) & (np.abs(finite) < 2**31)).all():
                raise UserError(
                    f"invalid format '%{letter}'; use format %f, %e, %g or %a for numeric objects",
                    code=Code.TYPE,
                    cure="round the number first, as.integer(x), or use %g",
                )
            return [None if math.isnan(x) else int(x) for x in data.tolist()]
        integers = convert_data(data, self.value.type, "integer").tolist()
        return [None if x == NA_INTEGER else x for x in integers]


def _not_na(value: RVector) -> np.ndarray:
    from ..values import is_real_na

    return ~is_real_na(value.data)


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

    def size(self, text: str, i: int) -> int | None:
        """A width or precision: a number, or from an argument."""
        if text.startswith("*"):
            which = int(text[1:-1]) - 1 if len(text) > 1 else None
            return self.take(which).number(i, "d")
        return int(text) if text else None

    def convert(self, spec: Spec, i: int) -> str:
        width = self.size(spec.width, i)
        precision = None if spec.precision is None else self.size(spec.precision, i) or 0
        argument = self.take(spec.argument)
        flags = spec.flags
        if width is not None and width < 0:
            flags, width = flags + "-", -width
        if spec.letter == "s":
            text = argument.text(i)
            return _padded(text if precision is None else text[:precision], flags, width)
        letter = "d" if spec.letter == "i" else spec.letter
        number = argument.number(i, spec.letter)
        if number is None:
            return _padded("NA", flags, width)
        if isinstance(number, float) and not math.isfinite(number):
            return _padded(_special(number, flags), flags, width)
        if letter in "aA":
            return _padded(_hexadecimal(number, letter, flags), flags, width)
        if letter in "oxX":
            number %= 2**32
        shown = f"%{flags}{width or ''}"
        return (shown + ("" if precision is None else f".{precision}") + letter) % number


def _special(number: float, flags: str) -> str:
    if number != number:
        return "NaN"
    sign = "-" if number < 0 else "+" if "+" in flags else " " if " " in flags else ""
    return sign + "Inf"


def _hexadecimal(number: float, letter: str, flags: str) -> str:
    mantissa, _, exponent = float(number).hex().partition("p")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    text = f"{mantissa}p{exponent}"
    return text.upper() if letter == "A" else text


def _padded(text: str, flags: str, width: int | None) -> str:
    """Padded to a width, which C counts in bytes."""
    if not width:
        return text
    blanks = " " * (width - len(text.encode("utf-8", "surrogateescape")))
    return text + blanks if "-" in flags else blanks + text


def format_rows(fmt: Any, dots: Dots) -> list[str | None]:
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
    formats = [None if f is None else parse_format(f) for f in fmt.data]
    filler = _Filler(arguments)
    made = [
        None if (parts := formats[i % len(formats)]) is None else filler.fill(parts, i) for i in range(rows)
    ]
    _warn_unused(arguments, fmt)
    return made


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
