"""The only reader of the clock: views and commands ask here once and hand the moment on."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def now() -> dt.datetime:
    return timezone.now()


def day_of(moment: dt.datetime) -> dt.date:
    """The organisation's calendar day of a moment."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def start_of(day: dt.date) -> dt.datetime:
    """The moment at which the organisation's calendar day begins."""
    return dt.datetime.combine(day, dt.time.min, ZoneInfo(settings.TIME_ZONE))


def today() -> dt.date:
    return day_of(now())


def hour_of(moment: dt.datetime) -> int:
    """The hour that the organisation's clock shows at a moment, 0–23."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).hour
