"""Linking what is written already to a statement, and taking it off."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.actions.send import submit
from assessments.models import Assessment, Evidence, EvidenceLink, StatementRating
from skills.models import Skill
from tests.cast import NOON, TODAY, Cast, answer, begin, evidence, link, rating_of

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def rating(draft: Assessment) -> StatementRating:
    return rating_of(draft, "CEXP.4.3")


def address(rating: StatementRating) -> str:
    return f"/assessments/{rating.assessment_id}/ratings/{rating.pk}/evidence/"


def unlink_address(link: EvidenceLink) -> str:
    return f"/assessments/{link.rating.assessment_id}/evidence/{link.pk}/unlink/"


def level(rating: StatementRating) -> str:
    return f"/assessments/{rating.assessment_id}/levels/4/#statement-CEXP-4-3"


@pytest.fixture
def linked(draft: Assessment, item: Evidence) -> EvidenceLink:
    link(draft, "CEXP.4.3", item)
    return item.links.get()


@pytest.fixture
def sent(draft: Assessment) -> None:
    answer(draft, "CEXP.4.3", 3)
    submit(assessment=draft, by=draft.employee, at=NOON, on=TODAY)


def test_the_page(ana: Client, rating: StatementRating, item: Evidence) -> None:
    """It shows the statement, the person's items with their strength, and the way to a new one."""
    html = ana.get(address(rating)).content.decode()
    assert "CEXP 4.3" in html
    assert "Pesquisa pós-venda" in html
    assert "verifiable" in html
    assert f'href="/evidence/new/?rating={rating.pk}"' in html


def test_nothing_to_link(ana: Client, rating: StatementRating) -> None:
    """Without items the page says what to do next."""
    assert "No evidence yet" in ana.get(address(rating)).content.decode()


def test_linking(ana: Client, rating: StatementRating, item: Evidence) -> None:
    """The item is linked, once however often it is clicked, and the person is back at the statement."""
    for _ in range(2):
        assert ana.post(address(rating), {"evidence": item.pk})["Location"] == level(rating)
    assert item.links.get().rating == rating
    assert "Remove the link to Pesquisa" in ana.get(address(rating)).content.decode()


def test_search(ana: Client, cast: Cast, rating: StatementRating, item: Evidence) -> None:
    """The items can be searched; a search that cannot be typed has its message."""
    evidence(cast.ana, title="Other", action="Other", result="")
    assert "Other" not in ana.get(address(rating), {"q": "POS-venda"}).content.decode()
    assert ana.get(address(rating), {"q": "\x00"}).status_code == 422


@pytest.mark.parametrize("chosen", ["", "abc", "-1"])
def test_bad_input(ana: Client, rating: StatementRating, item: Evidence, chosen: str) -> None:
    """No item was chosen: the message says so."""
    response = ana.post(address(rating), {"evidence": chosen})
    assert response.status_code == 422
    assert "Choose one of your evidence items" in response.content.decode()


def test_somebody_elses_item(ana: Client, cast: Cast, rating: StatementRating) -> None:
    """It is not there to be linked."""
    assert ana.post(address(rating), {"evidence": evidence(cast.bruno).pk}).status_code == 404
    assert not EvidenceLink.objects.exists()


def test_somebody_elses_assessment(ana: Client, cast: Cast, rating: StatementRating) -> None:
    """Strangers and managers find no such statement, also when their own item is named."""
    for user in (cast.bruno, cast.marta, cast.helena):
        ana.force_login(user)
        assert ana.get(address(rating)).status_code == 404
        assert ana.post(address(rating), {"evidence": evidence(user).pk}).status_code == 404
    assert not EvidenceLink.objects.exists()


def test_a_statement_of_another_assessment(
    ana: Client, cast: Cast, cexp: Skill, rating: StatementRating
) -> None:
    """The two ids of the address belong together."""
    other = begin(cast.bruno, cexp)
    assert ana.get(f"/assessments/{other.pk}/ratings/{rating.pk}/evidence/").status_code == 404
    assert ana.get(f"/assessments/{rating.assessment_id}/ratings/999999/evidence/").status_code == 404


@pytest.mark.usefixtures("sent")
def test_sent(ana: Client, rating: StatementRating, item: Evidence) -> None:
    """The pen is not the person's: nothing is linked, and the page says why."""
    for response in (ana.get(address(rating)), ana.post(address(rating), {"evidence": item.pk})):
        assert response.status_code == 409
        assert "This assessment cannot be changed now" in response.content.decode()
    assert not EvidenceLink.objects.exists()


def test_unlinking(ana: Client, rating: StatementRating, linked: EvidenceLink) -> None:
    """The link goes, the item stays; a second click gets the answer of the first."""
    for _ in range(2):
        assert ana.post(unlink_address(linked))["Location"] == level(rating)
    assert not EvidenceLink.objects.exists()
    assert Evidence.objects.exists()


def test_unlinking_what_was_sent(ana: Client, linked: EvidenceLink, draft: Assessment) -> None:
    """It is too late, and the page says so."""
    answer(draft, "CEXP.4.3", 3)
    submit(assessment=draft, by=draft.employee, at=NOON, on=TODAY)
    response = ana.post(unlink_address(linked))
    assert response.status_code == 409
    assert EvidenceLink.objects.exists()


def test_unlinking_by_others(ana: Client, cast: Cast, linked: EvidenceLink) -> None:
    """Strangers find no such link, nor does anybody under another assessment; a link is not followed."""
    assert ana.post(f"/assessments/999999/evidence/{linked.pk}/unlink/").status_code == 404
    assert ana.get(unlink_address(linked)).status_code == 405
    ana.force_login(cast.marta)
    assert ana.post(unlink_address(linked)).status_code == 404
    ana.logout()
    assert ana.post(unlink_address(linked)).status_code == 302
    assert EvidenceLink.objects.exists()


def test_signed_out_and_wrong_verb(ana: Client, rating: StatementRating) -> None:
    """The page is read and sent, by who is signed in."""
    assert ana.put(address(rating)).status_code == 405
    ana.logout()
    assert ana.get(address(rating)).status_code == 302


@pytest.mark.parametrize("count", [10, 30])
def test_queries_do_not_grow(
    ana: Client,
    cast: Cast,
    draft: Assessment,
    rating: StatementRating,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    """Session, user, statement, items, links, policy."""
    for number in range(count):
        link(draft, "CEXP.4.3", evidence(cast.ana, title=f"Item {number}"))
    ana.get(address(rating))
    with django_assert_num_queries(6):
        ana.get(address(rating))
