"""recipes: a recipe of steps on a table, prep() that trains them, bake() and juice() that apply them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Call, Name
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..frames import column_names, is_frame, row_count
from ..generics import class_names
from ..lookup import force
from ..models.formulas import is_formula, summands
from ..session import session
from ..values import NULL, Promise, RVector, character, rlist
from ..vectors.coerce import has_class, one_flag
from .binding import tibble_of
from .dplyr_rows import library as _dplyr
from .grouping import columns_of, grouped
from .library import Library, method
from .quosures import Quosure, quosures
from .tibble import to_tibble
from .tidyselect import HELPERS, select
from .tidyselect import _current as current_names

library = Library("recipes")
for _helper in HELPERS:
    _name = _helper.partition("(")[0]
    library.values[_name] = _dplyr.values[_name]

Columns = dict[str, Any]


class Step:
    """One step: what columns it takes, what it learns from the training data, what it does to a table.

    Attributes:
        parts: the selection as written
        chosen: the columns, once trained
        learned: what training found
        options: its further arguments
    """

    title = ""

    def __init__(self, parts: Sequence[Quosure], options: dict[str, Any]) -> None:
        self.parts = list(parts)
        self.options = options
        self.chosen: list[str] = []
        self.learned: Any = None
        self.skip = "skip" in options and one_flag(options["skip"], "skip")

    def train(self, columns: Columns, roles: dict[str, str]) -> None:
        self.chosen = chosen_columns(self.parts, columns, roles)
        self.learned = self.learn({n: columns[n] for n in self.chosen})

    def learn(self, columns: Columns) -> Any:
        """What the step keeps of the training data's chosen columns."""
        return None

    def apply(self, columns: Columns) -> Columns:
        """The table's columns after the step."""
        raise NotImplementedError

    def new_role(self) -> str:
        """The role of columns that the step adds."""
        return (
            self.options["role"].data[0]
            if "role" in self.options and self.options["role"] is not NULL
            else "predictor"
        )

    def trained_copy(self) -> Step:
        """The same step, to be trained anew."""
        return type(self)(self.parts, self.options)

    def describe(self, trained: bool) -> str:
        from .quosures import label_of

        names = self.chosen if trained else [label_of(p.node) for p in self.parts]
        return f"{self.title} {', '.join(names) or '<none>'}" + (" [trained]" if trained else "")


class Recipe:
    """Columns with roles, and steps.

    Attributes:
        template: the table that the recipe was made with
        roles: the role of each column ("" for none)
        baked: the training data after all steps, once prepared
    """

    def __init__(self, template: RVector, roles: dict[str, str], steps: list[Step]) -> None:
        self.template = template
        self.roles = roles
        self.steps = steps
        self.baked: Columns | None = None
        self.rows: tuple[int, int] = (0, 0)
        self.final_roles: dict[str, str] = {}
        self.levels: dict[str, Any] = {}


def recipe_value(recipe: Recipe) -> RVector:
    """A recipe as R value."""
    made = rlist([recipe.template], ["template"], {"class": character("recipe")})
    assert made.attributes is not None
    made.attributes[".recipe"] = recipe
    return made


def recipe_of(value: Any) -> Recipe:
    if not has_class(value, "recipe"):
        raise UserError("x should be a recipe", code=Code.TYPE)
    return value.attributes[".recipe"]


# --- making a recipe ---------------------------------------------------------------------------------------


@library.function("recipe(x, ...)")
def recipe_(x, dots):
    given = dict(dots)
    data = x if is_frame(x) else given.get("data", dots[0][1] if dots and is_frame(dots[0][1]) else None)
    formula = given.get("formula", x if is_formula(x) else next((v for _, v in dots if is_formula(v)), None))
    if data is None or not is_frame(data):
        raise UserError("`x` should be a data frame, matrix, or tibble", code=Code.TYPE)
    table = to_tibble(grouped(data, []))
    names = [n or "" for n in column_names(table)]
    if formula is None:
        roles = dict.fromkeys(names, "")
        if "vars" in given and "roles" in given:
            roles = dict(zip(given["vars"].data, given["roles"].data, strict=True))
        return recipe_value(Recipe(table, roles, []))
    left = [term.name for term in _terms(formula.args[0].value)] if len(formula.args) == 2 else []
    right = [term.name for term in _terms(formula.args[-1].value)]
    predictors = [n for n in names if n not in left] if "." in right else right
    order = [*predictors, *left]
    _check_known(order, names)
    columns = columns_of(table)
    roles = {n: "outcome" if n in left else "predictor" for n in order}
    template = tibble_of([columns[n] for n in order], order, row_count(table))
    return recipe_value(Recipe(template, roles, []))


