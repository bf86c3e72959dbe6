"""What is probably wrong where the parser stopped: a table on the token, the one before, and the bracket."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from .newlines import Bracket
from .source import Source
from .tokens import Token


@dataclass
class Place:
    """Where the parser stopped: the token it cannot use, the one before it, the open brackets."""

    source: Source
    token: Token
    before: Token | None
    brackets: list[Bracket]

    @property
    def bracket(self) -> Bracket:
        return self.brackets[-1] if self.brackets else Bracket()

    @property
    def role(self) -> str:
        """What the innermost bracket is for: "top", "block", "keyword", "call", "index" or "group"."""
        bracket = self.bracket
        if bracket.token is None:
            return "top"
        if bracket.keyword is not None:
            return "keyword"
        if bracket.token.kind == "LBRACE":
            return "block"
        if bracket.token.kind != "LPAR":
            return "index"
        return "call" if bracket.follows_operand else "group"

    def line(self, token: Token) -> int:
        return self.source.line_and_column(token.start)[0]

    def adjacent(self) -> str:
        """The text of the token before and of the token, when nothing or only blanks stand between them."""
        if self.before is None or self.source.text[self.before.end : self.token.start].strip(" "):
            return ""
        return f"{self.before}{self.token}"


@dataclass
class Hint:
    """A probable cause and its cure; `at` is where the caret belongs, if not at the token."""

    cause: str
    cure: str | None = None
    at: Token | None = None


Row = Callable[[Place], "Hint | None"]

_NUMBERS = {
    "NUMBER",
    "TRUE",
    "FALSE",
    "INF",
    "NAN",
    "NA",
    "NA_INTEGER",
    "NA_REAL",
    "NA_CHARACTER",
    "NA_COMPLEX",
}
_STRINGS = {"STRING", "RAW_STRING"}
_NAMES = {"SYMBOL", "BACKTICK"}
_KEYWORDS = {
    "IF",
    "ELSE",
    "FOR",
    "WHILE",
    "REPEAT",
    "FUNCTION",
    "NEXT",
    "BREAK",
    "IN",
    "NULL",
    *_NUMBERS - {"NUMBER"},
}
_CLOSERS = {"RPAR": ")", "RBRACKET": "]", "RBRACE": "}"}
_CLOSED_BY = {"(": ")", "[": "]", "[[": "]]", "{": "}"}
_STARTS = {
    *_NUMBERS,
    *_STRINGS,
    *_NAMES,
    "NULL",
    "FUNCTION",
    "LAMBDA",
    "IF",
    "FOR",
    "WHILE",
    "REPEAT",
    "NEXT",
}
_STARTS |= {"BREAK", "PLACEHOLDER"}
_ENDS = {*_NUMBERS, *_STRINGS, *_NAMES, "NULL", "NEXT", "BREAK", "PLACEHOLDER", *_CLOSERS}
_INFIX = {
    "LEFT",
    "RIGHT",
    "EQUAL",
    "TILDE",
    "OR",
    "AND",
    "COMPARE",
    "SIGN",
    "PRODUCT",
    "SPECIAL",
    "PIPE",
    "RANGE",
}
_INFIX |= {"POWER", "DOLLAR", "AT", "NOT", "HELP"}
_LINE_STARTS = {"_NL", "_SEMICOLON", "LBRACE", "RBRACE"}

# Two tokens that are one operator, or another language's operator
_SPLIT = {
    **{text: f"`{text}`, in one piece" for text in ("->", "<=", ">=", "!=", "|>", "&&", "||", "::")},
    "==": "`==`, in one piece, to compare",
    "=<": "`<=`",
    "=>": "`>=` to compare, or `function(x)` for a function",
    "===": "`==`, or identical(x, y)",
    "!==": "`!=`",
    "//": "`#` for a comment, or `%/%` for whole division",
    "/*": "`#` at the start of each line of a comment",
    **{f"{sign}=": f"`x <- x {sign} y`" for sign in "+-*/^"},
    "<-<-": "`<-` once",
    ">>": "`->>`, or bitwShiftR()",
    "%%": "`%%` with a number on both sides",
}
# Words of other languages that stand as a name before or at the place
_FOREIGN_BEFORE = {
    "def": "name <- function(x) { ... } defines a function",
    "import": "library(name) attaches a package",
    "from": "library(name) attaches a package",
    "class": 'R\'s classes are attributes: structure(list(), class = "name")',
    "elif": "else if (condition) { ... }",
    "lambda": "\\(x) x + 1 is a short function",
    "return": "return is a function: return(x)",
    "print": "print is a function: print(x)",
    "not": "`!` negates",
    "del": "rm(x) removes a variable",
    "var": "x <- 1 makes a variable",
    "let": "x <- 1 makes a variable",
    "const": "x <- 1 makes a variable",
    "assert": "stopifnot(condition)",
    "raise": 'stop("message")',
    "with": "with(data, expression)",
}
_FOREIGN_AT = {
    "and": "`&&` for one condition, `&` for vectors",
    "or": "`||` for one condition, `|` for vectors",
    "not": "`!` negates",
    "is": "`==`, or identical(x, y)",
    "elif": "else if (condition) { ... }",
    "as": "library(name) attaches a package under its own name",
    "then": "R has no `then`: if (condition) { ... }",
}
_CHARACTERS = {
    **dict.fromkeys("“”„‟«»", 'write a straight quote: "'),
    **dict.fromkeys("‘’‚‛´", "write a straight quote: '"),
    **dict.fromkeys("–—‒―−‐‑", "write `-`, or `<-` if an assignment was meant"),
    "…": "write three dots: ...",
    "×": "write *",
    "÷": "write /",
    "·": "write *",
    "≤": "write <=",
    "≥": "write >=",
    "≠": "write !=",
    "←": "write <-",
    "→": "write ->",
    "¬": "write !",
}


# Why an operator is refused that the grammar allows where it stands
_BY_NEIGHBOURS = {
    "COMPARE": Hint("R's comparisons do not chain", "write a < b & b < c"),
    "EQUAL": Hint(
        "here `=` can only stand behind the name of an argument", "write `<-` to assign, `==` to compare"
    ),
    "ELSE": Hint("there is no `if` that this `else` belongs to", "write if (condition) a else b"),
    "SYMBOL": Hint("a sign in this name is no letter or digit to R", "write the name in backticks"),
}


def by_neighbours(token: Token) -> Hint:
    """The hint for a token that its neighbours in a run of operators forbid."""
    return _BY_NEIGHBOURS[token.kind]


def find(place: Place) -> Hint:
    """The first row of the table that applies."""
    return next(hint for row in _ROWS if (hint := row(place)))


def _end_of_input(place: Place) -> Hint | None:
    if place.token.kind != "$END":
        return None
    opener = place.bracket.token
    if opener is not None:
        return Hint(
            f"the `{opener}` opened here is never closed",
            f"write `{_CLOSED_BY[opener.text]}` where it ends",
            opener,
        )
    before = place.before
    if before is None:
        return Hint("the text ends where an expression is expected")
    if before.kind in _INFIX:
        return Hint(
            f"nothing follows `{before}`", f"remove the last `{before}`, or write what it applies to", before
        )
    return Hint(f"an expression must follow `{before}`", "write it, or remove the unfinished part", before)


def _open_string(place: Place) -> Hint | None:
    token = place.token
    if token.kind == "OPEN_RAW_STRING":
        match = re.match(r"[rR]([\"'])(-*)(.)", token.text)
        assert match
        end = _CLOSED_BY[match[3]] + match[2] + match[1]
        return Hint("the raw string that starts here has no end", f"close it with {end}")
    if token.kind != "OPEN_STRING":
        return None
    quote = token.text[0]
    kind = "name" if quote == "`" else "string"
    return Hint(f"the {kind} that starts here has no closing {quote}", f"write {quote} where it ends")


def _bad_character(place: Place) -> Hint | None:
    token = place.token
    if token.kind == "BAD_RAW_STRING":
        return Hint("a raw string has brackets inside its quotes", 'write r"(text)"')
    if token.kind != "BAD":
        return None
    sign = token.text
    if sign == "%":
        return Hint(
            "an operator such as %in% begins and ends with % on one line",
            "write both, or %% for the remainder",
        )
    if sign.isdigit():
        return Hint("the number is not complete", "write it as 1e5, 0x1F or 0x1p3")
    ascii_form = unicodedata.normalize("NFKC", sign)
    name = f"U+{ord(sign):04X} {unicodedata.name(sign, 'unnamed')}"
    if sign in _CHARACTERS:
        return Hint(f"{name} is no sign of R; word processors and keyboards put it in", _CHARACTERS[sign])
    if sign.isspace() or unicodedata.category(sign) in ("Zs", "Zl", "Zp"):
        return Hint(f"{name} looks like a blank but is none", "write a plain blank in its place")
    if unicodedata.category(sign) in ("Cf", "Cc"):
        return Hint(f"{name} is an invisible character", "delete it; retype the piece if you cannot see it")
    if ascii_form != sign and ascii_form.isascii():
        return Hint(f"{name} is not the plain `{ascii_form}`", f"write {ascii_form}")
    return Hint(
        f"{name} cannot stand in R text outside of strings and comments", "remove it, or put it in quotes"
    )


def _closing(place: Place) -> Hint | None:
    closer = _CLOSERS.get(place.token.kind)
    if closer is None:
        return None
    opener = place.bracket.token
    if opener is None:
        return Hint(
            f"no open bracket is left for this `{closer}`", "remove it, or open a bracket for it further up"
        )
    if not _CLOSED_BY[opener.text].startswith(closer):
        line = place.line(opener)
        return Hint(
            f"`{closer}` does not close the `{opener}` opened in line {line}",
            f"close that one with `{_CLOSED_BY[opener.text]}` first",
        )
    return None


def _else(place: Place) -> Hint | None:
    if place.token.kind != "ELSE":
        return None
    if place.role == "top" and place.before is not None and place.before.kind == "_NL":
        return Hint(
            "outside of braces the `if` was complete at the end of its line",
            "write `} else {` on one line, or put the whole in braces",
        )
    return Hint("there is no `if` that this `else` belongs to", "write if (condition) a else b")


def _foreign_words(place: Place) -> Hint | None:
    token, before = place.token, place.before
    if token.kind == "SYMBOL" and token.text in _FOREIGN_AT:
        return Hint(f"R has no `{token}`", _FOREIGN_AT[token.text])
    if before is None:
        return None
    if (
        before.kind == "SYMBOL"
        and before.text in _FOREIGN_BEFORE
        and token.kind in _STARTS | {"SYMBOL", "LBRACE"}
    ):
        return Hint(f"`{before}` is no keyword of R", f"in R: {_FOREIGN_BEFORE[before.text]}", before)
    if before.kind in ("IF", "WHILE", "FOR") and token.kind not in ("LPAR", "EQUAL"):
        shown = "(i in 1:10)" if before.kind == "FOR" else "(condition)"
        return Hint(f"`{before}` wants parentheses", f"write {before} {shown} {{ ... }}")
    if before.kind == "FUNCTION" and token.kind in _NAMES:
        return Hint("a function gets its name by assignment", f"write {token} <- function(x) {{ ... }}")
    if token.kind == "RANGE" and before.kind in _ENDS:
        return Hint("R has no colon at the end of a head", "put the body in braces: { ... }")
    return None


def _split_operator(place: Place) -> Hint | None:
    after = place.source.text[place.token.end :].lstrip(" ")[:1]
    text = place.adjacent()
    for known, at in ((text, place.before), (text + after, place.before), (f"{place.token}{after}", None)):
        if known in _SPLIT:
            return Hint(
                f"`{known}`, or its parts beside each other, cannot stand here", f"write {_SPLIT[known]}", at
            )
    if place.token.text == "!":
        return Hint("`!` stands before what it negates, not between two values", "write `!=` for `not equal`")
    return None


def _condition(place: Place) -> Hint | None:
    keyword = place.bracket.keyword
    if place.token.kind != "EQUAL" or keyword is None:
        return None
    if keyword.kind == "FOR":
        return Hint("R's `for` runs over the elements of a vector", "write for (i in 1:10)")
    if keyword.kind in ("IF", "WHILE"):
        return Hint("`=` assigns; a condition compares", "write `==`")
    return None


def _argument_name(place: Place) -> Hint | None:
    if place.token.kind != "EQUAL" or place.role not in ("call", "index"):
        return None
    before = place.before
    if before is not None and before.kind in _KEYWORDS:
        return Hint(f"`{before}` is a reserved word", f"write it in backticks: `{before}` =")
    return Hint(
        "here `=` can only stand behind the name of an argument",
        "write `==` to compare, or put the name in backticks",
    )


def _reserved_member(place: Place) -> Hint | None:
    if place.before is None or place.before.kind not in ("DOLLAR", "AT", "NAMESPACE"):
        return None
    if place.token.kind in _KEYWORDS:
        return Hint(
            f"`{place.token}` is a reserved word", f"write it in backticks: {place.before}`{place.token}`"
        )
    if place.token.kind == "_NL":
        return Hint(f"the name must follow `{place.before}` on the same line", None, place.before)
    return Hint(f"a name must follow `{place.before}`", "use [[ ]] for anything else")


def _line_start(place: Place) -> Hint | None:
    """An operator that begins a line: the line before was complete."""
    token, before = place.token, place.before
    if token.kind not in _INFIX | {"COMMA"} or (before is not None and before.kind not in _LINE_STARTS):
        return None
    if token.kind == "COMMA" or before is None or before.kind == "LBRACE":
        return Hint(f"nothing stands before `{token}` that it could apply to", f"remove the `{token}`")
    return Hint(
        f"a line cannot start with `{token}`: the expression before is complete at the end of its line",
        f"put `{token}` at the end of the line before",
    )


def _nothing_between(place: Place) -> Hint | None:
    """An operator without a right side, or a comma with nothing behind it."""
    token, before = place.token, place.before
    if before is None or token.kind in _STARTS:
        return None
    if before.kind in _INFIX - {"HELP"}:
        return Hint(f"nothing follows `{before}`", f"remove `{before}`, or write what it applies to", before)
    if before.kind == "COMMA" and token.kind == "RPAR":
        return Hint("a parameter is missing behind the comma", "remove the comma")
    return None


def _two_operands(place: Place) -> Hint | None:
    """An operand directly behind another one."""
    token, before = place.token, place.before
    if before is None or before.kind not in _ENDS or token.kind not in _STARTS | {"LBRACE"}:
        return None
    if before.kind == "NUMBER" and before.end == token.start:
        return Hint("a name cannot start with a digit", f"rename it, or write {before} * {token}", before)
    if before.kind == "PLACEHOLDER" and before.end == token.start:
        return Hint("a name cannot start with `_`", f"write it in backticks: `_{token}`", before)
    if before.kind == "STRING" and token.kind in _STARTS and place.role == "call":
        return Hint(
            "two arguments stand side by side; or a quote inside the string ended it",
            'put a comma, or write \\"',
        )
    if token.kind == "LBRACE":
        return Hint("a block cannot follow a value", "write `function`, `if (...)` or an operator before it")
    if place.role in ("call", "index"):
        return _missing_comma(place, before)
    if place.role in ("keyword", "group"):
        opener = place.bracket.token
        assert opener is not None
        return Hint(f"an operator is missing here, or `{_CLOSED_BY[opener.text]}` before it")
    return Hint(
        f"`{_short(before)}` and `{_short(token)}` stand side by side",
        "put an operator between them, or part two expressions by a new line or `;`",
    )


def _missing_comma(place: Place, before: Token) -> Hint:
    opener = place.bracket.token
    assert opener is not None
    comma = f"put a comma behind `{_short(before)}`"
    if place.line(before) == place.line(place.token):
        return Hint("two arguments stand side by side", comma)
    return Hint(
        f"a comma is missing at the end of line {place.line(before)}, "
        f"or the `{opener}` opened in line {place.line(opener)} is not closed",
        f"{comma}, or close it with `{_CLOSED_BY[opener.text]}`",
    )


def _short(token: Token) -> str:
    text = token.text
    return text if len(text) <= 20 else text[:17] + "..."


def _comma(place: Place) -> Hint | None:
    if place.token.kind != "COMMA" or place.role not in ("top", "block", "group"):
        return None
    return Hint(
        "a comma parts arguments, and no call is open here",
        "remove it, or look for a bracket closed too early",
    )


def _other(place: Place) -> Hint:
    before = place.before
    if place.token.kind == "LAMBDA":
        return Hint("outside of strings `\\` only begins a short function", "write \\(x) x + 1")
    if before is None or before.kind == "_NL":
        return Hint(
            f"no expression starts with `{_short(place.token)}`", "remove it, or write what belongs before it"
        )
    return Hint(
        f"`{_short(place.token)}` cannot follow `{_short(before)}`", "look for something missing between them"
    )


_ROWS: tuple[Row, ...] = (
    _end_of_input,
    _open_string,
    _bad_character,
    _else,
    _foreign_words,
    _condition,
    _split_operator,
    _reserved_member,
    _argument_name,
    _line_start,
    _nothing_between,
    _closing,
    _two_operands,
    _comma,
    _other,
)
