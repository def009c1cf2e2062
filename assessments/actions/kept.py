"""A reviewer's own wordings, kept to be used again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from assessments.actions.errors import TooLongError
from assessments.actions.review import begun_review
from assessments.models import ReusableComment, ReviewRating, Submission
from people.models import User

LONGEST = 2000


def keep_comment(*, text: str, by: User, at: dt.datetime) -> ReusableComment:
    """Kept once, however often."""
    kept, _ = by.reusable_comments.get_or_create(text=text, defaults={"created_at": at})
    return kept


def forget_comment(*, comment_id: int, by: User) -> None:
    """One's own; where it was used it stays."""
    by.reusable_comments.filter(pk=comment_id).delete()


@transaction.atomic
def use_comment(
    *, submission: Submission, statement_id: int, comment_id: int, by: User, at: dt.datetime
) -> ReviewRating:
    """Adds a kept comment to what is saved beside a rating; a second time it changes nothing.

    Raises TooLongError, WrongStateError, ReusableComment.DoesNotExist for another's,
    ReviewRating.DoesNotExist where the submission has no such statement.
    """
    review = begun_review(submission=submission, by=by, at=at)
    rating = review.ratings.get(statement_id=statement_id)
    text = by.reusable_comments.get(pk=comment_id).text
    if text in rating.comment:
        return rating
    joined = f"{rating.comment}\n{text}".strip()
    if len(joined) > LONGEST:
        raise TooLongError
    ReviewRating.objects.filter(pk=rating.pk).update(comment=joined, version=F("version") + 1)
    rating.refresh_from_db()
    return rating
