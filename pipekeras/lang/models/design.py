"""Model formulas: their terms, the model frame, and the design matrix with coded categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Arg, Call, Const, Name
from ..environment import Environment
from ..frames import column_names, is_frame, row_labels
from ..text.deparse import deparse_value
from ..values import RVector, character, integer, rlist
from ..vectors.coerce import coerce, has_class
from .formulas import called, data_environment, formula_environment, names_in, sides
from .householder import decompose

Term = frozenset[str]
INTERCEPT: Term = frozenset()


@dataclass(slots=True)
class Terms:
    """What a formula asks for.

    Attributes:
        response: the left side, or None
        variables: the right side's variables by their text, in order
        terms: each a set of variables, in order of their degree, without the intercept
        offsets: the calls of offset()
    """

    response: Any
    variables: dict[str, Any] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    intercept: bool = True
    offsets: list[Any] = field(default_factory=list)

    def ordered(self, term: Term) -> list[str]:
        return [name for name in self.variables if name in term]

    @property
    def labels(self) -> list[str]:
        return [":".join(self.ordered(term)) for term in self.terms]


def terms_of(formula: Call, data: Any = None) -> Terms:
    """The terms of a formula; `.` stands for all columns of the data that the left side does not name."""
    left, right = sides(formula)
    found = Terms(left)
    taken = names_in(left) if left is not None else set()
    rest = [n for n in column_names(data) if n and n not in taken] if isinstance(data, RVector) else None
    expanded = _Expansion(found, rest).of(right)
    kept = [INTERCEPT, *expanded] if not _removes(right) else expanded
    found.intercept = INTERCEPT in kept
    response = None if left is None else deparse_value(left)
    used = [t for t in dict.fromkeys(kept) if t and t != frozenset([response])]
    found.terms = sorted(used, key=len)
    names = set().union(*used) if used else set[str]()
    found.variables = {k: v for k, v in found.variables.items() if k in names}
    return found


def _constant(node: Any) -> Any:
    """The number of a constant, whether a script wrote it or call() put it there; None of anything else."""
    value = node.value if isinstance(node, Const) else None
    return value.data[0] if isinstance(value, RVector) and len(value) == 1 else value


def _removes(node: Any) -> bool:
    """Whether the intercept is taken away last: `- 1`, `+ 0`."""
    while isinstance(node, Call) and isinstance(node.function, Name) and node.function.name in "+-(":
        value = _constant(node.args[-1].value)
        if value in (0, 1) and node.function.name in "+-":
            return (value == 1) == (node.function.name == "-")
        node = node.args[0].value
    return _constant(node) == 0


class _Expansion:
    def __init__(self, found: Terms, rest: Sequence[str] | None) -> None:
        self.found = found
        self.rest = rest

    def _variable(self, node: Any) -> list[Term]:
        text = deparse_value(node)
        self.found.variables.setdefault(text, node)
        return [frozenset([text])]

    def of(self, node: Any) -> list[Term]:
        if isinstance(node, Const):
            value = _constant(node)
            if value in (0, 1):
                return [INTERCEPT] if value == 1 else []
            raise UserError("invalid model formula", code=Code.VALUE, cause="a number stands among the terms")
        if isinstance(node, Name) and node.name == "." and self.rest is not None:
            return [t for name in self.rest for t in self._variable(Name(name))]
        if called(node, "offset"):
            self.found.offsets.append(node)
            return []
        args = [a.value for a in node.args] if isinstance(node, Call) else []
        name = node.function.name if isinstance(node, Call) and isinstance(node.function, Name) else ""
        if name in ("(", "+") and len(args) == 1:
            return self.of(args[0])
        if name == "-":
            return self._without(args)
        if name == "^":
            return self._power(args)
        if name in ("+", ":", "*", "/", "%in%") and len(args) == 2:
            return _combined(name, self.of(args[0]), self.of(args[1]))
        return self._variable(node)

    def _without(self, args: list[Any]) -> list[Term]:
        left = self.of(args[0]) if len(args) == 2 else []
        gone = self.of(args[-1])
        return [t for t in left if t not in gone]

    def _power(self, args: list[Any]) -> list[Term]:
        times = _constant(args[1])
        if not isinstance(times, (int, float)) or times < 1:
            raise UserError("invalid power in formula", code=Code.VALUE)
        base = self.of(args[0])
        out = base
        for _ in range(int(times) - 1):
            out = list(dict.fromkeys([*out, *_crossed(out, base)]))
            out.sort(key=len)
        return out


def _crossed(a: list[Term], b: list[Term]) -> list[Term]:
    return list(dict.fromkeys(s | t for s in a for t in b))


def _combined(operator: str, a: list[Term], b: list[Term]) -> list[Term]:
    if operator == "+":
        return list(dict.fromkeys([*a, *b]))
    if operator == "*":
        return list(dict.fromkeys([*a, *b, *_crossed(a, b)]))
    if operator == "/":
        return list(dict.fromkeys([*a, *_crossed([frozenset().union(*a)], b)]))
    return _crossed(a, b)


# --- the variables' values ---------------------------------------------------------------------------------


def evaluation_environment(formula: Any, data: Any, env: Environment) -> Environment:
    if isinstance(data, Environment):
        return data
    return data_environment(data, formula_environment(formula) or env)


def is_category(value: Any) -> bool:
    return has_class(value, "factor") or value.type in ("character", "logical")


def variable_kind(value: Any) -> str:
    """What R's terms say of a variable under "dataClasses"."""
    if has_class(value, "factor"):
        return "ordered" if has_class(value, "ordered") else "factor"
    if value.type in ("character", "logical"):
        return value.type
    return f"nmatrix.{value.dim[1]}" if value.dim and len(value.dim) == 2 else "numeric"


