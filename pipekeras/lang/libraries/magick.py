"""magick: pictures read, resized, cropped, turned, joined; Pillow's filters stand for ImageMagick's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..foreign import ForeignType, register_foreign
from ..frames import make_frame
from ..generics import invoke
from ..io.downloads import fetch, is_url
from ..session import session
from ..values import NULL, RVector, character, integer, logical, rlist
from ..vectors.coerce import elements, has_class, one_flag, one_int, one_number, one_string, strings
from .library import Library, method
from .pictures import from_array, opened, pillow, samples, saved

library = Library("magick")


@dataclass(slots=True)
class Picture:
    """One frame: Pillow's image, the format it came in, and the bytes it took (0 once changed)."""

    image: Any
    format: str
    bytes: int = 0


class _PictureType(ForeignType):
    def classes(self, obj: Any) -> list[str]:
        return ["externalptr"]

    def show(self, obj: Any) -> str:
        return f"<picture {obj.image.size[0]} x {obj.image.size[1]}>"


register_foreign(Picture, _PictureType())


def _made(pictures: list[Picture]) -> RVector:
    return rlist(pictures, attributes={"class": character("magick-image")})


def _frames(image: Any) -> list[Picture]:
    if not has_class(image, "magick-image"):
        raise UserError(
            "The 'image' argument is not a magick image object.",
            code=Code.TYPE,
            cause="pictures come from image_read()",
        )
    return list(image.data)


def _each(image: Any, change: Any) -> RVector:
    return _made([Picture(change(p.image), p.format) for p in _frames(image)])


# --- reading and writing -----------------------------------------------------------------------------------


@library.function(
    "image_read(path, density = NULL, depth = NULL, strip = FALSE, coalesce = TRUE, defines = NULL)"
)
def image_read(path: Any, density: Any, depth: Any, strip: Any, coalesce: Any, defines: Any) -> Any:
    if isinstance(path, RVector) and path.dim is not None:
        shares = invoke("/", invoke("as.integer", path), integer(255)) if path.type == "raw" else path
        shares = _upright(shares) if has_class(path, "bitmap") else shares
        return _made([Picture(from_array(shares, "path"), "PNG")])
    if isinstance(path, RVector) and path.type == "raw":
        return _made([_read(path)])
    return _made([_read(character(name)) for name in strings(path, "path")])


def _upright(shares: RVector) -> RVector:
    """Channels x width x height as height x width x channels."""
    return invoke("aperm", shares, integer([3, 2, 1]))


def _read(source: Any) -> Picture:
    if isinstance(source, RVector) and source.type == "character":
        name = one_string(source, "path")
        if is_url(name):
            source = RVector("raw", np.frombuffer(fetch(name), dtype=np.uint8))
    image, size = opened(source, "R: unable to open image `{}': No such file or directory")
    return Picture(image, image.format or "PNG", size)


@library.function(
    "image_write(image, path = NULL, format = NULL, quality = NULL, depth = NULL, density = NULL,"
    " comment = NULL, flatten = FALSE, defines = NULL, compression = NULL)",
    invisible=True,
)
def image_write(
    image: Any, path: Any, format: Any, quality: Any, depth: Any, density: Any, comment: Any,
    flatten: Any, defines: Any, compression: Any,
) -> Any:  # fmt: skip
    picture = _frames(image)[0]
    kind = picture.format if format is NULL else _format(one_string(format, "format"))
    settings = {} if quality is NULL else {"quality": one_int(quality, "quality")}
    out = picture.image.convert("RGB") if kind == "JPEG" and picture.image.mode != "L" else picture.image
    made = saved(out, RVector("raw", np.empty(0, np.uint8)) if path is NULL else path, kind, **settings)
    return path if made is None else made


def _format(name: str) -> str:
    return {"JPG": "JPEG", "TIF": "TIFF"}.get(name.upper(), name.upper())


@library.function("image_convert(image, format = NULL, type = NULL, colorspace = NULL, depth = NULL,"
                  " antialias = NULL, matte = NULL, interlace = NULL)")  # fmt: skip
