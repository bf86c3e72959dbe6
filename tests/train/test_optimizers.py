"""20 steps of every optimizer end at Keras's weights; schedules give Keras's rates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
import training_cases as cases

from pipekeras.errors import UserError
from pipekeras.train import notices
from pipekeras.train.declare import R_NAMES
from pipekeras.train.notices import TrainingNotice
from pipekeras.train.optimizer import OPTIMIZERS, Optimizer
from pipekeras.train.optimizers import Adam, get_optimizer
from pipekeras.train.schedules import SCHEDULES, InverseTimeDecay


def _make(name: str, options: dict[str, Any]) -> Optimizer:
    options = dict(options)
    if isinstance(options.get("learning_rate"), dict):
        ((schedule, arguments),) = options["learning_rate"].items()
        options["learning_rate"] = SCHEDULES.find(schedule)(**arguments)
    return OPTIMIZERS.find(name)(**options)


@pytest.mark.parametrize("case", cases.OPTIMIZERS, ids=lambda c: cases.key(*c))
def test_twenty_steps_equal_keras(case: Any, golden: dict[str, Any]) -> None:
    expected = golden["optimizers"][cases.key(*case)]
    optimizer = _make(*case)
    first, steps = cases.gradients()
    weights = [torch.tensor(w, requires_grad=True) for w in first]
    optimizer.bind(weights)

    def check(label: str) -> None:
        for weight, value in zip(weights, expected[label], strict=True):
            np.testing.assert_allclose(weight.detach().numpy(), value, rtol=1e-5, atol=1e-6)

    for number, gradients in enumerate(steps, 1):
        optimizer.step([torch.from_numpy(g) for g in gradients])
        if str(number) in expected:
            check(str(number))
    optimizer.finish()
    check("finished")


@pytest.mark.parametrize("case", cases.SCHEDULES, ids=lambda c: cases.key(*c))
def test_schedule_equals_keras(case: Any, golden: dict[str, Any]) -> None:
    name, options = case
    schedule = SCHEDULES.find(name)(**options)
    rates = [schedule(step) for step in cases.SCHEDULE_STEPS]
    np.testing.assert_allclose(rates, golden["schedules"][cases.key(*case)], rtol=2e-5, atol=1e-8)


def test_a_weight_without_gradient_stays() -> None:
    weights = [torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)]
    optimizer = Adam()
    optimizer.bind(weights)
    optimizer.step([None, torch.ones(2)])
    assert weights[0].tolist() == [1, 1]
    assert weights[1].tolist() == pytest.approx([0.999, 0.999])


def test_what_is_kept_for_a_weight_survives_freezing_another() -> None:
    weights = [torch.ones(1, requires_grad=True), torch.ones(1, requires_grad=True)]
    optimizer = _make("sgd", {"momentum": 0.5})
    optimizer.bind(weights)
    optimizer.step([torch.ones(1), torch.ones(1)])
    optimizer.bind(weights[:1])
    optimizer.step([torch.zeros(1)])
    assert weights[0].item() == pytest.approx(1 - 0.01 - 0.005)
    assert weights[1].item() == pytest.approx(1 - 0.01)


def test_lr_is_the_old_name_of_learning_rate_and_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "_told", set())
    with pytest.warns(TrainingNotice, match="learning_rate"):
        assert R_NAMES["optimizer_adam"](lr=0.5).rate() == 0.5
    assert R_NAMES["optimizer_sgd"](lr=0.5).rate() == 0.5


def test_decay_divides_the_rate_as_in_old_keras() -> None:
    optimizer = R_NAMES["optimizer_rmsprop"](learning_rate=0.1, decay=0.5)
    assert optimizer.learning_rate == InverseTimeDecay(0.1, 1, 0.5)


def test_the_rate_can_be_set_between_steps() -> None:
    weight = torch.zeros(1, requires_grad=True)
    optimizer = get_optimizer("sgd")
    optimizer.bind([weight])
    optimizer.learning_rate = 2.0
    optimizer.step([torch.ones(1)])
    assert weight.item() == -2


def test_config_is_plain_data() -> None:
    optimizer = _make("Adam", {"learning_rate": {"ExponentialDecay": cases.SCHEDULES[0][1]}})
    config = optimizer.get_config()
    assert config["learning_rate"]["class_name"] == "ExponentialDecay"
    assert config["learning_rate"]["config"]["decay_rate"] == 0.9
    assert config["beta_2"] == 0.999


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("optimizer_sgd", {"clipnorm": 1, "clipvalue": 1}, "Only one of `clipnorm`"),
        ("optimizer_sgd", {"momentum": 2}, "`momentum` must be a float between"),
        ("optimizer_adam", {"learning_rate": "fast"}, "Argument `learning_rate` should be float"),
        ("optimizer_adam", {"learning_rat": 1}, "unused argument"),
    ],
)
def test_wrong_arguments_are_refused(name: str, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError, match=message):
        R_NAMES[name](**arguments)


def test_unknown_optimizers_are_refused_with_the_nearest_name() -> None:
    with pytest.raises(UserError, match="Unknown optimizer: 'rmsprp'") as caught:
        get_optimizer("rmsprp")
    assert caught.value.cure == "did you mean 'rmsprop'?"
    with pytest.raises(UserError, match="Could not interpret optimizer"):
        get_optimizer(R_NAMES["loss_huber"])