def terms_value(formula: Any, terms: Terms, values: Sequence[Any] | None = None) -> RVector | Any:
    """R's `terms` object: the formula with what was found as attributes."""
    from ..values import Formula

    shown = _written_out(formula, terms)
    names = list(terms.variables)
    left = [] if terms.response is None else [deparse_value(terms.response)]
    nodes = ([] if terms.response is None else [terms.response]) + list(terms.variables.values())
    offsets = [deparse_value(node) for node in terms.offsets]
    nodes += terms.offsets
    rows = left + names + offsets
    cells = [1 if row in term else 0 for term in terms.terms for row in rows]
    table: Any = integer([])
    if terms.terms:
        shape = integer([len(rows), len(terms.terms)])
        labels = rlist([character(rows), character(terms.labels)])
        table = integer([_cell(terms, t, r) for t in terms.terms for r in rows] or cells)
        table = RVector("integer", table.data, {"dim": shape, "dimnames": labels})
    variables = Call(Name("list"), [Arg(None, n) for n in nodes])
    attributes: dict[str, Any] = {
        "variables": variables,
        **({"offset": integer([len(left + names) + 1 + i for i in range(len(offsets))])} if offsets else {}),
        "factors": table,
        "term.labels": character(terms.labels),
        "order": integer([len(t) for t in terms.terms]),
        "intercept": integer(int(terms.intercept)),
        "response": integer(int(terms.response is not None)),
        "class": character(["terms", "formula"]),
    }
    env = formula_environment(formula)
    if env is not None:
        attributes[".Environment"] = env
    if values is not None:
        attributes["predvars"] = variables
        attributes["dataClasses"] = character([variable_kind(v) for v in values], {"names": character(rows)})
    return Formula(shown, attributes)


def _cell(terms: Terms, term: Term, row: str) -> int:
    """1: coded by contrasts; 2: coded by all levels; 0: not in the term."""
    if row not in term:
        return 0
    return 1 if by_contrasts(terms, term, row) else 2


def _written_out(formula: Call, terms: Terms) -> Call:
    """The formula with `.` replaced by what it stood for."""
    left, right = sides(formula)
    if "." not in names_in(right):
        return formula
    node: Any = None
    for label in terms.terms:
        part: Any = None
        for name in terms.ordered(label):
            each = terms.variables[name]
            part = each if part is None else Call(Name(":"), [Arg(None, part), Arg(None, each)])
        node = part if node is None else Call(Name("+"), [Arg(None, node), Arg(None, part)])
    if not terms.intercept:
        node = Call(Name("-"), [Arg(None, node), Arg(None, Const(1.0))])
    args = [Arg(None, node)] if left is None else [Arg(None, left), Arg(None, node)]
    return Call(Name("~"), args)


# --- coding ------------------------------------------------------------------------------------------------


def by_contrasts(terms: Terms, term: Term, name: str) -> bool:
    """Whether a category loses a level in a term: what is left of the term without it is in the model."""
    rest = term - {name}
    return not rest or rest in terms.terms


def polynomials(scores: np.ndarray) -> np.ndarray:
    """Orthonormal polynomials of the levels' scores, the constant first, to the last bit by R's own QR."""
    made = decompose(np.vander(scores - scores.mean(), len(scores), increasing=True))
    raw = made.times(np.diag(np.diagonal(made.compact)))
    return raw / np.sqrt((raw**2).sum(axis=0))


def power_labels(count: int) -> list[str]:
    """What polynomial contrasts are called, from the linear one on."""
    return [".L", ".Q", ".C", *(f"^{k}" for k in range(4, count + 1))][:count]


def contrast_matrix(kind: str, levels: Sequence[str]) -> tuple[np.ndarray, list[str]]:
    """The columns and their names by which a category's levels are coded."""
    n = len(levels)
    if kind == "contr.treatment":
        return np.eye(n)[:, 1:], list(levels[1:])
    if kind == "contr.poly":
        return polynomials(np.arange(1.0, n + 1))[:, 1:], power_labels(n - 1)
    numbered = [str(k + 1) for k in range(n - 1)]
    if kind == "contr.sum":
        return np.vstack([np.eye(n - 1), -np.ones(n - 1)]), numbered
    if kind == "contr.helmert":
        return np.array(
            [[-1.0 if i <= j else j + 1 if i == j + 1 else 0 for j in range(n - 1)] for i in range(n)]
        ), (numbered)
    raise UserError(f'could not find function "{kind}"', code=Code.FUNCTION, cure='use "contr.treatment"')


