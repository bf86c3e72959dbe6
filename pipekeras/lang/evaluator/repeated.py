"""A function of R called by a builtin again and again: matched once, in its direct form when that pays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..native.boxes import unbox
from ..registry import Context
from ..session import Frame, session
from ..values import MISSING, Builtin, Closure
from .calls import APPLIED_CALL, call_function, enter, planned_environment, run_builtin
from .compile import COLD_CALLS, code_of
from .plans import BuiltinPlan, ClosurePlan, applied_plan, builtin_plan


def repeated(
    function: Any, names: Sequence[str | None], ctx: Context, call: Any = None
) -> Callable[..., Any]:
    """A function of R as a Python one of its arguments' values, for builtins that call it again and again.

    Its results may be unboxed (see `lang.native`), and are shown, as those of `call_function`.
    """

    def slowly(*values: Any) -> Any:
        return call_function(function, list(zip(names, values, strict=True)), ctx=ctx, call=call)

    if type(function) is Closure:
        code: Any = function.node.code or code_of(function.node)
        plan = applied_plan(code, tuple(names))
        if plan is not None:
            shown = APPLIED_CALL if call is None else call
            return _repeated_closure(function, plan, names, slowly, ctx, shown)
    if type(function) is Builtin and function.kind == "eager":
        return _repeated_builtin(function, names, slowly, ctx, APPLIED_CALL if call is None else call)
    return slowly


def _repeated_builtin(
    function: Builtin, names: Sequence[str | None], slowly: Callable[..., Any], ctx: Context, call: Any
) -> Callable[..., Any]:
    """The calls of a builtin, planned once; of one that generated code knows, its work on single values."""
    from ..native.direct import Surprise, known_builtin

    known = known_builtin(function, len(names)) if not any(names) else None
    plan: BuiltinPlan | None = None

    def run(*values: Any) -> Any:
        nonlocal plan
        if MISSING in values:
            return slowly(*values)
        if known is not None:
            try:
                return known(*map(unbox, values))
            except Surprise:
                pass
        if plan is None:
            plan = builtin_plan(function, names, call)
        result = run_builtin(function, plan, list(values), call, ctx.env, names)
        session.visible = True
        return result

    return run


def _repeated_closure(
    function: Closure,
    plan: ClosurePlan,
    names: Sequence[str | None],
    slowly: Callable[..., Any],
    ctx: Context,
    call: Any,
) -> Callable[..., Any]:
    """The calls of a closure whose arguments a plan matches; in its direct form when it was called often."""
    env, calls = ctx.env, 0
    direct: Any = None

    def run(*values: Any) -> Any:
        nonlocal calls, direct
        if MISSING in values:
            return slowly(*values)
        if direct is not None:
            result = direct(*values)
            if result is not None:
                session.visible = True
                return result
        elif calls <= COLD_CALLS:
            calls += 1
            if calls > COLD_CALLS:
                direct = _direct_calls(function, plan)
        new = planned_environment(function, plan, values)
        result = enter(Frame(call, function, new, env, list(zip(names, values, strict=True))))
        session.visible = True
        return result

    return run


def _direct_calls(function: Closure, plan: ClosurePlan) -> Callable[..., Any] | None:
    from ..native.direct import applied

    direct = function.node.code.direct()
    return None if direct is None else applied(function, direct, plan)
