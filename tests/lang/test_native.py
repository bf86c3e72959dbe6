"""Generated code and closures do the same: small programs made at random run with it on and off."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pipekeras.lang import native

PROGRAMS = 200
NUMBERS = ["0", "1", "2", "3", "-1", "0.5", "2.5", "1L", "2L", "7L", "100L", "TRUE", "FALSE", "1e-3"]
CONSTANTS = [*NUMBERS, *["NA", "NA_integer_", "NaN", "Inf", "'a'", "'bc'", "NULL"]]
VECTORS = [
    "c(1, 2, 3)",
    "1:4",
    "c(a = 1, b = 2)",
    "c(TRUE, NA)",
    "c('x', 'y')",
    "list(1, 'b', 3L)",
    "numeric(0)",
]
VECTORS += ["matrix(1:4, 2)", "factor(c('u', 'v'))", "as.Date('2024-01-01')"]
OPERATORS = ["+", "-", "*", "/", "%%", "%/%", "==", "!=", "<", ">", "<=", ">=", "&&", "||", "&", "|"]
FUNCTIONS = [
    "sqrt",
    "abs",
    "floor",
    "length",
    "max",
    "min",
    "is.null",
    "is.na",
    "as.integer",
    "nchar",
    "paste0",
    "c",
    "exp",
    "sum",
    "f",
    "g",
    "h",
    "lazy",
]
INDICES = ["1", "2", "3L", "4", "0", "-1", "1.7", "TRUE", "FALSE", "NA", "'a'", "NULL", "k", "k+1", "c(1,2)"]
"""What is written to: not computed, or a vector would grow without end."""
PAIRED = ["max", "min", "paste0", "c", "f", "h", "lazy"]
NAMES = ["a", "b", "x", "v"]
SCOPES = ["e$a", "e[['b']]", "w$x", "self$a", "add(2)"]
"""Environments that hold the variables themselves: e where the code runs, w and self further out."""

PRELUDE = """
f <- function(p, q = p) p + q
g <- function(p) { if (p > 2) return(p); p <- p * 2; p }
h <- function(p, ...) { x <- f(p, ...); x }
lazy <- function(p, q) if (missing(q)) p else { q; p }
self <- (function(total) { a <- 1; environment() })(0)
add <- with(self, function(k) { for (i in 1:k) { self$total <- total + i; self[["a"]] <- total }; total })
w <- globalenv()
change <- function() { assign("a", 40, envir = parent.frame()); 1 }
"""


class Maker:
    """Makes programs of a grammar of R that generated code knows, with values that surprise it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pick(self, items: list[str]) -> str:
        return self.random.choice(items)

    def constants(self) -> list[str]:
        return NUMBERS if self.random.random() < 0.9 else CONSTANTS

    def expression(self, depth: int) -> str:
        kind = self.random.random()
        if depth <= 0 or kind < 0.3:
            return self.pick(NAMES if self.random.random() < 0.6 else self.constants())
        one, two = self.expression(depth - 1), self.expression(depth - 1)
        if kind < 0.6:
            return f"({one} {self.pick(OPERATORS)} {two})"
        if kind < 0.75:
            return self.pick([f"{self.pick(PAIRED)}({one}, {two})", f"{self.pick(FUNCTIONS)}({one})"])
        if kind < 0.9:
            return self.pick([f"{self.pick(NAMES)}[{one}]", f"{self.pick(NAMES)}[[{one}]]", "v$a", *SCOPES])
        return self.pick([f"-{one}", f"!{one}", f"(if ({one}) {two} else {one})", f"{{ a <- {one}; {two} }}"])

    def statement(self, depth: int) -> str:
        kind = self.random.random()
        value = self.expression(2)
        name = self.pick(NAMES)
        if depth <= 0 or kind < 0.45:
            return f"{name} <- {value}"
        if kind < 0.55:
            target = self.pick(["[{}]", "[[{}]]", "$k"]).format(self.pick(INDICES))
            return f"{name}{target} <- {self.pick([*CONSTANTS, 'k * 2', 'n + 0.5', 'k', 'x[[1]] + 1'])}"
        if kind < 0.58:
            target = self.pick(["e$a", "e[['b']]", "w$x", "self$a", "e$k", "w[['a']]"])
            return f"{target} <- {value}"
        if kind < 0.6:
            return self.pick([f"b <- change() + {value}", "v$b <- v", "v[[2]] <- v", "v[2] <- v"])
        if kind < 0.62:
            return f"cat(class({value}), '')"
        if kind < 0.65:
            branched = f"{{ k <- {value}; if (k) {name} else i }}"
            body = self.pick([value, branched, "if (i > 2) stop('no') else i"])
            items = self.pick(["1:5", "c(0.5, NA, 2, 3, 4)", "c(v, v, v)"])
            return f"{name} <- sapply({items}, function(i) {body})"
        inner = self.block(depth - 1)
        if kind < 0.8:
            return f"if ({value}) {inner} else {self.block(depth - 1)}"
        if kind < 0.93:
            steps = self.pick(
                ["1:3", "c(1.5, 2)", "seq_along(a)[1]", "v[1:2]", "3:1", "list(1, 'z')", "seq_len(2)"]
            )
            return f"for ({self.pick(['i', 'a', 'x'])} in {steps}) {inner}"
        return (
            f"repeat {{ n <- n + 1; if (n > 6) break; if (n %% 2 == 0) next; {self.statement(depth - 1)} }}"
        )

    def block(self, depth: int) -> str:
        return "{ " + "; ".join(self.statement(depth) for _ in range(self.random.randint(1, 3))) + " }"

    def program(self) -> str:
        body = "; ".join(f"try({{ {self.statement(2)} }}, silent = TRUE)" for _ in range(2))
        lines = "\n  ".join(self.statement(2) for _ in range(3))
        v = self.pick(VECTORS)
        show = "str(list(a, b, x, v, n))"
        return f"""{PRELUDE}
work <- function(a, b) {{
  x <- {self.pick(NUMBERS)}; v <- {v}; n <- 0; e <- environment()
  {lines}
  {show}
  {self.expression(2)}
}}
shown <- function(e) c(conditionMessage(e), deparse(conditionCall(e))[1])
for (k in 1:5) print(tryCatch(work(1, k), error = shown))
a <- 1; b <- 2L; x <- 3; v <- {v}; n <- 0; e <- globalenv()
for (k in 1:2) {{ {body} }}
{show}
"""


@contextmanager
def generated(on: bool) -> Iterator[None]:
    before = native.switch(on)
    try:
        yield
    finally:
        native.switch(before)


def differences(run_r, seeds: range) -> list[str]:
    found = []
    for seed in seeds:
        program = Maker(seed).program()
        outcomes = []
        for on in (False, True):
            with generated(on):
                outcome = run_r(program)
            outcomes.append((outcome.out, outcome.err, outcome.error and outcome.error.head()))
        if outcomes[0] != outcomes[1]:
            found.append(f"seed {seed}\n{program}\n--- closures\n{outcomes[0]}\n--- generated\n{outcomes[1]}")
    return found


@pytest.mark.filterwarnings("ignore")
def test_generated_code_does_what_closures_do(run_r) -> None:
    different = differences(run_r, range(PROGRAMS))
    assert not different, f"{len(different)} differ\n" + "\n\n".join(different[:3])
