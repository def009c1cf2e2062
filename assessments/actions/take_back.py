"""Taking a decision back: for some minutes, by who took it, while nobody has built on it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.actions.deadlines import TAKE_BACK
from assessments.actions.errors import (
    AnsweredError,
    ChangedSinceError,
    NotYoursError,
    TooLateError,
    WrongStateError,
)
from assessments.actions.review import require_reviewer
from assessments.actions.send import locked_assessment, record
from assessments.models import Assessment, Review, State, Submission
from assessments.results.review.resumed import stands_as_sent
from people.models import User


@transaction.atomic
def take_back_decision(*, submission: Submission, by: User, at: dt.datetime) -> Review:
    """Makes a decision undone: the review goes on with its ratings; recording it drops the mail that waits.

    Raises NotYoursError, NotReviewerError where it is no longer theirs to review, TooLateError,
    WrongStateError where it is not decided or was sent again, ChangedSinceError where the employee went on
    after a return, AnsweredError where they answered it.
    """
    assessment = locked_assessment(submission.assessment)
    review = Review.objects.for_decision().filter(submission=submission).first()
    if review is None or review.decided_at is None or assessment.latest_submission_id != submission.pk:
        raise WrongStateError(assessment.state)
    require_in_time(review, assessment, by=by, at=at)
    require_untouched(review, assessment)
    decided = assessment.state
    undecide(review)
    assessment.state, assessment.decided_at = State.IN_REVIEW, None
    assessment.save(update_fields=["state", "decided_at"])
    require_reviewer(assessment, by=by, at=at)
    record(assessment, from_state=decided, by=by, at=at)
    return review


def require_in_time(review: Review, assessment: Assessment, *, by: User, at: dt.datetime) -> None:
    if assessment.state not in {State.VALIDATED, State.RETURNED}:
        raise WrongStateError(assessment.state)
    if review.reviewer_id != by.pk:
        raise NotYoursError
    if review.decided_at is None or at > review.decided_at + TAKE_BACK:
        raise TooLateError


def require_untouched(review: Review, assessment: Assessment) -> None:
    """What the employee did since then stands: a decision under it stays."""
    if hasattr(review, "response"):
        raise AnsweredError
    if assessment.state == State.RETURNED and not stands_as_sent(assessment, review):
        raise ChangedSinceError


def undecide(review: Review) -> None:
    """The reason of a return stays with the review, to be used or changed."""
    review.decision, review.decided_at, review.result = "", None, None
    review.credit(None, None)
    review.save(update_fields=["decision", "decided_at", "result", "of_record_by", "of_record_at"])
