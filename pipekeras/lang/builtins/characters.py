"""Characters as numbers and bytes: strtoi, utf8ToInt, charToRaw, iconv, Encoding."""

from __future__ import annotations

import unicodedata

import numpy as np

from ...errors import Code, UserError
from ..generics import as_text, text_vector
from ..registry import builtin
from ..text.format import encode_string
from ..values import RVector, character, integer
from ..vectors.coerce import numbers, one_flag, one_int, one_string, strings


@builtin("strtoi(x, base = 0L)")
def strtoi(x, base):
    radix = one_int(base, "base")
    if radix != 0 and not 2 <= radix <= 36:
        raise UserError("invalid 'base' argument", code=Code.ARGUMENT, cure="0, or 2 to 36")
    return integer([None if t is None else _whole(t, radix) for t in as_text(x).data])


def _whole(text: str, base: int) -> int | None:
    text = text.lstrip().lower()
    if text != text.rstrip():
        return None
    if base == 2 and text.lstrip("+-").startswith("0b"):
        return None
    if base == 10 or (base == 0 and text.lstrip("+-")[:1] != "0"):
        digits = text
        base = 10
    elif base in (0, 16) and text.lower().lstrip("+-").startswith("0x"):
        digits, base = text.lower().replace("0x", "", 1), 16
    elif base in (0, 8):
        digits, base = text, 8
    else:
        digits = text
    try:
        value = int(digits, base) if "_" not in digits else None
    except ValueError:
        return None
    return value if value is not None and abs(value) <= 2147483647 else None


@builtin("utf8ToInt(x)")
def utf8_to_int(x):
    if not isinstance(x, RVector) or x.type != "character" or len(x) != 1:
        raise UserError("argument must be a character vector", code=Code.TYPE)
    if x.data[0] is None:
        return integer([None])
    return integer(np.frombuffer(x.data[0].encode("utf-32-le", "surrogatepass"), dtype="<u4"))


@builtin("intToUtf8(x, multiple = FALSE, allow_surrogate_pairs = FALSE)")
def int_to_utf8(x, multiple, allow_surrogate_pairs):
    given = numbers(x, "x")
    codes = given.tolist()
    if not one_flag(multiple, "multiple") and len(given) and ((given >= 1) & (given < 0xD800)).all():
        return character(given.astype("<u4").tobytes().decode("utf-32-le"))
    chars = [None if c != c else chr(int(c)) if c else "" for c in codes]
    if one_flag(multiple, "multiple"):
        return character(chars)
    return character(None if None in chars else "".join(c or "" for c in chars))


@builtin("charToRaw(x)")
def char_to_raw(x):
    if not isinstance(x, RVector) or x.type != "character" or not len(x):
        raise UserError("argument must be a character vector of length 1", code=Code.TYPE)
    return RVector(
        "raw", np.frombuffer((x.data[0] or "NA").encode("utf-8", "surrogateescape"), dtype=np.uint8)
    )


@builtin("rawToChar(x, multiple = FALSE)")
def raw_to_char(x, multiple):
    if not isinstance(x, RVector) or x.type != "raw":
        raise UserError("argument 'x' must be a raw vector", code=Code.TYPE)
    if one_flag(multiple, "multiple"):
        return character([chr(code) if code else "" for code in x.data.tolist()])
    data = x.data.tobytes().rstrip(b"\0")
    if b"\0" in data:
        raise UserError(f"embedded nul in string: '{encode_string(data.decode('latin-1'))}'", code=Code.VALUE)
    return character(data.decode("utf-8", "surrogateescape"))


@builtin("iconv(x, from = '', to = '', sub = NA, mark = TRUE, toRaw = FALSE)")
def iconv(x, from_, to, sub, mark, to_raw):
    target = one_string(to, "to") or "UTF-8"
    base, _, how = target.partition("//")
    substitute = sub.data[0] if sub.type == "character" else None

    def convert(text: str | None) -> str | None:
        if text is None:
            return None
        if how == "TRANSLIT":
            text = _transliterated(text, base)
        try:
            text.encode(base)
            return text
        except UnicodeEncodeError:
            return None if substitute is None else _with_substitutes(text, base, substitute)
        except LookupError:
            raise UserError(
                f"unsupported conversion from '{one_string(from_, 'from')}' to '{target}'", code=Code.ARGUMENT
            ) from None

    return text_vector([convert(text) for text in as_text(x).data], x)


def _transliterated(text: str, encoding: str) -> str:
    """Accents dropped where the target has no such letter; what is left becomes `?`."""
    out = []
    for ch in text:
        try:
            ch.encode(encoding)
            out.append(ch)
        except UnicodeEncodeError:
            plain = unicodedata.normalize("NFKD", ch).encode(encoding, "ignore").decode(encoding)
            out.append(plain or "?")
    return "".join(out)


def _with_substitutes(text: str, encoding: str, substitute: str) -> str:
    out = []
    for ch in text:
        try:
            ch.encode(encoding)
            out.append(ch)
        except UnicodeEncodeError:
            code = ch.encode("utf-8")
            if substitute == "byte":
                out.append("".join(f"<{byte:02x}>" for byte in code))
            elif substitute == "Unicode":
                out.append(f"<U+{ord(ch):04X}>")
            else:
                out.append(substitute * len(code))
    return "".join(out)


@builtin("enc2utf8(x)", "enc2native")
def enc2utf8(x):
    if not isinstance(x, RVector) or x.type != "character":
        raise UserError("argument is not a character vector", code=Code.TYPE)
    return x


@builtin("Encoding(x)")
def encoding(x):
    return character(["unknown" if t is None or t.isascii() else "UTF-8" for t in strings(x, "x")])


@builtin("`Encoding<-`(x, value)")
def set_encoding(x, value):
    """Strings are Unicode here whatever they are declared to be."""
    strings(value, "value")
    return x
