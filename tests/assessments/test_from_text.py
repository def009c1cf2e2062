"""Starting from a pasted text: cut, looked through, and stored when the person says so."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.models import Assessment, Evidence, EvidenceLink, EvidenceSuggestion
from tests.assessments.from_text_cases import (
    ADDRESS,
    CV,
    HTMX,
    JOURNEY,
    PAYROLL,
    SAYING,
    fields_of,
    html,
    pasted,
    press,
    swap,
    typed,
)
from tests.cast import TODAY, Cast, rating_of
from tests.htmx import Page, parse

pytestmark = pytest.mark.usefixtures("noon")


def test_the_first_page(ana: Client) -> None:
    """It says who sees what, that no customer is to be named, and that nothing is stored yet."""
    page = html(ana.get(ADDRESS))
    for said in ("only you, until you send", "no customer’s name", "Nothing is stored yet", "20,000"):
        assert said in page
    assert '<option value="pt" selected>' in page


def test_the_portfolio_leads_here(ana: Client, draft: Assessment) -> None:
    """With evidence and without any."""
    assert f'href="{ADDRESS}"' in html(ana.get("/evidence/"))
    ana.post(ADDRESS, typed())
    assert f'href="{ADDRESS}"' in html(ana.get("/evidence/"))


@pytest.mark.usefixtures("indicators")
def test_cutting(ana: Client, draft: Assessment) -> None:
    """Each item has its fields, days and suggestions with their words; nothing is stored."""
    answer = pasted(ana)
    page, sent_back = html(answer), fields_of(answer.content)
    assert answer.status_code == 200
    assert sent_back["count"] == ["2"]
    assert sent_back["item-1-action"] == [JOURNEY]
    assert sent_back["item-1-situation"] == ["Banco Araçari\nmar 2024 – atual"]
    assert sent_back["item-1-started_on"] == ["2024-03-01"]
    assert sent_back["item-2-result"] == ["Com isso, ninguém reclamou."]
    assert sent_back["aside"] == ["Ana Souza\nana@example.org"]
    assert "CEXP 4.3" in page
    assert '<mark lang="pt">jornada</mark>' in page
    assert SAYING in page
    assert not Evidence.objects.exists()
    assert not EvidenceSuggestion.objects.exists()


@pytest.mark.usefixtures("indicators")
def test_links_are_the_persons_act(ana: Client, draft: Assessment) -> None:
    """No link is ticked to begin with; without an assessment there is nothing to link to."""
    answer = pasted(ana)
    assert f'value="{rating_of(draft, "CEXP.4.3").pk}"' in html(answer)
    assert "item-1-link" not in fields_of(answer.content)
    draft.delete()
    assert "item-1-link" not in html(pasted(ana))
    assert "CEXP 4.3" in html(pasted(ana))


@pytest.mark.usefixtures("indicators")
def test_keeping(ana: Client, cast: Cast, draft: Assessment) -> None:
    """What is kept is stored with its suggestions and the links that were ticked, and only that."""
    rating = rating_of(draft, "CEXP.4.3")
    answer = press(ana, pasted(ana), "save", item_1_link=str(rating.pk), item_2_keep=None)
    assert answer["Location"] == "/evidence/"
    item = cast.ana.evidence.get()
    assert (item.action, item.language, str(item.started_on)) == (JOURNEY, "pt", "2024-03-01")
    assert (item.ended_on, item.ongoing_on) == (None, TODAY)
    assert item.links.get().rating == rating
    assert item.suggestions.filter(statement__code="CEXP.4.3").exists()
    assert "1 item added." in html(ana.get("/evidence/"))


def test_keeping_all(ana: Client, cast: Cast) -> None:
    """The first of the text stands first; there is a message for several."""
    press(ana, pasted(ana), "save")
    titles = [item.title for item in cast.ana.evidence.newest_first()]
    assert titles == [
        "Redesenhei a jornada do cliente com TI e operação, em três rodadas de teste",
        PAYROLL[:-1],
    ]
    assert "2 items added." in html(ana.get("/evidence/"))


def test_sent_twice(ana: Client, cast: Cast) -> None:
    """The second time gets the first answer and adds nothing."""
    first = pasted(ana)
    one, two = press(ana, first, "save"), press(ana, first, "save")
    assert one["Location"] == two["Location"] == "/evidence/"
    assert cast.ana.evidence.count() == 2


def test_merging(ana: Client, draft: Assessment) -> None:
    """With the one before, under its title, with both texts, ticks and what was typed."""
    rating = str(rating_of(draft, "CEXP.4.3").pk)
    answer = press(ana, pasted(ana), "merge-2", item_1_title="Meu título", item_1_link=rating)
    sent_back = fields_of(answer.content)
    assert sent_back["count"] == ["1"]
    assert sent_back["item-1-title"] == ["Meu título"]
    assert sent_back["item-1-action"] == [f"{JOURNEY}\n{PAYROLL}"]
    assert sent_back["item-1-link"] == [rating]
    assert 'id="id_item-1-title" value="Meu título" autocomplete="off" lang="pt" autofocus' in html(answer)


def test_splitting(ana: Client) -> None:
    """One item a sentence; the others begin unlinked, with the same situation."""
    answer = press(ana, pasted(ana), "split-1", item_1_action="Fiz um mapa. Treinei a equipe.")
    sent_back = fields_of(answer.content)
    assert sent_back["count"] == ["3"]
    assert sent_back["item-1-action"] == ["Fiz um mapa."]
    assert sent_back["item-2-title"] == ["Treinei a equipe"]
    assert sent_back["item-2-situation"] == ["Banco Araçari\nmar 2024 – atual"]


def test_taking_what_was_left_aside(ana: Client) -> None:
    """It becomes an item, and nothing is left aside any more."""
    sent_back = fields_of(press(ana, pasted(ana), "take", aside="Ana treinou a equipe").content)
    assert sent_back["item-3-action"] == ["Ana treinou a equipe"]
    assert "aside" not in sent_back


def test_no_room(ana: Client) -> None:
    """Above sixty nothing is split or taken; the message says so and all is still there."""
    first = pasted(ana, "\n".join(f"• Atendi o caso número {number}" for number in range(60)))
    answer = press(ana, first, "split-1", item_1_action="Um. Dois.")
    assert answer.status_code == 422
    assert "at most 60 items" in html(answer)
    assert fields_of(answer.content)["item-1-action"] == ["Um. Dois."]
    assert press(ana, first, "take", aside="Três").status_code == 422


def test_joined(ana: Client) -> None:
    """The person is told how many pieces there were; sixty items fit into one request."""
    answer = pasted(ana, "\n".join(f"• Atendi o caso número {number}" for number in range(300)))
    assert "The text had 300 pieces" in html(answer)
    assert press(ana, answer, "save").status_code == 302


@pytest.mark.usefixtures("indicators")
def test_sixty_items(ana: Client, cast: Cast, draft: Assessment) -> None:
    """With three links each they fit into one request, and all of them are stored."""
    answer = pasted(ana, "\n".join(f"• {JOURNEY[:-1]}, número {number}" for number in range(60)))
    ratings = list(draft.ratings.values_list("pk", flat=True)[:3])
    links = {f"item-{number}-link": ratings for number in range(1, 61)}
    assert ana.post(ADDRESS, {**fields_of(answer.content), **links, "do": "save"}).status_code == 302
    assert cast.ana.evidence.count() == 60
    assert EvidenceLink.objects.count() == 180


@pytest.mark.usefixtures("indicators")
def test_suggesting_again(ana: Client, draft: Assessment) -> None:
    """By the button every item's suggestions follow what was typed, and ticks stay."""
    rating = str(rating_of(draft, "CEXP.4.3").pk)
    answer = press(
        ana,
        pasted(ana),
        "",
        item_1_action=PAYROLL,
        item_1_title="Folha",
        item_1_link=rating,
        item_2_action=JOURNEY,
    )
    assert fields_of(answer.content)["item-1-link"] == [rating]
    second = html(answer).split('id="item-2"')[1]
    assert "CEXP 4.3" in second


