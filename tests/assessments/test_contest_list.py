"""HR's list of contests, and what a second reviewer finds among the reviews."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment, Response, Review
from skills.models import Skill
from tests.assessments.contest_cases import REASON, contest, validated
from tests.assessments.report_cases import sent
from tests.assessments.review_cases import page, read, sign_in
from tests.assessments.review_cases import validated as accepted
from tests.cast import NOON, Cast, answer_level, begin

pytestmark = pytest.mark.usefixtures("next_day")

LIST = "/reviews/contests/"


@pytest.fixture
def response(draft: Assessment, cast: Cast) -> Response:
    """Ana contests what Marta validated; nobody is above Marta."""
    return contest(validated(draft, cast), "CEXP.4.1")


@pytest.fixture
def hr(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.helena)
    return client


def assign(client: Client, response: Response, reviewer: object, **typed: object) -> HttpResponse:
    at = reverse("assessments:contest_assign", args=[response.pk])
    return client.post(at, {"reviewer": str(reviewer), **typed})


def test_hr_sees_who_contests_and_no_text(hr: Client, response: Response) -> None:
    """And who may be chosen: neither of the two."""
    content = hr.get(LIST).content
    text = read(content)
    assert "Ana CEXP" in text
    assert "nobody yet" in text
    assert REASON not in text
    options = page(content).get(f"#reviewer-{response.pk}").text
    assert options == "Choose Carla Elena"


def test_without_contests_it_says_so(hr: Client) -> None:
    assert "No level is contested" in read(hr.get(LIST).content)


@pytest.mark.parametrize("name", ["ana", "marta", "admir"])
def test_it_is_for_hr_alone(client: Client, cast: Cast, response: Response, name: str) -> None:
    client.force_login(getattr(cast, name))
    assert client.get(LIST).status_code == 403
    assert assign(client, response, cast.carla.pk).status_code == 403


def test_hr_chooses_who_decides(hr: Client, client: Client, cast: Cast, response: Response) -> None:
    """That person finds it on the first page, among the reviews, and on its page."""
    token = str(uuid.uuid4())
    for _time in range(2):
        assert assign(hr, response, cast.elena.pk, form_token=token).headers["Location"] == LIST
    assert "Elena decides on it now." in read(hr.get(LIST).content)
    sign_in(client, cast.elena)
    address = reverse("assessments:contest", args=[response.pk])
    for place in ("/", "/reviews/"):
        content = client.get(place).content
        assert "Contested levels for you to decide" in read(content)
        assert address.encode() in content
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("reviewer", ["", "0", "x"])
def test_a_bad_choice_is_told(hr: Client, response: Response, reviewer: str) -> None:
    answer = assign(hr, response, reviewer)
    assert answer.status_code == 422
    assert "Choose a manager from the list." in read(answer.content)


def test_a_part_of_the_case_is_refused(hr: Client, cast: Cast, response: Response) -> None:
    answer = assign(hr, response, cast.marta.pk)
    assert answer.status_code == 409
    assert "no part of the case" in read(answer.content)
    assert Response.objects.get().second_reviewer is None


def test_nobody_of_hr_chooses_in_their_own_case(hr: Client, cast: Cast, response: Response) -> None:
    Review.objects.update(reviewer=cast.helena)
    content = hr.get(LIST).content
    assert "You are part of this case" in read(content)
    assert assign(hr, response, cast.carla.pk).status_code == 409


def test_it_is_chosen_by_post(hr: Client, response: Response) -> None:
    assert hr.get(reverse("assessments:contest_assign", args=[response.pk])).status_code == 405


def test_one_that_is_not_there(hr: Client, cast: Cast) -> None:
    at = reverse("assessments:contest_assign", args=[0])
    assert hr.post(at, {"reviewer": cast.carla.pk}).status_code == 404


def test_queries_do_not_grow(hr: Client, cast: Cast, cexp: Skill, response: Response) -> None:
    hr.get(LIST)
    with CaptureQueriesContext(connection) as one:
        hr.get(LIST)
    other = begin(cast.bruno, cexp)
    answer_level(other, 2, 1)
    contest(accepted(submission=sent(other), by=cast.marta, at=NOON), "CEXP.2.1")
    with CaptureQueriesContext(connection) as two:
        assert "Bruno" in read(hr.get(LIST).content)
    assert len(two) == len(one)
