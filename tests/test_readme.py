"""The README agrees with what is there: its map of folders, its commands, its examples."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def first_sentence(path):
    """The first sentence of a module's docstring."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring, f"{path} has no docstring"
    return re.split(r"(?<=\.)\s", docstring, maxsplit=1)[0]


def described():
    """What the map must hold: each folder of the package, and each module at its top."""
    package = ROOT / "pipekeras"
    folders = {f"{path.parent.relative_to(ROOT)}/": path for path in package.rglob("__init__.py")}
    modules = {str(path.relative_to(ROOT)): path for path in package.glob("*.py") if path.stem != "__init__"}
    return {name: first_sentence(path) for name, path in {**folders, **modules}.items()}


def test_the_map_of_folders_is_made_of_the_docstrings():
    rows = dict(re.findall(r"^- `(pipekeras/[^`]*)` - (.*)$", README, re.MULTILINE))
    lines = "\n".join(f"- `{name}` - {sentence}" for name, sentence in sorted(described().items()))
    assert rows == described(), f"the map should be:\n{lines}"


def test_the_commands_install_the_tested_torch_and_run_what_is_there():
    assert len(COMMANDS) == 2
    for command in COMMANDS:
        assert "-c constraints.txt" in command
    assert "pipekeras run scripts/examples/digits.rk" in COMMANDS[0]
    assert "-m pytest" in COMMANDS[1]


NAMED = sorted(set(re.findall(r"\b(?:scripts|tests|grammar|\.ci)/[\w./]+\w", README)))


@pytest.mark.parametrize("path", NAMED)
def test_what_it_names_exists(path):
    assert (ROOT / path).exists()
