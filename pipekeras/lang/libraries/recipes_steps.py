"""The steps of recipes: centering, scaling, ranges, dummies, imputing, logs, choosing rows and columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..environment import Environment
from ..frames import take_column_rows
from ..generics import as_text, invoke
from ..session import session
from ..values import NA_INTEGER, NULL, RVector, character, double, integer
from ..vectors.coerce import has_class, numbers, one_flag, one_int, one_number
from .binding import tibble_of
from .dplyr import library as dplyr
from .dplyr import mutated
from .grouping import columns_of
from .quosures import Quosure
from .recipes import Columns, Step, declare_step, library


def _known(column: RVector) -> np.ndarray:
    data = numbers(column, "x")
    return data[~np.isnan(data)]


def _sd(data: np.ndarray) -> float:
    return float(np.std(data, ddof=1)) if len(data) > 1 else float("nan")


def _mean(data: np.ndarray) -> float:
    return float(invoke("mean", double(data)).data[0]) if len(data) else float("nan")


class _EachColumn(Step):
    """A step that changes each chosen column by what it learned of it."""

    def learn(self, columns: Columns) -> dict[str, Any]:
        return {n: self.measure(c) for n, c in columns.items()}

    def measure(self, column: RVector) -> Any:
        return None

    def change(self, column: RVector, learned: Any) -> RVector:
        raise NotImplementedError

    def apply(self, columns: Columns) -> Columns:
        out = dict(columns)
        for name in self.chosen:
            if name in out:
                out[name] = self.change(out[name], self.learned[name])
        return out


@declare_step("step_center", ["means", "na_rm"])
class Center(_EachColumn):
    title = "Centering for"

    def measure(self, column: RVector) -> float:
        return _mean(_known(column))

    def change(self, column: RVector, learned: float) -> RVector:
        return double(numbers(column, "x") - learned)


@declare_step("step_scale", ["sds", "factor", "na_rm"])
class Scale(_EachColumn):
    title = "Scaling for"

    def measure(self, column: RVector) -> float:
        times = one_number(self.options["factor"], "factor") if "factor" in self.options else 1.0
        return _sd(_known(column)) * times

    def change(self, column: RVector, learned: float) -> RVector:
        return double(numbers(column, "x") / learned)


@declare_step("step_normalize", ["means", "sds", "na_rm"])
class Normalize(_EachColumn):
    title = "Centering and scaling for"

    def measure(self, column: RVector) -> tuple[float, float]:
        known = _known(column)
        return _mean(known), _sd(known)

    def change(self, column: RVector, learned: tuple[float, float]) -> RVector:
        return double((numbers(column, "x") - learned[0]) / learned[1])


@declare_step("step_range", ["min", "max", "ranges", "clipping"])
class Range(_EachColumn):
    title = "Range scaling to [0,1] for"

    def limits(self) -> tuple[float, float]:
        low = one_number(self.options["min"], "min") if "min" in self.options else 0.0
        return low, one_number(self.options["max"], "max") if "max" in self.options else 1.0

    def measure(self, column: RVector) -> tuple[float, float]:
        known = _known(column)
        return float(known.min()), float(known.max())

    def change(self, column: RVector, learned: tuple[float, float]) -> RVector:
        low, high = self.limits()
        least, most = learned
        data = (numbers(column, "x") - least) * (high - low) / (most - least) + low
        return double(np.clip(data, low, high))

    def describe(self, trained: bool) -> str:
        low, high = self.limits()
        return super().describe(trained).replace("[0,1]", f"[{low:g},{high:g}]")


@declare_step("step_log", ["offset", "base", "signed"])
class Log(_EachColumn):
    title = "Log transformation on"

    def change(self, column: RVector, learned: None) -> RVector:
        offset = one_number(self.options["offset"], "offset") if "offset" in self.options else 0.0
        base = one_number(self.options["base"], "base") if "base" in self.options else np.e
        with np.errstate(all="ignore"):
            out = np.log(numbers(column, "x") + offset)
        return double(out if base == np.e else out / np.log(base))


@declare_step("step_sqrt", [])
class SquareRoot(_EachColumn):
    title = "Square root transformation on"

    def change(self, column: RVector, learned: None) -> RVector:
        with np.errstate(all="ignore"):
            return double(np.sqrt(numbers(column, "x")))


class _Impute(_EachColumn):
    def change(self, column: RVector, learned: Any) -> RVector:
        missing = column.is_na()
        if column.type == "integer" and not has_class(column, "factor"):
            learned = int(learned)
        data = np.where(missing, learned, column.data)
        return RVector(column.type, data.astype(column.data.dtype), dict(column.attributes or {}))


@declare_step("step_impute_mean", ["means", "trim"])
class ImputeMean(_Impute):
    title = "Mean imputation for"

    def measure(self, column: RVector) -> float:
        return _mean(_known(column))


@declare_step("step_impute_median", ["medians"])
class ImputeMedian(_Impute):
    title = "Median imputation for"

    def measure(self, column: RVector) -> float:
        return float(np.median(_known(column)))


@declare_step("step_impute_mode", ["modes", "ptype"])
class ImputeMode(_Impute):
    title = "Mode imputation for"

    def measure(self, column: RVector) -> int:
        codes = column.data[column.data != NA_INTEGER]
        return int(np.bincount(codes).argmax())


for _old, _new in (("step_meanimpute", "step_impute_mean"), ("step_medianimpute", "step_impute_median")):
    library.values[_old] = library.values[_new]


# --- nominal columns ---------------------------------------------------------------------------------------


@declare_step("step_dummy", ["one_hot", "naming", "levels", "preserve", "keep_original_cols"])
class Dummy(Step):
    title = "Dummy variables from"

    def learn(self, columns: Columns) -> dict[str, list[str]]:
        return {n: list(invoke("levels", invoke("as.factor", c)).data) for n, c in columns.items()}

    def apply(self, columns: Columns) -> Columns:
        whole = "one_hot" in self.options and one_flag(self.options["one_hot"], "one_hot")
        out = {n: c for n, c in columns.items() if n not in self.chosen}
        for name in self.chosen:
            if name not in columns:
                continue
            levels = self.learned[name]
            texts = as_text(columns[name]).data
            for level in levels if whole else levels[1:]:
                label = f"{name}_{_name_of(level)}"
                out[label] = double([None if t is None else float(t == level) for t in texts])
        return out


def _name_of(level: str) -> str:
    text = invoke("make.names", character(level)).data[0]
    return text[1:] if text.startswith("X") and not level.startswith("X") else text


@declare_step("step_string2factor", ["levels", "ordered"])
class StringToFactor(_EachColumn):
    title = "Factor variables from"

    def measure(self, column: RVector) -> Any:
        return invoke("levels", invoke("as.factor", column))

    def change(self, column: RVector, learned: Any) -> RVector:
        return invoke("factor", as_text(column), levels=learned)


@declare_step("step_factor2string", ["levels"])
class FactorToString(_EachColumn):
    title = "Character variables from"

    def change(self, column: RVector, learned: None) -> RVector:
        return as_text(column)


@declare_step("step_integer", ["strict", "zero_based", "key"])
class Integer(_EachColumn):
    title = "Integer encoding for"

    def measure(self, column: RVector) -> list[Any]:
        return list(invoke("levels", invoke("as.factor", column)).data)

    def change(self, column: RVector, learned: list[Any]) -> RVector:
        zero = "zero_based" in self.options and one_flag(self.options["zero_based"], "zero_based")
        texts = as_text(column).data
        start = 0 if zero else 1
        return integer(
            [
                None
                if t is None
                else learned.index(t) + start
                if t in learned
                else (len(learned) + start if zero else 0)
                for t in texts
            ]
        )


@declare_step("step_num2factor", ["transform", "levels", "ordered"])
class NumberToFactor(_EachColumn):
    title = "Factor variables from"

    def change(self, column: RVector, learned: None) -> RVector:
        levels = self.options["levels"].data
        texts = [None if v != v else levels[int(v) - 1] for v in numbers(column, "x")]
        return invoke("factor", character(texts), levels=self.options["levels"])


@declare_step("step_discretize", ["num_breaks", "min_unique", "options", "objects"])
class Discretize(_EachColumn):
    title = "Discretize numeric variables from"

    def _count(self) -> int:
        options = self.options.get("options", NULL)
        if options is not NULL and "cuts" in (options.names or []):
            return one_int(options.data[options.names.index("cuts")], "cuts")
        return one_int(self.options["num_breaks"], "num_breaks") if "num_breaks" in self.options else 4

    def measure(self, column: RVector) -> np.ndarray:
        count = self._count()
        edges = np.unique(np.quantile(_known(column), np.arange(count + 1) / count))
        return edges[1:-1]

    def change(self, column: RVector, learned: np.ndarray) -> RVector:
        data = numbers(column, "x")
        codes = np.searchsorted(learned, data, side="left") + 1
        labels = [f"bin{k + 1}" for k in range(len(learned) + 1)]
        has_gap = bool(np.isnan(data).any())
        levels = (["bin_missing"] if has_gap else []) + labels
        return integer(
            [(1 if v != v else int(c) + has_gap) for v, c in zip(data, codes, strict=True)],
            {"levels": character(levels), "class": character("factor")},
        )


# --- rows and columns --------------------------------------------------------------------------------------


@declare_step("step_naomit", [])
class OmitMissing(Step):
    title = "Removing rows with NA values in"

    def __init__(self, parts: Any, options: dict[str, Any]) -> None:
        super().__init__(parts, {"skip": _TRUE, **options})

    def apply(self, columns: Columns) -> Columns:
        missing = np.any([columns[n].is_na() for n in self.chosen], axis=0) if self.chosen else None
        if missing is None:
            return columns
        rows = np.flatnonzero(~missing)
        return {n: take_column_rows(c, rows) for n, c in columns.items()}


_TRUE = RVector("logical", np.array([1], dtype=np.int8))


@declare_step("step_rm", ["removals"])
class Remove(Step):
    title = "Variables removed"

    def apply(self, columns: Columns) -> Columns:
        return {n: c for n, c in columns.items() if n not in self.chosen}


@declare_step("step_select", [])
class Select(Step):
    title = "Variables selected"

    def apply(self, columns: Columns) -> Columns:
        return {n: columns[n] for n in self.chosen if n in columns}


class _WithVerb(Step):
    """A step that is a verb of dplyr with its arguments as written."""

    def train(self, columns: Columns, roles: dict[str, str]) -> None:
        self.chosen = [p.label for p in self.parts]

    def table(self, columns: Columns) -> RVector:
        count = max((len(c) for c in columns.values()), default=0)
        return tibble_of(list(columns.values()), list(columns), count)


@declare_step("step_mutate", [])
class Mutate(_WithVerb):
    title = "Variable mutation for"

    def apply(self, columns: Columns) -> Columns:
        return mutated(self.table(columns), self.parts)[0]


@declare_step("step_filter", [])
class Filter(_WithVerb):
    title = "Row filtering using"

    def apply(self, columns: Columns) -> Columns:
        return columns_of(_run_verb("filter", self.table(columns), self.parts))


@declare_step("step_arrange", [])
class Arrange(_WithVerb):
    title = "Row arrangement using"

    def apply(self, columns: Columns) -> Columns:
        return columns_of(_run_verb("arrange", self.table(columns), self.parts))


def _run_verb(name: str, table: RVector, parts: list[Quosure]) -> RVector:
    from ...syntax.tree import Arg, Call, Const, Name
    from .quosures import quosure_call

    args = [Arg(None, Const(table)), *(Arg(p.name, quosure_call(p.node, p.env)) for p in parts)]
    env: Environment = session.global_env
    return dplyr.values[name].function(Call(Name(name), args), env)


@declare_step("step_zv", ["group", "removals"])
class ZeroVariance(Step):
    title = "Zero variance filter removed"

    def train(self, columns: Columns, roles: dict[str, str]) -> None:
        super().train(columns, roles)
        self.chosen = [n for n in self.chosen if len({t for t in as_text(columns[n]).data}) < 2]

    def apply(self, columns: Columns) -> Columns:
        return {n: c for n, c in columns.items() if n not in self.chosen}


@declare_step("step_shuffle", [])
class Shuffle(Step):
    title = "Shuffled"

    def apply(self, columns: Columns) -> Columns:
        from .rsample import drawn

        out = dict(columns)
        for name in self.chosen:
            out[name] = take_column_rows(out[name], drawn(len(out[name]), len(out[name])))
        return out
