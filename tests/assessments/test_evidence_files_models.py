"""What the database holds about files by itself, and what two requests at once do."""

from __future__ import annotations

import threading

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from assessments.actions.errors import TooManyFilesError
from assessments.models import Evidence, EvidenceFile
from assessments.uploads.limits import LARGEST
from tests.assessments.file_cases import attach
from tests.cast import Cast, evidence


def update(file: EvidenceFile, **fields: object) -> None:
    with transaction.atomic():
        EvidenceFile.objects.filter(pk=file.pk).update(**fields)


@pytest.mark.parametrize(
    ("within", "beyond", "constraint"),
    [
        ({"position": 5}, {"position": 6}, "at_most_five"),
        ({"position": 1}, {"position": 0}, "at_most_five"),
        ({"size": LARGEST}, {"size": LARGEST + 1}, "size"),
        ({"size": 1}, {"size": 0}, "size"),
        ({"sha256": "0f" * 32}, {"sha256": "0F" * 32}, "is_hex"),
        ({"name": "a"}, {"name": ""}, "has_a_name"),
    ],
)
def test_limits(
    item: Evidence, within: dict[str, object], beyond: dict[str, object], constraint: str
) -> None:
    """Each is taken up to its limit, and refused beyond."""
    file = attach(item)
    update(file, **within)
    with pytest.raises(IntegrityError, match=constraint):
        update(file, **beyond)


def test_a_place_and_a_content_belong_to_one_file(cast: Cast, item: Evidence) -> None:
    """Of one item; another has places of its own, and so have files that were removed."""
    first, second = attach(item, "1.txt", b"1"), attach(item, "2.txt", b"2")
    for field in ("position", "sha256"):
        with pytest.raises(IntegrityError, match=r"has_its_place|once"):
            update(second, **{field: getattr(first, field)})
    attach(evidence(cast.ana), "1.txt", b"1")
    update(first, evidence=None)
    update(second, evidence=None, position=1, sha256=first.sha256)


def test_a_row_that_cannot_be_leaves_no_content(item: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused by the database after all, the content goes again."""
    before = stored()
    monkeypatch.setattr("assessments.actions.evidence_files.sha256_of", lambda content: "none")
    with pytest.raises(IntegrityError), transaction.atomic():
        attach(item)
    assert stored() == before


def stored() -> int:
    """How many files lie in the storage."""
    if not default_storage.exists("evidence"):
        return 0
    folders, _ = default_storage.listdir("evidence")
    return sum(len(default_storage.listdir(f"evidence/{folder}")[1]) for folder in folders)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_for_the_last_place(item: Evidence) -> None:
    """One of them gets it; the other is a sixth."""
    for number in range(4):
        attach(item, f"{number}.txt", f"{number}".encode())
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def bring(number: int) -> None:
        start.wait()
        try:
            attach(item, f"late {number}.txt", f"late {number}".encode())
            outcomes.append("taken")
        except TooManyFilesError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=bring, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "taken"]
    assert item.files.count() == 5
