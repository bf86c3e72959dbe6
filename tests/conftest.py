"""What all tests share: automatic names that start anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipekeras.graph import naming


@pytest.fixture(autouse=True)
def guide_names() -> None:
    """Names count as in the guide, from 1."""
    naming.set_style(naming.NamingStyle.GUIDE)
    naming.reset()


@pytest.fixture
def keras3_names(guide_names: None) -> Iterator[None]:
    """Names count as in keras3, from none."""
    naming.set_style(naming.NamingStyle.KERAS3)
    yield
    naming.set_style(naming.NamingStyle.GUIDE)