def image_convert(
    image: Any, format: Any, type: Any, space: Any, depth: Any, antialias: Any, matte: Any, interlace: Any
) -> Any:
    wanted = [one_string(v, "type").lower() for v in (type, space) if v is not NULL]
    gray = any(w in ("gray", "grayscale") for w in wanted)

    def change(picture: Picture) -> Picture:
        kind = picture.format if format is NULL else _format(one_string(format, "format"))
        out = pillow().fromarray(_gray(picture.image)) if gray else picture.image
        if matte is not NULL:
            out = out.convert("RGBA" if one_flag(matte, "matte") else "RGB")
        return Picture(out, kind)

    return _made([change(p) for p in _frames(image)])


# --- what a picture is -------------------------------------------------------------------------------------


@library.function("image_info(image)")
def image_info(image: Any) -> Any:
    frames = _frames(image)
    columns = {
        "format": character([p.format for p in frames]),
        "width": integer([p.image.size[0] for p in frames]),
        "height": integer([p.image.size[1] for p in frames]),
        "colorspace": character(["Gray" if p.image.mode in ("L", "LA", "1") else "sRGB" for p in frames]),
        "matte": logical([p.image.mode in ("LA", "RGBA") for p in frames]),
        "filesize": integer([p.bytes for p in frames]),
        "density": character([_density(p.image) for p in frames]),
    }
    classes = character(["tbl_df", "tbl", "data.frame"])
    return make_frame(list(columns.values()), list(columns), classes=classes)


def _density(image: Any) -> str:
    across, down = image.info.get("dpi", (72, 72))
    return f"{round(across) if across > 1 else 72}x{round(down) if down > 1 else 72}"


@method("print.magick-image(x, info = TRUE, ...)", "print", "magick-image", invisible=True)
def print_image(x: Any, info: Any, dots: Any) -> Any:
    invoke("print.data.frame", image_info(x))
    return x


@method("c.magick-image(...)", "c", "magick-image")
def combine_images(dots: Any) -> Any:
    return _made([frame for _, value in dots for frame in _frames(value)])


@method("[.magick-image(x, i)", "[", "magick-image")
def subset_images(x: Any, i: Any) -> Any:
    return _made(list(invoke("[", rlist(x.data), i).data))


@library.function("image_join(...)")
def image_join(dots: Any) -> Any:
    given = [
        v for _, value in dots for v in ([value] if has_class(value, "magick-image") else elements(value))
    ]
    return _made([frame for value in given for frame in _frames(value)])


@library.function("image_data(image, channels = NULL, frame = 1)")
def image_data(image: Any, channels: Any, frame: Any) -> Any:
    picture = _frames(image)[one_int(frame, "frame") - 1].image
    data = samples(picture)
    wanted = None if channels is NULL else one_string(channels, "channels").lower()
    if wanted == "gray" or (wanted is None and data.ndim == 2):
        data = _gray(picture)[:, :, None]
    else:
        mode = (wanted or ("rgba" if data.ndim == 3 and data.shape[2] in (2, 4) else "rgb")).upper()
        data = np.asarray(picture.convert(mode))
    turned = data.transpose(2, 1, 0)
    attributes = {"class": character(["bitmap", _channels(data)]), "dim": integer(list(turned.shape))}
    return RVector("raw", turned.ravel(order="F"), attributes)


def _channels(data: np.ndarray) -> str:
    return {1: "gray", 3: "rgb"}.get(data.shape[2], "rgba")


def _gray(image: Any) -> np.ndarray:
    """Luma by the weights of Rec. 709, as ImageMagick has it."""
    data = samples(image)
    if data.ndim == 2:
        return data
    if data.shape[2] == 2:
        return data[:, :, 0]
    luma = data[:, :, :3].astype(float) @ np.array([0.212656, 0.715158, 0.072186])
    return np.floor(luma + 0.5).clip(0, 255).astype(np.uint8)


@method("as.integer.bitmap(x, transpose = TRUE, ...)", "as.integer", "bitmap")
def bitmap_as_integer(x: Any, transpose: Any, dots: Any) -> Any:
    data = x.data.astype(np.int32).reshape(x.dim, order="F")
    if one_flag(transpose, "transpose"):
        data = data.transpose(2, 1, 0)
    return integer(data.ravel(order="F"), {"dim": integer(list(data.shape))})


@method("print.bitmap(x, ...)", "print", "bitmap", invisible=True)
def print_bitmap(x: Any, dots: Any) -> Any:
    channels, width, height = x.dim
    session.write(f"{channels} channel {width}x{height} bitmap array:")
    invoke("str", x.with_attribute("class", character("bitmap")))
    return x


