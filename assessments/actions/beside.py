"""What a reviewer saves beside the ratings."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.actions.errors import NotYoursError, StaleError
from assessments.actions.review import begun_review
from assessments.models import Review, Submission
from assessments.results.review.essence import mark_of
from people.models import User


@transaction.atomic
def answer_essence(
    *, submission: Submission, answer: str, comment: str, level: int, mark: str, by: User, at: dt.datetime
) -> Review:
    """Saves whether the essence of a level describes the person; an empty answer takes it back.

    ``mark`` is of the answer that was read: StaleError with the review where another was saved since.
    """
    review = begun_review(submission=submission, by=by, at=at)
    if mark_of(review.essence, review.essence_comment) != mark:
        raise StaleError(review)
    review.essence, review.essence_comment = answer, comment
    review.essence_level = level if answer else None
    review.save(update_fields=["essence", "essence_comment", "essence_level"])
    return review


@transaction.atomic
def keep_notes(*, submission: Submission, text: str, mark: str, by: User, at: dt.datetime) -> Review:
    """Saves the reviewer's private notes; ``mark`` is of those that were read.

    Raises NotYoursError where somebody else reviews it, StaleError where another tab saved since.
    """
    review = begun_review(submission=submission, by=by, at=at)
    if review.reviewer_id != by.pk:
        raise NotYoursError
    if mark_of(review.private_notes) != mark:
        raise StaleError(review)
    review.private_notes = text
    review.save(update_fields=["private_notes"])
    return review
