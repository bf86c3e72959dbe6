"""Optimizers with Keras 3's formulas and defaults."""

from __future__ import annotations

# torch.optim is made of the same functions on lists of tensors
# pyright: reportPrivateImportUsage=false
from typing import Any

import torch
from torch import Tensor

from ..errors import Code, UserError
from ..layers.arguments import Flag, Number
from .declare import Declared
from .losses import EPSILON
from .optimizer import BLOCK, OPTIMIZERS, Optimizer, Tensors, optimizer
from .schedules import LearningRate


def get_optimizer(identifier: Any) -> Optimizer:
    """The optimizer of a name, a declaration (R's `optimizer_adam` without a call) or an optimizer.

    Raises:
        UserError: an unknown name, or something that is no optimizer
    """
    if isinstance(identifier, Optimizer):
        return identifier
    if isinstance(identifier, str):
        identifier = OPTIMIZERS.find(identifier)
    if isinstance(identifier, Declared) and identifier in OPTIMIZERS.values():
        return identifier()
    raise UserError(
        f"Could not interpret optimizer identifier: {identifier!r}",
        code=Code.COMPILE,
        cause="an optimizer is a name or an `optimizer_*()` object",
        cure="for example optimizer = 'rmsprop'",
    )


@optimizer("sgd", r="optimizer_sgd")
class SGD(Optimizer):
    """Gradient descent, with momentum: v = momentum v - rate g; w = w + v.

    Args:
        momentum: share of the last move that is made again
        nesterov: look ahead along the momentum (Sutskever et al. 2013)
    """

    learning_rate: LearningRate = 0.01
    momentum: Number = 0.0
    nesterov: Flag = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.momentum <= 1:
            raise UserError(
                "`momentum` must be a float between [0, 1].",
                code=Code.VALUE,
                cause=f"it is {self.momentum}",
                cure="for example momentum = 0.9",
            )
        self.slots = {"momentum": 0.0} if self.momentum else {}  # type: ignore[misc]
        self.takes_rows = not self.momentum  # type: ignore[misc]

    def update(self, weights: Tensors, gradients: Tensors, rate: float, kept: dict[str, Tensors]) -> None:
        if not self.momentum:
            torch._foreach_add_(weights, gradients, alpha=-rate)
            return
        moves = kept["momentum"]
        torch._foreach_mul_(moves, self.momentum)
        torch._foreach_add_(moves, gradients, alpha=-rate)
        if self.nesterov:
            torch._foreach_add_(weights, gradients, alpha=-rate)
            torch._foreach_add_(weights, moves, alpha=self.momentum)
        else:
            torch._foreach_add_(weights, moves)

    def update_rows(
        self, weight: Tensor, rows: Tensor, gradient: Tensor, rate: float, kept: dict[str, Tensor]
    ) -> None:
        weight.index_add_(0, rows, gradient, alpha=-rate)


