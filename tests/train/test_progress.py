"""Progress looks as in Keras: a bar on a terminal, one clean line an epoch elsewhere."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from pipekeras.train import progress
from pipekeras.train.history import History, pretty
from pipekeras.train.progress import Keras2Style, Keras3Style, Progress, show_value

LOGS = {"loss": 1.39756, "accuracy": 0.265625}


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Pipe(io.StringIO):
    encoding = "utf-8"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the time."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "perf_counter", lambda: now[0])
    monkeypatch.delenv("NO_COLOR", raising=False)

    def set_time(seconds: float) -> None:
        now[0] = seconds

    return set_time


def _write(monkeypatch: Any, clock: Any, out: io.StringIO, style: Any, verbose: Any = 1) -> str:
    monkeypatch.setattr(progress.sys, "stdout", out)
    bar = Progress(style, verbose, 8)
    clock(0.0)
    bar.begin("Epoch 1/2")
    clock(0.3)
    bar.after_step(2, lambda: LOGS)
    bar.after_step(3, lambda: pytest.fail("too soon to read the logs again"))
    clock(0.4)
    bar.end(LOGS)
    return out.getvalue()


def test_one_line_an_epoch_without_a_terminal(monkeypatch: Any, clock: Any) -> None:
    line = "8/8 - 0s - loss: 1.3976 - accuracy: 0.2656 - 400ms/epoch - 50ms/step\n"
    for verbose in (1, "auto", 2):
        assert _write(monkeypatch, clock, Pipe(), Keras2Style(), verbose) == "Epoch 1/2\n" + line
    text = _write(monkeypatch, clock, Pipe(), Keras3Style())
    assert text == "Epoch 1/2\n8/8 - 0s - 50ms/step - loss: 1.3976 - accuracy: 0.2656\n"
    assert _write(monkeypatch, clock, Pipe(), Keras2Style(), 0) == ""


def test_keras_2s_bar_on_a_terminal(monkeypatch: Any, clock: Any) -> None:
    text = _write(monkeypatch, clock, Terminal(), Keras2Style())
    first, running, last = text.split("\r")
    assert first == "Epoch 1/2\n"
    assert running.startswith("2/8 [======>.......................] - ETA: 0s - loss: 1.3976")
    assert (
        last.rstrip(" \n")
        == "8/8 [==============================] - 0s 50ms/step - loss: 1.3976 - accuracy: 0.2656"
    )
    assert last.endswith("\n")


def test_keras_3s_bar_is_bold_and_green_unless_no_color(monkeypatch: Any, clock: Any) -> None:
    text = _write(monkeypatch, clock, Terminal(), Keras3Style())
    last = text.split("\r")[-1]
    assert last.startswith("\x1b[1m8/8\x1b[0m \x1b[32m" + "━" * 20)
    plain = re.sub("\x1b\\[[0-9]+m", "", last).strip()
    assert plain == "8/8 " + "━" * 20 + " 0s 50ms/step - loss: 1.3976 - accuracy: 0.2656"
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in _write(monkeypatch, clock, Terminal(), Keras3Style())


def test_a_running_bar_is_cut_to_the_terminal(monkeypatch: Any, clock: Any) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    _, running, _ = _write(monkeypatch, clock, Terminal(), Keras2Style()).split("\r")
    assert len(running) == 39


def test_verbose_2_is_a_line_on_a_terminal_too(monkeypatch: Any, clock: Any) -> None:
    assert "\r" not in _write(monkeypatch, clock, Terminal(), Keras2Style(), 2)


def test_control_characters_in_names_are_shown_not_sent(monkeypatch: Any, clock: Any) -> None:
    monkeypatch.setitem(LOGS, "a\x1b[2Jb", 1.0)
    text = _write(monkeypatch, clock, Pipe(), Keras2Style())
    assert "a\\x1b[2Jb: 1.0000" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("value", "shown"), [(0.5, "0.5000"), (1e-3, "1.0000e-03"), (123.45678, "123.4568"), (-2, "-2.0000")]
)
def test_values_have_four_decimals_or_an_exponent(value: float, shown: str) -> None:
    assert show_value(value) == shown


# from R 4.2.2: prettyNum(v, digits = 4, big.mark = ",")
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.2549, "0.2549"),
        (1.40345, "1.403"),
        (0.25, "0.25"),
        (1e-5, "1e-05"),
        (123456.7, "123,457"),
        (0.000123456, "0.0001235"),
        (1234.5, "1,234"),
        (100000, "1e+05"),
        (12345678, "12,345,678"),
        (0.99999, "1"),
        (float("nan"), "NaN"),
        (float("inf"), "Inf"),
        (0, "0"),
    ],
)
def test_history_prints_numbers_as_r(value: float, shown: str) -> None:
    assert pretty(value) == shown


def test_history_prints_as_r_keras() -> None:
    params = {"samples": 8000, "validation_samples": 2000, "batch_size": 128, "epochs": 30}
    history = History(params)
    history.add(0, {"loss": 2.0, "accuracy": 0.1, "val_loss": 1.5, "val_accuracy": 0.2})
    history.add(1, {"loss": 1.4031, "accuracy": 0.2549, "val_loss": 1.385, "val_accuracy": 0.25})
    assert history.text() == (
        "Trained on 8,000 samples, validated on 2,000 samples (batch_size=128, epochs=30)\n"
        "Final epoch (plot to see history):\n"
        "        loss: 1.403\n"
        "    accuracy: 0.2549\n"
        "    val_loss: 1.385\n"
        "val_accuracy: 0.25 "
    )
    columns = history.columns()
    assert columns["epoch"] == [1, 2] * 4
    assert columns["metric"] == ["loss", "loss", "accuracy", "accuracy"] * 2
    assert columns["data"] == ["training"] * 4 + ["validation"] * 4
    assert columns["value"][:2] == [2.0, 1.4031]
