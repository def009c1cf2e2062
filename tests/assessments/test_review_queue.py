"""What waits for a manager, and what was decided lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.review import rate_in_review, return_for_changes, validate
from assessments.actions.send import submit, withdraw
from assessments.models import AccessEntry, Assessment, Cycle, Submission
from people.models import Membership, Team, User
from skills.models import Skill
from tests.assessments.review_cases import LATER, MOST_QUERIES, read, sign_in, statement_id
from tests.cast import NOON, TODAY, Cast, answer_level, begin, evidence, join, link, person


@pytest.fixture(autouse=True)
def an_hour_later() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def send(user: User, skill: Skill, *, days_ago: int = 0) -> Submission:
    """Level 2, held by evidence."""
    assessment = begin(user, skill)
    answer_level(assessment, 2, 3)
    item = evidence(user)
    for position in range(1, 3):
        link(assessment, f"CEXP.2.{position}", item)
    return submit(assessment=assessment, by=user, at=NOON - dt.timedelta(days=days_ago), on=TODAY)


def queue(client: Client) -> str:
    response = client.get(reverse("assessments:reviews"))
    assert response.status_code == 200
    return read(response.content)


@pytest.mark.usefixtures("cycle")
def test_the_oldest_comes_first(client: Client, cast: Cast, cexp: Skill) -> None:
    """Of the own team and of the teams below."""
    send(cast.ana, cexp, days_ago=1)
    send(cast.davi, cexp, days_ago=3)
    sign_in(client, cast.marta)
    text = queue(client)
    assert "2 assessments wait for review" in text
    assert text.index("Davi") < text.index("Ana CEXP 4")
    assert not AccessEntry.objects.exists()


@pytest.mark.usefixtures("cycle")
def test_each_manager_sees_those_below(client: Client, cast: Cast, cexp: Skill) -> None:
    """Not those beside, above, or themselves."""
    for user in (cast.ana, cast.davi, cast.carla, cast.irina, cast.marta):
        send(user, cexp)
    seen = {}
    for manager in (cast.marta, cast.carla, cast.elena):
        sign_in(client, manager)
        text = queue(client)
        seen[manager.name] = {
            name for name in ("Ana", "Davi", "Carla", "Irina", "Marta") if f"{name} CEXP" in text
        }
    assert seen == {"Marta": {"Ana", "Davi", "Carla"}, "Carla": {"Davi"}, "Elena": {"Irina"}}


def test_waiting_begun_and_overdue(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    waiting, begun = send(cast.ana, cexp), send(cast.bruno, cexp)
    rate_in_review(
        submission=begun,
        statement_id=statement_id("CEXP.2.1"),
        answer=2,
        comment="",
        version=0,
        by=cast.marta,
        at=LATER,
    )
    sign_in(client, cast.marta)
    assert "waiting Bruno" in queue(client)
    assert "begun" in queue(client)
    assert "overdue" not in queue(client)
    with time_machine.travel(cycle.review_by + dt.timedelta(seconds=1), tick=False):
        client.force_login(cast.marta)
        assert queue(client).count("overdue") == 2
    assert waiting.assessment.state == "submitted"


@pytest.mark.usefixtures("cycle")
def test_decided_lately_stands_below(client: Client, cast: Cast, cexp: Skill) -> None:
    """Newest first, with the level that was validated."""
    first, second = send(cast.ana, cexp), send(cast.bruno, cexp)
    validate(submission=first, by=cast.marta, at=NOON)
    return_for_changes(submission=second, reason="Falta.", by=cast.marta, at=LATER)
    sign_in(client, cast.marta)
    text = queue(client)
    assert "Nothing waits for review" in text
    assert text.index("Bruno CEXP 4 returned Marta") < text.index("Ana CEXP 4 ✓ validated: level 2")


@pytest.mark.usefixtures("cycle")
def test_what_was_taken_back_or_not_sent_does_not_wait(client: Client, cast: Cast, cexp: Skill) -> None:
    begin(cast.bruno, cexp)
    withdraw(assessment=send(cast.ana, cexp).assessment, by=cast.ana, at=LATER)
    sign_in(client, cast.marta)
    text = queue(client)
    assert "Nothing waits for review" in text
    assert "Bruno" not in text


@pytest.mark.usefixtures("cast")
def test_an_empty_queue_says_what_to_do(client: Client, cast: Cast) -> None:
    sign_in(client, cast.marta)
    assert "See the team’s levels" in queue(client)


@pytest.mark.parametrize("name", ["ana", "helena", "admir", "novo"])
def test_who_leads_nobody_is_refused(client: Client, cast: Cast, name: str) -> None:
    client.force_login(getattr(cast, name))
    assert client.get(reverse("assessments:reviews")).status_code == 403


@pytest.mark.usefixtures("cycle")
def test_a_former_manager_loses_access_at_once(client: Client, cast: Cast, cexp: Skill) -> None:
    send(cast.ana, cexp)
    sign_in(client, cast.marta)
    assert "Ana CEXP" in queue(client)
    Team.objects.filter(manager=cast.marta).update(manager=cast.elena)
    assert client.get(reverse("assessments:reviews")).status_code == 403


@pytest.mark.usefixtures("cycle")
def test_who_has_left_the_team_does_not_wait_here(client: Client, cast: Cast, cexp: Skill) -> None:
    send(cast.ana, cexp)
    Membership.objects.filter(user=cast.ana).update(ends_on=TODAY - dt.timedelta(days=1))
    sign_in(client, cast.marta)
    assert "Nothing waits for review" in queue(client)


def test_signed_out_goes_to_sign_in(client: Client, cast: Cast) -> None:
    response = client.get(reverse("assessments:reviews"))
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_it_is_only_read(client: Client, cast: Cast) -> None:
    client.force_login(cast.marta)
    assert client.post(reverse("assessments:reviews")).status_code == 405


@pytest.mark.usefixtures("cycle")
def test_queries_do_not_grow(client: Client, cast: Cast, cexp: Skill) -> None:
    """With 1, 4 and 12 that wait."""
    client.force_login(cast.marta)
    counts, people = [], [cast.ana, cast.bruno, cast.davi, cast.carla]
    centre = Team.objects.get(name="Contact centre")
    for number in range(8):
        people.append(person(f"Pessoa{number}"))
        join(people[-1], centre, "analyst", "Analista")
    for upto in (1, 4, 12):
        for user in people[:upto]:
            if not Assessment.objects.filter(employee=user).exists():
                send(user, cexp)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("assessments:reviews"))
        counts.append(len(queries))
    assert max(counts) <= MOST_QUERIES
    assert len(set(counts)) == 1
