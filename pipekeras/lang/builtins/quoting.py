"""Text for readers: quotes, and paragraphs broken into lines."""

from __future__ import annotations

from typing import Any

import regex

from ..choices import one_choice
from ..generics import as_text, text_vector
from ..registry import builtin
from ..session import session
from ..text.format import PADDING, display_width, encode_string
from ..values import NA_INTEGER, RVector, character, rlist
from ..vectors.coerce import one_flag, one_int, one_string, strings
from .strings import mapped


@builtin("shQuote(string, type = 'sh')")
def sh_quote(string, type):
    kind = one_string(type, "type")
    texts = [text for text in string.data if text is not None]
    if kind == "cmd2" and not any(c in text for text in texts for c in ' \t"'):
        return mapped(string, str)
    if kind in ("cmd", "cmd2"):
        return mapped(string, lambda text: '"' + text.replace('"', '\\"') + '"')
    if not any("'" in text for text in texts):
        return mapped(string, lambda text: f"'{text}'")
    if kind == "csh" and any(c in text for text in texts for c in "$`"):
        return mapped(string, lambda text: "'" + text.replace("'", "'\"'\"'") + "'")
    special = '"!' if kind == "csh" else '"$`'
    return mapped(string, lambda text: f'"{_escaped(text, special)}"')


def _escaped(text: str, special: str) -> str:
    """The text with a backslash in front of backslashes and special characters."""
    for ch in "\\" + special:
        text = text.replace(ch, "\\" + ch)
    return text


def _quoted(x: Any, q: Any, plain: str, fancy: tuple[str, str], tex: tuple[str, str]) -> RVector:
    """Text in quotes of a style: FALSE for plain ones, "TeX", or what the option says."""
    style = session.options.get("useFancyQuotes") if q is None else q
    opening, closing = fancy
    if isinstance(style, RVector) and style.type == "logical" and not style.data[0]:
        opening, closing = plain, plain
    elif isinstance(style, RVector) and style.type == "character" and style.data[0] == "TeX":
        opening, closing = tex
    return mapped(x, lambda text: opening + text + closing)


@builtin("sQuote(x, q = getOption('useFancyQuotes'))")
def s_quote(x, q=None):
    return _quoted(x, q, "'", ("\u2018", "\u2019"), ("`", "'"))


@builtin("dQuote(x, q = getOption('useFancyQuotes'))")
def d_quote(x, q=None):
    return _quoted(x, q, '"', ("\u201c", "\u201d"), ("``", "''"))


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
    mark, pad = one_string(quote, "quote"), PADDING[one_choice(justify, list(PADDING))]
    keep_na = not one_flag(na_encode, "na.encode")
    na = "NA" if mark else "<NA>"
    shown = [(None if keep_na else na) if t is None else encode_string(t, mark) for t in strings(x, "x")]
    wanted = width.data[0] if isinstance(width, RVector) else 0
    least = max((display_width(t) for t in shown if t), default=0) if wanted == NA_INTEGER else int(wanted)
    return text_vector([None if t is None else pad(t, least) for t in shown], x)


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
    for text in ["NA" if t is None else t for t in as_text(x).data]:
        lines: list[str] = []
        paragraphs = regex.split(r"\n[ \t\n]*\n", text)
        if len(paragraphs) > 1 and not paragraphs[-1].strip():
            paragraphs.pop()
        for position, paragraph in enumerate(paragraphs):
            if position:
                lines.append(heads[1])
            first = heads[any(lines) or any(map(any, pieces))]
            lines += _wrapped(paragraph, limit, spaces, (first, heads[1])) if paragraph.strip() else [""]
        pieces.append(lines)
    if one_flag(simplify, "simplify"):
        return character([line for lines in pieces for line in lines])
    return rlist([character(lines) for lines in pieces])


def _wrapped(paragraph: str, limit: int, spaces: tuple[int, int], heads: tuple[str, str]) -> list[str]:
    """Words filled into lines; a sentence's end gets two blanks if it had two or ended a line.

    Args:
        limit: the widest that a line may be
        spaces: blanks before the words of the first line, and of the others
        heads: what stands before these
    """
    # a tab has no width of its own
    widths = [display_width(head.replace("\t", "")) for head in heads]
    lines: list[str] = []
    current, used = heads[0] + " " * spaces[0], widths[0] + spaces[0]
    empty = True
    gap = 0
    for word, next_gap in _words_with_gaps(paragraph):
        size = display_width(word)
        if not empty and used + gap + size > limit:
            lines.append(current)
            current, used = heads[1] + " " * spaces[1], widths[1] + spaces[1]
            empty = True
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
