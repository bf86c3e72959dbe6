"""Formal arguments and R's rules for matching a call to them, for closures, builtins and layers alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from .errors import Code, UserError, did_you_mean

T = TypeVar("T")


class _Required:
    def __repr__(self) -> str:
        return "REQUIRED"


REQUIRED = _Required()
"""Default of a parameter that has none."""

DOTS = "..."


@dataclass(frozen=True, slots=True)
class Param:
    """One formal argument.

    `type` converts and documents it (layers); `default` is R code, a value or REQUIRED.
    """

    name: str
    default: Any = REQUIRED
    type: Any = None
    doc: str = ""


@dataclass(slots=True)
class Matched(Generic[T]):
    """What `Signature.match` found: values by parameter, what went into `...`, what fits nowhere."""

    values: dict[str, T] = field(default_factory=dict)
    dots: list[tuple[str | None, T]] = field(default_factory=list)
    unused: list[int] = field(default_factory=list)


class Signature:
    """An ordered list of parameters; `...` may be one of them."""

    __slots__ = ("_after_dots", "_by_name", "_names", "has_dots", "params")

    def __init__(self, params: Sequence[Param]) -> None:
        self.params = tuple(params)
        self._names = [p.name for p in params]
        self._by_name = {p.name: p for p in params}
        self.has_dots = DOTS in self._by_name
        dots_at = self._names.index(DOTS) if self.has_dots else len(self._names)
        self._after_dots = frozenset(self._names[dots_at:])

    def __getitem__(self, name: str) -> Param:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    @property
    def names(self) -> list[str]:
        return self._names

    def match(self, args: Sequence[tuple[str | None, T]]) -> Matched[T]:
        """Match by R's three rounds: exact names, unique partial names (before `...` only), position.

        Source: R Language Definition 4.3.2. Arguments that fit nowhere are listed by index in `unused`;
        see `refuse_unused`.
        """
        found: Matched[T] = Matched()
        if not any(name for name, _ in args):
            self._fill_by_position(args, range(len(args)), found)
            return found
        left = self._match_partially(args, self._match_exactly(args, found), found)
        self._fill_by_position(args, left, found)
        return found

    def _match_exactly(self, args: Sequence[tuple[str | None, T]], found: Matched[T]) -> list[int]:
        left = []
        for i, (name, value) in enumerate(args):
            if not name or name not in self._by_name or name == DOTS:
                left.append(i)
            elif name in found.values:
                raise given_twice(name)
            else:
                found.values[name] = value
        return left

    def _match_partially(
        self, args: Sequence[tuple[str | None, T]], left: list[int], found: Matched[T]
    ) -> list[int]:
        still_left = []
        for i in left:
            name, value = args[i]
            fits = [
                p
                for p in self._names
                if name and p not in found.values and p not in self._after_dots and p.startswith(name)
            ]
            if len(fits) > 1:
                raise UserError(
                    f"argument {i + 1} matches multiple formal arguments",
                    code=Code.ARGUMENT,
                    cause=f"`{name}` is short for " + " and for ".join(f"`{p}`" for p in fits),
                    cure="write the argument's full name",
                )
            if fits:
                found.values[fits[0]] = value
            else:
                still_left.append(i)
        return still_left

    def _fill_by_position(
        self, args: Sequence[tuple[str | None, T]], left: Sequence[int], found: Matched[T]
    ) -> None:
        free = [p for p in self._names if p not in found.values and (p == DOTS or p not in self._after_dots)]
        position = 0
        for i in left:
            name, value = args[i]
            at_dots = position < len(free) and free[position] == DOTS
            if not name and position < len(free) and not at_dots:
                found.values[free[position]] = value
                position += 1
            elif self.has_dots:
                found.dots.append((name, value))
            else:
                found.unused.append(i)

    def refuse_unused(self, shown: Sequence[str], names: Sequence[str | None], function: str) -> UserError:
        """R's "unused argument" error, with the nearest real argument as cure.

        Args:
            shown: the unused arguments as the user wrote them, `activaton = "relu"`
            names: their names
            function: name of the function called
        """
        plural = "s" if len(shown) > 1 else ""
        known = [p for p in self._names if p != DOTS]
        near = next((n for n in (did_you_mean(name, known) for name in names if name) if n), None)
        listing = ", ".join(f"`{n}`" for n in known) or "none"
        return UserError(
            f"unused argument{plural} (" + ", ".join(shown) + ")",
            code=Code.ARGUMENT,
            cause=f"{function}() has no such argument",
            cure=f"did you mean `{near}`?" if near else f"its arguments are: {listing}",
        )


def given_twice(argument: str) -> UserError:
    """R's error for an argument that a call gives more than once."""
    return UserError(
        f'formal argument "{argument}" matched by multiple actual arguments',
        code=Code.ARGUMENT,
        cure=f"give `{argument}` once",
    )


def missing_argument(argument: str, function: str) -> UserError:
    """R's error for an argument that has no default and was not given."""
    return UserError(
        f'argument "{argument}" is missing, with no default',
        code=Code.ARGUMENT,
        cause=f"{function}() needs `{argument}`",
        cure=f"give `{argument}`",
    )
