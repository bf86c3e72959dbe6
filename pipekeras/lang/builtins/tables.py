"""Contingency tables: table, their printing, margins and proportions, as data frames."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Call, Name
from ..choices import one_choice
from ..distributions.tails import gamma_tails
from ..environment import Environment
from ..evaluator.compile import evaluate, find_dots
from ..frames import make_frame
from ..generics import as_text, class_names, invoke
from ..models.formulas import data_environment, formula_environment, sides, variables
from ..registry import builtin, special
from ..session import session
from ..text.deparse import deparse_value
from ..text.format import format_numbers, number_strings
from ..text.printing import Style, print_default
from ..values import NA_REAL, NULL, RVector, character, double, integer, logical, rlist
from ..vectors.coerce import coerce, convert_data, has_class, numbers, one_flag, one_string, strings
from .factors import add_na, as_factor, factor, level_names
from .formatting import number_texts
from .models import formula_of, matched_call, value_in, value_of
from .output import style_of


def make_table(counts: np.ndarray, levels: list[list[str | None]], titles: list[str] | None) -> RVector:
    """A table of integer counts, an array in column-major order."""
    dimnames = rlist([character(names) if names else NULL for names in levels], titles)
    return RVector(
        "integer",
        counts.astype(np.int32).reshape(-1, order="F"),
        {
            "dim": integer([len(names) for names in levels]),
            "dimnames": dimnames,
            "class": character(["table"]),
        },
    )


def _argument_names(ctx: Any, dots: Any, deparse_level: int) -> list[str]:
    """Names of the factors: those given, or symbols among the arguments as written."""
    names = [name or "" for name, _ in dots]
    call = ctx.call
    if not isinstance(call, Call) or deparse_level == 0:
        return names
    own = ("exclude", "useNA", "dnn", "deparse.level")
    written = [node for a in call.args if a.name not in own for node in _as_written(ctx, a.value)]
    if len(written) != len(dots):
        return names
    return [
        name
        or (node.name if isinstance(node, Name) else deparse_value(node))
        * (isinstance(node, Name) or deparse_level == 2)
        for name, node in zip(names, written, strict=True)
    ]


def _as_written(ctx: Any, node: Any) -> list[Any]:
    """The nodes that an argument stands for: its own, or those behind `...`."""
    if not (isinstance(node, Name) and node.name == "..."):
        return [node]
    return [getattr(promise, "node", promise) for _, promise in find_dots(ctx.env) or []]


@builtin(
    "table(..., exclude = if (useNA == 'no') c(NA, NaN), useNA = c('no', 'ifany', 'always'),"
    " dnn = list.names(...), deparse.level = 1)"
)
def table(ctx, dots, exclude=None, use_na=None, dnn=None, deparse_level=None):
    na_mode = "no" if use_na is None else one_choice(use_na, ("no", "ifany", "always"))
    if exclude is NULL and use_na is None:
        na_mode = "ifany"
    names = _argument_names(ctx, dots, 1 if deparse_level is None else int(deparse_level.data[0]))
    values = [value for _, value in dots]
    if len(values) == 1 and isinstance(values[0], RVector) and values[0].type == "list":
        numbered = [f"{names[0]}.{i + 1}" for i in range(len(values[0]))]
        names = [name or "" for name in values[0].names or numbered]
        values = list(values[0].data)
    if not values or (len(values) == 1 and values[0] is NULL):
        if not values:
            raise UserError("nothing to tabulate", code=Code.ARGUMENT)
        values = [character([])]
        return make_table(np.zeros(0), [[]], None)
    titles = strings(dnn, "dnn") if dnn is not None and dnn is not NULL else names
    factors = [_counted_factor(value, na_mode, exclude) for value in values]
    if len({len(f) for f in factors}) > 1:
        raise UserError(
            "all arguments must have the same length", code=Code.ARGUMENT, cure="give vectors of one length"
        )
    levels = [level_names(f) for f in factors]
    return make_table(_counts(factors, [len(names) for names in levels]), levels, [t or "" for t in titles])


def _counted_factor(value: Any, na_mode: str, exclude: Any) -> RVector:
    """The factor to count by; NA is a level of its own if it is to be shown."""
    if has_class(value, "factor"):
        made = value
        if exclude is not None and exclude is not NULL:
            gone = set(as_text(exclude).data)
            made = factor(made, character([level for level in level_names(made) if level not in gone]))
    elif exclude is not None and exclude is not NULL:
        made = factor(value, exclude=exclude)
    else:
        made = as_factor(value)
    if na_mode == "always" or (na_mode == "ifany" and made.is_na().any()):
        made = add_na(made, logical(False))
    return made


def _counts(factors: list[RVector], shape: list[int]) -> np.ndarray:
    inside = np.ones(len(factors[0]), dtype=bool)
    for f in factors:
        inside &= ~f.is_na()
    position = np.zeros(int(inside.sum()), dtype=np.int64)
    step = 1
    for f, size in zip(factors, shape, strict=True):
        position += (f.data[inside].astype(np.int64) - 1) * step
        step *= size
    return np.bincount(position, minlength=step)


@builtin("is.table(x)")
def is_table(x):
    return logical(has_class(x, "table"))


@builtin("as.table(x, ...)", generic=True)
def as_table(x, dots):
    if has_class(x, "table"):
        return x
    dim = x.dim or (len(x),)
    dimnames = x.attribute("dimnames")
    names = x.attribute("names")
    parts = list(dimnames.data) if dimnames is not None else [names or NULL]
    if len(parts) != len(dim):
        parts = [NULL] * len(dim)
    filled = [
        part if part is not NULL else character(_letters(n)) for part, n in zip(parts, dim, strict=True)
    ]
    titles = dimnames.names if dimnames is not None else None
    attributes = {"dim": integer(dim), "dimnames": rlist(filled, titles), "class": character(["table"])}
    return RVector(x.type, x.data, attributes)


def _letters(n: int) -> list[str]:
    letters = [chr(ord("A") + i % 26) for i in range(n)]
    return letters if n <= 26 else [f"{letter}{i // 26 or ''}" for i, letter in enumerate(letters)]


# --- printing ----------------------------------------------------------------------------------------------


@builtin(
    "print.table(x, digits = getOption('digits'), quote = FALSE, na.print = '', zero.print = '0', right,"
    " justify = 'none', ...)",
    invisible=True,
)
def print_table(ctx, x, digits, quote, na_print, zero_print, right=None, justify=None, dots=()):
    dim = x.dim
    if dim is not None and 0 in dim:
        session.write(f"< table of extent {' x '.join(map(str, dim))} >\n")
        return x
    figures = None if digits is NULL else int(numbers(digits, "digits")[0])
    shown = formatted_table(
        x, figures, one_string(na_print, "na.print"), one_string(zero_print, "zero.print")
    )
    is_number = x.type in ("integer", "double", "complex")
    style = style_of(quote=quote, right=logical(is_number) if right is None else right)
    attributes = {k: v for k, v in (x.attributes or {}).items() if k in ("names", "dim", "dimnames")}
    print_default(character(shown, attributes or None), ctx, style)
    return x


def formatted_table(x: RVector, digits: int | None, na: str, zero: str) -> list[str | None]:
    """The cells as text in one common format."""
    missing = x.is_na()
    if x.type == "character":
        cells: list[str | None] = [None if m else text for text, m in zip(x.data, missing, strict=True)]
    else:
        plain = RVector(x.type, x.data)
        cells = list(number_texts(plain, digits, 0, False, 0, None))
    zeros = (
        (x.data == 0) & ~missing if zero != "0" and x.type != "character" else np.zeros(len(x), dtype=bool)
    )
    return [na if m else zero if z else cell for cell, m, z in zip(cells, missing, zeros, strict=True)]


@builtin("format.summaryDefault(x, digits = max(3L, getOption('digits') - 3L), ...)")
def format_summary_default(x, digits, dots):
    return _summary_texts(x, int(numbers(digits, "digits")[0]))


def _summary_texts(x: RVector, digits: int) -> RVector:
    """The figures of a summary in common format, tiny ones as zero; the count of NAs by itself."""
    names = x.names or []
    if x.type == "character":
        return RVector("character", x.data, {"names": x.attribute("names")})
    if {"Date", "POSIXct"} & set(class_names(x)):
        rest = [c for c in class_names(x) if c not in ("summaryDefault", "table")]
        plain = x.with_attribute("class", character(rest)).with_attribute("NAs", None)
        shown = invoke("format", plain, digits=integer(digits))
        gone = x.attribute("NAs")
        if gone is None:
            return shown
        texts = [*shown.data, *as_text(gone).data]
        return character(texts, {"names": character([*names, "NA's"])})
    data = coerce(RVector(x.type, x.data), "double").data
    is_count = np.array([name == "NA's" for name in names], dtype=bool)
    figures = RVector("double", _zapped(data)[~is_count])
    texts = number_texts(figures, digits, 0, False, 0, None)
    texts += [number_strings(np.array([v]), 15)[0] for v in data[is_count]]
    return character(texts, {"names": x.attribute("names")})


def _zapped(data: np.ndarray) -> np.ndarray:
    """The finite figures by zapsmall: what is tiny beside the largest becomes zero."""
    finite = np.isfinite(data)
    out = data.copy()
    if finite.any():
        out[finite] = invoke("zapsmall", RVector("double", data[finite])).data
    return out


@builtin(
    "print.summaryDefault(x, digits = max(3L, getOption('digits') - 3L), quote = FALSE, ...)", invisible=True
)
def print_summary_default(ctx, x, digits, quote, dots):
    if x.dim is not None:
        print_default(x.with_attribute("class", None), ctx, Style(quote=False))
        return x
    shown = _summary_texts(x, int(numbers(digits, "digits")[0]))
    dates = bool({"Date", "POSIXct"} & set(class_names(x)))
    is_text = x.type == "character"
    print_default(shown, ctx, Style(quote=dates, right=not is_text))
    return x


@builtin("as.data.frame.table(x, row.names = NULL, ..., responseName = 'Freq', stringsAsFactors = TRUE)")
def as_data_frame_table(x, row_names, dots, response_name, strings_as_factors):
    dim = x.dim or (len(x),)
    dimnames = x.attribute("dimnames")
    titles = dimnames.names or [""] * len(dim)
    columns: list[Any] = []
    repeat = 1
    for part, size in zip(dimnames.data, dim, strict=True):
        codes = np.tile(np.repeat(np.arange(1, size + 1), repeat), len(x) // max(1, size * repeat))
        column = factor(character(part.data), part)
        made = RVector("integer", codes.astype(np.int32), dict(column.attributes or {}))
        columns.append(
            made if one_flag(strings_as_factors, "stringsAsFactors") else character(part.data[codes - 1])
        )
        repeat *= size
    names = [title or f"Var{i + 1}" for i, title in enumerate(titles)]
    return make_frame(
        [*columns, RVector(x.type, x.data)], [*names, one_string(response_name, "responseName")]
    )


@builtin("summary.table(object, ...)")
def summary_table(x, dots):
    total = invoke("sum", RVector(x.type, x.data))
    parts = [("n.vars", integer(len(x.dim))), ("n.cases", total)]
    if len(x.dim) > 1:
        parts += _independence(x)
    parts = rlist([value for _, value in parts], [name for name, _ in parts])
    return parts.with_attributes({**(parts.attributes or {}), "class": character(["summary.table"])})


def _independence(x: RVector) -> list[tuple[str, Any]]:
    """The chi-squared test that all factors are independent."""
    counts = convert_data(x.data, x.type, "double").reshape(x.dim, order="F")
    total = counts.sum()
    expected: Any = np.ones(counts.shape)
    with np.errstate(all="ignore"):
        for axis, size in enumerate(counts.shape):
            margin = counts.sum(axis=tuple(i for i in range(counts.ndim) if i != axis))
            expected = expected * (margin / total).reshape(
                [size if i == axis else 1 for i in range(counts.ndim)]
            )
        expected = expected * total
        statistic = float(((counts - expected) ** 2 / expected).sum())
    freedom = int(np.prod(counts.shape) - 1 - sum(s - 1 for s in counts.shape))
    p_value = gamma_tails(freedom / 2, statistic / 2).upper if statistic == statistic else NA_REAL
    return [
        ("statistic", double(statistic)),
        ("parameter", double(float(freedom))),
        ("approx.ok", logical(bool((expected >= 5).all()))),
        ("p.value", double(p_value)),
        ("call", NULL),
    ]


@builtin("print.summary.table(x, ...)", invisible=True)
def print_summary_table(x, dots):
    variables, cases = x.data[0], x.data[1]
    session.write(f"Number of cases in table: {as_text(cases).data[0]} \n")
    session.write(f"Number of factors: {as_text(variables).data[0]} \n")
    if variables.data[0] > 1:
        statistic, freedom, approximate, p_value = (part.data[0] for part in x.data[2:6])
        told = ["NA" if p_value != p_value else format_numbers(double(float(p_value)), 4)[0]]
        digits = max(1, session.option_int("digits") - 3)
        places = max(0, math.floor(digits - math.log10(statistic) + 0.5)) if statistic > 0 else 0
        chisq = format_numbers(double(round(float(statistic), places)))[0]
        session.write("Test for independence of all factors:\n")
        session.write(f"\tChisq = {chisq}, df = {freedom:.0f}, p-value = {told[0]}\n")
        if not approximate:
            session.write("\tChi-squared approximation may be incorrect\n")
    return x


@builtin("`[.table`(x, ..., drop = TRUE)")
def subset_table(x, dots, drop):
    from ..evaluator.extract import subset_values

    plain = x.with_attribute("class", None)
    made = subset_values(plain, [*dots, ("drop", drop)])
    kept = isinstance(made, RVector) and made.dim is not None
    return made.with_attribute("class", x.attribute("class")) if kept else made


@special(
    "xtabs",
    usage="xtabs(formula = ~., data = parent.frame(), subset, sparse, na.action, addNA = FALSE,"
    " exclude = if (!addNA) c(NA, NaN), drop.unused.levels = FALSE)",
)
def xtabs(call: Call, env: Environment) -> RVector:
    session.visible = True
    given, _ = matched_call("xtabs", call, env)
    for name in ("sparse", "addNA", "exclude", "drop.unused.levels"):
        if name in given:
            raise UserError(f"xtabs({name} = ) is not provided", code=Code.UNSUPPORTED, cure="leave it out")
    formula, data = formula_of(value_of(given, "formula")), value_of(given, "data", env)
    scope = data if isinstance(data, Environment) else data_environment(data, formula_environment(formula))
    rows = value_in(given, "subset", scope)

    def kept(value: Any) -> Any:
        return value if rows is NULL else invoke("[", value, invoke("which", rows))

    left, _ = sides(formula)
    values, names = variables(formula, data)
    factors = [as_factor(kept(value)) for value in values]
    levels = [level_names(f) for f in factors]
    shape = [len(part) for part in levels]
    if left is None:
        made = make_table(_counts(factors, shape), levels, names)
    else:
        made = _summed(factors, shape, levels, names, numbers(kept(evaluate(left, scope)), "response"))
    return made.with_attribute("class", character(["xtabs", "table"]))


def _summed(
    factors: list[RVector], shape: list[int], levels: list[Any], names: list[str], weights: np.ndarray
) -> RVector:
    sums = np.zeros(shape)
    np.add.at(sums, tuple(f.data - 1 for f in factors), weights)
    made = make_table(np.zeros(shape), levels, names)
    return RVector("double", sums.reshape(-1, order="F"), dict(made.attributes or {}))
