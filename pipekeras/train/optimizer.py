"""What optimizers share: rate, clipping, weight decay, averaging; a step never waits for the device."""

from __future__ import annotations

# torch.optim is made of the same functions on lists of tensors
# pyright: reportPrivateImportUsage=false
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

import torch
from torch import Tensor

from ..errors import Code, UserError
from ..layers import optimize
from ..layers.arguments import Count, Flag, Number
from ..layers.outer import Outer
from ..signature import DOTS, Param, Signature
from .declare import Declared, Registry, class_parameters, kind_of, register
from .notices import notice_once
from .schedules import InverseTimeDecay, LearningRate, Schedule

OPTIMIZERS = Registry("optimizer", "optimizer")

Tensors = list[Tensor]
Gradient = Tensor | Outer | None
"""A gradient: dense, sparse (some rows), or factors; None leaves a weight alone."""

BLOCK = 2**17
"""Larger weights are moved in blocks of about so many numbers, which stay in the cache from first to last."""


@dataclass(kw_only=True, eq=False, repr=False)
class Optimizer:
    """What all optimizers share.

    Args:
        learning_rate: how far a step goes: a number, a schedule, or a function of the step number
        weight_decay: share of each weight that is taken off, times the rate, before a step
        clipnorm: longest gradient of one weight
        clipvalue: largest absolute value in a gradient
        global_clipnorm: longest gradient of all weights together
        use_ema: keep a moving average of the weights and put it in their place when training ends
        ema_momentum: share of the old average that a step keeps
        ema_overwrite_frequency: put the average in place each so many steps, too
        jit_compile: of no effect, as there is no XLA in torch; old scripts give it
        name: a name
        loss_scale_factor: factor of the loss that is taken off the gradients again
        gradient_accumulation_steps: one step for the mean gradient of so many batches
    """

    slots: ClassVar[dict[str, float]] = {}
    """What is kept for each weight, and its first value."""
    takes_rows: ClassVar[bool] = False
    """Whether `update_rows` moves as `update` would with zeros in the other rows."""

    learning_rate: LearningRate = 0.001
    weight_decay: Number | None = None
    clipnorm: Number | None = None
    clipvalue: Number | None = None
    global_clipnorm: Number | None = None
    use_ema: Flag = False
    ema_momentum: Number = 0.99
    ema_overwrite_frequency: Count | None = None
    jit_compile: Flag = True
    name: str | None = None
    loss_scale_factor: Number | None = None
    gradient_accumulation_steps: Count | None = None

    iterations: int = field(default=0, init=False, repr=False)
    weights: Tensors = field(default_factory=list, init=False, repr=False)
    state: dict[Tensor, dict[str, Tensor]] = field(default_factory=dict, init=False, repr=False)
    _joined: dict[str, Tensors] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        clips = {n: getattr(self, n) for n in ("clipnorm", "clipvalue", "global_clipnorm")}
        if sum(value is not None for value in clips.values()) > 1:
            raise UserError(
                "Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set. Received: "
                + ", ".join(f"{name}={value}" for name, value in clips.items()),
                code=Code.ARGUMENT,
                cause="a gradient is clipped in one way",
                cure="keep one of them",
            )

    def update(self, weights: Tensors, gradients: Tensors, rate: float, kept: dict[str, Tensors]) -> None:
        """Move the weights in place; `kept` holds the slots, as lists in the order of the weights."""
        raise NotImplementedError

    def update_rows(
        self, weight: Tensor, rows: Tensor, gradient: Tensor, rate: float, kept: dict[str, Tensor]
    ) -> None:
        """Move some rows of a weight in place, each of them once."""
        raise NotImplementedError

    def settle(self, weight: Tensor) -> None:
        """Make up for what `update_rows` has put off in the other rows of a weight."""

    def begin_step(self) -> None:
        """Called once before the updates of a step."""

    @property
    def elementwise(self) -> bool:
        """Whether each number of a weight moves by its own gradient alone, so that weights may be cut."""
        whole = (
            self.weight_decay,
            self.clipnorm,
            self.clipvalue,
            self.global_clipnorm,
            self.loss_scale_factor,
        )
        return not (any(o is not None for o in whole) or self.use_ema or self.gradient_accumulation_steps)

    @property
    def steps(self) -> int:
        """How often the weights have been moved."""
        return self.iterations // (self.gradient_accumulation_steps or 1)

    def rate(self) -> float:
        """The learning rate of the next step."""
        rate: Any = self.learning_rate
        if callable(rate):
            rate = rate(self.iterations)
        return float(rate)  # type: ignore[arg-type]

    def _all_slots(self) -> dict[str, float]:
        extra = {"average": 0.0} if self.use_ema else {}
        if self.gradient_accumulation_steps:
            extra["accumulated"] = 0.0
        return {**self.slots, **extra}

    def bind(self, weights: Sequence[Tensor]) -> None:
        """Take the weights to train; what is already kept for one of them stays."""
        self.weights = list(weights)
        for weight in self.weights:
            if weight not in self.state:
                first = self._all_slots()
                self.state[weight] = {
                    n: torch.full_like(weight, v, requires_grad=False) for n, v in first.items()
                }
            self.settle(weight)
        self._kept = self._lists(self.weights)
        self._joined = None

    def joined_slots(self) -> dict[str, Tensors]:
        """What is kept for all weights, from now on one behind the other in one tensor a slot."""
        if self._joined is None:
            self._joined = {name: [whole] for name, whole in self._join_slots().items()}
        return self._joined

    def _join_slots(self) -> dict[str, Tensor]:
        joined = {}
        sizes = [weight.numel() for weight in self.weights]
        for name, tensors in self._kept.items():
            joined[name] = torch.cat([tensor.reshape(-1) for tensor in tensors])
            for weight, part in zip(self.weights, joined[name].split(sizes), strict=True):
                self.state[weight][name] = part.view(weight.shape)
        self._kept = self._lists(self.weights)
        return joined

    def _lists(self, weights: Tensors) -> dict[str, Tensors]:
        return {name: [self.state[weight][name] for weight in weights] for name in self._all_slots()}

    @torch.no_grad()
    def step(self, gradients: Sequence[Gradient]) -> None:
        """One step along the gradients, in the order of the weights; None leaves a weight alone."""
        weights, kept, given = self.weights, self._kept, list(gradients)
        if any(g is None for g in given):
            weights = [w for w, g in zip(weights, given, strict=True) if g is not None]
            kept = self._lists(weights)
        found = [g for g in given if g is not None]
        if found and optimize.enabled and self.elementwise and weights[0].device.type == "cpu":
            self._move(weights, found, kept)
        elif found:
            self._move_together(weights, [g for g in found if isinstance(g, Tensor)], kept)
        self.iterations += 1

    def _move_together(self, weights: Tensors, gradients: Tensors, kept: dict[str, Tensors]) -> None:
        mean = self._accumulate(gradients, kept)
        if mean is None:
            return
        rate = self.rate()
        if self.weight_decay is not None:
            torch._foreach_mul_(weights, 1.0 - rate * self.weight_decay)
        self.begin_step()
        self.update(weights, self._clip(mean), rate, kept)
        if self.use_ema:
            self._average(weights, kept["average"])

    def _move(self, weights: Tensors, gradients: list[Tensor | Outer], kept: dict[str, Tensors]) -> None:
        """Move weights whose gradients come in parts, and large ones in blocks."""
        rate = self.rate()
        self.begin_step()
        small: list[int] = []
        for i, (weight, gradient) in enumerate(zip(weights, gradients, strict=True)):
            if isinstance(gradient, Tensor) and gradient.is_sparse:
                parts = gradient.coalesce()
                own = {name: tensors[i] for name, tensors in kept.items()}
                self.update_rows(weight, parts.indices()[0], parts.values(), rate, own)
            elif isinstance(gradient, Outer) or (weight.numel() > BLOCK and weight.ndim):
                self.settle(weight)
                self._move_in_blocks(weight, gradient, rate, {n: tensors[i] for n, tensors in kept.items()})
            else:
                small.append(i)
        if len(small) == len(weights):
            self.update(weights, gradients, rate, kept)  # type: ignore[arg-type]
        elif small:
            chosen = {name: [tensors[i] for i in small] for name, tensors in kept.items()}
            dense: Any = [gradients[i] for i in small]
            self.update([weights[i] for i in small], dense, rate, chosen)

    def _move_in_blocks(
        self, weight: Tensor, gradient: Tensor | Outer, rate: float, kept: dict[str, Tensor]
    ) -> None:
        rows = max(BLOCK * len(weight) // weight.numel(), 1)
        for start in range(0, len(weight), rows):
            part = slice(start, start + rows)
            cut = gradient[part] if isinstance(gradient, Tensor) else gradient.rows(start, start + rows)
            self.update([weight[part]], [cut], rate, {name: [tensor[part]] for name, tensor in kept.items()})

    def _accumulate(self, gradients: Tensors, kept: dict[str, Tensors]) -> Tensors | None:
        """The gradients of this step, or None while further batches have to come in."""
        if self.loss_scale_factor is not None:
            gradients = list(torch._foreach_div(gradients, self.loss_scale_factor))
        every = self.gradient_accumulation_steps
        if not every:
            return gradients
        torch._foreach_add_(kept["accumulated"], gradients)
        if (self.iterations + 1) % every:
            return None
        mean = list(torch._foreach_div(kept["accumulated"], every))
        torch._foreach_zero_(kept["accumulated"])
        return mean

    def _clip(self, gradients: Tensors) -> Tensors:
        if self.clipvalue:
            bounded = torch._foreach_clamp_min(gradients, -self.clipvalue)
            return list(torch._foreach_clamp_max(bounded, self.clipvalue))
        if self.clipnorm:
            longest, norms = self.clipnorm, torch._foreach_norm(gradients)
            return [g * (longest / n.clamp(min=longest)) for g, n in zip(gradients, norms, strict=True)]
        if self.global_clipnorm:
            longest, norm = self.global_clipnorm, torch.stack(torch._foreach_norm(gradients)).norm()
            return list(torch._foreach_mul(gradients, longest / norm.clamp(min=longest)))
        return gradients

    def _average(self, weights: Tensors, averages: Tensors) -> None:
        torch._foreach_lerp_(averages, weights, 1.0 - self.ema_momentum if self.iterations else 1.0)
        every = self.ema_overwrite_frequency
        if every and (self.steps + 1) % every == 0:
            torch._foreach_copy_(weights, averages)

    @torch.no_grad()
    def finish(self) -> None:
        """What Keras does when training ends: averaged weights take the place of the weights."""
        for weight in self.weights:
            self.settle(weight)
        if self.use_ema:
            torch._foreach_copy_(self.weights, self._kept["average"])

    def __repr__(self) -> str:
        changed = [f for f in fields(self) if f.init and getattr(self, f.name) != f.default]
        shown = {"learning_rate": self.learning_rate, **{f.name: getattr(self, f.name) for f in changed}}
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in shown.items())})"

    def get_config(self) -> dict[str, Any]:
        """The arguments as plain data."""
        config = {f.name: getattr(self, f.name) for f in fields(self) if f.init}
        rate = self.learning_rate
        if isinstance(rate, Schedule):
            config["learning_rate"] = rate.get_config()
        elif callable(rate):
            config["learning_rate"] = getattr(rate, "__name__", type(rate).__name__)
        return config


