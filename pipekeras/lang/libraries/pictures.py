"""Pictures as arrays and back, by Pillow, which is installed when pictures are wanted."""

from __future__ import annotations

import importlib
import io
import os
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..values import RVector, double, integer
from ..vectors.coerce import coerce, one_string


def pillow() -> Any:
    """Pillow's module of images.

    Raises:
        UserError: it is not installed
    """
    try:
        return importlib.import_module("PIL.Image")
    except ImportError:
        raise UserError(
            "pictures cannot be read or written without the Python package Pillow",
            code=Code.PACKAGE,
            cause="Pillow is not installed beside pipekeras",
            cure="pip install pillow",
        ) from None


def opened(source: Any, refusal: str) -> tuple[Any, int]:
    """A picture of a file or of raw bytes, read whole, and the bytes it took.

    Args:
        refusal: the error where there is no such file, with `{}` for its name
    """
    images = pillow()
    if isinstance(source, RVector) and source.type == "raw":
        data, name = source.data.tobytes(), "<raw>"
    else:
        name = one_string(source, "source")
        try:
            with open(os.path.expanduser(name), "rb") as stream:
                data = stream.read()
        except OSError as error:
            raise UserError(refusal.format(name), code=Code.FILE, cause=str(error)) from None
    try:
        image = images.open(io.BytesIO(data))
        image.load()
    except (OSError, SyntaxError, ValueError, images.DecompressionBombError) as error:
        message = f"'{name}' is no picture that can be read"
        raise UserError(message, code=Code.FILE, cause=str(error)) from None
    return image, len(data)


def saved(image: Any, target: Any, kind: str, **settings: Any) -> RVector | None:
    """Write a picture to a file, or give its bytes where the target is a raw vector."""
    stream = io.BytesIO()
    image.save(stream, kind, **settings)
    if isinstance(target, RVector) and target.type == "raw":
        return RVector("raw", np.frombuffer(stream.getvalue(), dtype=np.uint8))
    with open(os.path.expanduser(one_string(target, "target")), "wb") as out:
        out.write(stream.getvalue())
    return None


def samples(image: Any) -> np.ndarray:
    """Height x width x channels (no third axis for one channel) of 8-bit samples."""
    if image.mode in ("1", "P"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB" if image.mode == "P" else "L")
    elif image.mode == "CMYK":
        image = image.convert("RGB")
    return np.asarray(image)


def as_shares(data: np.ndarray) -> RVector:
    """Samples as an array of numbers from 0 to 1."""
    most = 65535.0 if data.dtype.itemsize > 1 else 255.0
    return double((data / most).ravel(order="F"), {"dim": integer(list(data.shape))})


def from_array(value: Any, what: str) -> Any:
    """The picture of a matrix or an array of height x width x 1 to 4 channels, numbers from 0 to 1."""
    dim = value.dim if isinstance(value, RVector) else None
    if dim is None or len(dim) not in (2, 3) or (len(dim) == 3 and not 1 <= dim[2] <= 4):
        raise UserError(f"{what} must be a matrix or array of two or three dimensions", code=Code.TYPE)
    shares = coerce(value, "double").data.reshape(dim, order="F")
    data = np.clip(np.nan_to_num(shares) * 255 + 0.5, 0, 255).astype(np.uint8)
    if data.ndim == 3 and data.shape[2] == 1:
        data = data[:, :, 0]
    return pillow().fromarray(np.ascontiguousarray(data))
