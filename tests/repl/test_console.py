"""The console as a person meets it: a real terminal, real keys."""

import os
import re
import sys
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect", reason="Windows has no such terminals", exc_type=ImportError)

ROOT = Path(__file__).parents[2]
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>78]|\x1b\][^\x07]*\x07|\x08")
_GAP = re.compile(r"\x08\x1b\[(\d+)C")


class Terminal:
    """A console that is typed into."""

    def __init__(self, state):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(state), "TERM": "xterm"}
        environment["PROMPT_TOOLKIT_NO_CPR"] = "1"  # nobody answers its question for the cursor's place
        self.process = pexpect.spawn(
            sys.executable,
            ["-m", "pipekeras"],
            env=environment,
            encoding="utf-8",
            timeout=30,
            dimensions=(30, 100),
        )
        self.wait_for("> ")

    def wait_for(self, text):
        """Wait until the text is on the screen; returns what came before it."""
        sent = seen = ""
        while text not in seen:
            self.process.expect(r"[\s\S]+")
            sent += self.process.after
            blanks = _GAP.sub(lambda gap: " " * (int(gap[1]) - 1), sent)  # it moves over blanks
            seen = _ESCAPES.sub("", blanks)
        return seen

    def type(self, keys, then):
        self.process.send(keys)
        return self.wait_for(then)

    def exit_status(self):
        self.process.expect(pexpect.EOF)
        self.process.close()
        return self.process.exitstatus


@pytest.fixture
def terminal(tmp_path):
    console = Terminal(tmp_path)
    yield console
    console.process.close(force=True)


def test_values_print_and_errors_leave_the_prompt(terminal):
    terminal.type("6 * 7\r", "[1] 42")
    terminal.type("nosuch\r", "object 'nosuch' not found")
    terminal.type("1 + 1\r", "[1] 2")


def test_unfinished_input_goes_on_in_the_next_line(terminal):
    terminal.type("f <- function(x) {\r", "+ ")
    terminal.type("x * 2\r", "+ ")
    terminal.type("}\r", "> ")
    terminal.type("f(21)\r", "[1] 42")


def test_wrong_input_is_an_error_at_once(terminal):
    terminal.type("f(1))\r", "unexpected ')'")


def test_ctrl_c_drops_the_line_and_never_leaves(terminal):
    for _ in range(3):
        terminal.type("stop('no'\x03", "> ")
    terminal.type("1 + 1\r", "[1] 2")


def test_ctrl_c_ends_what_runs(terminal):
    terminal.type("{ cat('run', 'ning\\n'); repeat {} }\r", "run ning")
    terminal.process.sendintr()
    terminal.type("1 + 1\r", "[1] 2")


def test_ctrl_d_and_q_leave(tmp_path):
    first = Terminal(tmp_path)
    first.process.send("\x04")
    assert first.exit_status() == 0
    second = Terminal(tmp_path)
    second.process.send("q(status = 3)\r")
    assert second.exit_status() == 3


def test_alt_minus_assigns_and_alt_m_pipes(terminal):
    terminal.type("x\x1b-5\r", "> ")
    terminal.type("x\x1bmc(1)\r", "[1] 5 1")


def test_tab_completes_a_name(terminal):
    terminal.type("some_long_name <- 12\r", "> ")
    terminal.type("some_lo\t", "ng_name")
    terminal.type("\r", "[1] 12")


def test_a_pasted_transcript_runs_without_its_prompts(terminal):
    terminal.process.send("\x1b[200~> x <- c(1,\n+ 2)\n[1] 9\n> x * 10\x1b[201~")
    terminal.type("\r", "[1] 10 20")


def test_history_is_private_and_skips_lines_that_begin_with_a_blank(terminal, tmp_path):
    terminal.type("1 + 1\r", "[1] 2")
    terminal.type(" 'secret'\r", "secret")
    terminal.process.send("\x04")
    assert terminal.exit_status() == 0
    history = tmp_path / "pipekeras" / "history"
    assert history.stat().st_mode & 0o777 == 0o600
    assert "1 + 1" in history.read_text()
    assert "secret" not in history.read_text()


def test_a_corrupt_history_still_opens(tmp_path):
    folder = tmp_path / "pipekeras"
    folder.mkdir()
    (folder / "history").write_bytes(b"\n# when\n+\xff\x00bad\n+2 + 3\n\x1b[2J")
    console = Terminal(tmp_path)
    console.type("\x1b[A\r", "> ")
    console.type("6 * 7\r", "[1] 42")
    console.process.close(force=True)
