"""The session is gone while something is being typed: it is sent all the same, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Assessment, Delegation, Evidence, Response, State
from people.models import Team, User
from tests.assessments.contest_cases import answer_address, validated
from tests.cast import NOON, PASSWORD, Cast, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = "Foi assim: “três” visitas\ne <b>um</b> relatório."


@pytest.fixture(autouse=True)
def soon_after() -> Iterator[None]:
    with time_machine.travel(NOON.replace(hour=20), tick=True):
        yield


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser without scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def sign_in(page: Page, server: LiveServer, who: User) -> None:
    who.choose_language("en")
    page.goto(f"{server.url}/accounts/login/")
    give_password(page, who)


def give_password(page: Page, who: User) -> None:
    page.fill("[name=login]", who.email)
    page.fill("[name=password]", PASSWORD)
    page.click("form .btn-primary")
    page.wait_for_url(re.compile(r"/$"))


def lose_session(page: Page) -> None:
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def sign_in_beside(page: Page, who: User) -> None:
    """In the tab that the page offers; then back."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    give_password(opened.value, who)
    opened.value.close()
    page.bring_to_front()


def test_an_answer_to_a_decision(
    page: Page,
    live_server: LiveServer,
    cast: Cast,
    draft: Assessment,
    accessible: Callable[[], None],
) -> None:
    validated(draft, cast)
    sign_in(page, live_server, cast.ana)
    page.goto(live_server.url + answer_address(draft))
    page.locator("#answer-noted").check(force=True)
    page.fill("[name=note]", TYPED)
    lose_session(page)
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    page.get_by_text("What you typed", exact=True).click()
    expect(page.locator(".typed")).to_have_text(TYPED)
    accessible()
    sign_in_beside(page, cast.ana)
    send_until_taken(page)
    expect(page).to_have_url(re.compile(r"/assessments/\d+/answer/$"))
    assert Response.objects.get().note.replace("\r\n", "\n") == TYPED


def send_until_taken(page: Page) -> None:
    """Once with scripts, which bring the new token; without them twice: the first answer has it."""
    page.get_by_role("button", name="Send again").click()
    if page.get_by_role("button", name="Send again").count():
        page.get_by_role("button", name="Send again").click()


def test_what_hr_reopens(plain: Page, live_server: LiveServer, cast: Cast, draft: Assessment) -> None:
    validated(draft, cast)
    sign_in(plain, live_server, cast.helena)
    plain.goto(f"{live_server.url}/organisation/reviews/{draft.pk}/reopen/")
    plain.fill("[name=reason]", TYPED)
    lose_session(plain)
    plain.get_by_role("button", name="Reopen").click()
    sign_in_beside(plain, cast.helena)
    send_until_taken(plain)
    expect(plain.locator("#messages")).to_contain_text("can change the assessment")
    draft.refresh_from_db()
    assert draft.state == State.REOPENED


def test_who_reviews_meanwhile(plain: Page, live_server: LiveServer, cast: Cast) -> None:
    diana = person("Diana")
    Team.objects.filter(name="Araçari").update(manager=diana)
    sign_in(plain, live_server, cast.marta)
    plain.goto(f"{live_server.url}/reviews/delegation/")
    plain.select_option("[name=delegate]", str(diana.pk))
    plain.fill("[name=starts_on]", "2026-12-01")
    plain.fill("[name=ends_on]", "2026-12-20")
    lose_session(plain)
    plain.locator("form.card .btn-primary").click()
    sign_in_beside(plain, cast.marta)
    send_until_taken(plain)
    assert Delegation.objects.get(manager=cast.marta).delegate == diana


def test_evidence_without_scripts(plain: Page, live_server: LiveServer, cast: Cast) -> None:
    sign_in(plain, live_server, cast.ana)
    plain.goto(f"{live_server.url}/evidence/new/")
    plain.fill("[name=title]", "Visitas")
    plain.fill("[name=action]", TYPED)
    lose_session(plain)
    plain.locator("#evidence-form .btn-primary").click()
    sign_in_beside(plain, cast.ana)
    send_until_taken(plain)
    assert Evidence.objects.get().action == TYPED
