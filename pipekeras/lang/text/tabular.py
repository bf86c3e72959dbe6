"""Lays out cells as R prints them: vectors with an index column, named vectors, matrices in blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .format import display_width, encode_string, pad_left, pad_right


def index_width(n: int) -> int:
    """Digits of the largest index."""
    return len(str(n))


def vector_lines(cells: Sequence[str], width: int, gap: int = 1) -> list[str]:
    """Cells of one common width behind `[i]` labels.

    Args:
        width: columns of the whole line
        gap: blanks before each cell
    """
    if not cells:
        return []
    label = index_width(len(cells)) + 2
    each = display_width(cells[0]) + gap
    per_line = max(1, (width - label) // each)
    blank = " " * gap
    return [
        f"[{start + 1}]".rjust(label) + "".join(blank + cell for cell in cells[start : start + per_line])
        for start in range(0, len(cells), per_line)
    ]


def named_lines(cells: Sequence[str], names: Sequence[str | None], width: int, gap: int = 1) -> list[str]:
    """A line of names and a line of values below it, both right-justified, as often as needed."""
    labels = ["<NA>" if name is None else encode_string(name) for name in names]
    each = max(max(map(display_width, labels), default=0), max(map(display_width, cells), default=0))
    per_line = max(1, width // (each + gap))
    blank = " " * gap
    lines = []
    for start in range(0, len(cells), per_line):
        part = slice(start, start + per_line)
        lines.append("".join(pad_left(label, each) + blank for label in labels[part]))
        lines.append("".join(pad_left(cell, each) + blank for cell in cells[part]))
    return lines


@dataclass(slots=True)
class Column:
    """A column of a matrix.

    Attributes:
        cells: all of one width
        left: whether it (and its title) is left-justified
        text: whether it holds text: an index above it is left-justified in any case
    """

    cells: Sequence[str]
    left: bool = False
    text: bool = False


@dataclass(slots=True)
class Table:
    """A matrix ready for layout; labels are None where R writes indices.

    Attributes:
        rows: number of rows shown
        all_rows: number of rows there are, if only the first are shown
        row_labels, column_labels: the dimnames
        row_title, column_title: the names of the dimnames
    """

    rows: int
    columns: Sequence[Column]
    row_labels: Sequence[str | None] | None = None
    column_labels: Sequence[str | None] | None = None
    row_title: str | None = None
    column_title: str | None = None
    gap: int = 1
    row_cells: list[str] = field(default_factory=list)
    all_rows: int = 0

    def lines(self, width: int) -> list[str]:
        """The matrix in blocks of columns that fit in `width`."""
        label_width = self._label_rows()
        shown = [self._column(j, column) for j, column in enumerate(self.columns)]
        if not shown:
            return [*self._title_line(label_width), self._corner(label_width), *self.row_cells]
        lines: list[str] = []
        start = 0
        while start < len(shown):
            end, used = start, label_width
            while True:
                used += shown[end][0]
                end += 1
                if end == len(shown) or used + shown[end][0] >= width:
                    break
            block = [cells for _, cells in shown[start:end]]
            lines += self._title_line(label_width)
            lines.append(self._corner(label_width) + "".join(cells[0] for cells in block))
            lines += [self.row_cells[i] + "".join(cells[i + 1] for cells in block) for i in range(self.rows)]
            start = end
        return lines

    def _title_line(self, label_width: int) -> list[str]:
        return [] if self.column_title is None else [" " * label_width + self.column_title]

    def _corner(self, label_width: int) -> str:
        return pad_right(self.row_title or "", label_width)

    def _label_rows(self) -> int:
        """Fills in the row labels and returns their common width."""
        if self.row_labels is not None:
            labels = [
                "<NA>" if label is None else encode_string(label) for label in self.row_labels[: self.rows]
            ]
            width = max(map(display_width, labels), default=0)
        else:
            labels = [f"[{i + 1},]" for i in range(self.rows)]
            width = index_width(max(self.rows, self.all_rows) + 1) + 3  # R leaves room for one row more
        offset = 0
        if self.row_title is not None:
            title = display_width(self.row_title)
            offset = 2 if title < width + 2 else title - width
        if self.row_labels is None:
            self.row_cells = [label.rjust(width + offset) for label in labels]
        else:
            self.row_cells = [pad_right(" " * offset + label, width + offset) for label in labels]
        return width + offset

    def _column(self, j: int, column: Column) -> tuple[int, list[str]]:
        """Width with gap, and the column's texts: its title, then its cells."""
        if self.column_labels is None:
            title = f"[,{j + 1}]"
        else:
            label = self.column_labels[j]
            title = "<NA>" if label is None else encode_string(label)
        pad = pad_right if column.left else pad_left
        pad_title = pad_right if column.text and self.column_labels is None else pad
        width = max(display_width(title), max(map(display_width, column.cells), default=0))
        blank = " " * self.gap
        return width + self.gap, [
            blank + pad_title(title, width),
            *(blank + pad(t, width) for t in column.cells),
        ]

    def frame_lines(self) -> list[str]:
        """Titles and row labels without any cells, as of an array that has no slices."""
        label_width = self._label_rows()
        heads = [self._column(j, Column([], c.left, c.text))[1][0] for j, c in enumerate(self.columns)]
        return [*self._title_line(label_width), self._corner(label_width) + "".join(heads), *self.row_cells]
