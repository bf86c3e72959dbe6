"""The table of a model's layers, in the layout of the guide and in that of keras3."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rich.cells import cell_len, set_cell_size

from ..errors import visible
from .function import Function
from .naming import NamingStyle, style
from .node import Node
from .structure import map_structure


def summary_text(model: Any, line_length: int | None = None, layout: NamingStyle | None = None) -> str:
    """The summary of a model, without a last newline.

    Args:
        model: what has `layers`, `function` (unless it is not built), `trainable_weights`, ...
        line_length: width of the table in characters, 80 by default
        layout: GUIDE is Keras 2.1.5's ruled table, KERAS3 that of Keras 3.15; by default the style of names
    """
    in_guide_layout = (layout or style()) is NamingStyle.GUIDE
    table = _guide_table if in_guide_layout else _keras3_table
    return "\n".join(table(_Facts(model), line_length or 80))


class _Facts:
    """What a summary tells of a model.

    A model is a plain stack if each depth of its graph has one node with one input and no layer is shared;
    the others get a column of connections.
    """

    def __init__(self, model: Any) -> None:
        self.model = model
        self.layers: list[Any] = model.layers
        function: Function | None = model.function if model.built and self.layers else None
        self.nodes: dict[Any, list[Node]] = {}
        for node in function.nodes if function else ():
            self.nodes.setdefault(node.operation, []).append(node)
        self.function = function
        self.is_stack = model.is_sequential or function is None or _is_stack(function)

    def connections(self, layer: Any) -> list[str]:
        """`dense_1[0][0]` for each tensor that goes in: its layer, that layer's call, the output."""
        assert self.function is not None
        histories = [self.function.history(t) for node in self.nodes[layer] for t in node.input_tensors]
        return [f"{visible(h.operation.name)}[{h.node_index}][{h.tensor_index}]" for h in histories]

    def output_shapes(self, layer: Any) -> list[Any]:
        """The shape, or the list of shapes, of each call of the layer in the model."""
        nodes = self.nodes.get(layer) or layer.inbound_nodes
        return [map_structure(lambda tensor: tensor.shape, node.outputs) for node in nodes]

    def totals(self) -> list[tuple[str, list[Any]]]:
        """Kinds of weights with their tensors."""
        trainable, fixed = self.model.trainable_weights, self.model.non_trainable_weights
        return [("Total", [*trainable, *fixed]), ("Trainable", trainable), ("Non-trainable", fixed)]


def _is_stack(function: Function) -> bool:
    nodes = function.nodes
    one_a_depth = len(set(function.depths.values())) == len(nodes)
    one_input = all(len(node.input_tensors) <= 1 for node in nodes)
    return one_a_depth and one_input and len(function.operations) == len(nodes)


def _title(layer: Any) -> str:
    return f"{visible(layer.name)} ({layer.class_name})"


def _count(weights: Iterable[Any]) -> int:
    return sum(math.prod(weight.shape) for weight in weights)


# The guide's layout: Keras 2.1.5


def _guide_table(facts: _Facts, width: int) -> list[str]:
    shares = (0.45, 0.85, 1.0) if facts.is_stack else (0.33, 0.55, 0.67, 1.0)
    ends = [int(width * share) for share in shares]
    header = ["Layer (type)", "Output Shape", "Param #", "Connected to"][: len(ends)]
    lines = ["_" * width, _guide_row(header, ends), "=" * width]
    for i, layer in enumerate(facts.layers):
        connections = [] if facts.is_stack else facts.connections(layer)
        shapes = facts.output_shapes(layer)
        shape = "multiple" if any(s != shapes[0] for s in shapes) else str(shapes[0]) if shapes else "?"
        parameters = layer.count_params() if layer.built else "0 (unbuilt)"
        cells = [_title(layer), shape, parameters, *connections[:1]]
        lines.append(_guide_row(cells, ends))
        lines += [_guide_row(["", "", "", connection], ends) for connection in connections[1:]]
        lines.append(("=" if i == len(facts.layers) - 1 else "_") * width)
    lines += [f"{kind} params: {_count(weights):,}" for kind, weights in facts.totals()]
    return [*lines, "_" * width]


def _guide_row(cells: Sequence[Any], ends: Sequence[int]) -> str:
    """Cells one behind the other, each cut off where its column ends, with a blank between them."""
    line = ""
    for cell, end in zip(cells, ends, strict=False):
        line = (line[:-1] + " " if line else "") + str(cell)
        line = line[:end].ljust(end)
    return line.ljust(ends[-1])


# The layout of keras3: Keras 3.15, whose table is one of the library rich


