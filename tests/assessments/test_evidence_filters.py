"""The portfolio by skill, level, strength, age and statement; a page at a time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.models import Assessment, Cycle, Evidence
from assessments.results.evidence.portfolio_page import ITEMS_A_PAGE
from skills.models import Skill
from tests.assessments.portfolio_cases import JOURNEY, next_years, statement, titles
from tests.assessments.report_cases import sent
from tests.cast import Cast, answer_level, evidence, link, rating_of
from tests.htmx import Page

pytestmark = pytest.mark.usefixtures("noon")

ADDRESS = "/evidence/"
HTMX = {"HX-Request": "true"}
OOB = "#found-count,#found,#language-next"
ALL = {"Checked", "Result", "Old", "Outline"}


@pytest.fixture
def four(cast: Cast, draft: Assessment) -> None:
    """Verifiable at 3.1, with a result at 4.3, stale at 4.3, and in outline for nothing."""
    link(draft, "CEXP.3.1", evidence(cast.ana, title="Checked"))
    link(draft, "CEXP.4.3", evidence(cast.ana, title="Result", url="", action="Mapa da loja"))
    link(draft, "CEXP.4.3", evidence(cast.ana, title="Old", ended_on=dt.date(2020, 1, 1)))
    evidence(cast.ana, title="Outline", result="")


def page(client: Client, query: str = "", status: int = 200) -> str:
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("skill=CEXP", {"Checked", "Result", "Old"}),
        ("level=3", {"Checked"}),
        ("level=4", {"Result", "Old"}),
        ("level=6", set()),
        ("strength=3", {"Checked"}),
        ("strength=2", {"Result"}),
        ("strength=1", {"Old", "Outline"}),
        ("strength=0", set()),
        ("stale=on", {"Old"}),
        ("skill=CEXP&level=4&strength=2", {"Result"}),
        ("level=4&q=MAPÁ", {"Result"}),
        ("level=3&q=mapa", set()),
        ("q=&skill=&level=&strength=&statement=&page=", ALL),
    ],
)
@pytest.mark.usefixtures("four")
def test_filters(ana: Client, query: str, found: set[str]) -> None:
    """Each alone, together, and with the search; what is empty asks for nothing."""
    assert set(titles(page(ana, query))) == found


def test_skill_and_level_are_of_one_statement(cast: Cast, ana: Client, draft: Assessment) -> None:
    """An item is found by a statement of the level, wherever else it is linked."""
    item = evidence(cast.ana, title="Both")
    link(draft, "CEXP.3.1", item)
    link(draft, "CEXP.4.3", item)
    assert [titles(page(ana, f"level={level}")) for level in (3, 4, 5)] == [["Both"], ["Both"], []]


@pytest.mark.usefixtures("four")
def test_what_was_found(ana: Client) -> None:
    """How many of how many, what was asked for in the form, and a way to all."""
    html = page(ana, "level=4&stale=on")
    assert "Found: 1 of 4 items" in html
    assert '<option value="4" selected>' in html
    assert 'name="stale" id="id_stale" checked' in html
    assert '<a href="/evidence/">Show all</a>' in html
    assert "Show all" not in page(ana)


@pytest.mark.usefixtures("four")
def test_nothing_found(ana: Client) -> None:
    """It says so, and leads to all."""
    html = page(ana, "level=6")
    assert "Nothing found" in html
    assert "Found: 0 of 4 items" in html
    assert 'href="/evidence/">Show all' in html


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("skill=XXXX", "There is no such skill."),
        ("level=1", "There is no such level."),
        ("level=x", "There is no such level."),
        ("strength=4", "There is no such strength."),
        ("statement=0", "There is no such statement"),
        ("statement=%3Cb%3E", "There is no such statement"),
    ],
)
@pytest.mark.usefixtures("four")
def test_what_cannot_be_asked_for(ana: Client, query: str, message: str) -> None:
    """The message stands in the form, and the rest of what was asked for counts."""
    html = page(ana, f"{query}&stale=on", status=422)
    assert message in html
    assert titles(html) == ["Old"]


def test_a_statement(ana: Client, cast: Cast, draft: Assessment, four: None) -> None:
    """What is linked to it, what it says, where to link more, and a way out that keeps the rest."""
    html = page(ana, f"statement={statement()}&strength=2")
    assert titles(html) == ["Result"]
    assert "CEXP 4.3" in html
    assert f"/assessments/{draft.pk}/ratings/{rating_of(draft, 'CEXP.4.3').pk}/evidence/" in html
    assert 'href="/evidence/?strength=2">Not only this statement' in html
    assert f'<input type="hidden" name="statement" value="{statement()}">' in html


def test_a_statement_with_suggestions(ana: Client, cast: Cast, draft: Assessment) -> None:
    """Also what it is merely suggested for, because the strip counts it; by its level it is not found."""
    call_command("loaddata", "cexp_indicators", verbosity=0)
    evidence(cast.ana, title="Jornada", action=JOURNEY)
    assert titles(page(ana, f"statement={statement()}")) == ["Jornada"]
    assert titles(page(ana, "level=4")) == []


def test_a_statement_that_cannot_be_changed(ana: Client, draft: Assessment, four: None) -> None:
    """Of a sent assessment: nothing can be linked."""
    answer_level(draft, 3, 2)
    sent(draft)
    html = page(ana, f"statement={statement()}")
    assert set(titles(html)) == {"Result", "Old"}
    assert "Link or write evidence for it" not in html


def test_every_statement_across_assessments(
    ana: Client, cast: Cast, draft: Assessment, cycle: Cycle, cexp: Skill
) -> None:
    """An item names each statement in each cycle, the newest first."""
    item = evidence(cast.ana, title="Twice")
    link(draft, "CEXP.4.3", item)
    later = next_years(cast, cycle, cexp)
    link(later, "CEXP.4.3", item)
    link(later, "CEXP.5.1", item)
    html = page(ana)
    chips = html.split('class="card portfolio-item"')[1]
    assert [chips.count(name) for name in ("CEXP 4.3", "CEXP 5.1", "2026", "2027")] >= [2, 1, 1, 2]
    assert f"/assessments/{draft.pk}/levels/4/#statement-CEXP-4-3" in chips
    assert f"/assessments/{later.pk}/levels/4/#statement-CEXP-4-3" in chips


@pytest.mark.parametrize("query", ["level=4", "level=6", "stale=on&q=old", "q=", "level=9", "q=%00"])
@pytest.mark.usefixtures("four")
def test_swapped(ana: Client, query: str) -> None:
    """After a swap the page is the one that its new address gives."""
    before = Page(page(ana))
    answer = ana.get(f"{ADDRESS}?{query}", headers=HTMX)
    assert b"<html" not in answer.content
    before.swap(answer.content, target="#evidence-filters", select_oob=OOB)
    assert before.html() == Page(ana.get(answer["HX-Push-Url"]).content).html()


@pytest.mark.usefixtures("four")
def test_the_address_says_what_was_asked_for(ana: Client) -> None:
    """And nothing else."""
    answer = ana.get(f"{ADDRESS}?q=&level=4&strength=&stale=on", headers=HTMX)
    assert answer["HX-Push-Url"] == "/evidence/?level=4&stale=on"


def test_swapped_when_all_is_gone(ana: Client, cast: Cast) -> None:
    """Deleted in another tab: the page is asked for anew."""
    assert ana.get(f"{ADDRESS}?q=a", headers=HTMX)["HX-Refresh"] == "true"


def test_signed_out_by_htmx(client: Client, db: None) -> None:
    assert client.get(f"{ADDRESS}?q=a", headers=HTMX)["HX-Redirect"].startswith("/accounts/login/")


def many(cast: Cast, draft: Assessment, count: int) -> list[Evidence]:
    items = [evidence(cast.ana, title=f"Item {number}") for number in range(count)]
    for item in items:
        link(draft, "CEXP.3.1", item)
    return items


def test_a_page_at_a_time(ana: Client, cast: Cast, draft: Assessment) -> None:
    """Every item is on one page; what was asked for goes along; a number too high is the last page."""
    many(cast, draft, ITEMS_A_PAGE + 1)
    first, second = page(ana, "level=3"), page(ana, "level=3&page=2")
    assert len(titles(first)) == ITEMS_A_PAGE
    assert len({*titles(first), *titles(second)}) == ITEMS_A_PAGE + 1
    assert 'href="/evidence/?level=3&amp;page=2#found"' in first
    assert 'href="/evidence/?level=3&amp;page=1#found"' in second
    assert "Page 2 of 2" in second
    assert titles(page(ana, "level=3&page=99")) == titles(second)
    assert titles(page(ana, "level=3&page=x")) == titles(first)


def test_one_page_has_no_pages(ana: Client, cast: Cast, four: None) -> None:
    assert "Page 1" not in page(ana)


@pytest.mark.parametrize("count", [1, 10, 100])
def test_queries_do_not_grow(
    ana: Client, cast: Cast, draft: Assessment, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    """One more for a statement, to know where evidence can be linked to it."""
    many(cast, draft, count)
    for query, queries in (("level=3&strength=3", 7), (f"statement={statement('CEXP.3.1')}", 8)):
        page(ana, query)
        with django_assert_num_queries(queries):
            page(ana, query)
