"""Functions that would leave the script (editors, programs, the network) are refused by name."""

from __future__ import annotations

import io
import tarfile
import zipfile

import pytest


@pytest.mark.parametrize(
    "call", ["edit(iris)", "fix(iris)", "system('ls')", "download.file('http://a', 'b')"]
)
def test_it_is_refused(call: str, run_r) -> None:
    assert run_r(call).error.message == f"{call.partition('(')[0]}() is not allowed"


@pytest.mark.parametrize("name", ["../evil.txt", "/tmp/evil.txt", "a/../../evil.txt"])
def test_archives_stay_in_their_folder(name: str, run_r, tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, "x")
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        member = tarfile.TarInfo(name)
        member.size = 1
        archive.addfile(member, io.BytesIO(b"x"))
    for call in ("unzip('{0}/a.zip', exdir = '{0}/out')", "untar('{0}/a.tar', exdir = '{0}/out')"):
        assert run_r(call.format(tmp_path)).error is not None
    assert not (tmp_path / "evil.txt").exists()


def test_an_archive_that_would_fill_the_disk_is_refused(run_r, tmp_path, monkeypatch) -> None:
    from pipekeras.lang.builtins import archives

    monkeypatch.setattr(archives, "MOST_BYTES", 10**6)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(10**7))
    error = run_r(f"unzip('{tmp_path}/a.zip', exdir = '{tmp_path}/out')").error
    assert error.message == "the archive is too large"
