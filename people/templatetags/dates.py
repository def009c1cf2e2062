"""Days and hours as every page writes them; the settings load this for all templates."""

import datetime as dt

from django import template

from people.dates import written_day, written_moment

register = template.Library()


@register.filter(expects_localtime=False)
def day(at: dt.date | str | None, form: str = "SHORT_DATE_FORMAT") -> str:
    """``{{ at|day }}``: of a moment the organisation's calendar day; nothing where there is no date."""
    return written_day(at, form) if isinstance(at, dt.date) else ""


@register.filter(expects_localtime=False)
def moment(at: dt.datetime | str | None, form: str = "SHORT_DATETIME_FORMAT") -> str:
    """``{{ at|moment }}``: day and hour where the reader is; nothing where there is no moment."""
    return written_moment(at, form) if isinstance(at, dt.datetime) else ""
