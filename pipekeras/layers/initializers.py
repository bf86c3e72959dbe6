"""First values of weights, found by name."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import torch
from torch import Tensor

from ..errors import Code, UserError
from .family import Family
from .scalars import Type, numbers, scalar

FAMILY = Family("initializer", "initializer_")
initializer = FAMILY.add

_LARGE = 2**22
"""Numbers that are drawn in one piece."""

InitializerFunction = Callable[..., Tensor]


class Initializer:
    """Makes a tensor of a shape. With a `seed` every call gives the same values, as in Keras 3."""

    seed: int | None = None

    def __call__(self, shape: Sequence[int], dtype: torch.dtype = torch.float32) -> Tensor:
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        return asdict(self)  # type: ignore[call-overload]

    def _generator(self) -> torch.Generator | None:
        return None if self.seed is None else torch.Generator().manual_seed(self.seed)


Numbers = Annotated[
    Any, Type("a number, or an array of numbers", lambda value, argument: scalar(numbers(value, argument)))
]


@initializer("zeros", "zero")
@dataclass
class Zeros(Initializer):
    def __call__(self, shape: Sequence[int], dtype: torch.dtype = torch.float32) -> Tensor:
        return torch.zeros(tuple(shape), dtype=dtype)


@initializer("ones", "one")
@dataclass
class Ones(Initializer):
    def __call__(self, shape: Sequence[int], dtype: torch.dtype = torch.float32) -> Tensor:
        return torch.ones(tuple(shape), dtype=dtype)


@initializer("constant")
@dataclass
class Constant(Initializer):
    """The same number everywhere, or an array that broadcasts to the shape."""

    value: Numbers = 0.0

    def __call__(self, shape: Sequence[int], dtype: torch.dtype = torch.float32) -> Tensor:
        value = torch.as_tensor(self.value, dtype=dtype)
        if any(a not in (1, b) for a, b in zip(reversed(value.shape), reversed(shape), strict=False)):
            raise UserError(
                f"The constant initializer's value has the shape {tuple(value.shape)}, "
                f"the weight has the shape {tuple(shape)}.",
                code=Code.SHAPE,
                cure="give one number, or an array of the weight's shape",
            )
        return value.broadcast_to(tuple(shape)).clone()


@initializer("random_normal", "normal")
@dataclass
class RandomNormal(Initializer):
    mean: float = 0.0
    stddev: float = 0.05
    seed: int | None = None

    def __call__(self, shape: Sequence[int], dtype: torch.dtype = torch.float32) -> Tensor:
        return torch.empty(tuple(shape), dtype=dtype).normal_(
            self.mean, self.stddev, generator=self._generator()
        )


@initializer("random_uniform", "uniform")
@dataclass
class RandomUniform(Initializer):
    minval: float = -0.05
    maxval: float = 0.05
    seed: int | None = None

    def __call__(self, shape: Sequence[int], dtype: torch.dtype = torch.float32) -> Tensor:
        return _uniform(shape, dtype, self.minval, self.maxval, self._generator())


@initializer("truncated_normal")
@dataclass
class TruncatedNormal(Initializer):
    """Normal, drawn again where more than two standard deviations away."""

    mean: float = 0.0
    stddev: float = 0.05
    seed: int | None = None

    def __call__(self, shape: Sequence[int], dtype: torch.dtype = torch.float32) -> Tensor:
        return _truncated_normal(shape, dtype, self.mean, self.stddev, self._generator())


@initializer("variance_scaling", defaults={"mode": "fan_in", "distribution": "normal"})
@dataclass
class VarianceScaling(Initializer):
    """Variance `scale` over the number of inputs and/or outputs of a unit. Source: Glorot 2010, He 2015."""

    scale: float = 1.0
    mode: str = "fan_in"
    distribution: str = "truncated_normal"
    seed: int | None = None

    def __post_init__(self) -> None:
        modes = ("fan_in", "fan_out", "fan_avg")
        distributions = ("uniform", "normal", "truncated_normal", "untruncated_normal")
        for argument, value, known in (
            ("mode", self.mode, modes),
            ("distribution", self.distribution, distributions),
        ):
            if value not in known:
                raise UserError(
                    f"Invalid `{argument}` argument: {value}. Please use one of {list(known)}.",
                    code=Code.VALUE,
                    cure=f"choose one of {', '.join(known)}",
                )

    def __call__(self, shape: Sequence[int], dtype: torch.dtype = torch.float32) -> Tensor:
        fan_in, fan_out = fans(shape)
        fan = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[self.mode]
        variance = self.scale / max(1.0, fan)
        if self.distribution == "uniform":
            limit = math.sqrt(3 * variance)
            return _uniform(shape, dtype, -limit, limit, self._generator())
        stddev = math.sqrt(variance)
        if self.distribution == "untruncated_normal":
            return torch.empty(tuple(shape), dtype=dtype).normal_(0.0, stddev, generator=self._generator())
        # cutting the tails at two standard deviations leaves a standard deviation of 0.8796...
        return _truncated_normal(shape, dtype, 0.0, stddev / 0.87962566103423978, self._generator())


class _Scaled(VarianceScaling):
    """A VarianceScaling with a name of its own, whose only argument is the seed."""

    def get_config(self) -> dict[str, Any]:
        return {"seed": self.seed}


@initializer("glorot_uniform")
class GlorotUniform(_Scaled):
    def __init__(self, seed: int | None = None) -> None:
        super().__init__(1.0, "fan_avg", "uniform", seed)


@initializer("glorot_normal")
class GlorotNormal(_Scaled):
    def __init__(self, seed: int | None = None) -> None:
        super().__init__(1.0, "fan_avg", "truncated_normal", seed)


@initializer("he_uniform")
class HeUniform(_Scaled):
    def __init__(self, seed: int | None = None) -> None:
        super().__init__(2.0, "fan_in", "uniform", seed)


@initializer("he_normal")
class HeNormal(_Scaled):
    def __init__(self, seed: int | None = None) -> None:
        super().__init__(2.0, "fan_in", "truncated_normal", seed)


@initializer("lecun_uniform")
class LecunUniform(_Scaled):
    def __init__(self, seed: int | None = None) -> None:
        super().__init__(1.0, "fan_in", "uniform", seed)


@initializer("lecun_normal")
class LecunNormal(_Scaled):
    def __init__(self, seed: int | None = None) -> None:
        super().__init__(1.0, "fan_in", "truncated_normal", seed)


@initializer("orthogonal")
@dataclass
class Orthogonal(Initializer):
    """Orthonormal rows or columns. Source: Saxe et al. 2014."""

    gain: float = 1.0
    seed: int | None = None

    def __call__(self, shape: Sequence[int], dtype: torch.dtype = torch.float32) -> Tensor:
        _need_matrix("orthogonal", shape)
        rows, columns = math.prod(shape[:-1]), shape[-1]
        noise = torch.empty(max(rows, columns), min(rows, columns), dtype=dtype)
        q, r = torch.linalg.qr(noise.normal_(generator=self._generator()))
        q = q * torch.sign(torch.diagonal(r))
        return (self.gain * (q.T if rows < columns else q)).reshape(tuple(shape)).contiguous()


@initializer("identity")
@dataclass
class Identity(Initializer):
    gain: float = 1.0

    def __call__(self, shape: Sequence[int], dtype: torch.dtype = torch.float32) -> Tensor:
        _need_matrix("identity", shape, exactly=True)
        return self.gain * torch.eye(*shape, dtype=dtype)


def fans(shape: Sequence[int]) -> tuple[int, int]:
    """Inputs and outputs of one unit for a weight with its two last axes (in, out)."""
    if not shape:
        return 1, 1
    if len(shape) == 1:
        return shape[0], shape[0]
    receptive = math.prod(shape[:-2])
    return shape[-2] * receptive, shape[-1] * receptive


def _uniform(
    shape: Sequence[int], dtype: torch.dtype, low: float, high: float, generator: torch.Generator | None
) -> Tensor:
    values = torch.empty(tuple(shape), dtype=dtype)
    if values.numel() < _LARGE:
        return values.uniform_(low, high, generator=generator)
    # large weights are filled by all cores, each part from a stream of its own
    parts = values.view(-1).split(_LARGE)
    seeds = torch.randint(2**62, (len(parts),), generator=generator).tolist()

    def fill(part: Tensor, seed: int) -> None:
        part.uniform_(low, high, generator=torch.Generator().manual_seed(seed))

    with ThreadPoolExecutor(torch.get_num_threads()) as pool:
        list(pool.map(fill, parts, seeds))
    return values


def _truncated_normal(
    shape: Sequence[int], dtype: torch.dtype, mean: float, stddev: float, generator: torch.Generator | None
) -> Tensor:
    low, high = mean - 2 * stddev, mean + 2 * stddev
    empty = torch.empty(tuple(shape), dtype=dtype)
    return torch.nn.init.trunc_normal_(empty, mean, stddev, low, high, generator=generator)


def _need_matrix(name: str, shape: Sequence[int], exactly: bool = False) -> None:
    if len(shape) < 2 or (exactly and len(shape) != 2):
        raise UserError(
            f"The {name} initializer makes matrices; the weight has the shape {tuple(shape)}.",
            code=Code.SHAPE,
            cure='choose another initializer, for example "glorot_uniform"',
        )
