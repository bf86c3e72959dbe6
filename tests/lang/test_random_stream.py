"""The generators give R's numbers to the last bit but one.

Recorded from R 4.2.2: options(digits = 17); set.seed(42); runif(3); rnorm(3); sample(10); ...
"""

from __future__ import annotations

import numpy as np
import pytest

from pipekeras.lang.random_numbers import counts, variates
from pipekeras.lang.random_numbers import stream as random


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
    exponentials = [variates.exponential(stream) for _ in range(3)]
    assert exponentials == pytest.approx([0.47519123554229736, 0.62211028253659606, 1.24558031182260542])
    assert [counts.poisson(stream, 3) for _ in range(5)] == [4, 0, 5, 0, 2]
    assert [counts.poisson(stream, 50) for _ in range(8)] == [59, 47, 63, 62, 52, 52, 47, 37]
    assert [counts.binomial(stream, 10, 0.3) for _ in range(5)] == [2, 2, 3, 4, 6]
    assert [counts.binomial(stream, 1000, 0.4) for _ in range(4)] == [387, 409, 386, 370]


def test_normal_quantiles_are_exact_in_the_far_tails() -> None:
    tails = random.normal_quantile(np.array([1e-300, 0.5, 1 - 1e-16]))
    assert tails == pytest.approx([-37.0470962993612005, 0.0, 8.2095361516013856], rel=1e-14)


def test_every_draw_of_a_large_block_is_r_s(run_r) -> None:
    """R 4.2.2: set.seed(5); z <- ...; sum(as.numeric(z) * seq_along(z)) and runif(1), with 17 digits."""
    recorded = {
        "sample(70000)": (86027649107674, 0.29287554160691798),
        "sample(1e6, 4e4)": (398772752329232, 0.42794247157871723),
        "sample.int(2e7, 1e4)": (494782564994727, 0.56370900850743055),
        "sample(1000, 3e4, TRUE)": (224756681689, 0.55001839809119701),
        "rbinom(3e4, 500, 0.7)": (157519848980, 0.056207654066383839),
        "rbinom(1e4, 10, 0.3)": (150124107, 0.14053675136528909),
        "rpois(1e4, 2.7)": (135650916, 0.14053675136528909),
        "sample(300, 1e4, TRUE, 1:300)": (10053153387, 0.79043605318292975),
        "rexp(3, Inf)": (0, 0.20021445257589221),
    }
    program = "set.seed(5); z <- {}; cat(sprintf('%.17g', c(sum(as.numeric(z) * seq_along(z)), runif(1))))"
    for call, expected in recorded.items():
        found = [float(word) for word in run_r(program.format(call)).out.split()]
        assert found == list(expected), call


def test_normals_are_r_s_to_the_last_bit(run_r) -> None:
    """R 4.2.2: set.seed(5); rnorm(10000)[c(1, 17, 4242, 9999)] with 17 digits."""
    program = "set.seed(5); cat(sprintf('%.17g', rnorm(10000)[c(1, 17, 4242, 9999)]))"
    assert (
        run_r(program).out
        == "-0.84085548078629846 -0.59731309471292549 0.8147979980104153 0.28697204055351228"
    )
