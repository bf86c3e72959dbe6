"""The console: reads a complete input, runs it, shows its values or its error, and lives on."""

from __future__ import annotations

import sys
import threading

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.shortcuts import CompleteStyle

from .. import __version__
from ..keras import namespace
from ..lang.evaluator.interpreter import run_source
from ..lang.evaluator.signals import Abort, Quit
from ..lang.session import session
from ..process import Exit, report_crash, show_error, user_error
from ..syntax.source import Source
from .completer import RCompleter
from .history import history_path, open_history
from .keys import bindings
from .lexer import STYLE, RLexer

_WELCOME = f"""pipekeras {__version__}: R's Keras on PyTorch
?layer_dense shows help, Tab completes, Ctrl-D or q() quits
"""


class Console:
    """One session at a terminal."""

    def __init__(self) -> None:
        self.prompts: PromptSession[str] = PromptSession(
            history=open_history(history_path()),
            lexer=RLexer(),
            style=STYLE,
            completer=RCompleter(),
            complete_while_typing=False,
            complete_in_thread=True,
            complete_style=CompleteStyle.MULTI_COLUMN,
            key_bindings=bindings(),
            multiline=True,
            prompt_continuation=self._continuation,
            enable_history_search=True,
        )

    def run(self) -> int:
        """Read and run until the end; returns the exit code."""
        namespace.install()
        session.interactive = True
        print(_WELCOME)
        self.prompts.app.after_render += self._load_keras
        while True:
            try:
                text = self.prompts.prompt(session.option_string("prompt"))
                self.evaluate(text)
            except KeyboardInterrupt:
                print(file=sys.stderr)
            except EOFError:
                return Exit.OK
            except Abort:
                pass
            except Quit as quit:
                return quit.status

    def _load_keras(self, app: Application[str]) -> None:
        """Load torch and the layers, which takes seconds, while the user looks at the first prompt."""
        app.after_render -= self._load_keras
        threading.Thread(target=namespace.table, daemon=True).start()

    def evaluate(self, text: str) -> None:
        """Run one input. An error ends it and nothing else."""
        try:
            run_source(Source("<console>", text))
        except Exception as error:
            known = user_error(error)
            show_error(known) if known is not None else report_crash(error)
        finally:
            sys.stdout.flush()

    def _continuation(self, width: int, line: int, wrapped: int) -> StyleAndTextTuples:
        return [("", "" if wrapped else session.option_string("continue").rjust(width))]