def _terms(node: Any) -> list[Name]:
    """The variables of one side of a formula in their order."""
    terms = summands(node)
    bad = next((t for t in terms if not isinstance(t, Name)), None)
    if bad is not None:
        raise UserError(
            "No in-line functions should be used here; use steps to define baking actions.",
            code=Code.ARGUMENT,
        )
    return [t for t in terms if isinstance(t, Name)]


def _check_known(wanted: Sequence[str], names: Sequence[str]) -> None:
    gone = [n for n in wanted if n not in names]
    if gone:
        raise UserError(
            f"Not all variables in the recipe are present in the supplied training set: {gone[0]}"
        )


# --- selection ---------------------------------------------------------------------------------------------


_running: list[tuple[Columns, dict[str, str]]] = []


def chosen_columns(parts: Sequence[Quosure], columns: Columns, roles: dict[str, str]) -> list[str]:
    _running.append((columns, roles))
    try:
        names = list(columns)
        return [names[i] for i, _ in select(parts, names, list(columns.values()))]
    finally:
        _running.pop()


def _selector(name: str, test: Callable[[Any, str], bool]) -> None:
    @library.function(f"{name}()")
    def selector():
        if not _running:
            raise UserError(f"`{name}()` must be used inside a recipe's step", code=Code.VALUE)
        columns, roles = _running[-1]
        return character([n for n in current_names[-1] if test(columns[n], roles.get(n, ""))])


def is_numeric(column: Any) -> bool:
    return isinstance(column, RVector) and column.type in ("double", "integer") and not class_names(column)


def is_nominal(column: Any) -> bool:
    return isinstance(column, RVector) and (column.type == "character" or has_class(column, "factor"))


_selector("all_predictors", lambda c, r: r == "predictor")
_selector("all_outcomes", lambda c, r: r == "outcome")
_selector("all_numeric", lambda c, r: is_numeric(c))
_selector("all_nominal", lambda c, r: is_nominal(c))
_selector("all_numeric_predictors", lambda c, r: is_numeric(c) and r == "predictor")
_selector("all_nominal_predictors", lambda c, r: is_nominal(c) and r == "predictor")
_selector("all_factor", lambda c, r: has_class(c, "factor"))
_selector("all_string", lambda c, r: isinstance(c, RVector) and c.type == "character")
_selector("all_integer", lambda c, r: isinstance(c, RVector) and c.type == "integer" and not class_names(c))
_selector("all_double", lambda c, r: isinstance(c, RVector) and c.type == "double" and not class_names(c))
_selector("all_date", lambda c, r: has_class(c, "Date"))


@library.function("has_role(match = 'predictor')")
def has_role(match):
    _, roles = _running[-1]
    return character([n for n in current_names[-1] if roles.get(n, "") in match.data])


@library.function("has_type(match = 'numeric')")
def has_type(match):
    columns, _ = _running[-1]
    tests = {"numeric": is_numeric, "nominal": is_nominal}
    return character(
        [n for n in current_names[-1] if any(tests[t](columns[n]) for t in match.data if t in tests)]
    )


def declare_step(name: str, options: Sequence[str]) -> Callable[[type[Step]], type[Step]]:
    """Declare `step_name(recipe, ..., options)`."""

    def declare(kind: type[Step]) -> type[Step]:
        @library.special(name)
        def add_step(call: Call, env: Environment) -> Any:
            session.visible = True
            pairs = promise_arguments(call, env)
            known = {"role", "trained", "skip", "id", "retain", *options}
            given = {n: _value(v) for n, v in pairs if n in known}
            rest = [(None if n == "recipe" else n, v) for n, v in pairs if n not in known]
            old = recipe_of(_value(rest[0][1]))
            step = kind(quosures(rest[1:], env), given)
            return recipe_value(Recipe(old.template, old.roles, [*old.steps, step]))

        return kind

    return declare


