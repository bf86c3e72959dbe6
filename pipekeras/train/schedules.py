"""Learning rate schedules: functions from the number of finished steps to a rate, with Keras 3's formulas."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from ..errors import Code, UserError
from ..layers.arguments import Flag, Number, Type, scalar
from ..signature import Signature
from .declare import Declared, Registry, class_parameters, register

SCHEDULES = Registry("learning rate schedule", "learning_rate")


class Schedule:
    """A learning rate that changes: `schedule(step)` is the rate of step number `step`, from 0."""

    def __call__(self, step: int) -> float:
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        return {"class_name": type(self).__name__, "config": asdict(self)}  # type: ignore[call-overload]


def _learning_rate(value: Any, argument: str) -> Any:
    value = scalar(value)
    if callable(value):
        return value
    if isinstance(value, (int, float)) and value >= 0:
        return float(value)
    raise UserError(
        f"Argument `{argument}` should be float, or an instance of LearningRateSchedule, or a callable. "
        f"Received instead: {argument}={value!r}",
        code=Code.VALUE,
        cause="a rate is a number from 0 on, or something that gives one for each step",
        cure="for example learning_rate = 0.001",
    )


LearningRate = Annotated[Any, Type("a number, a schedule or a function of the step", _learning_rate)]


def schedule(r: str) -> Callable[[type], type]:
    """Declare a schedule: a dataclass whose fields are R's arguments."""

    def declare(cls: type) -> type:
        made = dataclass(cls)
        signature = Signature(class_parameters(made))
        SCHEDULES.add(
            [cls.__name__], register(Declared(cls.__name__, (r,), signature, made, cls.__doc__ or ""))
        )
        return made

    return declare


def _positive_steps(steps: float, argument: str = "decay_steps") -> None:
    if steps <= 0:
        raise UserError(
            f"Argument `{argument}` must be > 0. Received: {argument}={steps}",
            code=Code.VALUE,
            cause="the rate cannot decay over no steps",
            cure="give the number of training steps, for example 1000",
        )


@schedule("learning_rate_schedule_exponential_decay")
class ExponentialDecay(Schedule):
    """rate = initial_learning_rate * decay_rate ^ (step / decay_steps).

    Args:
        initial_learning_rate: the first rate
        decay_steps: after how many steps the rate is multiplied by decay_rate
        decay_rate: the factor
        staircase: change the rate only after whole decay_steps
        name: a name
    """

    initial_learning_rate: Number
    decay_steps: Number
    decay_rate: Number
    staircase: Flag = False
    name: str = "ExponentialDecay"

    def __post_init__(self) -> None:
        _positive_steps(self.decay_steps)

    def __call__(self, step: int) -> float:
        power = step / self.decay_steps
        return self.initial_learning_rate * self.decay_rate ** (
            math.floor(power) if self.staircase else power
        )


@schedule("learning_rate_schedule_inverse_time_decay")
class InverseTimeDecay(Schedule):
    """rate = initial_learning_rate / (1 + decay_rate * step / decay_steps).

    Args:
        initial_learning_rate: the first rate
        decay_steps: how often decay applies
        decay_rate: how strongly
        staircase: change the rate only after whole decay_steps
        name: a name
    """

    initial_learning_rate: Number
    decay_steps: Number
    decay_rate: Number
    staircase: Flag = False
    name: str = "InverseTimeDecay"

    def __post_init__(self) -> None:
        _positive_steps(self.decay_steps)

    def __call__(self, step: int) -> float:
        periods = step / self.decay_steps
        periods = math.floor(periods) if self.staircase else periods
        return self.initial_learning_rate / (1.0 + self.decay_rate * periods)


@schedule("learning_rate_schedule_piecewise_constant_decay")
class PiecewiseConstantDecay(Schedule):
    """values[0] up to and with step boundaries[0], then values[1] up to boundaries[1], and so on.

    Args:
        boundaries: increasing step numbers
        values: rates, one more than boundaries
        name: a name
    """

    boundaries: list[float]
    values: list[float]
    name: str = "PiecewiseConstant"

    def __post_init__(self) -> None:
        self.boundaries, self.values = list(self.boundaries), list(self.values)
        if len(self.boundaries) != len(self.values) - 1:
            raise UserError(
                "The length of boundaries should be 1 less than the length of values. Received: "
                f"boundaries of length {len(self.boundaries)}, and values of length {len(self.values)}",
                code=Code.VALUE,
                cause="each boundary lies between two rates",
                cure="for example boundaries = c(1000), values = c(0.01, 0.001)",
            )

    def __call__(self, step: int) -> float:
        return self.values[sum(step > boundary for boundary in self.boundaries)]


