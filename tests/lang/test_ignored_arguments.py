"""Every argument of a declared function is read by its body, or listed as having no effect."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pipekeras.lang
from pipekeras.lang.ignored import HARMLESS, WITHOUT_EFFECT
from pipekeras.lang.registry import parse_usage

LANG = Path(pipekeras.lang.__file__).parent


def _usage(function: ast.FunctionDef) -> str | None:
    """The R usage of its declaration, where that is a plain text."""
    for each in function.decorator_list:
        if not isinstance(each, ast.Call) or not each.args or not isinstance(each.args[0], ast.Constant):
            continue
        declarer = each.func.id if isinstance(each.func, ast.Name) else getattr(each.func, "attr", "")
        if declarer in ("builtin", "method", "function"):
            return str(each.args[0].value)
    return None


def unread() -> Iterator[tuple[str, str]]:
    """R function and formal of each Python parameter that its body does not name."""
    for path in sorted(LANG.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            usage = _usage(function) if isinstance(function, ast.FunctionDef) else None
            if usage is None:
                continue
            assert isinstance(function, ast.FunctionDef)
            parameters = [a.arg for a in function.args.args if a.arg != "ctx"]
            read = {n.id for part in function.body for n in ast.walk(part) if isinstance(n, ast.Name)}
            name = usage.lstrip("`").partition("`" if usage.startswith("`") else "(")[0]
            if set(parameters) <= read:
                continue
            for parameter, formal in zip(parameters, parse_usage(usage).names, strict=False):
                in_defaults = len(re.findall(rf"(?<![\w.]){re.escape(formal)}(?![\w.(])", usage)) > 1
                if parameter not in read and not in_defaults and formal != "...":
                    yield name, formal


def test_every_argument_is_read_or_said_to_have_no_effect() -> None:
    found = set(unread())
    listed = {(name, formal) for formal, names in WITHOUT_EFFECT.items() for name in names.split()}
    unlisted = {(name, formal) for name, formal in found if formal not in HARMLESS} - listed
    assert not unlisted, f"neither read nor listed: {sorted(unlisted)[:10]}"
    stale = listed - found
    assert not stale, f"listed, but read: {sorted(stale)[:10]}"
