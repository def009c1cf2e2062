"""Spans of time that several actions keep to."""

import datetime as dt
from typing import Final

# For so long its reviewer can take a decision back; mail about it leaves after that.
TAKE_BACK: Final = dt.timedelta(minutes=15)
