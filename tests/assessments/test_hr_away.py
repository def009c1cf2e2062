"""HR sees who reviews for whom, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from assessments.models import Cycle
from skills.models import Skill
from tests.assessments.review_cases import read, sign_in
from tests.assessments.routing_cases import assign, delegate, send
from tests.cast import Cast

PAGE = "/organisation/reviews/"


@pytest.fixture
def today(cycle: Cycle) -> Iterator[dt.date]:
    """The day after the reviews should have ended."""
    at = cycle.review_by + dt.timedelta(days=1)
    with time_machine.travel(at, tick=False):
        yield at.date()


def page(client: Client, cast: Cast) -> str:
    sign_in(client, cast.helena)
    return read(client.get(PAGE).content)


def test_nobody_is_away(client: Client, cast: Cast, cexp: Skill, today: dt.date) -> None:
    send(cast.ana, cexp)
    text = page(client, cast)
    assert "Every manager reviews what waits for them." in text
    assert "reviews for Marta" not in text


def test_who_is_away_is_said_in_the_list_and_in_the_row(
    client: Client, cast: Cast, cexp: Skill, today: dt.date
) -> None:
    """Of what waits for Marta; what HR gave to Elena waits for Elena."""
    send(cast.ana, cexp)
    assign(send(cast.bruno, cexp), cast.elena)
    delegate(cast.marta, cast.elena, first=today, last=today + dt.timedelta(days=3))
    text = page(client, cast)
    until = f"{today + dt.timedelta(days=3):%-d %b %Y}"
    assert f"{until}, Elena reviews for Marta. ✓ in force" in text
    assert text.count(f"Until {until}, Elena reviews for Marta.") == 1


def test_what_hr_gave_waits_for_the_delegate_too(
    client: Client, cast: Cast, cexp: Skill, today: dt.date
) -> None:
    """Elena is away; both lists say so of what HR gave to her."""
    assign(send(cast.bruno, cexp), cast.elena)
    delegate(cast.elena, cast.marta, first=today, last=today)
    assert page(client, cast).count("Marta reviews for Elena.") == 3


def test_nobody_reviews_for_themselves_or_for_who_leads_them(
    client: Client, cast: Cast, cexp: Skill, today: dt.date
) -> None:
    """HR gave Marta's to Elena, who delegates to Marta, then to Carla, whom Marta leads."""
    assign(send(cast.marta, cexp), cast.elena)
    for delegated in (cast.marta, cast.carla):
        made = delegate(cast.elena, delegated, first=today, last=today)
        assert page(client, cast).count("reviews for Elena.") == 1
        made.delete()


def test_one_to_come_is_listed_alone(client: Client, cast: Cast, cexp: Skill, today: dt.date) -> None:
    send(cast.ana, cexp)
    tomorrow = today + dt.timedelta(days=1)
    delegate(cast.marta, cast.elena, first=tomorrow, last=tomorrow)
    text = page(client, cast)
    assert text.count("Elena reviews for Marta.") == 1
    assert "in force" not in text
