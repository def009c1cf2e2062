"""Changing an item: versions, conflicts, confirmations, copies."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.models import Assessment, Evidence
from tests.cast import NOON, TODAY, Cast, evidence, link
from tests.htmx import Page

LATER = NOON + dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def address(item: Evidence) -> str:
    return f"/evidence/{item.pk}/"


def typed(item: Evidence, **changes: str) -> dict[str, str]:
    """What the form sends, as it was read, with changes."""
    names = ("title", "situation", "action", "result", "url", "language")
    return {name: getattr(item, name) for name in names} | {"version": str(item.version)} | changes


def confirm(item: Evidence, cast: Cast) -> None:
    item.confirmed_by, item.confirmed_at = cast.marta, NOON
    item.save(update_fields=["confirmed_by", "confirmed_at"])


def test_the_form(ana: Client, cast: Cast) -> None:
    """It holds the item as it stands, days in the form that a browser's calendar takes."""
    item = evidence(cast.ana, started_on=dt.date(2026, 3, 9), ended_on=dt.date(2026, 4, 3))
    html = ana.get(address(item)).content.decode()
    assert 'value="Pesquisa pós-venda"' in html
    assert 'value="2026-03-09"' in html
    assert 'value="2026-04-03"' in html
    assert '<details class="more" open>' in html


def test_saving(ana: Client, item: Evidence) -> None:
    """The whole item is saved; without an end it goes on as of today."""
    response = ana.post(address(item), typed(item, result="NPS +4"))
    assert response["Location"] == "/evidence/"
    item.refresh_from_db()
    assert (item.result, item.version, item.ongoing_on) == ("NPS +4", 1, LATER.date())


def test_an_end(ana: Client, item: Evidence) -> None:
    """With an end it is no longer going on."""
    ana.post(address(item), typed(item, ended_on=TODAY.isoformat()))
    item.refresh_from_db()
    assert (item.ended_on, item.ongoing_on) == (TODAY, None)


def test_next(ana: Client, item: Evidence) -> None:
    """The person goes back to the page that they came from."""
    html = ana.get(f"{address(item)}?next=/skills/CEXP/").content.decode()
    assert 'name="next" value="/skills/CEXP/"' in html
    assert ana.post(address(item), typed(item, next="/skills/CEXP/"))["Location"] == "/skills/CEXP/"


def test_another_tab_was_first(ana: Client, item: Evidence) -> None:
    """Nothing is overwritten: both texts are shown, and saving again replaces what was shown."""
    ana.post(address(item), typed(item, action="First tab"))
    response = ana.post(address(item), typed(item, action="Second tab"))
    html = response.content.decode()
    item.refresh_from_db()
    assert response.status_code == 409
    assert item.action == "First tab"
    assert "First tab" in html
    assert "Second tab" in html
    assert 'name="version" value="1"' in html
    assert ana.post(address(item), typed(item, action="Second tab")).status_code == 302


def test_only_what_differs_is_shown(ana: Client, item: Evidence) -> None:
    """What both tabs agree on is not repeated; an empty field and a date can be read."""
    ana.post(address(item), typed(item, result="", ended_on="2026-11-20"))
    html = ana.post(address(item), typed(item)).content.decode()
    shown = html.split('class="saved-now"')[1].split("</dl>")[0]
    assert shown.count("<dt>") == 2
    assert "—" in shown
    assert "20 Nov 2026" in shown


def test_the_same_twice(ana: Client, item: Evidence) -> None:
    """A double click saves the same text twice, and that is no conflict."""
    for _ in range(2):
        assert ana.post(address(item), typed(item, action="Once")).status_code == 302


def test_conflict_by_htmx(ana: Client, item: Evidence) -> None:
    """The form alone comes back, with the other text above it."""
    ana.post(address(item), typed(item, action="First tab"))
    response = ana.post(address(item), typed(item, action="Mine"), headers={"HX-Request": "true"})
    html = response.content.decode()
    assert response.status_code == 409
    assert html.strip().startswith('<form novalidate class="card" id="evidence-form"')
    assert "First tab" in html


@pytest.mark.parametrize("changes", [{"title": "", "ended_on": "soon"}, {"action": "Mine"}])
def test_after_the_swap_the_page_is_the_whole_answer(
    ana: Client, item: Evidence, changes: dict[str, str]
) -> None:
    """A refusal or a conflict swapped into the page makes what the same answer is without scripts."""
    stale = typed(item, **changes)
    ana.post(address(item), typed(item, action="First tab"), follow=True)
    page = Page(plain(ana.get(address(item)).content))
    page.swap(ana.post(address(item), stale, headers={"HX-Request": "true"}).content, target="#evidence-form")
    assert page.html() == Page(plain(ana.post(address(item), stale).content)).html()


