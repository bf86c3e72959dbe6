"""Compares pipekeras's parse with R's own, for every .R file below a folder.

    python scripts/dev/compare_parse.py FOLDER...        (needs Rscript 4.2 or later)

Every file that R accepts must give the same S-expressions, byte for byte (else the exit code is 1). Files
that R refuses and pipekeras accepts are listed (R 4.2 does not know R 4.3's `_$x`), and so are errors in
another line (an unclosed bracket is shown where it was opened). The last line has the figures.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from record_parse import ask_r

from pipekeras.errors import UserError
from pipekeras.syntax.parser import parse
from pipekeras.syntax.reading import read_source
from pipekeras.syntax.sexpr import sexpr


def ours(path: Path) -> str:
    """The S-expressions of a file, or `ERROR line: message`."""
    try:
        return "".join(sexpr(node) + "\n" for node in parse(read_source(str(path))))
    except UserError as error:
        line = error.span.source.line_and_column(error.span.start)[0] if error.span else 0
        return f"ERROR {line}: {error.message}\n"


def main(folders: list[str]) -> int:
    paths = sorted(path for folder in folders for path in Path(folder).rglob("*.[Rr]") if path.is_file())
    expected = ask_r("sexpr", paths)
    accepted = sum(not text.startswith("ERROR") for text in expected)
    start = time.perf_counter()
    actual = [ours(path) for path in paths]
    seconds = time.perf_counter() - start
    different = newer = 0
    for path, r, mine in zip(paths, expected, actual, strict=True):
        if r.startswith("ERROR") and mine.startswith("ERROR"):
            if r.split(":")[0] != mine.split(":")[0]:
                print(f"line differs: {path}\n  R:         {r}  pipekeras: {mine}", end="")
        elif r.startswith("ERROR"):
            newer += 1
            print(f"R refuses: {path}\n  R:         {r}", end="")
        elif r != mine:
            different += 1
            pairs = zip(r.splitlines(), mine.splitlines(), strict=False)
            first = next(((a, b) for a, b in pairs if a != b), ("", ""))
            print(f"differs: {path}\n  R:         {first[0][:300]}\n  pipekeras: {first[1][:300]}")
    print(
        f"{len(paths)} files, {accepted} accepted by R, {different} of them different, "
        f"{newer} accepted here only, {seconds:.1f} s to parse"
    )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
