"""The portfolio: every item, how strong it is, what would make it stronger, what it speaks for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.models import Assessment
from assessments.results.evidence.portfolio_page import ITEMS_A_PAGE
from tests.cast import TODAY, Cast, evidence, link

pytestmark = pytest.mark.usefixtures("noon")

ADDRESS = "/evidence/"


def page(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_signed_out(client: Client, db: None) -> None:
    """Nobody reads evidence without signing in."""
    assert client.get(ADDRESS).status_code == 302


def test_wrong_verb(ana: Client) -> None:
    """The list is read only."""
    assert ana.post(ADDRESS).status_code == 405


def test_empty(ana: Client) -> None:
    """Without any item the page says what to do next."""
    html = page(ana)
    assert "No evidence yet" in html
    assert 'href="/evidence/new/"' in html
    assert "Search" not in html


def test_an_item_with_what_it_speaks_for(ana: Client, cast: Cast, draft: Assessment) -> None:
    """Each statement is named with its label and leads to its place on the page of its level."""
    link(draft, "CEXP.4.3", evidence(cast.ana))
    html = page(ana)
    assert "Pesquisa pós-venda" in html
    assert "CEXP 4.3" in html
    assert f"/assessments/{draft.pk}/levels/4/#statement-CEXP-4-3" in html
    assert "can be checked" not in html
    assert "verifiable" in html


def test_nobody_elses(ana: Client, cast: Cast) -> None:
    """Only the person's own items are there, also for a manager."""
    evidence(cast.bruno, title="Segredo de Bruno")
    assert "Segredo" not in page(ana)
    ana.force_login(cast.marta)
    assert "Segredo" not in page(ana)


@pytest.mark.parametrize(
    ("fields", "words", "advice"),
    [
        ({"action": ""}, "no action", "Describe what you did."),
        ({"result": ""}, "in outline", "Tell what changed through it."),
        ({"url": ""}, "with a result", "Add a link or a file that can be checked."),
        ({"ended_on": dt.date(2023, 11, 19)}, "stale", "bring one of the last 3 years"),
    ],
)
def test_what_would_make_it_stronger(
    ana: Client, cast: Cast, fields: dict[str, object], words: str, advice: str
) -> None:
    """One plain sentence, for the one thing that is missing."""
    evidence(cast.ana, **fields)
    html = page(ana)
    assert words in html
    assert advice in html
    assert html.count('class="hint"') == 1


def test_nothing_makes_the_strongest_stronger(ana: Client, cast: Cast) -> None:
    """Three dots need no advice."""
    evidence(cast.ana)
    html = page(ana)
    assert "dots-3" in html
    assert 'class="hint"' not in html


def test_dates(ana: Client, cast: Cast) -> None:
    """Without an end the item carries the day on which its owner last said that it goes on."""
    evidence(cast.ana, started_on=dt.date(2026, 3, 9), ended_on=dt.date(2026, 4, 3))
    evidence(cast.ana, started_on=dt.date(2026, 5, 1))
    evidence(cast.ana)
    evidence(cast.ana, ended_on=TODAY)
    html = page(ana)
    assert "9 Mar 2026 – 3 Apr 2026" in html
    assert "since 1 May 2026; still going on as of 20 Nov 2026" in html
    assert "until 20 Nov 2026" in html


@pytest.mark.parametrize(
    "query", ["pesquisa", "PÓS-VENDA", "pos venda", "entrevistas churn", "ёлка", "ЕЛКА", "елки"]
)
def test_search_folds_case_and_accents(ana: Client, cast: Cast, query: str) -> None:
    """All words are looked for in title, situation, action and result, whatever case, accents and ё."""
    evidence(cast.ana, situation="Наряжали Ёлки: ёлка")
    evidence(cast.ana, title="Other", action="Other", result="Other")
    html = page(ana, f"{ADDRESS}?q={query}")
    assert "Pesquisa pós-venda" in html
    assert ">Other<" not in html
    assert "Found: 1 of 2 items" in html


def test_search_finds_nothing(ana: Client, cast: Cast) -> None:
    """An empty find says so, and leads back to all."""
    evidence(cast.ana)
    html = page(ana, f"{ADDRESS}?q=nada")
    assert "Nothing found" in html
    assert "Show all" in html


@pytest.mark.parametrize("query", ["a%00b", "x" * 201])
def test_search_for_what_cannot_be_typed(ana: Client, cast: Cast, query: str) -> None:
    """The message stands beside the field, and the items are all there."""
    evidence(cast.ana)
    response = ana.get(f"{ADDRESS}?q={query}")
    assert response.status_code == 422
    assert b"id_q_error" in response.content
    assert "Pesquisa pós-venda" in response.content.decode()


def test_hostile_text_is_text(ana: Client, cast: Cast) -> None:
    """What is typed never becomes markup, and a link goes nowhere by itself."""
    evidence(cast.ana, title="<script>alert(1)</script>", action='"><img hx-get="/x">')
    html = page(ana)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert 'rel="noopener noreferrer nofollow"' in html
    assert "target=" not in html.split('class="card portfolio-item"')[1].split("</article>")[0]


@pytest.mark.parametrize("language", ["pt-br", "ru", "en"])
def test_languages(ana: Client, cast: Cast, draft: Assessment, language: str) -> None:
    """The page can be read in each language of the interface."""
    cast.ana.choose_language(language)
    link(draft, "CEXP.3.1", evidence(cast.ana))
    assert f'<html lang="{language}"' in page(ana)


@pytest.mark.parametrize("count", [1, 10, 100])
def test_queries_do_not_grow(
    ana: Client, cast: Cast, draft: Assessment, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    """Session, user, skills, items, links, policy, suggestions: the same for 1 item, 10 and 100."""
    for number in range(count):
        link(draft, "CEXP.3.1", evidence(cast.ana, title=f"Item {number}"))
    page(ana)
    with django_assert_num_queries(7):
        html = page(ana)
    assert html.count("portfolio-item") == min(count, ITEMS_A_PAGE)