def default_contrasts(value: Any) -> str:
    return "contr.poly" if has_class(value, "ordered") else "contr.treatment"


@dataclass(slots=True)
class Design:
    """A design matrix: its columns, their names, and the number of the term of each."""

    matrix: np.ndarray
    names: list[str]
    assign: list[int]
    contrasts: dict[str, Any]
    levels: dict[str, list[str]]


def design(
    terms: Terms,
    values: Sequence[Any],
    rows: int,
    chosen: dict[str, Any] | None = None,
    levels: dict[str, list[str]] | None = None,
) -> Design:
    """Code the values of a formula's variables as numbers.

    Args:
        values: one for each of `terms.variables`, without NA
        chosen: contrasts by variable: a name or a matrix
        levels: the levels by variable that new data must have
    """
    out = Design(np.empty((rows, 0)), [], [], {}, {})
    coded = dict(zip(terms.variables, values, strict=True))
    codings = _Codings(coded, chosen or {}, levels or {}, out)
    blocks: list[np.ndarray] = []
    if terms.intercept:
        blocks.append(np.ones((rows, 1)))
        out.names.append("(Intercept)")
        out.assign.append(0)
    first_full = not terms.intercept
    for number, term in enumerate(terms.terms, 1):
        block, names = np.ones((rows, 1)), [""]
        for name in terms.ordered(term):
            full = not by_contrasts(terms, term, name)
            if first_full and is_category(
                coded[name]
            ):  # without intercept, the first category keeps all levels
                full, first_full = True, False
            columns, labels = codings.of(name, full)
            block = np.concatenate([block * columns[:, [j]] for j in range(columns.shape[1])], axis=1)
            names = [f"{old}:{new}" if old else new for new in labels for old in names]
        blocks.append(block)
        out.names += names
        out.assign += [number] * len(names)
    out.matrix = np.concatenate(blocks, axis=1) if blocks else out.matrix
    return out


class _Codings:
    def __init__(
        self, values: dict[str, Any], chosen: dict[str, Any], levels: dict[str, list[str]], out: Design
    ) -> None:
        self.values = values
        self.chosen = chosen
        self.levels = levels
        self.out = out

    def of(self, name: str, full: bool) -> tuple[np.ndarray, list[str]]:
        """The columns of a variable and their names."""
        value = self.values[name]
        if not is_category(value):
            return _numbers(value, name)
        codes, levels = self._codes(value, name)
        if value.type != "logical":
            self.out.levels[name] = levels
        kind = self.chosen.get(name, default_contrasts(value))
        self.out.contrasts[name] = kind
        if len(levels) < 2 and not full:
            raise UserError(
                "contrasts can be applied only to factors with 2 or more levels",
                code=Code.VALUE,
                cause=f"`{name}` has the level {levels[0] if levels else 'none'} only",
            )
        if full:
            table, labels = np.eye(len(levels)), levels
        elif isinstance(kind, RVector) and kind.type != "character":
            table, labels = _given_contrasts(kind)
        else:
            table, labels = contrast_matrix(kind.data[0] if isinstance(kind, RVector) else kind, levels)
        return table[codes], [f"{name}{label}" for label in labels]

    def _codes(self, value: Any, name: str) -> tuple[np.ndarray, list[str]]:
        from ..builtins.factors import as_factor, level_names

        made = as_factor(value)
        own = [str(level) for level in level_names(made)]
        wanted = self.levels.get(name)
        if wanted is None or wanted == own:
            return made.data - 1, own
        used = [own[code - 1] for code in made.data]
        new = [level for level in own if level not in wanted and level in used]
        if new:
            raise UserError(
                f"factor {name} has new level{'s' if len(new) > 1 else ''} {', '.join(new)}", code=Code.VALUE
            )
        return np.array([wanted.index(u) for u in used], dtype=int), wanted


def _given_contrasts(kind: RVector) -> tuple[np.ndarray, list[str]]:
    table = coerce(RVector(kind.type, kind.data), "double").data.reshape(kind.dim or (-1, 1), order="F")
    dimnames = kind.attribute("dimnames")
    own = dimnames.data[1] if dimnames is not None else None
    labels = list(own.data) if isinstance(own, RVector) else [str(j + 1) for j in range(table.shape[1])]
    return table, labels


def _numbers(value: Any, name: str) -> tuple[np.ndarray, list[str]]:
    cells = coerce(RVector(value.type, value.data), "double").data
    if value.dim is None or len(value.dim) != 2:
        return cells.reshape(-1, 1), [name]
    labels = value.attribute("dimnames")
    heads = labels.data[1] if labels is not None else None
    own = list(heads.data) if isinstance(heads, RVector) else [str(j + 1) for j in range(value.dim[1])]
    return cells.reshape(value.dim, order="F"), [f"{name}{label}" for label in own]


def labels_of_rows(data: Any, rows: int) -> list[str]:
    """Row names of the data, else numbers."""
    labels = row_labels(data) if is_frame(data) else []
    return labels if len(labels) == rows else [str(i + 1) for i in range(rows)]