def _keras3_table(facts: _Facts, width: int) -> list[str]:
    columns: list[tuple[str, Callable[[str, int], str]]] = [
        ("Layer (type)", _left),
        ("Output Shape", _left),
        ("Param #", _right),
    ]
    shares = [0.45, 0.80, 1.0] if facts.is_stack else [0.3, 0.56, 0.74, 1.0]
    if not facts.is_stack:
        columns.append(("Connected to", _left))
    shows_trainable = bool(facts.model.non_trainable_weights)
    if shows_trainable:
        columns.append(("Trainable", _centre))
        shares = [share * 0.9 for share in shares] + [1.0]
    widths = _keras3_widths(shares, width)
    justify = [side for _, side in columns]
    rows = [_keras3_cells(facts, layer, shows_trainable) for layer in facts.layers]
    lines = [f'Model: "{visible(facts.model.name)}"', _rule("┏━┳┓", widths)]
    lines += _box_row([title for title, _ in columns], widths, justify, "┃")
    lines.append(_rule("┡━╇┩", widths))
    for i, row in enumerate(rows):
        lines += _box_row(row, widths, justify, "│")
        if i < len(rows) - 1:
            lines.append(_rule("├─┼┤", widths))
    return [*lines, _rule("└─┴┘", widths), *_keras3_totals(facts)]


def _keras3_widths(shares: Sequence[float], width: int) -> list[int]:
    """Widths of the cells: rich shares out what the table is too wide by, column after column."""
    ends = [int(share * width) for share in shares]
    wanted = [end - start + 2 for start, end in zip([0, *ends], ends, strict=False)]
    excess = sum(wanted) - (width - len(wanted) - 1)
    widths = []
    for i, size in enumerate(wanted):
        cut = min(size, round(excess / (len(wanted) - i)))
        excess -= cut
        widths.append(size - cut - 2)
    return widths


def _keras3_cells(facts: _Facts, layer: Any, shows_trainable: bool) -> list[str]:
    shapes = facts.output_shapes(layer)
    cells = [
        _title(layer),
        str(shapes[-1]) if shapes else "?",
        f"{layer.count_params():,}" if layer.built else "0 (unbuilt)",
    ]
    if not facts.is_stack:
        cells.append(", ".join(facts.connections(layer)) or "-")
    if shows_trainable:
        cells.append("-" if not layer.weights else "Y" if layer.trainable else "N")
    return cells


def _keras3_totals(facts: _Facts) -> list[str]:
    sizes = [(kind, _count(weights), _bytes(weights)) for kind, weights in facts.totals()]
    slots = _optimizer_slots(facts.model)
    if slots is not None:
        # Keras counts the number of steps and the learning rate, of four bytes each, with them
        count, size = _count(slots) + 2, _bytes(slots) + 8
        kind, all_weights, all_bytes = sizes[0]
        sizes[0] = (kind, all_weights + count, all_bytes + size)
        sizes.append(("Optimizer", count, size))
    return [f" {kind} params: {count:,} ({_readable(size)})" for kind, count, size in sizes]


def _optimizer_slots(model: Any) -> list[Any] | None:
    """What the optimizer keeps for the weights; None before the model is trained."""
    compiled = getattr(model, "compiled", None)
    if compiled is None or not compiled.optimizer.state:
        return None
    return [slot for slots in compiled.optimizer.state.values() for slot in slots.values()]


def _bytes(weights: Iterable[Any]) -> int:
    return sum(math.prod(weight.shape) * weight.dtype.itemsize for weight in weights)


def _readable(size: float) -> str:
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if size < 1024:
            return f"{size:.2f} {unit}"
        size /= 1024
    return f"{size:.2f} PB"


def _rule(corners: str, widths: Sequence[int]) -> str:
    left, line, between, right = corners
    return left + between.join(line * (width + 2) for width in widths) + right


def _box_row(
    cells: Sequence[str], widths: Sequence[int], justify: Sequence[Callable[[str, int], str]], edge: str
) -> list[str]:
    wrapped = [_wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped))
    lines = []
    for i in range(height):
        parts = [
            side(cell[i] if i < len(cell) else "", width)
            for cell, width, side in zip(wrapped, widths, justify, strict=True)
        ]
        lines.append(edge + edge.join(f" {part} " for part in parts) + edge)
    return lines


def _wrap(text: str, width: int) -> list[str]:
    """Lines broken at blanks; a word too long for a line is cut with an ellipsis."""
    lines = [""]
    for word in re.findall(r"\S+\s*", text):
        if lines[-1] and cell_len(lines[-1]) + cell_len(word.rstrip()) > width:
            lines.append("")
        lines[-1] += word
    lines = [line.rstrip() for line in lines]
    return [line if cell_len(line) <= width else set_cell_size(line, width - 1) + "…" for line in lines]


def _left(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _right(text: str, width: int) -> str:
    return " " * (width - cell_len(text)) + text


def _centre(text: str, width: int) -> str:
    before = (width - cell_len(text)) // 2
    return _right(_left(text, width - before), width)
