"""Records a training step as torch's own operations and plays them again, without autograd and new memory.

A step of a small model is mostly spent on finding out what to do: layers call functions, autograd notes them
and goes backwards through its notes, every result gets memory of its own. All that is the same in each step
on a batch of the same shape. So one step is watched below autograd, where torch's dispatcher calls kernels
(`torch.utils._python_dispatch`), and what it called is called again on the same tensors: each result is
written where the recorded one lies, views stay valid and need no call, and what depends on nothing that
changes is not computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor
from torch._ops import OpOverload
from torch.utils._python_dispatch import TorchDispatchMode

from ..layers.core import Lambda
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

    @property
    def changes(self) -> bool:
        """Whether it writes into its arguments."""
        return self.operation._schema.is_mutable

    def tagged(self, tags: Iterable[torch.Tag]) -> bool:
        return any(tag in self.operation.tags for tag in tags)


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
            call = Call(operation, tuple(args), kwargs or {}, _tensors_in([result]))
            self.bytes += sum(t.nbytes for t in call.results if t.layout is torch.strided)
            allowed = min(MOST_BYTES, FIRST_BYTES + EACH_BYTES * len(self.calls))
            if self.bytes > allowed or not _can_be_played(call, result):
                self.calls = None
            else:
                self.calls.append(call)
        return result


def _can_be_played(call: Call, result: Any) -> bool:
    plain = all(t.layout is torch.strided and not t.is_mkldnn for t in call.results)
    known = result is None or isinstance(result, (Tensor, tuple, list))
    return plain and known and not call.tagged(VARIES)


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
    written = {_memory(t) for call in calls if call.changes for t in call.given}
    fixed: set[int] = set()
    found: list[Played] = []
    copied = 0
    for call in calls:
        name = call.operation.overloadpacket.__name__
        given = set() if name in SHAPES_ONLY else {_memory(t) for t in call.given}
        made = {_memory(t) for t in call.results}
        random = call.tagged([torch.Tag.nondeterministic_seeded])
        if call.changes:
            found.append((call.operation, call.arguments, call.options))
        elif made <= given or name.startswith(("empty", "new_empty")):
            continue  # a view, or memory that is written later
        elif given <= fixed and made.isdisjoint(written) and not random:
            fixed |= made
        elif (form := _writing_form(call)) is not None:
            found.append(form)
        else:
            copied += sum(t.nbytes for t in call.results)
            found.append((_copy_results, (call,), {}))
    return found if copied <= MOST_COPIED else None


def _writing_form(call: Call) -> Played | None:
    """The call in the form that writes its results into given tensors, if the device has one."""
    form = _out_form(call.operation)
    device = call.results[0].device.type.upper()
    if form is None or not torch._C._dispatch_has_kernel_for_dispatch_key(form.name(), device):
        return None
    outs = [p.name for p in form._schema.arguments if p.is_out]
    known = {p.name for p in form._schema.arguments}
    options = {name: value for name, value in call.options.items() if name in known}
    function = _direct(form, call, options, outs)
    return function, call.arguments, {**options, **dict(zip(outs, call.results, strict=True))}


def _direct(form: OpOverload, call: Call, options: dict[str, Any], outs: list[str]) -> Callable[..., Any]:
    """The same by its name in torch, which is quicker to call, if that takes the same arguments."""
    function = getattr(torch, form.overloadpacket.__name__, None)
    if function is None or call.tagged([torch.Tag.nondeterministic_seeded]):
        return form
    trial = {name: torch.empty_like(result) for name, result in zip(outs, call.results, strict=True)}
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


def _copy_results(call: Call) -> None:
    results = _tensors_in([call.operation(*call.arguments, **call.options)])
    for kept, new in zip(call.results, results, strict=True):
        kept.copy_(new)


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
        if isinstance(value, (list, tuple)):
            return type(value)(moved(part) for part in value)
        if not isinstance(value, Tensor) or _memory(value) not in places:
            return value
        return flat.as_strided(value.shape, value.stride(), places[_memory(value)] + value.storage_offset())

    for call in calls:
        call.arguments, call.results = moved(call.arguments), moved(call.results)
        call.options = {name: moved(value) for name, value in call.options.items()}
    return flat, [moved(t) for t in tensors]


@dataclass
class Replayed:
    """A function of batches that is recorded at the second batch of the first one's shape, then played again.

    The results of a played step are good until the next one. `function` must do the same with each batch:
    nothing but torch's operations on the batch and on tensors that stay where they are (see `repeats`).
    """

    function: Callable[[Data], Differentiated]
    shape: list[Any] | None = field(default=None, init=False)
    batch: Data | None = field(default=None, init=False)
    result: Differentiated | None = field(default=None, init=False)
    played: list[Played] | None = field(default=None, init=False)
    watched: bool = field(default=False, init=False)

    def __call__(self, batch: Data) -> Differentiated:
        shape = [None if t is None else (t.shape, t.dtype) for t in _parts(batch)]
        if self.shape is None:
            self.shape = shape
        elif shape == self.shape and self.played is not None:
            return self._play(batch)
        elif shape == self.shape and not self.watched:
            return self._record(batch)
        return self.function(batch)

    @property
    def room(self) -> list[Tensor] | None:
        """Where inputs lie when a step is played: batches that are put there need not be copied."""
        return None if self.played is None or self.batch is None else self.batch.inputs

    def _record(self, batch: Data) -> Differentiated:
        self.watched = True
        own = batch.copy()
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

    @torch.inference_mode()
    def _play(self, batch: Data) -> Differentiated:
        assert self.batch is not None and self.result is not None and self.played is not None
        for own, given in zip(_parts(self.batch), _parts(batch), strict=True):
            if own is not None and own.data_ptr() != given.data_ptr():
                own.copy_(given)
        for operation, arguments, options in self.played:
            operation(*arguments, **options)
        return self.result


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
    hooks = module._forward_hooks or module._forward_pre_hooks or module._backward_hooks
    return not hooks and all(_is_own(value) for value in vars(module).values() if callable(value))


def _is_own(thing: Any) -> bool:
    name = getattr(thing, "__module__", type(thing).__module__)
    return name.startswith(("pipekeras.layers.", "pipekeras.graph.", "torch.nn."))
