"""Recurrent layers: simple, LSTM and GRU."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated

import torch
from torch import Tensor

from . import activations
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
from .base import layer
from .gru_kernel import gru, gru_forwards
from .lstm_kernel import candidate_first, lstm, lstm_forwards
from .recurrence import (
    Share,
    State,
    Step,
    are_many,
    given_shares,
    project_time_major,
    recurrent_product,
    shares,
)
from .recurrent import Recurrent


def _is_usual(layer: LSTM | GRU) -> bool:
    """Whether the activations are those of the kernels."""
    return layer.activation is activations.tanh and layer.recurrent_activation is activations.sigmoid


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

    @property
    def streams(self) -> bool:
        return _is_usual(self)

    def has_fast_path(self, x: Tensor) -> bool:
        return self.streams and x.is_floating_point() and x.device.type != "meta"

    def run_fast(self, x: Tensor, drop: Tensor | None, states: State) -> tuple[Tensor | None, Tensor, State]:
        x = x if drop is None else x * drop.unsqueeze(1)
        if x.device.type == "cpu" and torch.is_grad_enabled():
            z = project_time_major(x, *self.input_weights())
            sequence, h, c = lstm(z, candidate_first(self.recurrent_kernel), *states)
            return self.batch_first(sequence), h, (h, c)
        if x.device.type == "cpu" and are_many(x):
            found, states = self.run_forwards(shares(x, *self.input_weights()), x.shape[1], states)
            return found, states[0], states
        return self._run_in_torch(x, states)

    def input_weights(self) -> tuple[Tensor, Tensor | None]:
        return candidate_first(self.kernel), None if self.bias is None else candidate_first(self.bias)

    def run_forwards(self, steps: Iterable[Share], count: int, states: State) -> tuple[Tensor | None, State]:
        (h, c), outputs = states, self.room_for_outputs(states, count)
        return outputs, lstm_forwards(steps, candidate_first(self.recurrent_kernel), h, c, outputs)

    def _run_in_torch(self, x: Tensor, states: State) -> tuple[Tensor, Tensor, State]:
        """By torch's own, which is faster forwards on few sequences, and on a GPU in both directions."""
        weights = [self.kernel.t(), self.recurrent_kernel.t()]
        if self.bias is not None:
            weights += [self.bias, torch.zeros_like(self.bias)]
        weights = [weight.contiguous() for weight in weights]
        first = [state.unsqueeze(0).contiguous() for state in states]
        sequence, h, c = torch.lstm(
            x, first, weights, self.bias is not None, 1, 0.0, self.training, False, True
        )
        return sequence, h[0], (h[0], c[0])


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

    @property
    def streams(self) -> bool:
        return self.reset_after and _is_usual(self)

    def has_fast_path(self, x: Tensor) -> bool:
        return self.streams and x.is_floating_point() and x.device.type == "cpu"

    def run_fast(self, x: Tensor, drop: Tensor | None, states: State) -> tuple[Tensor | None, Tensor, State]:
        x = x if drop is None else x * drop.unsqueeze(1)
        if torch.is_grad_enabled():
            a = project_time_major(x, *self.input_weights())
            sequence, h = gru(a, self.recurrent_kernel, self._state_bias(), *states)
            return self.batch_first(sequence), h, (h,)
        weights = self.input_weights()
        steps = shares(x, *weights) if are_many(x) else given_shares(project_time_major(x, *weights))
        found, states = self.run_forwards(steps, x.shape[1], states)
        return found, states[0], states

    def run_forwards(self, steps: Iterable[Share], count: int, states: State) -> tuple[Tensor | None, State]:
        (h,), outputs = states, self.room_for_outputs(states, count)
        return outputs, (gru_forwards(steps, self.recurrent_kernel, self._state_bias(), h, outputs),)

    def _state_bias(self) -> Tensor:
        """The bias that is added to the state's share of the gates."""
        return self.recurrent_kernel.new_zeros(3 * self.units) if self.bias is None else self.bias[1]

    def make_step(self, drop: Tensor | None) -> Step:
        return self._reset_after(drop) if self.reset_after else self._reset_before(drop)

    def _reset_after(self, drop: Tensor | None) -> Step:
        recur = recurrent_product(self.recurrent_kernel, drop)
        gate, activation = self.recurrent_activation, self.activation
        bias = self._state_bias()

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
