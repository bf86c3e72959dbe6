"""The one error that a user can cause: what happened, where, why, and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .syntax.source import Span


class Code(Enum):
    """What kind of mistake it is; shown behind the message so that it can be searched for."""

    SYNTAX = "PK0100"
    ENCODING = "PK0101"
    NAME = "PK0200"
    FUNCTION = "PK0201"
    ARGUMENT = "PK0202"
    TYPE = "PK0203"
    VALUE = "PK0204"
    SUBSCRIPT = "PK0205"
    STOP = "PK0206"
    PACKAGE = "PK0207"
    UNSUPPORTED = "PK0208"
    SHAPE = "PK0300"
    GRAPH = "PK0301"
    COMPILE = "PK0302"
    DATA = "PK0303"
    FILE = "PK0400"
    PERMISSION = "PK0401"
    LIMIT = "PK0500"


_BULLETS = ("! ", "ℹ ", "✖ ", "• ")  # what a message of the tidyverse may begin with


class UserError(Exception):
    """Anything that a user can do wrong.

    Args:
        message: what happened, in R's or Keras's words where people search for them
        code: the kind of mistake
        cause: why it happened, one sentence
        cure: what to do about it, one sentence
        call: the call that failed, deparsed, as R shows it after "Error in"
        span: the place in the source; whoever knows it first fills it in
        condition: the R condition object, if `stop()` was given one

    Attributes:
        calls: the functions that were running, outermost first
    """

    def __init__(
        self,
        message: str,
        *,
        code: Code = Code.VALUE,
        cause: str | None = None,
        cure: str | None = None,
        call: str | None = None,
        span: Span | None = None,
        condition: Any = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.cause = cause
        self.cure = cure
        self.call = call
        self.span = span
        self.calls: list[str] = []
        self.condition = condition
        self.condition_class = "simpleError"  # its R class, where `condition` is None
        self.bulleted = False  # whether it is shown as the tidyverse's errors are
        self.settled = False  # whether call and place are known and R's handlers have been asked
        self.node: Any = None  # the call as a tree, for conditionCall()

    def __str__(self) -> str:
        parts = [self.message]
        if self.cause:
            parts.append(f"cause: {self.cause}")
        if self.cure:
            parts.append(f"cure: {self.cure}")
        return "\n".join(parts)

    def head(self) -> str:
        """R's own first line: `Error in f(x) : message` or `Error: message`."""
        if self.bulleted:
            where = "" if self.call is None else f" in `{self.call}`"
            mark = "" if self.message.startswith(_BULLETS) else "! "
            return f"Error{where}:\n{mark}{self.message}"
        if self.call is None:
            return f"Error: {self.message}"
        first_line = self.message.split("\n", 1)[0]
        # R moves the message to a line of its own when both do not fit on one
        wide = len(self.call) + len(first_line) + len("Error in  : ") > 77
        return f"Error in {self.call} : " + ("\n  " if wide else "") + self.message

    def render(self) -> str:
        """The whole report as shown on a terminal, without a last newline.

        The line that starts with "Calls:" parts R's own words from pipekeras's explanation.
        """
        lines = [self.head(), "Calls: " + (" -> ".join(_ends(self.calls)) or "<top level>")]
        if self.span is not None:
            lines += self.span.picture()
        if self.cause:
            lines.append(f"  cause: {self.cause}")
        if self.cure:
            lines.append(f"  cure:  {self.cure}")
        lines.append(f"[{self.code.value}]")
        return "\n".join(lines)


def _ends(calls: list[str]) -> list[str]:
    """The first and the last of many calls."""
    return calls if len(calls) <= 10 else [*calls[:5], "...", *calls[-4:]]


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to a mistyped one, or None when none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)
    return near[0] if near else None


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str, keep: str = "") -> str:
    """The text with escapes for control characters and turning marks, so that it cannot steer a terminal.

    Args:
        keep: those that stay, such as line ends in a whole report
    """
    return _CONTROL.sub(lambda m: m[0] if m[0] in keep else m[0].encode("unicode_escape").decode(), text)
