"""The last cycle's answers, offered in the next one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments.actions.errors import NothingOfferedError
from assessments.actions.evidence import delete_evidence
from assessments.actions.offers import confirm_offer
from assessments.actions.send import withdraw
from assessments.models import Assessment, Cycle
from assessments.results.assess.offers import offers
from skills.models import Skill
from tests.assessments.cycle_cases import YEAR, next_cycle, sent_at, validated
from tests.assessments.review_cases import read, sign_in
from tests.cast import NOON, Cast, answer, answer_level, begin, evidence, link, rating_of


@pytest.fixture(autouse=True)
def a_year_later() -> Iterator[None]:
    with time_machine.travel(NOON + YEAR, tick=False):
        yield


@pytest.fixture
def again(draft: Assessment, cast: Cast, cycle: Cycle, cexp: Skill) -> Assessment:
    """Ana's next assessment; in the last one, validated, level 3 is claimed, 3.5 not applicable."""
    answer_level(draft, 3, 3)
    answer(draft, "CEXP.3.5", "na", "Sem loja física.")
    for code in ("CEXP.3.1", "CEXP.3.2", "CEXP.3.3", "CEXP.3.4"):
        link(draft, code, evidence(cast.ana, title=f"Trabalho {code}"))
    validated(sent_at(draft, NOON), cast, NOON)
    next_cycle(cycle, cast.admir)
    return begin(cast.ana, cexp)


def level(assessment: Assessment, number: int = 3) -> str:
    return reverse("assessments:level", args=[assessment.pk, number])


def confirm(client: Client, assessment: Assessment, code: str, version: object = 0) -> object:
    address = reverse("assessments:confirm_last", args=[assessment.pk, rating_of(assessment, code).pk])
    return client.post(address, {"version": version})


def test_a_card_says_what_was_said_last(client: Client, again: Assessment, cast: Cast) -> None:
    sign_in(client, cast.ana)
    page = read(client.get(level(again)).content)
    assert page.count("In cycle 2026 you said: full responsibility .") == 4
    assert "Validated: full responsibility ." in page
    assert "In cycle 2026 you said: not applicable ." in page
    assert "In cycle" not in read(client.get(level(again, 4)).content)


def test_nothing_is_answered_until_it_is_confirmed(again: Assessment) -> None:
    assert not again.ratings.answered().exists()


def test_confirming_takes_over_the_answer_and_its_evidence(
    client: Client, again: Assessment, cast: Cast
) -> None:
    sign_in(client, cast.ana)
    response = confirm(client, again, "CEXP.3.1")
    assert response.headers["Location"] == level(again) + "#statement-CEXP-3-1"
    rating = rating_of(again, "CEXP.3.1")
    assert (rating.claim, [found.evidence.title for found in rating.links.all()]) == (
        3,
        ["Trabalho CEXP.3.1"],
    )
    page = read(client.get(level(again)).content)
    assert page.count("In cycle 2026") == 4


def test_not_applicable_comes_with_its_reason(client: Client, again: Assessment, cast: Cast) -> None:
    sign_in(client, cast.ana)
    confirm(client, again, "CEXP.3.5")
    rating = rating_of(again, "CEXP.3.5")
    assert (rating.not_applicable, rating.reason) == (True, "Sem loja física.")


def test_evidence_that_is_gone_is_not_linked(again: Assessment, cast: Cast) -> None:
    delete_evidence(evidence=cast.ana.evidence.get(title="Trabalho CEXP.3.1"), by=cast.ana, at=NOON)
    rating = rating_of(again, "CEXP.3.1")
    confirmed = confirm_offer(assessment=again, rating_id=rating.pk, version=0, by=cast.ana, at=NOON)
    assert not confirmed.links.exists()


def test_an_answer_is_never_overwritten(client: Client, again: Assessment, cast: Cast) -> None:
    """Another tab was first: what it saved stays."""
    answer(again, "CEXP.3.1", 1)
    sign_in(client, cast.ana)
    response = confirm(client, again, "CEXP.3.1")
    assert "This statement is answered already" in read(client.get(response.headers["Location"]).content)
    assert rating_of(again, "CEXP.3.1").claim == 1


def test_a_damaged_form_changes_nothing(client: Client, again: Assessment, cast: Cast) -> None:
    sign_in(client, cast.ana)
    response = confirm(client, again, "CEXP.3.1", version="x")
    assert response.status_code == 422
    assert "damaged" in read(response.content)
    assert rating_of(again, "CEXP.3.1").claim is None


def test_after_sending_nothing_is_offered(client: Client, again: Assessment, cast: Cast) -> None:
    answer(again, "CEXP.3.1", 3)
    sent_at(again, NOON + YEAR)
    sign_in(client, cast.ana)
    assert "In cycle 2026" not in read(client.get(level(again)).content)
    assert confirm(client, again, "CEXP.3.2").status_code == 409


def test_what_was_taken_back_is_not_offered(draft: Assessment, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    answer_level(draft, 3, 3)
    sent_at(draft, NOON)
    withdraw(assessment=draft, by=cast.ana, at=NOON)
    next_cycle(cycle, cast.admir)
    assert begin(cast.ana, cexp).previous is None


def test_where_nothing_was_said_nothing_is_offered(again: Assessment, cast: Cast) -> None:
    rating = rating_of(again, "CEXP.4.1")
    assert rating.pk not in offers(again)
    with pytest.raises(NothingOfferedError):
        confirm_offer(assessment=again, rating_id=rating.pk, version=0, by=cast.ana, at=NOON)


def test_a_stranger_confirms_nothing(client: Client, again: Assessment, cast: Cast) -> None:
    client.force_login(cast.bruno)
    assert confirm(client, again, "CEXP.3.1").status_code == 404


def test_the_page_stays_within_its_queries(
    client: Client, again: Assessment, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, cast.ana)
    client.get(level(again))
    with django_assert_max_num_queries(8):
        client.get(level(again))
