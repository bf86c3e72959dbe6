"""Assignment: `x <- v`, `x <<- v`, and replacement calls of any nesting, `names(x$a)[2] <- v`.

NOTE R evaluates `f(g(x, a), b) <- v` as `x <- "g<-"(x, a, value = "f<-"(g(x, a), b, value = v))`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...errors import Code, UserError
from ...signature import DOTS
from ...syntax.primitives import PRIMITIVES
from ...syntax.tree import EMPTY, Arg, Call, Const, Name
from .. import lookup
from ..conditions import settle
from ..dispatch import dispatch_or_none, explicit_class
from ..environment import Environment
from ..s4 import set_slot
from ..session import session
from ..values import MISSING, Builtin, Dots, Promise, RVector, Scalar, character
from .assign import set_dollar, set_element, set_subset
from .calls import apply, promise_arguments
from .compile import Run, code_of, form, note_assignment
from .extract import DEFAULTS, dollar_name, dollar_value, element_values, evaluated_arguments, subset_values
from .substitution import as_node


@form("<-", "=")
def assignment(call: Call) -> Run:
    return _assignment(call, outer=False)


@form("<<-")
def super_assignment(call: Call) -> Run:
    return _assignment(call, outer=True)


def _assignment(call: Call, outer: bool) -> Run:
    target = call.args[0].value
    value = code_of(call.args[1].value)
    name = target.name if isinstance(target, Name) else target.value if isinstance(target, Const) else None
    if isinstance(name, str):
        note_assignment(name)
        return _assign_outer(name, value) if outer else _assign(name, value)
    if not isinstance(target, Call):
        return _raises(call, "invalid (do_set) left-hand side to assignment")
    return _replacement(call, target, value, outer)


def _raises(call: Call, message: str) -> Run:
    def run(env: Environment) -> Any:
        error = UserError(
            message, code=Code.VALUE, cause="only a name, or a part of a variable, can be assigned to"
        )
        settle(error, call)
        raise error

    return run


def _assign(name: str, value: Run) -> Run:
    def run(env: Environment) -> Any:
        result = value(env)
        if result.__class__ is RVector:
            result.named = 2 if result.named else 1
        if env.locked is None:
            env.values[name] = result
        else:
            lookup.assign(name, result, env)
        session.visible = False
        return result

    return run


def _assign_outer(name: str, value: Run) -> Run:
    def run(env: Environment) -> Any:
        result = value(env)
        lookup.assign_super(name, result, env)
        session.visible = False
        return result

    return run


class _Step:
    """One accessor of a replacement's target: reads a part of its object, and puts a new part back.

    Attributes:
        call: the accessor as written, `names(x)`
        whole: the assignment that it stands in
    """

    def __init__(self, call: Call) -> None:
        self.call = self.whole = call

    def arguments(self, env: Environment) -> Dots:
        """The arguments behind the object, evaluated once for reading and writing."""
        raise NotImplementedError

    def get(self, x: Any, args: Dots, env: Environment) -> Any:
        raise NotImplementedError

    def set(self, x: Any, args: Dots, value: Any, env: Environment) -> Any:
        raise NotImplementedError


class _Brackets(_Step):
    """`x[i]`, `x[[i]]`, `x$name`: with methods for classed objects."""

    def __init__(self, call: Call, name: str) -> None:
        super().__init__(call)
        self.name = name
        if name in ("$", "@"):
            fixed: Dots = [(None, character(dollar_name(call)))]
            self.evaluate = lambda env: fixed
        else:
            self.evaluate = evaluated_arguments(call)

    def arguments(self, env: Environment) -> Dots:
        return self.evaluate(env)

    def get(self, x: Any, args: Dots, env: Environment) -> Any:
        if explicit_class(x) is not None:
            result = dispatch_or_none(self.name, x, [(None, x), *args], self.call, env)
            if result is not None:
                return result
        if self.name == "[":
            return subset_values(x, args)
        if self.name == "[[":
            return element_values(x, args)
        return dollar_value(x, args[0][1].data[0])

    def set(self, x: Any, args: Dots, value: Any, env: Environment) -> Any:
        if explicit_class(x) is not None:
            pairs = [(None, x), *args, ("value", value)]
            result = dispatch_or_none(self.name + "<-", x, pairs, _setter_call(self, value), env)
            if result is not None:
                return result
        return set_part(self.name, x, args, value)


def set_part(name: str, x: Any, args: Dots, value: Any) -> Any:
    """The default `x[...] <- value`, `x[[...]] <- value`, `x$name <- value`."""
    if name == "[":
        return set_subset(x, [v for n, v in args if n not in ("exact", "drop")], value)
    if name == "[[":
        return set_element(x, [v for n, v in args if n != "exact"], value)
    if name == "@":
        return set_slot(x, args[0][1].data[0], value)
    return set_dollar(x, args[0][1].data[0], value)


class _FunctionCall(_Step):
    """`f(x, a) <- v` through a function `f<-`."""

    def __init__(self, call: Call, name: str) -> None:
        super().__init__(call)
        self.name = name

    def arguments(self, env: Environment) -> Dots:
        return promise_arguments(self.call, env)[1:]

    def get(self, x: Any, args: Dots, env: Environment) -> Any:
        function = lookup.lookup_function(self.name, env)
        result = apply(function, [(None, x), *args], self.call, env)
        if result.__class__ is RVector:
            result.named = 2  # it may be an attribute of x
        return result

    def set(self, x: Any, args: Dots, value: Any, env: Environment) -> Any:
        function = lookup.lookup_function(self.name + "<-", env)
        shown = Promise(Name("*tmp*"), None, x)
        pairs = [(None, shown), *args, ("value", value)]
        primitive = isinstance(function, Builtin) and function.name in PRIMITIVES
        return apply(function, pairs, self.whole if primitive else _setter_call(self, value), env)


def _setter_call(step: _Brackets | _FunctionCall, value: Any) -> Call:
    """The call that R's messages show: `f<-`(`*tmp*`, i, value = 3)."""
    args = [Arg(None, Name("*tmp*")), *step.call.args[1:], Arg("value", as_node(value))]
    return Call(Name(step.name + "<-"), args, step.call.span)


