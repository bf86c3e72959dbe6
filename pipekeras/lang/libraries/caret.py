"""caret: data partitions by R's random numbers, confusion matrices, centering and scaling, errors of fits."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..frames import is_frame
from ..generics import invoke
from ..session import session
from ..text.format import number_strings
from ..text.printing import print_value
from ..values import NULL, RVector, character, double, integer, logical, rlist
from ..vectors.coerce import convert_data, has_class, numbers, one_flag, one_int, one_number, strings
from .grouping import columns_of, split_rows
from .library import Library, method
from .rsample import drawn

library = Library("caret")


# --- partitions --------------------------------------------------------------------------------------------


def _classes(y: RVector, count: int) -> list[np.ndarray]:
    """Rows of each class; numbers are cut at their quantiles."""
    if y.type in ("double", "integer") and not has_class(y, "factor"):
        edges = np.unique(np.quantile(numbers(y, "y"), np.linspace(0, 1, count)))
        codes = np.clip(np.searchsorted(edges, y.data, side="left"), 1, max(len(edges) - 1, 1))
        return [np.flatnonzero(codes == k) for k in range(1, len(edges)) if (codes == k).any()]
    return split_rows([y])


def _names(stem: str, count: int) -> list[str]:
    width = len(str(count))
    return [f"{stem}{str(i + 1).zfill(width)}" for i in range(count)]


def _resamples(found: list[np.ndarray], names: list[str], as_list: Any) -> RVector:
    if one_flag(as_list, "list"):
        return rlist([integer(rows + 1) for rows in found], names)
    data = np.concatenate(found) + 1
    attributes = {
        "dim": integer([len(found[0]), len(found)]),
        "dimnames": rlist([NULL, character(names)]),
    }
    return RVector("integer", data.astype(np.int32), attributes)


@library.function("createDataPartition(y, times = 1, p = 0.5, list = TRUE, groups = min(5, length(y)))")
def create_data_partition(y, times, p, list_, groups):
    share, count = one_number(p, "p"), one_int(times, "times")
    if len(y) < 2:
        raise UserError("y must have at least 2 data points", code=Code.VALUE)
    classes = _classes(y, one_int(groups, "groups"))
    found = []
    for _ in range(count):
        parts = [
            rows if len(rows) == 1 else rows[drawn(len(rows), math.ceil(len(rows) * share))]
            for rows in classes
        ]
        found.append(np.sort(np.concatenate(parts)))
    return _resamples(found, _names("Resample", count), list_)


def _labels(y: RVector, count: int) -> RVector:
    """The class of each row as text; of numbers the interval between quantiles."""
    if y.type in ("double", "integer") and not has_class(y, "factor"):
        edges = np.unique(np.quantile(numbers(y, "y"), np.linspace(0, 1, count)))
        y = invoke("cut", y, double(edges), include_lowest=logical(True))
    return invoke("as.character", y)


def _fold_numbers(y: RVector, k: int) -> np.ndarray:
    cuts = min(max(len(y) // k, 2), 5)
    out = np.zeros(len(y), dtype=int)
    for rows in split_rows([_labels(y, cuts)]):
        repeats, spare = divmod(len(rows), k)
        if repeats:
            labels = np.tile(np.arange(k), repeats)
            if spare:
                labels = np.concatenate([labels, drawn(k, spare)])
            out[rows] = labels[drawn(len(labels), len(labels))]
        else:
            out[rows] = drawn(k, len(rows))
    return out


@library.function("createFolds(y, k = 10, list = TRUE, returnTrain = FALSE)")
def create_folds(y, k, list_, return_train):
    count = one_int(k, "k")
    folds = _fold_numbers(y, count) if count < len(y) else np.arange(len(y))
    if not one_flag(list_, "list"):
        return integer(folds + 1)
    train = one_flag(return_train, "returnTrain")
    found = [np.flatnonzero((folds == i) != train) for i in range(count)]
    return rlist([integer(rows + 1) for rows in found], _names("Fold", count))


@library.function("createResample(y, times = 10, list = TRUE)")
def create_resample(y, times, list_):
    count = one_int(times, "times")
    found = [np.sort(drawn(len(y), len(y), replace=True)) for _ in range(count)]
    return _resamples(found, _names("Resample", count), list_)


# --- confusion matrices ------------------------------------------------------------------------------------


def _binomial_tail(x: int, n: int, p: float) -> float:
    """P(X >= x)."""
    if x <= 0:
        return 1.0
    if p <= 0:
        return 0.0
    if p >= 1:
        return 1.0
    k = np.arange(x, n + 1)
    logs = np.array([math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) for i in k])
    return float(min(1.0, np.exp(logs + k * math.log(p) + (n - k) * math.log1p(-p)).sum()))


def _solved(test: Any) -> float:
    """Where a rising function of p crosses 0, by halving."""
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if test(middle) < 0 else (low, middle)
    return (low + high) / 2


def _interval(x: int, n: int) -> tuple[float, float]:
    """Clopper and Pearson's 95 % interval of a share."""
    low = 0.0 if x == 0 else _solved(lambda p: _binomial_tail(x, n, p) - 0.025)
    high = 1.0 if x == n else _solved(lambda p: 0.025 - (1 - _binomial_tail(x + 1, n, p)))
    return low, high


