"""Jumps of R's control flow as Python exceptions. Not errors: `except Exception` lets them pass."""

from __future__ import annotations

from typing import Any

from ..environment import Environment


class Signal(BaseException):
    """A jump to somewhere further out on the stack."""


class ReturnSignal(Signal):
    """`return(value)` from the function whose environment is `env`."""

    def __init__(self, env: Environment, value: Any) -> None:
        self.env = env
        self.value = value


class BreakSignal(Signal):
    """`break` out of the innermost loop."""


class NextSignal(Signal):
    """`next` step of the innermost loop."""


class Unwind(Signal):
    """A condition found an exiting handler: go to its `tryCatch`."""

    def __init__(self, handler: Any, condition: Any) -> None:
        self.handler = handler
        self.condition = condition


class RestartSignal(Signal):
    """`invokeRestart`: go to where the restart was set up."""

    def __init__(self, restart: Any, arguments: list[Any]) -> None:
        self.restart = restart
        self.arguments = arguments


class Quit(Signal):
    """`quit(status =)`: end the program."""

    def __init__(self, status: int) -> None:
        self.status = status


class Abort(Quit):
    """The restart "abort": back to the console, or the end of a script."""

    def __init__(self) -> None:
        super().__init__(1)
