"""What an error shows cannot steer a terminal."""

from __future__ import annotations

import pytest

from pipekeras.errors import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain \u00e9 \u65e5", "plain \u00e9 \u65e5"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("\x9b2J", "\\x9b2J"),
        ("turned \u202e around", "turned \\u202e around"),
    ],
)
def test_control_characters_become_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_line_ends_of_a_report_stay() -> None:
    assert visible("one\ntwo\x1b", keep="\n\t") == "one\ntwo\\x1b"
