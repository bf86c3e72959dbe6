"""Which part may import which: the house's directions, read from the source, and what start-up may load."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "pipekeras"

ALLOWED = {
    "errors": {"syntax"},  # for type checking only
    "heap": set(),
    "signature": {"errors"},
    "syntax": {"errors", "signature"},
    "lang": {"errors", "signature", "syntax"},
    "graph": {"errors", "signature"},
    "layers": {"errors", "signature", "graph"},
    "train": {"errors", "heap", "signature", "graph", "layers"},
    "data": set(),
    "keras": {"errors", "signature", "syntax", "lang", "graph", "layers", "train", "data"},
    "process": {"errors", "heap"},
    "repl": {"errors", "signature", "syntax", "lang", "keras", "process"},
    "pipe": {"errors", "signature", "graph", "keras", "layers", "train"},
    "bindings": {"errors", "lang", "keras"},
    "cli": {"errors", "process", "syntax", "lang", "keras", "repl", "bindings"},
    "__main__": {"cli"},
    "__init__": {"errors", "keras", "pipe"},
}
WITHOUT_TORCH = {
    "errors",
    "signature",
    "syntax",
    "lang",
    "graph",
    "process",
    "repl",
    "bindings",
    "cli",
    "data",
}


def imported(path):
    """The modules that a file imports, as absolute dotted names."""
    package = ["pipekeras", *path.relative_to(ROOT).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = base + (node.module or "").split(".") if node.module else base
            yield from (".".join([*base, alias.name]) for alias in node.names)


def part_of(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_point_down_only(path):
    part = part_of(path)
    names = [name.split(".") for name in imported(path)]
    own = {
        n[1]
        for n in names
        if n[0] == "pipekeras" and (ROOT / n[1]).is_dir() | (ROOT / f"{n[1]}.py").is_file()
    }
    assert own - {part} <= ALLOWED[part]
    assert part not in WITHOUT_TORCH or ["torch"] not in [n[:1] for n in names]


def loaded_by(code):
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split("\n")[-2].split())


@pytest.mark.parametrize(
    "code",
    [
        "import pipekeras",
        "from pipekeras.cli import main; main(['parse', 'scripts/guide/01_dense.rk'])",
        "from pipekeras.cli import main; main(['run', '-e', '1 + 1'])",
        "import pipekeras.repl.app",
    ],
)
def test_start_up_does_not_load_torch(code, monkeypatch):
    monkeypatch.chdir(ROOT.parent)
    assert "torch" not in loaded_by(code)


def test_running_a_script_does_not_load_the_consoles_library():
    assert "prompt_toolkit" not in loaded_by("from pipekeras.cli import main; main(['run', '-e', '1 + 1'])")
