"""Records a training step as torch's own operations and plays them again, without autograd and new memory.

A step of a small model is mostly spent on finding out what to do: layers call functions, autograd notes them
and goes backwards through its notes, every result gets memory of its own. All that is the same in each step
on a batch of the same shape. So one step is watched below autograd, where torch's dispatcher calls kernels
(`torch.utils._python_dispatch`), and what it called is called again on the same tensors: each result is
written where the recorded one lies, views stay valid and need no call, and what depends on nothing that
changes is not computed again.
"""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor
from torch._ops import OpOverload
from torch.utils._python_dispatch import TorchDispatchMode

from ..layers.core import Lambda
from ..layers.passes import hooked
from .data import Data

MOST_BYTES = 2**26
"""Steps with more results than this are not recorded, as recording keeps them all."""

FIRST_BYTES = 2**22
EACH_BYTES = 2**16
"""Nor are steps that give more than the first bytes and, on average, the latter with each operation: to find
out what to do costs them little."""

MOST_COPIED = 2**17
"""Nor are steps whose operations cannot write so many bytes in place."""

VARIES = {torch.Tag.data_dependent_output, torch.Tag.dynamic_output_shape}
"""What follows from such an operation may be another next time."""

SHAPES_ONLY = {"ones_like", "zeros_like", "full_like", "new_ones", "new_zeros", "new_full"}
"""Operations that take nothing but the shape from their tensor."""


@dataclass
class Differentiated:
    """What a step on a batch gives before the weights move.

    Args:
        losses: the model's, then those of its outputs
        outputs: the model's
        masks: of the outputs
        gradients: in the order of the weights
        flat: all gradients, one behind the other, if they lie so
    """

    losses: list[Tensor]
    outputs: list[Tensor]
    masks: list[Tensor | None]
    gradients: Sequence[Any]
    flat: Tensor | None = None


class Kind:
    """What is known of an operation, whatever it is called with.

    Attributes:
        name: in torch
        changes: whether it writes into its arguments
        random: whether it draws numbers
        varies: whether what follows from it may be another next time
        out_form: the same operation that writes its results into given tensors, if there is one
        outs: the names of these
        options: the names of its arguments
    """

    def __init__(self, operation: OpOverload) -> None:
        self.name = operation.overloadpacket.__name__
        self.changes = operation._schema.is_mutable
        self.random = torch.Tag.nondeterministic_seeded in operation.tags
        self.varies = not VARIES.isdisjoint(operation.tags)
        self.out_form = _out_form(operation)
        arguments = [] if self.out_form is None else self.out_form._schema.arguments
        self.outs = [p.name for p in arguments if p.is_out]
        self.options = {p.name for p in arguments}

    def writes_on(self, device: str) -> bool:
        """Whether the device has the form that writes into given tensors."""
        form = self.out_form
        return form is not None and torch._C._dispatch_has_kernel_for_dispatch_key(
            form.name(), device.upper()
        )


kind = functools.cache(Kind)


@dataclass(slots=True)
class Call:
    """One operation, as it was called."""

    operation: OpOverload
    arguments: tuple[Any, ...]
    options: dict[str, Any]
    results: list[Tensor]

    @property
    def given(self) -> list[Tensor]:
        """The tensors among the arguments."""
        return _tensors_in([*self.arguments, *self.options.values()])


