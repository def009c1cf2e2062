"""The first page says by role who can read what was sent; the pages grant it to the same people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from assessments.actions import hr
from assessments.actions.contest import assign_second_reviewer
from assessments.models import Assessment
from people.models import Team
from skills.models import Skill
from tests.assessments.contest_cases import NEXT_DAY, contest, validated
from tests.assessments.review_cases import LATER, read, sign_in
from tests.assessments.routing_cases import delegate, send
from tests.cast import Cast, person

MANAGER = "Your manager and the managers above What you have sent, with its evidence."


@pytest.fixture(autouse=True)
def an_hour_later() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def home(client: Client, cast: Cast) -> str:
    sign_in(client, cast.ana)
    return read(client.get("/").content)


@pytest.mark.usefixtures("cycle")
def test_whom_hr_chose_reviews_in_place_of_the_manager(client: Client, cast: Cast, cexp: Skill) -> None:
    sent = send(cast.ana, cexp)
    assert f"{MANAGER} Marta reviews it." in home(client, cast)
    hr.assign_reviewer(assessment=sent.assessment, reviewer=cast.elena, by=cast.helena, at=LATER)
    delegate(cast.elena, cast.carla)
    text = home(client, cast)
    assert f"{MANAGER} Elena, chosen by HR for CEXP What you have sent" in text
    assert "Elena reviews it. Until 20 Nov 2026, Carla reviews for Elena. HR" in text
    assert "Marta reviews it" not in text


def test_a_contest_is_read_by_who_decides(client: Client, cast: Cast, cexp: Skill, draft: Assessment) -> None:
    """The next manager up, unless HR chose somebody; nobody reviews what is validated."""
    diana = person("Diana")
    Team.objects.filter(name="Araçari").update(manager=diana)
    review = validated(draft, cast)
    assert f"{MANAGER} HR" in home(client, cast)
    response = contest(review, "CEXP.4.1")
    with time_machine.travel(NEXT_DAY, tick=False):
        assert f"{MANAGER} Diana, second reviewer for CEXP What you have sent" in home(client, cast)
        assign_second_reviewer(response=response, reviewer=cast.elena, by=cast.helena, at=NEXT_DAY)
        assert f"{MANAGER} Elena, second reviewer for CEXP What you have sent" in home(client, cast)


@pytest.mark.usefixtures("cycle")
def test_nobody_reviews_what_hr_closed(client: Client, cast: Cast, cexp: Skill) -> None:
    """What was sent can be read all the same."""
    sent = send(cast.ana, cexp)
    late = sent.assessment.cycle.review_by.replace(day=20)
    hr.close_as_not_reviewed(assessment=sent.assessment, by=cast.helena, at=late)
    assert f"{MANAGER} HR" in home(client, cast)
    sign_in(client, cast.marta)
    assert client.get(f"/assessments/{sent.assessment_id}/report/").status_code == 200
