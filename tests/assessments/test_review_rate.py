"""Saving the rating of one statement in a review."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Review, ReviewRating, Submission
from tests.assessments.review_cases import (
    LATER,
    address,
    page,
    rate,
    read,
    sign_in,
    statement_id,
    validated,
    word,
)
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("an_hour_later")

PIECES = "#essence-question,#essence-note"


def test_without_scripts_it_comes_back_to_the_statement(
    client: Client, cast: Cast, submission: Submission
) -> None:
    sign_in(client, cast.marta)
    response = rate(client, submission, "CEXP.4.2", rating="3", comment="Vi a oficina.")
    assert response.status_code == 302
    assert response.headers["Location"] == f"{address(submission)}#statement-{statement_id('CEXP.4.2')}"
    saved = word(submission, "CEXP.4.2")
    assert (saved.rating, saved.comment, saved.version) == (3, "Vi a oficina.", 1)


def test_after_a_save_the_page_equals_a_fresh_one(client: Client, cast: Cast, submission: Submission) -> None:
    """The level moves with the rating, the queue says that the review has begun."""
    sign_in(client, cast.marta)
    shown, key = page(client.get(address(submission)).content), statement_id("CEXP.4.2")
    for version, rating in enumerate("3210"):
        shown.choose(f"#statement-{key}", "rating", rating)
        response = rate(
            client, submission, "CEXP.4.2", htmx=True, rating=rating, version=version, seen=version
        )
        assert response.status_code == 200
        shown.swap(response.content, target="#refusal", select_oob=PIECES)
    assert shown.html() == page(client.get(address(submission)).content).html()


def test_the_level_follows_the_ratings(client: Client, cast: Cast, submission: Submission) -> None:
    """16 points of level 4 are needed and nothing below 2: then it is held."""
    sign_in(client, cast.marta)
    for code in ("CEXP.4.2", "CEXP.4.3", "CEXP.4.4"):
        response = rate(client, submission, code, htmx=True, rating="3", comment="Vi.", basis="observation")
    answered = page(response.content)
    assert answered.get("#decision").text == "Validate: level 4"
    assert answered.get("#outcome").text.endswith("With it: level 4 (target level 4).")
    assert "Ana will read the comment" in answered.get(f"#hint-{statement_id('CEXP.4.4')}").text


def test_a_difference_asks_for_a_comment(client: Client, cast: Cast, submission: Submission) -> None:
    """It is saved all the same: the comment may come later."""
    sign_in(client, cast.marta)
    text = read(rate(client, submission, "CEXP.4.2", htmx=True, rating="3").content)
    assert "say why in the comment, which Ana will read" in text
    assert word(submission, "CEXP.4.2").rating == 3


@pytest.mark.parametrize("htmx", [False, True])
def test_a_stale_rating_shows_both(client: Client, cast: Cast, submission: Submission, htmx: bool) -> None:
    """What is saved, and what was typed here, which stays in the form."""
    sign_in(client, cast.marta)
    rate(client, submission, "CEXP.4.2", rating="3", comment="Vi a oficina.")
    response = rate(client, submission, "CEXP.4.2", htmx=htmx, rating="0", comment="Não <vi>.")
    assert response.status_code == 409
    text = read(response.content)
    assert "Saved: Answers for it. Vi a oficina." in text
    assert "Yours, not saved: Not yet. Não <vi>." in text
    assert word(submission, "CEXP.4.2").rating == 3
    if not htmx:
        shown, key = page(response.content), statement_id("CEXP.4.2")
        assert "checked" in shown.get(f"#rating-{key}-0").attributes
        assert shown.get(f"#comment-{key}").text == "Não <vi>."


def test_saving_again_after_a_conflict_replaces(client: Client, cast: Cast, submission: Submission) -> None:
    """The version of the answer is the one that was shown beside it."""
    sign_in(client, cast.marta)
    rate(client, submission, "CEXP.4.2", rating="3")
    conflict = page(rate(client, submission, "CEXP.4.2", htmx=True, rating="0").content)
    version = next(e.attributes["value"] for e in conflict.root if e.attributes.get("name") == "version")
    assert rate(client, submission, "CEXP.4.2", htmx=True, rating="0", version=version).status_code == 200
    assert word(submission, "CEXP.4.2").rating == 0


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"rating": "4"}, "Choose one of the four ratings"),
        ({"rating": "três"}, "Choose one of the four ratings"),
        ({"comment": "x" * 2001}, "This is too long"),
        ({"comment": "antes\x0bdepois"}, "invisible control character (U+000B)"),
        ({"comment": "\x00"}, "invisible control character (U+0000)"),
        ({"version": ""}, "damaged on its way"),
        ({"version": "x"}, "damaged on its way"),
        ({"version": "-1"}, "damaged on its way"),
        ({"version": "9" * 30}, "damaged on its way"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_bad_input_is_told_and_kept(
    client: Client, cast: Cast, submission: Submission, typed: dict[str, str], message: str, htmx: bool
) -> None:
    sign_in(client, cast.marta)
    response = rate(client, submission, "CEXP.4.2", htmx=htmx, **{"comment": "Vi a oficina.", **typed})
    assert response.status_code == 422
    assert message in page(response.content).get(f"#hint-{statement_id('CEXP.4.2')}").text
    assert not Review.objects.exists()
    if not htmx and typed.get("comment") != "\x00":
        kept = page(response.content).get(f"#comment-{statement_id('CEXP.4.2')}").text
        assert kept == " ".join({"comment": "Vi a oficina.", **typed}["comment"].split())


def test_a_rating_can_be_not_applicable_and_cleared(
    client: Client, cast: Cast, submission: Submission
) -> None:
    sign_in(client, cast.marta)
    rate(client, submission, "CEXP.4.2", rating="na")
    assert word(submission, "CEXP.4.2").answer == "na"
    rate(client, submission, "CEXP.4.2", rating="", version=1)
    assert word(submission, "CEXP.4.2").answer is None


def test_what_is_not_on_the_page_is_not_rated(client: Client, cast: Cast, submission: Submission) -> None:
    """A level that was not answered, and no statement at all."""
    client.force_login(cast.marta)
    assert rate(client, submission, "CEXP.2.1").status_code == 404
    at = reverse("assessments:review_rate", args=[submission.pk, 0])
    assert client.post(at, {"rating": "1", "version": "0"}).status_code == 404
    assert not ReviewRating.objects.exists()


@pytest.mark.parametrize("htmx", [False, True])
def test_a_decided_one_is_not_rated(client: Client, cast: Cast, submission: Submission, htmx: bool) -> None:
    """The one who was late is told, and sees what they typed."""
    validated(submission=submission, by=cast.marta, at=LATER)
    sign_in(client, cast.marta)
    response = rate(client, submission, "CEXP.4.2", htmx=htmx, rating="3", comment="Vi a oficina.")
    assert response.status_code == 409
    text = read(response.content)
    assert "decided or taken back in the meantime" in text
    assert "Yours, not saved: Answers for it. Vi a oficina." in text
    assert word(submission, "CEXP.4.2").rating == 1


def test_what_somebody_else_rated_has_not_been_seen(
    client: Client, cast: Cast, submission: Submission
) -> None:
    """A save does not vouch for ratings that the page does not show: deciding will be refused."""
    sign_in(client, cast.marta)
    rate(client, submission, "CEXP.4.3")
    response = rate(client, submission, "CEXP.4.2", htmx=True, seen="0")
    assert page(response.content).get("#seen").attributes["value"] == "0"
    response = rate(client, submission, "CEXP.4.2", htmx=True, version="1", seen="2")
    assert page(response.content).get("#seen").attributes["value"] == "3"


def test_it_is_posted(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.marta)
    at = reverse("assessments:review_rate", args=[submission.pk, statement_id("CEXP.4.2")])
    assert client.get(at).status_code == 405


def test_signed_out_nothing_is_saved(client: Client, submission: Submission) -> None:
    """With scripts and without, one is told, and what was typed stays."""
    assert rate(client, submission, "CEXP.4.2").status_code == 401
    assert rate(client, submission, "CEXP.4.2", htmx=True).status_code == 401
    assert not Review.objects.exists()
