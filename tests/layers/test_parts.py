"""Initializers, regularizers and constraints: Keras's numbers, and names in any spelling."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.layers import activations, constraints, initializers, regularizers

RECORDED = json.loads((Path(__file__).parent / "golden" / "parts.json").read_text())
MATRIX = torch.tensor(np.random.RandomState(0).standard_normal((4, 3)).astype("float32"))
SHAPE = (5, 4, 60, 80)
MODULES = {"regularizers": regularizers, "constraints": constraints, "initializers": initializers}


def cases(kind):
    return [pytest.param(*case, id=f"{case[0]}-{i}") for i, case in enumerate(RECORDED[kind])]


@pytest.mark.parametrize(("name", "config", "wanted"), cases("regularizers"))
def test_regularizers_equal_keras(name, config, wanted):
    found = regularizers.FAMILY.find(name).make(**config)(MATRIX)
    assert found.item() == pytest.approx(wanted, rel=1e-5)


@pytest.mark.parametrize(("name", "config", "wanted"), cases("constraints"))
def test_constraints_equal_keras(name, config, wanted):
    found = constraints.FAMILY.find(name).make(**config)(MATRIX)
    np.testing.assert_allclose(found.numpy(), wanted, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("name", "config", "moments"), cases("initializers"))
def test_initializers_have_the_distribution_of_keras(name, config, moments):
    values = initializers.FAMILY.find(name).make(**config)(SHAPE)
    # Keras's torch backend lets single values past the upper bound, so the lower one stands for both
    mean, std, low, _ = moments
    assert values.shape == SHAPE
    assert values.mean().item() == pytest.approx(mean, abs=4 * std / values.numel() ** 0.5)
    assert values.std().item() == pytest.approx(std, rel=0.02)
    unbounded = name in ("RandomNormal", "VarianceScaling", "Orthogonal")
    for end in (values.min().item(), -values.max().item()):
        assert end == pytest.approx(low, rel=0.3 if unbounded else 0.01)


def test_a_seed_gives_the_same_values_at_every_call():
    made = initializers.GlorotUniform(seed=3)
    assert torch.equal(made((4, 5)), made((4, 5)))
    assert not torch.equal(initializers.GlorotUniform()((4, 5)), initializers.GlorotUniform()((4, 5)))


def test_large_weights_are_drawn_in_parts_and_repeat():
    drawn = []
    for threads in (1, 2):
        torch.manual_seed(3)
        before = torch.get_num_threads()
        torch.set_num_threads(threads)
        drawn.append(initializers.RandomUniform(-1.0, 1.0)((2100, 2000)))
        torch.set_num_threads(before)
    assert torch.equal(*drawn)
    assert drawn[0].mean().item() == pytest.approx(0, abs=0.002)
    assert drawn[0].std().item() == pytest.approx(3**-0.5, abs=0.002)
    assert len(drawn[0].flatten()[:10].unique()) == 10


@pytest.mark.parametrize("shape", [(6, 4), (4, 6), (2, 3, 4)])
def test_orthogonal_rows_or_columns_are_orthonormal(shape):
    matrix = initializers.Orthogonal()(shape).reshape(-1, shape[-1])
    small = matrix.T @ matrix if len(matrix) >= shape[-1] else matrix @ matrix.T
    torch.testing.assert_close(small, torch.eye(len(small)), atol=1e-5, rtol=0)


def test_simple_initializers():
    assert initializers.FAMILY.get("zeros", "")((2, 2)).tolist() == [[0, 0], [0, 0]]
    assert initializers.FAMILY.get("ones", "")((2,), torch.int64).dtype == torch.int64
    assert initializers.Constant([1.0, 2.0])((2, 2)).tolist() == [[1, 2], [1, 2]]
    assert initializers.Identity(2.0)((2, 3)).tolist() == [[2, 0, 0], [0, 2, 0]]


@pytest.mark.parametrize(
    ("shape", "fans"), [((), (1, 1)), ((5,), (5, 5)), ((3, 4), (3, 4)), ((2, 2, 3, 4), (12, 16))]
)
def test_fans_count_inputs_and_outputs_of_a_unit(shape, fans):
    assert initializers.fans(shape) == fans


@pytest.mark.parametrize(
    "make",
    [
        lambda: initializers.Identity()((3,)),
        lambda: initializers.Orthogonal()((3,)),
        lambda: initializers.Constant([1.0, 2.0])((3,)),
        lambda: initializers.VarianceScaling(mode="fan"),
        lambda: initializers.VarianceScaling(distribution="gauss"),
        lambda: initializers.FAMILY.get(3, "kernel_initializer"),
    ],
)
def test_what_cannot_be_made_is_an_error_with_a_cure(make):
    with pytest.raises(UserError) as caught:
        make()
    assert caught.value.cure


@pytest.mark.parametrize("spelling", ["glorot_uniform", "GlorotUniform", "glorotuniform"])
def test_names_are_found_in_any_spelling(spelling):
    assert isinstance(initializers.FAMILY.get(spelling, ""), initializers.GlorotUniform)


@pytest.mark.parametrize("kind", list(MODULES))
def test_a_config_gives_the_same_object(kind):
    for name, config, _ in RECORDED[kind]:
        made = MODULES[kind].FAMILY.get({"class_name": name, "config": config}, "")
        assert type(made).__name__ == name
        assert {k: v for k, v in made.get_config().items() if k in config} == config


@pytest.mark.parametrize(
    ("family", "wrong", "message", "cure"),
    [
        (activations.FAMILY, "rellu", "Could not interpret activation function identifier: rellu", '"relu"'),
        (
            initializers.FAMILY,
            "glorot",
            "Could not interpret initializer identifier: glorot",
            'did you mean "glorot_uniform" or "glorot_normal"?',
        ),
        (regularizers.FAMILY, "l3", "Could not interpret regularizer identifier: l3", "l1, l2, l1_l2"),
        (constraints.FAMILY, "max_nrm", "Could not interpret constraint identifier: max_nrm", '"maxnorm"'),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(family, wrong, message, cure):
    with pytest.raises(UserError) as caught:
        family.find(wrong)
    assert caught.value.message == message
    assert cure in caught.value.cure


def test_functions_and_objects_are_their_own():
    def double(x):
        return 2 * x

    assert activations.get(double) is double
    assert activations.get(None) is activations.linear
    assert activations.name_of(activations.get("swish")) == "silu"
    penalty = regularizers.L2(0.1)
    assert regularizers.FAMILY.get(penalty, "") is penalty


def test_r_arguments_reach_keras_arguments():
    declared = {name: d for d in regularizers.FAMILY for name in d.r_names}
    assert declared["regularizer_l2"](l=0.5) == regularizers.L2(0.5)
    relu = activations.FAMILY.find("relu")
    assert relu(x=torch.tensor([-1.0]), alpha=0.5).item() == -0.5
