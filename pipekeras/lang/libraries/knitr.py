"""knitr: what documents set for their rendering has no effect; kable() prints the data frame."""

from __future__ import annotations

from typing import Any

from ..registry import builtin
from ..values import NULL, Builtin, rlist
from .library import Library

library = Library("knitr")
_options: dict[str, Builtin] = {}


@builtin("set(...)", invisible=True, into=_options)
def set_options(dots: Any) -> Any:
    return NULL


@builtin("get(...)", into=_options)
def get_options(dots: Any) -> Any:
    return NULL


for _name in ("opts_chunk", "opts_knit", "opts_current"):
    library.values[_name] = rlist(_options.values(), _options)


@library.function("kable(x, ...)")
def kable(x: Any, dots: Any) -> Any:
    return x
