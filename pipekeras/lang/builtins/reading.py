"""Tables as text: read.table, read.csv, write.table, write.csv, type.convert, scan."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...errors import Code, UserError
from ..frames import is_frame, make_frame, row_labels, shown_names
from ..generics import as_text, invoke, is_object
from ..registry import builtin
from ..session import session
from ..text.format import element_strings, number_strings
from ..values import NULL, RVector, character, double, integer, logical, rlist
from ..vectors.coerce import has_class, one_flag, one_int, one_string, parse_number, strings
from .factors import as_factor
from .files import text_of
from .frames import matrix_frame
from .output import output_to
from .valid_names import unique_names, valid_name

# --- fields ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Syntax:
    """How fields are parted: sep "" means any blanks."""

    sep: str
    quote: str
    comment: str
    strip: bool


def split_fields(lines: Sequence[str], syntax: Syntax, skip_blank: bool) -> list[list[tuple[str, bool]]]:
    """The fields of each record, with whether they were quoted; quoted fields may span lines."""
    if len(syntax.sep) == 1 and syntax.quote in ("", '"') and not syntax.comment and not syntax.strip:
        return _split_plainly(lines, syntax)
    records = []
    pending = ""
    for line in lines:
        text = pending + line
        fields = _fields(text, syntax)
        if fields is None:
            pending = text + "\n"
            continue
        pending = ""
        if fields or (not skip_blank):
            records.append(fields)
    if pending:
        raise UserError("EOF within quoted string", code=Code.DATA, cure="check the quotes in the file")
    return records


def _split_plainly(lines: Sequence[str], syntax: Syntax) -> list[list[tuple[str, bool]]]:
    """Python's csv does the common case; an empty field counts as not quoted."""
    quoting = csv.QUOTE_MINIMAL if syntax.quote else csv.QUOTE_NONE
    rows = csv.reader(
        (line + "\n" for line in lines),
        delimiter=syntax.sep,
        quotechar='"',
        quoting=quoting,
        doublequote=True,
    )
    return [[(field, False) for field in row] for row in rows if row and (len(row) > 1 or row[0].strip())]


def _fields(text: str, syntax: Syntax) -> list[tuple[str, bool]] | None:
    """The fields of a line, or None if a quote is still open."""
    if not syntax.quote and not syntax.comment and syntax.sep:
        return [(field, False) for field in text.split(syntax.sep)] if text.strip() else []
    return _Scanner(text, syntax).run()


class _Scanner:
    """Walks over one line."""

    def __init__(self, text: str, syntax: Syntax) -> None:
        self.text = text
        self.syntax = syntax
        self.at = 0
        self.fields: list[tuple[str, bool]] = []

    def run(self) -> list[tuple[str, bool]] | None:
        bare = self.text.strip()
        if not bare or (self.syntax.comment and bare.startswith(self.syntax.comment)):
            return []
        while self.at <= len(self.text):
            if self.syntax.sep == "":
                while self.at < len(self.text) and self.text[self.at] in " \t":
                    self.at += 1
                if self.at >= len(self.text):
                    break
            field = self.field()
            if field is None:
                return None
            if field[0] or field[1] or self.syntax.sep or not self.ended():
                self.fields.append(field)
            if self.ended():
                break
            self.at += 1
        return self.fields

    def ended(self) -> bool:
        return self.at >= len(self.text) or (
            bool(self.syntax.comment) and self.text[self.at] == self.syntax.comment
        )

    def field(self) -> tuple[str, bool] | None:
        parts: list[str] = []
        quoted = False
        while not self.ended():
            ch = self.text[self.at]
            if ch == self.syntax.sep or (self.syntax.sep == "" and ch in " \t"):
                break
            if ch in self.syntax.quote and (not "".join(parts).strip() or self.syntax.sep == ""):
                piece = self.quoted(ch)
                if piece is None:
                    return None
                parts, quoted = [*(parts if self.syntax.sep == "" else []), piece], True
            else:
                parts.append(ch)
                self.at += 1
        text = "".join(parts)
        if self.syntax.strip and not quoted:
            text = text.strip(" \t")
        return text, quoted

    def quoted(self, mark: str) -> str | None:
        self.at += 1
        out: list[str] = []
        while self.at < len(self.text):
            ch = self.text[self.at]
            if ch == "\\" and not self.syntax.sep and self.text.startswith(mark, self.at + 1):
                out.append(mark)
                self.at += 2
                continue
            if ch == mark:
                if self.text.startswith(mark * 2, self.at) and self.syntax.sep:
                    out.append(mark)
                    self.at += 2
                    continue
                self.at += 1
                return "".join(out)
            out.append(ch)
            self.at += 1
        return None


