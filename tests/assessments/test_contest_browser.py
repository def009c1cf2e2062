"""Contesting and deciding in a browser: what is out of sight, what saves itself, and axe on every page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Assessment, Review
from people.models import User
from tests.assessments.contest_cases import answer_address, validated
from tests.assessments.review_cases import statement_id
from tests.cast import NOON, PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def soon_after() -> Iterator[None]:
    with time_machine.travel(NOON.replace(hour=20), tick=True):
        yield


def sign_in(page: Page, server: LiveServer, who: User) -> None:
    page.context.clear_cookies()
    page.goto(f"{server.url}/accounts/login/")
    page.fill("[name=login]", who.email)
    page.fill("[name=password]", PASSWORD)
    page.click("form .btn-primary")
    page.wait_for_url(re.compile(r"/$"))


def test_from_the_contest_to_the_decision(
    page: Page,
    live_server: LiveServer,
    cast: Cast,
    draft: Assessment,
    diana: User,
    console: list[str],
    accessible: Callable[[], None],
) -> None:
    """Ana contests one statement; Diana rates it, and the level of record follows."""
    review = validated(draft, cast)
    cast.ana.choose_language("en")
    sign_in(page, live_server, cast.ana)
    page.goto(live_server.url + answer_address(draft))
    key = statement_id("CEXP.4.1")
    expect(page.locator(f"#contest-{key}")).to_be_hidden()
    accessible()
    page.locator("#answer-contested").check(force=True)
    expect(page.locator(f"#reason-{key}")).to_be_hidden()
    page.locator(f"#contest-{key}").check()
    page.fill(f"#reason-{key}", "Fiz isso sozinha.")
    accessible()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("#messages")).to_contain_text("A second reviewer will rate these statements.")
    accessible()
    decided_by(page, live_server, diana, key, accessible)
    assert Review.objects.get(pk=review.pk).ratings.get(statement_id=key).rating == 3
    assert Assessment.objects.get(pk=draft.pk).contested_at is None
    assert console == []


def decided_by(page: Page, server: LiveServer, diana: User, key: int, accessible: Callable[[], None]) -> None:
    sign_in(page, server, diana)
    page.goto(f"{server.url}/reviews/")
    accessible()
    page.get_by_role("link", name="Ana", exact=True).first.click()
    page.locator(f"#rating-{key}-3").check(force=True)
    expect(page.locator(f"#word-{key}")).to_contain_text("It needs a rating, a comment")
    page.fill(f"#comment-{key}", "Vi as duas campanhas.")
    page.select_option(f"#basis-{key}", "evidence")
    expect(page.locator("#outcome")).not_to_contain_text("left")
    accessible()
    page.get_by_role("button", name="Decide: level").click()
    expect(page.locator("#messages")).to_contain_text("Your decision counts now.")
