"""Storing what was kept of a pasted text: all of it or nothing."""

from __future__ import annotations

import pytest

from assessments.actions.errors import NotEditableError
from assessments.actions.from_text import NewItem, add_items
from assessments.models import Assessment, Evidence, EvidenceLink, EvidenceSuggestion
from tests.assessments.report_cases import sent
from tests.cast import NOON, TODAY, Cast, answer_level, begin, rating_of


def new(title: str, *links: int) -> NewItem:
    return NewItem(
        fields={"title": title, "action": "Desenhei a jornada do cliente.", "language": "pt"}, links=links
    )


def test_the_first_stands_first(cast: Cast) -> None:
    """Among the person's evidence, as in the text."""
    add_items(items=[new("A"), new("B")], by=cast.ana, at=NOON, on=TODAY)
    assert [item.title for item in cast.ana.evidence.newest_first()] == ["A", "B"]
    assert EvidenceSuggestion.objects.of_owner(cast.ana).exists()


def test_links(cast: Cast, draft: Assessment) -> None:
    """Each item has its own, of one moment with it."""
    first, second = rating_of(draft, "CEXP.4.3").pk, rating_of(draft, "CEXP.3.1").pk
    add_items(items=[new("A", first), new("B", first, second)], by=cast.ana, at=NOON, on=TODAY)
    rows = EvidenceLink.objects.order_by("evidence__title", "rating").values_list("evidence__title", "rating")
    assert set(rows) == {("A", first), ("B", first), ("B", second)}


def test_a_sent_assessment(cast: Cast, draft: Assessment) -> None:
    """One link that cannot be keeps all items from being stored."""
    answer_level(draft, 3, 2)
    sent(draft)
    with pytest.raises(NotEditableError):
        add_items(items=[new("A"), new("B", rating_of(draft, "CEXP.4.3").pk)], by=cast.ana, at=NOON, on=TODAY)
    assert not Evidence.objects.exists()


def test_a_strangers_rating(cast: Cast, draft: Assessment) -> None:
    """Somebody else's statement is as good as none."""
    theirs = rating_of(begin(cast.bruno, draft.skill), "CEXP.4.3").pk
    for pk in (theirs, 10**15):
        with pytest.raises(NotEditableError):
            add_items(items=[new("A", pk)], by=cast.ana, at=NOON, on=TODAY)
    assert not Evidence.objects.exists()
