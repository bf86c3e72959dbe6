"""What a script may do only if its user allows it: run programs, use the network, remove files."""

from __future__ import annotations

from ...errors import Code, UserError

FLAGS = {
    "system": "run other programs: system(), system2(), pipe(), and variables that decide what they load",
    "net": "fetch from the network: download.file(), url(), readLines() and source() of a URL",
    "delete": "remove files outside temporary folders: unlink(), file.remove(), copies onto others",
}
"""Each is `--allow-NAME` on the command line."""
allowed: set[str] = set()
"""Those of FLAGS that were given, for the whole process."""


def require(flag: str, what: str) -> None:
    """Refuses a call whose flag was not given.

    Args:
        flag: one of FLAGS
        what: the call as the message names it, as in "system()"
    """
    if flag not in allowed:
        raise UserError(
            f"{what} is not allowed",
            code=Code.PERMISSION,
            cause=f"a script may {FLAGS[flag].partition(':')[0]} only if you allow it",
            cure=f"if you trust the script: pipekeras run --allow-{flag}",
        )
