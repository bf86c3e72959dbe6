"""Generated one-line programs do what R does, against tables recorded by scripts/dev/record_properties.R."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from pipekeras.errors import UserError
from pipekeras.lang.environment import Environment
from pipekeras.lang.interpreter import auto_print, evaluate
from pipekeras.lang.session import fresh_session, session
from pipekeras.syntax.parser import parse
from pipekeras.syntax.source import Source

TABLES = Path(__file__).with_name("properties")

KNOWN = dict(
    line.rsplit("\t", 1)
    for line in (TABLES / "known_differences.tsv").read_text(encoding="utf-8").split("\n")
    if line
    if not line.startswith("# ")
)
"""Sources whose result differs from R's, each with the reason why that stays."""


def unescaped(text: str) -> str:
    parts = text.split("\\\\")
    return "\\".join(part.replace("\\n", "\n").replace("\\t", "\t") for part in parts)


def rows(table: str) -> list[tuple[str, str]]:
    text = gzip.decompress((TABLES / f"{table}.tsv.gz").read_bytes()).decode("utf-8")
    pairs = [line.partition("\t") for line in text.split("\n")[1:] if line]
    return [(unescaped(source), unescaped(expected)) for source, _, expected in pairs]


def observed(line: str, options: dict[str, Any]) -> str:
    """What a line prints, its warnings and its error, in the recorder's form."""
    out: list[str] = []
    session.options = dict(options)
    session.write = out.append
    session.warnings = []
    failure: list[str] = []
    session.global_env = scope = Environment(session.base, "R_GlobalEnv", slots=29)
    depth = len(session.frames)
    try:
        for node in parse(Source("case.R", line)):
            session.visible = True
            value = evaluate(node, scope)
            if session.visible:
                auto_print(value, scope)
    except UserError as error:
        failure = [f"Error: {error.message}"]
        del session.frames[depth:]
    text = "".join(out)
    shown = [text.removesuffix("\n")] if text else []
    return "\n".join([*shown, *(f"Warning: {message}" for message, _ in session.warnings), *failure])


def differences(table: str) -> list[str]:
    fresh_session()
    options = dict(session.options)
    wrong = []
    try:
        for source, expected in rows(table):
            if source in KNOWN:
                continue
            got = observed(source, options)
            if got != expected:
                wrong.append(f"{source}\n--- R\n{expected}\n--- here\n{got}\n")
    finally:
        fresh_session()
    return wrong


@pytest.mark.parametrize("table", sorted(path.name.split(".")[0] for path in TABLES.glob("*.tsv.gz")))
def test_lines_do_what_r_does(table: str, monkeypatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")
    wrong = differences(table)
    assert not wrong, f"{len(wrong)} of {len(rows(table))} differ\n" + "\n".join(wrong[:10])