@pytest.mark.usefixtures("indicators")
def test_while_typing(ana: Client, draft: Assessment) -> None:
    """One item's suggestions alone, equal to those of the whole page."""
    sent_back = {**fields_of(pasted(ana).content), "item-2-action": JOURNEY, "do": "suggest-2"}
    fragment = ana.post(ADDRESS, sent_back, headers=HTMX)
    assert "<form" not in html(fragment)
    whole = ana.post(ADDRESS, sent_back)
    region = Page(whole.content).get("#item-2")
    assert parse(fragment.content).text
    assert parse(fragment.content).text in region.text


@pytest.mark.usefixtures("indicators")
def test_bad_typing_while_suggesting(ana: Client) -> None:
    """What cannot be saved does not stop the suggestions."""
    sent_back = typed(title="", started_on="x", action=JOURNEY) | {"do": "suggest-1"}
    answer = ana.post(ADDRESS, sent_back, headers=HTMX)
    assert answer.status_code == 200
    assert "CEXP 4.3" in html(answer)


def test_back_to_the_text(ana: Client) -> None:
    """The text and its language are as they were pasted."""
    page = html(press(ana, pasted(ana, language="ru"), "again"))
    assert "ana@example.org" in page
    assert '<option value="ru" selected>' in page


@pytest.mark.parametrize("do", ["", "merge-2", "split-2", "take", "again", "save"])
def test_swapped_equals_fresh(ana: Client, do: str) -> None:
    """Whatever the button, the page after the swap is the page that the same request answers without htmx."""
    whole = pasted(ana)
    sent_back = {**fields_of(whole.content), "do": do, "item-1-title": "", "item-2-action": "Um. Dois."}
    page = Page(whole.content)
    swap(page, ana.post(ADDRESS, sent_back, headers=HTMX).content)
    assert page.html() == Page(ana.post(ADDRESS, sent_back).content).html()


def test_cut_by_htmx_equals_fresh(ana: Client) -> None:
    """The first step too, but for the token of the form."""
    page = Page(ana.get(ADDRESS).content)
    swap(page, ana.post(ADDRESS, {"text": CV, "language": "pt"}, headers=HTMX).content)
    tokens = [fields_of(pasted(ana).content)["form_token"][0], fields_of_page(page)]
    fresh = Page(html(pasted(ana)))
    assert without_token(page) == without_token(fresh)
    assert tokens[0] != tokens[1]


def fields_of_page(page: Page) -> str:
    return next(each for each in page.root if each.attributes.get("name") == "form_token").attributes["value"]


def without_token(page: Page) -> str:
    return page.html().replace(fields_of_page(page), "")


def test_saved_by_htmx(ana: Client, cast: Cast) -> None:
    answer = ana.post(ADDRESS, typed(), headers=HTMX)
    assert answer["HX-Redirect"] == "/evidence/"
    assert cast.ana.evidence.count() == 1


@pytest.mark.parametrize("count", [2, 60])
@pytest.mark.usefixtures("indicators")
def test_queries_do_not_grow(
    ana: Client, draft: Assessment, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    """Session, user, skills, what was confirmed, ratings."""
    text = "\n".join(f"• {JOURNEY[:-1]}, número {number}." for number in range(count))
    pasted(ana, text)
    with django_assert_num_queries(5):
        pasted(ana, text)
