"""Output: print and its methods for plain classes, cat, writeLines, capture.output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import EMPTY, Call, Name
from ..environment import Environment
from ..evaluator.calls import apply
from ..evaluator.compile import evaluate
from ..generics import class_names, invoke, is_object
from ..io.connections import connection_of, is_connection, open_file
from ..lookup import resolve
from ..registry import BASE, Context, builtin, special
from ..session import session
from ..text.deparse import deparse_lines
from ..text.format import display_width, element_strings, encode_strings
from ..text.printing import Style, print_default, print_value
from ..text.structure import Settings, show_structure
from ..values import NULL, Dots, Formula, RVector, character
from ..vectors.coerce import factor_or_text, one_flag, one_int, one_string, strings, type_of


def style_of(
    digits: Any = NULL,
    quote: Any = None,
    na_print: Any = NULL,
    print_gap: Any = NULL,
    right: Any = None,
    max: Any = NULL,
    width: Any = NULL,
) -> Style:
    """print.default's arguments as a Style."""
    gap = 1 if print_gap is NULL else one_int(print_gap, "gap")
    return Style(
        digits=None if digits is NULL else _digits(digits),
        quote=quote is None or one_flag(quote, "quote"),
        na=None if na_print is NULL else one_string(na_print, "na.print"),
        gap=gap,
        right=right is not None and one_flag(right, "right"),
        max=None if max is NULL else one_int(max, "max"),
        width=None if width is NULL else one_int(width, "width"),
    )


_STYLE = ("na_print", "print_gap", "right", "max")


def _digits(digits: Any) -> int:
    number = one_int(digits, "digits")
    if not 1 <= number <= 22:
        raise UserError(f"invalid printing digits {number}", code=Code.ARGUMENT, cure="give 1 to 22")
    return number


@builtin("print(x, ...)", generic=True, invisible=True)
def print_(ctx, x, dots):
    if dots and any(name or value is not NULL for name, value in dots):
        apply(BASE["print.default"], [(None, x), *dots], None, ctx.env)
    else:
        print_value(x, ctx) if not is_object(x) else print_default(x, ctx, Style())
    return x


@builtin(
    "print.default(x, digits = NULL, quote = TRUE, na.print = NULL, print.gap = NULL, right = FALSE,"
    " max = NULL, width = NULL, useSource = TRUE, ...)",
    invisible=True,
)
def print_default_(ctx, x, digits, quote, na_print, print_gap, right, max, width, use_source, dots):
    style = style_of(digits, quote, na_print, print_gap, right, max, width)
    if is_object(x) or isinstance(x, RVector):
        print_default(x, ctx, style)
    else:
        print_value(x, ctx, style)
    return x


@builtin("print.function(x, useSource = TRUE, ...)", invisible=True)
def print_function(ctx, x, use_source, dots):
    print_default(x, ctx, Style())
    return x


@builtin("print.noquote(x, quote = FALSE, right, ...)", invisible=True)
def print_noquote(ctx, x, quote, right=None, dots=()):
    classes = [c for c in class_names(x) if c != "noquote"]
    plain = x.with_attribute("class", character(classes) if classes else None)
    invoke("print", plain, quote=quote, **({} if right is None else {"right": right}))
    return x


@builtin("print.AsIs(x, ...)", invisible=True)
def print_as_is(x, dots):
    classes = [c for c in class_names(x) if c != "AsIs"]
    plain = x.with_attribute("class", character(classes) if classes else None)
    invoke("print", plain, **{name.replace(".", "_"): value for name, value in dots if name})
    return x


@builtin("print.rle(x, digits = getOption('digits'), prefix = '', ...)", invisible=True)
def print_rle(x, digits, prefix, dots):
    head = one_string(prefix, "prefix")
    session.write(f"{head}Run Length Encoding\n")
    for part, title in zip(x.data, ("lengths:", "values :"), strict=True):
        session.write(f"{head}  {title}")
        show_structure(part, Settings(width=session.option_int("width")))
    return x


