"""The command `pipekeras`: runs scripts, prints parse trees, opens the console."""

from __future__ import annotations

import argparse
import math
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from . import __version__
from .errors import Code, UserError, did_you_mean
from .lang.io.permissions import FLAGS, allowed
from .process import Exit, guarded, prepare_streams, run_deep, show_error
from .syntax.source import Source

_ABOUT = "Runs R-Keras scripts on PyTorch. Without a command it opens the console."
_EXIT_CODES = """\
exit codes: 0 ok, 1 error in the script, 2 wrong usage or no such file, 70 internal error, 74 output cannot be
written, 124 --timeout passed, 130 interrupted, 141 the reader of the output is gone;
quit(status = n) gives n"""


_VALUED = {"-e": "--expression", "--expression": "--expression", "--bind": "--bind", "--timeout": "--timeout"}


class _Parser(argparse.ArgumentParser):
    """argparse, with the nearest option or command for a mistyped one, and exit code 2."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **settings)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        found, extra = super().parse_known_args(args, namespace)
        if extra:
            option = extra[0].partition("=")[0]
            near = did_you_mean(option, self._option_string_actions)
            self.error(f"unknown option {option}" + (f"; did you mean {near}?" if near else ""))
        return found, extra

    def error(self, message: str) -> NoReturn:
        print(f"pipekeras: {message}\n{self.format_usage().rstrip()}", file=sys.stderr)
        raise SystemExit(Exit.USAGE)


def _parser() -> _Parser:
    parser = _Parser(prog="pipekeras", description=_ABOUT, epilog=_EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"pipekeras {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    run = commands.add_parser(
        "run",
        help="run a script",
        description="Runs R text: a file, standard input (-), or expressions.",
        usage="pipekeras run [options] FILE|-|-e EXPR [args]",
        epilog="Words behind FILE or the last EXPR are what commandArgs(TRUE) gives in the script.\n\n"
        + _EXIT_CODES,
    )
    run.add_argument("-e", "--expression", action="append", metavar="EXPR", help="run EXPR; may be repeated")
    run.add_argument(
        "--bind",
        action="append",
        default=[],
        metavar="NAME=FILE",
        help="set NAME from FILE before the script runs: .npy array, .npz list of arrays, .csv data frame",
    )
    run.add_argument(
        "--timeout",
        type=float,
        default=math.inf,
        metavar="SECONDS",
        help="end the script after that time, with 124",
    )
    for flag, help in FLAGS.items():
        run.add_argument(
            f"--allow-{flag}", action="append_const", const=flag, dest="allowed", help=f"let it {help}"
        )
    run.set_defaults(work=_run, allowed=[])

    parse = commands.add_parser(
        "parse",
        help="print the syntax trees of scripts",
        description="Prints each top-level expression of R files as an S-expression.",
    )
    parse.add_argument("files", nargs="+", metavar="FILE", help=".R, .rk, .Rmd or .qmd file; - reads stdin")
    parse.set_defaults(work=_parse)

    for command in (run, parse):
        command.add_argument("--all-chunks", action="store_true", help="run chunks marked eval=FALSE too")
        command.add_argument("--debug", action="store_true", help="show Python's tracebacks and warnings")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    prepare_streams()
    if not words and sys.stdin.isatty() and sys.stdout.isatty():
        return _console()
    options = _options(words or ["run", "-"])
    _route_warnings(options.debug)
    seconds = getattr(options, "timeout", math.inf)
    return run_deep(
        lambda: guarded(lambda: options.work(options), debug=options.debug), give_up=True, seconds=seconds
    )


def _options(words: list[str]) -> argparse.Namespace:
    parser = _parser()
    command, *rest = words
    if command not in ("run", "parse") and not command.startswith("-"):
        cure = (
            f"did you mean: pipekeras run {command}" if Path(command).is_file() else "there are run and parse"
        )
        parser.error(f"unknown command {command}; {cure}")
    if command != "run":
        return parser.parse_args(words)
    front, own = _split(rest)
    options = parser.parse_args([command, *front])
    if options.expression is None:
        if not own:
            parser.error("run needs FILE, - or -e EXPR")
        options.script, own = own[0], own[1:]
    options.args = own[1:] if own[:1] == ["--args"] else own
    return options


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """The options of `run`, and what follows them: the script's name and the words that are its own.

    A value is joined to its option, because argparse would take an EXPR such as `-x` for an option.
    """
    front: list[str] = []
    at = 0
    while at < len(words) and words[at].startswith("-") and words[at] not in ("-", "--args"):
        option = _VALUED.get(words[at])
        if option and at + 1 < len(words):
            at += 1
            front.append(f"{option}={words[at]}")
        else:
            front.append(words[at])
        at += 1
    return front, words[at:]


def _run(options: argparse.Namespace) -> int:
    try:
        source = _script(options)
        if options.bind:
            from .bindings import bind

            for binding in options.bind:
                bind(binding)
    except UserError as error:
        return _unusable(error)
    from .keras.namespace import install
    from .lang.evaluator.interpreter import run_script
    from .lang.evaluator.signals import Quit
    from .lang.session import session

    install()
    session.arguments = options.args
    allowed.update(options.allowed)
    try:
        run_script(source)
    except Quit as quit:
        return quit.status
    return Exit.OK


def _script(options: argparse.Namespace) -> Source:
    from .syntax.reading import read_source, source_of

    if options.expression is not None:
        return source_of("-e", os.fsencode("\n".join(options.expression)))
    return read_source(options.script, all_chunks=options.all_chunks)


def _unusable(error: UserError) -> int:
    """Files that cannot be read are a matter of usage; a text that is no text is an error of the script."""
    if error.code not in (Code.FILE, Code.PERMISSION):
        raise error
    show_error(error)
    return Exit.USAGE


def _parse(options: argparse.Namespace) -> int:
    from .syntax.parser import parse
    from .syntax.reading import read_source
    from .syntax.sexpr import sexpr

    status = Exit.OK
    for file in options.files:
        try:
            source = read_source(file, all_chunks=options.all_chunks)
            for node in parse(source):
                print(sexpr(node))
        except UserError as error:
            show_error(error)
            usage = error.code in (Code.FILE, Code.PERMISSION)
            status = max(status, Exit.USAGE if usage else Exit.SCRIPT_ERROR)
    return status


def _console() -> int:
    from .repl.app import Console

    _route_warnings(debug=False)
    return run_deep(lambda: guarded(Console().run, debug=False), give_up=False)


def _route_warnings(debug: bool) -> None:
    """Warnings of pipekeras become R's warnings; those of torch and numpy are for developers: `--debug`."""
    if debug:
        return

    def show(message: Warning | str, category: type[Warning], *_place: Any) -> None:
        if category.__module__.startswith("pipekeras."):
            from .lang.conditions import warn

            warn(str(message))

    warnings.simplefilter("always")
    warnings.showwarning = show
    os.environ.setdefault("TORCH_CPP_LOG_LEVEL", "ERROR")
