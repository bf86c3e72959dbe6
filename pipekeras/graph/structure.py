"""Nested lists, tuples and dicts of tensors: the shapes that arguments and results of operations come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


def flatten(structure: Any) -> list[Any]:
    """The leaves from left to right, dicts in the order of their keys' insertion."""
    if type(structure) not in (list, tuple, dict):
        return [structure]
    leaves: list[Any] = []
    _collect(structure, leaves)
    return leaves


def _collect(structure: Any, leaves: list[Any]) -> None:
    for part in structure.values() if isinstance(structure, dict) else structure:
        if type(part) in (list, tuple, dict):
            _collect(part, leaves)
        else:
            leaves.append(part)


def map_structure(function: Callable[[Any], Any], structure: Any) -> Any:
    """The same structure with `function` applied to each leaf."""
    kind = type(structure)
    if kind is dict:
        return {key: map_structure(function, part) for key, part in structure.items()}
    if kind in (list, tuple):
        return kind(map_structure(function, part) for part in structure)
    return function(structure)


def pack_like(structure: Any, leaves: Iterator[Any]) -> Any:
    """The structure filled with new leaves."""
    return map_structure(lambda _: next(leaves), structure)
