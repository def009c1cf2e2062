"""The whole road in a real browser, once in Portuguese and once in Russian.

Every page on the way is looked at by axe, and nothing may reach the browser's console under the policy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Words:
    """What the person reads on the way."""

    language: str
    product: str
    top_rating: str
    answered: str
    report: str
    next_unanswered: str


PORTUGUESE = Words(
    "pt-br",
    "Escada de habilidades",
    "Respondo por isso",
    "1 de 5",
    "Relatório de lacunas",
    "Próxima sem resposta",
)
RUSSIAN = Words(
    "ru", "Лестница навыков", "Отвечаю за это", "1 из 5", "Мой уровень и путь к цели", "Следующий без ответа"
)


@pytest.mark.usefixtures("cycle")
@pytest.mark.parametrize(("name", "words"), [("ana", PORTUGUESE), ("irina", RUSSIAN)])
def test_from_signing_in_to_the_report_and_out(
    name: str,
    words: Words,
    cast: Cast,
    page: Page,
    live_server: LiveServer,
    console: list[str],
    accessible: Callable[[], None],
) -> None:
    """Sign in, find the level, rate levels 3 and 2, add evidence, read the report, sign out."""
    sign_in(page, live_server, name, words, accessible)
    begin(page, words, accessible)
    rate(page, 3, 5, words)
    accessible()
    rate_the_level_below(page)
    rate(page, 2, 2, words)
    add_evidence(page, accessible)
    read_the_report(page, words, accessible)
    sign_out(page)
    assert console == []


def sign_in(
    page: Page, live_server: LiveServer, name: str, words: Words, accessible: Callable[[], None]
) -> None:
    page.set_extra_http_headers({"Accept-Language": words.language})
    page.goto(f"{live_server.url}/")
    expect(page.locator("html")).to_have_attribute("lang", words.language)
    expect(page.locator("header")).to_contain_text(words.product)
    accessible()
    page.fill("[name=login]", f"{name}@example.org")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{live_server.url}/")
    accessible()


def begin(page: Page, words: Words, accessible: Callable[[], None]) -> None:
    """The one main button leads to the seven descriptions; the third one describes the work."""
    page.locator("main .btn-primary").first.click()
    page.wait_for_url("**/assessments/start/CEXP/")
    accessible()
    page.locator("input[name=level][value='3']").check()
    page.select_option("[name=target]", "4")
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/levels/3/")
    accessible()
    expect(page.locator("#statement-CEXP-3-1")).to_contain_text(words.top_rating)


def rate(page: Page, level: int, statements: int, words: Words) -> None:
    """The highest rating for each statement; each answer saves by itself."""
    for position in range(1, statements + 1):
        card = page.locator(f"#statement-CEXP-{level}-{position}")
        with page.expect_response(lambda response: "/ratings/" in response.url) as saved:
            card.locator("input[type=radio][value='3']").check(force=True)
        assert saved.value.status == 200
        if (level, position) == (3, 1):
            expect(page.locator("#progress")).to_contain_text(words.answered)
            expect(page.locator("#next")).to_contain_text(words.next_unanswered)
    expect(page.locator("#after .card")).to_be_visible()


def rate_the_level_below(page: Page) -> None:
    page.locator("#stepper a[href$='/levels/2/']").click()
    page.wait_for_url("**/levels/2/")


def add_evidence(page: Page, accessible: Callable[[], None]) -> None:
    """From the statement to the item and back, where it now stands as a chip."""
    page.locator("#statement-CEXP-2-1 .chip-add").click()
    page.wait_for_url("**/evidence/")
    accessible()
    page.locator("main a[href*='/evidence/new/']").first.click()
    page.wait_for_url("**/evidence/new/**")
    accessible()
    page.fill("[name=title]", "Карта пути · Mapa da jornada")
    page.fill("[name=action]", "Собрала карту пути клиента. Montei o mapa da jornada.")
    page.locator("#evidence-form .btn-primary").click()
    page.wait_for_url("**/levels/2/#statement-CEXP-2-1")
    expect(page.locator("#statement-CEXP-2-1 .chip").first).to_contain_text("Карта пути")


def read_the_report(page: Page, words: Words, accessible: Callable[[], None]) -> None:
    page.locator("#after a[href$='/report/']").click()
    page.wait_for_url("**/report/")
    expect(page.locator("h1")).to_have_text(words.report)
    accessible()


def sign_out(page: Page) -> None:
    page.locator("form[action='/accounts/logout/'] button").click()
    page.wait_for_url("**/accounts/login/**")
