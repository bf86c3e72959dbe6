"""C's printf conversions of one number or text, with glibc's rules for flags and precisions."""

from __future__ import annotations

import math


def c_integer(number: int, letter: str, flags: str, width: int, precision: int | None) -> str:
    """`%d %i %o %x %X` of a 32-bit integer; o, x and X take it as unsigned."""
    sign = prefix = ""
    if letter in "di":
        sign = _sign(number < 0, flags)
        digits = str(abs(number))
    else:
        digits = format(number % 2**32, letter)
        if "#" in flags and letter != "o" and number:
            prefix = "0" + letter
    if precision is not None:
        digits = "" if precision == 0 and number == 0 else digits.zfill(precision)
        flags = flags.replace("0", "")  # a precision says how many zeros there are
    if "#" in flags and letter == "o" and not digits.startswith("0"):
        digits = "0" + digits
    return _filled(sign + prefix, digits, flags, width)


def c_double(number: float, letter: str, flags: str, width: int, precision: int | None) -> str:
    """`%f %e %E %g %G %a %A` of a finite double."""
    if letter in "aA":
        return _hexadecimal(number, letter, flags, width, precision)
    shown = "" if precision is None else f".{precision}"
    return f"%{flags}{width or ''}{shown}{letter}" % number


def c_string(text: str, flags: str, width: int, precision: int | None) -> str:
    """`%s`: width and precision count bytes, so a precision may cut a character."""
    size = len(text)
    if not text.isascii():
        data = text.encode("utf-8", "surrogateescape")[:precision]
        text, size = data.decode("utf-8", "surrogateescape"), len(data)
    elif precision is not None:
        text = text[:precision]
        size = len(text)
    blanks = " " * (width - size)
    return text + blanks if "-" in flags else blanks + text


def _sign(negative: bool, flags: str) -> str:
    return "-" if negative else "+" if "+" in flags else " " if " " in flags else ""


def _filled(head: str, digits: str, flags: str, width: int) -> str:
    """Sign and prefix, then digits, in a width."""
    if "-" in flags:
        return (head + digits).ljust(width)
    if "0" in flags:
        return head + digits.zfill(width - len(head))
    return (head + digits).rjust(width)


def _hexadecimal(number: float, letter: str, flags: str, width: int, precision: int | None) -> str:
    mantissa, _, exponent = abs(number).hex().removeprefix("0x").partition("p")
    lead, _, digits = mantissa.partition(".")
    if precision is None:
        digits = digits.rstrip("0")
    elif precision < len(digits):
        whole = int(lead + digits, 16)
        unit = 16 ** (len(digits) - precision)
        half = round_half_even(whole, unit)
        rounded = f"{half:0{precision + 1}x}"
        lead, digits = rounded[: len(rounded) - precision], rounded[len(rounded) - precision :]
    else:
        digits = digits.ljust(precision, "0")
    point = "." if digits or "#" in flags else ""
    text = f"{lead}{point}{digits}p{exponent}"
    head = _sign(math.copysign(1.0, number) < 0, flags) + "0x"
    shown = _filled(head, text, flags, width)
    return shown.upper() if letter == "A" else shown


def round_half_even(number: int, unit: int) -> int:
    """number / unit to the nearest whole number, ties to even."""
    quotient, rest = divmod(number, unit)
    return quotient + (rest * 2 > unit or (rest * 2 == unit and quotient % 2 == 1))
