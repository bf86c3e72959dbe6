"""Makes the modules beside the tests importable, and hands out what Keras computed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


@pytest.fixture(scope="session")
def golden() -> dict[str, Any]:
    """Keras's results for training_cases.py; see scripts/dev/record_training.py."""
    return json.loads((HERE / "golden" / "training.json").read_text())
