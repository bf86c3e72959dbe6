"""What R keras 2.x and keras3 do differently in compiling and training: two objects, no scattered ifs."""

from __future__ import annotations

from dataclasses import dataclass

from .progress import Keras2Style, Keras3Style, ProgressStyle


@dataclass(frozen=True, slots=True)
class Conventions:
    """One edition's habits.

    Args:
        forgiving: one loss may have a weight for each output, one target may serve several outputs, one
            list of metrics goes to every output, and an output may have no loss
        sort_logs: logs are in alphabetical order, instead of loss, losses of the outputs, metrics
        rate_name: what callbacks that change the learning rate log it as
        progress: how progress is written
    """

    forgiving: bool
    sort_logs: bool
    rate_name: str
    progress: ProgressStyle


GUIDE = Conventions(forgiving=True, sort_logs=False, rate_name="lr", progress=Keras2Style())
KERAS3 = Conventions(forgiving=False, sort_logs=True, rate_name="learning_rate", progress=Keras3Style())
