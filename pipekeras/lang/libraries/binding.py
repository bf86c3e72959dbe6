"""Data frames stacked and put side by side: bind_rows, bind_cols and what purrr's map_df needs of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..frames import column_names, is_frame, make_frame, numbered, rebuilt, row_count
from ..values import NULL, RVector, character, rlist
from ..vectors.coerce import elements, is_atomic
from . import tibble_print as _tibble_print  # noqa: F401  whoever makes tibbles shows them as such
from .aborting import abort
from .vectors import combined, recycled_to, repeated_missing, size_of

TIBBLE = ("tbl_df", "tbl", "data.frame")


def tibble_of(columns: Sequence[Any], names: Sequence[str | None], count: int | None = None) -> RVector:
    """A tibble of columns of one length."""
    rows = numbered(count) if count is not None and not columns else None
    return make_frame(columns, names, rows, character(list(TIBBLE)))


def as_tibble_frame(x: RVector) -> RVector:
    """A data frame as tibble; row names are dropped."""
    return tibble_of(list(x.data), column_names(x), row_count(x))


def like(template: RVector, columns: Sequence[Any], names: Sequence[str | None], count: int) -> RVector:
    """Columns in the class of another frame, rows numbered."""
    made = rebuilt(template, columns, names, numbered(count))
    made.attributes = {
        k: v for k, v in (made.attributes or {}).items() if k in ("names", "class", "row.names")
    }
    return made


def stacked(frames: Sequence[RVector]) -> RVector:
    """Frames one below the other; columns are matched by name, missing ones are NA."""
    names: dict[str | None, None] = {}
    for frame in frames:
        names.update(dict.fromkeys(column_names(frame)))
    columns = []
    for name in names:
        pieces, labels = [], []
        model = next(c for f in frames for n, c in zip(column_names(f), f.data, strict=True) if n == name)
        for i, frame in enumerate(frames):
            own = column_names(frame)
            found = frame.data[own.index(name)] if name in own else repeated_missing(model, row_count(frame))
            pieces.append(found)
            labels.append(f"..{i + 1}${name}")
        columns.append(combined(pieces, labels))
    return like(frames[0], columns, list(names), sum(row_count(f) for f in frames))


def _as_frame(x: Any) -> RVector:
    """An argument of bind_rows: a frame, or a named vector or list that is one row (or columns)."""
    if is_frame(x):
        return x
    names = x.names or []
    if not all(names) or not names:
        raise abort("Argument 1 must have names.", "bind_rows")
    columns = [c if isinstance(c, RVector) else NULL for c in elements(x)]
    count = max((size_of(c) for c in columns), default=0)
    return tibble_of(
        [recycled_to(c, count, n or "") for c, n in zip(columns, names, strict=True)], names, count
    )


def _parts(found: RVector) -> tuple[list[RVector], list[str | None]]:
    frames, labels = [], []
    names = found.names or [None] * len(found)
    for name, value in zip(names, found.data, strict=True):
        if value is NULL:
            continue
        if (
            isinstance(value, RVector)
            and value.type == "list"
            and not is_frame(value)
            and _holds_frames(value)
        ):
            inner, inner_labels = _parts(value)
            frames += inner
            labels += inner_labels
        else:
            frames.append(_as_frame(value))
            labels.append(name)
    return frames, labels


def _holds_frames(value: RVector) -> bool:
    return any(is_frame(v) or (isinstance(v, RVector) and v.names and v.type == "list") for v in value.data)


def _is_row(found: RVector) -> bool:
    """A named list of vectors without names is itself what is bound: its elements are columns."""
    return (
        bool(found.names)
        and all(found.names or [])
        and all(isinstance(v, RVector) and is_atomic(v) and v.names is None for v in found.data)
    )


def bound_rows(found: RVector, identifier: str | None = None) -> Any:
    """bind_rows: `.id` adds a column that says which element a row came from."""
    if _is_row(found):
        found = rlist([found])
    frames, labels = _parts(found)
    if not frames:
        return tibble_of([], [], 0)
    out = stacked(frames)
    if identifier is None:
        return out
    own = [str(i + 1) if not any(labels) else labels[i] for i in range(len(frames))]
    column = character([own[i] for i, f in enumerate(frames) for _ in range(row_count(f))])
    names = [identifier, *column_names(out)]
    return like(out, [column, *out.data], names, len(column))


def bound_columns(found: RVector) -> Any:
    """bind_cols: frames and vectors side by side; equal names get their position behind them."""
    columns: list[Any] = []
    names: list[str] = []
    first = next((v for v in found.data if is_frame(v)), None)
    for name, value in zip(found.names or [""] * len(found), found.data, strict=True):
        if is_frame(value):
            columns += list(value.data)
            names += [n or "" for n in column_names(value)]
        elif value is not NULL:
            columns.append(value)
            names.append(name or "")
    sizes = {size_of(c) for c in columns}
    count = max(sizes - {1}, default=max(sizes, default=0))
    columns = [recycled_to(c, count, n) for c, n in zip(columns, names, strict=True)]
    names = repaired(names)
    if first is None:
        return tibble_of(columns, names, count)
    return like(first, columns, names, count)


def repaired(names: Sequence[str]) -> list[str]:
    """Names made unique as vctrs does: `x...1`, `x...2`, `...3`."""
    doubled = {n for n in names if names.count(n) > 1 or not n}
    out = [f"{n}...{i + 1}" if n in doubled else n for i, n in enumerate(names)]
    if out != list(names):
        from ..session import session

        lines = [f"• `{old}` -> `{new}`" for old, new in zip(names, out, strict=True) if old != new]
        session.write_error("\n".join(["New names:", *lines]) + "\n")
    return out