def _mcnemar(table: np.ndarray) -> float:
    """The p-value of McNemar's test; NaN where two classes are never confused."""
    upper = np.triu_indices(len(table), 1)
    first, second = table[upper], table.T[upper]
    total = first + second
    if (total == 0).any():
        return math.nan
    gap = np.abs(first - second) - (1 if len(table) == 2 else 0)
    gap = np.where(first == second, 0, gap)
    statistic = float((gap**2 / total).sum())
    upper_tail = invoke("pchisq", double(statistic), integer(len(total)), lower_tail=_FALSE)
    return float(upper_tail.data[0])


_FALSE = RVector("logical", np.array([0], dtype=np.int8))


def _share(a: float, b: float) -> float:
    return float(a / b) if b else math.nan


def _class_statistics(table: np.ndarray, k: int) -> list[float]:
    total = float(table.sum())
    hits = float(table[k, k])
    predicted, actual = float(table[k].sum()), float(table[:, k].sum())
    sensitivity = _share(hits, actual)
    specificity = _share(total - predicted - actual + hits, total - actual)
    prevalence = actual / total
    positive = sensitivity * prevalence
    negative = specificity * (1 - prevalence)
    precision, recall = _share(hits, predicted), sensitivity
    return [
        sensitivity,
        specificity,
        _share(positive, positive + (1 - specificity) * (1 - prevalence)),
        _share(negative, negative + (1 - sensitivity) * prevalence),
        precision,
        recall,
        _share(2 * precision * recall, precision + recall),
        prevalence,
        hits / total,
        predicted / total,
        (sensitivity + specificity) / 2,
    ]


_STATISTICS = [
    "Sensitivity",
    "Specificity",
    "Pos Pred Value",
    "Neg Pred Value",
    "Precision",
    "Recall",
    "F1",
    "Prevalence",
    "Detection Rate",
    "Detection Prevalence",
    "Balanced Accuracy",
]
_SHOWN = [0, 1, 2, 3, 7, 8, 9, 10]
_OVERALL = [
    "Accuracy",
    "Kappa",
    "AccuracyLower",
    "AccuracyUpper",
    "AccuracyNull",
    "AccuracyPValue",
    "McnemarPValue",
]


def _overall(table: np.ndarray) -> list[float]:
    n, hits = int(table.sum()), int(np.trace(table))
    accuracy = hits / n
    expected = float((table.sum(axis=0) * table.sum(axis=1)).sum()) / n**2
    null = float(table.sum(axis=0).max()) / n
    low, high = _interval(hits, n)
    return [
        accuracy,
        _share(accuracy - expected, 1 - expected),
        low,
        high,
        null,
        _binomial_tail(hits, n, null),
        _mcnemar(table),
    ]


def _checked(data: RVector, reference: RVector) -> None:
    for value, name in ((data, "data"), (reference, "reference")):
        if not has_class(value, "factor"):
            raise UserError(
                "`data` and `reference` should be factors with the same levels.",
                code=Code.TYPE,
                cause=f"`{name}` is no factor",
                cure="factor(x, levels = ...)",
            )
    extra = set(data.attribute("levels").data) - set(reference.attribute("levels").data)
    if len(data.attribute("levels")) > len(reference.attribute("levels")):
        raise UserError("the data cannot have more levels than the reference", code=Code.VALUE)
    if extra:
        raise UserError("The data must contain some levels that overlap the reference.", code=Code.VALUE)


