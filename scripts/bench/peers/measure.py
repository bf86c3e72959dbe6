"""Trains one model with one peer in this process, and prints what it took as JSON."""

from __future__ import annotations

import importlib
import itertools
import json
import os
import resource
import statistics
import sys
import time

from cases import CASES


def main(peer: str, model: str) -> None:
    os.environ.update(KERAS_BACKEND=peer.removeprefix("keras-"), TF_CPP_MIN_LOG_LEVEL="3")
    case = CASES[model]
    x, y = case.data()
    module = importlib.import_module("in_keras" if peer.startswith("keras-") else f"in_{peer.split('-')[0]}")
    options = {way: True for way in ("plain", "compiled") if peer.endswith(f"-{way}")}
    runner = module.Runner(model, case, **options)
    start = time.time()
    ends = [start, *runner.fit(x, y, case.epochs + 1)]
    epochs = [after - before for before, after in itertools.pairwise(ends)]
    predictions = []
    for _ in range(3):
        start = time.perf_counter()
        runner.predict(x)
        predictions.append(time.perf_counter() - start)
    print(
        json.dumps(
            {
                "first": epochs[0],
                "later": statistics.median(epochs[1:]),
                "predict": statistics.median(predictions),
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
