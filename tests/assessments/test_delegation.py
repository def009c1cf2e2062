"""The page on which a manager lets another one review."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.actions.delegation import end_delegation
from assessments.actions.errors import EndedError
from assessments.models import Delegation
from people.models import User
from tests.assessments.review_cases import LATER, read, sign_in
from tests.assessments.routing_cases import delegate
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.usefixtures("an_hour_later")

PAGE = "/reviews/delegation/"
TOMORROW = TODAY + dt.timedelta(days=1)


def ask(client: Client, to: User, **typed: Any) -> HttpResponse:
    data = {"delegate": to.pk, "starts_on": TODAY, "ends_on": TOMORROW, "form_token": uuid.uuid4(), **typed}
    return client.post(PAGE, data)


def end(client: Client, made: Delegation) -> HttpResponse:
    return client.post(reverse("assessments:delegation_end", args=[made.pk]), {"form_token": uuid.uuid4()})


def test_a_manager_chooses_another_and_the_days(client: Client, cast: Cast) -> None:
    """Those who lead a team can be chosen; oneself not, nor whoever has left."""
    User.objects.filter(pk=cast.carla.pk).update(is_active=False)
    sign_in(client, cast.marta)
    text = read(client.get(PAGE).content)
    assert "Choose a manager Elena First day" in text
    response = ask(client, cast.elena)
    assert response.status_code == 302
    assert "Elena from 20 Nov 2026 to 21 Nov 2026 ✓ in force End it now" in read(client.get(PAGE).content)


def test_it_is_linked_from_the_queue(client: Client, cast: Cast) -> None:
    sign_in(client, cast.marta)
    assert f'href="{PAGE}"' in client.get(reverse("assessments:reviews")).content.decode()


def test_sent_twice_it_is_made_once(client: Client, cast: Cast) -> None:
    client.force_login(cast.marta)
    token = uuid.uuid4()
    first, second = (ask(client, cast.elena, form_token=token) for _ in range(2))
    assert (first.status_code, second.headers["Location"]) == (302, PAGE)
    assert Delegation.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"delegate": ""}, "Choose a manager."),
        ({"delegate": "999999"}, "Choose a manager from the list."),
        ({"starts_on": "2026-11-19"}, "This day is over: choose today or a later one."),
        ({"starts_on": "soon"}, "This is no day of the calendar."),
        ({"ends_on": ""}, "Choose a day."),
        ({"starts_on": "2026-11-25", "ends_on": "2026-11-24"}, "It cannot end before it starts."),
        ({"form_token": "x"}, "This form was damaged on its way. Send it again."),
    ],
)
def test_bad_input_is_told_beside_its_field(
    client: Client, cast: Cast, typed: dict[str, str], message: str
) -> None:
    sign_in(client, cast.marta)
    response = ask(client, cast.elena, **typed)
    assert response.status_code == 422
    assert message in read(response.content)
    assert not Delegation.objects.exists()


def test_one_at_a_time(client: Client, cast: Cast) -> None:
    """On the same days nobody else can be chosen; on the days after, yes."""
    delegate(cast.marta, cast.elena, last=TOMORROW)
    sign_in(client, cast.marta)
    response = ask(client, cast.carla, starts_on=TOMORROW, ends_on=TOMORROW)
    assert response.status_code == 422
    assert "Somebody reviews for you on some of these days already." in read(response.content)
    later = TODAY + dt.timedelta(days=2)
    assert ask(client, cast.carla, starts_on=later, ends_on=later).status_code == 302


def test_nobody_delegates_to_themselves(client: Client, cast: Cast) -> None:
    client.force_login(cast.marta)
    assert ask(client, cast.marta).status_code == 422
    with pytest.raises(ValidationError, match="Choose another manager"):
        delegate(cast.marta, cast.marta)


def test_it_ends_at_once(client: Client, cast: Cast) -> None:
    """And the days are free again; ended twice it says so."""
    made = delegate(cast.marta, cast.elena, last=TOMORROW)
    sign_in(client, cast.marta)
    assert end(client, made).status_code == 302
    made.refresh_from_db()
    assert made.ended_at == LATER
    assert "This had been ended before." in read(
        client.post(reverse("assessments:delegation_end", args=[made.pk]), follow=True).content
    )
    with pytest.raises(EndedError):
        end_delegation(delegation=made, by=cast.marta, at=LATER)
    assert ask(client, cast.carla).status_code == 302


def test_anothers_delegation_is_not_found(client: Client, cast: Cast) -> None:
    """Not even the delegate ends it."""
    made = delegate(cast.marta, cast.elena)
    client.force_login(cast.elena)
    assert end(client, made).status_code == 404
    made.refresh_from_db()
    assert made.ended_at is None


@pytest.mark.parametrize("name", ["ana", "helena", "admir", "novo"])
def test_who_leads_nobody_is_refused(client: Client, cast: Cast, name: str) -> None:
    made = delegate(cast.marta, cast.elena)
    client.force_login(getattr(cast, name))
    assert client.get(PAGE).status_code == ask(client, cast.elena).status_code == 403
    assert end(client, made).status_code == 403


def test_verbs(client: Client, cast: Cast) -> None:
    made = delegate(cast.marta, cast.elena)
    client.force_login(cast.marta)
    assert client.delete(PAGE).status_code == 405
    assert client.get(reverse("assessments:delegation_end", args=[made.pk])).status_code == 405
    assert client.head(PAGE).status_code == 200