# --- types -------------------------------------------------------------------------------------------------

_TRUTH = {"T": 1, "TRUE": 1, "true": 1, "True": 1, "F": 0, "FALSE": 0, "false": 0, "False": 0}


def converted(texts: Sequence[str | None], as_is: bool, dec: str = ".") -> RVector:
    """Text as the narrowest of logical, integer, double, complex and character that holds it all."""
    known = [text for text in texts if text is not None]
    quick = _quickly(texts, known) if dec == "." else None
    if quick is not None:
        return quick
    if all(text.strip() in _TRUTH for text in known):
        return logical([None if t is None else bool(_TRUTH[t.strip()]) for t in texts])
    points = known if dec == "." else [text.replace(dec, ".") for text in known]
    numbers = [parse_number(text) for text in points]
    if all(number is not None for number in numbers):
        if all(re.fullmatch(r"\s*[+-]?\d+\s*", text) and abs(int(text)) <= 2147483647 for text in points):
            rest = iter(int(text) for text in points)
            return integer([None if t is None else next(rest) for t in texts])
        values = iter(numbers)
        return double([None if t is None else next(values) for t in texts])
    made = character(list(texts))
    return made if as_is else as_factor(made)


_PLAIN = set("0123456789+-.eE")


def _quickly(texts: Sequence[str | None], known: list[str]) -> RVector | None:
    """Columns of plain decimal numbers; anything else is left to the careful way."""
    if not known or not set().union(*known) <= _PLAIN:
        return None
    try:
        if not any("." in text or "e" in text or "E" in text for text in known):
            whole = [int(text) for text in known]
            if max(map(abs, whole)) <= 2147483647:
                rest = iter(whole)
                return integer([None if t is None else next(rest) for t in texts])
        values = iter([float(text) for text in known])
    except ValueError:
        return None
    return double([None if t is None else next(values) for t in texts])


@builtin("type.convert(x, na.strings = 'NA', as.is = FALSE, dec = '.', numerals = 'allow.loss', ...)")
def type_convert(x, na_strings, as_is, dec, numerals, dots):
    plain = one_flag(as_is, "as.is")
    missing = set(strings(na_strings, "na.strings"))
    if x.type == "list":
        items = [type_convert(item, na_strings, as_is, dec, numerals, []) for item in x.data]
        return RVector("list", rlist(items).data, x.attributes)
    texts = [None if t is None or t.strip() in missing else t for t in as_text(x).data]
    return converted(texts, plain, one_string(dec, "dec"))


_CLASSES = {"numeric": "as.numeric", "double": "as.numeric", "integer": "as.integer", "logical": "as.logical"}


def _of_class(texts: list[str | None], wanted: str) -> Any:
    if wanted == "character":
        return character(texts)
    if wanted == "factor":
        return as_factor(character(texts))
    if wanted in _CLASSES:
        return invoke(_CLASSES[wanted], character(texts))
    if wanted == "Date":
        return invoke("as.Date", character(texts))
    raise UserError(f"no method for coercing to class '{wanted}'", code=Code.TYPE)


# --- read.table --------------------------------------------------------------------------------------------


@builtin(
    "count.fields(file, sep = '', quote = '\"\\'', skip = 0, blank.lines.skip = TRUE, comment.char = '#')"
)
def count_fields(file, sep, quote, skip, blank_lines_skip, comment_char):
    lines = _lines(file, None)[_number(skip, 0) :]
    syntax = Syntax(_text(sep, ""), _text(quote, "\"'"), _text(comment_char, "#"), False)
    records = split_fields(lines, syntax, _flag(blank_lines_skip, True))
    return integer([len(record) for record in records])


