"""What becomes of a contest: who decides is said, they rate beside the first reviewer, and decide."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from assessments.actions.errors import (
    NotDeterminedError,
    NotEligibleError,
    NotRatedError,
    NotYoursError,
    StaleError,
    WrongStateError,
)
from assessments.actions.log import log_opening
from assessments.actions.notify import tell, tell_who_decides
from assessments.actions.review import result_of
from assessments.actions.send import locked_assessment, record
from assessments.models import ContestedStatement, Response, Review, ReviewRating, State, Transition
from assessments.models.log import AccessKind
from assessments.models.notice import NoticeKind
from assessments.scoring import Rating, Result
from people.clock import day_of
from people.models import User


@transaction.atomic
def assign_second_reviewer(*, response: Response, reviewer: User, by: User, at: dt.datetime) -> Response:
    """HR says who decides. Ratings that another one had begun are cleared.

    Raises WrongStateError where the contest is decided, NotYoursError where it is HR's own case,
    NotEligibleError where the reviewer is part of it, deactivated, or leads nobody.
    """
    held = held_contest(response, on=day_of(at))
    parties = {held.review.reviewer_id, held.review.submission.assessment.employee_id}
    if by.pk in parties:
        raise NotYoursError
    if reviewer.pk in parties or reviewer not in User.objects.leading_a_team():
        raise NotEligibleError
    if held.decider_id != reviewer.pk:
        held.statements.filter(version__gt=0).update(
            rating=None, not_applicable=False, comment="", basis="", version=F("version") + 1
        )
    held.second_reviewer = reviewer
    held.save(update_fields=["second_reviewer"])
    tell_who_decides(reviewer, about=transition_of(held), by=by, at=at)
    return held


@transaction.atomic
def open_contest(*, response: Response, by: User, at: dt.datetime) -> None:
    """Who decides reads what was sent: that is logged, and the employee is told once."""
    submission = response.review.submission
    employee = submission.assessment.employee
    log_opening(kind=AccessKind.CONTEST, person_id=employee.pk, object_id=submission.pk, by=by, at=at)
    tell([employee], NoticeKind.EVIDENCE_READ, about=transition_of(response), by=by, at=at)


def transition_of(response: Response) -> Transition:
    """The line in the assessment's history with which it was contested."""
    assessment = response.review.submission.assessment
    return assessment.transitions.get(
        from_state=State.VALIDATED, to_state=State.VALIDATED, by=assessment.employee, at=response.at
    )


@transaction.atomic
def rate_contested(
    *,
    response: Response,
    statement_id: int,
    answer: Rating | None,
    comment: str,
    basis: str,
    version: int,
    by: User,
    at: dt.datetime,
) -> ContestedStatement:
    """Saves the second reviewer's word on one contested statement; the first one's stays as it is.

    Raises WrongStateError where the contest is decided, NotYoursError where somebody else decides it,
    StaleError with the saved row where it was rated meanwhile.
    """
    held = to_be_decided(response, by=by, at=at)
    is_na = answer == "na"
    changed = held.statements.unchanged(statement_id, version).update(
        rating=None if is_na else answer,
        not_applicable=is_na,
        comment=comment.strip(),
        basis=basis,
        version=F("version") + 1,
    )
    row = held.statements.select_related("statement").get(statement_id=statement_id)
    if not changed:
        raise StaleError(row)
    return row


@transaction.atomic
def decide_contest(
    *, response: Response, reason: str = "", seen: int | None = None, by: User, at: dt.datetime
) -> Response:
    """Makes the second ratings count: the result is recomputed with them, the first one is kept.

    ``seen`` is the stamp of the ratings that the decision was made on; None where nobody looked at a page.
    Raises WrongStateError, NotYoursError, StaleError, NotRatedError or NotDeterminedError, and then changes
    nothing.
    """
    held = to_be_decided(response, by=by, at=at)
    if seen is not None and held.statements.stamp() != seen:
        raise StaleError(held)
    silent = tuple(held.statements.not_rated().values_list("statement__code", flat=True))
    if silent:
        raise NotRatedError(silent)
    result = result_with_second_ratings(held, by=by, at=at)
    if not result.determined:
        raise NotDeterminedError(result.rate_next)
    return settle(held, result, reason=reason.strip(), by=by, at=at)


def to_be_decided(response: Response, *, by: User, at: dt.datetime) -> Response:
    """The contest if this person decides it now, held until the end."""
    held = held_contest(response, on=day_of(at))
    if held.decider_id != by.pk:
        raise NotYoursError
    return held


def held_contest(response: Response, *, on: dt.date) -> Response:
    """The contest as it is now, still open; its assessment is held until the transaction ends."""
    locked = locked_assessment(response.review.submission.assessment)
    held = Response.objects.for_page().open_contests().with_decider(on).filter(pk=response.pk).first()
    if held is None:
        raise WrongStateError(locked.state)
    return held


def result_with_second_ratings(held: Response, *, by: User, at: dt.datetime) -> Result:
    """Writes them over the first ones and scores; undone with the transaction where that must not stand."""
    for row in held.statements.all():
        ReviewRating.objects.filter(review=held.review, statement_id=row.statement_id).update(
            rating=row.rating,
            not_applicable=row.not_applicable,
            comment=row.comment,
            basis=row.basis,
            is_own=True,
            settled_at=at,
            version=F("version") + 1,
        )
    return result_of(Review.objects.for_decision().get(pk=held.review_id), by=by)


def settle(held: Response, result: Result, *, reason: str, by: User, at: dt.datetime) -> Response:
    review, assessment = held.review, held.review.submission.assessment
    held.first_result, held.second_reviewer = review.result, by
    held.decided_at, held.reason = at, reason
    held.save(update_fields=["first_result", "second_reviewer", "decided_at", "reason"])
    review.result = result.to_json()
    review.credit(by, at)
    review.save(update_fields=["result", "of_record_by", "of_record_at"])
    assessment.contested_at, assessment.decided_at = None, at
    assessment.save(update_fields=["contested_at", "decided_at"])
    about = record(assessment, from_state=State.VALIDATED, by=by, at=at, reason=reason)
    tell([assessment.employee], NoticeKind.CONTEST_DECIDED, about=about, by=by)
    tell([review.reviewer], NoticeKind.CONTEST_ENDED, about=about, by=by)
    return held
