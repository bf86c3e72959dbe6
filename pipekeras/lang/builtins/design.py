"""Model formulas at work: terms, model.frame, model.matrix, model.response, contrasts."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..environment import Environment
from ..evaluator.calls import apply
from ..evaluator.compile import evaluate
from ..frames import has_automatic_rows, is_frame, make_frame, row_count, rows_of
from ..generics import invoke
from ..lookup import lookup_function
from ..models.design import (
    Terms,
    contrast_matrix,
    default_contrasts,
    design,
    evaluation_environment,
    is_category,
    labels_of_rows,
    polynomials,
    power_labels,
    terms_of,
    terms_value,
)
from ..registry import builtin
from ..text.deparse import deparse_value
from ..values import FALSE, MISSING, NULL, TRUE, RVector, character, integer, rlist
from ..vectors.coerce import has_class, numbers, one_flag, one_int, strings
from .factors import as_factor, level_names
from .frame_verbs import complete_rows
from .linalg import from_grid


def frame_of_model(
    formula: Any, terms: Terms, data: Any, env: Environment, extra: dict[str, Any], action: Any
) -> RVector:
    """The model frame: response, variables, and what `extra` (weights, offset, subset) holds, without NA.

    Args:
        action: na.action: a function, its name, or NULL to keep NA
    """
    scope = evaluation_environment(formula, data, env)
    nodes = ([] if terms.response is None else [terms.response]) + list(terms.variables.values())
    names = [deparse_value(node) for node in nodes]
    columns = [evaluate(node, scope) for node in nodes]
    for node, column in zip(names, columns, strict=True):
        if not isinstance(column, RVector):
            raise UserError(f"invalid type (closure) for variable '{node}'", code=Code.TYPE)
    columns += [evaluate(node, scope) for node in terms.offsets]
    names += [deparse_value(node) for node in terms.offsets]
    subset = extra.pop("subset", None)
    for name, value in extra.items():
        if value is not NULL:
            columns.append(value)
            names.append(f"({name})")
    _refuse_lengths(columns, names)
    rows = rows_of(columns[0]) if columns else row_count(data) if is_frame(data) else 0
    made = make_frame(columns, names, _row_names(data, rows))
    if subset is not None and subset is not NULL:
        made = invoke("[", made, subset, MISSING)
    if action is NULL:
        return made
    return _without_missing(made, action)


def _row_names(data: Any, rows: int) -> RVector | None:
    """The row names of the data, unless its rows are only numbered."""
    if not is_frame(data) or has_automatic_rows(data) or row_count(data) != rows:
        return None
    return data.attribute("row.names")


def _refuse_lengths(columns: list[Any], names: list[str]) -> None:
    for name, column in zip(names, columns, strict=True):
        if rows_of(column) != rows_of(columns[0]):
            raise UserError(
                f"variable lengths differ (found for '{name}')",
                code=Code.VALUE,
                cause=f"{names[0]} has {rows_of(columns[0])} rows, {name} {rows_of(column)}",
            )


def _without_missing(frame: RVector, action: Any) -> RVector:
    name = action.data[0] if isinstance(action, RVector) else getattr(action, "name", "na.omit")
    keep = complete_rows(list(frame.data)) if len(frame) else np.ones(0, dtype=bool)
    if keep.all() or name == "na.pass":
        return frame
    if name == "na.fail":
        raise UserError("missing values in object", code=Code.VALUE)
    made = invoke("na.omit", frame)
    if name == "na.exclude":
        mark = made.attribute("na.action").with_attribute("class", character("exclude"))
        made = made.with_attribute("na.action", mark)
    return made


@builtin("na.pass(object, ...)")
def na_pass(x, dots):
    return x


@builtin("na.exclude(object, ...)")
def na_exclude(x, dots):
    made = invoke("na.omit", x)
    mark = made.attribute("na.action")
    if mark is None:
        return made
    return made.with_attribute("na.action", mark.with_attribute("class", character("exclude")))


@builtin("na.fail(object, ...)")
def na_fail(x, dots):
    if invoke("anyNA", x).data[0] or (is_frame(x) and not complete_rows(list(x.data)).all()):
        raise UserError("missing values in object", code=Code.VALUE)
    return x


@builtin("terms(x, ...)", generic=True)
def terms(x: Any, dots: Any) -> Any:
    data = dict(dots).get("data")
    found = x.attribute("terms") if isinstance(x, RVector) else None
    if found is None and isinstance(x, RVector) and x.names and "terms" in x.names:
        found = x.data[x.names.index("terms")]
    if found is not None:
        return found
    formula: Any = x
    return terms_value(formula, terms_of(formula, data))


@builtin("model.frame(formula, ...)", generic=True)
def model_frame(ctx, formula, dots):
    if isinstance(formula, RVector):
        return formula.data[(formula.names or []).index("model")]
    named = {n or "data": v for n, v in dots}
    data = named.get("data", NULL)
    found = terms_of(formula, data)
    extra = {k: named[k] for k in ("subset", "weights", "offset") if k in named}
    frame = frame_of_model(formula, found, data, ctx.env, extra, named.get("na.action", character("na.omit")))
    return frame.with_attribute("terms", terms_value(formula, found, list(frame.data)))


@builtin("model.response(data, type = 'any')")
def model_response(data, type):
    found = data.attribute("terms")
    present = found is None or found.attributes["response"].data[0]
    if not present:
        return NULL
    value = data.data[0]
    if not isinstance(value, RVector) or value.dim is not None or has_class(value, "factor"):
        return value
    return value.with_attribute("names", character(labels_of_rows(data, len(value))))


@builtin("model.matrix(object, ...)", generic=True)
def model_matrix(ctx, formula, dots):
    options = {n or ("data" if i == 0 else "contrasts.arg"): v for i, (n, v) in enumerate(dots)}
    if isinstance(formula, RVector):
        names = formula.names or []
        options = {"data": formula.data[names.index("model")]}
        formula = formula.data[names.index("terms")]
    data = options.get("data", NULL)
    found = terms_of(formula, data)
    bare = Terms(None, found.variables, found.terms, found.intercept)
    if found.variables:
        frame = frame_of_model(formula, bare, data, ctx.env, {}, character("na.omit"))
        rows, labels = row_count(frame), labels_of_rows(frame, row_count(frame))
        if found.response is not None and is_frame(data):
            frame, labels = _with_response_known(formula, found, data, ctx.env, frame)
            rows = len(labels)
    else:
        frame, rows = rlist([]), row_count(data) if is_frame(data) else 0
        labels = labels_of_rows(data, rows)
    given = options.get("contrasts.arg", NULL)
    chosen = (
        {n or "": v for n, v in zip(given.names or [], given.data, strict=True)} if given is not NULL else {}
    )
    return matrix_value(design(found, list(frame.data), rows, chosen), labels)


def _with_response_known(
    formula: Any, found: Terms, data: RVector, env: Environment, frame: RVector
) -> tuple[RVector, list[str]]:
    """Rows whose response is NA go as well, where the response is there."""
    try:
        whole = frame_of_model(formula, found, data, env, {}, character("na.omit"))
    except UserError:
        return frame, labels_of_rows(frame, row_count(frame))
    labels = labels_of_rows(whole, row_count(whole))
    return rlist(list(whole.data[1 : 1 + len(found.variables)])), labels


def matrix_value(made: Any, labels: list[str]) -> RVector:
    """A design as R's model matrix."""
    attributes = {
        "dim": integer(list(made.matrix.shape)),
        "dimnames": rlist([character(labels), character(made.names)]),
        "assign": integer(made.assign),
    }
    if made.contrasts:
        attributes["contrasts"] = contrasts_value(made.contrasts)
    return RVector("double", made.matrix.ravel(order="F"), attributes)


