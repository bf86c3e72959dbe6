"""Recurrent layers: simple, LSTM and GRU."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, ClassVar

import torch
from torch import Tensor

from ..errors import Code, UserError
from ..graph.node import Node
from ..graph.spec import InputSpec
from ..graph.structure import flatten
from ..graph.tensor import Shape
from . import activations, optimize
from .arguments import (
    KERAS3,
    Activation,
    Anything,
    Constraint,
    Count,
    Flag,
    Initializer,
    Rate,
    Regularizer,
    Seed,
)
from .base import Layer, fixed_axis, layer
from .lstm_kernel import candidate_first, lstm, lstm_forwards
from .recurrence import (
    MANY,
    Share,
    State,
    Step,
    dropout_masks,
    looked_up_shares,
    project,
    project_time_major,
    recurrent_product,
    scan,
    shares,
)
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
            sequence, last, states = self.run_fast(x, drop, states)
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

    def scratch(self, node: Node) -> int | None:
        steps = node.input_tensors[0].shape[1 - self.batch_axis]
        return None if steps is None else steps * self.gates * self.units

    def has_fast_path(self, x: Tensor) -> bool:
        """Whether `run_fast` computes this layer for a tensor like x."""
        return False

    def run_fast(self, x: Tensor, drop: Tensor | None, states: State) -> tuple[Tensor | None, Tensor, State]:
        """As `_run_steps` without masks and without dropping h, by kernels of whole sequences."""
        raise NotImplementedError

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


@layer("layer_simple_rnn", tail="...")
class SimpleRNN(Recurrent):
    """Recurrent layer: h = activation(x @ kernel + h @ recurrent_kernel + bias).

    Args:
        units: size of the state and of the output
        activation: function of the new state
        use_bias: add a bias vector
        return_sequences: return the outputs of all steps, not only of the last
        return_state: return the last state after the output
        go_backwards: run from the last step to the first
        stateful: start from the last states of the batch before
        unroll: accepted, the loop over time is always unrolled
        kernel_initializer, recurrent_initializer, bias_initializer: first values of the weights
        kernel_regularizer, recurrent_regularizer, bias_regularizer: penalties on the weights
        activity_regularizer: penalty on the output
        kernel_constraint, recurrent_constraint, bias_constraint: what the weights are held to
        dropout: share of the inputs that is dropped in training, the same ones at each step
        recurrent_dropout: share of the state that is dropped in training, the same part at each step
        seed: a whole number that makes dropout repeatable
        zero_output_for_mask: outputs of masked steps are zeros, not the output before
    """

    units: Count
    activation: Activation = "tanh"
    use_bias: Flag = True
    return_sequences: Flag = False
    return_state: Flag = False
    go_backwards: Flag = False
    stateful: Flag = False
    unroll: Flag = False
    kernel_initializer: Initializer = "glorot_uniform"
    recurrent_initializer: Initializer = "orthogonal"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    recurrent_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    recurrent_constraint: Constraint = None
    bias_constraint: Constraint = None
    dropout: Rate = 0.0
    recurrent_dropout: Rate = 0.0
    seed: Annotated[Seed, KERAS3] = None
    zero_output_for_mask: Annotated[Flag, KERAS3] = False

    gates = 1

    def make_step(self, drop: Tensor | None) -> Step:
        recur = recurrent_product(self.recurrent_kernel, drop)
        activation = self.activation
        return lambda z, h: (activation(recur(z, h)),)


@layer("layer_lstm", tail="...")
class LSTM(Recurrent):
    """Long short-term memory. Source: Hochreiter and Schmidhuber 1997.

    The gates are input, forget, candidate, output, in this order in the weights; the states are h and c.

    Args:
        units: size of the states and of the output
        activation: function of the candidate and of c
        recurrent_activation: function of the gates
        use_bias: add a bias vector
        return_sequences: return the outputs of all steps, not only of the last
        return_state: return the last h and c after the output
        go_backwards: run from the last step to the first
        stateful: start from the last states of the batch before
        time_major: input and output are (steps, batch, ...)
        unroll: accepted, the loop over time is always unrolled
        kernel_initializer, recurrent_initializer, bias_initializer: first values of the weights
        unit_forget_bias: the bias of the forget gate starts at one
        kernel_regularizer, recurrent_regularizer, bias_regularizer: penalties on the weights
        activity_regularizer: penalty on the output
        kernel_constraint, recurrent_constraint, bias_constraint: what the weights are held to
        dropout: share of the inputs that is dropped in training, the same ones at each step
        recurrent_dropout: share of the state that is dropped in training, the same part at each step
        seed: a whole number that makes dropout repeatable
        zero_output_for_mask: outputs of masked steps are zeros, not the output before
        use_cudnn: accepted, without influence on results
    """

    units: Count
    activation: Activation = "tanh"
    recurrent_activation: Activation = "sigmoid"
    use_bias: Flag = True
    return_sequences: Flag = False
    return_state: Flag = False
    go_backwards: Flag = False
    stateful: Flag = False
    time_major: Flag = False
    unroll: Flag = False
    kernel_initializer: Initializer = "glorot_uniform"
    recurrent_initializer: Initializer = "orthogonal"
    bias_initializer: Initializer = "zeros"
    unit_forget_bias: Flag = True
    kernel_regularizer: Regularizer = None
    recurrent_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    recurrent_constraint: Constraint = None
    bias_constraint: Constraint = None
    dropout: Rate = 0.0
    recurrent_dropout: Rate = 0.0
    seed: Annotated[Seed, KERAS3] = None
    zero_output_for_mask: Annotated[Flag, KERAS3] = False
    use_cudnn: Annotated[Anything, KERAS3] = "auto"

    gates = 4
    state_names = ("h", "c")

    def bias_start(self) -> Callable[..., Tensor]:
        if not self.unit_forget_bias:
            return self.bias_initializer

        def start(shape: Sequence[int], dtype: torch.dtype) -> Tensor:
            bias = self.bias_initializer(shape, dtype)
            bias[self.units : 2 * self.units] = 1.0
            return bias

        return start

    def make_step(self, drop: Tensor | None) -> Step:
        recur = recurrent_product(self.recurrent_kernel, drop)
        gate, activation = self.recurrent_activation, self.activation

        def step(z: Tensor, h: Tensor, c: Tensor) -> State:
            i, f, candidate, o = recur(z, h).chunk(4, 1)
            c = gate(f) * c + gate(i) * activation(candidate)
            return gate(o) * activation(c), c

        return step

    def scratch(self, node: Node) -> int | None:
        usual = self._is_usual() and node.input_tensors[0].mask is None and "mask" not in node.kwargs
        return (self.gates + 3) * self.units if usual else super().scratch(node)

    def _is_usual(self) -> bool:
        return self.activation is activations.tanh and self.recurrent_activation is activations.sigmoid

    def has_fast_path(self, x: Tensor) -> bool:
        return self._is_usual() and x.is_floating_point() and x.device.type != "meta"

    def run_fast(self, x: Tensor, drop: Tensor | None, states: State) -> tuple[Tensor | None, Tensor, State]:
        if self.go_backwards:
            x = x.flip(1)
        on_cpu = x.device.type == "cpu"
        if torch.is_grad_enabled() and on_cpu:
            x = x if drop is None else x * drop.unsqueeze(1)
            z = project_time_major(x, *self._input_weights())
            sequence, h, c = lstm(z, candidate_first(self.recurrent_kernel), *states)
            sequence = sequence.transpose(0, 1)
        elif on_cpu and len(x) >= MANY and drop is None:
            sequence, h, c = self._forwards(shares(x, *self._input_weights()), x.shape[1], states)
        else:
            sequence, h, c = self._run_in_torch(x, drop, states)
        if self.time_major and sequence is not None:
            sequence = sequence.transpose(0, 1)
        return sequence, h, (h, c)

    def _input_weights(self) -> tuple[Tensor, Tensor | None]:
        return candidate_first(self.kernel), None if self.bias is None else candidate_first(self.bias)

    def _forwards(
        self, steps: Iterable[Share], count: int, states: State
    ) -> tuple[Tensor | None, Tensor, Tensor]:
        h, c = states
        sequence = h.new_empty(len(h), count, self.units) if self.return_sequences else None
        return sequence, *lstm_forwards(steps, candidate_first(self.recurrent_kernel), h, c, sequence)

    def _run_in_torch(self, x: Tensor, drop: Tensor | None, states: State) -> tuple[Tensor, Tensor, Tensor]:
        """By torch's own, which is faster forwards on few sequences, and on a GPU in both directions."""
        if drop is not None:
            x = x * drop.unsqueeze(1)
        weights = [self.kernel.t(), self.recurrent_kernel.t()]
        if self.bias is not None:
            weights += [self.bias, torch.zeros_like(self.bias)]
        weights = [weight.contiguous() for weight in weights]
        first = [state.unsqueeze(0).contiguous() for state in states]
        sequence, h, c = torch.lstm(
            x, first, weights, self.bias is not None, 1, 0.0, self.training, False, True
        )
        return sequence, h[0], c[0]

    def predicts_looked_up(self, vectors: Tensor, indices: Tensor) -> bool:
        """Whether `run_looked_up` is to take the place of looking up first and running then."""
        if torch.is_grad_enabled() or self.training or not optimize.wanted():
            return False
        many = len(indices) >= MANY and indices.numel() > 0
        return many and vectors.device.type == "cpu" and self.has_fast_path(vectors)

    def run_looked_up(self, vectors: Tensor, indices: Tensor) -> Tensor:
        """As on vectors[indices], from zeros, without gradients and without all vectors at once.

        Args:
            vectors: (vocabulary, features)
            indices: whole numbers (batch, steps)
        """
        if self.go_backwards:
            indices = indices.flip(1)
        zeros = vectors.new_zeros(len(indices), self.units)
        steps = looked_up_shares(indices, vectors, *self._input_weights())
        sequence, h, _ = self._forwards(steps, indices.shape[1], (zeros, zeros))
        return h if sequence is None else sequence


