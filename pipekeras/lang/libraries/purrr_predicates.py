"""purrr's predicates on types are those of rlang: is_list, is_scalar_character, is_bare_numeric."""

from __future__ import annotations

from . import rlang_values as _rlang_values  # noqa: F401  declares the predicates on bare vectors
from .library import Library
from .rlang import library as rlang

_KINDS = ("character", "integer", "double", "logical", "list", "atomic", "vector")

library = Library("purrr")
library.share(rlang, "is_null", "is_function", "is_bare_numeric")
for _kind in _KINDS:
    library.share(rlang, f"is_{_kind}", f"is_scalar_{_kind}", f"is_bare_{_kind}")
