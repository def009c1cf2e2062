"""One decision has one day, wherever it is read: the organisation's."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assessments.actions.send import submit
from assessments.models import Assessment, Submission
from tests.assessments.report_cases import worked_example
from tests.assessments.review_cases import read, sign_in, validated
from tests.assessments.test_report_files import pdf_text
from tests.cast import Cast

# Ten in the evening of 23 and 24 November in São Paulo; in Moscow it is the next morning.
SENT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
DECIDED = dt.datetime(2026, 11, 25, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def submission(draft: Assessment, cast: Cast) -> Submission:
    """Ana's, sent and validated; she reads from Moscow."""
    cast.ana.timezone = "Europe/Moscow"
    cast.ana.save(update_fields=["timezone"])
    worked_example(draft)
    sent = submit(assessment=draft, by=cast.ana, at=SENT, on=dt.date(2026, 11, 23))
    validated(submission=sent, by=cast.marta, at=DECIDED)
    return sent


def address(name: str, submission: Submission) -> str:
    return reverse(f"assessments:{name}", args=[submission.assessment_id])


@time_machine.travel("2026-11-26T12:00:00Z", tick=False)
@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("report", ["23 ноября 2026 г."]),
        ("detail", ["24.11.2026"]),
        # Fourteen days after the 24th.
        ("answer", ["24.11.2026", "8 декабря 2026 г."]),
        ("compare", ["24.11.2026"]),
    ],
)
def test_a_bare_day_is_the_same_on_every_page(
    client: Client, cast: Cast, submission: Submission, name: str, days: list[str]
) -> None:
    """In the report, on the level page, where it is answered and where cycles are compared."""
    sign_in(client, cast.ana, "ru")
    text = read(client.get(address(name, submission), follow=True).content)
    assert [day for day in days if day not in text] == []
    assert "25.11.2026" not in text


@time_machine.travel("2026-11-26T12:00:00Z", tick=False)
def test_the_list_and_the_managers_queue_say_the_same_days(
    client: Client, cast: Cast, submission: Submission
) -> None:
    """Also to who decided it, in Moscow."""
    sign_in(client, cast.ana, "ru")
    own = read(client.get(reverse("assessments:list")).content)
    cast.marta.timezone = "Europe/Moscow"
    sign_in(client, cast.marta, "ru")
    below = read(client.get(reverse("assessments:reviews")).content)
    assert ("23.11.2026" in own, "24.11.2026" in own, "25.11.2026" in own) == (True, True, False)
    assert ("24.11.2026" in below, "25.11.2026" in below) == (True, False)


@time_machine.travel("2026-11-26T12:00:00Z", tick=False)
def test_where_an_hour_is_shown_its_zone_is_named(client: Client, cast: Cast, submission: Submission) -> None:
    """In the timeline and over the copy of what was sent."""
    sign_in(client, cast.ana, "ru")
    history = read(client.get(address("history", submission)).content)
    assert "24.11.2026 04:00 (UTC+03:00)" in history
    assert "25.11.2026 04:00 (UTC+03:00)" in history
    copy = reverse("assessments:sent", args=[submission.assessment_id, 1])
    assert "24.11.2026 04:00 (UTC+03:00)" in read(client.get(copy).content)


@time_machine.travel("2026-11-26T12:00:00Z", tick=False)
def test_the_record_of_a_decision_is_in_one_zone(client: Client, cast: Cast, submission: Submission) -> None:
    """The organisation's: sent on the day as of which it was scored, whoever prints it."""
    sign_in(client, cast.ana, "ru")
    text = pdf_text(client.get(address("decision_record", submission)).content)
    assert "23.11.2026 22:00 (UTC-03:00)" in text
    assert "24.11.2026 22:00 (UTC-03:00)" in text
    assert "23 ноября 2026 г." in text
    assert "25.11.2026" not in text
