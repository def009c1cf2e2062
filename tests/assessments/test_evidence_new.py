"""Writing down a new item, alone or for a statement."""

from __future__ import annotations

import uuid

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.actions.send import submit
from assessments.models import Assessment, Evidence
from tests.cast import NOON, TODAY, Cast, answer, begin, rating_of

pytestmark = pytest.mark.usefixtures("noon")

ADDRESS = "/evidence/new/"
TYPED = {"title": "Mapa do app", "action": "Desenhei o mapa com três áreas.", "language": "pt"}


def send(assessment: Assessment) -> None:
    answer(assessment, "CEXP.4.3", 3)
    submit(assessment=assessment, by=assessment.employee, at=NOON, on=TODAY)


def test_the_form(ana: Client, cast: Cast) -> None:
    """It begins with a title and one sentence, says who sees what, and prompts with the role's work."""
    html = ana.get(ADDRESS).content.decode()
    assert "A title and one sentence are enough" in html
    assert "only you, until you send" in html
    assert "Write no customer’s name" in html
    assert "Journey map made with other departments" in html
    assert '<details class="more">' in html


def test_language_of_the_text(client: Client, cast: Cast) -> None:
    """It is the reader's to begin with."""
    client.force_login(cast.irina)
    assert '<option value="ru" selected>' in client.get(ADDRESS).content.decode()


def test_without_a_role(client: Client, cast: Cast) -> None:
    """Who has no role gets no prompts."""
    client.force_login(cast.novo)
    assert b"prompts" not in client.get(ADDRESS).content


def test_a_title_and_one_sentence(ana: Client, cast: Cast) -> None:
    """That is an item, ongoing as of today."""
    response = ana.post(ADDRESS, TYPED)
    assert response.status_code == 302
    assert response["Location"] == "/evidence/"
    item = cast.ana.evidence.get()
    assert (item.title, item.action, item.ongoing_on) == (TYPED["title"], TYPED["action"], TODAY)


def test_everything(ana: Client, cast: Cast) -> None:
    """All fields are kept; an item with an end is not ongoing."""
    more = {
        "situation": "Muitas queixas.",
        "result": "Menos queixas.",
        "started_on": "2026-03-09",
        "ended_on": "2026-04-03",
        "url": "wiki.example.org/mapa",
        "language": "ru",
    }
    assert ana.post(ADDRESS, TYPED | more).status_code == 302
    item = cast.ana.evidence.get()
    assert (item.situation, item.result, item.language) == ("Muitas queixas.", "Menos queixas.", "ru")
    assert (str(item.started_on), str(item.ended_on), item.ongoing_on) == ("2026-03-09", "2026-04-03", None)
    assert item.url == "https://wiki.example.org/mapa"


def test_for_a_statement(ana: Client, cast: Cast, draft: Assessment) -> None:
    """The statement is shown, the item is linked to it, and the person is back where they came from."""
    rating = rating_of(draft, "CEXP.4.3")
    html = ana.get(f"{ADDRESS}?rating={rating.pk}").content.decode()
    assert "CEXP 4.3" in html
    assert f'name="rating" value="{rating.pk}"' in html
    response = ana.post(ADDRESS, TYPED | {"rating": rating.pk})
    assert response["Location"] == f"/assessments/{draft.pk}/levels/4/#statement-CEXP-4-3"
    assert cast.ana.evidence.get().links.get().rating == rating


def test_next(ana: Client) -> None:
    """A page of ours is gone back to; any other address is not."""
    assert ana.post(ADDRESS, TYPED | {"next": "/skills/CEXP/"})["Location"] == "/skills/CEXP/"
    for strange in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "javascript:alert(1)",
        "/" + "x" * 600,
    ):
        assert ana.post(ADDRESS, TYPED | {"next": strange})["Location"] == "/evidence/"
        assert strange not in ana.get(ADDRESS, {"next": strange}).content.decode()


