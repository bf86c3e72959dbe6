"""Times single statements on small values in pipekeras and in GNU R: what a call or an index costs by itself.

python scripts/bench/calls.py [TEXT ...] [--pipekeras COMMAND] [--seconds S] [--above RATIO]

Each line of calls/statements.R below `# work` runs again and again in a function's loop, as often as makes
its processor's time worth counting, in the two programs; what stands above are the values it uses. The table
says how many microseconds one run takes, the slowest against R first. TEXT: only statements that contain it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

STATEMENTS = Path(__file__).parent / "calls" / "statements.R"
TIMED = """
.spent <- function() sum(proc.time()[1:2])
.measure <- function(run) {{
  n <- 5
  invisible(run(2)); invisible(run(2))
  repeat {{
    took <- run(n)
    if (took > {seconds} || n > 1e6) return(1e6 * took / n)
    n <- n * (if (took < {seconds} / 20) 8 else 3)
  }}
}}
"""
ONE = """
cat("@took", {number}, .measure(function(.n) {{
{setup}
.begin <- .spent()
for (i in seq_len(.n)) {{ {statement} }}
.spent() - .begin
}}), "\\n")
"""


def load(path: Path) -> tuple[str, list[str]]:
    """What stands before `# work`, and the lines behind it."""
    setup, _, work = path.read_text(encoding="utf-8").partition("\n# work\n")
    return setup, work.splitlines()


def run(command: list[str], program: str) -> dict[int, float]:
    """Microseconds of each numbered statement."""
    with tempfile.NamedTemporaryFile("w", suffix=".R") as file:
        file.write(program)
        file.flush()
        done = subprocess.run([*command, file.name], check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stderr[-2000:]}")
    lines = [line.split() for line in done.stdout.splitlines() if line.startswith("@took")]
    return {int(number): float(took) for _, number, took in lines}


def options_of() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("text", nargs="*", help="only statements that contain one of these")
    parser.add_argument("--seconds", type=float, default=0.03, help="how long a statement is measured")
    parser.add_argument("--above", type=float, default=0, help="show ratios from here on")
    parser.add_argument("--pipekeras", default=f"{sys.executable} -m pipekeras run", help="how it is started")
    return parser.parse_args()


def main() -> None:
    options = options_of()
    setup, statements = load(STATEMENTS)
    chosen = [s for s in statements if not options.text or any(t in s for t in options.text)]
    program = TIMED.format(seconds=options.seconds) + "".join(
        ONE.format(number=i, setup=setup, statement=s) for i, s in enumerate(["NULL", *chosen])
    )
    if not shutil.which("Rscript"):
        raise SystemExit("there is no Rscript to compare with")
    ours = run(options.pipekeras.split(), program)
    theirs = run(["Rscript"], program)
    # an empty loop costs something too; R's cheapest statements take less than proc.time() tells
    rows = [
        (max(ours[i] - ours[0], 0.02), max(theirs[i] - theirs[0], 0.02), s) for i, s in enumerate(chosen, 1)
    ]
    rows.sort(key=lambda row: row[0] / row[1], reverse=True)
    print("| statement | pipekeras, µs | R, µs | ratio |")
    print("|---|---|---|---|")
    for mine, other, statement in rows:
        if mine / other >= options.above:
            print(f"| `{statement}` | {mine:.2f} | {other:.2f} | {mine / other:.1f} |")


if __name__ == "__main__":
    main()
