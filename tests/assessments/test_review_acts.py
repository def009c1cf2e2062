"""Judging, confirming and accepting on the page of a review: what is answered, and that the page shows it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment, Review, Submission
from skills.models import Skill
from tests.assessments.report_cases import sent, worked_example
from tests.assessments.review_cases import (
    accept,
    address,
    confirm,
    decide,
    item_of,
    judge,
    link_of,
    links,
    page,
    rate,
    read,
    ready,
    sign_in,
    statement_id,
    word,
)
from tests.cast import Cast, answer, answer_level, begin, evidence, link
from tests.htmx import Page

pytestmark = pytest.mark.usefixtures("an_hour_later")

PIECES = "#essence-question,#essence-note"


def equals_a_fresh_one(client: Client, submission: Submission, shown: Page, answered: HttpResponse) -> bool:
    assert answered.status_code == 200
    shown.swap(answered.content, target="#refusal", select_oob=PIECES)
    return shown.html() == page(client.get(address(submission)).content).html()


def test_after_a_verdict_the_page_equals_a_fresh_one(
    client: Client, submission: Submission, open_page: Page
) -> None:
    """The support falls, and the rating, the level and what leans on one item with it."""
    key = link_of(submission, "CEXP.4.1")
    response = judge(client, submission, key, htmx=True, verdict="not_opened")
    box = open_page.get(f"#verdict-{key}-not_opened")
    box.attributes["checked"] = ""
    assert "supported Has done it" in read(response.content)
    assert equals_a_fresh_one(client, submission, open_page, response)


@pytest.mark.parametrize("code", ["CEXP.4.1", "CEXP.4.6"])
def test_after_a_confirmation_the_page_equals_a_fresh_one(
    client: Client, submission: Submission, open_page: Page, code: str
) -> None:
    """Also where the item speaks for many statements; and again after it is taken back."""
    item = item_of(submission, code)
    for confirmed in "10":
        response = confirm(client, submission, item, htmx=True, confirmed=confirmed)
        assert equals_a_fresh_one(client, submission, open_page, response)


def test_after_accepting_the_page_equals_a_fresh_one(
    client: Client, submission: Submission, open_page: Page
) -> None:
    """One, and then the rest of the level."""
    assert "0 of 6 looked at" in open_page.get("#state-4").text
    response = accept(client, submission, "CEXP.4.1", htmx=True)
    assert equals_a_fresh_one(client, submission, open_page, response)
    assert "1 of 6 looked at" in open_page.get("#state-4").text
    rest = [f"CEXP.4.{place}" for place in range(2, 7)]
    response = accept(client, submission, *rest, htmx=True)
    assert equals_a_fresh_one(client, submission, open_page, response)
    assert "6 of 6 looked at" in open_page.get("#state-4").text


def test_a_level_to_rate_appears_with_the_rating_that_needs_it(
    client: Client, submission: Submission, open_page: Page
) -> None:
    """Level 3 falls, so level 2 decides; rated on the spot, it makes the level known."""
    assert open_page.get("#spot").text == ""
    for place in (1, 2):
        code = f"CEXP.3.{place}"
        open_page.choose(f"#statement-{statement_id(code)}", "rating", "1")
        response = rate(client, submission, code, htmx=True, rating="1")
        assert equals_a_fresh_one(client, submission, open_page, response)
    assert "Level 2" in open_page.get("#spot").text
    for place in (1, 2):
        code = f"CEXP.2.{place}"
        open_page.choose(f"#statement-{statement_id(code)}", "rating", "3")
        response = rate(client, submission, code, htmx=True, rating="3")
        assert equals_a_fresh_one(client, submission, open_page, response)
    assert open_page.get("#decision").text == "Validate: level 2"


def test_rated_low_on_the_spot_the_level_is_known_too(
    client: Client, cast: Cast, cexp: Skill, cycle: object
) -> None:
    """One number is an answer: without a claim of the employee, and the report says so."""
    assessment = begin(cast.ana, cexp)
    answer_level(assessment, 2, 3)
    answer(assessment, "CEXP.4.1", 3)
    for code in ("CEXP.2.1", "CEXP.2.2"):
        link(assessment, code, evidence(cast.ana))
    submission = sent(assessment)
    sign_in(client, cast.marta)
    rate(client, submission, "CEXP.3.1", rating="1", comment="Vi.", basis="observation")
    assert decide(client, submission, "validate", **ready(submission, cast.marta)).status_code == 302
    result = Review.objects.get().result or {}
    assert (result["held"]["validated"], result["determined"]) == (2, True)
    assert result["levels"][1]["statements"][0][1] is None


def test_not_applicable_comes_first_and_is_agreed_to(client: Client, cast: Cast, draft: Assessment) -> None:
    worked_example(draft)
    answer(draft, "CEXP.4.5", "na", reason="Não atendo canais.")
    submission = sent(draft)
    sign_in(client, cast.marta)
    text = read(client.get(address(submission)).content)
    assert text.index("CEXP 4.5") < text.index("CEXP 4.1")
    assert "Agree: not applicable" in text
    accept(client, submission, "CEXP.4.5")
    assert word(submission, "CEXP.4.5").answer == "na"
    assert "agreed: not applicable" in read(client.get(address(submission)).content)


def test_what_leans_on_one_item_is_said(client: Client, submission: Submission, open_page: Page) -> None:
    """All of level 3, and of level 4 all but 4.2: items with the same text are one piece of work."""
    assert "“Pesquisa pós-venda” carries 9 of the 10 points" in open_page.get("#state-4").text
    assert "carries 15 of the 15 points" in open_page.get("#state-3").text


def test_nothing_settled_is_not_validated(client: Client, submission: Submission, open_page: Page) -> None:
    """The message names what is left."""
    accept(client, submission, *(f"CEXP.4.{place}" for place in range(1, 7)))
    response = decide(client, submission, "validate", seen="6")
    assert response.status_code == 422
    said = page(response.content).get("#refusal").text
    assert "You have not looked at CEXP 3.1, CEXP 3.2, CEXP 3.3, CEXP 3.4, CEXP 3.5 yet" in said


def test_a_missing_basis_is_named(client: Client, submission: Submission, open_page: Page) -> None:
    rate(client, submission, "CEXP.4.2", rating="3", comment="Vi.")
    response = decide(client, submission, "validate", seen="1")
    assert "CEXP 4.2 differs" in page(response.content).get("#refusal").text
    assert "say what it is based on" in page(response.content).get(f"#hint-{statement_id('CEXP.4.2')}").text


def test_queries_do_not_grow_with_evidence(client: Client, cast: Cast, draft: Assessment) -> None:
    """Nor with verdicts: one item, then ten of them judged and confirmed."""
    worked_example(draft)
    few = sent(draft)
    sign_in(client, cast.marta)
    rate(client, few, "CEXP.4.2")
    counts = [count(client, few)]
    for place in range(1, 6):
        for item in links(few, f"CEXP.3.{place}"):
            judge(client, few, item["link"])
    confirm(client, few, item_of(few, "CEXP.4.6"))
    counts.append(count(client, few))
    assert counts[0] == counts[1]


def count(client: Client, submission: Submission) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address(submission)).status_code == 200
    return len(queries)