def test_sent_twice(ana: Client, cast: Cast, draft: Assessment) -> None:
    """The second request with the same token gets the first answer and adds nothing."""
    typed = TYPED | {"form_token": str(uuid.uuid4()), "rating": rating_of(draft, "CEXP.4.3").pk}
    first, second = ana.post(ADDRESS, typed), ana.post(ADDRESS, typed)
    assert first["Location"] == second["Location"]
    assert cast.ana.evidence.count() == 1


def test_signed_out(client: Client, db: None) -> None:
    """Nobody writes without signing in, and the page holds what was typed."""
    response = client.post(ADDRESS, TYPED)
    assert response.status_code == 401
    assert TYPED["title"] in response.content.decode()
    assert not Evidence.objects.exists()


def test_wrong_verb(ana: Client) -> None:
    """The page is read and sent, nothing else."""
    assert ana.put(ADDRESS).status_code == 405


@pytest.mark.parametrize("rating", ["abc", "-1", "0", "999999999999999999999999", "9" * 5000])
def test_no_such_statement(ana: Client, rating: str) -> None:
    """A link with a broken statement leads nowhere."""
    assert ana.get(ADDRESS, {"rating": rating}).status_code == 404


def test_a_strangers_statement(ana: Client, cast: Cast, draft: Assessment) -> None:
    """Somebody else's assessment is not there, for their manager neither."""
    rating = rating_of(draft, "CEXP.4.3").pk
    ana.force_login(cast.marta)
    assert ana.get(ADDRESS, {"rating": rating}).status_code == 404
    assert ana.post(ADDRESS, TYPED | {"rating": rating}).status_code == 404
    assert not Evidence.objects.exists()


def test_opened_for_a_sent_assessment(ana: Client, draft: Assessment) -> None:
    """The page explains why nothing can be linked now."""
    send(draft)
    response = ana.get(ADDRESS, {"rating": rating_of(draft, "CEXP.4.3").pk})
    assert response.status_code == 409
    assert "This assessment cannot be changed now" in response.content.decode()


def test_sent_while_writing(ana: Client, cast: Cast, draft: Assessment) -> None:
    """What was typed is still there, and the next try keeps it without the link."""
    send(draft)
    response = ana.post(ADDRESS, TYPED | {"rating": rating_of(draft, "CEXP.4.3").pk})
    html = response.content.decode()
    assert response.status_code == 409
    assert TYPED["action"] in html
    assert "without the link" in html
    assert 'name="rating"' not in html
    assert not cast.ana.evidence.exists()


@pytest.mark.parametrize(
    ("bad", "field", "words"),
    [
        ({"title": ""}, "title", "Give it a title"),
        ({"title": " \u200b "}, "title", "Give it a title"),
        ({"title": "x" * 201}, "title", "at most 200 characters"),
        ({"action": "a\x0bb"}, "action", "invisible control character (U+000B)"),
        ({"action": "a\x00b"}, "action", "invisible control character (U+0000)"),
        ({"situation": "я" * 5001}, "situation", "at most 5000 characters"),
        ({"result": "\ud7ff" * 5001}, "result", "at most 5000 characters"),
        ({"started_on": "2026-11-22"}, "started_on", "in the future"),
        ({"ended_on": "2027-01-01"}, "ended_on", "in the future"),
        ({"started_on": "2026-04-03", "ended_on": "2026-03-09"}, "ended_on", "cannot end before it starts"),
        ({"started_on": "2026-02-30"}, "started_on", "no day of the calendar"),
        ({"url": "javascript:alert(1)"}, "url", "http:// or https://"),
        ({"url": "data:text/html,x"}, "url", "http:// or https://"),
        ({"url": "ftp://example.org"}, "url", "http:// or https://"),
        ({"url": "https://"}, "url", "http:// or https://"),
        ({"language": "de"}, "language", "Select a valid choice"),
    ],
)
def test_bad_input(ana: Client, cast: Cast, bad: dict[str, str], field: str, words: str) -> None:
    """The message stands beside the field, and everything typed is still there."""
    response = ana.post(ADDRESS, TYPED | {"situation": "Muitas queixas."} | bad)
    html = response.content.decode()
    assert response.status_code == 422
    message = html.split(f'id="id_{field}_error">')[1].split("</div>")[0]
    assert words in message
    assert "Desenhei o mapa" in html or field == "action"
    assert '<details class="more" open>' in html
    assert not cast.ana.evidence.exists()