def _value(argument: Any) -> Any:
    return force(argument) if isinstance(argument, Promise) else argument


def _with_roles(call: Call, env: Environment, change: Callable[[str], str | None]) -> RVector:
    pairs = promise_arguments(call, env)
    old = recipe_of(_value(pairs[0][1]))
    parts = quosures([(n, v) for n, v in pairs[1:] if n not in ("new_role", "old_role", "new_type")], env)
    roles = dict(old.roles)
    for name in chosen_columns(parts, columns_of(old.template), roles):
        roles[name] = change(roles[name]) or ""
    return recipe_value(Recipe(old.template, roles, old.steps))


@library.special("update_role", "add_role")
def update_role(call: Call, env: Environment) -> Any:
    session.visible = True
    new = next(
        (_value(v) for n, v in promise_arguments(call, env) if n == "new_role"), character("predictor")
    )
    return _with_roles(call, env, lambda old: new.data[0])


@library.special("remove_role")
def remove_role(call: Call, env: Environment) -> Any:
    session.visible = True
    return _with_roles(call, env, lambda old: "")


# --- prep and bake -----------------------------------------------------------------------------------------


@library.function(
    "prep(x, training = NULL, fresh = FALSE, verbose = FALSE, retain = TRUE, log_changes = FALSE,"
    " strings_as_factors = TRUE, ...)"
)
def prep(x, training, fresh, verbose, retain, log_changes, strings_as_factors, dots):
    recipe = recipe_of(x)
    table = recipe.template if training is NULL else to_tibble(grouped(training, []))
    found = columns_of(table)
    _check_known(list(columns_of(recipe.template)), list(found))
    columns = {n: found[n] for n in columns_of(recipe.template)}
    made = Recipe(recipe.template, recipe.roles, [])
    complete = ~np.any([_missing(c) for c in columns.values()], axis=0)
    made.rows = (row_count(table), int((~complete).sum()))
    if one_flag(strings_as_factors, "strings_as_factors"):
        columns, made.levels = _as_factors(columns)
    roles = dict(recipe.roles)
    for step in recipe.steps:
        copy = step.trained_copy()
        copy.train(columns, roles)
        before = list(columns)
        columns = copy.apply(columns)
        for name in columns:
            if name not in before:
                roles[name] = copy.new_role()
        made.steps.append(copy)
    made.baked = columns
    made.final_roles = {n: roles.get(n, "") for n in columns}
    return recipe_value(made)


def _missing(column: RVector) -> np.ndarray:
    return np.array([v is NULL for v in column.data]) if column.type == "list" else column.is_na()


def _as_factors(columns: Columns) -> tuple[Columns, dict[str, Any]]:
    from ..generics import invoke

    out, levels = {}, {}
    for name, column in columns.items():
        if column.type == "character":
            column = invoke("factor", column)
            levels[name] = column.attribute("levels")
        out[name] = column
    return out, levels


def _trained(value: Any, name: str) -> Recipe:
    recipe = recipe_of(value)
    if recipe.baked is None:
        raise UserError(
            "At least one step has not been trained. Please run `prep`.",
            code=Code.VALUE,
            cause=f"{name}() needs a recipe that was prepared",
            cure="rec <- prep(rec, training = data)",
        )
    return recipe


def baked(recipe: Recipe, data: Any) -> Columns:
    """A table after all trained steps."""
    from ..generics import invoke

    if data is NULL:
        return dict(recipe.baked or {})
    found = columns_of(to_tibble(grouped(data, [])))
    columns = {}
    for name in columns_of(recipe.template):
        if name not in found:
            if recipe.roles.get(name) == "outcome":
                continue
            raise UserError(
                f"The following required column is missing from `new_data`: {name}.", code=Code.NAME
            )
        columns[name] = found[name]
        if name in recipe.levels and columns[name].type == "character":
            columns[name] = invoke("factor", columns[name], levels=recipe.levels[name])
    for step in recipe.steps:
        if not step.skip:
            columns = step.apply(columns)
    return columns