@library.function(
    "confusionMatrix(data, reference = NULL, positive = NULL, dnn = c('Prediction', 'Reference'),"
    " prevalence = NULL, mode = 'sens_spec', ...)"
)
def confusion_matrix(data, reference, positive, dnn, prevalence, mode, dots):
    if has_class(data, "table") or (isinstance(data, RVector) and data.dim is not None):
        counts = data
    else:
        _checked(data, reference)
        levels = reference.attribute("levels")
        data = invoke("factor", invoke("as.character", data), levels=levels)
        counts = invoke("table", data, reference, dnn=dnn)
    table = convert_data(counts.data, counts.type, "double").reshape(counts.dim, order="F")
    if table.shape[0] != table.shape[1]:
        raise UserError("the table must have nrow = ncol", code=Code.VALUE)
    labels = list(counts.attribute("dimnames").data[0].data)
    overall = double(_overall(table), {"names": character(_OVERALL)})
    which = labels[0] if positive is NULL else strings(positive, "positive")[0]
    names = character(_STATISTICS)
    if len(labels) == 2:
        by_class = double(_class_statistics(table, labels.index(which)), {"names": names})
        chosen: Any = character(which)
    else:
        rows = [_class_statistics(table, k) for k in range(len(labels))]
        rownames = character([f"Class: {label}" for label in labels])
        shape = {"dim": integer([len(labels), len(_STATISTICS)]), "dimnames": rlist([rownames, names])}
        by_class, chosen = double([row[j] for j in range(len(_STATISTICS)) for row in rows], shape), NULL
    return rlist(
        [chosen, counts, overall, by_class, mode, rlist([])],
        ["positive", "table", "overall", "byClass", "mode", "dots"],
        {"class": character("confusionMatrix")},
    )


def _short(value: float) -> str:
    return number_strings(np.array([float(f"{value:.4g}") if value == value else value]), 15)[0]


def _block(rows: list[tuple[str, str]]) -> list[str]:
    """Labels to the right, values to the left, in columns."""
    label = max(len(a) for a, _ in rows)
    value = max(len(b) for _, b in rows)
    return [f" {a.rjust(label)}{' : ' if a else '   '}{b.ljust(value)}" for a, b in rows]


def _overall_rows(overall: dict[str, float]) -> list[tuple[str, str]]:
    both = double(
        [
            overall["AccuracyPValue"],
            None if math.isnan(overall["McnemarPValue"]) else overall["McnemarPValue"],
        ]
    )
    p, mcnemar = (t.strip() for t in invoke("format.pval", both, digits=integer(4)).data)
    interval = f"({_short(overall['AccuracyLower'])}, {_short(overall['AccuracyUpper'])})"
    return [
        ("", ""),
        ("Accuracy", _short(overall["Accuracy"])),
        ("95% CI", interval),
        ("No Information Rate", _short(overall["AccuracyNull"])),
        ("P-Value [Acc > NIR]", p),
        ("", ""),
        ("Kappa", _short(overall["Kappa"])),
        ("", ""),
        ("Mcnemar's Test P-Value", mcnemar),
    ]


@method("print.confusionMatrix(x, ...)", "print", "confusionMatrix", invisible=True)
def print_confusion_matrix(ctx, x, dots):
    positive, counts, overall, by_class, _, _ = x.data
    session.write("Confusion Matrix and Statistics\n\n")
    print_value(counts, ctx)
    rows = _overall_rows(dict(zip(_OVERALL, overall.data.tolist(), strict=True)))
    if positive is not NULL:
        shown = double(by_class.data[_SHOWN])
        texts = invoke("format", shown, digits=integer(4)).data
        rows.append(("", ""))
        rows += [(_STATISTICS[j], t) for j, t in zip(_SHOWN, texts, strict=True)]
        rows += [("", ""), ("'Positive' Class", positive.data[0]), ("", "")]
        session.write("\n".join(_block(rows)) + "\n")
        return x
    session.write("\nOverall Statistics\n" + "\n".join(_block(rows)) + "\n\nStatistics by Class:\n\n")
    count = by_class.dim[0]
    matrix = by_class.data.reshape(by_class.dim, order="F")[:, _SHOWN].T
    names = rlist([character([_STATISTICS[j] for j in _SHOWN]), by_class.attribute("dimnames").data[0]])
    shown = double(matrix.ravel(order="F"), {"dim": integer([len(_SHOWN), count]), "dimnames": names})
    invoke("print", shown, digits=integer(4))
    return x


def _statistic(name: str, function: Any) -> None:
    @library.function(f"{name}(data, reference, ...)")
    def statistic(data, reference, dots):
        found = confusion_matrix(
            data, reference, NULL, character(["Prediction", "Reference"]), NULL, NULL, []
        )
        return double(function(found.data[3]))