@builtin("print.formula(x, showEnv = TRUE, ...)", invisible=True)
def print_formula(ctx, x, show_env, dots):
    session.write("\n".join(deparse_lines(x)) + "\n")
    env = (x.attributes or {}).get(".Environment")
    if isinstance(env, Environment) and env is not session.global_env:
        print_value(env, ctx)
    return x


@builtin("print.terms(x, ...)", invisible=True)
def print_terms(ctx, x, dots):
    shown = {name: value for name, value in (x.attributes or {}).items() if name != "class"}
    print_default(Formula(x, shown), ctx, Style())
    return x


@builtin("print.factor(x, quote = FALSE, max.levels = NULL, width = getOption('width'), ...)", invisible=True)
def print_factor(ctx, x, quote, max_levels, width, dots):

    levels = list(x.attribute("levels").data) if x.attribute("levels") is not None else []
    if len(x):
        rest = {k: v for k, v in x.attributes.items() if k not in ("levels", "class")}
        shown = factor_or_text(x).with_attributes(rest)
        more = {name.replace(".", "_"): value for name, value in dots if name}
        style = style_of(quote=quote, **{key: value for key, value in more.items() if key in _STYLE})
        print_default(shown, ctx, style)
    else:
        session.write(f"{'ordered' if 'ordered' in class_names(x) else 'factor'}(0)\n")
    if max_levels is NULL or one_int(max_levels, "max.levels") != 0:
        session.write(levels_line(x, levels, one_int(width, "width")) + "\n")
    return x


def levels_line(x: RVector, levels: list[str | None], width: int) -> str:
    """`Levels: a < b`, levels in the middle left out where they do not fit on a line."""
    between = " < " if "ordered" in class_names(x) else " "
    shown = encode_strings(levels, "")
    room = width - 15
    kept, used = 0, 0
    for text in shown:
        used += display_width(text) + len(between)
        if used > room:
            break
        kept += 1
    if len(shown) <= 1 or kept == len(shown):
        return "Levels: " + between.join(shown)
    kept = max(1, kept)
    last = shown[-1:] if kept > 1 else []
    return f"{len(shown)} Levels: " + between.join([*shown[: max(1, kept - 1)], "...", *last])


# --- cat ---------------------------------------------------------------------------------------------------


@builtin("cat(..., file = '', sep = ' ', fill = FALSE, labels = NULL, append = FALSE)", invisible=True)
def cat(dots, file, sep, fill, labels, append):
    if not isinstance(sep, RVector) or sep.type != "character":
        raise UserError("invalid 'sep' specification", code=Code.ARGUMENT, cure="give a character vector")
    with_width = 0
    if fill.type == "logical":
        with_width = session.option_int("width") if one_flag(fill, "fill") else 0
    else:
        with_width = max(0, one_int(fill, "fill"))
    write, close = output_to(file, one_flag(append, "append"))
    line = _Line(
        write, ["NA" if s is None else s for s in sep.data] or [""], with_width, strings(labels, "labels")
    )
    try:
        for i, (_, value) in enumerate(dots):
            line.object(value, i)
        line.end()
    finally:
        close()
    return NULL


def output_to(file: Any, append: bool) -> tuple[Callable[[str], None], Callable[[], None]]:
    """Where output goes (standard output, a file, a connection), and what to do at the end."""
    if is_connection(file):
        connection = connection_of(file)
        if not connection.mode:
            connection = open_file(connection.description, "w", connection.kind)
            return connection.write, connection.close
        return connection.write, lambda: None
    path = one_string(file, "file")
    if not path:
        return session.write, lambda: None
    connection = open_file(path, "a" if append else "w")
    return connection.write, connection.close


