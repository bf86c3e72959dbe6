"""Times R code in pipekeras and in GNU R, and prints a table with ratios.

python scripts/bench/language.py [WORKLOAD ...] [--rounds N] [--wall] [--pipekeras COMMAND] [--without-r]

Every run is a fresh process, and the two take turns, so that what else the machine does falls on both. Time
is measured inside the process by proc.time() around the work, start-up apart, as the processor's time of all
threads (--wall: time that passed). Of the rounds the least counts. Start-up has a row of its own.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

WORKLOADS = Path(__file__).parent / "workloads"
STARTUP = "start-up"
MARK = "@took"
TIMED = """{setup}
.begin <- proc.time()
{work}
.took <- proc.time() - .begin
cat("\\n{mark}", .took[[1]] + .took[[2]], .took[[3]], "\\n")
"""


@dataclass(frozen=True)
class Workload:
    """R code whose second part is timed.

    Attributes:
        title: what the table calls it
        program: R text that ends with the line that says how long it took
    """

    name: str
    title: str
    program: str


def load(path: Path) -> Workload:
    """A workload from its file: `# title`, code that prepares, a line `# work`, code that is timed."""
    head, _, rest = path.read_text(encoding="utf-8").partition("\n")
    setup, _, work = ("\n" + rest).partition("\n# work\n")
    program = TIMED.format(setup=setup.strip(), work=work.strip(), mark=MARK)
    return Workload(path.stem, head.removeprefix("# "), program)


def run(command: list[str], program: str, timeout: float) -> tuple[float, float]:
    """The processor's time and the time passed of one run, in seconds; infinite where it takes too long."""
    try:
        done = subprocess.run(
            [*command, "-e", program], check=False, capture_output=True, text=True, timeout=timeout
        )
    except subprocess.TimeoutExpired:
        return float("inf"), float("inf")
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{program}\n{done.stderr[-2000:]}")
    line = next(line for line in reversed(done.stdout.splitlines()) if line.startswith(MARK))
    processor, passed = line.split()[1:]
    return float(processor), float(passed)


def startup(command: list[str]) -> float:
    """The time that an empty program takes, in seconds."""
    begin = time.perf_counter()
    subprocess.run([*command, "-e", "invisible(1)"], check=True, capture_output=True)
    return time.perf_counter() - begin


def measure(commands: list[list[str]], workload: Workload | None, options: argparse.Namespace) -> list[float]:
    """The least of all rounds for each command, which take turns; without a workload: start-up."""
    best = [float("inf")] * len(commands)
    for _ in range(options.rounds):
        for i, command in enumerate(commands):
            if workload is None:
                took = startup(command)
            else:
                took = run(command, workload.program, options.timeout)[options.wall]
            best[i] = min(best[i], took)
    return best


def row(title: str, seconds: list[float]) -> str:
    cells = ["-" if s == float("inf") else f"{s:.3f}" for s in seconds]
    if len(seconds) > 1:
        # proc.time() counts milliseconds
        cells.append(f"{seconds[0] / max(seconds[1], 0.001):.1f}")
    return f"| {title} | " + " | ".join(cells) + " |"


def options_of(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("workload", nargs="*", help=f"{STARTUP} {' '.join(names)}; by default all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--timeout", type=float, default=120, help="seconds that a run may take")
    parser.add_argument("--wall", action="store_true", help="time that passed instead of the processor's")
    parser.add_argument("--without-r", action="store_true", help="measure pipekeras alone")
    parser.add_argument("--pipekeras", default=f"{sys.executable} -m pipekeras run", help="how it is started")
    options = parser.parse_args()
    unknown = set(options.workload) - {STARTUP, *names}
    if unknown:
        parser.error(f"no workload {' '.join(sorted(unknown))}; there are {STARTUP} {' '.join(names)}")
    return options


def main() -> None:
    workloads = [load(path) for path in sorted(WORKLOADS.glob("*.R"))]
    options = options_of([w.name for w in workloads])
    commands = [options.pipekeras.split()]
    titles = ["pipekeras, s"]
    if not options.without_r and shutil.which("Rscript"):
        commands.append(["Rscript"])
        titles += ["R, s", "ratio"]
    print("| workload | " + " | ".join(titles) + " |")
    print("|---" * (len(titles) + 1) + "|")
    for workload in [None, *workloads]:
        name = STARTUP if workload is None else workload.name
        if options.workload and name not in options.workload:
            continue
        title = STARTUP if workload is None else workload.title
        print(row(title, measure(commands, workload, options)), flush=True)


if __name__ == "__main__":
    main()