# --- geometry ----------------------------------------------------------------------------------------------

_GEOMETRY = re.compile(r"(\d*\.?\d*)(%?)(?:x(\d*\.?\d*)(%?))?([!<>^]?)((?:[+-]\d+){0,2})$")


def _geometry(text: str) -> tuple[Any, ...]:
    found = _GEOMETRY.match(text.strip())
    if found is None:
        raise UserError(f"Invalid geometry string: {text}", code=Code.VALUE, cure='write it as "200x100"')
    width, percent, height, percent2, flag, offset = found.groups()
    x, y = [int(n) for n in [*re.findall(r"[+-]\d+", offset), "0", "0"][:2]]
    return width, height, bool(percent or percent2), flag, x, y


def _size(image: Any, text: str) -> tuple[int, int]:
    """The size that a geometry asks for: inside the box, unless `!` (exact) or `^` (filling it)."""
    own_width, own_height = image.size
    width, height, percent, flag, _, _ = _geometry(text)
    if percent:
        across = float(width or height) / 100
        down = float(height or width) / 100
        return _pixels(own_width * across), _pixels(own_height * down)
    wanted = float(width or 0), float(height or 0)
    if flag == "!" and all(wanted):
        return _pixels(wanted[0]), _pixels(wanted[1])
    shares = [w / own for w, own in zip(wanted, image.size, strict=True) if w]
    if not shares:
        return image.size
    share = max(shares) if flag == "^" else min(shares)
    if (flag == ">" and share >= 1) or (flag == "<" and share <= 1):
        return image.size
    return _pixels(own_width * share), _pixels(own_height * share)


def _pixels(x: float) -> int:
    return max(1, int(x + 0.5))


def _resized(image: Any, geometry: Any, filter: str) -> RVector:
    if geometry is NULL:
        return image
    text = one_string(geometry, "geometry")
    resampling = getattr(pillow().Resampling, filter)
    return _each(image, lambda i: i.resize(_size(i, text), resampling))


_FILTERS = {"point": "NEAREST", "box": "BOX", "triangle": "BILINEAR", "hamming": "HAMMING", 
            "cubic": "BICUBIC", "catrom": "BICUBIC", "lanczos": "LANCZOS", "mitchell": "BICUBIC"}  # fmt: skip


@library.function("image_resize(image, geometry = NULL, filter = NULL)")
def image_resize(image: Any, geometry: Any, filter: Any) -> Any:
    name = "lanczos" if filter is NULL else one_string(filter, "filter").lower()
    if name not in _FILTERS:
        raise UserError(
            f"Invalid FilterType value: {name}", code=Code.VALUE, cure="use " + ", ".join(_FILTERS)
        )
    return _resized(image, geometry, _FILTERS[name])


@library.function("image_scale(image, geometry = NULL)")
def image_scale(image: Any, geometry: Any) -> Any:
    return _resized(image, geometry, "BOX")


@library.function("image_crop(image, geometry = NULL, gravity = NULL, repage = TRUE)")
def image_crop(image: Any, geometry: Any, gravity: Any, repage: Any) -> Any:
    width, height, _, _, x, y = _geometry(one_string(geometry, "geometry"))
    where = "northwest" if gravity is NULL else one_string(gravity, "gravity")

    def cut(picture: Any) -> Any:
        size = int(width or picture.size[0]), int(height or picture.size[1])
        left, top = _corner(where, picture.size, size, x, y)
        right, bottom = min(left + size[0], picture.size[0]), min(top + size[1], picture.size[1])
        return picture.crop((max(left, 0), max(top, 0), right, bottom))

    return _each(image, cut)


def _corner(gravity: str, outer: tuple[int, int], inner: tuple[int, int], x: int, y: int) -> tuple[int, int]:
    """The upper left corner of a box in another, by the side it is drawn to."""
    name = gravity.lower()
    spare = outer[0] - inner[0], outer[1] - inner[1]
    left = x if "west" in name else spare[0] - x if "east" in name else spare[0] // 2 + x
    top = y if "north" in name else spare[1] - y if "south" in name else spare[1] // 2 + y
    return left, top


@library.function("geometry_size_pixels(width = NULL, height = NULL, preserve_aspect = TRUE)")
def geometry_size_pixels(width: Any, height: Any, keep: Any) -> Any:
    parts = ["" if v is NULL else str(one_int(v, "width")) for v in (width, height)]
    return character("x".join(parts) + ("" if one_flag(keep, "preserve_aspect") else "!"))


