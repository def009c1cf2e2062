"""Accepting ratings as the evidence supports them: an act of its own, statement by statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from assessments.actions.errors import StaleError
from assessments.actions.review import begun_review
from assessments.actions.settle import follow, save_changed, settle
from assessments.models import Review, ReviewRating, Submission
from people.models import User


@transaction.atomic
def accept_as_supported(
    *, submission: Submission, versions: Mapping[int, int], by: User, at: dt.datetime
) -> list[ReviewRating]:
    """Settles statements, by id with the version that was read, at what the evidence supports.

    An employee's "not applicable" is agreed to. Raises StaleError with the first one that was changed since,
    ReviewRating.DoesNotExist for a statement that is not of the submission; then nothing is settled.
    """
    review = begun_review(submission=submission, by=by, at=at)
    ratings = list(review.ratings.of_statements(versions).select_related("statement"))
    if len(ratings) != len(versions):
        raise ReviewRating.DoesNotExist
    for rating in ratings:
        if rating.version != versions[rating.statement_id]:
            raise StaleError(rating)
    return accepted(ratings, review, by=by, at=at)


@transaction.atomic
def accept_the_rest(*, submission: Submission, by: User, at: dt.datetime) -> list[ReviewRating]:
    """Settles whatever was answered and is not settled yet."""
    review = begun_review(submission=submission, by=by, at=at)
    return accepted(list(review.ratings.waiting()), review, by=by, at=at)


def accepted(ratings: list[ReviewRating], review: Review, *, by: User, at: dt.datetime) -> list[ReviewRating]:
    settle(ratings, review, by=by, at=at)
    for rating in ratings:
        rating.is_own = False
        follow(rating)
    save_changed(ratings)
    return ratings
