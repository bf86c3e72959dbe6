"""What scripts ask of the console and its memory: readline, gc."""

from __future__ import annotations

import gc
import sys
from typing import Any

from ..registry import builtin
from ..session import session
from ..values import RVector, character, double, integer, rlist
from ..vectors.coerce import one_string


@builtin("readline(prompt = '')")
def readline(prompt: Any) -> RVector:
    """Scripts are not interactive: the prompt is shown and the answer is empty, as in Rscript."""
    session.write(one_string(prompt, "prompt") + "\n")
    return character("")


@builtin("gc(verbose = FALSE, reset = FALSE, full = TRUE)")
def collect(verbose: Any, reset: Any, full: Any) -> RVector:
    """Collects garbage; the table counts Python's objects as cells and has nothing to say on vectors."""
    gc.collect()
    objects = gc.get_objects()
    megabytes = sum(map(sys.getsizeof, objects)) / 2**20
    used = double([len(objects), 0.0, round(megabytes, 1), 0.0])
    labels = rlist([character(["Ncells", "Vcells"]), character(["used", "(Mb)"])])
    return used.with_attributes({"dim": integer([2, 2]), "dimnames": labels})