def _step(call: Call) -> _Step:
    function = call.function
    if isinstance(function, Const) and isinstance(function.value, str):
        function = Name(function.value)
    if isinstance(function, Call) and isinstance(function.function, Name) and "::" in function.function.name:
        function = function.args[1].value
    if not isinstance(function, Name):
        raise UserError("invalid function in complex assignment", code=Code.VALUE)
    name = function.name
    if name in ("[", "[[", "$", "@") and len(call.args) > (0 if name[0] == "[" else 1):
        return _Brackets(call, name)
    return _FunctionCall(call, name)


def _replacement(call: Call, target: Call, value: Run, outer: bool) -> Run:
    try:
        replace = replacer(call, target, outer)
    except UserError as error:
        return _raises(call, error.message)

    def run(env: Environment) -> Any:
        new = value(env)
        replace(env, new)
        return new

    return run


def replacer(call: Call, target: Call, outer: bool = False) -> Callable[[Environment, Any], None]:
    """What puts a value into the target of an assignment.

    Raises:
        UserError: the target is nothing that can be assigned to
    """
    steps, name = _steps(target)
    for step in steps:
        step.whole = call
    note_assignment(name)
    steps_and_objects = list(reversed(steps))  # innermost first
    fast = _fast_subset_assignment(steps[0], name) if len(steps) == 1 and not outer else None

    def replace(env: Environment, new: Any) -> None:
        if fast is not None and fast(env, new):
            session.visible = False
            return
        if new.__class__ is RVector and new.named == 0:
            new.named = 1
        session.call = call
        try:
            x = _base_value(name, env, outer)
            args = [step.arguments(env) for step in steps_and_objects]
            objects = [x]
            for step, each in zip(steps_and_objects[:-1], args, strict=False):
                objects.append(step.get(objects[-1], each, env))
            if new.__class__ is RVector and any(each is new for each in objects):
                new.named = 2  # `x$a <- x` puts what x was into a copy of it
            session.call = call
            result = new
            for i in range(len(objects) - 1, -1, -1):
                result = steps_and_objects[i].set(objects[i], args[i], result, env)
        except UserError as error:
            if not error.settled:
                settle(error, call)
            raise
        if result is x and result.__class__ is RVector and not outer:
            env.values[name] = result  # changed in place: still seen by one variable only
        elif outer:
            lookup.assign_super(name, result, env)
        else:
            lookup.assign(name, result, env)
        session.visible = False

    return replace


