"""Records what R 4.2 makes of the texts in tests/syntax/golden: parse, deparse, verdicts on prefixes.

    python scripts/dev/record_parse.py        (needs Rscript)

The golden files hold pairs [text, answer], one a line. To add a case write [text, ""] and run this.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

GOLDEN = Path(__file__).parents[2] / "tests" / "syntax" / "golden"
MODES = {"parse.jsonl": "sexpr", "deparse.jsonl": "deparse", "prefixes.jsonl": "prefixes"}


def ask_r(mode: str, paths: Sequence[Path]) -> list[str]:
    """R's answers for some files, all from one R process (see r_parse.R)."""
    script = Path(__file__).with_name("r_parse.R")
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder, "files")
        listing.write_text("".join(f"{path}\n" for path in paths))
        command = ["Rscript", "--vanilla", str(script), mode, str(listing), folder]
        subprocess.run(command, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        return [Path(folder, f"{i}.out").read_text(encoding="utf-8") for i in range(1, len(paths) + 1)]


def record(file: Path, mode: str) -> None:
    header, *lines = file.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)[0] for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{i}.R") for i in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        answers = [answer.removesuffix("\n") for answer in ask_r(mode, paths)]
    pairs = [json.dumps(pair, ensure_ascii=False) for pair in zip(texts, answers, strict=True)]
    file.write_text("\n".join([header, *pairs]) + "\n", encoding="utf-8")
    print(f"{file.name}: {len(pairs)} cases")


if __name__ == "__main__":
    for name, mode in MODES.items():
        record(GOLDEN / name, mode)
