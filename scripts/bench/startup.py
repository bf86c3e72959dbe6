"""How long pipekeras takes to start, against importing what it stands on alone.

python scripts/bench/startup.py    (bytecode must be cached: run it with an installed pipekeras, or twice)

Without a model lark and numpy are needed: at most twice their time is wanted. With a model torch is: building
one and printing its summary should take at most 1.3 times as long as torch's import.
"""

import statistics
import subprocess
import sys
import time

RUNS = 10
SNIPPET = """
library(keras)
model <- keras_model_sequential() %>%
  layer_dense(units = 64, activation = 'relu', input_shape = c(784)) %>%
  layer_dense(units = 10, activation = 'softmax')
summary(model)
"""
ROWS = (
    ("import lark, numpy", "pipekeras run -e '1+1'", "1+1"),
    ("import torch", "a model and its summary", SNIPPET),
)


def seconds(*words: str) -> float:
    """The time of a command, in seconds."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    for imports, label, code in ROWS:
        # they take turns, so that what else the machine does falls on both
        pairs = [(seconds("-c", imports), seconds("-m", "pipekeras", "run", "-e", code)) for _ in range(RUNS)]
        base, run = (statistics.median(times) for times in zip(*pairs, strict=True))
        print(f"{imports}: {base:.3f} s; {label}: {run:.3f} s; ratio {run / base:.2f}")


if __name__ == "__main__":
    main()