def _bake(call: Call, env: Environment, name: str) -> RVector:
    session.visible = True
    pairs = promise_arguments(call, env)
    options = {n: _value(v) for n, v in pairs if n in ("object", "new_data", "newdata", "composition")}
    rest = [v for n, v in pairs if n not in options]
    recipe = _trained(options["object"] if "object" in options else _value(rest.pop(0)), name)
    data: Any = NULL
    if name == "bake":
        given = options.get("new_data", options.get("newdata"))
        data = given if given is not None else _value(rest.pop(0)) if rest else NULL
    columns = baked(recipe, data)
    if rest:
        parts = quosures([(None, v) for v in rest], env)
        columns = {n: columns[n] for n in chosen_columns(parts, columns, recipe.final_roles)}
    count = max((len(c) for c in columns.values()), default=0)
    out = tibble_of(list(columns.values()), list(columns), count)
    kind = options["composition"].data[0] if "composition" in options else "tibble"
    return _composed(out, kind)


def _composed(table: RVector, kind: str) -> Any:
    from ..generics import invoke

    if kind == "matrix":
        return invoke("as.matrix", table)
    return invoke("as.data.frame", table) if kind == "data.frame" else table


@library.special("bake")
def bake(call: Call, env: Environment) -> Any:
    return _bake(call, env, "bake")


@library.special("juice")
def juice(call: Call, env: Environment) -> Any:
    return _bake(call, env, "juice")


# --- printing ----------------------------------------------------------------------------------------------


@method("print.recipe(x, ...)", "print", "recipe", invisible=True)
def print_recipe(x, dots):
    recipe = recipe_of(x)
    counts: dict[str, int] = {}
    for role in sorted(recipe.roles.values()):
        counts[role or "<NA>"] = counts.get(role or "<NA>", 0) + 1
    width = max([4, *(len(r) for r in counts)])
    lines = ["Recipe", "", "Inputs:", ""]
    if set(counts) == {"<NA>"}:
        lines.append(f"  {counts['<NA>']} variables (no declared roles)")
    else:
        lines.append("role".rjust(width + 1) + " #variables")
        lines += [r.rjust(width + 1) + str(n).rjust(11) for r, n in counts.items()]
    trained = recipe.baked is not None
    if trained:
        rows, gaps = recipe.rows
        text = f"\nTraining data contained {rows} data points and "
        text += f"{gaps} incomplete row{'' if gaps == 1 else 's'}. " if gaps else "no missing data."
        lines.append(text)
    if recipe.steps:
        lines += ["", "Operations:", ""]
        lines += [step.describe(trained) for step in recipe.steps]
    session.write("\n".join(lines) + "\n")
    return x


@method("summary.recipe(object, ...)", "summary", "recipe")
def summary_recipe(object_, dots):
    recipe = recipe_of(object_)
    columns = columns_of(recipe.template) if recipe.baked is None else recipe.baked
    roles = recipe.roles if recipe.baked is None else recipe.final_roles
    names = list(columns)
    source = ["original" if n in recipe.roles else "derived" for n in names]
    kinds = rlist([character(_kinds(columns[n])) for n in names])
    role = character([roles.get(n) or None for n in names])
    return tibble_of(
        [character(names), kinds, role, character(source)], ["variable", "type", "role", "source"]
    )


def _kinds(column: RVector) -> list[str]:
    if has_class(column, "ordered"):
        return ["ordered", "factor", "nominal"]
    if has_class(column, "factor"):
        return ["factor", "unordered", "nominal"]
    if has_class(column, "Date"):
        return ["date"]
    if column.type == "character":
        return ["string", "unordered", "nominal"]
    return {"double": ["double", "numeric"], "integer": ["integer", "numeric"]}.get(
        column.type, [column.type]
    )
