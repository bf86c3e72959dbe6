"""The layer: arguments, weights, losses, copies, configs."""

import copy
import pickle
import time

import numpy as np
import pytest
import torch

from pipekeras.errors import Code, UserError
from pipekeras.graph.tensor import KerasTensor
from pipekeras.layers import initializers, registry
from pipekeras.layers.arguments import Count, Flag
from pipekeras.layers.base import Layer
from pipekeras.layers.core import Dense, Input
from pipekeras.layers.infer import infer, on_meta
from pipekeras.layers.model import Model
from pipekeras.layers.norm import BatchNormalization
from pipekeras.layers.seed import set_random_seed
from pipekeras.signature import REQUIRED


def error(function):
    with pytest.raises(UserError) as caught:
        function()
    return caught.value


class Scale(Layer):
    """Multiplies by a weight.

    Args:
        factor: first value of the weight
        offset: add one
    """

    factor: Count
    offset: Flag = False

    supports_masking = True
    scale: torch.Tensor

    def build(self, shape):
        self.add_weight("scale", (shape[-1],), initializers.Constant(self.factor))
        self.add_weight("seen", (), initializers.Zeros(), trainable=False)

    def forward(self, x):
        return x * self.scale + self.offset


def test_annotated_fields_are_the_arguments():
    assert list(Scale.__signature__.parameters)[:3] == ["factor", "offset", "input_shape"]
    assert Scale.interface.fields["factor"].default is REQUIRED
    assert Scale.interface.fields["factor"].doc == "first value of the weight"
    layer = Scale(2.0, offset=1, name="s")
    assert (layer.factor, layer.offset, layer.name) == (2, True, "s")


def test_a_child_takes_over_its_parents_fields_in_place():
    class Child(Scale):
        factor: Count = 7
        more: Flag = True

    assert list(Child.interface.fields) == ["factor", "offset", "more"]
    assert Child().factor == 7
    assert Child.interface.fields["factor"].doc == "first value of the weight"


@pytest.mark.parametrize(
    ("make", "message", "cure"),
    [
        (lambda: Scale(), 'argument "factor" is missing, with no default', "`factor`"),
        (lambda: Scale(1, facto=2), "unused argument (facto = 2)", "did you mean `factor`?"),
        (lambda: Scale(1, factor=2), 'formal argument "factor" matched by multiple actual arguments', "once"),
        (lambda: Scale(1, "x"), "Received an invalid value for `offset`, expected TRUE or FALSE.", None),
        (lambda: Scale(*range(1, 20)), "unused arguments", None),
        (lambda: Scale(1, name=3), "Received an invalid value for `name`", None),
        (lambda: Scale(1, input_shape="a"), "Received an invalid value for `input_shape`", None),
    ],
)
def test_wrong_arguments(make, message, cure):
    found = error(make)
    assert found.message.startswith(message)
    assert cure is None or cure in found.cure


def test_null_for_an_argument_with_a_default_asks_for_the_default():
    assert Dense(2, use_bias=None).use_bias is True


def test_weights_are_there_once_the_shape_is_known():
    dense = Dense(4, name="d")
    assert (dense.weights, dense.built) == ([], False)
    assert "isn't built" in error(dense.count_params).message
    dense(Input((3,)))
    assert [name for name, _ in dense.named_weights()] == ["d/kernel", "d/bias"]
    assert dense.count_params() == 16
    assert dense.built


def test_trainable_weights_stand_before_the_others():
    scale = Scale(3)
    scale(Input((2,)))
    assert [name for name, _ in scale.named_weights()] == ["scale_1/scale", "scale_1/seen"]
    assert [len(scale.trainable_weights), len(scale.non_trainable_weights)] == [1, 1]


def test_weights_can_be_exchanged():
    a, b = Dense(2), Dense(2)
    for layer in (a, b):
        layer(Input((3,)))
    b.set_weights(a.get_weights())
    assert all(np.array_equal(x, y) for x, y in zip(a.get_weights(), b.get_weights(), strict=True))
    kernel = a.get_weights()[0]
    kernel[:] = 0
    assert a.get_weights()[0].any()


def test_first_weights_may_be_given():
    kernel, bias = np.ones((3, 2), "float32"), np.zeros(2, "float32")
    dense = Dense(2, weights=[kernel, bias])
    assert dense(np.ones((1, 3), "float32")).tolist() == [[3, 3]]


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (
            [np.zeros((3, 2))],
            "You called `set_weights(weights)` on layer 'd' with a weight list of length 1,",
        ),
        (
            [np.zeros((2, 3)), np.zeros(2)],
            "Layer d weight shape (3, 2) is not compatible with provided weight shape (2, 3).",
        ),
    ],
)
def test_weights_that_do_not_fit_change_nothing(weights, message):
    dense = Dense(2, name="d")
    dense(Input((3,)))
    before = dense.get_weights()
    found = error(lambda: dense.set_weights(weights))
    assert found.message.startswith(message)
    assert found.cure
    assert np.array_equal(before[0], dense.get_weights()[0])


def test_a_frozen_layer_has_no_trainable_weights():
    frozen = Dense(2, trainable=False)
    frozen(Input((3,)))
    assert (len(frozen.trainable_weights), len(frozen.non_trainable_weights)) == (0, 2)
    frozen.trainable = True
    assert len(frozen.trainable_weights) == 2


