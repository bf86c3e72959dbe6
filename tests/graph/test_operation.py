"""What an operation remembers of its calls, and the errors of asking for what is not there."""

import pytest

from pipekeras.errors import UserError
from pipekeras.graph.node import Node
from pipekeras.graph.operation import Operation
from pipekeras.graph.tensor import KerasTensor


class Source(Operation):
    def __init__(self, *shape):
        super().__init__()
        Node(self, (), {}, KerasTensor((None, *shape)))


class Last(Operation):
    """(batch, ..., n) to (batch, n)."""

    def compute_output_spec(self, x):
        return KerasTensor((x.shape[0], x.shape[-1]))

    def compute(self, x):
        return x + 1


def message(function):
    with pytest.raises(UserError) as caught:
        function()
    assert caught.value.cause
    assert caught.value.cure
    return caught.value.message


def test_one_call_has_an_input_and_an_output():
    x, last = Source(4, 3).output, Last()
    y = last(x)
    assert (last.input, last.output) == (x, y)
    assert (last.input_shape, last.output_shape) == ((None, 4, 3), (None, 3))


def test_calls_are_asked_for_by_number():
    a, b, last = Source(4, 3).output, Source(5, 2).output, Last()
    outputs = [last(a), last(b)]
    assert [last.get_input_at(0), last.get_input_at(1)] == [a, b]
    assert [last.get_output_at(0), last.get_output_at(1), last.get_output_at(-1)] == [*outputs, outputs[1]]
    assert last.get_input_shape_at(1) == (None, 5, 2)
    assert last.get_output_shape_at(1) == (None, 2)
    assert last.get_input_mask_at(0) is None
    assert last.get_output_mask_at(0) is None


def test_two_calls_make_the_output_ambiguous_as_the_guide_says():
    last = Last()
    last(Source(4, 3).output)
    last(Source(4, 3).output)
    assert message(lambda: last.output) == (
        'AttributeError: Layer last_1 has multiple inbound nodes, hence the notion of "layer output" is '
        "ill-defined. Use `get_output_at(node_index)` instead."
    )
    assert 'notion of "layer input" is ill-defined' in message(lambda: last.input)
    assert last.output_shape == (None, 3)


def test_two_calls_of_different_shapes_make_the_shape_ambiguous():
    last = Last()
    last(Source(4, 3).output)
    last(Source(5, 3).output)
    assert message(lambda: last.input_shape) == (
        'AttributeError: The layer "last_1" has multiple inbound nodes, with different input shapes. '
        'Hence the notion of "input shape" is ill-defined for the layer. '
        "Use `get_input_shape_at(node_index)` instead."
    )
    assert last.output_shape == (None, 3)


def test_an_operation_that_was_never_called_has_neither():
    last = Last()
    assert message(lambda: last.output) == "AttributeError: Layer last_1 has no inbound nodes."
    assert message(lambda: last.output_shape) == (
        'AttributeError: The layer "last_1" has never been called and thus has no defined output shape.'
    )


def test_a_call_that_was_not_made_is_an_error():
    last = Last()
    last(Source(4, 3).output)
    assert (
        message(lambda: last.get_output_at(2))
        == "Asked to get output at node 2, but the layer has only 1 inbound nodes."
    )
    assert message(lambda: last.get_input_shape_at(-2)).startswith("Asked to get input shape at node -2")


def test_an_explicit_name_uses_up_no_number():
    assert [Last("mine").name, Last().name] == ["mine", "last_1"]


def test_without_symbolic_tensors_it_computes():
    assert Last()(2) == 3


def test_a_tensor_prints_as_in_keras3():
    assert repr(KerasTensor((None, 784), "float32", "x")) == (
        "<KerasTensor shape=(None, 784), dtype=float32, sparse=False, ragged=False, name=x>"
    )


def test_tensors_are_numbered_as_calls_are_made():
    x = Source(4, 3).output
    KerasTensor((None, 3))  # of no graph: takes no number
    assert [x.name, Last()(x).name] == ["keras_tensor_1", "keras_tensor_2"]


def test_a_pipe_is_a_call():
    last = Last()
    y = Source(4, 3).output | last
    assert y is last.output
