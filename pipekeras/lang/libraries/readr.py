"""readr: delimited files read into tibbles with guessed or given column types, and written."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..frames import column_names, row_count
from ..generics import class_names, invoke
from ..io.connections import connection_of, is_connection, read_text
from ..io.downloads import is_url
from ..lookup import force
from ..session import session
from ..text.format import number_strings
from ..text.structure import WRITERS
from ..values import NULL, Promise, RVector, character, double, integer, logical, rlist
from ..vectors.coerce import has_class, one_flag, one_int, one_number, one_string, strings
from .binding import tibble_of
from .library import Library, method
from .quosures import quosures
from .tidyselect import select

library = Library("readr")

Texts = list[str | None]

_LOGICAL = {
    "T": True,
    "F": False,
    "TRUE": True,
    "FALSE": False,
    "true": True,
    "false": False,
    "t": True,
    "f": False,
}
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z|[+-]?(Inf|inf|NaN|nan)\Z")
_COMMA = re.compile(r"[+-]?\d*,\d+\Z")
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})\Z")
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d(?:\.\d+)?))?\s*(Z|[+-]\d\d:?\d\d)?\Z")


# --- types -------------------------------------------------------------------------------------------------


def _to_logical(texts: Texts) -> RVector:
    return logical([None if t is None else _LOGICAL.get(t) for t in texts])


def _to_double(texts: Texts) -> RVector:
    return double([None if t is None or not _NUMBER.match(t) else float(t) for t in texts])


def _to_integer(texts: Texts) -> RVector:
    return integer([int(t) if t is not None and re.fullmatch(r"[+-]?\d+", t) else None for t in texts])


def _to_number(texts: Texts) -> RVector:
    """The first number in each text, thousands marks left out."""
    out: list[float | None] = []
    for text in texts:
        found = re.search(r"-?[\d,]*\.?\d+(?:[eE][+-]?\d+)?", text or "")
        out.append(float(found.group().replace(",", "")) if found else None)
    return double(out)


def _days(text: str) -> int | None:
    found = _DATE.match(text)
    if found is None:
        return None
    try:
        return datetime.date(*(int(g) for g in found.groups())).toordinal() - 719163
    except ValueError:
        return None


def _to_date(texts: Texts, pattern: str = "") -> RVector:
    if pattern and pattern not in ("%Y-%m-%d", "%AD"):
        return invoke("as.Date", character(texts), format=character(pattern))
    days = [None if t is None else _days(t) for t in texts]
    return double(days, {"class": character("Date")})


def _seconds(text: str) -> float | None:
    day = _days(text)
    if day is not None:
        return day * 86400.0
    found = _TIME.match(text)
    if found is None:
        return None
    year, month, of_month, hour, minute, second, zone = found.groups()
    moment = datetime.datetime(int(year), int(month), int(of_month), int(hour), int(minute))
    out = (moment - datetime.datetime(1970, 1, 1)).total_seconds() + float(second or 0)
    if zone and zone != "Z":
        sign = -1 if zone[0] == "-" else 1
        out -= sign * (int(zone[1:3]) * 3600 + int(zone[-2:]) * 60)
    return out


def _to_time(texts: Texts, pattern: str = "") -> RVector:
    if pattern:
        return invoke("as.POSIXct", character(texts), format=character(pattern), tz=character("UTC"))
    seconds = [None if t is None else _seconds(t) for t in texts]
    return double(seconds, {"class": character(["POSIXct", "POSIXt"]), "tzone": character("UTC")})


def _to_factor(texts: Texts, levels: Any = NULL) -> RVector:
    found = character([t for t in dict.fromkeys(texts) if t is not None]) if levels is NULL else levels
    return invoke("factor", character(texts), levels=found)


@dataclass(slots=True)
class Collector:
    """A column type: `col_double()`, `col_factor(levels)`, ..."""

    kind: str
    options: dict[str, Any] = field(default_factory=dict)

    def convert(self, texts: Texts) -> RVector:
        if self.kind in ("date", "datetime"):
            pattern = self.options.get("format", NULL)
            text = "" if pattern is NULL else pattern.data[0]
            return _to_date(texts, text) if self.kind == "date" else _to_time(texts, text)
        if self.kind == "factor":
            return _to_factor(texts, self.options.get("levels", NULL))
        if self.kind == "guess":
            return Collector(guessed(texts)).convert(texts)
        return _CONVERTERS[self.kind](texts)

    def text(self) -> str:
        inside = 'format = ""' if self.kind in ("date", "datetime") else ""
        return f"col_{self.kind}({inside})"


_CONVERTERS: dict[str, Callable[[Texts], RVector]] = {
    "logical": _to_logical,
    "integer": _to_integer,
    "double": _to_double,
    "number": _to_number,
    "character": lambda texts: character(texts),
}

_LETTERS = {
    "c": "character",
    "i": "integer",
    "n": "number",
    "d": "double",
    "l": "logical",
    "f": "factor",
    "D": "date",
    "T": "datetime",
    "?": "guess",
    "-": "skip",
    "_": "skip",
}


def guessed(texts: Texts) -> str:
    """The type that all texts of a column have."""
    known = [t for t in texts if t is not None]
    if not known or all(t in _LOGICAL for t in known):
        return "logical"
    if all(_NUMBER.match(t) for t in known):
        return "double"
    if all(_days(t) is not None for t in known):
        return "date"
    return "datetime" if all(_seconds(t) is not None for t in known) else "character"


def _collector_value(kind: str, options: dict[str, Any]) -> RVector:
    made = rlist(options.values(), options.keys(), {"class": character([f"collector_{kind}", "collector"])})
    return made


def _collector_of(value: RVector) -> Collector:
    if value.type == "character" and not class_names(value):
        return Collector(_LETTERS.get(value.data[0]) or value.data[0])
    kind = class_names(value)[0].removeprefix("collector_")
    return Collector(kind, {n or "": v for n, v in zip(value.names or [], value.data, strict=False)})


for _kind in ("logical", "integer", "double", "number", "character", "guess", "skip"):

    @library.function(f"col_{_kind}()")
    def col_simple(_kind=_kind):
        return _collector_value(_kind, {})


@library.function("col_date(format = '')")
def col_date(format_):
    return _collector_value("date", {"format": format_})


@library.function("col_datetime(format = '')")
def col_datetime(format_):
    return _collector_value("datetime", {"format": format_})


@library.function("col_factor(levels = NULL, ordered = FALSE, include_na = FALSE)")
def col_factor(levels, ordered, include_na):
    return _collector_value("factor", {"levels": levels})


@library.function("cols(..., .default = NULL)")
def cols(dots, default):
    names = [n for n, _ in dots]
    attributes: dict[str, Any] = {"class": character("col_spec"), "only": logical(False), "default": default}
    return rlist([v for _, v in dots], names if any(names) else None, attributes)


@library.function("cols_only(...)")
def cols_only(dots):
    return rlist(
        [v for _, v in dots],
        [n for n, _ in dots],
        {"class": character("col_spec"), "only": logical(True), "default": NULL},
    )


def _collectors(wanted: Any, names: Sequence[str]) -> list[Collector]:
    if wanted is NULL:
        return [Collector("guess") for _ in names]
    if wanted.type == "character":
        letters = one_string(wanted, "col_types")
        return [Collector(_LETTERS[c]) for c in letters] + [Collector("guess")] * (len(names) - len(letters))
    given = dict(zip(wanted.names or [], wanted.data, strict=False))
    if wanted.names is None and len(wanted):
        return [_collector_of(v) for v in wanted.data]
    rest = _default_of(wanted) or Collector("guess")
    only = wanted.attribute("only")
    if only is not None and only.data[0] == 1:
        rest = Collector("skip")
    return [_collector_of(given[n]) if n in given else rest for n in names]


def _default_of(wanted: Any) -> Collector | None:
    """What cols(.default = ) says."""
    default = wanted.attribute("default") if isinstance(wanted, RVector) else None
    return None if default is None or default is NULL else _collector_of(default)


# --- reading -----------------------------------------------------------------------------------------------


def source_text(file: Any) -> str:
    """The text of a path, a connection, or literal data (with a line break, or marked by I())."""
    if is_connection(file):
        connection = connection_of(file)
        return "\n".join(invoke("readLines", file).data) + "\n" if connection else ""
    text = strings(file, "file")
    if has_class(file, "AsIs") or len(text) > 1 or "\n" in (text[0] or ""):
        return "\n".join(t or "" for t in text)
    try:
        return read_text(text[0] or "")
    except UserError as error:
        if error.code is Code.FILE and not is_url(text[0] or ""):
            error.message = f"'{text[0]}' does not exist in current working directory."
        raise


_READ = [
    "file",
    "delim",
    "quote",
    "escape_backslash",
    "escape_double",
    "col_names",
    "col_types",
    "col_select",
    "id",
    "locale",
    "na",
    "quoted_na",
    "comment",
    "trim_ws",
    "skip",
    "n_max",
    "guess_max",
    "name_repair",
    "num_threads",
    "progress",
    "show_col_types",
    "skip_empty_rows",
    "lazy",
]


def _reader(name: str, delimiter: str | None, decimal: str = ".") -> None:
    formals = [
        n for n in _READ if delimiter is None or n not in ("delim", "escape_backslash", "escape_double")
    ]

    @library.special(name)
    def read(call: Call, env: Environment) -> Any:
        from ...signature import Param, Signature

        session.visible = True
        matched = Signature([Param(n) for n in formals]).match(promise_arguments(call, env))
        chooser = matched.values.pop("col_select", None)
        given = {n: force(v) if isinstance(v, Promise) else v for n, v in matched.values.items()}
        sep = (
            delimiter
            if delimiter is not None
            else one_string(given["delim"], "delim")
            if "delim" in given
            else None
        )
        out = read_table({**given, "decimal": decimal}, sep)
        if chooser is None:
            return out
        names = [n or "" for n in column_names(out)]
        picks = select(quosures([(None, chooser)], env), names, list(out.data))
        return tibble_of([out.data[i] for i, _ in picks], [n for _, n in picks], row_count(out))


def _records(text: str, delimiter: str, given: dict[str, Any]) -> list[list[str]]:
    skip = one_int(given["skip"], "skip") if "skip" in given else 0
    lines = text.splitlines(keepends=True)[skip:]
    comment = one_string(given["comment"], "comment") if "comment" in given else ""
    if comment:
        lines = [line.partition(comment)[0].rstrip() + "\n" for line in lines if not line.startswith(comment)]
    quote = one_string(given["quote"], "quote") if "quote" in given else '"'
    reader = csv.reader(
        io.StringIO("".join(lines)),
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        strict=False,
    )
    return [row for row in reader if row]


def _guess_delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",\t;| ", key=first.count)


def _names(records: list[list[str]], given: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    wanted = given.get("col_names", logical(True))
    width = max((len(r) for r in records), default=0)
    if wanted.type == "character":
        return [t or "" for t in wanted.data], records
    if not one_flag(wanted, "col_names"):
        return [f"X{i + 1}" for i in range(width)], records
    if not records:
        return [], []
    head = [n.strip() for n in records[0]]
    names = [n or f"...{i + 1}" for i, n in enumerate(head)]
    twice = {n for n in names if names.count(n) > 1}
    return [f"{n}...{i + 1}" if n in twice else n for i, n in enumerate(names)], records[1:]


def read_table(given: dict[str, Any], delimiter: str | None) -> RVector:
    text = source_text(given["file"])
    records = _records(text, delimiter or _guess_delimiter(text), given)
    return _table(records, given)


def _table(records: list[list[str]], given: dict[str, Any]) -> RVector:
    names, rows = _names(records, given)
    if "n_max" in given and math.isfinite(one_number(given["n_max"], "n_max")):
        rows = rows[: one_int(given["n_max"], "n_max")]
    missing = set(strings(given["na"], "na")) if "na" in given else {"", "NA"}
    trim = "trim_ws" not in given or one_flag(given["trim_ws"], "trim_ws")
    collectors = _collectors(given.get("col_types", NULL), names)
    columns, kept, spec = [], [], []
    for j, (name, collector) in enumerate(zip(names, collectors, strict=False)):
        if collector.kind == "skip":
            continue
        texts: Texts = []
        for row in rows:
            cell = row[j] if j < len(row) else ""
            cell = cell.strip() if trim else cell
            texts.append(None if cell in missing else cell)
        if given.get("decimal") == ",":
            texts = [t if t is None or not _COMMA.match(t) else t.replace(",", ".") for t in texts]
        if collector.kind == "guess":
            collector = Collector(guessed(texts))
        columns.append(collector.convert(texts))
        kept.append(name)
        spec.append((name, collector.text()))
    out = tibble_of(columns, kept, len(rows))
    out.attributes = dict(out.attributes or {})
    out.attributes["class"] = character(["spec_tbl_df", "tbl_df", "tbl", "data.frame"])
    attributes: dict[str, Any] = {"class": character("col_spec")}
    default = _default_of(given.get("col_types", NULL))
    if default is not None:
        attributes["default"] = character(default.text())
    out.attributes["spec"] = rlist([character(t) for _, t in spec], kept, attributes)
    return out


_reader("read_csv", ",")
_reader("read_csv2", ";", decimal=",")
_reader("read_tsv", "\t")
_reader("read_delim", None)


@library.function(
    "read_table(file, col_names = TRUE, col_types = NULL, na = 'NA', skip = 0, n_max = Inf, ...)",
    "read_table2",
)
def read_blank_separated(file, col_names, col_types, na, skip, n_max, dots):
    given = {"col_names": col_names, "col_types": col_types, "na": na, "n_max": n_max}
    lines = source_text(file).splitlines()[one_int(skip, "skip") :]
    return _table([line.split() for line in lines if line.strip()], given)


@library.function("spec(x)")
def spec(x):
    return x.attribute("spec")


@method("print.col_spec(x, ...)", "print", "col_spec", invisible=True)
def print_spec(x, dots):
    session.write("\n".join(_spec_lines(x)) + "\n")
    return x


def _spec_lines(x: RVector) -> list[str]:
    default = x.attribute("default")
    fields = [] if default is None else [f"  .default = {default.data[0]}"]
    fields += [f"  {n} = {v.data[0]}" for n, v in zip(x.names or [], x.data, strict=True)]
    return ["cols(", *(f"{field}," for field in fields[:-1]), *fields[-1:], ")"]


def _write_structure(x: RVector, indent: str) -> None:
    """How str() shows a specification; readr keeps a pointer to the problems beside it."""
    lines = [f"{indent} {line}" for line in _spec_lines(x)]
    session.write("\n" + "\n".join(lines) + '\n - attr(*, "problems")=<externalptr> \n')


WRITERS["col_spec"] = _write_structure


@method("as.data.frame.spec_tbl_df(x, ...)", "as.data.frame", "spec_tbl_df")
def as_data_frame_spec(x, dots):
    from .tibble import as_data_frame

    return as_data_frame(x, NULL, NULL, [])


@library.function("problems(x = NULL)")
def problems(x):
    columns = [integer([]), integer([]), character([]), character([]), character([])]
    return tibble_of(columns, ["row", "col", "expected", "actual", "file"], 0)


# --- lines and files ---------------------------------------------------------------------------------------


@library.function("read_lines(file, skip = 0, skip_empty_rows = FALSE, n_max = Inf, ...)")
def read_lines(file, skip, skip_empty_rows, n_max, dots):
    lines = source_text(file).splitlines()[one_int(skip, "skip") :]
    if one_flag(skip_empty_rows, "skip_empty_rows"):
        lines = [line for line in lines if line]
    limit = one_number(n_max, "n_max")
    return character(lines if not math.isfinite(limit) or limit < 0 else lines[: int(limit)])


@library.function("read_file(file, locale = NULL)")
def read_file(file, locale):
    return character(source_text(file))


def _write(path: Any, text: str, append: bool = False) -> None:
    try:
        with open(one_string(path, "file"), "a" if append else "w", encoding="utf-8", newline="") as out:
            out.write(text)
    except OSError as error:
        raise UserError(
            f"cannot open file '{one_string(path, 'file')}'", code=Code.FILE, cause=str(error)
        ) from None


@library.function("write_lines(x, file, sep = '\\n', na = 'NA', append = FALSE, ...)", invisible=True)
def write_lines(x, file, sep, na, append, dots):
    lines = [na.data[0] if t is None else t for t in strings(x, "x")]
    end = one_string(sep, "sep")
    _write(file, "".join(line + end for line in lines), one_flag(append, "append"))
    return x


@library.function("write_file(x, file, append = FALSE, ...)", invisible=True)
def write_file(x, file, append, dots):
    _write(file, one_string(x, "x"), one_flag(append, "append"))
    return x


def _cell_texts(column: RVector) -> Texts:
    if column.type == "double" and not class_names(column):
        return [
            None if v != v else t
            for v, t in zip(column.data, number_strings(column.data, 15, mark="."), strict=True)
        ]
    if has_class(column, "POSIXct"):
        return list(invoke("format", column, character("%Y-%m-%dT%H:%M:%SZ"), tz=character("UTC")).data)
    return list(invoke("as.character", column).data)


def delimited(x: RVector, delimiter: str, na: str, head: bool) -> str:
    """A table as text, quoted where a cell needs it."""

    def cell(text: str | None) -> str:
        if text is None:
            return na
        if any(c in text for c in (delimiter, '"', "\n")) or text == na:
            return '"' + text.replace('"', '""') + '"'
        return text

    rows = list(zip(*(_cell_texts(c) for c in x.data), strict=True))
    lines = [delimiter.join(cell(n) for n in column_names(x))] if head else []
    lines += [delimiter.join(cell(t) for t in row) for row in rows]
    return "".join(line + "\n" for line in lines)


def _writer(name: str, delimiter: str) -> None:
    @library.function(
        f"{name}(x, file, na = 'NA', append = FALSE, col_names = !append, quote = 'needed',"
        " escape = 'double', eol = '\\n', num_threads = 1, progress = FALSE, path = file)",
        invisible=True,
    )
    def write(
        x,
        file=None,
        na=None,
        append=None,
        col_names=None,
        quote=None,
        escape=None,
        eol=None,
        threads=None,
        progress=None,
        path=None,
    ):
        adding = append is not None and one_flag(append, "append")
        head = one_flag(col_names, "col_names") if col_names is not None else not adding
        missing = "NA" if na is None else one_string(na, "na")
        _write(file if file is not None else path, delimited(x, delimiter, missing, head), adding)
        return x


_writer("write_csv", ",")
_writer("write_csv2", ";")
_writer("write_tsv", "\t")


@library.function(
    "write_delim(x, file, delim = ' ', na = 'NA', append = FALSE, col_names = TRUE, ...)", invisible=True
)
def write_delim(x, file, delim, na, append, col_names, dots):
    text = delimited(x, one_string(delim, "delim"), one_string(na, "na"), one_flag(col_names, "col_names"))
    _write(file, text, one_flag(append, "append"))
    return x


@library.function("format_csv(x, na = 'NA', col_names = TRUE, ...)")
def format_csv(x, na, col_names, dots):
    return character(delimited(x, ",", one_string(na, "na"), one_flag(col_names, "col_names")))


@library.function("read_rds(file, refhook = NULL)")
def read_rds(file, refhook):
    return invoke("readRDS", file)


@library.function("write_rds(x, file, compress = 'none', ...)", invisible=True)
def write_rds(x, file, compress, dots):
    invoke("saveRDS", x, file)
    return x


# --- parsing -----------------------------------------------------------------------------------------------


def _parser(name: str, kind: str) -> None:
    @library.function(f"parse_{name}(x, na = c('', 'NA'), ...)")
    def parse(x, na, dots):
        missing = set(strings(na, "na"))
        texts = [None if t is None or t in missing else t.strip() for t in strings(x, "x")]
        return Collector(kind).convert(texts)


for _name in ("logical", "integer", "double", "number", "character", "guess"):
    _parser(_name, _name)


@library.function("parse_date(x, format = '', na = c('', 'NA'), ...)")
def parse_date(x, format_, na, dots):
    return _to_date(strings(x, "x"), one_string(format_, "format"))


@library.function("parse_datetime(x, format = '', na = c('', 'NA'), ...)")
def parse_datetime(x, format_, na, dots):
    return _to_time(strings(x, "x"), one_string(format_, "format"))


@library.function("parse_factor(x, levels = NULL, ...)")
def parse_factor(x, levels, dots):
    return _to_factor(strings(x, "x"), levels)


@library.function("locale(...)")
def locale(dots):
    return rlist([v for _, v in dots], [n for n, _ in dots], {"class": character("locale")})


@library.function("type_convert(df, ...)")
def type_convert(df, dots):
    from .grouping import reshaped

    columns = [
        Collector(guessed(list(c.data))).convert(list(c.data)) if c.type == "character" else c
        for c in df.data
    ]
    return reshaped(df, columns, [n or "" for n in column_names(df)])