@library.function("geometry_area(width = NULL, height = NULL, x_off = 0, y_off = 0)")
def geometry_area(width: Any, height: Any, x: Any, y: Any) -> Any:
    parts = ["" if v is NULL else str(one_int(v, "width")) for v in (width, height)]
    return character("x".join(parts) + f"{one_int(x, 'x_off'):+d}{one_int(y, 'y_off'):+d}")


# --- turned, joined ----------------------------------------------------------------------------------------


@library.function("image_flip(image)")
def image_flip(image: Any) -> Any:
    return _each(image, lambda i: i.transpose(pillow().Transpose.FLIP_TOP_BOTTOM))


@library.function("image_flop(image)")
def image_flop(image: Any) -> Any:
    return _each(image, lambda i: i.transpose(pillow().Transpose.FLIP_LEFT_RIGHT))


@library.function("image_rotate(image, degrees)")
def image_rotate(image: Any, degrees: Any) -> Any:
    angle = one_number(degrees, "degrees")
    return _each(image, lambda i: i.rotate(-angle, expand=True, fillcolor="white"))


@library.function("image_negate(image)")
def image_negate(image: Any) -> Any:
    def negated(picture: Any) -> Any:
        data = samples(picture).copy()
        colours = data[..., :3] if data.ndim == 3 and data.shape[2] > 2 else data
        colours[...] = 255 - colours
        return pillow().fromarray(data)

    return _each(image, negated)


@library.function("image_border(image, color = 'lightgray', geometry = '10x10', operator = 'copy')")
def image_border(image: Any, color: Any, geometry: Any, operator: Any) -> Any:
    width, height, _, _, _, _ = _geometry(one_string(geometry, "geometry"))
    across, down = int(width or 0), int(height or 0)
    colour = one_string(color, "color")

    def framed(picture: Any) -> Any:
        size = picture.size[0] + 2 * across, picture.size[1] + 2 * down
        out = pillow().new("RGB" if picture.mode == "L" else picture.mode, size, colour)
        out.paste(picture, (across, down))
        return out

    return _each(image, framed)


@library.function("image_blank(width, height, color = 'none', pseudo_image = '', defines = NULL)")
def image_blank(width: Any, height: Any, color: Any, pseudo: Any, defines: Any) -> Any:
    size = one_int(width, "width"), one_int(height, "height")
    colour = one_string(color, "color")
    clear = colour in ("none", "transparent")
    made = pillow().new("RGBA", size, (0, 0, 0, 0)) if clear else pillow().new("RGB", size, colour)
    return _made([Picture(made, "png")])


@library.function("image_append(image, stack = FALSE)")
def image_append(image: Any, stack: Any) -> Any:
    frames = _frames(image)
    sizes = [p.image.size for p in frames]
    down = one_flag(stack, "stack")
    width = max(w for w, _ in sizes) if down else sum(w for w, _ in sizes)
    height = sum(h for _, h in sizes) if down else max(h for _, h in sizes)
    mode = frames[0].image.mode if len({p.image.mode for p in frames}) == 1 else "RGB"
    out = pillow().new(mode, (width, height), "white")
    x = y = 0
    for picture, (w, h) in zip(frames, sizes, strict=True):
        out.paste(picture.image, (x, y))
        x, y = (x, y + h) if down else (x + w, y)
    return _made([Picture(out, frames[0].format)])


@library.function(
    "image_composite(image, composite_image, operator = 'atop', offset = '+0+0', gravity = 'northwest',"
    " compose_args = '')"
)
def image_composite(image: Any, other: Any, operator: Any, offset: Any, gravity: Any, arguments: Any) -> Any:
    how = one_string(operator, "operator").lower()
    if how not in ("atop", "over", "copy"):
        raise UserError(
            f"operator '{how}' is not available", code=Code.UNSUPPORTED, cure="use atop, over or copy"
        )
    above = _frames(other)[0].image
    *_, x, y = _geometry(one_string(offset, "offset"))
    where = one_string(gravity, "gravity")

    def put(picture: Any) -> Any:
        out = picture.copy()
        corner = _corner(where, out.size, above.size, x, y)
        out.paste(
            above, corner, above.getchannel("A") if above.mode in ("RGBA", "LA") and how != "copy" else None
        )
        return out

    return _each(image, put)
