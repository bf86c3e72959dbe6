"""lubridate: its spans of time are added to dates by their own operators, whichever side they stand on."""

from ..dispatch import FOREMOST

FOREMOST |= {"Period", "Duration", "Interval"}