_statistic("sensitivity", lambda s: float(s.data[0]))
_statistic("specificity", lambda s: float(s.data[1]))
_statistic("posPredValue", lambda s: float(s.data[2]))
_statistic("negPredValue", lambda s: float(s.data[3]))
_statistic("precision", lambda s: float(s.data[4]))
_statistic("recall", lambda s: float(s.data[5]))
_statistic("F_meas", lambda s: float(s.data[6]))


# --- errors of fits ----------------------------------------------------------------------------------------


def _rmse(predicted: np.ndarray, observed: np.ndarray) -> float:
    return float(np.sqrt(np.mean((predicted - observed) ** 2)))


def _r2(predicted: np.ndarray, observed: np.ndarray) -> float:
    return float(np.corrcoef(predicted, observed)[0, 1] ** 2)


def _mae(predicted: np.ndarray, observed: np.ndarray) -> float:
    return float(np.mean(np.abs(predicted - observed)))


def _error(name: str, work: Any) -> None:
    @library.function(f"{name}(pred, obs, na.rm = FALSE, ...)")
    def error(pred, obs, na_rm, dots):
        return double(work(numbers(pred, "pred"), numbers(obs, "obs")))


_error("RMSE", _rmse)
_error("MAE", _mae)
_error("R2", _r2)


@library.function("postResample(pred, obs)")
def post_resample(pred, obs):
    a, b = numbers(pred, "pred"), numbers(obs, "obs")
    return double([_rmse(a, b), _r2(a, b), _mae(a, b)], {"names": character(["RMSE", "Rsquared", "MAE"])})


# --- preprocessing -----------------------------------------------------------------------------------------


@library.function("preProcess(x, method = c('center', 'scale'), rangeBounds = c(0, 1), ...)")
def pre_process(x, method_, bounds, dots):
    methods = [t or "" for t in strings(method_, "method")]
    unknown = [m for m in methods if m not in ("center", "scale", "range")]
    if unknown:
        raise UserError(
            f"preProcess() has no method '{unknown[0]}' here",
            code=Code.UNSUPPORTED,
            cure="use center, scale or range",
        )
    table = x if is_frame(x) else invoke("as.data.frame", x)
    columns = {
        n: numbers(c, "x")
        for n, c in columns_of(table).items()
        if c.type in ("double", "integer") and not has_class(c, "factor")
    }
    known = {n: c[~np.isnan(c)] for n, c in columns.items()}
    parts = {
        "method": character(methods),
        "names": character(list(columns)),
        "mean": double([float(c.mean()) for c in known.values()]),
        "std": double([float(c.std(ddof=1)) for c in known.values()]),
        "low": double([float(c.min()) for c in known.values()]),
        "high": double([float(c.max()) for c in known.values()]),
        "bounds": bounds,
        "dim": integer([len(next(iter(columns.values()), [])), len(table)]),
    }
    return rlist(parts.values(), parts.keys(), {"class": character("preProcess")})


@method("print.preProcess(x, ...)", "print", "preProcess", invisible=True)
def print_pre_process(x, dots):
    parts = dict(zip(x.names, x.data, strict=True))
    rows, width = parts["dim"].data
    count = len(parts["names"])
    words = {"center": "centered", "scale": "scaled", "range": "re-scaling to [0, 1]"}
    found = {words[m]: count for m in parts["method"].data}
    found["ignored"] = int(width) - count
    lines = [f"Created from {rows} samples and {width} variables", "", "Pre-processing:"]
    lines += [f"  - {word} ({found[word]})" for word in sorted(found)]
    session.write("\n".join(lines) + "\n\n")
    return x


@method("predict.preProcess(object, newdata, ...)", "predict", "preProcess")
def predict_pre_process(object_, newdata, dots):
    parts = dict(zip(object_.names, object_.data, strict=True))
    table = newdata if is_frame(newdata) else invoke("as.data.frame", newdata)
    names = list(parts["names"].data)
    columns = []
    for name, column in columns_of(table).items():
        if name in names:
            column = double(_processed(numbers(column, "x"), parts, names.index(name)))
        columns.append(column)
    out = RVector("list", table.data.copy(), dict(table.attributes or {}))
    for j, column in enumerate(columns):
        out.data[j] = column
    return out if is_frame(newdata) else invoke("as.matrix", out)


def _processed(data: np.ndarray, parts: dict[str, Any], j: int) -> np.ndarray:
    methods = list(parts["method"].data)
    if "range" in methods:
        low, high = parts["low"].data[j], parts["high"].data[j]
        start, end = numbers(parts["bounds"], "rangeBounds")
        return (data - low) / (high - low) * (end - start) + start
    if "center" in methods:
        data = data - parts["mean"].data[j]
    return data / parts["std"].data[j] if "scale" in methods else data
