"""Saving one answer."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.actions.send import submit
from assessments.models import Assessment, StatementRating
from tests.cast import NOON, TODAY, Cast, answer, answer_level, evidence, link, rating_of
from tests.htmx import Page

pytestmark = pytest.mark.usefixtures("noon")

OOB = "#progress,#saved,#next,#stepper,#after"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def rating(draft: Assessment) -> StatementRating:
    return rating_of(draft, "CEXP.3.1")


def level(draft: Assessment, number: int = 3) -> str:
    return f"/assessments/{draft.pk}/levels/{number}/"


def address(rating: StatementRating) -> str:
    return f"/assessments/{rating.assessment_id}/ratings/{rating.pk}/"


def rate(
    client: Client, rating: StatementRating, value: str, *, htmx: bool = True, **fields: str
) -> HttpResponse:
    data = {"answer": value, "version": "0", "reason": "", **fields}
    return client.post(address(rating), data, headers=HTMX if htmx else {})


def choose(client: Client, page: Page, rating: StatementRating, value: str) -> None:
    """A click on a rating as the browser does it, with the version that the page carries."""
    page.choose(f"#statement-{rating.statement.code.replace('.', '-')}", "answer", value)
    version = page.get(f"#version-{rating.pk}").attributes["value"]
    answer = rate(client, rating, value, version=version)
    assert answer.status_code == 200
    page.swap(answer.content, target=f"#notes-{rating.pk}", select_oob=f"#version-{rating.pk},{OOB}")


@pytest.mark.parametrize("value", ["0", "1", "2", "3"])
def test_a_rating_is_saved(ana: Client, rating: StatementRating, value: str) -> None:
    """The answer is the part of the page that changes, not a whole page."""
    answer = rate(ana, rating, value)
    rating.refresh_from_db()
    assert (answer.status_code, rating.claim, rating.version) == (200, int(value), 1)
    assert b"<html" not in answer.content


def test_not_applicable_is_saved_with_its_reason(ana: Client, rating: StatementRating) -> None:
    """It is no 0."""
    rate(ana, rating, "na", reason="Outra equipe faz isso.")
    rating.refresh_from_db()
    assert (rating.claim, rating.not_applicable, rating.reason) == (None, True, "Outra equipe faz isso.")


def test_an_answer_can_be_cleared(ana: Client, draft: Assessment, rating: StatementRating) -> None:
    """Then the statement is unanswered again, which is no 0 either."""
    answer(draft, "CEXP.3.1", "na", "Outra equipe")
    rate(ana, rating, "", version="1", reason="Outra equipe")
    rating.refresh_from_db()
    assert (rating.answer, rating.reason) == (None, "")


def test_after_every_swap_the_page_equals_a_reload(
    ana: Client, draft: Assessment, cast: Cast, rating: StatementRating
) -> None:
    """Through a first answer, a change, a level that gets complete and an answer that is cleared."""
    link(draft, "CEXP.3.1", evidence(cast.ana, result=""))
    for position in range(2, 6):
        answer(draft, f"CEXP.3.{position}", 3)
    page = Page(ana.get(level(draft)).content)
    for value in ("0", "3", "1", ""):
        choose(ana, page, rating, value)
        assert page.html() == Page(ana.get(level(draft)).content).html()


def test_a_level_that_gets_attained_shows_at_once(
    ana: Client, draft: Assessment, cast: Cast, rating: StatementRating
) -> None:
    """The stepper marks it, and the level below as included."""
    answer_level(draft, 3, 3)
    answer(draft, "CEXP.3.1", None)
    item = evidence(cast.ana)
    for position in range(1, 6):
        link(draft, f"CEXP.3.{position}", item)
    page = Page(ana.get(level(draft)).content)
    choose(ana, page, rating, "3")
    assert "Level 2 included in the level above Level 3" not in page.get("#stepper").text
    assert "included in the level above" in page.get("#stepper").text
    assert page.html() == Page(ana.get(level(draft)).content).html()


def test_without_scripts_it_comes_back_to_the_statement(
    ana: Client, draft: Assessment, rating: StatementRating
) -> None:
    """By a redirect, so that a reload saves nothing twice."""
    answer = rate(ana, rating, "2", htmx=False)
    assert answer.headers["Location"] == f"{level(draft)}#statement-CEXP-3-1"


def test_not_applicable_without_a_reason_is_not_saved(ana: Client, rating: StatementRating) -> None:
    """The message stands under the statement, and nothing is called saved."""
    answer = rate(ana, rating, "na", reason=" ")
    rating.refresh_from_db()
    assert (answer.status_code, rating.version) == (422, 0)
    assert "say why this statement does not apply" in Page(answer.content).get(f"#notes-{rating.pk}").text


@pytest.mark.parametrize(
    ("reason", "kept"),
    [("x" * 501, "x" * 501), ("x" * 1_000_000, "x" * 1_000_000), ("<i>con\x07trole", "<i>con\x07trole")],
)
def test_a_reason_that_cannot_be_kept_stays_in_its_field(
    ana: Client, rating: StatementRating, reason: str, kept: str
) -> None:
    """With the whole page too: what was typed and chosen is there, with the message."""
    answer = rate(ana, rating, "na", reason=reason, htmx=False)
    page = Page(answer.content)
    assert answer.status_code == 422
    assert page.get(f"#reason-{rating.pk}").text == kept
    assert page.get(f"#notes-{rating.pk}").text


def test_a_reason_beside_a_rating_cannot_stop_it(ana: Client, rating: StatementRating) -> None:
    """The field is hidden then, so nobody could mend it."""
    assert rate(ana, rating, "2", reason="x" * 501).status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"version": "0"},
        {"answer": "4", "version": "0"},
        {"answer": "-1", "version": "0"},
        {"answer": "três", "version": "0"},
        {"answer": "2"},
        {"answer": "2", "version": "-1"},
        {"answer": "2", "version": "99999999999999999999"},
        {"answer": "2", "version": "zero"},
    ],
)
def test_what_is_no_answer_changes_nothing(
    ana: Client, rating: StatementRating, data: dict[str, str]
) -> None:
    """It gets a message, as a fragment and as a page."""
    for headers in ({}, HTMX):
        answer = ana.post(address(rating), data, headers=headers)
        assert answer.status_code == 422
        assert Page(answer.content).get(f"#notes-{rating.pk}").text
    rating.refresh_from_db()
    assert rating.version == 0


def test_a_stale_save_shows_both_and_overwrites_nothing(
    ana: Client, draft: Assessment, rating: StatementRating
) -> None:
    """The version of the page stays old, so that a click already on its way cannot overwrite either."""
    answer(draft, "CEXP.3.1", 3)
    refusal = rate(ana, rating, "1")
    notes = Page(refusal.content).get(f"#notes-{rating.pk}").text
    rating.refresh_from_db()
    assert (refusal.status_code, rating.claim) == (409, 3)
    assert "Keep what is saved: I answer for it" in notes
    assert "Save yours: I know how" in notes
    assert f'id="version-{rating.pk}"' not in refusal.content.decode()


def test_either_of_two_answers_can_be_kept(ana: Client, draft: Assessment, rating: StatementRating) -> None:
    """The button brings the version that was read with both."""
    answer(draft, "CEXP.3.1", 3)
    page = Page(ana.get(level(draft)).content)
    answer(draft, "CEXP.3.1", 2)
    page.choose("#statement-CEXP-3-1", "answer", "1")
    page.swap(rate(ana, rating, "1", version="1").content, target=f"#notes-{rating.pk}", select_oob=OOB)
    fields = {
        element.attributes["name"]: element.attributes["value"]
        for element in page.get(f"#notes-{rating.pk}")
        if element.attributes.get("type") == "hidden" and element.attributes["name"] != "csrfmiddlewaretoken"
    }
    saved = ana.post(address(rating), fields, headers=HTMX)
    page.swap(saved.content, target=f"#notes-{rating.pk}", select_oob=f"#version-{rating.pk},{OOB}")
    rating.refresh_from_db()
    assert rating.claim == 1
    assert page.html() == Page(ana.get(level(draft)).content).html()


def test_the_same_answer_from_two_tabs_is_no_conflict(
    ana: Client, draft: Assessment, rating: StatementRating
) -> None:
    """There is nothing to choose between."""
    answer(draft, "CEXP.3.1", "na", "Outra equipe")
    assert rate(ana, rating, "na", reason="Outra equipe").status_code == 200
    assert rate(ana, rating, "na", reason="Outro motivo").status_code == 409


def test_a_stale_save_without_scripts_gets_the_page_with_both(
    ana: Client, draft: Assessment, rating: StatementRating
) -> None:
    """The saved one is chosen on the card."""
    answer(draft, "CEXP.3.1", 3)
    refusal = rate(ana, rating, "1", htmx=False)
    card = Page(refusal.content).get("#statement-CEXP-3-1")
    assert refusal.status_code == 409
    assert [element.attributes["value"] for element in card if "checked" in element.attributes] == ["3"]
    assert "Save yours: I know how" in card.text


@pytest.mark.parametrize("htmx", [True, False])
def test_a_save_after_sending_says_that_it_was_sent(
    ana: Client, draft: Assessment, rating: StatementRating, htmx: bool
) -> None:
    """And saves nothing."""
    answer(draft, "CEXP.3.2", 3)
    submit(assessment=draft, by=draft.employee, at=NOON, on=TODAY)
    refusal = rate(ana, rating, "1", htmx=htmx)
    rating.refresh_from_db()
    assert (refusal.status_code, rating.claim) == (409, None)
    assert "was sent to review in the meantime" in refusal.content.decode()


@pytest.mark.parametrize("who", ["bruno", "marta", "helena", "admir"])
def test_nobody_else_can_save(client: Client, cast: Cast, rating: StatementRating, who: str) -> None:
    """For them it is not there."""
    client.force_login(getattr(cast, who))
    assert rate(client, rating, "2").status_code == 404


def test_a_rating_of_another_assessment_is_not_found(ana: Client, draft: Assessment) -> None:
    """Ids are looked up within the assessment."""
    for rating_id in (0, 2**62, 10**30):
        assert ana.post(f"/assessments/{draft.pk}/ratings/{rating_id}/").status_code == 404


def test_signed_out_a_save_is_told_so(client: Client, rating: StatementRating) -> None:
    """A fragment of 401: the page stays as it is. Without scripts the answer is held, to be sent again."""
    assert rate(client, rating, "2").status_code == 401
    plain = rate(client, rating, "2", htmx=False)
    assert plain.status_code == 401
    assert 'name="answer" value="2"' in plain.content.decode()


def test_it_is_only_posted(ana: Client, rating: StatementRating) -> None:
    """A link to it leads nowhere."""
    assert ana.get(address(rating)).status_code == 405


def test_queries_do_not_grow_with_answers_and_evidence(
    ana: Client,
    draft: Assessment,
    cast: Cast,
    rating: StatementRating,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """Reading what to show costs the same, however much there is."""
    rate(ana, rating, "1")
    with django_assert_num_queries(12):
        rate(ana, rating, "2", version="1")
    answer_level(draft, 4, 2)
    for number in range(10):
        link(draft, "CEXP.3.1", evidence(cast.ana, title=str(number)))
    with django_assert_num_queries(12):
        rate(ana, rating, "3", version="2")
