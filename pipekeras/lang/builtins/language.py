"""Language objects: as.name, call, as.call, parse, deparse, bquote, all.names, and what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...errors import Code, UserError
from ...signature import DOTS
from ...syntax.deparse import quote_name
from ...syntax.messages import Unexpected
from ...syntax.parser import parse
from ...syntax.source import Source
from ...syntax.tree import EMPTY, Arg, Call, Function, Name
from .. import language
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..evaluator.compile import Run, evaluate, form
from ..evaluator.substitution import as_node, bquoted, quoted
from ..io.connections import cannot_open, is_connection
from ..lookup import resolve
from ..registry import builtin
from ..session import session
from ..text.deparse import DEFAULT_CONTROL, deparse_controlled, deparse_lines
from ..values import MISSING, NULL, Dots, Formula, RVector, character, logical, object_array
from ..vectors.coerce import one_flag, one_int, one_string, strings, type_of
from ..vectors.nesting import guard_nesting
from .files import text_of


@builtin("as.name(x)", "as.symbol")
def as_name(x: Any) -> Any:
    if isinstance(x, Name):
        return x
    _refuse_no_name(x)
    name = strings(x, "x")[0]
    if not name:
        raise UserError("attempt to use zero-length variable name", code=Code.VALUE)
    return Name(name)


def _refuse_no_name(x: Any) -> None:
    message = None
    if x is NULL or (isinstance(x, RVector) and x.type == "list" and len(x) != 1):
        message = f"invalid type/length (symbol/{0 if x is NULL else len(x)}) in vector allocation"
    elif isinstance(x, RVector) and not len(x):
        message = f"invalid data of mode '{x.type}' (too short)"
    elif isinstance(x, Call):
        message = "'language' object cannot be coerced to type 'symbol'"
    elif not isinstance(x, RVector):
        message = f"cannot coerce type '{type_of(x)}' to vector of type 'symbol'"
    if message is not None:
        raise UserError(message, code=Code.TYPE)


@form("call")
def call_form(call: Call) -> Run:
    def run(env: Environment) -> Any:
        pairs = promise_arguments(call, env)
        name = resolve(pairs[0][1], "name")
        if not isinstance(name, RVector) or name.type != "character" or len(name) != 1:
            raise UserError("first argument must be a character string", code=Code.TYPE)
        values = [(n, v if v is MISSING else resolve(v, "...")) for n, v in pairs[1:]]
        session.visible = True
        return Call(Name(name.data[0]), [Arg(n, as_node(v)) for n, v in values])

    return run


@builtin("as.call(x)")
def as_call(x: Any) -> Any:
    if isinstance(x, (Call, Function)):
        return x
    if isinstance(x, RVector) and x.type in ("list", "expression") and len(x):
        return language.from_list(x)
    raise UserError("invalid argument list", code=Code.TYPE)


@builtin("as.expression(x, ...)", "as.expression.default")
def as_expression(x: Any, dots: Dots) -> Any:
    if isinstance(x, RVector) and x.type == "expression":
        return x
    if isinstance(x, RVector):
        from ..vectors.coerce import elements

        return RVector("expression", object_array(elements(x)), x.attributes)
    return RVector("expression", object_array([x]))


@builtin(
    "parse(file = '', n = NULL, text = NULL, prompt = '?', keep.source = FALSE, srcfile = NULL, "
    "encoding = 'unknown')"
)
def parse_(file: Any, n: Any, text: Any, prompt: Any, keep: Any, srcfile: Any, encoding: Any) -> Any:
    if text is NULL and is_connection(file):
        lines, description = text_of(file)
        source = Source(description, "\n".join(lines))
    elif text is NULL:
        path = one_string(file, "file")
        try:
            with open(path, encoding="utf-8") as stream:
                source = Source(path, stream.read())
        except OSError as error:
            raise cannot_open(path, error) from None
    else:
        source = Source("<text>", "\n".join("NA" if s is None else s for s in strings(text, "text")))
    nodes = _parsed(source)
    if n is not NULL and n.data[0] >= 0:
        nodes = nodes[: int(n.data[0])]
    return RVector("expression", object_array([quoted(node) for node in nodes]))


def _parsed(source: Source) -> list[Any]:
    try:
        return parse(source)
    except Unexpected as error:
        error.message = error.located
        raise


@builtin("str2lang(s)")
def str2lang(s: Any) -> Any:
    nodes = _parsed(Source("<text>", one_string(s, "s")))
    if len(nodes) != 1:
        raise UserError(f"parsing result not of length one, but {len(nodes)}", code=Code.VALUE)
    return quoted(nodes[0])


@builtin("str2expression(text)")
def str2expression(text: Any) -> Any:
    nodes = _parsed(Source("<text>", "\n".join(str(s) for s in strings(text, "text"))))
    return RVector("expression", object_array([quoted(node) for node in nodes]))


def _controls(control: Any) -> list[str]:
    if control is None:
        return list(DEFAULT_CONTROL)
    return [] if control is NULL else [str(name) for name in strings(control, "control")]


@builtin(
    "deparse(expr, width.cutoff = 60L, backtick = TRUE, "
    "control = c('keepNA', 'keepInteger', 'niceNames', 'showAttributes'), nlines = -1L)"
)
def deparse(expr: Any, width: Any, backtick: Any = None, control: Any = None, nlines: Any = None) -> Any:
    if isinstance(expr, Name) and backtick is not None and one_flag(backtick, "backtick"):
        lines = [quote_name(expr.name)]
    else:
        lines = deparse_controlled(expr, one_int(width, "width.cutoff"), _controls(control))
    count = -1 if nlines is None else one_int(nlines, "nlines")
    return character(lines if count < 0 else lines[:count])


@builtin("deparse1(expr, collapse = ' ', width.cutoff = 500L, ...)")
def deparse1(expr: Any, collapse: Any, width: Any, dots: Dots) -> Any:
    return character(
        one_string(collapse, "collapse").join(deparse_lines(expr, one_int(width, "width.cutoff")))
    )


@builtin(
    "dput(x, file = '', control = c('keepNA', 'keepInteger', 'niceNames', 'showAttributes'))", invisible=True
)
def dput(x: Any, file: Any, control: Any) -> Any:
    lines = [quote_name(x.name)] if isinstance(x, Name) else deparse_controlled(x, 60, _controls(control))
    text = "\n".join(lines) + "\n"
    path = one_string(file, "file")
    if path:
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
    else:
        session.write(text)
    return x


@form("bquote")
def bquote(call: Call) -> Run:
    given = {}
    for position, arg in zip(("expr", "where", "splice"), call.args, strict=False):
        given[arg.name or position] = arg.value

    def run(env: Environment) -> Any:
        where = evaluate(given["where"], env) if "where" in given else env
        splice = "splice" in given and one_flag(evaluate(given["splice"], env), "splice")
        session.visible = True
        return quoted(bquoted(given["expr"], where, splice))

    return run


@builtin("enquote(cl)")
def enquote(cl: Any) -> Any:
    return Call(Name("quote"), [Arg(None, as_node(cl))])


def _walk(node: Any) -> Iterator[tuple[str, bool]]:
    """Names in code, in R's order, with whether they are functions called. Chains may be of any length."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name):
            yield node.name, False
        elif isinstance(node, Function):
            yield "function", True
            waiting.append(node.body)
        elif isinstance(node, Call):
            waiting += [arg.value for arg in reversed(node.args) if arg.value is not EMPTY]
            if isinstance(node.function, Name):
                yield node.function.name, True
            else:
                waiting.append(node.function)
        elif isinstance(node, RVector) and node.type in ("expression", "list"):
            waiting += reversed(node.data)


