"""The command line: what runs, what is printed where, and with which exit code it ends."""

import os
import shlex
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

COMMAND = [sys.executable, "-m", "pipekeras"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}


def pipekeras(*words, stdin="", cwd=None):
    return subprocess.run(
        [*COMMAND, *words], input=stdin, capture_output=True, text=True, cwd=cwd, env=ENVIRONMENT, timeout=120
    )


@contextmanager
def start(code):
    """A script that runs on; it is ended with the test."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*COMMAND, "run", "-e", code], env=ENVIRONMENT, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def run_file(tmp_path, content, *words, name="script.R"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return pipekeras("run", str(path), *words)


def test_expressions_run_in_order_and_print_as_in_r():
    done = pipekeras("run", "-e", "x <- 2", "-e", "x + 1", "-e", "invisible(9)", "-e", "-x")
    assert (done.returncode, done.stdout, done.stderr) == (0, "[1] 3\n[1] -2\n", "")


def test_words_behind_the_script_are_its_own(tmp_path):
    done = run_file(tmp_path, "commandArgs(TRUE)", "a", "--debug", "-e", "b c")
    assert done.stdout == '[1] "a"       "--debug" "-e"      "b c"    \n'
    assert pipekeras("run", "-e", "commandArgs(TRUE)", "--args", "q", "r").stdout == '[1] "q" "r"\n'


@pytest.mark.parametrize("words", [("run", "-"), ()])
def test_standard_input_is_a_script(words):
    done = pipekeras(*words, stdin="1 + 1\n")
    assert (done.returncode, done.stdout) == (0, "[1] 2\n")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"# only a comment",
        b"x <- 1\r\nx\r\n",
        b"x <- 1\rx\r",
        b"\xef\xbb\xbfx <- 1\nx",
        b"\tx <- 1\n\x0cx",
    ],
    ids=["empty", "comment", "crlf", "cr", "bom", "tab and form feed"],
)
def test_odd_files_run(tmp_path, content):
    done = run_file(tmp_path, content)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ("[1] 1\n" if b"x" in content else "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'x <- 1\ny <- "caf\xe9"\n', ["script.R:2:10", "0xE9", "UTF-8"]),
        (b"cat('ran')\na\x00b\n", ["script.R:2:2", "nul", "UTF-8"]),
        ("x <- 1\n".encode("utf-16"), ["UTF-16"]),
        (b"cat('ran')\nf <- c(1, 2\n", ["script.R:2:7", "unexpected end of input"]),
        (b'cat("ran")\nx <- "abc\n', ["script.R:2:6"]),
        ("cat('ran')\nx \u2013 1\n".encode(), ["script.R:2:3", "EN DASH"]),
    ],
    ids=["latin-1", "nul", "utf-16", "open bracket", "open string", "en dash"],
)
def test_what_is_no_r_text_is_refused_before_anything_runs(tmp_path, content, said):
    done = run_file(tmp_path, content)
    assert done.returncode == 1
    assert done.stdout == ""
    for words in said:
        assert words in done.stderr


def test_an_error_has_rs_first_line_its_place_and_no_traceback(tmp_path):
    done = run_file(tmp_path, "f <- function(x) stop('boom')\ncat('before\\n')\nf(1)\ncat('after')")
    assert done.returncode == 1
    assert done.stdout == "before\n"
    lines = done.stderr.splitlines()
    assert lines[0] == "Error in f(1) : boom"
    assert "script.R:1:18" in done.stderr
    assert lines[-1] == "Execution halted"
    assert "Traceback" not in done.stderr


def test_debug_shows_the_traceback():
    assert "Traceback" in pipekeras("run", "--debug", "-e", "stop('boom')").stderr


def test_a_warning_is_no_failure():
    done = pipekeras("run", "-e", "warning('careful')")
    assert done.returncode == 0
    assert done.stderr == "Warning message:\ncareful \n"


@pytest.mark.parametrize(("code", "status"), [("quit(status = 3)", 3), ("q('no', 7)", 7), ("q()", 0)])
def test_quit_decides_the_exit_code(code, status):
    done = pipekeras("run", "-e", code, "-e", "cat('not reached')")
    assert (done.returncode, done.stdout) == (status, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "nosuch.R"), "cannot open file 'nosuch.R': No such file or directory"),
        (("run", "scrpit.R"), "did you mean 'script.R'?"),
        (("run", "."), "'.' is a directory"),
        (("run",), "run needs FILE"),
        (("run", "--debgu", "script.R"), "unknown option --debgu; did you mean --debug?"),
        (("run", "-e"), "expected one argument"),
        (("rnu", "script.R"), "unknown command rnu; there are run and parse"),
        (("script.R",), "did you mean: pipekeras run script.R"),
        (("parse", "nosuch.R"), "cannot open file 'nosuch.R': No such file or directory"),
        (("run", "--bind", "x", "script.R"), "NAME=FILE"),
        (("run", "--bind", "x=nosuch.npy", "script.R"), "cannot open file 'nosuch.npy'"),
        (("run", "--bind", "x=script.R", "script.R"), ".npy, .npz, .csv"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_right(tmp_path, words, said):
    (tmp_path / "script.R").write_text("cat('ran')")
    done = pipekeras(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_chunks_of_a_document(tmp_path):
    text = "# Title\n\n```{r}\n1 + 1\n```\n\n```{r, eval=FALSE}\n2 + 2\n```\n\n```{python}\nnot R\n```\n"
    assert run_file(tmp_path, text, name="a.Rmd").stdout == "[1] 2\n"
    assert pipekeras("run", "--all-chunks", str(tmp_path / "a.Rmd")).stdout == "[1] 2\n[1] 4\n"


def test_arrays_are_bound_before_the_script_runs(tmp_path):
    np.save(tmp_path / "x.npy", np.arange(6.0).reshape(2, 3))
    np.savez(tmp_path / "d.npz", a=np.array([1, 2], dtype=np.int32), b=np.array([[True]]))
    (tmp_path / "f.csv").write_text("u,v\n1,a\n2,b\n")
    done = pipekeras(
        *("run", "--bind", "x=x.npy", "--bind", "d=d.npz", "--bind", "f=f.csv"),
        *("-e", "x", "-e", "names(d)", "-e", "d$a", "-e", "f$u"),
        cwd=tmp_path,
    )
    assert done.stderr == ""
    assert done.stdout == (
        "     [,1] [,2] [,3]\n[1,]    0    1    2\n[2,]    3    4    5\n" + '[1] "a" "b"\n[1] 1 2\n[1] 1 2\n'
    )


def test_arrays_of_python_objects_are_refused(tmp_path):
    np.save(tmp_path / "x.npy", np.array([{}], dtype=object), allow_pickle=True)
    done = pipekeras("run", "--bind", f"x={tmp_path / 'x.npy'}", "-e", "1")
    assert done.returncode == 2
    assert "pickles" in done.stderr


def test_parse_prints_s_expressions_and_goes_on_after_a_wrong_file(tmp_path):
    (tmp_path / "a.R").write_text("f(x = 1)\ny -> z\n")
    (tmp_path / "b.R").write_text("f(\n")
    done = pipekeras("parse", "b.R", "a.R", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == "(f x=1)\n(`<-` z y)\n"
    assert "b.R:1:2" in done.stderr


def test_a_reader_that_goes_away_ends_the_script_silently():
    with start("repeat cat('line\\n')") as writer:
        assert writer.stdout.readline() == b"line\n"
        writer.stdout.close()
        assert writer.stderr.read() == b""
        assert writer.wait(60) == 141


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_output_that_cannot_be_written_is_said():
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*COMMAND, "run", "-e", "cat('x\\n')"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
        )
    assert done.returncode == 74
    assert done.stderr == "pipekeras: cannot write the output: No space left on device\n"


@pytest.mark.parametrize("code", ["repeat {}", "Sys.sleep(60)", "tryCatch(repeat {}, error = function(e) 1)"])
def test_ctrl_c_ends_a_script_with_130(code):
    with start(f"cat('ready\\n'); {code}") as script:
        assert script.stdout.readline() == b"ready\n"
        time.sleep(0.1)
        script.send_signal(signal.SIGINT)
        out, err = script.communicate(timeout=60)
    assert (script.returncode, out, err) == (130, b"", b"")


def test_a_time_limit_ends_a_script_with_124():
    done = pipekeras("run", "--timeout", "0.5", "-e", "repeat tryCatch(repeat {}, interrupt = print)")
    assert (done.returncode, done.stderr) == (124, "pipekeras: ended after 0.5 s (--timeout)\n")


def test_a_script_that_handles_ctrl_c_decides_itself():
    code = "tryCatch({ cat('ready\\n'); repeat {} }, interrupt = function(e) cat('caught\\n'))"
    with start(code) as script:
        assert script.stdout.readline() == b"ready\n"
        time.sleep(0.1)
        script.send_signal(signal.SIGINT)
        out, _ = script.communicate(timeout=60)
    assert (script.returncode, out) == (0, b"caught\n")


@pytest.mark.parametrize("stream", ["1", "2"])
def test_a_closed_stream_is_no_crash(stream):
    command = shlex.join([*COMMAND, "run", "-e", "cat('x\\n'); message('y')"])
    done = subprocess.run(
        ["sh", "-c", f"{command} {stream}>&-"], capture_output=True, text=True, env=ENVIRONMENT
    )
    assert done.returncode == 0
    assert done.stdout + done.stderr == ("y\n" if stream == "1" else "x\n")


def test_endless_recursion_is_an_error_and_deep_recursion_is_not():
    done = pipekeras(
        "run", "-e", "f <- function(n) if (n == 0) 0 else 1 + f(n - 1)", "-e", "f(1500)", "-e", "f(-1)"
    )
    assert done.returncode == 1
    assert done.stdout == "[1] 1500\n"
    assert "infinite recursion" in done.stderr


def test_data_cannot_steer_the_terminal():
    done = pipekeras("run", "-e", r"stop('a\033[2Jb\a')")
    assert "\x1b" not in done.stderr
    assert r"a\x1b[2Jb\x07" in done.stderr


def test_a_bug_leaves_one_line_and_a_file(tmp_path):
    code = (
        "from pipekeras.process import guarded\n"
        "def bug(): raise KeyError('inside')\n"
        "raise SystemExit(guarded(bug, debug=False))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**ENVIRONMENT, "TMPDIR": str(tmp_path)},
    )
    assert done.returncode == 70
    (report,) = tmp_path.iterdir()
    assert done.stderr == f"pipekeras: internal error, please report it together with {report}\n"
    assert "KeyError: 'inside'" in report.read_text()


def test_pythons_warnings_are_not_shown():
    code = (
        "import sys, warnings\n"
        "from pipekeras.cli import _route_warnings\n"
        "_route_warnings(debug=False)\n"
        "warnings.warn('of some library')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=ENVIRONMENT)
    assert (done.returncode, done.stderr) == (0, "")


def test_version():
    assert pipekeras("--version").stdout.startswith("pipekeras 0.")


def test_ctrl_c_in_fit_keeps_what_was_learned_and_the_script_goes_on():
    code = """
        input <- layer_input(shape = 1)
        model <- keras_model(input, input %>% layer_dense(units = 1))
        model %>% compile(optimizer = 'sgd', loss = 'mse')
        model %>% fit(matrix(1, 64), matrix(1, 64), epochs = 1e6, verbose = 2)
        cat('still', 'here\\n')
    """
    with start(code) as script:
        while b"Epoch 2/" not in script.stdout.readline():
            assert script.poll() is None
        script.send_signal(signal.SIGINT)
        out, err = script.communicate(timeout=60)
    assert script.returncode == 130
    assert out.endswith(b"still here\n")
    assert b"training was interrupted in epoch" in err
    assert b"Traceback" not in err
