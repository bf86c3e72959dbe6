"""The stack of running calls as R code sees it: parent.frame, sys.call, sys.function, sys.frames."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ..dispatch import frame_of
from ..environment import Environment
from ..registry import Context, builtin
from ..session import Frame, session
from ..values import (
    NULL,
    RVector,
    character,
    integer,
    object_array,
)
from ..vectors.coerce import one_int


def caller_frame(env: Environment, generations: int = 1) -> Frame | None:
    """The frame that is `generations` callers up from the call whose environment this is."""
    frame = frame_of(env)
    for _ in range(generations - 1):
        if frame is None:
            return None
        frame = frame_of(frame.caller)
    return frame


@builtin("parent.frame(n = 1)")
def parent_frame(ctx: Context, n: Any) -> Any:
    frame = caller_frame(ctx.env, one_int(n, "n"))
    return session.global_env if frame is None else frame.caller


def frame_environment(which: int, env: Environment) -> Environment:
    """sys.frame(which): 0 is global, positive counts from the bottom, negative from here."""
    if which <= 0:
        frame = frame_of(env)
        here = 0 if frame is None else session.frames.index(frame) + 1
        which += here
        if which == 0 or here + which <= 0:
            return session.global_env
    if which > len(session.frames):
        raise UserError("not that many frames on the stack", code=Code.VALUE)
    return session.frames[which - 1].env


def _frame_at(which: int, env: Environment) -> Frame | None:
    frame = frame_of(env)
    if which <= 0:
        here = 0 if frame is None else session.frames.index(frame) + 1
        which += here
        if which == 0:
            return None
    if which > len(session.frames) or which < 0:
        raise UserError("not that many frames on the stack", code=Code.VALUE)
    return session.frames[which - 1]


@builtin("sys.call(which = 0)")
def sys_call(ctx: Context, which: Any) -> Any:
    frame = _frame_at(one_int(which, "which"), ctx.env)
    return NULL if frame is None else frame.call


@builtin("sys.function(which = 0)")
def sys_function(ctx: Context, which: Any) -> Any:
    frame = _frame_at(one_int(which, "which"), ctx.env)
    return NULL if frame is None else frame.function


@builtin("sys.frame(which = 0)")
def sys_frame(ctx: Context, which: Any) -> Any:
    number = one_int(which, "which")
    return session.global_env if number == 0 else frame_environment(number, ctx.env)


@builtin("sys.nframe()")
def sys_nframe(ctx: Context) -> Any:
    frame = frame_of(ctx.env)
    return integer(0 if frame is None else session.frames.index(frame) + 1)


@builtin("sys.calls()")
def sys_calls() -> Any:
    calls = [f.call for f in session.frames]
    return RVector("list", object_array(calls)) if calls else NULL


@builtin("sys.frames()")
def sys_frames() -> Any:
    frames = [f.env for f in session.frames]
    return RVector("list", object_array(frames)) if frames else NULL


@builtin("search()")
def search() -> Any:
    return character([_search_name(env) for env in session.global_env.chain() if env.name != "Autoloads"])


def _search_name(env: Environment) -> str:
    names = {"R_GlobalEnv": ".GlobalEnv", "base": "package:base"}
    return names.get(env.name or "", env.name or "")
