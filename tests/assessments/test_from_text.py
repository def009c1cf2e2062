"""Starting from a pasted text: cut, looked through, and stored when the person says so."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.models import Assessment, Evidence, EvidenceLink, EvidenceSuggestion
from skills.models import Skill
from tests.assessments.report_cases import sent
from tests.cast import NOON, TODAY, Cast, answer_level, begin, rating_of
from tests.htmx import Element, Page, parse

ADDRESS = "/evidence/from-text/"
JOURNEY = "Redesenhei a jornada do cliente com TI e operação, em três rodadas de teste."
PAYROLL = "Calculei as férias e a folha de pagamento e enviei ao sindicato."
CV = f"""Ana Souza
ana@example.org

Banco Araçari
mar 2024 – atual
• {JOURNEY}
• {PAYROLL} Com isso, ninguém reclamou.
"""
HTMX = {"HX-Request": "true"}
SAYING = "A suggestion never changes a rating or a level."


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def indicators(cexp: Skill) -> None:
    call_command("loaddata", "cexp_indicators", verbosity=0)


@pytest.fixture
def ana(client: Client, cast: Cast) -> Client:
    cast.ana.choose_language("en")
    client.force_login(cast.ana)
    return client


def pasted(client: Client, text: str = CV, **fields: Any) -> Any:
    return client.post(ADDRESS, {"text": text, "language": "pt", **fields})


def fields_of(content: bytes) -> dict[str, Any]:
    """What the browser would send of the form as it stands, without a button."""
    form = Page(content).get("#from-text")
    sent: dict[str, Any] = {}
    for element in form:
        value = value_of(element)
        if value is not None:
            sent.setdefault(element.attributes["name"], []).append(value)
    sent.pop("csrfmiddlewaretoken")
    return sent


def value_of(element: Element) -> str | None:
    if "name" not in element.attributes or element.name not in {"input", "textarea"}:
        return None
    if element.attributes.get("type") == "checkbox":
        return element.attributes.get("value", "on") if "checked" in element.attributes else None
    if element.name == "textarea":
        return "".join(str(child) for child in element.children).removeprefix("\n")
    return element.attributes.get("value", "")


def press(client: Client, answer: Any, do: str, **changed: Any) -> Any:
    """A button of the second step, after something was typed; a value of None is a tick taken off."""
    sent = {
        **fields_of(answer.content),
        "do": do,
        **{name.replace("_", "-"): v for name, v in changed.items()},
    }
    return client.post(ADDRESS, {name: value for name, value in sent.items() if value is not None})


def typed(**fields: Any) -> dict[str, Any]:
    """One item, as it is sent."""
    item = {"title": "Jornada", "action": JOURNEY, "keep": "on", **fields}
    rest = {"count": "1", "language": "pt", "do": "save", "form_token": str(uuid.uuid4())}
    return {**rest, **{f"item-1-{name}": value for name, value in item.items() if value is not None}}


def html(answer: Any) -> str:
    return str(answer.content.decode())


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
    page.swap(ana.post(ADDRESS, sent_back, headers=HTMX).content, target="#from-text")
    assert page.html() == Page(ana.post(ADDRESS, sent_back).content).html()


def test_cut_by_htmx_equals_fresh(ana: Client) -> None:
    """The first step too, but for the token of the form."""
    page = Page(ana.get(ADDRESS).content)
    page.swap(ana.post(ADDRESS, {"text": CV, "language": "pt"}, headers=HTMX).content, target="#from-text")
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste a text first."),
        (" \u200b ", "Paste a text first."),
        ("x" * 20_001, "at most 20000 characters are possible, and there are 20001"),
        ("Fiz um mapa\x00", "invisible control character (U+0000) after “Fiz um mapa”"),
        ("--- 😀", "No piece of work was found"),
        ("ana@example.org", "No piece of work was found"),
    ],
)
def test_texts_that_cannot_be_cut(ana: Client, text: str, words: str) -> None:
    """The message stands beside the field, with the text still in it."""
    answer = pasted(ana, text)
    assert answer.status_code == 422
    assert words in html(answer).split('id="id_text_error">')[1].split("</div>")[0]
    assert text.strip(" \u200b\x00") in html(answer)


def test_bidi_and_page_ends(ana: Client) -> None:
    """What turns text around goes; the ends of pages are ends of lines."""
    sent_back = fields_of(pasted(ana, "Fiz \u202eum mapa\x0cTreinei a equipe\x0bVendi").content)
    assert [sent_back[f"item-{number}-action"][0] for number in (1, 2, 3)] == [
        "Fiz um mapa",
        "Treinei a equipe",
        "Vendi",
    ]


def test_markup_is_text(ana: Client) -> None:
    page = html(pasted(ana, '<script>alert(1)</script> "><img src=x onerror=alert(1)> jornada do cliente'))
    assert "<script>alert" not in page
    assert "<img" not in page


def test_another_language(ana: Client) -> None:
    """Only those in which statements are can be chosen."""
    answer = pasted(ana, language="de")
    assert answer.status_code == 422
    assert "Select a valid choice" in html(answer)


@pytest.mark.parametrize(
    ("bad", "field", "words"),
    [
        ({"title": ""}, "title", "Give it a title"),
        ({"title": "x" * 201}, "title", "at most 200 characters"),
        ({"action": "a\x0bb"}, "action", "invisible control character"),
        ({"situation": "я" * 5001}, "situation", "at most 5000 characters"),
        ({"result": "я" * 5001}, "result", "at most 5000 characters"),
        ({"started_on": "2026-11-22"}, "started_on", "in the future"),
        ({"started_on": "2026-04-03", "ended_on": "2026-03-09"}, "ended_on", "cannot end before it starts"),
        ({"ended_on": "ontem"}, "ended_on", "no day of the calendar"),
    ],
)
def test_bad_input(ana: Client, bad: dict[str, str], field: str, words: str) -> None:
    """The message stands beside its field, which has the focus; all that was typed is there."""
    answer = ana.post(ADDRESS, typed(**{"situation": "Muitas queixas.", **bad}))
    page = html(answer)
    assert answer.status_code == 422
    assert words in page.split(f'id="id_item-1-{field}_error">')[1].split("</div>")[0]
    assert bad[field] in page
    assert f'autofocus aria-invalid="true" aria-describedby="id_item-1-{field}_error"' in page
    assert JOURNEY in page or field == "action"
    assert not Evidence.objects.exists()


def test_all_or_nothing(ana: Client) -> None:
    """One item that cannot be saved keeps the other from being stored."""
    assert press(ana, pasted(ana), "save", item_2_title="").status_code == 422
    assert not Evidence.objects.exists()


def test_what_is_dropped_needs_no_mending(ana: Client, cast: Cast) -> None:
    assert press(ana, pasted(ana), "save", item_2_title="", item_2_keep=None).status_code == 302
    assert cast.ana.evidence.count() == 1


def test_nothing_kept(ana: Client) -> None:
    answer = ana.post(ADDRESS, typed(keep=None))
    assert answer.status_code == 422
    assert "Keep at least one" in html(answer)


def test_sent_in_the_meantime(ana: Client, cast: Cast, draft: Assessment) -> None:
    """Nothing is stored, everything but the links is still there, and the next try goes through."""
    answer_level(draft, 3, 2)
    sent(draft)
    answer = ana.post(ADDRESS, typed(link=str(rating_of(draft, "CEXP.4.3").pk)))
    assert answer.status_code == 409
    assert "nothing can be linked" in html(answer)
    assert JOURNEY in html(answer)
    assert not cast.ana.evidence.exists()
    assert press(ana, answer, "save").status_code == 302


def test_a_strangers_statement(ana: Client, cast: Cast, cycle: object, cexp: Skill) -> None:
    """It is neither shown nor linked."""
    theirs = rating_of(begin(cast.bruno, cexp), "CEXP.4.3").pk
    assert f'value="{theirs}"' not in html(ana.post(ADDRESS, typed(link=str(theirs)) | {"do": ""}))
    assert ana.post(ADDRESS, typed(link=str(theirs))).status_code == 409
    assert ana.post(ADDRESS, typed(link="9" * 18)).status_code == 409
    assert not EvidenceLink.objects.exists()


def test_a_broken_link_is_none(ana: Client, cast: Cast) -> None:
    assert ana.post(ADDRESS, typed(link="9" * 50)).status_code == 302
    assert ana.post(ADDRESS, typed(link="x")).status_code == 302


@pytest.mark.parametrize(
    "bad",
    [
        {"count": "0"},
        {"count": "61"},
        {"count": "x"},
        {"language": "de"},
        {"do": "drop"},
        {"do": "merge-1"},
        {"do": "merge-2"},
        {"do": "split-2"},
        {"do": "suggest-99"},
        {"form_token": "x"},
    ],
)
def test_damaged_on_the_way(ana: Client, bad: dict[str, str]) -> None:
    """What no page of ours sends is refused, and nothing is stored."""
    assert ana.post(ADDRESS, typed() | bad).status_code == 400
    assert not Evidence.objects.exists()


def test_signed_out(client: Client, db: None) -> None:
    """A page leads to the sign-in; a request by htmx is answered so that what was typed stays."""
    assert client.post(ADDRESS, typed()).status_code == 302
    assert client.post(ADDRESS, typed(), headers=HTMX).status_code == 401
    assert not Evidence.objects.exists()


def test_wrong_verb(ana: Client) -> None:
    assert ana.put(ADDRESS).status_code == 405


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
