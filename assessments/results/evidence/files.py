"""Who may read a file of evidence: its owner, and who may read a submission that lists it."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from assessments.models import EvidenceFile, Submission
from assessments.results.contest.contests import may_read_for_contest
from assessments.results.review.page import readable_submission
from people.models import User


def submissions_with(file: EvidenceFile) -> QuerySet[Submission]:
    """Every submission of the owner that lists the file, under any item."""
    return listing(file, {})


def listing(file: EvidenceFile, item: dict[str, int]) -> QuerySet[Submission]:
    """Those whose document has the file under an item like this one."""
    named = {**item, "files": [{"id": file.pk, "sha256": file.sha256}]}
    return Submission.objects.filter(
        assessment__employee_id=file.owner_id,
        document__contains={"statements": [{"evidence": [named]}]},
    )


def readable_file(file_id: int, *, item_id: int, reader: User, on: dt.date) -> EvidenceFile:
    """The file of an item as it stands, or as it was sent; raises EvidenceFile.DoesNotExist for strangers."""
    file = EvidenceFile.objects.get(pk=file_id)
    is_own = file.owner_id == reader.pk
    if is_own and file.evidence_id == item_id:
        return file
    sent = listing(file, {"id": item_id}).order_by("id").values_list("pk", flat=True)
    if any(is_own or may_read(reader, submission_id, on) for submission_id in sent):
        return file
    raise EvidenceFile.DoesNotExist


def may_read(reader: User, submission_id: int, on: dt.date) -> bool:
    """As the page of the submission has it, or that of a contest about it."""
    try:
        readable_submission(submission_id, reader=reader, on=on)
    except Submission.DoesNotExist:
        return may_read_for_contest(reader, submission_id, on=on)
    return True
