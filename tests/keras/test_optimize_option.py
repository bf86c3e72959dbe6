"""options(pipekeras.optimize = FALSE) turns all fast paths off, whether Keras is loaded already or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipekeras.errors import UserError
from pipekeras.keras.running import run_text
from pipekeras.lang.session import fresh_session
from pipekeras.layers import optimize


@pytest.fixture(autouse=True)
def options() -> Iterator[None]:
    run_text("layer_input(3)", {})
    yield
    fresh_session()


def test_the_option_turns_fast_paths_off_and_on() -> None:
    run_text("options(pipekeras.optimize = FALSE)", {})
    assert not optimize.enabled
    run_text("options(pipekeras.optimize = TRUE)", {})
    assert optimize.enabled


def test_without_the_option_fast_paths_are_on() -> None:
    run_text("options(pipekeras.optimize = FALSE)", {})
    fresh_session()
    assert optimize.enabled


def test_a_value_that_is_no_flag_is_refused_and_changes_nothing() -> None:
    with pytest.raises(UserError, match=r"invalid 'pipekeras.optimize' argument"):
        run_text("options(pipekeras.optimize = NA)", {})
    assert optimize.enabled
    assert run_text("x <- is.null(getOption('pipekeras.optimize'))", {})["x"]
