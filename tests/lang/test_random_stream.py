"""The generators give R's numbers to the last bit but one.

Recorded from R 4.2.2: options(digits = 17); set.seed(42); runif(3); rnorm(3); sample(10); ...
"""

from __future__ import annotations

import numpy as np
import pytest

from pipekeras.lang import random


@pytest.fixture
def stream() -> random.Stream:
    made = random.Stream()
    made.seed(42)
    return made


def test_uniforms_and_normals_come_from_one_stream(stream: random.Stream) -> None:
    uniforms = [0.91480604349635541, 0.93707541329786181, 0.28613953478634357]
    normals = [0.955935648630650836, 0.047884736094251722, -1.104599440683058154]
    assert stream.uniforms(3).tolist() == uniforms
    assert stream.normals(3) == pytest.approx(normals, rel=1e-15)


def test_a_block_equals_single_draws(stream: random.Stream) -> None:
    block = stream.uniforms(2000)
    stream.seed(42)
    assert [stream.uniform() for _ in range(2000)] == block.tolist()


def test_permutations_leave_the_stream_where_r_leaves_it(stream: random.Stream) -> None:
    stream.uniforms(3)
    stream.normals(3)
    assert (stream.permutation(10, 10) + 1).tolist() == [8, 7, 4, 1, 5, 10, 2, 6, 9, 3]
    assert (stream.permutation(5, 2) + 1).tolist() == [1, 5]
    assert (stream.permutation(100000, 3) + 1).tolist() == [33700, 59359, 54789]
    exponentials = [random.exponential(stream) for _ in range(3)]
    assert exponentials == pytest.approx([0.47519123554229736, 0.62211028253659606, 1.24558031182260542])
    assert [random.poisson(stream, 3) for _ in range(5)] == [4, 0, 5, 0, 2]
    assert [random.poisson(stream, 50) for _ in range(8)] == [59, 47, 63, 62, 52, 52, 47, 37]
    assert [random.binomial(stream, 10, 0.3) for _ in range(5)] == [2, 2, 3, 4, 6]
    assert [random.binomial(stream, 1000, 0.4) for _ in range(4)] == [387, 409, 386, 370]


def test_normal_quantiles_are_exact_in_the_far_tails() -> None:
    tails = random.normal_quantile(np.array([1e-300, 0.5, 1 - 1e-16]))
    assert tails == pytest.approx([-37.0470962993612005, 0.0, 8.2095361516013856], rel=1e-14)
