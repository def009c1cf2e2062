"""What waits for a manager, and what was decided lately."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.review import rate_in_review, return_for_changes
from assessments.actions.send import withdraw
from assessments.models import AccessEntry, Cycle, Submission
from people.models import Membership, Team, User
from skills.models import Skill
from tests.assessments.review_cases import (
    LATER,
    address,
    decide,
    read,
    ready,
    sign_in,
    statement_id,
    validated,
)
from tests.assessments.routing_cases import send
from tests.cast import NOON, TODAY, Cast, begin, join

pytestmark = pytest.mark.usefixtures("an_hour_later")


def queue(client: Client, **chosen: str) -> str:
    response = client.get(reverse("assessments:reviews"), chosen)
    assert response.status_code == 200
    return read(response.content)


@pytest.mark.usefixtures("cycle")
def test_the_oldest_comes_first(client: Client, cast: Cast, cexp: Skill) -> None:
    """Of those whom this manager should review; the navigation counts the same ones."""
    sent = send(cast.ana, cexp, days_ago=1)
    send(cast.bruno, cexp, days_ago=3)
    sign_in(client, cast.marta)
    text = queue(client)
    assert "2 assessments wait for review" in text
    assert text.index("Bruno") < text.index("Ana CEXP 4")
    assert "Reviews 2 waiting" in text
    assert not AccessEntry.objects.exists()
    assert "Reviews 2 waiting" in read(client.get(address(sent)).content)


@pytest.mark.usefixtures("cycle")
@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, {"Marta": {"Ana", "Carla"}, "Carla": {"Davi"}, "Elena": {"Irina"}}),
        ({"managers": ""}, {"Marta": {"Ana", "Davi", "Carla"}, "Carla": {"Davi"}, "Elena": {"Irina"}}),
    ],
)
def test_each_manager_sees_their_own_or_all_below(
    client: Client, cast: Cast, cexp: Skill, chosen: dict[str, str], expected: dict[str, set[str]]
) -> None:
    """Not those beside, above, or themselves."""
    names = ("Ana", "Davi", "Carla", "Irina", "Marta")
    for user in (cast.ana, cast.davi, cast.carla, cast.irina, cast.marta):
        send(user, cexp)
    seen = {}
    for manager in (cast.marta, cast.carla, cast.elena):
        sign_in(client, manager)
        text = queue(client, **chosen)
        seen[manager.name] = {name for name in names if f"{name} CEXP" in text}
    assert seen == expected


@pytest.mark.usefixtures("cycle")
def test_the_count_is_of_ones_own(client: Client, cast: Cast, cexp: Skill) -> None:
    """In the navigation and on the first page, whatever the page shows."""
    send(cast.ana, cexp)
    send(cast.davi, cexp)
    sign_in(client, cast.marta)
    assert "Reviews 1 waiting" in queue(client, managers="")
    assert "1 assessment waits for your review" in read(client.get("/").content)


@pytest.mark.usefixtures("cycle")
def test_a_review_says_its_place_and_who_is_next(client: Client, cast: Cast, cexp: Skill) -> None:
    """After the last comes the first; of a manager's one it only says who is next."""
    first, second, other = send(cast.ana, cexp, days_ago=2), send(cast.bruno, cexp), send(cast.davi, cexp)
    sign_in(client, cast.marta)
    texts = [read(client.get(address(sent)).content) for sent in (first, second, other)]
    assert "1 of 2 Next: Bruno" in texts[0]
    assert "2 of 2 Next: Ana" in texts[1]
    assert "1 of 2" not in texts[2]
    assert "2 of 2" not in texts[2]
    assert "Next: Ana" in texts[2]


@pytest.mark.usefixtures("cycle")
def test_a_decision_goes_on_to_the_next(client: Client, cast: Cast, cexp: Skill) -> None:
    """The one after it, then the first, then the queue."""
    people = (cast.ana, cast.bruno, cast.carla)
    first, second, third = (send(user, cexp, days_ago=3 - n) for n, user in enumerate(people))
    sign_in(client, cast.marta)
    led_to = [
        decide(client, sent, "validate", **ready(sent, cast.marta)).headers["Location"]
        for sent in (second, third, first)
    ]
    assert led_to == [address(third), address(first), reverse("assessments:reviews")]


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
    validated(submission=first, by=cast.marta, at=NOON)
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
    """With 1, 10 and 100 that wait; nor on the page of one of them."""
    centre, sent = Team.objects.get(name="Contact centre"), send(cast.ana, cexp)
    sign_in(client, cast.marta)
    # The texts of the skill are kept from here on.
    client.get(address(sent))
    counts = []
    for upto in (1, 10, 100):
        for number in range(Submission.objects.count(), upto):
            crowd(number, centre, sent)
        counts.append([count(client, at) for at in (QUEUE, f"{QUEUE}?managers", address(sent))])
        assert f"Reviews {upto} waiting" in read(client.get(f"{QUEUE}?managers").content)
    assert max(counts[0][:1]) <= MOST_OF_QUEUE
    assert max(counts[0][1:2]) <= MOST_OF_QUEUE + 1
    assert counts[0] == counts[1] == counts[2]


QUEUE = "/reviews/"
# With all that the managers below may decide on, the count in the navigation has to be asked for as well.
MOST_OF_QUEUE = 6


def count(client: Client, at: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(at).status_code == 200
    return len(queries)


def crowd(number: int, team: Team, sent: Submission) -> None:
    """One more of the team, who sent the same."""
    somebody = User.objects.create(email=f"p{number}@example.org", name=f"Pessoa{number}")
    join(somebody, team, "analyst", "Analista")
    draft = begin(somebody, sent.assessment.skill)
    copy = Submission.objects.create(
        assessment=draft,
        number=1,
        sent_at=sent.sent_at,
        document=sent.document,
        digest=sent.digest,
        result=sent.result,
    )
    draft.state, draft.submitted_at, draft.latest_submission = "submitted", sent.sent_at, copy
    draft.save()
