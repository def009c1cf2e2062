"""A review in a browser: ratings save themselves, by mouse and by keyboard, and the decision follows them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import State, Submission
from tests.assessments.review_cases import address, links, statement_id, word
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def review(page: Page, live_server: LiveServer, cast: Cast, submission: Submission) -> Page:
    """The page, opened by Marta."""
    cast.marta.choose_language("en")
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("[name=login]", cast.marta.email)
    page.fill("[name=password]", PASSWORD)
    page.click("form .btn-primary")
    page.goto(live_server.url + address(submission))
    return page


def choose(page: Page, code: str, rating: int) -> None:
    page.locator(f"#rating-{statement_id(code)}-{rating}").check(force=True)


def test_quick_ratings_all_save_and_move_the_level(
    review: Page, submission: Submission, console: list[str], accessible: Callable[[], None]
) -> None:
    """Ten clicks without waiting, no conflict; then the comments, the last one left open while deciding."""
    for rating in (0, 3, 1, 2, 3, 0, 3, 2, 1, 3):
        choose(review, "CEXP.4.2", rating)
    choose(review, "CEXP.4.3", 3)
    choose(review, "CEXP.4.4", 3)
    expect(review.locator("#decision")).to_have_text("Validate: level 4")
    assert word(submission, "CEXP.4.2").version == 10
    for code in ("CEXP.4.2", "CEXP.4.3", "CEXP.4.4"):
        review.select_option(f"#basis-{statement_id(code)}", "observation")
        review.fill(f"#comment-{statement_id(code)}", f"Vi {code}.")
    review.locator("#rest-4").click()
    expect(review.locator("#state-4")).to_contain_text("6 of 6 looked at")
    review.locator("details.other-level > summary").click()
    review.locator("#rest-3").click()
    expect(review.locator("#state-3")).to_contain_text("5 of 5 looked at")
    accessible()
    review.get_by_role("button", name="Validate: level 4").click()
    expect(review.locator("#messages")).to_contain_text("Ana: level 4 is validated.")
    submission.assessment.refresh_from_db()
    assert submission.assessment.state == State.VALIDATED
    assert word(submission, "CEXP.4.4").comment == "Vi CEXP.4.4."
    assert console == []


def test_the_keyboard_alone_rates_comments_and_returns(
    review: Page, submission: Submission, console: list[str]
) -> None:
    """Focus stays where it was after each save."""
    key = statement_id("CEXP.4.1")
    review.locator(f"#rating-{key}-3").focus()
    review.keyboard.press("ArrowLeft")
    expect(review.locator(f"#hint-{key}")).to_contain_text("say why in the comment")
    assert review.evaluate("document.activeElement.id") == f"rating-{key}-2"
    review.keyboard.press("Tab")
    assert review.evaluate("document.activeElement.id") == f"comment-{key}"
    review.keyboard.type("Falta o efeito.")
    review.keyboard.press("Shift+Tab")
    expect(review.locator(f"#hint-{key}")).to_contain_text("say what it is based on")
    review.locator(".return summary").focus()
    review.keyboard.press("Enter")
    review.keyboard.press("Tab")
    review.keyboard.type("Conte o efeito.")
    review.keyboard.press("Tab")
    review.keyboard.press("Enter")
    expect(review).to_have_url(re.compile(r"/reviews/$"))
    submission.assessment.refresh_from_db()
    assert submission.assessment.state == State.RETURNED
    assert word(submission, "CEXP.4.1").comment == "Falta o efeito."
    assert console == []


def test_a_refused_decision_keeps_the_page(review: Page, submission: Submission) -> None:
    """A comment is missing: the reason is said, and what was rated stands."""
    choose(review, "CEXP.4.2", 3)
    review.get_by_role("button", name="Validate").click()
    expect(review.locator("#refusal")).to_contain_text("Your rating of CEXP 4.2 differs")
    expect(review.locator(f"#rating-{statement_id('CEXP.4.2')}-3")).to_be_checked()


def test_another_tab_was_first(review: Page, submission: Submission) -> None:
    """Both ratings are shown; saving again is a choice."""
    other = review.context.new_page()
    other.goto(review.url)
    choose(other, "CEXP.4.2", 3)
    expect(other.locator("#saved")).to_contain_text("Saved")
    choose(review, "CEXP.4.2", 0)
    key = statement_id("CEXP.4.2")
    expect(review.locator(f"#hint-{key}")).to_contain_text("Yours, not saved: Not yet.")
    assert word(submission, "CEXP.4.2").rating == 3
    review.fill(f"#comment-{key}", "Não vi.")
    review.locator(f"#comment-{key}").blur()
    expect(review.locator(f"#hint-{key}")).not_to_contain_text("not saved")
    assert (word(submission, "CEXP.4.2").rating, word(submission, "CEXP.4.2").comment) == (0, "Não vi.")


def test_the_keyboard_alone_judges_confirms_and_accepts(
    review: Page, submission: Submission, console: list[str], accessible: Callable[[], None]
) -> None:
    """A verdict waits for its reason and then saves; the focus stays where the hand is."""
    key, item = statement_id("CEXP.4.1"), links(submission, "CEXP.4.1")[0]["link"]
    review.locator(f"#verdict-{item}-shows").focus()
    review.keyboard.press("Space")
    expect(review.locator("#saved")).to_contain_text("Saved")
    review.keyboard.press("ArrowRight")
    expect(review.locator(f"#reason-{item} ~ .why-hint")).to_have_text(
        "Say why: it is saved with its reason."
    )
    review.keyboard.press("Tab")
    assert review.evaluate("document.activeElement.id") == f"reason-{item}"
    review.keyboard.type("De outra pessoa.")
    expect(review.locator(f"#word-{key}")).to_contain_text("supportedNot yet")
    expect(review.locator(f"#rating-{key}-0")).to_be_checked()
    other = links(submission, "CEXP.4.6")[0]["link"]
    review.locator(f"#confirm-{other}").press("Enter")
    expect(review.locator(f"#facts-{other}")).to_contain_text("confirmed")
    assert review.evaluate("document.activeElement.id") == f"confirm-{other}"
    review.locator(f"#accept-{key}").press("Enter")
    expect(review.locator(f"#word-{key}")).to_contain_text("accepted as supported")
    assert review.evaluate("document.activeElement.id") == f"accept-{key}"
    accessible()
    assert console == []
