"""Python's door: `x | layer_dense(64, activation="relu")`, `model | fit(x, y)`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from .errors import Code, UserError, did_you_mean
from .keras import bind, namespace
from .keras.verbs import VERBS, Verb


class Step:
    """A verb that waits for what is piped into it: `model | compile(loss="mse")`."""

    __array_ufunc__ = None  # numpy leaves `array | step` to the step

    def __init__(self, verb: Verb, args: tuple[Any, ...], named: dict[str, Any]) -> None:
        self.verb = verb
        self.args = args
        self.named = named

    def __ror__(self, object: Any) -> Any:
        return self.verb.function(object, *self.args, **self.named)

    def __repr__(self) -> str:
        return f"<{self.verb.name}(...): pipe a model into it>"


def _verb_function(verb: Verb) -> Callable[..., Any]:
    """The verb as Python calls it: at once with its object, or as a step of a pipe without."""

    @wraps(verb.function)
    def call(*args: Any, **named: Any) -> Any:
        if "object" in named or (args and isinstance(args[0], bind.Layer)):
            return verb.function(*args, **named)
        return Step(verb, args, named)

    return call if verb.piped else verb.function


@cache
def functions() -> dict[str, Callable[..., Any]]:
    """All of Keras's functions as Python calls them, by the names R has for them."""
    namespace.table()  # all verbs are declared when their modules are loaded
    found: dict[str, Callable[..., Any]] = {
        name: bind.python_function(name, cls) for name, cls in namespace.layer_classes().items()
    }
    found.update(
        {name: bind.python_constructor(name, made) for name, made in namespace.declarations().items()}
    )
    found.update({name: _verb_function(verb) for name, verb in VERBS.items() if name.isidentifier()})
    return found


def function(name: str) -> Callable[..., Any]:
    """One of Keras's functions.

    Raises:
        UserError: there is none of that name
    """
    found = functions().get(name)
    if found is None:
        near = did_you_mean(name, functions())
        raise UserError(
            f"pipekeras has no `{name}`",
            code=Code.FUNCTION,
            cure=f"did you mean `{near}`?" if near else None,
        )
    return found