def contrasts_value(chosen: dict[str, Any]) -> RVector:
    items = [character(kind) if isinstance(kind, str) else kind for kind in chosen.values()]
    return rlist(items, list(chosen))


# --- contrasts ---------------------------------------------------------------------------------------------


def _declare_contrasts(kind: str, usage: str) -> None:
    @builtin(usage)
    def contrasts_of(n, *rest):
        wanted = rest[1] if kind == "contr.treatment" else rest[0]
        levels = strings(n, "n") if len(n) > 1 else [str(i + 1) for i in range(one_int(n, "n"))]
        texts = [str(level) for level in levels]
        if not one_flag(wanted, "contrasts"):
            both = character(texts)
            return from_grid(np.eye(len(texts)), rlist([both, both]))
        if kind == "contr.treatment" and not (len(rest[0]) == 1 and rest[0].data[0] == 1):
            base = one_int(rest[0], "base") - 1
            kept = [i for i in range(len(texts)) if i != base]
            labels = rlist([character(texts), character([texts[i] for i in kept])])
            return from_grid(np.eye(len(texts))[:, kept], labels)
        grid, labels = contrast_matrix(kind, texts)
        shown = character(labels) if kind == "contr.treatment" else NULL
        return from_grid(grid, rlist([character(texts), shown]))


_declare_contrasts("contr.treatment", "contr.treatment(n, base = 1, contrasts = TRUE, sparse = FALSE)")


@builtin("contr.poly(n, scores = 1:n, contrasts = TRUE, sparse = FALSE)")
def contr_poly(n, scores=None, contrasts=TRUE, sparse=FALSE):
    count = len(n) if len(n) > 1 else one_int(n, "n")
    if count < 2:
        raise UserError(f"contrasts not defined for {count - 1} degrees of freedom", code=Code.ARGUMENT)
    at = np.arange(1.0, count + 1) if scores is None else numbers(scores, "scores")
    if len(at) != count:
        raise UserError("'scores' argument is of the wrong length", code=Code.ARGUMENT)
    if len(set(at.tolist())) < count:
        raise UserError("'scores' must all be different numbers", code=Code.ARGUMENT)
    grid = polynomials(at)
    if one_flag(contrasts, "contrasts"):
        return from_grid(grid[:, 1:], rlist([NULL, character(power_labels(count - 1))]))
    grid[:, 0] = 1
    return from_grid(grid, rlist([NULL, character([f"^{k}" for k in range(count)])]))


_declare_contrasts("contr.sum", "contr.sum(n, contrasts = TRUE, sparse = FALSE)")
_declare_contrasts("contr.helmert", "contr.helmert(n, contrasts = TRUE, sparse = FALSE)")


@builtin("contrasts(x, contrasts = TRUE, sparse = FALSE)")
def contrasts(x, wanted, sparse):
    if not is_category(x):
        raise UserError("contrasts apply only to factors", code=Code.TYPE)
    kind = x.attribute("contrasts")
    name = default_contrasts(x) if kind is None else kind.data[0] if kind.type == "character" else None
    if name is None:
        return kind
    levels = character(level_names(as_factor(x)))
    from ..session import session

    function = lookup_function(name, session.global_env)
    return apply(function, [(None, levels), ("contrasts", wanted)])


@builtin("offset(object)")
def offset(x):
    return x
