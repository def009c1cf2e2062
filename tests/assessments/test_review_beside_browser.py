"""What stands beside the ratings, in a browser: keys, threads, kept comments, notes, the essence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.actions.kept import keep_comment
from assessments.models import (
    EssenceAnswer,
    PrivateNote,
    Review,
    StatementComment,
    Submission,
)
from tests.assessments.review_cases import LATER, address, statement_id, word
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def review(page: Page, live_server: LiveServer, cast: Cast, submission: Submission) -> Iterator[Page]:
    """The page, opened by Marta, who has kept a comment; what is typed has been saved when a test ends."""
    cast.marta.choose_language("en")
    keep_comment(text="Falta o efeito.", by=cast.marta, at=LATER)
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("[name=login]", cast.marta.email)
    page.fill("[name=password]", PASSWORD)
    page.click("form .btn-primary")
    page.goto(live_server.url + address(submission))
    yield page
    page.wait_for_timeout(1300)
    page.wait_for_load_state("networkidle")


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id")
    return found


def test_one_key_each_rates_and_moves(review: Page, submission: Submission, console: list[str]) -> None:
    """j and k move, a figure rates, c goes to the comment, where figures are figures."""
    first, second = statement_id("CEXP.4.1"), statement_id("CEXP.4.2")
    for key in "jjk":
        review.keyboard.press(key)
    assert focused(review) == f"statement-{first}"
    review.keyboard.press("j")
    assert focused(review) == f"statement-{second}"
    review.keyboard.press("3")
    expect(review.locator(f"#rating-{second}-3")).to_be_checked()
    expect(review.locator("#saved")).to_contain_text("Saved")
    review.keyboard.press("c")
    review.keyboard.type("Vi 2 jornadas")
    assert review.input_value(f"#comment-{second}") == "Vi 2 jornadas"
    expect(review.locator(f"#rating-{second}-3")).to_be_checked()
    review.keyboard.press("Tab")
    expect(review.locator(f"#hint-{second}")).to_contain_text("say what it is based on")
    assert word(submission, "CEXP.4.2").rating == 3
    assert console == []


def test_one_key_accepts_what_is_supported(review: Page, submission: Submission) -> None:
    review.keyboard.press("j")
    review.keyboard.press("a")
    key = statement_id("CEXP.4.1")
    expect(review.locator(f"#word-{key}")).to_contain_text("accepted as supported")
    review.keyboard.press("j")
    assert focused(review) == f"statement-{statement_id('CEXP.4.2')}"
    assert word(submission, "CEXP.4.1").settled_at is not None


def test_the_keys_can_be_switched_off(review: Page, submission: Submission) -> None:
    """And stay off on the next page."""
    review.keyboard.press("?")
    review.keyboard.press("Space")
    for _ in range(2):
        expect(review.locator("[data-keys-on]")).not_to_be_checked()
        review.keyboard.press("j")
        assert not focused(review).startswith("statement-")
        review.reload()
    assert not Review.objects.exists()


def test_a_kept_comment_goes_into_the_field_at_once(review: Page, submission: Submission) -> None:
    key = statement_id("CEXP.4.2")
    review.fill(f"#comment-{key}", "Li o mapa.")
    review.locator(f"#kept-{key} summary").click()
    expect(review.locator(f"#keep-{key}")).to_have_value("Li o mapa.")
    review.locator(f"#kept-{key}").get_by_role("button", name="Use it").click()
    expect(review.locator(f"#comment-{key}")).to_have_value("Li o mapa.\nFalta o efeito.")
    review.locator(f"#kept-{key}").get_by_role("button", name="Keep for another time").click()
    expect(review.locator(f"#kept-{key} .lines > li")).to_have_count(2)
    expect(review.locator("#saved")).to_contain_text("Saved")
    assert word(submission, "CEXP.4.2").comment == "Li o mapa.\nFalta o efeito."


def test_everything_beside_saves_and_is_accessible(
    review: Page, submission: Submission, console: list[str], accessible: Callable[[], None]
) -> None:
    key = statement_id("CEXP.4.2")
    review.locator("#essence-partly").check(force=True)
    expect(review.locator("#essence-note")).to_contain_text("validating waits for it")
    review.fill("#essence-comment", "Ainda pede ajuda.")
    expect(review.locator("#essence-note")).not_to_contain_text("validating waits for it")
    review.locator("#notes summary").click()
    review.fill("#private-text", "Conversar em março.")
    review.locator("#private-text").blur()
    review.locator("#history summary").click()
    expect(review.locator("#timeline")).to_contain_text("Sent to review · Ana")
    review.locator(f"#thread-{key} summary").click()
    review.fill(f"#thread-text-{key}", "Quem conduziu?")
    review.locator(f"#thread-{key}").get_by_role("button", name="Send the comment").click()
    expect(review.locator(f"#thread-{key} summary")).to_contain_text("1 comment")
    expect(review.locator(f"#thread-send-{key}")).to_be_focused()
    review.locator(f"#kept-{key} summary").click()
    expect(review.locator(f"#kept-{key} .lines")).to_contain_text("Falta o efeito.")
    accessible()
    said = EssenceAnswer.objects.get()
    assert (said.answer, said.comment) == ("partly", "Ainda pede ajuda.")
    assert PrivateNote.objects.get().text == "Conversar em março."
    assert StatementComment.objects.get().text == "Quem conduziu?"
    assert console == []


def test_the_focus_stays_where_something_was_sent(review: Page, submission: Submission) -> None:
    """Also where the answer replaces the button, refuses, or takes the button away."""
    key = statement_id("CEXP.4.2")
    thread, kept = review.locator(f"#thread-{key}"), review.locator(f"#kept-{key}")
    thread.locator("summary").click()
    review.fill(f"#thread-text-{key}", "Quem conduziu?")
    thread.get_by_role("button", name="Send the comment").press("Enter")
    expect(thread.locator("summary")).to_contain_text("1 comment")
    expect(review.locator(f"#thread-send-{key}")).to_be_focused()
    kept.locator("summary").click()
    kept.get_by_role("button", name="Remove it").press("Enter")
    expect(kept).to_contain_text("You have kept no comments yet.")
    expect(review.locator(f"#kept-summary-{key}")).to_be_focused()
    review.locator("#validate button").press("Enter")
    expect(review.locator("#refusal .notice")).to_be_visible()
    expect(review.locator("#validate button")).to_be_focused()


def test_the_pages_of_history_and_thread_are_accessible(
    review: Page, live_server: LiveServer, submission: Submission, accessible: Callable[[], None]
) -> None:
    base = f"{live_server.url}/assessments/{submission.assessment_id}"
    for at in (f"{base}/history/", f"{base}/statements/{statement_id('CEXP.4.2')}/comments/"):
        review.goto(at)
        accessible()
    review.goto(live_server.url + f"{address(submission)}statements/{statement_id('CEXP.4.2')}/kept/")
    accessible()