def optimizer(*names: str, r: str) -> Callable[[type[Optimizer]], type[Optimizer]]:
    """Declare an optimizer: its arguments are the class's fields, then the common ones."""

    def declare(cls: type[Optimizer]) -> type[Optimizer]:
        made = dataclass(kw_only=True, eq=False, repr=False)(cls)
        params = class_parameters(made)
        after = ("loss_scale_factor", "gradient_accumulation_steps")  # keras3 has these behind the dots
        signature = Signature(
            [p for p in params if p.name not in after]
            + [Param(DOTS)]
            + [p for p in params if p.name in after]
            + [
                Param("lr", None, kind_of(LearningRate), "old name of `learning_rate`"),
                Param("decay", None, kind_of(Number), "the rate is divided by 1 + decay * step"),
            ]
        )

        def make(lr: Any = None, decay: float | None = None, **arguments: Any) -> Optimizer:
            if lr is not None:
                notice_once("the argument `lr` is called `learning_rate` now; its value is used")
                arguments.setdefault("learning_rate", lr)
            made_one = made(**arguments)
            if decay:
                start = made_one.rate()
                made_one.learning_rate = InverseTimeDecay(start, 1, decay)
            return made_one

        OPTIMIZERS.add(names, register(Declared(names[0], (r,), signature, make, cls.__doc__ or "")))
        return made

    return declare
