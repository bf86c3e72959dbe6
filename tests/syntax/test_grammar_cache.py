"""The parse table is cached only where that is safe, and parsing imports neither torch nor numpy."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipekeras.syntax import grammar

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs POSIX owners and permissions")
def test_the_table_is_cached_in_a_private_folder_only(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    file = grammar._cache_file("text")
    folder = tmp_path / "pipekeras"
    assert file is not None and file.parent == folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    file.write_bytes(b"")
    file.chmod(0o666)
    assert grammar._cache_file("text") is None
    file.unlink()
    folder.chmod(0o755)
    assert grammar._cache_file("text") is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs POSIX owners and permissions")
def test_no_cache_through_a_link(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "pipekeras").symlink_to(tmp_path / "elsewhere")
    assert grammar._cache_file("text") is None


@pytest.mark.parametrize("damage", [b"", b"[1]", b'{"rules": []}'])
def test_a_damaged_table_is_made_again(tmp_path, monkeypatch, damage):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    table = grammar.load()
    (file,) = (tmp_path / "pipekeras").iterdir()
    assert grammar.load() == table
    file.write_bytes(damage)
    again = grammar.load()  # Lark numbers the states otherwise each time
    assert again.rules == table.rules and len(again.states) == len(table.states)
    assert grammar.load() == again


def test_lark_is_not_loaded_where_its_table_is_cached(tmp_path):
    code = (
        "import sys; from pipekeras.syntax.parser import parse; from pipekeras.syntax.source import Source;"
        "parse(Source('x', 'a + b')); print('lark' in sys.modules)"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], check=True, env=environment, capture_output=True, text=True
        )
        for _ in range(2)
    ]
    assert [run.stdout for run in runs] == ["True\n", "False\n"]


def test_the_parser_works_without_a_cache(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    code = (
        "import sys; from pipekeras.syntax.parser import parse; from pipekeras.syntax.source import Source;"
        "parse(Source('x', 'a + b')); assert 'torch' not in sys.modules and 'numpy' not in sys.modules"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(blocked), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
