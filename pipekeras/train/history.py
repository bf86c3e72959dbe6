"""What `fit()` returns: the values of every epoch, and how R keras prints and tabulates them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class History:
    """The record of one `fit()`.

    Args:
        params: verbose, epochs, steps, samples, validation_samples, batch_size
        metrics: the values of each metric, an epoch after the other; those of validation start with `val_`
        epoch: the epochs that were finished, from 0
        interrupted: Ctrl-C ended training
    """

    params: dict[str, Any]
    metrics: dict[str, list[float]] = field(default_factory=dict)
    epoch: list[int] = field(default_factory=list)
    interrupted: bool = False
    _epochs_of: dict[str, list[int]] = field(default_factory=dict, repr=False)

    def add(self, epoch: int, logs: dict[str, float]) -> None:
        """Record an epoch."""
        self.epoch.append(epoch)
        for name, value in logs.items():
            self.metrics.setdefault(name, []).append(value)
            self._epochs_of.setdefault(name, []).append(epoch)

    def text(self) -> str:
        """What R's `print(history)` shows, without the last newline (R keras 2.1.5, R/history.R)."""
        lines = [self._trained_on(), "Final epoch (plot to see history):"]
        width = max((len(name) for name in self.metrics), default=0)
        last = {name: pretty(values[-1]) for name, values in self.metrics.items()}
        lines += [f"{name:>{width}}: {value}" for name, value in last.items()]
        # R's cat() leaves a blank behind the last value
        return "\n".join(lines) + (" " if self.metrics else "")

    def _trained_on(self) -> str:
        text = f"Trained on {self.params['samples']:,} samples"
        if self.params.get("validation_samples"):
            text += f", validated on {self.params['validation_samples']:,} samples"
        return text + f" (batch_size={self.params['batch_size']:,}, epochs={self.params['epochs']:,})"

    def columns(self) -> dict[str, list[Any]]:
        """R's `as.data.frame(history)`: epoch (from 1), value, metric, data ("training" or "validation")."""
        rows = [
            (
                epoch + 1,
                value,
                name.removeprefix("val_"),
                "validation" if name.startswith("val_") else "training",
            )
            for name, values in self.metrics.items()
            for epoch, value in zip(self._epochs_of[name], values, strict=True)
        ]
        names = ("epoch", "value", "metric", "data")
        return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def pretty(value: float, digits: int = 4) -> str:
    """R's `prettyNum(value, digits = 4, big.mark = ",")`: 4 significant digits, fixed unless wider."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Inf" if value > 0 else "-Inf"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    significant = len(mantissa.replace("-", "").replace(".", ""))
    decimals = max(significant - 1 - int(exponent), 0)
    fixed = f"{value:.{decimals}f}"
    scientific = f"{mantissa}e{exponent}"
    return scientific if len(fixed) > len(scientific) else f"{value:,.{decimals}f}"
