"""What training tells the user without stopping: Python warnings of one class, for every door to show."""

from __future__ import annotations

import warnings

_told: set[str] = set()


class TrainingNotice(UserWarning):
    """Something about compiling or training that the user should know."""


def notice(text: str) -> None:
    """Tell the user."""
    warnings.warn(text, TrainingNotice, stacklevel=3)


def notice_once(text: str) -> None:
    """Tell the user, but the same text only once in a session."""
    if text not in _told:
        _told.add(text)
        warnings.warn(text, TrainingNotice, stacklevel=3)