@layer("layer_gru", tail="...")
class GRU(Recurrent):
    """Gated recurrent unit. Source: Cho et al. 2014.

    The gates are update, reset, candidate, in this order in the weights. With `reset_after` the bias has two
    rows: for the input and for the state.

    Args:
        units: size of the state and of the output
        activation: function of the candidate
        recurrent_activation: function of the gates
        use_bias: add a bias vector
        return_sequences: return the outputs of all steps, not only of the last
        return_state: return the last state after the output
        go_backwards: run from the last step to the first
        stateful: start from the last states of the batch before
        unroll: accepted, the loop over time is always unrolled
        time_major: input and output are (steps, batch, ...)
        reset_after: the reset gate is applied after the product with the state, as in cuDNN
        kernel_initializer, recurrent_initializer, bias_initializer: first values of the weights
        kernel_regularizer, recurrent_regularizer, bias_regularizer: penalties on the weights
        activity_regularizer: penalty on the output
        kernel_constraint, recurrent_constraint, bias_constraint: what the weights are held to
        dropout: share of the inputs that is dropped in training, the same ones at each step
        recurrent_dropout: share of the state that is dropped in training, the same part at each step
        seed: a whole number that makes dropout repeatable
        zero_output_for_mask: outputs of masked steps are zeros, not the output before
        use_cudnn: accepted, without influence on results
    """

    units: Count
    activation: Activation = "tanh"
    recurrent_activation: Activation = "sigmoid"
    use_bias: Flag = True
    return_sequences: Flag = False
    return_state: Flag = False
    go_backwards: Flag = False
    stateful: Flag = False
    unroll: Flag = False
    time_major: Flag = False
    reset_after: Flag = True
    kernel_initializer: Initializer = "glorot_uniform"
    recurrent_initializer: Initializer = "orthogonal"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    recurrent_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    recurrent_constraint: Constraint = None
    bias_constraint: Constraint = None
    dropout: Rate = 0.0
    recurrent_dropout: Rate = 0.0
    seed: Annotated[Seed, KERAS3] = None
    zero_output_for_mask: Annotated[Flag, KERAS3] = False
    use_cudnn: Annotated[Anything, KERAS3] = "auto"

    gates = 3

    def bias_shape(self) -> tuple[int, ...]:
        return (2, 3 * self.units) if self.reset_after else (3 * self.units,)

    def input_bias(self) -> Tensor | None:
        return self.bias if self.bias is None or not self.reset_after else self.bias[0]

    def make_step(self, drop: Tensor | None) -> Step:
        return self._reset_after(drop) if self.reset_after else self._reset_before(drop)

    def _reset_after(self, drop: Tensor | None) -> Step:
        recur = recurrent_product(self.recurrent_kernel, drop)
        gate, activation = self.recurrent_activation, self.activation
        bias = self.recurrent_kernel.new_zeros(3 * self.units) if self.bias is None else self.bias[1]

        def step(inputs: Tensor, h: Tensor) -> State:
            input_z, input_r, input_c = inputs.chunk(3, 1)
            state_z, state_r, state_c = recur(bias, h).chunk(3, 1)
            z = gate(input_z + state_z)
            candidate = activation(input_c + gate(input_r + state_r) * state_c)
            return (z * h + (1 - z) * candidate,)

        return step

    def _reset_before(self, drop: Tensor | None) -> Step:
        kernels = self.recurrent_kernel.split([2 * self.units, self.units], 1)
        drops = (None, None) if drop is None else drop.split([2, 1])
        recur_gates, recur_candidate = map(recurrent_product, kernels, drops)
        gate, activation = self.recurrent_activation, self.activation
        units = self.units

        def step(inputs: Tensor, h: Tensor) -> State:
            input_gates, input_c = inputs.split([2 * units, units], 1)
            z, r = map(gate, recur_gates(input_gates, h).chunk(2, 1))
            candidate = activation(recur_candidate(input_c, r * h))
            return (z * h + (1 - z) * candidate,)

        return step
