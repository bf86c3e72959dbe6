"""Models: structure, code, masks, nesting, cutting, copying, Sequential."""

import copy
import pickle

import numpy as np
import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.graph import naming
from pipekeras.layers.activation import Activation
from pipekeras.layers.core import Dense, Dropout, Input, Lambda, Masking
from pipekeras.layers.embedding import Embedding
from pipekeras.layers.merge import Add, Concatenate
from pipekeras.layers.model import Model, Sequential
from pipekeras.layers.reshape import Flatten
from pipekeras.layers.rnn import LSTM


def error(function):
    with pytest.raises(UserError) as caught:
        function()
    assert caught.value.cure or caught.value.cause
    return caught.value


def two_in_two_out():
    a, b = Input((3,), name="a_in"), Input((2,), name="b_in")
    h = Concatenate()([a, b])
    return Model([a, b], [Dense(1, name="o1")(h), Dense(1, name="o2")(h)])


def ones(*shape):
    return np.ones(shape, "float32")


def same(x, y):
    return all(torch.equal(a, b) for a, b in zip(x, y, strict=True))


# Structure


def test_a_model_knows_its_ends_by_name():
    model = two_in_two_out()
    assert (model.input_names, model.output_names) == (["a_in", "b_in"], ["o1", "o2"])
    assert model.input_shape == [(None, 3), (None, 2)]
    assert model.output_shape == [(None, 1), (None, 1)]
    assert [layer.name for layer in model.layers] == ["a_in", "b_in", "concatenate_1", "o1", "o2"]


def test_two_outputs_of_one_layer_have_different_names():
    x, dense = Input((3,)), Dense(3)
    assert Model(x, [dense(x), dense(dense(x))]).output_names == ["dense_1", "dense_1_1"]


def test_layers_are_found_by_name_and_number():
    model = two_in_two_out()
    assert model.get_layer("o1") is model.get_layer(index=3)
    assert error(lambda: model.get_layer("nosuch")).message == (
        "No such layer: nosuch. Existing layers are: ['a_in', 'b_in', 'concatenate_1', 'o1', 'o2']."
    )
    assert error(lambda: model.get_layer(index=9)).message == (
        "Was asked to retrieve layer at index 9 but model only has 5 layers."
    )
    assert "Provide either" in error(model.get_layer).message


def test_layers_with_names_of_the_models_own_attributes():
    x = Input((3,), name="self")
    y = x
    for name in ("forward", "layers", "training", "1st", "a b", "class", "print"):
        y = Dense(3, name=name)(y)
    model = Model(x, y)
    assert model(ones(2, 3)).shape == (2, 3)
    assert model.get_layer("layers").name == "layers"
    assert len(model.state_dict()) == 14


def test_an_input_that_nothing_uses_is_accepted():
    x, unused = Input((3,)), Input((2,))
    model = Model([x, unused], Dense(1)(x))
    assert model([ones(4, 3), ones(4, 2)]).shape == (4, 1)


def test_a_model_without_outputs_is_an_error():
    assert error(lambda: Model(Input((3,)))).message == (
        "All `outputs` values must be KerasTensors. Received: outputs=None"
    )


def test_results_are_structured_as_the_outputs():
    x = Input((3,))
    h = Dense(2)(x)
    assert isinstance(Model(x, h)(ones(1, 3)), torch.Tensor)
    assert isinstance(Model(x, [h])(ones(1, 3)), list)
    model = Model({"x": x}, {"h": h, "more": [h, x]})
    found = model({"x": ones(1, 3)})
    assert list(found) == ["h", "more"]
    assert [t.shape[1] for t in found["more"]] == [2, 3]
    outer = Input((3,))
    nested = model({"x": outer})
    assert nested["more"][1].shape == (None, 3)
    assert Model(outer, nested["h"])(ones(1, 3)).shape == (1, 2)


# Calling


def test_inputs_come_as_a_list_by_name_or_one_by_one():
    model = two_in_two_out()
    a, b = ones(4, 3), 2 * ones(4, 2)
    wanted = model([a, b])
    assert same(model({"b_in": b, "a_in": a}), wanted)
    assert same(model((a, b)), wanted)
    assert same(model(torch.tensor(a), torch.tensor(b)), wanted)


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ([ones(4, 3)], 'Layer "model_1" expects 2 input(s), but it received 1 input tensors.'),
        (
            {"b_in": ones(4, 2)},
            'Missing data for input "a_in". You passed a data dictionary with keys '
            "['b_in']. Expected the following keys: ['a_in', 'b_in']",
        ),
        (
            [ones(4, 2), ones(4, 3)],
            'Input 0 of layer "model_1" is incompatible with the layer: expected shape=(None, 3), '
            "found shape=(4, 2)",
        ),
    ],
)
def test_inputs_that_do_not_fit(inputs, message):
    model = two_in_two_out()
    assert error(lambda: model(inputs)).message == message


