"""What Enter does: the parser decides whether typed text is evaluated or goes on in another line."""

from __future__ import annotations

import re

from ..syntax.parser import is_complete

_PROMPTED = re.compile(r"[>+] ")


def goes_on(text: str) -> bool:
    """Whether more lines are needed. Wrong text needs none: evaluating it shows what is wrong."""
    return is_complete(text) == "incomplete"


def indent_after(line: str) -> str:
    """The blanks that the next line begins with; two more behind a bracket or a pipe's start."""
    blanks = line[: len(line) - len(line.lstrip())]
    opens = line.rstrip().endswith(("{", "(", "[")) or (not blanks and line.rstrip().endswith(("%>%", "|>")))
    return blanks + "  " if opens else blanks


def without_prompts(pasted: str) -> str:
    """Pasted text as code: a copied transcript loses its `> ` and `+ ` prompts and its output."""
    lines = pasted.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[0].startswith("> "):
        return "\n".join(lines)
    return "\n".join(line[2:] for line in lines if _PROMPTED.match(line))
