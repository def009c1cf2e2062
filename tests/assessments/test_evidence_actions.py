"""What holds for evidence whatever page it was changed from."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from assessments.actions.errors import NotEditableError, StaleError
from assessments.actions.evidence import (
    delete_evidence,
    duplicate_evidence,
    edit_evidence,
    link_evidence,
    unlink_evidence,
)
from assessments.actions.send import submit
from assessments.models import Assessment, Evidence, EvidenceLink
from tests.cast import NOON, TODAY, Cast, answer, evidence, link, rating_of


def edit(item: Evidence, cast: Cast, version: int, **fields: str) -> Evidence:
    return edit_evidence(evidence=item, fields=fields, version=version, by=cast.ana, at=NOON, on=TODAY)


def test_a_version_counts_saves(cast: Cast) -> None:
    """Each save of what was read last moves the version by one."""
    item = evidence(cast.ana)
    assert edit(item, cast, 0, title="One").version == 1
    assert edit(item, cast, 1, title="Two").version == 2


def test_a_stale_save_changes_nothing(cast: Cast) -> None:
    """The error carries what is saved now."""
    item = evidence(cast.ana)
    edit(item, cast, 0, title="One")
    with pytest.raises(StaleError) as caught:
        edit(item, cast, 0, title="Two")
    assert isinstance(caught.value.current, Evidence)
    assert caught.value.current.title == "One"


def test_a_stale_save_of_the_same(cast: Cast) -> None:
    """The same words, language included, are no conflict, and are saved once."""
    item = evidence(cast.ana)
    edit(item, cast, 0, title="One", language="ru")
    assert edit(item, cast, 0, title="One", language="ru").version == 1
    with pytest.raises(StaleError):
        edit(item, cast, 0, title="One", language="pt")


def test_somebody_elses(cast: Cast) -> None:
    """Nobody changes or deletes what is not theirs."""
    item = evidence(cast.bruno)
    with pytest.raises(Evidence.DoesNotExist):
        edit(item, cast, 0, title="Mine")
    with pytest.raises(Evidence.DoesNotExist):
        delete_evidence(evidence=item, by=cast.ana, at=NOON)


def test_only_own_evidence_is_linked(cast: Cast, draft: Assessment) -> None:
    """Another person's item cannot speak for a statement, whoever asks."""
    with pytest.raises(ValidationError):
        link_evidence(
            evidence=evidence(cast.bruno), rating=rating_of(draft, "CEXP.4.3"), by=cast.bruno, at=NOON
        )
    assert not EvidenceLink.objects.exists()


def test_nothing_is_linked_or_unlinked_once_sent(cast: Cast, draft: Assessment) -> None:
    """The pen is with the reviewer."""
    link(draft, "CEXP.4.3", evidence(cast.ana))
    answer(draft, "CEXP.4.3", 3)
    submit(assessment=draft, by=cast.ana, at=NOON, on=TODAY)
    with pytest.raises(NotEditableError):
        link(draft, "CEXP.4.3", evidence(cast.ana, title="Other"))
    with pytest.raises(NotEditableError):
        unlink_evidence(link=EvidenceLink.objects.get(), by=cast.ana, at=NOON)


def test_a_copy_counts_with_its_origin(cast: Cast) -> None:
    """The first item stays the origin of copies of copies; who is no copy has none."""
    item = evidence(cast.ana)
    copy = duplicate_evidence(evidence=item, title="Copy", by=cast.ana, at=NOON)
    again = duplicate_evidence(evidence=copy, title="Again", by=cast.ana, at=NOON)
    assert (item.origin, copy.origin, again.origin) == (None, item, item)


def test_deleting_a_copy_leaves_the_others(cast: Cast) -> None:
    """Only the origin has heirs."""
    item = evidence(cast.ana)
    first, second = (duplicate_evidence(evidence=item, title=t, by=cast.ana, at=NOON) for t in ("A", "B"))
    delete_evidence(evidence=first, by=cast.ana, at=NOON)
    second.refresh_from_db()
    assert second.origin == item
