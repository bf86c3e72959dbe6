"""How long one string may be; strings are measured when they become values."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import Code, UserError

TEXT_LIMIT = 10**8
"""Characters that one string may have (R: 2^31-1 bytes)."""
_FEW = 100
"""In longer vectors no string is expected to be huge."""


def guard_text(length: float) -> None:
    """Refuses a string longer than a string may be."""
    if length > TEXT_LIMIT:
        raise UserError(
            "result would exceed 2^31-1 bytes",
            code=Code.LIMIT,
            cause=f"the string would have {length:.0f} characters; {TEXT_LIMIT} are the most",
            cure="work on it in pieces",
        )


def guard_texts(texts: Sequence[str | None]) -> None:
    """Refuses few strings that are huge together."""
    if len(texts) < _FEW:
        guard_text(sum(map(len, filter(None, texts))))