def test_inputs_are_converted_to_the_models_type():
    words = Input((3,), dtype="int32")
    model = Model(words, Embedding(5, 2)(words))
    assert model(np.array([[1.0, 2.0, 3.0]])).shape == (1, 3, 2)
    floats = Input((2,))
    assert Model(floats, Dense(1)(floats))(np.array([[1, 2]])).dtype == torch.float32


def test_a_model_can_be_called_on_other_free_sizes():
    x = Input((None, 3))
    model = Model(x, LSTM(4, return_sequences=True)(x))
    assert model(Input((7, 3))).shape == (None, 7, 4)
    assert model(Input(batch_shape=(2, 5, 3))).shape == (2, 5, 4)
    assert error(lambda: model(Input((7, 2)))).message.endswith(
        "expected shape=(None, None, 3), found shape=(None, 7, 2)"
    )


# Code


def test_the_code_has_one_line_a_node_and_frees_what_is_done():
    a = Input((3,), name="a")
    shared = Dense(3, name="shared")
    model = Model(a, Add(name="sum")([shared(a), shared(shared(a))]))
    assert model.code.splitlines() == [
        "def forward(self, a):",
        "    shared = self.shared.run(a)",
        "    shared_ = self.shared.run(a)",
        "    shared__ = self.shared.run(shared_); del shared_",
        "    sum_ = self.sum.run([shared, shared__]); del shared, shared__",
        "    return sum_",
    ]


def test_logits_are_left_to_the_loss_where_the_last_step_is_softmax_or_sigmoid():
    x = Input((3,))
    h = Dense(4)(x)
    outputs = [
        Dense(2, activation="softmax")(h),
        Activation("sigmoid")(h),
        Dense(2, activation="relu")(h),
        h,
    ]
    model = Model(x, outputs)
    assert model.logits_from == ["softmax", "sigmoid", None, None]
    results, masks = model.forward_training(torch.ones(1, 3))
    assert masks == [None] * 4
    whole = model(torch.ones(1, 3))
    assert torch.allclose(results[0].softmax(-1), whole[0])
    assert torch.allclose(torch.sigmoid(results[1]), whole[1])
    assert same(results[2:], whole[2:])


def test_an_activation_that_other_layers_use_is_not_left_off():
    x = Input((3,))
    y = Dense(2, activation="sigmoid")(x)
    assert Model(x, [y, Dense(1)(y)]).logits_from == [None, None]


def test_a_function_called_softmax_is_not_taken_for_softmax():
    def softmax(x):
        return x

    x = Input((3,))
    assert Model(x, Dense(2, activation=softmax)(x)).logits_from == [None]


def test_penalties_on_outputs_are_counted_for_every_call():
    x = Input((1,))
    dense = Dense(1, activity_regularizer="l1", kernel_initializer="ones", activation="sigmoid")
    model = Model(x, dense(dense(x)))
    tensor = torch.zeros(2, 1)
    for run in (model, model.forward_training):
        run(tensor)
        # 0.01 * (0.5, then sigmoid(0.5))
        assert [loss.item() for loss in model.losses] == pytest.approx([0.005, 0.00622459])
    outer = Input((1,))
    twice = Model(outer, model(model(outer)))
    twice(tensor)
    assert len(twice.losses) == 4


@pytest.mark.parametrize("prepare", [lambda m: m, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))])
def test_torch_compiles_and_exports_a_model(prepare):
    x, y = Input((4, 3)), Input((2,))
    model = Model([x, y], Dense(2)(Concatenate()([Flatten()(x), y])) + 1)
    model = prepare(model).eval()
    inputs = (torch.rand(2, 4, 3), torch.rand(2, 2))
    wanted = model(*inputs)
    assert torch.allclose(torch.export.export(model, inputs).module()(*inputs), wanted)
    compiled = torch.compile(model, backend="eager", fullgraph=True)
    assert torch.allclose(compiled(*inputs), wanted)


