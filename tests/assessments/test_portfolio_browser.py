"""Filters, the strip and a level's evidence in a browser: by keyboard, without a reload, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Assessment, EvidenceLink, EvidenceSuggestion
from tests.assessments.portfolio_cases import JOURNEY, PAYROLL
from tests.cast import Cast, evidence, link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cookie(live_server: LiveServer, client: Client, cast: Cast) -> dict[str, str]:
    """Of a session in which Ana is signed in, reading English."""
    cast.ana.choose_language("en")
    client.force_login(cast.ana)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}


@pytest.fixture
def ana(page: Page, cookie: dict[str, str]) -> Iterator[Page]:
    page.context.add_cookies([cookie])
    yield page
    page.wait_for_load_state("networkidle")


@pytest.fixture
def written(cast: Cast, draft: Assessment) -> None:
    """Verifiable at 3.1, with a result at 4.1, and one that is merely suggested for 4.3."""
    call_command("loaddata", "cexp_indicators", verbosity=0)
    other = {"action": PAYROLL, "result": "Sem erros."}
    link(draft, "CEXP.3.1", evidence(cast.ana, title="Checked", **other))
    link(draft, "CEXP.4.1", evidence(cast.ana, title="Result", url="", **other))
    evidence(cast.ana, title="Mapa", action=JOURNEY)


def items(page: Page) -> Locator:
    """The titles that are shown."""
    return page.locator(".portfolio-item h2")


@pytest.mark.usefixtures("written")
def test_filters_by_keyboard(
    ana: Page, live_server: LiveServer, console: list[str], accessible: Callable[[], None]
) -> None:
    """The list follows each choice, the focus stays where it was, and the address says what is shown."""
    ana.goto(f"{live_server.url}/evidence/")
    strength = ana.get_by_label("Strength")
    strength.focus()
    ana.keyboard.press("ArrowDown")
    expect(ana.locator("#found-count")).to_contain_text("Found: 2 of 3 items")
    expect(strength).to_be_focused()
    expect(strength).to_have_value("3")
    ana.keyboard.press("Tab")
    ana.keyboard.press("Space")
    expect(ana.get_by_role("heading", name="Nothing found")).to_be_visible()
    expect(ana.get_by_label("Only stale")).to_be_focused()
    accessible()
    assert ana.url.endswith("/evidence/?strength=3&stale=on")
    ana.keyboard.press("Space")
    expect(ana.locator(".portfolio-item")).to_have_count(2)
    ana.reload()
    expect(items(ana)).to_have_text(["Mapa", "Checked"])
    accessible()
    ana.get_by_label("Search your evidence").fill("CHÉCKED")
    ana.keyboard.press("Enter")
    expect(ana.locator(".portfolio-item")).to_have_count(1)
    ana.go_back()
    expect(ana.locator(".portfolio-item")).to_have_count(2)
    assert console == []


@pytest.mark.usefixtures("written")
def test_the_strip_by_keyboard(
    ana: Page, live_server: LiveServer, console: list[str], accessible: Callable[[], None]
) -> None:
    """Every cell is a link that opens what is behind it; the strip can be folded."""
    ana.goto(f"{live_server.url}/evidence/")
    expect(ana.locator(".strip a")).to_have_count(26)
    for code, words, titles in (
        ("3.1", "verifiable", ["Checked"]),
        ("4.3", "only suggested", ["Mapa"]),
        ("6.1", "nothing yet", []),
    ):
        ana.get_by_role("link", name=re.compile(rf"^{re.escape(code)} .*: {words}$")).press("Enter")
        expect(ana.locator(".about-statement .code")).to_have_text(f"CEXP {code}")
        expect(items(ana)).to_have_text(titles)
        accessible()
    ana.get_by_role("link", name="Not only this statement").press("Enter")
    expect(ana.locator(".portfolio-item")).to_have_count(3)
    ana.locator(".strip summary").press("Enter")
    expect(ana.locator(".strip a").first).to_be_hidden()
    assert console == []


@pytest.mark.usefixtures("written")
def test_evidence_for_a_level(
    ana: Page,
    draft: Assessment,
    live_server: LiveServer,
    console: list[str],
    accessible: Callable[[], None],
) -> None:
    """It is loaded once it is opened; linking leads back to it, and what is linked is gone from it."""
    ana.goto(f"{live_server.url}/assessments/{draft.pk}/levels/4/")
    expect(ana.locator(".candidate")).to_have_count(0)
    ana.locator("#level-evidence summary").press("Enter")
    found = ana.locator(".candidate", has_text="Mapa")
    expect(found).to_be_visible()
    accessible()
    with ana.expect_response(re.compile("/ratings/")):
        found.get_by_role("button", name="Link Mapa: CEXP 4.3").press("Enter")
    expect(ana.locator("#messages")).to_contain_text("The evidence is linked.")
    expect(ana.locator("#statement-CEXP-4-3 .chip", has_text="Mapa")).to_be_visible()
    assert console == []


@pytest.mark.usefixtures("written")
def test_without_scripts(
    browser: Browser, cookie: dict[str, str], draft: Assessment, live_server: LiveServer
) -> None:
    """The form has a button, and a level's evidence a page of its own."""
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}/evidence/")
    page.get_by_label("Level of the statement").select_option("4")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".portfolio-item")).to_have_count(1)
    page.goto(f"{live_server.url}/assessments/{draft.pk}/levels/4/")
    page.locator("#level-evidence summary").click()
    page.get_by_role("link", name="Open it as a page").click()
    page.locator(".candidate", has_text="Mapa").get_by_role("button", name="Link Mapa: CEXP 4.3").click()
    expect(page.locator("#messages")).to_contain_text("The evidence is linked.")
    assert page.url.endswith("/levels/4/evidence/")
    context.close()


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(("key", "linked", "dismissed"), [("l", 1, 0), ("x", 0, 1)])
def test_one_key_settles_a_suggestion(
    ana: Page, live_server: LiveServer, draft: Assessment, key: str, linked: int, dismissed: int
) -> None:
    """While the focus is in it, and nowhere else."""
    ana.goto(f"{live_server.url}/assessments/{draft.pk}/levels/4/")
    suggestion = ana.locator("#statement-CEXP-4-3 .suggested")
    ana.keyboard.press(key)
    expect(suggestion).to_be_visible()
    suggestion.get_by_role("button").first.focus()
    with ana.expect_navigation():
        ana.keyboard.press(key)
    expect(suggestion).to_have_count(0)
    found = EvidenceLink.objects.filter(rating__statement__code="CEXP.4.3").count()
    assert (found, EvidenceSuggestion.objects.dismissed().count()) == (linked, dismissed)