@builtin(
    "read.table(file, header = FALSE, sep = '', quote = '\"\\'', dec = '.', "
    " numerals = c('allow.loss', 'warn.loss', 'no.loss'), row.names, col.names,"
    " as.is = !stringsAsFactors, na.strings = 'NA', colClasses = NA,"
    " nrows = -1, skip = 0, check.names = TRUE, fill = !blank.lines.skip, strip.white = FALSE,"
    " blank.lines.skip = TRUE, comment.char = '#',"
    " allowEscapes = FALSE, flush = FALSE,"
    " stringsAsFactors = FALSE, fileEncoding = '', encoding = 'unknown', text, skipNul = FALSE)"
)
def read_table(
    file=None, header=None, sep=None, quote=None, dec=None, numerals=None, row_names=None, col_names=None,
    as_is=None, na_strings=None, col_classes=None, nrows=None, skip=None, check_names=None, fill=None,
    strip_white=None, blank_lines_skip=None, comment_char=None, allow_escapes=None, flush=None,
    strings_as_factors=None, file_encoding=None, encoding=None, text=None, skip_nul=None,
):  # fmt: skip
    lines = _lines(file, text)[_number(skip, 0) :]
    separator = _text(sep, "")
    syntax = Syntax(
        separator, _text(quote, "\"'"), _text(comment_char, "#"), _flag(strip_white, not separator)
    )
    records = split_fields(lines, syntax, _flag(blank_lines_skip, True))
    with_header = _flag(header, False)
    if header is None and len(records) > 1 and len(records[0]) == len(records[1]) - 1:
        with_header = True
    if not records:
        raise UserError("no lines available in input", code=Code.DATA, cause="the file is empty")
    names = [field for field, _ in records.pop(0)] if with_header else None
    limit = _number(nrows, -1)
    records = records[:limit] if limit >= 0 else records
    width = max([len(names or ()), *(len(record) for record in records)]) if with_header or records else 0
    _refuse_ragged(records, names, width, _flag(fill, not _flag(blank_lines_skip, True)), with_header)
    options = _Columns(
        set(strings(na_strings, "na.strings")) if na_strings is not None else {"NA"},
        not _flag(strings_as_factors, False) if as_is is None else one_flag(as_is, "as.is"),
        _text(dec, "."),
        None if col_classes is None else col_classes,
    )
    return _frame(records, names, width, options, row_names, col_names, _flag(check_names, True))


def _lines(file: Any, text: Any) -> list[str]:
    if text is not None:
        return [
            line for part in strings(text, "text") for line in (part or "").removesuffix("\n").split("\n")
        ]
    if file is None:
        raise UserError('argument "file" is missing, with no default', code=Code.ARGUMENT)
    return text_of(file)[0]


def _text(value: Any, fallback: str) -> str:
    return fallback if value is None else one_string(value, "argument")


def _flag(value: Any, fallback: bool) -> bool:
    return fallback if value is None else one_flag(value, "argument")


def _number(value: Any, fallback: int) -> int:
    return fallback if value is None else one_int(value, "argument")


def _refuse_ragged(records: Any, names: Any, width: int, fill: bool, header: bool) -> None:
    expected = max((len(record) for record in records[:5]), default=width)
    if names is not None and len(names) > expected:
        expected = len(names)
    for i, record in enumerate(records):
        if len(record) < expected and not fill:
            raise UserError(
                f"line {i + 1 + header} did not have {expected} elements",
                code=Code.DATA,
                cause=f"it has {len(record)}",
                cure="fill = TRUE fills short lines with NA",
            )
        if len(record) > expected and not fill:
            raise UserError("more columns than column names", code=Code.DATA)


@dataclass(frozen=True, slots=True)
class _Columns:
    """How columns get their types."""

    na: set[str | None]
    as_is: bool
    dec: str
    classes: Any

    def make(self, fields: list[tuple[str, bool]], name: str, j: int, count: int) -> Any:
        wanted = self.wanted(name, j)
        if wanted == "NULL":
            return NULL
        texts: list[str | None] = [None if field in self.na else field for field, _ in fields]
        if wanted is not None:
            return _of_class(texts, wanted)
        blank = [
            t is None or (t.strip() == "" and not quoted)
            for t, (_, quoted) in zip(texts, fields, strict=True)
        ]
        if not all(blank) or not texts:
            numeric = converted([None if b else t for t, b in zip(texts, blank, strict=True)], True, self.dec)
            if numeric.type != "character":
                return numeric
        elif all(t is None for t in texts) or all(blank):
            return logical([None] * len(texts))
        return converted(texts, self.as_is, self.dec)

    def wanted(self, name: str, j: int) -> str | None:
        if self.classes is None or (self.classes.type == "logical"):
            return None
        names = self.classes.names
        if names is not None and any(names):
            return self.classes.data[names.index(name)] if name in names else None
        return self.classes.data[j % len(self.classes)]