def test_an_exported_model_may_have_a_free_batch():
    x = Input((3,))
    batch = ({0: torch.export.Dim("batch")},)
    exported = torch.export.export(Model(x, Dense(2)(x)).eval(), (torch.ones(3, 3),), dynamic_shapes=(batch,))
    assert exported.module()(torch.ones(7, 3)).shape == (7, 2)


# Masks


def masked_steps(model, array):
    (_,), (mask,) = model.forward_masked(torch.tensor(array))
    return None if mask is None else mask.tolist()


def test_a_mask_travels_to_the_output():
    words = Input((3,), dtype="int32")
    model = Model(words, Dropout(0.5)(Dense(2)(Embedding(5, 2, mask_zero=True)(words))))
    assert model.outputs[0].mask.shape == (None, 3)
    assert masked_steps(model, [[1, 0, 2]]) == [[True, False, True]]


def test_a_mask_ends_where_a_layer_takes_it_up():
    words = Input((3,), dtype="int32")
    model = Model(words, LSTM(2)(Embedding(5, 2, mask_zero=True)(words)))
    assert masked_steps(model, [[1, 0, 2]]) is None
    assert "mask=embedding_1_mask" in model.code


def test_masks_that_nothing_uses_are_not_computed():
    words = Input((3,), dtype="int32")
    model = Model(words, Flatten()(Embedding(5, 2, mask_zero=True)(words)))
    assert "mask" not in model.code


def test_masks_go_into_and_out_of_nested_models():
    inner_in = Input((3, 2))
    inner = Model(inner_in, LSTM(2, return_sequences=True)(inner_in))
    x = Input((3, 2))
    outer = Model(x, inner(Masking()(x)))
    plain = Model(x, LSTM(2, return_sequences=True, weights=inner.get_weights())(Masking()(x)))
    data = np.array([[[1, 2], [0, 0], [3, 4]]], "float32")
    assert torch.allclose(outer(data), plain(data))
    assert masked_steps(outer, data) == [[True, False, True]]


# Nesting, cutting, copying


def test_a_model_is_a_layer_with_shared_weights():
    x = Input((3,))
    inner = Model(x, Dense(3)(x))
    a = Input((3,))
    middle = Model(a, inner(inner(a)))
    b = Input((3,))
    outer = Model(b, middle(inner(b)))
    assert outer.count_params() == inner.count_params() == 12
    tensor = torch.ones(1, 3)
    assert torch.allclose(outer(tensor), inner(inner(inner(tensor))))
    assert [layer.name for layer in outer.layers] == ["input_3", "model_1", "model_2"]


def test_a_model_can_be_cut_out_of_a_graph():
    x = Input((3,))
    h = Dense(4, name="first")(x)
    end = Dense(2, name="last")(Dense(5, name="middle")(h))
    cut = Model(h, end)
    assert [layer.name for layer in cut.layers] == ["input_2", "middle", "last"]
    whole = Model(x, [h, end])
    tensor = torch.ones(2, 3)
    hidden, result = whole(tensor)
    assert torch.equal(cut(hidden), result)
    assert cut.layers[1] is whole.get_layer("middle")


def test_a_cut_may_leave_a_layer_with_two_calls_unambiguous():
    x, dense = Input((3,)), Dense(3)
    middle = dense(x)
    end = dense(middle)
    assert Model(middle, end)(ones(1, 3)).shape == (1, 3)
    assert len(dense.inbound_nodes) == 2


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_copy_has_the_same_structure_and_weights_of_its_own(copied):
    x = Input((3,), name="x")
    shared = Dense(3, name="shared", kernel_regularizer="l2")
    inner = Model(x, shared(shared(x)), name="inner")
    y = Input((3,), name="y")
    model = Model(y, [inner(y) * 2, Dense(1, name="end")(inner(y))], name="outer")
    model.get_layer("end").trainable = False
    model.eval()
    made = copied(model)
    assert made.code == model.code
    assert made.name == "outer" and made.training is False
    assert [layer.name for layer in made.layers] == [layer.name for layer in model.layers]
    assert len(made.trainable_weights) == 2
    tensor = torch.ones(1, 3)
    assert same(made(tensor), model(tensor))
    with torch.no_grad():
        made.weights[0].zero_()
    assert not same(made(tensor), model(tensor))


