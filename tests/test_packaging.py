"""The installed package is complete: every folder, the grammar, the data and its licence."""

import ast
import re
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import numpy as np

import pipekeras
from pipekeras.data import load_digits
from pipekeras.syntax.grammar import grammar_text

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_the_wheel_has_every_folder_of_the_package():
    folders = {path.parent for path in (ROOT / "pipekeras").rglob("*.py")}
    packages = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert set(SETTINGS["tool"]["setuptools"]["packages"]) == packages | {"pipekeras.grammar"}


def test_the_grammar_is_found():
    assert grammar_text() == (ROOT / "grammar" / "r.lark").read_text(encoding="utf-8")


def test_the_version_has_one_home():
    assert SETTINGS["project"]["dynamic"] == ["version"]
    assert SETTINGS["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "pipekeras.__version__"}
    assert pipekeras.__version__[0].isdigit()


def test_torch_is_pinned_for_installation():
    pins = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert pins == ["torch==2.13.0"]


def test_digits_are_bundled_with_their_licence():
    digits = load_digits()
    assert digits.images.shape == (1797, 8, 8)
    assert digits.images.dtype == np.uint8
    assert (digits.images.min(), digits.images.max()) == (0, 16)
    assert np.bincount(digits.labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    licence = (files("pipekeras.data") / "digits.LICENSE.txt").read_text()
    assert "scikit-learn developers" in licence


def test_the_command_is_declared():
    assert SETTINGS["project"]["scripts"] == {"pipekeras": "pipekeras.cli:main"}


def test_what_the_package_imports_is_installed_with_it():
    imported = set()
    for path in (ROOT / "pipekeras").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add((node.module or "").partition(".")[0])
    declared = {re.split(r"[<>=]", dependency)[0] for dependency in SETTINGS["project"]["dependencies"]}
    assert imported - set(sys.stdlib_module_names) - {"pipekeras"} == declared
