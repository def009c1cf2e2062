"""Settling statements of a review: each is rated, or accepted as the evidence supports it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from assessments.actions.errors import StaleError
from assessments.models import AccessEntry, Review, ReviewRating
from people.models import User

SAVED = ("rating", "not_applicable", "supported", "comment", "basis", "is_own", "settled_at", "opened")


def settle(ratings: Iterable[ReviewRating], review: Review, *, by: User, at: dt.datetime) -> None:
    """Marks them as looked at, with the evidence that the reviewer had opened by then; saves nothing."""
    sent = review.submission
    items = {row["id"]: [item["id"] for item in row["evidence"]] for row in sent.document["statements"]}
    opened = AccessEntry.objects.evidence_opened(
        by=by, person_id=sent.assessment.employee_id, since=sent.sent_at
    )
    for rating in ratings:
        rating.settled_at = at
        rating.opened = [item for item in items.get(rating.statement_id, ()) if item in opened]


def unsettle(rating: ReviewRating) -> None:
    rating.settled_at, rating.opened = None, []


def follow(rating: ReviewRating) -> None:
    """Says what the evidence supports, as long as nobody has rated it otherwise."""
    rating.rating, rating.not_applicable = rating.supported, rating.was_not_applicable


def save_changed(ratings: Iterable[ReviewRating]) -> None:
    """Saves them, each a version further; raises StaleError with the first that is not as it was read."""
    for rating in ratings:
        fields = {name: getattr(rating, name) for name in SAVED}
        version = rating.version + 1
        if not ReviewRating.objects.unchanged(rating.pk, rating.version).update(**fields, version=version):
            raise StaleError(rating)
        rating.version = version