def test_weights_can_be_stored_as_a_state_dict():
    first, second = two_in_two_out(), two_in_two_out()
    assert list(first.state_dict()) == ["o1.kernel", "o1.bias", "o2.kernel", "o2.bias"]
    second.load_state_dict(pickle.loads(pickle.dumps(first.state_dict())))
    inputs = [ones(1, 3), ones(1, 2)]
    assert same(first(inputs), second(inputs))


def test_a_config_is_plain_data():
    config = two_in_two_out().get_config()
    assert [layer["class_name"] for layer in config["layers"]] == ["Concatenate", "Dense", "Dense"]
    assert config["inputs"][0] == {"batch_shape": (None, 3), "dtype": "float32", "name": "a_in"}
    assert config["calls"][0] == [0, [[(-1, 0), (-1, 1)]], {}]


# Sequential


def test_layers_are_added_in_place():
    model = Sequential()
    assert model.add(Dense(4, input_shape=(3,))) is model
    model.add(Dense(2))
    assert model.built
    assert (model.input_shape, model.output_shape) == ((None, 3), (None, 2))
    assert [layer.name for layer in model.layers] == ["dense_1", "dense_2"]
    assert model.input_names == ["dense_1_input"]
    assert model(ones(5, 3)).shape == (5, 2)


def test_without_an_input_shape_it_is_built_by_the_first_data():
    model = Sequential([Dense(4), Dense(2)])
    assert not model.built
    assert "has not yet been built" in error(lambda: model.inputs).message
    assert model(ones(5, 3)).shape == (5, 2)
    assert model.input_shape == (None, 3)
    symbolic = Sequential([Dense(4)])
    assert symbolic(Input((6,))).shape == (None, 4)
    built = Sequential([Dense(4)])
    built.build((None, 7))
    assert built.count_params() == 32


def test_layers_can_be_taken_off():
    model = Sequential([Dense(4, input_shape=(3,)), Dense(2)])
    last = model.pop()
    assert (last.name, last.inbound_nodes) == ("dense_2", [])
    assert model(ones(1, 3)).shape == (1, 4)
    assert Sequential([Dense(1)]).pop().name == "dense_3"
    assert "no layers" in error(Sequential().pop).message


def test_a_model_may_be_the_first_layer():
    x = Input((3,))
    model = Sequential([Model(x, Dense(4)(x)), Dense(2)])
    assert model(ones(1, 3)).shape == (1, 2)


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([3], "Only instances of `keras.Layer` can be added to a Sequential model."),
        (
            [Dense(2, name="a"), Dense(2, name="a")],
            "All layers added to a Sequential model should have unique names.",
        ),
        (
            [Dense(2, input_shape=(3,)), Input((3,)).history.operation],
            "has already been configured to use an input shape",
        ),
        (
            [LSTM(2, return_state=True, input_shape=(4, 3))],
            "All layers in a Sequential model should have a single output tensor.",
        ),
    ],
)
def test_what_cannot_be_added(layers, message):
    assert message in error(lambda: Sequential(layers)).message


def test_a_layer_that_does_not_fit_is_not_added():
    model = Sequential([Dense(4, input_shape=(3,))])
    error(lambda: model.add(LSTM(2)))
    assert len(model.layers) == 1
    assert model(ones(1, 3)).shape == (1, 4)


def test_a_sequential_is_a_layer_and_can_be_copied():
    model = Sequential([Dense(4, input_shape=(3,)), Dense(2)])
    x = Input((3,))
    outer = Model(x, model(x))
    assert "self.sequential_1.run(input_1)" in outer.code
    for original in (model, outer, Sequential([Dense(2)], name="unbuilt")):
        copied = copy.deepcopy(original)
        assert type(copied) is type(original)
        assert copied.name == original.name
        assert copied(ones(1, 3)).shape == (1, 2)


def test_every_addition_to_a_sequential_uses_up_a_model_name_in_keras3(keras3_names):
    # R keras3 1.5.1: the guide's vision model of 11 layers is followed by functional_11
    model = Sequential()
    for i in range(11):
        model.add(Dense(2, **({"input_shape": (3,)} if i == 0 else {})))
    x = Input((3,))
    assert Model(x, model(x)).name == "functional_11"
    assert x.history.operation.name == "input_layer_1"


def test_class_names_follow_the_style_of_names():
    x = Input((3,))
    model = Model(x, Lambda(lambda t: t)(x))
    assert repr(model) == "<Model name=model_1, built=True>"
    naming.set_style(naming.NamingStyle.KERAS3)
    assert model.class_name == "Functional"
