"""Column selection: `a:c`, `-x`, `starts_with("p")`, `where(is.numeric)`, `c(new = old)`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Name
from ..environment import Environment
from ..evaluator.blocks import called
from ..evaluator.compile import evaluate
from ..lookup import is_function
from ..registry import Context
from ..regular_expressions.patterns import compile_pattern
from ..values import NULL, RVector, integer
from ..vectors.coerce import one_flag, strings
from .aborting import abort
from .lambdas import as_mapper, call_mapper
from .quosures import Quosure, embraced_node

_current: list[list[str]] = []
"""The column names that selection helpers see, innermost last."""

Picks = dict[int, str | None]
"""Chosen columns in order, with new names."""


def select(
    quosures: Sequence[Quosure], names: Sequence[str], columns: Sequence[Any]
) -> list[tuple[int, str]]:
    """Which columns are chosen (from 0), and the name of each.

    Raises:
        UserError: "Can't subset columns that don't exist."
    """
    selection = _Selection(list(names), list(columns))
    _current.append(list(names))
    try:
        picks = selection.joined([(q.name, q.node, q.env) for q in quosures])
    finally:
        _current.pop()
    return [(i, new or names[i]) for i, new in picks.items()]


class _Selection:
    def __init__(self, names: list[str], columns: list[Any]) -> None:
        self.names = names
        self.columns = columns

    def all(self) -> Picks:
        return dict.fromkeys(range(len(self.names)))

    def joined(self, parts: Sequence[tuple[str | None, Any, Environment]]) -> Picks:
        """`c(...)`: what is negative is taken away, from everything if it comes first."""
        out: Picks = {}
        for k, (name, node, env) in enumerate(parts):
            negative = self.negated(node)
            if negative is not None:
                if k == 0:
                    out = self.all()
                for i in self.picks(negative, env):
                    out.pop(i, None)
                continue
            found = self.picks(node, env)
            single = len(found) == 1
            for n, (i, new) in enumerate(found.items(), 1):
                label = new if name is None else name if single else f"{name}{n}"
                if i not in out or label is not None:
                    out[i] = label
        return out

    @staticmethod
    def negated(node: Any) -> Any:
        return node.args[0].value if called(node, "-") and len(node.args) == 1 else None

    def picks(self, node: Any, env: Environment) -> Picks:
        """The columns that an expression stands for."""
        if isinstance(node, Name):
            return self.named(node, env)
        if called(node, "(") or called(node, "{"):
            return self.picks(node.args[0].value, env)
        elsewhere = embraced_node(node)
        if elsewhere is not None:
            return self.picks(*elsewhere)
        if called(node, "c"):
            return self.joined([(a.name, a.value, env) for a in node.args])
        if called(node, ":"):
            first, last = (next(iter(self.picks(a.value, env))) for a in node.args)
            step = 1 if last >= first else -1
            return dict.fromkeys(range(first, last + step, step))
        if called(node, "-", "!") and len(node.args) == 1:
            left_out = self.picks(node.args[0].value, env)
            return {i: None for i in self.all() if i not in left_out}
        if called(node, "&", "|"):
            left, right = (self.picks(a.value, env) for a in node.args)
            if node.function.name == "&":
                return {i: n for i, n in left.items() if i in right}
            return {**left, **{i: n for i, n in right.items() if i not in left}}
        return self.valued(evaluate(node, env), env)

    def named(self, node: Name, env: Environment) -> Picks:
        if node.name in self.names:
            return {self.names.index(node.name): None}
        holder = env.find(node.name)
        if holder is None:
            raise missing_column(node.name)
        value = evaluate(node, env)
        if is_function(value):
            raise missing_column(node.name)
        return self.valued(value, env)

    def valued(self, value: Any, env: Environment) -> Picks:
        """Names or positions that a helper or variable gave; predicates are asked for each column."""
        if isinstance(value, RVector) and value.type == "character":
            labels = value.names or [None] * len(value)
            return {self.place(t): n or None for t, n in zip(value.data, labels, strict=True)}
        if isinstance(value, RVector) and value.type in ("integer", "double"):
            positions = [int(v) for v in value.data]
            if positions and all(p < 0 for p in positions):
                gone = {-p - 1 for p in positions}
                return {i: None for i in self.all() if i not in gone}
            for p in positions:
                if p > len(self.names):
                    raise missing_position(p, len(self.names))
            return dict.fromkeys(p - 1 for p in positions)
        if is_function(value) or isinstance(value, Call):
            predicate = as_mapper(value, Context(env, None))
            return {i: None for i, c in enumerate(self.columns) if _holds(predicate, c, env)}
        if value is NULL:
            return {}
        raise UserError("Can't select columns with this value.", code=Code.TYPE)

    def place(self, name: str) -> int:
        if name not in self.names:
            raise missing_column(name)
        return self.names.index(name)


def _holds(predicate: Any, column: Any, env: Environment) -> bool:
    value = call_mapper(predicate, [(None, column)], Context(env, None))
    return bool(value.data[0] == 1)


def missing_column(name: str) -> UserError:
    return abort(
        f"Can't subset columns that don't exist.\n✖ Column `{name}` doesn't exist.",
        "select",
        ("vctrs_error_subscript_oob", "vctrs_error_subscript"),
    )


def missing_position(position: int, count: int) -> UserError:
    return abort(
        "Can't subset columns past the end.\n"
        f"ℹ Location {position} doesn't exist.\nℹ There are only {count} columns.",
        "select",
        ("vctrs_error_subscript_oob", "vctrs_error_subscript"),
    )


# --- helpers -----------------------------------------------------------------------------------------------


def _names() -> list[str]:
    if not _current:
        raise abort("Selection helpers must be used within a *selecting* function.")
    return _current[-1]


def _where(test: Callable[[str], bool]) -> RVector:
    return integer([i + 1 for i, name in enumerate(_names()) if test(name)])


def _affix(match: Any, ignore_case: Any, test: Callable[[str, str], bool]) -> RVector:
    fold = one_flag(ignore_case, "ignore.case")
    wanted = [(t or "").lower() if fold else t or "" for t in strings(match, "match")]
    return _where(lambda name: any(test(name.lower() if fold else name, w) for w in wanted))


def starts_with(match, ignore_case, vars_=NULL):
    return _affix(match, ignore_case, str.startswith)


def ends_with(match, ignore_case, vars_=NULL):
    return _affix(match, ignore_case, str.endswith)


def contains(match, ignore_case, vars_=NULL):
    return _affix(match, ignore_case, lambda name, part: part in name)


def matches(match, ignore_case, perl=NULL, vars_=NULL):
    compiled = [
        compile_pattern(t or "", one_flag(ignore_case, "ignore.case")) for t in strings(match, "match")
    ]
    return _where(lambda name: any(c.search(name) is not None for c in compiled))


def everything(vars_=NULL):
    return _where(lambda name: True)


def last_col(offset, vars_=NULL):
    return integer(len(_names()) - int(offset.data[0]))


def all_of(x):
    wanted = x if isinstance(x, RVector) and x.type != "character" else None
    if wanted is not None:
        return wanted
    for name in x.data:
        if name not in _names():
            raise missing_column(name)
    return x


def any_of(x):
    labels = x.names or [None] * len(x)
    kept = [(t, n) for t, n in zip(x.data, labels, strict=True) if t in _names()]
    return _where(lambda name: False) if not kept else _in_order([t for t, _ in kept])


def _in_order(wanted: Sequence[str]) -> RVector:
    return integer([_names().index(t) + 1 for t in wanted])


def one_of(dots):
    return _in_order([t for _, v in dots for t in strings(v, "...") if t in _names()])


def num_range(prefix, range_, width=NULL):
    digits = int(width.data[0]) if isinstance(width, RVector) else 0
    wanted = [f"{prefix.data[0]}{int(v):0{digits}d}" for v in range_.data]
    return _in_order([t for t in wanted if t in _names()])


def where_(fn):
    return fn


HELPERS = {
    "starts_with(match, ignore.case = TRUE, vars = NULL)": starts_with,
    "ends_with(match, ignore.case = TRUE, vars = NULL)": ends_with,
    "contains(match, ignore.case = TRUE, vars = NULL)": contains,
    "matches(match, ignore.case = TRUE, perl = FALSE, vars = NULL)": matches,
    "everything(vars = NULL)": everything,
    "last_col(offset = 0L, vars = NULL)": last_col,
    "all_of(x)": all_of,
    "any_of(x)": any_of,
    "one_of(...)": one_of,
    "num_range(prefix, range, width = NULL)": num_range,
    "where(fn)": where_,
}
"""The selection helpers by R usage; dplyr, tidyr and recipes export them."""


def declare_helpers(library: Any) -> None:
    for usage, function in HELPERS.items():
        library.function(usage)(function)
