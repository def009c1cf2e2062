"""A reviewer who saves on what the employee took back, or HR gave to another, in the meantime."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.hr import assign_reviewer
from assessments.actions.send import withdraw
from assessments.models import Assessment, Review, Submission
from tests.assessments.report_cases import sent, worked_example
from tests.assessments.review_cases import LATER, address, decide, rate, read, sign_in
from tests.cast import Cast

TOLD = "The employee took this assessment back after you opened it"
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
