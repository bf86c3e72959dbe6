"""`compile(jit_compile = TRUE)`: a model's flat function through torch.compile, and what that costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from .notices import notice

BACKEND = "inductor"
"""torch's compiler, which writes C++ or Triton."""


class Jitted:
    """A model's `forward_training`, compiled at the first call.

    Where the compiler fails, as it does where there is no compiler of C++, the model runs uncompiled.
    """

    def __init__(self, model: Any) -> None:
        self._plain: Callable[..., Any] = model.forward_training
        self._forward = self._first

    def __call__(self, *inputs: Tensor) -> tuple[list[Tensor], list[Tensor | None]]:
        return self._forward(*inputs)

    def _first(self, *inputs: Tensor) -> Any:
        from torch._dynamo.exc import TorchDynamoException  # loading it takes a second

        began = time.perf_counter()
        jitted = torch.compile(self._plain, backend=BACKEND)
        try:
            result = jitted(*inputs)
        except TorchDynamoException as error:
            self._forward = self._plain
            reason = str(getattr(error, "inner_exception", error)).strip().splitlines()[0]
            notice(f"jit_compile: torch.compile failed ({reason}); the model runs uncompiled")
            return self._plain(*inputs)
        self._forward = jitted
        seconds = time.perf_counter() - began
        notice(
            f"jit_compile: torch compiled the model in {seconds:.1f} s; a new batch size may cost that again"
        )
        return result
