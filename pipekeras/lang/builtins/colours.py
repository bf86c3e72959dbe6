"""Colours as text: grey levels, red-green-blue, hue-saturation-value and the palettes made of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..generics import invoke
from ..registry import builtin
from ..values import MISSING, NULL, RVector, character, double, integer, logical
from ..vectors.coerce import has_class, numbers, one_flag, one_int, one_number
from ..vectors.subset import get_subset


def _hex(levels: Any) -> str:
    """Levels between 0 and 255 as `#RRGGBB` or `#RRGGBBAA`."""
    return "#" + "".join(f"{int(level):02X}" for level in levels)


def _level(share: float) -> int:
    """A share of the full intensity as a byte, rounded half up."""
    if not 0 <= share <= 1:
        raise UserError(
            f"color intensity {share:g}, not in [0,1]", code=Code.VALUE, cure="give numbers between 0 and 1"
        )
    return int(255 * share + 0.5)


def _opacity(alpha: Any, count: int) -> list[list[int]]:
    if alpha is NULL or alpha is None:
        return [[]] * count
    return [[_level(a)] for a in np.resize(numbers(alpha, "alpha"), count).tolist()]


@builtin("gray(level, alpha = NULL)", "grey")
def gray(level: Any, alpha: Any) -> RVector:
    levels = numbers(level, "level").tolist()
    if any(not 0 <= share <= 1 for share in levels):
        raise UserError(
            "invalid gray level, must be in [0,1].", code=Code.VALUE, cure="divide by the largest value"
        )
    opacity = _opacity(alpha, len(levels))
    return character([_hex([_level(g)] * 3 + a) for g, a in zip(levels, opacity, strict=True)])


@builtin("gray.colors(n, start = 0.3, end = 0.9, gamma = 2.2, alpha = NULL, rev = FALSE)", "grey.colors")
def gray_colors(n: Any, start: Any, end: Any, gamma: Any, alpha: Any, rev: Any) -> RVector:
    power = one_number(gamma, "gamma")
    ends = one_number(start, "start") ** power, one_number(end, "end") ** power
    levels = np.linspace(*ends, one_int(n, "n")) ** (1 / power)
    opacity = _opacity(alpha, len(levels))
    made = [_hex([_level(g)] * 3 + a) for g, a in zip(levels.tolist(), opacity, strict=True)]
    return character(made[::-1] if one_flag(rev, "rev") else made)


_ONE = double([1.0])


@builtin("rgb(red, green, blue, alpha, names = NULL, maxColorValue = 1)")
def rgb(
    red: Any, green: Any = None, blue: Any = None, alpha: Any = None, names: Any = NULL, top: Any = _ONE
) -> RVector:
    if green is None and blue is None:
        if not isinstance(red, RVector) or red.dim is None or red.dim[1] < 3:
            raise UserError(
                "at least 3 columns needed", code=Code.ARGUMENT, cure="give red, green and blue, or a matrix"
            )
        columns = list(numbers(red, "red").reshape(red.dim, order="F").T[:3])
    else:
        columns = [numbers(v, "color") for v in (red, green, blue)]
    whole = one_number(top, "maxColorValue")
    if alpha is not None:
        columns.append(numbers(alpha, "alpha"))
    count = max(map(len, columns)) if all(map(len, columns)) else 0
    rows = zip(*(np.resize(c, count).tolist() if count else [] for c in columns), strict=True)
    made = [_hex(_bytes(list(row), whole)) for row in rows]
    return character(made, None if names is NULL else {"names": names})


def _from_hsv(hue: float, saturation: float, value: float) -> list[float]:
    sector, part = divmod(hue * 6, 1.0)
    low = value * (1 - saturation)
    falling, rising = value * (1 - saturation * part), value * (1 - saturation * (1 - part))
    return [
        [value, rising, low],
        [falling, value, low],
        [low, value, rising],
        [low, falling, value],
        [rising, low, value],
        [value, low, falling],
    ][int(sector) % 6]


def _hsv_text(hue: float, saturation: float, value: float, opacity: list[int]) -> str:
    return _hex([_level(share) for share in _from_hsv(hue, saturation, value)] + opacity)


@builtin("hsv(h = 1, s = 1, v = 1, alpha = 1)")
def hsv(h: Any, s: Any, v: Any, alpha: Any) -> RVector:
    columns = [numbers(x, "hsv") for x in (h, s, v, alpha)]
    count = max(map(len, columns)) if all(map(len, columns)) else 0
    rows = zip(*(np.resize(c, count).tolist() if count else [] for c in columns), strict=True)
    return character([_hsv_text(a, b, c, [] if d == 1 else [_level(d)]) for a, b, c, d in rows])


def _palette(hues: np.ndarray, saturations: np.ndarray, values: np.ndarray, alpha: Any, rev: Any) -> RVector:
    opacity = _opacity(alpha, len(hues))
    rows = zip(hues.tolist(), saturations.tolist(), values.tolist(), opacity, strict=True)
    made = [_hsv_text(hue, saturation, value, a) for hue, saturation, value, a in rows]
    return character(made[::-1] if one_flag(rev, "rev") else made)


@builtin("rainbow(n, s = 1, v = 1, start = 0, end = max(1, n - 1) / n, alpha = NULL, rev = FALSE)")
def rainbow(n: Any, s: Any, v: Any, start: Any, end: Any, alpha: Any, rev: Any) -> RVector:
    count = one_int(n, "n")
    hues = np.linspace(one_number(start, "start"), one_number(end, "end"), count) if count else np.empty(0)
    saturation, value = one_number(s, "s"), one_number(v, "v")
    return _palette(hues, np.full(count, saturation), np.full(count, value), alpha, rev)


@builtin("heat.colors(n, alpha = NULL, rev = FALSE)")
def heat_colors(n: Any, alpha: Any, rev: Any) -> RVector:
    count = one_int(n, "n")
    pale = count // 4
    strong = count - pale
    hues = np.concatenate([np.linspace(0, 1 / 6, strong), np.full(pale, 1 / 6)])
    fading = np.linspace(1 - 1 / (2 * pale), 1 / (2 * pale), pale) if pale else np.empty(0)
    return _palette(hues, np.concatenate([np.ones(strong), fading]), np.ones(count), alpha, rev)


@builtin("as.raster(x, ...)", generic=True)
def as_raster(x: Any, dots: Any) -> RVector:
    """A matrix of grey levels, or an array of 3 or 4 colour planes, as a matrix of colours.

    R keeps the colours by rows: the data are those of the transposed matrix.
    """
    if not isinstance(x, RVector) or x.dim is None or len(x.dim) not in (2, 3):
        raise UserError(
            "a raster array must have exactly 2 or 3 dimensions"
            if isinstance(x, RVector) and x.dim is not None
            else "cannot make a raster of this",
            code=Code.TYPE,
            cure="give a matrix of grey levels, or an array of rows x columns x 3",
        )
    if x.type in ("character", "logical") and len(x.dim) == 2:
        black_or_white = np.array(["#000000", "#FFFFFF"], dtype=object)
        texts = x.data if x.type == "character" else black_or_white[x.data.astype(int)]
        return _raster(texts.reshape(x.dim, order="F"))
    largest = next((one_number(v, "max") for name, v in dots if name == "max"), None)
    if largest is None:
        largest = {"raw": 255.0, "logical": 1.0}.get(x.type, 1.0)
    levels = numbers(x, "x").reshape(x.dim, order="F")
    if len(x.dim) == 2:
        levels = np.repeat(levels[:, :, None], 3, axis=2)
    elif x.dim[2] not in (3, 4):
        raise UserError(
            "a raster array must have exactly 3 or 4 planes", code=Code.VALUE, cure="give 3 or 4 planes"
        )
    rows, columns = x.dim[:2]
    made = np.empty((rows, columns), dtype=object)
    for i, j in np.ndindex(rows, columns):
        made[i, j] = _hex(_bytes(levels[i, j].tolist(), largest))
    return _raster(made)


def _bytes(levels: list[float], largest: float) -> list[int]:
    """Levels up to the largest as bytes; those up to 255 are taken as they are, without their fractions."""
    shares = [_level(level / largest) for level in levels]
    return [int(level) for level in levels] if largest == 255 else shares


def _raster(colours: np.ndarray) -> RVector:
    attributes = {"dim": integer(list(colours.shape)), "class": character(["raster"])}
    return RVector("character", colours.flatten(order="C"), attributes)


def _by_columns(x: RVector) -> RVector:
    """A raster as the ordinary matrix that R's indexing sees."""
    assert x.dim is not None
    data = x.data.reshape(x.dim).flatten(order="F")
    return RVector("character", data, {"dim": x.attribute("dim")})


@builtin("is.raster(x)")
def is_raster(x: Any) -> RVector:
    return logical([has_class(x, "raster")])


@builtin("as.matrix.raster(x, ...)")
def raster_matrix(x: Any, dots: Any) -> RVector:
    return _by_columns(x)


@builtin("print.raster(x, ...)", invisible=True)
def print_raster(x: Any, dots: Any) -> Any:
    invoke("print", _by_columns(x))
    return x


@builtin("`[.raster`(x, i, j, drop, ...)")
def raster_subset(x: Any, i: Any = MISSING, j: Any = MISSING, drop: Any = None, dots: Any = ()) -> Any:
    if drop is not None and one_flag(drop, "drop"):
        return get_subset(_by_columns(x), [i, j], True)
    taken = get_subset(_by_columns(x), [i, j], False)
    return _raster(taken.data.reshape(taken.dim, order="F"))
