"""What the employee reads after a return, what was sent, and the cycles side by side."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments.actions.evidence import edit_evidence
from assessments.actions.review import rate_in_review, return_for_changes
from assessments.actions.send import withdraw
from assessments.models import Assessment, Cycle, LinkVerdict, Submission
from assessments.results.cycles.changes import Change
from skills.models import Skill
from tests.assessments.cycle_cases import YEAR, next_cycle, sent_at, validated
from tests.assessments.review_cases import LATER, read, sign_in, statement_id
from tests.cast import NOON, TODAY, Cast, answer, answer_level, begin, evidence, link

pytestmark = pytest.mark.usefixtures("an_hour_later")


@pytest.fixture
def submission(draft: Assessment, cast: Cast) -> Submission:
    """Ana's levels 2 and 3, all claimed and with one item on 3.1."""
    answer_level(draft, 2, 3)
    answer_level(draft, 3, 3)
    link(draft, "CEXP.3.1", evidence(cast.ana, title="Pesquisa <b>"))
    return sent_at(draft, NOON)


@pytest.fixture
def back(submission: Submission, cast: Cast, draft: Assessment) -> Assessment:
    """Returned: 3.2 rated 1 with a comment, the item of 3.1 does not show it."""
    rate_in_review(
        submission=submission,
        statement_id=statement_id("CEXP.3.2"),
        answer=1,
        comment="Só na teoria.",
        version=0,
        by=cast.marta,
        at=NOON,
    )
    sent_link = submission.document["statements"][2]["evidence"][0]
    LinkVerdict.objects.create(
        review=submission.review,
        statement_id=statement_id("CEXP.3.1"),
        link_id=sent_link["link"],
        evidence_id=sent_link["id"],
        verdict="does_not_show",
        reason="É de outra equipe.",
        at=NOON,
    )
    return_for_changes(submission=submission, reason="Falta o efeito.", by=cast.marta, at=LATER)
    draft.refresh_from_db()
    return draft


def returned(assessment: Assessment) -> str:
    return reverse("assessments:returned", args=[assessment.pk])


def test_it_says_why_statement_by_statement(client: Client, back: Assessment, cast: Cast) -> None:
    sign_in(client, cast.ana)
    page = read(client.get(returned(back)).content)
    for said in (
        "Falta o efeito.",
        "Claimed: full responsibility. The reviewer says: knowledge .",
        "Só na teoria.",
        "does not show it",
        "É de outra equipe.",
        "You have changed nothing since it was returned.",
        "Back to the answers",
    ):
        assert said in page
    assert "3.3" not in page


def test_it_says_what_changed_since(client: Client, back: Assessment, cast: Cast) -> None:
    item = cast.ana.evidence.get()
    edit_evidence(
        evidence=item, fields={"title": "Mapa"}, version=item.version, by=cast.ana, at=LATER, on=TODAY
    )
    answer(back, "CEXP.3.3", 1)
    link(back, "CEXP.3.2", evidence(cast.ana, title="Novo"))
    sign_in(client, cast.ana)
    page = read(client.get(returned(back)).content)
    for said in (
        "evidence edited: Mapa",
        "evidence added: Novo",
        "rating: full responsibility → knowledge",
        "Changed besides",
    ):
        assert said in page
    assert "You have changed nothing" not in page


def test_the_level_page_leads_there(client: Client, back: Assessment, cast: Cast) -> None:
    sign_in(client, cast.ana)
    page = client.get(reverse("assessments:level", args=[back.pk, 3])).content.decode()
    assert f'href="{returned(back)}"' in page


def test_without_a_return_there_is_no_such_page(client: Client, draft: Assessment, cast: Cast) -> None:
    sign_in(client, cast.ana)
    assert client.get(returned(draft)).status_code == 404


def test_an_empty_change_is_false() -> None:
    assert not Change()
    assert Change(added=("a",))


