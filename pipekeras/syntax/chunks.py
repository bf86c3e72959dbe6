"""The R chunks of .Rmd and .qmd documents, in the lines where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from .source import Source

_OPENING = re.compile(r"^(?P<indent>[\t >]*)(?P<fence>`{3,})\s*\{[rR](?P<options>[ ,\t][^\n]*)?\}\s*$")
_ANY_FENCE = re.compile(r"^[\t >]*(`{3,}|~{3,})")
_EVAL_OPTION = re.compile(r"\beval\s*=\s*(?P<value>[^,}\s]+)")
_EVAL_COMMENT = re.compile(r"^\s*#\|\s*eval\s*[:=]\s*(?P<value>\S+)")
_GLOBAL_OPTIONS = re.compile(r"opts_chunk\$set\((?P<options>[^()]*(?:\([^()]*\)[^()]*)*)\)")


@dataclass
class Chunk:
    """The code lines of a chunk, and its own word on whether to run it (None: it has none)."""

    lines: range
    evaluate: bool | None


def is_document(path: str) -> bool:
    """Whether a file holds R in chunks, by its name."""
    return PurePath(path).suffix.lower() in (".rmd", ".qmd")


def extract(document: Source, *, all_chunks: bool = False) -> Source:
    """The R code of a document. Other lines are left empty, so that places are those of the document.

    Chunks with `eval = FALSE` (in the head, as `#| eval: false`, or set for all by `knitr::opts_chunk$set()`)
    are left out unless `all_chunks`.
    """
    lines = document.text.split("\n")
    kept = [""] * len(lines)
    default = True
    for chunk in _chunks(lines):
        code = [lines[i] for i in chunk.lines]
        runs = default if chunk.evaluate is None else chunk.evaluate
        if runs or all_chunks:
            kept[chunk.lines.start : chunk.lines.stop] = code
        for setting in _GLOBAL_OPTIONS.finditer("\n".join(code)) if runs else ():
            word = _evaluates(_EVAL_OPTION.search(setting["options"]))
            default = default if word is None else word
    return Source(document.name, "\n".join(kept), document.first_line)


def _chunks(lines: list[str]) -> list[Chunk]:
    found: list[Chunk] = []
    at = 0
    while at < len(lines):
        opening = _OPENING.match(lines[at])
        fence = _ANY_FENCE.match(lines[at])
        if not fence:
            at += 1
            continue
        end = _closing(lines, at + 1, fence.group(1))
        if opening:
            found.append(Chunk(range(at + 1, end), _own_word(opening["options"] or "", lines[at + 1 : end])))
        at = end + 1
    return found


def _closing(lines: list[str], start: int, fence: str) -> int:
    """The line of the fence that closes a block: the same sign, at least as many, and nothing behind."""
    closing = re.compile(rf"^[\t >]*{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    return next((i for i in range(start, len(lines)) if closing.match(lines[i])), len(lines))


def _own_word(options: str, code: list[str]) -> bool | None:
    for line in code:
        if not line.lstrip().startswith("#|"):
            break
        if word := _EVAL_COMMENT.match(line):
            return _evaluates(word)
    return _evaluates(_EVAL_OPTION.search(options))


def _evaluates(word: re.Match[str] | None) -> bool | None:
    """What an `eval` option says; anything but FALSE (a condition, line numbers) counts as true."""
    return None if word is None else word["value"].rstrip(",").lower() not in ("false", "f", "no", "0")
