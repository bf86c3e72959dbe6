"""Axes as R counts them: from 1, the batch axis first, or from the end when negative."""

from __future__ import annotations

from typing import Any

from ..errors import Code, UserError
from ..layers.scalars import whole


def axis_from_one(axis: Any) -> int:
    """R's number of an axis as Python's.

    Raises:
        UserError: 0, or no number
    """
    place = whole(axis, "axis")
    if place == 0:
        raise UserError(
            "`axis` argument is 1 based, received 0",
            code=Code.VALUE,
            cause="the batch axis is number 1",
            cure="add 1, or count from the end: -1 is the last axis",
        )
    return place - 1 if place > 0 else place
