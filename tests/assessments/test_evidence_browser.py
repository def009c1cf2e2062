"""Writing evidence in a real browser: what is typed survives whatever happens to the request."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Assessment
from tests.cast import Cast, evidence, rating_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ana(page: Page, live_server: LiveServer, client: Client, cast: Cast) -> Iterator[Page]:
    """A browser in which Ana is signed in, reading English."""
    cast.ana.choose_language("en")
    client.force_login(cast.ana)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    # An answer that nobody waits for would outlive the test.
    page.route("**/evidence/suggest/", lambda route: route.fulfill(body=""))
    yield page
    page.wait_for_load_state("networkidle")


def test_writing_for_a_statement(
    ana: Page,
    cast: Cast,
    draft: Assessment,
    live_server: LiveServer,
    console: list[str],
    accessible: Callable[[], None],
) -> None:
    """A title and a sentence lead back to the statement, and the portfolio has the item."""
    ana.goto(f"{live_server.url}/evidence/new/?rating={rating_of(draft, 'CEXP.4.3').pk}")
    accessible()
    ana.get_by_label("Title").fill("Mapa do app")
    ana.get_by_label("What you did").fill("Desenhei o mapa com três áreas.")
    ana.get_by_role("button", name="Save and link").click()
    ana.wait_for_url("**/levels/4/#statement-CEXP-4-3")
    ana.goto(f"{live_server.url}/evidence/")
    expect(ana.get_by_role("link", name="CEXP 4.3")).to_be_visible()
    accessible()
    assert console == []


def test_refused(ana: Page, cast: Cast, live_server: LiveServer, accessible: Callable[[], None]) -> None:
    """The form comes back with its messages and all that was typed, and then goes through."""
    ana.goto(f"{live_server.url}/evidence/new/")
    ana.get_by_label("Title").fill("Mapa do app")
    ana.get_by_text("More: situation").click()
    ana.get_by_label("Link").fill("javascript:alert(1)")
    ana.get_by_role("button", name="Save").click()
    expect(ana.locator("#id_url_error")).to_contain_text("A link begins with")
    expect(ana.get_by_label("Title")).to_have_value("Mapa do app")
    accessible()
    ana.get_by_label("Link").fill("www.example.org")
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_text("https://www.example.org")).to_be_visible()


def test_another_tab_was_first(ana: Page, cast: Cast, live_server: LiveServer) -> None:
    """Both texts are in sight; the one that was typed can still be saved."""
    item = evidence(cast.ana)
    ana.goto(f"{live_server.url}/evidence/{item.pk}/")
    item.action, item.version = "The other tab", 1
    item.save(update_fields=["action", "version"])
    ana.get_by_label("What you did").fill("This tab")
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_role("alert").filter(has_text="The other tab")).to_be_visible()
    expect(ana.get_by_label("What you did")).to_have_value("This tab")
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_text("This tab")).to_be_visible()


def test_signed_out_in_the_meantime(ana: Page, cast: Cast, live_server: LiveServer) -> None:
    """A banner says so, and the text is still in the form."""
    ana.goto(f"{live_server.url}/evidence/new/")
    ana.get_by_label("Title").fill("Mapa do app")
    ana.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    ana.get_by_role("button", name="Save").click()
    expect(ana.locator("#banner")).to_contain_text("You are signed out")
    expect(ana.get_by_label("Title")).to_have_value("Mapa do app")


def test_clicked_three_times(ana: Page, cast: Cast, live_server: LiveServer) -> None:
    """One item is made."""
    ana.goto(f"{live_server.url}/evidence/new/")
    ana.get_by_label("Title").fill("Mapa do app")
    ana.get_by_role("button", name="Save").click(click_count=3)
    ana.wait_for_url("**/evidence/")
    assert cast.ana.evidence.count() == 1


def test_a_file(
    ana: Page, cast: Cast, live_server: LiveServer, console: list[str], accessible: Callable[[], None]
) -> None:
    """It joins the list without a reload, with what was typed still there; a wrong one is told so."""
    item = evidence(cast.ana)
    ana.goto(f"{live_server.url}/evidence/{item.pk}/")
    ana.get_by_label("What you did").fill("Typed before")
    bars = ana.locator("#evidence-files progress")
    expect(bars).to_be_hidden()
    ana.evaluate(
        """() => new MutationObserver(([first]) => { window.sent = !first.target.hidden || window.sent })
        .observe(document.querySelector("progress"), { attributes: true, attributeFilter: ["hidden"] })"""
    )
    content = b"x" * 3_000_000
    ana.get_by_label("Add a file").set_input_files({"name": "n.txt", "mimeType": "", "buffer": content})
    ana.get_by_role("button", name="Attach").click()
    expect(ana.get_by_role("link", name="n.txt")).to_be_visible()
    assert ana.evaluate("window.sent") is True
    expect(ana.get_by_label("What you did")).to_have_value("Typed before")
    accessible()
    assert console == []
    ana.get_by_label("Add a file").set_input_files({"name": "n.svg", "mimeType": "", "buffer": b"<svg/>"})
    ana.get_by_role("button", name="Attach").click()
    expect(ana.locator("#id_file_error")).to_contain_text("web page or a drawing")
    ana.get_by_role("button", name="Remove the file n.txt").click()
    expect(ana.get_by_text("No files yet.")).to_be_visible()


def test_suggested_while_writing(
    ana: Page,
    draft: Assessment,
    live_server: LiveServer,
    console: list[str],
    accessible: Callable[[], None],
) -> None:
    """After a pause the statement is named with the words that matched; saved, it can be linked at once."""
    ana.unroute("**/evidence/suggest/")
    ana.goto(f"{live_server.url}/evidence/new/")
    ana.get_by_label("Title").fill("Jornada do cliente")
    ana.get_by_label("What you did").fill(
        "Projetei e refinei as viagens do cliente com equipes interfuncionais."
    )
    expect(ana.locator(".while-writing mark").first).to_be_visible()
    accessible()
    ana.get_by_role("button", name="Save").click()
    ana.get_by_role("button", name="Link CEXP 4.3").click()
    expect(ana.get_by_role("link", name="CEXP 4.3")).to_be_visible()
    accessible()
    assert console == []
