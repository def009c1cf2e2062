"""The button that takes a decision back: where it is, until when, and what it answers."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.actions.accept import accept_the_rest
from assessments.actions.deadlines import TAKE_BACK
from assessments.actions.review import return_for_changes, validate
from assessments.models import State, Submission
from skills.models import Skill
from tests.assessments.report_cases import sent
from tests.assessments.review_cases import LATER, address, read, sign_in
from tests.cast import Cast, answer, answer_level, begin

pytestmark = pytest.mark.usefixtures("an_hour_later")

QUEUE = reverse("assessments:reviews")
BUTTON = "Take the decision back"


@pytest.fixture
def validated(submission: Submission, cast: Cast) -> Submission:
    accept_the_rest(submission=submission, by=cast.marta, at=LATER)
    validate(submission=submission, by=cast.marta, at=LATER)
    return submission


def take_back(client: Client, submission: Submission, **typed: object) -> HttpResponse:
    return client.post(reverse("assessments:review_take_back", args=[submission.pk]), typed)


def test_the_page_after_deciding_offers_it(
    client: Client, cast: Cast, validated: Submission, cexp: Skill
) -> None:
    """Until when, in the reader's time; on the next person's page, the queue and the decided one."""
    other = begin(cast.bruno, cexp)
    answer_level(other, 3, 3)
    following = sent(other)
    sign_in(client, cast.marta)
    for page in (address(following), QUEUE, address(validated)):
        text = read(client.get(page).content)
        assert BUTTON in text, page
        assert "possible until 10:15" in text, page
    assert "Ana: validated, level 3." in read(client.get(address(following)).content)


def test_it_is_offered_to_who_decided_and_while_it_can_be_done(
    client: Client, cast: Cast, validated: Submission
) -> None:
    sign_in(client, cast.marta)
    with time_machine.travel(LATER + TAKE_BACK + dt.timedelta(seconds=1), tick=False):
        client.force_login(cast.marta)
        assert BUTTON not in read(client.get(QUEUE).content)
        assert BUTTON not in read(client.get(address(validated)).content)


def test_taking_back_goes_on_with_the_review(client: Client, cast: Cast, validated: Submission) -> None:
    sign_in(client, cast.marta)
    response = take_back(client, validated)
    assert (response.status_code, response.headers["Location"]) == (302, address(validated))
    text = read(client.get(address(validated)).content)
    assert "The decision is taken back." in text
    assert "Validate: level 3" in text


def test_a_repeated_form_takes_back_once(client: Client, cast: Cast, validated: Submission) -> None:
    sign_in(client, cast.marta)
    token = str(uuid.uuid4())
    first, second = (take_back(client, validated, form_token=token) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert validated.assessment.transitions.filter(from_state=State.VALIDATED).count() == 1


def test_a_damaged_form_takes_nothing_back(client: Client, cast: Cast, validated: Submission) -> None:
    sign_in(client, cast.marta)
    response = take_back(client, validated, form_token="x")
    assert response.status_code == 422
    assert "damaged on its way" in read(response.content)


def test_too_late_is_said(client: Client, cast: Cast, validated: Submission) -> None:
    with time_machine.travel(LATER + dt.timedelta(hours=1), tick=False):
        sign_in(client, cast.marta)
        response = take_back(client, validated)
    assert response.status_code == 409
    assert "15 minutes, and they are over" in read(response.content)


def test_that_the_employee_went_on_is_said(client: Client, cast: Cast, submission: Submission) -> None:
    return_for_changes(submission=submission, reason="Falta.", by=cast.marta, at=LATER)
    answer(submission.assessment, "CEXP.4.2", 3)
    sign_in(client, cast.marta)
    response = take_back(client, submission)
    assert response.status_code == 409
    assert "has already gone on" in read(response.content)


def test_what_waits_is_not_decided(client: Client, cast: Cast, submission: Submission) -> None:
    sign_in(client, cast.marta)
    response = take_back(client, submission)
    assert response.status_code == 409
    assert "is not decided any more" in read(response.content)


def test_strangers_do_not_find_it(client: Client, cast: Cast, validated: Submission) -> None:
    for stranger, status in ((cast.elena, 404), (cast.ana, 403), (cast.helena, 403)):
        client.force_login(stranger)
        assert take_back(client, validated).status_code == status
    client.logout()
    assert take_back(client, validated).status_code == 302


def test_it_is_posted(client: Client, cast: Cast, validated: Submission) -> None:
    client.force_login(cast.marta)
    at = reverse("assessments:review_take_back", args=[validated.pk])
    assert client.get(at).status_code == 405
