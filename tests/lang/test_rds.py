"""R's binary files that are broken or hostile end in one clear error; functions are not read."""

from __future__ import annotations

import gzip
import struct

import pytest

from pipekeras.errors import UserError
from pipekeras.lang.io.xdr import Reader, Writer
from pipekeras.lang.values import double, rlist

HEADER = b"X\n" + struct.pack(">iii", 2, 0x00040202, 0x00020300)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        struct.pack(">ii", 14, 2**31 - 1),
        struct.pack(">iiii", 14, -1, 2**30, 0),
        struct.pack(">ii", 19, 10**6),
        struct.pack(">i", 5 << 8 | 255),
        struct.pack(">ii", 200, 1),
        struct.pack(">i", 3),
    ],
    ids=["empty", "long", "longer", "list", "reference", "type", "function"],
)
def test_a_broken_file_is_one_error(body: bytes) -> None:
    with pytest.raises(UserError):
        Reader(HEADER + body).read()


def test_deep_nesting_is_one_error(run_r, tmp_path) -> None:
    path = tmp_path / "deep.rds"
    path.write_bytes(HEADER + struct.pack(">ii", 19, 1) * 5000 + struct.pack(">i", 254))
    assert run_r(f"readRDS('{path}')").error.message == "the file is nested too deeply"


def test_every_cut_of_a_file_is_one_error() -> None:
    data = Writer().bytes_of(rlist([double([1.0, 2.0])], ["a"]))
    for end in range(len(data)):
        with pytest.raises(UserError):
            Reader(data[:end]).read()


def test_a_file_that_unpacks_to_too_much_is_refused(run_r, tmp_path, monkeypatch) -> None:
    from pipekeras.lang.builtins import rds

    monkeypatch.setattr(rds, "MOST_BYTES", 10**6)
    path = tmp_path / "bomb.rds"
    path.write_bytes(gzip.compress(HEADER + bytes(10**7)))
    assert run_r(f"readRDS('{path}')").error.message == "the file is too large"


def test_functions_are_neither_written_nor_read(run_r, tmp_path) -> None:
    error = run_r(f"saveRDS(function(x) x, '{tmp_path}/f.rds')").error
    assert error.message == "cannot write a closure"