Played = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class Recorder(TorchDispatchMode):
    """Notes every operation within the block; `calls` is None once one of them cannot be played again."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] | None = []
        self.bytes = 0

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        # there is nothing to skip, as no compiler is at work; torch would load its own, a second and 70 MB
        return False

    def __torch_dispatch__(self, operation: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = operation(*args, **(kwargs or {}))
        if self.calls is not None:
            self._note(Call(operation, tuple(args), kwargs or {}, _tensors_in([result])), result)
        return result

    def _note(self, call: Call, result: Any) -> None:
        assert self.calls is not None
        self.calls.append(call)
        plain = all(t.layout is torch.strided for t in call.results)
        known = result is None or isinstance(result, (Tensor, tuple, list))
        if plain and known and not kind(call.operation).varies:
            self.bytes += sum(t.nbytes for t in call.results)
            if self.bytes <= min(MOST_BYTES, FIRST_BYTES + EACH_BYTES * len(self.calls)):
                return
        self.calls = None


def _tensors_in(values: Iterable[Any]) -> list[Tensor]:
    found: list[Tensor] = []
    for value in values:
        if isinstance(value, Tensor):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found += _tensors_in(value)
    return found


def _memory(tensor: Tensor) -> int:
    return tensor.untyped_storage().data_ptr()


def _playable(calls: Sequence[Call]) -> list[Played] | None:
    """The calls to make again, each writing where its recorded results lie; None if it is not worth it."""
    written = {_memory(t) for call in calls if kind(call.operation).changes for t in call.given}
    forms: dict[Any, Callable[..., Any] | None] = {}
    fixed: set[int] = set()
    found: list[Played] = []
    copied = 0
    for call in calls:
        known = kind(call.operation)
        given = set() if known.name in SHAPES_ONLY else {_memory(t) for t in call.given}
        made = {_memory(t) for t in call.results}
        if known.changes:
            found.append((call.operation, call.arguments, call.options))
        elif made <= given or known.name.startswith(("empty", "new_empty")):
            continue  # a view, or memory that is written later
        elif given <= fixed and made.isdisjoint(written) and not known.random:
            fixed |= made
        elif (form := _writing_form(call, forms)) is not None:
            found.append(form)
        else:
            copied += sum(t.nbytes for t in call.results)
            found.append(_copying(call))
    return found if copied <= MOST_COPIED else None


def _writing_form(call: Call, forms: dict[Any, Callable[..., Any] | None]) -> Played | None:
    """The call in the form that writes its results into given tensors, if the device has one.

    Args:
        call: the call
        forms: what was found for calls with arguments of the same types
    """
    known = kind(call.operation)
    options = {name: value for name, value in call.options.items() if name in known.options}
    types = call.operation, *map(type, call.arguments), *((name, type(v)) for name, v in options.items())
    if types not in forms:
        writes = known.writes_on(call.results[0].device.type)
        forms[types] = _direct(call, options) if writes else None
    form = forms[types]
    if form is None:
        return None
    return form, call.arguments, {**options, **dict(zip(known.outs, call.results, strict=True))}


def _direct(call: Call, options: dict[str, Any]) -> Callable[..., Any]:
    """The writing form by its name in torch, which is quicker to call, if that takes the same arguments."""
    known = kind(call.operation)
    form = known.out_form
    assert form is not None
    function = getattr(torch, form.overloadpacket.__name__, None)
    if function is None or known.random:
        return form
    trial = {name: torch.empty_like(result) for name, result in zip(known.outs, call.results, strict=True)}
    try:
        with torch.no_grad():
            function(*call.arguments, **options, **trial)
    except (TypeError, RuntimeError):
        return form
    return function


def _out_form(operation: OpOverload) -> OpOverload | None:
    wanted = [(p.name, str(p.type)) for p in operation._schema.arguments]
    packet = operation.overloadpacket
    for form in (getattr(packet, name) for name in packet.overloads()):
        arguments = form._schema.arguments
        inputs = [(p.name, str(p.type)) for p in arguments if not p.is_out]
        outs = len(arguments) - len(inputs)
        if outs == len(operation._schema.returns) and inputs == wanted[: len(inputs)]:
            return form
    return None


def _copying(call: Call) -> Played:
    """The call and copies of its results to where they are wanted."""
    operation, kept = call.operation, call.results
    if len(kept) == 1:
        return _copy_result, (kept[0], operation, call.arguments, call.options), {}
    return _copy_results, (kept, operation, call.arguments, call.options), {}


def _copy_result(kept: Tensor, operation: OpOverload, arguments: Any, options: Any) -> None:
    result = operation(*arguments, **options)
    kept.copy_(result if isinstance(result, Tensor) else _tensors_in(result)[0])


def _copy_results(kept: list[Tensor], operation: OpOverload, arguments: Any, options: Any) -> None:
    for own, new in zip(kept, _tensors_in(operation(*arguments, **options)), strict=True):
        own.copy_(new)


def _laid_together(calls: list[Call], tensors: Sequence[Tensor]) -> tuple[Tensor, list[Tensor]] | None:
    """Let results of the calls lie one behind the other, so that they can be used as one.

    Args:
        calls: their arguments and results are changed accordingly
        tensors: which results

    Returns:
        all as one, and each; None if one of them is no result of its own
    """
    made = {_memory(t) for call in calls for t in call.results}
    places: dict[int, int] = {}
    end = 0
    for tensor in tensors:
        whole = tensor.is_contiguous() and tensor.untyped_storage().nbytes() == tensor.nbytes
        if not whole or _memory(tensor) not in made or _memory(tensor) in places:
            return None
        places[_memory(tensor)] = end
        end += tensor.numel()
    flat = torch.cat([t.reshape(-1) for t in tensors])

    def moved(value: Any) -> Any:
        if isinstance(value, Tensor):
            place = places.get(_memory(value))
            if place is None:
                return value
            return flat.as_strided(value.shape, value.stride(), place + value.storage_offset())
        if isinstance(value, (list, tuple)):
            return type(value)(moved(part) for part in value)
        return value

    for call in calls:
        call.arguments, call.results = moved(call.arguments), moved(call.results)
        if call.options:
            call.options = {name: moved(value) for name, value in call.options.items()}
    return flat, [moved(t) for t in tensors]


@dataclass
class Replayed:
    """A function of batches that is recorded at the second batch of the first one's shape, then played again.

    The results of a played step are good until the next one. `function` must do the same with each batch:
    nothing but torch's operations on the batch and on tensors that stay where they are (see `repeats`).

    Args:
        function: what is recorded
        weights: tensors that may come to lie elsewhere, which ends what was recorded
        prepare: called before a recording, the last chance to move them
    """

    function: Callable[[Data], Differentiated]
    weights: Sequence[Tensor]
    prepare: Callable[[], None]
    shape: list[Any] | None = field(default=None, init=False)
    batch: Data | None = field(default=None, init=False)
    result: Differentiated | None = field(default=None, init=False)
    played: list[Played] | None = field(default=None, init=False)
    watched: bool = field(default=False, init=False)
    places: list[int] = field(default_factory=list, init=False)

    def __call__(self, batch: Data) -> Differentiated:
        shape = [None if t is None else (t.shape, t.dtype) for t in _parts(batch)]
        if self.shape is None:
            self.shape = shape
        elif shape == self.shape and self.played is not None:
            if self.places == self._places():
                return self._play_or_say(batch)
            self.shape = self.played = self.batch = self.result = None
            self.watched = False
        elif shape == self.shape and not self.watched:
            return self._record(batch)
        return self.function(batch)

    @property
    def room(self) -> list[Tensor] | None:
        """Where inputs lie when a step is played: batches that are put there need not be copied."""
        return None if self.played is None or self.batch is None else self.batch.inputs

    def _places(self) -> list[int]:
        return [weight.data_ptr() for weight in self.weights]

    def _record(self, batch: Data) -> Differentiated:
        self.watched = True
        with _without_collector():
            return self._watch(batch)

    def _watch(self, batch: Data) -> Differentiated:
        own = batch.copy()
        self.prepare()
        self.places = self._places()
        with Recorder() as recorder:
            result = self.function(own)
        calls = recorder.calls
        if calls is None:
            return result
        gradients = [g for g in result.gradients if isinstance(g, Tensor)]
        together = _laid_together(calls, gradients) if len(gradients) == len(result.gradients) else None
        if together is not None:
            result = replace(result, flat=together[0], gradients=together[1])
        self.played = _playable(calls)
        if self.played is not None:
            self.batch, self.result = own, result
        return result

    def _play_or_say(self, batch: Data) -> Differentiated:
        try:
            return self._play(batch)
        except (IndexError, RuntimeError):
            # the function itself knows what to say of such a batch, or else goes on alone
            self.played = None
            return self.function(batch)

    @torch.inference_mode()
    def _play(self, batch: Data) -> Differentiated:
        assert self.batch is not None and self.result is not None and self.played is not None
        for own, given in zip(_parts(self.batch), _parts(batch), strict=True):
            if own is not None and own.data_ptr() != given.data_ptr():
                own.copy_(given)
        for operation, arguments, options in self.played:
            operation(*arguments, **options)
        return self.result


@contextmanager
def _without_collector() -> Iterator[None]:
    """No search for garbage in the block, which makes many objects and leaves none."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _parts(batch: Data) -> list[Any]:
    return [*batch.inputs, *batch.targets, *batch.weights]


def repeats(model: Any) -> bool:
    """Whether a model's steps are the same operations on the same tensors each time, as far as can be known.

    A user's functions may count, print or draw; a stateful layer takes another state with each batch. A
    setting that changes while `fit()` runs, as a dropout's rate, is not heard, nor in Keras's compiled steps.
    """
    return all(module_repeats(module) for module in model.modules())


def module_repeats(module: Any) -> bool:
    """Whether a layer has no state, no hooks and no function of the user's."""
    if isinstance(module, Lambda) or getattr(module, "stateful", False) or not _is_own(type(module)):
        return False
    return not hooked(module) and all(_is_own(value) for value in vars(module).values() if callable(value))


def _is_own(thing: Any) -> bool:
    name = getattr(thing, "__module__", type(thing).__module__)
    return name.startswith(("pipekeras.layers.", "pipekeras.graph.", "torch.nn."))
