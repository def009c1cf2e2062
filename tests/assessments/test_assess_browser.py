"""Assessing oneself in a real browser: quick clicks, two tabs, the keyboard, and no scripts at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.actions.send import submit
from assessments.models import Assessment
from tests.cast import NOON, PASSWORD, TODAY, Cast, answer, evidence, link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def begun(draft: Assessment, cast: Cast) -> Assessment:
    cast.ana.choose_language("en")
    return draft


def sign_in(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("[name=login]", "ana@example.org")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{live_server.url}/")


@pytest.fixture
def level(page: Page, live_server: LiveServer, begun: Assessment) -> str:
    """The address of level 3; the page is on it, signed in as Ana."""
    sign_in(page, live_server)
    address = f"{live_server.url}/assessments/{begun.pk}/levels/3/"
    page.goto(address)
    return address


def choose(page: Page, code: str, value: object) -> None:
    page.locator(radio(code, value)).check(force=True)


def radio(code: str, value: object) -> str:
    return f"#statement-{code} input[type='radio'][value='{value}']"


def claims(begun: Assessment) -> dict[str, int | str | None]:
    ratings = begun.ratings.select_related("statement").filter(statement__code__startswith="CEXP.3.")
    return {rating.statement.code: rating.answer for rating in ratings}


def shown(page: Page) -> str:
    """What the page shows of progress, next step and levels, and which answers are chosen."""
    parts = "#progress, #saved, #next, #stepper, #after, .notes"
    texts = page.eval_on_selector_all(
        parts, "found => found.map(e => e.textContent.replace(/\\s+/g, ' ')).join('|')"
    )
    chosen = page.eval_on_selector_all(".segmented input:checked", "found => found.map(e => e.value).join()")
    versions = page.eval_on_selector_all("[name=version]", "found => found.map(e => e.value).join()")
    return f"{texts}\n{chosen}\n{versions}"


def test_ten_quick_clicks_lose_nothing_and_never_conflict(
    page: Page, level: str, begun: Assessment, console: list[str]
) -> None:
    """Across statements and within one; the last click on each is what stays, here and after a reload."""
    answers: list[int] = []
    page.on(
        "response", lambda response: answers.append(response.status) if "/ratings/" in response.url else None
    )
    clicks = [(1, 0), (2, 3), (1, 3), (1, 2), (3, 1), (4, 0), (4, 3), (5, 2), (2, 2), (5, 3)]
    # All of them before the first is answered.
    page.evaluate(
        "selectors => selectors.forEach(found => document.querySelector(found).click())",
        [radio(f"CEXP-3-{position}", value) for position, value in clicks],
    )
    expect(page.locator("#progress")).to_have_text("5 of 5 answered")
    for _ in range(50):
        page.wait_for_timeout(100)
        if len(answers) == len(clicks):
            break
    page.wait_for_load_state("networkidle")
    assert answers == [200] * 10
    assert claims(begun) == {"CEXP.3.1": 2, "CEXP.3.2": 2, "CEXP.3.3": 1, "CEXP.3.4": 3, "CEXP.3.5": 3}
    before = shown(page)
    page.reload()
    assert shown(page) == before
    assert console == []


def test_an_answer_is_called_saved_only_when_it_is(page: Page, level: str, begun: Assessment) -> None:
    """A failed save says so, keeps the choice, and is saved again on request."""
    page.route("**/ratings/**", lambda route: route.abort())
    choose(page, "CEXP-3-1", 2)
    expect(page.locator("#banner")).to_be_visible()
    expect(page.locator("#saved")).to_have_text("")
    expect(page.locator(radio("CEXP-3-1", 2))).to_be_checked()
    page.unroute("**/ratings/**")
    page.get_by_role("button", name="Save again").click()
    expect(page.locator("#saved")).to_contain_text("Saved at")
    assert claims(begun)["CEXP.3.1"] == 2


def test_two_tabs_choose_between_their_answers(
    page: Page, context: BrowserContext, level: str, begun: Assessment
) -> None:
    """The later one is asked; keeping the saved one shows it as a reload would."""
    other = context.new_page()
    other.goto(level)
    choose(page, "CEXP-3-1", 3)
    expect(page.locator("#progress")).to_have_text("1 of 5 answered")
    choose(other, "CEXP-3-1", 1)
    other.get_by_role("link", name="Keep what is saved: I answer for it").click()
    expect(other.locator(radio("CEXP-3-1", 3))).to_be_checked()
    expect(other.locator("#progress")).to_have_text("1 of 5 answered")
    choose(other, "CEXP-3-1", 2)
    expect(other.locator("#statement-CEXP-3-1 .hint")).to_be_visible()
    choose(page, "CEXP-3-1", 0)
    page.get_by_role("button", name="Save yours: Not yet").click()
    expect(page.locator("#notes-" + str(rating_id(begun)) + " .notice")).to_have_count(0)
    assert claims(begun)["CEXP.3.1"] == 0
    before = shown(page)
    page.reload()
    assert shown(page) == before


def rating_id(begun: Assessment) -> int:
    return begun.ratings.get(statement__code="CEXP.3.1").pk


def test_a_tab_left_open_cannot_change_what_was_sent(page: Page, level: str, begun: Assessment) -> None:
    """It says that it was sent, and leads to what was."""
    answer(begun, "CEXP.3.2", 1)
    submit(assessment=begun, by=begun.employee, at=NOON, on=TODAY)
    choose(page, "CEXP-3-1", 3)
    page.get_by_role("link", name="See it as it was sent").click()
    expect(page.locator(radio("CEXP-3-1", 3))).to_be_disabled()
    assert claims(begun)["CEXP.3.1"] is None


def test_not_applicable_asks_why_and_saves_with_the_reason(page: Page, level: str, begun: Assessment) -> None:
    """Until then it is not called saved."""
    card = page.locator("#statement-CEXP-3-1")
    expect(card.locator("textarea")).to_be_hidden()
    choose(page, "CEXP-3-1", "na")
    expect(card.get_by_role("alert")).to_contain_text("Not saved yet")
    card.locator("textarea").fill("Another team does this.")
    card.locator("textarea").blur()
    expect(card.get_by_role("alert")).to_have_count(0)
    expect(page.locator("#saved")).to_contain_text("Saved at")
    assert claims(begun)["CEXP.3.1"] == "na"


def test_everything_can_be_done_by_keyboard(page: Page, level: str, begun: Assessment) -> None:
    """The main button brings the next statement under the keys, the arrows rate it."""
    page.locator("#next .btn-primary").focus()
    for key in ("Enter", "Tab", "ArrowRight", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator(radio("CEXP-3-1", 2))).to_be_focused()
    expect(page.locator("#progress")).to_have_text("1 of 5 answered")
    page.wait_for_load_state("networkidle")
    assert claims(begun)["CEXP.3.1"] == 2
    page.locator("#next .btn-primary").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#statement-CEXP-3-2")


def test_an_answer_can_be_cleared(page: Page, level: str, begun: Assessment) -> None:
    """Then the statement is the next one to answer again."""
    choose(page, "CEXP-3-1", 2)
    expect(page.locator("#progress")).to_have_text("1 of 5 answered")
    choose(page, "CEXP-3-1", "")
    expect(page.locator("#progress")).to_have_text("0 of 5 answered")
    assert claims(begun)["CEXP.3.1"] is None


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_progress_and_the_main_button_are_in_sight(page: Page, level: str, width: int) -> None:
    """On a phone they stay at the bottom; nowhere is the page wider than the window."""
    page.set_viewport_size({"width": width, "height": 800})
    if width < 700:
        page.locator("#statement-CEXP-3-5").scroll_into_view_if_needed()
        expect(page.locator("#progress")).to_be_in_viewport()
        expect(page.locator("#next .btn-primary")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_each_card_has_a_button(
    browser: Browser, live_server: LiveServer, begun: Assessment
) -> None:
    """It saves, and comes back to the statement."""
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/assessments/{begun.pk}/levels/3/")
    card = page.locator("#statement-CEXP-3-2")
    choose(page, "CEXP-3-2", 2)
    card.get_by_role("button", name="Save this answer").click()
    assert page.url.endswith("#statement-CEXP-3-2")
    expect(page.locator("#progress")).to_have_text("1 of 5 answered")


def test_the_pages_are_accessible_and_quiet(
    page: Page, level: str, begun: Assessment, accessible: Callable[[], None], console: list[str]
) -> None:
    """Draft, sent, list, start, sending: axe finds nothing, and the policy stops nothing."""
    link(begun, "CEXP.3.1", evidence(begun.employee, result="", url=""))
    choose(page, "CEXP-3-1", 3)
    expect(page.locator("#statement-CEXP-3-1 .hint")).to_be_visible()
    choose(page, "CEXP-3-2", "na")
    expect(page.get_by_role("alert").first).to_be_visible()
    accessible()
    root = level.split("/assessments/")[0]
    paths = ["/", "/assessments/", "/profile/"]
    paths += [f"/assessments/{begun.pk}/{part}/" for part in ("submit", "abandon")]
    for path in paths:
        page.goto(root + path)
        accessible()
    submit(assessment=begun, by=begun.employee, at=NOON, on=TODAY)
    page.goto(level)
    accessible()
    # The refused answer is an error to the browser's own log; nothing else is.
    assert [line for line in console if "422" not in line] == []


def test_finding_ones_level_is_accessible(
    page: Page, live_server: LiveServer, begun: Assessment, accessible: Callable[[], None]
) -> None:
    """With the messages that a form sent empty gets."""
    begun.ratings.all().delete()
    begun.delete()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/assessments/start/CEXP/")
    accessible()
    page.eval_on_selector(".start-form", "form => { form.noValidate = true; form.submit(); }")
    expect(page.get_by_text("Choose the level that describes your work best.")).to_be_visible()
    accessible()
