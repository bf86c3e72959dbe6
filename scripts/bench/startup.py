"""How long `pipekeras run -e '1+1'` takes, against importing lark and numpy alone: at most twice is wanted.

python scripts/bench/startup.py    (bytecode must be cached: run it with an installed pipekeras, or twice)
"""

import statistics
import subprocess
import sys
import time

RUNS = 10


def seconds(*words: str) -> float:
    """The median time of a command, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    base = seconds("-c", "import lark, numpy")
    run = seconds("-m", "pipekeras", "run", "-e", "1+1")
    print(f"import lark, numpy: {base:.3f} s; pipekeras run -e '1+1': {run:.3f} s; ratio {run / base:.2f}")


if __name__ == "__main__":
    main()