def _frame(
    records: list[Any], names: list[str] | None, width: int, options: _Columns, row_names: Any,
    col_names: Any,
    check: bool,
) -> RVector:  # fmt: skip
    has_row_labels = names is not None and len(names) == width - 1
    given = strings(col_names, "col.names") if col_names is not None else None
    heads = list(given or names or [f"V{j + 1}" for j in range(width)])
    if has_row_labels and given is None:
        heads = ["row.names", *heads]
    if check:
        heads = unique_names([valid_name(name) for name in heads])
    columns, kept = [], []
    for j in range(width):
        fields = [
            record[j] if j < len(record) else ("NA" if "NA" in options.na else "", False)
            for record in records
        ]
        column = options.make(fields, heads[j] or "", j, len(records))
        if column is not NULL:
            columns.append(column)
            kept.append(heads[j])
    labels = None
    if has_row_labels and row_names is None:
        labels, columns, kept = as_text(columns[0]), columns[1:], kept[1:]
    elif row_names is not None and row_names is not NULL:
        labels, columns, kept = _labels(row_names, columns, kept)
    made = make_frame(columns, kept, labels)
    return made


def _labels(row_names: RVector, columns: list[Any], kept: list[Any]) -> tuple[RVector, list[Any], list[Any]]:
    if len(row_names) != 1:
        return as_text(row_names), columns, kept
    at = kept.index(row_names.data[0]) if row_names.type == "character" else int(row_names.data[0]) - 1
    return (
        character(list(as_text(columns[at]).data)),
        columns[:at] + columns[at + 1 :],
        kept[:at] + kept[at + 1 :],
    )


def _reader(name: str, usage: str, fixed: dict[str, Any]) -> None:
    @builtin(f"{name}{usage}")
    def read(file=None, header=None, sep=None, quote=None, dec=None, fill=None, comment_char=None, dots=()):
        given: dict[str, Any] = {"header": logical(True), **fixed}
        direct = {
            "header": header,
            "sep": sep,
            "quote": quote,
            "dec": dec,
            "fill": fill,
            "comment_char": comment_char,
        }
        given |= {key: value for key, value in direct.items() if value is not None}
        given |= {_PYTHON.get(key or "", key or "").replace(".", "_"): value for key, value in dots}
        return read_table(file, **given)


_PYTHON = {
    "colClasses": "col_classes",
    "stringsAsFactors": "strings_as_factors",
    "fileEncoding": "file_encoding",
}
_ARGUMENTS = (
    "(file, header = TRUE, sep = {sep}, quote = '\"', dec = '{dec}', fill = TRUE, comment.char = '', ...)"
)
_COMMA = {
    "sep": character(","),
    "quote": character('"'),
    "fill": logical(True),
    "comment_char": character(""),
}
_reader("read.csv", _ARGUMENTS.format(sep="','", dec="."), _COMMA)
_reader(
    "read.csv2",
    _ARGUMENTS.format(sep="';'", dec=","),
    {**_COMMA, "sep": character(";"), "dec": character(",")},
)
_reader("read.delim", _ARGUMENTS.format(sep="'\\t'", dec="."), {**_COMMA, "sep": character("\t")})


# --- write.table -------------------------------------------------------------------------------------------


@builtin(
    "write.table(x, file = '', append = FALSE, quote = TRUE, sep = ' ', eol = '\\n', na = 'NA', dec = '.',"
    " row.names = TRUE, col.names = TRUE, qmethod = c('escape', 'double'), fileEncoding = '')",
    invisible=True,
)
def write_table(x, file, append, quote, sep, eol, na, dec, row_names, col_names, qmethod, file_encoding):
    frame = x if is_frame(x) else _as_frame(x)
    separator, end, missing = one_string(sep, "sep"), one_string(eol, "eol"), one_string(na, "na")
    double_quotes = strings(qmethod, "qmethod")[0] == "double"
    quoting = one_flag(quote, "quote") if quote.type == "logical" else True
    chosen = None if quote.type == "logical" else {int(j) - 1 for j in quote.data}

    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""' if double_quotes else '\\"') + '"' if quoting else text

    point = one_string(dec, "dec")
    cells = [
        _column_texts(column, missing, quoted if chosen is None or j in chosen else str, point)
        for j, column in enumerate(frame.data)
    ]
    labels = _row_texts(frame, row_names, quoted)
    write, close = output_to(file, one_flag(append, "append"))
    head = _head(frame, x, col_names, labels is not None, quoted)
    rows = zip(*([labels] if labels is not None else []), *cells, strict=True)
    try:
        if head is not None:
            write(separator.join(head) + end)
        write("".join(separator.join(row) + end for row in rows))
    finally:
        close()
    return NULL


