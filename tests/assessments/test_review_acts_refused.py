"""Judging, confirming and accepting where it is refused: what the page says, and that nothing is saved."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import AccessEntry, Evidence, LinkVerdict, Review, Submission
from tests.assessments.review_cases import (
    accept,
    address,
    confirm,
    item_of,
    judge,
    link_of,
    page,
    rate,
    read,
    sign_in,
    validated,
    word,
)
from tests.cast import Cast
from tests.htmx import Page

pytestmark = pytest.mark.usefixtures("an_hour_later")


@pytest.mark.parametrize("htmx", [False, True])
def test_a_verdict_against_asks_for_a_reason(
    client: Client, submission: Submission, open_page: Page, htmx: bool
) -> None:
    """Beside its field; nothing is saved."""
    key = link_of(submission, "CEXP.4.1")
    response = judge(client, submission, key, htmx=htmx, verdict="does_not_show")
    assert response.status_code == 422
    assert "Say why this evidence does not show it." in page(response.content).get(f"#judged-{key}").text
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"verdict": "perhaps"}, "Choose one of the three answers"),
        ({"verdict": ""}, "Choose one of the three answers"),
        ({"verdict": "does_not_show", "reason": "x" * 2001}, "This is too long"),
        ({"verdict": "does_not_show", "reason": "a\x0bb"}, "invisible control character"),
        ({"version": "x"}, "damaged on its way"),
    ],
)
def test_bad_verdicts_are_told(
    client: Client, submission: Submission, open_page: Page, typed: dict[str, str], message: str
) -> None:
    key = link_of(submission, "CEXP.4.1")
    response = judge(client, submission, key, **typed)
    assert response.status_code == 422
    assert message in page(response.content).get(f"#judged-{key}").text


@pytest.mark.parametrize("htmx", [False, True])
def test_a_stale_verdict_shows_both(
    client: Client, submission: Submission, open_page: Page, htmx: bool
) -> None:
    key = link_of(submission, "CEXP.4.1")
    judge(client, submission, key, verdict="not_opened")
    response = judge(client, submission, key, htmx=htmx, verdict="does_not_show", reason="De <outro>.")
    assert response.status_code == 409
    said = page(response.content).get(f"#judged-{key}").text
    assert "Saved: could not be opened." in said
    assert "Yours, not saved: does not show it. De <outro>." in said
    assert LinkVerdict.objects.get().verdict == "not_opened"


def test_a_stale_acceptance_is_told(client: Client, submission: Submission, open_page: Page) -> None:
    rate(client, submission, "CEXP.4.2", rating="3")
    response = accept(client, submission, "CEXP.4.2", htmx=True)
    assert response.status_code == 409
    assert "have changed since you read them" in page(response.content).get("#refusal").text
    assert word(submission, "CEXP.4.2").rating == 3


@pytest.mark.parametrize("given", ["", "x", "1:", "1:-1"])
def test_a_damaged_acceptance_settles_nothing(
    client: Client, submission: Submission, open_page: Page, given: str
) -> None:
    at = reverse("assessments:review_accept", args=[submission.pk])
    response = client.post(at, {"rating": given})
    assert response.status_code == 422
    assert "damaged on its way" in page(response.content).get("#refusal").text


def test_accepting_the_rest_where_nothing_is_left_says_so(
    client: Client, submission: Submission, open_page: Page
) -> None:
    """The button of a settled level can still be pressed; it sends no statement."""
    response = client.post(reverse("assessments:review_accept", args=[submission.pk]))
    assert response.status_code == 422
    assert "Nothing is left to accept here" in page(response.content).get("#refusal").text


def test_an_item_that_was_changed_is_not_confirmed(
    client: Client, submission: Submission, open_page: Page
) -> None:
    Evidence.objects.update(action="Outra coisa.")
    response = confirm(client, submission, item_of(submission, "CEXP.4.6"), htmx=True)
    assert response.status_code == 409
    assert "was changed or deleted since it was sent" in page(response.content).get("#refusal").text


def test_a_link_is_opened_on_the_record(client: Client, cast: Cast, submission: Submission) -> None:
    """A page of ours says where it leads, as it was sent: nobody is sent elsewhere without seeing it."""
    Evidence.objects.update(url="https://elsewhere.example.org/")
    sign_in(client, cast.marta)
    item = item_of(submission, "CEXP.4.1")
    response = client.get(reverse("assessments:review_open", args=[submission.pk, item]))
    assert response.status_code == 200
    assert 'href="https://wiki.example.org/pesquisa" rel="noopener noreferrer nofollow"' in (
        response.content.decode()
    )
    entry = AccessEntry.objects.get()
    assert (entry.kind, entry.object_id, entry.details) == ("evidence", item, {"submission": submission.pk})
    accept(client, submission, "CEXP.4.1")
    assert word(submission, "CEXP.4.1").opened == [item]


def test_what_was_not_sent_is_not_found(client: Client, submission: Submission, open_page: Page) -> None:
    """An item without a link has nothing to open."""
    assert judge(client, submission, 0).status_code == 404
    assert confirm(client, submission, 0).status_code == 404
    assert accept(client, submission, "CEXP.6.1").status_code == 404
    for item in (0, item_of(submission, "CEXP.4.6")):
        assert client.get(reverse("assessments:review_open", args=[submission.pk, item])).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("ana", 403), ("helena", 403), ("elena", 404)])
def test_strangers_judge_nothing(
    client: Client, cast: Cast, submission: Submission, name: str, status: int
) -> None:
    client.force_login(getattr(cast, name))
    item = item_of(submission, "CEXP.4.1")
    answers = [
        judge(client, submission, link_of(submission, "CEXP.4.1")),
        confirm(client, submission, item),
        accept(client, submission, "CEXP.4.1"),
        client.get(reverse("assessments:review_open", args=[submission.pk, item])),
    ]
    assert {found.status_code for found in answers} == {status}
    assert not Review.objects.exists()


def test_a_decided_one_is_read_only(client: Client, cast: Cast, submission: Submission) -> None:
    sign_in(client, cast.marta)
    judge(client, submission, link_of(submission, "CEXP.4.1"), verdict="does_not_show", reason="É <outra>.")
    validated(submission=submission, by=cast.marta)
    content = client.get(address(submission)).content
    assert "does not show it É <outra>." in read(content)
    assert b"Confirm evidence" not in content
    assert judge(client, submission, link_of(submission, "CEXP.4.1"), version="1").status_code == 409


def test_acts_are_posted(client: Client, submission: Submission, open_page: Page) -> None:
    for name, number in (("verdict", link_of(submission, "CEXP.4.1")), ("confirm", 1)):
        assert (
            client.get(reverse(f"assessments:review_{name}", args=[submission.pk, number])).status_code == 405
        )
    assert client.get(reverse("assessments:review_accept", args=[submission.pk])).status_code == 405