@optimizer("rmsprop", r="optimizer_rmsprop")
class RMSprop(Optimizer):
    """Divides by the root of a running mean of squares: w = w - rate g / sqrt(v + epsilon) (Hinton 2012).

    Args:
        rho: share of the old mean that is kept
        momentum: share of the last move that is made again
        epsilon: added under the root
        centered: take the square of the running mean gradient off the mean of squares
    """

    learning_rate: LearningRate = 0.001
    rho: Number = 0.9
    momentum: Number = 0.0
    epsilon: Number = EPSILON
    centered: Flag = False

    def __post_init__(self) -> None:
        super().__post_init__()
        wanted = {"velocity": True, "momentum": self.momentum > 0, "average_gradient": self.centered}
        self.slots = {name: 0.0 for name, want in wanted.items() if want}  # type: ignore[misc]
        self.takes_rows = len(self.slots) == 1  # type: ignore[misc]
        self.settled: dict[Tensor, Tensor] = {}
        """For weights that are moved by rows: up to which step each row's mean of squares has shrunk."""

    def update(self, weights: Tensors, gradients: Tensors, rate: float, kept: dict[str, Tensors]) -> None:
        squares = kept["velocity"]
        torch._foreach_mul_(squares, self.rho)
        torch._foreach_addcmul_(squares, gradients, gradients, 1.0 - self.rho)
        root = torch._foreach_add(squares, self.epsilon)
        if self.centered:
            means = kept["average_gradient"]
            torch._foreach_lerp_(means, gradients, 1.0 - self.rho)
            torch._foreach_addcmul_(root, means, means, -1.0)
        torch._foreach_sqrt_(root)
        if self.momentum > 0:
            torch._foreach_mul_(kept["momentum"], self.momentum)
            torch._foreach_addcdiv_(kept["momentum"], gradients, root, rate)
            torch._foreach_sub_(weights, kept["momentum"])
        else:
            torch._foreach_addcdiv_(weights, gradients, root, -rate)

    def update_rows(
        self, weight: Tensor, rows: Tensor, gradient: Tensor, rate: float, kept: dict[str, Tensor]
    ) -> None:
        # without a gradient a weight stays and its mean of squares shrinks by rho; that is made up for when
        # the row has a gradient again
        squares, now = kept["velocity"], self.iterations + 1
        if weight not in self.settled:
            self.settled[weight] = rows.new_full((len(weight),), self.iterations)
        settled = self.settled[weight]
        height = max(BLOCK // gradient[0].numel(), 1) if len(gradient) else 1
        for some, g in zip(rows.split(height), gradient.split(height), strict=True):
            shrunk = self._shrunk(now - settled.index_select(0, some), squares)
            mean = squares.index_select(0, some).mul_(shrunk).addcmul_(g, g, value=1.0 - self.rho)
            squares.index_copy_(0, some, mean)
            weight.index_add_(0, some, g / mean.add_(self.epsilon).sqrt_(), alpha=-rate)
        settled.index_fill_(0, rows, now)

    def _shrunk(self, steps: Tensor, squares: Tensor) -> Tensor:
        share = torch.pow(self.rho, steps.to(squares.dtype))
        return share.reshape(-1, *[1] * (squares.ndim - 1))

    @torch.no_grad()
    def settle(self, weight: Tensor) -> None:
        settled = self.settled.pop(weight, None)
        if settled is not None:
            squares = self.state[weight]["velocity"]
            squares.mul_(self._shrunk(self.iterations - settled, squares))


@optimizer("adam", r="optimizer_adam")
class Adam(Optimizer):
    """Running means of gradients and of their squares, corrected for the start (Kingma & Ba 2015).

    Args:
        beta_1: share of the old mean gradient that is kept
        beta_2: share of the old mean square that is kept
        epsilon: added to the root ("epsilon hat" of the paper)
        amsgrad: never let the mean square shrink (Reddi et al. 2018)
    """

    learning_rate: LearningRate = 0.001
    beta_1: Number = 0.9
    beta_2: Number = 0.999
    epsilon: Number = EPSILON
    amsgrad: Flag = False

    slots = {"momentum": 0.0, "velocity": 0.0}

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.amsgrad:
            self.slots = {**self.slots, "velocity_hat": 0.0}  # type: ignore[misc]

    def update(self, weights: Tensors, gradients: Tensors, rate: float, kept: dict[str, Tensors]) -> None:
        step = self.steps + 1
        means, squares = kept["momentum"], kept["velocity"]
        torch._foreach_lerp_(means, gradients, 1.0 - self.beta_1)
        torch._foreach_mul_(squares, self.beta_2)
        torch._foreach_addcmul_(squares, gradients, gradients, 1.0 - self.beta_2)
        if self.amsgrad:
            torch._foreach_maximum_(kept["velocity_hat"], squares)
            squares = kept["velocity_hat"]
        root = torch._foreach_sqrt(squares)
        torch._foreach_add_(root, self.epsilon)
        corrected = rate * (1.0 - self.beta_2**step) ** 0.5 / (1.0 - self.beta_1**step)
        torch._foreach_addcdiv_(weights, means, root, -corrected)


@optimizer("adamw", r="optimizer_adam_w")
class AdamW(Adam):
    """Adam with weight decay that does not pass through the running means (Loshchilov & Hutter 2019).

    Args:
        weight_decay: share of each weight that is taken off, times the rate, before a step
        beta_1: share of the old mean gradient that is kept
        beta_2: share of the old mean square that is kept
        epsilon: added to the root ("epsilon hat" of the paper)
        amsgrad: never let the mean square shrink (Reddi et al. 2018)
    """

    learning_rate: LearningRate = 0.001
    weight_decay: Number | None = 0.004
    beta_1: Number = 0.9
    beta_2: Number = 0.999
    epsilon: Number = EPSILON
    amsgrad: Flag = False


@optimizer("adamax", r="optimizer_adamax")
class Adamax(Optimizer):
    """Adam with the largest gradient of late in place of the mean square (Kingma & Ba 2015, section 7).

    Args:
        beta_1: share of the old mean gradient that is kept
        beta_2: how slowly the largest gradient is forgotten
        epsilon: added to the largest gradient
    """

    learning_rate: LearningRate = 0.001
    beta_1: Number = 0.9
    beta_2: Number = 0.999
    epsilon: Number = EPSILON

    slots = {"momentum": 0.0, "norm": 0.0}

    def update(self, weights: Tensors, gradients: Tensors, rate: float, kept: dict[str, Tensors]) -> None:
        torch._foreach_lerp_(kept["momentum"], gradients, 1.0 - self.beta_1)
        torch._foreach_mul_(kept["norm"], self.beta_2)
        torch._foreach_maximum_(kept["norm"], torch._foreach_abs(gradients))
        largest = torch._foreach_add(kept["norm"], self.epsilon)
        corrected = rate / (1.0 - self.beta_1 ** (self.steps + 1))
        torch._foreach_addcdiv_(weights, kept["momentum"], largest, -corrected)


@optimizer("nadam", r="optimizer_nadam")
class Nadam(Optimizer):
    """Adam with Nesterov momentum (Dozat 2015).

    Args:
        beta_1: share of the old mean gradient that is kept
        beta_2: share of the old mean square that is kept
        epsilon: added to the root
    """

    learning_rate: LearningRate = 0.001
    beta_1: Number = 0.9
    beta_2: Number = 0.999
    epsilon: Number = EPSILON

    slots = {"momentum": 0.0, "velocity": 0.0}
    warmup = 1.0
    """Product of the momentum factors so far."""

    def _factor(self, step: int) -> float:
        """The momentum factor of a step."""
        return self.beta_1 * (1.0 - 0.5 * 0.96**step)

    def begin_step(self) -> None:
        self.warmup *= self._factor(self.steps + 1)

    def update(self, weights: Tensors, gradients: Tensors, rate: float, kept: dict[str, Tensors]) -> None:
        step = self.steps + 1
        now, then = self._factor(step), self._factor(step + 1)
        means, squares = kept["momentum"], kept["velocity"]
        torch._foreach_lerp_(means, gradients, 1.0 - self.beta_1)
        torch._foreach_mul_(squares, self.beta_2)
        torch._foreach_addcmul_(squares, gradients, gradients, 1.0 - self.beta_2)
        root = torch._foreach_div(squares, 1.0 - self.beta_2**step)
        torch._foreach_sqrt_(root)
        torch._foreach_add_(root, self.epsilon)
        torch._foreach_addcdiv_(weights, means, root, -rate * then / (1.0 - self.warmup * then))
        torch._foreach_addcdiv_(weights, gradients, root, -rate * (1.0 - now) / (1.0 - self.warmup))


@optimizer("adagrad", r="optimizer_adagrad")
class Adagrad(Optimizer):
    """Divides by the root of the sum of all squares so far (Duchi et al. 2011).

    Args:
        initial_accumulator_value: what the sum starts from
        epsilon: added under the root
    """

    learning_rate: LearningRate = 0.001
    initial_accumulator_value: Number = 0.1
    epsilon: Number = EPSILON

    def __post_init__(self) -> None:
        super().__post_init__()
        self.slots = {"accumulator": self.initial_accumulator_value}  # type: ignore[misc]

    def update(self, weights: Tensors, gradients: Tensors, rate: float, kept: dict[str, Tensors]) -> None:
        torch._foreach_addcmul_(kept["accumulator"], gradients, gradients, 1.0)
        root = torch._foreach_add(kept["accumulator"], self.epsilon)
        torch._foreach_sqrt_(root)
        torch._foreach_addcdiv_(weights, gradients, root, -rate)


@optimizer("adadelta", r="optimizer_adadelta")
class Adadelta(Optimizer):
    """Steps in units of the weights: root mean square of moves over that of gradients (Zeiler 2012).

    Args:
        rho: share of the old means that is kept
        epsilon: added under the roots
    """

    learning_rate: LearningRate = 0.001
    rho: Number = 0.95
    epsilon: Number = EPSILON

    slots = {"accumulated_gradient": 0.0, "accumulated_move": 0.0}

    def update(self, weights: Tensors, gradients: Tensors, rate: float, kept: dict[str, Tensors]) -> None:
        squares, moved = kept["accumulated_gradient"], kept["accumulated_move"]
        torch._foreach_mul_(squares, self.rho)
        torch._foreach_addcmul_(squares, gradients, gradients, 1.0 - self.rho)
        top, bottom = torch._foreach_add(moved, self.epsilon), torch._foreach_add(squares, self.epsilon)
        moves = torch._foreach_sqrt(torch._foreach_div(top, bottom))
        torch._foreach_mul_(moves, gradients)
        torch._foreach_mul_(moved, self.rho)
        torch._foreach_addcmul_(moved, moves, moves, 1.0 - self.rho)
        torch._foreach_add_(weights, moves, alpha=-rate)