@pytest.mark.parametrize("bad", [{"rating": "qqq"}, {"rating": "-98765432"}, {"form_token": "'; drop table"}])
def test_damaged_hidden_fields(ana: Client, bad: dict[str, str]) -> None:
    """What nobody sees has its message above the form, and the next try goes through."""
    response = ana.post(ADDRESS, TYPED | bad)
    html = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in html
    assert next(iter(bad.values())) not in html.split('id="evidence-form"')[1].replace(TYPED["action"], "")
    assert TYPED["action"] in html


def test_a_megabyte(ana: Client) -> None:
    """It is refused beside its field, and given back whole."""
    response = ana.post(ADDRESS, TYPED | {"action": "x" * 1_000_000})
    assert response.status_code == 422
    assert b"x" * 1_000_000 in response.content


def test_more_than_the_server_reads(ana: Client) -> None:
    """Above two megabytes the request is refused with a page in the reader's language."""
    body = "title=a&action=" + "x" * 3_000_000
    response = ana.post(ADDRESS, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "This request could not be read" in response.content.decode()


def test_by_htmx(ana: Client) -> None:
    """A save answers with the address to go to; a refusal with the form alone."""
    saved = ana.post(ADDRESS, TYPED, headers={"HX-Request": "true"})
    assert saved["HX-Redirect"] == "/evidence/"
    refused = ana.post(ADDRESS, TYPED | {"title": ""}, headers={"HX-Request": "true"})
    html = refused.content.decode()
    assert refused.status_code == 422
    assert html.strip().startswith('<form novalidate class="card" id="evidence-form"')
    assert "<html" not in html


def test_signed_out_by_htmx(client: Client, db: None) -> None:
    """What was typed stays on the page: the save answers 401."""
    assert client.post(ADDRESS, TYPED, headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize("count", [10, 30])
def test_queries_do_not_grow(
    ana: Client, cast: Cast, draft: Assessment, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    """Session, user, statement, role."""
    for _ in range(count):
        ana.post(ADDRESS, TYPED | {"rating": rating_of(draft, "CEXP.4.3").pk})
    address = f"{ADDRESS}?rating={rating_of(draft, 'CEXP.4.3').pk}"
    ana.get(address)
    with django_assert_num_queries(4):
        ana.get(address)


def test_todays_end_anywhere(client: Client, cast: Cast, cexp: object) -> None:
    """Where it is tomorrow already, today's date is no future."""
    cast.irina.timezone = "Asia/Kamchatka"
    cast.irina.save(update_fields=["timezone"])
    client.force_login(cast.irina)
    with time_machine.travel(NOON.replace(hour=18), tick=False):
        assert client.post(ADDRESS, TYPED | {"ended_on": "2026-11-21"}).status_code == 302
        assert client.post(ADDRESS, TYPED | {"ended_on": "2026-11-22"}).status_code == 422


def test_the_statements_text_in_russian(client: Client, cast: Cast, cycle: object, cexp: object) -> None:
    """The statement is in the reader's language, with our help under it."""
    assessment = begin(cast.irina, cexp)
    client.force_login(cast.irina)
    html = client.get(f"{ADDRESS}?rating={rating_of(assessment, 'CEXP.4.3').pk}").content.decode()
    assert '<p class="text" lang="ru">' in html