class _Line:
    """What cat writes: texts with separators, lines broken at a width if one is given."""

    def __init__(self, write: Callable[[str], None], seps: list[str], width: int, labels: list[Any]) -> None:
        self.write = write
        self.seps = seps
        self.width = width
        self.labels = labels
        self.used = 0
        self.lines = 0
        self.count = 0

    def separator(self, at: int) -> str:
        return self.seps[at % len(self.seps)]

    def object(self, value: Any, i: int) -> None:
        if i and value is not NULL:
            self.write(self.separator(self.count))
            self.count += 1
        texts = _cat_texts(value, i)
        if not self.width and len(texts) > 1 and len(self.seps) == 1:
            self.write(self.seps[0].join(texts))
            return
        for k, text in enumerate(texts):
            self.text(text)
            if k < len(texts) - 1:
                self.write(self.separator(self.count))
                self.count += 1

    def text(self, text: str) -> None:
        if self.width:
            size = display_width(text) + len(self.separator(self.count))
            if self.used and self.used + size > self.width:
                self.write("\n")
                self.used = 0
                self.lines += 1
            if not self.used and self.labels:
                label = f"{self.labels[self.lines % len(self.labels)]} "
                self.write(label)
                self.used = len(label)
            self.used += size
        self.write(text)

    def end(self) -> None:
        if self.width or any("\n" in sep for sep in self.seps):
            self.write("\n")


def _cat_texts(value: Any, i: int) -> list[str]:
    if value is NULL:
        return []
    if isinstance(value, Name):
        return [value.name]
    if isinstance(value, RVector) and value.type not in ("list", "expression"):
        return element_strings(value)
    if isinstance(value, RVector) and not len(value):
        return []
    raise UserError(
        f"argument {i + 1} (type '{type_of(value)}') cannot be handled by 'cat'",
        code=Code.TYPE,
        cause="cat writes vectors, not lists, functions or other objects",
        cure="use print(), or take the elements out first",
    )


@builtin("writeLines(text, con = stdout(), sep = '\\n', useBytes = FALSE)", invisible=True)
def write_lines(text, con, sep, use_bytes):
    if not isinstance(text, RVector) or text.type != "character":
        raise UserError(
            "can only write character objects", code=Code.TYPE, cure="convert with as.character()"
        )
    write, close = output_to(con, append=False)
    end = one_string(sep, "sep")
    try:
        write("".join(("NA" if line is None else line) + end for line in text.data))
    finally:
        close()
    return NULL


# --- capture.output ----------------------------------------------------------------------------------------


def captured(work: Callable[[], None]) -> str:
    """What a piece of work writes to R's standard output."""
    parts: list[str] = []
    before, session.write = session.write, parts.append
    try:
        work()
    finally:
        session.write = before
    return "".join(parts)


_CAPTURE_OPTIONS = ("file", "append", "type", "split")


@special("capture.output")
def capture_output(call: Call, env: Environment) -> Any:
    options = {
        a.name: evaluate(a.value, env)
        for a in call.args
        if a.name in _CAPTURE_OPTIONS and a.value is not EMPTY
    }
    nodes = [a.value for a in call.args if a.name not in _CAPTURE_OPTIONS and a.value is not EMPTY]

    def work() -> None:
        for node in nodes:
            for value_of in _captured_values(node, env):
                session.visible = True
                value = value_of()
                if session.visible:
                    print_value(value, Context(env, None))

    lines = captured(work).split("\n")  # a carriage return ends no line
    if not lines[-1]:
        lines.pop()
    if options.get("file", NULL) is not NULL:
        append = "append" in options and one_flag(options["append"], "append")
        write, close = output_to(options["file"], append)
        write("".join(line + "\n" for line in lines))
        close()
        session.visible = False
        return NULL
    session.visible = True
    return character(lines)


def _captured_values(node: Any, env: Environment) -> list[Callable[[], Any]]:
    """The values to look at: an expression, or what `...` holds."""
    if isinstance(node, Name) and node.name == "...":
        found = env.find("...")
        dots: Dots = found.values["..."] if found else []
        return [lambda value=value: resolve(value, "...") for _, value in dots]
    return [lambda: evaluate(node, env)]
