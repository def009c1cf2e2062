"""When things happen in the demo company: on working days, in working hours of both sites."""

from __future__ import annotations

import datetime as dt
from typing import Final

# UTC; in this order, so that what falls on one day keeps its order.
BEGUN, SENT, REVIEWED, ANSWERED, DECIDED = range(11, 16)
FRIDAY: Final = 4


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def at_work(moment: dt.datetime, hour: int) -> dt.datetime:
    """The hour, UTC, of the moment's day, or of the Friday before where that is a weekend's."""
    weekend = max(0, moment.weekday() - FRIDAY)
    return (moment - days(weekend)).replace(hour=hour, minute=10, second=0, microsecond=0)


def end_of_day(moment: dt.datetime) -> dt.datetime:
    """Eight in the evening, UTC, of the moment's day."""
    return moment.replace(hour=20, minute=0, second=0, microsecond=0)
