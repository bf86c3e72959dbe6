"""The running R session: options, call frames, handlers, warnings, visibility and output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from .environment import Environment
from .registry import BASE
from .values import FALSE, Closure, RVector, character, double, integer

MAX_EXPRESSIONS = 5000
"""R's default of `options(expressions=)`: calls that may be running at once."""


class Frame:
    """One running call of a closure.

    Attributes:
        call: the call as written
        function: the closure; None for a builtin that shows on the stack, such as tryCatch
        env: its environment
        caller: the environment it was called from (R's parent.frame)
        arguments: what was given, in order: values and promises, by name
        dispatch: how S3 came here, if it did (dispatch.Dispatch)
        on_exit: code to run at the end
    """

    __slots__ = ("arguments", "call", "caller", "dispatch", "env", "function", "on_exit")

    def __init__(
        self,
        call: Any,
        function: Closure | None,
        env: Environment,
        caller: Environment,
        arguments: Any = None,
    ) -> None:
        self.call = call
        self.function: Any = function
        self.env = env
        self.caller = caller
        self.arguments = arguments
        self.dispatch: Any = None
        self.on_exit: list[Any] | None = None


def default_options() -> dict[str, Any]:
    return {
        "width": integer(80),
        "digits": integer(7),
        "OutDec": character("."),
        "scipen": integer(0),
        "max.print": integer(99999),
        "warn": integer(0),
        "expressions": integer(MAX_EXPRESSIONS),
        "warning.length": integer(1000),
        "stringsAsFactors": FALSE,
        "keep.source": FALSE,
        "digits.secs": double(0.0),
        "encoding": character("native.enc"),
        "prompt": character("> "),
        "continue": character("+ "),
    }


def _write_stdout(text: str) -> None:
    sys.stdout.write(text)


def _write_stderr(text: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(text)


class Session:
    """State that R keeps once for a process. `session` is the only one; `fresh_session` empties it."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.arguments: list[str] = []  # words on the command line behind the script's name
        self.interactive = False
        self.redefined: set[str] = (
            set()
        )  # special functions (`if`, `+`) that the program gave its own meaning
        self.base = Environment(None, "base", BASE)
        self.watchers: dict[str, Callable[[Any], None]] = {"expressions": self._limit_depth}
        self.reset()

    def reset(self) -> None:
        self.frames.clear()
        self.redefined.clear()
        self.told: set[tuple[str, str]] = set()  # arguments that were said to have no effect
        self.options: dict[str, Any] = default_options()
        self.visible = True
        self.call: Any = None  # the call of the builtin that is running: what warnings name
        self.warnings: list[Any] = []  # deferred (message, call) pairs
        self.last_warnings: list[Any] = []
        self.last_error = ""
        self.last_traceback: list[Any] = []
        self.handlers: list[Any] = []  # conditions.Handler, innermost last
        self.restarts: list[Any] = []
        self.packages: list[str] = []
        self.global_env = Environment(self.base, "R_GlobalEnv", slots=29)
        self.write: Callable[[str], None] = _write_stdout
        self.write_error: Callable[[str], None] = _write_stderr
        self.last_value: Any = None
        self.told_about_plots = False
        self.overflows = 0  # how often calls nested too deeply in the statement that is running
        for name, watcher in self.watchers.items():
            watcher(self.options.get(name))

    def option(self, name: str, default: Any = None) -> Any:
        """The option's R value, or default where it is not set."""
        return self.options.get(name, default)

    def watch(self, name: str, watcher: Callable[[Any], None]) -> None:
        """Call a function with an option's value (None: not set) now and whenever it changes."""
        self.watchers[name] = watcher
        watcher(self.options.get(name))

    def set_option(self, name: str, value: Any) -> None:
        """Set an option, or take it away by None; its watcher may refuse the value."""
        if name in self.watchers:
            self.watchers[name](value)
        if value is None:
            self.options.pop(name, None)
        else:
            self.options[name] = value

    def _limit_depth(self, value: Any) -> None:
        self.max_depth = MAX_EXPRESSIONS if value is None else int(value.data[0])

    def option_int(self, name: str) -> int:
        return int(self._option_item(name)) if name in self.options else 0

    def option_string(self, name: str) -> str:
        return str(self._option_item(name))

    def _option_item(self, name: str) -> Any:
        value = self.options[name]
        return value.data[0] if isinstance(value, RVector) else value


session = Session()


def fresh_session() -> Session:
    """The session as at the start: no variables, packages, warnings or changed options."""
    session.reset()
    return session