@schedule("learning_rate_schedule_polynomial_decay")
class PolynomialDecay(Schedule):
    """From initial_learning_rate to end_learning_rate along (1 - step / decay_steps) ^ power.

    Args:
        initial_learning_rate: the first rate
        decay_steps: when the end is reached
        end_learning_rate: the last rate
        power: 1 is a straight line
        cycle: start again at a longer decay, when decay_steps are over
        name: a name
    """

    initial_learning_rate: Number
    decay_steps: Number
    end_learning_rate: Number = 0.0001
    power: Number = 1.0
    cycle: Flag = False
    name: str = "PolynomialDecay"

    def __post_init__(self) -> None:
        _positive_steps(self.decay_steps)

    def __call__(self, step: float) -> float:
        steps = self.decay_steps
        if self.cycle:
            steps *= max(math.ceil(step / steps), 1)
        done = min(step, steps) / steps
        span = self.initial_learning_rate - self.end_learning_rate
        return span * (1.0 - done) ** self.power + self.end_learning_rate


@schedule("learning_rate_schedule_cosine_decay")
class CosineDecay(Schedule):
    """Half a cosine from the first rate down to alpha times it (Loshchilov & Hutter 2017).

    Args:
        initial_learning_rate: the first rate
        decay_steps: length of the half cosine
        alpha: the last rate as a share of the first
        name: a name
        warmup_target: rise in a line to this rate first
        warmup_steps: during this many steps
    """

    initial_learning_rate: Number
    decay_steps: Number
    alpha: Number = 0.0
    name: str = "CosineDecay"
    warmup_target: Number | None = None
    warmup_steps: Number = 0

    def __post_init__(self) -> None:
        _positive_steps(self.decay_steps)

    def __call__(self, step: float) -> float:
        if self.warmup_target is None:
            return self._decayed(step, self.initial_learning_rate)
        if step < self.warmup_steps:
            rise = self.warmup_target - self.initial_learning_rate
            return self.initial_learning_rate + rise * step / self.warmup_steps
        return self._decayed(step - self.warmup_steps, self.warmup_target)

    def _decayed(self, step: float, start: float) -> float:
        cosine = 0.5 * (1.0 + math.cos(math.pi * min(step, self.decay_steps) / self.decay_steps))
        return start * ((1.0 - self.alpha) * cosine + self.alpha)


@schedule("learning_rate_schedule_cosine_decay_restarts")
class CosineDecayRestarts(Schedule):
    """Half cosines one after the other, each t_mul times longer and m_mul times lower (SGDR).

    Args:
        initial_learning_rate: the first rate
        first_decay_steps: length of the first half cosine
        t_mul: factor of the lengths
        m_mul: factor of the heights
        alpha: the lowest rate as a share of the first
        name: a name
    """

    initial_learning_rate: Number
    first_decay_steps: Number
    t_mul: Number = 2.0
    m_mul: Number = 1.0
    alpha: Number = 0.0
    name: str = "SGDRDecay"

    def __post_init__(self) -> None:
        _positive_steps(self.first_decay_steps, "first_decay_steps")

    def __call__(self, step: float) -> float:
        done, restarts = step / self.first_decay_steps, 0
        if self.t_mul == 1.0:
            restarts = math.floor(done)
            done -= restarts
        else:
            restarts = math.floor(math.log(1.0 - done * (1.0 - self.t_mul)) / math.log(self.t_mul))
            before = (1.0 - self.t_mul**restarts) / (1.0 - self.t_mul)
            done = (done - before) / self.t_mul**restarts
        cosine = 0.5 * self.m_mul**restarts * (1.0 + math.cos(math.pi * done))
        return self.initial_learning_rate * ((1.0 - self.alpha) * cosine + self.alpha)
