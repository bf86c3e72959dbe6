"""What a callback is, how several are told, and how they are declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..errors import Code, UserError
from ..signature import Signature
from .declare import Declared, class_parameters, register

Logs = dict[str, float]


class Callback:
    """Something to be told what happens; subclasses define the methods they need.

    `model` and `params` are set before the first call. Setting `model.stop_training` ends training after the
    batch or epoch. `epoch` and `batch` count from 0; `logs` holds the values so far, and what is added to it
    at the end of an epoch goes into the history.
    """

    model: Any = None
    params: dict[str, Any] = {}

    def on_train_begin(self, logs: Logs) -> None: ...

    def on_train_end(self, logs: Logs) -> None: ...

    def on_epoch_begin(self, epoch: int, logs: Logs) -> None: ...

    def on_epoch_end(self, epoch: int, logs: Logs) -> None: ...

    def on_train_batch_begin(self, batch: int, logs: Logs) -> None: ...

    def on_train_batch_end(self, batch: int, logs: Logs) -> None: ...

    def on_test_begin(self, logs: Logs) -> None: ...

    def on_test_end(self, logs: Logs) -> None: ...

    def on_test_batch_begin(self, batch: int, logs: Logs) -> None: ...

    def on_test_batch_end(self, batch: int, logs: Logs) -> None: ...

    def on_predict_begin(self, logs: Logs) -> None: ...

    def on_predict_end(self, logs: Logs) -> None: ...

    def on_predict_batch_begin(self, batch: int, logs: Logs) -> None: ...

    def on_predict_batch_end(self, batch: int, logs: Logs) -> None: ...


class Callbacks:
    """Several callbacks as one; only those that define a method are called for it.

    Args:
        callbacks: one callback or a list of them
        model: what is trained
        params: epochs, steps and so on
    """

    def __init__(self, callbacks: Any, model: Any, params: dict[str, Any]) -> None:
        if callbacks is None:
            callbacks = []
        self.all = list(callbacks) if isinstance(callbacks, list | tuple) else [callbacks]
        for callback in self.all:
            if not isinstance(callback, Callback):
                raise UserError(
                    f"Could not interpret callback: {callback!r}",
                    code=Code.TYPE,
                    cause="`callbacks` takes callback objects",
                    cure="for example callbacks = list(callback_early_stopping())",
                )
            callback.model, callback.params = model, params

    def wants(self, method: str) -> bool:
        """Whether some callback defines a method."""
        return bool(self._having(method))

    def _having(self, method: str) -> list[Callable[..., None]]:
        none = getattr(Callback, method)
        return [
            getattr(c, method) for c in self.all if getattr(getattr(c, method), "__func__", None) is not none
        ]

    def tell(self, method: str, *args: Any) -> None:
        """Call a method of all callbacks that define it."""
        for each in self._having(method):
            each(*args)


def callback(r: str | tuple[str, ...]) -> Callable[[type], type]:
    """Declare a callback: a dataclass whose fields are R's arguments."""

    def declare(cls: type) -> type:
        made = dataclass(eq=False)(cls)
        r_names = (r,) if isinstance(r, str) else r
        signature = Signature(class_parameters(made))
        register(Declared(cls.__name__, r_names, signature, made, cls.__doc__ or ""))
        return made

    return declare
