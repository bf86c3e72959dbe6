"""Annotations of a function's parameters convert what is given, or refuse it as R does."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.layers.arguments import choice
from pipekeras.layers.base import Layer
from pipekeras.layers.core import Dense
from pipekeras.layers.typed import typed


def _verb(
    object: Layer,
    count: int | None = None,
    rate: float = 0.5,
    flag: bool = True,
    side: Annotated[str, choice("pre", "post")] = "pre",
    *,
    x: torch.Tensor | None = None,
    other: Any = None,
) -> tuple[Any, ...]:
    return count, rate, flag, side, x, other


verb: Any = typed(_verb)


def test_values_are_converted_by_the_annotation() -> None:
    given = verb(Dense(1), np.float64(64.9), 1, flag=1.0, side="POST", other="as it is")
    assert given == (64, 1.0, True, "post", None, "as it is")
    assert [type(value) for value in given[:3]] == [int, float, bool]


def test_arrays_become_tensors() -> None:
    assert torch.equal(verb(Dense(1), x=np.array([1, 2]))[4], torch.tensor([1.0, 2.0]))


def test_none_passes_where_the_annotation_has_it() -> None:
    assert verb(Dense(1), count=None)[0] is None
    with pytest.raises(UserError, match="expected a number"):
        verb(Dense(1), rate=None)


@pytest.mark.parametrize(
    ("args", "named", "message"),
    [
        ((3,), {}, r"`object` must be a Layer\. Received: object=3 \(of type int\)"),
        ((Dense(1),), {"count": "a"}, "`count`, expected a whole number"),
        ((Dense(1),), {"flag": 2}, "`flag`, expected TRUE or FALSE"),
        ((Dense(1),), {"side": "left"}, '`side` argument must be one of "pre", "post"'),
        ((Dense(1),), {"x": "a"}, "`x`, expected numbers"),
        ((Dense(1),), {"cuont": 1}, r"unused argument \(cuont = 1\)"),
        ((Dense(1), 1, 1, 1, "pre", 6), {}, r"unused argument \(6\)"),
        ((Dense(1), 1), {"count": 1}, '"count" matched by multiple actual arguments'),
        ((), {}, 'argument "object" is missing, with no default'),
    ],
)
def test_what_does_not_fit_is_refused(args: Any, named: Any, message: str) -> None:
    with pytest.raises(UserError, match=message):
        verb(*args, **named)


def test_errors_name_an_argument_as_the_user_knows_it() -> None:
    renamed: Any = typed(_verb, {"rate": "share"})
    with pytest.raises(UserError, match="`share`, expected a number"):
        renamed(Dense(1), rate="a")


def test_a_type_error_inside_the_function_is_not_taken_for_a_wrong_call() -> None:
    def broken(n: int) -> int:
        return n + "1"  # type: ignore[operator]

    with pytest.raises(TypeError):
        typed(broken)(1)