def plain(content: bytes) -> str:
    """Without the token of the copy, which is another one each time."""
    return re.sub(r'(?<=name="form_token" value=")[^"]+', "", content.decode())


def test_a_confirmed_item(ana: Client, cast: Cast, item: Evidence) -> None:
    """The page warns before saving; a change takes the confirmation, saving the same text leaves it."""
    confirm(item, cast)
    assert "Marta confirmed this text" in ana.get(address(item)).content.decode()
    ana.post(address(item), typed(item))
    item.refresh_from_db()
    assert item.confirmed_by == cast.marta
    ana.post(address(item), typed(item, result="NPS +4"))
    item.refresh_from_db()
    assert (item.confirmed_by, item.confirmed_at) == (None, None)


@pytest.mark.parametrize(
    ("bad", "field"),
    [({"title": ""}, "title"), ({"url": "ftp://x.example"}, "url"), ({"ended_on": "2031-01-01"}, "ended_on")],
)
def test_bad_input(ana: Client, item: Evidence, bad: dict[str, str], field: str) -> None:
    """The message stands beside the field; the item stays as it was."""
    response = ana.post(address(item), typed(item, action="Typed", **bad))
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert "Typed" in response.content.decode()
    item.refresh_from_db()
    assert item.version == 0


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_no_version(ana: Client, item: Evidence, version: str) -> None:
    """Without the version that was read nothing is saved."""
    response = ana.post(address(item), typed(item, action="Typed", version=version))
    assert response.status_code == 422
    assert "This page is incomplete" in response.content.decode()


def test_a_version_from_the_future(ana: Client, item: Evidence) -> None:
    """A version that never was is no version to overwrite."""
    assert ana.post(address(item), typed(item, action="Typed", version="9" * 30)).status_code == 409


def test_signed_out(client: Client, item: Evidence) -> None:
    """Nobody opens an item without signing in."""
    assert client.get(address(item)).status_code == 302


def test_strangers(ana: Client, cast: Cast, item: Evidence) -> None:
    """Colleagues, HR and administrators find nothing at the address; nor is it changed."""
    for user in (cast.bruno, cast.helena, cast.admir, cast.marta):
        ana.force_login(user)
        assert ana.get(address(item)).status_code == 404
        assert ana.post(address(item), typed(item, title="Mine")).status_code == 404


def test_missing(ana: Client) -> None:
    """An item that never was is not found."""
    assert ana.get("/evidence/99999999999999999999/").status_code == 404


def test_wrong_verb(ana: Client, item: Evidence) -> None:
    """The page is read and sent, nothing else."""
    assert ana.delete(address(item)).status_code == 405


def test_a_copy(ana: Client, cast: Cast, draft: Assessment, item: Evidence) -> None:
    """It has the text and the dates, no link and no confirmation, and knows where it comes from."""
    confirm(item, cast)
    link(draft, "CEXP.4.3", item)
    response = ana.post(f"{address(item)}duplicate/", {"form_token": str(uuid.uuid4())})
    copy = cast.ana.evidence.exclude(pk=item.pk).get()
    assert response["Location"] == address(copy)
    assert (copy.action, copy.ongoing_on, copy.origin) == (item.action, TODAY, item)
    assert not copy.links.exists()
    assert copy.confirmed_at is None
    assert "the two count as one piece of work" in ana.get(address(copy)).content.decode()


def test_a_copy_of_a_copy(ana: Client, cast: Cast, item: Evidence) -> None:
    """All copies have one origin, and a long title is cut to fit."""
    item.title = "x" * 200
    item.save(update_fields=["title"])
    ana.post(f"{address(item)}duplicate/")
    copy = cast.ana.evidence.exclude(pk=item.pk).get()
    ana.post(f"{address(copy)}duplicate/")
    assert cast.ana.evidence.filter(origin=item).count() == 2


def test_copied_twice(ana: Client, cast: Cast, item: Evidence) -> None:
    """The second request with one token leads to the first copy."""
    token = {"form_token": str(uuid.uuid4())}
    first = ana.post(f"{address(item)}duplicate/", token)
    second = ana.post(f"{address(item)}duplicate/", token)
    assert first["Location"] == second["Location"]
    assert cast.ana.evidence.count() == 2


def test_copies_that_cannot_be(ana: Client, cast: Cast, item: Evidence) -> None:
    """A damaged form, a stranger, a link in place of a form."""
    copy = f"{address(item)}duplicate/"
    assert ana.post(copy, {"form_token": "x"}).status_code == 400
    assert ana.get(copy).status_code == 405
    ana.force_login(cast.bruno)
    assert ana.post(copy).status_code == 404
    ana.logout()
    assert ana.post(copy).status_code == 302
    assert Evidence.objects.count() == 1


def test_queries(ana: Client, item: Evidence, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Session, user, item, suggestions."""
    with django_assert_num_queries(4):
        ana.get(address(item))
