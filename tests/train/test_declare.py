"""R's names and argument lists of losses, metrics, optimizers, schedules and callbacks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipekeras.errors import UserError
from pipekeras.signature import DOTS, REQUIRED
from pipekeras.train import callbacks, metrics, optimizers  # noqa: F401
from pipekeras.train.declare import R_NAMES

SIGNATURES = json.loads((Path(__file__).parent / "golden" / "r_signatures.json").read_text())

# Arguments of R that are left out, because what they ask for does not exist here
LEFT_OUT = {
    "metric_auc": {"thresholds", "multi_label", "num_labels", "label_weights"},
    "metric_sparse_top_k_categorical_accuracy": {"from_sorted_ids"},
    "optimizer_sgd": {"amsgrad"},
}
# Defaults in which versions differ from each other, or that mean the same
OTHER_DEFAULTS = {"name", "reduction", "ema_overwrite_frequency", "mode", "delta", "min_delta"}
WORDS = {"NULL": None, "TRUE": True, "FALSE": False}


def _value(code: str) -> Any:
    if code in WORDS:
        return WORDS[code]
    return code.strip('"') if code.startswith('"') else float(code.removesuffix("L"))


CASES = [
    (package, name)
    for package in ("keras 2.16.1", "keras3 1.5.1")
    for name in SIGNATURES[package]
    if name in R_NAMES and SIGNATURES[package][name] != [[DOTS]]
]


@pytest.mark.parametrize(("package", "name"), CASES)
def test_arguments_are_rs(package: str, name: str) -> None:
    ours = R_NAMES[name].signature
    theirs = SIGNATURES[package][name]
    left_out = LEFT_OUT.get(name, set())
    wanted = [a[0] for a in theirs if a[0] not in left_out and a[0] != DOTS]
    found = [n for n in ours.names if n in wanted]
    # versions differ in order, and R keras 2's is kept
    assert found == wanted if package == "keras 2.16.1" else sorted(found) == sorted(wanted)
    for argument, *default in theirs:
        if argument in left_out or argument in OTHER_DEFAULTS or argument == DOTS:
            continue
        if default:
            found = ours[argument].default
            assert (found.lower() if isinstance(found, str) else found) == pytest.approx(
                _value(default[0].lower() if default[0].startswith('"') else default[0])
            )
        elif argument not in ("y_true", "y_pred"):
            assert ours[argument].default is REQUIRED


def test_most_of_what_r_scripts_use_is_there() -> None:
    # by how many scripts use them, from a survey of public R code
    used = """
        optimizer_rmsprop callback_early_stopping optimizer_adam loss_binary_crossentropy
        loss_sparse_categorical_crossentropy metric_binary_accuracy callback_reduce_lr_on_plateau
        optimizer_sgd loss_categorical_crossentropy metric_sparse_categorical_accuracy optimizer_adadelta
        loss_mean_squared_error metric_mean_absolute_error callback_lambda callback_learning_rate_scheduler
        metric_categorical_accuracy metric_false_negatives metric_false_positives metric_precision
        metric_recall metric_mean_absolute_percentage_error
        metric_top_k_categorical_accuracy metric_true_negatives
        metric_true_positives loss_mean_absolute_error optimizer_adam_w metric_root_mean_squared_error
        optimizer_adamax optimizer_nadam
    """
    assert [name for name in used.split() if name not in R_NAMES] == []


def test_null_asks_for_the_default() -> None:
    assert R_NAMES["optimizer_adam"](epsilon=None, beta_1=None).epsilon == 1e-7


def test_a_missing_argument_is_rs_error() -> None:
    with pytest.raises(UserError, match='argument "decay_steps" is missing, with no default'):
        R_NAMES["learning_rate_schedule_exponential_decay"](initial_learning_rate=0.1)


def test_every_argument_is_documented() -> None:
    undocumented = [
        f"{name}({param.name})"
        for name, declared in R_NAMES.items()
        for param in declared.signature.params
        if not param.doc and param.name not in (DOTS, "y_true", "y_pred", "reduction", "name", "dtype")
    ]
    assert undocumented == []
