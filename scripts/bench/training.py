"""Trains the guide's models with pipekeras, with torch by hand and with Keras, and compares what it takes.

python scripts/bench/training.py [--only MODEL ...] [--peers PEER ...] [--rounds N] [--keras-python PYTHON]

Every run is a process of its own, and the peers take turns, so that what else the machine does falls on all
of them. Of the rounds the least counts. Keras runs in the Python of --keras-python (or KERAS_PYTHON, or this
one), on the backends that are installed there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
sys.path.insert(0, str(PEERS))

from cases import CASES  # noqa: E402

COLUMNS = {
    "first": "first epoch, s",
    "later": "later epochs, s",
    "predict": "predict, s",
    "memory": "peak, MB",
}
OWN = ("pipekeras", "pipekeras-plain")

Result = dict[str, float]


def installed_peers(keras_python: str) -> list[str]:
    """pipekeras, torch as it is and compiled, and Keras on each backend that its Python has."""
    found = ["pipekeras", "torch", "torch-compiled"]
    for backend, module in (("torch", "torch"), ("tensorflow", "tensorflow"), ("jax", "jax")):
        code = f"import importlib.util as u; exit(not (u.find_spec('keras') and u.find_spec('{module}')))"
        if subprocess.run([keras_python, "-c", code], check=False).returncode == 0:
            found.append(f"keras-{backend}")
    return found


def measure(peer: str, model: str, keras_python: str) -> Result:
    """One run in a fresh process."""
    python = keras_python if peer.startswith("keras-") else sys.executable
    command = [python, str(PEERS / "measure.py"), peer, model]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"{peer} failed on {model}:\n{run.stderr[-2000:]}")
    return json.loads(run.stdout.splitlines()[-1])


def table(model: str, best: dict[str, Result]) -> str:
    """Rows of a Markdown table: what each peer took, and pipekeras against the best of the others."""
    lines = [f"\n| {model} | " + " | ".join(COLUMNS.values()) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for peer, result in best.items():
        cells = [f"{result[c]:.0f}" if c == "memory" else f"{result[c]:.3g}" for c in COLUMNS]
        lines.append(f"| {peer} | " + " | ".join(cells) + " |")
    others = {peer: result for peer, result in best.items() if peer not in OWN}
    if others and "pipekeras" in best:
        cells = [f"{best['pipekeras'][c] / min(r[c] for r in others.values()):.2f}" for c in COLUMNS]
        lines.append("| to the best peer | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=CASES, default=list(CASES), metavar="MODEL")
    parser.add_argument("--peers", nargs="+", help="pipekeras, pipekeras-plain, torch, keras-jax, ...")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keras-python", default=os.environ.get("KERAS_PYTHON", sys.executable))
    arguments = parser.parse_args()
    peers = arguments.peers or installed_peers(arguments.keras_python)
    print(f"{platform.machine()}, {os.cpu_count()} cores, {platform.platform()}, {arguments.rounds} rounds")
    for model in arguments.only:
        best: dict[str, Result] = {}
        for _ in range(arguments.rounds):
            for peer in peers:
                result = measure(peer, model, arguments.keras_python)
                known = best.setdefault(peer, result)
                best[peer] = {c: min(known[c], result[c]) for c in COLUMNS}
        print(table(model, best), flush=True)


if __name__ == "__main__":
    main()
