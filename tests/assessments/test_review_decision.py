"""Validating and returning, as the pages post it."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.errors import SelfReviewError
from assessments.actions.send import submit
from assessments.models import Review, State, Submission
from assessments.models.review import Decision
from assessments.views.review_messages import refusal_of
from skills.models import Skill
from tests.assessments.report_cases import sent
from tests.assessments.review_cases import (
    LATER,
    address,
    decide,
    page,
    rate,
    read,
    ready,
    sign_in,
    validated,
)
from tests.cast import NOON, TODAY, Cast, answer, answer_level, begin

pytestmark = pytest.mark.usefixtures("an_hour_later")


def also_sent(cast: Cast, skill: Skill, hours: int) -> Submission:
    """Bruno's, sent some hours after Ana's."""
    other = begin(cast.bruno, skill)
    answer_level(other, 3, 3)
    return submit(assessment=other, by=cast.bruno, at=NOON + dt.timedelta(hours=hours), on=TODAY)


def test_validating_goes_on_to_what_has_waited_longest(
    client: Client, cast: Cast, submission: Submission, cexp: Skill
) -> None:
    following = also_sent(cast, cexp, hours=0)
    sign_in(client, cast.marta)
    response = decide(client, submission, "validate", **ready(submission, cast.marta))
    assert (response.status_code, response.headers["Location"]) == (302, address(following))
    assert "Ana: validated, level 3." in read(client.get(address(following)).content)
    assert Review.objects.get().decision == Decision.VALIDATED


def test_after_the_last_one_it_goes_to_the_queue(client: Client, cast: Cast, submission: Submission) -> None:
    sign_in(client, cast.marta)
    response = decide(client, submission, "return", reason="Falta o efeito.")
    assert response.headers["Location"] == reverse("assessments:reviews")
    text = read(client.get(response.headers["Location"]).content)
    assert "Ana’s assessment was returned for changes." in text
    assert "Nothing waits for review" in text


def test_a_validated_review_may_hold_no_level(client: Client, cast: Cast, cexp: Skill, cycle: object) -> None:
    """Level 2 rated throughout as knowledge: below level 2, and said so."""
    assessment = begin(cast.ana, cexp)
    answer_level(assessment, 2, 1)
    sign_in(client, cast.marta)
    submission = sent(assessment)
    response = decide(client, submission, "validate", **ready(submission, cast.marta))
    assert "no level is held yet" in read(client.get(response.headers["Location"]).content)


def test_an_error_that_no_page_can_meet_is_loud() -> None:
    with pytest.raises(SelfReviewError):
        refusal_of(SelfReviewError())


def test_with_scripts_the_browser_is_sent_on(client: Client, cast: Cast, submission: Submission) -> None:
    sign_in(client, cast.marta)
    response = decide(client, submission, "validate", htmx=True, **ready(submission, cast.marta))
    assert (response.status_code, response.headers["HX-Redirect"]) == (200, reverse("assessments:reviews"))


def test_the_same_form_sent_twice_decides_once(client: Client, cast: Cast, submission: Submission) -> None:
    """The second answer is the first one again."""
    sign_in(client, cast.marta)
    typed = {"form_token": str(uuid.uuid4()), **ready(submission, cast.marta)}
    first = decide(client, submission, "validate", **typed)
    second = decide(client, submission, "validate", **typed)
    assert first.headers["Location"] == second.headers["Location"]
    assert submission.assessment.transitions.filter(to_state=State.VALIDATED).count() == 1


def test_the_form_carries_the_token_and_what_was_seen(
    client: Client, cast: Cast, submission: Submission
) -> None:
    """Both forms: validating and returning."""
    sign_in(client, cast.marta)
    rate(client, submission, "CEXP.4.2", comment="Vi.")
    content = client.get(address(submission)).content.decode()
    assert content.count('name="form_token"') == 2
    shown = page(content.encode())
    assert {shown.get(name).attributes["value"] for name in ("#seen", "#seen-return")} == {"1"}


@pytest.mark.parametrize("htmx", [False, True])
def test_a_second_decision_conflicts(client: Client, cast: Cast, submission: Submission, htmx: bool) -> None:
    validated(submission=submission, by=cast.marta, at=LATER)
    sign_in(client, cast.marta)
    response = decide(client, submission, "return", htmx=htmx, reason="Falta o efeito.")
    assert response.status_code == 409
    assert "has been decided or taken back in the meantime" in read(response.content)
    assert Review.objects.get().decision == Decision.VALIDATED


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("how", ["validate", "return"])
def test_ratings_that_were_not_seen_conflict(
    client: Client, cast: Cast, submission: Submission, how: str, htmx: bool
) -> None:
    """What was typed stays."""
    sign_in(client, cast.marta)
    rate(client, submission, "CEXP.4.2", comment="Vi.")
    response = decide(client, submission, how, htmx=htmx, reason="Falta o efeito.")
    assert response.status_code == 409
    assert "The ratings have changed since you read them" in page(response.content).get("#refusal").text
    if how == "return" and not htmx:
        assert page(response.content).get("#reason").text == "Falta o efeito."
    submission.assessment.refresh_from_db()
    assert submission.assessment.state == State.IN_REVIEW


@pytest.mark.parametrize("htmx", [False, True])
def test_a_missing_comment_is_named(client: Client, cast: Cast, submission: Submission, htmx: bool) -> None:
    sign_in(client, cast.marta)
    rate(client, submission, "CEXP.4.2")
    response = decide(client, submission, "validate", htmx=htmx, seen="1")
    assert response.status_code == 422
    assert "Your rating of CEXP 4.2 differs" in page(response.content).get("#refusal").text


def test_an_unknown_level_is_refused_and_returned(
    client: Client, cast: Cast, cexp: Skill, cycle: object
) -> None:
    """The page names the level to rate; what the employee gets asks for it."""
    assessment = begin(cast.ana, cexp)
    answer_level(assessment, 2, 3)
    answer(assessment, "CEXP.4.1", 3)
    submission = sent(assessment)
    sign_in(client, cast.marta)
    seen = ready(submission, cast.marta)
    response = decide(client, submission, "validate", **seen)
    assert response.status_code == 422
    assert "while level 3 is not rated" in page(response.content).get("#refusal").text
    decide(client, submission, "return", reason="Falta o nível 3.", **seen)
    review = Review.objects.get(submission=submission)
    assert (review.decision, review.result["rate_next"]) == (Decision.RETURNED, 3)


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("", "Say what should change before you return it."),
        ("  ", "Say what should change before you return it."),
        ("x" * 2001, "This is too long"),
        ("antes\x0bdepois", "invisible control character (U+000B)"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_bad_reason_is_told_beside_it_and_kept(
    client: Client, cast: Cast, submission: Submission, reason: str, message: str, htmx: bool
) -> None:
    sign_in(client, cast.marta)
    response = decide(client, submission, "return", htmx=htmx, reason=reason)
    assert response.status_code == 422
    shown = page(response.content)
    assert message in shown.get("#return-problem").text
    if not htmx:
        assert shown.get("#reason").text == " ".join(reason.split())
    assert not Review.objects.exists()


@pytest.mark.parametrize("typed", [{"seen": ""}, {"seen": "x"}, {"seen": "-1"}, {"form_token": "x"}])
@pytest.mark.parametrize("how", ["validate", "return"])
def test_a_damaged_form_decides_nothing(
    client: Client, cast: Cast, submission: Submission, how: str, typed: dict[str, str]
) -> None:
    sign_in(client, cast.marta)
    response = decide(client, submission, how, reason="Falta.", **typed)
    assert response.status_code == 422
    assert "damaged on its way" in page(response.content).get("#refusal").text
    assert not Review.objects.exists()


@pytest.mark.parametrize("how", ["validate", "return"])
def test_a_decision_is_posted(client: Client, cast: Cast, submission: Submission, how: str) -> None:
    client.force_login(cast.marta)
    assert client.get(reverse(f"assessments:review_{how}", args=[submission.pk])).status_code == 405


@pytest.mark.parametrize("how", ["validate", "return"])
def test_signed_out_nothing_is_decided(client: Client, submission: Submission, how: str) -> None:
    assert decide(client, submission, how, reason="Falta.").status_code == 401
    assert decide(client, submission, how, htmx=True, reason="Falta.").status_code == 401
    assert not Review.objects.exists()