@builtin("all.names(expr, functions = TRUE, max.names = -1L, unique = FALSE)")
def all_names(expr: Any, functions: Any, max_names: Any, unique: Any) -> Any:
    guard_nesting(expr)
    names = [n for n, called in _walk(expr) if not called or one_flag(functions, "functions")]
    return character(list(dict.fromkeys(names)) if one_flag(unique, "unique") else names)


@builtin("all.vars(expr, functions = FALSE, max.names = -1L, unique = TRUE)")
def all_vars(expr: Any, functions: Any, max_names: Any, unique: Any) -> Any:
    guard_nesting(expr)
    names = [n for n, called in _walk(expr) if n != DOTS and (not called or one_flag(functions, "functions"))]
    return character(list(dict.fromkeys(names)) if one_flag(unique, "unique") else names)


@builtin("as.formula(object, env = parent.frame())")
def as_formula(object: Any, env: Any) -> Any:
    if isinstance(object, Formula):
        return object
    node = object
    if isinstance(object, RVector) and object.type == "character":
        node = parse(Source("<text>", one_string(object, "object")))[0]
    if not isinstance(node, Call):
        raise UserError("invalid formula", code=Code.TYPE)
    return Formula(node, {"class": character("formula"), ".Environment": session.global_env})


@form("sys.on.exit")
def sys_on_exit(call: Call) -> Run:
    from ..dispatch import frame_of

    def run(env: Environment) -> Any:
        frame = frame_of(env)
        code = frame.on_exit if frame is not None else None
        if not code:
            return NULL
        return code[0] if len(code) == 1 else Call(Name("{"), [Arg(None, c) for c in code])

    return run


def _declare_test(name: str, test: Callable[[Any], bool]) -> None:
    @builtin(f"{name}(x)")
    def is_(x: Any) -> Any:
        return logical(test(x))


def _is_expression(x: Any) -> bool:
    return isinstance(x, RVector) and x.type == "expression"


_TESTS: dict[str, Callable[[Any], bool]] = {
    "is.call": lambda x: isinstance(x, (Call, Function)),
    "is.name": lambda x: isinstance(x, Name),
    "is.symbol": lambda x: isinstance(x, Name),
    "is.expression": _is_expression,
    "is.language": lambda x: isinstance(x, (Name, Call, Function)) or _is_expression(x),
}
for _name, _test in _TESTS.items():
    _declare_test(_name, _test)
