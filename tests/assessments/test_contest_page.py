"""The second reviewer's page: who finds it, what it shows, rating and deciding."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.contest import decide_contest, rate_contested
from assessments.models import (
    AccessEntry,
    Assessment,
    ContestedStatement,
    Notice,
    Response,
    Review,
    ReviewRating,
)
from people.models import Team, User
from tests.assessments.contest_cases import NEXT_DAY, REASON, answer_address, contest, validated
from tests.assessments.review_cases import HTMX, page, read, sign_in, statement_id
from tests.cast import Cast, person
from tests.htmx import Page

pytestmark = pytest.mark.usefixtures("next_day")


@pytest.fixture
def review(draft: Assessment, cast: Cast) -> Review:
    return validated(draft, cast)


@pytest.fixture
def diana(cast: Cast, client: Client) -> User:
    """Leads the whole company, and is signed in."""
    found = person("Diana")
    Team.objects.filter(name="Araçari").update(manager=found)
    sign_in(client, found)
    return found


@pytest.fixture
def response(review: Review, diana: User) -> Response:
    return contest(review, "CEXP.4.1")


def address(response: Response, what: str = "contest") -> str:
    return reverse(f"assessments:{what}", args=[response.pk])


def rate(client: Client, response: Response, *, htmx: bool = False, **typed: object) -> HttpResponse:
    at = reverse("assessments:contest_rate", args=[response.pk, statement_id("CEXP.4.1")])
    data = {"rating": "3", "comment": "Vi.", "basis": "evidence", "version": "0", **typed}
    return client.post(at, data, headers=HTMX if htmx else {})


def decide(client: Client, response: Response, *, htmx: bool = False, **typed: object) -> HttpResponse:
    data = {"seen": "0", "reason": "", **typed}
    return client.post(address(response, "contest_decide"), data, headers=HTMX if htmx else {})


def row() -> ContestedStatement:
    return ContestedStatement.objects.get()


def test_it_shows_both_sides_and_what_was_sent(client: Client, response: Response) -> None:
    """Claim, evidence, the first rating with its comment, the reason; statements not contested are absent."""
    content = client.get(address(response)).content
    text = read(content)
    assert content.count(b'<article class="card statement"') == 1
    for said in (REASON, "Vi só uma parte.", "Conduzi 24 entrevistas.", "Answers for it", "Knows how"):
        assert said in text
    assert "Level before: 3. With the second ratings so far: 3. 1 statement left." in text


def test_opening_is_logged_and_the_employee_told(
    client: Client, cast: Cast, response: Response, diana: User
) -> None:
    """On the page of the answer too."""
    assessment = response.review.submission.assessment
    sign_in(client, cast.ana)
    assert "Diana decides, and may read the evidence" in read(client.get(answer_address(assessment)).content)
    client.force_login(diana)
    client.get(address(response))
    entry = AccessEntry.objects.get()
    assert (entry.by, entry.kind, entry.person, entry.object_id) == (
        diana,
        "contest",
        cast.ana,
        response.review.submission_id,
    )
    assert Notice.objects.filter(recipient=cast.ana, kind="evidence_read").count() == 1
    client.force_login(cast.ana)
    assert "Diana opened the submission on" in read(client.get(answer_address(assessment)).content)


def test_strangers_and_the_first_reviewer_do_not_find_it(
    client: Client, cast: Cast, response: Response
) -> None:
    for other in (cast.marta, cast.ana, cast.bruno, cast.carla, cast.elena, cast.helena, cast.admir):
        client.force_login(other)
        for answer in (client.get(address(response)), rate(client, response), decide(client, response)):
            assert answer.status_code == 404, other
    assert row().version == 0


def test_a_former_manager_does_not_find_it(client: Client, cast: Cast, response: Response) -> None:
    Team.objects.filter(name="Araçari").update(manager=cast.elena)
    assert client.get(address(response)).status_code == 404
    assert rate(client, response).status_code == 404


def test_who_had_it_open_is_told_of_the_change(client: Client, cast: Cast, response: Response) -> None:
    client.get(address(response))
    Team.objects.filter(name="Araçari").update(manager=cast.elena)
    for answer in (rate(client, response, htmx=True), decide(client, response)):
        assert (answer.status_code, "given to somebody else" in read(answer.content)) == (409, True)


def test_signed_out_nothing_is_saved(client: Client, response: Response) -> None:
    client.logout()
    assert client.get(address(response)).status_code == 302
    assert rate(client, response, htmx=True).status_code == 401
    assert decide(client, response).status_code == 401
    assert row().version == 0


def test_verbs(client: Client, response: Response) -> None:
    assert client.post(address(response)).status_code == 405
    assert client.get(address(response, "contest_decide")).status_code == 405


def test_a_rating_is_saved_beside_the_first(client: Client, response: Response) -> None:
    answer = rate(client, response)
    assert answer.headers["Location"].startswith(address(response))
    assert (row().rating, row().comment, row().basis, row().version) == (3, "Vi.", "evidence", 1)
    assert ReviewRating.objects.get(statement__code="CEXP.4.1").rating == 1


def test_after_a_rating_the_page_equals_a_fresh_one(client: Client, response: Response) -> None:
    shown = page(client.get(address(response)).content)
    key = statement_id("CEXP.4.1")
    answer = rate(client, response, htmx=True, seen="0")
    assert answer.status_code == 200
    shown.choose(f"#statement-{key}", "rating", "3")
    shown.fill(f"#comment-{key}", "Vi.")
    chosen_basis(shown, key)
    swap = page(b"<main>" + answer.content + b"</main>")
    assert swap.get("#outcome").text == "Level before: 3. With the second ratings so far: 3."
    oob = "#outcome,#saved,#decision,#seen,#refusal"
    shown.swap(without_token(answer.content), target=f"#word-{key}", select_oob=oob)
    assert shown.html() == page(client.get(address(response)).content).html()


def chosen_basis(shown: Page, key: int) -> None:
    for element in shown.get(f"#basis-{key}"):
        if element.attributes.get("value") == "evidence":
            element.attributes["selected"] = ""


def without_token(content: bytes) -> str:
    return re.sub(r'(name="form_token" value=")[^"]*', r"\1", content.decode())


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"rating": "7"}, "Choose one of the four ratings"),
        ({"basis": "hearsay"}, "Choose what your rating is based on."),
        ({"comment": "a\x0bb"}, "invisible control character (U+000B)"),
        ({"comment": "x" * 2001}, "This is too long"),
        ({"version": ""}, "damaged on its way"),
    ],
)
def test_a_bad_rating_is_told_and_kept(
    client: Client, response: Response, typed: dict[str, str], message: str, htmx: bool
) -> None:
    answer = rate(client, response, htmx=htmx, **typed)
    assert answer.status_code == 422
    assert message in read(answer.content if not htmx else b"<main>" + answer.content + b"</main>")
    assert row().version == 0


@pytest.mark.parametrize("htmx", [False, True])
def test_a_stale_rating_shows_both(client: Client, response: Response, htmx: bool) -> None:
    rate(client, response)
    answer = rate(client, response, htmx=htmx, rating="0", comment="Não vi.")
    assert answer.status_code == 409
    text = read(answer.content if not htmx else b"<main>" + answer.content + b"</main>")
    assert "Saved: Answers for it. Vi." in text
    assert "Yours, not saved: Not yet. Não vi." in text
    assert "✓ Saved" not in text
    assert row().rating == 3


def test_hostile_text_is_harmless(client: Client, cast: Cast, review: Review, diana: User) -> None:
    """In the reason, the first comment and the second one."""
    bad = "<script>alert(1)</script>{{ x }} =1+1"
    review.ratings.update(comment=bad)
    response = contest(review, "CEXP.4.1")
    ContestedStatement.objects.update(reason=bad)
    rate(client, response, comment=bad)
    content = client.get(address(response)).content.decode()
    assert "<script>alert" not in content
    assert content.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ x }} =1+1") >= 3


@pytest.mark.parametrize("htmx", [False, True])
def test_deciding_makes_it_count(client: Client, cast: Cast, response: Response, htmx: bool) -> None:
    """The mark goes, the level is the one of the second ratings, and reading the evidence has ended."""
    rate(client, response)
    answer = decide(client, response, htmx=htmx, seen="1", reason="Ouvi as duas.")
    assert answer.headers["HX-Redirect" if htmx else "Location"] == reverse("assessments:reviews")
    assert ReviewRating.objects.get(statement__code="CEXP.4.1").rating == 3
    assert Assessment.objects.get().contested_at is None
    text = read(client.get(address(response)).content)
    assert "This contest is decided" in text
    assert "Conduzi" not in text
    sign_in(client, cast.ana)
    text = read(client.get(answer_address(response.review.submission.assessment)).content)
    assert re.search(r"Marta decided on .*?Level: 3\..*Diana decided on .*?Level: 3\.", text)
    assert "Marta, 20 Nov 2026 knowledge" in text


def test_the_same_form_sent_twice_decides_once(client: Client, response: Response) -> None:
    rate(client, response)
    token = str(uuid.uuid4())
    first = decide(client, response, seen="1", form_token=token)
    assert decide(client, response, seen="1", form_token=token).headers == first.headers
    assert response.review.submission.assessment.transitions.filter(by__name="Diana").count() == 1


@pytest.mark.parametrize("htmx", [False, True])
def test_what_is_missing_is_named(client: Client, response: Response, htmx: bool) -> None:
    answer = decide(client, response, htmx=htmx, reason="Ouvi.")
    assert answer.status_code == 422
    content = answer.content if not htmx else b"<main>" + answer.content + b"</main>"
    assert "CEXP 4.1 still needs a rating" in page(content).get("#refusal").text
    if not htmx:
        assert page(content).get("#reason").text == "Ouvi."


@pytest.mark.parametrize("typed", [{"seen": ""}, {"seen": "x"}, {"form_token": "x"}, {"reason": "x" * 2001}])
def test_a_damaged_decision_decides_nothing(
    client: Client, response: Response, typed: dict[str, str]
) -> None:
    rate(client, response)
    assert decide(client, response, **{"seen": "1", **typed}).status_code == 422
    assert Assessment.objects.get().contested_at is not None


def test_ratings_that_were_not_seen_conflict(client: Client, response: Response) -> None:
    rate(client, response)
    answer = decide(client, response, seen="0")
    assert answer.status_code == 409
    assert "have changed since you read them" in page(answer.content).get("#refusal").text


@pytest.mark.parametrize("htmx", [False, True])
def test_after_the_decision_a_late_tab_is_told(
    client: Client, response: Response, diana: User, htmx: bool
) -> None:
    """Rating and deciding alike."""
    key = statement_id("CEXP.4.1")
    word: dict[str, Any] = {"answer": 3, "comment": "Vi.", "basis": "evidence", "version": 0}
    rate_contested(response=response, statement_id=key, **word, by=diana, at=NEXT_DAY)
    decide_contest(response=response, by=diana, at=NEXT_DAY)
    for answer in (rate(client, response, htmx=htmx, version="1"), decide(client, response, htmx=htmx)):
        assert answer.status_code == 409
        content = answer.content if not htmx else b"<main>" + answer.content + b"</main>"
        assert "has been decided in the meantime" in read(content)


def test_queries_do_not_grow(client: Client, review: Review, diana: User) -> None:
    """One contested statement or six; the employee has been told."""
    found = contest(review, "CEXP.4.1")
    client.get(address(found))
    with CaptureQueriesContext(connection) as one:
        client.get(address(found))
    for position in range(2, 7):
        key = statement_id(f"CEXP.4.{position}")
        ContestedStatement.objects.create(response=found, statement_id=key, reason=REASON)
    with CaptureQueriesContext(connection) as six:
        assert client.get(address(found)).content.count(b'<article class="card statement"') == 6
    assert len(six) == len(one)
