"""What a manager does with a submission: rate, validate, return."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.actions.errors import (
    BasisMissingError,
    CommentMissingError,
    EssenceCommentMissingError,
    NotDeterminedError,
    NotReviewerError,
    NotSettledError,
    ReasonMissingError,
    SelfReviewError,
    StaleError,
    WrongStateError,
)
from assessments.actions.send import locked_assessment, record
from assessments.actions.settle import save_changed, settle
from assessments.models import Assessment, Review, ReviewRating, State, Submission, SubmittedRating
from assessments.models.review import Decision
from assessments.results.frozen import frozen_sheet, judged_of, reviews_of
from assessments.results.review.essence import essence_of, lacks_comment
from assessments.results.review.grounds import needs_grounds
from assessments.results.review.page import starting_answer
from assessments.results.sheet import Sheet
from assessments.scoring import Rating, Result
from people.clock import day_of
from people.models import User


@transaction.atomic
def rate_in_review(
    *,
    submission: Submission,
    statement_id: int,
    answer: Rating | None,
    comment: str,
    version: int,
    basis: str = "",
    by: User,
    at: dt.datetime,
) -> ReviewRating:
    """Saves the reviewer's word on one statement; the first one begins the review.

    Another rating than the one that stands settles the statement and follows the evidence no longer; the
    same one saves what was written beside it.
    Raises WrongStateError where the submission is not waiting any more, StaleError with the saved rating
    where somebody was first, ReviewRating.DoesNotExist where the submission has no such statement.
    """
    review = begun_review(submission=submission, by=by, at=at)
    rating = review.ratings.select_related("statement").get(statement_id=statement_id)
    if rating.version != version:
        raise StaleError(rating)
    rating.comment, rating.basis = comment.strip(), basis
    if answer != rating.answer:
        is_na = answer == "na"
        rating.rating, rating.not_applicable, rating.is_own = None if is_na else answer, is_na, True
        settle([rating], review, by=by, at=at)
    save_changed([rating])
    return rating


@transaction.atomic
def validate(*, submission: Submission, seen: int | None = None, by: User, at: dt.datetime) -> Review:
    """Makes the reviewer's ratings the level of record of the cycle.

    ``seen`` is the stamp of the ratings that the decision was made on; None where nobody looked at a page.
    Raises CommentMissingError, BasisMissingError, NotSettledError, NotDeterminedError, StaleError or
    WrongStateError, and then changes nothing.
    """
    review = begun_review(submission=submission, by=by, at=at)
    require_seen(review, seen)
    sheet = sheet_of(review, by=by)
    require_grounds(review, sheet)
    waiting = tuple(review.ratings.waiting().values_list("statement__code", flat=True))
    if waiting:
        raise NotSettledError(waiting)
    if not sheet.result.determined:
        raise NotDeterminedError(sheet.result.rate_next)
    said = essence_of(review.submission)
    if lacks_comment(said.answer, said.comment):
        raise EssenceCommentMissingError
    return decide(review, Decision.VALIDATED, State.VALIDATED, result=sheet.result, reason="", by=by, at=at)


@transaction.atomic
def return_for_changes(
    *, submission: Submission, reason: str, seen: int | None = None, by: User, at: dt.datetime
) -> Review:
    """Gives the pen back to the employee, with what should change; ``seen`` as in validate."""
    if not reason.strip():
        raise ReasonMissingError
    review = begun_review(submission=submission, by=by, at=at)
    require_seen(review, seen)
    result = result_of(review, by=by)
    return decide(review, Decision.RETURNED, State.RETURNED, result=result, reason=reason, by=by, at=at)


def begun_review(*, submission: Submission, by: User, at: dt.datetime) -> Review:
    """The review of what is waiting now, begun if nobody has; the assessment is held until the end."""
    assessment = hold_for_review(submission=submission, by=by, at=at)
    if assessment.state == State.IN_REVIEW:
        return Review.objects.for_decision().get(submission=submission)
    return begin(assessment, submission, by=by, at=at)


def hold_for_review(*, submission: Submission, by: User, at: dt.datetime) -> Assessment:
    """The assessment of what waits for this reviewer, held until the end.

    Raises SelfReviewError, WrongStateError where it waits no more, NotReviewerError.
    """
    assessment = locked_assessment(submission.assessment)
    if assessment.employee_id == by.pk:
        raise SelfReviewError
    if not assessment.is_with_reviewer or assessment.latest_submission_id != submission.pk:
        raise WrongStateError(assessment.state)
    require_reviewer(assessment, by=by, at=at)
    return assessment


def require_reviewer(assessment: Assessment, *, by: User, at: dt.datetime) -> None:
    """Raises NotReviewerError where it is not, or no longer, theirs to review."""
    if not Assessment.objects.reviewable_by(by, day_of(at)).filter(pk=assessment.pk).exists():
        raise NotReviewerError


def require_seen(review: Review, seen: int | None) -> None:
    """Raises StaleError where somebody rated since: a decision is about the ratings that were read."""
    if seen is not None and review.ratings.stamp() != seen:
        raise StaleError(review)


def begin(assessment: Assessment, submission: Submission, *, by: User, at: dt.datetime) -> Review:
    """Stores a rating for every statement, the supported one where it was answered."""
    review = Review.objects.create(submission=submission, reviewer=by, started_at=at)
    ReviewRating.objects.bulk_create([starting_rating(review, sent) for sent in submission.ratings.all()])
    assessment.state, assessment.review_started_at = State.IN_REVIEW, at
    assessment.save(update_fields=["state", "review_started_at"])
    record(assessment, from_state=State.SUBMITTED, by=by, at=at)
    return Review.objects.for_decision().get(pk=review.pk)


def starting_rating(review: Review, sent: SubmittedRating) -> ReviewRating:
    """The reviewer's word before they say anything: what the evidence supports, never the claim."""
    start = starting_answer(sent.claim, sent.not_applicable, sent.supported)
    supported = start if isinstance(start, int) else None
    return ReviewRating(
        review=review,
        statement_id=sent.statement_id,
        rating=supported,
        supported=supported,
        not_applicable=sent.not_applicable,
        was_not_applicable=sent.not_applicable,
    )


