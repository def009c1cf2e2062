"""How days and hours are written: every page, file and mail asks here.

A bare day is the organisation's, whoever reads it and wherever; an hour is the reader's, with its day. Why:
docs/decisions/0010-a-day-is-the-organisations.md.
"""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from people.clock import day_of


def written_day(at: dt.date, form: str = "SHORT_DATE_FORMAT") -> str:
    """A day in the active language; of a moment, the organisation's calendar day."""
    return _written(day_of(at) if isinstance(at, dt.datetime) else at, form, get_language())


def written_moment(at: dt.datetime, form: str = "SHORT_DATETIME_FORMAT") -> str:
    """Day and hour in the active language and the reader's zone, which is named where it is another one."""
    local = localtime(at)
    written = date_format(local, form)
    return written if local.utcoffset() == _filed(at).utcoffset() else _with_offset(written, local)


def filed_moment(at: dt.datetime) -> str:
    """Day and hour on the organisation's clock with its offset: a paper says the same whoever prints it."""
    local = _filed(at)
    return _with_offset(date_format(local, "SHORT_DATETIME_FORMAT"), local)


# A page says the same few days over and over.
@lru_cache(maxsize=4096)
def _written(day: dt.date, form: str, language: str | None) -> str:
    return date_format(day, form)


def _filed(at: dt.datetime) -> dt.datetime:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE))


def _with_offset(written: str, local: dt.datetime) -> str:
    offset = f"{local:%z}"
    return f"{written} (UTC{offset[:3]}:{offset[3:5]})"
