"""Hexadecimal and octal numbers: as.hexmode, as.octmode and how they are shown."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ..generics import invoke
from ..registry import builtin
from ..values import NULL, Dots, RVector, character, integer
from ..vectors.coerce import coerce, has_class, one_flag, one_int


def _declare(kind: str, base: int, code: str) -> None:
    def digits(x: RVector) -> list[str | None]:
        return [
            None if missing else format(int(n), code) for n, missing in zip(x.data, x.is_na(), strict=True)
        ]

    @builtin(f"as.{kind}(x)")
    def make(x: Any) -> RVector:
        if has_class(x, kind):
            return x
        if x.type == "character":
            try:
                numbers = integer([None if text is None else int(text, base) for text in x.data])
            except (ValueError, OverflowError):
                raise _not_coercible(x, kind) from None
        elif x.type == "double" and not all(n == int(n) for n in x.data[~x.is_na()]):
            raise _not_coercible(x, kind)
        else:
            numbers = RVector("integer", coerce(x, "integer").data)
        return numbers.with_attributes({"class": character(kind)})

    @builtin(f"as.character.{kind}(x, ...)")
    def to_text(x: Any, dots: Dots) -> RVector:
        return character(digits(x))

    @builtin(f"format.{kind}(x, width = NULL, upper.case = FALSE, ...)")
    def to_padded(x: Any, width: Any, upper: Any, dots: Dots) -> RVector:
        texts = ["NA" if text is None else text for text in digits(x)]
        if one_flag(upper, "upper.case"):
            texts = [text.upper() for text in texts]
        wide = max([len(text) for text in texts] + ([] if width is NULL else [one_int(width, "width")]))
        kept = {k: v for k, v in (x.attributes or {}).items() if k in ("names", "dim", "dimnames")}
        return character(
            [text.rjust(wide) if text == "NA" else text.rjust(wide, "0") for text in texts], kept
        )

    @builtin(f"print.{kind}(x, ...)", invisible=True)
    def show(x: Any, dots: Dots) -> Any:
        invoke("print", invoke("format", x), **{str(n): v for n, v in dots if n})
        return x


def _not_coercible(x: RVector, kind: str) -> UserError:
    return UserError(f"'x' cannot be coerced to class \"{kind}\"", code=Code.VALUE)


_declare("hexmode", 16, "x")
_declare("octmode", 8, "o")
