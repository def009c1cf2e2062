"""The cycles side by side on a telephone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from assessments.models import Assessment, Cycle
from skills.models import Skill
from tests.assessments.cycle_cases import next_cycle, sent_at, validated
from tests.cast import NOON, Cast, answer, answer_level, begin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def second(draft: Assessment, cycle: Cycle, cast: Cast, cexp: Skill) -> Assessment:
    """The draft of the cycle after one that was validated."""
    answer_level(draft, 2, 3)
    answer_level(draft, 3, 3)
    validated(sent_at(draft, NOON), cast, NOON)
    next_cycle(cycle, cast.admir)
    found = begin(cast.ana, cexp)
    answer(found, "CEXP.3.1", 1)
    return found


def test_no_word_is_broken_in_a_narrow_window(
    page: Page,
    live_server: LiveServer,
    client: Client,
    second: Assessment,
    cast: Cast,
    accessible: Callable[[], None],
) -> None:
    """Three words take three lines at most, and the table scrolls in its own box, not with the page."""
    cast.ana.choose_language("ru")
    client.force_login(cast.ana)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + reverse("assessments:compare", args=[second.pk]))
    tallest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.cycles dd')].map(e => e.offsetHeight))"
    )
    assert 0 < tallest < 80
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    accessible()
