"""library() and namespaces: contents load when first used, hooks run, masks go by attachment."""

from __future__ import annotations

import pytest

from pipekeras.errors import UserError
from pipekeras.lang import packages
from pipekeras.lang.session import fresh_session
from pipekeras.lang.values import Builtin, character


@pytest.fixture
def loads(monkeypatch) -> list[str]:
    """A package `toy` with functions `toy_name` and `paste`; lists when it was loaded and attached."""
    monkeypatch.setattr(packages, "KNOWN", set(packages.KNOWN))
    monkeypatch.setattr(packages, "_namespaces", dict(packages._namespaces))
    monkeypatch.setattr(packages, "_hooks", dict(packages._hooks))
    log: list[str] = []

    def load() -> dict[str, Builtin]:
        log.append("loaded")
        return {
            "toy_name": Builtin("toy_name", "toy_name()", lambda: character("toy")),
            "paste": Builtin("paste", "paste(...)", lambda dots: character("toy paste")),
        }

    fresh_session()
    packages.provide("toy", ["toy_name", "paste"], load)
    packages.on_attach("toy", lambda: log.append("attached"))
    return log


def test_a_package_loads_when_one_of_its_names_is_used(run_r, loads) -> None:
    assert run_r("library(toy); x <- 1").error is None
    assert loads == ["attached"]
    assert run_r("library(toy); cat(toy_name(), toy_name())").out == "toy toy"
    assert loads == ["attached", "attached", "loaded"]


def test_an_attached_package_masks_base_and_the_program_masks_both(run_r, loads) -> None:
    assert run_r("cat(paste('a')); library(toy); cat('', paste('a'))").out == "a toy paste"
    assert run_r("library(toy); cat(base::paste('a'), toy::paste('a'))").out == "a toy paste"
    assert run_r("library(toy); paste <- function(...) 'mine'; cat(paste('a'))").out == "mine"


def test_double_colon_needs_no_library(run_r, loads) -> None:
    assert run_r("cat(toy::toy_name())").out == "toy"
    assert run_r("toy_name()").error.message == 'could not find function "toy_name"'
    assert "toy_name" in run_r("toy::toy_nam()").error.cure


def test_unknown_packages_are_named_with_a_suggestion(run_r) -> None:
    error = run_r("library(kears)").error
    assert isinstance(error, UserError)
    assert error.message == "there is no package called ‘kears’"
    assert "`keras`" in (error.cure or "")
    assert run_r("cat(suppressWarnings(require(nosuch)), requireNamespace('nosuch'))").out == "FALSE FALSE"


def test_a_package_written_in_r_exports_what_does_not_begin_with_a_dot(run_r) -> None:
    outcome = run_r(
        "cat(Metrics::rmse(1:2, 2:3)); library(withr); cat(is.function(with_dir)); .set_options()"
    )
    assert outcome.out == "1TRUE"
    assert outcome.error.message == 'could not find function ".set_options"'
    assert "with_dir" not in packages.namespace("Metrics").values
