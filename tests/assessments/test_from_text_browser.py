"""Starting from a text in a real browser: by keyboard, with suggestions while typing, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Assessment
from tests.cast import Cast, rating_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

JOURNEY = "Redesenhei a jornada do cliente com TI e operação, em três rodadas de teste."
CV = f"""ana@example.org

Banco Araçari
mar 2024 – atual
• {JOURNEY}
• Organizei as gavetas do escritório.
• Escrevi a ata.
"""


@pytest.fixture
def ana(page: Page, live_server: LiveServer, client: Client, cast: Cast) -> Iterator[Page]:
    """A browser in which Ana is signed in, reading English, with the page of the text."""
    call_command("loaddata", "cexp_indicators", verbosity=0)
    cast.ana.choose_language("en")
    client.force_login(cast.ana)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/evidence/from-text/")
    yield page
    page.wait_for_load_state("networkidle")


def cut(page: Page) -> None:
    page.get_by_label("Your text").fill(CV)
    page.get_by_role("button", name="Cut into items").click()
    expect(page.get_by_role("heading", name="3 items")).to_be_focused()


def test_from_text_to_portfolio(
    ana: Page, cast: Cast, draft: Assessment, console: list[str], accessible: Callable[[], None]
) -> None:
    """Cut, merged, dropped, linked and added; every step passes axe, and the console stays empty."""
    accessible()
    cut(ana)
    accessible()
    ana.get_by_role("button", name="Merge with the previous one (Item 3)").click()
    expect(ana.locator("#id_item-2-title")).to_be_focused()
    expect(ana.locator("#id_item-2-action")).to_have_value(
        "Organizei as gavetas do escritório.\nEscrevi a ata."
    )
    ana.get_by_role("checkbox", name="Keep (Item 2)").uncheck()
    expect(ana.locator("#id_item-2-action")).to_be_hidden()
    expect(ana.locator("#id_item-2-title")).to_be_visible()
    ana.get_by_role("checkbox", name="Link CEXP 4.3").check()
    accessible()
    ana.get_by_role("button", name="Add the kept items").click()
    expect(ana.get_by_text("1 item added.")).to_be_visible()
    item = cast.ana.evidence.get()
    assert item.links.get().rating == rating_of(draft, "CEXP.4.3")
    assert console == []


def test_by_keyboard(ana: Page, cast: Cast) -> None:
    """From the text to the portfolio without a mouse; Enter in a title stores nothing."""
    ana.get_by_label("Your text").focus()
    ana.keyboard.insert_text(CV)
    ana.keyboard.press("Tab")
    ana.keyboard.press("Tab")
    ana.keyboard.press("Enter")
    expect(ana.get_by_role("heading", name="3 items")).to_be_focused()
    title = ana.locator("#id_item-1-title")
    title.fill("Meu título")
    title.press("Enter")
    expect(ana.get_by_role("heading", name="3 items")).to_be_focused()
    expect(title).to_have_value("Meu título")
    assert not cast.ana.evidence.exists()
    ana.get_by_role("checkbox", name="Keep (Item 3)").press("Space")
    ana.get_by_role("button", name="Add the kept items").press("Enter")
    expect(ana.get_by_text("2 items added.")).to_be_visible()


def test_suggested_while_typing(ana: Page, draft: Assessment) -> None:
    """After a pause the suggestions follow the text, the tick stays, and so does the cursor."""
    cut(ana)
    second = ana.locator("#item-2")
    action = ana.locator("#id_item-2-action")
    action.fill("")
    with ana.expect_response("**/from-text/"):
        action.press_sequentially(JOURNEY)
    link = second.get_by_role("checkbox", name="Link CEXP 4.3")
    link.check()
    with ana.expect_response("**/from-text/"):
        action.press_sequentially(" Com 24 pessoas.")
    expect(link).to_be_checked()
    expect(action).to_be_focused()
    expect(action).to_have_value(f"{JOURNEY} Com 24 pessoas.")


def test_refused(ana: Page, cast: Cast, accessible: Callable[[], None]) -> None:
    """What cannot be stored is said beside its field, which has the focus, folded away or not."""
    cut(ana)
    ana.locator("#item-2 summary").click()
    ana.locator("#id_item-2-ended_on").fill("2020-01-01")
    ana.get_by_role("button", name="Add the kept items").click()
    expect(ana.locator("#id_item-2-ended_on_error")).to_contain_text("cannot end before it starts")
    expect(ana.locator("#id_item-2-ended_on")).to_be_focused()
    accessible()
    ana.locator("#id_item-2-ended_on").fill("")
    ana.get_by_role("button", name="Add the kept items").click()
    expect(ana.get_by_text("3 items added.")).to_be_visible()


def test_back_to_the_text(ana: Page) -> None:
    """The text is as it was pasted, line by line."""
    cut(ana)
    ana.get_by_role("button", name="Back to the text").click()
    expect(ana.get_by_label("Your text")).to_have_value(CV.strip())


def test_signed_out_in_the_meantime(ana: Page) -> None:
    """A banner says so, and all that was typed is still there."""
    cut(ana)
    ana.locator("#id_item-1-title").fill("Meu título")
    ana.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    ana.get_by_role("button", name="Add the kept items").click()
    expect(ana.locator("#banner")).to_contain_text("You are signed out")
    expect(ana.locator("#id_item-1-title")).to_have_value("Meu título")


def test_clicked_three_times(ana: Page, cast: Cast) -> None:
    """The items are stored once."""
    cut(ana)
    ana.get_by_role("button", name="Add the kept items").click(click_count=3)
    expect(ana.get_by_text("3 items added.")).to_be_visible()
    assert cast.ana.evidence.count() == 3
