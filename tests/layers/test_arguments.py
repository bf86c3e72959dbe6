"""What values arguments of layers take, and how they refuse others."""

import numpy as np
import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.layers import arguments


def convert(annotation, value):
    return annotation.__metadata__[0].convert(value, "argument")


@pytest.mark.parametrize(
    ("annotation", "value", "wanted"),
    [
        (arguments.Count, 3, 3),
        (arguments.Count, 3.0, 3),
        (arguments.Count, 2.7, 2),
        (arguments.Count, np.array([5]), 5),
        (arguments.Count, True, 1),
        (arguments.Whole, -2.0, -2),
        (arguments.Axis, -1, -1),
        (arguments.Axes, [1, 2.0], (1, 2)),
        (arguments.Axes, 1.0, 1),
        (arguments.Size1, 3.0, (3,)),
        (arguments.Size2, 3, (3, 3)),
        (arguments.Size2, [3], (3, 3)),
        (arguments.Size2, np.array([3.0, 4.0]), (3, 4)),
        (arguments.ShapeOf, 5, (5,)),
        (arguments.ShapeOf, [None, 5.0], (None, 5)),
        (arguments.ShapeOf, np.array([np.nan, 5]), (None, 5)),
        (arguments.ShapeOf, [], ()),
        (arguments.Flag, 1, True),
        (arguments.Flag, np.bool_(False), False),
        (arguments.Number, 3, 3.0),
        (arguments.Number, float("inf"), float("inf")),
        (arguments.Rate, 0, 0.0),
        (arguments.DType, torch.int32, "int32"),
        (arguments.DType, "bfloat16", "bfloat16"),
        (arguments.DataFormat, "Channels_Last", "channels_last"),
    ],
)
def test_values_are_converted(annotation, value, wanted):
    found = convert(annotation, value)
    assert found == wanted
    assert type(found) is type(wanted)


@pytest.mark.parametrize(
    ("annotation", "value", "message"),
    [
        (arguments.Count, 0, "Received an invalid value for `argument`, expected a positive integer."),
        (arguments.Count, 2**31, "Received an invalid value for `argument`, expected a positive integer."),
        (arguments.Count, "3", "Received an invalid value for `argument`, expected a positive integer."),
        (arguments.Count, [1, 2], "Received an invalid value for `argument`"),
        (arguments.Count, lambda: 3, "Received an invalid value for `argument`"),
        (arguments.Size2, (1, 2, 3), "The `argument` argument must be a tuple of 2 integers."),
        (arguments.Size2, (0, 1), "Received an invalid value for `argument`"),
        (
            arguments.ShapeOf,
            [-5],
            "Received an invalid value for `argument`, expected positive whole numbers",
        ),
        (arguments.Flag, 2, "Received an invalid value for `argument`, expected TRUE or FALSE."),
        (arguments.Flag, "yes", "Received an invalid value for `argument`, expected TRUE or FALSE."),
        (arguments.Number, float("nan"), "Received an invalid value for `argument`, expected a number."),
        (
            arguments.Rate,
            1.5,
            "Invalid value received for `argument`. Expected a float value",
        ),
        (arguments.Name, "", "Argument `argument` must be a string and cannot contain character `/`."),
        (arguments.DType, "flaot32", "Invalid dtype: flaot32"),
        (arguments.DataFormat, "chanels_last", "The `argument` argument must be one of"),
        (arguments.Callback, 3, "Received an invalid value for `argument`, expected a function."),
        (arguments.Unsupported, 3, "`argument` is not supported yet."),
    ],
)
def test_other_values_are_refused_with_a_reason(annotation, value, message):
    with pytest.raises(UserError) as caught:
        convert(annotation, value)
    assert caught.value.message.startswith(message)
    assert caught.value.cause


def test_a_mistyped_word_is_answered_with_the_nearest():
    with pytest.raises(UserError) as caught:
        convert(arguments.DataFormat, "chanels_last")
    assert caught.value.cure == 'did you mean "channels_last"?'


def test_several_values_where_one_is_wanted_are_counted():
    with pytest.raises(UserError) as caught:
        convert(arguments.Count, [64, 32])
    assert caught.value.message.endswith("Received: argument=[64, 32]")
    assert caught.value.cause == "`argument` takes a positive integer, not 2 values"


def test_long_values_are_shown_in_short():
    with pytest.raises(UserError) as caught:
        convert(arguments.Count, list(range(1000)))
    assert len(caught.value.message) < 250
