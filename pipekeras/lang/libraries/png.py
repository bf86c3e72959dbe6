"""png and jpeg: pictures as arrays of numbers from 0 to 1."""

from __future__ import annotations

from typing import Any

from ..values import NULL, RVector, character, integer, rlist
from ..vectors.coerce import one_flag, one_number
from .library import Library
from .pictures import as_shares, from_array, opened, samples, saved

library = Library("png")
jpeg = Library("jpeg")


@library.function("readPNG(source, native = FALSE, info = FALSE)")
def read_png(source: Any, native: Any, info: Any) -> Any:
    image, _ = opened(source, "unable to open {}")
    out = as_shares(samples(image))
    if not one_flag(info, "info"):
        return out
    kinds = {"L": "gray", "LA": "gray+alpha", "RGB": "RGB", "RGBA": "RGBA", "P": "palette"}
    facts = [
        integer(list(image.size)),
        integer(16 if image.mode.startswith("I") else 8),
        character(kinds.get(image.mode, "RGB")),
    ]
    return out.with_attribute("info", rlist(facts, ["dim", "bit.depth", "color.type"]))


@library.function(
    "writePNG(image, target = raw(), dpi = NULL, asp = NULL, text = NULL, metadata = NULL)", invisible=True
)
def write_png(image: Any, target: Any, dpi: Any, asp: Any, text: Any, metadata: Any) -> Any:
    return _written(from_array(image, "image"), target, "PNG")


def _written(picture: Any, target: Any, kind: str, **settings: Any) -> Any:
    made = saved(picture, target, kind, **settings)
    return NULL if made is None else made


@jpeg.function("readJPEG(source, native = FALSE)")
def read_jpeg(source: Any, native: Any) -> Any:
    image, _ = opened(source, "unable to open {}")
    return as_shares(samples(image))


@jpeg.function("writeJPEG(image, target = raw(), quality = 0.7, bg = 'white', color.space)", invisible=True)
def write_jpeg(image: Any, target: Any, quality: Any, bg: Any, space: RVector | None = None) -> Any:
    picture = from_array(image, "image")
    if picture.mode in ("RGBA", "LA"):
        picture = picture.convert(picture.mode[:-1])
    return _written(picture, target, "JPEG", quality=round(one_number(quality, "quality") * 100))