def test_what_was_sent_stays_as_it_was_sent(client: Client, back: Assessment, cast: Cast) -> None:
    item = cast.ana.evidence.get()
    edit_evidence(
        evidence=item, fields={"title": "Mapa"}, version=item.version, by=cast.ana, at=LATER, on=TODAY
    )
    answer(back, "CEXP.3.3", 1)
    second = sent_at(back, LATER)
    sign_in(client, cast.ana)
    last = read(client.get(reverse("assessments:sent_last", args=[back.pk])).content)
    first = read(client.get(reverse("assessments:sent", args=[back.pk, 1])).content)
    assert "Mapa" in last
    assert "Pesquisa <b>" in first
    assert "Mapa" not in first
    assert second.digest in last
    assert client.get(reverse("assessments:sent", args=[back.pk, 3])).status_code == 404


def test_a_draft_was_never_sent(client: Client, draft: Assessment, cast: Cast) -> None:
    sign_in(client, cast.ana)
    assert client.get(reverse("assessments:sent_last", args=[draft.pk])).status_code == 404


@pytest.fixture
def second(submission: Submission, cast: Cast, cycle: Cycle, cexp: Skill) -> Assessment:
    """The next cycle's draft, with 3.1 rated lower; the first cycle is validated."""
    validated(submission, cast, LATER)
    next_cycle(cycle, cast.admir)
    found = begin(cast.ana, cexp)
    answer(found, "CEXP.3.1", 1)
    return found


def compare(assessment: Assessment) -> str:
    return reverse("assessments:compare", args=[assessment.pk])


def test_cycles_stand_side_by_side(client: Client, second: Assessment, cast: Cast) -> None:
    sign_in(client, cast.ana)
    page = read(client.get(compare(second)).content)
    assert page.index("2026") < page.index("2027")
    assert "lower than the cycle before" in page
    assert "as it stands today, provisional" in page


def test_the_manager_compares_what_was_sent(client: Client, second: Assessment, cast: Cast) -> None:
    sign_in(client, cast.marta)
    assert client.get(compare(second)).status_code == 404
    sent_at(second, LATER + YEAR)
    page = read(client.get(compare(second)).content)
    assert "supported, provisional" in page
    client.force_login(cast.elena)
    assert client.get(compare(second)).status_code == 404


def test_there_may_be_nothing_to_compare_with(client: Client, draft: Assessment, cast: Cast) -> None:
    sign_in(client, cast.ana)
    assert "There is no earlier cycle" in read(client.get(compare(draft)).content)


def test_comparing_costs_the_same_for_many_cycles(
    client: Client, second: Assessment, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, cast.ana)
    client.get(compare(second))
    with django_assert_max_num_queries(8):
        client.get(compare(second))


def test_the_reviewer_reads_what_changed(client: Client, back: Assessment, cast: Cast) -> None:
    answer(back, "CEXP.3.3", 1)
    again = sent_at(back, LATER)
    sign_in(client, cast.marta)
    address = reverse("assessments:review_changes", args=[again.pk])
    assert address in client.get(reverse("assessments:review", args=[again.pk])).content.decode()
    page = read(client.get(address).content)
    assert "Só na teoria." in page
    assert "rating: full responsibility → knowledge" in page
    assert "Open the statement" not in page


def test_what_was_taken_back_was_not_returned(client: Client, submission: Submission, cast: Cast) -> None:
    withdraw(assessment=submission.assessment, by=cast.ana, at=LATER)
    again = sent_at(submission.assessment, LATER)
    sign_in(client, cast.marta)
    response = client.get(reverse("assessments:review_changes", args=[again.pk]))
    assert response.headers["Location"] == reverse("assessments:review", args=[again.pk])
    assert "It was never returned" in read(client.get(response.headers["Location"]).content)


def test_changes_are_like_with_like(client: Client, second: Assessment, cast: Cast) -> None:
    """A supported rating is never held against a validated one."""
    answer(second, "CEXP.3.2", 3)
    sign_in(client, cast.ana)
    page = read(client.get(compare(second)).content)
    assert page.count("lower than the cycle before") == 1
    assert "higher" not in page