def _steps(target: Call) -> tuple[list[_Step], str]:
    steps = []
    node: Any = target
    while isinstance(node, Call):
        if not node.args:
            raise UserError("invalid (NULL) left side of assignment", code=Code.VALUE)
        steps.append(_step(node))
        node = node.args[0].value
    if isinstance(node, Name):
        return steps, node.name
    raise UserError("target of assignment expands to non-language object", code=Code.VALUE)


def _base_value(name: str, env: Environment, outer: bool) -> Any:
    """The variable that is changed. One found further out is not ours to write to."""
    start = env.parent if outer else env
    bound = None if start is None else start.values.get(name)
    if bound.__class__ is RVector:
        return bound
    value = lookup.lookup_or_none(name, start)
    if value is None:
        raise lookup.not_found(name, env)
    if bound is None and not outer and value.__class__ is RVector:
        value.named = 2
    return value


_PLAIN = {
    "double": ("double", "integer"),
    "integer": ("integer",),
    "logical": ("logical",),
    "character": ("character",),
}


def _fast_subset_assignment(step: _Step, name: str) -> Any:
    """`x[i] <- v` and `x[[i]] <- v` of one existing element of a variable that nobody else sees."""
    if not isinstance(step, _Brackets) or step.name not in ("[", "[[") or len(step.call.args) != 2:
        return None
    index = step.call.args[1]
    if (
        index.name is not None
        or index.value is EMPTY
        or (isinstance(index.value, Name) and index.value.name == DOTS)
    ):
        return None
    if not isinstance(index.value, (Name, Const)):
        return None  # an expression must not be evaluated twice when the fast path gives up
    position = code_of(index.value)
    double = step.name == "[["

    def fast(env: Environment, new: Any) -> bool:
        x: Any = env.values.get(name)
        if x.__class__ is not RVector or x.named > 1 or env.locked is not None:
            return False
        if x.attributes is not None and "class" in x.attributes:
            return False
        i: Any = position(env)
        if (
            i.__class__ is not Scalar
            or i.type not in ("integer", "double")
            or not 1 <= i.value <= len(x.data)
        ):
            return False
        if new.__class__ is Scalar and new.attributes is None:
            if new.type not in _PLAIN.get(x.type, ()) or new.value == -2147483648:
                return False
            item = new.value
        elif double and x.type == "list" and new.__class__ is RVector and new is not x:
            new.named = 2
            item = new
        else:
            return False
        if not x.data.flags.writeable:
            return False
        x.data[int(i.value) - 1] = item
        return True

    return fast


DEFAULTS.update(
    {
        name + "<-": lambda values, env, name=name: set_part(name, values[0][1], values[1:-1], values[-1][1])
        for name in ("[", "[[", "$", "@")
    }
)


def _declare_as_function(name: str) -> None:
    """`"[<-"(x, i, value = v)` called as a function."""

    @form(name + "<-")
    def compile_setter(call: Call) -> Run:
        def run(env: Environment) -> Any:
            pairs = promise_arguments(call, env)
            if name in ("$", "@"):
                pairs[1] = (None, character(dollar_name(call)))
            values = [(n, v if v is MISSING else lookup.resolve(v, n or "x")) for n, v in pairs]
            x = values[0][1]
            if x.__class__ is RVector:
                x.named = 2
            if explicit_class(x) is not None:
                result = dispatch_or_none(name + "<-", x, values, call, env)
                if result is not None:
                    return result
            return set_part(name, x, values[1:-1], values[-1][1])

        return run


for _name in ("[", "[[", "$", "@"):
    _declare_as_function(_name)
