"""Putting files to an item and taking them off it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import partial

from django.core.files import File
from django.db import transaction

from assessments.actions.errors import SameFileError, TooManyFilesError
from assessments.models import Evidence, EvidenceFile
from assessments.results.evidence.files import submissions_with
from assessments.uploads.checked import CheckedFile
from assessments.uploads.limits import MOST_FILES
from people.models import User


@transaction.atomic
def attach_file(*, evidence: Evidence, upload: CheckedFile, by: User, at: dt.datetime) -> EvidenceFile:
    """Keeps a file of the person's own item; two at once wait for each other.

    Raises TooManyFilesError for a sixth, SameFileError for one that is there.
    """
    current = by.evidence.select_for_update().get(pk=evidence.pk)
    taken = dict(current.files.values_list("position", "sha256"))
    free = [position for position in range(1, MOST_FILES + 1) if position not in taken]
    digest = sha256_of(upload.content)
    if digest in taken.values():
        raise SameFileError
    if not free:
        raise TooManyFilesError
    row = EvidenceFile(
        owner=by,
        evidence=current,
        position=free[0],
        name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=digest,
        created_at=at,
    )
    return store(row, upload.content)


@transaction.atomic
def copy_files(*, source: Evidence, target: Evidence, by: User, at: dt.datetime) -> None:
    """The same files in the same places, each stored once more: the two items lose them independently."""
    stored: list[EvidenceFile] = []
    try:
        for row in by.evidence_files.of_item(source.pk).in_order().select_for_update():
            content = row.file
            row.pk, row.evidence, row.created_at = None, target, at
            row._state.adding = True
            with content.open("rb"):
                stored.append(store(row, content))
    except Exception:
        for copy in stored:
            copy.file.delete(save=False)
        raise


def store(row: EvidenceFile, content: File[bytes]) -> EvidenceFile:
    """The content first, then the row; where the row cannot be, the content goes again."""
    row.file.save(row.name, content, save=False)
    try:
        row.save(force_insert=True)
    except Exception:
        row.file.delete(save=False)
        raise
    return row


@transaction.atomic
def remove_file(*, file: EvidenceFile, by: User) -> None:
    """Takes a file off the person's own item, and deletes it unless a submission lists it."""
    release([by.evidence_files.select_for_update().get(pk=file.pk)])


def release(files: Iterable[EvidenceFile]) -> None:
    """What was sent stays readable; everything else goes for good, once the transaction is through."""
    for row in files:
        if submissions_with(row).exists():
            row.evidence = None
            row.save(update_fields=["evidence"])
            continue
        row.delete()
        transaction.on_commit(partial(row.file.storage.delete, row.file.name or ""), robust=True)


def sha256_of(content: File[bytes]) -> str:
    """In hexadecimal, read piece by piece."""
    digest = hashlib.sha256()
    for piece in content.chunks():
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest()
