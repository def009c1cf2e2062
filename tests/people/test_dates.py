"""Whose day and whose hour is written."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from people.dates import filed_moment, written_day, written_moment

# Ten in the evening in São Paulo, four in the morning of the next day in Moscow.
LATE = dt.datetime(2026, 2, 24, 1, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Europe/Moscow", "Pacific/Kiritimati"])
def test_a_bare_day_is_the_organisations_wherever_it_is_read(zone: str) -> None:
    with timezone.override(zone), translation.override("ru"):
        assert written_day(LATE) == "23.02.2026"
        assert written_day(dt.date(2026, 2, 23)) == "23.02.2026"
        assert filed_moment(LATE) == "23.02.2026 22:00 (UTC-03:00)"


def test_a_day_is_written_in_each_readers_language() -> None:
    """What is kept for one language does not get into another."""
    found = {}
    for language in ("en", "pt-br", "ru"):
        with translation.override(language):
            found[language] = written_day(LATE, "DATE_FORMAT")
    assert found == {"en": "23 February 2026", "pt-br": "23/02/2026", "ru": "23 февраля 2026 г."}


@pytest.mark.parametrize(
    ("zone", "said"),
    [("America/Sao_Paulo", "23.02.2026 22:00"), ("Europe/Moscow", "24.02.2026 04:00 (UTC+03:00)")],
)
def test_an_hour_is_the_readers_and_names_a_zone_that_is_not_the_organisations(zone: str, said: str) -> None:
    with timezone.override(zone), translation.override("ru"):
        assert written_moment(LATE) == said


def test_templates_write_the_same() -> None:
    """The filters need no loading, and a date that is missing is nothing."""
    text = Template("{{ at|day }}|{{ at|day:'m/Y' }}|{{ at|moment }}|{{ none|day }}{{ none|moment }}|")
    with timezone.override("Europe/Moscow"), translation.override("ru"):
        said = text.render(Context({"at": LATE, "none": None}))
    assert said == "23.02.2026|02/2026|24.02.2026 04:00 (UTC+03:00)||"
