"""R's functions on strings: paste, nchar, substr, case, trimming, quoting, code points, names made valid."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np
import regex

from ...errors import Code, UserError
from ..coerce import (
    coerce,
    factor_or_text,
    guard_text,
    has_class,
    numbers,
    one_flag,
    one_int,
    one_string,
    strings,
)
from ..format import PADDING, display_width, encode_string
from ..generics import as_text, kept_shape, plain_texts, text_vector
from ..registry import builtin
from ..values import NA_INTEGER, NULL, RVector, character, integer, logical, rlist


def recycled(items: list[Any], length: int) -> list[Any]:
    """The items repeated to a length."""
    if len(items) == length:
        return items
    return (items * (length // len(items) + 1))[:length]


# --- paste -------------------------------------------------------------------------------------------------


def _pasted(dots: Any, sep: str, collapse: Any, recycle0: Any) -> RVector:
    columns = [plain_texts(value) for _, value in dots]
    if one_flag(recycle0, "recycle0") and any(not column for column in columns):
        rows: list[str] = []
    else:
        length = max(map(len, columns), default=0)
        columns = [column or [""] for column in columns]
        rows = _joined_rows(columns, sep, length)
    if collapse is NULL:
        return character(rows)
    if not isinstance(collapse, RVector) or collapse.type != "character" or collapse.data[0] is None:
        raise UserError("invalid 'collapse' argument", code=Code.ARGUMENT, cure="give one string")
    glue = collapse.data[0]
    guard_text(sum(map(len, rows)) + len(glue) * len(rows))
    return character(glue.join(rows))


_FEW_ROWS = 1000
"""With fewer rows they may be huge, and are measured before they are made."""


def _joined_rows(columns: list[list[str]], sep: str, length: int) -> list[str]:
    if not length:
        return []
    if len(columns) == 1:
        return columns[0]
    full = [recycled(column, length) for column in columns]
    if length < _FEW_ROWS:
        guard_text(sum(len(max(column, key=len)) for column in full))
    if sep == "":
        return ["".join(row) for row in zip(*full, strict=True)]
    return [sep.join(row) for row in zip(*full, strict=True)]


@builtin("paste(..., sep = ' ', collapse = NULL, recycle0 = FALSE)")
def paste(dots, sep, collapse, recycle0):
    if not isinstance(sep, RVector) or sep.type != "character" or len(sep) != 1:
        raise UserError("invalid separator", code=Code.ARGUMENT, cure="give one string")
    return _pasted(dots, one_string(sep, "sep"), collapse, recycle0)


@builtin("paste0(..., collapse = NULL, recycle0 = FALSE)")
def paste0(dots, collapse, recycle0):
    return _pasted(dots, "", collapse, recycle0)


@builtin("toString(x, ...)", generic=True)
def to_string(x, dots):
    width = next((value for name, value in dots if name == "width"), NULL)
    text = ", ".join(plain_texts(x))
    if width is NULL or not (limit := one_int(width, "width")):
        return character(text)
    if limit < 0:
        raise UserError("'width' must be positive", code=Code.ARGUMENT)
    return character(text if display_width(text) <= limit else _trimmed_to(text, max(6, limit) - 4) + "....")


@builtin("strrep(x, times)")
def strrep(x, times):
    texts, counts = strings(x, "x"), numbers(times, "times").tolist()
    length = max(len(texts), len(counts)) if texts and counts else 0
    pairs = zip(recycled(texts, length), recycled(counts, length), strict=True) if length else ()
    made = [None if t is None or n != n else _repeated(t, int(n)) for t, n in pairs]
    keep = kept_shape(x) if len(made) == len(texts) else None
    return character(made, {"names": keep["names"]} if keep and "names" in keep else None)


def _repeated(text: str, times: int) -> str:
    if times < 0:
        raise UserError("invalid 'times' value", code=Code.ARGUMENT, cure="`times` must not be negative")
    if len(text) * times > 2**31 - 1:
        raise UserError("R character strings are limited to 2^31-1 bytes", code=Code.LIMIT)
    guard_text(len(text) * times)
    return text * times


# --- length and parts --------------------------------------------------------------------------------------


@builtin("nchar(x, type = 'chars', allowNA = FALSE, keepNA = NA)")
def nchar(x, type, allow_na, keep_na):
    if has_class(x, "factor"):
        raise UserError(
            "'nchar()' requires a character vector",
            code=Code.TYPE,
            cure="convert the factor with as.character()",
        )
    kind = _char_type(one_string(type, "type"))
    texts: list[str | None] = coerce(x, "character").data.tolist() if x is not NULL else []
    keep = keep_na.data[0]
    na_is_kept = keep == 1 or (keep not in (0, 1) and kind != "width")
    measure: dict[str, Callable[[str], int]] = {
        "chars": len,
        "bytes": lambda text: len(text.encode("utf-8", "surrogateescape")),
        "width": display_width,
    }
    each = measure[kind]
    if None not in texts:
        return integer(np.array(list(map(each, texts)), dtype=np.int32), kept_shape(x))  # pyright: ignore
    counts = [(None if na_is_kept else 2) if t is None else each(t) for t in texts]
    return integer(counts, kept_shape(x))


def _char_type(type: str) -> str:
    found = [kind for kind in ("bytes", "chars", "width") if kind.startswith(type)]
    if not found:
        raise UserError("invalid 'type' argument", code=Code.ARGUMENT, cure='"chars", "bytes" or "width"')
    return found[0]


@builtin("nzchar(x, keepNA = FALSE)")
def nzchar(x, keep_na):
    keep = keep_na.data[0] == 1
    return logical(
        [(None if keep else True) if t is None else t != "" for t in as_text(x).data], kept_shape(x)
    )


def _cut_out(text: str | None, start: float, stop: float) -> str | None:
    if text is None or start != start or stop != stop:
        return None
    return text[max(int(start), 1) - 1 : max(int(stop), 0)]


@builtin("substr(x, start, stop)")
def substr(x, start, stop):
    texts = list(as_text(x).data)
    starts, stops = numbers(start, "start").tolist(), numbers(stop, "stop").tolist()
    if texts and (not starts or not stops):
        raise UserError("invalid substring arguments", code=Code.ARGUMENT)
    attributes = dict(x.attributes) if x.type == "character" and x.attributes else None
    if len(starts) == len(stops) == 1 and starts[0] == starts[0] and stops[0] == stops[0]:
        first, last = max(int(starts[0]), 1) - 1, max(int(stops[0]), 0)
        return character([None if t is None else t[first:last] for t in texts], attributes)
    places = (
        zip(texts, recycled(starts, len(texts)), recycled(stops, len(texts)), strict=True) if texts else ()
    )
    return character([_cut_out(*place) for place in places], attributes)


@builtin("substring(text, first, last = 1000000L)")
def substring(text, first, last):
    texts = strings(text, "text")
    starts, stops = numbers(first, "first").tolist(), numbers(last, "last").tolist()
    length = max(len(texts), len(starts), len(stops)) if texts and starts and stops else 0
    if not length:
        return character([])
    keep = kept_shape(text) if length == len(texts) else None
    if None not in texts and not any(map(math.isnan, starts)) and not any(map(math.isnan, stops)):
        firsts, lasts = [max(int(s), 1) - 1 for s in starts], [max(int(s), 0) for s in stops]
        parts = map(slice, recycled(firsts, length), recycled(lasts, length))
        cut = [text[part] for text, part in zip(recycled(texts, length), parts, strict=True)]
        return character(cut, keep)
    places = zip(*(recycled(part, length) for part in (texts, starts, stops)), strict=True)
    return character([_cut_out(*place) for place in places], keep)


def _overwritten(text: str | None, start: float, stop: float, value: str | None) -> str | None:
    if text is None or value is None:
        return None
    first, last = max(int(start), 1), min(int(stop), len(text))
    count = min(max(0, last - first + 1), len(value))
    return text[: first - 1] + value[:count] + text[first - 1 + count :] if count else text


@builtin("`substr<-`(x, start, stop, value)")
def set_substr(x, start, stop, value):
    if not isinstance(x, RVector) or x.type != "character":
        raise UserError("replacing substrings in a non-character object", code=Code.TYPE)
    texts, given = strings(x, "x"), strings(value, "value")
    if not given:
        raise UserError("invalid value", code=Code.VALUE)
    starts, stops = numbers(start, "start").tolist(), numbers(stop, "stop").tolist()
    parts = [recycled(part, len(texts)) for part in (starts, stops, given)]
    made = [_overwritten(*place) for place in zip(texts, *parts, strict=True)]
    return character(made, dict(x.attributes) if x.attributes else None)


@builtin("`substring<-`(text, first, last = 1000000L, value)")
def set_substring(text, first, last, value):
    return set_substr(text, first, last, value)


@builtin("strtrim(x, width)")
def strtrim(x, width):
    widths = recycled(numbers(width, "width").tolist(), max(len(x), 1))
    return text_vector(
        [
            None if t is None else _trimmed_to(t, int(w))
            for t, w in zip(as_text(x).data, widths, strict=False)
        ],
        x,
    )


def _trimmed_to(text: str, width: int) -> str:
    used = 0
    for i, ch in enumerate(text):
        used += display_width(ch)
        if used > width:
            return text[:i]
    return text


# --- case, characters --------------------------------------------------------------------------------------


def _mapped(x: Any, change: Callable[[str], str]) -> RVector:
    if not isinstance(x, RVector):
        x = as_text(x)
    keep = dict(x.attributes) if x.type == "character" and x.attributes else kept_shape(x)
    texts = factor_or_text(x).data.tolist()
    if None not in texts:
        return character(list(map(change, texts)), keep)
    return character([None if t is None else change(t) for t in texts], keep)


def _upper(text: str) -> str:
    # towupper: one character for one, so that a sharp s stays
    return (
        "".join(up if len(up := ch.upper()) == 1 else ch for ch in text)
        if not text.isascii()
        else text.upper()
    )


@builtin("toupper(x)")
def toupper(x):
    return _mapped(x, _upper)


@builtin("tolower(x)")
def tolower(x):
    return _mapped(x, str.lower)


@builtin("casefold(x, upper = FALSE)")
def casefold(x, upper):
    return toupper(x) if one_flag(upper, "upper") else tolower(x)


def _expanded(specification: str) -> str:
    """`a-e` written out."""
    out, i = [], 0
    while i < len(specification):
        if specification[i + 1 : i + 2] == "-" and i + 2 < len(specification):
            low, high = ord(specification[i]), ord(specification[i + 2])
            if low > high:
                raise UserError(
                    f"decreasing range specification ('{specification[i : i + 3]}')", code=Code.ARGUMENT
                )
            out += [chr(code) for code in range(low, high + 1)]
            i += 3
        else:
            out.append(specification[i])
            i += 1
    return "".join(out)


@builtin("chartr(old, new, x)")
def chartr(old, new, x):
    before, after = _expanded(one_string(old, "old")), _expanded(one_string(new, "new"))
    if len(before) > len(after):
        raise UserError(
            "'old' is longer than 'new'", code=Code.ARGUMENT, cure="give a new character for each old one"
        )
    table = str.maketrans(before, after[: len(before)])
    return _mapped(x, lambda text: text.translate(table))


@builtin("trimws(x, which = c('both', 'left', 'right'), whitespace = '[ \\t\\r\\n]')")
def trimws(x, which, whitespace):
    from ..patterns import compile_pattern

    side, blank = strings(which, "which")[0], one_string(whitespace, "whitespace")
    if blank == "[ \t\r\n]":
        strip = {"both": str.strip, "left": str.lstrip, "right": str.rstrip}[side or "both"]
        return _mapped(x, lambda text: strip(text, " \t\r\n"))

    def trimmed(text: str) -> str:
        if side in ("both", "left") and (found := compile_pattern(f"^{blank}+").search(text)):
            text = text[found.end :]
        if side in ("both", "right") and (found := compile_pattern(f"{blank}+$").search(text)):
            text = text[: found.start]
        return text

    return _mapped(x, trimmed)


def _affixes(x: Any, affix: Any, test: Callable[[str, str], bool]) -> RVector:
    if not all(isinstance(v, RVector) and v.type == "character" for v in (x, affix)):
        raise UserError("non-character object(s)", code=Code.TYPE, cure="convert with as.character()")
    length = max(len(x), len(affix)) if len(x) and len(affix) else 0
    if not length:
        return logical([])
    texts, affixes = recycled(x.data.tolist(), length), recycled(affix.data.tolist(), length)
    if None not in texts and None not in affixes:
        return logical(np.fromiter(map(test, texts, affixes), dtype=bool, count=length))
    pairs = zip(texts, affixes, strict=True)
    return logical([None if a is None or b is None else test(a, b) for a, b in pairs])


@builtin("startsWith(x, prefix)")
def starts_with(x, prefix):
    return _affixes(x, prefix, str.startswith)


@builtin("endsWith(x, suffix)")
def ends_with(x, suffix):
    return _affixes(x, suffix, str.endswith)


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


# --- quotes ------------------------------------------------------------------------------------------------


@builtin("shQuote(string, type = 'sh')")
def sh_quote(string, type):
    kind = one_string(type, "type")
    texts = [text for text in string.data if text is not None]
    if kind == "cmd2" and not any(c in text for text in texts for c in ' \t"'):
        return _mapped(string, str)
    if kind in ("cmd", "cmd2"):
        return _mapped(string, lambda text: '"' + text.replace('"', '\\"') + '"')
    if not any("'" in text for text in texts):
        return _mapped(string, lambda text: f"'{text}'")
    if kind == "csh" and any(c in text for text in texts for c in "$`"):
        return _mapped(string, lambda text: "'" + text.replace("'", "'\"'\"'") + "'")
    special = '"!\\' if kind == "csh" else '"$`\\'
    return _mapped(string, lambda t: '"' + "".join("\\" * (c in special) + c for c in t) + '"')


def _quoted(x: Any, q: Any, plain: str, fancy: tuple[str, str]) -> RVector:
    is_plain = isinstance(q, RVector) and q.type == "logical" and not q.data[0]
    opening, closing = (plain, plain) if is_plain else fancy
    return _mapped(x, lambda text: opening + text + closing)


@builtin("sQuote(x, q = TRUE)")
def s_quote(x, q):
    return _quoted(x, q, "'", ("\u2018", "\u2019"))


@builtin("dQuote(x, q = TRUE)")
def d_quote(x, q):
    return _quoted(x, q, '"', ("\u201c", "\u201d"))


@builtin("noquote(obj, right = FALSE)")
def noquote(obj, right):
    classes = list(obj.attribute("class").data) if obj.attribute("class") is not None else []
    fresh = character(["noquote", *[c for c in classes if c != "noquote"]])
    if one_flag(right, "right"):
        fresh = character(fresh.data, {"names": character(["right"] + [""] * (len(fresh) - 1))})
    return obj.with_attribute("class", fresh)


@builtin(
    "encodeString(x, width = 0L, quote = '', na.encode = TRUE,"
    " justify = c('left', 'right', 'centre', 'none'))"
)
def encode_string_(x, width, quote, na_encode, justify):
    mark, pad = one_string(quote, "quote"), PADDING[strings(justify, "justify")[0] or "left"]
    keep_na = not one_flag(na_encode, "na.encode")
    na = "NA" if mark else "<NA>"
    shown = [(None if keep_na else na) if t is None else encode_string(t, mark) for t in strings(x, "x")]
    wanted = width.data[0] if isinstance(width, RVector) else 0
    least = max((display_width(t) for t in shown if t), default=0) if wanted == NA_INTEGER else int(wanted)
    return text_vector([None if t is None else pad(t, least) for t in shown], x)


# --- names -------------------------------------------------------------------------------------------------

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
    made = [valid_name(name) for name in as_text(names).data]
    if not one_flag(allow_, "allow_"):
        made = [name.replace("_", ".") for name in made]
    return character(unique_names(made) if one_flag(unique, "unique") else made)


@builtin("make.unique(names, sep = '.')")
def make_unique(names, sep):
    if not isinstance(names, RVector) or names.type != "character":
        raise UserError("'names' must be a character vector", code=Code.TYPE)
    return character(unique_names(strings(names, "names"), one_string(sep, "sep")))  # type: ignore[arg-type]


# --- paragraphs --------------------------------------------------------------------------------------------


@builtin(
    "strwrap(x, width = 0.9 * getOption('width'), indent = 0, exdent = 0, prefix = '', simplify = TRUE,"
    " initial = prefix)"
)
def strwrap(x, width, indent, exdent, prefix, simplify, initial):
    limit = one_int(width, "width") - 1
    spaces = one_int(indent, "indent"), one_int(exdent, "exdent")
    heads = one_string(initial, "initial"), one_string(prefix, "prefix")
    pieces = []
    for text in as_text(x).data:
        lines: list[str] = []
        for paragraph in regex.split(r"\n[ \t\n]*\n", text or "NA"):
            lines += _wrapped(paragraph, limit, spaces)
        pieces.append(lines)
    if one_flag(simplify, "simplify"):
        flat = [line for lines in pieces for line in lines]
        return character([heads[i > 0] + line for i, line in enumerate(flat)])
    return rlist([character([heads[i > 0] + line for i, line in enumerate(lines)]) for lines in pieces])


def _wrapped(paragraph: str, limit: int, spaces: tuple[int, int]) -> list[str]:
    """Words filled into lines; a sentence's end gets two blanks if it had two or ended a line."""
    words = _words_with_gaps(paragraph)
    lines, current, used = [], " " * spaces[0], spaces[0]
    empty = True
    gap = 0
    for word, next_gap in words:
        size = display_width(word)
        if not empty and used + gap + size > limit:
            lines.append(current.rstrip(" "))
            current, used, empty = " " * spaces[1], spaces[1], True
        if not empty:
            current += " " * gap
            used += gap
        current += word
        used += size
        empty, gap = False, next_gap
    lines.append(current)
    return lines


def _words_with_gaps(paragraph: str) -> list[tuple[str, int]]:
    parts = regex.findall(r"(\S+)(\s*)", paragraph)
    ends = regex.compile(r"[.?!][)\"']{0,1}\Z")
    return [
        (word, 2 if ends.search(word) and (len(blank) > 1 or "\n" in blank) else 1) for word, blank in parts
    ]
