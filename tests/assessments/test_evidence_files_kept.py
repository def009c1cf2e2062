"""What was sent keeps its files: for the reviewer, whatever becomes of them on the owner's side."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.actions.delegation import end_delegation
from assessments.actions.evidence import delete_evidence
from assessments.actions.evidence_files import remove_file
from assessments.actions.send import withdraw
from assessments.models import AccessEntry, Assessment, Evidence, EvidenceFile, Submission
from assessments.models.log import AccessKind
from assessments.results.frozen import frozen_sheet
from tests.assessments.file_cases import attach
from tests.assessments.report_cases import sent
from tests.assessments.routing_cases import delegate
from tests.cast import NOON, Cast, answer, evidence, link

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def item(cast: Cast, draft: Assessment) -> Evidence:
    found = evidence(cast.ana, url="")
    link(draft, "CEXP.3.1", found)
    answer(draft, "CEXP.3.1", 3)
    return found


@pytest.fixture
def file(item: Evidence) -> EvidenceFile:
    return attach(item, "notas.txt", b"Notas")


@pytest.fixture
def submission(file: EvidenceFile, draft: Assessment) -> Submission:
    return sent(draft)


def read(client: Client, item_id: int, file: EvidenceFile) -> bytes | int:
    response = client.get(f"/evidence/{item_id}/files/{file.pk}/")
    return b"".join(response) if response.status_code == 200 else response.status_code


def test_a_file_makes_it_verifiable(submission: Submission, cast: Cast) -> None:
    """As sent: name, size and digest are in the document, and the strength is full."""
    linked = frozen_sheet(submission, reader=cast.marta).by_code["CEXP.3.1"].evidence[0]
    assert linked.strength == 3
    assert [(kept.name, kept.size, len(kept.sha256)) for kept in linked.evidence.files] == [
        ("notas.txt", 5, 64)
    ]


def test_a_document_from_before_there_were_files(submission: Submission, cast: Cast) -> None:
    """It reads as one without any."""
    for statement in submission.document["statements"]:
        for row in statement["evidence"]:
            del row["files"]
    linked = frozen_sheet(submission, reader=cast.marta).by_code["CEXP.3.1"].evidence[0]
    assert (linked.evidence.files, linked.strength) == ((), 2)


def test_the_managers_above_read_it(
    client: Client, cast: Cast, submission: Submission, item: Evidence, file: EvidenceFile
) -> None:
    """From the page of the submission, and the log says so; nobody else does."""
    cast.marta.choose_language("en")
    client.force_login(cast.marta)
    page = client.get(f"/reviews/{submission.pk}/").content.decode()
    assert f'href="/evidence/{item.pk}/files/{file.pk}/"' in page
    assert read(client, item.pk, file) == b"Notas"
    entry = AccessEntry.objects.get(kind=AccessKind.EVIDENCE)
    assert (entry.by, entry.person, entry.object_id) == (cast.marta, cast.ana, item.pk)
    for stranger in (cast.bruno, cast.carla, cast.elena, cast.helena, cast.admir):
        client.force_login(stranger)
        assert read(client, item.pk, file) == 404


def test_it_stays_when_the_owner_removes_it(
    client: Client, cast: Cast, submission: Submission, item: Evidence, file: EvidenceFile
) -> None:
    """Off the item, it is still in what was sent, for owner and reviewer."""
    remove_file(file=file, by=cast.ana)
    assert not item.files.exists()
    for reader in (cast.ana, cast.marta):
        client.force_login(reader)
        assert read(client, item.pk, file) == b"Notas"


def test_it_stays_when_the_item_is_deleted(
    client: Client,
    cast: Cast,
    submission: Submission,
    item: Evidence,
    file: EvidenceFile,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """And what nobody was sent goes with the item."""
    other, item_id = attach(item, "rascunho.txt", b"Rascunho"), item.pk
    with django_capture_on_commit_callbacks(execute=True):
        delete_evidence(evidence=item, by=cast.ana, at=NOON)
    client.force_login(cast.marta)
    assert read(client, item_id, file) == b"Notas"
    assert not default_storage.exists(other.file.name or "")
    assert list(EvidenceFile.objects.values_list("name", flat=True)) == ["notas.txt"]


def test_what_came_later_was_not_sent(
    client: Client, cast: Cast, submission: Submission, item: Evidence
) -> None:
    """A file that joined the item afterwards is not the reviewer's to read."""
    client.force_login(cast.marta)
    assert read(client, item.pk, attach(item, "depois.txt", b"Depois")) == 404


def test_taken_back(
    client: Client, cast: Cast, draft: Assessment, submission: Submission, item: Evidence, file: EvidenceFile
) -> None:
    """What was withdrawn is not readable, files included."""
    withdraw(assessment=draft, by=cast.ana, at=NOON)
    client.force_login(cast.marta)
    assert read(client, item.pk, file) == 404


def test_who_reviews_for_the_manager(
    client: Client, cast: Cast, submission: Submission, item: Evidence, file: EvidenceFile
) -> None:
    """A delegate reads the files of what waits, while it is theirs; then nothing."""
    made = delegate(cast.marta, cast.elena)
    client.force_login(cast.elena)
    assert read(client, item.pk, file) == b"Notas"
    end_delegation(delegation=made, by=cast.marta, at=NOON)
    assert read(client, item.pk, file) == 404
