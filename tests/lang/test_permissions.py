"""What a script may do only with a flag: it is refused without, and works as in R with it."""

from __future__ import annotations

import functools
import http.server
import threading

import pytest

from pipekeras.errors import Code
from pipekeras.lang.io import permissions


@pytest.fixture
def allow(monkeypatch):
    return lambda *flags: monkeypatch.setattr(permissions, "allowed", set(flags))


@pytest.fixture
def site(tmp_path):
    """A server on this machine with one script, one table and one broken file."""

    class Pages(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            if self.path != "/cut.txt":
                return super().do_GET()
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"half")

    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "code.R").write_text("answer <- 42\n")
    (folder / "table.csv").write_text("a,b\n1,2\n")
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Pages, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "flag, calls",
    {
        "system": [
            'system("true")',
            'system2("true")',
            'shell("true")',
            'pipe("true")',
            'file("|true")',
            'Sys.setenv(LD_PRELOAD = "x.so")',
        ],
        "net": [
            'url("http://localhost/")',
            'file("http://localhost/")',
            'readLines("http://localhost/")',
            'readRDS("http://localhost/a.rds")',
            'read.csv("http://localhost/a.csv")',
            'readr::read_csv("http://localhost/a.csv")',
            'jsonlite::fromJSON("http://localhost/a.json")',
            'source("http://localhost/a.R")',
            'download.file("http://localhost/", "x")',
        ],
        "delete": [
            'unlink("~", recursive = TRUE)',
            'unlink("/etc/hostname")',
            'file.remove("/etc/hostname")',
        ],
    }.items(),
)
def test_without_its_flag_a_dangerous_call_is_refused_and_the_flag_is_named(run_r, flag, calls) -> None:
    for call in calls:
        error = run_r(call).error
        assert error is not None and error.code is Code.PERMISSION, call
        assert error.cure.endswith(f"--allow-{flag}"), call


SYSTEM = """
print(system("echo hi", intern = TRUE))
x <- suppressWarnings(system("echo hi; exit 3", intern = TRUE)); print(x)
system("exit 2")
print(system("exit 2"))
print(system("cat", input = c("a", "b"), intern = TRUE))
print(system("echo a; echo b >&2", intern = TRUE, ignore.stderr = TRUE))
print(system2("echo", c("a b", "c"), stdout = TRUE))
print(suppressWarnings(system2("sh", c("-c", shQuote("echo x >&2; exit 4")), stdout = TRUE, stderr = TRUE)))
print(system2("true"))
con <- pipe("echo x; echo y"); print(readLines(con)); close(con)
con <- pipe("exit 3", "w"); print(close(con))
print(tryCatch(system("no_such_ 2>/dev/null", intern = TRUE), error = conditionMessage))
print(tryCatch(system("no_such_ 2>/dev/null"), warning = conditionMessage))
"""
SYSTEM_PRINTS = """\
[1] "hi"
[1] "hi"
attr(,"status")
[1] 3
[1] 2
[1] "a" "b"
[1] "a"
[1] "a b c"
[1] "x"
attr(,"status")
[1] 4
[1] 0
[1] "x" "y"
[1] 768
[1] "error in running command"
[1] "error in running command"
"""
"""What R 4.2.2 prints for it."""


def test_programs_run_as_in_r(run_r, allow) -> None:
    allow("system")
    outcome = run_r(SYSTEM)
    assert outcome.error is None
    assert outcome.out == SYSTEM_PRINTS


def test_urls_are_read_as_files_are(run_r, allow, site) -> None:
    allow("net")
    assert run_r(f'cat(readLines("{site}/code.R"))').out == "answer <- 42"
    assert run_r(f'source("{site}/code.R"); cat(answer)').out == "42"
    assert run_r(f'cat(read.csv("{site}/table.csv")$b)').out == "2"
    assert run_r(f'con <- url("{site}/table.csv"); cat(readLines(con, 1)); close(con)').out == "a,b"
    outcome = run_r(f'readLines("{site}/none.txt")')
    assert outcome.error.message == f"cannot open the connection to '{site}/none.txt'"


def test_downloads_are_whole_or_leave_the_old_file(run_r, allow, site, tmp_path) -> None:
    allow("net")
    target = tmp_path / "got.csv"
    outcome = run_r(f'print(download.file("{site}/table.csv", "{target}", quiet = TRUE))')
    assert (outcome.out, target.read_text()) == ("[1] 0\n", "a,b\n1,2\n")
    for page in ("cut.txt", "none.txt"):
        assert run_r(f'download.file("{site}/{page}", "{target}", quiet = TRUE)').error.code is Code.FILE
        assert target.read_text() == "a,b\n1,2\n"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["got.csv"]


def test_files_elsewhere_are_removed_with_the_flag(run_r, allow, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("pipekeras.lang.builtins.files.is_temporary", lambda path: False)
    (tmp_path / "a").touch()
    (tmp_path / "b").touch()
    assert run_r(f'file.remove("{tmp_path}/a")').error.code is Code.PERMISSION
    allow("delete")
    assert run_r(f'cat(file.remove("{tmp_path}/a"), unlink("{tmp_path}/b"))').out == "TRUE 0"
    assert list(tmp_path.iterdir()) == []
