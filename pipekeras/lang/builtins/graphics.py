"""R's plotting functions take what they are given and draw nothing, which they say once a session."""

from __future__ import annotations

from typing import Any

from ..registry import builtin
from ..session import session
from ..values import NULL

_SILENT = (
    "lines points abline legend text axis title mtext polygon rect segments arrows grid box layout "
    "rasterImage par pdf png jpeg svg dev.new dev.off graphics.off "
    "axis.Date axis.POSIXct"
)
"""What adds to a plot or prepares one: nothing is missed when it does nothing."""
_PLOTS = "plot barplot boxplot curve pie image matplot pairs heatmap contour persp plot.new plot.window"
"""What starts a plot: the user should know that there is none."""


def _draw_nothing(dots: Any) -> Any:
    return NULL


def tell_once() -> None:
    """Say that plots are not drawn."""
    if not session.told_about_plots:
        session.told_about_plots = True
        session.write_error("note: plots are not drawn\n")


def _say_and_draw_nothing(dots: Any) -> Any:
    tell_once()
    return NULL


for _name in _SILENT.split():
    builtin(f"{_name}(...)", invisible=True)(_draw_nothing)
for _name in _PLOTS.split():
    builtin(f"{_name}(...)", generic=True, invisible=True)(_say_and_draw_nothing)
