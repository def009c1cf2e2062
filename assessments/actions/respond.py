"""What the employee answers to a validated level: agree, add a note, or contest statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from assessments.actions.errors import (
    AnsweredError,
    ReasonMissingError,
    StaleError,
    TooLateError,
    WrongStateError,
)
from assessments.actions.notify import tell
from assessments.actions.send import locked_assessment, record
from assessments.models import (
    Assessment,
    ContestedStatement,
    Response,
    Review,
    ReviewRating,
    State,
    Transition,
)
from assessments.models.contest import Answer
from assessments.models.notice import NoticeKind
from assessments.results.contest.answering import decider_of, last_day_to_answer
from people.clock import day_of
from people.models import User


@transaction.atomic
def respond(
    *,
    assessment: Assessment,
    decided_at: dt.datetime,
    answer: Answer,
    note: str = "",
    contested: Mapping[int, str] | None = None,
    by: User,
    at: dt.datetime,
) -> Response:
    """Keeps the one answer to the decision that was read, of the moment ``decided_at``.

    ``contested`` are the employee's reasons by statement id. Raises WrongStateError where nothing is
    validated, StaleError where it was decided anew, AnsweredError, TooLateError, ReasonMissingError where a
    contest names nothing or not why or a note is empty, ReviewRating.DoesNotExist for a statement not rated.
    """
    locked = locked_assessment(assessment)
    review = require_answerable(locked, decided_at=decided_at, at=at)
    reasons = {key: reason.strip() for key, reason in (contested or {}).items()}
    require_reasons(answer, note, reasons)
    response = Response.objects.create(review=review, answer=answer, note=note.strip(), at=at)
    if answer == Answer.CONTESTED:
        contest(response, reasons)
        locked.contested_at = at
        locked.save(update_fields=["contested_at"])
    transition = record(locked, from_state=State.VALIDATED, by=by, at=at, reason=note.strip())
    if answer == Answer.CONTESTED:
        tell_of_contest(response, transition)
    else:
        tell([review.reviewer], NoticeKind.MOVED_ON, about=transition, by=by)
    return response


def tell_of_contest(response: Response, about: Transition) -> None:
    """The first reviewer, and who decides; where nobody does, HR, who chooses somebody."""
    tell([response.review.reviewer], NoticeKind.CONTESTED, about=about, by=about.by)
    decider = decider_of(response, day_of(about.at))
    if decider:
        tell([decider], NoticeKind.TO_DECIDE, about=about, by=about.by)
    else:
        tell(User.objects.human_resources(), NoticeKind.NO_REVIEWER, about=about, by=about.by)


def require_answerable(locked: Assessment, *, decided_at: dt.datetime, at: dt.datetime) -> Review:
    """The validated decision on the latest submission, if it can be answered now."""
    if locked.state != State.VALIDATED or locked.latest_submission_id is None:
        raise WrongStateError(locked.state)
    review = Review.objects.for_decision().get(submission=locked.latest_submission_id)
    if review.decided_at != decided_at:
        raise StaleError(review)
    if Response.objects.filter(review=review).exists():
        raise AnsweredError
    if day_of(at) > last_day_to_answer(decided_at, locked.cycle):
        raise TooLateError
    return review


def require_reasons(answer: Answer, note: str, reasons: Mapping[int, str]) -> None:
    if answer == Answer.NOTED and not note.strip():
        raise ReasonMissingError
    if answer == Answer.CONTESTED and (not reasons or not all(reasons.values())):
        raise ReasonMissingError


def contest(response: Response, reasons: Mapping[int, str]) -> None:
    """Each contested statement keeps what the first reviewer said of it."""
    ratings = {rating.statement_id: rating for rating in response.review.ratings.all()}
    if not ratings.keys() >= reasons.keys():
        raise ReviewRating.DoesNotExist
    ContestedStatement.objects.bulk_create(
        [
            ContestedStatement(
                response=response,
                statement_id=key,
                reason=reason,
                first=ratings[key].rating,
                first_not_applicable=ratings[key].not_applicable,
                first_comment=ratings[key].comment,
                first_basis=ratings[key].basis,
            )
            for key, reason in reasons.items()
        ]
    )
