"""What a reviewer says of the evidence itself: a verdict on a link, the confirmation of an item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from assessments.actions.errors import EvidenceChangedError, ReasonMissingError, StaleError
from assessments.actions.evidence import CONFIRMED_TEXT
from assessments.actions.review import begun_review
from assessments.actions.settle import follow, save_changed, unsettle
from assessments.models import AccessEntry, Evidence, LinkVerdict, Review, ReviewRating, Submission
from assessments.models.log import AccessKind
from assessments.models.verdict import Verdict
from assessments.results.frozen import frozen_sheet, judged_of
from people.models import User


@transaction.atomic
def judge_link(
    *,
    submission: Submission,
    link_id: int,
    verdict: Verdict,
    reason: str,
    version: int,
    by: User,
    at: dt.datetime,
) -> list[ReviewRating]:
    """Saves whether an item shows a statement, and what is supported then. The first one begins the review.

    Returns the ratings that this touched. Raises ReasonMissingError where a verdict against says no reason,
    StaleError with the saved verdict where somebody was first, LookupError for a link that was not sent.
    """
    if verdict == Verdict.DOES_NOT_SHOW and not reason.strip():
        raise ReasonMissingError
    statement_id, evidence_id = place_of(submission, link_id)
    review = begun_review(submission=submission, by=by, at=at)
    current = review.verdicts.filter(link_id=link_id).first()
    if (current.version if current else 0) != version:
        raise StaleError(current)
    LinkVerdict.objects.update_or_create(
        review=review,
        link_id=link_id,
        defaults={
            "statement_id": statement_id,
            "evidence_id": evidence_id,
            "verdict": verdict,
            "reason": reason.strip(),
            "version": version + 1,
            "at": at,
        },
    )
    return support_again(review, {statement_id}, by=by)


@transaction.atomic
def confirm_evidence(
    *, submission: Submission, evidence_id: int, by: User, at: dt.datetime
) -> list[ReviewRating]:
    """Confirms an item as it was sent; confirmed already, nothing happens. Returns the ratings touched.

    Raises EvidenceChangedError where the item is no longer the one that was read, LookupError where it was
    not sent.
    """
    statements, sent = sent_item(submission, evidence_id)
    review = begun_review(submission=submission, by=by, at=at)
    if str(evidence_id) in review.confirmed:
        return []
    text = {name: sent[name] for name in CONFIRMED_TEXT}
    read = Evidence.objects.as_read(review.submission.assessment.employee_id, evidence_id, text)
    # What somebody has confirmed before keeps their name.
    if not read.filter(confirmed_at=None).update(confirmed_by=by, confirmed_at=at) and not read.exists():
        raise EvidenceChangedError
    review.confirmed[str(evidence_id)] = at.isoformat()
    return keep_confirmed(review, evidence_id, statements, AccessKind.CONFIRMED, by=by, at=at)


@transaction.atomic
def take_confirmation_back(
    *, submission: Submission, evidence_id: int, by: User, at: dt.datetime
) -> list[ReviewRating]:
    """Undoes what confirm_evidence did in this review; not confirmed in it, nothing happens."""
    statements, _ = sent_item(submission, evidence_id)
    review = begun_review(submission=submission, by=by, at=at)
    confirmed_at = review.confirmed.pop(str(evidence_id), None)
    if confirmed_at is None:
        return []
    own = Evidence.objects.filter(pk=evidence_id, confirmed_at=dt.datetime.fromisoformat(confirmed_at))
    own.update(confirmed_by=None, confirmed_at=None)
    return keep_confirmed(review, evidence_id, statements, AccessKind.UNCONFIRMED, by=by, at=at)


def keep_confirmed(
    review: Review, evidence_id: int, statements: set[int], kind: AccessKind, *, by: User, at: dt.datetime
) -> list[ReviewRating]:
    review.save(update_fields=["confirmed"])
    AccessEntry.objects.create(
        by=by,
        at=at,
        kind=kind,
        person_id=review.submission.assessment.employee_id,
        object_id=evidence_id,
        details={"submission": review.submission_id},
    )
    return support_again(review, statements, by=by)


def support_again(review: Review, statements: set[int], *, by: User) -> list[ReviewRating]:
    """Brings the supported ratings of these statements up to what was judged; each is a version further.

    A rating that nobody touched follows, and asks to be accepted again where it is another one now.
    """
    sheet = frozen_sheet(review.submission, reader=by, judged=judged_of(review))
    supported = {answer.statement.id: answer.result.supported for answer in sheet.answers}
    ratings = list(review.ratings.of_statements(statements))
    for rating in ratings:
        found = supported[rating.statement_id]
        if rating.supported is not None and rating.supported != found and isinstance(found, int):
            rating.supported = found
            if not rating.is_own:
                follow(rating)
                unsettle(rating)
    save_changed(ratings)
    return ratings


def links_of(submission: Submission) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each link that was sent: the statement's id and the item as it was."""
    for row in submission.document["statements"]:
        for item in row["evidence"]:
            yield row["id"], item


def place_of(submission: Submission, link_id: int) -> tuple[int, int]:
    """The statement and the item of a link."""
    for statement_id, item in links_of(submission):
        if item["link"] == link_id:
            return statement_id, item["id"]
    raise LookupError(link_id)


def sent_item(submission: Submission, evidence_id: int) -> tuple[set[int], dict[str, Any]]:
    """The statements that an item was linked to, and the item as it was sent."""
    found = [(statement, item) for statement, item in links_of(submission) if item["id"] == evidence_id]
    if not found:
        raise LookupError(evidence_id)
    return {statement for statement, _ in found}, found[0][1]
