"""``manage.py suggest_evidence``: items from before there were suggestions, or before words were mended."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from assessments.actions.suggest import dismiss_suggestion, renew_suggestions
from assessments.management.commands import suggest_evidence
from assessments.models import Assessment, EvidenceSuggestion, StatementRating
from tests.assessments.portfolio_cases import JOURNEY, PAYROLL, statement
from tests.cast import NOON, Cast, evidence

pytestmark = pytest.mark.usefixtures("indicators")


def run() -> str:
    said = io.StringIO()
    call_command("suggest_evidence", stdout=said)
    return said.getvalue()


def kept() -> list[tuple[object, ...]]:
    return list(EvidenceSuggestion.objects.order_by("pk").values_list())


def test_without_any(cast: Cast) -> None:
    """What was written before has them afterwards, everybody's; other work still has none."""
    for owner in (cast.ana, cast.bruno):
        evidence(owner, action=JOURNEY)
    evidence(cast.ana, title="Folha", action=PAYROLL, result="")
    before = [row[1:] for row in kept()]
    EvidenceSuggestion.objects.all().delete()
    assert run() == "Evidence items: 3. With other suggestions than before: 2.\n"
    assert [row[1:] for row in kept()] == before


def test_again_changes_nothing(cast: Cast, draft: Assessment) -> None:
    """Not one row is written."""
    evidence(cast.ana, action=JOURNEY)
    before = kept()
    assert run() == "Evidence items: 1. With other suggestions than before: 0.\n"
    assert kept() == before


def test_outdated_ones_go(cast: Cast) -> None:
    """As after mended indicators."""
    item = evidence(cast.ana, action=JOURNEY)
    before = list(item.suggestions.order_by("-score").values_list("statement", "score"))
    item.suggestions.update(score=0.01)
    item.suggestions.create(statement_id=statement("CEXP.2.1"), score=0.9)
    run()
    assert list(item.suggestions.order_by("-score").values_list("statement", "score")) == before


def test_dismissed_stays(cast: Cast, draft: Assessment) -> None:
    """And nothing but suggestions is touched."""
    item = evidence(cast.ana, action=JOURNEY)
    dismiss_suggestion(evidence=item, statement_id=statement(), by=cast.ana, at=NOON)
    item.suggestions.not_dismissed().delete()
    ratings = list(StatementRating.objects.order_by("pk").values())
    run()
    assert item.suggestions.dismissed().get().statement_id == statement()
    version = item.version
    item.refresh_from_db()
    assert (item.version, item.updated_at) == (version, NOON)
    assert list(StatementRating.objects.order_by("pk").values()) == ratings


def test_a_few_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every item is reached, however many are read at once."""
    monkeypatch.setattr(suggest_evidence, "ITEMS_AT_ONCE", 2)
    for number in range(5):
        evidence(cast.ana, title=f"Jornada {number}", action=JOURNEY)
    EvidenceSuggestion.objects.all().delete()
    assert run() == "Evidence items: 5. With other suggestions than before: 5.\n"


def test_nothing_to_do(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Without evidence it asks once."""
    with django_assert_num_queries(1):
        assert run() == "Evidence items: 0. With other suggestions than before: 0.\n"


def test_deleted_in_the_meantime(db: None) -> None:
    assert renew_suggestions(evidence_id=1) is False
