"""The list of one's assessments."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.actions.cycles import close_cycle, open_cycle
from assessments.actions.send import submit
from assessments.models import Assessment, Cycle
from assessments.scoring import ScoringPolicy
from tests.assessments.review_cases import validated
from tests.cast import NOON, TODAY, Cast, answer, answer_level, begin, evidence, link
from tests.htmx import Page

pytestmark = pytest.mark.usefixtures("noon")

URL = "/assessments/"


def text(client: Client) -> str:
    return Page(client.get(URL).content).get("#content").text


def send_level_3(draft: Assessment) -> None:
    answer_level(draft, 3, 3)
    for position in range(1, 6):
        link(draft, f"CEXP.3.{position}", evidence(draft.employee))
    submit(assessment=draft, by=draft.employee, at=NOON, on=TODAY)


def next_cycle(cycle: Cycle, cast: Cast, name: str) -> Cycle:
    """The cycle is closed and another one opens."""
    close_cycle(cycle=cycle, by=cast.admir, at=NOON)
    planned = Cycle.objects.get(pk=cycle.pk)
    planned.pk, planned.name, planned.opened_at, planned.closed_at, planned.policy = (
        None,
        name,
        None,
        None,
        None,
    )
    planned.save(force_insert=True)
    return open_cycle(cycle=planned, policy=ScoringPolicy(), by=cast.admir, at=NOON)


def test_a_draft_can_be_continued(ana: Client, draft: Assessment) -> None:
    """With its state, its target and how much is answered."""
    answer(draft, "CEXP.3.1", 2)
    found = text(ana)
    assert "Cycle 2026 · target level: 4 draft" in found
    assert "Answered 1" in found
    assert "Continue" in found


def test_what_was_sent_shows_its_level_as_provisional(ana: Client, draft: Assessment) -> None:
    """It is not validated yet, and can be taken back."""
    send_level_3(draft)
    found = text(ana)
    assert "Level, provisional 3" in found
    assert "Take it back" in found


def test_what_was_validated_shows_the_validated_level(ana: Client, draft: Assessment, cast: Cast) -> None:
    """With the day of the decision."""
    send_level_3(draft)
    validated(submission=draft.submissions.get(), by=cast.marta, at=NOON)
    assert "Decided 20 Nov 2026 Validated level 3" in text(ana)


def test_a_level_that_is_not_known_is_never_0(ana: Client, draft: Assessment) -> None:
    """It says that it is not known yet."""
    answer_level(draft, 3, 1)
    submit(assessment=draft, by=draft.employee, at=NOON, on=TODAY)
    assert "Level, provisional not known yet" in text(ana)


def test_the_open_cycle_can_be_begun_beside_earlier_ones(
    ana: Client, draft: Assessment, cycle: Cycle, cast: Cast
) -> None:
    """Newest first; what was before stays readable."""
    next_cycle(cycle, cast, "2027")
    found = text(ana)
    assert "Not begun in this cycle yet." in found
    assert "Cycle 2026 · target level: 4" in found


def test_without_anything_it_says_what_to_do(ana: Client) -> None:
    """No cycle, nothing begun."""
    assert "You can assess yourself when HR opens a cycle." in text(ana)


def test_only_ones_own_are_listed(ana: Client, cast: Cast, draft: Assessment) -> None:
    """Another person's are not."""
    begin(cast.bruno, draft.skill)
    listed = [element for element in Page(ana.get(URL).content).root if element.name == "section"]
    assert len(listed) == 1


def test_signed_out_it_asks_to_sign_in(client: Client) -> None:
    """And is only read."""
    assert client.get(URL).status_code == 302


def test_it_is_only_read(ana: Client) -> None:
    """Beginning has a page of its own."""
    assert ana.post(URL).status_code == 405


def test_queries_do_not_grow_with_assessments(
    ana: Client,
    cast: Cast,
    draft: Assessment,
    cycle: Cycle,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """One cycle, then three."""
    ana.get(URL)
    with django_assert_num_queries(7):
        ana.get(URL)
    send_level_3(draft)
    for name in ("2027", "2028"):
        cycle = next_cycle(cycle, cast, name)
        begin(cast.ana, draft.skill)
    with django_assert_num_queries(7):
        ana.get(URL)
