"""What the browser says when a save fails: the answers are set, htmx and app.js are the real ones."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser

Answer = dict[str, Any]

# A save as the pages make them: one field, posted when it changes.
FORM = """() => {
    const html = '<form id="trial" hx-post="/trial/" hx-trigger="change" hx-target="#answer"><label>Text '
        + '<input name="text"></label></form><p id="answer">nothing yet</p>';
    document.querySelector("main").insertAdjacentHTML("beforeend", html);
    htmx.process(document.getElementById("trial"));
}"""


@pytest.fixture
def trial(page: Page, live_server: LiveServer) -> Callable[..., None]:
    """Opens a page with a form whose saves get the given answers, one after the other, and types into it."""

    def start(*answers: Answer | str) -> None:
        waiting = list(answers)

        def answer(route: Route) -> None:
            given = waiting.pop(0)
            if isinstance(given, str):
                route.abort(given)
            else:
                route.fulfill(**given)

        page.route("**/trial/", answer)
        page.goto(f"{live_server.url}/accounts/login/")
        page.evaluate(FORM)
        _type(page)

    return start


def _type(page: Page) -> None:
    page.get_by_label("Text").fill("what I typed")
    page.get_by_label("Text").blur()


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, "signed-out"), (403, "forbidden"), (404, "missing"), (400, "refused"), (502, "server")],
)
def test_a_refused_save_is_said_and_nothing_typed_is_lost(
    page: Page, trial: Callable[..., None], status: int, kind: str
) -> None:
    trial({"status": status, "body": "<p>never shown</p>"})
    expect(page.locator("#banner")).to_have_attribute("data-kind", kind)
    expect(page.get_by_label("Text")).to_have_value("what I typed")
    expect(page.locator("#answer")).to_have_text("nothing yet")


@pytest.mark.parametrize("status", [409, 422])
def test_a_fragment_with_what_to_mend_is_shown(page: Page, trial: Callable[..., None], status: int) -> None:
    trial({"status": status, "body": "both texts"})
    expect(page.locator("#answer")).to_have_text("both texts")
    expect(page.locator("#banner")).to_be_hidden()


def test_a_whole_page_never_lands_inside_the_page(page: Page, trial: Callable[..., None]) -> None:
    trial({"status": 409, "body": "<!doctype html><h1>409</h1>"})
    expect(page.locator("#banner")).to_have_attribute("data-kind", "conflict")
    expect(page.locator("#answer")).to_have_text("nothing yet")


def test_a_lost_network_is_said_and_so_is_its_return(page: Page, trial: Callable[..., None]) -> None:
    """When the server answers again the banner turns, and one button saves what had failed."""
    trial("internetdisconnected", {"status": 200, "body": "saved"})
    expect(page.locator("#banner")).to_have_attribute("data-kind", "offline")
    expect(page.locator("#banner")).to_have_attribute("data-kind", "back", timeout=15_000)
    expect(page.locator("#trial")).to_have_class(re.compile("unsaved"))
    page.get_by_role("button", name="Save again").click()
    expect(page.locator("#answer")).to_have_text("saved")
    expect(page.locator("#banner")).to_be_hidden()
    expect(page.locator("#trial")).not_to_have_class(re.compile("unsaved"))


def test_a_success_takes_the_banner_away(page: Page, trial: Callable[..., None]) -> None:
    trial({"status": 500}, {"status": 200, "body": "saved"})
    expect(page.locator("#banner")).to_be_visible()
    page.get_by_label("Text").fill("again")
    page.get_by_label("Text").blur()
    expect(page.locator("#answer")).to_have_text("saved")
    expect(page.locator("#banner")).to_be_hidden()


def test_the_banner_can_be_read_by_everybody(
    page: Page, trial: Callable[..., None], accessible: Callable[[], None]
) -> None:
    trial({"status": 401})
    expect(page.locator("#banner a")).to_have_attribute("target", "_blank")
    accessible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#banner")).to_be_hidden()


def test_saving_again_after_signing_in_elsewhere_uses_the_new_token(
    page: Page, trial: Callable[..., None], live_server: LiveServer
) -> None:
    """The token changes when one signs in; the page left open fetches the current one."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.headers.get("x-csrftoken", "")))
    page.route(
        "**/profile/",
        lambda route: route.fulfill(
            content_type="text/html",
            body='<body hx-headers=\'{"X-CSRFToken": "new"}\'><input name="csrfmiddlewaretoken" value="new">',
        ),
    )
    trial({"status": 401}, {"status": 200, "body": "saved"})
    assert "new" not in sent
    page.get_by_role("button", name="Save again").click()
    expect(page.locator("#answer")).to_have_text("saved")
    assert sent[-1] == "new"
