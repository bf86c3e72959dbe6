"""What lies at a URL, fetched only where the user allows the network."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ..conditions import warn
from ..session import session
from .permissions import require

MOST_BYTES = 4 * 2**30
"""Downloads that are larger are refused."""
_PIECE = 2**20


def is_url(path: str) -> bool:
    """Whether a path is an address in the network."""
    return path.startswith(("http://", "https://", "ftp://"))


def fetch(address: str) -> bytes:
    """The bytes at a URL.

    Raises:
        UserError: the network is not allowed, or R's warning and error for what cannot be had
    """
    require("net", f"fetching '{address}'")
    with opened_url(address, f"cannot open the connection to '{address}'") as answer:
        return b"".join(pieces(answer, address))


def opened_url(address: str, message: str) -> Any:
    """The answer of a server; where it gives none, R's warning, and an error of this message."""
    import urllib.request  # rarely needed, and slow to load
    from urllib.error import HTTPError, URLError

    try:
        return urllib.request.urlopen(address, timeout=_timeout())
    except HTTPError as error:
        error.close()
        status = f"{error.code} {error.reason}"
        warn(f"cannot open URL '{address}': HTTP status was '{status}'")
        raise _cannot(message, f"the server answers {status}") from None
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        warn(f"URL '{address}': status was '{reason}'")
        raise _cannot(message, str(reason)) from None


def pieces(answer: Any, address: str) -> Any:
    """The body of an answer, piece by piece; one that breaks off or has no end is an error."""
    from http.client import HTTPException

    total = 0
    expected = answer.headers.get("Content-Length")
    try:
        while piece := answer.read(_PIECE):
            total += len(piece)
            if total > MOST_BYTES:
                raise _cannot(f"download from '{address}' failed", f"it is larger than {MOST_BYTES} bytes")
            yield piece
    except (OSError, HTTPException) as error:
        raise _cannot(f"download from '{address}' failed", str(error)) from None
    if expected is not None and total < int(expected):
        raise _cannot(f"download from '{address}' failed", f"{total} of {expected} bytes have arrived")


def _timeout() -> float:
    value = session.option("timeout")
    return 60.0 if value is None else float(value.data[0])


def _cannot(message: str, cause: str) -> UserError:
    return UserError(message, code=Code.FILE, cause=cause, cure="check the address and the network")
