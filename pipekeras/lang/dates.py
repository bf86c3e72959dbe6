"""Dates and times: strftime's and strptime's conversions, days and seconds since 1970 and back."""

from __future__ import annotations

import datetime
import math
import os
import re
import zoneinfo
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

    def one(match: re.Match[str]) -> str:
        made = _converted(moment, match[2] or match[3])
        return made.lstrip("0 ") or "0" if match[1] else made  # %-d, as GNU's library has it

    return re.sub(r"%(-)?(?:[EO]?([a-zA-Z%+])|(OS[0-6]))", one, _fractions(pattern, moment))


def _fractions(pattern: str, moment: datetime.datetime) -> str:
    def seconds(match: re.Match[str]) -> str:
        digits = int(match[1] or 0)
        if not digits:
            return f"{moment.second:02d}"
        scale = 10 ** (6 - digits)
        return f"{moment.second:02d}.{moment.microsecond // scale:0{digits}d}"

    return re.sub(r"%OS([0-6]?)", seconds, pattern)


def _converted(t: datetime.datetime, letter: str) -> str:
    iso = t.isocalendar()
    simple = {
        "Y": lambda: str(t.year),
        "y": lambda: f"{t.year % 100:02d}",
        "C": lambda: f"{t.year // 100:02d}",
        "m": lambda: f"{t.month:02d}",
        "d": lambda: f"{t.day:02d}",
        "e": lambda: f"{t.day:2d}",
        "B": lambda: MONTHS[t.month - 1],
        "b": lambda: MONTHS[t.month - 1][:3],
        "h": lambda: MONTHS[t.month - 1][:3],
        "A": lambda: DAYS[t.weekday()],
        "a": lambda: DAYS[t.weekday()][:3],
        "H": lambda: f"{t.hour:02d}",
        "k": lambda: f"{t.hour:2d}",
        "I": lambda: f"{(t.hour - 1) % 12 + 1:02d}",
        "l": lambda: f"{(t.hour - 1) % 12 + 1:2d}",
        "M": lambda: f"{t.minute:02d}",
        "S": lambda: f"{t.second:02d}",
        "p": lambda: "AM" if t.hour < 12 else "PM",
        "j": lambda: f"{t.timetuple().tm_yday:03d}",
        "u": lambda: str(t.isoweekday()),
        "w": lambda: str(t.isoweekday() % 7),
        "U": lambda: f"{(t.timetuple().tm_yday + 6 - t.isoweekday() % 7) // 7:02d}",
        "W": lambda: f"{(t.timetuple().tm_yday + 6 - t.weekday()) // 7:02d}",
        "V": lambda: f"{iso[1]:02d}",
        "G": lambda: str(iso[0]),
        "g": lambda: f"{iso[0] % 100:02d}",
        "s": lambda: str(int(t.timestamp())),
        "z": lambda: t.strftime("%z"),
        "Z": lambda: t.tzname() or "",
        "n": lambda: "\n",
        "t": lambda: "\t",
        "%": lambda: "%",
    }
    if letter in simple:
        return simple[letter]()
    longer = {
        "F": "%Y-%m-%d",
        "T": "%H:%M:%S",
        "R": "%H:%M",
        "D": "%m/%d/%y",
        "x": "%m/%d/%y",
        "X": "%H:%M:%S",
    }
    longer |= {"c": "%a %b %e %H:%M:%S %Y", "r": "%I:%M:%S %p", "+": "%a %b %e %H:%M:%S %Z %Y"}
    return format_moment(t, longer[letter]) if letter in longer else "%" + letter


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


def parse_moment(text: str, pattern: str) -> datetime.datetime | None:
    """strptime by R's rules, without time zone: more text behind is ignored; None if it does not fit."""
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
            whole = "Y" in f or "y" in f
            month = f.get("m", today.month if not whole else None)
            day = f.get("d", f.get("e", today.day if month is None or "m" not in f else None))
        if month is None or day is None:
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
