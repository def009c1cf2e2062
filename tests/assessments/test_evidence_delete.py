"""Deleting an item, after being told what loses it."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from assessments.actions.evidence import delete_evidence, duplicate_evidence
from assessments.actions.send import submit
from assessments.models import Assessment, Evidence
from tests.cast import NOON, TODAY, Cast, answer, link

pytestmark = pytest.mark.usefixtures("noon")


def address(item: Evidence) -> str:
    return f"/evidence/{item.pk}/delete/"


def test_the_question(ana: Client, draft: Assessment, item: Evidence) -> None:
    """The page names the statements that lose the item, and deletes nothing."""
    link(draft, "CEXP.4.3", item)
    html = ana.get(address(item)).content.decode()
    assert "These statements lose it" in html
    assert "CEXP 4.3" in html
    assert Evidence.objects.filter(pk=item.pk).exists()


def test_nothing_loses_it(ana: Client, item: Evidence) -> None:
    """An item that speaks for nothing says so."""
    assert "It speaks for no statement that you can still change" in ana.get(address(item)).content.decode()


def test_deleting(ana: Client, item: Evidence) -> None:
    """The item goes, and the person is back at the others."""
    response = ana.post(address(item), {"form_token": str(uuid.uuid4())})
    assert response["Location"] == "/evidence/"
    assert not Evidence.objects.exists()


def test_what_was_sent_keeps_its_copy(ana: Client, draft: Assessment, item: Evidence) -> None:
    """The submission's text stays."""
    link(draft, "CEXP.4.3", item)
    answer(draft, "CEXP.4.3", 3)
    submission = submit(assessment=draft, by=draft.employee, at=NOON, on=TODAY)
    assert "CEXP 4.3" not in ana.get(address(item)).content.decode()
    ana.post(address(item), {"form_token": str(uuid.uuid4())})
    submission.refresh_from_db()
    assert "Pesquisa pós-venda" in str(submission.document)


def test_deleted_twice(ana: Client, item: Evidence) -> None:
    """A second click gets the answer of the first."""
    token = {"form_token": str(uuid.uuid4())}
    assert ana.post(address(item), token)["Location"] == ana.post(address(item), token)["Location"]


def test_a_damaged_form(ana: Client, item: Evidence) -> None:
    """Nothing is deleted, and the page can be sent again."""
    response = ana.post(address(item), {"form_token": "x"})
    assert response.status_code == 422
    assert "damaged" in response.content.decode()
    assert Evidence.objects.exists()


def test_strangers(ana: Client, cast: Cast, item: Evidence) -> None:
    """Nobody else finds the item, signed in or not."""
    ana.force_login(cast.bruno)
    assert ana.get(address(item)).status_code == 404
    assert ana.post(address(item)).status_code == 404
    ana.logout()
    assert ana.post(address(item)).status_code == 302
    assert Evidence.objects.exists()


def test_missing_and_wrong_verb(ana: Client, item: Evidence) -> None:
    """What never was cannot be deleted; nor by another verb."""
    assert ana.post("/evidence/999999/delete/").status_code == 404
    assert ana.delete(address(item)).status_code == 405


def test_copies_stay_one_piece_of_work(cast: Cast, item: Evidence) -> None:
    """When the origin goes, its oldest copy takes its place."""
    first, second = (
        duplicate_evidence(evidence=item, title=title, by=cast.ana, at=NOON) for title in ("First", "Second")
    )
    delete_evidence(evidence=item, by=cast.ana, at=NOON)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.origin, second.origin) == (None, first)
