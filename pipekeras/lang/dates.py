"""Dates and times: strftime's and strptime's conversions, days and seconds since 1970 and back."""

from __future__ import annotations

import datetime
import functools
import math
import os
import re
import zoneinfo
from collections.abc import Callable
from typing import Any

EPOCH = datetime.date(1970, 1, 1)
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def day_of(date: datetime.date) -> int:
    """Days since 1970-01-01."""
    return (date - EPOCH).days


def date_of(days: float) -> datetime.date | None:
    """The date of a number of days, None where there is none in Python's calendar (years 1 to 9999)."""
    try:
        return EPOCH + datetime.timedelta(days=math.floor(days))
    except (OverflowError, ValueError):
        return None


def zone(name: str) -> datetime.tzinfo:
    """The time zone of a name; "" is the machine's."""
    name = name or os.environ.get("TZ", "")
    if name in ("UTC", "GMT"):
        return datetime.timezone(datetime.timedelta(0), name)
    if not name:
        local = datetime.datetime.now().astimezone().tzinfo
        return local if local is not None else datetime.UTC
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return datetime.UTC


def time_of(seconds: float, tz: str) -> datetime.datetime:
    """The moment of a number of seconds, in a time zone."""
    whole = math.floor(seconds)
    moment = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(seconds=whole)
    return moment.replace(microsecond=min(999999, int((seconds - whole) * 1e6))).astimezone(zone(tz))


def format_moment(moment: datetime.date, pattern: str) -> str:
    """strftime by R's conversions; a date is midnight UTC."""
    if not isinstance(moment, datetime.datetime):
        moment = datetime.datetime(moment.year, moment.month, moment.day, tzinfo=datetime.UTC)
    return "".join([piece if piece.__class__ is str else piece(moment) for piece in _pieces(pattern)])


_Field = Callable[[datetime.datetime], str]
_CONVERSION = re.compile(r"%(?:OS([0-6]?)|(-)?[EO]?([a-zA-Z%+]))")


@functools.cache
def _pieces(pattern: str) -> list[Any]:
    """A pattern as texts and functions that write a field of a moment."""
    pieces: list[Any] = []
    end = 0
    for match in _CONVERSION.finditer(pattern):
        pieces.append(pattern[end : match.start()])
        end = match.end()
        letter = match[3]
        if letter is None:
            pieces.append(_seconds(int(match[1] or 0)))
        else:
            pieces += [_unpadded(_field(letter))] if match[2] else _written(letter)
    return [piece for piece in [*pieces, pattern[end:]] if piece != ""]


def _written(letter: str) -> list[Any]:
    return _pieces(_LONGER[letter]) if letter in _LONGER else [_field(letter)]


def _field(letter: str) -> _Field:
    if letter in _LONGER:
        return lambda t: format_moment(t, _LONGER[letter])
    return _FIELDS.get(letter, lambda t: "%" + letter)


def _unpadded(field: _Field) -> _Field:
    """%-d, as GNU's library has it"""
    return lambda t: field(t).lstrip("0 ") or "0"


def _seconds(digits: int) -> _Field:
    if not digits:
        return _FIELDS["S"]
    scale = 10 ** (6 - digits)
    return lambda t: f"{t.second:02d}.{t.microsecond // scale:0{digits}d}"


_FIELDS: dict[str, _Field] = {
    "Y": lambda t: str(t.year),
    "y": lambda t: f"{t.year % 100:02d}",
    "C": lambda t: f"{t.year // 100:02d}",
    "m": lambda t: f"{t.month:02d}",
    "d": lambda t: f"{t.day:02d}",
    "e": lambda t: f"{t.day:2d}",
    "B": lambda t: MONTHS[t.month - 1],
    "b": lambda t: MONTHS[t.month - 1][:3],
    "h": lambda t: MONTHS[t.month - 1][:3],
    "A": lambda t: DAYS[t.weekday()],
    "a": lambda t: DAYS[t.weekday()][:3],
    "H": lambda t: f"{t.hour:02d}",
    "k": lambda t: f"{t.hour:2d}",
    "I": lambda t: f"{(t.hour - 1) % 12 + 1:02d}",
    "l": lambda t: f"{(t.hour - 1) % 12 + 1:2d}",
    "M": lambda t: f"{t.minute:02d}",
    "S": lambda t: f"{t.second:02d}",
    "p": lambda t: "AM" if t.hour < 12 else "PM",
    "j": lambda t: f"{t.timetuple().tm_yday:03d}",
    "u": lambda t: str(t.isoweekday()),
    "w": lambda t: str(t.isoweekday() % 7),
    "U": lambda t: f"{(t.timetuple().tm_yday + 6 - t.isoweekday() % 7) // 7:02d}",
    "W": lambda t: f"{(t.timetuple().tm_yday + 6 - t.weekday()) // 7:02d}",
    "V": lambda t: f"{t.isocalendar()[1]:02d}",
    "G": lambda t: str(t.isocalendar()[0]),
    "g": lambda t: f"{t.isocalendar()[0] % 100:02d}",
    "s": lambda t: str(int(t.timestamp())),
    "z": lambda t: t.strftime("%z"),
    "Z": lambda t: t.tzname() or "",
    "n": lambda t: "\n",
    "t": lambda t: "\t",
    "%": lambda t: "%",
}
_LONGER = {
    "F": "%Y-%m-%d",
    "T": "%H:%M:%S",
    "R": "%H:%M",
    "D": "%m/%d/%y",
    "x": "%m/%d/%y",
    "X": "%H:%M:%S",
    "c": "%a %b %e %H:%M:%S %Y",
    "r": "%I:%M:%S %p",
    "+": "%a %b %e %H:%M:%S %Z %Y",
}


