"""Sending an assessment to review, and taking it back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.actions.errors import NotEditableError, NothingAnsweredError, WrongStateError
from assessments.actions.notify import notify
from assessments.models import Assessment, EvidenceFile, State, Submission, SubmittedRating, Transition
from assessments.results.frozen import digest_of, document_of
from assessments.results.live import live_sheet
from assessments.results.sheet import Sheet
from people.models import User
from skills.catalogue import statement_texts


@transaction.atomic
def submit(*, assessment: Assessment, by: User, at: dt.datetime, on: dt.date) -> Submission:
    """Freezes the assessment as it stands and sends it; from then on it is the reviewer's.

    Raises NotEditableError where it was sent already, NothingAnsweredError where there is nothing to send.
    """
    locked = locked_assessment(assessment)
    if not locked.is_editable:
        raise NotEditableError
    hold_files(locked)
    sheet = live_sheet(locked, reader=by, on=on)
    if not any(answer.is_answered for answer in sheet.answers):
        raise NothingAnsweredError
    submission = freeze(locked, sheet, at=at)
    previous = locked.state
    locked.state, locked.latest_submission, locked.submitted_at = State.SUBMITTED, submission, at
    locked.review_started_at = locked.decided_at = None
    locked.save()
    record(locked, from_state=previous, by=by, at=at)
    return submission


@transaction.atomic
def withdraw(*, assessment: Assessment, by: User, at: dt.datetime) -> Assessment:
    """Takes back what was sent, as long as no review has begun."""
    locked = locked_assessment(assessment)
    if locked.state != State.SUBMITTED:
        raise WrongStateError(locked.state)
    locked.state = State.WITHDRAWN
    locked.save(update_fields=["state"])
    record(locked, from_state=State.SUBMITTED, by=by, at=at)
    return locked


def locked_assessment(assessment: Assessment) -> Assessment:
    """The row as it is now, held until the transaction ends."""
    return Assessment.objects.for_page().select_for_update(of=("self",)).get(pk=assessment.pk)


def hold_files(assessment: Assessment) -> None:
    """Nobody removes a file between the reading of the sheet and the keeping of the document."""
    list(EvidenceFile.objects.of_assessment(assessment.pk).select_for_update(of=("self",)).values_list("pk"))


def freeze(assessment: Assessment, sheet: Sheet, *, at: dt.datetime) -> Submission:
    skill = assessment.skill
    document = document_of(sheet, statement_texts(skill.pk, skill.framework.version))
    submission = Submission.objects.create(
        assessment=assessment,
        number=assessment.submissions.count() + 1,
        sent_at=at,
        document=document,
        digest=digest_of(document),
        result=sheet.result.to_json(),
    )
    SubmittedRating.objects.bulk_create(
        [
            SubmittedRating(
                submission=submission,
                statement_id=answer.statement.id,
                claim=answer.given.answer if isinstance(answer.given.answer, int) else None,
                not_applicable=answer.given.answer == "na",
                supported=answer.result.supported if isinstance(answer.result.supported, int) else 0,
            )
            for answer in sheet.answers
        ]
    )
    return submission


def record(
    assessment: Assessment, *, from_state: str, by: User, at: dt.datetime, reason: str = ""
) -> Transition:
    """One line in the assessment's history, and the mails to whom it concerns."""
    transition = Transition.objects.create(
        assessment=assessment,
        from_state=from_state,
        to_state=assessment.state,
        by=by,
        at=at,
        reason=reason,
    )
    notify(transition)
    return transition