def _as_frame(x: RVector) -> RVector:
    if x.dim is not None and len(x.dim) == 2:
        return matrix_frame(x)
    return make_frame([x.with_attribute("names", None)], ["x"], character(x.names) if x.names else None)


def _column_texts(column: RVector, missing: str, quoted: Any, dec: str) -> list[str]:
    gone = column.is_na()
    if column.type == "double" and not is_object(column):
        shown: Sequence[Any] = number_strings(column.data, 15, mark=".")
        shown = shown if dec == "." else [text.replace(".", dec) for text in shown]
    else:
        shown = list(as_text(column).data)
    as_label = column.type == "character" or has_class(column, "factor")
    return [
        missing if absent else quoted(text) if as_label else text
        for text, absent in zip(shown, gone, strict=True)
    ]


def _row_texts(frame: RVector, row_names: Any, quoted: Any) -> list[str] | None:
    if row_names.type == "logical":
        return [quoted(label) for label in row_labels(frame)] if one_flag(row_names, "row.names") else None
    return [quoted(label or "NA") for label in strings(row_names, "row.names")]


def _head(frame: RVector, x: Any, col_names: Any, with_rows: bool, quoted: Any) -> list[str] | None:
    if col_names.type == "character":
        return [quoted(name or "NA") for name in col_names.data]
    flag = col_names.data[0]
    if flag == 0:
        return None
    names = [quoted(name) for name in shown_names(frame)]
    return [quoted(""), *names] if col_names.is_na()[0] and with_rows else names


def _csv_writer(name: str, sep: str, dec: str) -> None:
    @builtin(f"{name}(...)", invisible=True)
    def write(dots):
        given = [(key, value) for key, value in dots if key not in ("sep", "dec", "qmethod", "col.names")]
        rows = dict(dots).get("row.names", logical(True))
        no_rows = isinstance(rows, RVector) and rows.type == "logical" and not rows.data[0]
        named = {key.replace(".", "_"): value for key, value in given if key}
        heads = {"col_names": logical(True) if no_rows else logical([None])}
        options = {
            "sep": character(sep),
            "dec": character(dec),
            "qmethod": character("double"),
            **heads,
            **named,
        }
        return invoke("write.table", *[value for key, value in given if not key], **options)


_csv_writer("write.csv", ",", ".")
_csv_writer("write.csv2", ";", ",")


@builtin(
    "write(x, file = 'data', ncolumns = if (is.character(x)) 1 else 5, append = FALSE, sep = ' ')",
    invisible=True,
)
def write_(x, file, ncolumns, append, sep):
    texts, width = element_strings(x), one_int(ncolumns, "ncolumns")
    between = one_string(sep, "sep")
    put, close = output_to(file, one_flag(append, "append"))
    put("".join(between.join(texts[i : i + width]) + "\n" for i in range(0, len(texts), width)))
    close()
    return NULL


@builtin(
    "scan(file = '', what = double(), nmax = -1L, n = -1L, sep = '', quote, dec = '.', skip = 0L,"
    " nlines = 0L, na.strings = 'NA', quiet = FALSE, text, ...)"
)
def scan(
    file=None, what=None, nmax=None, n=None, sep=None, quote=None, dec=None, skip=None, nlines=None,
    na_strings=None, quiet=None, text=None, dots=(),
):  # fmt: skip
    lines = _lines(file, text)[_number(skip, 0) :]
    separator = _text(sep, "")
    records = split_fields(lines, Syntax(separator, _text(quote, "\"'"), "", True), True)
    fields = [field for record in records for field, _ in record]
    limit = _number(n, -1)
    fields = fields[:limit] if limit >= 0 else fields
    missing = set(strings(na_strings, "na.strings")) if na_strings is not None else {"NA"}
    texts: list[str | None] = [None if field in missing else field for field in fields]
    kind = "double" if what is None else what.type
    if not _flag(quiet, False):
        session.write_error(f"Read {len(texts)} item{'' if len(texts) == 1 else 's'}\n")
    if kind == "character":
        return character(texts)
    for field in texts:
        if field is not None and kind in ("double", "integer") and parse_number(field) is None:
            raise UserError(f"scan() expected 'a real', got '{field}'", code=Code.DATA, cure='use what = ""')
    return invoke(
        {"integer": "as.integer", "logical": "as.logical"}.get(kind, "as.numeric"), character(texts)
    )
