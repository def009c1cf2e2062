"""The keys of a review, and what a decision waits for: nothing is rated unseen, nothing typed is dropped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Assessment, LinkVerdict, State, Submission
from tests.assessments.report_cases import sent, worked_example
from tests.assessments.review_cases import address, links, statement_id, word
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def submission(draft: Assessment) -> Submission:
    """Ana's worked example, sent: level 3 supported, target 4."""
    worked_example(draft)
    return sent(draft)


@pytest.fixture
def review(page: Page, live_server: LiveServer, cast: Cast, submission: Submission) -> Iterator[Page]:
    cast.marta.choose_language("en")
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("[name=login]", cast.marta.email)
    page.fill("[name=password]", PASSWORD)
    page.click("form .btn-primary")
    page.goto(live_server.url + address(submission))
    yield page
    page.wait_for_load_state("networkidle")


def press_place(page: Page, code: str, key: str) -> None:
    """A key by its place, with the letter that a Russian keyboard has there."""
    pressed = "([code, key]) => new KeyboardEvent('keydown', {code, key, bubbles: true})"
    page.evaluate(f"pressed => document.body.dispatchEvent(({pressed})(pressed))", [code, key])


def test_keys_are_places_not_letters(review: Page, submission: Submission) -> None:
    """On a Russian keyboard the key j says «о», and a says «ф»."""
    key = statement_id("CEXP.4.1")
    press_place(review, "KeyJ", "о")
    expect(review.locator(f"#statement-{key}")).to_be_focused()
    press_place(review, "KeyA", "ф")
    expect(review.locator(f"#word-{key}")).to_contain_text("accepted as supported")


def test_nothing_out_of_sight_is_rated(review: Page, submission: Submission) -> None:
    """Neither before a statement was gone to, nor after one has scrolled away from it."""
    review.keyboard.press("0")
    review.keyboard.press("j")
    review.evaluate("document.activeElement.blur()")
    review.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    review.keyboard.press("0")
    review.locator("#essence-partly").focus()
    review.keyboard.press("1")
    review.locator(f"#text-{statement_id('CEXP.4.3')}").click()
    review.keyboard.press("1")
    expect(review.locator(f"#word-{statement_id('CEXP.4.3')}")).to_contain_text("rated by you")
    assert [word(submission, code).version for code in ("CEXP.4.1", "CEXP.4.2", "CEXP.4.3")] == [0, 0, 1]


def test_the_next_open_statement_is_one_key_away(review: Page, submission: Submission) -> None:
    """Folded levels open; with nothing open any more it is the decision's turn."""
    review.keyboard.press("j")
    review.keyboard.press("r")
    expect(review.locator("#state-4")).to_contain_text("6 of 6 looked at")
    review.keyboard.press("o")
    expect(review.locator(f"#statement-{statement_id('CEXP.3.1')}")).to_be_focused()
    review.keyboard.press("r")
    expect(review.locator("#state-3")).to_contain_text("5 of 5 looked at")
    review.keyboard.press("o")
    expect(review.locator("#validate button")).to_be_focused()
    review.keyboard.press("Enter")
    expect(review.locator("#messages")).to_contain_text("Ana: level 3 is validated.")


@pytest.mark.parametrize("decision", ["Validate", "Return for changes"])
def test_a_decision_waits_for_an_answer_without_its_reason(
    review: Page, submission: Submission, console: list[str], decision: str
) -> None:
    item = links(submission, "CEXP.4.1")[0]["link"]
    review.keyboard.press("j")
    review.keyboard.press("r")
    review.locator("label.does_not_show").first.click()
    expect(review.locator(f"#reason-{item}")).to_be_focused()
    if decision == "Validate":
        review.locator("#validate button").click()
    else:
        review.locator(".return summary").click()
        review.fill("#reason", "Falta o efeito.")
        review.locator("#return button").click()
    expect(review.locator("#banner")).to_contain_text("What is marked here is not saved yet")
    expect(review.locator(f"#reason-{item}")).to_be_focused()
    submission.assessment.refresh_from_db()
    assert submission.assessment.state == State.IN_REVIEW
    review.keyboard.type("De outra pessoa.")
    review.keyboard.press("Tab")
    expect(review.locator(".unsaved")).to_have_count(0)
    assert LinkVerdict.objects.get().reason == "De outra pessoa."
    assert console == []


def test_a_decision_waits_for_a_comment_that_was_refused(review: Page, submission: Submission) -> None:
    """And nothing says that it was saved."""
    key = statement_id("CEXP.4.2")
    review.fill(f"#comment-{key}", "x" * 2001)
    review.locator(f"#comment-{key}").blur()
    expect(review.locator(f"#hint-{key}")).to_contain_text("This is too long")
    expect(review.locator("#saved")).to_be_empty()
    review.locator("#validate button").click()
    expect(review.locator(f"#comment-{key}")).to_be_focused()
    review.fill(f"#comment-{key}", "Curto.")
    review.locator(f"#comment-{key}").blur()
    expect(review.locator("#saved")).to_contain_text("Saved")
    expect(review.locator("#banner")).to_be_hidden()


def test_a_refusal_leads_to_the_statements(review: Page, submission: Submission) -> None:
    """Also into a level that is folded."""
    review.keyboard.press("j")
    review.keyboard.press("r")
    expect(review.locator("#state-4")).to_contain_text("6 of 6 looked at")
    review.locator("#validate button").click()
    review.locator("#refusal").get_by_role("link", name="3.2").click()
    expect(review.locator(f"#statement-{statement_id('CEXP.3.2')}")).to_be_in_viewport()
