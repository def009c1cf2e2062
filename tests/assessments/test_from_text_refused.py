"""Starting from a text: what cannot be cut or stored is said beside it, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.test import Client

from assessments.models import Assessment, Evidence, EvidenceLink
from skills.models import Skill
from tests.assessments.from_text_cases import (
    ADDRESS,
    HTMX,
    JOURNEY,
    fields_of,
    html,
    pasted,
    press,
    typed,
)
from tests.assessments.report_cases import sent
from tests.cast import Cast, answer_level, begin, rating_of

pytestmark = pytest.mark.usefixtures("noon")


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
    """With scripts and without, what was typed stays."""
    assert client.post(ADDRESS, typed()).status_code == 401
    assert client.post(ADDRESS, typed(), headers=HTMX).status_code == 401
    assert not Evidence.objects.exists()


def test_wrong_verb(ana: Client) -> None:
    assert ana.put(ADDRESS).status_code == 405
