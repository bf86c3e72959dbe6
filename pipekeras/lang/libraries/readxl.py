"""readxl: sheets of .xlsx files as tibbles; .xls, the older binary format, is refused."""

from __future__ import annotations

import os
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import numpy as np

from ...errors import Code, UserError
from ..values import NULL, RVector, character, double, logical
from ..vectors.coerce import one_flag, one_int, one_string, strings
from .binding import tibble_of
from .library import Library

library = Library("readxl")

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LARGEST = 500 * 2**20
_BUILTIN_DATES = {*range(14, 23), *range(45, 48)}


class _Book:
    """The parts of an .xlsx archive that hold data: sheet names and files, shared texts, date formats."""

    def __init__(self, path: str) -> None:
        if path.lower().endswith(".xls"):
            raise UserError(
                f"'{path}' cannot be read",
                code=Code.UNSUPPORTED,
                cause=".xls is Excel's older binary format",
                cure="save it as .xlsx or .csv",
            )
        if not os.path.exists(os.path.expanduser(path)):
            raise UserError(f"`path` does not exist: ‘{path}’", code=Code.FILE)
        try:
            self.archive = zipfile.ZipFile(os.path.expanduser(path))
        except zipfile.BadZipFile as error:
            raise UserError(f"'{path}' is no .xlsx file", code=Code.FILE, cause=str(error)) from None
        links = {e.get("Id"): e.get("Target", "") for e in self._xml("xl/_rels/workbook.xml.rels")}
        self.sheets: dict[str, str] = {}
        for sheet in self._xml("xl/workbook.xml").iter(f"{_MAIN}sheet"):
            target = links.get(sheet.get(_LINK), "")
            self.sheets[sheet.get("name", "")] = (
                target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            )
        self.texts = [
            "".join(t.text or "" for t in item.iter(f"{_MAIN}t"))
            for item in self._optional("xl/sharedStrings.xml")
        ]
        self.dates = self._date_styles()

    def _xml(self, name: str) -> Any:
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            raise UserError(f"the .xlsx file has no part {name}", code=Code.FILE) from None
        if info.file_size > _LARGEST:
            raise UserError(f"part {name} of the .xlsx file is too large", code=Code.LIMIT)
        data = self.archive.read(info)
        if b"<!DOCTYPE" in data[:2000]:
            raise UserError("the .xlsx file defines entities of its own", code=Code.FILE)
        return ElementTree.fromstring(data)

    def _optional(self, name: str) -> Any:
        return self._xml(name) if name in self.archive.namelist() else []

    def _date_styles(self) -> set[int]:
        """Which cell styles show numbers as dates."""
        root = self._optional("xl/styles.xml")
        if len(root) == 0:
            return set()
        own = {
            int(f.get("numFmtId", 0))
            for f in root.iter(f"{_MAIN}numFmt")
            if re.search(r"[ymdhs]", re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", f.get("formatCode", "").lower()))
        }
        cells = root.find(f"{_MAIN}cellXfs")
        styles = [] if cells is None else [int(x.get("numFmtId", 0)) for x in cells]
        return {i for i, number in enumerate(styles) if number in own | _BUILTIN_DATES}

    def rows(self, sheet: str) -> dict[tuple[int, int], Any]:
        """The values of cells by row and column from 0: text, float, bool, or ("date", days)."""
        cells: dict[tuple[int, int], Any] = {}
        for row_number, row in enumerate(self._xml(self.sheets[sheet]).iter(f"{_MAIN}row")):
            i = int(row.get("r", row_number + 1)) - 1
            for column_number, cell in enumerate(row.iter(f"{_MAIN}c")):
                j = _column_number(cell.get("r", ""), column_number)
                value = self._value(cell)
                if value is not None:
                    cells[i, j] = value
        return cells

    def _value(self, cell: Any) -> Any:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(t.text or "" for t in cell.iter(f"{_MAIN}t"))
        found = cell.find(f"{_MAIN}v")
        text = None if found is None else found.text
        if text is None or kind == "e":
            return None
        if kind == "s":
            return self.texts[int(text)]
        if kind == "str":
            return text
        if kind == "b":
            return text == "1"
        return ("date", float(text)) if int(cell.get("s", 0)) in self.dates else float(text)


def _column_number(reference: str, default: int) -> int:
    letters = re.match(r"[A-Z]+", reference)
    if letters is None:
        return default
    number = 0
    for letter in letters.group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _column(values: list[Any], forced: str | None) -> RVector:
    """Cells of one column: dates, numbers, logical values, or text where they are mixed."""
    known = [v for v in values if v is not None]
    kinds = {type(v) for v in known}
    if forced in ("text", "character") or (forced is None and str in kinds):
        return character([None if v is None else _text(v) for v in values])
    if forced == "numeric" or (forced is None and kinds == {float}):
        return double([None if v is None else _number(v) for v in values])
    if forced == "date" or (forced is None and kinds and kinds <= {tuple}):
        seconds = [None if v is None else (_number(v) - 25569) * 86400 for v in values]
        classes = character(["POSIXct", "POSIXt"])
        return double(
            [None if s is None else round(s) for s in seconds], {"class": classes, "tzone": character("UTC")}
        )
    if forced == "logical" or (forced is None and kinds <= {bool}):
        return logical([None if v is None else bool(v) for v in values])
    return double([None if v is None else _number(v) for v in values])


def _number(value: Any) -> float:
    if isinstance(value, tuple):
        return value[1]
    try:
        return float(value)
    except ValueError:
        return np.nan


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{_number(value):.15g}"


def _sheet_name(book: _Book, sheet: Any) -> str:
    names = list(book.sheets)
    if sheet is NULL:
        return names[0]
    if sheet.type == "character":
        wanted = one_string(sheet, "sheet")
        if wanted not in names:
            raise UserError(
                f"Sheet '{wanted}' not found", code=Code.NAME, cure=f"use one of {', '.join(names)}"
            )
        return wanted
    number = one_int(sheet, "sheet")
    if not 1 <= number <= len(names):
        raise UserError(
            f"Can't retrieve sheet in position {number}, only {len(names)} sheet(s) found.", code=Code.VALUE
        )
    return names[number - 1]


def _box(range_: Any, cells: dict[tuple[int, int], Any]) -> tuple[int, int, int, int]:
    """First and last row and column: of the range `"A1:C5"`, or of all cells."""
    if range_ is not NULL:
        found = re.match(r"(?:.*!)?([A-Z]+)(\d+):([A-Z]+)(\d+)$", one_string(range_, "range"))
        if found is None:
            raise UserError('the range must be written as "A1:C5"', code=Code.VALUE)
        left, top, right, bottom = found.groups()
        return int(top) - 1, int(bottom) - 1, _column_number(left, 0), _column_number(right, 0)
    if not cells:
        return 0, -1, 0, -1
    return (
        min(i for i, _ in cells),
        max(i for i, _ in cells),
        min(j for _, j in cells),
        max(j for _, j in cells),
    )


@library.function("excel_sheets(path)")
def excel_sheets(path):
    return character(list(_Book(one_string(path, "path")).sheets))


@library.function(
    "read_excel(path, sheet = NULL, range = NULL, col_names = TRUE, col_types = NULL, na = '',"
    " trim_ws = TRUE, skip = 0, n_max = Inf, guess_max = min(1000, n_max), progress = FALSE,"
    " .name_repair = 'unique')",
    "read_xlsx",
    "read_xls",
)
def read_excel(path, sheet, range_, col_names, col_types, na, trim, skip, n_max, guess, progress, repair):
    book = _Book(one_string(path, "path"))
    cells = book.rows(_sheet_name(book, sheet))
    cells = _known(cells, one_flag(trim, "trim_ws"), set(strings(na, "na")), one_int(skip, "skip"))
    top, bottom, left, right = _box(range_, cells)
    titles = [cells.get((top, j)) for j in range(left, right + 1)]
    titled = col_names.type != "character" and one_flag(col_names, "col_names")
    if col_names.type == "character":
        names = [str(n) for n in strings(col_names, "col_names")]
    else:
        names = ["" if v is None or not titled else _text(v) for v in titles]
    first = top + titled
    rows = range(first, first + max(int(min(bottom - first + 1, n_max.data[0])), 0))
    columns: dict[str, RVector] = {}
    for name, j, kind in zip(
        _repaired(names), range(left, right + 1), _kinds(col_types, len(names)), strict=True
    ):
        if kind != "skip":
            columns[name] = _column([cells.get((i, j)) for i in rows], kind)
    return tibble_of(list(columns.values()), list(columns), len(rows))


def _known(
    cells: dict[tuple[int, int], Any], trim: bool, blanks: set[str | None], skip: int
) -> dict[tuple[int, int], Any]:
    """The cells below the skipped rows, without those that stand for NA."""
    if trim:
        cells = {at: v.strip() if isinstance(v, str) else v for at, v in cells.items()}
    return {at: v for at, v in cells.items() if at[0] >= skip and not (isinstance(v, str) and v in blanks)}


def _kinds(col_types: Any, count: int) -> list[str | None]:
    """What each column is read as; None where that is guessed."""
    if col_types is NULL:
        return [None] * count
    given = [None if kind == "guess" else kind for kind in strings(col_types, "col_types")]
    return given * count if len(given) == 1 else given


def _repaired(names: list[str]) -> list[str]:
    """Empty and repeated names get their place behind them, as vctrs does."""
    return [f"{n}...{k + 1}" if not n or names.count(n) > 1 else n for k, n in enumerate(names)]
