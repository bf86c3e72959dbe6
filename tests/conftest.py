"""What all tests share: the guide's edition, and automatic names that start anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipekeras.graph import naming
from pipekeras.keras import editions


@pytest.fixture(autouse=True)
def guide_names() -> None:
    """Everything goes as in the guide; names count from 1."""
    editions.use(editions.GUIDE)
    naming.reset()


@pytest.fixture
def keras3_names(guide_names: None) -> Iterator[None]:
    """Names count as in keras3, from none."""
    naming.set_style(naming.NamingStyle.KERAS3)
    yield
    naming.set_style(naming.NamingStyle.GUIDE)
