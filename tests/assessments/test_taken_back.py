"""A reviewer who saves on what the employee took back, or HR gave to another, in the meantime."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.hr import assign_reviewer, close_as_not_reviewed
from assessments.actions.log import log_opening
from assessments.actions.send import withdraw
from assessments.models import Assessment, Review, Submission
from assessments.models.log import AccessKind
from tests.assessments.report_cases import sent, worked_example
from tests.assessments.review_cases import LATER, address, decide, rate, read, sign_in
from tests.cast import Cast

TOLD = "The employee took this assessment back after you opened it"
CLOSED = "HR closed this assessment as not reviewed"
PASSED_ON = "Since you opened this assessment it was given to somebody else or taken back"


@pytest.fixture
def gone(draft: Assessment, cast: Cast) -> Submission:
    """Ana's, sent and taken back."""
    worked_example(draft)
    found = sent(draft)
    withdraw(assessment=draft, by=cast.ana, at=LATER)
    return found


@pytest.mark.parametrize("htmx", [True, False])
def test_a_late_rating_is_told_what_happened(
    client: Client, cast: Cast, gone: Submission, htmx: bool
) -> None:
    sign_in(client, cast.marta)
    response = rate(client, gone, "CEXP.4.1", htmx=htmx)
    assert response.status_code == 409
    assert TOLD in read(response.content)
    assert not Review.objects.exists()


@pytest.mark.parametrize("how", ["validate", "return"])
def test_a_late_decision_too(client: Client, cast: Cast, gone: Submission, how: str) -> None:
    sign_in(client, cast.marta)
    response = decide(client, gone, how, reason="Falta.")
    assert (response.status_code, TOLD in read(response.content)) == (409, True)


def test_it_says_so_when_it_was_sent_again(
    client: Client, cast: Cast, gone: Submission, draft: Assessment
) -> None:
    again = sent(draft)
    sign_in(client, cast.marta)
    assert rate(client, gone, "CEXP.4.1").status_code == 409
    assert client.get(address(again)).status_code == 200


def test_reading_finds_nothing(client: Client, cast: Cast, gone: Submission) -> None:
    sign_in(client, cast.marta)
    assert client.get(address(gone)).status_code == 404


def test_strangers_learn_nothing(client: Client, cast: Cast, gone: Submission) -> None:
    client.force_login(cast.elena)
    assert rate(client, gone, "CEXP.4.1").status_code == 404
    assert client.post(reverse("assessments:review_rate", args=[10**6, 1])).status_code == 404


@pytest.fixture
def passed_on(draft: Assessment, cast: Cast) -> Submission:
    """Ana's, given to Elena by HR."""
    worked_example(draft)
    found = sent(draft)
    assign_reviewer(assessment=draft, reviewer=cast.elena, by=cast.helena, at=LATER)
    return found


@pytest.mark.parametrize("htmx", [True, False])
def test_who_had_it_open_is_told_that_somebody_else_reviews_it(
    client: Client, cast: Cast, draft: Assessment, passed_on: Submission, htmx: bool
) -> None:
    """What they read no longer is theirs: they are told, and nothing is saved."""
    sign_in(client, cast.elena)
    assert client.get(address(passed_on)).status_code == 200
    assign_reviewer(assessment=draft, reviewer=cast.carla, by=cast.helena, at=LATER)
    for response in (rate(client, passed_on, "CEXP.4.1", htmx=htmx), decide(client, passed_on, "return")):
        assert (response.status_code, PASSED_ON in read(response.content)) == (409, True)
    assert client.get(address(passed_on)).status_code == 404
    assert not Review.objects.exists()


def test_who_never_opened_it_learns_nothing(
    client: Client, cast: Cast, draft: Assessment, passed_on: Submission
) -> None:
    assign_reviewer(assessment=draft, reviewer=cast.carla, by=cast.helena, at=LATER)
    sign_in(client, cast.elena)
    assert rate(client, passed_on, "CEXP.4.1").status_code == 404


@pytest.fixture
def closed(draft: Assessment, cast: Cast) -> Submission:
    """Ana's, closed by HR when nobody had decided in time."""
    worked_example(draft)
    found = sent(draft)
    late = draft.cycle.review_by + dt.timedelta(days=1)
    close_as_not_reviewed(assessment=draft, by=cast.helena, at=late)
    return found


def test_what_hr_closed_says_so(client: Client, cast: Cast, closed: Submission) -> None:
    """To whom it waited for: to read, the link of a mail; to save, a page left open."""
    sign_in(client, cast.marta)
    response = client.get(address(closed))
    assert (response.status_code, CLOSED in read(response.content)) == (404, True)
    for htmx in (True, False):
        late = rate(client, closed, "CEXP.4.1", htmx=htmx)
        assert (late.status_code, CLOSED in read(late.content)) == (409, True)


def test_a_former_delegate_is_told_too(client: Client, cast: Cast, closed: Submission) -> None:
    """Who had it open as a reviewer; nobody else learns of it."""
    sign_in(client, cast.elena)
    assert CLOSED not in read(client.get(address(closed)).content)
    log_opening(
        kind=AccessKind.SUBMISSION,
        person_id=cast.ana.pk,
        object_id=closed.pk,
        by=cast.elena,
        at=LATER,
    )
    assert CLOSED in read(client.get(address(closed)).content)
