"""What recurrent layers share: weights, states, masks, and which way over time is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

import torch
from torch import Tensor

from ..errors import Code, UserError
from ..graph.node import Node
from ..graph.spec import InputSpec
from ..graph.structure import flatten
from ..graph.tensor import Shape
from . import optimize
from .base import Layer, fixed_axis
from .recurrence import Share, State, Step, are_many, dropout_masks, looked_up_shares, project, scan
from .seed import generator

STEPS = InputSpec(ndim=3, wants="(batch, steps, features)")


class Recurrent(Layer):
    """A layer that runs over time. Called on a list, its further tensors are the first states.

    Weights: kernel (features, gates * units), recurrent_kernel (units, gates * units), bias.
    """

    gates: ClassVar[int]
    state_names: ClassVar[tuple[str, ...]] = ("h",)

    units: int
    activation: Callable[[Tensor], Tensor]
    use_bias: bool
    return_sequences: bool
    return_state: bool
    go_backwards: bool
    stateful: bool
    time_major: bool = False
    zero_output_for_mask: bool
    dropout: float
    recurrent_dropout: float
    seed: int | None
    kernel_initializer: Callable[..., Tensor]
    recurrent_initializer: Callable[..., Tensor]
    bias_initializer: Callable[..., Tensor]
    kernel_regularizer: Callable[[Tensor], Tensor] | None
    recurrent_regularizer: Callable[[Tensor], Tensor] | None
    bias_regularizer: Callable[[Tensor], Tensor] | None
    kernel_constraint: Callable[[Tensor], Tensor] | None
    recurrent_constraint: Callable[[Tensor], Tensor] | None
    bias_constraint: Callable[[Tensor], Tensor] | None
    kernel: Tensor
    recurrent_kernel: Tensor
    bias: Tensor | None

    input_spec = STEPS
    takes_states = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.generator = generator(self.seed)

    # What the kinds of recurrence define

    def bias_shape(self) -> tuple[int, ...]:
        return (self.gates * self.units,)

    def bias_start(self) -> Callable[..., Tensor]:
        """The initializer of the bias."""
        return self.bias_initializer

    def input_bias(self) -> Tensor | None:
        """The bias that is added to the input's share of the gates."""
        return self.bias

    def make_step(self, drop: Tensor | None) -> Step:
        """One step of the recurrence.

        Args:
            drop: dropout masks of h, (gates, batch, units)
        """
        raise NotImplementedError

    # Building and shapes

    def prepare(self, shapes: Shape | list[Shape]) -> None:
        if isinstance(shapes, list):
            self._check_states(shapes[1:])
            shapes = shapes[0]
        super().prepare(shapes)

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("initial_state") is not None:
            self._check_states([state.shape for state in flatten(kwargs["initial_state"])])
        return super().compute_output_spec(*args, **kwargs)

    def build(self, shape: Shape) -> None:
        self.add_weight(
            "kernel",
            (fixed_axis(self, shape), self.gates * self.units),
            self.kernel_initializer,
            self.kernel_regularizer,
            self.kernel_constraint,
        )
        self.add_weight(
            "recurrent_kernel",
            (self.units, self.gates * self.units),
            self.recurrent_initializer,
            self.recurrent_regularizer,
            self.recurrent_constraint,
        )
        self.register_parameter("bias", None)
        if self.use_bias:
            self.add_weight(
                "bias", self.bias_shape(), self.bias_start(), self.bias_regularizer, self.bias_constraint
            )
        if self.stateful:
            self._start_states(shape)
        self.input_spec = InputSpec(ndim=3, axes={-1: shape[-1] or 0}, wants=STEPS.wants)

    def compute_output_shape(self, shape: Shape | list[Shape]) -> Shape | list[Shape]:
        if isinstance(shape, list):
            shape = shape[0]
        batch, steps = shape[self.batch_axis], shape[1 - self.batch_axis]
        output: Shape = (batch, self.units)
        if self.return_sequences:
            output = (steps, batch, self.units) if self.time_major else (batch, steps, self.units)
        if not self.return_state:
            return output
        return [output, *[(batch, self.units) for _ in self.state_names]]

    def compute_mask(self, x: Any, mask: Any) -> Any:
        if isinstance(mask, list):
            mask = mask[0]
        output = mask if self.return_sequences else None
        return [output, *[None for _ in self.state_names]] if self.return_state else output

    @property
    def batch_axis(self) -> int:
        return 1 if self.time_major else 0

    # Computing

    def forward(self, x: Any, initial_state: Any = None, mask: Any = None) -> Any:
        if isinstance(x, (list, tuple)):
            x, *initial_state = x
        if isinstance(mask, (list, tuple)):
            mask = mask[0]
        if self.time_major:
            x = x.transpose(0, 1)
            mask = None if mask is None else mask.transpose(0, 1)
        self._check_sizes(x)
        states = self._first_states(x, initial_state)
        drop, recurrent_drop = self._drop(x)
        if mask is None and recurrent_drop is None and optimize.wanted() and self.has_fast_path(x):
            self._check_batch(x, states)
            sequence, last, states = self.run_fast(x.flip(1) if self.go_backwards else x, drop, states)
            if self.time_major and sequence is not None:
                sequence = sequence.transpose(0, 1).contiguous()
        else:
            sequence, last, states = self._run_steps(x, drop, recurrent_drop, states, mask)
        if self.stateful:
            self._keep_states(states)
        result = sequence if self.return_sequences else last
        return [result, *states] if self.return_state else result

    def _run_steps(
        self,
        x: Tensor,
        drop: Tensor | None,
        recurrent_drop: Tensor | None,
        states: State,
        mask: Tensor | None,
    ) -> tuple[Tensor | None, Tensor, State]:
        """The outputs of all steps if they are wanted, the last output, and the last states."""
        steps = project(x, self.kernel, self.input_bias(), drop).unbind(1)
        keep = None if mask is None else mask.unsqueeze(-1).unbind(1)
        if self.go_backwards:
            steps, keep = steps[::-1], None if keep is None else keep[::-1]
        outputs, states = scan(self.make_step(recurrent_drop), steps, states, keep, self.zero_output_for_mask)
        sequence = torch.stack(outputs, 1 - self.batch_axis) if self.return_sequences else None
        return sequence, outputs[-1], states

    # Fast paths, for kinds of recurrence that have some

    def has_fast_path(self, x: Tensor) -> bool:
        """Whether `run_fast` computes this layer for a tensor like x."""
        return False

    def run_fast(self, x: Tensor, drop: Tensor | None, states: State) -> tuple[Tensor | None, Tensor, State]:
        """As `_run_steps` without masks and without dropping h, by kernels of whole sequences.

        Args:
            x: (batch, steps, features), the first step first
            drop: dropout mask of x (batch, features)
            states: the first ones
        """
        raise NotImplementedError

    @property
    def streams(self) -> bool:
        """Whether predictions for many sequences keep nothing of a step, masks apart."""
        return False

    def input_weights(self) -> tuple[Tensor, Tensor | None]:
        """Kernel and bias of the input's share of the gates, as `run_forwards` wants them."""
        return self.kernel, self.input_bias()

    def run_forwards(self, steps: Iterable[Share], count: int, states: State) -> tuple[Tensor | None, State]:
        """The outputs of all steps, if they are wanted, and the last states, without gradients.

        Args:
            steps: the input's share of the gates for each step
            count: how many steps there are
            states: the first ones
        """
        raise NotImplementedError

    def batch_first(self, sequence: Tensor) -> Tensor | None:
        """The outputs of all steps (steps, batch, units) as (batch, steps, units), if they are wanted.

        They are put in this order in memory, too: a dropout behind the layer draws in the order of memory.
        """
        return sequence.transpose(0, 1).contiguous() if self.return_sequences else None

    def room_for_outputs(self, states: State, steps: int) -> Tensor | None:
        """Memory for the outputs of all steps (batch, steps, units), if they are wanted."""
        h = states[0]
        return h.new_empty(len(h), steps, self.units) if self.return_sequences else None

    def scratch(self, node: Node, streamed: bool) -> int | None:
        if streamed and self.streams and node.input_tensors[0].mask is None and "mask" not in node.kwargs:
            return 2 * self.gates * self.units
        steps = node.input_tensors[0].shape[1 - self.batch_axis]
        return None if steps is None else steps * self.gates * self.units

    def predicts_looked_up(self, vectors: Tensor, indices: Tensor) -> bool:
        """Whether `run_looked_up` is to take the place of looking up first and running then."""
        if torch.is_grad_enabled() or self.training or not optimize.wanted():
            return False
        many = are_many(indices) and indices.numel() > 0
        return many and vectors.device.type == "cpu" and self.has_fast_path(vectors)

    def run_looked_up(self, vectors: Tensor, indices: Tensor) -> Tensor:
        """As on vectors[indices], from zeros, without gradients and without all vectors at once.

        Args:
            vectors: (vocabulary, features)
            indices: whole numbers (batch, steps)
        """
        if self.go_backwards:
            indices = indices.flip(1)
        zeros = (vectors.new_zeros(len(indices), self.units),) * len(self.state_names)
        steps = looked_up_shares(indices, vectors, *self.input_weights())
        sequence, states = self.run_forwards(steps, indices.shape[1], zeros)
        return states[0] if sequence is None else sequence

    def _check_sizes(self, x: Tensor) -> None:
        if x.shape[1] == 0:
            raise UserError(
                f'Input 0 of layer "{self.name}" has no steps. Full shape received: {tuple(x.shape)}',
                code=Code.DATA,
                cause="a recurrent layer needs at least one step",
                cure="leave empty sequences out of the data",
            )
        if self.stateful and len(self.states[0]) != len(x):
            raise UserError(
                "If an RNN is stateful, the batch size of the input sequences must be the same as the batch "
                f"size of the initial state. \n- Expected batch size: {len(self.states[0])}\n"
                f"- Received batch size: {len(x)}",
                code=Code.DATA,
                cause=f'layer "{self.name}" keeps one state for each sample of the batch',
                cure=f"use batch_size = {len(self.states[0])} and data whose number of samples it divides",
            )

    def _drop(self, x: Tensor) -> tuple[Tensor | None, Tensor | None]:
        """One pattern a call for all steps; an own one for each gate if h is dropped, too, as in Keras."""
        if not self.training:
            return None, None
        batch, _, features = x.shape
        gates = () if self.recurrent_dropout == 0 else (self.gates,)
        return (
            dropout_masks((*gates, batch, features), self.dropout, x, self.generator),
            dropout_masks((*gates, batch, self.units), self.recurrent_dropout, x, self.generator),
        )

    # States

    def _first_states(self, x: Tensor, given: Any) -> State:
        if given is None or (isinstance(given, (list, tuple)) and not given):
            if self.stateful:
                return self.states
            zeros = x.new_zeros(x.shape[0], self.units)
            return (zeros,) * len(self.state_names)
        given = tuple(given) if isinstance(given, (list, tuple)) else (given,)
        self._check_states([tuple(state.shape) for state in given])
        return tuple(state.to(x.dtype) for state in given)

    def _check_batch(self, x: Tensor, states: State) -> None:
        if any(len(state) != len(x) for state in states):
            raise UserError(
                f"An `initial_state` was passed for another number of samples than the input has: "
                f"{[len(state) for state in states]} and {len(x)}",
                code=Code.SHAPE,
                cause=f'layer "{self.name}" starts from one row of each state for each sample',
                cure="give states of shape (batch, units)",
            )

    def _check_states(self, shapes: Sequence[Shape]) -> None:
        wanted = len(self.state_names)
        if len(shapes) == wanted and all(len(s) == 2 and s[1] in (self.units, None) for s in shapes):
            return
        raise UserError(
            "An `initial_state` was passed that is not compatible with `cell.state_size`. "
            f"Received shapes {list(shapes)}; however `cell.state_size` is {[self.units] * wanted}",
            code=Code.SHAPE,
            cause=f'layer "{self.name}" starts from {wanted} tensor{"s" if wanted > 1 else ""} '
            f"({', '.join(self.state_names)}) of shape (batch, {self.units})",
            cure="give the states that a layer of the same kind and `units` returns with return_state = TRUE",
        )

    @property
    def states(self) -> State:
        """The states that the next call of a stateful layer starts from."""
        return tuple(getattr(self, f"state_{name}") for name in self.state_names)

    def _start_states(self, shape: Shape) -> None:
        batch = shape[self.batch_axis]
        if batch is None:
            raise UserError(
                "When using `stateful=True` in a RNN, the batch size must be static. "
                f"Found dynamic batch size: sequence.shape={shape}",
                code=Code.SHAPE,
                cause=f'layer "{self.name}" keeps one state for each sample of the batch',
                cure="give layer_input() a `batch_shape`, or the first layer a `batch_input_shape`",
            )
        for name in self.state_names:
            self.register_buffer(f"state_{name}", self.kernel.new_zeros(batch, self.units), persistent=False)

    def _keep_states(self, states: State) -> None:
        # new tensors, not new values: the old ones belong to the graph of the gradients
        for name, state in zip(self.state_names, states, strict=True):
            setattr(self, f"state_{name}", state.detach())

    def reset_states(self) -> None:
        """Set the states of a stateful layer to zero (R: `reset_states()`)."""
        if self.stateful and self.built:
            self._keep_states(tuple(torch.zeros_like(state) for state in self.states))
