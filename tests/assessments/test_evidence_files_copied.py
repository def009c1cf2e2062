"""A copy of an item has files of its own, with the same content."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.actions import evidence_files
from assessments.actions.evidence import delete_evidence, duplicate_evidence
from assessments.actions.evidence_files import remove_file
from assessments.models import Assessment, Evidence, EvidenceFile
from assessments.results.evidence.portfolio import portfolio
from tests.assessments.file_cases import attach
from tests.assessments.report_cases import sent
from tests.cast import NOON, TODAY, Cast, answer, evidence, link

pytestmark = pytest.mark.usefixtures("noon")

FACTS = ("position", "name", "content_type", "size", "sha256")


@pytest.fixture
def item(cast: Cast) -> Evidence:
    """With five files, the third one taken off again."""
    found = evidence(cast.ana, url="")
    files = [attach(found, f"{number}.txt", b"%d" % number) for number in range(5)]
    remove_file(file=files[2], by=cast.ana)
    return found


def copy_of(item: Evidence) -> Evidence:
    return duplicate_evidence(evidence=item, title="Copy", by=item.owner, at=NOON)


def contents(item: Evidence) -> list[bytes]:
    found = []
    for row in item.files.in_order():
        with default_storage.open(row.file.name or "") as content:
            found.append(content.read())
    return found


def test_the_same_files(cast: Cast, item: Evidence) -> None:
    """In the same places, stored under other names; the copy is as verifiable as its origin."""
    copy = copy_of(item)
    assert list(copy.files.in_order().values_list(*FACTS)) == list(item.files.in_order().values_list(*FACTS))
    assert contents(copy) == contents(item) == [b"0", b"1", b"3", b"4"]
    assert not set(copy.files.values_list("file", flat=True)) & set(item.files.values_list("file", flat=True))
    assert [one.strength for one in portfolio(cast.ana, on=TODAY).items] == [3, 3]


def test_confirmed_by_nobody(cast: Cast, item: Evidence) -> None:
    """A confirmation is of what was read, files or not."""
    item.confirmed_by, item.confirmed_at = cast.marta, NOON
    item.save()
    copy = copy_of(item)
    assert (copy.confirmed_by, copy.confirmed_at) == (None, None)


@pytest.mark.parametrize("deletes_the_copy", [True, False])
def test_one_goes_the_other_stays(
    cast: Cast,
    item: Evidence,
    deletes_the_copy: bool,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """Deleting either leaves the other's files in place."""
    copy = copy_of(item)
    goes, stays = (copy, item) if deletes_the_copy else (item, copy)
    with django_capture_on_commit_callbacks(execute=True):
        delete_evidence(evidence=goes, by=cast.ana, at=NOON)
    assert contents(stays) == [b"0", b"1", b"3", b"4"]
    assert EvidenceFile.objects.count() == 4


def test_what_was_sent_is_not_the_copys(client: Client, cast: Cast, draft: Assessment) -> None:
    """Who may read a submission reads the files that it lists, and not those of a copy."""
    item = evidence(cast.ana, url="")
    attach(item)
    link(draft, "CEXP.3.1", item)
    answer(draft, "CEXP.3.1", 3)
    sent(draft)
    copy = copy_of(item)
    client.force_login(cast.marta)
    for owner, status in ((item, 200), (copy, 404)):
        assert client.get(f"/evidence/{owner.pk}/files/{owner.files.get().pk}/").status_code == status


def test_nothing_is_left_of_half_a_copy(cast: Cast, item: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last file cannot be stored, there is no copy, and what was stored for it is gone."""
    store, names = evidence_files.store, []

    def fail_at_last(row: EvidenceFile, content: Any) -> EvidenceFile:
        if row.name == "4.txt":
            raise OSError("full")
        names.append(store(row, content).file.name)
        return row

    monkeypatch.setattr(evidence_files, "store", fail_at_last)
    with pytest.raises(OSError, match="full"):
        copy_of(item)
    assert cast.ana.evidence.count() == 1
    assert len(names) == 3
    assert not any(default_storage.exists(name or "") for name in names)