# --- reading -----------------------------------------------------------------------------------------------

_NUMBER = {"Y": 4, "y": 2, "m": 2, "d": 2, "e": 2, "H": 2, "I": 2, "M": 2, "S": 2, "j": 3, "k": 2, "l": 2}


class _Reader:
    """Reads a text by a strptime pattern into fields."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.fields: dict[str, Any] = {}

    def read(self, pattern: str) -> bool:
        i = 0
        while i < len(pattern):
            ch = pattern[i]
            i += 1
            if ch.isspace():
                self.skip_blanks()
            elif ch != "%":
                if not self.text.startswith(ch, self.at):
                    return False
                self.at += 1
            else:
                letter = pattern[i]
                i += 1
                if letter in "EO":
                    letter = pattern[i]
                    i += 1
                    if letter == "S" and pattern[i - 2] == "O":
                        i += pattern[i : i + 1].isdigit()
                        letter = "OS"
                if not self.convert(letter):
                    return False
        return True

    def skip_blanks(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def convert(self, letter: str) -> bool:
        longer = {"F": "%Y-%m-%d", "T": "%H:%M:%S", "R": "%H:%M", "D": "%m/%d/%y"}
        if letter in longer:
            return self.read(longer[letter])
        if letter in "Bbh":
            return self.name("m", MONTHS)
        if letter in "Aa":
            return self.name("weekday", DAYS)
        if letter == "p":
            return self.name("p", ["AM", "PM"])
        if letter == "OS":
            return self.number(letter, r"\d{1,2}(?:\.\d*)?", float)
        if letter == "z":
            return self.number("z", r"[+-]\d{2}:?\d{2}", str)
        if letter == "%":
            self.at += 1
            return True
        if letter not in _NUMBER:
            return False
        return self.number(letter, rf"\d{{1,{_NUMBER[letter]}}}", int)

    def number(self, letter: str, shape: str, convert: Any) -> bool:
        if letter != "z":
            self.skip_blanks()
        match = re.compile(shape).match(self.text, self.at)
        if match is None:
            return False
        self.fields[letter] = convert(match[0])
        self.at = match.end()
        return True

    def name(self, field: str, names: list[str]) -> bool:
        rest = self.text[self.at :].lower()
        for i, name in enumerate(names):
            for form in (name, name[:3]):
                if rest.startswith(form.lower()):
                    self.fields[field] = i + 1
                    self.at += len(form)
                    return True
        return False


_USUAL = re.compile(r"%Y([-/.]?)%m\1%d(?: %H:%M(?::%S)?)?")


@functools.cache
def _plain_shape(pattern: str) -> re.Pattern[str] | None:
    """The regular expression of a usual pattern, its fields of full width; None for other patterns."""
    if _USUAL.fullmatch(pattern) is None:
        return None
    shape = re.escape(pattern).replace("%Y", r"(\d{4})")
    return re.compile(re.sub("%[mdHMS]", r"(\\d{2})", shape), re.ASCII)


def parse_moment(text: str, pattern: str) -> datetime.datetime | None:
    """strptime by R's rules, without time zone: more text behind is ignored; None if it does not fit."""
    plain = _plain_shape(pattern)
    match = None if plain is None else plain.match(text)
    if match is not None:
        try:
            fields: list[Any] = [int(field) for field in match.groups()]
            return datetime.datetime(*fields)
        except ValueError:
            pass  # what 60 seconds are, the reader knows
    reader = _Reader(text)
    if not reader.read(pattern):
        return None
    f = reader.fields
    year = f.get("Y")
    if year is None and "y" in f:
        year = f["y"] + (2000 if f["y"] < 69 else 1900)
    today = datetime.date.today()
    year = today.year if year is None else year
    hour = f.get("H", f.get("k", 0))
    if "I" in f or "l" in f:
        hour = f.get("I", f.get("l", 0)) % 12 + (12 if f.get("p") == 2 else 0)
    seconds = f.get("OS", f.get("S", 0))
    try:
        if "j" in f:
            base = datetime.datetime(year, 1, 1) + datetime.timedelta(days=f["j"] - 1)
            month, day = base.month, base.day
        else:
            month = f.get("m", today.month)
            day = f.get("d", f.get("e", None if "m" in f else today.day))
        if day is None:
            return None
        extra = datetime.timedelta(seconds=1) if seconds >= 60 else datetime.timedelta()
        second = min(seconds, 59)
        made = (
            datetime.datetime(year, month, day, hour, f.get("M", 0), int(second), int(second % 1 * 1e6))
            + extra
        )
    except ValueError:
        return None
    if "z" in f:
        offset = f["z"].replace(":", "")
        shift = datetime.timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5]))
        made = made - shift if offset[0] == "+" else made + shift
        return made.replace(tzinfo=datetime.UTC)
    return made


def add_months(date: datetime.date, months: int) -> datetime.date:
    """The same day some months on; a day that the month lacks runs over into the next, as in R's seq()."""
    total = date.year * 12 + date.month - 1 + months
    first = datetime.date(total // 12, total % 12 + 1, 1)
    return first + datetime.timedelta(days=date.day - 1)