def decide(
    review: Review,
    decision: Decision,
    state: State,
    *,
    result: Result,
    reason: str,
    by: User,
    at: dt.datetime,
) -> Review:
    review.decision, review.decided_at, review.reason = decision, at, reason
    review.reviewer, review.result = by, result.to_json()
    review.credit(by, at)
    review.save()
    assessment = locked_assessment(review.submission.assessment)
    assessment.state, assessment.decided_at = state, at
    assessment.save(update_fields=["state", "decided_at"])
    record(assessment, from_state=State.IN_REVIEW, by=by, at=at, reason=reason)
    return review


def sheet_of(review: Review, *, by: User) -> Sheet:
    """What the level is with the reviewer's ratings as they stand, and the evidence as it was judged."""
    return frozen_sheet(review.submission, reader=by, reviews=reviews_of(review), judged=judged_of(review))


def result_of(review: Review, *, by: User) -> Result:
    """The level that it gives as it stands."""
    return sheet_of(review, by=by).result


def require_grounds(review: Review, sheet: Sheet) -> None:
    """Raises CommentMissingError or BasisMissingError, with the statements that are rated without."""
    carried = {answer.statement.id: answer.result.support for answer in sheet.answers}
    ratings = review.ratings.select_related("statement").order_by("statement__code", "id")
    bare = [one for one in ratings if needs_grounds(one.answer, one.start, carried[one.statement_id])]
    if silent := tuple(one.statement.code for one in bare if not one.comment):
        raise CommentMissingError(silent)
    if baseless := tuple(one.statement.code for one in bare if not one.basis):
        raise BasisMissingError(baseless)