def test_freezing_a_model_freezes_what_is_inside():
    x = Input((3,))
    model = Model(x, BatchNormalization()(Dense(2)(x)))
    assert (len(model.trainable_weights), len(model.non_trainable_weights)) == (4, 2)
    model.trainable = False
    assert len(model.trainable_weights) == 0
    model.layers[1].trainable = True
    assert len(model.trainable_weights) == 2


def test_losses_are_penalties_of_trainable_weights_and_of_the_last_outputs():
    dense = Dense(1, kernel_regularizer="l2", activity_regularizer="l1", kernel_initializer="ones")
    dense(torch.ones(4, 3))
    # 0.01 * 3 * 1^2, and 0.01 * sum |3| / 4 samples
    assert [loss.item() for loss in dense.losses] == pytest.approx([0.03, 0.03])
    dense.trainable = False
    assert len(dense.losses) == 1


def test_constraints_are_listed_with_their_weights():
    x = Input((3,))
    dense = Dense(2, kernel_constraint="nonneg")
    ((weight, constraint),) = Model(x, dense(x)).constrained_weights()
    assert weight is dense.kernel
    assert constraint(torch.tensor([-1.0, 2.0])).tolist() == [0, 2]


def test_an_initializer_may_be_a_function():
    dense = Dense(2, kernel_initializer=lambda shape, dtype: np.full(shape, 3.0))
    assert dense(np.ones((1, 2))).tolist() == [[6, 6]]
    found = error(lambda: Dense(2, kernel_initializer=lambda shape, dtype: np.zeros(3))(Input((4,))))
    assert found.message == "The initializer of dense_2/kernel gave the shape (3,), not (4, 2)."


def test_a_weight_larger_than_the_machine_is_refused_before_it_is_made():
    found = error(lambda: Dense(2**31 - 1)(Input((2**20,))))
    assert found.code is Code.LIMIT
    assert "GiB" in found.message


def test_a_copy_has_the_weights_and_no_place_in_a_graph():
    dense = Dense(2)
    dense(Input((3,)))
    for copied in (copy.deepcopy(dense), pickle.loads(pickle.dumps(dense))):
        assert np.array_equal(copied.get_weights()[0], dense.get_weights()[0])
        assert copied.kernel is not dense.kernel
        assert copied.inbound_nodes == []


REQUIRED_VALUES = {
    "axes": 1, "target_shape": (2, 3), "dims": (2, 1), "activation": "relu", "rate": 0.5, "kernel_size": 3,
    "pool_size": 2, "units": 4, "filters": 4, "n": 4, "input_dim": 4, "output_dim": 4,
}  # fmt: skip


def required(cls):
    return [name for name, field in cls.interface.fields.items() if field.default is REQUIRED]


@pytest.mark.parametrize(
    "r_name", [name for name, cls in registry().items() if set(required(cls)) <= set(REQUIRED_VALUES)]
)
def test_a_config_makes_an_equal_layer(r_name):
    cls = registry()[r_name]
    given = {"shape": (3,)} if r_name == "layer_input" else {n: REQUIRED_VALUES[n] for n in required(cls)}
    layer = cls(**given)
    again = cls.from_config(layer.get_config())
    assert again.get_config() == layer.get_config()


def test_a_layer_prints_as_in_keras3():
    dense = Dense(2, name="d")
    assert repr(dense) == "<Dense name=d, built=False>"
    dense(Input((3,)))
    assert repr(dense) == "<Dense name=d, built=True>"


def test_arrays_are_computed_at_once():
    assert Dense(2)(np.ones((5, 3))).shape == (5, 2)
    assert Dense(2)(torch.ones(5, 3)).shape == (5, 2)


def test_torchs_hooks_run_in_models_too():
    x = Input((3,))
    dense = Dense(2)
    model = Model(x, dense(x))
    seen = []
    dense.register_forward_hook(lambda module, args, output: seen.append(output.shape))
    model(torch.ones(4, 3))
    assert seen == [(4, 2)]


def test_a_seed_makes_weights_repeatable():
    made = []
    for _ in range(2):
        set_random_seed(5)
        dense = Dense(3)
        dense(Input((3,)))
        made.append(dense.get_weights()[0])
    assert np.array_equal(*made)


def test_shapes_found_on_meta_tensors_have_free_axes_where_inputs_have():
    x = KerasTensor((None, 4, None))
    y = infer(lambda t: [t.sum(-1), t.flatten(1), t.mean()], [x], {}, "f")
    assert [t.shape for t in y] == [(None, 4), (None, None), ()]


def test_a_layer_without_a_stated_shape_is_run_on_meta_tensors():
    assert Scale(2)(Input((5, 3))).shape == (None, 5, 3)
    assert Scale(2).compute_output_shape((None, 3)) == (None, 3)
    dense = Dense(4)
    dense(Input((3,)))
    found = infer(on_meta(dense), [KerasTensor((None, 7, 3))], {}, "dense")
    assert found.shape == dense.compute_output_shape((None, 7, 3))


def test_making_and_calling_a_dense_layer_takes_less_than_a_millisecond():
    x = Input((16,))
    best = 1.0
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(100):
            Dense(16, activation="relu")(x)
        best = min(best, (time.perf_counter() - start) / 100)
    assert best < 1e-3
