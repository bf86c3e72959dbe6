"""Nodes, their order, and what can be wrong with a graph."""

import time

import pytest

from pipekeras.errors import UserError
from pipekeras.graph.function import Function
from pipekeras.graph.node import Node
from pipekeras.graph.operation import Operation
from pipekeras.graph.tensor import KerasTensor


class Source(Operation):
    """An input layer without torch."""

    def __init__(self, *shape, name=None):
        super().__init__(name)
        Node(self, (), {}, KerasTensor((None, *shape)))


class Same(Operation):
    """Gives its first input's shape; with `outputs` several of them."""

    def __init__(self, name=None, outputs=1):
        super().__init__(name)
        self.count = outputs

    def compute_output_spec(self, x, *more):
        first = x[0] if isinstance(x, list) else x
        made = [KerasTensor(first.shape) for _ in range(self.count)]
        return made[0] if self.count == 1 else made


def names(function):
    return [operation.name for operation in function.operations]


@pytest.fixture
def x():
    return Source(3, name="x").output


def test_a_call_makes_one_node_with_its_tensors(x):
    operation = Same()
    y = operation([x, x])
    (node,) = operation.inbound_nodes
    assert node.input_tensors == [x, x]
    assert node.output_tensors == [y]
    assert node.parent_nodes == [x.history.node] * 2
    assert y.history == (operation, 0, 0)


def test_outputs_of_one_call_are_numbered(x):
    first, second = Same(outputs=2)(x)
    assert [first.history.tensor_index, second.history.tensor_index] == [0, 1]


def test_operations_stand_by_depth_deepest_first(x):
    # the guide's headline model: the second input stands right before its first use
    hidden = Same("lstm")(Same("embedding")(x))
    side = Same("aux_output")(hidden)
    other = Source(5, name="aux_input").output
    main = Same("main_output")(Same("dense")(Same("concatenate")([hidden, other])))
    function = Function([x, other], [main, side])
    assert names(function) == [
        "x", "embedding", "lstm", "aux_input", "concatenate", "dense", "main_output", "aux_output",
    ]  # fmt: skip


def test_a_shared_operation_stands_at_its_deepest_call(x):
    shared = Same("shared")
    out = shared(Same("between")(shared(x)))
    assert names(Function(x, out)) == ["x", "shared", "between"]


def test_nodes_come_after_those_they_need(x):
    shared = Same("shared")
    out = Same("end")([shared(x), shared(Same("between")(shared(x)))])
    done = set()
    for node in Function(x, out).nodes:
        assert done.issuperset(node.input_tensors)
        done.update(node.output_tensors)


def test_only_the_calls_between_inputs_and_outputs_are_in(x):
    shared = Same("shared")
    inside, outside = shared(x), shared(Same("other")(x))
    function = Function(x, Same("end")(inside))
    assert names(function) == ["x", "shared", "end"]
    assert outside.history.node not in function.nodes


def test_an_input_that_nothing_uses_is_accepted(x):
    unused = Source(2, name="unused").output
    assert names(Function([x, unused], Same("y")(x))) == ["x", "unused", "y"]


def test_a_graph_can_be_cut_open_in_the_middle(x):
    middle = Same("first")(x)
    stand_in = Source(3, name="entry").output
    function = Function(middle, Same("second")(middle), enter=lambda tensor: stand_in)
    assert names(function) == ["entry", "second"]
    assert function.history(middle) == stand_in.history


def test_a_missing_input_is_a_disconnected_graph(x):
    other = Source(3, name="other").output
    out = Same("merged")([Same("known")(x), other])
    with pytest.raises(UserError) as caught:
        Function(x, out)
    assert caught.value.message.startswith("Graph disconnected: cannot obtain value for tensor <KerasTensor")
    assert caught.value.message.endswith(
        "at layer \"merged\". The following previous layers were accessed without issue: ['known']"
    )
    assert 'layer "other"' in caught.value.cause


def test_an_output_that_is_another_input_is_disconnected(x):
    with pytest.raises(UserError, match="Graph disconnected"):
        Function(x, Source(2).output)


def test_two_operations_of_one_name_are_refused(x):
    with pytest.raises(UserError) as caught:
        Function(x, Same("same")(Same("same")(x)))
    assert (
        caught.value.message
        == 'The name "same" is used 2 times in the model. All layer names should be unique.'
    )


@pytest.mark.parametrize(
    ("outputs", "shown"), [(None, "None"), ([], "None"), (3.0, "float"), ([None], "None")]
)
def test_outputs_must_be_tensors(x, outputs, shown):
    with pytest.raises(UserError) as caught:
        Function(x, outputs)
    assert caught.value.message == f"All `outputs` values must be KerasTensors. Received: outputs={shown}"


def test_ten_thousand_calls_in_a_row_take_no_recursion_and_little_time(x):
    start = time.perf_counter()
    y = x
    for _ in range(10_000):
        y = Same()(y)
    function = Function(x, y)
    assert len(function.nodes) == 10_001
    assert time.perf_counter() - start < 3


def test_ten_thousand_calls_side_by_side_take_little_time(x):
    start = time.perf_counter()
    function = Function(x, Same()([Same()(x) for _ in range(10_000)]))
    assert len(function.nodes) == 10_002
    assert time.perf_counter() - start < 3
